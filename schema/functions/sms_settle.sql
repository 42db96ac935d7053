-- sms_settle(outbox): moves a text's state on by the delivery receipts kept for it, never back:
-- delivered is final; undelivered gives way only to delivered; accepted and buffered settle a
-- text that was unknown or waited to be sent again (the provider has it: it is not sent twice).
-- Called by other functions only, which hold the outbox row's lock. Locks: none beyond.
create function api.sms_settle(p_outbox bigint) returns void
language plpgsql -- which keeps its plans: it is called for every text and receipt
set search_path = wardmote, pg_temp
as $$
begin
    with best as (
        select case when bool_or(d.status = 'delivered') then 'delivered'
                    when bool_or(d.status = 'undelivered') then 'undelivered'
                    else 'accepted' end as state
        from outbox o join dlr d on d.client_ref = o.client_ref
        where o.id = p_outbox
        having count(*) > 0
    )
    update outbox o
    set state = b.state, lease_token = null, lease_until = null,
        done_at = coalesce(o.done_at, clock_timestamp())
    from best b
    where o.id = p_outbox
      and case b.state when 'delivered' then o.state <> 'delivered'
                       when 'undelivered' then o.state not in ('delivered', 'undelivered')
                       else o.state in ('queued', 'leased', 'unknown', 'held') end;
    update dlr d set applied = true
    from outbox o
    where o.id = p_outbox and d.client_ref = o.client_ref and not d.applied;
end
$$;
