-- desk_paper_reconcile(officer, slug, batch, spoilt): entered and spoilt ballots make up the number
-- that was sealed: nothing more is entered, and the count need not wait for this batch.
-- Called by: server/store_paper.c. Outcomes: 'reconciled'; 'not_found'; 'already'; 'spoilt' (not 0 to
-- 5,000); 'differs', with entered + spoilt - sealed: nothing changes, the batch stays open.
-- Locks: round (exclusive), so that no ballot is on its way.
create function api.desk_paper_reconcile(p_officer integer, p_slug text, p_batch integer,
                                         p_spoilt integer)
returns table (outcome text, difference integer)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_round round := api.desk_round_held(p_officer, p_slug, 'ward_officer', 'clerk');
    v_batch paper_batch;
    v_off   integer;
begin
    select * into v_batch from paper_batch b where b.id = p_batch and b.round_id = v_round.id for update;
    v_off := api.paper_entered(p_batch) + p_spoilt - v_batch.ballots;
    if v_batch.id is null then
        return query select 'not_found', 0;
    elsif v_batch.reconciled_at is not null then
        return query select 'already', 0;
    elsif p_spoilt is null or p_spoilt not between 0 and 5000 then
        return query select 'spoilt', 0;
    elsif v_off <> 0 then
        return query select 'differs', v_off;
    else
        update paper_batch b
        set spoilt = p_spoilt, reconciled_by = p_officer, reconciled_at = clock_timestamp()
        where b.id = p_batch;
        insert into audit (officer_id, action, object, detail)
        values (p_officer, 'paper.reconcile', 'batch ' || p_batch,
                jsonb_build_object('round', p_slug, 'spoilt', p_spoilt,
                                   'entered', v_batch.ballots - p_spoilt));
        return query select 'reconciled', 0;
    end if;
end
$$;
grant execute on function api.desk_paper_reconcile(integer, text, integer, integer)
    to wardmote_desk;
