-- edition_settle(neighbourhood): as api.round_settle, for the questions about an area's agreement.
-- Called by other functions only, before they change an edition of it. Locks: round (exclusive),
-- where there is something to write.
create function api.edition_settle(p_neighbourhood integer) returns void
language plpgsql
set search_path = wardmote, pg_temp
as $$
declare
    v_id integer;
begin
    for v_id in select r.id from round r join agreement_edition e on e.id = r.edition_id
                where e.neighbourhood_id = p_neighbourhood and r.state = 'result_review'
                  and api.round_state(r) = 'published' order by r.id loop
        perform api.lock_round(v_id, true);
        perform api.round_settle(v_id);
    end loop;
end
$$;
