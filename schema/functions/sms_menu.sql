-- sms_menu(voter, at): every number that this voter could have meant: published proposals and
-- questions of the rounds in reach that were open at `at`; without a voter, of all rounds.
-- by_phone: its round's voters are mobile numbers. For suggestions only; nothing that is guessed from it is ever counted.
-- Called by: sms/inbox_look.c. Locks: none.
create function api.sms_menu(p_voter bigint, p_at timestamptz)
returns table (number smallint, short_name text, by_phone boolean)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select p.number, p.short_name, r.eligibility = 'phone'
    from round r
    join proposal p on p.round_id = r.id and p.state = 'published'
    where r.state = 'scheduled' and r.eligibility <> 'practice' and r.opens_at <= p_at and p_at < r.closes_at
      and (p_voter is null
           or exists (select from voter v
                      join register g on g.id = v.register_id
                      join neighbourhood_within w on w.neighbourhood_id = v.neighbourhood_id
                      where v.id = p_voter and w.within_id = r.neighbourhood_id
                        and api.register_holds(g.kind, g.retired_at, r.eligibility)))
    order by p.number
$$;
grant execute on function api.sms_menu(bigint, timestamptz) to wardmote_sms;
