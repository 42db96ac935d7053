-- sms_notices_sent(ids, recipients, bodies, segments, senders): the notices of sms_notices as texts
-- into the outbox, and off the list; a body of null is dropped (its number cannot be texted, or
-- has gone). Digits are worth nothing after ten minutes: then they are not sent any more.
-- Called by: sms/notices.c, in the same transaction. Outcome: how many were queued.
-- Locks: rows of notice, held already.
create function api.sms_notices_sent(p_ids bigint[], p_recipients bytea[], p_bodies bytea[],
                                     p_segments integer[], p_senders text[])
returns integer
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_queued integer;
begin
    insert into outbox (dedup_key, class, recipient_key, recipient_sealed, sender, body_sealed,
                        segments, expires_at)
    select 'notice:' || n.id, 'service', coalesce(n.recipient_key, i.sender_key), a.recipient,
           a.sender, a.body, a.segments,
           case n.kind when 'sign_in_code' then n.created_at + interval '10 minutes'
                       else clock_timestamp() + interval '24 hours' end
    from unnest(p_ids, p_recipients, p_bodies, p_segments, p_senders)
         a(id, recipient, body, segments, sender)
    join notice n on n.id = a.id and n.taken_at is null
    left join inbox i on i.id = n.inbox_id
    where a.body is not null
    on conflict (dedup_key) do nothing;
    get diagnostics v_queued = row_count;
    update notice n set taken_at = clock_timestamp(), body_sealed = null where n.id = any (p_ids);
    return v_queued;
end
$$;
grant execute on function api.sms_notices_sent(bigint[], bytea[], bytea[], integer[], text[])
    to wardmote_sms;
