-- desk_proposal_import_begin(officer, slug, sha256, roles, cells): keeps a file of proposals for its
-- dry run; `cells` is an array of rows, each
-- its number and its texts, the header first, `roles` what each column is for,
-- by commas.
-- Earlier files of this officer for this round that were never added go.
-- Called by: server/store_proposal.c. The import's id; null: there is no such round for this officer,
-- or it is no draft. Locks: round (exclusive).
create function api.desk_proposal_import_begin(p_officer integer, p_slug text, p_sha256 bytea,
                                               p_roles text, p_cells jsonb)
returns integer
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_round round := api.desk_round_held(p_officer, p_slug);
    v_id    integer;
begin
    if v_round.id is null or v_round.state <> 'draft' or v_round.kind = 'yes_no' then
        return null;
    end if;
    delete from proposal_import i
    where i.round_id = v_round.id and i.officer_id = p_officer and i.done_at is null;
    insert into proposal_import (round_id, officer_id, sha256, roles, cells)
    values (v_round.id, p_officer, p_sha256, p_roles, p_cells) returning id into v_id;
    return v_id;
end
$$;
grant execute on function api.desk_proposal_import_begin(integer, text, bytea, text, jsonb)
    to wardmote_desk;
