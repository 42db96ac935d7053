-- 0046_addresses.sql: what an index on addresses cost a file's yes, and nobody asked.
--
-- An address is written once, by the yes to a file, with the next id of the file's own block
-- (0044_import_whole.sql), and always read with its whole register: for letters, to compare UPRNs, to
-- be erased. The index by id was never read, and took half of the time that a copied address takes.
alter table register_address drop constraint register_address_pkey;

-- How many addresses a register had before files were counted as they are copied.
alter table register add column addresses_before integer not null default 0;
update register g set addresses_before = a.n
from (select register_id, count(*) as n from register_address where id < 1::bigint << 32
      group by register_id) a
where a.register_id = g.id;
