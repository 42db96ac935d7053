-- 0003_ballot_box.sql: every kind of ballot, the states of a round, what two officers do together,
-- and where a ballot came from when it was not the web or a text.

-- --- rounds ------------------------------------------------------------------------------------
-- draft -> review -> approved (by a second officer) -> scheduled (frozen; opens and closes by the
-- clock) -> counted -> result_review -> published -> archived. Review and approved go back to
-- draft when something must change, result_review to counted.
alter table round
    drop constraint round_state_check,
    drop constraint round_check3,
    drop constraint round_kind_check,
    drop constraint round_rule_check;
alter table round
    add column frozen boolean not null
        generated always as (state not in ('draft', 'review', 'approved')) stored,
    add column submitted_by integer references officer,
    add column submitted_at timestamptz,
    add column approved_by integer references officer,
    add column approved_at timestamptz,
    -- Who may vote: voters on registers of this kind whose area lies in the round's.
    add column eligibility text not null default 'code'
        check (eligibility in ('code', 'phone', 'register')),
    -- What a voter declares before the first ballot; null and 'none': nothing.
    add column minimum_age smallint check (minimum_age between 5 and 99),
    add column residence text not null default 'none'
        check (residence in ('none', 'postcode', 'neighbourhood')),
    add column blank_allowed boolean not null default false,
    add column points_sum smallint check (points_sum between 1 and 1000), -- to give out in all
    add column points_max smallint check (points_max between 1 and 1000), -- to one proposal
    add column cap_percent smallint check (cap_percent between 1 and 100), -- of a pot, to one
    add column carry boolean not null default false, -- what a pot leaves goes on to the next
    add column rule_parameters jsonb not null default '{}',
    add constraint round_state_check check (state in (
        'draft', 'review', 'approved', 'scheduled', 'counted', 'result_review', 'published',
        'archived')),
    add constraint round_kind_check check (kind in (
        'approval', 'knapsack', 'points', 'ranking', 'yes_no')),
    add constraint round_rule_check check (rule ~ '^[a-z][a-z0-9-]{1,30}$'),
    add constraint round_points check (
        (kind = 'points') = (points_sum is not null) and (kind = 'points') = (points_max is not null)
        and (points_max is null or points_max <= points_sum)),
    add constraint round_second_officer check (approved_by is null or approved_by <> submitted_by),
    -- The pseudonym key is erased some weeks after the result (the retain job), and not before.
    add constraint round_frozen_whole check (
        state in ('draft', 'review', 'approved')
        or (opens_at is not null and closes_at is not null and scheduled_at is not null
            and rules_text is not null and rules_sha256 is not null
            and (k_pseudonym is not null or state in ('published', 'archived'))
            and k_nonce is not null and seed is not null));

-- Limits of a pot of its own; null: only the round's.
alter table pot
    add column min_picks smallint check (min_picks between 0 and 60),
    add column max_picks smallint check (max_picks between 1 and 60),
    add check (min_picks <= max_picks);

-- Proposals of which one at most can win: two plans for the same corner.
create table exclusion (
    round_id    integer not null references round,
    ordinal     smallint not null check (ordinal between 1 and 30),
    proposal_id integer not null references proposal,
    primary key (round_id, ordinal, proposal_id)
);

-- --- what two officers do together --------------------------------------------------------------
-- One officer asks, another decides: append-only amendments to what was frozen. Asking may be
-- taken back by who asked; granting never by the same person.
create table amendment (
    id            bigint generated always as identity primary key,
    kind          text not null
                  check (kind in ('extension', 'withdrawal', 'void_ballot', 'void_code')),
    round_id      integer references round,
    closes_at     timestamptz,                   -- extension: the new close,
    closed_at     timestamptz,                   -- and the one before
    proposal_id   integer references proposal,   -- withdrawal
    voter_id      bigint references voter,       -- void_ballot: whose,
    revision      integer,                       -- and which
    credential_id bigint references credential,  -- void_code
    reason        text not null check (length(reason) between 1 and 400), -- published, but void_code's
    asked_by      integer not null references officer,
    asked_at      timestamptz not null default clock_timestamp(),
    decided_by    integer references officer,
    decided_at    timestamptz,
    granted       boolean,
    check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (granted is null)),
    check (granted is not true or decided_by <> asked_by),
    check ((kind = 'void_code') = (round_id is null)),
    check ((kind = 'extension') = (closes_at is not null)),
    check ((kind = 'withdrawal') = (proposal_id is not null)),
    check ((kind = 'void_ballot') = (revision is not null)),
    check ((kind = 'void_code') = (credential_id is not null))
);
create index amendment_round on amendment (round_id);
create index amendment_waiting on amendment (asked_at) where granted is null;

