-- desk_preview_link(officer, slug, key_hash): a private link by which a draft round is read as
-- residents will, for 14 days; one made before is no good any more. A null hash ends it.
-- Called by: server/store_proposal.c. Outcomes: 'made'; 'ended'; 'not_found'; 'frozen' (scheduled:
-- everybody can read it). Locks: round (exclusive).
create function api.desk_preview_link(p_officer integer, p_slug text, p_key bytea)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_round round := api.desk_round_held(p_officer, p_slug);
begin
    if v_round.id is null then
        return 'not_found';
    elsif v_round.frozen and p_key is not null then
        return 'frozen';
    end if;
    delete from preview_link l where l.round_id = v_round.id;
    if p_key is not null then
        insert into preview_link (round_id, key_hash, made_by, expires_at)
        values (v_round.id, p_key, p_officer, clock_timestamp() + interval '14 days');
    end if;
    insert into audit (officer_id, action, object)
    values (p_officer, case when p_key is null then 'preview.end' else 'preview.link' end,
            'round ' || p_slug);
    return case when p_key is null then 'ended' else 'made' end;
end
$$;
grant execute on function api.desk_preview_link(integer, text, bytea) to wardmote_desk;
