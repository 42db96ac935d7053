-- bulk_people(round, before): whom a bulk text about this round may go to: those who asked before
-- that moment and live in its area; who is known by number only, about the whole place only.
-- Called by other functions only. Locks: none.
create function api.bulk_people(p_round integer, p_before timestamptz)
returns table (id bigint, recipient_key bytea, number_sealed bytea, door text)
language sql stable
set search_path = wardmote, pg_temp
as $$
    select c.id, c.recipient_key, c.number_sealed, c.door
    from sms_consent c
    cross join (select r.neighbourhood_id as id, n.parent_id is null as whole
                from round r join neighbourhood n on n.id = r.neighbourhood_id
                where r.id = p_round) place
    cross join lateral (select coalesce(c.neighbourhood_id, api.sms_area(c.recipient_key))) home(id)
    where c.ended_at is null and c.given_at <= p_before
      and not exists (select from sms_stop s where s.recipient_key = c.recipient_key)
      and case when home.id is null then place.whole
               else exists (select from neighbourhood_within w
                            where w.neighbourhood_id = home.id and w.within_id = place.id) end
$$;
