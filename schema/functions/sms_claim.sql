-- sms_claim(max, singly): leases texts to one worker for 30 s; the first of intake's two transactions.
-- Only a sender's oldest waiting text is claimed, so that a sender's texts go one by one.
-- A text whose claim failed or ran out is claimed alone, and only such claims count attempts: a
-- text that kills its worker ends as dead after eight, and charges no innocent. `singly`: takes such
-- texts too; of the threads of one process only one may, since they die together.
-- Who is oldest is asked sender by sender, in the order of an index: as a join, with plans made while the
-- table was empty, every waiting text would be compared with every other.
-- Called by: sms/inbox.c. Outcomes: one row a text, all with one token; none when nothing is due.
-- Locks: inbox rows (skip locked).
create function api.sms_claim(p_max integer, p_singly boolean default true)
returns table (id bigint, token bigint, provider text, endpoint text, message_id text,
               received_at timestamptz, sender_key bytea, sender_sealed bytea, body_sealed bytea,
               alone boolean, provider_did text)
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    v_now   constant timestamptz := clock_timestamp();
    v_token bigint;
    v_ids   bigint[];
begin
    update inbox i set state = 'new', alone = true, lease_token = null, lease_until = null
    from (select x.id from inbox x where x.lease_token is not null and x.lease_until < v_now
          for update skip locked) e
    where i.id = e.id;

    update inbox i set state = 'dead', outcome = 'gave_up', done_at = v_now
    from (select x.id from inbox x where x.state = 'new' and x.alone and x.attempts >= 8
          for update skip locked) e
    where i.id = e.id;

    v_ids := array(
        select i.id from inbox i
        where p_singly and i.state = 'new' and i.alone and i.next_at <= v_now
          and i.id = (select e.id from inbox e
                      where e.sender_key = i.sender_key and e.state in ('new', 'leased')
                      order by e.sender_key, e.id limit 1)
        order by i.next_at, i.id limit 1 for update skip locked);
    if cardinality(v_ids) = 0 then
        v_ids := array(
            select i.id from inbox i
            where i.state = 'new' and not i.alone and i.next_at <= v_now
              and i.id = (select e.id from inbox e
                          where e.sender_key = i.sender_key and e.state in ('new', 'leased')
                          order by e.sender_key, e.id limit 1)
            order by i.next_at, i.id limit p_max for update skip locked);
    end if;
    if cardinality(v_ids) = 0 then
        return;
    end if;

    v_token := nextval('lease_token');
    return query
    with claimed as (
        update inbox i
        set state = 'leased', lease_token = v_token, lease_until = v_now + interval '30 seconds',
            attempts = i.attempts + i.alone::integer
        where i.id = any (v_ids)
        returning i.*
    )
    select c.id, v_token, c.provider, c.endpoint, c.message_id, c.received_at, c.sender_key,
           c.sender_sealed, c.body_sealed, c.alone, c.provider_did
    from claimed c order by c.id;
end
$$;
grant execute on function api.sms_claim(integer, boolean) to wardmote_sms;
