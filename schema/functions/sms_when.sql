-- sms_when(instant): a moment for a text, in the time of York: "2026-12-14 21:00". sms/say_when.c
-- words it in the language of whoever is texted. Called by other functions only. Locks: none.
create function api.sms_when(p_at timestamptz) returns text
language sql stable
set search_path = wardmote, pg_temp
as $$
    select to_char(p_at at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI')
$$;
