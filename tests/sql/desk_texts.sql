-- desk_texts.sql: officers who look after texts see how they go, find one, try it again, hold
-- providers and bulk back, set prices and budget, and see a whole number for a reason. Others do not.
begin;
set search_path = wardmote, public;
select no_plan();

insert into officer (email, name, password_hash, totp_sealed)
values ('s@x', 'Sam', 'h', ''), ('a@x', 'Ada', 'h', ''), ('t@x', 'Tom', 'h', ''), ('g@x', 'Gone', 'h', '');
insert into officer_role (officer_id, role)
select id, case name when 'Ada' then 'administrator' else 'sms_operator' end from officer where name <> 'Tom';
update officer set disabled_at = now() where name = 'Gone';
select id as sam from officer where name = 'Sam' \gset
select id as ada from officer where name = 'Ada' \gset
select id as tom from officer where name = 'Tom' \gset
select id as gone from officer where name = 'Gone' \gset
select throws_ok(format('insert into officer_role values (%s, ''mayor'')', :tom), '23514', null, 'roles are known ones');

select is((select string_agg(o.name || ' ' || api.desk_texts_may(o.id), ', ' order by o.name) from officer o),
          'Ada true, Gone false, Sam true, Tom false', 'operators and administrators look after texts');
insert into officer_session (id_hash, officer_id) values (sha256('s'), :sam), (sha256('t'), :tom);
select is((select roles from api.officer_session(sha256('s'))), 'sms_operator', 'a session knows');
select is((select roles from api.officer_session(sha256('t'))), '', 'both ways');

create function put(who text, of_state text, of_class text default 'reply', why text default null) returns uuid
language sql as $$
    insert into outbox (dedup_key, class, recipient_key, recipient_sealed, sender, body_sealed, segments, state,
                        last_error, provider, provider_id)
    values (gen_random_uuid()::text, of_class, sha256(who::bytea), who::bytea, '60777', 'body', 1, of_state, why,
            'notify', 'p-' || who) returning client_ref
$$;
create function come(who text, of_state text) returns bigint language sql as $$
    insert into inbox (provider, endpoint, message_id, sender_key, sender_sealed, near_key, body_sealed, state, done_at)
    values ('notify', '60777', 'm-' || who, sha256(who::bytea), who::bytea, sha256('n'), 'body', of_state,
            case when of_state = 'dead' then now() end) returning id
$$;
create function audits() returns text language sql as $$
    select string_agg(action || ' ' || object || ' ' || (detail - 'changes'), '; ' order by id) from audit
$$;

-- Figures.
select is((select f::text from api.desk_sms_figures(:sam) f), '(0,,0,,0,0,0,50000,0,,)', 'an empty house');
select is((select count(*)::int from api.desk_sms_figures(:tom)) + (select count(*)::int from api.desk_sms_figures(:gone)), 0,
          'not for others');
select put('a', 'dead', 'reply', 'twilio answered 400') as dead \gset
select put('b', 'queued') as queued, put('c', 'queued', 'bulk') as bulk, put('d', 'unknown') as unknown \gset
select come('a', 'dead') as indead, come('z', 'quarantined') as odd, come('y', 'new') as fresh \gset
update outbox set created_at = now() - interval '5 minutes' where client_ref = :'queued';
update inbox set received_at = now() - interval '3 minutes' where id = :fresh;
select is((select coming || ' ' || (coming_age between 180 and 200) || ', ' || going || ' ' || (going_age between 300 and 320)
                  || ', ' || bulk || ' ' || unknown || ' ' || letters from api.desk_sms_figures(:ada)),
          '1 true, 1 true, 1 1 3', 'what waits, how long, and what needs somebody');
insert into sms_budget values ((clock_timestamp() at time zone 'Europe/London')::date, 12.3);
select is((select spent from api.desk_sms_figures(:sam)), 13::bigint, 'money in whole pence');

-- Providers.
select is((select count(*)::int from api.desk_sms_gateways(:sam)), 0, 'no provider was used yet');
select api.sms_gateways_seen('{notify,kannel}');
select is((select string_agg(name || ' ' || state || ' ' || price, ', ') from api.desk_sms_gateways(:sam)),
          'notify ready 3, kannel ready 0', 'a daemon says by whom it sends');
