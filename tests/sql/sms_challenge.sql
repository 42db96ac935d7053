-- sms_challenge.sql: a number votes without a code only when the digits that it was sent come back.
begin;
set search_path = wardmote, public;
select plan(35);

insert into neighbourhood (slug, name, kind) values ('york', 'York', 'city');
insert into neighbourhood (slug, name, kind, parent_id)
select w.slug, w.name, 'ward', n.id
from neighbourhood n, (values ('acomb', 'Acomb'), ('heworth', 'Heworth')) w(slug, name);
insert into postcode select p.postcode, n.id
from neighbourhood n join (values ('YO24 3BX', 'acomb'), ('YO31 0AA', 'heworth')) p(postcode, slug) using (slug);

create function make(p_slug text, p_area text, p_age integer, p_residence text) returns integer
language plpgsql as $$
declare v integer;
begin
    insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at, minimum_age,
                       residence, eligibility)
    select p_slug, n.id, p_slug, 'approval', now() - interval '1 hour', now() + interval '1 day',
           p_age, p_residence, 'phone'
    from neighbourhood n where n.slug = p_area returning id into v;
    insert into pot (round_id, ordinal, name, amount) values (v, 1, 'Pot', 100000);
    insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
    select v, v + 100, 'P', 'P', t.id, 60000, 'published' from pot t where t.round_id = v;
    perform api.round_freeze(v, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256('3'));
    return v;
end $$;
select make('ward', 'acomb', 16, 'postcode') as ward, make('city', 'york', null, 'none') as city,
       make('named', 'york', null, 'neighbourhood') as named \gset

create function key(int) returns bytea language sql as $$ select sha256(convert_to($1::text, 'UTF8')) $$;
create sequence message;
-- A text of phone `who`; its inbox id.
create function text_of(who int) returns bigint language sql as $$
    insert into inbox (provider, endpoint, message_id, sender_key, sender_sealed, near_key, body_sealed)
    values ('t', '60777', 'm' || nextval('message'), key(who), 'sender', key(nextval('message')::int), 'body')
    returning id
$$;
create function ask(who int, digits int, rounds integer[]) returns text language sql as $$
    select concat_ws(' ', outcome, minimum_age, residence, minutes)
    from api.sms_challenge(text_of(who), key(who), key(digits), rounds)
$$;
create function reply(who int, digits int, place text default '', refuses boolean default false)
returns text language sql as $$
    select concat_ws(' ', outcome, tries_left, area) from api.sms_challenge_answer(
        text_of(who), 'number', key(digits), place, refuses)
$$;
create function age_by(who int, how interval) returns void language sql as $$
    update inbox set received_at = received_at - how, sent_at = null where sender_key = key(who);
    update sms_challenge set created_at = created_at - how where sender_key = key(who)
$$;
create function over(who int) returns void language sql as $$
    update sms_challenge set ended_at = clock_timestamp() where sender_key = key(who)
$$;

select is(ask(1, 11, array[:ward]), 'asked 16 postcode 15', 'what the round requires is told');
select is(ask(2, 21, array[:city]), 'asked none 15', 'or that it requires nothing');
select is(ask(3, 31, array[:city, :ward]), 'asked 16 postcode 15', 'of several rounds all of it');
select is(ask(4, 41, '{}'::integer[]), 'asked none 15', 'taking back asks digits only');
select is_empty($$ select from credential $$, 'asking makes nobody a voter');

select is(reply(9, 21), 'none', 'no other phone can answer');
select is(reply(1, 21), 'wrong 2', 'nor with another''s digits');
select is(reply(1, 11), 'format Acomb', 'the postcode is missing');
select is(reply(1, 11, 'Acomb'), 'format Acomb', 'a name is none');
select is(reply(1, 11, 'YO31 0AA'), 'elsewhere Heworth', 'one elsewhere is told so');
select is(reply(1, 11, 'YO24 9ZZ'), 'unknown Acomb', 'one that the council''s table lacks as well');
select is(reply(1, 11, 'YO24 3BX', true), 'age Acomb', 'NO is no');
select is(reply(1, 11, 'YO24 3BX 15'), 'age Acomb', 'too young is told');
select is_empty($$ select from declaration $$, 'and nothing was declared by all that');
select is((select wrong from sms_challenge where sender_key = key(1)), 1::smallint,
    'what is missing is no wrong answer');
select is(reply(1, 11, 'yo24 3bx'), 'good', 'digits and a postcode');
select is((select n.name || ' ' || g.kind from voter v join register g on g.id = v.register_id
           join neighbourhood n on n.id = v.neighbourhood_id
           join credential c on c.voter_id = v.id where c.lookup = key(1)),
    'Acomb phones', 'make a voter of that area');
select is((select (d.old_enough, d.residence, d.channel)::text from declaration d
           join credential c on c.voter_id = d.voter_id where c.lookup = key(1)),
    '(t,"YO24 3BX",2)', 'who declared it');
select is(reply(1, 11, 'yo24 3bx'), 'good', 'a batch that was rolled back finds it again');
select over(1);
select is(reply(1, 11, 'yo24 3bx'), 'none', 'but once it is over it is over');
select is(ask(1, 12, array[:ward]), 'asked none 15', 'what was declared is not asked again');

select is(reply(3, 31, 'YO24 3BX'), 'good', 'a ward and the city in one text');
select is((select n.name from voter v join neighbourhood n on n.id = v.neighbourhood_id
           join credential c on c.voter_id = v.id where c.lookup = key(3)), 'Acomb',
    'make a voter of the ward');
select is(reply(2, 21, 'heworth'), 'good', 'a name that lies in the city');
select is((select n.name from voter v join neighbourhood n on n.id = v.neighbourhood_id
           join credential c on c.voter_id = v.id where c.lookup = key(2)), 'Heworth',
    'tells the ward, without being asked');
select ask(5, 51, array[:named]);
select is(reply(5, 51, 'Leeds'), 'unknown York', 'a name that nobody knows');
select is(reply(5, 51, 'Acomb'), 'good', 'and one that we do');

-- Time.
select is((select cast_inbox < (select max(id) from inbox) from api.sms_challenge_answer(
    text_of(5), 'number', key(51), 'Acomb', false)), true, 'within the grace the first text counts');
select age_by(5, '16 minutes');
select is((select cast_inbox > (select max(id) from inbox) from api.sms_challenge_answer(
    text_of(5), 'number', key(51), 'Acomb', false)), true, 'after it the answer does');
select age_by(5, '2 hours');
select is(reply(5, 51, 'Acomb'), 'none', 'after two hours neither');

-- Limits.
select ask(6, 61, array[:city]), ask(6, 62, array[:city]);
select is(reply(6, 1), 'wrong 2', 'a wrong answer');
select reply(6, 2);
select is(reply(6, 3), 'ended 0', 'the third ends it');
select is(reply(6, 61) || reply(6, 62), 'nonenone', 'and all that waited');
select ask(6, 60 + n, array[:city]) from generate_series(3, 6) n;
select is(ask(6, 67, array[:city]), 'limited', 'six in an hour are enough');
select api.sms_erase(clock_timestamp() + interval '2 days');
select is_empty($$ select from sms_challenge $$, 'nothing is kept past a day');
select * from finish();
rollback;
