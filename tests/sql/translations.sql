-- translations.sql: a proposal's words in another language: kept beside the English, marked while they are
-- missing, begun or out of date, and read by residents only when they are done.
begin;
set search_path = wardmote, public;
select plan(47);
insert into neighbourhood (slug, name, kind) values ('ward', 'Ward', 'ward'), ('other', 'Other', 'ward');
insert into officer (email, name, password_hash, totp_sealed) values ('o@x', 'O', 'h', '\x01'), ('p@x', 'P', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o, neighbourhood n where (o.name = 'O') = (n.slug = 'ward');
select id as o from officer where name = 'O' \gset
select id as p from officer where name = 'P' \gset
insert into round (slug, neighbourhood_id, title, kind, rule, opens_at, closes_at)
select 'money', id, 'Money', 'approval', 'greedy', now() + interval '1 hour', now() + interval '2 days' from neighbourhood where slug = 'ward';
insert into pot (round_id, ordinal, name, amount) select id, 1, 'Pot', 100000 from round;
insert into proposal (round_id, number, short_name, title, summary, body, pot_id, cost, state)
select r.id, 2714, 'Tree', 'A tree', 'It is green', '', t.id, 1000, 'published' from round r join pot t on t.round_id = r.id;

create function save(p_o integer, p_title text, p_summary text, p_of integer, p_revision integer, p_language text default 'pl',
                     p_number smallint default 2714) returns text language sql as $$
    select api.desk_translation_save(p_o, 'money', p_number, p_language, p_title, case p_title when '' then '' else 'Drzewo' end,
                                     p_summary, '', p_of, p_revision)
$$;
create function marks(p_o integer, p_languages text default 'en pl') returns text language sql as $$
    select string_agg(language || ' ' || state, ', ' order by number) from api.desk_translations(p_o, 'money', p_languages)
$$;
create function shown(p_language text) returns text language sql as $$
    select p.language || ' ' || p.title || ' ' || p.short_name || ' ' || p.summary from round r, api.round_proposals(r.id, p_language) p
$$;

select is(marks(:o), 'pl missing', 'nothing is written');
select is(marks(:o, 'en'), null, 'a service in English translates nothing');
select is(marks(:p), null, 'it is another officer''s');
select is(save(:p, 'Drzewo', '', 1, 0), 'not_found', 'who cannot translate it');
select is(save(:o, 'Drzewo', '', 1, 0, 'pl', 1003::smallint), 'not_found', 'no such proposal');
select is(save(:o, 'Drzewo', '', 2, 0), 'english', 'the English is not what was translated');
select is(save(:o, repeat('d', 121), '', 1, 0) || ' ' || save(:o, 'Drzewo', repeat('d', 301), 1, 0), 'long long', 'nor what no page has room for');
select is(save(:o, 'Drzewo', '', 1, 1), 'changed', 'nor is there anything to change');
select is(save(:o, 'Drzewo', '', 1, 0), 'saved', 'a title');
select is(marks(:o), 'pl part', 'without its summary it is begun');
select is(save(:o, 'Drzewo', 'Jest zielone', 1, 0), 'changed', 'two who write at once do not lose each other''s words');
select is(save(:o, 'Drzewo', 'Jest zielone', 1, 1), 'saved', 'all of it');
select is(marks(:o), 'pl done', 'done');
select is(save(:o, 'Drzewo', 'Jest zielone', 1, 2), 'saved', 'again, the same');
select is((select count(*)::int from proposal_translation), 2, 'is no new wording');
select is((select string_agg(revision || ' ' || title || ' ' || who || ' ' || coalesce(of_title, '-'), ', ') from api.desk_translation(:o, 'money', 2714::smallint, 'pl')),
          '2 Drzewo O A tree, 1 Drzewo O -', 'every wording stays, with who wrote it; the English beside the latest');
select is((select string_agg(revision::text, ' ') from api.desk_translation(:o, 'money', 2714::smallint, 'pl', 0, 0)) || '|' ||
          (select string_agg(revision::text, ' ') from api.desk_translation(:o, 'money', 2714::smallint, 'pl', 2, 1)), '2|2 1', 'a page at a time, after the latest');
select is((select count(*)::int from api.desk_translation(:p, 'money', 2714::smallint, 'pl')), 0, 'for officers of the area');
select is((select detail -> 'changes' -> 'summary (pl)' from audit where action = 'proposal.translate' order by id desc limit 1),
          '["", "Jest zielone"]'::jsonb, 'the record has what changed');

-- The English changes.
update proposal set cost = 2000 where number = 2714;
select is(marks(:o), 'pl done', 'another price is no other wording');
select is(save(:o, 'Drzewo', 'Jest zielone', 1, 2), 'english', 'but what was read has a number of its own');
update proposal set summary = 'It is very green' where number = 2714;
select is(marks(:o), 'pl old', 'out of date');
select is((select of_summary from api.desk_translation(:o, 'money', 2714::smallint, 'pl') where revision = 2), 'It is green', 'what it said is kept');
update proposal set summary = 'It is green' where number = 2714;
select is(marks(:o), 'pl done', 'taken back, it is done again');
update proposal set summary = 'It is very green' where number = 2714;
select is(save(:o, 'Drzewo', 'Jest zielone', 4, 2), 'english', 'not of an older wording');
select is(save(:o, 'Drzewo', 'Jest zielone', 5, 2), 'saved', 'it can be found right as it is');
select is(marks(:o), 'pl done', 'and is done');
select throws_ok($$ insert into proposal_translation (proposal_id, language, revision, of_revision, title, short_name, summary, body)
                    select id, 'en', 1, 1, '', '', '', '' from proposal $$, '23514', null, 'English is not translated into itself');

savepoint withdrawn;
update proposal set state = 'withdrawn' where number = 2714;
select is(save(:o, 'Drzewo', 'Jest zielone', 5, 3), 'not_found', 'nobody translates what was withdrawn');
rollback to withdrawn;

-- Residents, once it is frozen.
select is(shown('pl'), null, 'nobody reads a draft');
select api.round_freeze((select id from round), '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256(repeat('s', 32)::bytea));
select is(shown('pl'), 'pl Drzewo Drzewo Jest zielone', 'in Polish');
select is(shown('en'), 'en A tree Tree It is very green', 'in English');
select is(shown('ar-XB'), 'en A tree Tree It is very green', 'where nothing is written, in English');
select is((select p.title || ' ' || p.language from round r, api.round_proposals(r.id) p), 'A tree en', 'open data are English');
select is(save(:o, '', 'Jest bardzo zielone', 5, 3), 'saved', 'it is mended while the English is frozen');
select is(shown('pl'), 'en A tree Tree It is very green', 'half of it is not read');
select is(save(:o, 'Drzewo', 'Jest bardzo zielone', 5, 4), 'saved', 'all of it');
select is(shown('pl'), 'pl Drzewo Drzewo Jest bardzo zielone', 'is');
select throws_ok($$ update proposal_translation set title = 'x' $$, 'P0001', null, 'no wording is rewritten');
-- Searching, whatever language is read: case and accents do not matter.
select is(api.words_folded('Ławka ŁÓDŹ Café CAFÉ ﬁne ÅNGSTRÖM Жук'), 'lawka lodz cafe cafe fine angstrom жук', 'folded');
create function found(p_words text) returns text language sql as $$
    select coalesce(string_agg(n::text, ' '), '-') from round r, api.round_search(r.id, p_words) n where r.slug = 'money'
$$;
select is(save(:o, 'Ławka pod drzewem', 'Żywopłot też', 5, 5), 'saved', 'a bench');
select is(found('ŁAWKA'), '2714', 'in capitals');
select is(found(' lawka  zywopl'), '2714', 'without accents, by the beginning of a word');
select is(found('lawka GREEN tree 2714'), '2714', 'words of both languages, and the number');
select is(found('lawka zebra'), '-', 'all of them');
select is(save(:o, '', 'Żywopłot też', 5, 6), 'saved', 'half of it');
select is(found('zywoplot'), '-', 'is not searched, as it is not read');
select * from finish();
rollback;
