-- postcodes.sql: a neighbourhood is found by a postcode as people type it, by the beginning of one;
-- the table is loaded whole or not at all, by administrators.
begin;
set search_path = wardmote, public;
select no_plan();

insert into neighbourhood (slug, name, kind, ons_code) values ('york', 'York', 'city', null);
insert into neighbourhood (slug, name, kind, parent_id, ons_code)
select w.slug, w.name, 'ward', n.id, w.code
from neighbourhood n, (values ('acomb', 'Acomb', 'E05010311'), ('holgate', 'Holgate', null), ('heworth', 'Heworth', null)) w(slug, name, code);
insert into officer (email, name, password_hash, totp_sealed) values ('a@x', 'Ada', 'h', ''), ('t@x', 'Tom', 'h', '');
select id as ada from officer where name = 'Ada' \gset
select id as tom from officer where name = 'Tom' \gset
insert into officer_role (officer_id, role) values (:ada, 'administrator'), (:tom, 'sms_operator');

create function load(p_officer integer, p_rows text) returns text language sql as $$
    select string_agg(concat_ws(' ', l.outcome, l.n, l.postcode, l.problem, l.total), '; ')
    from (select array_agg(t.n::int) as n, array_agg(split_part(t.row, '=', 1)) as postcode,
                 array_agg(split_part(t.row, '=', 2)) as area, array_agg(''::text) as problem
          from string_to_table(p_rows, ';') with ordinality t(row, n)) f,
         api.desk_postcodes_load(p_officer, sha256('f'), f.n, f.postcode, f.area, f.problem) l
$$;
create function find(p_typed text) returns text language sql as $$
    select f.outcome || concat(' ', nullif(f.part, '')) || coalesce(': ' || nullif(string_agg(f.slug, ' '), ''), '')
    from api.areas_by_postcode(p_typed) f group by f.outcome, f.part
$$;

select is(api.postcodes_known(), false, 'nothing is known at first');
select is(find('YO24 3BZ'), 'unknown ', 'so no postcode is');
select is(load(:tom, 'YO24 3BZ=Acomb'), 'role 0   0', 'who is no administrator loads nothing');
select is(load(:ada, 'YO24 3BZ=Acomb;=Acomb;YO24 3BX=Nowhere;YO=Acomb;YO24 3BZ=Holgate;YO24 3BZ=acomb'),
          'bad 2  there is no postcode 4; bad 3 YO24 3BX no area here has this name 4; bad 4 YO this is not a postcode 4; '
          'bad 5 YO24 3BZ row 1 puts this postcode in another area 4', 'every wrong row is told, by its number');
select is((select count(*)::int from postcode) + (select count(*)::int from audit), 0, 'and nothing is changed');
select is(load(:ada, 'yo243bz=E05010311;YO24 3BX=holgate;YO24 4AA=ACOMB;YO24 4AA=acomb;YO31=heworth;yo31=Acomb;YO31  0=Heworth;YO2=holgate'),
          'loaded 3   4', 'names, slugs and codes; districts and sectors; the same twice is once');
select is((select detail - 'sha256' from audit where action = 'postcodes.load'), '{"parts": 4, "postcodes": 3}', 'it is on the record');
select is(api.postcodes_known(), true, 'now some are known');

select is(find(' yo24-3bz '), 'exact YO24 3BZ: acomb', 'as people type it');
select is(find('Y024 3BZ'), 'exact YO24 3BZ: acomb', 'a nought for the letter O');
select is(find('YO3O 1AA'), 'unknown ', 'in the district too');
select is(find('YO31 OAA'), 'near YO31 0: heworth', 'the letter O for a nought, and its sector alone is known');
select is(find('YO24 3ZZ'), 'near YO24 3: acomb holgate', 'a postcode that is newer than the table');
select is(find('YO24 9ZZ'), 'near YO24: acomb holgate', 'or in a new sector');
select is(find('YO24'), 'exact YO24: acomb holgate', 'a district, from its postcodes');
select is(find('YO24 4'), 'exact YO24 4: acomb', 'a sector');
select is(find('YO24 3B'), 'exact YO24 3B: acomb holgate', 'a postcode that lacks its last letter');
select is(find('YO31'), 'exact YO31: acomb heworth', 'a district that is known by itself, and by its sector');
select is(find('YO2'), 'exact YO2: holgate', 'YO2 is not the beginning of YO24');
select is(find('YO1 7HH'), 'unknown ', 'another district');
select is(find('LS1 1AA'), 'unknown ', 'another town');
select is(find(v), 'format ', 'not a postcode: ' || v)
from unnest(array['', 'Acomb', '12', 'YO', 'YO24 3BZZ', '%', 'YO24%', 'YO_4']) v where v not in ('YO24%', 'YO_4');
select is(find('YO24%'), 'exact YO24: acomb holgate', 'signs are no patterns');
select is(find('YO_4'), 'unknown ', 'nor this one');

select is(load(:ada, 'YO1 7HH=Heworth'), 'loaded 1   0', 'another file');
select is(find('YO24 3BZ') || find('yo1 7hh'), 'unknown exact YO1 7HH: heworth', 'takes the place of the first');
select is((select concat_ws(' ', may, postcodes, parts, loaded_by) from api.desk_postcodes(:ada)), 't 1 0 Ada', 'its state');
select is((select may from api.desk_postcodes(:tom)), false, 'who may not');
set constraints all immediate;
select * from finish();
rollback;
