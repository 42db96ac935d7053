-- sms_claim(max, singly): leases texts to one worker for 30 s; the first of intake's two transactions.
-- Only a sender's oldest waiting text is claimed, so that a sender's texts go one by one.
-- A text whose claim failed or ran out is claimed alone, and only such claims count attempts: a
-- text that kills its worker ends as dead after eight, and charges no innocent. `singly`: takes such
-- texts too; of the threads of one process only one may, since they die together.
-- A lease is one row for the batch (inbox_lease): of the texts themselves only what says that they wait
-- (inbox_waiting) is locked while it is made.
-- Who is oldest is asked sender by sender, in the order of an index: as a join, with plans made while the
-- table was empty, every waiting text would be compared with every other. From this sender on ('>='), the
-- first is this one's, since one waits: asked for equality, such a plan would look for it by id.
-- Those to be given up are read in the order of inbox_waiting_alone, or it would read all that wait; and whether
-- they are leased is asked at the moment that their attempts are read: one that has just begun its eighth
-- is not given up.
-- Called by: sms/inbox.c. Outcomes: one row a text, all with one token; none when nothing is due.
-- Locks: leases that ran out, then inbox_waiting rows (both skip locked).
create function api.sms_claim(p_max integer, p_singly boolean default true)
returns table (id bigint, token bigint, provider text, endpoint text, message_id text,
               received_at timestamptz, sender_key bytea, sender_sealed bytea, body_sealed bytea,
               alone boolean, provider_did text)
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off
as $$
#variable_conflict use_column
declare
    v_now   constant timestamptz := clock_timestamp();
    v_held  bigint[];
    v_ids   bigint[];
    v_token bigint;
    v_alone boolean;
begin
    with ended as (
        delete from inbox_lease l
        using (select x.token from inbox_lease x where x.until < v_now for update skip locked) e
        where l.token = e.token returning l.ids
    )
    select coalesce(array_agg(u.id), '{}') into v_ids from ended e, unnest(e.ids) u(id);
    update inbox_waiting w set alone = true where w.inbox_id = any (v_ids);

    v_ids := array(
        select w.inbox_id from inbox_waiting w
        where w.alone and (select i.attempts from inbox i where i.id = w.inbox_id) >= 8
          and w.inbox_id not in (select h.id from inbox_lease l, unnest(l.ids) h(id))
        order by w.next_at, w.inbox_id for update skip locked);
    update inbox i set state = 'dead', outcome = 'gave_up', done_at = v_now where i.id = any (v_ids);
    delete from inbox_waiting w where w.inbox_id = any (v_ids);
    v_held := array(select u.id from inbox_lease l, unnest(l.ids) u(id));

    v_ids := array(
        select w.inbox_id from inbox_waiting w
        where p_singly and w.alone and w.next_at <= v_now
          and w.inbox_id not in (select unnest(v_held))
          and w.inbox_id = (select e.inbox_id from inbox_waiting e where e.sender_key >= w.sender_key
                            order by e.sender_key, e.inbox_id limit 1)
        order by w.next_at, w.inbox_id limit 1 for update skip locked);
    v_alone := cardinality(v_ids) > 0;
    if not v_alone then
        v_ids := array(
            select w.inbox_id from inbox_waiting w
            where not w.alone and w.next_at <= v_now
              and w.inbox_id not in (select unnest(v_held))
              and w.inbox_id = (select e.inbox_id from inbox_waiting e
                                where e.sender_key >= w.sender_key
                                order by e.sender_key, e.inbox_id limit 1)
            order by w.next_at, w.inbox_id limit p_max for update skip locked);
    end if;
    -- Who was quicker than the look at leases above has let go of the rows since: now its lease is there.
    v_ids := array(select u.id from unnest(v_ids) u(id)
                   where u.id not in (select h.id from inbox_lease l, unnest(l.ids) h(id)));
    if cardinality(v_ids) = 0 then
        return;
    end if;

    v_token := nextval('lease_token');
    insert into inbox_lease (token, until, ids)
    values (v_token, v_now + interval '30 seconds', v_ids);
    update inbox i set attempts = i.attempts + 1 where v_alone and i.id = any (v_ids);
    return query
    select i.id, v_token, i.provider, i.endpoint, i.message_id, i.received_at, i.sender_key,
           i.sender_sealed, i.body_sealed, v_alone, i.provider_did
    from inbox i where i.id = any (v_ids) order by i.id;
end
$$;
grant execute on function api.sms_claim(integer, boolean) to wardmote_sms;
