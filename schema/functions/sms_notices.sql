-- sms_notices(): texts that something else than a text gave reason to, locked until the transaction
-- ends; at most 50. `digits`: sealed, of a sign-in on the web. `project`: its number, of one that
-- was withdrawn from a vote. `reference`: of an idea that an officer answered. `language`: of its
-- reader. Digits that nobody took for ten minutes are dropped.
-- Called by: sms/notices.c, in one transaction with sms_notices_sent. Locks: rows of notice (skip
-- locked: another daemon has them).
create function api.sms_notices()
returns table (id bigint, kind text, number_sealed bytea, from_inbox boolean, digits bytea,
               project smallint, endpoint text, reference text, language text)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
begin
    update notice n set taken_at = clock_timestamp(), body_sealed = null
    where n.id in (select o.id from notice o
                   where o.taken_at is null and o.kind = 'sign_in_code'
                     and o.created_at < clock_timestamp() - interval '10 minutes'
                   for update skip locked);
    return query
    with mine as materialized (
        select n.* from notice n where n.taken_at is null order by n.id limit 50
        for update skip locked
    )
    select m.id, m.kind, coalesce(m.number_sealed, i.sender_sealed), m.number_sealed is null,
           m.body_sealed, p.number,
           coalesce(nullif(i.endpoint, ''), api.sms_endpoint(m.recipient_key)),
           d.reference,
           coalesce(m.language, api.sms_language(coalesce(m.recipient_key, i.sender_key)))
    from mine m
    left join inbox i on i.id = m.inbox_id
    left join amendment a on a.id = m.amendment_id
    left join proposal p on p.id = a.proposal_id
    left join idea d on d.id = m.idea_id
    order by m.id;
end
$$;
grant execute on function api.sms_notices() to wardmote_sms;
