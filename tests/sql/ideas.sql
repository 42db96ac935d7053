-- ideas.sql: what residents send in: who sees it, who decides it, what is kept.
begin;
set search_path = wardmote, public;
select plan(56);

insert into neighbourhood (slug, name, kind) values ('york', 'York', 'city');
insert into neighbourhood (slug, name, kind, parent_id)
select w.slug, w.name, 'ward', n.id
from neighbourhood n, (values ('acomb', 'Acomb'), ('hull-road', 'Hull Road')) w(slug, name);
insert into officer (email, name, password_hash, totp_sealed)
values ('city@x', 'City', 'h', '\x01'), ('acomb@x', 'Acomb', 'h', '\x01'), ('hull@x', 'Hull', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o
join neighbourhood n on n.slug = case o.name when 'City' then 'york' when 'Acomb' then 'acomb' else 'hull-road' end;
select id as acomb from officer where name = 'Acomb' \gset
select id as hull from officer where name = 'Hull' \gset

-- Writing.
select is(api.idea_begin(sha256('a'), 'AAAAAA'), 'begun', 'a draft begins');
select is(api.idea_begin(sha256('b'), 'AAAAAA'), 'taken', 'a reference is one idea''s');
select is(api.idea_begin(sha256('b'), 'BBBBBB'), 'begun', 'another begins');
select is(api.idea_send(sha256('a')), 'area', 'an empty draft is not sent: where is it for?');
select is(api.idea_save(sha256('x'), 'acomb', null, null, null, null, null, null, null, null), 'not_found', 'no link, no idea');
select is(api.idea_save(sha256('a'), 'atlantis', null, null, null, null, null, null, null, null), 'area', 'a place must exist');
create function write(key bytea, place text default 'acomb') returns text language sql as $$
    select api.idea_save(key, place, 'A bench', 'Put a bench', 'The green', 'Old people', 50000, 'Ann', '\x01', sha256('n'))
$$;
select is(api.idea_save(sha256('a'), 'acomb', 'A bench', null, null, null, null, null, null, null), 'saved', 'one page is saved');
select is(api.idea_send(sha256('a')), 'what', 'what is missing is named, in the form''s order');
select is((select (area, title, what, cost_guess, texts)::text from api.idea_find(sha256('a'))), '(Acomb,"A bench","",0,f)', 'the rest stays as it was');
select is(write(sha256('a')), 'saved', 'all of it');
select is((select (what, cost_guess, texts)::text from api.idea_find(sha256('a'))), '("Put a bench",50000,t)', 'is there');
select is(api.idea_save(sha256('a'), null, null, null, null, null, 0, null, '', null), 'saved', 'cost and number are taken back');
select is((select (cost_guess, texts)::text from api.idea_find(sha256('a'))), '(0,f)', 'and are gone');
select is(write(sha256('a')), 'saved', 'and given again');
select is_empty(format('select * from api.desk_ideas(%s)', :acomb), 'a draft is its writer''s alone');
select is(api.idea_send(sha256('a')), 'sent', 'it is sent');
select is(api.idea_send(sha256('a')), 'sent', 'a second click says the same');
select is(write(sha256('a')), 'closed', 'what was sent stays as it is');
select is(api.idea_answer(sha256('a'), 'Yes'), 'closed', 'nothing was asked');

-- The desk.
select id as idea from idea where reference = 'AAAAAA' \gset
select results_eq(format('select reference, state, title, area from api.desk_ideas(%s)', :acomb),
    $$ values ('AAAAAA', 'sent', 'A bench', 'Acomb') $$, 'the ward''s officer has it in the inbox');
select is_empty(format('select * from api.desk_ideas(%s)', :hull), 'another ward''s has not');
select is_empty(format('select * from api.desk_idea(%s, %s)', :hull, :idea), 'nor its page');
select is(api.desk_idea_write(:hull, :idea, 'question', 'Which?'), 'not_found', 'nor can ask');
select is(api.desk_idea_assign(:acomb, :idea, :hull, 0), 'officer', 'it is given to nobody of elsewhere');
select is(api.desk_idea_assign(:acomb, :idea, :acomb, 45000), 'saved', 'an officer takes it and says what it costs');
select is((select (officer, mine, cost)::text from api.desk_idea(:acomb, :idea)), '(Acomb,t,45000)', 'and it is kept');
select is(api.desk_idea_write(:acomb, :idea, 'note', 'Talk to parks'), 'saved', 'a note');
select is(api.desk_idea_write(:acomb, :idea, 'question', ''), 'words', 'an empty question is none');
select is(api.desk_idea_write(:acomb, :idea, 'question', 'Which green?'), 'saved', 'a question');
select results_eq($$ select kind, words from api.idea_messages(sha256('a')) $$,
    $$ values ('question', 'Which green?') $$, 'the proposer reads the question, not the note');
select is((select count(*)::integer from notice where kind = 'idea'), 1, 'and is texted once');
select is(write(sha256('a')), 'saved', 'while asked, it can be changed');
select is(api.idea_answer(sha256('a'), ''), 'words', 'an empty answer is none');
select is(api.idea_answer(sha256('a'), 'Acomb Green'), 'sent', 'the answer goes back');
select is((select count(*)::integer from api.desk_idea_messages(:acomb, :idea)), 3, 'the desk reads all of it');
select is_empty(format('select * from api.desk_idea_messages(%s, %s)', :hull, :idea), 'elsewhere nobody does');

-- Merging.
select is(write(sha256('b')) || ' ' || api.idea_send(sha256('b')), 'saved sent', 'the same idea again');
select id as other from idea where reference = 'BBBBBB' \gset
select is(api.desk_idea_merge(:acomb, :other, 'BBBBBB'), 'reference', 'not into itself');
select is(api.desk_idea_merge(:acomb, :other, 'ZZZZZZ'), 'reference', 'nor into nothing');
select is(api.desk_idea_merge(:acomb, :other, ' aaaaaa '), 'saved', 'it is merged, however it was typed');
select is(api.desk_idea_merge(:acomb, :other, 'AAAAAA'), 'closed', 'once');
select is(api.desk_idea_merge(:acomb, :idea, 'BBBBBB'), 'reference', 'and never in a ring');
select is((select kept_by from api.idea_find(sha256('b'))), 'AAAAAA', 'its proposer sees which goes on');

-- Shortlisting.
insert into round (slug, neighbourhood_id, title, kind)
select 'r-' || n.slug, n.id, 'Round', 'approval' from neighbourhood n where n.slug <> 'york';
insert into pot (round_id, ordinal, name, amount) select id, 1, 'Pot', 40000 from round;
select is((select string_agg(value, ' ') from api.desk_idea_choices(:acomb, :idea) where kind = 'round'), 'r-acomb', 'drafts of its area can be chosen');
select is((select outcome from api.desk_idea_shortlist(:acomb, :idea, 'r-hull-road', 'Bench')), 'round', 'no other');
select is((select outcome from api.desk_idea_shortlist(:acomb, :idea, 'r-acomb', 'Bench')), 'too_dear', 'a proposal''s own rules hold');
select is((select state from idea where id = :idea), 'sent', 'and nothing changed');
update pot set amount = 90000;
select is((select outcome || (number is not null) from api.desk_idea_shortlist(:acomb, :idea, 'r-acomb', 'Bench')), 'savedtrue', 'it becomes a draft proposal');
select is((select (short_name, title, cost, state)::text from proposal), '(Bench,"A bench",45000,draft)', 'at the officer''s estimate');
select is((select round_slug from api.idea_find(sha256('a'))), '', 'its proposer sees no draft');
select is((select outcome from api.desk_idea_shortlist(:acomb, :idea, 'r-acomb', 'Bench')), 'closed', 'once');

-- Refusing, taking back, erasing.
select is(api.idea_begin(sha256('c'), 'CCCCCC') || ' ' || write(sha256('c'), 'hull-road') || ' ' || api.idea_send(sha256('c')), 'begun saved sent', 'a third');
select is(api.desk_idea_write(:hull, (select id from idea where reference = 'CCCCCC'), 'refusal', 'Not ours'), 'saved', 'is refused with its reason');
select is(api.idea_take_back(sha256('c')), 'closed', 'what is decided is not taken back');
select is(api.idea_begin(sha256('d'), 'DDDDDD') || ' ' || api.idea_take_back(sha256('d')), 'begun gone', 'a draft is gone for good');
select api.retain_ideas(clock_timestamp() + interval '29 days');
select is((select count(*)::integer from idea where proposer <> '' or number_sealed is not null), 0, 'names and numbers are gone after 28 days');
select * from finish();
rollback;
