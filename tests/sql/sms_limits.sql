-- sms_limits.sql: what keeps sending within bounds: hours for bulk, stops, limits a number, loops,
-- buckets, breakers, the day's budget; by whom a text goes, and what an officer can do.
begin;
set search_path = wardmote, public;
select no_plan();

-- Hours for bulk, by the clocks of York. They go forward on 29 March and back on 25 October 2026.
select is(api.sms_bulk_at(t.at::timestamptz), t.wanted::timestamptz, 'row 13: ' || t.at || ', ' || t.why)
from (values
    ('2026-01-15 12:00Z', '2026-01-15 12:00Z', 'midday'),
    ('2026-01-15 08:59:59Z', '2026-01-15 09:00Z', 'a second too early'),
    ('2026-01-15 09:00Z', '2026-01-15 09:00Z', 'on the hour'),
    ('2026-01-15 19:59:59.999Z', '2026-01-15 19:59:59.999Z', 'just in time'),
    ('2026-01-15 20:00Z', '2026-01-16 09:00Z', 'too late'),
    ('2026-03-28 20:30Z', '2026-03-29 08:00Z', 'the night the clocks go forward'),
    ('2026-03-29 00:59:59Z', '2026-03-29 08:00Z', 'a second before they do'),
    ('2026-03-29 01:00Z', '2026-03-29 08:00Z', 'and when they do'),
    ('2026-03-29 07:59Z', '2026-03-29 08:00Z', 'the morning after'),
    ('2026-03-29 08:00Z', '2026-03-29 08:00Z', 'nine in summer time'),
    ('2026-07-01 19:00Z', '2026-07-02 08:00Z', 'eight on a summer evening'),
    ('2026-10-24 18:59Z', '2026-10-24 18:59Z', 'the last evening of summer time'),
    ('2026-10-24 19:30Z', '2026-10-25 09:00Z', 'the night the clocks go back'),
    ('2026-10-25 00:30Z', '2026-10-25 09:00Z', 'half past one'),
    ('2026-10-25 01:30Z', '2026-10-25 09:00Z', 'half past one again'),
    ('2026-10-25 08:30Z', '2026-10-25 09:00Z', 'half past eight in winter time'),
    ('2026-12-31 20:00Z', '2027-01-01 09:00Z', 'the end of the year')) t(at, wanted, why);

-- Texts to send; key 'a' is a number.
create function put(who text, of_class text default 'reply', parts int default 1) returns bigint
language sql as $$
    insert into outbox (dedup_key, class, recipient_key, recipient_sealed, sender, body_sealed, segments)
    values (gen_random_uuid()::text, of_class, sha256(who::bytea), 'to', '60777', 'body', parts)
    returning id
$$;
create table lease (id bigint, token bigint, attempt int, provider text);
-- Leases what is due and begins it; which texts went, and by whom.
create function go(route text default 'handset', words text default null, abroad boolean default false)
returns text language plpgsql as $$
declare n int; v_token bigint; v_ids bigint[];
begin
    delete from lease;
    select max(token), array_agg(c.id) filter (where not c.ask), count(*) filter (where not c.ask)
    into v_token, v_ids, n from api.sms_out_claim(40, '{notify,twilio,handset}') c;
    if n > 0 then
        insert into lease select b.id, v_token, b.attempt, b.provider
        from api.sms_out_begin(v_token, v_ids, array_fill(route, array[n]),
            (select array_agg(sha256(coalesce(words, i::text)::bytea)) from unnest(v_ids) i),
            array_fill(abroad, array[n]), '{notify,twilio,handset,kannel}') b;
    end if;
    return coalesce((select string_agg(l.provider, ' ' order by l.id) from lease l), '');
end $$;
create function done(outcome text, day boolean default false) returns text language sql as $$
    select string_agg(api.sms_out_finish(l.id, l.attempt, l.token, outcome, true, 200, 'why', null, null, day), ' ')
    from lease l
$$;
create function due() returns void language sql as $$
    update outbox set next_at = clock_timestamp() - interval '1 second' where state in ('queued', 'unknown')
$$;
create function afresh() returns void language sql as $$
    delete from attempt; delete from dlr; delete from outbox; delete from sms_stop; delete from sms_budget;
    delete from sms_alarm; delete from sms_receipt_early;
    update sms_gateway set recent = '', opened = 0, open_until = null, probing = false, paused_until = null,
        tokens = burst, tokens_at = clock_timestamp(), price = 0, price_abroad = 0;
    update sms_limits set day_pence = null;
