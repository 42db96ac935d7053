-- idea_begin(key_hash, reference, kind): an empty draft of an idea for a 'project' or for a 'pledge',
-- which its private link opens. Called by: server/store_idea.c. Outcomes: 'begun'; 'taken' (that
-- reference is in use: choose another). Locks: none.
create function api.idea_begin(p_key bytea, p_reference text, p_kind text default 'project')
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
begin
    insert into idea (key_hash, reference, kind)
    values (p_key, p_reference, case p_kind when 'pledge' then 'pledge' else 'project' end)
    on conflict (reference) do nothing;
    return case when found then 'begun' else 'taken' end;
end
$$;
grant execute on function api.idea_begin(bytea, text, text) to wardmote_web;
