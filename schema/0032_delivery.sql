-- 0032_delivery.sql: what became of the projects that residents funded, as ward officers report it.

-- Append-only: the last report of a project says how it stands, those before it are its history.
create table delivery (
    id          bigint generated always as identity primary key,
    proposal_id integer not null references proposal,
    state       text not null check (state in ('not_started', 'in_progress', 'done', 'dropped')),
    spent       bigint not null check (spent between 0 and 100000000000), -- pence, so far
    note        text not null check (length(note) between 1 and 1000),    -- residents read it
    officer_id  integer not null references officer,
    at          timestamptz not null default clock_timestamp()
);
create index delivery_proposal on delivery (proposal_id, id);
grant select, insert on delivery to wardmote_api;
