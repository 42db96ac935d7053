-- offers.sql: who may offer help with what, who sees it, what is kept.
begin;
set search_path = wardmote, public;
select plan(46);

insert into neighbourhood (slug, name, kind) values ('acomb', 'Acomb', 'ward'), ('hull-road', 'Hull Road', 'ward');
insert into officer (email, name, password_hash, totp_sealed) values ('a@x', 'Ada', 'h', '\x01'), ('h@x', 'Hal', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o join neighbourhood n on (o.name = 'Ada') = (n.slug = 'acomb');
select id as ada from officer where name = 'Ada' \gset
select id as hal from officer where name = 'Hal' \gset
insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at)
select 'acomb-1', id, 'Acomb', 'approval', now() - interval '1 hour', now() + interval '1 hour' from neighbourhood where slug = 'acomb';
insert into pot (round_id, ordinal, name, amount) select id, 1, 'Pot', 100000 from round;
insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
select r.id, x.number, 'P', 'Pond', t.id, 100, x.state from round r join pot t on t.round_id = r.id,
     (values (1275::smallint, 'published'), (1359::smallint, 'draft')) x(number, state);
insert into provider (name) values ('Council');
insert into agreement_edition (neighbourhood_id, edition, title, state) select id, x.e, 'Agreement', x.state
from neighbourhood, (values (1, 'adopted'), (2, 'draft')) x(e, state) where slug = 'acomb';
insert into pledge (edition_id, ordinal, provider_id, promise, state)
select e.id, x.o, v.id, 'Sweep', x.state from agreement_edition e, provider v, (values (1, 'accepted'), (2, 'declined')) x(o, state);
select g.id as pledge from pledge g join agreement_edition e on e.id = g.edition_id where e.state = 'adopted' and g.state = 'accepted' \gset
select g.id as declined from pledge g join agreement_edition e on e.id = g.edition_id where e.state = 'adopted' and g.state = 'declined' \gset
select g.id as drafted from pledge g join agreement_edition e on e.id = g.edition_id where e.state = 'draft' and g.state = 'accepted' \gset

create function help(p_slug text, n smallint, p_pledge integer, who bytea, p_words text default 'A van') returns text
language sql as $$ select api.offer_make(p_slug, n, p_pledge, 'Ann', p_words, '\x01', sha256(who)) $$;
select is(help('acomb-1', 1275::smallint, null, 'a'), 'not_found', 'no help with a draft');
select api.round_freeze(id, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256('3')) from round;
select is(help('acomb-1', 1275::smallint, null, 'a'), 'made', 'help with a project');
select is(help('acomb-1', 1359::smallint, null, 'a'), 'not_found', 'none with a draft proposal');
select is(help('nowhere', 1275::smallint, null, 'a'), 'not_found', 'none with nothing');
select is(help('acomb-1', 1275::smallint, null, 'a', 'Two vans'), 'made', 'the same number again');
select is((select string_agg(words, ',') from offer), 'Two vans', 'takes the earlier one''s place');
select is(help('acomb-1', 1275::smallint, null, 'b'), 'made', 'another person');
select results_eq($$ select * from api.offers_public((select id from round)) $$, $$ values (1275::smallint, 2::bigint) $$, 'two people');
select is(help(null, null, :pledge, 'a'), 'made', 'help with a pledge');
select is(help(null, null, :declined, 'a'), 'not_found', 'not with one that was declined');
select is(help(null, null, :drafted, 'a'), 'not_found', 'nor with a draft edition''s');
select results_eq(format('select people from api.offers_of_edition((select edition_id from pledge where id = %s))', :pledge),
    array[1::bigint], 'it is counted there');

-- The desk.
select is((select count(*)::integer from api.desk_offers(:ada)), 3, 'the ward''s officer sees all');
select is_empty(format('select * from api.desk_offers(%s)', :hal), 'another ward''s none');
select min(id) as one from offer \gset
select is((select outcome from api.desk_offer_number(:hal, :one)), 'not_found', 'nor a number');
select is((select (outcome, sealed)::text from api.desk_offer_number(:ada, :one)), '(shown,"\\x01")', 'it is shown to its officer');
select is((select count(*)::integer from audit where action = 'offer.call' and officer_id = :ada), 1, 'and that is on record');
select is(api.desk_offer_answer(:hal, :one), 'not_found', 'another ward''s officer does not answer');
select is(api.desk_offer_answer(:ada, :one) || api.desk_offer_answer(:ada, :one), 'answeredanswered', 'answered, twice is once');
insert into offer (proposal_id, words, number_sealed, recipient_key, door) select id, 'Never agreed', '\x02', sha256('d'), 'text' from proposal where number = 1275;
select api.retain_offers(clock_timestamp() + interval '29 days');
select is((select (outcome, sealed)::text from api.desk_offer_number(:ada, :one)), '(erased,)', '28 days later it is gone');
select is((select count(*)::integer from offer where agreed_at is null), 0, 'what was never agreed to as well');

