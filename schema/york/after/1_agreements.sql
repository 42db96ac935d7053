-- 1_agreements.sql: what officers did with agreements since they were adopted: checks of every pledge,
-- Acomb's second edition in force, Heworth's under way. Loaded once officers are there.
-- Invented for the demo: no provider has promised or done any of this.
select id as ada from wardmote.officer where email = 'ada@york.example' \gset
select id as sam from wardmote.officer where email = 'sam@york.example' \gset

-- Every check that a pledge has; some have an earlier one, too.
insert into wardmote.pledge_check (pledge_id, checked_on, result, evidence, officer_id)
select g.id, g.checked_on - 91, 'not_met', 'Not kept: the provider gave a new date.', :ada
from wardmote.pledge g where g.checked_on is not null and g.ordinal % 3 = 1;
insert into wardmote.pledge_check (pledge_id, checked_on, result, evidence, officer_id)
select g.id, g.checked_on, g.check_result, g.evidence, :sam
from wardmote.pledge g where g.checked_on is not null;

-- Acomb: two officers adopted a second edition, which differs from the first in every way.
select e.id as first, e.neighbourhood_id as acomb
from wardmote.agreement_edition e join wardmote.neighbourhood n on n.id = e.neighbourhood_id
where n.slug = 'acomb' and e.state = 'adopted' \gset
update wardmote.agreement_edition set state = 'superseded' where id = :first;
insert into wardmote.agreement_edition
    (neighbourhood_id, edition, title, in_return, state, adopted_on, review_on, created_by,
     adopt_reason, adopt_asked_by, adopted_by)
values (:acomb, 2, 'Acomb neighbourhood agreement',
        'We put bins back by 9pm, report what is broken within a day, keep dogs off the play areas, '
        'and walk the estate with the officers. (Demo data.)',
        'adopted', current_date - 120, current_date + 245, :ada,
        'The ward meeting agreed to it, and no sum of money changed.', :ada, :sam)
returning id as second \gset
insert into wardmote.pledge (edition_id, ordinal, provider_id, promise, standard, measure, due, state,
                             reason, answered_at, answered_by, recorded_by, came_from, asked)
select :second, p.ordinal, v.id, p.promise, p.standard, p.measure, current_date + p.due, p.state,
       p.reason, now() - interval '130 days', 'The director', :ada,
       (select g.id from wardmote.pledge g where g.edition_id = :first and g.ordinal = p.came_from),
       p.asked
from (values
    (1, 'Council street services', 'Sweep every street', 'Each street once in three weeks; shops daily', 'Sweeping log, published monthly', -20, 'accepted', '', 1, ''),
    (2, 'Council housing', 'Answer repairs calls', 'Urgent the same day, others within 20 working days', 'Repairs figures each quarter', 60, 'accepted', '', 2, ''),
    (3, 'Council housing', 'Walk the estate with residents and tenants', 'Six times a year, notes within a week', 'Notes on the noticeboards and on the web', -5, 'amended', 'Eight times a year is more than we have people for.', 3, 'Walk the estate with residents and tenants, eight times a year'),
    (4, 'Neighbourhood policing team', 'Answer within the day', 'Non-urgent messages answered within 24 hours', 'Sampled by the residents'' association', 60, 'declined', 'The control room answers now, for the whole city.', 4, ''),
    (5, 'Neighbourhood policing team', 'Be seen and be known', 'Two foot patrols a week, times chosen at the ward meeting', 'Patrol log read at each meeting', 30, 'accepted', '', null, ''),
    (6, 'Parks and open spaces', 'Safe play areas', 'Inspected monthly, faults made safe in 24 hours', 'Inspection sheets', 90, 'accepted', '', 6, ''),
    (7, 'Schools partnership', 'Open the school field', 'Weekends and holidays, daylight hours', 'Caretaker''s log', 120, 'accepted', '', null, '')
) p(ordinal, provider, promise, standard, measure, due, state, reason, came_from, asked)
join wardmote.provider v on v.name = p.provider;

