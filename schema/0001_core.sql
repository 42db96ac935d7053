-- 0001_core.sql: areas, agreements, rounds, voters, ballots, officers, results.
-- Money is bigint pence. Times are timestamptz; the database's clock is the only clock.

create table neighbourhood (
    id         integer generated always as identity primary key,
    slug       text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    name       text not null check (length(name) between 1 and 80),
    kind       text not null check (kind in ('city', 'ward', 'parish', 'sub_area')),
    parent_id  integer references neighbourhood,
    ons_code   text unique,
    population integer check (population > 0),
    households integer check (households > 0),
    about      text not null default '' check (length(about) <= 4000)
);

-- The closure of parent_id: every area, and every area that it lies in, itself included. Makes
-- "does this round's area hold this voter's?" one index look-up. Kept by a trigger; an area never
-- moves.
create table neighbourhood_within (
    neighbourhood_id integer not null references neighbourhood,
    within_id        integer not null references neighbourhood,
    primary key (neighbourhood_id, within_id)
);

create function neighbourhood_place() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if new.parent_id is distinct from old.parent_id then
            raise exception 'a neighbourhood does not move: make a new one';
        end if;
        return null;
    end if;
    insert into wardmote.neighbourhood_within values (new.id, new.id);
    insert into wardmote.neighbourhood_within
    select new.id, w.within_id from wardmote.neighbourhood_within w
    where w.neighbourhood_id = new.parent_id;
    return null;
end
$$;
create trigger neighbourhood_place after insert or update on neighbourhood
    for each row execute function neighbourhood_place();

-- Officers. Passwords as scrypt strings, TOTP seeds sealed by a key outside the database.
create table officer (
    id             integer generated always as identity primary key,
    email          text not null check (length(email) between 3 and 254),
    name           text not null check (length(name) between 1 and 80),
    password_hash  text not null,
    totp_sealed    bytea not null,
    totp_last_step bigint not null default 0, -- a used step is never accepted again
    created_at     timestamptz not null default clock_timestamp(),
    disabled_at    timestamptz,
    signed_in_at   timestamptz
);
create unique index officer_email on officer (lower(email));

-- The areas that an officer looks after (and all that lie within them).
create table officer_area (
    officer_id       integer not null references officer,
    neighbourhood_id integer not null references neighbourhood,
    primary key (officer_id, neighbourhood_id)
);

create table officer_session (
    id_hash    bytea primary key check (octet_length(id_hash) = 32), -- SHA-256 of the cookie's id
    officer_id integer not null references officer,
    created_at timestamptz not null default clock_timestamp(),
    seen_at    timestamptz not null default clock_timestamp(),
    ended_at   timestamptz
);
create index officer_session_officer on officer_session (officer_id);

-- Failed tries, for limits: voting codes by network address or phone, sign-ins by account. Keys
-- are HMACs. Rows older than a day are of no use and are erased.
create table failure (
    kind text not null check (kind in ('code', 'sign_in')),
    key  bytea not null,
    at   timestamptz not null default clock_timestamp()
);
create index failure_key on failure (kind, key, at);
create index failure_at on failure (kind, at);

-- What officers did. Append-only.
create table audit (
    id         bigint generated always as identity primary key,
    at         timestamptz not null default clock_timestamp(),
    officer_id integer references officer,
    action     text not null check (action ~ '^[a-z_]+\.[a-z_]+$'), -- "round.schedule"
    object     text not null,
    detail     jsonb not null default '{}'
);

-- Neighbourhood agreements: editions of pledges.
create table provider (
    id   integer generated always as identity primary key,
    name text not null unique check (length(name) between 1 and 120)
);

create table agreement_edition (
    id               integer generated always as identity primary key,
    neighbourhood_id integer not null references neighbourhood,
    edition          integer not null check (edition > 0),
    title            text not null check (length(title) between 1 and 120),
    in_return        text not null default '' check (length(in_return) <= 4000), -- what residents do
    state            text not null default 'draft'
                     check (state in ('draft', 'proposed', 'adopted', 'superseded', 'rejected')),
    adopted_on       date,
    review_on        date,
    unique (neighbourhood_id, edition)
);
create unique index agreement_edition_in_force on agreement_edition (neighbourhood_id)
    where state = 'adopted';

