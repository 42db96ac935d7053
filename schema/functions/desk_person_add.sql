-- desk_person_add(officer, name, email): somebody who is to work at the desk; without a role, and
-- nobody until they used a set-up link. Called by: server/store_people.c. Outcomes: 'added' with the
-- id; 'role' (no administrator); 'name' (1 to 80 characters); 'email' (no address, or longer than
-- 254); 'there' (somebody has this address). Locks: none but the unique index's.
create function api.desk_person_add(p_officer integer, p_name text, p_email text)
returns table (outcome text, id integer)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
begin
    outcome := case
        when not api.desk_role(p_officer, 'administrator') then 'role'
        when length(btrim(coalesce(p_name, ''))) not between 1 and 80 then 'name'
        when coalesce(p_email, '') !~ '^[^[:space:]@]+@[^[:space:]@]+\.[^[:space:]@]+$'
             or length(p_email) > 254 then 'email' end;
    if outcome is null then
        insert into officer (name, email, made_by) values (btrim(p_name), p_email, p_officer)
        on conflict do nothing returning officer.id into id;
        outcome := case when id is null then 'there' else 'added' end;
    end if;
    if id is not null then
        insert into audit (officer_id, action, object, detail)
        values (p_officer, 'officer.add', 'officer ' || id,
                jsonb_build_object('name', btrim(p_name), 'email', p_email));
    end if;
    return next;
end
$$;
grant execute on function api.desk_person_add(integer, text, text) to wardmote_desk;
