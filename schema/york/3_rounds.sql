-- 3_rounds.sql: rounds with their pots, all as drafts: --load-demo freezes and opens them. What is
-- proposed in them stands in the files after this one.
-- Dates are relative to today, in York's own time. Amounts and proposals are invented for the demo;
-- the ward pots add up to 250,000 pounds.
insert into wardmote.round (slug, neighbourhood_id, title, about, kind, rule, max_picks, opens_at,
                            closes_at, edition_id, points_sum, points_max, blank_allowed)
select r.slug, n.id, r.title, r.about, r.kind,
       case r.kind when 'yes_no' then 'yes-no' when 'points' then 'greedy-points-raw'
                   when 'ranking' then 'greedy-borda-raw' else 'greedy' end, r.max_picks,
       (t.today + r.opens::interval) at time zone 'Europe/London',
       (t.today + r.closes::interval) at time zone 'Europe/London',
       (select e.id from wardmote.agreement_edition e
        where r.kind = 'yes_no' and e.neighbourhood_id = n.id and e.state = 'proposed'),
       case r.kind when 'points' then 10 end, case r.kind when 'points' then 5 end,
       r.kind in ('points', 'ranking')
from (values
    ('westfield-2026', 'westfield', 'Westfield 2026', 'Amounts are invented for this demo.', 'knapsack', 60, '-3 days 9 hours', '6 days 21 hours'),
    ('york-2026', 'york', 'City-wide fund 2026', 'Amounts are invented for this demo.', 'approval', 3, '-3 days 9 hours', '13 days 21 hours'),
    ('acomb-2026', 'acomb', 'Acomb 2026', 'Amounts are invented for this demo.', 'knapsack', 60, '-3 days 9 hours', '13 days 21 hours'),
    ('fishergate-2026', 'fishergate', 'Fishergate 2026', 'Amounts are invented for this demo.', 'points', 60, '-3 days 9 hours', '2 days 21 hours'),
    ('guildhall-2026', 'guildhall', 'Guildhall 2026', 'Amounts are invented for this demo.', 'knapsack', 60, '-3 days 9 hours', '20 days 21 hours'),
    ('heworth-2026', 'heworth', 'Heworth 2026', 'Amounts are invented for this demo.', 'approval', 5, '-3 days 9 hours', '20 days 21 hours'),
    ('guildhall-2025', 'guildhall', 'Guildhall 2025', 'Amounts are invented for this demo.', 'approval', 4, '-420 days 9 hours', '-399 days 21 hours'),
    ('micklegate-2026', 'micklegate', 'Micklegate 2026', 'Amounts are invented for this demo.', 'knapsack', 60, '-40 days 9 hours', '-12 days 21 hours'),
    ('bishopthorpe-2027', 'bishopthorpe', 'Bishopthorpe 2027', 'Amounts are invented for this demo.', 'knapsack', 60, '35 days 9 hours', '63 days 21 hours'),
    ('clifton-2027', 'clifton', 'Clifton 2027', 'Amounts are invented for this demo.', 'approval', 3, '28 days 9 hours', '56 days 21 hours'),
    ('copmanthorpe-2027', 'copmanthorpe', 'Copmanthorpe 2027', 'Amounts are invented for this demo.', 'approval', 3, '28 days 9 hours', '56 days 21 hours'),
    ('dringhouses-woodthorpe-2027', 'dringhouses-woodthorpe', 'Dringhouses & Woodthorpe 2027', 'Amounts are invented for this demo.', 'approval', 3, '35 days 9 hours', '63 days 21 hours'),
    ('fulford-heslington-2027', 'fulford-heslington', 'Fulford & Heslington 2027', 'Amounts are invented for this demo.', 'knapsack', 60, '35 days 9 hours', '63 days 21 hours'),
    ('haxby-wigginton-2027', 'haxby-wigginton', 'Haxby & Wigginton 2027', 'Amounts are invented for this demo.', 'knapsack', 60, '28 days 9 hours', '56 days 21 hours'),
    ('heworth-without-2027', 'heworth-without', 'Heworth Without 2027', 'Amounts are invented for this demo.', 'approval', 3, '35 days 9 hours', '63 days 21 hours'),
    ('holgate-2027', 'holgate', 'Holgate 2027', 'Amounts are invented for this demo.', 'knapsack', 60, null, null),
    ('hull-road-2027', 'hull-road', 'Hull Road 2027', 'Amounts are invented for this demo.', 'knapsack', 60, '35 days 9 hours', '63 days 21 hours'),
    ('huntington-new-earswick-2027', 'huntington-new-earswick', 'Huntington & New Earswick 2027', 'Amounts are invented for this demo.', 'knapsack', 60, '21 days 9 hours', '49 days 21 hours'),
    ('osbaldwick-derwent-2027', 'osbaldwick-derwent', 'Osbaldwick & Derwent 2027', 'Amounts are invented for this demo.', 'approval', 3, '35 days 9 hours', '63 days 21 hours'),
    ('rawcliffe-clifton-without-2027', 'rawcliffe-clifton-without', 'Rawcliffe & Clifton Without 2027', 'Amounts are invented for this demo.', 'approval', 4, '35 days 9 hours', '63 days 21 hours'),
    ('rural-west-2027', 'rural-west', 'Rural West York 2027', 'Amounts are invented for this demo.', 'knapsack', 60, '21 days 9 hours', '49 days 21 hours'),
    ('strensall-2027', 'strensall', 'Strensall 2027', 'Amounts are invented for this demo.', 'approval', 4, '35 days 9 hours', '63 days 21 hours'),
    ('wheldrake-2027', 'wheldrake', 'Wheldrake 2027', 'Amounts are invented for this demo.', 'knapsack', 60, '35 days 9 hours', '63 days 21 hours'),
    ('acomb-streets-2026', 'acomb', 'Acomb streets 2026', 'Amounts are invented for this demo. Walking, cycling and crossing the road: what should come first?', 'ranking', 4, '-3 days 9 hours', '13 days 21 hours'),
    ('westfield-agreement-2026', 'westfield', 'Westfield agreement, edition 2', 'Twelve pledges by seven providers. If it is not adopted, the first edition stays in force.', 'yes_no', 1, '-3 days 9 hours', '6 days 21 hours')
) r(slug, area, title, about, kind, max_picks, opens, closes)
join wardmote.neighbourhood n on n.slug = r.area
cross join (select date_trunc('day', now() at time zone 'Europe/London') as today) t;

