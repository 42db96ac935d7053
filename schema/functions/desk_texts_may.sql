-- desk_texts_may(officer): does this officer look after texts (SMS operator or administrator)?
-- Called by other functions only. Locks: none.
create function api.desk_texts_may(p_officer integer) returns boolean
language sql stable
set search_path = wardmote, pg_temp
as $$
    select api.desk_role(p_officer, 'sms_operator', 'administrator')
$$;
