-- sms_receive_late(…as api.sms_receive, waited): a text that waited `waited` ms in the server's
-- spool, since the database was away: it was received that much earlier than now, at most a day.
-- Called by: server/spool.c. Outcomes and locks: as api.sms_receive.
create function api.sms_receive_late(
    p_provider text, p_endpoint text, p_message_id text, p_sent_at timestamptz,
    p_sender_key bytea, p_sender_sealed bytea, p_near_key bytea, p_body_sealed bytea,
    p_quarantine boolean, p_waited bigint, p_did text default null)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
begin
    perform pg_advisory_xact_lock_shared(2, 0);
    insert into inbox (provider, endpoint, message_id, sent_at, sender_key, sender_sealed,
                       near_key, body_sealed, state, provider_did, received_at)
    values (p_provider, p_endpoint, p_message_id, p_sent_at, p_sender_key, p_sender_sealed,
            p_near_key, p_body_sealed, case when p_quarantine then 'quarantined' else 'new' end,
            p_did,
            clock_timestamp() - least(greatest(p_waited, 0), 86400000) * interval '1 millisecond')
    on conflict on constraint inbox_once do nothing;
    if found then
        return 'new';
    end if;
    perform api.sms_receive_changed(array[p_provider], array[p_endpoint], array[p_message_id],
                                    array[p_near_key]);
    return 'known';
end
$$;
grant execute on function api.sms_receive_late(text, text, text, timestamptz, bytea, bytea, bytea,
    bytea, boolean, bigint, text) to wardmote_web;
