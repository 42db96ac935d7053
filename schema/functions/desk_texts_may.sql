-- desk_texts_may(officer): does this officer look after texts (SMS operator or administrator)?
-- Called by other functions only. Locks: none.
create function api.desk_texts_may(p_officer integer) returns boolean
language sql stable
set search_path = wardmote, pg_temp
as $$
    select exists (select from officer_role r
                   join officer o on o.id = r.officer_id and o.disabled_at is null
                   where r.officer_id = p_officer and r.role in ('sms_operator', 'administrator'))
$$;
