-- desk_sms_find(officer, reference, keys): the newest fifty texts of a reference (our own to the
-- provider, the provider's id of a text, the provider's id of a text to us, our number in the
-- inbox), or of numbers by their look-up keys. See desk_sms_rows. No row: none, or not an officer
-- who looks after texts.
-- Called by: server/store_sms.c. Locks: none.
create function api.desk_sms_find(p_officer integer, p_reference text, p_keys bytea[])
returns table (outward boolean, reference text, at timestamptz, state text, why text, class text,
               provider text, provider_id text, our_number text, sealed bytea, words boolean,
               attempts integer, next_at timestamptz, ended_at timestamptz, segments integer)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    with n as (
        select case when p_reference ~ '^[0-9]{1,18}$' then p_reference::bigint end as id
    )
    select r.* from api.desk_sms_rows(
        array(select o.id from outbox o
              where o.client_ref = api.sms_reference(p_reference)
                 or o.provider_id = p_reference
                 or o.recipient_key = any (p_keys)
              order by o.id desc limit 50),
        array(select i.id from inbox i, n
              where i.message_id = p_reference or i.id = n.id
                 or i.sender_key = any (p_keys)
              order by i.id desc limit 50)) r
    where api.desk_texts_may(p_officer) limit 50
$$;
grant execute on function api.desk_sms_find(integer, text, bytea[]) to wardmote_desk;
