-- sms_out_finish_all(outboxes, attempts, tokens, outcomes, can_asks, http_statuses, errors,
-- provider_ids, retry_afters, pause_days): api.sms_out_finish for all calls that ended together, in
-- one statement and one commit.
-- Called by: sms/outbox.c. Outcomes: none; a lease that was lost is no error. Locks: as there, text by
-- text, ascending.
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
    r record;
begin
    for r in select * from unnest(p_outboxes, p_attempts, p_tokens, p_outcomes, p_can_asks,
                                  p_http_statuses, p_errors, p_provider_ids, p_retry_afters,
                                  p_pause_days)
                           u(outbox, attempt, token, outcome, can_ask, http_status, error,
                             provider_id, retry_after, pause_day)
             order by u.outbox loop
        perform api.sms_out_finish(r.outbox, r.attempt, r.token, r.outcome, r.can_ask,
                                   r.http_status, r.error, r.provider_id, r.retry_after,
                                   r.pause_day);
    end loop;
end
$$;
grant execute on function api.sms_out_finish_all(bigint[], integer[], bigint[], text[], boolean[],
    integer[], text[], text[], integer[], boolean[]) to wardmote_sms;
