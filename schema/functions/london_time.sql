-- london_time(local): a moment from a date and time as written in Europe/London, "2027-03-28 10:00" or
-- with seconds; null: none. at is null and problem tells why when it is no such text ('bad') or the
-- clocks make it impossible: 'gap' (they go forward over it) or 'twice' (they go back, and it comes
-- again). Called by other functions only. Locks: none.
create function api.london_time(p_local text)
returns table (at timestamptz, problem text)
language plpgsql stable as $$
declare
    v_local timestamp;
    v_at    timestamptz;
begin
    begin
        v_local := case when p_local ~ '^\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?$' then p_local::timestamp end;
    exception when datetime_field_overflow or invalid_datetime_format then
        null; -- 30 February
    end;
    v_at := v_local at time zone 'Europe/London';
    problem := case when v_local is null and p_local is not null then 'bad'
                    when v_at at time zone 'Europe/London' <> v_local then 'gap'
                    when (v_at - interval '1 hour') at time zone 'Europe/London' = v_local
                      or (v_at + interval '1 hour') at time zone 'Europe/London' = v_local then 'twice' end;
    at := case when problem is null then v_at end;
    return next;
end
$$;
