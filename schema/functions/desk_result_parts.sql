-- desk_result_parts(officer, slug, version): what the count said, a row a pot (one for a question):
-- the columns of result_parts_public, then the step-by-step log. Called by:
-- server/store_desk_count.c. Locks: none.
create function api.desk_result_parts(p_officer integer, p_slug text, p_version integer)
returns table (ordinal integer, pot_name text, pot_amount bigint, outcome json,
               pb_sha256 bytea, log text)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select a.ordinal, t.name, t.amount, a.outcome, a.pb_sha256, a.log
    from result_part a left join pot t on t.id = a.pot_id
    where a.round_id = api.desk_round_seen(p_officer, p_slug)
      and a.version = coalesce(nullif(p_version, 0), api.result_latest(a.round_id))
    order by a.ordinal
$$;
grant execute on function api.desk_result_parts(integer, text, integer) to wardmote_desk;
