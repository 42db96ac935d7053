-- desk_amendments.sql: what two officers change after the freezing: a later close, a withdrawn
-- proposal, a void ballot, a void code. One alone changes nothing.
begin;
set search_path = wardmote, public;
select plan(62);

insert into neighbourhood (slug, name, kind) values ('ward', 'Ward', 'ward'), ('other', 'Other', 'ward');
insert into officer (email, name, password_hash, totp_sealed)
values ('a@x', 'Ann', 'h', '\x01'), ('b@x', 'Bob', 'h', '\x01'), ('c@x', 'Cat', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o, neighbourhood n
where (o.name = 'Cat') = (n.slug = 'other');
select id as ann from officer where name = 'Ann' \gset
select id as bob from officer where name = 'Bob' \gset
select id as cat from officer where name = 'Cat' \gset
insert into register (name) values ('All');
insert into voter (register_id, neighbourhood_id)
select g.id, n.id from register g, neighbourhood n, generate_series(1, 4) where n.slug = 'ward';
insert into credential (voter_id, kind, lookup, serial)
select v.id, 'code', sha256(v.id::text::bytea), 'WA-' || row_number() over (order by v.id) from voter v;

create function make(p_slug text, p_kind text, p_numbers integer[], p_opens interval, p_closes interval) returns void
language plpgsql as $$
declare v integer;
begin
    insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at, grace)
    select p_slug, n.id, p_slug, p_kind, now() + p_opens, now() + p_closes, '10 minutes'
    from neighbourhood n where n.slug = 'ward' returning id into v;
    insert into pot (round_id, ordinal, name, amount) select v, 1, 'Pot', 100000;
    insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
    select v, n, 'P' || n, 'Plan ' || n, t.id, 1000, 'published'
    from unnest(p_numbers) n join pot t on t.round_id = v;
    perform api.round_freeze(v, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256(repeat('s', 32)::bytea));
end $$;
select make('open', 'approval', '{1275,1283,1359}', '-1 hour', '1 hour');
select make('over', 'approval', '{2714}', '-2 hours', '-1 hour');
select make('next', 'approval', '{1275}', '3 hours', '4 hours');
insert into round (slug, neighbourhood_id, title, kind) select 'draft', id, 'Draft', 'approval' from neighbourhood
where slug = 'ward';
create function vote(n integer, p_revision integer, p_channel integer, p_numbers integer[], p_withdrawn boolean default false)
returns void language plpgsql as $$
declare v bigint := (select id from voter order by id offset n - 1 limit 1);
        r integer := (select id from round where slug = 'open');
        t bigint;
begin
    if p_channel = 2 then
        insert into inbox (provider, endpoint, message_id, sender_key, sender_sealed, near_key, received_at)
        values ('x', '', n || '.' || p_revision, sha256('a'), '\x', sha256('a'), now()) returning id into t;
    end if;
    insert into revision (round_id, voter_id, revision, channel, withdrawn, cast_at, numbers, weights, form_key,
                          picks_hash, commitment, receipt, inbox_id)
    values (r, v, p_revision, p_channel, p_withdrawn, now(), p_numbers, array_fill(1, array[cardinality(p_numbers)]),
            substr(sha256((n || '.' || p_revision)::bytea), 1, 16), sha256('p'), sha256('c'), n * 100 + p_revision, t);
    insert into ballot values (r, v, p_revision, now(), p_revision)
    on conflict (round_id, voter_id) do update set current_revision = p_revision, last_revision = p_revision;
end $$;
select vote(1, 1, 2, '{1275,1283}'), vote(2, 1, 1, '{1283}'), vote(3, 1, 2, '{1359}'), vote(4, 1, 2, '{1283}'),
       vote(4, 2, 2, '{1359}') \g /dev/null

\ir lib/utc.sql
create function ask(who integer, p_kind text, p_slug text, p_closes interval default null, p_number integer default null,
                    p_receipt bigint default null, p_serial text default null, p_reason text default 'A flood')
