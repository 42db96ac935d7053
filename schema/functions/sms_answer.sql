-- sms_answer(token, ids, fates, outcomes, recipients, bodies, senders, segments, passives, lookups,
-- challenges): ends intake's second transaction: what became of each text, and its reply into the
-- outbox, in the transaction that cast its ballots. fate: 'done'; 'duplicate'; 'later' (its voter
-- has another text in this batch); 'alone' (its voter was locked: again, by itself). A reply whose
-- body is null is not sent; of passive replies (help) a sender gets three an hour, of look-ups
-- (lists, results) twelve, then silence; but a wish that is new (api.sms_wish_new) is answered.
-- STOP, START, NEWS and LANG (outcomes 'lang_en', 'lang_pl') are noted for the number that they
-- came from. A challenge that a text answered is over.
-- Nothing is written when the token holds no lease any more: somebody else has the texts, or had.
-- The lease's ids keep each text a look-up by its id: plans made while the table was small would read
-- every text for each batch. That a text has one reply is sure by now: the lease is ours, the text is not
-- done, and a reply is queued only here; 'on conflict' would look for it once more, and outbox's unique
-- dedup_key proves it.
-- Joins are hashed: as the planner takes both sides for a few rows, it would compare each of a
-- batch's texts with each of its answers, 512 times 512.
-- Called by: sms/inbox.c. Outcomes: how many replies were queued. Locks: the lease, held already; then
-- inbox_waiting and inbox rows, in this order, as sms_claim and sms_release.
create function api.sms_answer(
    p_token bigint, p_ids bigint[], p_fates text[], p_outcomes text[], p_recipients bytea[],
    p_bodies bytea[], p_senders text[], p_segments integer[], p_passives boolean[],
    p_lookups boolean[] default null, p_challenges bigint[] default null)
returns integer
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_seqscan = off set enable_nestloop = off
as $$
declare
    v_replies integer;
    v_held    bigint[];
begin
    delete from inbox_lease l where l.token = p_token returning l.ids into v_held;
    if v_held is null then
        return 0;
    end if;
    insert into outbox (dedup_key, class, recipient_key, recipient_sealed, sender, body_sealed,
                        segments, passive, lookup)
    select 'reply:' || i.id, 'reply', i.sender_key, a.recipient, a.sender, a.body, a.segments,
           a.passive, coalesce(a.lookup, false)
    from unnest(p_ids, p_fates, p_outcomes, p_recipients, p_bodies, p_senders, p_segments,
                p_passives, p_lookups)
         a(id, fate, outcome, recipient, body, sender, segments, passive, lookup)
    join inbox i on i.id = a.id and i.id = any (v_held) and i.done_at is null
    where a.fate = 'done' and a.body is not null and a.recipient is not null
      and not (a.passive and not api.sms_wish_new(i.sender_key, a.outcome)
               and (select count(*) from outbox o
                    where o.recipient_key = i.sender_key and o.passive
                      and o.created_at > clock_timestamp() - interval '1 hour') >= 3)
      and not (a.lookup
               and (select count(*) from outbox o
                    where o.recipient_key = i.sender_key and o.lookup
                      and o.created_at > clock_timestamp() - interval '1 hour') >= 12);
    get diagnostics v_replies = row_count;

    -- Most batches hold none of these: then the texts are not read once more for each.
    if p_outcomes && array['stop', 'start', 'news', 'lang_en', 'lang_pl'] then
        perform api.sms_stop(i.sender_key)
        from unnest(p_ids, p_fates, p_outcomes) a(id, fate, outcome)
        join inbox i on i.id = a.id and i.id = any (v_held) and i.done_at is null
        where a.fate = 'done' and a.outcome = 'stop';
        perform api.sms_start(i.sender_key)
        from unnest(p_ids, p_fates, p_outcomes) a(id, fate, outcome)
        join inbox i on i.id = a.id and i.id = any (v_held) and i.done_at is null
        where a.fate = 'done' and a.outcome = 'start';
        perform api.sms_consent_give(i.sender_key, a.recipient, api.sms_area(i.sender_key), 'text',
                                     api.news_words(api.sms_language(i.sender_key)))
        from unnest(p_ids, p_fates, p_outcomes, p_recipients) a(id, fate, outcome, recipient)
        join inbox i on i.id = a.id and i.id = any (v_held) and i.done_at is null
        where a.fate = 'done' and a.outcome = 'news' and a.recipient is not null;
        perform api.sms_language_choose(i.sender_key, substr(a.outcome, 6))
        from unnest(p_ids, p_fates, p_outcomes) a(id, fate, outcome)
        join inbox i on i.id = a.id and i.id = any (v_held) and i.done_at is null
        where a.fate = 'done' and a.outcome in ('lang_en', 'lang_pl');
    end if;
    if exists (select from unnest(p_challenges) c where c is not null) then
        update sms_challenge c set ended_at = clock_timestamp()
        from unnest(p_fates, p_challenges) a(fate, challenge)
        where a.fate = 'done' and c.id = a.challenge;
    end if;

    delete from inbox_waiting w
    using unnest(p_ids, p_fates) a(id, fate)
    where w.inbox_id = a.id and w.inbox_id = any (v_held) and a.fate in ('done', 'duplicate');
    update inbox_waiting w set alone = true
    from unnest(p_ids, p_fates) a(id, fate)
    where w.inbox_id = a.id and w.inbox_id = any (v_held) and a.fate = 'alone';
    update inbox i
    set state = a.fate, outcome = a.outcome, done_at = clock_timestamp()
    from unnest(p_ids, p_fates, p_outcomes) a(id, fate, outcome)
    where i.id = a.id and i.id = any (v_held) and i.done_at is null and a.fate in ('done', 'duplicate');
    return v_replies;
end
$$;
grant execute on function api.sms_answer(bigint, bigint[], text[], text[], bytea[], bytea[],
    text[], integer[], boolean[], boolean[], bigint[]) to wardmote_sms;
