-- code_void_now(credential, officer, reason): voids a code. Raises the voter's generation, so that
-- sessions that it opened end and ballots on their way are refused. Ballots that were cast stand:
-- voiding a ballot is another thing. Called by functions that decided to. Locks: the voter's row.
create function api.code_void_now(p_credential bigint, p_officer integer, p_reason text)
returns void
language plpgsql
set search_path = wardmote, pg_temp
as $$
begin
    update voter v set generation = v.generation + 1
    from credential c
    where c.id = p_credential and v.id = c.voter_id and c.voided_at is null;
    update credential c
    set voided_at = clock_timestamp(), void_reason = p_reason, voided_by = p_officer
    where c.id = p_credential and c.voided_at is null;
end
$$;