returns text language sql as $$
    select trim(outcome || ' ' || detail) from api.desk_amendment_ask(who, p_kind, p_slug,
        typed(now() + p_closes), p_number::smallint,
        p_receipt, p_serial, p_reason)
$$;
create function decide(who integer, yes boolean) returns text language sql as $$
    select trim(outcome || ' ' || detail) from api.desk_amendment_decide(who, (select max(id) from amendment), yes)
$$;

-- A later close.
select is(ask(:cat, 'extension', 'open', '2 hours'), 'not_found', 'another ward''s round is not there');
select is(ask(:ann, 'extension', 'open', '2 hours', p_reason => ''), 'reason', 'a reason is asked for');
select is(ask(:ann, 'extension', 'draft', '2 hours'), 'state', 'a draft is changed, not amended');
select is(ask(:ann, 'extension', 'over', '2 hours'), 'closed', 'what is closed stays closed');
select is(ask(:ann, 'extension', 'open', '30 minutes'), 'not_later', 'a close moves later only');
select is(ask(:ann, 'extension', 'open', '2 hours 55 minutes'), 'number_clash 1275 (next)',
          'not into another round''s numbers, the grace included');
select is((select count(*)::int from amendment), 0, 'what is refused leaves nothing');
select is(ask(:ann, 'extension', 'open', '2 hours'), 'asked', 'asked for');
select is(ask(:bob, 'extension', 'open', '2 hours'), 'waiting', 'once');
select is((select closes_at - now() < interval '1 hour 1 second' from round where slug = 'open'), true, 'nothing has moved');
select is((select count(*)::int from api.round_amendments((select id from round where slug = 'open'))), 0, 'nor is it told');
select is(decide(:ann, true), 'own', 'who asked does not grant');
select is(decide(:cat, true), 'not_found', 'nor does another ward''s officer');
select is((select state || ' ' || mine from api.desk_amendments(:ann, 'open')), 'waiting true', 'it waits for another');
select is((select mine from api.desk_amendments(:bob, null)), false, 'whose list has it');
select is(decide(:bob, true), 'granted', 'a second officer grants it');
select is(decide(:bob, true), 'granted', 'twice is once');
select is(decide(:bob, false), 'decided', 'and is not taken back');
select is((select date_trunc('second', closes_at) from round where slug = 'open'), date_trunc('second', now() + interval '2 hours'),
          'the close has moved');
select is((select count(*)::int from number_in_use u join round r on r.id = u.round_id
           where r.slug = 'open' and upper(u.during) = r.closes_at + r.grace), 3, 'the numbers are held as long');
select is((select format('%s %s %s', kind, date_trunc('second', closed_at) = date_trunc('second', now() + interval '1 hour'), reason)
           from api.round_amendments((select id from round where slug = 'open'))), 'extension t A flood',
          'everybody reads when, until when, and why');
select throws_ok($$ update round set closes_at = closes_at + interval '1 minute' where slug = 'open' $$, 'P0001', null,
                 'no close moves without it');
select throws_ok($$ update amendment set reason = 'Another' $$, 'P0001', null, 'nor does its reason change');
select is(ask(:ann, 'extension', 'open', '2 hours 5 minutes'), 'asked', 'another');
select is(decide(:ann, false), 'refused', 'which its asker takes back');
select is((select state from api.desk_amendments(:ann, 'open') order by id desc limit 1), 'taken_back', 'and says so');
-- Granted only if it can still be done.
select is(ask(:ann, 'extension', 'open', '2 hours 10 minutes'), 'asked', 'one more');
update number_in_use set during = tstzrange(now() + interval '2 hours 15 minutes', now() + interval '4 hours')
where round_id = (select id from round where slug = 'next');
select is(decide(:bob, true), 'number_clash 1275 (next)', 'is checked again when it is granted');
select is((select granted from amendment order by id desc limit 1), null, 'and is still to be decided');
select is(decide(:bob, false), 'refused', 'refused');

