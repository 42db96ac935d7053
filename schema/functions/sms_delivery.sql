-- sms_delivery(client_ref, status): one delivery receipt from a provider, for the text that we
-- sent under client_ref. status: accepted, buffered, delivered, undelivered. Kept as it came; the
-- outbox moves on by api.sms_settle. While the text is leased (its receipt overtook the answer to
-- the call that sent it) the receipt waits, and api.sms_out_finish settles it.
-- Called by: server/store_sms.c.
-- Outcomes: 'new', 'known' (came before), 'orphan' (no text of ours has this reference).
-- Locks: outbox row.
create function api.sms_delivery(p_client_ref uuid, p_status text) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_seqscan = off -- plans made while the tables were empty stay for long
as $$
declare
    the_id    bigint;
    the_state text;
begin
    insert into dlr (client_ref, status) values (p_client_ref, p_status)
    on conflict do nothing;
    if not found then
        return 'known';
    end if;
    select o.id, o.state into the_id, the_state from outbox o
    where o.client_ref = p_client_ref for update;
    if the_id is null then
        return 'orphan';
    end if;
    if the_state <> 'leased' then
        perform api.sms_settle(the_id);
    end if;
    return 'new';
end
$$;
grant execute on function api.sms_delivery(uuid, text) to wardmote_web;
