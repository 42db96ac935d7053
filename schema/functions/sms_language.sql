-- sms_language(recipient_key): in which language this number is texted: what it chose by LANG, else
-- 'en'. Called by other functions only. Locks: none.
-- Without a search_path of its own: bulk asks once for each number, and to set one and put it back is
-- most of what that takes.
create function api.sms_language(p_key bytea) returns text
language sql stable
as $$
    select coalesce((select l.language from wardmote.sms_language l where l.recipient_key = p_key), 'en')
$$;
