-- desk_amendment_ask(officer, kind, ...): asks a second officer for a change to what is frozen.
--   extension    slug, p_closes (as written in Europe/London)
--   withdrawal   slug, p_number of the proposal
--   void_ballot  slug, and p_receipt or p_serial (printed with the voting code)
--   void_code    p_serial; the reason stays at the desk. Any other reason is published.
-- Called by: server/store_amendments.c.
-- Outcomes: 'asked' with its id; 'not_found' (no such round or code of this officer's); 'reason'
-- (none, or more than 400 characters); 'waiting' (the same is asked already); or what
-- amendment_hindrance says, with its detail. Locks: round (shared) where there is one.
create function api.desk_amendment_ask(p_officer integer, p_kind text, p_slug text, p_closes text,
                                       p_number smallint, p_receipt bigint, p_serial text,
                                       p_reason text)
returns table (outcome text, detail text, id bigint)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_round   integer := api.desk_round_id(p_officer, p_slug);
    v_closes  record;
    v_new     amendment;
    v_problem record;
begin
    perform api.lock_round(v_round, false) where v_round is not null;
    v_new.kind := p_kind;
    if p_kind = 'void_code' then
        select c.id into v_new.credential_id
        from credential c join voter v on v.id = c.voter_id
        where c.serial = upper(p_serial) and api.desk_may(p_officer, v.neighbourhood_id, 'ward_officer', 'clerk');
    else
        v_new.round_id := v_round;
    end if;
    if v_new.round_id is null and v_new.credential_id is null then
        return query select 'not_found', '', null::bigint;
        return;
    elsif p_reason is null or length(p_reason) not between 1 and 400 then
        return query select 'reason', '', null::bigint;
        return;
    end if;
    if p_kind = 'extension' then
        select * into v_closes from api.london_time(p_closes);
        if v_closes.problem is not null then
            return query select 'closes_' || v_closes.problem, '', null::bigint;
            return;
        end if;
        v_new.closes_at := v_closes.at;
    elsif p_kind = 'withdrawal' then
        select p.id into v_new.proposal_id from proposal p
        where p.round_id = v_round and p.number = p_number;
    elsif p_kind = 'void_ballot' then
        select x.voter_id, x.revision into v_new.voter_id, v_new.revision
        from revision x
        where x.round_id = v_round
          and case when p_receipt is not null then x.receipt = p_receipt
                   else exists (select from credential c
                                join ballot b on b.voter_id = c.voter_id and b.round_id = v_round
                                where c.serial = upper(p_serial) and x.voter_id = c.voter_id
                                  and x.revision = b.current_revision) end
        limit 1;
    end if;
    select * into v_problem from api.amendment_hindrance(v_new);
    if found then
        return query select v_problem.reason, v_problem.detail, null::bigint;
        return;
    elsif exists (select from amendment a
                  where a.kind = p_kind and a.granted is null
                    and (a.round_id, a.proposal_id, a.voter_id, a.credential_id)
                        is not distinct from (v_new.round_id, v_new.proposal_id, v_new.voter_id,
                                              v_new.credential_id)) then
        return query select 'waiting', '', null::bigint;
        return;
    end if;
    insert into amendment (kind, round_id, closes_at, proposal_id, voter_id, revision,
                           credential_id, reason, asked_by)
    values (p_kind, v_new.round_id, v_new.closes_at, v_new.proposal_id, v_new.voter_id,
            v_new.revision, v_new.credential_id, p_reason, p_officer)
    returning amendment.id into v_new.id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'amendment.ask', 'amendment ' || v_new.id,
            jsonb_build_object('kind', p_kind, 'round', p_slug, 'closes_at', v_new.closes_at,
                               'number', p_number));
    return query select 'asked', '', v_new.id;
end
$$;
grant execute on function api.desk_amendment_ask(integer, text, text, text, smallint, bigint, text,
    text) to wardmote_desk;
