-- code_check(lookup, address): whose voting code is this? `lookup` is the code's keyed hash,
-- `address` the keyed hash of the network address that asks.
-- Called by: server/store_votes.c, outside a transaction, so that a failure is kept.
-- Outcomes: 'good' with voter, credential and generation; 'wrong' (unknown or void alike: the same
-- work, the same words) and one failure noted; 'wait' (five failures in 15 minutes from this
-- address, or 1,000 in a minute from all) whatever the code, and nothing noted.
-- Locks: advisory (3, address), so that tries sent side by side are counted one after the other.
create function api.code_check(p_lookup bytea, p_address bytea)
returns table (outcome text, voter bigint, credential bigint, generation integer)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    found_voter      bigint;
    found_credential bigint;
    found_generation integer;
begin
    perform pg_advisory_xact_lock(3, hashtext(encode(p_address, 'hex')));
    if (select count(*) from (select from failure f
                              where f.kind = 'code' and f.key = p_address
                                and f.at > clock_timestamp() - interval '15 minutes'
                              limit 5) few) >= 5
       or (select count(*) from (select from failure f
                                 where f.kind = 'code'
                                   and f.at > clock_timestamp() - interval '1 minute'
                                 limit 1000) many) >= 1000 then
        return query select 'wait', null::bigint, null::bigint, null::integer;
        return;
    end if;

    select v.id, c.id, v.generation into found_voter, found_credential, found_generation
    from credential c join voter v on v.id = c.voter_id
    where c.lookup = p_lookup and c.kind = 'code' and c.voided_at is null;
    if found_voter is null then
        insert into failure (kind, key) values ('code', p_address);
        return query select 'wrong', null::bigint, null::bigint, null::integer;
        return;
    end if;
    return query select 'good', found_voter, found_credential, found_generation;
end
$$;
grant execute on function api.code_check(bytea, bytea) to wardmote_web;
