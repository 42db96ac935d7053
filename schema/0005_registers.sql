-- 0005_registers.sql: registers with addresses, imports, tries of codes, signing in by phone.

-- --- who may vote --------------------------------------------------------------------------------
-- An address on a register. UPRNs are text: twelve digits, of which leading zeros belong to it.
create table register_address (
    id               bigint generated always as identity primary key,
    register_id      integer not null,
    neighbourhood_id integer not null,
    address          text not null check (length(address) between 1 and 300),
    postcode         text not null default '',
    uprn             text not null default '' check (uprn ~ '^[0-9]{0,12}$')
);
create index register_address_of on register_address (register_id);

alter table voter add column address_id bigint; -- of register_address
create index voter_address on voter (address_id) where address_id is not null;

-- Foreign keys of voters and addresses are checked once a statement, not once a row: an import
-- writes 200,000 of them, on one register in a few areas. Registers, areas and addresses are never
-- deleted.
alter table voter drop constraint voter_register_id_fkey,
    drop constraint voter_neighbourhood_id_fkey;
create function register_refers() returns trigger language plpgsql as $$
begin
    if exists (select from (select distinct i.register_id from inserted i) d
               where not exists (select from wardmote.register g where g.id = d.register_id))
       or exists (select from (select distinct i.neighbourhood_id from inserted i) d
                  where not exists (select from wardmote.neighbourhood n
                                    where n.id = d.neighbourhood_id)) then
        raise exception 'no such register or neighbourhood'
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end
$$;
create trigger voter_refers after insert on voter referencing new table as inserted
    for each statement execute function register_refers();
create trigger voter_refers_still after update on voter referencing new table as inserted
    for each statement execute function register_refers();
create trigger register_address_refers after insert on register_address
    referencing new table as inserted for each statement execute function register_refers();

-- --- imports -------------------------------------------------------------------------------------
-- A file between its dry run and the officer's yes: rows as they would be written, each with what
-- is wrong with it. Gone when it was imported or given up, and after a day (api.retain). The rows
-- are unlogged: after a crash the file is uploaded again.
create table register_import (
    id          integer generated always as identity primary key,
    register_id integer not null references register,
    officer_id  integer not null references officer,
    sha256      bytea not null check (octet_length(sha256) = 32), -- of the file
    persons     boolean not null,                -- a voter a row; else a row is an address
    rows        integer not null default 0 check (rows between 0 and 200000),
    bad         integer not null default 0,
    checked     boolean not null default false,
    created_at  timestamptz not null default clock_timestamp(),
    done_at     timestamptz
);
create unlogged table register_import_row (
    import_id        integer not null,
    n                integer not null,           -- the row's number, as a spreadsheet shows it
    neighbourhood_id integer,                    -- found by the check
    address          text not null,
    postcode         text not null,
    uprn             text not null,
    area             text not null,              -- as the file says it; '': by postcode, or the register's
    code_lookup      bytea,                      -- keyed hash of a code of the file's own
    phone_lookup     bytea,
    phone_sealed     bytea,
    problem          text not null
);
create index register_import_row_of on register_import_row (import_id);

alter table register add column neighbourhood_id integer references neighbourhood;

-- --- codes ---------------------------------------------------------------------------------------
-- Every try of a code, right or wrong: who tried (keyed hashes of the address, of its /24 or /64,
-- of the phone) and what came of it. A day old, they are erased.
create table code_try (
    at          timestamptz not null default clock_timestamp(),
    door        smallint not null check (door in (1, 2, 3)), -- web; text; five digits on the web
    outcome     text not null check (outcome in ('good', 'wrong', 'wait')),
    address_key bytea,
    network_key bytea,
    phone_key   bytea
);
create index code_try_address on code_try (address_key, at) where outcome = 'wrong';
create index code_try_network on code_try (network_key, at) where outcome = 'wrong';
create index code_try_phone on code_try (phone_key, at) where outcome = 'wrong';
create index code_try_wrong on code_try (at) where outcome = 'wrong';
create index code_try_at on code_try (at);

-- --- signing in by phone --------------------------------------------------------------------------
-- A number that asked for five digits. They are kept as keyed hash; three wrong answers end it.
create table sign_in (
    id               uuid primary key default gen_random_uuid(),
    phone_key        bytea not null check (octet_length(phone_key) = 32),
    number_sealed    bytea,
    digits_key       bytea not null check (octet_length(digits_key) = 32),
    neighbourhood_id integer not null references neighbourhood,
    address_key      bytea not null,
    network_key      bytea not null,
    created_at       timestamptz not null default clock_timestamp(),
    sent_at          timestamptz not null default clock_timestamp(),
    sent             smallint not null default 1,  -- how often digits were texted
    wrong            smallint not null default 0,
    ended_at         timestamptz                   -- used, or three wrong answers
);
create index sign_in_phone on sign_in (phone_key, created_at);
create index sign_in_address on sign_in (address_key, created_at);
create index sign_in_network on sign_in (network_key, created_at);
create index sign_in_at on sign_in (created_at);

grant select, insert, update, delete on sign_in, register_import, register_import_row
    to wardmote_api;
grant usage on sequence voter_id_seq, register_address_id_seq to wardmote_api;
grant select, insert, delete on code_try to wardmote_api;
grant select, insert, update on register_address to wardmote_api;
