-- sign_in.sql: voting by mobile number: five digits, limits, one voter a number.
begin;
set search_path = wardmote, public;
select plan(46);

insert into neighbourhood (slug, name, kind) values ('york', 'York', 'city');
insert into neighbourhood (slug, name, kind, parent_id)
select w.slug, w.name, 'ward', n.id
from neighbourhood n, (values ('acomb', 'Acomb'), ('heworth', 'Heworth')) w(slug, name);
insert into postcode select 'YO31 0AA', id from neighbourhood where slug = 'heworth';
select is((select count(*) from api.phone_areas()), 0::bigint, 'nothing is open by number');
insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at, eligibility)
select 'r', n.id, 'r', 'approval', now() - interval '1 hour', now() + interval '1 day', 'phone' from neighbourhood n where n.slug = 'york';
select id as round from round \gset
insert into pot (round_id, ordinal, name, amount) values (:round, 1, 'Pot', 100000);
insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
select :round, 1275, 'P', 'P', t.id, 60000, 'published' from pot t;
select api.round_freeze(:round, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256('3'));
select results_eq('select slug from api.phone_areas()', array['acomb', 'heworth'], 'a city-wide round is every ward''s');

-- Ids are names, for brevity; digits hash as themselves.
create function id(n text) returns uuid language sql as $$ select md5(n)::uuid $$;
create function ask(n text, p_phone text, p_area text, p_postcode text default '', p_address text default 'a', p_network text default 'n', p_news text default null)
returns text language sql as $$
    select api.sign_in_begin(id(n), sha256(p_phone::bytea), '\xAA', sha256(('12345' || n)::bytea), '\xBB', p_area, p_postcode,
                             sha256(p_address::bytea), sha256(p_network::bytea), p_news)
$$;
create function answer(n text, p_digits text) returns text language sql as $$
    select outcome from api.sign_in_check(id(n), sha256((p_digits || n)::bytea), sha256('a'), sha256('n'))
$$;
select is(ask('1', 'ann', ''), 'area', 'somewhere one must live');
select is(ask('1', 'ann', 'atlantis'), 'area', 'that there is');
select is((select count(*) from notice), 0::bigint, 'no text is written for nothing');
select is(ask('1', 'ann', 'acomb'), 'sent', 'then digits are sent');
select is((select (kind, number_sealed, body_sealed)::text from notice), '(sign_in_code,"\\xaa","\\xbb")', 'by a text');
select is(answer('1', '00000'), 'wrong', 'wrong digits');
select is((select count(*) from voter), 0::bigint, 'make no voter');
select is(answer('1', '12345'), 'good', 'right ones do');
select is((select (g.kind, g.name, n.slug)::text from voter v join register g on g.id = v.register_id join neighbourhood n on n.id = v.neighbourhood_id),
    '(phones,"Mobile numbers, Acomb",acomb)', 'on the register of numbers of the area');
select is((select (kind, lookup = sha256('ann'), serial is null, number_sealed)::text from credential), '(phone,t,t,"\\xaa")', 'with the number as credential');
select is(answer('1', '12345'), 'ended', 'digits are good once');
select results_eq('select outcome from code_try order by at, ctid', array['wrong', 'good', 'wrong'], 'each answer is one try');
select is((select slug from api.voter_rounds((select id from voter), (select id from credential), 1)), 'r', 'its rounds are open to it');

-- Again: the same voter, who moves until a ballot was cast.
select is(ask('2', 'ann', 'acomb', 'yo31 0aa'), 'sent', 'a postcode says where');
select is(answer('2', '12345'), 'good', 'the same number');
select is((select count(*) from voter), 1::bigint, 'is the same voter');
select is((select n.slug from voter v join neighbourhood n on n.id = v.neighbourhood_id), 'heworth', 'who moved');
insert into ballot (round_id, voter_id, current_revision, current_cast_at, last_revision) select :round, id, 1, now(), 1 from voter;
select is(ask('3', 'ann', 'acomb'), 'sent', 'a third time');
select is(answer('3', '12345'), 'good', 'is let in');
select is((select n.slug from voter v join neighbourhood n on n.id = v.neighbourhood_id), 'heworth', 'but who voted stays');
select is(ask('4', 'ann', 'acomb'), 'wait', 'three in an hour are enough');
update sign_in set created_at = created_at - interval '1 hour 1 second';