create function amendment_kept() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.granted is null and new.granted is not null
       and (to_jsonb(new) - array['decided_by', 'decided_at', 'granted', 'closed_at'])
         = (to_jsonb(old) - array['decided_by', 'decided_at', 'granted', 'closed_at']) then
        return new;
    end if;
    raise exception 'amendments are append-only';
end
$$;
create trigger amendment_kept before update or delete on amendment
    for each row execute function amendment_kept();

-- A frozen round does not change, but for: its state, which moves forwards (a result under review
-- may go back to counted); its close, later, by an extension that was granted; and its pseudonym
-- key, which is erased in the end.
create or replace function round_frozen() returns trigger language plpgsql as $$
declare
    states constant text[] := array['draft', 'review', 'approved', 'scheduled', 'counted',
                                    'result_review', 'published', 'archived'];
    open_to_change text[] := array['state', 'frozen'];
begin
    if tg_op = 'DELETE' then
        if old.frozen then
            raise exception 'round % is frozen', old.id;
        end if;
        return old;
    end if;
    if array_position(states, new.state) < array_position(states, old.state)
       and not (new.state = 'draft' and old.state in ('review', 'approved'))
       and not (new.state = 'counted' and old.state = 'result_review') then
        raise exception 'round % cannot go back from % to %', old.id, old.state, new.state;
    end if;
    if not old.frozen then
        return new;
    end if;
    if new.closes_at > old.closes_at and exists (
        select from wardmote.amendment a
        where a.round_id = old.id and a.kind = 'extension' and a.granted
          and a.closes_at = new.closes_at) then
        open_to_change := open_to_change || 'closes_at'::text;
    end if;
    if new.k_pseudonym is null and new.state in ('published', 'archived') then
        open_to_change := open_to_change || 'k_pseudonym'::text;
    end if;
    if (to_jsonb(new) - open_to_change) is distinct from (to_jsonb(old) - open_to_change) then
        raise exception 'round % is frozen', old.id;
    end if;
    return new;
end
$$;

-- A frozen round's parts do not change, but for a withdrawal that was granted.
create or replace function part_frozen() returns trigger language plpgsql as $$
declare
    the_round integer := case when tg_op = 'DELETE' then old.round_id else new.round_id end;
begin
    if exists (select from wardmote.round r where r.id = the_round and r.state <> 'draft') then
        if not (tg_table_name = 'proposal' and tg_op = 'UPDATE'
                and to_jsonb(new) ->> 'state' = 'withdrawn'
                and to_jsonb(old) ->> 'state' = 'published'
                and (to_jsonb(new) - array['state', 'withdrawn_reason'])
                  = (to_jsonb(old) - array['state', 'withdrawn_reason'])
                and exists (select from wardmote.amendment a
                            where a.proposal_id = (to_jsonb(old) ->> 'id')::integer
                              and a.kind = 'withdrawal' and a.granted)) then
            raise exception 'round % is frozen', the_round;
        end if;
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger exclusion_frozen before insert or update or delete on exclusion
    for each row execute function part_frozen();

-- --- who may vote --------------------------------------------------------------------------------
-- codes: one voting code a voter, handed out by area. phones: one mobile number a voter, who came
-- by themselves. imported: the council's own list, with codes, numbers or both.
alter table register
    add column kind text not null default 'codes' check (kind in ('codes', 'phones', 'imported')),
    add column codes_per_address smallint not null default 1
        check (codes_per_address between 1 and 20),
    add column extra_cap smallint not null default 2      -- codes a clerk may add at one address
        check (extra_cap between 0 and 20),
    add column retired_at timestamptz;                    -- no round that is not frozen yet uses it

