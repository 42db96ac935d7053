-- 0010_gateways.sql: several providers at once, and what keeps sending within bounds: buckets,
-- breakers, budget, stops. Prices are pence a segment; a fraction of a penny is usual.

-- What is known about each provider that a daemon has sent by; a row appears when first used.
create table sms_gateway (
    name         text primary key check (length(name) between 1 and 40),
    price        numeric(9, 4) not null default 0 check (price >= 0),        -- to our own country
    price_abroad numeric(9, 4) not null default 0 check (price_abroad >= 0),
    rate         real not null default 1000 check (rate > 0),                -- texts a second
    burst        real not null default 1000 check (burst >= 1),
    tokens       real not null default 1,
    tokens_at    timestamptz not null default clock_timestamp(),
    recent       text not null default '' check (recent ~ '^[.x]{0,20}$'),   -- x: retry or unknown
    opened       smallint not null default 0,  -- how often in a row the breaker opened
    open_until   timestamptz,                  -- no calls before; after it, one probe
    probing      boolean not null default false,
    paused_until timestamptz,                  -- a daily limit, or an officer's word
    paused_why   text check (length(paused_why) <= 60)
);
-- Notify allows 3,000 requests in a rolling minute; 45 a second stays below. What a text costs is
-- the council's own contract: these are what to assume until it is set, on the dear side.
insert into sms_gateway (name, price, price_abroad, rate, burst) values
    ('notify', 3, 15, 45, 45), ('twilio', 5, 15, 20, 20), ('vonage', 5, 15, 20, 20),
    ('africastalking', 5, 15, 20, 20), ('generic', 5, 15, 20, 20),
    ('kannel', 0, 0, 5000, 5000), ('handset', 0, 0, 5000, 5000);

create table sms_limits (
    one       boolean primary key default true check (one),
    day_pence numeric(12, 4) check (day_pence >= 0),     -- null: no budget
    rate      real not null default 5000 check (rate > 0), -- all texts, a second
    tokens    real not null default 1,
    tokens_at timestamptz not null default clock_timestamp()
);
insert into sms_limits (day_pence) values (50000);

create table sms_budget (
    day      date primary key,                           -- in York
    reserved numeric(12, 4) not null default 0 check (reserved >= 0)
);

-- Who texted STOP: bulk ends, replies go on; with `by` provider, the provider refuses all.
create table sms_stop (
    recipient_key bytea not null check (octet_length(recipient_key) = 32),
    by            text not null check (by in ('text', 'provider')),
    since         timestamptz not null default clock_timestamp(),
    primary key (recipient_key, by)
);

-- Receipts that name a text by the provider's own id and came before we knew that id.
create table sms_receipt_early (
    provider    text not null,
    provider_id text not null check (length(provider_id) <= 200),
    status      text not null
                check (status in ('accepted', 'buffered', 'delivered', 'undelivered')),
    received_at timestamptz not null default clock_timestamp(),
    primary key (provider, provider_id, status)
);

-- What an operator should know; told once by whoever asks first.
create table sms_alarm (
    name    text primary key check (length(name) <= 80),  -- "budget_low", "breaker:notify"
    since   timestamptz not null default clock_timestamp(),
    times   integer not null default 1,
    told_at timestamptz
);

-- How far each provider's list of texts to us was read.
create table sms_poll (
    provider     text primary key check (length(provider) between 1 and 40),
    last_ok      timestamptz,
    last_full    timestamptz,  -- all that the provider keeps
    only_by_poll bigint not null default 0, -- texts whose webhook never came
    lease_until  timestamptz
);

-- Parts of long texts, from providers that hand them over one by one.
create table sms_part (
    provider      text not null,
    sender_key    bytea not null check (octet_length(sender_key) = 32),
    endpoint      text not null check (length(endpoint) <= 40),
    ref           text not null check (length(ref) between 1 and 40),
    total         smallint not null check (total between 2 and 10),
    part          smallint not null check (part between 1 and 10),
    message_id    text not null check (length(message_id) between 1 and 200),
    sent_at       timestamptz,
    sender_sealed bytea not null,
    body_sealed   bytea not null check (octet_length(body_sealed) <= 17000),
    received_at   timestamptz not null default clock_timestamp(),
    joined        boolean not null default false, -- the whole text was handed out
    primary key (provider, sender_key, endpoint, ref, total, part)
);
create index sms_part_age on sms_part (received_at);

alter table outbox
    add column reserved    numeric(9, 4) not null default 0, -- pence, of one attempt
    add column reserved_on date,
    add column tries_from  smallint not null default 0,      -- attempts before an officer's replay
    add column bound       boolean not null default false,   -- was unknown: only its provider
    add column body_key    bytea check (octet_length(body_key) = 32);
alter table outbox drop constraint outbox_state_check;
-- cancelled: not sent, for the reason in last_error (stopped, blocked, loop, limit, no_gateway)
alter table outbox add constraint outbox_state_check
    check (state in ('queued', 'leased', 'accepted', 'delivered', 'undelivered', 'unknown', 'held',
                     'expired', 'dead', 'cancelled'));
create index outbox_recipient on outbox (recipient_key, created_at);
drop index outbox_todo;
create index outbox_todo on outbox ((class = 'bulk'), next_at, id)
    where state in ('queued', 'leased', 'unknown');

grant select, insert, update on sms_gateway, sms_limits, sms_budget, sms_alarm, sms_poll
    to wardmote_api;
grant select, insert, update, delete on sms_stop, sms_receipt_early, sms_part to wardmote_api;
