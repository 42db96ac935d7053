-- round_search(round, words): which proposals of a round that is no draft have all of these words, or
-- numbers, somewhere in their title, summary, place, short name or proposer: in English or in any
-- translation that is done, whatever language the reader reads, so that a word which the page shows
-- and one from an English leaflet both find it. Case and accents do not matter (api.words_folded).
-- Called by: server/store_rounds.c. Outcomes: their numbers. Locks: none.
create function api.round_search(p_round integer, p_words text) returns setof smallint
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select p.number
    from proposal p
    join round r on r.id = p.round_id
    cross join lateral (
        select string_agg(concat_ws(' ', n.title, n.short_name, n.summary), ' ') as words
        from (select distinct x.language from proposal_translation x where x.proposal_id = p.id) l
        cross join lateral api.translation_now(p, l.language) n
        where n.state = 'done') t
    cross join lateral (
        select api.words_folded(concat_ws(' ', to_char(p.number, 'FM0000'), p.title, p.short_name,
                                          p.summary, p.place, p.proposer, t.words)) as words) said
    where p.round_id = p_round and p.state <> 'draft' and r.frozen
      and not exists (
          select from regexp_split_to_table(api.words_folded(p_words), '\s+') w(word)
          where w.word <> '' and strpos(said.words, w.word) = 0)
    order by p.number
$$;
grant execute on function api.round_search(integer, text) to wardmote_web;
