-- postcodes_known(): can a neighbourhood be found by postcode, has the council loaded the table?
-- Called by: server/store_postcode.c. Locks: none.
create function api.postcodes_known() returns boolean
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select exists (select from postcode) or exists (select from postcode_part)
$$;
grant execute on function api.postcodes_known() to wardmote_web;
