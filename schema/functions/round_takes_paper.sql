-- round_takes_paper(round): is paper handed in for it: where one votes with what a letter or a list
-- gives, from scheduling until the close. Called by: other functions only. Locks: none.
create function api.round_takes_paper(p_round wardmote.round) returns boolean
language sql volatile
set search_path = wardmote, pg_temp
as $$
    select p_round.frozen and p_round.eligibility in ('code', 'register')
       and api.round_phase(p_round) in ('soon', 'open')
$$;