create table pledge (
    id           integer generated always as identity primary key,
    edition_id   integer not null references agreement_edition,
    ordinal      integer not null check (ordinal > 0),
    provider_id  integer not null references provider,
    promise      text not null check (length(promise) between 1 and 400),
    standard     text not null default '' check (length(standard) <= 400),
    measure      text not null default '' check (length(measure) <= 400),
    due          date,
    state        text not null default 'drafted'
                 check (state in ('drafted', 'accepted', 'amended', 'declined')),
    reason       text not null default '' check (length(reason) <= 400), -- of amending, declining
    checked_on   date,
    check_result text check (check_result in ('met', 'partly', 'not_met')),
    evidence     text not null default '' check (length(evidence) <= 1000),
    unique (edition_id, ordinal),
    check ((checked_on is null) = (check_result is null))
);

-- One vote: an area, dates and rules.
create table round (
    id               integer generated always as identity primary key,
    uuid             uuid not null unique default gen_random_uuid(),
    slug             text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    neighbourhood_id integer not null references neighbourhood,
    title            text not null check (length(title) between 1 and 120),
    about            text not null default '' check (length(about) <= 4000),
    kind             text not null check (kind in ('approval', 'knapsack', 'yes_no')),
    edition_id       integer references agreement_edition, -- yes_no: what is put to the vote
    opens_at         timestamptz,
    closes_at        timestamptz,
    grace            interval not null default '15 minutes'
                     check (grace between interval '0' and interval '1 hour'),
    min_picks        integer not null default 1 check (min_picks between 0 and 60),
    max_picks        integer not null default 60 check (max_picks between 1 and 60),
    rule             text not null default 'greedy' check (rule in ('greedy', 'yes-no')),
    minimum_votes    integer not null default 0 check (minimum_votes between 0 and 1000000),
    state            text not null default 'draft'
                     check (state in ('draft', 'scheduled', 'counted', 'published')),
    -- Written when the round is scheduled, never changed afterwards:
    scheduled_at     timestamptz,
    rules_text       text, -- canonical text of rules, proposals, prices and limits
    rules_sha256     bytea check (octet_length(rules_sha256) = 32),
    k_pseudonym      bytea, -- sealed by the master key outside the database
    k_nonce          bytea,
    seed             bytea, -- sealed until the count: decides lots; its hash is in rules_text
    created_by       integer references officer,
    created_at       timestamptz not null default clock_timestamp(),
    check (min_picks <= max_picks),
    check (opens_at < closes_at),
    check ((kind = 'yes_no') = (rule = 'yes-no')),
    check (state = 'draft'
           or (opens_at is not null and closes_at is not null and scheduled_at is not null
               and rules_text is not null and rules_sha256 is not null
               and k_pseudonym is not null and k_nonce is not null and seed is not null))
);
create index round_area on round (neighbourhood_id);

-- Money in a round. Each proposal draws on one pot.
create table pot (
    id       integer generated always as identity primary key,
    round_id integer not null references round,
    ordinal  integer not null check (ordinal between 1 and 9),
    name     text not null check (length(name) between 1 and 80),
    amount   bigint not null check (amount between 1 and 100000000000), -- pence
    source   text not null default '' check (length(source) <= 200),
    unique (round_id, ordinal),
    unique (round_id, id)
);

-- A proposal; in a yes_no round, the question (no pot, no cost).
create table proposal (
    id           integer generated always as identity primary key,
    round_id     integer not null references round,
    number       smallint not null check (number between 0 and 9999), -- 3 digits and a Damm digit
    short_name   text not null check (length(short_name) between 1 and 16),
    title        text not null check (length(title) between 1 and 120),
    summary      text not null default '' check (length(summary) <= 300),
    body         text not null default '' check (length(body) <= 20000), -- Markdown
    place        text not null default '' check (length(place) <= 120),
    proposer     text not null default '' check (length(proposer) <= 120),
    pot_id       integer,
    cost         bigint check (cost between 1 and 100000000000), -- pence
    state        text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
    published_at timestamptz,
    withdrawn_reason text not null default '' check (length(withdrawn_reason) <= 400),
    created_by   integer references officer,
    unique (round_id, number),
    foreign key (round_id, pot_id) references pot (round_id, id),
    check ((pot_id is null) = (cost is null))
);

