-- 0049_translations.sql: a proposal's words in another language, beside the English ones, which alone
-- are frozen with the round: a translation may be mended at any time, and every wording of it is kept.
create table proposal_translation (
    proposal_id integer not null references proposal on delete cascade,
    language    text not null check (language ~ '^[a-z]{2}(-[A-Z]{2})?$' and language <> 'en'),
    revision    integer not null check (revision >= 1),     -- of this translation
    of_revision integer not null check (of_revision >= 1),  -- the English wording that it says
    at          timestamptz not null default clock_timestamp(),
    officer_id  integer references officer,
    title       text not null check (length(title) <= 120),
    short_name  text not null check (length(short_name) <= 16),
    summary     text not null check (length(summary) <= 300),
    body        text not null check (length(body) <= 20000),
    primary key (proposal_id, language, revision)           -- the latest stands; append-only
);
grant select, insert on proposal_translation to wardmote_api;
grant execute on function audit_noted(text, jsonb, jsonb) to wardmote_api;

create function translation_kept() returns trigger language plpgsql as $$
begin
    raise exception 'translations are append-only';
end
$$;
create trigger translation_kept before update on proposal_translation
    for each row execute function translation_kept();
