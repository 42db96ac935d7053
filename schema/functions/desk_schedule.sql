-- desk_schedule(officer, slug, keys and seed sealed, and the SHA-256 of each unsealed): freezes an
-- approved round, which then opens and closes by itself.
-- Called by: server/store_desk_round.c. Outcomes: 'scheduled'; 'not_found'; 'not_approved' (by a
-- second officer); 'frozen' (already); or what desk_hindrance says, with its detail. Locks: round (exclusive).
create function api.desk_schedule(p_officer integer, p_slug text, p_pseudonym bytea, p_nonce bytea,
                                  p_seed bytea, p_pseudonym_sha256 bytea, p_nonce_sha256 bytea,
                                  p_seed_sha256 bytea)
returns table (outcome text, detail text)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_round round := api.desk_round_held(p_officer, p_slug);
begin
    if v_round.id is null then
        return query select 'not_found', '';
        return;
    elsif v_round.state <> 'approved' then
        return query select case when v_round.frozen then 'frozen' else 'not_approved' end, '';
        return;
    end if;
    return query select h.reason, h.detail from api.desk_hindrance(v_round.id) h;
    if found then
        return;
    end if;
    begin
        perform api.round_freeze(v_round.id, p_pseudonym, p_nonce, p_seed, p_pseudonym_sha256,
                                 p_nonce_sha256, p_seed_sha256);
    exception when exclusion_violation then
        -- Another round took one of the numbers at this very moment.
        return query select 'number_clash', '';
        return;
    end;
    insert into audit (officer_id, action, object, detail)
    select p_officer, 'round.schedule', 'round ' || p_slug,
           jsonb_build_object('rules_sha256', encode(r.rules_sha256, 'hex'))
    from round r where r.id = v_round.id;
    perform pg_notify('content', '');
    return query select 'scheduled', '';
end
$$;
grant execute on function api.desk_schedule(integer, text, bytea, bytea, bytea, bytea, bytea, bytea)
    to wardmote_desk;
