-- people.sql: who works at the desk and as what: roles by area, set-up links, the last two
-- administrators, sessions that end when rights are lost, and what is in the record of it.
begin;
set search_path = wardmote, public;
select no_plan();

insert into neighbourhood (slug, name, kind) values ('york', 'York', 'city') returning id as york \gset
insert into neighbourhood (slug, name, kind, parent_id) values ('acomb', 'Acomb', 'ward', :york) returning id as acomb \gset
insert into neighbourhood (slug, name, kind, parent_id) values ('heworth', 'Heworth', 'ward', :york) returning id as heworth \gset
create function key(text) returns bytea language sql as $$ select sha256($1::bytea) $$;
create function refusal(sql text) returns text language plpgsql as $$
begin
    execute sql;
    return 'done';
exception when check_violation then
    return 'refused';
end
$$;

-- The first administrator.
select is(api.officer_first('Ada', 'nobody', key('k0')), 'email', 'an address is one');
select is(api.officer_first('', 'ada@x.org', key('k0')), 'name', 'and a name too');
select is(api.officer_first('Ada', 'ada@x.org', key('k0')), 'made', 'an empty database gets its first administrator');
select is(api.officer_first('Ada', 'ADA@x.org', key('k1')), 'made', 'again, before the link was used');
select id as ada from officer \gset
select is((select count(*)::int from api.officer_link_find(key('k0'))), 0, 'the link before is void');
select is((select name || ' ' || email from api.officer_link_find(key('k1'))), 'Ada ada@x.org', 'the new one is hers');
select is((select officer_id from api.officer_sign_in_lookup('ada@x.org', key('a'), key('b'))), null, 'until it is used nobody signs in');
select is(api.officer_set_up(key('k1'), 'hash', '\x01', 100, key('s-ada')), 'done', 'she sets up');
select is((select name || ' ' || roles from api.officer_session(key('s-ada'))), 'Ada administrator', 'and is signed in');
select is(api.officer_set_up(key('k1'), 'other', '\x02', 101, key('x')), 'gone', 'a link is good once');
select is((select totp_last_step from officer), 100::bigint, 'the code that proved the authenticator is used up');
select is(api.officer_first('Eve', 'eve@x.org', key('k2')), 'there', 'a second first administrator there is not');

-- Somebody is added.
select is((select outcome from api.desk_person_add(:ada, 'Tom', 'tom@')), 'email', 'half an address is none');
select is((select outcome from api.desk_person_add(:ada, ' ', 'tom@x.org')), 'name', 'a blank is no name');
select id as tom from api.desk_person_add(:ada, 'Tom', 'tom@x.org') \gset
select is((select outcome from api.desk_person_add(:ada, 'Tom', 'TOM@x.org')), 'there', 'an address is one person');
select is((select outcome from api.desk_person_add(:tom, 'Eve', 'eve@x.org')), 'role', 'administrators alone add people');
select is((select state || ' ' || roles from api.desk_people(:ada, :tom)), 'waiting ', 'waits to set up, without a role');
select is(api.desk_person_link(:ada, :ada, key('k3')), 'own', 'nobody makes a link for themself');
select is(api.desk_person_link(:ada, :tom, key('k3')), 'made', 'a link');
select is((select link_until > now() + interval '71 hours' from api.desk_people(:ada, :tom)), true, 'for three days');
update officer_link set expires_at = clock_timestamp() where key_hash = key('k3');
select is(api.officer_set_up(key('k3'), 'hash', '\x02', 1, key('s-tom')), 'gone', 'and no longer');
select api.desk_person_link(:ada, :tom, key('k4')) \g /dev/null
select is((select count(*)::int from officer_link where key_hash = key('k4')), 1, 'the hash alone is kept');
select api.officer_set_up(key('k4'), 'hash', '\x02', 1, key('s-tom')) \g /dev/null

-- Roles.
create function role(who integer, other integer, role text, area text, give boolean) returns text language sql as $$
    select api.desk_person_role(who, other, role, area, give)
