-- count_store(officer, slug, seed, parts, mark, job, attempt): keeps a count: the seed, now open,
-- and one part a pot (one in all for a yes/no round) with its published file, the outcome and its
-- log. How many ballots, texts, withdrawn, void and replaced it counted, is read from the ballots
-- themselves. Of a job that corrects a published result it becomes the next version, which waits
-- for a second officer. Called by: server/store_desk_count.c, after the counting program came back.
-- Outcomes: 'counted'; 'not_found'; 'not_closed'; 'already' (somebody else counted meanwhile: what
-- they stored stands); 'changed' (ballots were typed in or declared void since count_begin gave the
-- mark; null is not compared); 'taken' (this job, where one is named, is another worker's by now);
-- 'seed' (not the seed that was frozen with the round: a bug). Locks: inbox (exclusive), then round
-- (exclusive).
create function api.count_store(p_officer integer, p_slug text, p_seed bytea, p_pots integer[],
                                p_pbs text[], p_outcomes text[], p_logs text[],
                                p_mark text default null, p_job integer default null,
                                p_attempt integer default null)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_id      integer := api.desk_round_id(p_officer, p_slug);
    v_round   round;
    v_why     text; -- of a correction
    v_version integer;
begin
    if v_id is null then
        return 'not_found';
    end if;
    perform pg_advisory_xact_lock(2, 0);
    perform api.lock_round(v_id, true);
    perform api.round_settle(v_id);
    select * into v_round from round r where r.id = v_id;
    select j.correction into v_why from count_job j where j.id = p_job and j.correction <> '';
    if v_why is null and v_round.state in ('counted', 'result_review', 'published', 'archived')
       or v_why is not null and api.result_waits(v_id) is not null then
        return 'already';
    end if;
    if p_job is not null and not exists (select from count_job j
                                         where j.id = p_job and j.round_id = v_id
                                           and j.attempt = p_attempt and j.finished_at is null) then
        return 'taken';
    end if;
    if v_round.state <> (case when v_why is null then 'scheduled' else 'published' end)
       or clock_timestamp() < v_round.closes_at + v_round.grace then
        return 'not_closed';
    elsif p_mark <> api.round_mark(v_id)
          or exists (select from paper_batch b
                     where b.round_id = v_id and b.reconciled_at is null) then
        return 'changed';
    end if;
    if strpos(v_round.rules_text, 'seed-sha256 ' || encode(sha256(p_seed), 'hex') || E'\n') = 0 then
        return 'seed';
    end if;
    select coalesce(max(x.version), 0) + 1 into v_version from result x where x.round_id = v_id;
    insert into result (round_id, version, correction, submitted_by, submitted_at, counted_by, seed,
                        ballots, web, texts, paper, assisted, withdrawn, voided, replaced, eligible)
    select v_id, v_version, coalesce(v_why, ''), case when v_why is not null then p_officer end,
           case when v_why is not null then clock_timestamp() end, p_officer, p_seed,
           t.web + t.texts + t.paper + t.assisted, t.web, t.texts, t.paper, t.assisted,
           t.withdrawn, t.voided,
           (select count(*) from revision x where x.round_id = v_id)
           - (select count(*) from ballot b where b.round_id = v_id), t.eligible
    from api.desk_turnout(v_id) t;
    insert into result_part (round_id, version, ordinal, pot_id, pb, pb_sha256, outcome, log)
    select v_id, v_version, u.n,
           (select p.id from pot p where p.round_id = v_id and p.ordinal = u.pot), u.pb, sha256(convert_to(u.pb, 'UTF8')), u.outcome::json, u.log
    from unnest(p_pots, p_pbs, p_outcomes, p_logs) with ordinality u(pot, pb, outcome, log, n);
    insert into result_account (round_id, version, account, channel, part, n)
    select v_id, v_version, a.account, a.channel, a.part, a.n from api.round_accounts(v_id) a;
    update round r set state = 'counted' where r.id = v_id and v_why is null;
    update count_job j set finished_at = clock_timestamp(), outcome = 'counted', step = 'keeping'
    where j.id = p_job;
    insert into audit (officer_id, action, object, detail)
    select p_officer, 'round.count', 'round ' || p_slug,
           jsonb_build_object('ballots', s.ballots, 'files', (
               select jsonb_agg(encode(p.pb_sha256, 'hex') order by p.ordinal)
               from result_part p where p.round_id = v_id and p.version = v_version))
    from result s where s.round_id = v_id and s.version = v_version;
    perform pg_notify('content', '');
    return 'counted';
end
$$;
grant execute on function api.count_store(integer, text, bytea, integer[], text[], text[], text[],
    text, integer, integer) to wardmote_desk;
