-- count_ballots(officer, slug): the ballots that stand (not withdrawn, not void), with their picks and
-- nothing else, in an order that tells nothing: by what they say. No rows before the round may be
-- counted, or counted anew to be corrected: nobody reads a choice while votes are still coming in.
-- Called by: server/store_desk_count.c, after count_begin in the same transaction. Locks: none.
create function api.count_ballots(p_officer integer, p_slug text)
returns table (numbers text, weights text)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select array_to_string(x.numbers, ','), array_to_string(x.weights, ',')
    from round r
    join ballot b on b.round_id = r.id
    join revision x on x.round_id = b.round_id and x.voter_id = b.voter_id
                   and x.revision = b.current_revision
    where r.id = api.desk_round_id(p_officer, p_slug) and not x.withdrawn
      and not exists (select from revision_void u
                      where u.round_id = x.round_id and u.voter_id = x.voter_id
                        and u.revision = x.revision)
      and (api.desk_phase(r) = 'to_count'
           or api.count_corrects(r.id))
    order by x.numbers, x.weights
$$;
grant execute on function api.count_ballots(integer, text) to wardmote_desk;
