-- bulk_moot(outbox): is this bulk text not true any more, or switched off? Its occasion is over, or
-- the close that it names has moved. Called by other functions only. Locks: none.
create function api.bulk_moot(p_outbox bigint) returns boolean
language sql stable
set search_path = wardmote, pg_temp
as $$
    select exists (select from bulk_text t where t.outbox_id = p_outbox)
       and not exists (
        select from bulk_text t
        join bulk b on b.round_id = t.round_id and b.occasion = t.occasion
        join round r on r.id = t.round_id
        join api.bulk_windows(t.round_id) w on w.occasion = t.occasion
        where t.outbox_id = p_outbox
          and clock_timestamp() >= w.begins and clock_timestamp() < w.ends
          and (t.closes_at is null or t.closes_at = r.closes_at))
$$;
