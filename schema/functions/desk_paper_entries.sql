-- desk_paper_entries(officer, slug, batch): the last ballots that were typed in, newest first, so
-- that a clerk sees where they are: serial of the code, receipt, when, by whom. Never a choice.
-- p_batch 0: assisted ballots. Called by: server/store_paper.c. Locks: none.
create function api.desk_paper_entries(p_officer integer, p_slug text, p_batch integer)
returns table (serial text, receipt bigint, written_at timestamptz, clerk text)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select coalesce((select c.serial from credential c
                     where c.voter_id = x.voter_id and c.kind = 'code'
                     order by c.voided_at is not null, c.id desc limit 1), ''),
           x.receipt, x.written_at, o.name
    from revision x join officer o on o.id = x.clerk_id
    where x.round_id = api.desk_round_seen(p_officer, p_slug)
      and case p_batch when 0 then x.channel = 4 else x.batch_id = p_batch end
    order by x.written_at desc limit 5
$$;
grant execute on function api.desk_paper_entries(integer, text, integer) to wardmote_desk;
