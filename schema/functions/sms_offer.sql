-- sms_offer(number, words, number sealed, recipient key): help with a proposal, by text: "OFFER 1275
-- I can lend a van". Numbers are unique among the rounds that are open together; of several the one
-- that opened last is meant. The offer waits for AGREE.
-- Called by: the SMS daemon. One row: outcome 'made' with the proposal's short name, or 'not_found'.
-- Locks: the offer's row.
create function api.sms_offer(p_number smallint, p_words text, p_sealed bytea, p_recipient bytea)
returns table (outcome text, short_name text)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_slug text;
    v_name text;
begin
    select r.slug, p.short_name into v_slug, v_name
    from proposal p join round r on r.id = p.round_id
    where p.number = p_number and p.state = 'published' and r.frozen and r.kind <> 'yes_no'
    order by r.opens_at desc limit 1;
    return query
    select api.offer_make(v_slug, p_number, null, '', left(p_words, 300), p_sealed, p_recipient,
                          'text'), coalesce(v_name, '');
end
$$;
grant execute on function api.sms_offer(smallint, text, bytea, bytea) to wardmote_sms;
