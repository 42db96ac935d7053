-- desk_import.sql: files onto registers: what a look asks and keeps, then all or nothing, and nothing
-- else by that door. What a file says by itself is in tests/unit/test_server_import.c.
begin;
set search_path = wardmote, public;
select plan(58);

insert into neighbourhood (slug, name, kind, ons_code) values ('york', 'York', 'city', null);
insert into neighbourhood (slug, name, kind, parent_id, ons_code)
select w.slug, w.name, 'ward', n.id, w.code
from neighbourhood n, (values ('acomb', 'Acomb', 'E05010307'), ('hull-road', 'Hull Road', null)) w(slug, name, code);
insert into officer (email, name, password_hash, totp_sealed) values ('ada@x', 'Ada', '', ''), ('eve@x', 'Eve', '', ''), ('bea@x', 'Bea', '', '');
insert into officer_area select o.id, n.id from officer o, neighbourhood n where o.name in ('Ada', 'Bea') and n.slug = 'york';
insert into register (name, neighbourhood_id, codes_per_address)
select 'Addresses', n.id, 2 from neighbourhood n where n.slug = 'york';
insert into register (name, neighbourhood_id, kind)
select k.name, n.id, k.kind from neighbourhood n, (values ('List', 'imported'), ('Phones', 'phones'), ('Practice', 'practice')) k(name, kind)
where n.slug = 'hull-road';
select (select id from officer where name = 'Ada') as ada, (select id from officer where name = 'Eve') as eve,
       (select id from officer where name = 'Bea') as bea,
       (select id from register where name = 'Addresses') as addresses,
       (select id from register where name = 'List') as list,
       (select id from neighbourhood where slug = 'york') as york,
       (select id from neighbourhood where slug = 'acomb') as acomb,
       (select id from neighbourhood where slug = 'hull-road') as hull \gset

-- A look at a file of so many rows, good or bad, in two parts; returns the import.
create function look(p_officer integer, p_register integer, p_persons boolean, p_rows integer, p_bad integer = 0)
returns integer language plpgsql as $$
declare v integer := (select id from api.desk_import_begin(p_officer, p_register, sha256('file'), p_persons));
begin
    if p_bad = 0 then
        perform api.desk_import_keep(p_officer, v, n, 'rows') from generate_series(0, 1) n;
    end if;
    perform api.desk_import_looked(p_officer, v, p_rows, p_bad, case p_bad when 0 then 2 else 0 end, p_rows, p_persons,
        array[2, 3], array[null, 2], array['', 'Acomb'], array['1 Long Lane', '2 Long Lane'], array['YO1 1AA', ''],
        array['000000000001', ''], array[false, true], array[true, false],
        array['', case p_bad when 0 then '' else 'wrong' end]);
    return v;
end $$;
-- The yes, and what it owes: so many addresses and voters from `first` on.
create function take(p_officer integer, p_import integer) returns text language sql as $$
    select concat_ws(' ', outcome, codes, parts, voters) from api.desk_import_take(p_officer, p_import)
$$;
create function addresses(p_register integer, p_area integer, p_rows integer) returns void language sql as $$
    insert into register_address (id, register_id, neighbourhood_id, address) overriding system value
    select (select last_value << 22 from import_block_seq) + n, p_register, p_area, 'Lane' from generate_series(0, p_rows - 1) n
$$;
create function voters(p_register integer, p_area integer, p_rows integer, p_from integer = 0) returns void language sql as $$
    insert into voter (id, register_id, neighbourhood_id) overriding system value
    select (select last_value << 22 from import_block_seq) + n, p_register, p_area from generate_series(p_from, p_from + p_rows - 1) n
$$;
create function over() returns void language sql as $$ update register_import set taken_in = null where taken_in is not null $$;

-- Who may look.
select is((select count(*) from api.desk_import_begin(:eve, :addresses, sha256('x'), false)), 0::bigint, 'not at a file for another''s register');
select is((select count(*) from register g, api.desk_import_begin(:ada, g.id, sha256('x'), false) where g.name in ('Phones', 'Practice')), 0::bigint,
    'nor for one of phones, or of practice');
select results_eq(format('select area, listed, located from api.desk_import_begin(%s, %s, sha256(''x''), false)', :ada, :addresses),
    format('values (%s, false, false)', :york), 'a look begins with what the register is');

