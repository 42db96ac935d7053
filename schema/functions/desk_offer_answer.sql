-- desk_offer_answer(officer, offer): who offered was called: nobody needs to any more, and 28 days
-- later name and number are erased. Called by: server/store_offer.c. Outcomes: 'answered' (also when
-- it was already); 'not_found'. Locks: the offer's row.
create function api.desk_offer_answer(p_officer integer, p_offer bigint) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v offer := api.desk_offer_held(p_officer, p_offer);
begin
    if v.id is null then
        return 'not_found';
    elsif v.answered_at is null then
        update offer o set answered_at = clock_timestamp(), answered_by = p_officer
        where o.id = v.id;
        insert into audit (officer_id, action, object)
        values (p_officer, 'offer.answer', 'offer ' || v.id);
    end if;
    return 'answered';
end
$$;
grant execute on function api.desk_offer_answer(integer, bigint) to wardmote_desk;
