-- 0052_inbox_lease.sql: a batch of texts that a worker has in hand is one row beside the inbox, and no
-- longer a mark on each text. That mark was two more versions of the text, each in every index: a
-- third of what a text cost the database. A text that waits and one in somebody's hands are both
-- 'new': whether it is leased, inbox_lease says.
create table inbox_lease (
    token  bigint primary key,
    until  timestamptz not null,
    ids    bigint[] not null check (cardinality(ids) > 0) -- of inbox
);
grant select, insert, update, delete on inbox_lease to wardmote_api;

-- What was in hand during the upgrade is read again, each alone, as if its lease had run out.
update inbox set state = 'new', alone = true, lease_token = null where state = 'leased';
drop index inbox_token, inbox_sender;
create index inbox_sender on inbox (sender_key, id) where state = 'new';
alter table inbox
    drop constraint inbox_state_check,
    add constraint inbox_state_check
        check (state in ('new', 'done', 'duplicate', 'dead', 'quarantined')),
    drop column lease_token, drop column lease_until;

-- What is old enough to lose its number stands together, in the order in which it came: the pages in
-- which it may be say enough, and cost next to nothing to keep.
drop index inbox_number_kept, outbox_number_kept;
create index inbox_number_kept on inbox using brin (received_at) with (autosummarize = on)
    where sender_sealed is not null;
create index outbox_number_kept on outbox using brin (created_at) with (autosummarize = on)
    where recipient_sealed is not null;
