-- bulk_windows(round): when each occasion's text is true: from when to when. `opened`: until a day
-- before the close, then `closing`; a round of less than two days has no `closing`. `result`: for
-- a week from its publication (null: not published). None of a practice round.
-- Called by other functions only. Locks: none.
create function api.bulk_windows(p_round integer)
returns table (occasion text, begins timestamptz, ends timestamptz)
language sql stable
set search_path = wardmote, pg_temp
as $$
    select w.* from round r
    left join result x on x.round_id = r.id and x.version = api.result_shown(r.id)
    cross join lateral (values
        ('opened', r.opens_at,
         case when r.closes_at - r.opens_at < interval '2 days' then r.closes_at
              else r.closes_at - interval '1 day' end),
        ('closing', r.closes_at - interval '1 day', r.closes_at),
        ('result', x.published_at, x.published_at + interval '7 days')) w(occasion, begins, ends)
    where r.id = p_round and r.eligibility <> 'practice'
      and not (w.occasion = 'closing'
               and coalesce(r.closes_at - r.opens_at < interval '2 days', false))
$$;
