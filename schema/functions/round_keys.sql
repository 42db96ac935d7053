-- round_keys(round): a round's uuid and its two sealed keys, from which a ballot's pseudonym,
-- nonce and commitment are computed outside the database. No row for a draft, which has none yet.
-- Called by: common/cast.c, under the round's shared lock, so that a round that is being scheduled
-- at the same time is either not there or there with its keys. Locks: none.
create function api.round_keys(p_round integer)
returns table (uuid uuid, k_pseudonym bytea, k_nonce bytea)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select r.uuid, r.k_pseudonym, r.k_nonce from round r
    where r.id = p_round and r.frozen
$$;
grant execute on function api.round_keys(integer) to wardmote_web, wardmote_sms;
