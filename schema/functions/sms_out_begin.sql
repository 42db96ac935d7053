-- sms_out_begin(token, ids, routes, body_keys, abroad, known): which of these leased texts may be
-- sent now, and by whom. For each, in this order: must it be sent at all (api.sms_out_refused), is
-- it the hour for bulk, and is that not paused, which provider of its route is free (a text whose outcome at a provider was
-- ever unknown has only that one), has the bucket of all texts a token, has the day's budget room.
-- The attempt is written, and the money reserved, before the call is made. Who may not go yet goes
-- back to the queue, at a later time and with no attempt counted.
-- routes: providers' names by priority, with blanks between. body_keys: HMAC of the words. known:
-- the providers that this worker can call.
-- Called by: sms/outbox.c, between claim and the call, in a transaction of its own.
-- Outcomes: a row for each text to send now, with its attempt's number and its provider.
-- Locks: outbox rows, then sms_gateway, sms_limits, sms_budget.
create function api.sms_out_begin(p_token bigint, p_ids bigint[], p_routes text[],
                                  p_body_keys bytea[], p_abroad boolean[], p_known text[])
returns table (id bigint, attempt integer, provider text)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_now   constant timestamptz := clock_timestamp();
    r       record;
    o       outbox;
    v_why   text;
    v_at    timestamptz;
    v_who   text;
    v_names text[];
    v_paused constant boolean := exists (select from sms_limits l
                                         where l.bulk_paused_at is not null);
begin
    for r in select * from unnest(p_ids, p_routes, p_body_keys, p_abroad)
                           u(id, route, body_key, abroad) loop
        select * into o from outbox x
        where x.id = r.id and x.lease_token = p_token and x.state = 'leased' for update;
        continue when not found;
        v_why := api.sms_out_refused(o, r.body_key);
        if v_why is not null then
            update outbox x
            set state = 'cancelled', last_error = v_why, body_key = r.body_key, done_at = v_now,
                lease_token = null, lease_until = null
            where x.id = o.id;
            continue;
        end if;
        v_at := case when o.class <> 'bulk' then v_now
                     when v_paused then 'infinity' else api.sms_bulk_at(v_now) end;
        v_who := null;
        v_why := case when v_paused then 'paused' else 'hours' end;
        if v_at = v_now then
            v_names := case when o.bound then array[o.provider]
                            else string_to_array(r.route, ' ') end;
            select a.who, a.again, a.why into v_who, v_at, v_why
            from api.sms_out_allow(o, array(select n.name
                                            from unnest(v_names) with ordinality n(name, at)
                                            where n.name = any (p_known) order by n.at),
                                   r.abroad) a;
        end if;
        update outbox x
        set state = case when v_who is null then 'queued' else 'leased' end,
            attempts = x.attempts + (v_who is not null)::integer,
            provider = coalesce(v_who, x.provider), body_key = r.body_key,
            next_at = case when v_who is null then least(v_at, x.expires_at) else x.next_at end,
            last_error = case when v_who is null then v_why else x.last_error end,
            lease_token = case when v_who is not null then x.lease_token end,
            lease_until = case when v_who is not null then v_now + interval '60 seconds' end
        where x.id = o.id;
        if v_who is not null then
            insert into attempt (outbox_id, n, provider) values (o.id, o.attempts + 1, v_who);
            id := o.id;
            attempt := o.attempts + 1;
            provider := v_who;
            return next;
        end if;
    end loop;
end
$$;
grant execute on function api.sms_out_begin(bigint, bigint[], text[], bytea[], boolean[],
    text[]) to wardmote_sms;
