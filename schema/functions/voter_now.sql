-- voter_now(voter, credential, generation): is this session still good? Voiding, re-issuing and
-- signing out raise the generation. Called by: server/store_votes.c and every function that shows
-- what a voter did. Locks: none.
create function api.voter_now(p_voter bigint, p_credential bigint, p_generation integer)
returns boolean
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select exists (select from voter v join credential c on c.voter_id = v.id
                   where v.id = p_voter and v.generation = p_generation
                     and c.id = p_credential and c.voided_at is null)
$$;
grant execute on function api.voter_now(bigint, bigint, integer) to wardmote_web;
