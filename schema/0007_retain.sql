-- 0007_retain.sql: what is kept, and for how long (architecture, section 8a). Numbers, the picks of
-- a voter's ballots and the key that ties ballots to voters go 28 days after a result is final.
-- Results, published files, commitments, receipts and the audit stay.
alter table inbox alter column sender_sealed drop not null;
alter table outbox alter column recipient_sealed drop not null;
create index inbox_number_kept on inbox (received_at) where sender_sealed is not null;
create index outbox_number_kept on outbox (created_at) where recipient_sealed is not null;

-- Revisions stay append-only, with one exception, row by row: what the retain job empties, once
-- the round's pseudonym key is gone. wardmote_api may not update revisions at all; the function
-- below, which belongs to the owner, is the only way.
drop trigger revision_kept on revision;
create trigger revision_kept before delete on revision
    for each statement execute function revision_kept();
create function revision_emptied() returns trigger language plpgsql as $$
declare
    emptied constant text[] := array['numbers', 'weights', 'picks_hash', 'form_key'];
begin
    if cardinality(new.numbers) = 0 and cardinality(new.weights) = 0
       and new.picks_hash = decode(repeat('00', 32), 'hex')
       and new.form_key = decode(repeat('00', 16), 'hex')
       and to_jsonb(new) - emptied = to_jsonb(old) - emptied
       and exists (select from wardmote.round r
                   where r.id = old.round_id and r.k_pseudonym is null
                     and r.state in ('published', 'archived')) then
        return new;
    end if;
    raise exception 'ballot revisions are append-only';
end
$$;
create trigger revision_emptied before update on revision
    for each row execute function revision_emptied();

-- Empties the revisions of a round whose pseudonym key is gone. Called by api.retain.
create function empty_revisions(p_round integer) returns bigint
language sql security definer
set search_path = wardmote, pg_temp
as $$
    with emptied as (
        update revision x
        set numbers = '{}', weights = '{}', picks_hash = decode(repeat('00', 32), 'hex'),
            form_key = decode(repeat('00', 16), 'hex')
        where x.round_id = p_round
        returning 1
    )
    select count(*) from emptied
$$;
revoke execute on function empty_revisions(integer) from public;
grant execute on function empty_revisions(integer) to wardmote_api;

-- What was erased, and when its old pages were rewritten: an update leaves the old bytes in the
-- table's file until then (deploy/retain.sh).
create table erasure (
    id           bigint generated always as identity primary key,
    at           timestamptz not null default clock_timestamp(),
    words        bigint not null,
    numbers      bigint not null,
    rounds       bigint not null,
    rewritten_at timestamptz
);
grant select, insert, update on erasure to wardmote_api;

-- A notice that was sent needs no number any more.
alter table notice drop constraint notice_check;
alter table notice add constraint notice_to_whom
    check (inbox_id is not null or number_sealed is not null or taken_at is not null);
