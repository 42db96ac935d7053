-- sms_wish_new(key, outcome): whether a command (stop, start, news, lang_…) changes what this number
-- had wished so far. Then it is answered, however much help the number had: nobody should have to
-- guess whether STOP was heard. Said again it is one more reply among those that say nothing new.
-- Called by: api.sms_answer, before it notes the wish. Locks: none.
create function api.sms_wish_new(p_key bytea, p_outcome text) returns boolean
language sql stable
set search_path = wardmote, pg_temp
as $$
    select case
           when p_outcome = 'stop' then
               not exists (select from sms_stop s where s.recipient_key = p_key)
           when p_outcome = 'start' then
               exists (select from sms_stop s where s.recipient_key = p_key)
           when p_outcome = 'news' then
               not exists (select from sms_consent c
                           where c.recipient_key = p_key and c.ended_at is null)
           when p_outcome in ('lang_en', 'lang_pl') then
               api.sms_language(p_key) <> substr(p_outcome, 6)
           else false end
$$;
