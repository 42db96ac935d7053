-- 0058_inbox_waiting.sql: which texts wait to be read is a narrow table beside the inbox. What marked
-- them were columns of the text that indexes knew, so that a text which was done became a new version
-- in every index; now it stays in its place (a HOT update, for which its page keeps room), and an entry
-- of a few bytes is deleted.
create table inbox_waiting (
    -- Not a foreign key, which would lock and look up each text that comes in: no text is ever deleted,
    -- and enter_waiting() below is the only door.
    inbox_id   bigint primary key,
    sender_key bytea not null,
    next_at    timestamptz not null default clock_timestamp(),
    alone      boolean not null default false -- a failed or expired claim: claimed singly
);
create index inbox_waiting_todo on inbox_waiting (next_at, inbox_id) where not alone;
create index inbox_waiting_alone on inbox_waiting (next_at, inbox_id) where alone;
create index inbox_waiting_sender on inbox_waiting (sender_key, inbox_id);
grant select, insert, update, delete on inbox_waiting to wardmote_api;

lock table inbox in access exclusive mode; -- none comes in between what is copied and the trigger
insert into inbox_waiting (inbox_id, sender_key, next_at, alone)
select id, sender_key, next_at, alone from inbox where state = 'new';

drop index inbox_alone, inbox_todo, inbox_sender, inbox_letter;
alter table inbox
    drop column alone, drop column next_at,
    -- Not the state itself, which changes once for every text: an index on it would be that index again.
    add column letter boolean not null generated always as (state in ('dead', 'quarantined')) stored,
    set (fillfactor = 45);
create index inbox_letter on inbox (id) where letter;

-- Whatever comes in as 'new' waits, by every door.
create function enter_waiting() returns trigger language plpgsql
set search_path = wardmote, pg_temp
as $$
begin
    insert into inbox_waiting (inbox_id, sender_key)
    select f.id, f.sender_key from fresh f where f.state = 'new';
    return null;
end
$$;
create trigger inbox_waits after insert on inbox referencing new table as fresh
    for each statement execute function enter_waiting();
