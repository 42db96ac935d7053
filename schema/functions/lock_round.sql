-- lock_round(round, exclusive): the round's advisory lock, held until the transaction ends.
-- Casting and voiding take it shared; scheduling, extending, withdrawing and the count's snapshot
-- take it exclusively (row locks starve behind a stream of casts; advisory locks queue fairly).
-- The first key, 1, is the class "round"; 2 is the inbox (its second key is 0).
-- Called by other functions only.
create function api.lock_round(p_round integer, p_exclusive boolean) returns void
language plpgsql as $$
begin
    if p_exclusive then
        perform pg_advisory_xact_lock(1, p_round);
    else
        perform pg_advisory_xact_lock_shared(1, p_round);
    end if;
end
$$;
