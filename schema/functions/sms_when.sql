-- sms_when(instant): a moment as replies say it, in the time of York: "9pm Sun 14 Dec",
-- "9.30am Mon 1 Jun", "midday Sat 3 Jan", and midnight, which belongs to two days, as "the end of
-- Sun 14 Jun". Called by other functions only. Locks: none.
create function api.sms_when(p_at timestamptz) returns text
language sql stable
set search_path = wardmote, pg_temp
as $$
    select case to_char(t.here, 'HH24MI')
           when '0000' then 'the end of' || to_char(t.here - interval '1 day', ' Dy FMDD Mon')
           when '1200' then to_char(t.here, '"midday" Dy FMDD Mon')
           else to_char(t.here, case when to_char(t.here, 'MI') = '00' then 'FMHH12am Dy FMDD Mon'
                                     else 'FMHH12.MIam Dy FMDD Mon' end) end
    from (select p_at at time zone 'Europe/London' as here) t
$$;
