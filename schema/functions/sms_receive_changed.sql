-- sms_receive_changed(providers, endpoints, message_ids, near_keys): texts that came again. Where one
-- has other words, or another sender, than the one that was kept under its id, an alarm is raised:
-- a provider that uses ids twice loses texts. Nothing is changed: the first one stands. Of erased
-- and of quarantined texts nobody can tell.
-- Called by: api.sms_receive, api.sms_receive_late and api.sms_receive_all, where a text was known.
-- Locks: the alarm's row.
create function api.sms_receive_changed(p_providers text[], p_endpoints text[],
                                        p_message_ids text[], p_near_keys bytea[])
returns void
language sql
set search_path = wardmote, pg_temp
as $$
    select api.sms_alarm_raise('text_changed:' || x.provider)
    from (select distinct a.provider
          from unnest(p_providers, p_endpoints, p_message_ids, p_near_keys)
               a(provider, endpoint, message_id, near_key)
          join inbox i on i.provider = a.provider and i.endpoint = a.endpoint
                      and i.message_id = a.message_id
          where i.near_key <> a.near_key and i.state <> 'quarantined'
            and i.near_key <> decode(repeat('00', 32), 'hex')) x
$$;
