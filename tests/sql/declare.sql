-- declare.sql: what a voter declares before the first ballot of a round that asks.
begin;
set search_path = wardmote, public;
select plan(28);

insert into neighbourhood (slug, name, kind) values ('york', 'York', 'city');
insert into neighbourhood (slug, name, kind, parent_id)
select w.slug, w.name, 'ward', n.id
from neighbourhood n, (values ('acomb', 'Acomb'), ('heworth', 'Heworth')) w(slug, name);
insert into register (name) values ('Codes');
insert into register (name, kind) values ('Phones', 'phones');
insert into voter (register_id, neighbourhood_id)
select g.id, n.id from register g, neighbourhood n where n.slug = 'acomb' order by g.id;
insert into credential (voter_id, kind, lookup, serial)
select v.id, 'code', sha256(v.id::text::bytea), 'A-' || v.id from voter v;
select v.id as voter, c.id as credential from voter v join credential c on c.voter_id = v.id
join register g on g.id = v.register_id and g.kind = 'codes' \gset
select v.id as other, c.id as other_credential from voter v join credential c on c.voter_id = v.id
join register g on g.id = v.register_id and g.kind = 'phones' \gset

create function make(p_slug text, p_age integer, p_residence text, p_opens interval) returns integer
language plpgsql as $$
declare v integer;
begin
    insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at, minimum_age,
                       residence)
    select p_slug, n.id, p_slug, 'approval', now() + p_opens, now() + p_opens + interval '2 days',
           p_age, p_residence
    from neighbourhood n where n.slug = 'acomb' returning id into v;
    insert into pot (round_id, ordinal, name, amount) values (v, 1, 'Pot', 100000);
    insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
    select v, v + 100, 'P', 'P', t.id, 60000, 'published' from pot t where t.round_id = v;
    perform api.round_freeze(v, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256('3'));
    return v;
end $$;
select make('both', 16, 'postcode', '-1 hour') as both,
       make('place', null, 'neighbourhood', '-1 hour') as place,
       make('plain', null, 'none', '-1 hour') as plain,
       make('later', 16, 'none', '1 hour') as later \gset

-- "outcome" or "outcome area"; several with commas.
create function say(p_round integer, p_voter bigint, p_credential bigint, p_old boolean,
                    p_residence text, p_generation integer default 1) returns text
language sql as $$
    select string_agg(concat_ws(' ', outcome, area), ', ')
    from api.voter_declare(p_round, p_voter, p_credential, p_generation, p_old, p_residence, 1::smallint)
$$;
select is(say(:both, :voter, :credential, true, 'YO24 4AB', 2), 'ended', 'a session that ended declares nothing');
select is(say(0, :voter, :credential, true, 'YO24 4AB'), 'no_round', 'nor does anybody for no round');
select is(say(:both, :other, :other_credential, true, 'YO24 4AB'), 'no_round', 'or on the wrong kind of register');
select is(say(:later, :voter, :credential, true, ''), 'closed', 'before it opens is too early');
select is(say(:both, :voter, :credential, false, 'YO24 4AB'), 'age', 'too young is told');
select is(say(:both, :voter, :credential, null, 'YO24 4AB'), 'age', 'no answer is no');
select is(say(:both, :voter, :credential, true, ''), 'format', 'no postcode is told');
select is(say(:both, :voter, :credential, true, null), 'format', 'none at all as well');
select is(say(:both, :voter, :credential, true, 'Acomb Road 7'), 'format', 'words are no postcode');
select is(say(:both, :voter, :credential, false, ''), 'age, format', 'two mistakes are told at once');
select is_empty($$ select from declaration $$, 'and nothing was kept of all that');
select is(say(:both, :voter, :credential, true, 'yo244ab'), 'declared', 'without a table the form is enough');
select is((select (old_enough, residence, channel)::text from declaration), '(t,"YO24 4AB",1)', 'it is kept in one form');

insert into postcode select p.code, n.id from neighbourhood n
join (values ('YO24 4AB', 'acomb'), ('YO31 0AA', 'heworth')) p(code, slug) on p.slug = n.slug;
select is(say(:both, :voter, :credential, true, 'yo31-0aa'), 'elsewhere Heworth', 'with a table, the area must be right');
select is(say(:both, :voter, :credential, true, 'YO1 7HH'), 'unknown', 'and the postcode known');
select is(say(:both, :voter, :credential, false, 'YO1 7HH'), 'age, unknown', 'with the age that was not given');
select is(say(:both, :voter, :credential, false, 'yo31-0aa'), 'age', 'but not where a place lies');
select is((select residence from declaration), 'YO24 4AB', 'a refusal changes nothing');
select is(say(:both, :voter, :credential, true, ' YO24  4AB '), 'declared', 'the right one is taken again');
delete from postcode where postcode like 'YO24%';
select is(say(:both, :voter, :credential, true, 'YO24 4AC'), 'declared', 'a table without rows for the area knows nothing about it');

select is(say(:place, :voter, :credential, false, 'acomb'), 'declared', 'a neighbourhood by its slug');
select is(say(:place, :voter, :credential, false, 'ACOMB'), 'declared', 'or name');
select is((select (old_enough, residence)::text from declaration where round_id = :place), '(f,Acomb)', 'kept by name; age was not asked');
select is(say(:place, :voter, :credential, false, 'Heworth'), 'elsewhere Heworth', 'another one is elsewhere');
select is(say(:place, :voter, :credential, false, 'Atlantis'), 'unknown', 'and one that is none unknown');
select is(say(:place, :voter, :credential, false, ' '), 'format', 'blank is told');
select is(say(:plain, :voter, :credential, false, 'YO24 4AB'), 'declared', 'a round that asks nothing takes anything');
select is((select residence from declaration where round_id = :plain), '', 'and keeps nothing');
select * from finish();
rollback;
