-- bulk.sql: bulk texts: only to those who asked, one for a number and an occasion, by the database's
-- clock, not at night, not while paused, and not when what they say is no longer so.
begin;
set search_path = wardmote, public;
select no_plan();

insert into neighbourhood (slug, name, kind) values ('york', 'York', 'city');
insert into neighbourhood (slug, name, kind, parent_id)
select w.slug, w.name, 'ward', n.id from neighbourhood n, (values ('acomb', 'Acomb'), ('heworth', 'Heworth')) w(slug, name);
select id as york from neighbourhood where slug = 'york' \gset
select id as acomb from neighbourhood where slug = 'acomb' \gset
select id as heworth from neighbourhood where slug = 'heworth' \gset
insert into officer (email, name, password_hash, totp_sealed) values ('a@x', 'Ann', 'h', ''), ('h@x', 'Hal', 'h', '');
insert into officer_area select o.id, case o.name when 'Ann' then :acomb else :heworth end from officer o;
select id as ann from officer where name = 'Ann' \gset
select id as hal from officer where name = 'Hal' \gset

-- What the round's own triggers keep, this test must move: the clock does not wait for it.
create function move(of_slug text, opens interval, closes interval) returns void language plpgsql as $$
declare v_now timestamptz := clock_timestamp();
begin
    set local session_replication_role = replica;
    update round set opens_at = v_now + opens, closes_at = v_now + closes where slug = of_slug;
    set local session_replication_role = origin;
end $$;
create function state(of_slug text, s text) returns void language plpgsql as $$
begin
    set local session_replication_role = replica;
    update round set state = s, scheduled_at = now(), rules_text = 'r', rules_sha256 = sha256('r'), k_pseudonym = '\x01',
        k_nonce = '\x02', seed = '\x03' where slug = of_slug;
    set local session_replication_role = origin;
end $$;
insert into round (slug, neighbourhood_id, title, kind)
values ('a', :acomb, 'Acomb 2027', 'approval'), ('city', :york, 'York 2027', 'approval');

-- A round that closes on the evening on which the clocks changed: the text that is due the evening before waits for nine in
-- the morning, whichever way they went.
create function next_sunday(in_month int) returns date language sql as $$
    select d::date from generate_series(current_date + 3, current_date + 400, interval '1 day') d
    where extract(month from d) = in_month and extract(dow from d) = 0 and extract(day from d) >= 25 order by d limit 1
$$;
create function closing_at(in_month int) returns timestamp language plpgsql as $$
begin
    update round set opens_at = now(), closes_at = (next_sunday(in_month) + time '21:00') at time zone 'Europe/London' where slug = 'a';
    return (select first_at at time zone 'UTC' from api.desk_bulk((select id from officer where name = 'Ann'), 'a') where occasion = 'closing');
end $$;
select is(closing_at(3), next_sunday(3) + time '08:00', 'forward: nine o''clock is eight by UTC');
select is(closing_at(10), next_sunday(10) + time '09:00', 'back: nine o''clock is nine');
update round set opens_at = null, closes_at = null;
create or replace function api.sms_bulk_at(p_at timestamptz) returns timestamptz language sql as 'select $1';

-- Asking: by the box on the web, once the digits prove the number.
create function give(who text, area int) returns void language sql as $$
    select api.sms_consent_give(sha256(who::bytea), who::bytea, area, 'web', 'the box')
$$;
create function consents() returns text language sql as $$
    select string_agg(concat_ws(':', convert_from(number_sealed, 'UTF8'), (select slug from neighbourhood where id = neighbourhood_id), door, ended_by), ' ' order by id)
    from sms_consent
$$;
select api.sign_in_begin(md5(n.n)::uuid, sha256(n.n::bytea), n.n::bytea, sha256('1'), '\xBB', 'acomb', '', sha256('a'), sha256('n'), n.news)
from (values ('ann', 'Text me news'), ('bob', null)) n(n, news);
select is(consents(), null, 'a ticked box alone is no consent');
select api.sign_in_check(md5('ann')::uuid, sha256('2'), sha256('a'), sha256('n'));
select is(consents(), null, 'nor with wrong digits');
select api.sign_in_check(md5(n)::uuid, sha256('1'), sha256('a'), sha256('n')) from unnest('{ann,bob}'::text[]) n;
select is(consents(), 'ann:acomb:web', 'with the right ones it is; no box, no consent');
select is((select wording || ' ' || (given_at between now() and clock_timestamp()) from sms_consent), 'Text me news true', 'with its words and time');

