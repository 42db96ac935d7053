-- desk_paper_return(officer, slug): the same of a round that this officer may read: one row, or none;
-- null where no paper is handed in, or no more.
-- Called by: server/store_paper.c. Locks: none.
create function api.desk_paper_return(p_officer integer, p_slug text) returns setof text
language sql volatile security definer
set search_path = wardmote, pg_temp
as $$
    select case when api.round_takes_paper(r) then api.paper_return(r.id) end
    from round r where r.id = api.desk_round_seen(p_officer, p_slug)
$$;
grant execute on function api.desk_paper_return(integer, text) to wardmote_desk;
