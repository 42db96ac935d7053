-- count_begin(officer, slug): may this round be counted now? Takes the locks that make its ballots
-- a final snapshot; the caller reads them (count_ballots) in the same transaction. Called by:
-- server/store_desk_count.c. Outcomes: 'ready', with the round (days in Europe/London), its sealed
-- seed, its mark (round_mark), and the rule that was frozen with its settings, "minimum-votes=0
-- fund-unsupported=no"; 'not_found'; else what api.count_hindrance says, with its detail. Locks:
-- inbox (exclusive), then round (exclusive).
create function api.count_begin(p_officer integer, p_slug text)
returns table (outcome text, detail bigint, round integer, uuid uuid, title text, area text,
               kind text, max_picks integer, minimum_votes integer, opens_on text,
               closes_on text, question text, seed bytea, points_sum integer,
               points_max integer, rules_sha256 bytea, changes text, mark text, rule text,
               settings text)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_id     integer := api.desk_round_id(p_officer, p_slug);
begin
    perform pg_advisory_xact_lock(2, 0) where v_id is not null;
    perform api.lock_round(v_id, true) where v_id is not null;
    select h.outcome, h.detail into outcome, detail from api.count_hindrance(v_id) h;
    outcome := coalesce(outcome, 'not_found');
    if outcome <> 'ready' then
        return query select outcome, detail, null::integer, null::uuid, null::text, null::text,
            null::text, null::integer, null::integer, null::text, null::text, null::text,
            null::bytea, null::integer, null::integer, null::bytea, null::text, null::text,
            null::text, null::text;
        return;
    end if;
    return query
    select 'ready', 0::bigint, r.id, r.uuid, r.title, n.name, r.kind, r.max_picks, r.minimum_votes,
           to_char(r.opens_at at time zone 'Europe/London', 'DD.MM.YYYY'),
           to_char(r.closes_at at time zone 'Europe/London', 'DD.MM.YYYY'),
           (select p.title from proposal p
            where p.round_id = r.id and p.state <> 'draft' and r.kind = 'yes_no'),
           r.seed, coalesce(r.points_sum, 0), coalesce(r.points_max, 0), r.rules_sha256,
           api.round_changes(v_id), api.round_mark(v_id), r.rule,
           (select string_agg(q.key || '=' || q.value, ' ' order by q.ordinal, q.key collate "C")
            from api.rule_settings(v_id) q)
    from round r join neighbourhood n on n.id = r.neighbourhood_id where r.id = v_id;
end
$$;
grant execute on function api.count_begin(integer, text) to wardmote_desk;
