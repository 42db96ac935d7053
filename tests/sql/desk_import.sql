-- desk_import.sql: files onto registers: a dry run finds what is wrong, then all or nothing.
begin;
set search_path = wardmote, public;
select plan(29);

insert into neighbourhood (slug, name, kind) values ('york', 'York', 'city');
insert into neighbourhood (slug, name, kind, parent_id)
select w.slug, w.name, 'ward', n.id
from neighbourhood n, (values ('acomb', 'Acomb'), ('hull-road', 'Hull Road')) w(slug, name);
insert into officer (email, name, password_hash, totp_sealed) values ('ada@x', 'Ada', '', ''), ('eve@x', 'Eve', '', '');
insert into officer_area select o.id, n.id from officer o, neighbourhood n where o.name = 'Ada' and n.slug = 'york';
insert into register (name, neighbourhood_id, codes_per_address)
select 'Addresses', n.id, 2 from neighbourhood n where n.slug = 'york';
insert into register (name, neighbourhood_id, kind)
select 'List', n.id, 'imported' from neighbourhood n where n.slug = 'hull-road';
select (select id from officer where name = 'Ada') as ada, (select id from officer where name = 'Eve') as eve,
       (select id from register where name = 'Addresses') as addresses,
       (select id from register where name = 'List') as list \gset

-- A file of rows (n, address, uprn, area, code, phone); returns the import.
create type file_line as (n integer, address text, uprn text, area text, code text, phone text, problem text);
create function file(p_register integer, p_persons boolean, p_lines file_line[]) returns integer
language plpgsql as $$
declare v integer; ada integer := (select id from officer where name = 'Ada');
begin
    v := api.desk_import_begin(ada, p_register, sha256('file'), p_persons);
    perform api.desk_import_rows(ada, v, array_agg(l.n), array_agg(l.address), array_agg('YO1 1AA'::text),
        array_agg(l.uprn), array_agg(l.area), array_agg(sha256(l.code::bytea)), array_agg(sha256(('p' || l.phone)::bytea)),
        array_agg(case when l.phone is not null then '\x01'::bytea end), array_agg(l.problem))
    from unnest(p_lines) l;
    perform api.desk_import_check(ada, v);
    return v;
end $$;
create function confirm(p_officer integer, p_import integer) returns text language sql as $$
    select concat_ws(' ', outcome, voters) from api.desk_import_confirm(p_officer, p_import)
$$;

select is(api.desk_import_begin(:eve, :addresses, sha256('x'), false), null, 'not on another''s register');
select file(:addresses, false, array[(2, '1 Long Lane', '000000000001', 'Acomb', null, null, ''), (3, '2 Long Lane', '2', 'hull-road', null, null, ''),
    (4, '3 Long Lane', '', '', null, null, '')]::file_line[]) as one \gset
select is((select (rows, bad, whole, voters, persons)::text from api.desk_import(:ada, :one)), '(3,0,t,6,f)', 'three rows, nothing wrong');
select is((select count(*) from api.desk_import(:eve, :one)), 0::bigint, 'another officer does not see it');
select is((select count(*) from api.desk_import_sample(:eve, :one)), 0::bigint, 'nor its rows');
select results_eq(format('select n, area from api.desk_import_sample(%s, %s)', :ada, :one),
    $$ values (2, 'Acomb'), (3, 'Hull Road'), (4, 'York') $$, 'areas by name, slug, or the register''s');
select is((select count(*) from voter), 0::bigint, 'a dry run changes nothing');
select is(confirm(:eve, :one), 'gone 0', 'another officer adds nothing');
select is(confirm(:ada, :one), 'imported 6', 'then they are added');
select is((select string_agg(a.uprn || ' ' || n.slug || ' ' || (select count(*) from voter v where v.address_id = a.id
           and v.neighbourhood_id = n.id), ', ' order by a.id)
           from register_address a join neighbourhood n on n.id = a.neighbourhood_id),
    '000000000001 acomb 2, 2 hull-road 2,  york 2', 'UPRNs as text, two voters each, where they live');
