-- audit_verify(whole): checks the chain of hashes (schema/0019) from where it held last, or from its
-- beginning, and remembers how far it holds. One row: from which place to which was checked now, how
-- many rows there are, the audit row that is not what was chained (null: unbroken), the head, when all of
-- it was checked last, and up to which place. Who changes an old row behind our back is found by the next
-- check of the whole: what was checked before is not read again. `broken` stays until a whole check says
-- otherwise. Called by: desk_audit_check. Locks: audit_verified's row.
create function api.audit_verify(p_whole boolean, out checked_from bigint, out checked_to bigint,
                                 out total bigint, out broken bigint, out head text,
                                 out whole_at timestamptz, out whole_to bigint)
language plpgsql set search_path = wardmote, pg_temp as $$
#variable_conflict use_column
declare
    v       audit_verified;
    v_last  audit_chain;
    v_whole record;
begin
    select * into v from audit_verified for update;
    -- As far as the chain reaches now: rows that come while it is read are for the next look.
    select * into v_last from audit_chain c order by c.place desc limit 1;
    if p_whole or v.broken is not null then
        select * into v_whole from api.audit_check();
        broken := v_whole.broken;
        v.place := 0;
    else
        with judged as (
            select c.place, a.id,
                   c.place = v.place + row_number() over chain
                   and c.hash = sha256(coalesce(lag(c.hash) over chain, v.hash) || audit_text(a)) as holds
            from audit_chain c left join audit a on a.id = c.audit_id
            where c.place > v.place and c.place <= coalesce(v_last.place, 0)
            window chain as (order by c.place)
        )
        select coalesce(
            (select c.audit_id from audit_chain c where c.place = v.place and c.hash <> v.hash),
            (select j.id from judged j where not coalesce(j.holds, false) order by j.place limit 1),
            -- Rows that nobody chained; older ones are found by the whole check.
            (select min(a.id) from audit a left join audit_chain c on c.audit_id = a.id
             where a.id > v.last_id and c.place is null))
        into broken;
    end if;
    checked_from := v.place + 1;
    checked_to := coalesce(v_last.place, 0);
    total := checked_to;
    head := encode(v_last.hash, 'hex');
    update audit_verified w
    set at = clock_timestamp(), broken = audit_verify.broken,
        place = case when audit_verify.broken is null then checked_to else w.place end,
        hash = case when audit_verify.broken is null then coalesce(v_last.hash, w.hash) else w.hash end,
        last_id = case when audit_verify.broken is null
                       then coalesce((select max(c.audit_id) from audit_chain c
                                      where c.place > v.place
                                        and c.place <= coalesce(v_last.place, 0)), w.last_id) else w.last_id end,
        whole_at = case when p_whole then clock_timestamp() else w.whole_at end,
        whole_to = case when p_whole then checked_to else w.whole_to end
    returning w.whole_at, w.whole_to into whole_at, whole_to;
end
$$;
