-- desk_audit(officer, words, actions, from, until, before, most, told): what officers did, the newest
-- first, at most `most` rows: all of it to administrators and auditors; to any other officer what is
-- about the areas in which they have a role, and what they did themselves. `words`, where not '': part
-- of the officer's name, the action, the object or its name; or the action is one of `actions`, with
-- commas between, which are those whose sentence holds them. `from`, `until`: days in London, both
-- included; null: any. `before`: rows with smaller ids only, 0 for the newest. `changes`: what was and
-- what is, as "what US before US after", with RS between (control characters 31 and 30, which no text
-- holds); '' where nothing is told. `detail`: what else is known, as JSON. Where `told`, for people to
-- read: `thing` is the object's name (audit_thing), `detail` is "what US value" with RS between, and
-- values are as audit_told has them. `came_from`: the network that it was done from, of one's own rows
-- and to who sees all; else ''. Called by: server/store_audit.c. Locks: none.
create function api.desk_audit(p_officer integer, p_words text, p_actions text, p_from date,
                               p_until date, p_before bigint, p_most integer, p_told boolean)
returns table (id bigint, at timestamptz, who text, action text, object text, thing text, area text,
               detail text, changes text, came_from text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    with mine as materialized (
        select distinct w.neighbourhood_id
        from officer_area x join neighbourhood_within w on w.within_id = x.neighbourhood_id
        where x.officer_id = p_officer
    ), sees as materialized (
        select api.desk_role(p_officer, 'administrator', 'auditor') as everything
    ), named as materialized (
        select t.object
        from (select 'round ' || r.slug, r.title from round r
              union all
              select 'proposal ' || r.slug || '/' || to_char(p.number, 'FM0000'), p.title || ' ' || r.title
              from proposal p join round r on r.id = p.round_id
              union all
              select 'officer ' || o.id, o.name from officer o
              union all
              select 'register ' || g.id, g.name from register g
              union all
              select 'edition ' || e.id, n.name || ', edition ' || e.edition
              from agreement_edition e join neighbourhood n on n.id = e.neighbourhood_id
        ) t(object, name)
        where p_words <> '' and position(lower(p_words) in lower(t.name)) > 0
    )
    select a.id, a.at, coalesce(o.name, ''), a.action, a.object,
           case when p_told then api.audit_thing(a.action, a.object) else '' end, coalesce(n.name, ''),
           case when p_told then
                coalesce((select string_agg(d.key || E'\x1f' || api.audit_told(d.key, d.value),
                                            E'\x1e' order by d.key)
                          from jsonb_each(a.detail - 'changes') d), '')
                when a.detail - 'changes' = '{}' then '' else (a.detail - 'changes')::text end,
           coalesce((select string_agg(concat_ws(E'\x1f', c.key, v.before, v.after),
                                       E'\x1e' order by c.key)
                     from jsonb_each(a.detail -> 'changes') c
                     cross join lateral (select substring(c.key from '[^ ]*$') as field) f
                     cross join lateral (
                         select case when p_told then api.audit_told(f.field, c.value -> 0)
                                     else coalesce(c.value ->> 0, '') end as before,
                                case when p_told then api.audit_told(f.field, c.value -> 1)
                                     else coalesce(c.value ->> 1, '') end as after) v), ''),
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
                                    lower(concat_ws(' ', o.name, a.action, a.object))) > 0
           or a.action = any(string_to_array(p_actions, ','))
           or a.object in (select t.object from named t))
    order by a.id desc limit least(p_most, 20000)
$$;
grant execute on function api.desk_audit(integer, text, text, date, date, bigint, integer, boolean)
    to wardmote_desk;
