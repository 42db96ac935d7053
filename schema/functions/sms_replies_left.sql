-- sms_replies_left(recipient_key): how many more replies about votes this number may get within
-- the hour, of thirty. At 1 the reply that is being written is the last, and says so: "Votes still
-- count; no replies until 3pm", with `again` as that hour (the next full one after the oldest of
-- the thirty leaves the hour), as api.sms_when says it. At 0 nothing is written: the ballots are cast all the same.
-- Called by: intake, when it writes a reply. Locks: none.
create function api.sms_replies_left(p_key bytea)
returns table (left_now integer, again timestamptz, again_words text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    with last_hour as (
        select count(*)::integer as n, min(o.created_at) as oldest
        from outbox o
        where o.recipient_key = p_key and o.class = 'reply' and o.state <> 'cancelled'
          and o.created_at > clock_timestamp() - interval '1 hour'
    ), moment as (
        select greatest(30 - h.n, 0) as left_now,
               date_trunc('hour', coalesce(h.oldest, clock_timestamp()) + interval '2 hours')
                   as again
        from last_hour h
    )
    select m.left_now, m.again, api.sms_when(m.again) from moment m
$$;
grant execute on function api.sms_replies_left(bytea) to wardmote_sms;
