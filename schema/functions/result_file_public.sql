-- result_file_public(slug, version, ordinal, kind): one published file; version 0: of the result
-- that stands: 'pb' (the ballots as counted), 'json' (what the count said), 'log' (its step-by-step
-- explanation). Of a part with fewer than 10 votes none is published: who voted could be told
-- apart. Called by: server/store_results.c. Outcomes: one row, or none. Locks: none.
create function api.result_file_public(p_slug text, p_version integer, p_ordinal integer,
                                       p_kind text)
returns table (content text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select case p_kind when 'pb' then a.pb when 'json' then a.outcome::text
                       when 'log' then a.log end
    from result_part a join round r on r.id = a.round_id
    where r.slug = p_slug and a.version = coalesce(nullif(p_version, 0), api.result_shown(r.id))
      and exists (select from result x where x.round_id = a.round_id and x.version = a.version
                                         and x.published_at <= clock_timestamp()) and a.ordinal = p_ordinal
      and p_kind in ('pb', 'json', 'log') and (a.outcome ->> 'num_votes')::integer >= 10
$$;
grant execute on function api.result_file_public(text, integer, integer, text) to wardmote_web;
