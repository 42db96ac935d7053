-- desk_submit(officer, slug): a draft is whole: another officer is asked to approve it. Nothing in
-- it changes until it is scheduled or goes back. Called by: server/store_desk_states.c.
-- Outcomes: 'review'; 'not_found'; 'state' (no draft); or what desk_hindrance says, with its detail.
-- Locks: round (exclusive).
create function api.desk_submit(p_officer integer, p_slug text)
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
    elsif v_round.state <> 'draft' then
        return query select 'state', '';
        return;
    end if;
    return query select h.reason, h.detail from api.desk_hindrance(v_round.id) h;
    if found then
        return;
    end if;
    update round r
    set state = 'review', submitted_by = p_officer, submitted_at = clock_timestamp(),
        approved_by = null, approved_at = null, returned_note = '', returned_by = null
    where r.id = v_round.id;
    insert into audit (officer_id, action, object)
    values (p_officer, 'round.submit', 'round ' || p_slug);
    return query select 'review', '';
end
$$;
grant execute on function api.desk_submit(integer, text) to wardmote_desk;
