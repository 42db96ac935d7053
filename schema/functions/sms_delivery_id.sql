-- sms_delivery_id(provider, provider_id, status): a delivery receipt that names a text by the
-- provider's id alone. Where no text of ours has that id yet the receipt is kept until
-- api.sms_out_finish learns it (for a week: api.sms_erase).
-- Called by: server/store_texts.c. Outcomes: as api.sms_delivery, and 'early'.
-- Locks: one for the id (shared with whoever learns it: api.sms_id_lock), then the outbox row.
create function api.sms_delivery_id(p_provider text, p_provider_id text, p_status text)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_seqscan = off -- plans made while the tables were empty stay for long
as $$
declare
    v_ref uuid;
begin
    perform api.sms_id_lock(p_provider, p_provider_id);
    insert into sms_receipt_early (provider, provider_id, status)
    values (p_provider, p_provider_id, p_status) on conflict do nothing;
    select o.client_ref into v_ref from outbox o
    where o.provider = p_provider and o.provider_id = p_provider_id order by o.id limit 1;
    if v_ref is null then
        return 'early';
    end if;
    delete from sms_receipt_early e
    where e.provider = p_provider and e.provider_id = p_provider_id and e.status = p_status;
    return api.sms_delivery(v_ref, p_status);
end
$$;
grant execute on function api.sms_delivery_id(text, text, text) to wardmote_web;
