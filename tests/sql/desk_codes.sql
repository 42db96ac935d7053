-- desk_codes.sql: codes of a register, voided by one officer or two, lost, and extra ones.
begin;
set search_path = wardmote, public;
select plan(49);

insert into neighbourhood (slug, name, kind) values ('york', 'York', 'city');
insert into neighbourhood (slug, name, kind, parent_id)
select w.slug, w.name, 'ward', n.id
from neighbourhood n, (values ('acomb', 'Acomb'), ('hull-road', 'Hull Road')) w(slug, name);
insert into officer (email, name, password_hash, totp_sealed)
values ('ada@x', 'Ada', '', ''), ('tom@x', 'Tom', '', ''), ('eve@x', 'Eve', '', '');
insert into officer_area select o.id, n.id from officer o, neighbourhood n
where (o.name in ('Ada', 'Tom') and n.slug = 'york') or (o.name = 'Eve' and n.slug = 'acomb');
select (select id from officer where name = 'Ada') as ada,
       (select id from officer where name = 'Tom') as tom,
       (select id from officer where name = 'Eve') as eve \gset

-- Registers.
create function save(p_officer integer, p_register integer, p_name text, p_area text, p_kind text default 'codes',
                     p_codes integer default 2, p_extra integer default 1) returns text
language sql as $$
    select outcome from api.desk_register_save(p_officer, p_register, p_name, p_area, p_kind, p_codes, p_extra)
$$;
select is(save(:eve, null, 'Hull Road 2026', 'hull-road'), 'not_found', 'no register in another''s area');
select is(save(:ada, null, ' ', 'hull-road'), 'name', 'nor one without a name');
select is(save(:ada, null, 'Hull Road 2026', 'hull-road', 'phones'), 'not_found', 'phones come by themselves');
select is(save(:ada, null, 'Hull Road 2026', 'hull-road', 'codes', 0), 'numbers', 'no address without a code');
select is(save(:ada, null, 'Hull Road 2026', 'hull-road'), 'saved', 'one is made');
select is(save(:ada, null, 'Hull Road 2026', 'hull-road'), 'taken', 'once');
select id as reg from register where name = 'Hull Road 2026' \gset
select is(save(:ada, :reg, 'Hull Road', 'ignored', 'ignored', 3, 1), 'saved', 'its name and numbers may change');
select is((select (name, kind, codes_per_address, extra_cap)::text from register where id = :reg), '("Hull Road",codes,3,1)', 'and do');
select is(save(:eve, :reg, 'Mine', ''), 'not_found', 'but not by another officer');
select is((select count(*) from api.desk_registers(:eve)), 0::bigint, 'who does not see it');

-- Codes for its voters.
insert into register_address (register_id, neighbourhood_id, address, postcode, uprn)
select :reg, n.id, a.address, 'YO10 3AA', a.uprn
from neighbourhood n, (values ('1 Long Lane', '000000000001'), ('2 Long Lane', '2')) a(address, uprn)
where n.slug = 'hull-road';
update register set addresses_before = 2 where id = :reg; -- as the migration counted those of before
insert into voter (register_id, neighbourhood_id, address_id)
select a.register_id, a.neighbourhood_id, a.id from register_address a, generate_series(1, 2);
select throws_ok(format('insert into voter (register_id, neighbourhood_id) values (%s, 9999)', :reg), '23503', null,
    'a voter lives somewhere that there is');
select throws_ok(format('update voter set register_id = 9999 where register_id = %s', :reg), '23503', null,
    'and is on a register that there is');
select is((select (voters, addresses, codes, due)::text from api.desk_registers(:tom)), '(4,2,0,4)', 'four wait for codes');
create function lookups(a integer, b integer) returns bytea[] language sql as $$
    select array_agg(sha256(i::text::bytea) order by i) from generate_series(a, b) i
$$;
select is((select count(*) from api.desk_codes_register(:eve, :reg, lookups(1, 4))), 0::bigint, 'another officer issues none');
select results_eq(format('select * from api.desk_codes_register(%s, %s, lookups(1, 3))', :ada, :reg),
    $$ values (1, 'HR-000001', '1 Long Lane, YO10 3AA', 'Hull Road'), (2, 'HR-000002', '1 Long Lane, YO10 3AA', 'Hull Road'),
              (3, 'HR-000003', '2 Long Lane, YO10 3AA', 'Hull Road') $$, 'codes by address, as far as they reach');
select results_eq(format('select serial from api.desk_codes_register(%s, %s, lookups(4, 9))', :ada, :reg),
    array['HR-000004'], 'then the rest, and no more');
select is((select count(*) from api.desk_codes_register(:ada, :reg, lookups(5, 9))), 0::bigint, 'then none waits');
select is((select (voters, addresses, codes, due)::text from api.desk_registers(:ada)), '(4,2,4,0)', 'and it shows');

