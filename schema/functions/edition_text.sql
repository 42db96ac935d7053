-- edition_text(edition): the canonical text of an edition, of which the SHA-256 is published: one fact
-- a line, LF, in this order; days as YYYY-MM-DD or `-`; control characters are written as a space.
-- Called by other functions only. Locks: none.
create function api.edition_text(p_edition integer) returns text
language sql stable
set search_path = wardmote, pg_temp
as $$
    with line(part, ordinal, n, words) as (
        select 1, 0, x.n, x.words
        from agreement_edition e join neighbourhood a on a.id = e.neighbourhood_id
        cross join lateral (values
            (1, 'wardmote/agreement/1'),
            (2, 'area ' || a.slug),
            (3, 'edition ' || e.edition),
            (4, 'title ' || e.title),
            (5, 'in-return ' || e.in_return),
            (6, 'review ' || coalesce(e.review_on::text, '-'))) x(n, words)
        where e.id = p_edition
        union all
        select 2, g.ordinal, x.n, x.words
        from (select g.*, row_number() over (order by g.ordinal) as place from pledge g
              where g.edition_id = p_edition) g
        join provider v on v.id = g.provider_id
        cross join lateral (values
            (1, 'pledge ' || g.place || ' ' || g.state),
            (2, 'provider ' || v.name),
            (3, 'promise ' || g.promise),
            (4, 'standard ' || g.standard),
            (5, 'measure ' || g.measure),
            (6, 'due ' || coalesce(g.due::text, '-')),
            (7, 'reason ' || g.reason)) x(n, words)
        union all
        select 3, 0, 0, 'end'
    )
    select string_agg(regexp_replace(l.words, '[[:cntrl:]]', ' ', 'g') || E'\n', ''
                      order by l.part, l.ordinal, l.n)
    from line l
$$;
