-- desk_proposal_publish(officer, slug, number): a draft becomes a proposal that will be on the
-- ballot. Called by: server/store_desk_round.c. Outcomes: 'published' (also when it was already);
-- 'not_found'; 'frozen'; 'in_review'; 'too_dear' (costs more than its pot).
-- Locks: round (exclusive).
create function api.desk_proposal_publish(p_officer integer, p_slug text, p_number smallint)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_round   round := api.desk_round_held(p_officer, p_slug);
    v_outcome text;
begin
    select case when p.state = 'published' then 'published'
                when r.frozen then 'frozen'
                when r.state <> 'draft' then 'in_review'
                when p.cost > t.amount then 'too_dear' end
    into v_outcome
    from proposal p join round r on r.id = p.round_id left join pot t on t.id = p.pot_id
    where p.round_id = v_round.id and p.number = p_number;
    if not found then
        return 'not_found';
    end if;
    if v_outcome is not null then
        return v_outcome;
    end if;
    update proposal p set state = 'published', published_at = clock_timestamp()
    where p.round_id = v_round.id and p.number = p_number;
    update round r set changed_by = p_officer where r.id = v_round.id;
    insert into audit (officer_id, action, object)
    values (p_officer, 'proposal.publish',
            'proposal ' || p_slug || '/' || to_char(p_number, 'FM0000'));
    perform pg_notify('content', '');
    return 'published';
end
$$;
grant execute on function api.desk_proposal_publish(integer, text, smallint) to wardmote_desk;
