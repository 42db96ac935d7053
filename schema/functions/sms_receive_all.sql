-- sms_receive_all(providers, endpoints, message_ids, sent_ats, sender_keys, sender_seals,
-- near_keys, body_seals, quarantines, dids): api.sms_receive for all texts that came while the last
-- ones were being written: one statement, one commit. In the order given. None is looked for before it
-- is entered; where one was known, which is rare, they come one by one.
-- Called by: common/text_in.c, for server/text_box.c. Outcomes: how many were not known before, and
-- how many of those are quarantined.
-- Locks: inbox (shared), as api.sms_receive.
create function api.sms_receive_all(
    p_providers text[], p_endpoints text[], p_message_ids text[], p_sent_ats timestamptz[],
    p_sender_keys bytea[], p_sender_seals bytea[], p_near_keys bytea[], p_body_seals bytea[],
    p_quarantines boolean[], p_dids text[] default null, out fresh integer, out quarantined integer)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
begin
    perform pg_advisory_xact_lock_shared(2, 0);
    begin
        insert into inbox (provider, endpoint, message_id, sent_at, sender_key, sender_sealed,
                           near_key, body_sealed, state, provider_did)
        select a.provider, a.endpoint, a.message_id, a.sent_at, a.sender_key, a.sender_sealed,
               a.near_key, a.body_sealed, case when a.quarantine then 'quarantined' else 'new' end,
               a.did
        from unnest(p_providers, p_endpoints, p_message_ids, p_sent_ats, p_sender_keys,
                    p_sender_seals, p_near_keys, p_body_seals, p_quarantines, p_dids)
             with ordinality a(provider, endpoint, message_id, sent_at, sender_key, sender_sealed,
                               near_key, body_sealed, quarantine, did, n)
        order by a.n;
        fresh := cardinality(p_providers);
        quarantined := (select count(*) from unnest(p_quarantines) q where q);
        return;
    exception when unique_violation then
        fresh := 0;
        quarantined := 0;
    end;
    for i in 1 .. cardinality(p_providers) loop
        if api.sms_receive(p_providers[i], p_endpoints[i], p_message_ids[i], p_sent_ats[i],
                           p_sender_keys[i], p_sender_seals[i], p_near_keys[i], p_body_seals[i],
                           p_quarantines[i], p_dids[i]) = 'new' then
            fresh := fresh + 1;
            quarantined := quarantined + p_quarantines[i]::integer;
        end if;
    end loop;
end
$$;
grant execute on function api.sms_receive_all(text[], text[], text[], timestamptz[], bytea[],
    bytea[], bytea[], bytea[], boolean[], text[]) to wardmote_web;
