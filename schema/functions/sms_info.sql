-- sms_info(number): a project or question by its number, for INFO: of the round that is open, else of
-- the one nearest in time. Called by: sms/inquiry.c. Outcomes: one row, none when no published round
-- has the number. phase: as api.round_phase, or 'withdrawn'. Locks: none.
create function api.sms_info(p_number smallint)
returns table (title text, summary text, area text, cost bigint, phase text, opens text,
               closes text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select p.title, p.summary, n.name, p.cost,
           case when p.state = 'withdrawn' then 'withdrawn'
                else api.round_phase(r) end,
           api.sms_when(r.opens_at), api.sms_when(r.closes_at)
    from proposal p
    join round r on r.id = p.round_id and r.frozen and r.eligibility <> 'practice'
    join neighbourhood n on n.id = r.neighbourhood_id
    where p.number = p_number and p.state <> 'draft'
    order by api.round_phase(r) = 'open' desc,
             abs(extract(epoch from r.closes_at - clock_timestamp())), r.id
    limit 1
$$;
grant execute on function api.sms_info(smallint) to wardmote_sms;
