-- result_accounts_public(slug): the books of a round whose result is published, as they stood when it
-- was counted. Called by: server/store_results.c. Locks: none.
create function api.result_accounts_public(p_slug text)
returns table (account text, channel smallint, part text, n bigint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select a.account, a.channel, a.part, a.n
    from result_account a join round r on r.id = a.round_id
    where r.slug = p_slug and r.state in ('published', 'archived')
      and a.version = api.result_shown(r.id)
    order by a.account desc, a.channel, a.part
$$;
grant execute on function api.result_accounts_public(text) to wardmote_web;
