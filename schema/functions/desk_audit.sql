-- desk_audit(officer, words, before): what officers did, the newest first, at most 51 rows (the page
-- shows 50): all of it to an administrator, to any other officer what they did themselves. `words`,
-- where not '': part of the officer's name, the action or the object. `before`: rows with smaller ids
-- only, 0 for the newest. Called by: server/store_audit.c. Locks: none.
create function api.desk_audit(p_officer integer, p_words text, p_before bigint)
returns table (id bigint, at timestamptz, who text, action text, object text, detail text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select a.id, a.at, coalesce(o.name, ''), a.action, a.object,
           case a.detail when '{}' then '' else a.detail::text end
    from audit a left join officer o on o.id = a.officer_id
    where (a.officer_id = p_officer or api.desk_role(p_officer, 'administrator'))
      and (p_before = 0 or a.id < p_before)
      and (p_words = '' or position(lower(p_words) in
                                    lower(concat_ws(' ', o.name, a.action, a.object))) > 0)
    order by a.id desc limit 51
$$;
grant execute on function api.desk_audit(integer, text, bigint) to wardmote_desk;
