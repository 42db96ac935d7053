-- round_accounts(round, account): the books of a round as they stand; `account`: only these (null:
-- all). Voting codes that were issued where it
-- is held: voided, used (a ballot was cast with its voter's right in this round), unused. Ballots
-- that were accepted, by channel: counted, replaced by a later one of the same person, withdrawn,
-- declared void. Texts that came from the opening of the vote until its first count, to whichever
-- vote: those that cast a ballot of this round, or of another; digits that confirmed an earlier
-- text; votes that were never confirmed; questions; what came twice or too late, could not be read,
-- or was refused, by reason. Every code, every ballot and every text is in exactly one part. Called
-- by: api.count_store, api.result_unbalanced. Locks: none.
create function api.round_accounts(p_round integer, p_account text default null)
returns table (account text, channel smallint, part text, n bigint)
language sql stable
set search_path = wardmote, pg_temp
as $$
    select 'codes', 0::smallint,
           case when c.voided_at is not null then 'voided'
                when exists (select from ballot b where b.round_id = r.id and b.voter_id = v.id)
                then 'used' else 'unused' end as part, count(*)
    from round r
    join neighbourhood_within w on w.within_id = r.neighbourhood_id
    join voter v on v.neighbourhood_id = w.neighbourhood_id
    join register g on g.id = v.register_id
                   and api.register_holds(g.kind, g.retired_at, r.eligibility)
    join credential c on c.voter_id = v.id and c.kind = 'code'
    where r.id = p_round and coalesce(p_account, 'codes') = 'codes'
    group by part
    union all
    select 'ballots', x.channel,
           case when u.round_id is not null then 'voided'
                when x.withdrawn then 'withdrawn'
                when b.current_revision = x.revision then 'counted'
                else 'replaced' end as part, count(*)
    from revision x
    join ballot b on b.round_id = x.round_id and b.voter_id = x.voter_id
    left join revision_void u on u.round_id = x.round_id and u.voter_id = x.voter_id
                             and u.revision = x.revision
    where x.round_id = p_round and coalesce(p_account, 'ballots') = 'ballots'
    group by x.channel, part
    union all
    select 'texts', 0::smallint,
           case when exists (select from revision x
                             where x.inbox_id = i.id and x.round_id = r.id) then 'ballots'
                when exists (select from revision x where x.inbox_id = i.id) then 'elsewhere'
                when i.state = 'duplicate' then 'duplicates'
                when i.state <> 'done' then 'unread'
                else api.text_part(i.outcome, i.received_at >= r.closes_at) end as part, count(*)
    from round r
    join inbox i on i.received_at >= r.opens_at
                and i.received_at < coalesce((select min(c.counted_at) from result c
                                              where c.round_id = r.id), clock_timestamp())
    where r.id = p_round and coalesce(p_account, 'texts') = 'texts'
    group by part
$$;
