-- desk_proposal_import_undo(officer, slug, id): takes a file's proposals out of a draft round again;
-- their numbers are free. What residents' ideas became does not come from files and stays.
-- Called by: server/store_proposal.c. Outcomes: 'undone' (also when it was already); 'not_found';
-- 'in_review' (no draft any more). Locks: round (exclusive).
create function api.desk_proposal_import_undo(p_officer integer, p_slug text, p_id integer)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_round  round := api.desk_round_held(p_officer, p_slug);
    v_undone timestamptz;
    v_count  integer;
begin
    select i.undone_at into v_undone from proposal_import i
    where i.id = p_id and i.round_id = v_round.id and i.done_at is not null;
    if not found then
        return 'not_found';
    elsif v_undone is not null then
        return 'undone';
    elsif v_round.state <> 'draft' then
        return 'in_review';
    end if;
    delete from exclusion x using proposal p where p.id = x.proposal_id and p.import_id = p_id;
    delete from proposal p where p.import_id = p_id;
    get diagnostics v_count = row_count;
    update proposal_import set undone_at = clock_timestamp() where id = p_id;
    update round r set changed_by = p_officer where r.id = v_round.id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'proposal.import_undo', 'round ' || p_slug,
            jsonb_build_object('proposals', v_count));
    perform pg_notify('content', '');
    return 'undone';
end
$$;
grant execute on function api.desk_proposal_import_undo(integer, text, integer) to wardmote_desk;
