-- desk_count.sql: no choice is read before a round is over; a count waits for texts; a result is
-- kept once; an agreement that is adopted supersedes the one before.
begin;
set search_path = wardmote, public;
select plan(36);

insert into neighbourhood (slug, name, kind) values ('ward', 'Ward', 'ward');
insert into officer (email, name, password_hash, totp_sealed) values ('o@x', 'O', 'h', '\x01');
insert into officer (email, name, password_hash, totp_sealed) values ('p@x', 'P', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o, neighbourhood n;
insert into register (name) values ('All');
insert into voter (register_id, neighbourhood_id)
select g.id, n.id from register g, neighbourhood n, generate_series(1, 4);
insert into agreement_edition (neighbourhood_id, edition, title, state)
select n.id, e.n, 'Agreement', e.state from neighbourhood n, (values (1, 'adopted'), (2, 'proposed')) e(n, state);
select id as o from officer where name = 'O' \gset
select id as p from officer where name = 'P' \gset

create function make(p_slug text, p_kind text, p_number smallint, p_opens interval, p_closes interval) returns void
language plpgsql as $$
declare v integer;
begin
    insert into round (slug, neighbourhood_id, title, kind, rule, edition_id, opens_at, closes_at, grace)
    select p_slug, n.id, p_slug, p_kind, case p_kind when 'yes_no' then 'yes-no' else 'greedy' end,
           case p_kind when 'yes_no' then (select id from agreement_edition where edition = 2) end,
           now() + p_opens, now() + p_closes, '10 minutes'
    from neighbourhood n returning id into v;
    insert into pot (round_id, ordinal, name, amount) select v, 1, 'Pot', 100000 where p_kind <> 'yes_no';
    insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
    select v, p_number, 'P', 'P', t.id, case when t.id is not null then 1000 end, 'published'
    from (select) one left join pot t on t.round_id = v;
    perform api.round_freeze(v, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256(repeat('s', 32)::bytea));
end $$;
-- Voter number n's ballots as they came; the last stands.
create function cast_for(p_slug text, n integer, p_revision integer, p_channel integer, p_withdrawn boolean,
                         p_weight integer default 1) returns void language sql as $$
    insert into revision (round_id, voter_id, revision, channel, withdrawn, cast_at, numbers, weights, form_key,
                          picks_hash, commitment, receipt)
    select r.id, v.id, p_revision, p_channel, p_withdrawn, r.opens_at + p_revision * interval '1 minute',
           case when p_withdrawn then '{}' else array(select number from proposal where round_id = r.id) end,
           case when p_withdrawn then '{}' else array[p_weight]::smallint[] end,
           substr(sha256((n || ' ' || p_revision)::bytea), 1, 16), sha256('p'), sha256('c'), 1
    from round r, (select id from voter order by id offset n - 1 limit 1) v where r.slug = p_slug;
    insert into ballot as b select r.id, v.id, p_revision, r.opens_at + p_revision * interval '1 minute', p_revision
    from round r, (select id from voter order by id offset n - 1 limit 1) v where r.slug = p_slug
    on conflict (round_id, voter_id) do update set current_revision = p_revision, last_revision = p_revision;
$$;
create function begin_count(p_slug text) returns text language sql as $$
    select outcome from api.count_begin((select id from officer where name = 'O'), p_slug)
$$;
create function ballots(p_slug text) returns integer language sql as $$
    select count(*)::integer from api.count_ballots((select id from officer where name = 'O'), p_slug)
$$;
create function store(p_slug text, p_seed text, p_outcome text default '{"adopted": true}') returns text
language sql as $$
    select api.count_store((select id from officer where name = 'O'), p_slug, p_seed::bytea, array[1], array['META'], array[p_outcome], array['log'])
$$;

select make('open', 'approval', 1275::smallint, '-1 hour', '1 hour');
select make('grace', 'approval', 1359::smallint, '-1 hour', '-5 minutes');
select make('over', 'approval', 2714::smallint, '-1 hour', '-11 minutes');
select make('question', 'yes_no', 5724::smallint, '-1 hour', '-11 minutes');
select cast_for('open', 1, 1, 1, false);
select cast_for('grace', 1, 1, 1, false);
select cast_for('over', 1, 1, 1, false), cast_for('over', 1, 2, 1, false);
select cast_for('over', 2, 1, 2, false);
select cast_for('over', 3, 1, 1, false), cast_for('over', 3, 2, 1, true);

-- Before.
select is((select phase from api.desk_round(:o, 'open')), 'open', 'a round is open by the clock alone');
select is(begin_count('open'), 'not_closed', 'an open round is not counted');
select is(ballots('open'), 0, 'and nobody reads its choices');
select is((select web from api.desk_round(:o, 'open')), 1::bigint, 'but how many voted is seen');
select is(store('open', repeat('s', 32)), 'not_closed', 'nor is a result stored');
select is((select phase from api.desk_round(:o, 'grace')), 'closed', 'after the close texts may still arrive');
select is(begin_count('grace'), 'not_closed', 'so it waits');
select is(ballots('grace'), 0, 'and shows nothing');
select is(api.result_publish(:o, 'over'), 'not_counted', 'what is not counted is not published');

-- Texts that came in time.
insert into inbox (provider, endpoint, message_id, sender_key, sender_sealed, near_key, received_at)
values ('x', '', '1', sha256('a'), '\x', sha256('a'), now() - interval '30 seconds');
select is(begin_count('over'), 'ready', 'a text that came after its grace is not waited for');
update inbox set received_at = now() - interval '61 seconds';
select is(begin_count('over'), 'texts_waiting', 'a text that came in time is');
insert into inbox_lease (token, until, ids) select 1, now() + interval '1 minute', array_agg(id) from inbox;
select is(begin_count('over'), 'texts_waiting', 'also while it is being worked on');
update inbox set state = 'done';
delete from inbox_waiting;
select is(begin_count('over'), 'ready', 'until it is done');

-- The count.
select is((select string_agg(numbers || '/' || weights, ' ') from api.count_ballots(:o, 'over')),
          '2714/1 2714/1', 'the ballots that stand, and nobody''s name');
select is(store('over', repeat('x', 32)), 'seed', 'only with the seed that was sealed before');
select is(store('over', repeat('s', 32)), 'counted', 'a count is kept');
select is((select format('%s %s %s %s %s %s', ballots, web, texts, withdrawn, replaced, eligible) from result),
          '2 1 1 1 2 4', 'with its figures');
select is(store('over', repeat('s', 32)), 'already', 'once');
select is(begin_count('over'), 'counted', 'and is not begun again');
select is(ballots('over'), 0, 'nor are its ballots read again');
select is((select count(*)::int from api.result_public('over', 0)), 0, 'residents see none of it yet');
select is((select pb_sha256 from api.desk_result_parts(:o, 'over', 0)), sha256('META'), 'the file has its fingerprint');
select is(api.result_publish(:p, 'over'), 'not_submitted', 'nor is it published unasked');
select is((select string_agg(channel || ' ' || part || ' ' || n, ', ' order by channel, part) from result_account where account = 'ballots'),
          (select string_agg(x.channel || ' ' || x.part || ' ' || x.n, ', ' order by x.channel, x.part) from (
              select channel, part, count(*) as n from (
                  select x.channel, case when x.withdrawn then 'withdrawn' when b.current_revision = x.revision then 'counted' else 'replaced' end as part
                  from revision x join ballot b using (round_id, voter_id) where x.round_id = (select id from round where slug = 'over')) y
              group by channel, part) x), 'its books hold every ballot once');
savepoint books;
alter table result_account disable trigger user;
update result_account set n = n + 1 where account = 'ballots' and part = 'withdrawn';
update result_account set n = n - 1 where account = 'ballots' and part = 'replaced'
    and channel = (select min(channel) from result_account where account = 'ballots' and part = 'replaced');
select is(api.result_submit(:o, 'over'), 'unbalanced', 'books that are not those of the ballots are not sent for approval, though the sum is right');
rollback to books;
select is((select sum(n)::int from result_account where account = 'ballots'),
          (select count(*)::int from revision where round_id = (select id from round where slug = 'over')), 'they add up');
select is(api.result_submit(:o, 'over'), 'result_review', 'it is sent for approval');
select is(api.result_publish(:o, 'over'), 'own', 'whose sender does not publish it');
select is(api.result_publish(:p, 'over'), 'published', 'a second officer does');
select is((select ballots from api.result_public('over', 0)), 2, 'now they do');
select is((select string_agg(state, ' ' order by edition) from agreement_edition), 'adopted proposed',
          'money changes no agreement');

-- A question.
select is(store('question', repeat('s', 32)), 'counted', 'a question is counted');
select is((select string_agg(state, ' ' order by edition) from agreement_edition), 'adopted proposed',
          'which changes nothing yet');
select api.result_submit(:o, 'question'), api.result_publish(:p, 'question');
select is((select string_agg(state, ' ' order by edition) from agreement_edition), 'superseded adopted',
          'published, the new edition is in force');
select is((select adopted_on from agreement_edition where edition = 2), (now() at time zone 'Europe/London')::date,
          'from today on');
select is((select string_agg(action || ' ' || object, ', ' order by id) from audit),
          'round.count round over, result.submit round over, result.publish round over, '
          || 'round.count round question, result.submit round question, result.publish round question',
          'all of it is in the audit');

select * from finish();
rollback;
