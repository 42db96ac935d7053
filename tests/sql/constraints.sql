-- constraints.sql: what the database holds by itself, whoever writes, the owner included.
begin;
set search_path = wardmote, public;
select plan(27);

insert into neighbourhood (slug, name, kind) values ('city', 'City', 'city');
insert into neighbourhood (slug, name, kind, parent_id)
select 'ward', 'Ward', 'ward', id from neighbourhood where slug = 'city';
insert into register (name) values ('All');
insert into voter (register_id, neighbourhood_id)
select g.id, n.id from register g, neighbourhood n, generate_series(1, 3) where n.slug = 'ward';

-- A round that is open: frozen by hand, as its dates are given.
create function make_round(p_slug text, p_opens interval, p_closes interval) returns integer
language plpgsql as $$
declare v integer;
begin
    insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at)
    select p_slug, n.id, p_slug, 'approval', now() + p_opens, now() + p_closes
    from neighbourhood n where n.slug = 'ward' returning id into v;
    insert into pot (round_id, ordinal, name, amount) values (v, 1, 'Pot', 100000);
    insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
    select v, p.number, 'P', 'P', t.id, 1000, 'published'
    from pot t, (values (1275::smallint), (1359::smallint)) p(number) where t.round_id = v;
    return v;
end $$;
create function freeze(p_round integer) returns void language sql as $$
    select api.round_freeze(p_round, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256('3'))
$$;
create function revise(p_round integer, p_voter bigint, p_revision integer, p_at timestamptz)
returns void language sql as $$
    insert into revision (round_id, voter_id, revision, channel, withdrawn, cast_at, numbers,
                          weights, form_key, picks_hash, commitment, receipt)
    values (p_round, p_voter, p_revision, 1, false, p_at, '{1275}', '{1}',
            substr(sha256(p_revision::text::bytea), 1, 16), sha256('p'), sha256('c'), 1)
$$;
select make_round('open', '-1 hour', '1 hour') as open \gset
select min(id) as voter from voter \gset
select ok(to_regprocedure('api.round_freeze(integer,bytea,bytea,bytea,bytea,bytea,bytea)') is not null,
          'a round can be frozen');

-- Times.
select throws_ok(format('select revise(%s, %s, 1, now())', :open, :voter), '23514', null,
                 'a draft takes no ballot');
select freeze(:open);
select throws_ok(format('select revise(%s, %s, 1, now() - interval ''1 hour 1 second'')', :open, :voter),
                 '23514', null, 'nor does a round before it opens');
select throws_ok(format('select revise(%s, %s, 1, now() + interval ''1 hour'')', :open, :voter),
                 '23514', null, 'nor at the very moment of its close');
select lives_ok(format('select revise(%s, %s, 1, now() - interval ''1 hour'')', :open, :voter),
                'the moment of its opening counts');
select lives_ok(format('select revise(%s, %s, 2, now() + interval ''1 hour'' - interval ''1 microsecond'')',
                       :open, :voter), 'and the last before its close');
select throws_ok(format('select revise(%s, %s, 1, now())', 999999, :voter), '23514', null,
                 'a round that is not there takes none');

-- Append-only, for the owner and a superuser too.
select throws_ok('update revision set withdrawn = true', 'P0001', null, 'a revision is not changed');
select throws_ok('delete from revision', 'P0001', null, 'nor deleted');
select throws_ok('truncate revision', 'P0001', null, 'nor cleared away');
set local role wardmote_owner;
select throws_ok('update wardmote.revision set receipt = 2', 'P0001', null, 'not by the owner');
select throws_ok('delete from wardmote.revision', 'P0001', null, 'not by the owner');
select throws_ok('truncate wardmote.revision', 'P0001', null, 'not by the owner');
reset role;
select throws_ok('delete from voter', 'P0001', null, 'a voter is never deleted');
select throws_ok('update voter set uuid = gen_random_uuid()', 'P0001', null,
                 'nor becomes somebody else');

-- One current ballot.
select lives_ok(format('insert into ballot values (%s, %s, 1, now(), 1)', :open, :voter), 'a ballot');
select throws_ok(format('insert into ballot values (%s, %s, 2, now(), 2)', :open, :voter), '23505',
                 null, 'a second one of the same voter in the same round cannot be');
select throws_ok(format('select revise(%s, %s, 2, now())', :open, :voter), '23505', null,
                 'a revision has its number once');

-- Frozen.
select throws_ok(format('update round set closes_at = closes_at + interval ''1 day'' where id = %s', :open),
                 'P0001', null, 'a frozen round keeps its dates');
select throws_ok(format('update round set state = ''draft'' where id = %s', :open), 'P0001', null,
                 'and never goes back');
select throws_ok(format('delete from round where id = %s', :open), 'P0001', null, 'nor away');
select throws_ok(format('update proposal set cost = 1 where round_id = %s', :open), 'P0001', null,
                 'its proposals keep their prices');
select throws_ok(format('insert into pot (round_id, ordinal, name, amount) values (%s, 2, ''x'', 1)', :open),
                 'P0001', null, 'and its pots stay as they are');
select throws_ok(format('delete from proposal where round_id = %s', :open), 'P0001', null,
                 'and none goes');
select lives_ok(format('update round set state = ''counted'' where id = %s', :open),
                'only its state moves on');

-- Numbers are unique across rounds that are open together, and free again afterwards.
select make_round('same-time', '10 minutes', '20 minutes') as same \gset
select throws_ok(format('select freeze(%s)', :same), '23P01', null,
                 'two rounds open together cannot share a number');
select make_round('later', '2 days', '3 days') as later \gset
select lives_ok(format('select freeze(%s)', :later), 'rounds one after the other can');

select * from finish();
rollback;
