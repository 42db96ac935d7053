-- roles.sql: who owns and who may do what. Run by migrate.sh as a superuser, before the migrations;
-- running it again changes nothing.
--
--   wardmote_owner  owns schema wardmote and its tables; no daemon uses it
--   wardmote_api    owns the functions of schema api; they run with its rights (security definer),
--                   and it may only SELECT and INSERT ballot revisions
--   wardmote_web    ballots, pages and webhooks of wardmote-server: EXECUTE only
--   wardmote_desk   the officers' desk of wardmote-server: EXECUTE only
--   wardmote_sms    wardmote-sms: EXECUTE only
--   wardmote_import wardmote-server while an officer adds a file to a register: EXECUTE of the three
--                   functions that do so, and COPY of that file's addresses and voters, which a
--                   trigger holds to the file; no daemon works with it otherwise
do $$
declare
    name text;
begin
    foreach name in array array['wardmote_owner', 'wardmote_api'] loop
        if not exists (select from pg_roles where rolname = name) then
            execute format('create role %I nologin', name);
        end if;
    end loop;
    foreach name in array array['wardmote_web', 'wardmote_desk', 'wardmote_sms',
                                'wardmote_import'] loop
        if not exists (select from pg_roles where rolname = name) then
            execute format('create role %I login', name);
        end if;
    end loop;
end
$$;

create extension if not exists btree_gist;

create schema if not exists wardmote authorization wardmote_owner;
create schema if not exists api authorization wardmote_api;
revoke create on schema public from public;
grant usage on schema wardmote to wardmote_api, wardmote_import;
grant usage on schema api to wardmote_web, wardmote_desk, wardmote_sms, wardmote_import;

-- A function may be called by the roles that its own file grants it to, and by nobody else.
alter default privileges for role wardmote_api revoke execute on functions from public;
alter default privileges for role wardmote_owner revoke execute on functions from public;
