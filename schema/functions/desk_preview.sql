-- desk_preview(officer, slug): until when the round's private link is good; null: there is none.
-- Called by: server/store_proposal.c. Locks: none.
create function api.desk_preview(p_officer integer, p_slug text) returns timestamptz
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select l.expires_at from preview_link l
    where l.round_id = api.desk_round_id(p_officer, p_slug) and l.expires_at > clock_timestamp()
$$;
grant execute on function api.desk_preview(integer, text) to wardmote_desk;
