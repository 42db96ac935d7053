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
-- From where: of requests that say so, until the next one on that connection says something else.
select is((select array_agg(coalesce(network_of(a)::text, '-') order by n) from unnest(array['203.0.113.77', '::ffff:203.0.113.77',
              '2001:db8:1:2::5', '::1', 'unix', '', null]) with ordinality x(a, n)),
          '{203.0.113.0/24,203.0.113.0/24,2001:db8:1::/48,::/48,-,-,-}', 'addresses lose their last bits');
savepoint seen;
select api.officer_session(null, '203.0.113.77');
insert into audit (at, officer_id, action, object) values ('2026-05-01 12:00+01', null, 'round.archive', 'x') returning id as far \gset
select api.officer_session(null);
insert into audit (officer_id, action, object) values (:ada, 'round.archive', 'y');
set constraints all immediate;
select is((select string_agg(coalesce(came_from::text, '-'), ' ' order by id) from audit), '- 203.0.113.0/24 -', 'a row says from where');
select is((select c.hash from audit_chain c where c.place = 2),
          sha256((select hash from audit_chain where place = 1) || convert_to(E'wardmote/audit/1\n[' || :far ||
              ', "2026-05-01T11:00:00.000000Z", null, "round.archive", "x", {}, "203.0.113.0/24"]' || E'\n', 'UTF8')), 'and is chained with it');
select is((select c.checked || ' ' || (c.broken is null) from api.audit_check() c), '3 true', 'among rows without');
insert into officer_role (officer_id, role) values (:ada, 'administrator');
select is((select string_agg(came_from, '|' order by id) from api.desk_audit(:ada, '', '', null, null, 0, 51, false)), '|203.0.113.0/24|', 'as overseers read');
update officer_role set role = 'sms_operator';
insert into audit (officer_id, action, object) select :ada, 'round.archive', 'z' from api.officer_session(null, '2001:db8:1:2::5') right join (select) s on true;
select is((select string_agg(object || came_from, '|' order by id) from api.desk_audit(:ada, '', '', null, null, 0, 51, false)), 'y|z2001:db8:1::/48', 'others, of what they did');
rollback to seen;
select set_config('wardmote.from', '', false);
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
select is((select count(*)::int from api.desk_audit(:ada, '', '', null, null, 0, 51, false)), 5, 'all, to an administrator');
select is((select string_agg(object, ',') from api.desk_audit(:ada, 'ADA', '', null, null, 0, 51, false)), 'round 4,round 3,round 2,round 1', 'by name, newest first');
select is((select string_agg(object, ',') from api.desk_audit(:ada, 'round 2', '', null, null, 0, 51, false)), 'round 2', 'by object');
select is((select count(*)::int from api.desk_audit(:ada, '', '', null, null, (select id from audit where object = 'round 2'), 51, false)), 2, 'older ones');
select is((select count(*)::int from api.desk_audit(:tom, '', '', null, null, 0, 51, false)), 0, 'nothing, to one who did nothing');
select is((select count(*)::int from api.desk_audit_check(:tom, false)), 0, 'nor its state');
select is((select concat_ws(' ', checked_from, checked_to, total, broken, whole_to) from api.desk_audit_check(:ada, false)), '1 5 5 0 0', 'an administrator sees that it is unbroken');
select is((select concat_ws(' ', checked_from, checked_to, broken) from api.desk_audit_check(:ada, false)), '6 5 0', 'the next look goes on from there');
select is((select concat_ws(' ', checked_from, checked_to, broken, whole_to) from api.desk_audit_check(:ada, true)), '1 5 0 5', 'or from the beginning, when asked');
update officer set password_hash = null, totp_sealed = null where id = :ada; -- who is nobody yet may go
delete from officer_role where officer_id = :ada;
select is((select count(*)::int from api.desk_audit(:ada, '', '', null, null, 0, 51, false)), 4, 'others see what they did');

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

-- What was before and what is, and who reads it.
insert into neighbourhood (slug, name, kind) values ('acomb', 'Acomb', 'ward') returning id as acomb \gset
insert into neighbourhood (slug, name, kind) values ('heworth', 'Heworth', 'ward') returning id as heworth \gset
insert into officer (email, name, password_hash, totp_sealed) values ('w@x', 'Wyn', 'h', ''), ('c@x', 'Cat', 'h', ''), ('o@x', 'Oda', 'h', ''), ('n@x', 'Non', 'h', '');
select id as wyn from officer where name = 'Wyn' \gset
select id as cat from officer where name = 'Cat' \gset
select id as oda from officer where name = 'Oda' \gset
select id as non from officer where name = 'Non' \gset
insert into officer_area (officer_id, neighbourhood_id, role) values (:wyn, :acomb, 'ward_officer'), (:cat, :heworth, 'clerk');
insert into officer_role (officer_id, role) values (:oda, 'auditor');
create function told(who integer, words text) returns text language sql as $$
    select replace(replace(changes, E'\x1f', '|'), E'\x1e', ' + ') from api.desk_audit(who, words, '', null, null, 0, 1, false)
