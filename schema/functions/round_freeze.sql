-- round_freeze(round, keys and seed sealed, and the SHA-256 of each unsealed): writes the rules
-- of a round down for good, with their hash, and takes its numbers into use. Whoever calls it has
-- checked what desk_hindrance asks. Called by: api.desk_schedule; server/demo.c (as superuser,
-- since the demo's rounds opened days ago). Locks: round (exclusive).
create function api.round_freeze(p_round integer, p_pseudonym bytea, p_nonce bytea, p_seed bytea,
                                 p_pseudonym_sha256 bytea, p_nonce_sha256 bytea,
                                 p_seed_sha256 bytea)
returns void
language plpgsql
set search_path = wardmote, pg_temp
as $$
declare
    v_rules text;
begin
    perform api.lock_round(p_round, true);
    v_rules := api.round_rules(p_round, p_pseudonym_sha256, p_nonce_sha256, p_seed_sha256);
    insert into number_in_use (number, round_id, during)
    select p.number, r.id, tstzrange(r.opens_at, r.closes_at + r.grace)
    from round r join proposal p on p.round_id = r.id and p.state = 'published'
    where r.id = p_round;
    update round r
    set state = 'scheduled', scheduled_at = clock_timestamp(), rules_text = v_rules,
        rules_sha256 = sha256(convert_to(v_rules, 'UTF8')), k_pseudonym = p_pseudonym,
        k_nonce = p_nonce, seed = p_seed
    where r.id = p_round and r.state in ('draft', 'approved');
    if not found then
        raise exception 'round % is frozen or in review', p_round;
    end if;
end
$$;
