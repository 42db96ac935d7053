-- sms_out_claim(max, askable, known): leases texts to one worker for 60 s (longer than any call may
-- take): those to send, replies before bulk, and unknown ones to ask about. `askable`: the providers
-- that this worker can ask what became of a text. Nothing is sent on this alone: api.sms_out_begin
-- must allow it.
-- First it tidies up: a lease that ran out without an attempt goes back; with its attempt
-- unfinished it is unknown (the call may have been made); an unknown one that cannot be asked about
-- is held for an officer, but a reply is sent once more after 120 s without a receipt, and held if
-- that is unknown too. A text past its time is expired when its turn comes.
-- The queue is read from its index, in order, and no further than needed: a plan that sorts, which
-- the planner takes to when it has seen the table small, reads every waiting text for each claim.
-- With a backlog no more are leased than the buckets hold tokens, of all texts and of the providers
-- `known` to this worker (null: any): the rest waits where it stands, and costs nothing.
-- Called by: sms/outbox.c. Outcomes: a row a text; `ask` instead of sending; `provider` is the one
-- to ask, and `since` when it was first called, for those.
-- Locks: outbox rows (skip locked).
create function api.sms_out_claim(p_max integer, p_askable text[], p_known text[] default null)
returns table (id bigint, token bigint, ask boolean, provider text, client_ref uuid,
               recipient_sealed bytea, sender text, body_sealed bytea, since timestamptz)
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off
as $$
#variable_conflict use_column
declare
    v_now   constant timestamptz := clock_timestamp();
    v_token bigint;
    v_ids   bigint[];
begin
    perform api.sms_out_tidy(v_now, p_askable);
    v_ids := array(
        select o.id from outbox o
        where o.next_at <= v_now and o.state in ('queued', 'unknown')
          and (o.lease_until is null or o.lease_until < v_now)
        order by o.class = 'bulk', o.next_at, o.id
        limit least(p_max, api.sms_out_room(v_now, p_known)) for update skip locked);
    update outbox o set state = 'expired', lease_token = null, lease_until = null
    where o.id = any (v_ids) and o.expires_at <= v_now;
    if cardinality(v_ids) = 0 then
        return;
    end if;

    v_token := nextval('lease_token');
    return query
    with claimed as (
        update outbox o
        set lease_token = v_token, lease_until = v_now + interval '60 seconds', done_at = null,
            state = case o.state when 'queued' then 'leased' else o.state end
        where o.id = any (v_ids) and o.state <> 'expired'
        returning o.*
    )
    select c.id, v_token, c.state = 'unknown', c.provider, c.client_ref, c.recipient_sealed,
           c.sender, c.body_sealed,
           case when c.state = 'unknown'
                then (select min(a.started_at) from attempt a where a.outbox_id = c.id) end
    from claimed c order by c.class = 'bulk', c.next_at, c.id;
end
$$;
grant execute on function api.sms_out_claim(integer, text[], text[]) to wardmote_sms;