select is((select seen_age from api.desk_sms_figures(:sam)), 0::bigint, 'and that it runs');
select api.sms_gateways_seen('{kannel}');
select is((select string_agg(name, ' ') from api.desk_sms_gateways(:sam)), 'kannel notify', 'two daemons may differ');
update sms_gateway set seen_at = now() - interval '2 minutes' where name = 'notify';
select api.sms_gateways_seen('{kannel}');
select is((select string_agg(name, ' ') from api.desk_sms_gateways(:sam)), 'kannel', 'one that is gone takes its own along');
insert into attempt (outbox_id, n, provider, started_at, outcome)
select o.id, a.n, 'twilio', now() - a.ago, a.outcome from outbox o,
     (values (1, interval '1 minute', 'accepted'), (2, '2 minutes', 'rejected'), (3, '3 minutes', 'retry'),
             (4, '4 minutes', 'unknown'), (5, '2 hours', 'accepted'), (6, '2 days', 'accepted'), (7, '0', null)) a(n, ago, outcome)
where o.client_ref = :'dead';
select is((select used || ' ' || sent_hour || failed_hour || unknown_hour || ' ' || sent_day || failed_day || unknown_day
           from api.desk_sms_gateways(:sam) where name = 'twilio'), 'false 121 221', 'calls of the hour and the day');
update sms_gateway set open_until = now() + interval '1 minute', opened = 1 where name = 'kannel';
select is((select state || (until is not null) from api.desk_sms_gateways(:sam) where name = 'kannel'), 'brokentrue', 'a breaker that is open');
update sms_gateway set open_until = now() - interval '1 minute' where name = 'kannel';
select is((select state from api.desk_sms_gateways(:sam) where name = 'kannel'), 'trying', 'and one that lets one call through');
update sms_gateway set opened = 0, open_until = null where name = 'kannel';
select is((select count(*)::int from api.desk_sms_gateways(:tom)), 0, 'not for others');
select is((select webhook_lost from api.desk_sms_gateways(:sam) where name = 'kannel'), false, 'webhooks come');
select api.sms_alarm_raise('webhook_lost:kannel');
select is((select webhook_lost from api.desk_sms_gateways(:sam) where name = 'kannel'), true, 'or do not');
update sms_alarm set since = now() - interval '2 days', told_at = now() - interval '2 days';
select is((select webhook_lost from api.desk_sms_gateways(:sam) where name = 'kannel'), false, 'which is forgotten after a day');

-- Pauses.
select is(api.desk_sms_pause(:tom, 'kannel', true), 'role', 'others pause nothing');
select is(api.desk_sms_pause(:sam, 'pigeon', true), 'not_found', 'a provider that there is not');
select is(api.desk_sms_pause(:sam, 'kannel', true), 'paused', 'a provider is paused');
select is((select state || ' ' || why || coalesce(until::text, '') from api.desk_sms_gateways(:sam) where name = 'kannel'),
          'paused an officer', 'until it is resumed');
update outbox set last_error = 'gateway', next_at = 'infinity' where client_ref = :'queued';
select is(api.desk_sms_pause(:ada, 'kannel', false), 'resumed', 'another resumes it');
select ok(next_at <= clock_timestamp(), 'what waited goes at once') from outbox where client_ref = :'queued';
select is(api.desk_sms_pause(:sam, '', true), 'paused', 'bulk is paused');
select ok(bulk_paused_at is not null, 'and it shows') from api.desk_sms_figures(:sam);
update outbox set last_error = 'paused', next_at = 'infinity' where client_ref = :'bulk';
select is(api.desk_sms_pause(:sam, '', false), 'resumed', 'bulk is resumed');
select ok(next_at <= clock_timestamp(), 'and goes on') from outbox where client_ref = :'bulk';
select is(audits(), 'sms.pause provider kannel {}; sms.resume provider kannel {}; sms.pause bulk texts {}; sms.resume bulk texts {}',
          'all of it stands in the audit');

