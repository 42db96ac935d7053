-- desk_registers(officer, register): the registers of an officer's areas, or that one of them (null:
-- all), and what is on them. `due`: voters who never had a code. Called by: server/store_register.c.
-- Locks: none.
create function api.desk_registers(p_officer integer, p_register integer default null)
returns table (id integer, name text, area text, area_slug text, kind text, voters bigint,
               addresses bigint, codes bigint, phones bigint, due bigint,
               codes_per_address integer, extra_cap integer, retired_at timestamptz)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    with mine as materialized (
        select g.*, n.name as area, n.slug, n.kind <> 'city' as part
        from register g
        join neighbourhood n on n.id = g.neighbourhood_id
        where g.kind <> 'practice' and (p_register is null or g.id = p_register)
          and api.desk_may(p_officer, n.id)
    )
    select g.id, g.name, g.area, g.slug, g.kind, coalesce(s.voters, 0),
           coalesce(s.addresses, 0), coalesce(k.codes, 0), coalesce(k.phones, 0),
           case when g.kind = 'phones' then 0
                else coalesce(s.voters, 0) - coalesce(k.ever, 0) end,
           g.codes_per_address::integer, g.extra_cap::integer, g.retired_at
    from mine g
    left join api.register_sizes() s on s.register_id = g.id
    left join api.register_codes(array(select m.id from mine m)) k on k.register_id = g.id
    order by g.retired_at is not null, g.part, g.area, g.name
$$;
grant execute on function api.desk_registers(integer, integer) to wardmote_desk;
