-- register_holds(kind, retired_at, eligibility): does a register of this kind give the right to vote
-- in a round of this eligibility? The one place that says which belongs to which; api.cast_write
-- asks it once a round. Called by other functions only. Locks: none.
create function api.register_holds(p_kind text, p_retired_at timestamptz, p_eligibility text)
returns boolean
language sql immutable
as $$
    select p_retired_at is null
           and p_kind = case p_eligibility when 'code' then 'codes' when 'phone' then 'phones'
                                           when 'register' then 'imported'
                                           when 'practice' then 'practice' end
$$;
