-- desk_sms_text(officer, outward, reference): one text. See desk_sms_rows. No row: no such text, or
-- not an officer who looks after texts.
-- Called by: server/store_sms.c. Locks: none.
create function api.desk_sms_text(p_officer integer, p_outward boolean, p_reference text)
returns table (outward boolean, reference text, at timestamptz, state text, why text, class text,
               provider text, provider_id text, our_number text, sealed bytea, words boolean,
               attempts integer, next_at timestamptz, ended_at timestamptz, segments integer)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    with n as (
        select case when p_reference ~ '^[0-9]{1,18}$' then p_reference::bigint end as id
    )
    select r.* from api.desk_sms_rows(
        array(select o.id from outbox o
              where p_outward and o.client_ref = api.sms_reference(p_reference)),
        array(select i.id from inbox i, n where not p_outward and i.id = n.id)) r
    where api.desk_texts_may(p_officer)
$$;
grant execute on function api.desk_sms_text(integer, boolean, text) to wardmote_desk;
