-- sms_bulk_due(max): bulk texts to be worded now, by the database's clock: occasions that an officer
-- switched on and that are true now, at an hour at which bulk may go and while it is not paused,
-- for everybody who had asked by then and has had none for it. What was moot and is true again (the close
-- moved) is due anew. `closes`: api.sms_when. `endpoint`: our number that the person texted
-- last, or ''. `language`: that it chose.
-- Called by: sms/bulk.c, in one transaction with sms_bulk_queue. No row: nothing is due, or another
-- daemon is at it. Locks: advisory (9, 0), tried; bulk_text.
create function api.sms_bulk_due(p_max integer)
returns table (round integer, occasion text, recipient_key bytea, number_sealed bytea, door text,
               title text, closes text, endpoint text, language text)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_now constant timestamptz := clock_timestamp();
begin
    if not pg_try_advisory_xact_lock(9, 0) or api.sms_bulk_at(v_now) > v_now
       or exists (select from sms_limits l where l.bulk_paused_at is not null) then
        return;
    end if;
    delete from bulk_text t using outbox o
    where o.id = t.outbox_id and o.state = 'cancelled' and o.last_error = 'moot'
      and exists (select from bulk b join api.bulk_windows(t.round_id) w on w.occasion = t.occasion
                  where b.round_id = t.round_id and b.occasion = t.occasion
                    and v_now >= w.begins and v_now < w.ends);
    return query
    select r.id, b.occasion, c.recipient_key, c.number_sealed, c.door, r.title,
           api.sms_when(r.closes_at), api.sms_endpoint(c.recipient_key),
           api.sms_language(c.recipient_key)
    from bulk b
    join round r on r.id = b.round_id and r.frozen
    join api.bulk_windows(r.id) w
        on w.occasion = b.occasion and v_now >= w.begins and v_now < w.ends
    cross join lateral api.bulk_people(r.id, greatest(w.begins, b.switched_at)) c
    where not exists (select from bulk_text t
                      where t.round_id = r.id and t.occasion = b.occasion
                        and t.recipient_key = c.recipient_key)
    order by r.id, b.occasion, c.id limit p_max;
end
$$;
grant execute on function api.sms_bulk_due(integer) to wardmote_sms;
