-- register_kind(eligibility): the kind of register whose voters vote in a round of that eligibility.
-- Called by other functions only. Locks: none.
create function api.register_kind(p_eligibility text)
returns text
language sql immutable
as $$
    select case p_eligibility when 'code' then 'codes' when 'phone' then 'phones'
                              when 'register' then 'imported' end
$$;
