-- sms_budget_back(outbox): gives back what was reserved for a text that surely was not sent.
-- Called by other functions only, which hold the outbox row's lock. Locks: the day's row.
create function api.sms_budget_back(p_outbox bigint) returns void
language sql
set search_path = wardmote, pg_temp
as $$
    update sms_budget b set reserved = greatest(b.reserved - o.reserved, 0)
    from outbox o
    where o.id = p_outbox and o.reserved > 0 and b.day = o.reserved_on;
    update outbox o set reserved = 0, reserved_on = null
    where o.id = p_outbox and o.reserved > 0
$$;
