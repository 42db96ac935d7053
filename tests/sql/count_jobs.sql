-- count_jobs.sql: a count is asked for, taken, and ended once; a worker that was overtaken stores nothing.
begin;
set search_path = wardmote, public;
select plan(24);

insert into neighbourhood (slug, name, kind) values ('ward', 'Ward', 'ward'), ('other', 'Other', 'ward');
insert into officer (email, name, password_hash, totp_sealed) values ('o@x', 'O', 'h', '\x01'), ('t@x', 'T', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o join neighbourhood n on (o.name, n.slug) in (('O', 'ward'), ('T', 'other'));
select id as o from officer where name = 'O' \gset
select id as t from officer where name = 'T' \gset
create function make(p_slug text, p_number smallint, p_closes interval) returns void language plpgsql as $$
declare v integer;
begin
    insert into round (slug, neighbourhood_id, title, kind, rule, opens_at, closes_at, grace)
    select p_slug, n.id, p_slug, 'approval', 'greedy', now() - interval '1 hour', now() + p_closes, '0'
    from neighbourhood n where n.slug = 'ward' returning id into v;
    insert into pot (round_id, ordinal, name, amount) values (v, 1, 'Pot', 100000);
    insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
    select v, p_number, 'P', 'P', t.id, 1000, 'published' from pot t where t.round_id = v;
    perform api.round_freeze(v, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256(repeat('s', 32)::bytea));
end $$;
create function store(p_slug text, p_job integer, p_attempt integer) returns text language sql as $$
    select api.count_store((select id from officer where name = 'O'), p_slug, repeat('s', 32)::bytea, array[1], array['META'],
                           array['{}'], array['log'], null, p_job, p_attempt)
$$;
create function took() returns text language sql as $$ select slug || ' ' || attempt from api.count_take() $$;
create function job(p_slug text) returns integer language sql as $$
    select max(j.id) from count_job j join round r on r.id = j.round_id where r.slug = p_slug
$$;
create function seen(p_slug text) returns text language sql as $$
    select concat_ws(' ', asked_by, running, step, part, parts, nullif(outcome, ''))
    from api.desk_count_job((select id from officer where name = 'O'), p_slug)
$$;
select make('open', 1275::smallint, '1 hour'), make('one', 1359::smallint, '-1 minute'), make('two', 2714::smallint, '-1 minute');

select is(api.count_ask(:o, 'open'), 'not_closed', 'an open round is not put before the workers');
select is(api.count_ask(:t, 'one'), 'not_found', 'nor another ward''s');
select is(api.count_ask(:o, 'none'), 'not_found', 'nor one that is not there');
select is(took(), null, 'there is nothing to do');
select is(seen('one'), null, 'nothing to see');
insert into inbox (provider, endpoint, message_id, sender_key, sender_sealed, near_key, received_at)
values ('x', '', '1', sha256('a'), '\x', sha256('a'), now() - interval '2 minutes');
select is(api.count_ask(:o, 'one'), 'texts_waiting', 'it waits for texts, which is said at once');
update inbox set state = 'done';
delete from inbox_waiting;
select is(api.count_ask(:o, 'one'), 'asked', 'asked');
select is(api.count_ask(:o, 'one'), 'counting', 'once');
select is(seen('one'), 'O t waiting 0 0', 'it waits');
select is((select count(*)::int from api.desk_count_job(:t, 'one')), 0, 'as its officers see');
select is(api.count_ask(:o, 'two'), 'asked', 'another');
select is(took(), 'one 1', 'the oldest is taken');
select is((select api.count_step(job('one'), 1, 'counting', 1, 1)), true, 'its worker says how far it is');
select is(seen('one'), 'O t counting 1 1', 'which is seen');

-- The worker was taken for dead, and another has it.
select is(took(), 'one 2', 'a session that takes again begins anew');
select is(api.count_step(job('one'), 1, 'keeping', 1, 1), false, 'the first worker is told');
select is(store('one', job('one'), 1), 'taken', 'and stores nothing');
select is(api.count_end(job('one'), 1, 'count_failed'), false, 'nor does it end it');
select is(store('one', job('one'), 2), 'counted', 'the second does');
select is(seen('one'), 'O f keeping 0 1 counted', 'and with the result it is over');
select is(api.count_ask(:o, 'one'), 'counted', 'nobody asks again');

-- One that never comes to an end.
update count_job set attempt = 5 where id = job('two');
select is(took(), null, 'what failed five times is not tried again');
select is(seen('two'), 'O f waiting 0 0 count_failed', 'and says so');
select is(api.count_ask(:o, 'two'), 'asked', 'until somebody asks');

select * from finish();
rollback;