-- What it asks.
select max(id) as asking from register_import \gset
select results_eq(format($$select * from api.desk_import_areas(%s, %s, array['ACOMB', 'Atlantis', 'hull-road', 'E05010307', 'York']) order by item$$, :ada, :asking),
    format('values (1, %1$s), (3, %2$s), (4, %1$s), (5, %3$s)', :acomb, :hull, :york), 'areas by name, slug and ONS code');
select is((select count(*) from api.desk_import_areas(:eve, :asking, array['Acomb'])), 0::bigint, 'which its officer is told');
select id as other from api.desk_import_begin(:ada, :list, sha256('x'), true) \gset
select is((select count(*) from api.desk_import_areas(:ada, :other, array['Acomb', 'York'])), 0::bigint, 'a ward''s list holds no other ward''s people');
insert into postcode values ('YO1 1AA', :acomb), ('YO1 1AB', :hull);
select results_eq(format($$select * from api.desk_import_postcodes(%s, %s, array['yo11aa', 'YO1 1AB', 'YO9 9ZZ', '']) order by item$$, :ada, :other),
    format('values (1, null), (2, %s)', :hull), 'postcodes, also those that lie elsewhere');
select ok((select located from api.desk_import_begin(:ada, :list, sha256('x'), true)), 'when there are any');
insert into register_address (register_id, neighbourhood_id, address, uprn) values (:addresses, :york, 'A', '7'), (:list, :hull, 'B', '8');
select results_eq(format($$select * from api.desk_import_uprns(%s, %s, array['8', '7', '07'])$$, :ada, :asking), 'values (2)',
    'UPRNs that stand on this register');
insert into voter (register_id, neighbourhood_id) values (:list, :hull);
insert into credential (voter_id, kind, lookup, serial) select max(id), 'code', sha256('c1'), 'X-1' from voter;
select results_eq(format($$select * from api.desk_import_lookups(%s, %s, array[sha256('c2'), sha256('c1')])$$, :ada, :asking), 'values (2)',
    'and codes that stand on any');
select is((select count(*) from api.desk_import_lookups(:eve, :asking, array[sha256('c1')])), 0::bigint, 'which nobody else finds out');

-- What it keeps.
select look(:ada, :addresses, false, 2) as one \gset
select is((select (rows, bad, whole, voters, persons)::text from api.desk_import(:ada, :one)), '(2,0,t,4,f)', 'two rows, nothing wrong');
select results_eq(format('select * from api.desk_import_sample(%s, %s)', :ada, :one),
    $$ values (2, '1 Long Lane', 'YO1 1AA', '000000000001', 'York', false, true, ''), (3, '2 Long Lane', '', '', 'Acomb', true, false, '') $$,
    'and how they begin');