insert into wardmote.pot (round_id, ordinal, name, amount, source)
select r.id, p.ordinal, p.name, p.pounds * 100, p.source
from (values
    ('westfield-2026', 1, 'Ward pot', 24400::bigint, 'Ward committee'),
    ('acomb-2026', 1, 'Ward pot', 12000::bigint, 'Ward committee'),
    ('fishergate-2026', 1, 'Ward pot', 9200::bigint, 'Ward committee'),
    ('guildhall-2026', 1, 'Ward pot', 15000::bigint, 'Ward committee'),
    ('guildhall-2026', 2, 'Greener streets', 6000::bigint, 'City climate fund'),
    ('guildhall-2025', 1, 'Ward pot', 11000::bigint, 'Ward committee'),
    ('heworth-2026', 1, 'Ward pot', 16750::bigint, 'Ward committee'),
    ('micklegate-2026', 1, 'Ward pot', 18000::bigint, 'Ward committee'),
    ('bishopthorpe-2027', 1, 'Ward pot', 5200::bigint, 'Ward committee'),
    ('clifton-2027', 1, 'Ward pot', 14300::bigint, 'Ward committee'),
    ('copmanthorpe-2027', 1, 'Ward pot', 4900::bigint, 'Ward committee'),
    ('dringhouses-woodthorpe-2027', 1, 'Ward pot', 13800::bigint, 'Ward committee'),
    ('fulford-heslington-2027', 1, 'Ward pot', 4600::bigint, 'Ward committee'),
    ('haxby-wigginton-2027', 1, 'Ward pot', 11900::bigint, 'Ward committee'),
    ('heworth-without-2027', 1, 'Ward pot', 4200::bigint, 'Ward committee'),
    ('holgate-2027', 1, 'Ward pot', 13900::bigint, 'Ward committee'),
    ('hull-road-2027', 1, 'Ward pot', 15900::bigint, 'Ward committee'),
    ('huntington-new-earswick-2027', 1, 'Ward pot', 13100::bigint, 'Ward committee'),
    ('osbaldwick-derwent-2027', 1, 'Ward pot', 8900::bigint, 'Ward committee'),
    ('rawcliffe-clifton-without-2027', 1, 'Ward pot', 12450::bigint, 'Ward committee'),
    ('rural-west-2027', 1, 'Ward pot', 8300::bigint, 'Ward committee'),
    ('strensall-2027', 1, 'Ward pot', 7900::bigint, 'Ward committee'),
    ('wheldrake-2027', 1, 'Ward pot', 9300::bigint, 'Ward committee'),
    ('acomb-streets-2026', 1, 'Streets fund', 30000::bigint, 'Highways, for Acomb'),
    ('york-2026', 1, 'City-wide fund', 100000::bigint, 'City of York')
) p(slug, ordinal, name, pounds, source)
join wardmote.round r on r.slug = p.slug;

-- The agreement's question has a number like any proposal, and neither pot nor cost.
insert into wardmote.proposal (round_id, number, short_name, title, summary, state, published_at)
select r.id, 6395, 'Agreement', 'Adopt edition 2 of the Westfield agreement',
       'Yes: the new pledges come into force. No: the first edition stays.', 'published', now()
from wardmote.round r where r.slug = 'westfield-agreement-2026';
