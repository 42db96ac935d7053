-- areas_by_postcode(typed): the neighbourhoods where a postcode lies, or may lie. Typed as people do:
-- case, spaces and dashes do not matter, nor O for 0 in the place of a digit and the other way round;
-- the first part ("YO24") or the beginning of one ("YO24 3") will do. What is looked for is the whole
-- of it, then its sector ("YO24 3"), then its district ("YO24"), and the first that is known is told.
-- Called by: server/store_postcode.c. One row an area, by name, with outcome 'exact' (the table knows
-- what was typed) or 'near' (only its beginning), and the part that was found; or one row 'format'
-- (no postcode, nor the beginning of one) or 'unknown'. Locks: none.
create function api.areas_by_postcode(p_typed text)
returns table (outcome text, part text, slug text, name text, parent_name text)
language plpgsql stable security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_plain text := upper(regexp_replace(p_typed, '[^[:alnum:]]+', '', 'g'));
    v_out   text; -- YO24
    v_in    text; -- 3BZ, or less
    v_tries text[];
    v_try   text;
begin
    v_plain := regexp_replace(v_plain, '^([A-Z])0(?=[0-9])', '\1O');
    v_plain := regexp_replace(v_plain, 'O([A-Z]{2})$', '0\1');
    v_plain := regexp_replace(v_plain, '^([A-Z]{1,2}[0-9])O(?=[0-9])', '\10');
    if v_plain ~ '^[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}$' then
        v_out := left(v_plain, -3);
        v_in := right(v_plain, 3);
        v_tries := array[v_out || ' ' || v_in, v_out || ' ' || left(v_in, 1), v_out];
    elsif v_plain ~ '^[A-Z]{1,2}[0-9][0-9A-Z]?$' then
        -- YO24: the district, or sector 4 of YO2 where there is no such district.
        v_tries := array[v_plain];
        if v_plain ~ '[0-9][0-9]$' then
            v_tries := v_tries || (left(v_plain, -1) || ' ' || right(v_plain, 1));
        end if;
    elsif v_plain ~ '^[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]?$' then
        v_in := substring(v_plain from '[0-9][A-Z]?$');
        v_out := left(v_plain, -length(v_in));
        v_tries := array[v_out || ' ' || v_in, v_out || ' ' || left(v_in, 1), v_out];
    else
        return query select 'format', '', '', '', '';
        return;
    end if;
    foreach v_try in array v_tries loop
        return query
            select case when v_try = v_tries[1] then 'exact' else 'near' end, v_try, n.slug, n.name,
                   coalesce(u.name, '')
            from (select p.neighbourhood_id from postcode p
                  where p.postcode = v_try
                     or p.postcode like case when v_try ~ ' ' then v_try else v_try || ' ' end || '%'
                  union
                  select t.neighbourhood_id from postcode_part t
                  where t.part = v_try or t.part like v_try || ' %') f
            join neighbourhood n on n.id = f.neighbourhood_id
            left join neighbourhood u on u.id = n.parent_id
            order by n.name;
        if found then
            return;
        end if;
    end loop;
    return query select 'unknown', '', '', '', '';
end
$$;
grant execute on function api.areas_by_postcode(text) to wardmote_web;
