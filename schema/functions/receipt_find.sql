-- receipt_find(receipt): what became of the ballot with this receipt (the first 60 bits of its
-- commitment). Shows no choice and no voter. Called by: server/store_votes.c.
-- The planner takes filters over pages (revision_receipt) for no better than reading all of them.
-- Outcomes: one row: state 'stands' (counts, or will count), 'replaced' (a later one of the same
-- voter stands), 'withdrawn', 'voided' (two officers declared it void); none: no such receipt. Locks: none.
create function api.receipt_find(p_receipt bigint)
returns table (state text, slug text, title text, phase text, cast_at timestamptz)
language sql stable security definer
set search_path = wardmote, pg_temp set enable_seqscan = off
as $$
    select case when void.round_id is not null then 'voided'
                when now_stands.withdrawn then 'withdrawn'
                when h.revision = b.current_revision then 'stands'
                else 'replaced' end,
           r.slug, r.title, api.round_phase(r), h.cast_at
    from revision h
    join ballot b on b.round_id = h.round_id and b.voter_id = h.voter_id
    join revision now_stands on now_stands.round_id = b.round_id
                            and now_stands.voter_id = b.voter_id
                            and now_stands.revision = b.current_revision
    left join revision_void void on void.round_id = h.round_id and void.voter_id = h.voter_id
                                and void.revision = h.revision
    join round r on r.id = h.round_id
    where h.receipt = p_receipt
    order by h.cast_at desc limit 1
$$;
grant execute on function api.receipt_find(bigint) to wardmote_web;
