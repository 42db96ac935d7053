-- text_part(outcome, late): in which part of a round's books a text stands that cast no ballot: by
-- the word in which wardmote-sms wrote down what became of it (sms/judge.c). `late`: it came after
-- the close. Called by: api.round_accounts. Locks: none.
create function api.text_part(p_outcome text, p_late boolean) returns text
language sql immutable
as $$
    select case
        when p_outcome in ('told', 'shown', 'help', 'stop', 'start', 'news', 'lang', 'lang_en',
                           'lang_pl', 'offer', 'agree') then 'queries'
        when p_outcome = 'recorded' then 'confirmations'
        when p_late or p_outcome = 'refused_closed' then 'late'
        when p_outcome = 'challenged' then 'unconfirmed'
        when p_outcome in ('no_code', 'bad_code', 'wrong_code', 'wrong_digits') then 'refused_code'
        when p_outcome in ('refused_number', 'refused_limits', 'refused_area') then p_outcome
        when p_outcome in ('unclear', 'no_numbers', 'too_many', 'no_vote', 'bad_number',
                           'refused_kind') then 'refused_unclear'
        else 'refused_other' end
$$;
