-- 0022_accounts.sql: the books of a round, taken when it is counted and published with the result.
create table result_account (
    round_id integer not null references round,
    account  text not null check (account in ('codes', 'ballots')),
    channel  smallint not null check (channel between 0 and 4), -- of ballots; 0 for codes
    part     text not null check (part in ('used', 'unused', 'voided',
                                           'counted', 'replaced', 'withdrawn')),
    n        bigint not null check (n >= 0),
    primary key (round_id, account, channel, part)
);
grant select, insert on result_account to wardmote_api;
