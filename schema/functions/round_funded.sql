-- round_funded(round): the proposals that the published result of a round funds; none while there is
-- no such result. Called by other functions only. Locks: none.
create function api.round_funded(p_round integer) returns setof wardmote.proposal
language sql stable
set search_path = wardmote, pg_temp
as $$
    select p.*
    from round r
    join result_part a on a.round_id = r.id and a.version = api.result_shown(r.id)
    cross join lateral json_array_elements_text(a.outcome -> 'winners') w(number)
    join proposal p on p.round_id = r.id and p.number = w.number::smallint
    where r.id = p_round and r.kind <> 'yes_no'
$$;
