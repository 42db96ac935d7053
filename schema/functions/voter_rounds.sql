-- voter_rounds(voter, credential, generation): the open rounds and questions whose area holds this
-- voter's and whose register is theirs, and what became of a ballot of theirs there: it stands
-- (`voted`), two officers declared it void (`voided`), a project on it was withdrawn from the vote
-- (`gone`). Called by: server/store_votes.c.
-- Outcomes: one row a round, the voter's own area first; none when the session is no longer good.
-- Locks: none.
create function api.voter_rounds(p_voter bigint, p_credential bigint, p_generation integer)
returns table (id integer, slug text, title text, kind text, area_name text,
               closes_at timestamptz, days integer, money bigint, proposals integer,
               voted boolean, cast_at timestamptz, voided boolean, gone boolean)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select r.id, r.slug, r.title, r.kind, n.name, r.closes_at, api.days_until(r.closes_at),
           coalesce((select sum(t.amount) from pot t where t.round_id = r.id), 0)::bigint,
           (select count(*)::integer from proposal p
            where p.round_id = r.id and p.state = 'published'),
           f.stands, case when f.stands then b.current_cast_at end,
           x.revision is not null,
           f.stands and exists (select from proposal p
                                where p.round_id = r.id and p.state = 'withdrawn'
                                  and p.number = any (h.numbers))
    from voter v
    join register g on g.id = v.register_id
    join neighbourhood_within w on w.neighbourhood_id = v.neighbourhood_id
    join round r on r.neighbourhood_id = w.within_id
                and api.register_holds(g.kind, g.retired_at, r.eligibility)
    join neighbourhood n on n.id = r.neighbourhood_id
    left join ballot b on b.round_id = r.id and b.voter_id = v.id
    left join revision h on h.round_id = b.round_id and h.voter_id = b.voter_id
                        and h.revision = b.current_revision
    left join revision_void x on x.round_id = h.round_id and x.voter_id = h.voter_id
                             and x.revision = h.revision
    cross join lateral (
        select coalesce(not h.withdrawn, false) and x.revision is null as stands) f
    where v.id = p_voter and api.voter_now(p_voter, p_credential, p_generation)
      and api.round_phase(r) = 'open'
    order by r.neighbourhood_id <> v.neighbourhood_id, r.kind = 'yes_no', r.closes_at, r.id
$$;
grant execute on function api.voter_rounds(bigint, bigint, integer) to wardmote_web;
