-- count_ask(officer, slug): puts a closed round before the workers that count (api.count_take), and
-- wakes them. Called by: server/store_count_job.c. Outcomes: 'asked'; 'counting' (somebody asked
-- already); 'not_found'; or what api.count_hindrance says, but 'ready'. Locks: inbox (exclusive),
-- then round (exclusive).
create function api.count_ask(p_officer integer, p_slug text)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_id      integer := api.desk_round_id(p_officer, p_slug);
    v_outcome text;
begin
    if v_id is null then
        return 'not_found';
    end if;
    perform pg_advisory_xact_lock(2, 0);
    perform api.lock_round(v_id, true);
    if exists (select from count_job j where j.round_id = v_id and j.finished_at is null) then
        return 'counting';
    end if;
    select h.outcome into v_outcome from api.count_hindrance(v_id) h;
    if v_outcome <> 'ready' then
        return v_outcome;
    end if;
    insert into count_job (round_id, asked_by) values (v_id, p_officer);
    insert into audit (officer_id, action, object)
    values (p_officer, 'round.count_ask', 'round ' || p_slug);
    perform pg_notify('count', '');
    return 'asked';
end
$$;
grant execute on function api.count_ask(integer, text) to wardmote_desk;
