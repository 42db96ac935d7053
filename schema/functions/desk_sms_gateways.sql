-- desk_sms_gateways(officer): the providers that a daemon sends by, and others that sent within the
-- day or are paused. state: 'ready'; 'paused' (`until` null: until an officer resumes it; `why`);
-- 'broken' (its breaker is open until then); 'trying' (one call decides whether it closes); prices
-- in pence as written, for a segment; `rate` texts a second; attempts of the last hour and day that
-- were accepted, failed, or whose outcome is unknown; `webhook_lost`: within the day a text came only
-- because a daemon asked for it. No row: not an officer who looks after texts.
-- Called by: server/store_sms.c. Locks: none.
create function api.desk_sms_gateways(p_officer integer)
returns table (name text, used boolean, state text, until timestamptz, why text, price text,
               price_abroad text, rate text, sent_hour bigint, failed_hour bigint,
               unknown_hour bigint, sent_day bigint, failed_day bigint, unknown_day bigint,
               webhook_lost boolean)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    with day as (
        select a.provider, a.started_at > clock_timestamp() - interval '1 hour' as hour,
               case a.outcome when 'accepted' then 's' when 'unknown' then 'u' else 'f' end as o
        from attempt a
        where a.started_at > clock_timestamp() - interval '1 day' and a.outcome is not null
    ), tally as (
        select d.provider, count(*) filter (where d.hour and d.o = 's') as sh,
               count(*) filter (where d.hour and d.o = 'f') as fh,
               count(*) filter (where d.hour and d.o = 'u') as uh,
               count(*) filter (where d.o = 's') as sd, count(*) filter (where d.o = 'f') as fd,
               count(*) filter (where d.o = 'u') as ud
        from day d group by d.provider
    )
    select g.name, g.place is not null,
           case when g.paused_until > clock_timestamp() then 'paused'
                when g.probing then 'trying'
                when g.open_until > clock_timestamp() then 'broken'
                when g.opened > 0 then 'trying' else 'ready' end,
           case when g.paused_until > clock_timestamp()
                then nullif(g.paused_until, 'infinity')
                when g.open_until > clock_timestamp() then g.open_until end,
           case when g.paused_until > clock_timestamp() then coalesce(g.paused_why, '')
                else '' end,
           trim_scale(g.price)::text, trim_scale(g.price_abroad)::text, g.rate::text,
           coalesce(t.sh, 0), coalesce(t.fh, 0), coalesce(t.uh, 0),
           coalesce(t.sd, 0), coalesce(t.fd, 0), coalesce(t.ud, 0),
           exists (select from sms_alarm a
                   where a.name = 'webhook_lost:' || g.name
                     and greatest(a.since, a.told_at) > clock_timestamp() - interval '1 day')
    from sms_gateway g left join tally t on t.provider = g.name
    where api.desk_texts_may(p_officer)
      and (g.place is not null or t.provider is not null
           or g.paused_until > clock_timestamp())
    order by g.place, g.name
$$;
grant execute on function api.desk_sms_gateways(integer) to wardmote_desk;
