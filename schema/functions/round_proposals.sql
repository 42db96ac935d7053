-- round_proposals(round, language): proposals of a round that is no draft, by number, as they were
-- frozen; title, short name and summary in that language where a translation of all is done, and
-- `language` says which they are ('en' otherwise). Called by: server/store_rounds.c. Outcomes: one
-- row a proposal; pot and cost are null for a question, lat and lon (hundred-thousandths of a
-- degree) where nobody set a point. Locks: none.
create function api.round_proposals(p_round integer, p_language text default 'en')
returns table (number smallint, short_name text, title text, summary text, place text,
               proposer text, pot integer, cost bigint, withdrawn boolean, withdrawn_reason text,
               theme text, lat integer, lon integer, language text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select p.number, coalesce(t.short_name, p.short_name), coalesce(t.title, p.title),
           coalesce(t.summary, p.summary), p.place, p.proposer, o.ordinal, p.cost,
           p.state = 'withdrawn', p.withdrawn_reason, p.theme, p.lat, p.lon,
           case when t.state is null then 'en' else p_language end
    from proposal p
    join round r on r.id = p.round_id
    left join pot o on o.id = p.pot_id
    left join lateral api.translation_now(p, p_language) t on p_language <> 'en' and t.state = 'done'
    where p.round_id = p_round and p.state <> 'draft' and r.frozen
    order by p.number
$$;
grant execute on function api.round_proposals(integer, text) to wardmote_web, wardmote_desk;
