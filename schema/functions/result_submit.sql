-- result_submit(officer, slug): asks another officer to publish a count. Called by:
-- server/store_desk_states.c. Outcomes: 'result_review'; 'not_found'; 'not_counted'; 'practice' (no
-- result of practice is published); 'state' (it is under review, or published); 'unbalanced' (see
-- api.result_unbalanced). Locks: round (exclusive).
create function api.result_submit(p_officer integer, p_slug text) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_round round := api.desk_round_held(p_officer, p_slug);
begin
    if v_round.id is null then
        return 'not_found';
    elsif v_round.eligibility = 'practice' then
        return 'practice';
    elsif v_round.state <> 'counted' then
        return case when v_round.state in ('result_review', 'published', 'archived') then 'state'
                    else 'not_counted' end;
    end if;
    if api.result_unbalanced(v_round.id, 1) then
        return 'unbalanced';
    end if;
    update result s
    set submitted_by = p_officer, submitted_at = clock_timestamp(), returned_note = '',
        returned_by = null
    where s.round_id = v_round.id;
    update round r set state = 'result_review' where r.id = v_round.id;
    insert into audit (officer_id, action, object)
    values (p_officer, 'result.submit', 'round ' || p_slug);
    return 'result_review';
end
$$;
grant execute on function api.result_submit(integer, text) to wardmote_desk;
