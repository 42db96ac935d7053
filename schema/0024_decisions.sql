-- 0024_decisions.sql: what the council decided on each proposal after the vote. Kept beside the result and
-- never in it; rows are only added, and the latest that a second officer confirmed stands.
create table decision (
    id           integer generated always as identity primary key,
    proposal_id  integer not null references proposal,
    decision     text not null check (decision in ('approved', 'deferred', 'referred', 'refused')),
    reason       text not null check (length(reason) between 1 and 1000),
    body         text not null check (length(body) between 1 and 120), -- of the council, that decided
    decided_on   date not null,
    asked_by     integer not null references officer,
    asked_at     timestamptz not null default clock_timestamp(),
    confirmed_by integer references officer,
    confirmed_at timestamptz,
    granted      boolean,                                              -- null: waits for a second officer
    check ((confirmed_by is null) = (confirmed_at is null)
           and (confirmed_by is null) = (granted is null)),
    check (granted is not true or confirmed_by <> asked_by)
);
create unique index decision_waits on decision (proposal_id) where granted is null;
create index decision_proposal on decision (proposal_id, confirmed_at desc);
grant select, insert, update on decision to wardmote_api;
