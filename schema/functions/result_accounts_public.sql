-- result_accounts_public(slug, version): the books of a round whose result is published, as they
-- stood when it was counted. Called by: server/store_results.c. Locks: none.
create function api.result_accounts_public(p_slug text, p_version integer)
returns table (account text, channel smallint, part text, n bigint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select a.account, a.channel, a.part, a.n
    from result_account a join round r on r.id = a.round_id
    where r.slug = p_slug and a.version = p_version
      and exists (select from result x where x.round_id = a.round_id and x.version = a.version
                                         and x.published_at <= clock_timestamp())
    order by a.account desc, a.channel, a.part
$$;
grant execute on function api.result_accounts_public(text, integer) to wardmote_web;
