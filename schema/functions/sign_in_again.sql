-- sign_in_again(id, digits, sealed, language): new digits for a sign-in whose text did not come. The
-- ones before are good no longer. `language` as in sign_in_begin. Called by: server/store_phone.c. Outcomes: 'sent'; 'wait' (sent three
-- times, or less than 30 seconds ago); 'gone' (ended, or half an hour old). Locks: its row.
create function api.sign_in_again(p_id uuid, p_digits bytea, p_sealed bytea,
                                  p_language text default null)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v sign_in;
begin
    select * into v from sign_in s where s.id = p_id for update;
    if v.id is null or v.ended_at is not null
       or v.created_at < clock_timestamp() - interval '30 minutes' then
        return 'gone';
    elsif v.sent >= 3 or v.sent_at > clock_timestamp() - interval '30 seconds' then
        return 'wait';
    end if;
    update sign_in s
    set digits_key = p_digits, sent = s.sent + 1, sent_at = clock_timestamp()
    where s.id = p_id;
    insert into notice (kind, number_sealed, recipient_key, body_sealed, language)
    values ('sign_in_code', v.number_sealed, v.phone_key, p_sealed, p_language);
    perform pg_notify('sms_in', '');
    return 'sent';
end
$$;
grant execute on function api.sign_in_again(uuid, bytea, bytea, text) to wardmote_web;
