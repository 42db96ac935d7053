-- sms_out_asked(outbox, token, answer, provider_ids, error): the provider's word on a text that
-- was unknown. answer: found (it has it: accepted); absent (asked three times over five minutes:
-- send it again); failed (the question got no answer: ask again in a minute). provider_ids: ids of
-- the provider's that may be this text's, with blanks between; where they all belong to other
-- texts of ours (the same words to the same number), it was not found after all.
-- Called by: sms/outbox.c. Outcomes: the text's state now, or 'lost' with the lease.
-- Locks: outbox row, the provider's id (nobody who holds that waits for this row: it has no id
-- yet), then sms_budget.
create function api.sms_out_asked(p_outbox bigint, p_token bigint, p_answer text,
                                  p_provider_ids text, p_error text) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_now    constant timestamptz := clock_timestamp();
    v_answer text := p_answer;
    v_id     text;
    v_again  boolean;
    o        outbox;
begin
    select * into o from outbox x where x.id = p_outbox for update;
    if o.lease_token is distinct from p_token or o.state <> 'unknown' then
        return 'lost';
    end if;
    if v_answer = 'found' and p_provider_ids is not null then
        select i.id into v_id
        from unnest(string_to_array(p_provider_ids, ' ')) with ordinality i(id, n)
        where not exists (select from outbox x where x.provider = o.provider
                             and x.provider_id = i.id and x.id <> o.id)
        order by i.n limit 1;
        v_answer := case when v_id is null then 'absent' else 'found' end;
        perform api.sms_id_lock(o.provider, v_id);
    end if;
    if v_answer = 'found' then
        update attempt a set outcome = 'accepted'
        where a.outbox_id = p_outbox and a.n = o.attempts;
    end if;
    v_again := v_answer = 'absent' and o.asked >= 2;
    update outbox x
    set state = case when v_answer = 'found' then 'accepted'
                     when not v_again then 'unknown'
                     when o.attempts - o.tries_from < 12 then 'queued' else 'dead' end,
        asked = case when v_again then 0 when v_answer = 'absent' then o.asked + 1
                     else o.asked end,
        next_at = case when v_again then v_now
                       when v_answer = 'absent'
                       then v_now + api.sms_out_pause('absent', o.asked + 1, true)
                       else v_now + interval '1 minute' end,
        provider_id = coalesce(v_id, o.provider_id),
        last_error = coalesce(p_error, o.last_error), lease_token = null, lease_until = null,
        done_at = case when v_answer = 'found' then v_now end
    where x.id = p_outbox;
    if v_again then
        perform api.sms_budget_back(p_outbox);
    end if;
    perform api.sms_out_settle_early(p_outbox);
    return (select x.state from outbox x where x.id = p_outbox);
end
$$;
grant execute on function api.sms_out_asked(bigint, bigint, text, text, text) to wardmote_sms;
