-- sms_bulk_queue(rounds, occasions, keys, recipients, bodies, segments, senders): the texts of
-- sms_bulk_due into the outbox, one for a number and an occasion; a body of null is noted as had
-- and not sent (the number cannot be texted). Each is sent until its occasion is over.
-- Called by: sms/bulk.c, in the same transaction. Outcome: how many were queued.
-- Locks: bulk_text, outbox.
create function api.sms_bulk_queue(p_rounds integer[], p_occasions text[], p_keys bytea[],
                                   p_recipients bytea[], p_bodies bytea[], p_segments integer[],
                                   p_senders text[])
returns integer
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    a        record;
    v_id     bigint;
    v_queued integer := 0;
begin
    for a in
        select u.*, w.ends, case when u.occasion <> 'result' then r.closes_at end as closes_at
        from unnest(p_rounds, p_occasions, p_keys, p_recipients, p_bodies, p_segments, p_senders)
             u(round, occasion, key, recipient, body, segments, sender)
        join round r on r.id = u.round
        join api.bulk_windows(u.round) w on w.occasion = u.occasion
    loop
        insert into bulk_text (round_id, occasion, recipient_key, closes_at)
        values (a.round, a.occasion, a.key, a.closes_at) on conflict do nothing;
        continue when not found or a.body is null;
        insert into outbox (dedup_key, class, recipient_key, recipient_sealed, sender, body_sealed,
                            segments, expires_at)
        values ('bulk:' || gen_random_uuid(), 'bulk', a.key, a.recipient, a.sender, a.body,
                a.segments, a.ends)
        returning id into v_id;
        update bulk_text t set outbox_id = v_id
        where t.round_id = a.round and t.occasion = a.occasion and t.recipient_key = a.key;
        v_queued := v_queued + 1;
    end loop;
    return v_queued;
end
$$;
grant execute on function api.sms_bulk_queue(integer[], text[], bytea[], bytea[], bytea[],
    integer[], text[]) to wardmote_sms;
