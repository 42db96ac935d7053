-- 0023_count_jobs.sql: counts are asked for by officers and done by a worker of any server; a result has
-- versions, of which the latest that was published stands.
create table count_job (
    id          integer generated always as identity primary key,
    round_id    integer not null references round,
    asked_by    integer not null references officer,
    asked_at    timestamptz not null default clock_timestamp(),
    correction  text not null default '' check (length(correction) <= 400), -- why a published result is counted again
    attempt     integer not null default 0,      -- a worker that holds an older one is too late
    taken_at    timestamptz,
    step        text not null default 'waiting'
                check (step in ('waiting', 'reading', 'counting', 'explaining', 'keeping')),
    part        integer not null default 0 check (part >= 0),  -- of the pots, from 1
    parts       integer not null default 0 check (parts >= part),
    finished_at timestamptz,
    outcome     text not null default '',        -- of api.count_begin or count_store, or count_failed
    check ((finished_at is null) = (outcome = ''))
);
create unique index count_job_one on count_job (round_id) where finished_at is null;
create index count_job_round on count_job (round_id, id desc);
grant select, insert, update on count_job to wardmote_api;

alter table result_part drop constraint result_part_round_id_fkey;
alter table result drop constraint result_pkey;
alter table result
    add column version    integer not null default 1 check (version >= 1),
    add column correction text not null default '' check (length(correction) <= 400),
    add column dropped_at timestamptz,           -- a correction that was not made
    add column dropped_by integer references officer,
    add primary key (round_id, version),
    add check (dropped_at is null or published_at is null),
    add check ((version > 1) = (correction <> ''));
create unique index result_one_waits on result (round_id)
    where published_at is null and dropped_at is null;

alter table result_part drop constraint result_part_pkey;
alter table result_part
    add column version integer not null default 1,
    add primary key (round_id, version, ordinal),
    add foreign key (round_id, version) references result;

alter table result_account drop constraint result_account_pkey;
alter table result_account
    add column version integer not null default 1,
    add primary key (round_id, version, account, channel, part),
    add foreign key (round_id, version) references result;
