-- postcode_read(typed): a postcode as people type it, in the way it is kept: capitals, one space
-- before the last three; null when it is none. Only its form is looked at: one or two letters, a
-- digit, a digit or letter or nothing; a digit and two letters (BS 7666; GIR 0AA is not in use).
-- Called by other functions only. Locks: none.
create function api.postcode_read(p_typed text) returns text
language sql immutable strict
as $$
    select case when t.plain ~ '^[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}$'
                then left(t.plain, -3) || ' ' || right(t.plain, 3) end
    from (select upper(regexp_replace(p_typed, '[\s.-]+', '', 'g')) as plain) t
$$;
