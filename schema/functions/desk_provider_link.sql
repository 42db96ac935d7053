-- desk_provider_link(officer, edition, provider, key_hash): a private link by which a provider answers
-- for its pledges of a draft; one made before is no good any more. Called by:
-- server/store_desk_agreement.c. Outcomes: 'made'; 'not_found' (no pledge of that provider there);
-- 'frozen'. Locks: the edition's row.
create function api.desk_provider_link(p_officer integer, p_edition integer, p_provider integer,
                                       p_key bytea)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_edition agreement_edition := api.desk_edition_held(p_officer, p_edition);
begin
    if not exists (select from pledge g
                   where g.edition_id = v_edition.id and g.provider_id = p_provider) then
        return 'not_found';
    elsif v_edition.state <> 'draft' then
        return 'frozen';
    end if;
    insert into provider_link (edition_id, provider_id, key_hash, made_by)
    values (p_edition, p_provider, p_key, p_officer)
    on conflict (edition_id, provider_id)
    do update set key_hash = excluded.key_hash, made_by = excluded.made_by,
                  made_at = clock_timestamp();
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'provider.link', 'edition ' || p_edition,
            jsonb_build_object('provider', p_provider));
    return 'made';
end
$$;
grant execute on function api.desk_provider_link(integer, integer, integer, bytea)
    to wardmote_desk;
