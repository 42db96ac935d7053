-- result_publish(officer, slug, at): a second officer makes a count that another sent for approval the
-- published result, or a correction the one that stands, which is provisional for the days that the
-- round's rules name. `at` (a date and time as written in Europe/London; null: now): a result, not a
-- correction, becomes public then, by the clock alone; until then only officers see it (see
-- api.result_embargo). Of a yes/no round the edition is adopted from that day on, and the one in
-- force superseded; or rejected; a correction that says the same changes nothing about it.
-- Called by: server/store_desk_states.c. Outcomes: 'published' (also when it was already);
-- 'embargoed' (also when it was already); 'not_found'; 'not_counted'; 'not_submitted' (nobody asked
-- for its approval yet); 'own' (this officer did, or counted it); 'unbalanced' (ballots changed since
-- a correction was counted: see api.result_unbalanced); of the moment: 'at_bad', 'at_gap', 'at_twice'
-- (see api.london_time), 'at_past', 'at_far' (more than 90 days away), 'at_correction' (one is published at
-- once). Locks: round (exclusive).
create function api.result_publish(p_officer integer, p_slug text, p_at text default null)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_round   round := api.desk_round_held(p_officer, p_slug, 'ward_officer', 'approver');
    v_version integer := case when v_round.state = 'published' then api.result_waits(v_round.id)
                              else api.result_latest(v_round.id) end;
    v_moment  record;
    v_problem text;
    v_adopted boolean;
    v_before  boolean;
begin
    if v_round.id is null then
        return 'not_found';
    elsif v_round.state in ('published', 'archived') and v_version is null
          or v_round.state = 'archived' then
        return 'published';
    elsif v_round.state = 'counted' then
        return 'not_submitted';
    elsif v_round.state not in ('result_review', 'published') then
        return 'not_counted';
    elsif api.desk_phase(v_round) = 'embargoed' then
        return 'embargoed';
    elsif exists (select from result s where s.round_id = v_round.id and s.version = v_version
                                         and p_officer in (s.submitted_by, s.counted_by)) then
        return 'own';
    elsif v_round.state = 'published' and api.result_unbalanced(v_round.id, v_version) then
        return 'unbalanced';
    end if;
    select l.at, l.problem into v_moment from api.london_time(p_at) l
    where p_at is not null;
    v_problem := case when p_at is null then null
                      when v_version > 1 then 'at_correction'
                      when v_moment.problem is not null then 'at_' || v_moment.problem
                      when v_moment.at <= clock_timestamp() then 'at_past'
                      when v_moment.at > clock_timestamp() + interval '90 days' then 'at_far' end;
    if v_problem is not null then
        return v_problem;
    end if;
    select (p.outcome ->> 'adopted')::boolean into v_before from result_part p
    where p.round_id = v_round.id and p.version = api.result_shown(v_round.id)
      and v_round.kind = 'yes_no';
    update result s
    set approved_by = p_officer, published_at = t.at,
        final_at = t.at + make_interval(days => v_round.provisional_days)
    from (select coalesce(v_moment.at, clock_timestamp()) as at) t
    where s.round_id = v_round.id and s.version = v_version;
    if v_round.kind = 'yes_no' then
        select (p.outcome ->> 'adopted')::boolean into strict v_adopted
        from result_part p where p.round_id = v_round.id and p.version = v_version;
    end if;
    if v_round.state = 'result_review' then
        perform api.round_settle(v_round.id);
    elsif v_adopted is distinct from v_before then
        perform api.edition_adopt(v_round.edition_id, v_adopted);
    end if;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, case when p_at is null then 'result.publish' else 'result.embargo' end,
            'round ' || p_slug,
            case v_round.kind when 'yes_no' then jsonb_build_object('adopted', v_adopted)
                 else '{}' end
            || case when p_at is not null then jsonb_build_object('at', v_moment.at) else '{}' end
            || case when v_version > 1 then jsonb_build_object('version', v_version) else '{}' end);
    perform pg_notify('content', '');
    return case when p_at is null then 'published' else 'embargoed' end;
end
$$;
grant execute on function api.result_publish(integer, text, text) to wardmote_desk;
