-- code_check(lookup, address, network): whose voting code is this? `lookup` is the code's keyed
-- hash, `address` and `network` those of the network address that asks and of its /24 or /64.
-- Called by: server/store_votes.c, outside a transaction, so that the try is kept.
-- Outcomes: 'good' with voter, credential and generation; 'wrong' (unknown or void alike); 'wait'
-- (five wrong ones in 15 minutes from this address, 50 from its network, or 1,000 in a minute
-- from all) whatever the code. `wrong_in_hour`: from all, for the alarm at 200.
-- Each call does the same work and writes one row of code_try, so that the time tells nothing:
-- an unknown code, a void one and a right one are looked up and counted by the same statements.
-- Locks: advisory (3, network), so that tries sent side by side are counted one after the other.
create function api.code_check(p_lookup bytea, p_address bytea, p_network bytea)
returns table (outcome text, voter bigint, credential bigint, generation integer,
               wrong_in_hour integer)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_now     constant timestamptz := clock_timestamp();
    v_wait    boolean;
    v_voter   bigint;
    v_id      bigint;
    v_gen     integer;
    v_void    boolean;
    v_outcome text;
    v_wrong   integer;
begin
    perform pg_advisory_xact_lock(3, hashtext(encode(p_network, 'hex')));
    select (select count(*) from (select from code_try t
                                  where t.address_key = p_address and t.outcome = 'wrong'
                                    and t.at > v_now - interval '15 minutes' limit 5) few) >= 5
           or (select count(*) from (select from code_try t
                                     where t.network_key = p_network and t.outcome = 'wrong'
                                       and t.at > v_now - interval '15 minutes' limit 50) few) >= 50
           or (select count(*) from (select from code_try t
                                     where t.outcome = 'wrong'
                                       and t.at > v_now - interval '1 minute'
                                     limit 1000) many) >= 1000
    into v_wait;
    select v.id, c.id, v.generation, c.id is null or c.voided_at is not null
    into v_voter, v_id, v_gen, v_void
    from (select) one
    left join credential c on c.lookup = p_lookup and c.kind = 'code'
    left join voter v on v.id = c.voter_id;
    v_outcome := case when v_wait then 'wait' when v_void then 'wrong' else 'good' end;
    insert into code_try (at, door, outcome, address_key, network_key)
    values (v_now, 1, v_outcome, p_address, p_network);
    v_wrong := api.wrong_in_hour();
    if v_outcome <> 'good' then
        v_voter := null; v_id := null; v_gen := null;
    end if;
    return query select v_outcome, v_voter, v_id, v_gen, v_wrong;
end
$$;
grant execute on function api.code_check(bytea, bytea, bytea) to wardmote_web;
