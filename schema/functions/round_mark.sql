-- round_mark(round): a word that changes whenever what a count would count changes: a ballot of any
-- door, one declared void, a proposal withdrawn, a batch of paper opened. Taken under the locks when
-- a count begins and compared under them when it is stored: what came between, say paper typed
-- while the program ran, is never missed. Called by: api.count_begin, api.count_store. Locks: none.
create function api.round_mark(p_round integer) returns text
language sql stable
set search_path = wardmote, pg_temp
as $$
    select concat_ws('.',
        (select count(*) from revision x where x.round_id = p_round),
        (select count(*) from revision_void x where x.round_id = p_round),
        (select count(*) from amendment a where a.round_id = p_round and a.granted),
        (select count(*) from paper_batch b where b.round_id = p_round))
$$;
