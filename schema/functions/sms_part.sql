-- sms_part(provider, sender_key, endpoint, ref, total, part, message_id, sent_at, sender_sealed,
-- body_sealed): keeps one part of a long text. Telephones count references from 0 to 255 and
-- begin again: a part of the same place that is older than half an hour belongs to an older text
-- and gives way; a younger one is this part, delivered again.
-- Called by: server/store_texts.c. Outcomes: no row while parts are missing; else all of them in
-- order, for the caller to join and store as one text, also when a part comes once more.
-- Locks: one for the sender's parts (two last parts may come at once).
create function api.sms_part(
    p_provider text, p_sender_key bytea, p_endpoint text, p_ref text, p_total integer,
    p_part integer, p_message_id text, p_sent_at timestamptz, p_sender_sealed bytea,
    p_body_sealed bytea)
returns table (message_id text, sent_at timestamptz, body_sealed bytea)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
begin
    perform pg_advisory_xact_lock(hashtextextended(encode(p_sender_key, 'hex'), 3));
    delete from sms_part p
    where p.provider = p_provider and p.sender_key = p_sender_key and p.endpoint = p_endpoint
      and p.ref = p_ref and p.received_at < clock_timestamp() - interval '30 minutes';
    insert into sms_part (provider, sender_key, endpoint, ref, total, part, message_id, sent_at,
                          sender_sealed, body_sealed)
    values (p_provider, p_sender_key, p_endpoint, p_ref, p_total, p_part, p_message_id, p_sent_at,
            p_sender_sealed, p_body_sealed)
    on conflict do nothing;
    update sms_part p set joined = true
    where p.provider = p_provider and p.sender_key = p_sender_key and p.endpoint = p_endpoint
      and p.ref = p_ref and p.total = p_total
      and p_total = (select count(*) from sms_part x
                     where x.provider = p_provider and x.sender_key = p_sender_key
                       and x.endpoint = p_endpoint and x.ref = p_ref and x.total = p_total);
    return query
    select p.message_id, p.sent_at, p.body_sealed from sms_part p
    where p.provider = p_provider and p.sender_key = p_sender_key and p.endpoint = p_endpoint
      and p.ref = p_ref and p.total = p_total and p.joined
    order by p.part;
end
$$;
grant execute on function api.sms_part(text, bytea, text, text, integer, integer, text, timestamptz,
    bytea, bytea) to wardmote_web;
