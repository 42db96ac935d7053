-- desk_paper_batches(officer, slug): the batches of a round, oldest first, with how many of their
-- ballots are entered. Never a choice. Called by: server/store_paper.c. Locks: none.
create function api.desk_paper_batches(p_officer integer, p_slug text)
returns table (id integer, collected_at timestamptz, place text, ballots integer, entered integer,
               spoilt integer, opened_by text, reconciled_by text, reconciled_at timestamptz)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select b.id, b.collected_at, b.place, b.ballots, api.paper_entered(b.id), b.spoilt, o.name,
           coalesce(d.name, ''), b.reconciled_at
    from paper_batch b
    join officer o on o.id = b.opened_by
    left join officer d on d.id = b.reconciled_by
    where b.round_id = api.desk_round_seen(p_officer, p_slug)
    order by b.id
$$;
grant execute on function api.desk_paper_batches(integer, text) to wardmote_desk;
