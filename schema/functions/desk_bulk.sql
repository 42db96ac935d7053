-- desk_bulk(officer, slug): the occasions of a round at which those who asked for it may get a text:
-- switched on or not, when it goes at the earliest (`first_at`; null: not known yet, or over), until
-- when it is true, how many people who asked so far are still to get it, what that costs in pence (a fraction
-- counts as a whole one; one segment each, at the price of the provider that comes first; null: no
-- daemon has sent yet), and how many texts were sent, wait, and were not sent.
-- No row: not this officer's round. Called by: server/store_bulk.c. Locks: none.
create function api.desk_bulk(p_officer integer, p_slug text)
returns table (occasion text, is_on boolean, is_over boolean, first_at timestamptz,
               ends timestamptz, people bigint, pence bigint, sent bigint, waits bigint,
               lost bigint)
language sql volatile security definer
set search_path = wardmote, pg_temp
as $$
    select w.occasion, b.round_id is not null, coalesce(w.ends <= clock_timestamp(), false),
           case when w.ends > clock_timestamp()
                then api.sms_bulk_at(greatest(w.begins, clock_timestamp())) end,
           w.ends, p.n,
           ceil(p.n * (select g.price from sms_gateway g where g.place is not null
                       order by g.place, g.seen_at desc limit 1))::bigint,
           t.sent, t.waits, t.lost
    from (select api.desk_round_id(p_officer, p_slug) as id) r
    join api.bulk_windows(r.id) w on true
    left join bulk b on b.round_id = r.id and b.occasion = w.occasion
    cross join lateral (
        select count(*) as n
        from api.bulk_people(r.id, case when w.begins <= clock_timestamp()
                                        then greatest(w.begins, b.switched_at,
                                                      case when b.round_id is null
                                                           then clock_timestamp() end)
                                        else clock_timestamp() end) c
        where not exists (select from bulk_text t
                          where t.round_id = r.id and t.occasion = w.occasion
                            and t.recipient_key = c.recipient_key)) p
    cross join lateral (
        select count(*) filter (where o.state in ('accepted', 'delivered', 'undelivered')) as sent,
               count(*) filter (where o.state in ('queued', 'leased', 'unknown')) as waits,
               count(*) filter (where o.state in ('held', 'expired', 'dead', 'cancelled')) as lost
        from bulk_text t join outbox o on o.id = t.outbox_id
        where t.round_id = r.id and t.occasion = w.occasion) t
    order by array_position(array['opened', 'closing', 'result'], w.occasion)
$$;
grant execute on function api.desk_bulk(integer, text) to wardmote_desk;
