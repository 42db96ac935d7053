-- proposal_body(round, number, language): the long text (Markdown) of a proposal in a round that is no
-- draft, in that language under the same condition as api.round_proposals. Called by: server/store_rounds.c. Outcomes: one row, or none. Locks: none.
create function api.proposal_body(p_round integer, p_number smallint,
                                  p_language text default 'en') returns table (body text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select coalesce(t.body, p.body)
    from proposal p join round r on r.id = p.round_id
    left join lateral api.translation_now(p, p_language) t on p_language <> 'en' and t.state = 'done'
    where p.round_id = p_round and p.number = p_number
      and p.state <> 'draft' and r.frozen
$$;
grant execute on function api.proposal_body(integer, smallint, text) to wardmote_web;