-- Prices and budget.
select is(api.desk_sms_gateway(:tom, 'notify', '1', '1', '1'), 'role', 'others set no price');
select is(api.desk_sms_gateway(:sam, 'pigeon', '1', '1', '1'), 'not_found', 'of a known provider');
select is(api.desk_sms_gateway(:sam, 'notify', p.a, p.b, p.c), p.wanted, p.a || ' ' || p.b || ' ' || p.c)
from (values ('', '1', '1', 'price'), ('-1', '1', '1', 'price'), ('1001', '1', '1', 'price'), ('2.27', 'x', '1', 'abroad'),
             ('2.27', '1.00001', '1', 'abroad'), ('2.27', '10', '0', 'rate'), ('2.27', '10', '5001', 'rate'),
             ('2.27', '10', '40', 'saved')) p(a, b, c, wanted);
select is((select price || ' ' || price_abroad || ' ' || rate || ' ' || burst from sms_gateway where name = 'notify'), '2.2700 10.0000 40 40', 'saved');
select is(api.desk_sms_budget(:tom, 1), 'role', 'others set no budget');
select is(api.desk_sms_budget(:sam, 2500), 'saved', 'a budget');
select is((select day_pence from api.desk_sms_figures(:sam)), 2500::bigint, 'of 25 pounds');
select is(api.desk_sms_budget(:sam, null), 'saved', 'or none');
select is((select day_pence from api.desk_sms_figures(:sam)), null, 'none');
select is((select string_agg(action, ' ' order by id) from audit where action ~ 'gateway|budget'), 'sms.gateway sms.budget sms.budget', 'all in the audit');

-- Texts that need somebody; finding one.
create function names(outward boolean, reference text) returns text language sql as $$
    select case when outward then (select 'out:' || convert_from(recipient_sealed, 'UTF8') from outbox where client_ref::text = reference)
                else (select 'in:' || convert_from(sender_sealed, 'UTF8') from inbox where id::text = reference) end
$$;
create function letters(officer int) returns text language sql as $$
    select string_agg(names(l.outward, l.reference), ' ' order by names(l.outward, l.reference)) from api.desk_sms_letters(officer) l
$$;
create function found(officer int, reference text, who text default null) returns text language sql as $$
    select string_agg(names(f.outward, f.reference), ' ' order by names(f.outward, f.reference))
    from api.desk_sms_find(officer, reference, case when who is null then '{}' else array[sha256(who::bytea)] end) f
$$;
select is(letters(:sam), 'in:a in:z out:a', 'dead letters of both boxes');
select is(letters(:tom), null, 'not for others');
select is(found(:sam, :'dead'), 'out:a', 'by our reference');
select is(found(:sam, upper(:'dead')), 'out:a', 'in any case');
select is(found(:sam, 'p-b'), 'out:b', 'by the provider''s reference');
select is(found(:sam, 'm-y'), 'in:y', 'by the message''s id');
select is(found(:sam, :'fresh'), 'in:y', 'by our number of it');
select is(found(:sam, '', 'a'), 'in:a out:a', 'by a phone number');
select is(found(:sam, 'nonsense') || found(:sam, '99999999999999999999'), null, 'nothing');
select is(found(:tom, :'dead'), null, 'not for others');
select is((select string_agg(convert_from(sealed, 'UTF8'), '' order by sealed) from api.desk_sms_numbers(:sam)), 'abcdyz', 'numbers, each once');
select is((select count(*)::int from api.desk_sms_numbers(:tom)), 0, 'not for others');
select is((select state || ' ' || why || ' ' || words from api.desk_sms_text(:sam, true, :'dead')), 'dead twilio answered 400 true', 'one text');
select is((select count(*)::int from api.desk_sms_text(:sam, false, :'dead')), 0, 'by its own door');
select is((select count(*)::int from api.desk_sms_text(:sam, true, repeat('-', 36))), 0, 'what is no reference');
select is((select count(*)::int from api.desk_sms_text(:tom, true, :'dead')), 0, 'not for others');
insert into dlr (client_ref, status) values (:'dead', 'undelivered');
select is((select string_agg(provider || ':' || outcome, ' ' order by at, outcome) from api.desk_sms_steps(:sam, :'dead')),
          'twilio:accepted twilio:accepted twilio:unknown twilio:retry twilio:rejected twilio:accepted twilio: :undelivered',
          'what was done about it');
select is((select count(*)::int from api.desk_sms_steps(:tom, :'dead')), 0, 'not for others');

