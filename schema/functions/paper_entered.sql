-- paper_entered(batch): how many ballots of a batch are entered: voters, not entries, since a
-- mistyped ballot is entered again; those that two officers declared void are not.
-- Called by other functions only. Locks: none.
create function api.paper_entered(p_batch integer) returns integer
language sql stable
set search_path = wardmote, pg_temp
as $$
    select count(distinct x.voter_id)::integer
    from revision x
    where x.batch_id = p_batch
      and not exists (select from revision_void v
                      where v.round_id = x.round_id and v.voter_id = x.voter_id
                        and v.revision = x.revision)
$$;
