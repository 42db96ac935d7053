-- desk_people(officer, other): everybody who may sign in at the desk, or could, by name; p_other not
-- 0: that one alone. `state`: 'active', 'waiting' (has not set up yet), 'inactive'. `link_until`: a
-- set-up link is good until then; null: none is. `mine`: it is the one who asks. For administrators
-- and auditors; others get no row. Called by: server/store_people.c. Locks: none.
create function api.desk_people(p_officer integer, p_other integer)
returns table (id integer, name text, email text, state text, roles text, signed_in_at timestamptz,
               link_until timestamptz, mine boolean)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select o.id, o.name, o.email,
           case when o.disabled_at is not null then 'inactive'
                when o.password_hash is null then 'waiting' else 'active' end,
           coalesce((select string_agg(distinct r.role, ',') from api.officer_roles(o.id) r), ''),
           o.signed_in_at, l.expires_at, o.id = p_officer
    from officer o
    left join officer_link l on l.officer_id = o.id and l.used_at is null and l.ended_at is null
                            and l.expires_at > clock_timestamp()
    where api.desk_role(p_officer, 'administrator', 'auditor') and (p_other = 0 or o.id = p_other)
    order by o.disabled_at is not null, o.name, o.id
$$;
grant execute on function api.desk_people(integer, integer) to wardmote_desk;
