-- desk_site_save(officer, banner, until, colour, about, privacy): changes what every page says; the
-- banner stays to the end of the day `until` in London, or, when that is null, until it is taken away. What changed goes to the record.
-- Called by: server/store_site.c. Outcomes: 'saved'; 'not_found' (no administrator).
-- Locks: the site's row.
create function api.desk_site_save(p_officer integer, p_banner text, p_until date, p_colour text,
                                   p_about text, p_privacy text)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_old   site;
    v_new   site;
begin
    if not api.desk_role(p_officer, 'administrator') then
        return 'not_found';
    end if;
    select * into v_old from site for update;
    update site
    set banner = p_banner, banner_until = (p_until + 1)::timestamp at time zone 'Europe/London', colour = p_colour, about = p_about,
        privacy = p_privacy, changed_by = p_officer, changed_at = clock_timestamp()
    returning * into v_new;
    insert into audit (officer_id, action, object, detail)
    select p_officer, 'site.change', 'site',
           jsonb_build_object('changes', coalesce(jsonb_object_agg(n.key, jsonb_build_array(o.value, n.value)), '{}'))
    from jsonb_each(to_jsonb(v_new) - 'changed_by' - 'changed_at') n
    join jsonb_each(to_jsonb(v_old)) o on o.key = n.key and o.value is distinct from n.value;
    perform pg_notify('content', '');
    return 'saved';
end
$$;
grant execute on function api.desk_site_save(integer, text, date, text, text, text) to wardmote_desk;
