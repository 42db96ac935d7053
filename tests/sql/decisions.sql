-- decisions.sql: what the council decided is written down by one officer and confirmed by another, stands
-- beside the result, and is replaced, never changed.
begin;
set search_path = wardmote, public;
select plan(33);

insert into neighbourhood (slug, name, kind) values ('ward', 'Ward', 'ward'), ('other', 'Other', 'ward');
insert into officer (email, name, password_hash, totp_sealed)
values ('o@x', 'O', 'h', '\x01'), ('p@x', 'P', 'h', '\x01'), ('t@x', 'T', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o join neighbourhood n on (o.name = 'T') = (n.slug = 'other');
select id as o from officer where name = 'O' \gset
select id as p from officer where name = 'P' \gset
select id as t from officer where name = 'T' \gset
insert into round (slug, neighbourhood_id, title, kind, rule, opens_at, closes_at, grace)
select 'r', n.id, 'R', 'approval', 'greedy', now() - interval '3 days', now() - interval '2 days', '0'
from neighbourhood n where n.slug = 'ward';
select id as r from round \gset
insert into pot (round_id, ordinal, name, amount) values (:r, 1, 'Pot', 100000);
insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
select :r, v.n, 'P', 'P', t.id, 1000, v.state from pot t, (values (1275, 'published'), (1359, 'published'), (2714, 'draft')) v(n, state);
select api.round_freeze(:r, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256('3'));
create function ask(who int, p_number int default 1275, p_decision text default 'approved', p_reason text default 'Because',
                    p_body text default 'The Executive', p_day date default (now() at time zone 'Europe/London')::date,
                    p_slug text default 'r') returns text language sql as $$
    select api.desk_decision_ask(who, p_slug, p_number::smallint, p_decision, p_reason, p_body, p_day)
$$;
create function told() returns text language sql as $$
    select string_agg(number || ' ' || decision || ' ' || stands, ', ') from api.round_decisions((select id from round))
$$;
create function latest() returns integer language sql as $$ select max(id) from decision $$;

select is(ask(:o), 'state', 'nothing is decided before a result is published');
update round r set state = 'counted' where id = :r;
insert into result (round_id, seed, ballots, web, texts, paper, withdrawn, replaced, eligible) values (:r, sha256('s'), 0, 0, 0, 0, 0, 0, 0);
update round r set state = 'result_review' where id = :r;
update round r set state = 'published' where id = :r;
update result set published_at = now();
select is(ask(:t), 'not_found', 'nor by another ward''s officer');
select is(ask(:o, p_slug => 'x'), 'not_found', 'nor in a round that is not there');
select is(ask(:o, 2714), 'no_proposal', 'nor on what was not voted on');
select is(ask(:o, 9999), 'no_proposal', 'nor on what is not there');
select is(ask(:o, p_decision => 'maybe'), 'decision', 'one of four words');
select is(ask(:o, p_reason => ''), 'reason', 'with a reason');
select is(ask(:o, p_reason => repeat('x', 1001)), 'reason', 'that is not too long');
select is(ask(:o, p_body => ''), 'body', 'by somebody');
select is(ask(:o, p_day => null), 'day', 'on a day');
select is(ask(:o, p_day => (now() + interval '2 days')::date), 'day', 'that is not to come');
select is(ask(:o, p_day => (now() - interval '4 days')::date), 'day', 'nor before the vote closed');
select is(ask(:o), 'asked', 'written down');
select is(ask(:p), 'waiting', 'one at a time');
select is(told(), null, 'which is not public');
select is((select n from api.desk_errands(:p) where what = 'decisions'), 1::bigint, 'and waits for another');
select is((select n from api.desk_errands(:o) where what = 'decisions'), null, 'not for who wrote it');
select is(api.desk_decision_confirm(:o, latest(), true), 'own', 'who does not confirm it');
select is(api.desk_decision_confirm(:t, latest(), true), 'not_found', 'nor does another ward''s officer');
select is(api.desk_decision_confirm(:p, latest(), true), 'granted', 'the other confirms it');
select is(api.desk_decision_confirm(:p, latest(), true), 'granted', 'twice is once');
select is(api.desk_decision_confirm(:p, latest(), false), 'decided', 'and not undone');
select is(told(), '1275 approved true', 'public');

select is(ask(:p, p_decision => 'deferred'), 'asked', 'decided anew');
select is(told(), '1275 approved true', 'the first stands');
select is(api.desk_decision_confirm(:p, latest(), false), 'refused', 'until then it can be taken back');
select is((select state from api.desk_decisions(:o, 'r') where id = latest()), 'taken_back', 'and is called so');
select is(ask(:p, p_decision => 'refused'), 'asked', 'again');
select is(api.desk_decision_confirm(:o, latest(), true), 'granted', 'confirmed');
select is(told(), '1275 refused true, 1275 approved false', 'it stands, and the one before is history');
select is((select string_agg(decision || ' ' || stands || ' ' || state, ', ' order by id) from api.desk_decisions(:o, null)),
          'approved false granted, deferred false taken_back, refused true granted', 'as at the desk');
select is((select count(*)::int from result), 1, 'nothing of it is in the result');
select is((select string_agg(action, ' ' order by id) from audit),
          'decision.ask decision.grant decision.ask decision.refuse decision.ask decision.grant', 'and all of it in the audit');

select * from finish();
rollback;
