-- 0029_people.sql: people at the desk: roles by area, set-up links, proof of who one is.

-- What an officer does in an area (and all that lie within it):
--   ward_officer  everything but paper's second look at oneself: rounds, ideas, agreements, codes
--   approver      reads, and approves or refuses what others ask for
--   clerk         paper and assisted ballots, voting codes
alter table officer_area
    add column role text not null default 'ward_officer'
        check (role in ('ward_officer', 'approver', 'clerk')),
    drop constraint officer_area_pkey,
    add primary key (officer_id, neighbourhood_id, role);

-- What one does for the whole service: an auditor reads everything and changes nothing.
alter table officer_role drop constraint officer_role_role_check;
alter table officer_role add constraint officer_role_role_check
    check (role in ('sms_operator', 'auditor', 'administrator'));

-- Somebody who was added chooses a password and an authenticator by a link; until then they are
-- nobody who could sign in.
alter table officer
    add column made_by integer references officer,
    alter column password_hash drop not null,
    alter column totp_sealed drop not null,
    add constraint officer_set_up check ((password_hash is null) = (totp_sealed is null));

create table officer_link (
    key_hash   bytea primary key check (octet_length(key_hash) = 32), -- SHA-256 of the link's key
    officer_id integer not null references officer,
    made_by    integer references officer, -- null: made beside the database, for the first administrator
    made_at    timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null default clock_timestamp() + interval '72 hours',
    used_at    timestamptz,
    ended_at   timestamptz -- a newer one took its place, or the officer was deactivated
);
create unique index officer_link_stands on officer_link (officer_id)
    where used_at is null and ended_at is null;

-- Who changed a draft last does not approve it, whoever sent it for review.
alter table round add column changed_by integer references officer;

-- When password and authenticator were last given: dangerous acts ask for that to be recent.
alter table officer_session add column proved_at timestamptz not null default clock_timestamp();

-- The last two administrators stay. Functions ask first (administrators_left) and refuse; this is
-- for whoever gets round them. Both take the same lock, so that two administrators who remove each
-- other at once come one after the other. One who has not set up yet could not act: not counted.
create function administrators_left(p_without integer) returns bigint
language plpgsql set search_path = wardmote, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('wardmote/administrators', 0));
    -- A statement of its own: it sees what was committed while the lock was waited for.
    return (select count(*) from officer_role r
            join officer o on o.id = r.officer_id and o.disabled_at is null
                          and o.password_hash is not null
            where r.role = 'administrator' and o.id is distinct from p_without);
end
$$;
grant execute on function administrators_left(integer) to wardmote_api;

create function administrators_stay() returns trigger
language plpgsql security definer set search_path = wardmote, pg_temp as $$
declare
    v_who officer;
begin
    select * into v_who from officer o
    where o.id = case tg_table_name when 'officer' then to_jsonb(new) ->> 'id'
                      else to_jsonb(old) ->> 'officer_id' end::integer;
    -- Whoever could not act before is no loss.
    if v_who.password_hash is not null
       and (tg_table_name = 'officer' and exists (select from officer_role r where r.officer_id = v_who.id
                                                  and r.role = 'administrator')
            or tg_table_name = 'officer_role' and v_who.disabled_at is null)
       and administrators_left(v_who.id) < 2 then
        raise exception 'the last two administrators stay' using errcode = 'check_violation';
    end if;
    return null;
end
$$;
create trigger administrators_stay after delete on officer_role
    for each row when (old.role = 'administrator') execute function administrators_stay();
create trigger administrators_stay after update of disabled_at on officer
    for each row when (old.disabled_at is null and new.disabled_at is not null)
    execute function administrators_stay();

grant delete on officer_role, officer_area to wardmote_api;
grant insert on officer_role, officer_area to wardmote_api;
grant select, insert, update on officer_link to wardmote_api;
