-- desk_offer_number(officer, offer): the number to call, sealed; that it was shown stands in the
-- audit. Called by: server/store_offer.c, which opens the seal. Outcomes: 'shown'; 'not_found';
-- 'erased'. Locks: the offer's row.
create function api.desk_offer_number(p_officer integer, p_offer bigint)
returns table (outcome text, sealed bytea)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v offer := api.desk_offer_held(p_officer, p_offer);
begin
    outcome := case when v.id is null then 'not_found'
                    when v.number_sealed is null then 'erased' else 'shown' end;
    if outcome = 'shown' then
        sealed := v.number_sealed;
        insert into audit (officer_id, action, object)
        values (p_officer, 'offer.call', 'offer ' || v.id);
    end if;
    return next;
end
$$;
grant execute on function api.desk_offer_number(integer, bigint) to wardmote_desk;
