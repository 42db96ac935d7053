-- desk_sms_numbers(officer): the 20,000 numbers that were texted, or texted us, last: their look-up
-- keys and seals, so that the server can find those that end in some digits. It shows none of them.
-- No row: there is none, or not an officer who looks after texts.
-- Called by: server/store_sms.c. Locks: none.
create function api.desk_sms_numbers(p_officer integer)
returns table (key bytea, sealed bytea, outward boolean)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select n.key, n.sealed, n.outward
    from (select distinct on (u.key) u.*
          from (select o.recipient_key as key, o.recipient_sealed as sealed, true as outward,
                       o.created_at as at
                from outbox o where o.recipient_sealed is not null
                union all
                select i.sender_key, i.sender_sealed, false, i.received_at
                from inbox i where i.sender_sealed is not null) u
          order by u.key, u.at desc) n
    where api.desk_texts_may(p_officer)
    order by n.at desc limit 20000
$$;
grant execute on function api.desk_sms_numbers(integer) to wardmote_desk;
