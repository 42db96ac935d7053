-- 4_proposals_2025.sql: proposals of the round that was decided a year ago in the demonstration.
insert into wardmote.proposal (round_id, number, short_name, title, summary, body, place, proposer,
                               pot_id, cost, state, published_at)
select r.id, p.number, p.short_name, p.title, p.summary, p.body, p.place, p.proposer, t.id,
       p.pounds * 100, 'published', now()
from (values
    (9104::smallint, 'River seats', 'Seats along the river path',
     'Four seats with backs and arms, where people wait and rest.',
     E'Oak, fixed in concrete.\n\n*Demo data: the amount is invented.*', 'Marygate to Scarborough Bridge',
     'A walking group', 2600::bigint),
    (9112::smallint, 'Cycle stands', 'Ten cycle stands by the library',
     'Room for twenty cycles, in sight of the door.', E'Stainless steel.\n\n*Demo data: the amount is invented.*',
     'Library Square', 'A cycling group', 1900::bigint),
    (9120::smallint, 'Street trees', 'Twelve street trees',
     'Trees that stay small, chosen with the people of each street.',
     E'With guards and two years of watering.\n\n*Demo data: the amount is invented.*', 'The Groves',
     'A residents'' group', 3400::bigint),
    (9136::smallint, 'Clock', 'Mend the clock in the square',
     'The clock has stood still for three years.', E'New movement, old face.\n\n*Demo data: the amount is invented.*',
     'St Sampson''s Square', 'A neighbour', 2300::bigint),
    (9148::smallint, 'Stage', 'A stage to lend out',
     'A small stage and lights that any street party may borrow.', E'Kept at the hall.\n\n*Demo data: the amount is invented.*',
     'Clarence Gardens', 'A street party committee', 6200::bigint)
) p(number, short_name, title, summary, body, place, proposer, pounds)
join wardmote.round r on r.slug = 'guildhall-2025'
join wardmote.pot t on t.round_id = r.id and t.ordinal = 1;
