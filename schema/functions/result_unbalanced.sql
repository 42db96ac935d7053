-- result_unbalanced(round, version): are the books of the ballots, taken anew, others than those of
-- this count, or do they hold another number than was counted? Nobody publishes such a result.
-- Called by: api.result_submit, api.result_publish. Locks: none.
create function api.result_unbalanced(p_round integer, p_version integer) returns boolean
language sql stable
set search_path = wardmote, pg_temp
as $$
    select exists (select from api.round_accounts(p_round, 'ballots') n
                   full join (select * from result_account a
                              where a.round_id = p_round and a.version = p_version
                                and a.account = 'ballots') a
                        using (account, channel, part)
                   where n.n is distinct from a.n)
           or exists (select from result s
                      where s.round_id = p_round and s.version = p_version
                        and s.ballots <> (select coalesce(sum(a.n), 0) from result_account a
                                          where a.round_id = p_round and a.version = p_version
                                            and a.account = 'ballots' and a.part = 'counted'))
$$;
