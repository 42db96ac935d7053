-- desk_translations(officer, slug, languages): how every proposal of a round stands in each of these
-- languages (blanks between; English is none of them): 'missing', or a state of api.translation_now; by number, then in the order of the
-- languages. Called by: server/store_translation.c. Locks: none.
create function api.desk_translations(p_officer integer, p_slug text, p_languages text)
returns table (number smallint, title text, language text, state text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select p.number, p.title, l.tag, coalesce(t.state, 'missing')
    from proposal p
    cross join unnest(string_to_array(p_languages, ' ')) with ordinality l(tag, n)
    left join lateral api.translation_now(p, l.tag) t on true
    where p.round_id = api.desk_round_seen(p_officer, p_slug) and p.state <> 'withdrawn'
      and l.tag not in ('', 'en')
    order by p.number, l.n
$$;
grant execute on function api.desk_translations(integer, text, text) to wardmote_desk;
