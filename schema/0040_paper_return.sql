-- 0040_paper_return.sql: where residents hand in ballots on paper: printed on the ballot of a round,
-- and no part of its rules, so that officers may change it until the close.

create table paper_return (
    round_id   integer primary key references round on delete cascade,
    words      text not null check (length(words) between 1 and 400),
    changed_by integer not null references officer,
    changed_at timestamptz not null default clock_timestamp()
);
grant select, insert, update, delete on paper_return to wardmote_api;
