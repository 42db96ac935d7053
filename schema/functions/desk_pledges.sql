-- desk_pledges(officer, edition): the pledges of an edition of an officer's areas, in order. `asked`:
-- the words before the provider amended them, or ''. `link`: when a private link was made for its
-- provider. `idea`: of the resident who proposed it, 0 for none. Called by: server/store_desk_agreement.c. Locks: none.
create function api.desk_pledges(p_officer integer, p_edition integer)
returns table (id integer, ordinal integer, provider_id integer, provider text, promise text,
               standard text, measure text, due timestamptz, due_typed text, state text,
               reason text, asked text, answered_by text, answered_at timestamptz, recorded text,
               checked_on timestamptz, check_result text, evidence text, evidence_link text,
               link timestamptz, idea bigint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select g.id, g.ordinal, v.id, v.name, g.promise, g.standard, g.measure, api.noon(g.due),
           coalesce(to_char(g.due, 'DD/MM/YYYY'), ''), g.state, g.reason, g.asked, g.answered_by,
           g.answered_at, coalesce(o.name, ''), api.noon(g.checked_on), coalesce(g.check_result, ''),
           g.evidence, g.evidence_link, l.made_at,
           coalesce((select min(i.id) from idea i where i.pledge_id = g.id), 0)
    from pledge g
    join provider v on v.id = g.provider_id
    join agreement_edition e on e.id = g.edition_id
    left join officer o on o.id = g.recorded_by
    left join provider_link l on l.edition_id = e.id and l.provider_id = v.id
    where e.id = p_edition and api.desk_sees(p_officer, e.neighbourhood_id)
    order by g.ordinal
$$;
grant execute on function api.desk_pledges(integer, integer) to wardmote_desk;
