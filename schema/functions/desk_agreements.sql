-- desk_agreements(officer): every edition of the agreements of an officer's areas, what is being
-- drafted first; with how many pledges it has, how many of them are answered, and, of one in force,
-- how many are due and not checked since. `round`: the slug of the question that asks about it, or
-- ''. Called by: server/store_desk_agreement.c. Locks: none.
create function api.desk_agreements(p_officer integer)
returns table (id integer, area_slug text, area text, edition integer, title text, state text,
               pledges bigint, answered bigint, due bigint, adopted_on timestamptz,
               review_on timestamptz, round text, asks boolean, mine boolean)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select e.id, n.slug, n.name, e.edition, e.title, t.state, g.pledges, g.answered,
           case when t.state = 'adopted' then g.due else 0 end,
           api.noon(api.edition_adopted_on(e)), api.noon(e.review_on),
           coalesce((select r.slug from round r where r.edition_id = e.id
                     order by r.id desc limit 1), ''),
           t.state = 'proposed' and e.adopt_asked_by is not null,
           coalesce(e.adopt_asked_by = p_officer, false)
    from agreement_edition e
    join neighbourhood n on n.id = e.neighbourhood_id and api.desk_sees(p_officer, n.id)
    cross join lateral (select api.edition_state(e) as state) t
    cross join lateral (
        select count(*) as pledges, count(*) filter (where g.state <> 'drafted') as answered,
               count(*) filter (where g.state <> 'declined'
                                and g.due <= (clock_timestamp() at time zone 'Europe/London')::date
                                and coalesce(g.checked_on < g.due, true)) as due
        from pledge g where g.edition_id = e.id) g
    order by case t.state when 'draft' then 1 when 'proposed' then 2 when 'adopted' then 3 else 4 end,
             n.name, e.edition desc
$$;
grant execute on function api.desk_agreements(integer) to wardmote_desk;
