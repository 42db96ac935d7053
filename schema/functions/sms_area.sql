-- sms_area(key): the neighbourhood of whoever uses this phone: that of the voter with this number,
-- or of the ballot that it cast last by text; null where nobody knows.
-- Called by other functions only. Locks: none.
create function api.sms_area(p_key bytea) returns integer
language sql stable
set search_path = wardmote, pg_temp
as $$
    select coalesce(
        (select v.neighbourhood_id from credential c join voter v on v.id = c.voter_id
         where c.lookup = p_key and c.kind = 'phone' and c.voided_at is null),
        (select v.neighbourhood_id from inbox i
         join revision x on x.inbox_id = i.id
         join voter v on v.id = x.voter_id
         where i.sender_key = p_key order by i.id desc limit 1))
$$;
