-- desk_bulk_set(officer, slug, occasion, on): an officer has those who asked for it told about an
-- occasion of a round, or not any more: texts that still wait are then not sent.
-- Called by: server/store_bulk.c. Outcomes: 'on'; 'off'; 'bulk_over' (its time is over); 'bulk_short'
-- (the round has no such occasion); 'not_found'. Locks: bulk, outbox rows that wait.
create function api.desk_bulk_set(p_officer integer, p_slug text, p_occasion text, p_on boolean)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_round constant integer := api.desk_round_id(p_officer, p_slug);
    v       record;
begin
    if v_round is null then
        return 'not_found';
    end if;
    select w.* into v from api.bulk_windows(v_round) w where w.occasion = p_occasion;
    if not found then
        return 'bulk_short';
    elsif p_on and v.ends <= clock_timestamp() then
        return 'bulk_over';
    end if;
    if p_on then
        insert into bulk (round_id, occasion, officer_id) values (v_round, p_occasion, p_officer)
        on conflict do nothing;
    else
        delete from bulk b where b.round_id = v_round and b.occasion = p_occasion;
        update outbox o
        set state = 'cancelled', last_error = 'moot', done_at = clock_timestamp()
        from (select q.id from bulk_text t join outbox q on q.id = t.outbox_id
              where t.round_id = v_round and t.occasion = p_occasion and q.state = 'queued'
              for update of q skip locked) waiting
        where o.id = waiting.id;
    end if;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, case when p_on then 'bulk.on' else 'bulk.off' end, 'round ' || p_slug,
            jsonb_build_object('occasion', p_occasion));
    return case when p_on then 'on' else 'off' end;
end
$$;
grant execute on function api.desk_bulk_set(integer, text, text, boolean) to wardmote_desk;
