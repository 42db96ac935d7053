-- 0016_import_speed.sql: an import adds 200,000 rows at a time, in order. Indexes on what such a file
-- has in common, or in order already, cost as much to keep as the rows: ranges of pages are enough.

drop index register_import_row_of;
create index register_import_row_of on register_import_row using brin (import_id);

drop index register_address_of;
create index register_address_of on register_address
    using brin (register_id) with (autosummarize = on);

-- Asked when a clerk gives one more code to an address: a few thousand rows are looked through.
drop index voter_address;
create index voter_address on voter using brin (address_id) with (autosummarize = on);

-- The same without a regular expression a row.
alter table register_address drop constraint register_address_uprn_check,
    add constraint register_address_uprn_check
        check (length(uprn) <= 12 and translate(uprn, '0123456789', '') = '');

-- Each row is looked at once.
create or replace function register_refers() returns trigger language plpgsql as $$
begin
    if exists (select from (select distinct i.register_id, i.neighbourhood_id from inserted i) d
               where not exists (select from wardmote.register g where g.id = d.register_id)
                  or not exists (select from wardmote.neighbourhood n
                                 where n.id = d.neighbourhood_id)) then
        raise exception 'no such register or neighbourhood'
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end
$$;
