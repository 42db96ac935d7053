-- sms_delivery(client_ref, status): one delivery receipt from a provider, for the text that we
-- sent under client_ref. status: accepted, buffered, delivered, undelivered. Kept as it came; the
-- outbox moves on as in api.sms_settle. While the text is leased (its receipt overtook the answer to
-- the call that sent it) the receipt waits, and api.sms_out_finish settles it.
-- Called by: server/store_sms.c.
-- Outcomes: 'new', 'known' (came before), 'orphan' (no text of ours has this reference).
-- Locks: outbox row, where the receipt can move it on: states from accepted on never go back, so a
-- receipt that says no more than is known already needs none.
create function api.sms_delivery(p_client_ref uuid, p_status text) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_seqscan = off -- plans made while the tables were empty stay for long
as $$
declare
    the_id    bigint;
    the_state text;
    v_settled boolean;
begin
    select o.id, o.state into the_id, the_state from outbox o where o.client_ref = p_client_ref;
    v_settled := the_state in ('delivered', 'undelivered', 'accepted')
                 and p_status in ('accepted', 'buffered');
    if the_id is not null and not v_settled then
        select o.state into the_state from outbox o where o.id = the_id for update;
    end if;
    insert into dlr (client_ref, status, applied)
    values (p_client_ref, p_status, the_id is not null and the_state <> 'leased')
    on conflict do nothing;
    if not found then
        return 'known';
    elsif the_id is null then
        return 'orphan';
    elsif v_settled or the_state = 'leased' then
        return 'new';
    end if;
    update outbox o
    set state = case when p_status in ('delivered', 'undelivered') then p_status else 'accepted' end,
        lease_token = null, lease_until = null, done_at = coalesce(o.done_at, clock_timestamp())
    where o.id = the_id
      and case p_status when 'delivered' then o.state <> 'delivered'
                        when 'undelivered' then o.state not in ('delivered', 'undelivered')
                        else o.state in ('queued', 'unknown', 'held') end;
    return 'new';
end
$$;
grant execute on function api.sms_delivery(uuid, text) to wardmote_web;