$$;
select is(role(:ada, :ada, 'ward_officer', 'york', true), 'own', 'nobody gives themself a role');
select is(role(:tom, :ada, 'auditor', '', true), 'role', 'nor does who is no administrator');
select is(role(:ada, :tom, 'mayor', '', true), 'what', 'roles are known ones');
select is(role(:ada, :tom, 'clerk', '', true), 'what', 'a clerk is one of an area');
select is(role(:ada, :tom, 'clerk', 'nowhere', true), 'what', 'that there is');
select is(role(:ada, :tom, 'auditor', 'york', true), 'what', 'an auditor is of none');
select is(role(:ada, 999999, 'auditor', '', true), 'not_found', 'of somebody');
select is(role(:ada, :tom, 'clerk', 'acomb', true), 'saved', 'a role is given');
select is(role(:ada, :tom, 'clerk', 'acomb', true), 'saved', 'once');
select is(role(:ada, :tom, 'approver', 'heworth', true), 'saved', 'and another, elsewhere');
select is((select string_agg(concat_ws(' ', role, area), ', ') from api.desk_person_roles(:tom, :tom)),
          'approver heworth, clerk acomb', 'everybody sees their own');
select is((select count(*)::int from api.desk_person_roles(:tom, :ada)), 0, 'not others''');
select is((select roles from api.officer_session(key('s-tom'))), 'approver,clerk', 'a session knows both');
select is(array[api.desk_may(:tom, :acomb, 'clerk'), api.desk_may(:tom, :heworth, 'clerk'), api.desk_may(:tom, :acomb),
                api.desk_sees(:tom, :acomb), api.desk_sees(:tom, :york)],
          array[true, false, false, true, false], 'each where it is given, and no other');
insert into officer (email, name, password_hash, totp_sealed) values ('w@x', 'Wyn', 'h', ''), ('o@x', 'Oda', 'h', '');
select id as wyn from officer where name = 'Wyn' \gset
select id as oda from officer where name = 'Oda' \gset
select role(:ada, :wyn, 'ward_officer', 'york', true), role(:ada, :oda, 'auditor', '', true) \g /dev/null
select is(array[api.desk_may(:wyn, :acomb), api.desk_may(:wyn, :acomb, 'approver')], array[true, false], 'a city''s officer is one in its wards');
select is(array[api.desk_sees(:oda, :acomb), api.desk_may(:oda, :acomb), api.desk_may(:oda, :acomb, 'clerk')],
          array[true, false, false], 'an auditor sees all and does nothing');
select is((select count(*)::int from api.desk_people(:oda, 0)), 4, 'people too');
select is((select count(*)::int from api.desk_people(:tom, 0)), 0, 'others do not');
select is(role(:oda, :tom, 'auditor', '', true), 'role', 'an auditor changes nobody');

-- Rights that are lost end sessions; rights that are gained do not.
select is(role(:ada, :tom, 'sms_operator', '', true), 'saved', 'one more role');
select is((select count(*)::int from api.officer_session(key('s-tom'))), 1, 'and the session stands');
select is(role(:ada, :tom, 'auditor', '', false), 'saved', 'what one has not cannot be taken');
select is((select count(*)::int from api.officer_session(key('s-tom'))), 1, 'and the session stands');
select is(role(:ada, :tom, 'clerk', 'acomb', false), 'saved', 'one role less');
select is((select count(*)::int from api.officer_session(key('s-tom'))), 0, 'and the session is over');
select is((select detail -> 'changes' from audit where action = 'officer.role_take'),
          '{"roles": [["approver heworth", "clerk acomb", "sms_operator"], ["approver heworth", "sms_operator"]]}'::jsonb,
          'before and after are in the record');

-- In and out.
insert into officer_session (id_hash, officer_id) values (key('s-tom2'), :tom);
select api.desk_person_link(:ada, :tom, key('k5')) \g /dev/null
select is(api.desk_person_active(:ada, :ada, false), 'own', 'nobody deactivates themself');
select is(api.desk_person_active(:oda, :tom, false), 'role', 'nor does an auditor anybody');
select is(api.desk_person_active(:ada, :tom, false), 'saved', 'deactivated');
select is(array[api.desk_may(:tom, :heworth, 'approver'), api.desk_role(:tom, 'sms_operator')], array[false, false], 'does nothing any more');
select is((select count(*)::int from api.officer_link_find(key('k5'))), 0, 'nor by a link');
select is(api.desk_person_link(:ada, :tom, key('k6')), 'inactive', 'nor gets a new one');
select is(api.desk_person_active(:ada, :tom, true), 'saved', 'let in again');
select is(api.desk_may(:tom, :heworth, 'approver'), true, 'with what they did');
select is((select count(*)::int from api.officer_session(key('s-tom2'))), 0, 'but the session is over');

