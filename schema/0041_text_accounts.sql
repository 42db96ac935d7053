-- 0041_text_accounts.sql: the books of a round say what became of every text, too.
alter table result_account drop constraint result_account_account_check;
alter table result_account drop constraint result_account_part_check;
alter table result_account
    add check (account in ('codes', 'ballots', 'texts')),
    add check (case account
               when 'codes' then part in ('used', 'unused', 'voided')
               when 'ballots' then part in ('counted', 'replaced', 'withdrawn', 'voided')
               else part in ('ballots', 'elsewhere', 'confirmations', 'unconfirmed', 'queries',
                             'duplicates', 'late', 'unread', 'refused_code', 'refused_number',
                             'refused_limits', 'refused_area', 'refused_unclear',
                             'refused_other') end);