-- By text.
delete from offer;
create function offered(who bytea, n int, what text default 'A van') returns text
language sql as $$ select concat_ws(' ', outcome, short_name, area) from api.sms_offer(n::smallint, what, who, sha256(who)) $$;
create function agreed(who bytea, n int default 0) returns text
language sql as $$ select string_agg(concat_ws(' ', number, short_name, area), ', ') from api.sms_offer_agree(sha256(who), n::smallint) $$;
insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at)
select 'acomb-2', id, 'Acomb', 'approval', now() - interval '1 hour', now() + interval '1 hour' from neighbourhood where slug = 'acomb';
insert into pot (round_id, ordinal, name, amount) select id, 1, 'Pot', 100000 from round where slug = 'acomb-2';
insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
select r.id, x.number, x.name, x.name, t.id, 100, x.state from round r join pot t on t.round_id = r.id,
     (values (1428::smallint, 'Q', 'published'), (1580::smallint, 'W', 'withdrawn')) x(number, name, state) where r.slug = 'acomb-2';
insert into round (slug, neighbourhood_id, title, kind, edition_id, opens_at, closes_at, rule)
select 'ask', n.id, 'Ask', 'yes_no', e.id, now() - interval '1 hour', now() + interval '1 hour', 'yes-no'
from neighbourhood n join agreement_edition e on e.neighbourhood_id = n.id and e.edition = 1 where n.slug = 'acomb';
insert into proposal (round_id, number, short_name, title, state) select id, 4017, 'Agree?', 'Agree?', 'published' from round where slug = 'ask';
select api.round_freeze(id, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256('3')) from round where slug <> 'acomb-1';
select is(agreed('t'), null, 'nothing to agree to');
select is(offered('t', 1275), 'asked P Acomb', 'a project is asked about');
select is(offered('t', 1359), 'not_found', 'a draft is nobody''s business');
select is(offered('t', 1580), 'not_found', 'a withdrawn one takes no help');
select is(offered('t', 9999), 'not_found', 'nor nothing');
select is(offered('t', 4017), 'question Agree? Acomb', 'a question takes none');
select is_empty(format('select * from api.desk_offers(%s)', :ada), 'no officer sees it before AGREE');
select is((select count(*)::int from api.offers_public((select id from round where slug = 'acomb-1'))), 0, 'nor is it counted');
select is(offered('t', 1275, 'Two vans'), 'asked P Acomb', 'said anew');
select is(agreed('u'), null, 'another number cannot agree');
select is(agreed('t', 1428), null, 'nor this one for something else');
select is(agreed('t'), '1275 P Acomb', 'it agrees');
select is((select string_agg(words || ' ' || name, ',') from api.desk_offers(:ada)), 'Two vans ', 'now the officer sees it');
select is_empty(format('select * from api.desk_offers(%s)', :hal), 'another ward''s does not');
select is((select (outcome, sealed)::text from api.desk_offer_number(:ada, (select id from offer))), '(shown,"\\x74")', 'with its number');
select is((select people from api.offers_public((select id from round where slug = 'acomb-1'))), 1::bigint, 'and it is counted');
select is(agreed('t'), null, 'once');
select is(offered('t', 1275, 'Forged'), 'asked P Acomb', 'a second text, perhaps not from them');
select is((select string_agg(words, ',') from api.desk_offers(:ada)), 'Two vans', 'changes nothing by itself');
select api.retain_offers(clock_timestamp() + interval '25 hours');
select is(agreed('t'), null, 'a day later it is forgotten');
select is((select words || (agreed_at is not null) from offer), 'Two vanstrue', 'and the offer stands');
select offered('t', 1275, 'Three vans'), offered('t', 1428, 'A spade');
select is(agreed('t'), '1275 P Acomb, 1428 Q Acomb', 'AGREE is for all that wait');
select is((select string_agg(words, ',' order by id) from offer), 'Three vans,A spade', 'in the new words');
select offered('v', 1275);
select is(help('acomb-1', 1275::smallint, null, 'v', 'By web'), 'made', 'the box on the web');
select is((select (words, agreed_at is not null)::text from offer where recipient_key = sha256('v')), '("By web",t)', 'agrees to what waited');
select * from finish();
rollback;
