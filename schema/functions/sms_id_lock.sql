-- sms_id_lock(provider, provider_id): held until commit by whoever brings a receipt for this id and
-- by whoever learns whose id it is. Without it each may miss what the other has not committed yet,
-- and the receipt would never be applied. Null: nothing to hold.
-- Called by other functions only, before they lock the outbox row. Locks: itself.
create function api.sms_id_lock(p_provider text, p_provider_id text) returns void
language plpgsql
set search_path = wardmote, pg_temp
as $$
begin
    if p_provider_id is not null then
        perform pg_advisory_xact_lock(hashtextextended(p_provider || ' ' || p_provider_id, 4));
    end if;
end
$$;
