-- desk_sees(officer, neighbourhood): may this officer read what the desk keeps of this area? Whoever
-- has any role in it, and auditors. Called by other functions only. Locks: none.
create function api.desk_sees(p_officer integer, p_neighbourhood integer) returns boolean
language sql stable
set search_path = wardmote, pg_temp
as $$
    select api.desk_may(p_officer, p_neighbourhood, 'ward_officer', 'approver', 'clerk', 'auditor')
$$;
