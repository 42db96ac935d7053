-- functions.sql: what the body of each function in SQL names is there. They are loaded in the order
-- of their files' names, unchecked; one that calls what another change renamed would fail first when
-- a resident asks for its page.
begin;
set check_function_bodies = on;
select plan(2);

select cmp_ok(count(*), '>', 100::bigint, 'functions in SQL') from pg_proc
where pronamespace = 'api'::regnamespace and prolang = (select oid from pg_language where lanname = 'sql');

create function pg_temp.faults() returns setof text language plpgsql as $$
declare f record;
begin
    for f in select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) as body from pg_proc p
             where pronamespace in ('api'::regnamespace, 'wardmote'::regnamespace) and prokind = 'f'
               and prolang = (select oid from pg_language where lanname = 'sql') order by 1 loop
        begin
            execute f.body;
        exception when others then
            return next f.name || ': ' || sqlerrm;
        end;
    end loop;
end $$;
select is_empty('select pg_temp.faults()', 'each can be made again, with its body checked');

select * from finish();
rollback;
