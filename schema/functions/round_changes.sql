-- round_changes(round): what two officers changed after the rules were frozen, as one line for the
-- published file; '' where nothing was. Called by: api.count_begin. Locks: none.
create function api.round_changes(p_round integer) returns text
language sql stable
set search_path = wardmote, pg_temp
as $$
    select coalesce(string_agg(
        case a.kind
            when 'extension' then 'Closed at '
                || to_char(a.closes_at at time zone 'Europe/London', 'DD.MM.YYYY HH24:MI:SS')
                || ' instead of '
                || to_char(a.closed_at at time zone 'Europe/London', 'DD.MM.YYYY HH24:MI:SS')
            when 'withdrawal' then 'Proposal ' || to_char(p.number, 'FM0000') || ' withdrawn'
            else 'A ballot declared void' end
        || ', reason: ' || a.reason
        || case when a.reason ~ '[.!?…]$' then '' else '.' end, ' ' order by a.decided_at, a.id), '')
    from amendment a left join proposal p on p.id = a.proposal_id
    where a.round_id = p_round and a.granted
$$;
