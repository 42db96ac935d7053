-- news_words(): what the word NEWS asks for, as the page about texts says it, and as it is kept with
-- the consent. Called by: server/store_texts.c, api.sms_answer. Locks: none.
create function api.news_words() returns text
language sql immutable security definer
set search_path = wardmote, pg_temp
as $$
    select 'Text NEWS to get a text when a vote opens where you live, one the day before it '
        || 'closes, and one when its result is out. Until you vote from your phone, that is votes '
        || 'of the whole council only. Text STOP to end it.'
$$;
grant execute on function api.news_words() to wardmote_web;
