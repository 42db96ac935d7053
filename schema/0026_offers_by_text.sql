-- 0026_offers_by_text.sql: a text is no proof of who sent it, so that a second one must not take an
-- agreed offer's place before its number said AGREE again.

alter table offer
    add column new_words text check (length(new_words) between 1 and 300), -- wait for AGREE
    add column asked_at  timestamptz,  -- when the number was last asked for AGREE
    add check (new_words is null or (agreed_at is not null and asked_at is not null));
