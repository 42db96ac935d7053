-- edition_state(edition): its state now, by the clock (see api.edition_answer): adopted or rejected
-- since the result of its question became public; superseded since another edition of its area was
-- adopted so. Called by other functions only. Locks: none.
create function api.edition_state(p_edition wardmote.agreement_edition) returns text
language sql stable
set search_path = wardmote, pg_temp
as $$
    select case p_edition.state
           when 'proposed' then coalesce((select case when a.adopted then 'adopted' else 'rejected' end
                                          from api.edition_answer(p_edition.id) a), 'proposed')
           when 'adopted' then case when exists (
               select from agreement_edition o cross join lateral api.edition_answer(o.id) a
               where o.neighbourhood_id = p_edition.neighbourhood_id and o.state = 'proposed'
                 and a.adopted) then 'superseded' else 'adopted' end
           else p_edition.state end
$$;
