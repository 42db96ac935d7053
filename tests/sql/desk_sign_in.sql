-- desk_sign_in.sql: limits of signing in, codes used once, sessions that end.
begin;
set search_path = wardmote, public;
select plan(19);

insert into officer (email, name, password_hash, totp_sealed)
values ('Ada@York.example', 'Ada', 'scrypt', '\x01'), ('tom@york.example', 'Tom', 'scrypt', '\x02');
create function key(text) returns bytea language sql as $$ select sha256($1::bytea) $$;
create function try(who text, place text) returns boolean language sql as $$
    select limited from api.officer_sign_in_lookup(who, key(who), key(place))
$$;

select is((select officer_id is not null from api.officer_sign_in_lookup('ada@york.example', key('ada@york.example'), key('home'))),
          true, 'an address is found whatever its case');
select is((select officer_id from api.officer_sign_in_lookup('nobody@york.example', key('nobody'), key('elsewhere'))),
          null, 'an unknown one gives nobody');
select is((select count(*)::int from failure where key = key('ada@york.example')), 1,
          'a try counts as failed until it succeeds');

-- Success takes it back, and uses the code up.
select tried_at from api.officer_sign_in_lookup('tom@york.example', key('tom'), key('shop')) \gset
select id as tom from officer where name = 'Tom' \gset
select is(api.officer_session_start(:tom, key('session'), 100, key('tom'), key('shop'), :'tried_at'), true,
          'a right code signs in');
select is((select count(*)::int from failure where key in (key('tom'), key('shop'))), 0,
          'and its try no longer counts');
select is(api.officer_session_start(:tom, key('other'), 100, key('tom'), key('shop'), :'tried_at'), false,
          'the same code a second time does not');
select is(api.officer_session_start(:tom, key('other'), 99, key('tom'), key('shop'), :'tried_at'), false,
          'nor does one from before');
select is((select count(*)::int from officer_session where id_hash = key('other')), 0,
          'and no session was made');

-- Ten failures in five minutes, by account and by address.
select try('ada@york.example', 'place ' || n) from generate_series(1, 9) n \g /dev/null
select is(try('ada@york.example', 'place 10'), true, 'the eleventh try for an account is refused');
select is((select officer_id from api.officer_sign_in_lookup('ada@york.example', key('ada@york.example'), key('p'))),
          null, 'and told nothing');
select is(try('tom@york.example', 'place 11'), false, 'another account is not');
select try('who ' || n, 'one place') from generate_series(1, 10) n \g /dev/null
select is(try('who 11', 'one place'), true, 'nor does one address get an eleventh try');
update failure set at = at - interval '5 minutes 1 second';
select is(try('ada@york.example', 'one place'), false, 'five minutes later both may try again');

-- Sessions.
select is((select name from api.officer_session(key('session'))), 'Tom', 'a session is its officer''s');
update officer_session set seen_at = clock_timestamp() - interval '15 minutes 1 second';
select is((select name from api.officer_session(key('session'))), null, '15 idle minutes end it');
update officer_session set seen_at = clock_timestamp(),
    created_at = clock_timestamp() - interval '8 hours 1 second';
select is((select name from api.officer_session(key('session'))), null, 'so do 8 hours');
update officer_session set created_at = clock_timestamp();
update officer set disabled_at = clock_timestamp() where name = 'Tom';
select is((select name from api.officer_session(key('session'))), null, 'so does disabling the officer');
update officer set disabled_at = null;
select api.officer_session_end(key('session'));
select is((select name from api.officer_session(key('session'))), null, 'and signing out');
select is((select string_agg(action, ' ' order by id) from audit), 'officer.sign_in officer.sign_out',
          'both are in the audit');

select * from finish();
rollback;