-- Numbers are unique across all rounds open together (a text names no ward): a scheduled round
-- holds its numbers from opening until close and grace.
create table number_in_use (
    number   smallint not null,
    round_id integer not null references round,
    during   tstzrange not null,
    primary key (round_id, number),
    constraint number_unique_while_open exclude using gist (number with =, during with &&)
);

-- A frozen round does not change: only its state moves on, and only forwards.
create function round_frozen() returns trigger language plpgsql as $$
declare
    states constant text[] := array['draft', 'scheduled', 'counted', 'published'];
begin
    if tg_op = 'DELETE' then
        if old.state <> 'draft' then
            raise exception 'round % is frozen', old.id;
        end if;
        return old;
    end if;
    if array_position(states, new.state) < array_position(states, old.state) then
        raise exception 'round % cannot go back from % to %', old.id, old.state, new.state;
    end if;
    if old.state <> 'draft'
       and (to_jsonb(new) - 'state') is distinct from (to_jsonb(old) - 'state') then
        raise exception 'round % is frozen', old.id;
    end if;
    return new;
end
$$;
create trigger round_frozen before update or delete on round
    for each row execute function round_frozen();

create function part_frozen() returns trigger language plpgsql as $$
declare
    the_round integer := case when tg_op = 'DELETE' then old.round_id else new.round_id end;
begin
    if exists (select from wardmote.round r where r.id = the_round and r.state <> 'draft') then
        raise exception 'round % is frozen', the_round;
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger pot_frozen before insert or update or delete on pot
    for each row execute function part_frozen();
create trigger proposal_frozen before insert or update or delete on proposal
    for each row execute function part_frozen();

-- Who may vote, by area. A voter is one right on a register: one ballot in every round whose area
-- holds theirs. Voters are never deleted and their uuid never changes.
create table register (
    id         integer generated always as identity primary key,
    name       text not null unique check (length(name) between 1 and 120),
    created_at timestamptz not null default clock_timestamp()
);

create table voter (
    id               bigint generated always as identity primary key,
    uuid             uuid not null default gen_random_uuid(),
    register_id      integer not null references register,
    neighbourhood_id integer not null references neighbourhood,
    generation       integer not null default 1 -- raised by void, re-issue and signing out
);

create function voter_kept() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' then
        raise exception 'voters are never deleted: void their credential';
    end if;
    if (new.id, new.uuid) is distinct from (old.id, old.uuid) then
        raise exception 'a voter keeps id and uuid';
    end if;
    return new;
end
$$;
create trigger voter_kept before update or delete on voter
    for each row execute function voter_kept();
create trigger voter_not_truncated before truncate on voter
    for each statement execute function voter_kept();

-- How a voter proves the right to vote: a voting code, stored only as keyed hash.
create table credential (
    id          bigint generated always as identity primary key,
    voter_id    bigint not null references voter,
    kind        text not null check (kind in ('code')),
    lookup      bytea not null unique check (octet_length(lookup) = 32),
    serial      text not null unique,      -- printed on the letter: names the code without telling it
    address_ref text not null default '' check (length(address_ref) <= 120),
    batch_id    integer,
    created_at  timestamptz not null default clock_timestamp(),
    voided_at   timestamptz,
    void_reason text not null default '' check (length(void_reason) <= 400)
);
create index credential_voter on credential (voter_id);

create table code_batch (
    id               integer generated always as identity primary key,
    neighbourhood_id integer not null references neighbourhood,
    register_id      integer not null references register,
    codes            integer not null check (codes between 1 and 200000),
    created_by       integer references officer,
    created_at       timestamptz not null default clock_timestamp()
);
alter table credential add foreign key (batch_id) references code_batch;

