-- desk_sms_letters(officer): the newest hundred texts that need somebody: those to send that ended
-- unsent or whose outcome stayed unknown, those to us that could not be read; while they can still
-- be tried again, and for a week. See desk_sms_rows.
-- No row: there is none, or not an officer who looks after texts.
-- Called by: server/store_sms.c. Locks: none.
create function api.desk_sms_letters(p_officer integer)
returns table (outward boolean, reference text, at timestamptz, state text, why text, class text,
               provider text, provider_id text, our_number text, sealed bytea, words boolean,
               attempts integer, next_at timestamptz, ended_at timestamptz, segments integer)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select r.* from api.desk_sms_rows(
        array(select o.id from outbox o where o.state in ('dead', 'held', 'expired')
                and (o.body_sealed is not null
                     or o.created_at > clock_timestamp() - interval '7 days')
              order by o.id desc limit 100),
        array(select i.id from inbox i where i.letter
                and (i.body_sealed is not null
                     or i.received_at > clock_timestamp() - interval '7 days')
              order by i.id desc limit 100)) r
    where api.desk_texts_may(p_officer) limit 100
$$;
grant execute on function api.desk_sms_letters(integer) to wardmote_desk;
