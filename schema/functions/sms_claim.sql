-- sms_claim(max, singly): leases texts to one worker for 30 s; the first of intake's two transactions.
-- Only a sender's oldest waiting text is claimed, so that a sender's texts go one by one.
-- A text whose claim failed or ran out is claimed alone, and only such claims count attempts: a
-- text that kills its worker ends as dead after eight, and charges no innocent. `singly`: takes such
-- texts too; of the threads of one process only one may, since they die together.
-- A lease is one row for the batch (inbox_lease): the texts themselves are locked while it is made, but
-- not written, which would enter each in all indexes once more.
-- Who is oldest is asked sender by sender, in the order of an index: as a join, with plans made while the
-- table was empty, every waiting text would be compared with every other. From this sender on ('>='), the
-- first is this one's, since one waits: asked for equality, such a plan would look for it by id.
-- Those to be given up are read in the order of inbox_alone, or it would read all that wait; and whether
-- they are leased is asked at the moment that their attempts are read: one that has just begun its eighth
-- is not given up.
-- Called by: sms/inbox.c. Outcomes: one row a text, all with one token; none when nothing is due.
-- Locks: leases that ran out, then inbox rows (both skip locked).
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
begin
    with ended as (
        delete from inbox_lease l
        using (select x.token from inbox_lease x where x.until < v_now for update skip locked) e
        where l.token = e.token returning l.ids
    )
    select coalesce(array_agg(u.id), '{}') into v_ids from ended e, unnest(e.ids) u(id);
    -- By their ids and nothing that an index of waiting texts could serve: see sms_answer.
    update inbox i set alone = true where i.id = any (v_ids) and i.done_at is null;

    v_ids := array(
        select i.id from inbox i
        where i.state = 'new' and i.alone and i.attempts >= 8
          and i.id not in (select h.id from inbox_lease l, unnest(l.ids) h(id))
        order by i.next_at, i.id for update skip locked);
    update inbox i set state = 'dead', outcome = 'gave_up', done_at = v_now where i.id = any (v_ids);
    v_held := array(select u.id from inbox_lease l, unnest(l.ids) u(id));

    v_ids := array(
        select i.id from inbox i
        where p_singly and i.state = 'new' and i.alone and i.next_at <= v_now
          and i.id not in (select unnest(v_held))
          and i.id = (select e.id from inbox e
                      where e.sender_key >= i.sender_key and e.state = 'new'
                      order by e.sender_key, e.id limit 1)
        order by i.next_at, i.id limit 1 for update skip locked);
    if cardinality(v_ids) = 0 then
        v_ids := array(
            select i.id from inbox i
            where i.state = 'new' and not i.alone and i.next_at <= v_now
              and i.id not in (select unnest(v_held))
              and i.id = (select e.id from inbox e
                          where e.sender_key >= i.sender_key and e.state = 'new'
                          order by e.sender_key, e.id limit 1)
            order by i.next_at, i.id limit p_max for update skip locked);
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
    update inbox i set attempts = i.attempts + 1 where i.id = any (v_ids) and i.alone;
    return query
    select i.id, v_token, i.provider, i.endpoint, i.message_id, i.received_at, i.sender_key,
           i.sender_sealed, i.body_sealed, i.alone,
           i.provider_did
    from inbox i where i.id = any (v_ids) order by i.id;
end
$$;
grant execute on function api.sms_claim(integer, boolean) to wardmote_sms;