-- Once more.
select is(api.desk_sms_replay(:tom, :'dead'), 'role', 'others send nothing again');
select is(api.desk_sms_replay(:sam, :'unknown'), 'not_over', 'what is under way is left alone');
select is(api.desk_sms_replay(:sam, :'dead'), 'queued', 'a dead letter goes once more');
select is(api.desk_sms_replay_inbox(:tom, :indead), 'role', 'others read nothing again');
select is(api.desk_sms_replay_inbox(:sam, :odd), 'not_over', 'what nobody can read is not read again');
select is(api.desk_sms_replay_inbox(:sam, :indead), 'queued', 'a text to us is read once more');
select is(letters(:sam), 'in:z', 'then they need nobody');
update outbox set state = 'held' where client_ref = :'unknown';
select is(api.desk_sms_drop(:tom, :'unknown'), 'role', 'others let nothing rest');
select is(api.desk_sms_drop(:sam, :'queued'), 'not_over', 'what is under way does not rest');
select is(api.desk_sms_drop(:sam, gen_random_uuid()), 'not_found', 'nor what is not there');
select is(api.desk_sms_drop(:sam, :'unknown'), 'dropped', 'one of which nobody knows rests');
select is(api.desk_sms_drop(:sam, :'unknown'), 'not_over', 'once');
select is((select state || ' ' || last_error || ' ' || (done_at is not null) from outbox where client_ref = :'unknown'), 'cancelled dropped true', 'and its words go in a day');
select put('old', 'expired') as old \gset
update outbox set body_sealed = null where client_ref = :'old';
select is(letters(:sam), 'in:z out:old', 'an erased one is listed');
select is((select letters from api.desk_sms_figures(:sam)), 1::bigint, 'but nobody can do anything about it');
update outbox set created_at = now() - interval '8 days' where client_ref = :'old';
select is(letters(:sam), 'in:z', 'for a week');

-- A whole number.
select is((select outcome || coalesce(sealed::text, '') from api.desk_sms_reveal(:tom, true, :'dead', 'Why not')), 'role', 'not for others');
select is((select outcome || coalesce(sealed::text, '') from api.desk_sms_reveal(:sam, true, :'dead', '  ')), 'reason', 'not without a reason');
select is((select outcome || coalesce(sealed::text, '') from api.desk_sms_reveal(:sam, true, :'dead', repeat('x', 401))), 'reason', 'nor with too long a one');
select is((select outcome from api.desk_sms_reveal(:sam, true, gen_random_uuid()::text, 'x')), 'not_found', 'of no text');
select is((select count(*)::int from audit where action = 'sms.reveal'), 0, 'nothing was shown so far');
select is((select outcome || convert_from(sealed, 'UTF8') from api.desk_sms_reveal(:sam, true, :'dead', ' She called ')), 'showna', 'for a reason');
select is((select outcome || convert_from(sealed, 'UTF8') from api.desk_sms_reveal(:ada, false, :'fresh', 'Threat')), 'showny', 'of a text to us too');
select is((select string_agg(o.name || ' ' || (a.detail ->> 'reason'), ', ' order by a.id) from audit a join officer o on o.id = a.officer_id
           where action = 'sms.reveal' and (object = 'text ' || :'dead' or object = 'text in ' || :fresh)), 'Sam She called, Ada Threat',
          'who, which and why');
update outbox set recipient_sealed = null where client_ref = :'dead';
select is((select outcome || coalesce(sealed::text, '') from api.desk_sms_reveal(:sam, true, :'dead', 'x')), 'erased', 'an erased one is gone');

-- A pause without end does not keep a text past its time.
select put('e', 'queued') as held \gset
update outbox set next_at = now() where client_ref = :'held';
update outbox set state = 'dead' where client_ref <> :'held';
select api.desk_sms_pause(:sam, 'kannel', true);
select api.sms_out_begin(c.token, array[c.id], array['kannel'], array[sha256('w')], array[false], '{kannel}')
from api.sms_out_claim(5, '{}') c;
select is((select state || ':' || last_error || ' ' || (next_at = expires_at) from outbox where client_ref = :'held'), 'queued:gateway true',
          'it is looked at again when its own time is over');
select * from finish();
rollback;
