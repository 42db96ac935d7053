-- round_settle(round): writes into the rows of a round what the clock made true: a result whose moment
-- came is published, and the edition that a question asked about adopted or rejected, on that day
-- (Europe/London). Nobody waits for it: what is read asks the clock (api.round_state,
-- api.edition_state). Called by other functions only, before they change such a round. Locks: none;
-- the caller has the round (exclusive).
create function api.round_settle(p_round integer) returns void
language plpgsql
set search_path = wardmote, pg_temp
as $$
declare
    v_round round;
begin
    select * into v_round from round r
    where r.id = p_round and r.state = 'result_review' and api.round_state(r) = 'published';
    if not found then
        return;
    end if;
    perform api.edition_adopt(v_round.edition_id, a.adopted, (a.at at time zone 'Europe/London')::date)
    from api.edition_answer(v_round.edition_id) a;
    update round r set state = 'published' where r.id = p_round;
end
$$;
