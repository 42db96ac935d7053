-- desk_practice_voters(officer, slug, n): so many invented voters of an open practice round who
-- have cast no ballot in it yet, made where there are too few; their ballots are then cast like any
-- other. Called by: server/store_practice.c. Outcomes: a row a voter with 'ready'; or one row:
-- 'not_found'; 'practice' (it is a real round); 'state' (it is not open); 'many' (more than 2,000
-- in all). Locks: round (exclusive).
create function api.desk_practice_voters(p_officer integer, p_slug text, p_n integer)
returns table (outcome text, round integer, voter bigint, generation integer)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_round    round := api.desk_round_held(p_officer, p_slug);
    v_register integer;
    v_missing  integer;
begin
    outcome := case
        when v_round.id is null then 'not_found'
        when v_round.eligibility <> 'practice' then 'practice'
        when v_round.state <> 'scheduled' or clock_timestamp() < v_round.opens_at
             or clock_timestamp() >= v_round.closes_at then 'state'
        when p_n not between 1 and 500
             or p_n + (select count(*) from ballot b where b.round_id = v_round.id) > 2000
        then 'many' end;
    if outcome is not null then
        return query select outcome, 0, 0::bigint, 0;
        return;
    end if;
    select g.id into v_register from register g
    where g.kind = 'practice' and g.neighbourhood_id = v_round.neighbourhood_id;
    if v_register is null then
        insert into register (name, kind, neighbourhood_id)
        select left(format('Practice in %s (%s)', n.name, n.slug), 80), 'practice', n.id
        from neighbourhood n where n.id = v_round.neighbourhood_id
        returning register.id into v_register;
    end if;
    select p_n - count(*) into v_missing from voter v
    where v.register_id = v_register
      and not exists (select from ballot b where b.round_id = v_round.id and b.voter_id = v.id);
    insert into voter (register_id, neighbourhood_id)
    select v_register, v_round.neighbourhood_id from generate_series(1, v_missing);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'practice.ballots', 'round ' || p_slug, jsonb_build_object('ballots', p_n));
    return query
    select 'ready', v_round.id, v.id, v.generation from voter v
    where v.register_id = v_register
      and not exists (select from ballot b where b.round_id = v_round.id and b.voter_id = v.id)
    order by v.id limit p_n;
end
$$;
grant execute on function api.desk_practice_voters(integer, text, integer) to wardmote_desk;
