-- desk_archive(officer, slug): a published round leaves the desk's list of what is at hand. Its
-- pages stay. Called by: server/store_desk_states.c. Outcomes: 'archived' (also when it was
-- already); 'not_found'; 'state' (its result is not published). Locks: round (exclusive).
create function api.desk_archive(p_officer integer, p_slug text) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_round round := api.desk_round_held(p_officer, p_slug);
begin
    if v_round.id is null then
        return 'not_found';
    elsif v_round.state = 'archived' then
        return 'archived';
    elsif v_round.state <> 'published' then
        return 'state';
    end if;
    update round r set state = 'archived' where r.id = v_round.id;
    insert into audit (officer_id, action, object)
    values (p_officer, 'round.archive', 'round ' || p_slug);
    return 'archived';
end
$$;
grant execute on function api.desk_archive(integer, text) to wardmote_desk;
