-- sms_bulk_at(instant): the earliest moment, from that one on, at which a bulk text may be sent:
-- between 9 in the morning and 8 in the evening by the clocks of York. Pure.
-- Called by other functions only. Locks: none.
create function api.sms_bulk_at(p_at timestamptz) returns timestamptz
language sql stable
set search_path = wardmote, pg_temp
as $$
    select case when l.here::time >= '20:00'
                then (l.here::date + 1 + time '09:00') at time zone l.zone
                when l.here::time < '09:00'
                then (l.here::date + time '09:00') at time zone l.zone
                else p_at end
    from (select p_at at time zone 'Europe/London' as here, 'Europe/London' as zone) l
$$;
