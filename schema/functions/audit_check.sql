-- audit_check(): does the chain of hashes over the audit (schema/0019) hold? One row: how many rows
-- were checked, the id of the first audit row that is not what was chained (null: unbroken), and the
-- head, to be written down elsewhere (null: no row yet). Places count from 1 without a gap, and every
-- audit row has one. Called by: desk_audit_check; whoever runs the database, with psql
-- (README). Locks: none; one snapshot.
create function api.audit_check(out checked bigint, out broken bigint, out head text)
language sql stable security definer set search_path = wardmote, pg_temp as $$
    with judged as (
        select a.id, c.place, c.hash,
               c.place is not null and c.place = row_number() over chain
               and c.hash = sha256(coalesce(lag(c.hash) over chain, decode(repeat('00', 32), 'hex'))
                                   || audit_text(a)) as holds
        from audit a left join audit_chain c on c.audit_id = a.id
        window chain as (order by c.place nulls last, a.id)
    )
    select count(*),
           (select j.id from judged j where not coalesce(j.holds, false)
            order by j.place nulls last, j.id limit 1),
           (select encode(j.hash, 'hex') from judged j where j.place is not null
            order by j.place desc limit 1)
    from judged
$$;
