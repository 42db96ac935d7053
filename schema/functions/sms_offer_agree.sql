-- sms_offer_agree(recipient key, number): this number agrees that an officer may call it about what it
-- offered by text within a day: about the project `number`, or about all (0).
-- Called by: sms/offer.c. Outcomes: a row an offer that waited; none: nothing did. Locks: their rows.
create function api.sms_offer_agree(p_recipient bytea, p_number smallint)
returns table (number smallint, short_name text, area text)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    with agreed as (
        update offer o
        set words = coalesce(o.new_words, o.words), new_words = null, asked_at = null,
            agreed_at = clock_timestamp(), answered_at = null, answered_by = null,
            made_at = case when o.new_words is null then o.made_at else clock_timestamp() end
        where o.recipient_key = p_recipient and o.asked_at > clock_timestamp() - interval '1 day'
          and (p_number = 0 or o.proposal_id in (select p.id from proposal p
                                                 where p.number = p_number))
        returning o.id, o.proposal_id
    )
    select p.number, p.short_name, n.name
    from agreed a
    join proposal p on p.id = a.proposal_id
    join round r on r.id = p.round_id
    join neighbourhood n on n.id = r.neighbourhood_id
    order by a.id;
end
$$;
grant execute on function api.sms_offer_agree(bytea, smallint) to wardmote_sms;