$$;
create function say() returns text language sql as $$
    select string_agg(state || coalesce(':' || last_error, ''), ' ' order by id) from outbox
$$;
-- A bulk text may go now, whatever the hour: the test runs at night too.
create function any_hour() returns void language sql as $$
    create or replace function api.sms_bulk_at(p_at timestamptz) returns timestamptz language sql as 'select $1'
$$;

-- By whom.
select afresh();
select put('a'), put('b');
select is(go('notify twilio'), 'notify notify', 'the first of the route');
select done('accepted');
select afresh();
select put('a');
update sms_gateway set paused_until = clock_timestamp() + interval '1 hour' where name = 'notify';
select is(go('notify twilio'), 'twilio', 'the next when that is paused');
select afresh();
select put('a');
select go('notify twilio'), done('retry'), due();
update sms_gateway set open_until = clock_timestamp() + interval '1 hour', opened = 1 where name = 'notify';
select is(go('notify twilio'), 'twilio', 'a text that surely was not sent may go by another');
select afresh();
select put('a');
select go('notify twilio'), done('unknown');
update outbox set state = 'queued', next_at = clock_timestamp();
update sms_gateway set open_until = clock_timestamp() + interval '1 hour', opened = 1 where name = 'notify';
select is(go('notify twilio'), '', 'one that was ever unknown waits for its own');
select is(say(), 'queued:gateway', 'and says for what');
select ok(next_at > clock_timestamp() + interval '59 minutes', 'no sooner than the breaker closes') from outbox;
select afresh();
select put('a');
select is(go('pigeon'), '', 'a route that this worker knows nothing of');
select is(say(), 'queued:gateway', 'waits');

-- The breaker: five of twenty open it, one probe decides.
select afresh();
select put('n' || i) from generate_series(1, 5) i;
select go('handset'), done('retry');
select is((select recent || ' ' || opened from sms_gateway where name = 'handset'), 'xxxxx 1', 'five failures open it');
select ok((select open_until between clock_timestamp() + interval '28 s' and clock_timestamp() + interval '30 s'
           from sms_gateway where name = 'handset'), 'for half a minute');
select due();
select is(go(), '', 'nothing goes');
select is((select name from sms_alarm), 'breaker:handset', 'an alarm');
select is((select count(*)::int from api.sms_alarms()), 1, 'is told');
select is((select count(*)::int from api.sms_alarms()), 0, 'once');
update sms_gateway set open_until = clock_timestamp() where name = 'handset';
select due();
select is(go(), 'handset', 'then one: the probe');
select done('retry');
select ok((select open_until > clock_timestamp() + interval '58 s' from sms_gateway where name = 'handset'),
    'it fails: twice as long');
update sms_gateway set open_until = clock_timestamp() where name = 'handset';
select due();
select go(), done('accepted');
select is((select recent || opened || coalesce(open_until::text, '') from sms_gateway where name = 'handset'), '0',
    'it works: closed');
select due();
select is(go(), 'handset handset handset handset', 'and all go');
update sms_gateway set opened = 9, probing = true where name = 'handset';
select done('unknown');
select ok((select open_until < clock_timestamp() + interval '601 s' from sms_gateway where name = 'handset'),
    'never longer than ten minutes');
select afresh();
select put('m' || i) from generate_series(1, 4) i;
select go(), done('unknown');
select is((select opened::int from sms_gateway where name = 'handset'), 0, 'four do not');

-- A daily limit.
select afresh();
select put('a');
select go('notify twilio'), done('retry', true);
select is((select paused_until from sms_gateway where name = 'notify'),
    (date_trunc('day', clock_timestamp() at time zone 'UTC') + interval '1 day') at time zone 'UTC',
    'the provider rests until midnight UTC');
select due();
select is(go('notify twilio'), 'twilio', 'another takes over');
select afresh();
select put('a');
select go('notify twilio');
update sms_gateway set paused_until = 'infinity' where name = 'notify';
select done('retry', true);
select is((select paused_until from sms_gateway where name = 'notify'), 'infinity', 'it does not end an officer''s pause');

