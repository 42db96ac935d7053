-- 0054_mends.sql: smaller things that a reading of the whole found.

-- Receipts are looked up among ranges of pages that have a filter (0043_receipts.sql), and every page
-- without one is read. A vacuum makes those that autosummarize missed; by the server's own settings it
-- comes after a fifth more rows, hundreds of thousands of ballots of a large round.
alter table revision set (autovacuum_vacuum_insert_scale_factor = 0,
                          autovacuum_vacuum_insert_threshold = 50000);

-- The setting that says from where a connection's requests come holds the address as it is, so that a
-- connection that is opened anew can be told by whoever knows the address (common/db.c).
create or replace function audit_begun() returns trigger
language plpgsql security definer set search_path = wardmote, pg_temp as $$
declare
    v_changes text := current_setting('wardmote.changes', true);
begin
    new.neighbourhood_id := audit_place(new.action, new.object, new.detail);
    new.came_from := network_of(current_setting('wardmote.from', true));
    if v_changes <> '' then
        new.detail := new.detail || jsonb_build_object('changes', coalesce(new.detail -> 'changes', '{}')
                                                                  || v_changes::jsonb);
        perform set_config('wardmote.changes', '', true);
    end if;
    return new;
end
$$;
