-- embargo.sql: a result that two officers approved for a later moment: nobody but officers sees it before, everybody
-- from that moment on, by the clock alone; it can be brought forward or called off until then.
begin;
set search_path = wardmote, public;
select plan(72);
\ir lib/counted.sql

-- What residents are told, by every door: pages, files, feeds, open data, the books, texts, what was decided and built.
create function doors(p_slug text) returns text language sql as $$
    select concat_ws(' ',
        (select phase from api.round_public(p_slug)), (select phase from api.rounds_public(null) where slug = p_slug),
        (select count(*) from api.result_public(p_slug, 0)), (select count(*) from api.result_public(p_slug, 1)),
        (select count(*) from round r, api.result_parts_public(r.id, 1) where r.slug = p_slug),
        (select count(*) from api.result_file_public(p_slug, 0, 1, 'pb')),
        (select count(*) > 0 from api.result_accounts_public(p_slug, 1)),
        (select n.result_updated_at is not null from api.rounds_news() n join round r on r.id = n.id where r.slug = p_slug),
        (select s.outcome from api.sms_result('\x01', '', (select min(p.number) from proposal p join round r on r.id = p.round_id
                                              where r.slug = p_slug)) s limit 1),
        (select count(*) from api.delivery_public(null, p_slug)),
        (select begins <= clock_timestamp() from round r, api.bulk_windows(r.id) where r.slug = p_slug and occasion = 'result'))
$$;
-- Its moment is now: what the clock would do.
create function comes(p_slug text) returns void language sql as $$
    update result set published_at = clock_timestamp() - interval '1 second'
    where round_id = (select id from round where slug = p_slug)
$$;
create function shown() returns text language sql as $$
    select string_agg(edition || ' ' || state || coalesce(' ' || to_char(adopted_on, 'YYYY-MM-DD'), ''), ', ' order by edition)
    from api.editions_public('ward')
$$;

select make('money', 'approval', 2714::smallint), make('question', 'yes_no', 5724::smallint);
select cast_for('money', n), cast_for('question', n) from generate_series(1, 3) n;
select api.count_ask(:o, 'money'), work('{"num_votes": 12, "winners": ["2714"], "proposals": [], "budget": "1000"}');
select is(api.result_publish(:p, 'money', '2099-01-01 12:00:00'), 'not_submitted', 'not before it was sent for approval');
select api.result_submit(:o, 'money');
select is(doors('money'), 'closed closed 0 0 0 0 f f counting 0', 'nobody sees a count');

-- The moment.
select is(api.result_publish(:o, 'money', '2099-01-01 12:00:00'), 'own', 'nobody approves their own work for later either');
select is(api.result_publish(:p, 'money', '2020-01-01 12:00:00'), 'at_past', 'a moment that has passed');
select is(api.result_publish(:p, 'money', '2099-01-01 12:00:00'), 'at_far', 'one too far away');
select is((select string_agg(api.result_publish(:p, 'money', t), ' ') from unnest(array['', 'soon', '2027-02-30 10:00', '2027-03-01 25:00', 'infinity', E'2027-03-01\n10:00']) t),
          'at_bad at_bad at_bad at_bad at_bad at_bad', 'text that is no moment');
select is(api.result_publish(:p, 'money', '2027-03-28 01:30:00'), 'at_gap', 'one that no clock shows');
select is(api.result_publish(:p, 'money', '2027-10-31 01:30:00'), 'at_twice', 'one that clocks show twice');
select is((select count(*)::int from result where published_at is not null), 0, 'none of these did anything');
\ir lib/utc.sql
select is(api.result_publish(:p, 'money', typed(clock_timestamp() + '3 hours')), 'embargoed', 'approved for later');
select is(doors('money'), 'closed closed 0 0 0 0 f f embargoed 0', 'nobody sees it yet');
select is((select result_at - clock_timestamp() between interval '175 minutes' and interval '180 minutes' from api.round_public('money')), true,
          'residents read when it comes');
select is((select closes from api.sms_result('\x01', '', 2714::smallint)), (select api.sms_when(result_at) from api.round_public('money')),
          'by text too');
select is((select phase from api.desk_round(:o, 'money')), 'embargoed', 'officers see how it stands');
select is((select phase || ' ' || (public_at > clock_timestamp()) from api.desk_rounds(:o) where slug = 'money'), 'embargoed true', 'in their list');
select is((select ballots from api.desk_result(:o, 'money', 0)), 3, 'and the result');
select ok(api.next_change() between 174 * 60000 and 180 * 60000, 'pages are kept until then at the latest');
select is((select string_agg(action || ' ' || (detail ? 'at'), ',') from audit where action like 'result.emb%'), 'result.embargo true', 'on the record');

-- Nothing else happens to it meanwhile.
select is(api.result_publish(:p, 'money'), 'embargoed', 'it is not approved twice');
select is(api.desk_return(:p, 'money', 'No'), 'state', 'nor sent back: it is called off');
select is(api.desk_correct(:o, 'money', 'Why'), 'state', 'nor corrected');
select is(api.desk_archive(:o, 'money'), 'state', 'nor archived');
select is((select outcome from api.desk_amendment_ask(:o, 'void_ballot', 'money', null, null, 1, null, 'Bought')), 'counted', 'no ballot is declared void');
select is(api.desk_decision_ask(:o, 'money', 2714::smallint, 'approved', 'R', 'B', (now() at time zone 'Europe/London')::date), 'state', 'the council decides on nothing');
select is((select count(*)::int from round r, api.round_funded(r.id) where r.slug = 'money'), 0, 'nothing is built');
select is(may_read('money'), 0, 'nobody reads choices');

