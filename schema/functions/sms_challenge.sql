-- sms_challenge(inbox, sender_key, digits, rounds): a text without a code wants to vote in these
-- rounds (none: take its votes back): remembers the keyed hash of the digits that its number must
-- send back. Called by: sms/inbox_look.c.
-- Outcomes: 'asked', with what the rounds require and this number has not declared yet:
-- minimum_age, and residence 'none', 'postcode' or 'neighbourhood'; minutes: the shortest grace,
-- within which the ballot keeps its text's time; 'limited': six of this number in an hour.
-- Locks: none; a number's texts are judged one by one.
create function api.sms_challenge(p_inbox bigint, p_sender_key bytea, p_digits bytea,
                                  p_rounds integer[])
returns table (outcome text, minimum_age integer, residence text, minutes integer)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
begin
    if (select count(*) from sms_challenge c
        where c.sender_key = p_sender_key
          and c.created_at > clock_timestamp() - interval '1 hour') >= 6 then
        return query select 'limited', null::integer, null::text, null::integer;
        return;
    end if;
    insert into sms_challenge (inbox_id, sender_key, digits_key, rounds)
    values (p_inbox, p_sender_key, p_digits, p_rounds);
    return query
    select 'asked', max(r.minimum_age)::integer,
           case when bool_or(r.residence = 'postcode') then 'postcode'
                when bool_or(r.residence = 'neighbourhood') then 'neighbourhood'
                else 'none' end,
           coalesce(floor(extract(epoch from min(g.grace)) / 60)::integer, 15)
    from unnest(p_rounds) k(id)
    join round g on g.id = k.id
    left join round r on r.id = k.id and not exists (
        select from credential c
        join declaration d on d.voter_id = c.voter_id and d.round_id = r.id
        where c.lookup = p_sender_key and c.kind = 'phone'
          and (r.minimum_age is null or d.old_enough)
          and (r.residence = 'none' or d.residence <> ''));
end
$$;
grant execute on function api.sms_challenge(bigint, bytea, bytea, integer[]) to wardmote_sms;
