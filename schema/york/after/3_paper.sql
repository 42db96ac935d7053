-- 3_paper.sql: where ballots on paper are handed in. Invented for the demo: no such boxes stand there.
insert into wardmote.paper_return (round_id, words, changed_by)
select r.id, 'In the sealed box at the counter of any library in York, or at a meeting of the ward. (Demo data.)', o.id
from wardmote.round r, wardmote.officer o
where o.email = 'ada@york.example' and r.eligibility in ('code', 'register') and r.slug like '%2026';
