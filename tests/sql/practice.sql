-- practice.sql: nobody who may vote anywhere reaches a practice round, it is listed nowhere, and its result is
-- never published; only its ballots are made up.
begin;
set search_path = wardmote, public;
select plan(42);

insert into neighbourhood (slug, name, kind) values ('ward', 'Ward', 'ward'), ('other', 'Other', 'ward');
insert into officer (email, name, password_hash, totp_sealed) values ('o@x', 'O', 'h', '\x01'), ('t@x', 'T', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o join neighbourhood n on (o.name, n.slug) in (('O', 'ward'), ('T', 'other'));
select id as o from officer where name = 'O' \gset
select id as t from officer where name = 'T' \gset
insert into register (name, kind, neighbourhood_id) select 'Codes', 'codes', id from neighbourhood where slug = 'ward';
insert into voter (register_id, neighbourhood_id) select g.id, n.id from register g, neighbourhood n where n.slug = 'ward';
insert into credential (voter_id, kind, lookup, serial) select id, 'code', sha256('1'), 'WA-000001' from voter;
select id as v from voter \gset
select id as c from credential \gset

select is((select outcome from api.desk_round_save(:o, null, 'ward', 'Try it', '', 'approval', null, '', null, null, 5, 3, 0, '{Pot}',
           '{100000}', '{0}', '{0}', 1, false, 10, 5, 0, false, 'practice', 18, 'postcode', 'most')), 'saved', 'a practice round');
select is((select eligibility || ' ' || coalesce(minimum_age, 0) || ' ' || residence from round where slug = 'try-it'), 'practice 0 none',
          'in which nobody declares anything');
update round set opens_at = now() - interval '1 hour', closes_at = now() + interval '1 hour', grace = '0' where slug = 'try-it';
insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
select r.id, v.n, 'P', 'P', t.id, 60000, 'published' from round r join pot t on t.round_id = r.id, (values (1275), (1359)) v(n);
select api.round_freeze(id, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256(repeat('s', 32)::bytea)) from round;
-- A real one beside it.
insert into round (slug, neighbourhood_id, title, kind, rule, opens_at, closes_at, grace)
select 'real', id, 'Real', 'approval', 'greedy', now() - interval '1 hour', now() + interval '1 hour', '0' from neighbourhood where slug = 'ward';
insert into pot (round_id, ordinal, name, amount) select id, 1, 'Pot', 100000 from round where slug = 'real';
insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
select r.id, 2714, 'P', 'P', t.id, 1000, 'published' from round r join pot t on t.round_id = r.id where r.slug = 'real';
select api.round_freeze(id, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256('3')) from round where slug = 'real';
select id as r from round where slug = 'try-it' \gset

-- Not reached, not listed.
select is((select string_agg(slug, ' ') from api.voter_rounds(:v, :c, 1)), 'real', 'a voter has the real round only');
select is((select string_agg(slug, ' ') from api.rounds_public(null)), 'real', 'it is in no list');
select is((select string_agg(slug, ' ') from api.rounds_public('ward')), 'real', 'nor in its area''s');
select is((select count(*)::int from api.rounds_news()), 1, 'nor in what is new');
select is((select open_rounds from api.areas_public('ward')), 1, 'nor counted as open');
select is((select eligibility from api.round_public('try-it')), 'practice', 'who knows its address reads that it is practice');
select is((select string_agg(number::text, ' ') from api.sms_menu(null, now())), '2714', 'no text offers it');
select is((select string_agg(number::text, ' ') from api.sms_list(sha256('x'), 'Ward', 1, false)), '2714', 'nor lists it');
select is((select count(*)::int from api.sms_numbers(array[:v]::bigint[], array[1275]::smallint[], array[now()])), 0, 'nor knows its numbers');
select is((select outcome from api.sms_result(sha256('x'), '', 1275::smallint)), 'unknown', 'nor its result');
select is((select count(*)::int from api.bulk_windows(:r)), 0, 'nobody is told about it');
select is(api.register_holds('codes', null, 'practice'), false, 'no code votes in it');
select is(api.register_holds('practice', null, 'code'), false, 'nor do invented voters vote in a real one');

-- Invented voters.
create function made(who int, p_slug text, n int) returns text language sql as $$
    select outcome || ' ' || count(*) from api.desk_practice_voters(who, p_slug, n) group by outcome
$$;
select is(made(:t, 'try-it', 5), 'not_found 1', 'not by another ward''s officer');
select is(made(:o, 'real', 5), 'practice 1', 'not in a real round');
select is(made(:o, 'try-it', 0), 'many 1', 'at least one');
select is(made(:o, 'try-it', 501), 'many 1', 'and not too many');
select is(made(:o, 'try-it', 5), 'ready 5', 'voters are made');
select is(made(:o, 'try-it', 3), 'ready 3', 'those who have not voted are taken again');
select is((select count(*)::int from voter v join register g on g.id = v.register_id where g.kind = 'practice'), 5, 'before new ones are made');
select is((select count(*)::int from api.desk_registers(:o)), 1, 'their register is nobody''s to import into');
select is((select voters from api.desk_areas(:o) where slug = 'ward'), 1::bigint, 'nor are they counted among the ward''s voters');
select is((select eligible from api.desk_round(:o, 'real')), 1::bigint, 'nor in a real round');
select is((select eligible from api.desk_round(:o, 'try-it')), 5::bigint, 'but in this one');

select is((select count(*)::int from api.sms_info(1275::smallint)), 0, 'INFO knows nothing of its projects');
select is((select outcome from api.sms_offer(1275::smallint, 'A van', ''::bytea, sha256('n'))), 'not_found', 'nobody offers help by text');
select is(api.offer_make('try-it', 1275::smallint, null, 'A van', 'Ann', ''::bytea, sha256('n')), 'not_found', 'nor on the web');

-- Counted, compared, never published.
insert into revision (round_id, voter_id, revision, channel, withdrawn, cast_at, numbers, weights, form_key, picks_hash, commitment, receipt)
select :r, v.id, 1, 1, false, now(), '{1275}', '{1}', substr(sha256(v.id::text::bytea), 1, 16), sha256('p'), sha256('c'), v.id
from voter v join register g on g.id = v.register_id where g.kind = 'practice';
insert into ballot select :r, x.voter_id, 1, now(), 1 from revision x;
select is(made(:o, 'try-it', 2), 'ready 2', 'who voted does not vote again');
select is((select count(*)::int from voter v join register g on g.id = v.register_id where g.kind = 'practice'), 7, 'two more are made');
select is((select count(*)::int from api.desk_practice_files(:o, 'try-it')), 0, 'nothing to compare before the count');
set session_replication_role = replica;
update round set closes_at = clock_timestamp() where slug = 'try-it';
set session_replication_role = origin;
select is(made(:o, 'try-it', 2), 'state 1', 'nor is anything made up after the close');
select is(api.count_ask(:o, 'try-it'), 'asked', 'it is counted');
select is(api.count_store(:o, 'try-it', repeat('s', 32)::bytea, array[1], array['META'], array['{}'], array['log'],
          null, (select job from api.count_take()), 1), 'counted', 'as any other');
select is((select format('%s|%s|%s', pot_name, pb, methods) from api.desk_practice_files(:o, 'try-it')),
          'Pot|META|most value shares shares:none shares_n phragmen', 'and can be compared');
select is((select rules from api.desk_practice_files(:o, 'try-it')),
          'greedy:minimum-votes=0:fund-unsupported=no,greedy-density:minimum-votes=0:fund-unsupported=no,'
          || 'mes:completion=add1u:utility=cost:minimum-votes=0:fund-unsupported=no,'
          || 'mes:completion=none:utility=cost:minimum-votes=0:fund-unsupported=no,'
          || 'mes:completion=add1u:utility=card:minimum-votes=0:fund-unsupported=no,phragmen:minimum-votes=0', 'by every rule of its kind');
select is((select count(*)::int from api.desk_practice_files(:t, 'try-it')), 0, 'not by another ward''s officer');
select is(api.result_submit(:o, 'try-it'), 'practice', 'it is not sent for approval');
select throws_ok($$ update round set state = 'result_review' where slug = 'try-it' $$, '23514', null, 'by no way');
select is((select phase || ' ' || title from api.desk_rounds(:o) where slug = 'try-it'), 'archived Try it (practice)', 'and needs nobody');
insert into result (round_id, seed, ballots, web, texts, paper, withdrawn, replaced, eligible) select id, sha256('s'), 0, 0, 0, 0, 0, 0, 0 from round where slug = 'real';
insert into result_part (round_id, ordinal, pot_id, pb, pb_sha256, outcome, log)
select r.id, 1, t.id, 'META', sha256('META'), '{}', '' from round r join pot t on t.round_id = r.id where r.slug = 'real';
select is((select count(*)::int from api.desk_practice_files(:o, 'real')), 0, 'rules are not compared on a real round');

select * from finish();
rollback;
