-- 0051_import_ids.sql: ids of what files bring are as register_sizes and letters take them to be.
--
-- Nothing holds an address's id since it has no index (0046_addresses.sql), and nothing held a copied
-- voter's to the block of its file. The trigger that looks at all copied rows asks for their least and
-- greatest id, which costs nothing beside counting them: each COPY goes on where the one before it
-- ended, without a gap.
create or replace function register_refers() returns trigger
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_copied boolean := session_user = 'wardmote_import';
    v_voters boolean := tg_table_name = 'voter';
    v_import register_import;
    v_rows   bigint;
    v_least  bigint;
    v_most   bigint;
    v_next   bigint; -- of a copy: the id that it begins with
    v_good   boolean;
begin
    if v_copied then
        select * into v_import from register_import i
        where i.taken_in = pg_current_xact_id_if_assigned();
        v_next := v_import.first_id
                  + case when v_voters then v_import.voters_in else v_import.addresses_in end;
    end if;
    select sum(d.n), min(d.least), max(d.most), bool_and(n.id is not null and g.id is not null
           and (not v_copied or (g.id is not distinct from v_import.register_id
                                 and w.within_id is not null)))
    into v_rows, v_least, v_most, v_good
    from (select i.register_id, i.neighbourhood_id, count(*) as n, min(i.id) as least,
                 max(i.id) as most
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
        if (v_least, v_most) <> (v_next, v_next + v_rows - 1) then
            raise exception 'ids that are not the next of this file'
                using errcode = 'check_violation';
        end if;
        update register_import i
        set voters_in = voters_in + case when v_voters then v_rows else 0 end,
            addresses_in = addresses_in + case when v_voters then 0 else v_rows end
        where i.id = v_import.id;
    end if;
    return null;
end
$$;
