-- 0061_credential_count.sql: the codes of a register are counted from an index alone
-- (api.register_codes); what it holds besides the voter changes when a code is voided, and hardly ever.
drop index credential_voter;
create index credential_voter on credential (voter_id) include (kind, voided_at);
