-- desk_registers(officer): the registers of an officer's areas and what is on them. `due`: voters
-- who never had a code. Counted by voters first, without a sort: half the time of counting distinct ones
-- (200,000 codes). Called by: server/store_register.c. Locks: none.
create function api.desk_registers(p_officer integer)
returns table (id integer, name text, area text, area_slug text, kind text, voters bigint,
               addresses bigint, codes bigint, phones bigint, due bigint,
               codes_per_address integer, extra_cap integer, retired_at timestamptz)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select g.id, g.name, n.name, n.slug, g.kind, coalesce(s.voters, 0),
           coalesce(s.addresses, 0),
           coalesce(k.codes, 0), coalesce(k.phones, 0),
           case when g.kind = 'phones' then 0
                else coalesce(s.voters, 0) - coalesce(k.ever, 0) end,
           g.codes_per_address::integer, g.extra_cap::integer, g.retired_at
    from register g
    join neighbourhood n on n.id = g.neighbourhood_id and api.desk_may(p_officer, n.id)
                        and g.kind <> 'practice'
    left join api.register_sizes() s on s.register_id = g.id
    left join (
        select v.register_id, sum(c.codes)::bigint as codes, sum(c.phones)::bigint as phones,
               count(*) filter (where c.ever) as ever
        from (select c.voter_id,
                     count(*) filter (where c.kind = 'code' and c.voided_at is null) as codes,
                     count(*) filter (where c.kind = 'phone' and c.voided_at is null) as phones,
                     bool_or(c.kind = 'code') as ever
              from credential c group by c.voter_id) c
        join voter v on v.id = c.voter_id
        group by v.register_id) k on k.register_id = g.id
    order by g.retired_at is not null, n.kind <> 'city', n.name, g.name
$$;
grant execute on function api.desk_registers(integer) to wardmote_desk;
