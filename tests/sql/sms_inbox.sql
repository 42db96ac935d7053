-- sms_inbox.sql: a text comes in once, is claimed in its sender's order, and never lost or charged
-- for another's poison.
begin;
set search_path = wardmote, public;
select plan(50);

create function key(int) returns bytea language sql as $$ select sha256(convert_to($1::text, 'UTF8')) $$;
create function receive(who int, words int, message text) returns text language sql as $$
    select api.sms_receive('kannel', '60777', message, clock_timestamp(), key(who), 'sender',
                           key(who * 1000 + words), 'body', false)
$$;
create function claimed() returns text language sql as $$
    select coalesce(string_agg(message_id || case when alone then '!' else '' end, ' ' order by id), '')
    from api.sms_claim(64)
$$;
create function run_out() returns void language sql as $$
    update inbox_lease set until = clock_timestamp() - interval '1 second';
    update inbox_waiting set next_at = now()
$$;
create function states() returns text language sql as $$
    select string_agg(message_id || ':' || state, ' ' order by id) from inbox
$$;
create function answer_all(what text, quiet boolean default false) returns integer
language sql as $$
    select coalesce(sum(api.sms_answer(l.token, l.ids, array_fill('done'::text, c.n),
        array_fill(what, c.n), array_fill('to'::bytea, c.n), array_fill('reply'::bytea, c.n),
        array_fill('60777'::text, c.n), array_fill(1, c.n), array_fill(quiet, c.n))), 0)::int
    from inbox_lease l, lateral (select array[cardinality(l.ids)] as n) c
$$;

-- Who may call what.
select ok(has_function_privilege('wardmote_web',
    'api.sms_receive(text,text,text,timestamptz,bytea,bytea,bytea,bytea,boolean,text)', 'execute'),
    'the server takes texts in');
select ok(not has_function_privilege('wardmote_web', 'api.sms_claim(integer, boolean)', 'execute'),
    'the server does not claim them');
select ok(not has_function_privilege('wardmote_desk', f.oid, 'execute'), f.proname || ' is not the desk''s')
from pg_proc f where f.pronamespace = 'api'::regnamespace
    and f.proname in ('sms_receive', 'sms_claim', 'sms_out_claim', 'sms_delivery');
select is((select count(*)::int from information_schema.table_privileges
           where grantee in ('wardmote_sms', 'wardmote_web', 'wardmote_desk')
             and table_schema = 'wardmote' and table_name in ('inbox', 'outbox', 'attempt', 'dlr')),
    0, 'no daemon touches the tables');

-- Once, however often it comes.
select is(receive(1, 1, 'a'), 'new', 'a text comes in');
select is(receive(1, 1, 'a'), 'known', 'it comes again');
select is(receive(2, 2, 'a'), 'known', 'the same id with other words: the first wins');
select is(api.sms_receive('handset', '60777', 'a', null, key(1), 's', key(9), 'b', false), 'new',
    'another provider''s id is another text');
select is(api.sms_receive('handset', '', 'q', null, key(7), 's', key(9), 'b', true), 'new',
    'unreadable: kept');
select is((select state from inbox where message_id = 'q'), 'quarantined', 'but never processed');
delete from inbox;
delete from inbox_waiting;

-- Many at once: each once, in the order given, whether or not some are known.
create function receive_all(variadic messages text[]) returns text language sql as $$
    select r.fresh || ' ' || r.quarantined
    from cardinality(messages) n, api.sms_receive_all(
        array_fill('kannel'::text, array[n]), array_fill('60777'::text, array[n]), messages,
        array_fill(null::timestamptz, array[n]), array_fill(key(1), array[n]), array_fill('s'::bytea, array[n]),
        array_fill(key(2), array[n]), array_fill('b'::bytea, array[n]),
        array(select m like 'q%' from unnest(messages) m), array_fill(null::text, array[n])) r
$$;
select is(receive_all('m2', 'q1', 'm1'), '3 1', 'three, one of them unreadable');
select is(receive_all('m3', 'm1', 'q2', 'm3', 'q1', 'q2', 'm4'), '3 1', 'two were known, two come twice');
select is(states(), 'm2:new q1:quarantined m1:new m3:new q2:quarantined m4:new', 'each once, as they came');
delete from inbox;
delete from inbox_waiting;

-- In a sender's order.
select receive(1, 1, 'a1'), receive(1, 2, 'a2'), receive(2, 1, 'b1');
select is(claimed(), 'a1 b1', 'each sender''s oldest');
select is(claimed(), '', 'a leased text holds back its sender''s next');
select is((select count(*)::int from api.sms_hold(-1)), 0, 'another token holds nothing');
select is(api.sms_answer(-1, array[(select id from inbox where message_id = 'a1')], array['done'],
    array['recorded'], array['to'::bytea], array['r'::bytea], array['60777'], array[1], array[false]),
    0, 'a lost lease answers nothing');
select is(answer_all('recorded'), 2, 'both are answered');
select is(claimed(), 'a2', 'then the next');
select is((select count(*)::int from outbox where class = 'reply' and state = 'queued'), 2,
    'with a reply each');
select answer_all('recorded');

-- A failed claim is claimed alone, and only then counted.
select receive(3, 1, 'c'), receive(4, 1, 'd');
select is(claimed(), 'c d', 'claimed together');
select run_out();
select is(claimed(), 'c!', 'a lease that ran out: alone');
select is(claimed(), 'd!', 'each');
select is((select array_agg(attempts order by id) from inbox where message_id in ('c', 'd')),
    array[1, 1]::smallint[], 'single claims count');