-- Called off, approved again, brought forward.
select is(api.result_embargo(:p, 'none', false, 'Why'), 'not_found', 'no such round');
select is(api.result_embargo(:p, 'money', false, ''), 'reason', 'not without a reason');
select is(api.result_embargo(:p, 'money', false, repeat('x', 401)), 'reason', 'nor with too long a one');
savepoint waits;
select is(api.result_embargo(:o, 'money', false, 'A mistake'), 'result_review', 'called off, by either');
select is((select phase || ' ' || (public_at is null) from api.desk_round(:p, 'money')), 'result_review true', 'it is under review again');
select is(doors('money'), 'closed closed 0 0 0 0 f f counting 0', 'and nobody is told a time');
select is((select result_at from api.round_public('money')), null, 'nor on the page');
select is(api.result_embargo(:p, 'money', true, 'Why'), 'state', 'there is nothing to bring forward');
select is((select detail ->> 'reason' from audit where action = 'result.embargo_off'), 'A mistake', 'with its reason on the record');
select is(api.result_publish(:p, 'money', typed(clock_timestamp() + '2 hours')), 'embargoed', 'approved again');
rollback to waits;
select is(api.result_embargo(:o, 'money', true, 'The council met'), 'own', 'who counted it does not bring it forward');
select is(api.result_embargo(:p, 'money', true, 'The council met'), 'published', 'another does');
select is(doors('money'), 'published published 1 1 1 1 t t result 1 t', 'everybody sees it');
select is((select final_at - published_at from api.result_public('money', 0)), interval '28 days', 'it is provisional from then on');
select is((select detail ->> 'reason' from audit where action = 'result.publish'), 'The council met', 'why is on the record');
rollback to waits;

-- The moment comes: nothing runs, and yet.
select comes('money');
select is((select state from round where slug = 'money'), 'result_review', 'no row has moved');
select is(doors('money'), 'published published 1 1 1 1 t t result 1 t', 'and everybody sees it');
select is((select phase from api.desk_round(:o, 'money')), 'published', 'officers too');
select is((select result_at from api.round_public('money')), null, 'nothing is to come');
select is(api.next_change(), null, 'and no page is kept for it');
select is(api.result_embargo(:p, 'money', false, 'Too late'), 'state', 'it is not called off any more');
select is(api.desk_return(:p, 'money', 'Too late'), 'state', 'nor sent back');
savepoint settled;
select is((select outcome from api.desk_amendment_ask(:o, 'void_ballot', 'money', null, null, 1, null, 'Bought')), 'asked', 'a void ballot may be asked for');
select is(api.desk_decision_ask(:o, 'money', 2714::smallint, 'approved', 'R', 'B', (now() at time zone 'Europe/London')::date), 'asked', 'the council decides');
select is((select state from round where slug = 'money'), 'published', 'and the row says so by now');
rollback to settled;
select is(api.desk_correct(:o, 'money', 'Bought'), 'asked', 'it is corrected like any other');
select is(work('{"num_votes": 11}', 'META2'), 'counted', 'counted anew');
select is(api.result_publish(:p, 'money', typed(clock_timestamp() + '1 hour')), 'at_correction', 'a correction waits for no moment');
select is(api.result_publish(:p, 'money'), 'published', 'it is published at once');
select is(told('money'), '2 3 0 Bought 1 META2', 'and stands');
rollback to settled;
select is(api.desk_archive(:o, 'money'), 'archived', 'or archived');
rollback to settled;
select is((select api.round_spent(id, now() + interval '57 days') from round where slug = 'money'), true, 'its choices are erased in time');
select is((select rounds from api.retain(now() + interval '90 days')), 1::bigint, 'whatever its row says');
rollback to settled;

-- An agreement follows the clock too.
select api.count_ask(:o, 'question'), work(), api.result_submit(:o, 'question');
select is(api.result_publish(:p, 'question', typed(clock_timestamp() + '1 day')), 'embargoed', 'an answer for later');
select is(shown(), '1 adopted, 2 proposed', 'the old edition is in force');
savepoint answered;
select comes('question');
select is(states(), 'adopted proposed', 'no row has moved');
select is(shown(), '1 superseded, 2 adopted ' || (now() at time zone 'Europe/London')::date, 'the new one is in force');
select is((select edition || ' ' || coalesce(proposed, 0) from api.areas_public('ward')), '2 0', 'on every list');
select is((select string_agg(state, ' ' order by edition) from api.desk_agreements(:o)), 'superseded adopted', 'at the desk');
select is((select api.edition_before(id) is not null from agreement_edition where edition = 2), true, 'it came after the other');
select is((select outcome from api.desk_edition_save(:o, null, 'ward', 'Next', '', null, true)), 'saved', 'the next is drafted');
select is(states(), 'superseded adopted draft', 'and the rows say so by now');
select is((select adopted_on from agreement_edition where edition = 2), (now() at time zone 'Europe/London')::date, 'since that day');
rollback to answered;
update result_part set outcome = '{"adopted": false}' where round_id = (select id from round where slug = 'question');
select comes('question');
select is(shown(), '1 adopted, 2 rejected', 'a no leaves the old one in force');
select is(api.desk_archive(:o, 'question'), 'archived', 'archived');
select is(states(), 'adopted rejected', 'as the rows say by now');

select * from finish();
rollback;
