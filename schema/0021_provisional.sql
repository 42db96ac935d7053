-- 0021_provisional.sql: a published result is provisional for a time that the round's rules name; it
-- can be challenged until then, and is final afterwards (result.final_at).
alter table round
    add column provisional_days integer not null default 28 check (provisional_days between 0 and 365);