-- By text; STOP ends it; NEWS begins it again.
create function text(who text, what text) returns void language plpgsql as $$
declare v_id bigint; v_token bigint;
begin
    insert into inbox (provider, endpoint, message_id, sender_key, sender_sealed, near_key, body_sealed)
    values ('kannel', '60777', gen_random_uuid()::text, sha256(who::bytea), who::bytea, sha256(gen_random_uuid()::text::bytea), 'w') returning id into v_id;
    select token into v_token from api.sms_claim(10) where id = v_id;
    perform api.sms_answer(v_token, array[v_id], '{done}', array[what], array[who::bytea], array['body'::bytea], '{60777}', '{1}', '{true}');
end $$;
select text('cat', 'news');
select is(consents(), 'ann:acomb:web cat:text', 'NEWS asks, from nobody knows where');
select is((select wording from sms_consent where door = 'text'), api.news_words('en'), 'in the words of the page');
select text('ann', 'stop');
select is(consents(), 'acomb:web:text cat:text', 'STOP ends it, and the number goes');
select text('ann', 'start');
select is((select count(*)::int from sms_stop), 0, 'START takes STOP back');
select is((select count(*)::int from sms_consent where ended_at is null), 1, 'and asks for nothing');
select text('ann', 'stop');
select text('ann', 'news');
select is(consents(), 'acomb:web:text cat:text ann:acomb:text', 'NEWS asks again; the number''s voter says where');
select is((select count(*)::int from sms_stop), 0, 'and takes STOP back');
select text('ann', 'news');
select is(consents(), 'acomb:web:text cat:text ann:acomb:text', 'twice is once');
select give('dan', :heworth), give('eve', :acomb);
select text('fay', 'news');
insert into outbox (dedup_key, class, recipient_key, recipient_sealed, sender, body_sealed, segments, state, lease_token, provider)
values ('f', 'reply', sha256('fay'), 'fay', '60777', 'b', 1, 'leased', 7, 'kannel') returning id as blocked \gset
insert into attempt (outbox_id, n, provider) values (:blocked, 1, 'kannel');
select api.sms_out_finish(:blocked, 1, 7, 'blocked', false, 400, 'no', null, null, false);
select is((select ended_by from sms_consent order by id desc limit 1), 'provider', 'a STOP that the provider was told ends it too');
select throws_ok('insert into sms_consent (recipient_key, number_sealed, door, wording) values (sha256(''eve''), '''', ''web'', ''w'')', '23505', null,
                 'one consent stands for a number');
update sms_consent set given_at = now() - interval '30 days';

-- What the desk is told, and who may switch.
create function desk(officer int, of_slug text) returns text language sql as $$
    select string_agg(concat_ws(' ', occasion, case when is_on then 'on' end, case when is_over then 'over' end, people), ', ') from api.desk_bulk(officer, of_slug)
$$;
select is(desk(:ann, 'a'), 'opened 2, closing 2, result 2', 'a draft: two people in Acomb asked');
select is((select string_agg(coalesce(first_at::text, '-') || coalesce(pence::text, '-'), '') from api.desk_bulk(:ann, 'a')), '------', 'no dates, no price yet');
select is(desk(:hal, 'a'), null, 'not for an officer of another ward');
select is(api.desk_bulk_set(:hal, 'a', 'opened', true), 'not_found', 'nor does that one switch');
select is(api.desk_bulk_set(:ann, 'a', 'party', true), 'bulk_short', 'an occasion that there is not');
select is((select count(*)::int from bulk), 0, 'all is off until somebody switches it on');
update sms_gateway set place = 1, seen_at = now(), price = 2.3 where name = 'twilio';
select is((select max(pence) from api.desk_bulk(:ann, 'a')), 5::bigint, 'two segments at 2.3p are 5p');
select move('a', '3 days', '10 days');
select is((select string_agg(occasion || ' ' || (first_at - r.opens_at) || ' ' || (ends - r.closes_at), ', ')
           from api.desk_bulk(:ann, 'a') b, round r where r.slug = 'a' and first_at is not null),
          'opened 00:00:00 -1 days, closing 6 days 00:00:00', 'when they go, and until when');
select is(api.desk_bulk_set(:ann, 'a', o, true), 'on', 'on: ' || o) from unnest('{opened,closing,result}'::text[]) o;
select is(api.desk_bulk_set(:ann, 'a', 'opened', true), 'on', 'twice');
select is((select string_agg(action || ' ' || object || ' ' || (detail ->> 'occasion'), ', ' order by id) from audit where action ~ '^bulk'),
          'bulk.on round a opened, bulk.on round a closing, bulk.on round a result, bulk.on round a opened', 'it stands in the audit');

-- Due.
create function due(n int default 100) returns text language sql as $$
    select string_agg(occasion || ':' || convert_from(number_sealed, 'UTF8'), ' ' order by occasion, number_sealed) from api.sms_bulk_due(n)
$$;
create function queue() returns int language sql as $$
    select api.sms_bulk_queue(array_agg(round), array_agg(occasion), array_agg(recipient_key), array_agg(number_sealed),
                              array_agg('words'::bytea), array_agg(1), array_agg('60777'::text)) from api.sms_bulk_due(100)
$$;
create function texts() returns text language sql as $$
    select string_agg(convert_from(recipient_sealed, 'UTF8') || ':' || state || coalesce(':' || last_error, ''), ' ' order by id / 1000, recipient_sealed, id) from outbox where class = 'bulk'
$$;
select move('a', '-1 hour', '9 days');
select is(due(), null, 'a draft has no texts, whatever its dates');
select state('a', 'scheduled');
select is(due(), 'opened:ann opened:eve', 'open: to those of its area who asked');
select is(due(1), 'opened:ann', 'not more than are asked for');
select is((select door || ' ' || title || ' ' || endpoint || ' ' || (closes = api.sms_when((select closes_at from round where slug = 'a'))) from api.sms_bulk_due(1)),
          'text Acomb 2027 60777 true', 'with what is said, from the number that they texted');
update sms_limits set bulk_paused_at = now();
select is(due(), null, 'not while paused');
update sms_limits set bulk_paused_at = null;
create or replace function api.sms_bulk_at(p_at timestamptz) returns timestamptz language sql as 'select $1 + interval ''1 hour''';
select is(due(), null, 'not at night');
create or replace function api.sms_bulk_at(p_at timestamptz) returns timestamptz language sql as 'select $1';
select api.sms_consent_give(sha256('gus'), 'gus', :acomb, 'web', 'w');
update bulk set switched_at = now() - interval '2 hours';
select is(due(), 'opened:ann opened:eve', 'who asks after it began gets no old news');
update sms_consent set given_at = now() - interval '30 days' where recipient_key = sha256('gus');
insert into bulk_text (round_id, occasion, recipient_key) select id, 'opened', sha256('gus') from round where slug = 'a';
select is(queue(), 2, 'queued');
select is(texts(), 'ann:queued eve:queued', 'as bulk');
select is((select bool_and(o.expires_at = r.closes_at - interval '1 day') from outbox o, round r where o.class = 'bulk' and r.slug = 'a'), true, 'until it is not true any more');
select is(due(), null, 'once');
select throws_ok('insert into bulk_text (round_id, occasion, recipient_key) select round_id, occasion, recipient_key from bulk_text', '23505', null,
                 'the table itself holds one for a number and an occasion');
select is(desk(:ann, 'a'), 'opened on 0, closing on 3, result on 3', 'the desk counts who is still to get it');
select is((select waits || ' ' || sent || ' ' || lost from api.desk_bulk(:ann, 'a') where occasion = 'opened'), '2 0 0', 'and what waits');

-- Sending.
create table lease (id bigint, token bigint, attempt int);
create function go() returns int language plpgsql as $$
declare v_token bigint; v_ids bigint[]; n int;
begin
    delete from lease;
    update outbox set state = 'accepted' where class = 'reply' and state = 'queued';
    update outbox set next_at = clock_timestamp() - interval '1 s' where state = 'queued' and next_at <= clock_timestamp();
    select max(token), array_agg(id) into v_token, v_ids from api.sms_out_claim(40, '{}');
    if v_ids is null then return 0; end if;
    insert into lease select b.id, v_token, b.attempt from api.sms_out_begin(v_token, v_ids, array_fill('twilio'::text, array[cardinality(v_ids)]),
        array_fill(sha256('w'), array[cardinality(v_ids)]), array_fill(false, array[cardinality(v_ids)]), '{twilio}') b;
    get diagnostics n = row_count;
    return n;
end $$;
update sms_gateway set rate = 5000, burst = 5000, tokens = 5000;
update sms_limits set bulk_paused_at = now();
select is(go(), 0, 'not while paused');
select is(texts(), 'ann:queued:paused eve:queued:paused', 'they wait for that');
update sms_limits set bulk_paused_at = null;
update outbox set next_at = clock_timestamp();
select is(go(), 2, 'they go');
select api.sms_out_finish(id, attempt, token, 'accepted', true, 201, null, 'p' || id, null, false) from lease;
select is(texts(), 'ann:accepted eve:accepted', 'and are sent');

-- The day before; the close moves; switched off; over.
select move('a', '-8 days', '20 hours');
select is(due(), 'closing:ann closing:eve closing:gus', 'a day before the close');
select is(queue(), 3, 'queued');
select move('a', '-8 days', '22 hours');
select is(go(), 0, 'the close moved: what waits says the wrong hour');
select is(texts(), 'ann:accepted ann:cancelled:moot eve:accepted eve:cancelled:moot gus:cancelled:moot', 'and is not sent');
select is(due(), 'closing:ann closing:eve closing:gus', 'but said anew');
select is(queue(), 3, 'with the right hour');
select is(api.desk_bulk_set(:ann, 'a', 'closing', false), 'off', 'an officer switches it off');
select is(go(), 0, 'nothing goes');
select is(due(), null, 'nor is anything due');
select is((select count(*)::int from outbox where class = 'bulk' and state = 'queued'), 0, 'nothing waits');
select is(api.desk_bulk_set(:ann, 'a', 'closing', true), 'on', 'and on again');
select is(queue(), 3, 'they are due again');
select text('eve', 'stop');
select move('a', '-8 days', '-1 minute');
select is(go(), 0, 'closed: what waited is not sent');
select is((select count(*)::int from outbox where class = 'bulk' and state in ('queued', 'leased', 'accepted')), 2, 'only the first two ever were');
select is(api.desk_bulk_set(:ann, 'a', 'closing', true), 'bulk_over', 'too late to switch on');
select is(desk(:ann, 'a'), 'opened on over 0, closing on over 0, result on 2', 'and it says so');

-- The result, for a week.
select is(due(), null, 'no result yet');
insert into result (round_id, seed, ballots, web, texts, paper, withdrawn, replaced, eligible, published_at)
select id, sha256('s'), 1, 1, 0, 0, 0, 0, 9, now() - interval '1 hour' from round where slug = 'a';
select state('a', 'published');
select is(due(), 'result:ann result:gus', 'the result; eve texted STOP');
update result set published_at = now() - interval '8 days';
select is(due(), null, 'not after a week');
update result set published_at = now() - interval '1 hour';
select is(queue(), 2, 'queued');
select is((select max(closes_at) from bulk_text where occasion = 'result'), null, 'which says nothing of a close');
select is(go(), 2, 'they go');

-- The whole place, and rounds of less than two days.
select move('city', '-1 hour', '20 hours'), state('city', 'scheduled');
insert into bulk (round_id, occasion, officer_id, switched_at) select id, o, :ann, now() from round, unnest('{opened,closing}'::text[]) o where slug = 'city';
select is(due(), 'opened:ann opened:cat opened:dan opened:gus', 'a round of the city: also who is known by number only; and one text, not two');
insert into officer_area values (:ann, :york);
select is(desk(:ann, 'city'), 'opened on 4, result 4', 'the desk says so');
select is(api.desk_bulk_set(:ann, 'city', 'closing', true), 'bulk_short', 'there is no second one');
-- A person without words to be sent is not asked for again.
select api.sms_bulk_queue(array[r.id], '{opened}', array[sha256('cat')], array[null::bytea], array[null::bytea], '{1}', '{60777}') from round r where slug = 'city';
select is(due(), 'opened:ann opened:dan opened:gus', 'a number that cannot be texted is done with');

-- Where somebody lives is known once they voted by text.
insert into register (name) values ('all');
insert into voter (register_id, neighbourhood_id) select id, :heworth from register where name = 'all' returning id as voter \gset
insert into inbox (provider, endpoint, message_id, sender_key, sender_sealed, near_key, state)
values ('kannel', '447700900060', 'vote', sha256('cat'), 'cat', sha256('n'), 'done') returning id as vote \gset
set session_replication_role = replica;
insert into revision (round_id, voter_id, revision, cast_at, channel, withdrawn, numbers, weights, picks_hash, form_key, commitment, receipt, inbox_id)
select r.id, :voter, 1, now(), 2, false, '{}', '{}', sha256('p'), decode(repeat('01', 16), 'hex'), sha256('c'), 1, :vote from round r where slug = 'a';
set session_replication_role = origin;
select is(api.sms_area(sha256('cat')), :heworth, 'by the ballot that came from the phone');
select is(api.sms_area(sha256('nobody')), null, 'else not');
select is(api.sms_endpoint(sha256('cat')), '447700900060', 'and which of our numbers they texted');

-- A daemon at a time.
select is((select count(*)::int from pg_locks where locktype = 'advisory' and classid = 9), 1, 'one lock, tried, so that two daemons do not word the same');

-- What is kept: not the numbers, and not who got what when the round is spent.
select api.retain(now() + interval '29 days');
select is((select count(*)::int from sms_consent where ended_at is not null and recipient_key <> decode(repeat('00', 32), 'hex')), 0,
          'what ended is kept as proof, without its number''s key');
select is((select count(*)::int from sms_consent where ended_at is null and number_sealed is null), 0, 'who still wants texts is kept');
select is((select count(*)::int from bulk_text t join round r on r.id = t.round_id where r.slug = 'a'), 0, 'who got what is not');

-- Who chose Polish is kept with the Polish words.
select api.sms_language_choose(sha256('pola'::bytea), 'pl');
select text('pola', 'news');
select is((select wording from sms_consent where recipient_key = sha256('pola'::bytea)), api.news_words('pl'), 'in the words of the page that they read');

select * from finish();
rollback;
