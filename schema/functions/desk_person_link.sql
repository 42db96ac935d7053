-- desk_person_link(officer, other, key_hash): a set-up link for somebody who was added, or who lost
-- password or authenticator: see officer_link_make. What they have is good until they use it.
-- Called by: server/store_people.c. Outcomes: 'made'; 'role', 'not_found', 'own' (see
-- desk_person_may); 'inactive'. Locks: the other's row.
create function api.desk_person_link(p_officer integer, p_other integer, p_key_hash bytea) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_problem text := api.desk_person_may(p_officer, p_other, true);
begin
    if v_problem = '' and exists (select from officer o
                                  where o.id = p_other and o.disabled_at is not null) then
        v_problem := 'inactive';
    end if;
    if v_problem <> '' then
        return v_problem;
    end if;
    perform api.officer_link_make(p_officer, p_other, p_key_hash);
    return 'made';
end
$$;
grant execute on function api.desk_person_link(integer, integer, bytea) to wardmote_desk;
