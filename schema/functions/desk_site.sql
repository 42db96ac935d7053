-- desk_site(officer): the site's words and colour, with who changed them last, for an administrator;
-- `until`: the banner's last day, as typed.
-- No row: the officer is none. Called by: server/store_site.c. Locks: none.
create function api.desk_site(p_officer integer)
returns table (banner text, until text, colour text, about text, privacy text,
               changed_by text, changed_at timestamptz)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select s.banner, 
           coalesce(to_char((s.banner_until at time zone 'Europe/London') - interval '1 day',
                            'DD/MM/YYYY'), ''), s.colour, s.about, s.privacy, coalesce(o.name, ''), s.changed_at
    from site s left join officer o on o.id = s.changed_by
    where api.desk_role(p_officer, 'administrator')
$$;
grant execute on function api.desk_site(integer) to wardmote_desk;
