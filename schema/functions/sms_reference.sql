-- sms_reference(text): a text's reference as typed, or null when it is none. Pure.
-- Called by other functions only. Locks: none.
create function api.sms_reference(p_text text) returns uuid
language sql immutable
set search_path = wardmote, pg_temp
as $$
    select case when lower(p_text) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                then p_text::uuid end
$$;
