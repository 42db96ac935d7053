-- voter_sign_out(voter, generation): ends every session of this voter by raising the generation;
-- nothing when another step already did. Called by: server/store_votes.c. Locks: the voter's row.
create function api.voter_sign_out(p_voter bigint, p_generation integer) returns void
language sql security definer
set search_path = wardmote, pg_temp
as $$
    update voter v set generation = v.generation + 1
    where v.id = p_voter and v.generation = p_generation
$$;
grant execute on function api.voter_sign_out(bigint, integer) to wardmote_web;
