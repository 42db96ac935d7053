-- 0045_sign_in_language.sql: digits for a sign-in on the web are texted in the language of the page
-- that they were asked for on.

alter table notice add column language text check (language in ('en', 'pl')); -- null: the number's
