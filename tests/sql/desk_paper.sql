-- desk_paper.sql: sealed batches of paper: opened, typed in, reconciled; and the count, which waits
-- for them and misses nothing that was typed in while it ran.
begin;
set search_path = wardmote, public;
select plan(44);

insert into neighbourhood (slug, name, kind) values ('ward', 'Ward', 'ward'), ('other', 'Other', 'ward');
insert into officer (email, name, password_hash, totp_sealed) values ('a@x', 'Ann', 'h', '\x01'), ('c@x', 'Cat', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o, neighbourhood n where (o.name = 'Cat') = (n.slug = 'other');
select id as ann from officer where name = 'Ann' \gset
select id as cat from officer where name = 'Cat' \gset
insert into register (name) values ('All');
insert into voter (register_id, neighbourhood_id)
select g.id, n.id from register g, neighbourhood n, generate_series(1, 3) where n.slug = 'ward';
insert into credential (voter_id, kind, lookup, serial)
select v.id, 'code', sha256(v.id::text::bytea), 'WA-' || row_number() over (order by v.id) from voter v;
insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at, grace, minimum_age)
select 'r', n.id, 'R', 'approval', date_trunc('second', now()) - interval '3 hours', date_trunc('second', now()) - interval '1 hour', '5 minutes', 18
from neighbourhood n where slug = 'ward' returning id as r \gset
insert into pot (round_id, ordinal, name, amount) values (:r, 1, 'Pot', 100000) returning id as pot \gset
insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
values (:r, 1275, 'Bench', 'Bench', :pot, 1000, 'published');

\ir lib/utc.sql
create function batch(who integer, at interval, p_place text default 'Library', n integer default 2) returns text
language sql as $$
    select outcome from api.desk_paper_open(who, 'r', typed(now() + at), p_place, n)
$$;
create function enter(n integer, p_revision integer, p_batch integer) returns void language plpgsql as $$
declare v bigint := (select id from voter order by id offset n - 1 limit 1);
begin
    insert into revision (round_id, voter_id, revision, channel, withdrawn, cast_at, numbers, weights, form_key, picks_hash,
                          commitment, receipt, clerk_id, batch_id)
    select r.id, v, p_revision, 3, false, r.opens_at, '{1275}', '{1}', substr(sha256((n || '.' || p_revision)::bytea), 1, 16),
           sha256('p'), sha256('c'), n * 100 + p_revision, (select id from officer where name = 'Ann'), p_batch
    from round r;
    insert into ballot select id, v, p_revision, opens_at, p_revision from round
    on conflict (round_id, voter_id) do update set current_revision = p_revision, last_revision = p_revision;
end $$;
create function reconcile(who integer, p_batch integer, n integer) returns text language sql as $$
    select outcome || ' ' || difference from api.desk_paper_reconcile(who, 'r', p_batch, n)
$$;
create function begin_count() returns text language sql as $$
    select outcome || coalesce(' ' || detail, '') from api.count_begin((select id from officer where name = 'Ann'), 'r')
$$;

select is(batch(:ann, '-2 hours'), 'state', 'a draft has no paper');
select api.round_freeze(:r, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256(repeat('s', 32)::bytea)) \g /dev/null
select is(batch(:cat, '-2 hours'), 'not_found', 'nor another ward''s round');
select is(batch(:ann, '-4 hours'), 'collected', 'not from before it opened');
select is(batch(:ann, '-59 minutes'), 'collected', 'nor from after its close');
select is(batch(:ann, '1 hour'), 'collected_future', 'nor from tomorrow');
select is(batch(:ann, null), 'collected', 'a time is asked for');
select is(batch(:ann, '-2 hours', ''), 'place', 'and a place');
select is(batch(:ann, '-2 hours', 'Library', 0), 'ballots', 'and how many');
select is(api.paper_return(:r), '', 'nobody has said where it is handed in');
select is(api.desk_paper_return_save(:ann, 'r', 'Here'), 'state', 'after the close nobody does');
create function close_at(at timestamptz, who text) returns void language plpgsql as $$
begin
    set local session_replication_role = replica;
    update round set closes_at = date_trunc('second', at), eligibility = who;
    set local session_replication_role = origin;
end $$;
select close_at(now() + interval '1 hour', 'phone') \g /dev/null
select is(api.desk_paper_return_save(:ann, 'r', 'Here'), 'state', 'nor where one votes by telephone only');
select close_at(now() + interval '1 hour', 'code') \g /dev/null
select is(api.desk_paper_return_save(:cat, 'r', 'Here'), 'not_found', 'another ward''s officer does not say');
select is(api.desk_paper_return_save(:ann, 'r', repeat('x', 401)), 'words', 'nor anybody at length');
select is(api.desk_paper_return_save(:ann, 'r', 'Library') || api.desk_paper_return_save(:ann, 'r', 'Library')
    || api.desk_paper_return_save(:ann, 'r', 'Hall'), 'savedsavedsaved', 'an officer of its ward does');
