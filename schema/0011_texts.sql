-- 0011_texts.sql: what texts need to remember between one and the next: digits that a number must
-- send back before its vote counts, and where a list was left.

-- A vote that came without a code, from the number `sender_key`: it counts when the five digits
-- that were texted to that number come back. Three wrong answers end it.
create table sms_challenge (
    id         bigint generated always as identity primary key,
    inbox_id   bigint not null unique references inbox, -- the text that waits
    sender_key bytea not null check (octet_length(sender_key) = 32),
    digits_key bytea not null check (octet_length(digits_key) = 32), -- keyed hash
    rounds     integer[] not null,  -- that it votes in; none: it takes votes back
    wrong      smallint not null default 0,
    created_at timestamptz not null default clock_timestamp(),
    ended_at   timestamptz          -- answered, or three wrong answers
);
create index sms_challenge_sender on sms_challenge (sender_key, created_at);

-- Where a number's list was left, for MORE.
create table sms_list (
    sender_key       bytea primary key check (octet_length(sender_key) = 32),
    neighbourhood_id integer not null references neighbourhood,
    page             smallint not null check (page > 0),
    at               timestamptz not null default clock_timestamp()
);

-- Lists and results: more of them an hour than of help, fewer than of votes.
alter table outbox add column lookup boolean not null default false;
create index outbox_lookup on outbox (recipient_key, created_at) where lookup;

grant select, insert, update, delete on sms_challenge, sms_list to wardmote_api;
