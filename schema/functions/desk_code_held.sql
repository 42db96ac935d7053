-- desk_code_held(officer, serial, roles): the code of this printed serial, if its voter lives where
-- this officer has one of these roles, with the voter's row locked, or a row of nulls. As people type it: any case.
-- Called by other functions only. Locks: the voter's row.
create function api.desk_code_held(p_officer integer, p_serial text, variadic p_roles text[])
returns wardmote.credential
language plpgsql
set search_path = wardmote, pg_temp
as $$
declare
    v_code credential;
begin
    perform from voter v
    join credential c on c.voter_id = v.id
    where c.serial = upper(btrim(p_serial)) and api.desk_may(p_officer, v.neighbourhood_id, variadic p_roles)
    for no key update of v;
    if found then
        select c.* into v_code from credential c where c.serial = upper(btrim(p_serial));
    end if;
    return v_code;
end
$$;
