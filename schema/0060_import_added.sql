-- 0060_import_added.sql: how many proposals a file added, told also after they were taken out again.
-- Null: one that was added and taken out before this was kept.
alter table proposal_import add column added integer check (added between 1 and 200);
update proposal_import i
set added = p.n
from (select import_id, count(*) as n from proposal where import_id is not null group by import_id) p
where p.import_id = i.id and i.done_at is not null;
