-- sms_endpoint(key): our number that this phone texted last, as digits; '' where it never did, or
-- where what it sent was erased. What we send of our own accord goes out from there.
-- Called by other functions only. Locks: none.
create function api.sms_endpoint(p_key bytea) returns text
language sql stable
set search_path = wardmote, pg_temp
as $$
    select coalesce((select i.endpoint from inbox i
                     where i.sender_key = p_key and i.endpoint <> ''
                     order by i.id desc limit 1), '')
$$;
