-- sms_parts_late(now): parts of long texts whose others never came within half an hour are kept as
-- texts of their own, in quarantine: half a list of numbers must not become a ballot. Those that
-- were joined are forgotten after a day.
-- Called by: wardmote-sms every minute, with the database's clock; tests give another.
-- Outcome: how many parts were put into quarantine. Locks: the rows that it changes.
create function api.sms_parts_late(p_now timestamptz) returns integer
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_rows integer;
begin
    delete from sms_part p where p.joined and p.received_at < p_now - interval '1 day';
    with late as (
        delete from sms_part p
        where not p.joined and p.received_at < p_now - interval '30 minutes'
        returning p.*
    )
    insert into inbox (provider, endpoint, message_id, sent_at, sender_key, sender_sealed, near_key,
                       body_sealed, state, received_at)
    select l.provider, l.endpoint, l.message_id, l.sent_at, l.sender_key, l.sender_sealed,
           sha256(l.body_sealed), l.body_sealed, 'quarantined', l.received_at
    from late l
    on conflict on constraint inbox_once do nothing;
    get diagnostics v_rows = row_count;
    return v_rows;
end
$$;
grant execute on function api.sms_parts_late(timestamptz) to wardmote_sms;
