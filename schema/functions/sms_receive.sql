-- sms_receive(provider, endpoint, message_id, sent_at, sender_key, sender_sealed, near_key,
-- body_sealed, quarantine, did): takes one text from a provider into the inbox. The webhook answers
-- 200 only after the commit of this call. A quarantined text (authentic, but unreadable) is kept
-- and never processed. `did`: the provider answered it itself, as 'stop', 'start' or 'help'. Called by: common/text_in.c, for webhooks and pollers.
-- Outcomes: 'new'; 'known' (this provider sent this message id before: nothing changes, the first
-- words win, and others raise an alarm).
-- Locks: inbox (shared), so that a count that holds it exclusively sees every text answered
-- before; received_at is read after the lock is held.
create function api.sms_receive(
    p_provider text, p_endpoint text, p_message_id text, p_sent_at timestamptz,
    p_sender_key bytea, p_sender_sealed bytea, p_near_key bytea, p_body_sealed bytea,
    p_quarantine boolean, p_did text default null)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
begin
    perform pg_advisory_xact_lock_shared(2, 0);
    insert into inbox (provider, endpoint, message_id, sent_at, sender_key, sender_sealed,
                       near_key, body_sealed, state, provider_did)
    values (p_provider, p_endpoint, p_message_id, p_sent_at, p_sender_key, p_sender_sealed,
            p_near_key, p_body_sealed, case when p_quarantine then 'quarantined' else 'new' end,
            p_did)
    on conflict on constraint inbox_once do nothing;
    if found then
        return 'new';
    end if;
    perform api.sms_receive_changed(array[p_provider], array[p_endpoint], array[p_message_id],
                                    array[p_near_key]);
    return 'known';
end
$$;
grant execute on function api.sms_receive(text, text, text, timestamptz, bytea, bytea, bytea,
    bytea, boolean, text) to wardmote_web, wardmote_sms;
