-- 0018_offers.sql: residents who offer help with a project or a pledge. People helping people is why
-- a neighbourhood does this: the ward's officers alone see the number, and call.

create table offer (
    id            bigint generated always as identity primary key,
    proposal_id   integer references proposal,
    pledge_id     integer references pledge,
    name          text not null default '' check (length(name) <= 120),
    words         text not null check (length(words) between 1 and 300), -- what they can do
    number_sealed bytea,                                                 -- "phone.number"
    recipient_key bytea check (octet_length(recipient_key) = 32),
    door          text not null check (door in ('web', 'text')),
    made_at       timestamptz not null default clock_timestamp(),
    agreed_at     timestamptz, -- that an officer may call: by the box on the web, by AGREE in a text
    answered_at   timestamptz,
    answered_by   integer references officer,
    check ((proposal_id is null) <> (pledge_id is null)),
    check ((number_sealed is null) = (recipient_key is null)),
    check ((answered_at is null) = (answered_by is null)),
    check (answered_at is null or agreed_at is not null)
);
-- One offer of a number for a thing: a second one replaces what it says.
create unique index offer_proposal on offer (proposal_id, recipient_key);
create unique index offer_pledge on offer (pledge_id, recipient_key);
create index offer_sender on offer (recipient_key) where agreed_at is null;

grant select, insert, update, delete on offer to wardmote_api;
