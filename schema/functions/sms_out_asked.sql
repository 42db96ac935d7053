-- sms_out_asked(outbox, token, answer, provider_id, error): the provider's word on a text that was
-- unknown. answer: found (it has it: accepted); absent (asked three times over five minutes: send
-- it again); failed (the question got no answer: ask again in a minute).
-- Called by: sms/outbox.c. Outcomes: the text's state now, or 'lost' with the lease.
-- Locks: outbox row.
create function api.sms_out_asked(p_outbox bigint, p_token bigint, p_answer text,
                                  p_provider_id text, p_error text) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_now constant timestamptz := clock_timestamp();
    o     outbox;
begin
    select * into o from outbox x where x.id = p_outbox for update;
    if o.lease_token is distinct from p_token or o.state <> 'unknown' then
        return 'lost';
    end if;
    if p_answer = 'found' then
        update attempt a set outcome = 'accepted'
        where a.outbox_id = p_outbox and a.n = o.attempts;
    end if;
    update outbox x
    set state = case when p_answer = 'found' then 'accepted'
                     when p_answer = 'absent' and o.asked >= 2
                     then case when o.attempts < 12 then 'queued' else 'dead' end
                     else 'unknown' end,
        asked = case when p_answer <> 'absent' then o.asked
                     when o.asked >= 2 then 0
                     else o.asked + 1 end,
        next_at = case when p_answer = 'absent' and o.asked >= 2 then v_now
                       when p_answer = 'absent'
                       then v_now + api.sms_out_pause('absent', o.asked + 1, true)
                       else v_now + interval '1 minute' end,
        provider_id = coalesce(p_provider_id, o.provider_id),
        last_error = coalesce(p_error, o.last_error), lease_token = null, lease_until = null,
        done_at = case when p_answer = 'found' then v_now end
    where x.id = p_outbox;
    perform api.sms_settle(p_outbox);
    return (select x.state from outbox x where x.id = p_outbox);
end
$$;
grant execute on function api.sms_out_asked(bigint, bigint, text, text, text) to wardmote_sms;
