-- corrections.sql: a published result is counted anew and corrected by two officers; the one that stood
-- stays readable; an agreement goes the way of the corrected answer.
begin;
set search_path = wardmote, public;
select plan(45);

\ir lib/counted.sql

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