-- The last two administrators.
select is(role(:ada, :tom, 'administrator', '', true), 'saved', 'a second administrator');
select is(role(:tom, :ada, 'administrator', '', false), 'last', 'of two none goes');
select is(api.desk_person_active(:tom, :ada, false), 'last', 'in neither way');
select is(refusal(format('delete from officer_role where officer_id = %s and role = ''administrator''', :ada)), 'refused', 'nor behind the functions'' back');
select is(refusal(format('update officer set disabled_at = now() where id = %s', :ada)), 'refused', 'in neither way');
select is(refusal(format('update officer set disabled_at = now() where id = %s', :wyn)), 'done', 'others go');
select id as new from api.desk_person_add(:ada, 'New', 'new@x.org') \gset
select is(role(:ada, :new, 'administrator', '', true), 'saved', 'a third, who has not set up');
select is(role(:tom, :ada, 'administrator', '', false), 'last', 'does not count');
select is(role(:tom, :new, 'administrator', '', false), 'saved', 'and may go');
select role(:ada, :oda, 'administrator', '', true) \g /dev/null
select is(role(:tom, :ada, 'administrator', '', false), 'saved', 'of three one goes');
select is(role(:ada, :oda, 'administrator', '', false), 'role', 'and is one no more');

-- One's own account.
insert into officer_session (id_hash, officer_id) values (key('a1'), :ada), (key('a2'), :ada), (key('t1'), :tom);
select is((select string_agg(this::text, ',') from api.officer_sessions(key('a2'))), 'true,false', 'sees one''s sessions, this one first');
select is(api.officer_sign_out_elsewhere(key('a2')), 1::bigint, 'and ends the others');
select is((select count(*)::int from api.officer_session(key('a1'))), 0, 'which are over');
select is((select count(*)::int from api.officer_session(key('t1'))), 1, 'not somebody else''s');
update officer_session set proved_at = clock_timestamp() - interval '1 hour' where id_hash = key('a2');
select is((select proved between 3599 and 3700 from api.officer_session(key('a2'))), true, 'a session knows how long ago who it is was proved');
select is(api.officer_session_prove(key('a2'), key('a3'), 100, key('a'), key('b'), now()), false, 'a code that was used proves nothing');
select is(api.officer_session_prove(key('a2'), key('a3'), 102, key('a'), key('b'), now()), true, 'a fresh one does');
select is((select count(*)::int from api.officer_session(key('a2'))), 0, 'the session''s old id is worth nothing');
select is((select proved < 60 from api.officer_session(key('a3'))), true, 'the new one is proved');
insert into officer_session (id_hash, officer_id) values (key('a4'), :ada);
select is(api.officer_password(key('a2'), key('a5'), 'new'), false, 'a session that is over changes no password');
select is(api.officer_password(key('a3'), key('a5'), 'new'), true, 'this one does');
select is((select password_hash from officer where id = :ada), 'new', 'it is hers');
select is((select string_agg(this::text, ',') from api.officer_sessions(key('a5'))), 'true', 'under a new id, the others are over');
select is(api.officer_authenticator(key('a5'), key('a6'), '\x09', 200), true, 'and another authenticator');
select is((select encode(totp_sealed, 'hex') || ' ' || totp_last_step from officer where id = :ada), '09 200', 'is hers');
select is((select string_agg(action, ' ' order by id) from audit where officer_id = :ada and id > (
               select max(id) from audit where action = 'officer.role_take')),
          'officer.sign_out_elsewhere officer.prove officer.password officer.authenticator', 'all of it is in the record');

select * from finish();
rollback;
