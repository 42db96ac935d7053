-- retain_ideas(now): drafts that nobody saved for 28 days are gone; names and numbers are erased 28
-- days after the decision. Called by: api.retain. Outcome: how many numbers were erased. Locks: the
-- rows that it changes.
create function api.retain_ideas(p_now timestamptz) returns bigint
language plpgsql
set search_path = wardmote, pg_temp
as $$
declare
    v_some bigint;
begin
    delete from idea i where i.state = 'draft' and i.saved_at < p_now - interval '28 days';
    update idea i set number_sealed = null, recipient_key = null, proposer = ''
    where i.decided_at < p_now - interval '28 days'
      and (i.number_sealed is not null or i.proposer <> '');
    get diagnostics v_some = row_count;
    return v_some;
end
$$;