select is((select count(*)::int from (select api.sms_release(l.token) from inbox_lease l
                                      join inbox i on i.id = any (l.ids) where message_id = 'd') r), 1, 'd is given back');
select ok((select next_at > clock_timestamp() from inbox join inbox_waiting on inbox_id = id where message_id = 'd'), 'to wait a while');
select run_out();
-- Trouble of our own charges nothing, neither what is held nor what somebody has set apart since.
select is(claimed(), 'c!', 'c alone');
select is((select api.sms_release(l.token, 'ours') from inbox_lease l), 1, 'given back');
select is((select attempts || ' ' || alone from inbox join inbox_waiting on inbox_id = id where message_id = 'c'), '1 true', 'as it was');
select ok((select next_at > clock_timestamp() from inbox join inbox_waiting on inbox_id = id where message_id = 'c'), 'to wait a while');
delete from inbox_lease;
select is((select api.sms_release(-1, 'ours', array[i.id], true) from inbox i where message_id = 'c'), 0,
    'when the lease ran out');
select is((select attempts || ' ' || alone from inbox join inbox_waiting on inbox_id = id where message_id = 'c'), '0 true', 'the try is written off');
select api.sms_release(-1, 'full', array[i.id], false) from inbox i where message_id = 'c';
select is((select attempts || ' ' || alone from inbox join inbox_waiting on inbox_id = id where message_id = 'c'), '0 false', 'and it is of the batch again');
select api.sms_release(-1, 'failed', array[i.id], false) from inbox i where message_id = 'c';
select is((select attempts || ' ' || alone from inbox join inbox_waiting on inbox_id = id where message_id = 'c'), '0 false', 'a failure says nothing of it');
update inbox set attempts = 1 where message_id = 'c';
update inbox_waiting set alone = true where inbox_id = (select id from inbox where message_id = 'c');
select run_out();
-- c is poison: whoever claims it dies. d and e are answered when their turn comes.
create function claim_many(times int) returns void language plpgsql as $$
begin
    for i in 1 .. times loop
        perform claimed();
        perform answer_all('help');
        perform run_out();
    end loop;
end $$;
create or replace function answer_all(what text, quiet boolean default false) returns integer
language sql as $$
    select coalesce(sum(api.sms_answer(l.token, l.ids, array['done'], array[what],
        array['to'::bytea], array['reply'::bytea], array['60777'], array[1], array[quiet])), 0)::int
    from inbox_lease l join inbox i on i.id = l.ids[1] where i.message_id <> 'c'
$$;
select receive(5, 1, 'e'), claim_many(12);
select is((select state || attempts from inbox where message_id = 'c'), 'dead8',
    'poison is dead after eight');
select is((select string_agg(state || attempts, ' ' order by id) from inbox
           where message_id in ('d', 'e')), 'done2 done0', 'innocents are answered, not charged');
select is((select count(*)::int from inbox i full join inbox_waiting w on w.inbox_id = i.id
           where (i.state = 'new') is distinct from (w.inbox_id is not null)), 0,
    'what is new waits, and nothing else does');

-- What is over, though somebody's own SQL has it wait, is not judged once more.
insert into inbox_waiting (inbox_id, sender_key) select id, sender_key from inbox where message_id = 'e';
select is((select count(*)::int from api.sms_claim(64) c, api.sms_hold(c.token)), 0, 'a text that is over is not held');
select is((select count(*)::int from inbox_waiting), 0, 'and waits no more');

-- Repeats.
delete from inbox;
delete from inbox_waiting;
select receive(6, 1, 'f1');
select is((select bool_or(h.repeats) from api.sms_claim(64) c, api.sms_hold(c.token) h), false,
    'the first is no repeat');
select answer_all('help');
select receive(6, 1, 'f2');
select is((select bool_or(h.repeats) from api.sms_claim(64) c, api.sms_hold(c.token) h), true,
    'the same words soon after are');
select answer_all('help');
select receive(6, 2, 'f3');
select is((select bool_or(h.repeats) from api.sms_claim(64) c, api.sms_hold(c.token) h), false,
    'other words are not');
select answer_all('refused');
select receive(6, 1, 'f4');
select is((select bool_or(h.repeats) from api.sms_claim(64) c, api.sms_hold(c.token) h), false,
    'the first words again, with others between, are not');
select answer_all('refused_closed');
select receive(6, 1, 'f5');
select is((select bool_or(h.repeats) from api.sms_claim(64) c, api.sms_hold(c.token) h), false,
    'words that were refused are judged afresh');
select answer_all('recorded');
update inbox set received_at = received_at - interval '121 seconds';
select receive(6, 1, 'f6');
select is((select bool_or(h.repeats) from api.sms_claim(64) c, api.sms_hold(c.token) h), false,
    'after two minutes it is no repeat');

-- Passive replies: three an hour.
delete from inbox;
delete from inbox_waiting;
delete from outbox;
select receive(8, n, 'h' || n), claimed(), answer_all('help', true) from generate_series(1, 5) n;
select is((select count(*)::int from outbox), 3, 'help three times, then silence');
select is((select count(*)::int from inbox where state = 'done'), 5, 'all five are done');
select * from finish();
rollback;
