-- desk_approve(officer, slug): a second officer approves a round that another sent for review.
-- Called by: server/store_desk_states.c. Outcomes: 'approved' (also when this officer had already);
-- 'not_found'; 'state' (nobody sent it for review, or it went on); 'own' (sent by this officer, or
-- last changed by them).
-- Locks: round (exclusive).
create function api.desk_approve(p_officer integer, p_slug text) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_round round := api.desk_round_held(p_officer, p_slug, 'ward_officer', 'approver');
begin
    if v_round.id is null then
        return 'not_found';
    elsif v_round.state = 'approved' and v_round.approved_by = p_officer then
        return 'approved';
    elsif v_round.state <> 'review' then
        return 'state';
    elsif p_officer in (v_round.submitted_by, v_round.changed_by) then -- null: nobody
        return 'own';
    end if;
    update round r set state = 'approved', approved_by = p_officer, approved_at = clock_timestamp()
    where r.id = v_round.id;
    insert into audit (officer_id, action, object)
    values (p_officer, 'round.approve', 'round ' || p_slug);
    return 'approved';
end
$$;
grant execute on function api.desk_approve(integer, text) to wardmote_desk;
