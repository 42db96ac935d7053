-- desk_amendment_decide(officer, amendment, grant): a second officer grants what another asked for,
-- and it is done; or it is refused, or taken back by who asked.
-- Called by: server/store_amendments.c. Outcomes: 'granted'; 'refused'; 'not_found' (none, or not
-- this officer's to decide); 'own' (granting what one asked for oneself); 'decided' (already, the
-- other way); or what amendment_hindrance says, with its detail: it can still be refused.
-- Locks, in the order of all: round (exclusive to extend or withdraw, shared to void a ballot) ->
-- voter -> amendment.
create function api.desk_amendment_decide(p_officer integer, p_amendment bigint, p_grant boolean)
returns table (outcome text, detail text)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_what    amendment;
    v_voter   bigint;
    v_problem record;
begin
    -- What it concerns never changes: it can be read before the locks. Whether it is decided, not.
    select a.* into v_what from amendment a
    left join round r on r.id = a.round_id
    left join credential c on c.id = a.credential_id
    left join voter v on v.id = c.voter_id
    where a.id = p_amendment
      and api.desk_may(p_officer, coalesce(r.neighbourhood_id, v.neighbourhood_id),
                       'ward_officer', 'approver');
    if v_what.id is null then
        return query select 'not_found', '';
        return;
    end if;
    perform api.lock_round(v_what.round_id, v_what.kind <> 'void_ballot')
    where v_what.round_id is not null;
    v_voter := coalesce(v_what.voter_id, (select c.voter_id from credential c
                                          where c.id = v_what.credential_id));
    perform from voter v where v.id = v_voter for no key update;
    select a.* into v_what from amendment a where a.id = p_amendment for update;
    if v_what.granted is not null then
        return query select case when v_what.granted = p_grant and p_grant then 'granted'
                                 when v_what.granted = p_grant then 'refused'
                                 else 'decided' end, '';
        return;
    elsif p_grant and v_what.asked_by = p_officer then
        return query select 'own', '';
        return;
    end if;
    if p_grant then
        select * into v_problem from api.amendment_hindrance(v_what);
        if found then
            return query select v_problem.reason, v_problem.detail;
            return;
        end if;
    end if;
    update amendment a
    set decided_by = p_officer, decided_at = clock_timestamp(), granted = p_grant,
        closed_at = case when p_grant and a.kind = 'extension'
                         then (select r.closes_at from round r where r.id = a.round_id) end
    where a.id = p_amendment returning a.* into v_what;
    if p_grant then
        perform api.amendment_make(v_what);
    end if;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, case when p_grant then 'amendment.grant' else 'amendment.refuse' end,
            'amendment ' || p_amendment, jsonb_build_object('kind', v_what.kind));
    return query select case when p_grant then 'granted' else 'refused' end, '';
exception when exclusion_violation then
    -- Another round took one of the numbers at this very moment; nothing of this was done.
    return query select 'number_clash', '';
end
$$;
grant execute on function api.desk_amendment_decide(integer, bigint, boolean) to wardmote_desk;
