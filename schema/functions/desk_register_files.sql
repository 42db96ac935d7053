-- desk_register_files(officer, register): the files that were added to a register, the newest first,
-- 50 at most, of those whose rows were counted (since 0044_import_whole.sql): when, by whom, and how
-- many voters and addresses each brought.
-- Called by: server/store_register.c. Locks: none.
create function api.desk_register_files(p_officer integer, p_register integer)
returns table (at timestamptz, who text, voters bigint, addresses integer)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select i.done_at, o.name, i.voters_in, i.addresses_in
    from register_import i
    join register g on g.id = i.register_id and api.desk_may(p_officer, g.neighbourhood_id)
    join officer o on o.id = i.officer_id
    where i.register_id = p_register and i.done_at is not null and i.voters_in > 0
    order by i.done_at desc, i.id desc
    limit 50
$$;
grant execute on function api.desk_register_files(integer, integer) to wardmote_desk;
