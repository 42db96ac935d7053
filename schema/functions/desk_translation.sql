-- desk_translation(officer, slug, number, language, before, most): wordings of a translation, the latest
-- first, after it at most so many (and 100): the next ones (`before` 0), or those before a wording. Of the
-- latest also its state (see api.translation_now) and the English of then, which it says: `of_…`,
-- null of the others. Called by: server/store_translation.c. Outcomes: no row where there is none, or
-- the round is another officer's. Locks: none.
create function api.desk_translation(p_officer integer, p_slug text, p_number smallint,
                                     p_language text, p_before integer default 0,
                                     p_most integer default 100)
returns table (state text, revision integer, at timestamptz, who text, title text, short_name text,
               summary text, body text, of_revision integer, of_title text, of_short_name text,
               of_summary text, of_body text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select n.state, t.revision, t.at, coalesce(o.name, ''), t.title, t.short_name, t.summary, t.body,
           t.of_revision, w.title, w.short_name, w.summary, w.body
    from proposal p
    join proposal_translation t on t.proposal_id = p.id and t.language = p_language
    cross join lateral api.translation_now(p, p_language) n
    left join proposal_revision w on w.proposal_id = p.id and w.revision = t.of_revision
                                 and t.revision = n.revision
    left join officer o on o.id = t.officer_id
    where p.round_id = api.desk_round_seen(p_officer, p_slug) and p.number = p_number
      and (p_before = 0 or t.revision < p_before or t.revision = n.revision)
    order by t.revision desc limit least(p_most, 100) + 1
$$;
grant execute on function api.desk_translation(integer, text, smallint, text, integer, integer) to wardmote_desk;
