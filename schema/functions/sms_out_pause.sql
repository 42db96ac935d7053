-- sms_out_pause(outcome, count, can_ask): how long to wait before the next step.
-- 'retry' after `count` attempts: 5 s, 30 s, 2 min, 10 min, 30 min, 1 h, then 2 h, each give or
-- take 20 %. 'unknown': 10 s until the provider is first asked, or 120 s for a receipt where it
-- cannot be asked. 'absent' after asking `count` times: asked at 10 s, 60 s and 5 min.
-- Called by other functions only. Locks: none.
create function api.sms_out_pause(p_outcome text, p_count integer, p_can_ask boolean)
returns interval
language sql volatile
set search_path = wardmote, pg_temp
as $$
    select case p_outcome
           when 'retry' then (0.8 + 0.4 * random()) * interval '1 second'
                * (array[5, 30, 120, 600, 1800, 3600, 7200])[least(greatest(p_count, 1), 7)]
           when 'unknown' then case when p_can_ask then interval '10 seconds'
                                    else interval '120 seconds' end
           when 'absent' then case when p_count <= 1 then interval '50 seconds'
                                   else interval '4 minutes' end end
$$;
