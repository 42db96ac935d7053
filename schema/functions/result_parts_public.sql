-- result_parts_public(round, version): what the count said, a row a pot (one for a question), once
-- it is published. Called by: server/store_results.c. Locks: none.
create function api.result_parts_public(p_round integer, p_version integer)
returns table (ordinal integer, pot_name text, pot_amount bigint, outcome json,
               pb_sha256 bytea)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select a.ordinal, t.name, t.amount, a.outcome, a.pb_sha256
    from result_part a
    left join pot t on t.id = a.pot_id
    where a.round_id = p_round and a.version = p_version
      and exists (select from result x where x.round_id = a.round_id and x.version = a.version
                                         and x.published_at <= clock_timestamp())
    order by a.ordinal
$$;
grant execute on function api.result_parts_public(integer, integer) to wardmote_web;
