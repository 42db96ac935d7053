-- officer_first(name, email, key_hash): the first administrator of a service that has none who could
-- sign in, with a set-up link. Again, with the same address, before it was used: a new link.
-- Called by: server/first_officer.c, which whoever holds the server's settings starts by hand.
-- Outcomes: 'made'; 'there' (somebody administers it: they add people at the desk); 'name',
-- 'email' (see desk_person_add); 'taken' (an officer who has set up has this address).
-- Locks: advisory (administrators).
create function api.officer_first(p_name text, p_email text, p_key_hash bytea) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_id integer;
begin
    if administrators_left(null) > 0 then
        return 'there';
    elsif length(btrim(coalesce(p_name, ''))) not between 1 and 80 then
        return 'name';
    elsif coalesce(p_email, '') !~ '^[^[:space:]@]+@[^[:space:]@]+\.[^[:space:]@]+$'
          or length(p_email) > 254 then
        return 'email';
    elsif exists (select from officer o where lower(o.email) = lower(p_email)
                                          and o.password_hash is not null) then
        return 'taken';
    end if;
    insert into officer (name, email) values (btrim(p_name), p_email) on conflict do nothing;
    select o.id into v_id from officer o where lower(o.email) = lower(p_email);
    insert into officer_role (officer_id, role) values (v_id, 'administrator')
    on conflict do nothing;
    insert into audit (officer_id, action, object, detail)
    values (null, 'officer.first', 'officer ' || v_id,
            jsonb_build_object('name', btrim(p_name), 'email', p_email));
    perform api.officer_link_make(null, v_id, p_key_hash);
    return 'made';
end
$$;
grant execute on function api.officer_first(text, text, bytea) to wardmote_desk;
