-- 0042_practice.sql: practice rounds, in which nobody votes: their ballots are made up at the desk, by voters
-- on registers that hold for nothing else. Nobody who may vote anywhere reaches one.
alter table round drop constraint round_eligibility_check;
alter table round
    add check (eligibility in ('code', 'phone', 'register', 'practice')),
    add check (eligibility <> 'practice' or state not in ('result_review', 'published'));
alter table register drop constraint register_kind_check;
alter table register
    add check (kind in ('codes', 'phones', 'imported', 'practice'));
