-- pledge_ideas.sql: residents propose pledges: what such an idea needs, who accepts it into which
-- draft, and what its proposer may know of it then.
begin;
set search_path = wardmote, public;
select plan(32);

insert into neighbourhood (slug, name, kind) values ('acomb', 'Acomb', 'ward'), ('hull-road', 'Hull Road', 'ward');
insert into officer (email, name, password_hash, totp_sealed) values ('a@x', 'Ada', 'h', '\x01'), ('h@x', 'Hal', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o join neighbourhood n on (o.name = 'Hal') = (n.slug = 'hull-road');
select id as ada from officer where name = 'Ada' \gset
select id as hal from officer where name = 'Hal' \gset
create function write(key bytea, title text default 'Grit the path', p_promiser text default 'Street services') returns text language sql as $$
    select api.idea_save(key, 'acomb', title, 'On frosty days', null, 'Children', null, 'Ann', '\x01', sha256('n'), p_promiser, 'We tell you where') $$;

-- Writing.
select is(api.idea_begin(sha256('a'), 'AAAAAA', 'pledge') || api.idea_begin(sha256('p'), 'PPPPPP') || api.idea_begin(sha256('b'), 'BBBBBB', 'pledge'), 'begunbegunbegun', 'a pledge, a project, a pledge');
select is((select string_agg(kind, ' ' order by reference) from idea), 'pledge pledge project', 'are what they are');
select is(write(sha256('a'), 'Grit the path', ''), 'saved', 'all but who should promise it');
select is(api.idea_send(sha256('a')), 'promiser', 'is not sent');
select is(write(sha256('a')) || api.idea_send(sha256('a')), 'savedsent', 'with it, it is; a place it needs none');
select is((select (kind, promiser, in_return, edition)::text from api.idea_find(sha256('a'))), '(pledge,"Street services","We tell you where",0)', 'its proposer reads all of it');
select is(write(sha256('p')), 'saved', 'a project');
select is((select (promiser, in_return)::text from api.idea_find(sha256('p'))), '("","")', 'has none of that');
select is(api.idea_send(sha256('p')), 'place', 'but a place');

-- The desk.
select id as idea from idea where reference = 'AAAAAA' \gset
select results_eq(format('select reference, kind from api.desk_ideas(%s)', :ada), $$ values ('AAAAAA', 'pledge') $$, 'it is in the inbox beside ideas for projects');
select is((select (edition_id, pledge)::text from api.desk_idea(:ada, :idea)), '(0,0)', 'no edition is in draft');
create function accept(who integer, i bigint, p_provider text default 'Streets', p_promise text default 'Grit the school path') returns text
language sql as $$ select outcome from api.desk_idea_accept(who, i, p_provider, p_promise, 'By 7am', 'Log', '2031-03-01') $$;
select is(accept(:ada, :idea), 'no_draft', 'so that it goes nowhere');
select id as e from api.desk_edition_save(:ada, null, 'acomb', 'Agreement', '', null, false) \gset
select is((select edition_id from api.desk_idea(:ada, :idea)), :e, 'now one is');
select is(accept(:hal, :idea), 'not_found', 'another ward''s officer accepts nothing');
select is(accept(:ada, :idea, 'Streets', ''), 'empty', 'a pledge''s own rules hold');
select is((select state from idea where id = :idea), 'sent', 'and nothing changed');
insert into round (slug, neighbourhood_id, title, kind) select 'r', id, 'Round', 'approval' from neighbourhood where slug = 'acomb';
insert into pot (round_id, ordinal, name, amount) select id, 1, 'Pot', 40000 from round;
update idea set cost = 100 where id = :idea;
select is((select outcome from api.desk_idea_shortlist(:ada, :idea, 'r', 'Grit')), 'not_found', 'it becomes no project');
select is(accept(:ada, :idea), 'saved', 'it is accepted');
select is((select (promise, standard, measure, state)::text from api.desk_pledges(:ada, :e)), '("Grit the school path","By 7am",Log,drafted)', 'in the officer''s words, to be answered');
select is((select idea from api.desk_pledges(:ada, :e)), :idea::bigint, 'and the pledge knows whose it was');
select is((select count(*)::integer from notice where kind = 'idea'), 1, 'its proposer is texted once');
select is(accept(:ada, :idea), 'closed', 'once');
select is((select (edition_state, provider, pledge_state)::text from api.idea_find(sha256('a'))), '(draft,Streets,"")', 'they follow it, without the provider''s answer yet');

-- Taken out again, it waits again.
select api.desk_pledge_place(:ada, :e, (select id from pledge), 'remove');
select is((select state from idea where id = :idea), 'sent', 'taken out of the draft, it waits again');
select is(accept(:ada, :idea), 'saved', 'and can be accepted again');

-- Merging stays within a kind.
select is(write(sha256('b')) || api.idea_send(sha256('b')), 'savedsent', 'another pledge');
select is(api.idea_save(sha256('p'), null, null, null, 'The green', null, null, null, null, null) || api.idea_send(sha256('p')), 'savedsent', 'the project');
select id as project from idea where reference = 'PPPPPP' \gset
select is(api.desk_idea_merge(:ada, :project, 'AAAAAA'), 'reference', 'a project is not merged into a pledge');
select is(api.desk_idea_merge(:ada, (select id from idea where reference = 'BBBBBB'), 'AAAAAA'), 'saved', 'a pledge into an accepted one is');

-- Put forward.
update pledge set state = 'amended', reason = 'Not on Sundays', answered_by = 'Pat' where edition_id = :e;
select is(api.desk_edition_freeze(:ada, :e, false), 'proposed', 'the edition is put forward');
select is((select (edition, edition_state, pledge_state, pledge_reason)::text from api.idea_find(sha256('a'))), '(1,proposed,amended,"Not on Sundays")', 'and the proposer reads the answer');
select is((select from_resident from api.pledges_public(:e)), true, 'residents see that a resident proposed it');
select * from finish();
rollback;
