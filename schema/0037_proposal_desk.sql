-- 0037_proposal_desk.sql: what a draft round's proposals need on the desk: every wording kept, files
-- of proposals added whole and taken back, and a private link to read a draft as residents will.

alter table proposal
    add column revision integer not null default 1 check (revision >= 1),
    add column changed_by integer references officer; -- who wrote this revision; null: created_by

-- Every wording of a proposal, as it was saved. Append-only, but for a draft that is deleted whole.
create table proposal_revision (
    proposal_id integer not null references proposal on delete cascade,
    revision    integer not null,
    at          timestamptz not null default clock_timestamp(),
    officer_id  integer references officer,
    title       text not null,
    short_name  text not null,
    summary     text not null,
    body        text not null,
    place       text not null,
    proposer    text not null,
    pot_id      integer,
    cost        bigint,
    primary key (proposal_id, revision)
);

-- By whatever door a wording changes, its number goes up and it is kept.
create function proposal_revise() returns trigger
language plpgsql
set search_path = wardmote, pg_temp
as $$
begin
    if (new.title, new.short_name, new.summary, new.body, new.place, new.proposer, new.pot_id, new.cost)
       is distinct from
       (old.title, old.short_name, old.summary, old.body, old.place, old.proposer, old.pot_id, old.cost) then
        new.revision := old.revision + 1;
    end if;
    return new;
end
$$;
create trigger proposal_revise before update on proposal
    for each row execute function proposal_revise();
create function proposal_keep() returns trigger
language plpgsql
set search_path = wardmote, pg_temp
as $$
begin
    if tg_op = 'INSERT' or new.revision <> old.revision then
        insert into proposal_revision (proposal_id, revision, officer_id, title, short_name, summary,
                                       body, place, proposer, pot_id, cost)
        values (new.id, new.revision, coalesce(new.changed_by, new.created_by), new.title,
                new.short_name, new.summary, new.body, new.place, new.proposer, new.pot_id, new.cost);
    end if;
    return null;
end
$$;
create trigger proposal_keep after insert or update on proposal
    for each row execute function proposal_keep();
insert into proposal_revision (proposal_id, revision, at, officer_id, title, short_name, summary, body,
                               place, proposer, pot_id, cost)
select p.id, p.revision, coalesce(p.published_at, clock_timestamp()), p.created_by, p.title,
       p.short_name, p.summary, p.body, p.place, p.proposer, p.pot_id, p.cost
from proposal p;

-- A file of proposals between its dry run and the officer's yes, and after it, so that it can be
-- taken back. `cells`: its rows as they were read, each
-- after its number, the header first; gone once it is done.
create table proposal_import (
    id         integer generated always as identity primary key,
    round_id   integer not null references round on delete cascade,
    officer_id integer not null references officer,
    sha256     bytea not null check (octet_length(sha256) = 32),
    roles      text not null check (length(roles) <= 400), -- what each column is for, by commas
    cells      jsonb,
    begun_at   timestamptz not null default clock_timestamp(),
    done_at    timestamptz,
    undone_at  timestamptz
);
create index proposal_import_round on proposal_import (round_id);
alter table proposal add column import_id integer references proposal_import;
create index proposal_import_id on proposal (import_id) where import_id is not null;

-- The private link by which somebody without an account reads a draft round: only its key's SHA-256.
create table preview_link (
    round_id   integer primary key references round on delete cascade,
    key_hash   bytea not null unique check (octet_length(key_hash) = 32),
    made_by    integer not null references officer,
    made_at    timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null
);

grant select, insert on proposal_revision to wardmote_api;
grant select, insert, update, delete on proposal_import, preview_link to wardmote_api;
grant delete on proposal to wardmote_api;
