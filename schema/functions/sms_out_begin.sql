-- sms_out_begin(token, ids, routes, body_keys, abroad, known): which of these leased texts may be
-- sent now, and by whom. For each, in this order: must it be sent at all (api.sms_out_refused), is
-- it the hour for bulk, and is that not paused, has the bucket of all texts a token, which provider
-- of its route is free (a text whose outcome at a provider was ever unknown has only that one), has
-- the day's budget room.
-- The attempt is written, and the money reserved, before the call is made. Who may not go yet goes
-- back to the queue, at a later time and with no attempt counted; why: hours, paused, rate, gateway
-- (none is free), budget (tomorrow is another day).
-- A provider whose breaker opened gets one call, the probe, when its pause is over, and no other
-- until that call's lease would be.
-- routes: providers' names by priority, with blanks between. body_keys: HMAC of the words. known:
-- the providers that this worker can call. Buckets are read and written once for all texts.
-- Called by: sms/outbox.c, between claim and the call, in a transaction of its own.
-- Outcomes: a row for each text to send now, with its attempt's number and its provider.
-- Locks: outbox rows, then sms_limits, sms_gateway (by name), sms_budget.
create function api.sms_out_begin(p_token bigint, p_ids bigint[], p_routes text[],
                                  p_body_keys bytea[], p_abroad boolean[], p_known text[])
returns table (id bigint, attempt integer, provider text)
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_seqscan = off -- plans made while the tables were empty stay for long
as $$
#variable_conflict use_column
declare
    v_now   constant timestamptz := clock_timestamp();
    v_day   constant date := (v_now at time zone 'Europe/London')::date;
    v_locks bigint[] := array(select x.id from outbox x
                              where x.id = any (p_ids) and x.lease_token = p_token
                                and x.state = 'leased' order by x.id for update);
    v_all   real;           -- tokens of all texts
    l       sms_limits;
    gs      sms_gateway[];  -- those known, by name; tokens as of now
    v_names text[];         -- theirs
    v_used  text[] := '{}';
    -- Those that may go, whose attempts are not written yet: by whom, their words' key, their price,
    -- their recipients.
    v_ids   bigint[] := '{}';
    v_whos  text[] := '{}';
    v_keys  bytea[] := '{}';
    v_costs numeric[] := '{}';
    v_people bytea[] := '{}';
    r       record;
    o       outbox;
    v_why   text;
    v_at    timestamptz;
    v_from  timestamptz;
    v_who   integer;        -- in gs
    v_cost  numeric;
    i       integer;
    v_name  text;
begin
    select * into l from sms_limits for update;
    v_all := api.sms_tokens(l.tokens, l.tokens_at, l.rate, l.rate, v_now);
    insert into sms_gateway (name) select k.name from unnest(p_known) k(name)
    where not exists (select from sms_gateway g where g.name = k.name) on conflict do nothing;
    gs := array(select g from sms_gateway g where g.name = any (p_known) order by g.name for update);
    for i in 1 .. cardinality(gs) loop
        v_names[i] := gs[i].name;
        gs[i].tokens := api.sms_tokens(gs[i].tokens, gs[i].tokens_at, gs[i].rate, gs[i].burst,
                                       v_now);
    end loop;

    for r in select u.route, u.body_key, u.abroad, x as text
             from unnest(p_ids, p_routes, p_body_keys, p_abroad)
                  with ordinality u(id, route, body_key, abroad, n)
             join outbox x on x.id = u.id where x.id = any (v_locks) order by u.n loop
        o := r.text;
        -- What else goes to this number now counts for what it may get.
        if o.recipient_key = any (v_people) then
            perform api.sms_out_intend(v_now, v_ids, v_whos, v_keys, v_costs);
            v_ids := '{}';
            v_whos := '{}';
            v_keys := '{}';
            v_costs := '{}';
            v_people := '{}';
        end if;
        v_why := api.sms_out_refused(o, r.body_key);
        if v_why is not null then
            update outbox x
            set state = 'cancelled', last_error = v_why, body_key = r.body_key, done_at = v_now,
                lease_token = null, lease_until = null
            where x.id = o.id;
            continue;
        end if;
        v_at := case when o.class <> 'bulk' then v_now
                     when l.bulk_paused_at is not null then 'infinity'
                     else api.sms_bulk_at(v_now) end;
        v_who := null;
        v_cost := 0;
        if v_at > v_now then
            v_why := case when l.bulk_paused_at is not null then 'paused' else 'hours' end;
        elsif v_all < 1 then
            v_why := 'rate';
            v_at := v_now + (1 - v_all) / l.rate * interval '1 second' + interval '1 millisecond';
        else
            v_why := 'gateway';
            v_at := null;
            foreach v_name in array case when o.bound then array[o.provider]
                                         else string_to_array(r.route, ' ') end loop
                i := array_position(v_names, v_name);
                continue when i is null;
                v_from := greatest(gs[i].paused_until, gs[i].open_until, v_now);
                if v_from = v_now and gs[i].tokens < 1 then
                    v_from := v_now + (1 - gs[i].tokens) / gs[i].rate * interval '1 second'
                                    + interval '1 millisecond';
                end if;
                if v_from = v_now then
                    v_who := i;
                    exit;
                end if;
                v_at := least(v_at, v_from);
            end loop;
            if v_who is null then
                v_at := coalesce(v_at, v_now + interval '5 minutes');
            else
                v_cost := o.segments * case when r.abroad then gs[v_who].price_abroad
                                            else gs[v_who].price end;
                if v_cost > 0 and not api.sms_budget_take(v_cost, o.class = 'bulk') then
                    v_who := null;
                    v_why := 'budget';
                    v_at := (v_day + 1)::timestamp at time zone 'Europe/London';
                end if;
            end if;
        end if;
        if v_who is null then
            update outbox x
            set state = 'queued', body_key = r.body_key, next_at = least(v_at, x.expires_at),
                last_error = v_why, lease_token = null, lease_until = null
            where x.id = o.id;
            continue;
        end if;
        v_all := v_all - 1;
        gs[v_who].tokens := gs[v_who].tokens - 1;
        gs[v_who].probing := gs[v_who].opened > 0;
        gs[v_who].open_until := case when gs[v_who].opened > 0
                                     then v_now + interval '60 seconds' end;
        v_used := v_used || gs[v_who].name;
        v_ids := v_ids || o.id;
        v_whos := v_whos || gs[v_who].name;
        v_people := v_people || o.recipient_key;
        v_keys := v_keys || r.body_key;
        v_costs := v_costs || v_cost;
        id := o.id;
        attempt := o.attempts + 1;
        provider := gs[v_who].name;
        return next;
    end loop;

    if cardinality(v_used) > 0 then
        perform api.sms_out_intend(v_now, v_ids, v_whos, v_keys, v_costs);
        update sms_limits set tokens = v_all, tokens_at = v_now;
        update sms_gateway g
        set tokens = n.tokens, tokens_at = v_now, probing = n.probing, open_until = n.open_until
        from unnest(gs) n where g.name = n.name and g.name = any (v_used);
    end if;
end
$$;
grant execute on function api.sms_out_begin(bigint, bigint[], text[], bytea[], boolean[],
    text[]) to wardmote_sms;
