-- retain(now): erases what need not be kept any longer at `now` (architecture, section 8a):
--   words    bodies of texts and replies a day after their final state; failed tries after a day
--            (api.sms_erase); the digits of a sign-in by text, and the number of a notice, after a day
--   numbers  of texts and replies: 28 days after the final result of every round that a text voted
--            in, or after it came when it voted in none; of phone voters likewise, and then their
--            look-up key too; of an imported register, with its address references, 28 days after
--            it was retired; of bulk texts that were asked for: when STOP ends it, and then 28 days
--            later the look-up key; the language that a number chose: a year later, once it neither
--            texts us nor asked for bulk texts; of ideas, with their proposers' names: 28 days after the
--            decision; of offers of help: 28 days after they were answered
--   rounds   whose result is final for 28 days: the pseudonym key, the picks in every revision (the
--            published file keeps them, without voters), what voters declared
-- Called by: api.retain_now, every ten minutes; deploy/retain.sh; tests give another time.
-- Outcome: how many of each were erased. Locks: the rows that it changes.
create function api.retain(p_now timestamptz)
returns table (words bigint, numbers bigint, rounds bigint)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_round integer;
    v_some  bigint;
    v_old   integer[]; -- registers that were retired 28 days ago
begin
    words := api.sms_erase(p_now);
    update notice n set body_sealed = null, number_sealed = null, recipient_key = null
    where n.taken_at < p_now - interval '1 day' and n.number_sealed is not null;
    get diagnostics v_some = row_count;
    words := words + v_some;

    rounds := 0;
    for v_round in
        select r.id from round r
        where r.k_pseudonym is not null and api.round_spent(r.id, p_now) order by r.id
    loop
        perform api.round_settle(v_round);
        update round r set k_pseudonym = null where r.id = v_round;
        perform wardmote.empty_revisions(v_round);
        update declaration d set residence = '' where d.round_id = v_round and d.residence <> '';
        rounds := rounds + 1;
    end loop;

    update inbox i
    set sender_sealed = null, sender_key = decode(repeat('00', 32), 'hex'),
        near_key = decode(repeat('00', 32), 'hex')
    where i.sender_sealed is not null and i.received_at < p_now - interval '28 days'
      and i.state in ('done', 'duplicate', 'dead', 'quarantined')
      and not exists (select from revision x where x.inbox_id = i.id
                      and not api.round_spent(x.round_id, p_now));
    get diagnostics numbers = row_count;
    update outbox o
    set recipient_sealed = null, recipient_key = decode(repeat('00', 32), 'hex'), body_key = null
    where o.recipient_sealed is not null and o.created_at < p_now - interval '28 days'
      and o.state in ('accepted', 'delivered', 'undelivered', 'expired', 'dead', 'cancelled');
    get diagnostics v_some = row_count;
    numbers := numbers + v_some;

    -- The proof of what was asked for stays without its number.
    update sms_consent c set recipient_key = decode(repeat('00', 32), 'hex')
    where c.ended_at < p_now - interval '28 days'
      and c.recipient_key <> decode(repeat('00', 32), 'hex');
    delete from sms_language l
    where l.chosen_at < p_now - interval '1 year'
      and not exists (select from inbox i where i.sender_key = l.recipient_key)
      and not exists (select from sms_consent c
                      where c.recipient_key = l.recipient_key and c.ended_at is null);
    delete from bulk_text b where api.round_spent(b.round_id, p_now);

    v_old := array(select g.id from register g
                   where g.retired_at < p_now - interval '28 days' and g.erased_at is null for update);
    -- Nobody finds a random key: the same number would be a new voter.
    update credential c
    set number_sealed = null,
        lookup = sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())),
        voided_at = coalesce(c.voided_at, p_now),
        void_reason = case when c.voided_at is null then 'number erased' else c.void_reason end
    from voter v join register g on g.id = v.register_id
    where v.id = c.voter_id and c.kind = 'phone' and c.number_sealed is not null
      and c.created_at < p_now - interval '28 days'
      and case g.kind
          when 'phones' then not exists (select from ballot b where b.voter_id = v.id
                                         and not api.round_spent(b.round_id, p_now))
          else g.retired_at < p_now - interval '28 days' end;
    get diagnostics v_some = row_count;
    numbers := numbers + v_some;
    numbers := numbers + api.retain_ideas(p_now) + api.retain_offers(p_now);
    if cardinality(v_old) > 0 then
        update register_address a set address = '-', postcode = '', uprn = ''
        where a.register_id = any (v_old);
        update credential c set address_ref = ''
        from voter v
        where v.id = c.voter_id and v.register_id = any (v_old) and c.address_ref <> '';
        update register g set erased_at = p_now where g.id = any (v_old);
    end if;
    delete from outline_import i where i.begun_at < p_now - interval '1 day';
    if words + numbers + rounds > 0 then
        insert into erasure (words, numbers, rounds) values (words, numbers, rounds);
    end if;
    return next;
end
$$;
