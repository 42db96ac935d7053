-- 0017_ideas.sql: what residents send in: ideas for projects, which an officer weighs, answers and
-- may make into a proposal.

-- Whoever wrote it comes back by a private link: only its key's SHA-256 is stored. The reference is
-- said over the telephone and proves nothing.
create table idea (
    id               bigint generated always as identity primary key,
    reference        text not null unique check (reference ~ '^[0-9A-HJKMNP-TV-Z]{6}$'),
    key_hash         bytea not null unique check (octet_length(key_hash) = 32),
    neighbourhood_id integer references neighbourhood,
    title            text not null default '' check (length(title) <= 120),
    what             text not null default '' check (length(what) <= 2000),
    place            text not null default '' check (length(place) <= 120),
    benefit          text not null default '' check (length(benefit) <= 1000),
    cost_guess       bigint check (cost_guess between 1 and 100000000000), -- the proposer's, in pence
    proposer         text not null default '' check (length(proposer) <= 120),
    number_sealed    bytea,         -- who may be texted when there is an answer; null: nobody
    recipient_key    bytea check (octet_length(recipient_key) = 32),
    state            text not null default 'draft'
                     check (state in ('draft', 'sent', 'asked', 'shortlisted', 'merged', 'refused',
                                      'taken_back')),
    officer_id       integer references officer,                      -- who looks after it
    cost             bigint check (cost between 1 and 100000000000), -- the officer's estimate
    merged_into      bigint references idea,
    proposal_id      integer references proposal,
    created_at       timestamptz not null default clock_timestamp(),
    saved_at         timestamptz not null default clock_timestamp(),
    sent_at          timestamptz,
    decided_at       timestamptz,
    check ((number_sealed is null) = (recipient_key is null)),
    check (state = 'draft' or sent_at is not null),
    check ((state = 'merged') = (merged_into is not null)),
    check ((state = 'shortlisted') = (proposal_id is not null)),
    check ((state in ('shortlisted', 'merged', 'refused', 'taken_back')) = (decided_at is not null))
);
create index idea_area on idea (neighbourhood_id, state);

-- What officer and proposer wrote to each other; notes stay at the desk. Append-only.
create table idea_message (
    id         bigint generated always as identity primary key,
    idea_id    bigint not null references idea on delete cascade,
    at         timestamptz not null default clock_timestamp(),
    officer_id integer references officer, -- null: the proposer
    kind       text not null check (kind in ('question', 'answer', 'refusal', 'merge', 'note')),
    words      text not null check (length(words) between 1 and 1000),
    check ((officer_id is null) = (kind = 'answer'))
);
create index idea_message_idea on idea_message (idea_id, id);

grant select, insert, update, delete on idea to wardmote_api;
grant select, insert on idea_message to wardmote_api;

-- A text to who asked for one: there is an answer on the private page.
alter table notice
    drop constraint notice_kind_check,
    add constraint notice_kind_check check (kind in ('withdrawal', 'sign_in_code', 'idea')),
    add column idea_id bigint references idea on delete cascade;
