-- sms_consent_end(key, by): this number wants no bulk texts any more: it, or its provider, said so.
-- The row stays as the proof, without the number. Called by other functions only.
-- Locks: the number's row.
create function api.sms_consent_end(p_key bytea, p_by text) returns void
language sql
set search_path = wardmote, pg_temp
as $$
    update sms_consent c
    set ended_at = clock_timestamp(), ended_by = p_by, number_sealed = null
    where c.recipient_key = p_key and c.ended_at is null
$$;
