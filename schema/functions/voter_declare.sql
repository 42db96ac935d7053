-- voter_declare(round, voter, credential, generation, old_enough, residence, channel, at): what a
-- voter declares before the first ballot of a round that asks; again: the later one stands. `residence`
-- is a postcode as typed, or the slug or name of a neighbourhood, as the round asks; what it does
-- not ask is not kept. `at`: when, where it is not now: a text's ballot is cast at its own time.
-- Called by: server/store_votes.c, api.sms_challenge_answer.
-- Outcomes: 'declared'; 'ended' (the session is no longer good); 'no_round' (unknown, not frozen,
-- or its rolls do not hold this voter); 'closed' (not open now); 'age' (not old enough); 'format'
-- (no postcode, or an empty place); 'elsewhere' with the area in which it lies; 'unknown' (the
-- council's table knows this area's postcodes, but not this one; or no such neighbourhood). One row;
-- after 'age' a second one where the place is not even readable or known ('format', 'unknown'), so
-- that all mistakes are told at once. Whatever is not 'declared' changes nothing. Locks: the
-- declaration's row.
create function api.voter_declare(
    p_round integer, p_voter bigint, p_credential bigint, p_generation integer,
    p_old_enough boolean, p_residence text, p_channel smallint,
    p_at timestamptz default clock_timestamp())
returns table (outcome text, area text)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_round     round;
    v_residence text := '';
    v_lies      integer;
    v_young     boolean;
begin
    if not api.voter_now(p_voter, p_credential, p_generation) then
        return query select 'ended', null::text;
        return;
    end if;
    select r.* into v_round
    from round r
    join voter v on v.id = p_voter
    join register g on g.id = v.register_id
                   and api.register_holds(g.kind, g.retired_at, r.eligibility)
    join neighbourhood_within w on w.neighbourhood_id = v.neighbourhood_id
                               and w.within_id = r.neighbourhood_id
    where r.id = p_round and r.frozen;
    if v_round.id is null then
        return query select 'no_round', null::text;
        return;
    elsif v_round.state <> 'scheduled' or p_at < v_round.opens_at
       or p_at >= v_round.closes_at then
        return query select 'closed', null::text;
        return;
    end if;
    v_young := v_round.minimum_age is not null and p_old_enough is not true;
    if v_young then
        return query select 'age', null::text;
    end if;

    if v_round.residence = 'postcode' then
        v_residence := api.postcode_read(p_residence);
        select p.neighbourhood_id into v_lies from postcode p where p.postcode = v_residence;
        if v_residence is not null and v_lies is null and exists (
            select from postcode p
            join neighbourhood_within w on w.neighbourhood_id = p.neighbourhood_id
            where w.within_id = v_round.neighbourhood_id) then
            return query select 'unknown', null::text;
            return;
        end if;
    elsif v_round.residence = 'neighbourhood' then
        v_residence := nullif(btrim(p_residence), '');
        select n.id, n.name into v_lies, v_residence
        from (select v_residence as typed) t
        left join neighbourhood n on n.slug = lower(t.typed) or lower(n.name) = lower(t.typed)
        order by n.slug = lower(t.typed) desc, n.id limit 1;
        if v_lies is null and btrim(p_residence) <> '' then
            return query select 'unknown', null::text;
            return;
        end if;
    end if;
    if v_residence is null then
        return query select 'format', null::text;
        return;
    elsif v_young then
        return; -- where it lies is told to nobody who may not vote anyhow
    elsif v_lies is not null and not exists (
        select from neighbourhood_within w
        where w.neighbourhood_id = v_lies and w.within_id = v_round.neighbourhood_id) then
        return query select 'elsewhere', n.name from neighbourhood n where n.id = v_lies;
        return;
    end if;

    insert into declaration (round_id, voter_id, old_enough, residence, channel)
    values (p_round, p_voter, v_round.minimum_age is not null, v_residence, p_channel)
    on conflict (round_id, voter_id) do update
    set old_enough = excluded.old_enough, residence = excluded.residence,
        channel = excluded.channel, declared_at = clock_timestamp();
    return query select 'declared', null::text;
end
$$;
grant execute on function api.voter_declare(integer, bigint, bigint, integer, boolean, text,
    smallint, timestamptz) to wardmote_web, wardmote_sms;
