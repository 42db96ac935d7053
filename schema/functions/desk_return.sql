-- desk_return(officer, slug, note): back, with a note: a round in review or approved becomes a draft
-- again, a result under review counted; a correction of a published result is dropped, and stays in the
-- history. Any officer of the area may, who sent it too.
-- Called by: server/store_desk_states.c. Outcomes: 'draft'; 'counted'; 'dropped'; 'not_found'; 'note' (none, or
-- more than 400 characters); 'state' (there is nothing to send back; what becomes
-- public at its moment is called off: api.result_embargo). Locks: round (exclusive).
create function api.desk_return(p_officer integer, p_slug text, p_note text) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_round round := api.desk_round_held(p_officer, p_slug, 'ward_officer', 'approver');
    v_next  text;
begin
    if v_round.id is null then
        return 'not_found';
    end if;
    v_next := case when v_round.state in ('review', 'approved') then 'draft'
                   when v_round.state = 'result_review' and api.desk_phase(v_round) <> 'embargoed'
                   then 'counted'
                   when api.result_waits(v_round.id) is not null then 'dropped' end;
    if v_next is null then
        return 'state';
    elsif p_note is null or length(p_note) not between 1 and 400 then
        return 'note';
    end if;
    if v_next = 'draft' then
        update round r
        set state = 'draft', submitted_by = null, submitted_at = null, approved_by = null,
            approved_at = null, returned_note = p_note, returned_by = p_officer
        where r.id = v_round.id;
    elsif v_next = 'dropped' then
        update result s
        set dropped_at = clock_timestamp(), dropped_by = p_officer, returned_note = p_note,
            returned_by = p_officer
        where s.round_id = v_round.id and s.version = api.result_waits(v_round.id);
    else
        update round r set state = 'counted' where r.id = v_round.id;
        update result s
        set submitted_by = null, submitted_at = null, returned_note = p_note,
            returned_by = p_officer
        where s.round_id = v_round.id and s.version = api.result_latest(v_round.id);
    end if;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, case v_next when 'draft' then 'round.return' else 'result.return' end,
            'round ' || p_slug, jsonb_build_object('note', p_note, 'was', v_round.state));
    return v_next;
end
$$;
grant execute on function api.desk_return(integer, text, text) to wardmote_desk;
