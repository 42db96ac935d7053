-- sms_consent_give(key, sealed, area, door, wording): this number asked for bulk texts, in these
-- words; takes an earlier STOP back. Where it asked before and that stands, the first row is
-- kept: only the area is brought up to date.
-- Called by api.sign_in_check (door web) and api.sms_answer (door text).
-- Outcome: whether there was a STOP. Locks: the number's rows.
create function api.sms_consent_give(p_key bytea, p_sealed bytea, p_area integer, p_door text,
                                     p_wording text)
returns boolean
language sql
set search_path = wardmote, pg_temp
as $$
    insert into sms_consent as c (recipient_key, number_sealed, neighbourhood_id, door, wording)
    values (p_key, p_sealed, p_area, p_door, p_wording)
    on conflict (recipient_key) where ended_at is null do update
    set neighbourhood_id = coalesce(excluded.neighbourhood_id, c.neighbourhood_id);
    select api.sms_start(p_key)
$$;
