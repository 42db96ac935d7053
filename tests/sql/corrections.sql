-- corrections.sql: a published result is counted anew and corrected by two officers; the one that stood
-- stays readable; an agreement goes the way of the corrected answer.
begin;
set search_path = wardmote, public;
select plan(45);

insert into neighbourhood (slug, name, kind) values ('ward', 'Ward', 'ward');
insert into officer (email, name, password_hash, totp_sealed) values ('o@x', 'O', 'h', '\x01'), ('p@x', 'P', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o, neighbourhood n;
insert into register (name) values ('All');
insert into voter (register_id, neighbourhood_id)
select g.id, n.id from register g, neighbourhood n, generate_series(1, 4);
insert into agreement_edition (neighbourhood_id, edition, title, state)
select n.id, e.n, 'Agreement', e.state from neighbourhood n, (values (1, 'adopted'), (2, 'proposed')) e(n, state);
select id as o from officer where name = 'O' \gset
select id as p from officer where name = 'P' \gset

create function make(p_slug text, p_kind text, p_number smallint) returns void
language plpgsql as $$
declare v integer;
begin
    insert into round (slug, neighbourhood_id, title, kind, rule, edition_id, opens_at, closes_at, grace)
    select p_slug, n.id, p_slug, p_kind, case p_kind when 'yes_no' then 'yes-no' else 'greedy' end,
           case p_kind when 'yes_no' then (select id from agreement_edition where edition = 2) end,
           now() - interval '1 hour', now() - interval '20 minutes', '10 minutes'
    from neighbourhood n returning id into v;
    insert into pot (round_id, ordinal, name, amount) select v, 1, 'Pot', 100000 where p_kind <> 'yes_no';
    insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
    select v, p_number, 'P', 'P', t.id, case when t.id is not null then 1000 end, 'published'
    from (select) one left join pot t on t.round_id = v;
    perform api.round_freeze(v, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256(repeat('s', 32)::bytea));
end $$;
create function cast_for(p_slug text, n integer) returns void language sql as $$
    insert into revision (round_id, voter_id, revision, channel, withdrawn, cast_at, numbers, weights, form_key,
                          picks_hash, commitment, receipt)
    select r.id, v.id, 1, 1, false, r.opens_at + interval '1 minute',
           array(select number from proposal where round_id = r.id), array[1]::smallint[],
           substr(sha256((n || p_slug)::bytea), 1, 16), sha256('p'), sha256('c'), n
    from round r, (select id from voter order by id offset n - 1 limit 1) v where r.slug = p_slug;
    insert into ballot as b select r.id, v.id, 1, r.opens_at + interval '1 minute', 1
    from round r, (select id from voter order by id offset n - 1 limit 1) v where r.slug = p_slug;
$$;
-- The worker's part, for whatever waits.
create function work(p_outcome text default '{"adopted": true}', p_pb text default 'META') returns text
language plpgsql as $$
declare t record; v text;
begin
    select * into t from api.count_take();
    select outcome into v from api.count_begin(t.officer, t.slug);
    if v = 'ready' then
        v := api.count_store(t.officer, t.slug, repeat('s', 32)::bytea, array[1], array[p_pb], array[p_outcome],
                             array['log'], (select mark from api.count_begin(t.officer, t.slug)), t.job, t.attempt);
    end if;
    perform api.count_end(t.job, t.attempt, v);
    return v;
end $$;
create function told(p_slug text, p_version integer default 0) returns text language sql as $$
    select concat_ws(' ', x.version, x.ballots, x.voided, nullif(x.correction, ''), x.before, nullif(x.replaced_why, ''),
                     (select string_agg(pb, '') from api.result_file_public(p_slug, p_version, 1, 'pb') f(pb)))
    from api.result_public(p_slug, p_version) x
$$;
create function may_read(p_slug text) returns integer language sql as $$
    select count(*)::int from api.count_ballots((select id from officer where name = 'O'), p_slug)
$$;
create function states() returns text language sql as $$
    select string_agg(state, ' ' order by edition) from agreement_edition
$$;

select make('money', 'approval', 2714::smallint), make('question', 'yes_no', 5724::smallint);
select cast_for('money', n), cast_for('question', n) from generate_series(1, 3) n;
select is(api.desk_correct(:o, 'money', 'Why'), 'state', 'what is not published is not corrected');
select is(api.count_ask(:o, 'money'), 'asked', 'counted');
select is(work('{"num_votes": 12}'), 'counted', 'counted');
select is(api.desk_correct(:o, 'money', 'Why'), 'state', 'nor is what waits');
select api.result_submit(:o, 'money'), api.result_publish(:p, 'money');
select is(told('money'), '1 3 0 0 META', 'published');
select is(may_read('money'), 0, 'nobody reads choices any more');

-- A ballot that should not have counted.
select is((select outcome from api.desk_amendment_ask(:o, 'extension', 'money', '2099-01-01 12:00', null, null, null, 'Late')),
          'counted', 'a published round is not made longer');
select id as void from api.desk_amendment_ask(:o, 'void_ballot', 'money', null, null, 2, null, 'Bought') \gset
select is((select outcome from api.desk_amendment_decide(:p, :void, true)), 'granted', 'but a ballot is declared void');
select is(told('money'), '1 3 0 0 META', 'which by itself changes no published result');

-- The correction.
select is(api.desk_correct(:o, 'none', 'Why'), 'not_found', 'no such round');
select is(api.desk_correct(:o, 'money', ''), 'reason', 'not without a reason');
select is(api.desk_correct(:o, 'money', repeat('x', 401)), 'reason', 'nor with too long a one');
select is(api.desk_correct(:o, 'money', 'Bought'), 'asked', 'asked');
select is(api.desk_correct(:p, 'money', 'Again'), 'counting', 'once');
select is(may_read('money'), 2, 'the worker reads what stands now');
select is(work('{"num_votes": 11}', 'META2'), 'counted', 'counted anew');
select is(may_read('money'), 0, 'and then nobody does');
select is((select state from round where slug = 'money'), 'published', 'the round is published all the while');
select is(told('money'), '1 3 0 0 META', 'and the result stands');
select is(told('money', 2), null, 'the next is not public');
select is((select count(*)::int from api.result_parts_public((select id from round where slug = 'money'), 2)), 0, 'nor its parts');
select is((select version || ' ' || stands || ' ' || ballots || ' ' || correction from api.desk_result(:p, 'money', 0)), '2 1 2 Bought',
          'officers see it');
select is((select version || ' ' || ballots from api.desk_result(:p, 'money', 1)), '1 3', 'and the one that stands');
select is((select phase || ' ' || mine from api.desk_rounds(:p) where slug = 'money'), 'result_review false', 'it waits for the other');
select is(api.desk_correct(:o, 'money', 'Again'), 'waits', 'one at a time');
select is(api.result_publish(:o, 'money'), 'own', 'whose asker does not publish it');

-- Dropped, and asked for again.
select is(api.desk_return(:p, 'money', ''), 'note', 'it is dropped with a note');
select is(api.desk_return(:p, 'money', 'Wait for the other one'), 'dropped', 'dropped');
select is(api.desk_return(:p, 'money', 'Wait'), 'state', 'once');
select is(api.result_publish(:p, 'money'), 'published', 'nothing waits');
select is(told('money'), '1 3 0 0 META', 'and the result stands');
select api.desk_correct(:o, 'money', 'Two bought ballots');
select work('{"num_votes": 11}', 'META2');
savepoint late;
select id as void from api.desk_amendment_ask(:o, 'void_ballot', 'money', null, null, 3, null, 'Bought too') \gset
select is((select outcome from api.desk_amendment_decide(:p, :void, true)), 'granted', 'another void ballot meanwhile');
select is(api.result_publish(:p, 'money'), 'unbalanced', 'what was counted before it is not published');
rollback to late;
select is(api.result_publish(:p, 'money'), 'published', 'the other officer publishes it');
select is(told('money'), '3 2 1 Two bought ballots 1 META2', 'it stands');
select is(told('money', 1), '1 3 0 0 Two bought ballots META', 'and the one before can be read, with why it does not');
select is(told('money', 2), null, 'what was dropped cannot');
select is((select provisional from api.result_public('money', 0)), true, 'the new one can be challenged again');
select is((select spent from (select api.round_spent(id, now() + interval '55 days') as spent from round where slug = 'money') x), false,
          'and ballots are kept as long');

-- A question that was answered wrongly.
select api.count_ask(:o, 'question'), work(), api.result_submit(:o, 'question'), api.result_publish(:p, 'question');
select is(states(), 'superseded adopted', 'adopted');
select api.desk_correct(:o, 'question', 'A void ballot'), work('{"adopted": false}'), api.result_publish(:p, 'question');
select is(states(), 'adopted rejected', 'corrected, the old edition is in force again');
select api.desk_correct(:o, 'question', 'A slip'), work('{"adopted": false}'), api.result_publish(:p, 'question');
select is(states(), 'adopted rejected', 'a correction with the same answer changes nothing about it');

-- Too late.
update result set published_at = now() - interval '60 days', final_at = now() - interval '28 days' where published_at is not null;
select is(api.desk_correct(:o, 'money', 'Why'), 'too_late', 'once choices are to be erased nothing is counted anew');
select is((select outcome from api.desk_amendment_ask(:o, 'void_ballot', 'money', null, null, 1, null, 'Why')), 'counted', 'nor void');
select api.desk_archive(:o, 'money');
select is(api.desk_correct(:o, 'money', 'Why'), 'state', 'an archived round is not corrected');

select * from finish();
rollback;
