-- grants.sql: the daemons' roles may run their own functions and nothing else: none of them reads
-- a table, changes a ballot, or calls a function that is not its own.
begin;
set search_path = wardmote, public;
select plan(29);

-- wardmote_import is the server's too, for one transaction at a time: below.
create temporary view daemon as
    select unnest(array['wardmote_web', 'wardmote_desk', 'wardmote_sms'])::name as role;

-- Tables, sequences and columns of schema wardmote: nothing, whatever the way it was granted.
select is((select count(*)::int from daemon d, pg_class c
           where c.relnamespace = 'wardmote'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
             and (has_table_privilege(d.role, c.oid, 'select, insert, update, delete, truncate, references, trigger')
                  or has_any_column_privilege(d.role, c.oid, 'select, insert, update, references'))),
          0, 'no daemon has a right to any table');
select is((select count(*)::int from daemon d, pg_class c
           where c.relnamespace = 'wardmote'::regnamespace and c.relkind = 'S'
             and has_sequence_privilege(d.role, c.oid, 'usage, select, update')),
          0, 'nor to any sequence');
select is((select count(*)::int from daemon d
           where has_schema_privilege(d.role, 'wardmote', 'usage, create')), 0,
          'nor to the schema itself');
select is((select count(*)::int from daemon d
           where has_schema_privilege(d.role, 'api', 'create')
              or has_schema_privilege(d.role, 'public', 'create')), 0,
          'nor may it create anything');
select is((select string_agg(d.role || ' is ' || m.rolname, ', ') from daemon d, pg_roles m
           where m.rolname <> d.role and pg_has_role(d.role, m.oid, 'member')), null,
          'no daemon is a member of another role');
select is((select count(*)::int from daemon d join pg_roles r on r.rolname = d.role
           where r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolbypassrls
              or r.rolreplication), 0, 'none has powers over the server');

-- The role that the functions run with.
select is((select string_agg(p.privilege_type, ',' order by p.privilege_type)
           from information_schema.table_privileges p
           where p.grantee = 'wardmote_api' and p.table_schema = 'wardmote'
             and p.table_name = 'revision'), 'INSERT,SELECT',
          'functions may read and append ballot revisions, nothing more');
select is((select count(*)::int from information_schema.table_privileges p
           where p.grantee = 'wardmote_api' and p.privilege_type in ('DELETE', 'TRUNCATE')
             and p.table_name in ('ballot', 'revision', 'voter', 'credential', 'round', 'result',
                                  'result_part', 'audit')), 0,
          'they delete no ballot, voter, round, result or audit line');
select ok(not pg_has_role('wardmote_api', 'wardmote_owner', 'member'),
          'they do not run as the owner of the tables');

-- Functions.
select is((select string_agg(f.proname, ', ' order by f.proname) from pg_proc f
           where f.pronamespace in ('api'::regnamespace, 'wardmote'::regnamespace)
             and has_function_privilege('public', f.oid, 'execute')), null,
          'no function is everybody''s');
select is((select string_agg(distinct f.proname, ', ') from pg_proc f, daemon d
           where f.pronamespace = 'api'::regnamespace
             and has_function_privilege(d.role, f.oid, 'execute')
             and not (f.prosecdef and coalesce(f.proconfig::text, '') like '%search_path=wardmote, pg_temp%')),
          null, 'what a daemon may call runs with fixed rights and a fixed search path');
select is((select string_agg(distinct f.proname, ', ') from pg_proc f
           where f.pronamespace = 'api'::regnamespace and f.proowner <> 'wardmote_api'::regrole),
          null, 'all of them belong to wardmote_api');
select is((select string_agg(f.proname, ', ' order by f.proname) from pg_proc f
           where f.pronamespace = 'api'::regnamespace
             and has_function_privilege('wardmote_desk', f.oid, 'execute')
             and f.proname !~ ('^(desk_|officer_|count_(begin|ballots|store|ask|take|step|end)$|result_(publish|submit|embargo)$'
                               || '|schema_version$|rounds?_public$|round_(pots|proposals|amendments)$)')),
          null, 'the desk has its own functions, and what residents may read too');
select is((select string_agg(d.role || ' ' || f.proname, ', ') from pg_proc f, daemon d
           where f.pronamespace = 'api'::regnamespace and d.role <> 'wardmote_desk'
             and has_function_privilege(d.role, f.oid, 'execute')
             and f.proname ~ '^(desk_|officer_|count_|result_(publish|submit)|round_freeze|round_rules)'),
          null, 'and nobody else has them');
select is((select string_agg(d.role, ', ') from daemon d, pg_proc f
           where f.pronamespace = 'api'::regnamespace
             and has_function_privilege(d.role, f.oid, 'execute')
             and f.proname in ('round_freeze', 'lock_round', 'cast_judge', 'desk_turnout',
                               'free_number')), null,
          'parts that other functions are made of are nobody''s to call');

-- The role that copies a file onto a register: what a file holds, and nothing of votes or codes.
select is((select string_agg(c.relname || '.' || a.attname, ' ' order by c.relname, a.attnum)
           from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
           where c.relnamespace = 'wardmote'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
             and has_column_privilege('wardmote_import', c.oid, a.attnum, 'insert')),
          'register_address.id register_address.register_id register_address.neighbourhood_id '
          || 'register_address.address register_address.postcode register_address.uprn '
          || 'voter.id voter.uuid voter.register_id voter.neighbourhood_id voter.address_id',
          'an import inserts addresses and voters');
select is((select count(*)::int from pg_class c
           where c.relnamespace = 'wardmote'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
             and (has_table_privilege('wardmote_import', c.oid, 'select, update, delete, truncate, references, trigger')
                  or has_any_column_privilege('wardmote_import', c.oid, 'select, update, references'))),
          0, 'it reads and changes nothing');
select is((select string_agg(f.proname, ', ' order by f.proname) from pg_proc f
           where f.pronamespace in ('api'::regnamespace, 'wardmote'::regnamespace)
             and has_function_privilege('wardmote_import', f.oid, 'execute')),
          'desk_import_credentials, desk_import_part, desk_import_take', 'and calls three functions');
select is((select string_agg(m.rolname, ', ') from pg_roles m
           where m.rolname <> 'wardmote_import' and pg_has_role('wardmote_import', m.oid, 'member')),
          null, 'it is a member of no other role');
select is((select count(*)::int from pg_roles r where r.rolname = 'wardmote_import'
           and (r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolbypassrls or r.rolreplication)),
          0, 'and has no powers over the server');

-- In practice, not only by the catalogue.
set local role wardmote_desk;
select throws_ok('select * from wardmote.revision', '42501', null, 'the desk reads no ballot');
select throws_ok('select * from wardmote.credential', '42501', null, 'nor a credential');
select throws_ok($$update wardmote.revision set withdrawn = true$$, '42501', null,
                 'nor does it change one');
select throws_ok('select api.cast_lock(array[1]::bigint[], array[1], false)', '42501', null,
                 'nor does it cast');
reset role;
set local role wardmote_web;
select throws_ok('select numbers from wardmote.revision', '42501', null, 'the web reads no ballot');
select throws_ok('truncate wardmote.revision', '42501', null, 'nor does it clear them away');
select throws_ok($$select * from api.count_ballots(1, 'x')$$, '42501', null,
                 'nor does it read them for a count');
reset role;
set local role wardmote_sms;
select throws_ok('delete from wardmote.revision', '42501', null, 'texts delete no ballot');
select throws_ok('insert into wardmote.ballot values (1, 1, 1, now(), 1)', '42501', null,
                 'nor do they write one past the rules');
reset role;

select * from finish();
rollback;
