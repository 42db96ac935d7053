-- sms_out_finish(outbox, attempt, token, outcome, can_ask, http_status, error, provider_id,
-- retry_after, pause_day): what came of one call. outcome: accepted; rejected (dead: asking again
-- would not help); blocked (rejected, since the number refuses all texts from us: noted as a
-- stop); retry (surely not sent); unknown (may have been sent: ask, or wait, before it is sent
-- again). retry_after: seconds that the provider asked for, or null. pause_day: the provider's
-- daily limit is reached: it is left alone until midnight UTC. A worker that lost its lease
-- changes only the attempt. Receipts that overtook the answer are applied.
-- Called by: sms/outbox.c. Outcomes: the text's state now, or 'lost' with the lease.
-- Locks: the provider's id, outbox row, then sms_gateway, sms_budget.
create function api.sms_out_finish(
    p_outbox bigint, p_attempt integer, p_token bigint, p_outcome text, p_can_ask boolean,
    p_http_status integer, p_error text, p_provider_id text, p_retry_after integer,
    p_pause_day boolean)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_seqscan = off -- plans made while the tables were empty stay for long
as $$
declare
    v_now  constant timestamptz := clock_timestamp();
    v_next timestamptz;
    v_who  text;
    v_then text;
    o      outbox;
begin
    update attempt a
    set finished_at = v_now, http_status = p_http_status, error = p_error,
        outcome = case p_outcome when 'blocked' then 'rejected' else p_outcome end
    where a.outbox_id = p_outbox and a.n = p_attempt
    returning a.provider into v_who;
    perform api.sms_id_lock(v_who, p_provider_id);
    select * into o from outbox x where x.id = p_outbox for update;
    if o.lease_token is distinct from p_token or o.state <> 'leased' then
        return 'lost';
    end if;
    v_next := v_now + greatest(api.sms_out_pause(p_outcome, o.attempts - o.tries_from, p_can_ask),
                               p_retry_after * interval '1 second');
    update outbox x
    set state = case when p_outcome = 'accepted' then 'accepted'
                     when p_outcome = 'unknown' then 'unknown'
                     when p_outcome = 'retry' and o.attempts - o.tries_from < 12
                          and v_next < o.expires_at
                     then 'queued'
                     else 'dead' end,
        next_at = coalesce(v_next, o.next_at), bound = o.bound or p_outcome = 'unknown',
        provider_id = coalesce(p_provider_id, o.provider_id), last_error = p_error,
        lease_token = null, lease_until = null,
        done_at = case when p_outcome in ('accepted', 'rejected', 'blocked') then v_now end
    where x.id = p_outbox
    returning x.state into v_then;
    if p_outcome = 'blocked' then
        insert into sms_stop (recipient_key, by) values (o.recipient_key, 'provider')
        on conflict do nothing;
        perform api.sms_consent_end(o.recipient_key, 'provider');
    end if;
    if exists (select from dlr d where d.client_ref = o.client_ref)
       or exists (select from sms_receipt_early e
                  where e.provider = o.provider and e.provider_id = p_provider_id) then
        perform api.sms_out_settle_early(p_outbox);
        select x.state into v_then from outbox x where x.id = p_outbox;
    end if;
    perform api.sms_gateway_note(o.provider, p_outcome not in ('retry', 'unknown'));
    if p_pause_day then
        update sms_gateway g
        set paused_until = (date_trunc('day', v_now at time zone 'UTC') + interval '1 day')
                           at time zone 'UTC', paused_why = 'daily limit'
        where g.name = o.provider and g.paused_until is distinct from 'infinity';
        perform api.sms_alarm_raise('daily_limit:' || o.provider);
    end if;
    if p_outcome in ('retry', 'rejected', 'blocked') then
        perform api.sms_budget_back(p_outbox);
    end if;
    return v_then;
end
$$;
grant execute on function api.sms_out_finish(bigint, integer, bigint, text, boolean, integer,
    text, text, integer, boolean) to wardmote_sms;
