-- sms_out_finish_all(outboxes, attempts, tokens, outcomes, can_asks, http_statuses, errors,
-- provider_ids, retry_afters, pause_days): api.sms_out_finish for all calls that ended together, in
-- one commit. What went as it should (accepted, its lease held, no receipt came before the answer, its
-- provider in good health) is written by one statement for all; the rest text by text.
-- Called by: sms/outbox.c. Outcomes: none; a lease that was lost is no error. Locks: as there:
-- providers' ids, then outbox rows, ascending.
create function api.sms_out_finish_all(
    p_outboxes bigint[], p_attempts integer[], p_tokens bigint[], p_outcomes text[],
    p_can_asks boolean[], p_http_statuses integer[], p_errors text[], p_provider_ids text[],
    p_retry_afters integer[], p_pause_days boolean[])
returns void
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_seqscan = off
as $$
declare
    v_now  constant timestamptz := clock_timestamp();
    v_good bigint[];
    r      record;
begin
    perform api.sms_id_lock(o.provider, u.provider_id)
    from unnest(p_outboxes, p_provider_ids) u(outbox, provider_id)
    join outbox o on o.id = u.outbox
    order by o.provider, u.provider_id;
    perform 1 from outbox x where x.id = any (p_outboxes) order by x.id for update;
    v_good := array(
        select u.outbox
        from unnest(p_outboxes, p_tokens, p_outcomes, p_provider_ids, p_pause_days)
             u(outbox, token, outcome, provider_id, pause_day)
        join outbox o on o.id = u.outbox and o.lease_token = u.token and o.state = 'leased'
        join sms_gateway g on g.name = o.provider and g.opened = 0 and position('x' in g.recent) = 0
        where u.outcome = 'accepted' and not u.pause_day
          and not exists (select from dlr d where d.client_ref = o.client_ref)
          and not exists (select from sms_receipt_early e
                          where e.provider = o.provider and e.provider_id = u.provider_id));
    with answered as materialized (
        select * from unnest(p_outboxes, p_attempts, p_http_statuses, p_errors, p_provider_ids)
                      u(outbox, attempt, http_status, error, provider_id)
        where u.outbox = any (v_good)
    ), attempts as (
        update attempt a
        set finished_at = v_now, http_status = u.http_status, error = u.error, outcome = 'accepted'
        from answered u where a.outbox_id = u.outbox and a.n = u.attempt
    )
    update outbox x
    set state = 'accepted', provider_id = coalesce(u.provider_id, x.provider_id),
        last_error = u.error, lease_token = null, lease_until = null, done_at = v_now
    from answered u where x.id = u.outbox;

    for r in select * from unnest(p_outboxes, p_attempts, p_tokens, p_outcomes, p_can_asks,
                                  p_http_statuses, p_errors, p_provider_ids, p_retry_afters,
                                  p_pause_days)
                           u(outbox, attempt, token, outcome, can_ask, http_status, error,
                             provider_id, retry_after, pause_day)
             where u.outbox <> all (v_good)
             order by u.outbox loop
        perform api.sms_out_finish(r.outbox, r.attempt, r.token, r.outcome, r.can_ask,
                                   r.http_status, r.error, r.provider_id, r.retry_after,
                                   r.pause_day);
    end loop;
end
$$;
grant execute on function api.sms_out_finish_all(bigint[], integer[], bigint[], text[], boolean[],
    integer[], text[], text[], integer[], boolean[]) to wardmote_sms;
