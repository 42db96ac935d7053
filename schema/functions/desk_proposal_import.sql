-- desk_proposal_import(officer, id): one file of proposals that waits for this officer's yes.
-- No row: there is none, or it was added. Called by: server/store_proposal.c. Locks: none.
create function api.desk_proposal_import(p_officer integer, p_id integer)
returns table (slug text, sha256 bytea, roles text, cells text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select r.slug, i.sha256, i.roles, i.cells::text
    from proposal_import i join round r on r.id = i.round_id
    where i.id = p_id and i.officer_id = p_officer and i.done_at is null
      and api.desk_may(p_officer, r.neighbourhood_id)
$$;
grant execute on function api.desk_proposal_import(integer, integer) to wardmote_desk;
