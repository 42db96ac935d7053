-- sms_language(recipient_key): in which language this number is texted: what it chose by LANG, else
-- 'en'. Called by other functions only. Locks: none.
create function api.sms_language(p_key bytea) returns text
language sql stable
set search_path = wardmote, pg_temp
as $$
    select coalesce((select l.language from sms_language l where l.recipient_key = p_key), 'en')
$$;
