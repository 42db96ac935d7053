-- amendment_hindrance(amendment): what keeps a change from being made now, with a detail; no row
-- when nothing does. Asked when it is asked for, and again, under the locks, when it is granted.
-- 'state' (the round is not frozen yet); 'counted' (but a ballot may be declared void for a correction);
-- 'closed' (voting is over: extending and
-- withdrawing come too late); 'not_later' (no later close than now); 'number_clash' (detail: the
-- number, and the round that holds it then); 'no_proposal'; 'question' (a yes or no question cannot
-- be withdrawn); 'withdrawn' (already); 'last_proposal' (nothing else would be left);
-- 'no_ballot'; 'replaced' (a later ballot of the same voter stands); 'taken_back' (the voter
-- withdrew it); 'voided' (already). Called by other functions only. Locks: none.
create function api.amendment_hindrance(p_what wardmote.amendment)
returns table (reason text, detail text)
language sql volatile
set search_path = wardmote, pg_temp
as $$
    with r as (select * from round r where r.id = p_what.round_id),
    found(rank, reason, detail) as (
        select 1, 'state', '' from r where not r.frozen
        union all
        select 2, 'counted', '' from r
        where r.frozen and r.state <> 'scheduled'
          and not (p_what.kind = 'void_ballot' and api.round_state(r) = 'published'
                   and not api.round_spent(r.id, clock_timestamp()))
        union all
        select 3, 'closed', '' from r
        where p_what.kind in ('extension', 'withdrawal') and clock_timestamp() >= r.closes_at
        union all
        select 4, 'not_later', '' from r
        where p_what.kind = 'extension'
          and (p_what.closes_at is null or p_what.closes_at <= r.closes_at)
        union all
        select 5, 'number_clash', to_char(u.number, 'FM0000') || ' (' || o.title || ')'
        from r join number_in_use mine on mine.round_id = r.id
        join number_in_use u on u.number = mine.number and u.round_id <> r.id
                            and u.during && tstzrange(r.opens_at, p_what.closes_at + r.grace)
        join round o on o.id = u.round_id
        where p_what.kind = 'extension'
        union all
        select 6, case when p.id is null or p.state = 'draft' then 'no_proposal'
                       when r.kind = 'yes_no' then 'question'
                       when p.state = 'withdrawn' then 'withdrawn'
                       when not exists (select from proposal o
                                        where o.round_id = r.id and o.state = 'published'
                                          and o.id <> p.id) then 'last_proposal' end, ''
        from r left join proposal p on p.id = p_what.proposal_id
        where p_what.kind = 'withdrawal'
        union all
        select 7, case when b.round_id is null then 'no_ballot'
                       when v.round_id is not null then 'voided'
                       when b.current_revision <> p_what.revision then 'replaced'
                       when x.withdrawn then 'taken_back' end, ''
        from r
        left join ballot b on b.round_id = r.id and b.voter_id = p_what.voter_id
        left join revision x on x.round_id = r.id and x.voter_id = p_what.voter_id
                            and x.revision = p_what.revision
        left join revision_void v on v.round_id = r.id and v.voter_id = p_what.voter_id
                                 and v.revision = p_what.revision
        where p_what.kind = 'void_ballot'
        union all
        select 8, 'voided', '' from credential c
        where p_what.kind = 'void_code' and c.id = p_what.credential_id
          and c.voided_at is not null
    )
    select f.reason, f.detail from found f where f.reason is not null
    order by f.rank, f.detail limit 1
$$;
