-- postcode_rows(n, postcode, area, problem): what the rows of a file of postcodes say: a whole
-- postcode, or a part of one ("YO24", "YO24 3"), its area, and the first thing that is wrong with the
-- row ('': nothing). An area is a name, a slug or an ONS code; a whole postcode lies in one.
-- Called by api.desk_postcodes_load. Locks: none.
create function api.postcode_rows(p_n integer[], p_postcode text[], p_area text[],
                                  p_problem text[])
returns table (n integer, typed text, whole text, part text, area integer, problem text)
language sql stable
set search_path = wardmote, pg_temp
as $$
    with seen as (
        select r.n, r.typed, r.area_typed, r.problem, api.postcode_read(r.typed) as whole,
               substring(regexp_replace(upper(r.typed), '\s+', ' ', 'g')
                         from '^[A-Z]{1,2}[0-9][0-9A-Z]?(?: [0-9])?$') as part
        from unnest(p_n, p_postcode, p_area, p_problem) r(n, typed, area_typed, problem)),
    named as ( -- few names for many rows
        select d.area_typed, (select a.id from neighbourhood a
                              where lower(a.name) = lower(d.area_typed)
                                 or a.slug = lower(d.area_typed) or a.ons_code = d.area_typed
                              order by a.id limit 1) as area
        from (select distinct s.area_typed from seen s) d),
    first as (
        select distinct on (s.whole) s.whole, d.area, s.n
        from seen s join named d using (area_typed)
        where s.whole is not null and s.problem = '' and d.area is not null
        order by s.whole, s.n)
    select s.n, s.typed, s.whole, case when s.whole is null then s.part end, d.area,
           case when s.problem <> '' then s.problem
                when s.typed = '' then 'there is no postcode'
                when s.whole is null and s.part is null then 'this is not a postcode'
                when d.area is null then 'no area here has this name'
                when d.area <> f.area
                    then 'row ' || f.n || ' puts this postcode in another area'
                else '' end
    from seen s join named d using (area_typed) left join first f on f.whole = s.whole
$$;