-- Buckets.
select afresh();
select put('r' || i) from generate_series(1, 5) i;
update sms_gateway set rate = 0.001, burst = 3, tokens = 3 where name = 'handset';
select is(go(), 'handset handset handset', 'a burst of three');
select is(say(), 'leased leased leased queued:gateway queued:gateway', 'the others wait');
update sms_gateway set rate = 5000, burst = 5000 where name = 'handset';
select afresh();
select put('r' || i) from generate_series(1, 5) i;
update sms_limits set rate = 0.001, tokens = 0.5;
select is(go(), '', 'the bucket of all texts is empty');
select is(say(), 'queued queued queued queued queued', 'and they wait where they stand: none was taken up');
update sms_limits set rate = 2.5, tokens = 2.5;
select is(go(), 'handset handset', 'as many go as it has tokens');
select is(say(), 'leased leased queued queued queued', 'and the others still wait');
update sms_limits set rate = 5000, tokens = 5000;
select afresh();
select put('r' || i) from generate_series(1, 2) i;
update sms_limits set rate = 3, tokens = 0, tokens_at = clock_timestamp() + interval '5 seconds';
select is(api.sms_out_room(clock_timestamp(), '{handset}'), 0::bigint, 'looked at a little later than now: empty, not less');
update sms_limits set tokens_at = clock_timestamp() + interval '1 hour';
update sms_gateway set tokens = 0, tokens_at = clock_timestamp() + interval '1 hour' where name = 'handset';
select is(go(), 'handset handset', 'the clock was set back: sending does not wait until it is there again');
select is((select tokens_at <= clock_timestamp() from sms_limits), true, 'and the bucket goes on from now');
update sms_limits set rate = 5000, tokens = 5000;

-- A number.
select afresh();
select put('a') from generate_series(1, 31);
select is(array_length(string_to_array(go(), ' '), 1), 30, 'thirty replies an hour');
select is((select state || ':' || last_error from outbox order by id desc limit 1), 'cancelled:limit', 'no more');
select put('b');
select is(go(), 'handset', 'another number has its own');
update outbox set created_at = created_at - interval '61 minutes';
select put('a');
select is(go(), 'handset', 'an hour later they start again');
select afresh();
select put('a') from generate_series(1, 11);
select is(array_length(string_to_array(go('handset', 'the same'), ' '), 1), 10, 'the same words ten times');
select is((select last_error from outbox order by id desc limit 1), 'loop', 'then it is a loop');

select afresh();
select is(left_now, 30, 'thirty left') from api.sms_replies_left(sha256('a'));
select put('a') from generate_series(1, 29);
select is(left_now, 1, 'the last one says so') from api.sms_replies_left(sha256('a'));
update outbox set created_at = clock_timestamp() - interval '61 minutes';
select is((select left_now from api.sms_replies_left(sha256('a'))), 30, 'an old hour is over');
update outbox set created_at = date_trunc('hour', clock_timestamp()) - interval '20 minutes' where id % 2 = 0;
select ok(again > clock_timestamp() and again <= clock_timestamp() + interval '2 hours'
          and again_words ~ '^\d{4}-\d\d-\d\d \d\d:00$', 'until ' || again_words)
from api.sms_replies_left(sha256('a'));

-- Bulk, stops and starts.
select afresh();
select any_hour(), put('a', 'bulk'), put('b', 'bulk');
select is(go(), 'handset handset', 'bulk at a good hour');
select afresh();
select put('a', 'bulk');
select api.sms_stop(sha256('a'));
select is(say(), 'cancelled:stopped', 'row 14: STOP ends what waits');
select put('a', 'bulk'), put('a', 'reply'), put('b', 'bulk');
select is(go(), 'handset handset', 'row 14: and what comes, but votes are answered');
select is(say(), 'cancelled:stopped cancelled:stopped leased leased', 'row 14: and nobody else is stopped');
select is(api.sms_start(sha256('a')), true, 'row 14: START');
select is(api.sms_start(sha256('a')), false, 'twice');
select afresh();
select put('a');
select go(), done('blocked');
select is(say() || ' ' || (select outcome from attempt), 'dead:why rejected', 'row 14: the provider blocks');
select put('a', 'reply');
select go();
select is((select state || ':' || last_error from outbox order by id desc limit 1), 'cancelled:blocked', 'row 14: then no reply either');
select afresh();
select put('a', 'bulk') from generate_series(1, 7);
select is(array_length(string_to_array(go(), ' '), 1), 6, 'six bulk texts an hour');
select afresh();
select put('a', 'bulk') from generate_series(1, 21);
update outbox set created_at = created_at - id % 20 * interval '65 minutes';
select go(), done('accepted'), due();
select ok((select count(*) from outbox where state = 'accepted') <= 20, 'twenty a day');
select afresh();
select put('z', 'bulk'), put('a');
select is((select string_agg(class, ' ' order by n) from (
    select o.class, row_number() over () as n from api.sms_out_claim(1, '{}') c join outbox o using (id)) x),
    'reply', 'replies go before bulk');
