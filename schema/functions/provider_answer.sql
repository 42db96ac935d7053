-- provider_answer(key_hash, pledge, state, promise, reason, who): a provider answers for one of its
-- pledges, by its private link. Called by: server/store_provider.c. Outcomes: 'not_found' (the link
-- does not show that pledge); or what pledge_answer says. Locks: the edition's row.
create function api.provider_answer(p_key bytea, p_pledge integer, p_state text, p_promise text,
                                    p_reason text, p_who text)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
begin
    if not exists (select from api.provider_pledges(p_key) g where g.id = p_pledge) then
        return 'not_found';
    end if;
    return api.pledge_answer(p_pledge, p_state, p_promise, p_reason, p_who, null);
end
$$;
grant execute on function api.provider_answer(bytea, integer, text, text, text, text)
    to wardmote_web;
