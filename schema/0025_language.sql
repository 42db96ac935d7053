-- 0025_language.sql: in which language a number is answered, once it texted LANG; English otherwise.

create table sms_language (
    recipient_key bytea primary key check (octet_length(recipient_key) = 32),
    language      text not null check (language in ('en', 'pl')),
    chosen_at     timestamptz not null default clock_timestamp()
);

grant select, insert, update, delete on sms_language to wardmote_api;
