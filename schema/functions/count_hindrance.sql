-- count_hindrance(round): what keeps a round from being counted: 'draft'; 'not_closed' (detail:
-- unix seconds at which counting may start); 'texts_waiting' (how many texts that came in time are
-- not processed yet); 'paper_waiting' (how many batches of paper are not reconciled yet); 'counted'
-- (already, and nobody asked for a correction); else 'ready'. Called by: api.count_ask,
-- api.count_begin, which hold the locks. Locks: none.
create function api.count_hindrance(p_round integer)
returns table (outcome text, detail bigint)
language sql volatile
set search_path = wardmote, pg_temp
as $$
    select case when not r.frozen then 'draft'
                when r.state <> 'scheduled' and not api.count_corrects(r.id) then 'counted'
                when clock_timestamp() < r.closes_at + r.grace then 'not_closed'
                when t.n > 0 then 'texts_waiting'
                when p.n > 0 then 'paper_waiting'
                else 'ready' end,
           case when r.state <> 'scheduled' and not api.count_corrects(r.id) then 0
                when clock_timestamp() < r.closes_at + r.grace
                then ceil(extract(epoch from r.closes_at + r.grace))::bigint
                when t.n > 0 then t.n
                else p.n end
    from round r
    cross join lateral (select count(*) as n from inbox_waiting w
                        join inbox i on i.id = w.inbox_id
                        where i.received_at < r.closes_at + r.grace) t
    cross join lateral (select count(*) as n from paper_batch b
                        where b.round_id = r.id and b.reconciled_at is null) p
    where r.id = p_round
$$;
