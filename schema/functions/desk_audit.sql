-- desk_audit(officer, words, from, until, before, most): what officers did, the newest first, at most
-- `most` rows: all of it to administrators and auditors; to any other officer what is about the areas in
-- which they have a role, and what they did themselves. `words`, where not '': part of the officer's
-- name, the action or the object. `from`, `until`: days in London, both included; null: any. `before`:
-- rows with smaller ids only, 0 for the newest. `changes`: what was and what is, as "what US before US
-- after", with RS between (control characters 31 and 30, which no text holds); '' where nothing is told.
-- `came_from`: the network that it was done from, of one's own rows and to who sees all; else ''.
-- Called by: server/store_audit.c. Locks: none.
create function api.desk_audit(p_officer integer, p_words text, p_from date, p_until date,
                               p_before bigint, p_most integer)
returns table (id bigint, at timestamptz, who text, action text, object text, area text, detail text,
               changes text, came_from text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    with mine as materialized (
        select distinct w.neighbourhood_id
        from officer_area x join neighbourhood_within w on w.within_id = x.neighbourhood_id
        where x.officer_id = p_officer
    ), sees as materialized (
        select api.desk_role(p_officer, 'administrator', 'auditor') as everything
    )
    select a.id, a.at, coalesce(o.name, ''), a.action, a.object, coalesce(n.name, ''),
           case a.detail - 'changes' when '{}' then '' else (a.detail - 'changes')::text end,
           coalesce((select string_agg(concat_ws(E'\x1f', c.key, coalesce(c.value ->> 0, ''),
                                                 coalesce(c.value ->> 1, '')), E'\x1e' order by c.key)
                     from jsonb_each(a.detail -> 'changes') c), ''),
           case when s.everything or a.officer_id = p_officer
                then coalesce(a.came_from::text, '') else '' end
    from audit a cross join sees s
    left join officer o on o.id = a.officer_id
    left join neighbourhood n on n.id = a.neighbourhood_id
    where (s.everything or a.officer_id = p_officer
           or a.neighbourhood_id in (select m.neighbourhood_id from mine m))
      and (p_before = 0 or a.id < p_before)
      and (p_from is null or a.at >= p_from::timestamp at time zone 'Europe/London')
      and (p_until is null or a.at < (p_until + 1)::timestamp at time zone 'Europe/London')
      and (p_words = '' or position(lower(p_words) in
                                    lower(concat_ws(' ', o.name, a.action, a.object))) > 0)
    order by a.id desc limit least(p_most, 20000)
$$;
grant execute on function api.desk_audit(integer, text, date, date, bigint, integer) to wardmote_desk;
