-- 0004_states.sql: what is said when a round or its result goes back, and that a result has a second
-- officer too.
alter table round
    add column returned_note text not null default '' check (length(returned_note) <= 400),
    add column returned_by integer references officer;

alter table result
    add column returned_note text not null default '' check (length(returned_note) <= 400),
    add column returned_by integer references officer,
    add constraint result_second_officer check (approved_by is null or approved_by <> submitted_by);

-- Notices are for texts; who votes on the web reads it on the ballot's page.
create index amendment_proposal on amendment (proposal_id) where proposal_id is not null;
