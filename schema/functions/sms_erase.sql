-- sms_erase(now): what need not be kept any longer: bodies of texts a day after their final state,
-- failed tries, sign-ins by phone, challenges by text, where lists were left, and files that nobody
-- imported older than a day, and receipts that belong to no text of ours after a week. What was
-- sent and counted stays, without its words.
-- Called by api.retain only.
-- Outcome: how many bodies were erased. Locks: the rows that it changes.
create function api.sms_erase(p_now timestamptz) returns bigint
language sql
set search_path = wardmote, pg_temp
as $$
    with texts as (
        update inbox set body_sealed = null
        where body_sealed is not null
          and state in ('done', 'duplicate', 'dead', 'quarantined')
          and coalesce(done_at, received_at) < p_now - interval '1 day'
        returning id
    ), replies as (
        update outbox set body_sealed = null
        where body_sealed is not null
          and state in ('accepted', 'delivered', 'undelivered', 'expired', 'dead', 'cancelled')
          and coalesce(done_at, created_at) < p_now - interval '1 day'
        returning id
    ), receipts as (
        delete from sms_receipt_early where received_at < p_now - interval '7 days'
    ), tries as (
        delete from failure where at < p_now - interval '1 day'
    ), codes as (
        delete from code_try where at < p_now - interval '1 day'
    ), sign_ins as (
        delete from sign_in where created_at < p_now - interval '1 day'
    ), challenges as (
        delete from sms_challenge where created_at < p_now - interval '1 day'
    ), lists as (
        delete from sms_list where at < p_now - interval '1 day'
    ), import_parts as (
        delete from register_import_part p
        using register_import i
        where i.id = p.import_id and i.created_at < p_now - interval '1 day'
    ), import_samples as (
        delete from register_import_sample s
        using register_import i
        where i.id = s.import_id and i.created_at < p_now - interval '1 day'
    )
    select (select count(*) from texts) + (select count(*) from replies)
$$;
