-- 0019_audit_chain.sql: the record of what officers do is append-only and hash-chained, so that a
-- row changed, taken out or put in behind the application's back shows.
--
-- hash = SHA-256(hash of the row before (32 zero bytes before the first) || audit_text(row)).
-- Rows are chained as their transaction commits, in that order: `place` counts it, and may differ
-- from the order of audit.id. Whoever rewrites the whole chain gets another head; a head that was
-- written down elsewhere finds that out.
create table audit_chain (
    place    bigint primary key check (place > 0),
    audit_id bigint not null unique references audit,
    hash     bytea not null check (octet_length(hash) = 32)
);

-- The canonical bytes of a row: a label, then its columns as one JSON array (jsonb's own text,
-- time in UTC with microseconds), so that no two rows share a text.
create function audit_text(p audit) returns bytea
language sql stable set search_path = wardmote, pg_temp as $$
    select convert_to(E'wardmote/audit/1\n' ||
               jsonb_build_array(p.id, to_char(p.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                                 p.officer_id, p.action, p.object, p.detail)::text || E'\n', 'UTF8')
$$;
grant execute on function audit_text(audit) to wardmote_api;

create function audit_chained() returns trigger
language plpgsql security definer set search_path = wardmote, pg_temp as $$
declare
    v_last audit_chain;
begin
    -- Deferred to the commit: the lock is a transaction's last and is held for an instant, so it
    -- stands after every other in the order of locks.
    perform pg_advisory_xact_lock(hashtextextended('wardmote/audit', 0));
    select * into v_last from audit_chain order by place desc limit 1;
    insert into audit_chain (place, audit_id, hash)
    values (coalesce(v_last.place, 0) + 1, new.id,
            sha256(coalesce(v_last.hash, decode(repeat('00', 32), 'hex')) || audit_text(new)));
    return null;
end
$$;

-- What is there already, in the order of its ids.
do $$
declare
    v_row  audit;
    v_hash bytea := decode(repeat('00', 32), 'hex');
    v_n    bigint := 0;
begin
    for v_row in select * from audit order by id loop
        v_n := v_n + 1;
        v_hash := sha256(v_hash || audit_text(v_row));
        insert into audit_chain (place, audit_id, hash) values (v_n, v_row.id, v_hash);
    end loop;
end
$$;

create constraint trigger audit_chained after insert on audit
    deferrable initially deferred for each row execute function audit_chained();

create function audit_kept() returns trigger language plpgsql as $$
begin
    raise exception 'the audit is append-only';
end
$$;
create trigger audit_kept before update or delete on audit
    for each row execute function audit_kept();
create trigger audit_not_truncated before truncate on audit
    for each statement execute function audit_kept();
create trigger audit_chain_kept before update or delete on audit_chain
    for each row execute function audit_kept();
create trigger audit_chain_not_truncated before truncate on audit_chain
    for each statement execute function audit_kept();

revoke update, delete, truncate on audit from wardmote_api;
grant select on audit_chain to wardmote_api;