$$;
create function sees(who integer) returns text language sql as $$
    select coalesce(string_agg(distinct object || ' ' || area, ', '), '') from api.desk_audit(who, '', '', null, null, 0, 99, false) where object not like 'round %'
$$;
insert into round (slug, neighbourhood_id, title, kind) values ('r', :acomb, 'Streets', 'approval') returning id as r \gset
insert into pot (round_id, ordinal, name, amount) values (:r, 1, 'Ward', 100000), (:r, 2, 'City', 5000);
insert into proposal (round_id, number, short_name, title, pot_id, cost, body)
select :r, 1275, 'Bench', 'Bench', id, 1000, repeat('a', 400) from pot where round_id = :r and ordinal = 1;
select set_config('wardmote.changes', '', true) \g /dev/null
update round set title = 'Streets and parks' where id = :r;
update pot set amount = 90000 where round_id = :r and ordinal = 1;
delete from pot where round_id = :r and ordinal = 2;
update proposal set cost = 2000, body = repeat('b', 400), proposer = 'Nobody reads this' where round_id = :r;
update round set title = 'Parks' where id = :r;
insert into audit (officer_id, action, object) values (:wyn, 'round.edit', 'proposal r/1275');
select is(told(:wyn, 'r/1275'), 'pot 1 amount|100000|90000 + pot 2 amount|5000| + pot 2 name|City| + proposal 1275 body|' || repeat('a', 300) || '…|' || repeat('b', 300)
          || '… + proposal 1275 cost|1000|2000 + round title|Streets|Parks', 'each change with what was before; long texts cut; nobody''s name');
insert into audit (officer_id, action, object) values (:wyn, 'round.edit', 'edition 1');
select is(told(:wyn, 'edition 1'), '', 'and told once');
insert into audit (officer_id, action, object, detail) values (:cat, 'paper.open', 'batch 99', '{"round": "r"}'), (null, 'postcodes.load', 'postcodes', '{}');
select is(sees(:wyn), 'batch 99 Acomb, edition 1 , proposal r/1275 Acomb', 'an area''s officer reads what is about the area, and their own');
select is(sees(:cat), 'batch 99 Acomb', 'and not another area''s');
select is(sees(:non), '', 'without a role, nothing');
select is(sees(:oda), 'batch 99 Acomb, edition 1 , postcodes , proposal r/1275 Acomb', 'an auditor all');
select is((select count(*)::int from api.desk_audit(:oda, 'postcodes', '', '2020-01-01', '2020-12-31', 0, 9, false)), 0, 'by day');
select is((select count(*)::int from api.desk_audit(:oda, 'postcodes', '', (now() at time zone 'Europe/London')::date, (now() at time zone 'Europe/London')::date, 0, 9, false)), 1, 'both days included');
select is((select string_agg(id::text, ' ') from api.desk_audit(:oda, '', '', '2026-05-01', '2026-05-01', 0, 9, false)), :'first', 'a day is one in London');

-- The next look goes on; what was changed behind our back before is found by the whole check.
set constraints all immediate;
select is((select concat_ws(' ', checked_from, checked_to, broken) from api.desk_audit_check(:oda, false)), '6 9 0', 'what came since');
select is(caught('select 1'), null, 'still whole');
create function looked(how text, whole boolean) returns bigint language plpgsql as $$
declare v bigint;
begin
    set local session_replication_role = replica;
    execute how;
    set local session_replication_role = origin;
    select broken into v from api.audit_verify(whole);
    raise exception using errcode = 'UUUUU', message = coalesce(v::text, 'nothing');
exception when sqlstate 'UUUUU' then
    return nullif(sqlerrm, 'nothing')::bigint;
end
$$;
select is(looked(format('update audit set object = ''x'' where id = %s', :third), false), null, 'an old row is not read again');
select is(looked(format('update audit set object = ''x'' where id = %s', :third), true), :third::bigint, 'but by the whole check');
insert into audit (officer_id, action, object) values (:wyn, 'round.edit', 'round r') returning id as fresh \gset
select is(looked(format('update audit set object = ''x'' where id = %s', :fresh), false), :fresh::bigint, 'a new one is');
select is(looked('insert into audit (action, object) values (''round.archive'', ''forged'')', false),
          (select last_value from audit_id_seq), 'and one that nobody chained');
select is(looked(format('delete from audit_chain where audit_id = %s', :fresh), false), :fresh::bigint, 'or whose link was taken out');
select is(looked('update audit_chain set hash = sha256(''x'') where place = 9', false) is not null, true, 'or the head that we knew');

select * from finish();
rollback;