create or replace function api.sms_bulk_at(p_at timestamptz) returns timestamptz language sql as
    'select $1 + interval ''3 hours''';
select afresh();
select put('a', 'bulk');
select is(go(), '', 'bulk at night');
select is(say(), 'queued:hours', 'waits');
select ok(next_at > clock_timestamp() + interval '179 minutes', 'until the morning') from outbox;
select any_hour();

-- The budget.
select afresh();
update sms_gateway set price = 10, price_abroad = 50 where name = 'handset';
update sms_limits set day_pence = 100;
select put('a', 'reply', 2), put('b', 'bulk', 3);
select is(go(), 'handset handset', 'within it');
select is((select reserved from sms_budget), 50.0, 'two segments and three at ten pence');
select put('c', 'bulk', 4);
select is(go(), '', 'bulk may use four fifths');
select is((select name from sms_alarm), 'budget_bulk', 'with an alarm');
select put('d', 'reply', 3);
select is(go(), 'handset', 'replies all of it');
select is((select string_agg(name, ' ' order by name) from sms_alarm), 'budget_bulk budget_low', 'with another at four fifths');
select put('e', 'reply', 3);
select is(go(), '', 'and not a penny more');
select is((select reserved from sms_budget), 80.0, 'as it stands there');
select is((select last_error from outbox order by id desc limit 1), 'budget', 'it waits');
-- In the first hour of a day of 25 it has expired before that.
select is(next_at, least(((clock_timestamp() at time zone 'Europe/London')::date + 1)::timestamp at time zone 'Europe/London', expires_at),
    'for tomorrow') from outbox order by id desc limit 1;
select put('f', 'reply', 1);
select is(go('handset', null, true), '', 'a text abroad costs more');
insert into officer (email, name, password_hash, totp_sealed) values ('o@york.example', 'O', 'x', 'x');
insert into officer_role (officer_id, role) select id, 'sms_operator' from officer;
select api.desk_sms_budget((select max(id) from officer), 200);
select is(array_length(string_to_array(go(), ' '), 1), 3, 'an officer raises it: what waited goes at once');
select is((select reserved from sms_budget), 160.0, 'and is paid for');
select done('retry');
select is((select reserved from sms_budget), 80.0, 'what surely was not sent costs nothing');
select is((select count(*)::int from outbox where reserved > 0 and state = 'queued'), 0, 'nor does it stand so');
select afresh();
update sms_gateway set price = 10 where name = 'handset';
update sms_limits set day_pence = 15;
select put('a');
select go(), done('unknown');
select due();
select is((select reserved from sms_budget), 10.0, 'what may have been sent is paid for');
select api.sms_out_asked(c.id, c.token, 'absent', null, null) from api.sms_out_claim(1, '{handset}') c;
select due();
select api.sms_out_asked(c.id, c.token, 'absent', null, null) from api.sms_out_claim(1, '{handset}') c;
select due();
select api.sms_out_asked(c.id, c.token, 'absent', null, null) from api.sms_out_claim(1, '{handset}') c;
select is(say() || (select reserved from sms_budget), 'queued:why0.0000', 'until it turns out that it was not');

