-- desk_sms_steps(officer, reference): what was done about one outward text, oldest first: calls to
-- providers (`provider`; outcome '' while under way) and delivery receipts (provider '').
-- No row: nothing yet, no such text, or not an officer who looks after texts.
-- Called by: server/store_sms.c. Locks: none.
create function api.desk_sms_steps(p_officer integer, p_reference text)
returns table (at timestamptz, provider text, outcome text, http_status integer, error text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select s.* from (
        select a.started_at, a.provider, coalesce(a.outcome, ''), coalesce(a.http_status, 0),
               coalesce(a.error, '')
        from outbox o join attempt a on a.outbox_id = o.id
        where o.client_ref = api.sms_reference(p_reference)
        union all
        select d.received_at, '', d.status, 0, ''
        from dlr d where d.client_ref = api.sms_reference(p_reference)) s(at)
    where api.desk_texts_may(p_officer)
    order by s.at
$$;
grant execute on function api.desk_sms_steps(integer, text) to wardmote_desk;
