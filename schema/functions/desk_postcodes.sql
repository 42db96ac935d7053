-- desk_postcodes(officer): what the table of postcodes holds, and who loaded it when.
-- Called by: server/store_postcode.c. One row. Locks: none.
create function api.desk_postcodes(p_officer integer)
returns table (may boolean, postcodes bigint, parts bigint, loaded_at timestamptz, loaded_by text,
               sha256 text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select api.desk_role(p_officer, 'administrator'), (select count(*) from postcode),
           (select count(*) from postcode_part), l.at, l.name, l.detail ->> 'sha256'
    from (select) one
    left join (select a.at, o.name, a.detail from audit a join officer o on o.id = a.officer_id
               where a.action = 'postcodes.load' order by a.id desc limit 1) l on true
$$;
grant execute on function api.desk_postcodes(integer) to wardmote_desk;
