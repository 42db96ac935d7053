-- delivery.sql: what became of funded projects: who reports it, what residents read, what is due.
begin;
set search_path = wardmote, public;
select plan(30);

insert into neighbourhood (slug, name, kind) values ('acomb', 'Acomb', 'ward'), ('hull-road', 'Hull Road', 'ward');
insert into officer (email, name, password_hash, totp_sealed) values ('a@x', 'Ada', 'h', '\x01'), ('b@x', 'Bob', 'h', '\x01'), ('h@x', 'Hal', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o join neighbourhood n on (o.name = 'Hal') = (n.slug = 'hull-road');
select id as ada from officer where name = 'Ada' \gset
select id as bob from officer where name = 'Bob' \gset
select id as hal from officer where name = 'Hal' \gset
insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at)
select 'money', id, 'Money', 'approval', now() - interval '200 days', now() - interval '190 days' from neighbourhood where slug = 'acomb';
select id as r from round where slug = 'money' \gset
insert into pot (round_id, ordinal, name, amount) values (:r, 1, 'Pot', 300000);
select id as pot from pot where round_id = :r \gset
insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
select :r, n, 'P', 'Project ' || n, :pot, 100000, 'published' from unnest(array[1275, 1359, 1428]::smallint[]) n;
select api.round_freeze(:r, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256(repeat('s', 32)::bytea));
create function report(who integer, p_number integer, p_state text, p_spent bigint default 0, p_note text default 'Seen', p_slug text default 'money') returns text
language sql as $$ select api.desk_delivery_write(who, p_slug, p_number::smallint, p_state, p_spent, p_note) $$;

-- Before there is a published result.
select is_empty($$ select * from api.delivery_public('acomb', null) $$, 'nothing is funded yet');
select is(report(:ada, 1275, 'done'), 'not_found', 'and nothing to report on');
create function counted(p_version integer, winners json, published timestamptz) returns void language sql as $$
    insert into result (round_id, version, counted_by, approved_by, counted_at, published_at, seed, ballots, web, texts, paper, withdrawn, replaced, eligible, correction)
    select r.id, p_version, (select min(id) from officer), case when published is not null then (select min(id) + 1 from officer) end,
           now() - interval '180 days', published, '\x00'::bytea || decode(repeat('00', 31), 'hex'), 20, 20, 0, 0, 0, 0, 50,
           case when p_version > 1 then 'A mistake' else '' end from round r where r.slug = 'money';
    insert into result_part (round_id, version, ordinal, pot_id, pb, pb_sha256, outcome, log)
    select r.id, p_version, 1, p.id, 'META', sha256('x'), json_build_object('winners', winners), 'Log'
    from round r join pot p on p.round_id = r.id where r.slug = 'money';
$$;
select counted(1, '["1275", "1428"]', null);
update round set state = 'counted' where id = :r;
select is_empty($$ select * from api.delivery_public('acomb', null) $$, 'a count that is not published tells nothing');
select is(report(:ada, 1275, 'done'), 'not_found', 'nor can be reported on');
update result set published_at = now() - interval '170 days', approved_by = :bob where round_id = :r;
update round set state = 'published' where id = :r;
select results_eq($$ select number, at is null from api.delivery_public('acomb', null) $$, $$ values (1275::smallint, true), (1428::smallint, true) $$, 'once it is, each funded project is there, without a report');
select is_empty($$ select * from api.delivery_public('hull-road', null) $$, 'in its own area alone');

-- Who reports.
select is(report(:hal, 1275, 'done'), 'not_found', 'not an officer of elsewhere');
select is_empty(format('select * from api.desk_delivery(%s, null, null)', :hal), 'who does not see it either');
select is(report(:ada, 1359, 'done'), 'not_found', 'not of what was not funded');
select is(report(:ada, 1275, 'nearly') || report(:ada, 1275, 'done', -1) || report(:ada, 1275, 'done', null) || report(:ada, 1275, 'done', 0, ''),
    'statespentspentnote', 'what is wrong is named');
select is((select count(*) from delivery), 0::bigint, 'and nothing is written');

-- What is due.
create function due(who integer) returns bigint language sql as $$ select coalesce((select n from api.desk_errands(who) where what = 'deliveries'), 0) $$;
select is(due(:ada), 2::bigint, 'nobody reported for 90 days since the result');
select is(due(:hal), 0::bigint, 'which is nobody''s business elsewhere');
select is(report(:ada, 1275, 'in_progress', 20000, 'Begun'), 'saved', 'a report');
select is(due(:ada), 1::bigint, 'one is left');
select is(report(:bob, 1428, 'dropped', 0, 'No place for it'), 'saved', 'dropped, by a colleague');
select is(due(:ada), 0::bigint, 'none is left');
update delivery set at = now() - interval '91 days';
select is(due(:ada), 1::bigint, 'after 90 days one is due again; what is dropped is not');
select results_eq(format('select number, due from api.desk_delivery(%s, null, null)', :ada), $$ values (1275::smallint, true), (1428::smallint, false) $$, 'the one that is due comes first');

-- History.
select is(report(:bob, 1275, 'done', 95000, 'It stands'), 'saved', 'done');
select results_eq($$ select state, spent, note from api.delivery_public(null, 'money') where number = 1275 $$,
    $$ values ('done', 20000::bigint + 75000, 'It stands'), ('in_progress', 20000, 'Begun') $$, 'the newest report first, and the one before');
select results_eq(format('select officer from api.desk_delivery(%s, %L, 1275::smallint)', :ada, 'money'), $$ values ('Bob'), ('Ada') $$, 'the desk knows who wrote it');
select is((select string_agg(detail ->> 'state', ' ' order by id) from audit where action = 'delivery.write'), 'in_progress dropped done', 'all of it is in the record');
select is(report(:ada, 1275, 'in_progress', 95000, 'It fell over'), 'saved', 'even what is done can turn');

-- A corrected result funds others.
select counted(2, '["1359"]', null);
update result set published_at = now() - interval '1 day', approved_by = :bob where round_id = :r and version = 2;
select results_eq($$ select number from api.delivery_public(null, 'money') $$, $$ values (1359::smallint) $$, 'after a correction, what stands is what counts');
select is(report(:ada, 1275, 'done'), 'not_found', 'what lost its money is not reported on');
select is(due(:ada), 0::bigint, 'and the new one has 90 days');

update round set state = 'archived' where id = :r;
select is(report(:ada, 1359, 'in_progress'), 'saved', 'an archived round''s projects go on');

-- In the reader's language, where the title is translated.
insert into proposal_translation (proposal_id, language, revision, of_revision, title, short_name, summary, body)
select p.id, 'pl', 1, p.revision, 'Projekt', 'P', '', '' from proposal p where p.number = 1359;
select results_eq($$ select distinct title, language from api.delivery_public(null, 'money', 'pl') $$, $$ values ('Projekt', 'pl') $$, 'in Polish');
select results_eq($$ select distinct title, language from api.delivery_public(null, 'money') $$, $$ values ('Project 1359', 'en') $$, 'in English for files');
select * from finish();
rollback;
