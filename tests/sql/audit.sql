-- audit.sql: the record of what officers do is chained as it commits, cannot be edited, and whoever
-- gets round that is found out.
begin;
set search_path = wardmote, public;
select no_plan();

select is((select c::text from api.audit_check() c), '(0,,)', 'an empty record is unbroken');
insert into officer (email, name, password_hash, totp_sealed) values ('a@x', 'Ada', 'h', '') returning id as ada \gset
insert into audit (at, officer_id, action, object, detail)
values ('2026-05-01 12:00+01', null, 'round.schedule', E'round "a"\nb', '{"b": 1, "a": "é"}');
select is((select count(*)::int from audit_chain), 0, 'a row is chained as its transaction commits');
set constraints all immediate;
set constraints all deferred;
select id as first from audit \gset
select is((select hash from audit_chain where place = 1),
          sha256(decode(repeat('00', 32), 'hex') || convert_to(E'wardmote/audit/1\n[' || :first ||
              E', "2026-05-01T11:00:00.000000Z", null, "round.schedule", "round \\"a\\"\\nb", {"a": "é", "b": 1}]\n', 'UTF8')),
          'the first hash, by hand');
set time zone 'Asia/Tokyo';
select is((select broken from api.audit_check()), null, 'in every time zone');
insert into audit (officer_id, action, object)
select :ada, 'round.archive', 'round ' || i from generate_series(1, 4) i;
set constraints all immediate;
set constraints all deferred;
select is((select c.checked || ' ' || (c.broken is null) || ' ' || (c.head = encode(l.hash, 'hex'))
           from api.audit_check() c, audit_chain l where l.place = 5), '5 true true', 'five, unbroken, and the head');

select throws_ok('update audit set object = ''x''', 'P0001', null, 'no row is edited');
select throws_ok('delete from audit', 'P0001', null, 'nor deleted');
select throws_ok('truncate audit, audit_chain', 'P0001', null, 'nor all of them');
select throws_ok('update audit_chain set hash = hash', 'P0001', null, 'nor is the chain edited');
select throws_ok('delete from audit_chain', 'P0001', null, 'nor cut');
select throws_ok('truncate audit_chain', 'P0001', null, 'nor cleared away');

-- Who sees it: administrators all and its state, others what they did.
insert into officer (email, name, password_hash, totp_sealed) values ('t@x', 'Tom', 'h', '') returning id as tom \gset
insert into officer_role (officer_id, role) values (:ada, 'administrator'), (:tom, 'sms_operator');
select is((select count(*)::int from api.desk_audit(:ada, '', 0)), 5, 'all, to an administrator');
select is((select string_agg(object, ',') from api.desk_audit(:ada, 'ADA', 0)), 'round 4,round 3,round 2,round 1', 'by name, newest first');
select is((select string_agg(object, ',') from api.desk_audit(:ada, 'round 2', 0)), 'round 2', 'by object');
select is((select count(*)::int from api.desk_audit(:ada, '', (select id from audit where object = 'round 2'))), 2, 'older ones');
select is((select count(*)::int from api.desk_audit(:tom, '', 0)), 0, 'nothing, to one who did nothing');
select is((select count(*)::int from api.desk_audit_check(:tom)), 0, 'nor its state');
select is((select checked || ' ' || broken from api.desk_audit_check(:ada)), '5 0', 'an administrator sees that it is whole');
update officer set password_hash = null, totp_sealed = null where id = :ada; -- who is nobody yet may go
delete from officer_role where officer_id = :ada;
select is((select count(*)::int from api.desk_audit(:ada, '', 0)), 4, 'others see what they did');

-- Someone with all rights gets round the triggers.
select id as third from audit where object = 'round 2' \gset
select id as fourth from audit where object = 'round 3' \gset
select id as last from audit where object = 'round 4' \gset
create function caught(how text) returns bigint language plpgsql as $$
declare v bigint;
begin
    set local session_replication_role = replica;
    execute how;
    select broken into v from api.audit_check();
    raise exception using errcode = 'UUUUU', message = coalesce(v::text, 'nothing');
exception when sqlstate 'UUUUU' then
    return nullif(sqlerrm, 'nothing')::bigint;
end
$$;
select is(caught('select 1'), null, 'nothing done, nothing found');
select is(caught(format('update audit set object = ''round 9'' where id = %s', :third)), :third::bigint, 'another object');
select is(caught(format('update audit set at = at + interval ''1 us'' where id = %s', :third)), :third::bigint, 'another time');
select is(caught(format('update audit set officer_id = null where id = %s', :third)), :third::bigint, 'another officer');
select is(caught(format('update audit set detail = ''{"x": 1}'' where id = %s', :last)), :last::bigint, 'another detail, in the last');
select is(caught(format('delete from audit where id = %s', :third)), :fourth::bigint, 'a row taken out');
select is(caught(format('delete from audit_chain where audit_id = %s', :third)), :fourth::bigint, 'a link taken out');
select is(caught('insert into audit (action, object) values (''round.archive'', ''forged'')'),
          (select last_value from pg_get_serial_sequence('audit', 'id') s, audit_id_seq), 'a row put in unchained');
select is(caught(format('update audit set object = ''x'' where id = %s; update audit_chain c set hash = sha256(p.hash || audit_text(a))
                         from audit a, audit_chain p where a.id = c.audit_id and a.id = %s and p.place = c.place - 1', :third, :third)),
          :fourth::bigint, 'a row and its hash made anew: the next shows it');
select is((select broken from api.audit_check()), null, 'all of it undone');

select * from finish();
rollback;
