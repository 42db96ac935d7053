-- sms_out_settle_early(outbox): applies receipts that came before the answer to the call that sent
-- the text: by our reference, or by the provider's id, which was not known until now.
-- Called by other functions only, which hold the outbox row's lock. Locks: none beyond.
create function api.sms_out_settle_early(p_outbox bigint) returns void
language plpgsql
set search_path = wardmote, pg_temp
as $$
begin
    with early as (
        delete from sms_receipt_early e using outbox o
        where o.id = p_outbox and e.provider = o.provider and e.provider_id = o.provider_id
        returning o.client_ref, e.status
    )
    insert into dlr (client_ref, status) select e.client_ref, e.status from early e
    on conflict do nothing;
    perform api.sms_settle(p_outbox);
end
$$;
