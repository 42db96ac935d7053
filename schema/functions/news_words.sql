-- news_words(language): what the word NEWS asks for, as the page about texts says it, and as it is
-- kept with the consent, in that language; in English where it has no words of its own, between the
-- marks of the pseudo-locale (common/language.h) for that. Called by: server/store_texts.c,
-- api.sms_answer. Locks: none.
create function api.news_words(p_language text) returns text
language sql immutable security definer
set search_path = wardmote, pg_temp
as $$
    select case p_language when 'pl' then w.polish
                           when 'ar-XB' then e'\u202e' || w.english || e'\u202c'
                           else w.english end
    from (select 'Text NEWS to get a text when a vote opens where you live, one the day before it '
            || 'closes, and one when its result is out. Until you vote from your phone, that is '
            || 'votes of the whole council only. Text STOP to end it.' as english,
                 'Wyślij WIADOMOSCI, aby dostać SMS, gdy otworzy się głosowanie tam, gdzie mieszkasz, '
            || 'dzień przed jego końcem i gdy będzie znany wynik. Dopóki z tego telefonu nie oddano '
            || 'głosu, dotyczy to tylko głosowań w całej gminie. Aby to zakończyć, wyślij STOP.'
            as polish) w
$$;
grant execute on function api.news_words(text) to wardmote_web;
