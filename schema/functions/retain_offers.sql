-- retain_offers(now): name and number of who offered help are erased 28 days after they were called,
-- or a year after they offered and nobody did; offers that nobody agreed to, and
-- words that were to take an agreed offer's place, are gone after a day.
-- Called by: api.retain. Outcome: how many numbers were erased. Locks: the rows that it changes.
create function api.retain_offers(p_now timestamptz) returns bigint
language plpgsql
set search_path = wardmote, pg_temp
as $$
declare
    v_some bigint;
begin
    update offer o set new_words = null, asked_at = null
    where o.new_words is not null and o.asked_at < p_now - interval '1 day';
    delete from offer o where o.agreed_at is null and o.made_at < p_now - interval '1 day';
    update offer o set number_sealed = null, recipient_key = null, name = ''
    where o.number_sealed is not null
      and (o.answered_at < p_now - interval '28 days' or o.made_at < p_now - interval '1 year');
    get diagnostics v_some = row_count;
    return v_some;
end
$$;