select is((select array_agg(w) from api.desk_paper_return(:ann, 'r') w), '{Hall}', 'what was said last stands');
select is_empty($$ select * from api.desk_paper_return((select id from officer where name = 'Cat'), 'r') $$, 'for those who may read the round');
select is((select string_agg(detail -> 'changes' ->> 'return_to', ' ' order by id) from audit where action = 'paper.return'),
    '["", "Library"] ["Library", "Hall"]', 'and each change is on record, once');
select close_at(now() - interval '1 hour', 'code') \g /dev/null
select is(begin_count(), 'ready 0', 'without paper a count begins');
select is(batch(:ann, '-2 hours'), 'opened', 'a sealed batch');
select id as b from paper_batch \gset
select is(begin_count(), 'paper_waiting 1', 'now it waits for it');

-- Whose ballot.
select is((select count(*)::int from api.desk_paper_voter(:ann, 'r', sha256('nobody'), '', true, 3::smallint)), 0, 'an unknown code');
select is((select count(*)::int from api.desk_paper_voter(:cat, 'r', null, 'WA-1', true, 3::smallint)), 0, 'another ward''s officer');
select is((select count(*)::int from api.desk_paper_voter(:ann, 'r', null, 'WA-1', true, 4::smallint)), 0,
          'a serial does not do when the voter is there');
select is((select voter from api.desk_paper_voter(:ann, 'r', null, 'wa-1', false, 3::smallint)), (select min(id) from voter),
          'on paper a serial does');
select is((select count(*)::int from declaration), 0, 'what was not signed is not declared');
select is((select round from api.desk_paper_voter(:ann, 'r', (select lookup from credential where serial = 'WA-2'), '', true, 3::smallint)),
          :r, 'a code does');
select is((select format('%s %s', old_enough, channel) from declaration), 't 3', 'with the signed declaration');
update credential set voided_at = now() where serial = 'WA-3';
select is((select count(*)::int from api.desk_paper_voter(:ann, 'r', null, 'WA-3', true, 3::smallint)), 0, 'a void code does not');

-- Entered + spoilt = sealed.
select enter(1, 1, :b) \g /dev/null
select is(reconcile(:ann, :b, 0), 'differs -1', 'one is missing');
select enter(1, 2, :b) \g /dev/null
select is(reconcile(:ann, :b, 0), 'differs -1', 'the same voter''s, mistyped and corrected, is one');
select is(reconcile(:ann, :b, 2), 'differs 1', 'one too many');
select is(reconcile(:ann, :b, -1), 'spoilt 0', 'spoilt are none or more');
select is(reconcile(:cat, :b, 1), 'not_found 0', 'another ward''s officer');
select is((select entered || '/' || ballots from api.desk_paper_batches(:ann, 'r')), '1/2', 'the list says how far it is');
select is((select string_agg(serial || ' ' || receipt, ', ' order by receipt) from api.desk_paper_entries(:ann, 'r', :b)),
          'WA-1 101, WA-1 102', 'and what was typed last');
select is(reconcile(:ann, :b, 1), 'reconciled 0', 'one entered, one spoilt');
select is(reconcile(:ann, :b, 1), 'already 0', 'once');
select is(begin_count(), 'ready 0', 'now it can be counted');

-- What comes in while the program counts.
select mark from api.count_begin(:ann, 'r') \gset
create function store(p_mark text) returns text language sql as $$
    select api.count_store((select id from officer where name = 'Ann'), 'r', repeat('s', 32)::bytea, '{1}', '{META}',
                           array['{}'], '{log}', p_mark)
$$;
select is(batch(:ann, '-90 minutes', 'Hall', 1), 'opened', 'a forgotten batch');
select is(store(:'mark'), 'changed', 'stops the count that had begun');
select enter(2, 1, (select max(id) from paper_batch)) \g /dev/null
select is(reconcile(:ann, (select max(id) from paper_batch), 0), 'reconciled 0', 'it is typed in');
select is(store(:'mark'), 'changed', 'a count from before it is never kept');
select is((select store(mark) from api.count_begin(:ann, 'r')), 'counted', 'one from after it is');
select is((select paper || ' ' || replaced from result), '2 1', 'with every ballot');

select * from finish();
rollback;
