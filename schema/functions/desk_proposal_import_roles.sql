-- desk_proposal_import_roles(officer, id, roles): says what each column is for. Called by:
-- server/store_proposal.c. False: there is no such file of this officer. Locks: the import's row.
create function api.desk_proposal_import_roles(p_officer integer, p_id integer, p_roles text)
returns boolean
language sql security definer
set search_path = wardmote, pg_temp
as $$
    with u as (
        update proposal_import i set roles = p_roles
        where i.id = p_id and i.officer_id = p_officer and i.done_at is null
        returning 1)
    select exists (select from u)
$$;
grant execute on function api.desk_proposal_import_roles(integer, integer, text) to wardmote_desk;
