-- desk_sms_rows(outs, ins): texts of the outbox and the inbox as the desk lists them, newest first.
-- reference: ours to the provider of an outward text, the inbox id of one to us; `words`: they are
-- still there; `sealed`: the number, null once erased. Never words.
-- Called by other functions only. Locks: none.
create function api.desk_sms_rows(p_outs bigint[], p_ins bigint[])
returns table (outward boolean, reference text, at timestamptz, state text, why text, class text,
               provider text, provider_id text, our_number text, sealed bytea, words boolean,
               attempts integer, next_at timestamptz, ended_at timestamptz, segments integer)
language sql stable
set search_path = wardmote, pg_temp
as $$
    select * from (
        select true, o.client_ref::text, o.created_at, o.state, coalesce(o.last_error, ''),
               o.class, coalesce(o.provider, ''), coalesce(o.provider_id, ''), o.sender,
               o.recipient_sealed, o.body_sealed is not null, o.attempts::integer, o.next_at,
               o.done_at, o.segments::integer
        from outbox o where o.id = any (p_outs)
        union all
        select false, i.id::text, i.received_at,
               case when i.state = 'new' and exists (select from inbox_lease l where i.id = any (l.ids))
                    then 'leased' else i.state end, coalesce(i.outcome, ''), '', i.provider,
               i.message_id, i.endpoint, i.sender_sealed, i.body_sealed is not null,
               i.attempts::integer, w.next_at, i.done_at, 0
        from inbox i left join inbox_waiting w on w.inbox_id = i.id
        where i.id = any (p_ins)) t(outward, reference, at)
    order by t.at desc, t.reference desc
$$;
