-- serial_next(area): how serials of an area begin ("HR-": initials of its name, or its first two
-- letters), and the last number that was given out. Serials name codes without telling them.
-- Called by functions that issue codes only. Locks: advisory 5, until the transaction ends.
create function api.serial_next(p_neighbourhood integer, out prefix text, out last integer)
language plpgsql
set search_path = wardmote, pg_temp
as $$
begin
    perform pg_advisory_xact_lock(5, 0);
    select upper(case strpos(n.slug, '-')
                 when 0 then left(n.slug || 'x', 2)
                 else left(n.slug, 1) || substr(n.slug, strpos(n.slug, '-') + 1, 1) end) || '-'
    into prefix from neighbourhood n where n.id = p_neighbourhood;
    select coalesce(max(substr(c.serial, 4)::integer), 0) into last
    from credential c where c.serial ~ ('^' || prefix || '[0-9]{1,9}$');
end
$$;
