-- desk_delivery_write(officer, slug, number, state, spent, note): how a funded project stands now, what
-- was spent on it so far in pence, and what residents should know. What was reported before stays.
-- Called by: server/store_delivery.c. Outcomes: 'saved'; 'not_found' (not funded by a published result
-- of this officer's areas); 'state'; 'spent' (out of range); 'note' (1 to 1,000 characters).
-- Locks: round (exclusive).
create function api.desk_delivery_write(p_officer integer, p_slug text, p_number smallint,
                                        p_state text, p_spent bigint, p_note text)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_round   round := api.desk_round_held(p_officer, p_slug);
    v_project integer := (select p.id from api.round_funded(v_round.id) p
                          where p.number = p_number);
    v_outcome text := case
        when v_project is null then 'not_found'
        when p_state is null or p_state not in ('not_started', 'in_progress', 'done', 'dropped')
        then 'state'
        when p_spent is null or p_spent not between 0 and 100000000000 then 'spent'
        when length(coalesce(p_note, '')) not between 1 and 1000 then 'note' end;
begin
    if v_outcome is not null then
        return v_outcome;
    end if;
    insert into delivery (proposal_id, state, spent, note, officer_id)
    values (v_project, p_state, p_spent, p_note, p_officer);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'delivery.write', 'round ' || p_slug,
            jsonb_build_object('number', p_number, 'state', p_state, 'spent', p_spent));
    perform pg_notify('content', '');
    return 'saved';
end
$$;
grant execute on function api.desk_delivery_write(integer, text, smallint, text, bigint, text)
    to wardmote_desk;
