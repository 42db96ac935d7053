-- sms_offer(number, words, number sealed, recipient key): help with a project, by text: of the round that
-- is open, else of the one nearest in time, as INFO chooses. Nobody sees it before its number says
-- AGREE (api.sms_offer_agree): until then an offer that was agreed to stands as it was.
-- Called by: sms/offer.c. Outcomes: 'asked', with the project; 'question' (yes or no: nothing to help
-- with); 'many' (twenty of this number wait); 'not_found'. Locks: the offer's row.
create function api.sms_offer(p_number smallint, p_words text, p_sealed bytea, p_recipient bytea)
returns table (outcome text, short_name text, area text)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_proposal integer;
    v_kind     text;
    v_offer    offer;
begin
    select p.id, r.kind, p.short_name, n.name into v_proposal, v_kind, short_name, area
    from proposal p
    join round r on r.id = p.round_id and r.frozen and r.eligibility <> 'practice'
    join neighbourhood n on n.id = r.neighbourhood_id
    where p.number = p_number and p.state = 'published'
    order by api.round_phase(r) = 'open' desc,
             abs(extract(epoch from r.closes_at - clock_timestamp())), r.id
    limit 1;
    select o.* into v_offer from offer o
    where o.recipient_key = p_recipient and o.proposal_id = v_proposal for update;
    outcome := case when v_proposal is null then 'not_found'
                    when v_kind = 'yes_no' then 'question'
                    when v_offer.id is null
                         and (select count(*) from offer o
                              where o.recipient_key = p_recipient and o.agreed_at is null) >= 20
                    then 'many' else 'asked' end;
    if outcome <> 'asked' then
        return next;
        return;
    end if;
    if v_offer.id is null then
        insert into offer (proposal_id, words, number_sealed, recipient_key, door, asked_at)
        values (v_proposal, p_words, p_sealed, p_recipient, 'text', clock_timestamp());
    else
        update offer o
        set words = case when o.agreed_at is null then p_words else o.words end,
            new_words = case when o.agreed_at is not null then p_words end,
            made_at = case when o.agreed_at is null then clock_timestamp() else o.made_at end,
            asked_at = clock_timestamp()
        where o.id = v_offer.id;
    end if;
    return next;
end
$$;
grant execute on function api.sms_offer(smallint, text, bytea, bytea) to wardmote_sms;
