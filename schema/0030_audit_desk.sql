-- 0030_audit_desk.sql: the record of what officers do is read by area, shows what was there before and
-- after, and is not checked from its beginning whenever somebody looks.

-- The area that a row is about, for who may read it; null: the service as a whole. Told by its object,
-- so it is not among the chained bytes.
alter table audit add column neighbourhood_id integer references neighbourhood;

create function audit_place(p_action text, p_object text, p_detail jsonb) returns integer
language plpgsql stable set search_path = wardmote, pg_temp as $$
declare
    v_kind text := split_part(p_object, ' ', 1);
    v_name text := split_part(p_object, ' ', 2);
    v_id   bigint := case when split_part(p_object, ' ', 2) ~ '^[0-9]{1,18}$'
                          then split_part(p_object, ' ', 2)::bigint end;
    v_area integer;
begin
    case v_kind
        when 'round' then
            select r.neighbourhood_id into v_area from round r where r.slug = v_name;
        when 'proposal' then
            select r.neighbourhood_id into v_area from round r where r.slug = split_part(v_name, '/', 1);
        when 'edition' then
            select e.neighbourhood_id into v_area from agreement_edition e where e.id = v_id;
        when 'idea' then
            select i.neighbourhood_id into v_area from idea i where i.reference = v_name;
        when 'register' then
            select g.neighbourhood_id into v_area from register g where g.id = v_id;
        when 'code' then
            select v.neighbourhood_id into v_area
            from credential c join voter v on v.id = c.voter_id where c.serial = v_name limit 1;
        when 'amendment' then
            select coalesce(r.neighbourhood_id, v.neighbourhood_id) into v_area
            from amendment a
            left join round r on r.id = a.round_id
            left join credential c on c.id = a.credential_id
            left join voter v on v.id = c.voter_id
            where a.id = v_id;
        when 'decision' then
            select r.neighbourhood_id into v_area
            from decision d join proposal p on p.id = d.proposal_id join round r on r.id = p.round_id
            where d.id = v_id;
        when 'offer' then
            select coalesce(r.neighbourhood_id, e.neighbourhood_id) into v_area
            from offer o
            left join proposal p on p.id = o.proposal_id
            left join round r on r.id = p.round_id
            left join pledge g on g.id = o.pledge_id
            left join agreement_edition e on e.id = g.edition_id
            where o.id = v_id;
        when 'batch' then
            if p_action like 'paper.%' then
                select r.neighbourhood_id into v_area
                from paper_batch b join round r on r.id = b.round_id where b.id = v_id;
            else
                select b.neighbourhood_id into v_area from code_batch b where b.id = v_id;
            end if;
        else null;
    end case;
    -- What else belongs to a round says which.
    if v_area is null and p_detail ? 'round' then
        select r.neighbourhood_id into v_area from round r where r.slug = p_detail ->> 'round';
    end if;
    return v_area;
end
$$;

-- What a transaction changed, for the row that it writes into the record: as it goes, in a setting
-- that ends with it: {"round title": ["before", "after"]}. Texts are cut, so that the record does not
-- become a second copy of everything.
create function audit_noted(p_key text, p_before jsonb, p_after jsonb) returns void
language plpgsql set search_path = wardmote, pg_temp as $$
declare
    v_all    jsonb := coalesce(nullif(current_setting('wardmote.changes', true), ''), '{}')::jsonb;
    v_before jsonb := p_before;
    v_after  jsonb := p_after;
