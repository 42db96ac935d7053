-- 0012_desk_texts.sql: officers who look after texts, and bulk texts to those who asked for them.

-- What an officer may do besides looking after areas (officer_area).
create table officer_role (
    officer_id integer not null references officer,
    role       text not null check (role in ('sms_operator', 'administrator')),
    given_at   timestamptz not null default clock_timestamp(),
    primary key (officer_id, role)
);

alter table sms_gateway
    add column place   smallint check (place > 0), -- its place among those that a daemon sends by
    add column seen_at timestamptz;                -- when a daemon that sends by it last said so
alter table sms_limits add column bulk_paused_at timestamptz; -- an officer holds bulk texts back

-- The desk counts the attempts of a day, and lists texts that need somebody.
create index attempt_started on attempt using brin (started_at);
create index outbox_letter on outbox (id) where state in ('dead', 'held', 'expired');
create index inbox_letter on inbox (id) where state in ('dead', 'quarantined');

-- Who asked for bulk texts: when, through which door, and the words that were agreed to. A row ends
-- by STOP and stays, without the number, as the proof.
create table sms_consent (
    id               bigint generated always as identity primary key,
    recipient_key    bytea not null check (octet_length(recipient_key) = 32),
    number_sealed    bytea, -- door web: "phone.number"; door text: "outbox.recipient"
    neighbourhood_id integer references neighbourhood, -- where the person lives, where known
    door             text not null check (door in ('web', 'text')),
    wording          text not null check (length(wording) between 1 and 400),
    given_at         timestamptz not null default clock_timestamp(),
    ended_at         timestamptz,
    ended_by         text check (ended_by in ('text', 'provider')), -- provider: it was told STOP
    check ((ended_at is null) = (ended_by is null)),
    check (ended_at is null or number_sealed is null)
);
create unique index sms_consent_stands on sms_consent (recipient_key) where ended_at is null;
-- The box that was ticked beside the number: it is consent once the digits have proved the number.
alter table sign_in add column news text check (length(news) between 1 and 400);

-- Which occasions of a round an officer switched on.
create table bulk (
    round_id    integer not null references round,
    occasion    text not null check (occasion in ('opened', 'closing', 'result')),
    officer_id  integer not null references officer,
    switched_at timestamptz not null default clock_timestamp(),
    primary key (round_id, occasion)
);

-- One text for a number and an occasion.
create table bulk_text (
    round_id      integer not null references round,
    occasion      text not null check (occasion in ('opened', 'closing', 'result')),
    recipient_key bytea not null check (octet_length(recipient_key) = 32),
    closes_at     timestamptz, -- what the text says about the close
    outbox_id     bigint unique references outbox,
    primary key (round_id, occasion, recipient_key)
);

grant select on officer_role to wardmote_api;
grant select, insert, update on sms_consent to wardmote_api;
grant select, insert, delete on bulk to wardmote_api;
grant select, insert, update, delete on bulk_text to wardmote_api;