select is((select count(*) from api.desk_import(:eve, :one)), 0::bigint, 'another officer does not see it');
select is((select count(*) from api.desk_import_sample(:eve, :one)), 0::bigint, 'nor its rows');
select is(api.desk_import_keep(:eve, :one, 9, 'x'), false, 'nor adds any');
select is(api.desk_import_looked(:ada, :one, 9, 0, 0, 9, false, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'), false, 'a look ends once');
select is((select count(*) from voter), 1::bigint, 'and changes nothing');
select look(:ada, :addresses, false, 2) as two \gset
select is((select count(*) from register_import_part where import_id = :one), 0::bigint, 'a later file takes the place of an earlier one');

-- The yes: whole, and only what it is for.
select is(take(:eve, :two), 'gone', 'another officer adds nothing');
select is(take(:ada, :two), 'taken 2 2 4', 'a yes owes two addresses and four voters');
select is(take(:ada, :two), 'gone', 'once');
select is((select count(*) from register_import_sample where import_id = :two), 0::bigint, 'its rows are not shown any more');
select is((select detail->>'voters' from audit where action = 'register.import'), '4', 'and it is written down');
grant execute on function addresses(integer, integer, integer), voters(integer, integer, integer, integer) to public;
grant select on import_block_seq to wardmote_import; -- for what this test copies
set local session authorization wardmote_import;
select throws_ok('set constraints all immediate', '23514', null, 'nothing of it: not committed');
select is(api.desk_import_part(:two, 0), 'rows', 'its parts come out');
select is(api.desk_import_part(:two, 0), null, 'once');
select is(api.desk_import_part(:one, 1), null, 'and no other file''s');
select lives_ok(format('select addresses(%s, %s, 2)', :addresses, :acomb), 'its addresses');
select throws_ok('set constraints all immediate', '23514', null, 'without voters: not committed');
select throws_ok(format('select voters(%s, %s, 4)', :list, :hull), '23503', null, 'voters of another register are none of it');
select throws_ok(format('select voters(%s, %s, 4)', :addresses, 999), '23503', null, 'nor of an area that there is not');
select throws_ok(format('select voters(%s, %s, 3, 1)', :addresses, :york), '23514', null, 'nor with ids of another file''s');
select lives_ok(format('select voters(%s, %s, 3)', :addresses, :york), 'three of its four voters');
select throws_ok('set constraints all immediate', '23514', null, 'in part: not committed');
select throws_ok('select count(*) from voter', '42501', null, 'that role reads nothing');
select throws_ok('insert into credential (voter_id, kind, lookup) values (1, ''phone'', sha256(''x''))', '42501', null, 'and gives nobody a code');
select throws_ok(format('select voters(%s, %s, 1, 4)', :addresses, :york), '23514', null, 'a gap in the ids');
select throws_ok(format('select addresses(%s, %s, 1)', :addresses, :york), '23514', null, 'and an address twice');
select voters(:addresses, :york, 1, 3) \gset done_
select lives_ok('set constraints all immediate', 'whole: committed');
set constraints all deferred;
select throws_ok(format('select voters(%s, %s, 1, 4); set constraints all immediate', :addresses, :york), '23514', 'a file was not added whole', 'and one too many: not');
reset session authorization;
select over();
set local session authorization wardmote_import;
select throws_ok(format('insert into voter (id, register_id, neighbourhood_id) overriding system value values (1000002, %s, %s)', :addresses, :york), '23503', null, 'outside a yes it adds nobody');
select is(api.desk_import_credentials(:two, array[1000000], array[1], array[sha256('x')], array['x'], array[null::bytea], array[null::bytea]), 0,
    'and gives nobody a credential');
reset session authorization;

-- What came between.
select look(:ada, :addresses, false, 2, 1) as bad \gset
select is(split_part(take(:ada, :bad), ' ', 1), 'bad', 'rows with something wrong are not added');
select look(:ada, :addresses, false, 1) as hers, look(:bea, :addresses, false, 1) as theirs \gset
select is(take(:ada, :hers), 'taken 2 2 2', 'of two files for one register');
select addresses(:addresses, :acomb, 1), voters(:addresses, :acomb, 2) \gset done_
select over();
select is(split_part(take(:bea, :theirs), ' ', 1), 'changed', 'the second is looked at again');
select look(:bea, :addresses, false, 1) as theirs \gset
delete from register_import_part where import_id = :theirs and part = 1;
select is((select whole from api.desk_import(:bea, :theirs)), false, 'parts that a crash lost');
select is(split_part(take(:bea, :theirs), ' ', 1), 'gone', 'are not imported in part');
select look(:ada, :addresses, false, 1) as no \gset
select is(api.desk_import_give_up(:eve, :no), null, 'another officer does not give it up');
select is(api.desk_import_give_up(:ada, :no), :addresses, 'its own does');
select is((select count(*) from register_import_part p join register_import_sample s using (import_id) where import_id = :no), 0::bigint, 'and nothing is kept');
select is(split_part(take(:ada, :no), ' ', 1), 'gone', 'nor added');

-- People, with codes and numbers.
select look(:ada, :list, true, 2) as people \gset
select is(take(:ada, :people), 'taken 1 2 2', 'a voter a row');
select last_value << 22 as block from import_block_seq \gset
select addresses(:list, :hull, 2), voters(:list, :hull, 2) \gset done_
select is(api.desk_import_credentials(:people, array[:block, :block + 1, 1]::bigint[], array[1, 2, 3], array[sha256('c2'), null, sha256('c3')],
    array['1 Low Road', '', ''], array[null, sha256('p2'), null], array[null, '\x01', null]::bytea[]), 2, 'credentials for its own voters only');
select is((select string_agg(concat_ws(' ', c.kind, c.serial, c.address_ref, c.number_sealed is not null), ', ' order by c.kind)
           from credential c where c.issued_as = 'import'), 'code HR-000001 1 Low Road f, phone  t', 'numbered');
select is((select (outcome, voter = :block)::text from api.code_check(sha256('c2'), sha256('a'), sha256('n'))), '(good,t)', 'and good');
select throws_ok(format($$select api.desk_import_credentials(%s, array[%s]::bigint[], array[2], array[sha256('c1')], array[''], array[null::bytea], array[null::bytea])$$,
    :people, :block), '23505', null, 'a code that was issued meanwhile is found');
select is((select count(*) from voter where id >= 4294967296), 4 + 2 + 2::bigint, 'ids of files come in blocks');
select * from finish();
rollback;
