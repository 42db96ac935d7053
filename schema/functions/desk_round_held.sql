-- desk_round_held(officer, slug, roles): the round, locked against every change beside this one, if
-- this officer has one of these roles in its area ('ward_officer' without them); or a row of nulls,
-- where it is not there or somebody else's: nobody can tell the two apart. Called by other functions only. Locks: round (exclusive).
create function api.desk_round_held(p_officer integer, p_slug text,
                                    variadic p_roles text[] default '{ward_officer}')
returns wardmote.round
language plpgsql
set search_path = wardmote, pg_temp
as $$
declare
    v_id    integer := api.desk_round_id(p_officer, p_slug, variadic p_roles);
    v_round round;
begin
    if v_id is not null then
        perform api.lock_round(v_id, true);
        perform api.round_settle(v_id);
        select * into v_round from round r where r.id = v_id;
    end if;
    return v_round;
end
$$;
