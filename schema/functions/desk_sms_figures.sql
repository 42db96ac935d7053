-- desk_sms_figures(officer): how texts are doing: to be read and to be sent, ages in seconds of the
-- oldest, what is unknown or needs somebody (while it can
-- still be tried again), money of the day in pence (a fraction counts as a
-- whole one; `day_pence` null: no budget), since when bulk is paused, how many seconds ago a daemon
-- was seen (null: never). No row: not an officer who looks after texts.
-- Called by: server/store_sms.c. Locks: none.
create function api.desk_sms_figures(p_officer integer)
returns table (coming bigint, coming_age bigint, going bigint, going_age bigint, bulk bigint,
               unknown bigint, letters bigint, day_pence bigint, spent bigint,
               bulk_paused_at timestamptz, seen_age bigint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select i.n, i.age, o.replies, o.age, o.bulk, o.unknown,
           (select count(*) from outbox x
            where x.state in ('dead', 'held', 'expired') and x.body_sealed is not null)
           + (select count(*) from inbox x
              where x.letter and x.body_sealed is not null),
           ceil(l.day_pence)::bigint,
           coalesce((select ceil(b.reserved)::bigint from sms_budget b
                     where b.day = (clock_timestamp() at time zone 'Europe/London')::date), 0),
           l.bulk_paused_at,
           (select extract(epoch from clock_timestamp() - max(g.seen_at))::bigint
            from sms_gateway g)
    from sms_limits l
    cross join (select count(*) as n,
                       extract(epoch from clock_timestamp() - min(x.received_at))::bigint as age
                from inbox_waiting w join inbox x on x.id = w.inbox_id) i
    cross join (select count(*) filter (where x.class <> 'bulk' and x.state <> 'unknown')
                           as replies,
                       count(*) filter (where x.class = 'bulk' and x.state <> 'unknown') as bulk,
                       count(*) filter (where x.state = 'unknown') as unknown,
                       extract(epoch from clock_timestamp() - min(x.created_at)
                               filter (where x.class <> 'bulk'))::bigint as age
                from outbox x where x.state in ('queued', 'leased', 'unknown')) o
    where api.desk_texts_may(p_officer)
$$;
grant execute on function api.desk_sms_figures(integer) to wardmote_desk;
