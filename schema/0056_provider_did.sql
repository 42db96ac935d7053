-- 0056_provider_did.sql: providers who answer STOP, START and HELP themselves say so with the text
-- (Twilio's OptOutType). The wish is noted, and the text gets no second reply.
alter table inbox add column provider_did text check (provider_did in ('stop', 'start', 'help'));
