-- site_public(): what every page says: the banner while it holds, the colour, the council's words.
-- Called by: server/store_site.c. One row. Locks: none.
create function api.site_public()
returns table (banner text, banner_until timestamptz, colour text, about text, privacy text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select case when s.banner_until <= clock_timestamp() then '' else s.banner end, s.banner_until,
           s.colour, s.about, s.privacy
    from site s
$$;
grant execute on function api.site_public() to wardmote_web;
