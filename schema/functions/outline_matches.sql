-- outline_matches(features): the area that each outline of a file is of, by its ONS code or else by
-- its name, "&" and "and" alike; null: none. `problem` of the reader, or 'unknown' (no such area), or
-- 'twice' (two outlines with no other problem are of one area). Called by other functions only. Locks: none.
create function api.outline_matches(p_features jsonb)
returns table (n bigint, code text, name text, points integer, kept integer, outline text,
               area integer, problem text)
language sql stable
set search_path = wardmote, pg_temp
as $$
    with f as (
        select x.ordinality as n, x.value ->> 'code' as code, x.value ->> 'name' as name,
               (x.value ->> 'points')::integer as points, (x.value ->> 'kept')::integer as kept,
               x.value ->> 'outline' as outline, x.value ->> 'problem' as problem
        from jsonb_array_elements(p_features) with ordinality x
    ), m as (
        select f.*, coalesce(
            (select a.id from neighbourhood a where a.ons_code = f.code),
            (select min(a.id) from neighbourhood a
             where replace(lower(a.name), '&', 'and') = replace(lower(f.name), '&', 'and')
             having count(*) = 1)) as area
        from f
    )
    select m.n, m.code, m.name, m.points, m.kept, m.outline, m.area,
           case when m.problem <> '' then m.problem
                when m.area is null then 'unknown'
                when count(*) filter (where m.problem = '') over (partition by m.area) > 1 then 'twice'
                else '' end
    from m
$$;
