-- sms_language_choose(recipient_key, language): from now on this number is texted in that language.
-- Called by: api.sms_answer (LANG). Locks: its row.
create function api.sms_language_choose(p_key bytea, p_language text) returns void
language sql
set search_path = wardmote, pg_temp
as $$
    insert into sms_language as l (recipient_key, language) values (p_key, p_language)
    on conflict (recipient_key) do update
    set language = excluded.language, chosen_at = clock_timestamp()
$$;
