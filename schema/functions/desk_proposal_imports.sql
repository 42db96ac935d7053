-- desk_proposal_imports(officer, slug): the files whose proposals were added to a round, the newest
-- first: how many each added (null: not known), and how many of those were changed or published since.
-- Called by: server/store_proposal.c. Locks: none.
create function api.desk_proposal_imports(p_officer integer, p_slug text)
returns table (id integer, at timestamptz, who text, added integer, changed integer, undone boolean)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select i.id, i.done_at, o.name, i.added,
           (count(p.id) filter (where p.revision > 1 or p.state <> 'draft'))::integer,
           i.undone_at is not null
    from proposal_import i
    join officer o on o.id = i.officer_id
    left join proposal p on p.import_id = i.id
    where i.round_id = api.desk_round_id(p_officer, p_slug) and i.done_at is not null
    group by i.id, o.name
    order by i.id desc
$$;
grant execute on function api.desk_proposal_imports(integer, text) to wardmote_desk;