-- Ballots. Every submission is a numbered revision, append-only; `ballot` holds the one that
-- stands: the greatest (cast_at, revision).
--
-- There are no foreign keys on these two tables, on purpose: a row check each would cost more
-- than the rest of the cast, and api.cast_write, the only writer, joins voter and round under
-- their locks; voters and frozen rounds are never deleted (triggers above).
-- A form's key is unique per voter: looked up under the voter's lock along the primary key.
create table revision (
    round_id   integer not null,
    voter_id   bigint not null,
    revision   integer not null check (revision > 0),
    channel    smallint not null check (channel in (1, 2, 3)), -- web, text, paper
    withdrawn  boolean not null,
    cast_at    timestamptz not null,
    written_at timestamptz not null default clock_timestamp(),
    numbers    smallint[] not null, -- of proposals, ascending
    weights    smallint[] not null,
    form_key   bytea not null check (octet_length(form_key) = 16),
    picks_hash bytea not null check (octet_length(picks_hash) = 32),
    commitment bytea not null check (octet_length(commitment) = 32),
    receipt    bigint not null,     -- first 60 bits of the commitment
    inbox_id   bigint,              -- the text that cast it
    primary key (round_id, voter_id, revision),
    check (cardinality(numbers) = cardinality(weights)),
    check (not withdrawn or cardinality(numbers) = 0)
);
create index revision_receipt on revision (receipt);

create table ballot (
    round_id         integer not null,
    voter_id         bigint not null,
    current_revision integer not null,
    current_cast_at  timestamptz not null,
    last_revision    integer not null,
    primary key (round_id, voter_id)
) with (fillfactor = 80);

create function revision_kept() returns trigger language plpgsql as $$
begin
    raise exception 'ballot revisions are append-only';
end
$$;
create trigger revision_kept before update or delete on revision
    for each statement execute function revision_kept();
create trigger revision_not_truncated before truncate on revision
    for each statement execute function revision_kept();

-- opens_at <= cast_at < closes_at, whoever writes.
create function revision_in_time() returns trigger language plpgsql as $$
begin
    if exists (select from (select i.round_id, min(i.cast_at) as first, max(i.cast_at) as last
                            from inserted i group by i.round_id) d
               left join wardmote.round r on r.id = d.round_id
               where r.id is null or r.state = 'draft'
                  or not (r.opens_at <= d.first and d.last < r.closes_at)) then
        raise exception 'cast_at outside the round''s opening'
            using errcode = 'check_violation', constraint = 'revision_in_time';
    end if;
    return null;
end
$$;
create trigger revision_in_time after insert on revision
    referencing new table as inserted
    for each statement execute function revision_in_time();

-- A count, and its publication. `part` rows hold the published files: one a pot (one for yes_no).
create table result (
    round_id     integer primary key references round,
    counted_at   timestamptz not null default clock_timestamp(),
    counted_by   integer references officer,
    seed         bytea not null check (octet_length(seed) = 32), -- now public
    ballots      integer not null,  -- current ballots counted
    web          integer not null,
    texts        integer not null,
    paper        integer not null,
    withdrawn    integer not null,
    replaced     integer not null,  -- revisions that a later one replaced
    eligible     integer not null,  -- voters on the registers in reach at the count
    approved_by  integer references officer,
    published_at timestamptz
);

create table result_part (
    round_id  integer not null references result,
    ordinal   integer not null,
    pot_id    integer references pot,
    pb        text not null,         -- the published .pb file
    pb_sha256 bytea not null check (octet_length(pb_sha256) = 32),
    outcome   json not null,         -- what wardmote-count printed, byte for byte
    log       text not null,         -- its step-by-step explanation
    primary key (round_id, ordinal)
);

grant select on all tables in schema wardmote to wardmote_api;
grant insert on all tables in schema wardmote to wardmote_api;
grant update on ballot, voter, credential, officer, officer_session, round, pot, proposal,
    agreement_edition, pledge, result to wardmote_api;
grant delete on pot, proposal, failure, number_in_use to wardmote_api;
