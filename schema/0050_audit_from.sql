-- 0050_audit_from.sql: the record tells from where somebody acted: the network of their address, without
-- its last bits (IPv4 to /24, IPv6 to /48), which is enough to see that it was not the council's.
alter table audit add column came_from cidr; -- null: before this, or the service itself

-- The chained bytes of a row: as they were, and after them the network, of rows that have one.
create or replace function audit_text(p audit) returns bytea
language sql stable set search_path = wardmote, pg_temp as $$
    select convert_to(E'wardmote/audit/1\n' ||
               (jsonb_build_array(p.id, to_char(p.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                                  p.officer_id, p.action, p.object, p.detail)
                || case when p.came_from is null then '[]'
                        else jsonb_build_array(p.came_from::text) end)::text || E'\n', 'UTF8')
$$;

-- The network of an address, shortened; null where it is none.
create function network_of(p_address text) returns cidr
language sql immutable set search_path = wardmote, pg_temp as $$
    select case when p_address ~ '^[0-9]{1,3}(\.[0-9]{1,3}){3}$' then network(set_masklen(p_address::inet, 24))
                when p_address ~* '^::ffff:[0-9]{1,3}(\.[0-9]{1,3}){3}$'
                then network(set_masklen(substr(p_address, 8)::inet, 24))
                when p_address ~ '^[0-9a-fA-F:]*:[0-9a-fA-F:.]*$'
                then network(set_masklen(p_address::inet, 48)) end
$$;
grant execute on function network_of(text) to wardmote_api;

-- Where the request came from that this connection works for stands in a setting of its session, which
-- every request of the desk sets anew (api.officer_session).
create or replace function audit_begun() returns trigger
language plpgsql security definer set search_path = wardmote, pg_temp as $$
declare
    v_changes text := current_setting('wardmote.changes', true);
begin
    new.neighbourhood_id := audit_place(new.action, new.object, new.detail);
    new.came_from := nullif(current_setting('wardmote.from', true), '')::cidr;
    if v_changes <> '' then
        new.detail := new.detail || jsonb_build_object('changes', coalesce(new.detail -> 'changes', '{}')
                                                                  || v_changes::jsonb);
        perform set_config('wardmote.changes', '', true);
    end if;
    return new;
end
$$;