-- Found by serial or address, never by code.
select is((select count(*) from api.desk_code_find(:eve, 'HR-000001')), 0::bigint, 'another officer finds nothing');
select is((select serial from api.desk_code_find(:ada, ' hr-000001 ')), 'HR-000001', 'by serial, in any case');
select is((select count(*) from api.desk_code_find(:ada, 'long lane')), 4::bigint, 'by address');
select is((select count(*) from api.desk_code_find(:ada, 'lo')), 0::bigint, 'two letters are too few');

-- Voiding, unused.
create function cred(p_serial text) returns credential language sql as $$ select c from credential c where serial = p_serial $$;
create function gen(p_serial text) returns integer language sql as $$
    select v.generation from voter v where v.id = (cred(p_serial)).voter_id
$$;
select is(api.desk_code_void(:eve, 'HR-000001', 'why'), 'not_found', 'not in another''s area');
select is(api.desk_code_void(:ada, 'HR-000001', ' '), 'reason', 'not without a reason');
select is(gen('HR-000001'), 1, 'and nothing changed');
select is(api.desk_code_void(:ada, 'hr-000001', 'Returned by the post'), 'void', 'unused: one officer');
select is((select (voided_at is not null, void_reason, voided_by)::text from credential where serial = 'HR-000001'),
    format('(t,"Returned by the post",%s)', :ada), 'with the reason');
select is(gen('HR-000001'), 2, 'sessions end');
select is(api.desk_code_void(:ada, 'HR-000001', 'again'), 'already', 'once is enough');

-- Voiding, used.
insert into ballot (round_id, voter_id, current_revision, current_cast_at, last_revision)
select 1, (cred('HR-000002')).voter_id, 1, now(), 1;
select is((select outcome from api.desk_code_reissue(:ada, 'HR-000002', sha256('n0'), 'Lost')), 'used', 'a used code is not replaced');
select is(api.desk_code_void(:ada, 'HR-000002', 'Stolen'), 'asked', 'used: a second officer is asked');
select is(api.desk_code_void(:tom, 'HR-000002', 'Stolen'), 'waiting', 'once');
select is((select (used, waits, mine, asked_by, wanted)::text from api.desk_code_find(:tom, 'HR-000002')), '(t,t,f,Ada,Stolen)', 'who sees what for');
select is(api.desk_code_void_decide(:ada, 'HR-000002', true), 'own', 'nobody grants what they asked');
select is(api.desk_code_void_decide(:eve, 'HR-000002', true), 'none', 'nor an officer of elsewhere');
select is(gen('HR-000002'), 1, 'so far it is good');
select is(api.desk_code_void_decide(:tom, 'HR-000002', false), 'refused', 'it may be refused');
select is(api.desk_code_void(:ada, 'HR-000002', 'Stolen, seen'), 'asked', 'and asked again');
select is(api.desk_code_void_decide(:tom, 'HR-000002', true), 'granted', 'and granted');
select is((select (c.voided_at is not null, gen('HR-000002'))::text from cred('HR-000002') c), '(t,2)', 'then it is void');

-- Lost: the same voter.
select is((select (outcome, serial, address, area)::text
           from api.desk_code_reissue(:ada, 'HR-000002', sha256('n1'), 'New letter')),
    '(issued,HR-000005,"1 Long Lane","Hull Road")', 'after that there is a new one');
select is((cred('HR-000005')).voter_id, (cred('HR-000002')).voter_id, 'of the same voter');
select is((select outcome from api.desk_code_reissue(:ada, 'HR-000002', sha256('n3'), 'Again')), 'newer', 'one at a time');

-- Extra, within the cap.
select is((select outcome || ' ' || serial from api.desk_code_extra(:ada, 'HR-000003', sha256('x1'), 'Declared')), 'issued HR-000006', 'one more at an address');
select isnt((cred('HR-000006')).voter_id, (cred('HR-000003')).voter_id, 'is another voter');
select is((select outcome || ' ' || serial from api.desk_code_extra(:tom, 'HR-000006', sha256('x2'), 'Declared')), 'cap 1', 'no more than the register allows');
select is((select (voters, codes, due)::text from api.desk_registers(:ada)), '(5,4,0)', 'what is good is counted, and whose was voided does not wait for one');
select is((select count(*) filter (where id = :reg) || ' of ' || count(*) from api.desk_registers(:ada, :reg)), '1 of 1', 'one by itself');
select is((select string_agg(action, ' ' order by id) from audit where object like '%code%' or action like 'code.%' or action like 'amendment.%'),
    'code.void amendment.ask amendment.refuse amendment.ask amendment.grant code.reissue code.extra', 'all of it is in the audit');
select * from finish();
rollback;
