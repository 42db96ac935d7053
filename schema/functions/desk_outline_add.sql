-- desk_outline_add(officer, id): gives areas the outlines of a file, those with nothing wrong, in the
-- place of what they had. Called by: server/store_outline.c. Outcomes: 'added'; 'not_found' (no such
-- file that waits, or another officer's); 'nothing' (every one has something wrong). Locks: the file's
-- row, the outlines'.
create function api.desk_outline_add(p_officer integer, p_id integer) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_file  outline_import;
    v_areas jsonb;
begin
    select * into v_file from outline_import i
    where i.id = p_id and i.officer_id = p_officer and i.done_at is null and i.features is not null
      and api.desk_role(p_officer, 'administrator')
    for update;
    if v_file.id is null then
        return 'not_found';
    end if;
    with added as (
        insert into neighbourhood_outline (neighbourhood_id, outline, credit, changed_by)
        select m.area, m.outline, v_file.credit, p_officer
        from api.outline_matches(v_file.features) m where m.problem = ''
        on conflict (neighbourhood_id) do update
        set outline = excluded.outline, credit = excluded.credit, changed_by = excluded.changed_by,
            changed_at = clock_timestamp()
        returning neighbourhood_id
    )
    select jsonb_agg(n.slug order by n.slug) into v_areas
    from added a join neighbourhood n on n.id = a.neighbourhood_id;
    if v_areas is null then
        return 'nothing';
    end if;
    update outline_import set done_at = clock_timestamp(), features = null where id = p_id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'outlines.load', 'outlines',
            jsonb_build_object('areas', v_areas, 'sha256', encode(v_file.sha256, 'hex')));
    perform pg_notify('content', '');
    return 'added';
end
$$;
grant execute on function api.desk_outline_add(integer, integer) to wardmote_desk;
