-- sms_erase.sql: words are kept a day after they were dealt with, and no longer; what waits keeps
-- them, however old it is.
begin;
set search_path = wardmote, public;
select plan(8);

insert into inbox (provider, endpoint, message_id, sender_key, sender_sealed, near_key, body_sealed,
                   state, received_at, done_at)
select 'kannel', '60777', m.id, sha256('who'), 'sender', sha256('near'), 'words', m.state,
       now() - m.age, case when m.state in ('done', 'dead') then now() - m.age end
from (values ('old', 'done', interval '25 hours'), ('young', 'done', interval '23 hours'),
             ('poison', 'dead', interval '2 days'), ('odd', 'quarantined', interval '2 days'),
             ('waiting', 'new', interval '3 days')) m(id, state, age);
insert into outbox (dedup_key, class, recipient_key, recipient_sealed, sender, body_sealed, segments,
                    state, created_at, done_at)
select m.id, 'reply', sha256('who'), 'to', '60777', 'words', 1, m.state, now() - interval '2 days',
       case when m.state = 'delivered' then now() - m.age end
from (values ('told', 'delivered', interval '25 hours'), ('new', 'delivered', interval '1 hour'),
             ('asked', 'unknown', null)) m(id, state, age);
insert into failure (kind, key, at)
values ('code', 'a', now() - interval '25 hours'), ('code', 'b', now() - interval '1 hour');

create function kept() returns text language sql as $$
    select (select string_agg(message_id, ' ' order by id) from inbox where body_sealed is not null)
        || ' | ' || (select string_agg(dedup_key, ' ' order by id) from outbox
                     where body_sealed is not null)
$$;

select is(api.sms_erase(now() - interval '3 days'), 0::bigint, 'nothing is old yet');
select is(kept(), 'old young poison odd waiting | told new asked', 'all is there');
select is(api.sms_erase(now()), 4::bigint, 'four bodies are erased');
select is(kept(), 'young waiting | new asked', 'a day later the words are gone, but not of what waits');
select is((select count(*)::int from inbox), 5, 'the rows stay');
select is((select string_agg(convert_from(key, 'UTF8'), '') from failure), 'b', 'old tries are gone');
select is(api.sms_erase(now()), 0::bigint, 'again: nothing to do');
select is((select string_agg(r.rolname, ' ') from pg_roles r
           where r.rolname in ('wardmote_web', 'wardmote_desk', 'wardmote_sms')
             and has_function_privilege(r.oid, 'api.sms_erase(timestamptz)', 'execute')), null,
          'it is a part of api.retain, nobody''s to call');
select * from finish();
rollback;
