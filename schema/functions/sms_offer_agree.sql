-- sms_offer_agree(recipient key, now): who offered help by text agrees to be called about what they
-- offered in the last day. Called by: the SMS daemon. One row: how many offers that were; 0: none
-- waited. Locks: the offers' rows.
create function api.sms_offer_agree(p_recipient bytea) returns integer
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_some integer;
begin
    update offer o set agreed_at = clock_timestamp()
    where o.recipient_key = p_recipient and o.agreed_at is null
      and o.made_at > clock_timestamp() - interval '1 day';
    get diagnostics v_some = row_count;
    return v_some;
end
$$;
grant execute on function api.sms_offer_agree(bytea) to wardmote_sms;