begin
    if v_all ? p_key then
        v_before := v_all -> p_key -> 0; -- twice in one transaction: from the first to the last
    elsif jsonb_typeof(p_before) = 'string' and length(p_before #>> '{}') > 300 then
        v_before := to_jsonb(left(p_before #>> '{}', 300) || '…');
    end if;
    if jsonb_typeof(p_after) = 'string' and length(p_after #>> '{}') > 300 then
        v_after := to_jsonb(left(p_after #>> '{}', 300) || '…');
    end if;
    perform set_config('wardmote.changes',
                       (v_all || jsonb_build_object(p_key, jsonb_build_array(v_before, v_after)))::text,
                       true);
end
$$;

-- Arguments: what to call the thing, the column that tells one from another ('' where the record's row
-- names it), then the columns that are told of.
create function audit_change() returns trigger
language plpgsql security definer set search_path = wardmote, pg_temp as $$
declare
    v_old  jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    v_new  jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
    v_name text := tg_argv[0];
begin
    if tg_argv[1] <> '' then
        v_name := v_name || ' ' || (coalesce(v_new, v_old) ->> tg_argv[1]);
    end if;
    for i in 2 .. tg_nargs - 1 loop
        if v_old -> tg_argv[i] is distinct from v_new -> tg_argv[i]
           and coalesce(v_old ->> tg_argv[i], v_new ->> tg_argv[i]) is not null then
            perform audit_noted(v_name || ' ' || tg_argv[i], v_old -> tg_argv[i], v_new -> tg_argv[i]);
        end if;
    end loop;
    return null;
end
$$;

do $$
declare
    v record;
begin
    for v in select * from (values
        ('round', 'update', 'round', '', 'title, about, kind, rule, rule_parameters, opens_at, closes_at, grace, min_picks, max_picks, points_sum, points_max, blank_allowed, minimum_votes, cap_percent, carry, eligibility, minimum_age, residence, provisional_days, state, neighbourhood_id, edition_id'),
        ('pot', 'insert or update or delete', 'pot', 'ordinal', 'name, amount, min_picks, max_picks'),
        ('proposal', 'update', 'proposal', 'number', 'title, short_name, summary, body, place, cost, state'),
        ('agreement_edition', 'update', 'edition', '', 'title, in_return, state, review_on, adopt_reason'),
        ('pledge', 'update', 'pledge', 'ordinal', 'promise, standard, measure, due, state, reason, checked_on, check_result, evidence'),
        ('register', 'update', 'register', '', 'name, codes_per_address, extra_cap, retired_at'),
        ('idea', 'update', 'idea', '', 'state, officer_id, cost'),
        ('amendment', 'update', 'amendment', '', 'granted'),
        ('decision', 'update', 'decision', '', 'granted'),
        ('paper_batch', 'update', 'batch', '', 'spoilt, reconciled_at'),
        ('sms_gateway', 'update', 'provider', '', 'price, price_abroad, rate, paused_until'),
        ('sms_limits', 'update', 'texts', '', 'day_pence, bulk_paused_at'),
        ('officer', 'update', 'officer', '', 'disabled_at')
    ) t(tab, ops, label, key, columns) loop
        execute format('create trigger audit_change after %s on %I for each row execute function audit_change(%s)',
            case v.ops when 'update' then 'update of ' || v.columns
                 else replace(v.ops, 'update', 'update of ' || v.columns) end, v.tab,
            (select string_agg(quote_literal(a), ', ')
             from unnest(array[v.label, v.key] || string_to_array(v.columns, ', ')) a));
    end loop;
end
$$;

create function audit_begun() returns trigger
language plpgsql security definer set search_path = wardmote, pg_temp as $$
declare
    v_changes text := current_setting('wardmote.changes', true);
begin
    new.neighbourhood_id := audit_place(new.action, new.object, new.detail);
    if v_changes <> '' then
        new.detail := new.detail || jsonb_build_object('changes', coalesce(new.detail -> 'changes', '{}')
                                                                  || v_changes::jsonb);
        perform set_config('wardmote.changes', '', true);
    end if;
    return new;
end
$$;
create trigger audit_begun before insert on audit for each row execute function audit_begun();

-- What is there already finds its area; the triggers that keep the record let this by, once.
alter table audit disable trigger audit_kept;
update audit a set neighbourhood_id = audit_place(a.action, a.object, a.detail);
alter table audit enable trigger audit_kept;
create index audit_area on audit (neighbourhood_id, id);
create index audit_officer on audit (officer_id, id);
create index audit_at on audit (at);

-- How far the chain was checked, and that it held so far: the next look goes on from there. `whole_at`:
-- when all of it was checked last, from its beginning; `broken`: the audit row at which it did not hold.
create table audit_verified (
    one       boolean primary key default true check (one),
    place     bigint not null default 0 check (place >= 0),
    hash      bytea not null default decode(repeat('00', 32), 'hex') check (octet_length(hash) = 32),
    last_id   bigint not null default 0, -- the greatest audit id among those places
    at        timestamptz,
    whole_at  timestamptz,
    whole_to  bigint not null default 0, -- the place up to which that went
    broken    bigint
);
insert into audit_verified default values;
grant select, update on audit_verified to wardmote_api;
