-- 0020_agreements.sql: how an agreement is made: an edition is drafted, each pledge answered by its
-- provider, the edition frozen, adopted by a vote or by two officers, and every pledge checked.

alter table agreement_edition
    add column created_by integer references officer,
    add column created_at timestamptz not null default clock_timestamp(),
    add column frozen_at timestamptz,
    add column frozen_by integer references officer,
    add column frozen_text text,   -- the canonical text: what was put forward, byte for byte
    add column frozen_sha256 bytea check (octet_length(frozen_sha256) = 32),
    -- Adopted without a vote: one officer asks, with a reason, another grants it.
    add column adopt_reason text not null default '' check (length(adopt_reason) <= 400),
    add column adopt_asked_by integer references officer,
    add column adopted_by integer references officer,
    add check ((frozen_at is null) = (frozen_text is null) and (frozen_at is null) = (frozen_sha256 is null)),
    add check (adopted_by is null or adopted_by <> adopt_asked_by);

alter table pledge
    add column asked text not null default '' check (length(asked) <= 400), -- the words before they were amended
    add column answered_at timestamptz,
    add column answered_by text not null default '' check (length(answered_by) <= 120), -- who at the provider
    add column recorded_by integer references officer, -- who wrote the answer down; null: they did
    add column evidence_link text not null default ''
        check (evidence_link = ''
               or length(evidence_link) <= 400 and evidence_link ~ '^https?://[^[:space:]]+$');

-- Places change while an edition is drafted: two pledges swap theirs in one statement.
alter table pledge drop constraint pledge_edition_id_ordinal_key,
    add constraint pledge_place unique (edition_id, ordinal) deferrable initially immediate;

-- Every check that was made; the pledge has the last. Append-only.
create table pledge_check (
    id         bigint generated always as identity primary key,
    pledge_id  integer not null references pledge,
    checked_on date not null,
    result     text not null check (result in ('met', 'partly', 'not_met')),
    evidence   text not null check (length(evidence) between 1 and 1000),
    link       text not null default '' 
               check (link = '' or length(link) <= 400 and link ~ '^https?://[^[:space:]]+$'),
    officer_id integer not null references officer,
    at         timestamptz not null default clock_timestamp()
);
create index pledge_check_pledge on pledge_check (pledge_id, id);

-- A private link by which a provider answers for its pledges of a draft: only its key's SHA-256.
create table provider_link (
    edition_id  integer not null references agreement_edition,
    provider_id integer not null references provider,
    key_hash    bytea not null unique check (octet_length(key_hash) = 32),
    made_by     integer not null references officer,
    made_at     timestamptz not null default clock_timestamp(),
    primary key (edition_id, provider_id)
);

grant select, insert, update, delete on pledge, provider_link to wardmote_api;
grant select, insert, update on agreement_edition to wardmote_api;
grant select, insert on pledge_check, provider to wardmote_api;
