-- words_folded(text): words as they are compared in a search: without case and without accents, in every
-- script ("Ławka" and "LAWKA" are "lawka"). Letters come apart by Unicode's compatibility decomposition
-- (UAX #15) and lose their marks; those that do not come apart stand in the list. Pure.
-- Called by: api.round_search. Locks: none.
create function api.words_folded(p text) returns text
language sql immutable
set search_path = wardmote, pg_temp
as $$
    select translate(regexp_replace(lower(normalize(p, nfkd) collate "und-x-icu"),
                                    '[\u0300-\u036f]', '', 'g'), 'łøđħı', 'lodhi')
$$;