-- Withdrawal.
select is(ask(:ann, 'withdrawal', 'open', p_number => 9999), 'no_proposal', 'a proposal that is not there');
select is(ask(:ann, 'withdrawal', 'over', p_number => 2714), 'closed', 'not after the close');
select is(ask(:ann, 'withdrawal', 'next', p_number => 1275), 'last_proposal', 'nor the only one');
select throws_ok($$ update proposal set state = 'withdrawn' where number = 1283 $$, 'P0001', null, 'nor by one alone');
select is(ask(:ann, 'withdrawal', 'open', p_number => 1283, p_reason => 'The land was sold.'), 'asked', 'asked');
select is(decide(:ann, true), 'own', 'not granted by who asked');
select is(decide(:bob, true), 'granted', 'granted');
select is((select state || ': ' || withdrawn_reason from proposal where number = 1283), 'withdrawn: The land was sold.',
          'it is withdrawn, with the reason');
select is((select string_agg(x.receipt::text, ' ' order by x.receipt) from notice n
           join revision x on x.inbox_id = n.inbox_id where n.kind = 'withdrawal'), '101',
          'who voted for it by text is told; not who voted on the web, nor who changed their mind');
select is((select numbers::text from revision where receipt = 101), '{1275,1283}', 'the ballot is as it was');
select is(ask(:ann, 'withdrawal', 'open', p_number => 1283), 'withdrawn', 'once');

-- A void ballot.
select is(ask(:ann, 'void_ballot', 'open', p_receipt => 999), 'no_ballot', 'a receipt that is not there');
select is(ask(:ann, 'void_ballot', 'open', p_receipt => 401), 'replaced', 'one that a later ballot replaced');
select is(ask(:ann, 'void_ballot', 'open', p_receipt => 201, p_reason => 'Bought'), 'asked', 'by its receipt');
select is(decide(:ann, true), 'own', 'by two officers');
select is(decide(:bob, true), 'granted', 'only');
select matches(api.round_changes((select id from round where slug = 'open')),
    'Proposal 1283 withdrawn, reason: The land was sold\. A ballot declared void, reason: Bought\.$', 'the published file tells all, each reason with one full stop');
select is((select voided from api.desk_turnout((select id from round where slug = 'open'))), 1::bigint, 'it counts no more');
select is((select state from api.receipt_find(201)), 'voided', 'its receipt says so');
select is(ask(:ann, 'void_ballot', 'open', p_receipt => 201), 'voided', 'once');
select is(ask(:ann, 'void_ballot', 'open', p_serial => 'wa-3'), 'asked', 'or by the serial of the code');
select vote(3, 2, 2, '{1275}') \g /dev/null
select is(decide(:bob, true), 'replaced', 'but not when the voter voted again meanwhile');

-- A void code.
select is(ask(:cat, 'void_code', null, p_serial => 'WA-4'), 'not_found', 'another ward''s code');
select is(ask(:ann, 'void_code', null, p_serial => 'WA-4', p_reason => 'Stolen letter'), 'asked', 'a code, by its serial');
select is((select serial || ' ' || title from api.desk_amendments(:bob, null) where state = 'waiting' and kind = 'void_code'),
          'WA-4 Ward', 'is on the other''s list');
select is(decide(:ann, true), 'own', 'not by one');
select is(decide(:bob, true), 'granted', 'by two');
select is((select (c.voided_at is not null) || ' ' || v.generation || ' ' || c.void_reason from credential c
           join voter v on v.id = c.voter_id where c.serial = 'WA-4'), 'true 2 Stolen letter', 'it is void, and signed out');
select is(ask(:ann, 'void_code', null, p_serial => 'WA-4'), 'voided', 'once');
select is((select string_agg(kind, ' ' order by decided_at, kind) from api.round_amendments((select id from round where slug = 'open'))),
          'extension withdrawal void_ballot', 'residents read what touches the vote, and no code');

-- After the count nothing changes.
set session_replication_role = replica;
update round set state = 'counted' where slug = 'over';
set session_replication_role = origin;
select is(ask(:ann, 'void_ballot', 'over', p_receipt => 1), 'counted', 'a counted round is not touched');
select is((select string_agg(distinct action, ' ' order by action) from audit), 'amendment.ask amendment.grant amendment.refuse',
          'all of it is in the audit');

select * from finish();
rollback;
