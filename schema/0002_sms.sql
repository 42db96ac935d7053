-- 0002_sms.sql: texts in, texts out. Numbers and bodies are sealed (AES-256-GCM under a key
-- outside the database); look-ups go by HMAC.

create sequence lease_token;

create table inbox (
    id            bigint generated always as identity primary key,
    provider      text not null check (length(provider) between 1 and 40),
    endpoint      text not null check (length(endpoint) <= 40), -- our number that was texted
    message_id    text not null check (length(message_id) between 1 and 200),
    received_at   timestamptz not null default clock_timestamp(),
    sent_at       timestamptz,           -- the provider's word; untrusted
    sender_key    bytea not null check (octet_length(sender_key) = 32),
    sender_sealed bytea not null,
    near_key      bytea not null check (octet_length(near_key) = 32), -- sender, endpoint, words
    body_sealed   bytea check (octet_length(body_sealed) <= 17000),   -- null once erased
    state         text not null default 'new'
                  check (state in ('new', 'leased', 'done', 'duplicate', 'dead', 'quarantined')),
    alone         boolean not null default false, -- a failed or expired claim: claimed singly
    attempts      smallint not null default 0,    -- of single claims
    next_at       timestamptz not null default clock_timestamp(),
    lease_token   bigint,
    lease_until   timestamptz,
    outcome       text check (length(outcome) <= 60),
    done_at       timestamptz,
    constraint inbox_once unique (provider, endpoint, message_id),
    check ((state = 'leased') = (lease_token is not null))
);
create index inbox_todo on inbox (next_at, id) where state in ('new', 'leased');
create index inbox_leased on inbox (lease_until) where state = 'leased';
create index inbox_token on inbox (lease_token) where lease_token is not null;
create index inbox_alone on inbox (next_at, id) where state = 'new' and alone;
create index inbox_sender on inbox (sender_key, id) where state in ('new', 'leased');
create index inbox_history on inbox (sender_key, id);
create index inbox_near on inbox (near_key, received_at);
-- Which ballots did this text cast? Costs the web's ballots nothing.
create index revision_inbox on revision (inbox_id) where inbox_id is not null;

create table outbox (
    id            bigint generated always as identity primary key,
    dedup_key     text not null unique check (length(dedup_key) <= 100), -- "reply:<inbox id>"
    client_ref    uuid not null unique default gen_random_uuid(), -- one for all attempts
    class         text not null check (class in ('reply', 'service', 'bulk')),
    recipient_key bytea not null check (octet_length(recipient_key) = 32),
    recipient_sealed bytea not null,
    sender        text not null check (length(sender) <= 40),     -- our number
    body_sealed   bytea,                                          -- null once erased
    segments      smallint not null check (segments between 1 and 10),
    passive       boolean not null default false, -- help and the like: few an hour, then silence
    state         text not null default 'queued'
                  check (state in ('queued', 'leased', 'accepted', 'delivered', 'undelivered',
                                   'unknown', 'held', 'expired', 'dead')),
    attempts      smallint not null default 0,
    asked         smallint not null default 0,    -- while unknown: how often we asked, or resent
    next_at       timestamptz not null default clock_timestamp(),
    expires_at    timestamptz not null default clock_timestamp() + interval '24 hours',
    lease_token   bigint,
    lease_until   timestamptz,
    provider      text,
    provider_id   text check (length(provider_id) <= 200),
    last_error    text check (length(last_error) <= 200),
    created_at    timestamptz not null default clock_timestamp(),
    done_at       timestamptz
);
create index outbox_todo on outbox (next_at, id) where state in ('queued', 'leased', 'unknown');
create index outbox_leased on outbox (lease_until) where state = 'leased';
create index outbox_passive on outbox (recipient_key, created_at) where passive;
create index outbox_provider on outbox (provider, provider_id) where provider_id is not null;

-- The intent to call, committed before the call.
create table attempt (
    outbox_id   bigint not null references outbox,
    n           smallint not null,
    provider    text not null,
    started_at  timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    outcome     text check (outcome in ('accepted', 'rejected', 'retry', 'unknown')),
    http_status integer,
    error       text check (length(error) <= 200),
    primary key (outbox_id, n)
);

-- Delivery receipts as they came; applied to the outbox monotonely.
create table dlr (
    client_ref  uuid not null,
    status      text not null check (status in ('accepted', 'buffered', 'delivered', 'undelivered')),
    received_at timestamptz not null default clock_timestamp(),
    applied     boolean not null default false,
    primary key (client_ref, status)
);

grant select, insert, update on inbox, outbox, attempt, dlr to wardmote_api;
grant usage on sequence lease_token to wardmote_api;
