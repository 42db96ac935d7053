-- offer_make(round slug, number, pledge, name, words, number sealed, recipient key): help with
-- a proposal, or with a pledge (slug and number null). A later offer of the same number for the same
-- thing takes the earlier one's place. The box that was ticked is the consent to be called.
-- Called by: server/store_offer.c. Outcomes: 'made'; 'not_found' (nothing public is
-- there, or it was withdrawn or declined). Locks: the offer's row.
create function api.offer_make(p_slug text, p_number smallint, p_pledge integer, p_name text,
                               p_words text, p_sealed bytea, p_recipient bytea)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_proposal integer;
    v_pledge   integer;
    v_offer    bigint;
begin
    select p.id into v_proposal from proposal p join round r on r.id = p.round_id
    where r.slug = p_slug and p.number = p_number and p.state = 'published' and r.frozen
      and r.eligibility <> 'practice'
      and r.kind <> 'yes_no';
    select g.id into v_pledge from pledge g join agreement_edition e on e.id = g.edition_id
    where p_slug is null and g.id = p_pledge and api.edition_state(e) in ('proposed', 'adopted')
      and g.state <> 'declined';
    if v_proposal is null and v_pledge is null then
        return 'not_found';
    end if;
    select o.id into v_offer from offer o
    where o.recipient_key = p_recipient
      and (o.proposal_id = v_proposal or o.pledge_id = v_pledge) for update;
    if v_offer is null then
        insert into offer (proposal_id, pledge_id, name, words, number_sealed, recipient_key, door,
                           agreed_at)
        values (v_proposal, v_pledge, p_name, p_words, p_sealed, p_recipient, 'web',
                clock_timestamp());
    else
        update offer o
        set name = p_name, words = p_words, made_at = clock_timestamp(), answered_at = null,
            answered_by = null, agreed_at = coalesce(o.agreed_at, clock_timestamp()),
            new_words = null, asked_at = null
        where o.id = v_offer;
    end if;
    return 'made';
exception when unique_violation then
    return 'made'; -- a second click, at the same moment
end
$$;
grant execute on function api.offer_make(text, smallint, integer, text, text, bytea, bytea)
    to wardmote_web;