-- Receipts by the provider's id, also before we know it; ids that other texts have.
select afresh();
select put('a'), put('b');
select go();
select is(api.sms_delivery_id('handset', 'p-1', 'delivered'), 'early', 'a receipt overtakes the answer');
select api.sms_out_finish(l.id, l.attempt, l.token, 'accepted', true, 200, null, 'p-1', null, false)
from lease l where l.id = (select min(id) from outbox);
select is((select state from outbox order by id limit 1), 'delivered', 'and is found when the id is known');
select is((select count(*)::int from sms_receipt_early), 0, 'and forgotten');
select is(api.sms_delivery_id('handset', 'p-1', 'accepted'), 'new', 'a late one finds it at once');
select is((select state from outbox order by id limit 1), 'delivered', 'and changes nothing');
select api.sms_out_finish(l.id, l.attempt, l.token, 'unknown', true, null, 'cut', null, null, false)
from lease l where l.id = (select max(id) from outbox);
select due();
select api.sms_out_asked(c.id, c.token, 'found', 'p-1', null) from api.sms_out_claim(1, '{handset}') c;
select is((select state || asked from outbox order by id desc limit 1), 'unknown1', 'an id of another text is not this one');
select due();
select api.sms_out_asked(c.id, c.token, 'found', 'p-1 p-2', null) from api.sms_out_claim(1, '{handset}') c;
select is((select state || provider_id from outbox order by id desc limit 1), 'acceptedp-2', 'the next one is');

-- Leases without an attempt, and dead letters.
select afresh();
select put('a');
select is((select count(*)::int from api.sms_out_claim(1, '{}')), 1, 'claimed');
update outbox set lease_until = clock_timestamp() - interval '1 second';
select is(go(), 'handset', 'a worker that died before its attempt: nothing was sent, so it goes again');
select is((select attempt from lease), 1, 'as the first attempt');
select done('rejected');
select is(say(), 'dead:why', 'dead');
select is(api.desk_sms_replay((select max(id) from officer), gen_random_uuid()), 'not_found', 'no such text');
select is(api.desk_sms_replay((select max(id) from officer), (select client_ref from outbox)), 'queued', 'an officer sends it again');
select is(go(), 'handset', 'it goes');
select is((select attempt from lease), 2, 'with its attempts told on');
select is(api.desk_sms_replay((select max(id) from officer), (select client_ref from outbox)), 'not_over', 'not while it is under way');
update outbox set attempts = 13, tries_from = 1;
update lease set attempt = 13;
insert into attempt (outbox_id, n, provider) select id, 13, 'handset' from outbox;
select done('retry');
select is(say(), 'dead:why', 'twelve new tries');
update outbox set body_sealed = null;
select is(api.desk_sms_replay((select max(id) from officer), (select client_ref from outbox)), 'erased', 'its words are gone');
select is((select count(*)::int from audit where action = 'sms.replay'), 1, 'what was done is noted');
select afresh();
select put('a', 'bulk');
select go('kannel'), done('unknown'), due();
select is(go('kannel'), '', 'bulk by a provider that cannot be asked');
select is(say(), 'held:why', 'is never sent again by itself');

-- A text in that was given up.
select api.sms_receive('handset', '60777', 'd', null, sha256('x'), 's', sha256('y'), 'b', false);
update inbox set state = 'dead', attempts = 8;
delete from inbox_waiting;
select is(api.desk_sms_replay_inbox((select max(id) from officer), (select id from inbox)), 'queued', 'is read once more');
select is(api.desk_sms_replay_inbox((select max(id) from officer), (select id from inbox)), 'not_over', 'once');
select is((select count(*)::int from api.sms_claim(1)), 1, 'by intake');

-- A text that waited in the spool was received then.
select is(api.sms_receive_late('notify', '60777', 'late', null, sha256('x'), 's', sha256('y'), 'b', false, 600000), 'new', 'late');
select ok(received_at between clock_timestamp() - interval '601 s' and clock_timestamp() - interval '599 s', 'ten minutes ago')
from inbox where message_id = 'late';

-- Polling.
select is((select known_until is null and whole from api.sms_poll_begin('notify')), true, 'the first time: all');
select is((select count(*)::int from api.sms_poll_begin('notify')), 0, 'by one worker');
select api.sms_poll_end('notify', true, 5, true);
select is((select count(*)::int from api.sms_poll_begin('notify')), 0, 'not again within the minute');
select is((select count(*)::int from sms_alarm where name like 'webhook%'), 0, 'what is old at the first reading is no loss');
update sms_poll set last_ok = last_ok - interval '2 minutes';
select is((select whole from api.sms_poll_begin('notify')), false, 'then what is new');
select api.sms_poll_end('notify', false, 1, true);
select is((select count(*)::int from sms_alarm where name = 'webhook_lost:notify'), 1, 'a text whose webhook never came');
update sms_poll set last_ok = last_ok - interval '2 minutes', last_full = last_full - interval '26 hours';
select is((select whole from api.sms_poll_begin('notify')), true, 'all once a night');
select * from finish();
rollback;