select is(confirm(:ada, :one), 'gone 0', 'once');
select is((select count(*) from register_import_row), 0::bigint, 'and the rows are gone');

-- What is wrong.
select file(:addresses, false, array[(2, 'A', '2', '', null, null, ''), (3, 'B', '3', 'Atlantis', null, null, ''), (4, 'C', '4', '', null, null, ''),
    (5, 'D', '4', '', null, null, ''), (6, 'E', '', '', null, null, 'too long')]::file_line[]) as two \gset
select results_eq(format('select n, problem from api.desk_import_sample(%s, %s)', :ada, :two),
    $$ values (2, 'this UPRN is on the register already'), (3, 'no area here has this name'),
              (5, 'this UPRN stands in row 4 already'), (6, 'too long') $$, 'each with its row and reason');
select is((select bad from api.desk_import(:ada, :two)), 4, 'counted');
select is(confirm(:ada, :two), 'bad 0', 'then nothing is added');
select is((select count(*) from voter), 6::bigint, 'nothing at all');

-- People, with codes and numbers.
select file(:list, true, array[(2, '1 Low Road', '9', '', 'c1', null, ''), (3, '1 Low Road', '9', '', 'c2', '1', ''), (4, '', '', '', null, '2', '')]::file_line[]) as three \gset
select is((select count(*) from register_import_row where import_id = :two), 0::bigint, 'a later file takes the place of an earlier one');
select is((select (rows, bad, voters)::text from api.desk_import(:ada, :three)), '(3,0,3)', 'two people at one address');
select is(confirm(:ada, :three), 'imported 3', 'are two voters');
select is((select count(*) from register_address where register_id = :list), 1::bigint, 'at one address');
select is((select string_agg(concat_ws(' ', c.kind, c.serial, c.address_ref, c.number_sealed is not null), ', ' order by c.kind, c.serial, c.id) from credential c),
    'code HR-000001 1 Low Road f, code HR-000002 1 Low Road f, phone  t, phone  t', 'with their credentials');
select is((select count(distinct voter_id) from credential), 3::bigint, 'of three voters');
select is((select (outcome, voter is not null)::text from api.code_check(sha256('c2'), sha256('a'), sha256('n'))), '(good,t)', 'whose codes are good');
select file(:list, true, array[(2, 'X', '', '', 'c1', null, ''), (3, 'X', '', '', 'c3', '2', ''), (4, 'X', '', '', 'c3', '1', '')]::file_line[]) as four \gset
select results_eq(format('select n, problem from api.desk_import_sample(%s, %s)', :ada, :four),
    $$ values (2, 'this code was issued already'), (3, 'this number is on a register already'), (4, 'this code stands in row 3 already') $$,
    'codes and numbers are one voter''s');
select file(:list, true, array[(2, 'X', '', 'Acomb', null, '7', '')]::file_line[]) as five \gset
select is((select problem from api.desk_import_sample(:ada, :five)), 'no area here has this name', 'a ward''s list holds no other ward''s people');

-- What came between.
select file(:list, true, array[(2, 'X', '', '', 'c7', null, '')]::file_line[]) as six \gset
insert into credential (voter_id, kind, lookup, serial) select min(id), 'code', sha256('c7'), 'X-1' from voter;
select is(confirm(:ada, :six), 'changed 0', 'a code that was issued meanwhile is found');
select is((select count(*) from voter where register_id = :list), 3::bigint, 'and nothing added');
delete from register_import_row where import_id = :six and n = 2;
select is(confirm(:ada, :six), 'gone 0', 'rows that a crash lost are not imported in part');
insert into postcode select 'YO1 1AA', n.id from neighbourhood n where n.slug = 'acomb';
select file(:list, true, array[(2, 'X', '', '', null, '8', '')]::file_line[]) as seven \gset
select is((select problem from api.desk_import_sample(:ada, :seven)), 'the postcode lies in another area', 'postcodes say where');
select file(:addresses, false, array[(2, 'X', '', '', null, null, '')]::file_line[]) as eight \gset
select is((select area from api.desk_import_sample(:ada, :eight)), 'Acomb', 'where the file does not');
select * from finish();
rollback;
