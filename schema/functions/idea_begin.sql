-- idea_begin(key_hash, reference): an empty draft, which its private link opens.
-- Called by: server/store_idea.c. Outcomes: 'begun'; 'taken' (that reference is in use: choose
-- another). Locks: none.
create function api.idea_begin(p_key bytea, p_reference text) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
begin
    insert into idea (key_hash, reference) values (p_key, p_reference)
    on conflict (reference) do nothing;
    return case when found then 'begun' else 'taken' end;
end
$$;
grant execute on function api.idea_begin(bytea, text) to wardmote_web;
