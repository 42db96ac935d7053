-- 0013_backlog.sql: what keeps texts quick while tens of thousands wait: texts whose outcome is
-- unknown are found without reading those that are queued; and a text that is claimed, and then
-- done, is entered in no more indexes than are read.
create index outbox_unknown on outbox (next_at) where state = 'unknown';

drop index inbox_leased; -- a lease that ran out is found by inbox_token: few are held at once
drop index inbox_near; -- words are compared with the same sender's of the last two minutes
drop index inbox_history;
create index inbox_history on inbox (sender_key, received_at);
drop index inbox_todo;
create index inbox_todo on inbox (next_at, id) where state = 'new' and not alone;
