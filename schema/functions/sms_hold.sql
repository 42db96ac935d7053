-- sms_hold(token): opens intake's second transaction: locks the lease, while there is one, and
-- tells which of its texts merely repeat an earlier one. A text repeats another when the same
-- words came from the same sender within 120 s, nothing else came from that sender between, and
-- the earlier one was answered or the ballots that it cast still stand. One that was refused
-- (closed, not open yet, over budget) is judged afresh: what was refused may be right by now.
-- With each text, how many more replies its number may get within the hour, and until when there
-- are none after the last (api.sms_replies_left); the language that it chose; and `phones_only`: in
-- every round that is or will be open people vote by mobile number, so that nobody has a code.
-- Called by: sms/inbox.c. Outcomes: one row a text still leased; those without were lost.
-- A text that is over by now, though it waits (somebody's own SQL), is lost too, and waits no more: its
-- ballot must not be cast twice.
-- Locks: the lease.
create function api.sms_hold(p_token bigint)
returns table (id bigint, repeats boolean, replies_left integer, until text, language text,
               phones_only boolean)
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    v_ids    bigint[];
    v_phones boolean;
    v_rows   integer;
begin
    select bool_and(r.eligibility = 'phone') into v_phones
    from round r
    where r.state = 'scheduled' and r.eligibility <> 'practice'
      and r.closes_at + r.grace > clock_timestamp();
    select l.ids into v_ids from inbox_lease l where l.token = p_token for update;
    return query
    select i.id, exists (
        select from inbox e
        where e.sender_key = i.sender_key and e.near_key = i.near_key and e.id < i.id
          and e.received_at >= i.received_at - interval '120 seconds'
          and e.state = 'done' and e.outcome not like 'refused%'
          and not exists (select from inbox x
                          where x.sender_key = i.sender_key and x.near_key <> i.near_key
                            and x.received_at >= e.received_at - interval '1 day' -- the spool's
                            and x.id > e.id and x.id < i.id)
          and not exists (select from revision v
                          join ballot b on b.round_id = v.round_id and b.voter_id = v.voter_id
                          where v.inbox_id = e.id and b.current_revision <> v.revision)),
           -- Few numbers ask as much; the others cost one look at an index.
           case when many.n < 29 then 30 - many.n
                else (select l.left_now from api.sms_replies_left(i.sender_key) l) end,
           case when many.n = 29
                then (select l.again_words from api.sms_replies_left(i.sender_key) l) end,
           -- As api.sms_language says, which is too dear to call for each text of a batch.
           coalesce((select g.language from sms_language g where g.recipient_key = i.sender_key), 'en'),
           coalesce(v_phones, false)
    from inbox i
    cross join lateral (
        select count(*)::integer as n
        from (select from outbox o
              where o.recipient_key = i.sender_key
                and o.created_at > clock_timestamp() - interval '1 hour' limit 29) o) many
    where i.id = any (v_ids) and i.done_at is null order by i.id;
    get diagnostics v_rows = row_count;
    if v_rows < cardinality(v_ids) then
        delete from inbox_waiting w using inbox i
        where w.inbox_id = any (v_ids) and i.id = w.inbox_id and i.id = any (v_ids) and i.done_at is not null;
    end if;
end
$$;
grant execute on function api.sms_hold(bigint) to wardmote_sms;