alter table credential
    drop constraint credential_kind_check,
    alter column serial drop not null,
    add column number_sealed bytea,                       -- phone: the number, to be texted
    add column issued_as text not null default 'batch'
        check (issued_as in ('batch', 'lost', 'extra', 'import', 'phone')),
    add column issued_by integer references officer,
    add column replaces_id bigint references credential,  -- lost: the one before, now void
    add column voided_by integer references officer,
    add constraint credential_kind_check check (kind in ('code', 'phone')),
    add constraint credential_serial check ((kind = 'code') = (serial is not null));

-- What a voter declared for a round that asks. Part of the right to vote, not of the ballot.
create table declaration (
    round_id    integer not null references round,
    voter_id    bigint not null references voter,
    old_enough  boolean not null default false,
    residence   text not null default '' check (length(residence) <= 80), -- postcode or place
    channel     smallint not null check (channel between 1 and 4),
    declared_at timestamptz not null default clock_timestamp(),
    primary key (round_id, voter_id)
);

-- Which area a postcode lies in, where the council loaded that table.
create table postcode (
    postcode         text primary key check (postcode ~ '^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$'),
    neighbourhood_id integer not null references neighbourhood
);

-- --- ballots ------------------------------------------------------------------------------------
-- A sealed batch of paper ballots: cast when it was collected, whenever it is typed in.
create table paper_batch (
    id            integer generated always as identity primary key,
    round_id      integer not null references round,
    collected_at  timestamptz not null,
    place         text not null check (length(place) between 1 and 120),
    ballots       integer not null check (ballots between 1 and 5000), -- counted when it was sealed
    opened_by     integer not null references officer,
    opened_at     timestamptz not null default clock_timestamp(),
    spoilt        integer not null default 0 check (spoilt >= 0),
    reconciled_by integer references officer,
    reconciled_at timestamptz,
    check ((reconciled_by is null) = (reconciled_at is null))
);
create index paper_batch_round on paper_batch (round_id);

-- Channels: 1 web, 2 text, 3 paper (batch and clerk), 4 assisted (a clerk types for a voter).
alter table revision
    drop constraint revision_channel_check,
    add constraint revision_channel_check check (channel in (1, 2, 3, 4)),
    add column clerk_id integer,
    add column batch_id integer,
    add constraint revision_clerk check ((channel in (3, 4)) = (clerk_id is not null)),
    add constraint revision_batch check ((channel = 3) = (batch_id is not null));
create index revision_batch on revision (batch_id) where batch_id is not null;

-- Ballots that two officers declared void. The voter's next revision counts again.
create table revision_void (
    round_id     integer not null,
    voter_id     bigint not null,
    revision     integer not null,
    amendment_id bigint not null references amendment,
    voided_at    timestamptz not null default clock_timestamp(),
    primary key (round_id, voter_id, revision)
);
create trigger revision_void_kept before update or delete or truncate on revision_void
    for each statement execute function revision_kept();

-- The figures of a result say what became of everything.
alter table result
    add column assisted integer not null default 0,
    add column voided integer not null default 0,
    add column submitted_by integer references officer,
    add column submitted_at timestamptz,
    add column final_at timestamptz; -- the end of the time in which it may be challenged

-- --- texts to voters that something else than a text of theirs gave reason to ----------------------
-- Who wrote the row cannot seal a text (the key is outside the database): wardmote-sms takes it
-- from here, words and seals it, and writes the outbox in the same transaction.
create table notice (
    id           bigint generated always as identity primary key,
    kind         text not null check (kind in ('withdrawal', 'sign_in_code')),
    amendment_id bigint references amendment,
    round_id     integer references round,
    voter_id     bigint references voter,
    inbox_id     bigint,               -- the number that this text came from,
    number_sealed bytea,               -- or this number,
    recipient_key bytea check (octet_length(recipient_key) = 32),
    body_sealed  bytea,                -- sign_in_code: the five digits, until they were sent
    created_at   timestamptz not null default clock_timestamp(),
    taken_at     timestamptz,
    check (inbox_id is not null or number_sealed is not null)
);
create index notice_todo on notice (id) where taken_at is null;

grant select, insert on exclusion, amendment, declaration, postcode, paper_batch, revision_void,
    notice to wardmote_api;
grant update on amendment, declaration, register, paper_batch, notice, number_in_use to wardmote_api;
grant delete on exclusion, postcode to wardmote_api;
