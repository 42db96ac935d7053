-- sms_outbox.sql: a reply is sent once where the provider can be asked, resent once where it
-- cannot, and receipts move it forwards only.
begin;
set search_path = wardmote, public;
select plan(43);

create function put(n int) returns uuid language sql as $$
    insert into outbox (dedup_key, class, recipient_key, recipient_sealed, sender, body_sealed, segments)
    values ('reply:' || n, 'reply', sha256('x'), 'to', '60777', 'body', 1) returning client_ref
$$;
create function due() returns void language sql as $$
    update outbox set next_at = clock_timestamp() - interval '1 second',
        lease_until = case when lease_until is not null then clock_timestamp() - interval '1 second' end
$$;
create function state() returns text language sql as $$ select state from outbox $$;
create function wait() returns int language sql as $$
    select round(extract(epoch from next_at - clock_timestamp()))::int from outbox
$$;
create table lease (id bigint, token bigint, attempt int);
create function claim(who text, can_ask boolean) returns text language plpgsql as $$
declare n int;
begin
    delete from lease;
    insert into lease
    select c.id, c.token, case when c.ask then 0 else -1 end
    from api.sms_out_claim(8, case when can_ask then array[who] else '{}' end) c;
    update lease l set attempt = b.attempt
    from (select array_agg(id) as ids, count(*)::int as n, max(token) as token
          from lease where attempt = -1) x,
         api.sms_out_begin(x.token, x.ids, array_fill(who, array[x.n]),
                           array_fill(sha256('words'), array[x.n]), array_fill(false, array[x.n]),
                           array[who]) b
    where l.id = b.id;
    delete from lease where attempt = -1;
    return coalesce((select string_agg(attempt::text, ' ') from lease), '');
end $$;
create function finish_with(outcome text, can_ask boolean, after int default null) returns text
language sql as $$
    select api.sms_out_finish(id, attempt, token, outcome, can_ask, 200, 'why', null, after,
                              false) from lease
$$;
create function asked(answer text) returns text language sql as $$
    select api.sms_out_asked(id, token, answer, null, null) from lease
$$;
create function afresh(n int) returns void language sql as $$
    delete from attempt; delete from dlr; delete from outbox;
    update sms_gateway set recent = '', opened = 0, open_until = null;
    select put(n);
$$;

-- The plain road.
select put(1);
select is(claim('handset', true), '1', 'a text to send: attempt 1');
select is((select outcome from attempt), null, 'its attempt is written before the call');
select is((select count(*)::int from api.sms_out_claim(8, array['handset'])), 0,
    'nobody else gets it');
select is(finish_with('accepted', true), 'accepted', 'accepted');
select is(finish_with('retry', true), 'lost', 'a token counts once');
select is(api.sms_delivery((select client_ref from outbox), 'delivered'), 'new', 'delivered');
select is(state(), 'delivered', 'and so it is');
select is(api.sms_delivery((select client_ref from outbox), 'delivered'), 'known', 'told twice');
select is(api.sms_delivery((select client_ref from outbox), 'undelivered'), 'new', 'told otherwise, late');
select is(state(), 'delivered', 'delivered stays');
select is(api.sms_delivery(gen_random_uuid(), 'delivered'), 'orphan', 'no text of ours');

-- Retries.
select afresh(2);
select claim('handset', true);
select is(finish_with('retry', true), 'queued', 'to be tried again');
select ok(wait() between 3 and 7, 'after 5 s, give or take');
select due();
select is(claim('handset', true), '2', 'attempt 2');
select is(finish_with('retry', true, 300), 'queued', 'the provider asks for five minutes');
select ok(wait() between 298 and 301, 'and gets them');
update outbox set attempts = 11;
select due(), claim('handset', true);
select is(finish_with('retry', true), 'dead', 'twelve tries are enough');
select afresh(3);
select claim('handset', true);
select is(finish_with('rejected', true), 'dead', 'rejected for good');
select afresh(4);
update outbox set expires_at = clock_timestamp();
select is(claim('handset', true), '', 'a reply past its time is not sent');
select is(state(), 'expired', 'but said to be expired');

-- Unknown, where the provider can be asked.
select afresh(5);
select claim('handset', true);
select is(finish_with('unknown', true), 'unknown', 'may have been sent');
select ok(wait() between 8 and 10, 'asked after 10 s');
select is(claim('handset', true), '', 'not before');
select due();
select is(claim('handset', true), '0', 'then asked about, not sent');
select is(asked('failed'), 'unknown', 'no word');
select due(), claim('handset', true);
select is(asked('absent'), 'unknown', 'not there yet');
select due(), claim('handset', true), asked('absent'), due(), claim('handset', true);
select is(asked('absent'), 'queued', 'not there after three questions: sent again');
select is(claim('handset', true), '2', 'as attempt 2');
select finish_with('unknown', true), due(), claim('handset', true);
select is(asked('found'), 'accepted', 'this time it is there');

-- Unknown, where it cannot.
select afresh(6);
select claim('kannel', false);
select finish_with('unknown', false);
select ok(wait() between 118 and 120, 'two minutes for a receipt');
select due();
select is(claim('kannel', false), '2', 'then resent');
select finish_with('unknown', false), due();
select is(claim('kannel', false), '', 'once');
select is(state(), 'held', 'then an officer looks');
select afresh(7);
select claim('kannel', false), finish_with('unknown', false);
select api.sms_delivery((select client_ref from outbox), 'accepted');
select is(state(), 'accepted', 'a receipt settles it');

-- A worker that dies or sleeps.
select afresh(8);
select claim('handset', true), due();
select is(claim('handset', true), '', 'a lease that ran out is not sent again');
select is(state() || (select ' ' || outcome from attempt), 'unknown unknown', 'it is unknown');
select is(finish_with('accepted', true), null, 'no lease of ours');
select due(), claim('handset', true);
select is(asked('found'), 'accepted', 'and found when asked about');
select afresh(9);
select claim('handset', true);
update outbox set lease_token = nextval('lease_token');
select is(finish_with('accepted', true), 'lost', 'a late answer of a worker that lost its lease');
select is(state() || (select ' ' || outcome from attempt), 'leased accepted', 'is noted, no more');

-- A receipt that overtakes the answer.
select afresh(10);
select claim('handset', true);
select api.sms_delivery((select client_ref from outbox), 'delivered');
select is(state(), 'leased', 'waits for the answer');
select is(finish_with('unknown', true), 'delivered', 'and then wins over it');
select is((select bool_and(applied) from dlr), true, 'every receipt is applied');
select * from finish();
rollback;
