-- 0044_import_whole.sql: a file onto a register at the speed of COPY.
--
-- The dry run keeps a file's rows as the program packed them, in a few large parts, and the first
-- rows for the officer's eyes; both are unlogged: after a crash the file is uploaded again. The yes
-- copies addresses and voters to where they stay, once, with a role that may do nothing else
-- (roles.sql). Before it there is no voter, so nobody could vote.

drop table register_import_row;
create unlogged table register_import_part (
    import_id integer not null,
    part      integer not null,                  -- from 0
    rows      bytea not null,                    -- server/import_pack.h
    primary key (import_id, part)
);
alter table register_import_part alter column rows set storage external;
create unlogged table register_import_sample (
    import_id        integer not null,
    n                integer not null,           -- the row's number, as a spreadsheet shows it
    neighbourhood_id integer,                    -- found by the look
    address          text not null,
    postcode         text not null,
    uprn             text not null,
    area             text not null,              -- as the file says it
    code             boolean not null,           -- it holds one
    phone            boolean not null,
    problem          text not null,
    primary key (import_id, n)
);
grant select, insert, delete on register_import_part, register_import_sample to wardmote_api;

-- What a look found that the yes relies on, and what the yes promised and did. `before`: how many
-- files the register had been given when the look began: another since, and the look is stale.
alter table register add column imports integer not null default 0;
alter table register_import
    add column before       integer not null default 0,
    add column parts        integer not null default 0,
    add column addresses    integer not null default 0,
    add column has_codes    boolean not null default false,
    add column taken_in     xid8,                -- the transaction of the yes
    add column first_id     bigint,              -- where its block of ids begins
    add column voters       bigint not null default 0,
    add column addresses_in integer not null default 0,
    add column voters_in    bigint not null default 0,
    add column serial_prefix text not null default '',
    add column serial_last  integer not null default 0;

-- Ids of what files bring come in blocks, one for each import: 2^22 of them from 2^32 on. Ids that
-- are given out one by one stay below.
create sequence import_block_seq as bigint start 1024;
grant usage on sequence import_block_seq to wardmote_api;

-- Nothing is looked up by these: whole registers are read, and the clerk's extra code begins from a
-- credential. They cost a fifth of a copied row.
drop index register_address_of;
drop index voter_address;

-- The same bounds: characters are counted only where bytes do not tell; and of ways to say "digits"
-- this is the cheapest (measured: 0.16 us a row, translate 0.24, ltrim 0.21).
alter table register_address drop constraint register_address_address_check,
    add constraint register_address_address_check
        check (octet_length(address) between 1 and 300 or length(address) between 1 and 300),
    drop constraint register_address_uprn_check,
    add constraint register_address_uprn_check
        check (octet_length(uprn) <= 12 and uprn ~ '^[0-9]*$');

-- A voter's or an address's register and area exist. Rows that came by COPY belong to the file whose
-- yes this transaction is, lie on its register and in its area, and are counted.
create or replace function register_refers() returns trigger
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_copied boolean := session_user = 'wardmote_import';
    v_import register_import;
    v_rows   bigint;
    v_good   boolean;
begin
    if v_copied then
        select * into v_import from register_import i
        where i.taken_in = pg_current_xact_id_if_assigned();
    end if;
    select sum(d.n), bool_and(n.id is not null and g.id is not null
           and (not v_copied or (g.id is not distinct from v_import.register_id
                                 and w.within_id is not null)))
    into v_rows, v_good
    from (select i.register_id, i.neighbourhood_id, count(*) as n
          from inserted i group by i.register_id, i.neighbourhood_id) d
    left join register g on g.id = d.register_id
    left join neighbourhood n on n.id = d.neighbourhood_id
    left join neighbourhood_within w on w.neighbourhood_id = n.id
                                    and w.within_id = g.neighbourhood_id;
    if not v_good then
        raise exception 'no such register or neighbourhood'
            using errcode = 'foreign_key_violation';
    end if;
    if v_copied and v_rows > 0 then
        update register_import i
        set voters_in = voters_in + case tg_table_name when 'voter' then v_rows else 0 end,
            addresses_in = addresses_in + case tg_table_name when 'voter' then 0 else v_rows end
        where i.id = v_import.id;
    end if;
    return null;
end
$$;

-- A file is on its register whole or not at all, whatever the program does.
create function register_import_whole() returns trigger
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
begin
    if exists (select from register_import i
               where i.id = new.id and i.taken_in is not null
                 and (i.voters_in, i.addresses_in) <> (i.voters, i.addresses)) then
        raise exception 'a file was not added whole' using errcode = 'check_violation';
    end if;
    return null;
end
$$;
create constraint trigger register_import_whole
    after update of taken_in, voters_in, addresses_in on register_import deferrable initially deferred
    for each row when (new.taken_in is not null) execute function register_import_whole();

grant insert (id, uuid, register_id, neighbourhood_id, address_id) on voter to wardmote_import;
grant insert (id, register_id, neighbourhood_id, address, postcode, uprn) on register_address
    to wardmote_import;