-- Met, partly and not met, with what was seen; one pledge was checked three times.
insert into wardmote.pledge_check (pledge_id, checked_on, result, evidence, link, officer_id)
select g.id, current_date - c.ago, c.result, c.evidence, c.link, :sam
from (values
    (1, 95, 'not_met', 'Eleven streets were not swept in the first month.', ''),
    (1, 64, 'partly', 'Two streets were missed: parked cars.', ''),
    (1, 18, 'met', 'Every street is in the log; we walked ten of them.', 'https://www.york.example/acomb/sweeping-log'),
    (2, 30, 'partly', '81 of 96 repairs were done in time.', 'https://www.york.example/housing/repairs-figures'),
    (5, 21, 'not_met', 'Nine patrols in six weeks, where twelve were promised.', ''),
    (6, 40, 'met', 'Three inspection sheets seen; one fault, made safe the same day.', '')
) c(ordinal, ago, result, evidence, link)
join wardmote.pledge g on g.edition_id = :second and g.ordinal = c.ordinal
order by c.ago desc;
update wardmote.pledge g
set checked_on = c.checked_on, check_result = c.result, evidence = c.evidence, evidence_link = c.link
from (select distinct on (pledge_id) * from wardmote.pledge_check
      order by pledge_id, checked_on desc) c
where g.edition_id = :second and c.pledge_id = g.id;

-- Heworth: a draft that one provider has accepted, one amended, one declined and one not answered.
insert into wardmote.agreement_edition (neighbourhood_id, edition, title, in_return, state, review_on, created_by)
select n.id, 2, 'Heworth neighbourhood agreement',
       'We put bins back by 9pm, report what is broken, and water the street trees. (Demo data.)',
       'draft', current_date + 400, :ada
from wardmote.neighbourhood n where n.slug = 'heworth'
returning id as draft \gset
insert into wardmote.pledge (edition_id, ordinal, provider_id, promise, standard, measure, due, came_from)
select :draft, g.ordinal, g.provider_id, g.promise, g.standard, g.measure, g.due + 365, g.id
from wardmote.pledge g
join wardmote.agreement_edition e on e.id = g.edition_id
join wardmote.neighbourhood n on n.id = e.neighbourhood_id
where n.slug = 'heworth' and e.state = 'adopted';
update wardmote.pledge set state = 'accepted', answered_at = now() - interval '6 days', answered_by = 'Head of street services'
where edition_id = :draft and ordinal < 4;
update wardmote.pledge
set state = 'amended', asked = promise, promise = 'Answer repairs calls within two days', reason = 'We have one team for the ward.',
    answered_at = now() - interval '4 days', answered_by = 'Head of housing'
where edition_id = :draft and ordinal = 4;
update wardmote.pledge set state = 'declined', reason = 'There is no officer for it until April.',
    answered_at = now() - interval '4 days', answered_by = 'Head of housing'
where edition_id = :draft and ordinal = 5;

-- Two residents proposed pledges for it: one is in the draft, one waits for an officer. Nobody has the
-- keys of their private pages.
insert into wardmote.pledge (edition_id, ordinal, provider_id, promise, standard, measure, due)
select :draft, max(g.ordinal) + 1, v.id, 'Grit the path to the school', 'By 8am on frosty days', 'Gritting log',
       current_date + 400
from wardmote.provider v, wardmote.pledge g
where v.name = 'Council street services' and g.edition_id = :draft
group by v.id
returning id as gritting \gset
insert into wardmote.idea (reference, key_hash, neighbourhood_id, kind, title, promiser, what, benefit, in_return,
                           proposer, state, officer_id, pledge_id, sent_at, decided_at)
select i.reference, sha256(convert_to(gen_random_uuid()::text, 'UTF8')), n.id, 'pledge', i.title, i.promiser, i.what,
       i.benefit, i.in_return, i.proposer, i.state, i.officer, i.pledge, now() - i.ago, i.decided
from (values
    ('GR1TTX', 'Grit the path to the school', 'Street services', 'Before 8 in the morning, whenever frost is forecast.',
     'Children, and whoever pushes a pram.', 'We tell you which corners are the worst.', 'A parent', 'accepted', :ada,
     :gritting, interval '20 days', now() - interval '9 days'),
    ('B1NDAY', 'Say on which day bins are collected after a holiday', 'Street services', 'A week before each bank holiday.',
     'Everybody who puts the bin out in vain.', '', 'A neighbour', 'sent', null, null, interval '2 days', null)
) i(reference, title, promiser, what, benefit, in_return, proposer, state, officer, pledge, ago, decided),
     wardmote.neighbourhood n
where n.slug = 'heworth';

-- What was ever put forward has its words frozen.
update wardmote.agreement_edition e
set frozen_at = coalesce(e.adopted_on, current_date - 14) - interval '21 days', frozen_by = :ada,
    frozen_text = api.edition_text(e.id),
    frozen_sha256 = sha256(convert_to(api.edition_text(e.id), 'UTF8'))
where e.state <> 'draft';
