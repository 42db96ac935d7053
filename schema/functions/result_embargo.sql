-- result_embargo(officer, slug, now, reason): a result that is approved for a later moment becomes
-- public at once (`now`), or its approval is called off: it is under review again. Until two seconds
-- before its moment: whoever saw it public must not find it gone. Called by:
-- server/store_desk_states.c. Outcomes: 'published'; 'result_review'; 'not_found'; 'state' (no result
-- waits for its moment, or that has come); 'reason' (none, or more than 400 characters); 'own'
-- (bringing forward what one counted or sent for approval oneself). Locks: round (exclusive).
create function api.result_embargo(p_officer integer, p_slug text, p_now boolean, p_reason text)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_round  round := api.desk_round_held(p_officer, p_slug, 'ward_officer', 'approver');
    v_result result;
begin
    select * into v_result from result s
    where s.round_id = v_round.id and v_round.state = 'result_review'
      and s.published_at > clock_timestamp() + interval '2 seconds';
    if v_round.id is null then
        return 'not_found';
    elsif v_result.round_id is null then
        return 'state';
    elsif p_reason is null or length(p_reason) not between 1 and 400 then
        return 'reason';
    elsif p_now and p_officer in (v_result.submitted_by, v_result.counted_by) then
        return 'own';
    end if;
    update result s
    set published_at = case when p_now then t.at end, approved_by = case when p_now then p_officer end,
        final_at = case when p_now then t.at + make_interval(days => v_round.provisional_days) end
    from (select clock_timestamp() as at) t
    where s.round_id = v_round.id and s.version = v_result.version;
    perform api.round_settle(v_round.id);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, case when p_now then 'result.publish' else 'result.embargo_off' end,
            'round ' || p_slug,
            jsonb_build_object('reason', p_reason, 'instead_of', v_result.published_at));
    perform pg_notify('content', '');
    return case when p_now then 'published' else 'result_review' end;
end
$$;
grant execute on function api.result_embargo(integer, text, boolean, text) to wardmote_desk;
