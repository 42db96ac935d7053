-- desk_edition(officer, edition): one edition of an officer's areas; no row where there is none.
-- `round`: the slug of the question that asks about it, or ''. `asked_by`, `mine`: who asked for its
-- adoption without a vote, and whether that was this officer. The review day also as it is typed.
-- `before`: the edition that it came after (0: none), and what that asked of residents.
-- Called by: server/store_desk_agreement.c. Locks: none.
create function api.desk_edition(p_officer integer, p_edition integer)
returns table (id integer, area_slug text, area text, edition integer, title text, in_return text,
               state text, adopted_on timestamptz, review_on timestamptz, review_typed text,
               round text, frozen_sha256 text, adopt_reason text, asked_by text, mine boolean, roles text,
               before integer, before_in_return text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select e.id, n.slug, n.name, e.edition, e.title, e.in_return,
           api.edition_state(e), api.noon(api.edition_adopted_on(e)), api.noon(e.review_on),
           coalesce(to_char(e.review_on, 'DD/MM/YYYY'), ''),
           coalesce((select r.slug from round r where r.edition_id = e.id
                     order by r.id desc limit 1), ''),
           coalesce(encode(e.frozen_sha256, 'hex'), ''), e.adopt_reason, coalesce(o.name, ''),
           coalesce(e.adopt_asked_by = p_officer, false),
           api.desk_roles_in(p_officer, n.id), coalesce(b.edition, 0), coalesce(b.in_return, '')
    from agreement_edition e
    join neighbourhood n on n.id = e.neighbourhood_id
    left join agreement_edition b on b.id = api.edition_before(e.id)
    left join officer o on o.id = e.adopt_asked_by
    where e.id = p_edition and api.desk_sees(p_officer, n.id)
$$;
grant execute on function api.desk_edition(integer, integer) to wardmote_desk;