-- Three wrong answers.
select is(ask('5', 'bob', 'acomb'), 'sent', 'another number');
select is(answer('5', '1'), 'wrong', 'one wrong');
select is(answer('5', '2'), 'wrong', 'two');
select is(answer('5', '3'), 'ended', 'the third ends it');
select is(answer('5', '12345'), 'ended', 'also for right digits');
select is(api.sign_in_again(id('5'), sha256('x'), '\xCC'), 'gone', 'and new ones');

-- New digits, and late ones.
select is(ask('6', 'bob', 'acomb'), 'sent', 'again');
select is(api.sign_in_again(id('6'), sha256('543216'), '\xCC'), 'wait', 'not twice in half a minute');
update sign_in set sent_at = sent_at - interval '31 seconds' where id = id('6');
select is(api.sign_in_again(id('6'), sha256('543216'), '\xCC'), 'sent', 'then new digits');
select is(answer('6', '12345'), 'wrong', 'the old ones are good no more');
update sign_in set sent_at = sent_at - interval '10 minutes' where id = id('6');
select is(answer('6', '54321'), 'late', 'nor the new ones after ten minutes');
update credential set voided_at = now() where kind = 'phone';
select is(ask('7', 'ann', 'acomb'), 'sent', 'a void number is not told so');
select is(answer('7', '12345'), 'void', 'before it proved itself');

-- Who asks on a page in Polish is texted in it, and from then on, unless the number chose another.
select api.sign_in_begin(id(n), sha256(n::bytea), '\xAA', sha256(('12345' || n)::bytea), '\xBB', 'acomb', '', sha256(n::bytea), sha256('pl'), null, 'pl')
from unnest('{eva,kay}'::text[]) n;
select api.sms_language_choose(sha256('kay'::bytea), 'en');
select is((select string_agg(language, ' ' order by language) from notice where recipient_key in (sha256('eva'::bytea), sha256('kay'::bytea))), 'pl pl', 'the digits come in Polish');
select is(api.sms_language(sha256('eva'::bytea)), 'en', 'which says nothing before the number has proved itself');
select api.sign_in_check(id(n), sha256(('12345' || n)::bytea), sha256('a'), sha256('n'), 'pl') from unnest('{eva,kay}'::text[]) n;
select is(api.sms_language(sha256(n::bytea)), said, n) from (values ('eva', 'pl'), ('kay', 'en')) v(n, said);

-- Limits by address and network.
select is((select string_agg(ask('a' || i, 'p' || i, 'acomb', '', 'b', 'n2'), ' ') from generate_series(1, 6) i),
    'sent sent sent sent sent wait', 'five from an address');
select is((select string_agg(distinct ask('n' || i, 'q' || i, 'acomb', '', 'c' || i, 'n3'), ' ') from generate_series(1, 50) i), 'sent', 'fifty from a network');
select is(ask('n51', 'q51', 'acomb', '', 'c51', 'n3'), 'wait', 'and no more');

-- The texts, taken once; stale digits are not sent.
update notice set created_at = created_at - interval '11 minutes' where id = (select min(id) from notice);
select count(*) as due from notice where taken_at is null \gset
select is((select count(*) from api.sms_notices()), 50::bigint, 'fifty at a time');
select is((select count(*) from notice where taken_at is not null and body_sealed is null), 1::bigint, 'the stale one is dropped');
select is((select api.sms_notices_sent(array_agg(id), array_agg('\x01'::bytea), array_agg(case when id % 2 = 0 then '\x02'::bytea end),
           array_agg(1), array_agg('07700900001'::text)) from (select id from notice where taken_at is null order by id limit 10) n), 5, 'what has words is queued, and all are off the list');
select * from finish();
rollback;
