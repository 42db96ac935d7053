-- sms_out_wake(why): texts that wait for this reason are looked at again now.
-- Called by other functions only. Locks: outbox rows (skip locked: a daemon has those in hand).
create function api.sms_out_wake(p_why text) returns void
language sql
set search_path = wardmote, pg_temp
as $$
    update outbox o set next_at = clock_timestamp()
    from (select w.id from outbox w
          where w.state = 'queued' and w.last_error = p_why and w.next_at > clock_timestamp()
          for update skip locked) waiting
    where o.id = waiting.id
$$;
