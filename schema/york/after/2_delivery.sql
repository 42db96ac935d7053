-- 2_delivery.sql: what became of what Guildhall funded a year ago: done, dropped, in progress, and one
-- of which nobody has reported for long. Invented for the demo.
select id as sam from wardmote.officer where email = 'sam@york.example' \gset
select id as round from wardmote.round where slug = 'guildhall-2025' \gset

-- It was decided then, not today.
update wardmote.result set counted_at = now() - interval '398 days', published_at = now() - interval '396 days',
    final_at = now() - interval '382 days'
where round_id = :round;

-- The n-th of those that were funded, by number: which ones is the count's to say.
insert into wardmote.delivery (proposal_id, state, spent, note, officer_id, at)
select f.id, d.state, (f.cost * d.part / 100.0)::bigint, d.note, :sam, now() - d.ago * interval '1 day'
from (values
    (1, 'not_started', 0, 'Three firms were asked for a price.', 350),
    (1, 'in_progress', 40, 'The order is placed, and the ground prepared.', 260),
    (1, 'done', 96, 'All of it is there, and in use. What was left over goes back to the ward pot.', 170),
    (2, 'in_progress', 15, 'The survey found a gas main under the place.', 300),
    (2, 'dropped', 15, 'It cannot be built there, and no other place was found. The rest of the money goes back to the ward pot.', 200),
    (3, 'not_started', 0, 'It waits for the highways licence.', 280),
    (3, 'in_progress', 55, 'Half of it is done; the rest follows in spring.', 110)
) d(nth, state, part, note, ago)
join (select p.*, row_number() over (order by p.number) as nth from api.round_funded(:round) p) f on f.nth = d.nth
order by d.ago desc;
