-- sms_out_refused(text, body_key): why a text must not be sent at all, or null.
--   blocked  its provider told us that the number refuses all texts from us
--   stopped  bulk to a number that texted STOP
--   moot     bulk that is not true, or not wanted, any more (api.bulk_moot)
--   loop     the same words went to this number ten times within the hour (phone networks drop the
--            21st, Notify's limits page): two machines talk to each other. Help and the like ends
--            after three of any words, when replies are written (api.sms_answer)
--   limit    replies: 30 an hour to a number (phone networks drop the 101st, Notify's limits page);
--            others: 6 an hour, 20 a day
-- Called by other functions only. Locks: none.
create function api.sms_out_refused(o wardmote.outbox, p_body_key bytea) returns text
language plpgsql stable
set search_path = wardmote, pg_temp
as $$
begin
    return (
    with sent as (
        select count(*) filter (where x.class = 'reply' and x.created_at > h.ago) as replies,
               count(*) filter (where x.class <> 'reply' and x.created_at > h.ago) as others,
               count(*) filter (where x.class <> 'reply') as others_today,
               count(*) filter (where x.body_key = p_body_key and x.created_at > h.ago) as alike
        from outbox x, (select clock_timestamp() - interval '1 hour' as ago) h
        where x.recipient_key = o.recipient_key and x.id <> o.id
          and x.attempts > 0 and x.state <> 'cancelled'
          and x.created_at > clock_timestamp() - interval '1 day'
    )
    select case
           when exists (select from sms_stop s
                        where s.recipient_key = o.recipient_key and s.by = 'provider')
           then 'blocked'
           when o.class = 'bulk'
                and exists (select from sms_stop s where s.recipient_key = o.recipient_key)
           then 'stopped'
           when o.class = 'bulk' and api.bulk_moot(o.id) then 'moot'
           when o.attempts > o.tries_from then null -- it was let through before
           when s.alike >= 10 then 'loop'
           when o.class = 'reply' and s.replies >= 30 then 'limit'
           when o.class <> 'reply' and (s.others >= 6 or s.others_today >= 20) then 'limit' end
    from sent s);
end
$$;
