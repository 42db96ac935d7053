-- sms_list(sender_key, place, page, more): what can be voted on in a place, for LIST and MORE:
-- published proposals and questions of the rounds that are open now and whose area holds it, its own
-- first. Remembers where this number's list was left; `more` goes on there, `page` 0 is the first.
-- Called by: sms/inquiry.c. Outcomes: 'list', one row a proposal; or one row: 'none' (nothing is open
-- there), 'which' (no place is known: one row an area that votes now), 'unknown' (no such place).
-- Locks: the number's row in sms_list.
create function api.sms_list(p_sender bytea, p_place text, p_page integer, p_more boolean)
returns table (outcome text, page integer, area text, round integer, kind text, closes text,
               number smallint, short_name text, cost bigint)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_left sms_list;
    v_area integer;
    v_page integer := greatest(p_page, 1);
begin
    select * into v_left from sms_list l
    where l.sender_key = p_sender and l.at > clock_timestamp() - interval '1 day';
    if v_left.page is not null and (p_more or (p_place = '' and p_page > 0)) then
        v_area := v_left.neighbourhood_id;
        v_page := case when p_more then v_left.page + 1 else v_page end;
    else
        v_area := api.sms_place(p_sender, p_place);
    end if;
    if v_area is null then
        return query
        select 'which', 1, n.name, 0, ''::text, ''::text, 0::smallint, ''::text, null::bigint
        from neighbourhood n
        where n.id in (select r.neighbourhood_id from round r
                       where r.eligibility <> 'practice'
                         and api.round_phase(r) = 'open')
        order by n.kind = 'city' desc, n.name limit 40;
        if not found then
            return query select 'none', 1, ''::text, 0, ''::text, ''::text, 0::smallint, ''::text,
                                null::bigint;
        end if;
        return;
    elsif v_area = 0 then
        return query select 'unknown', 1, p_place, 0, ''::text, ''::text, 0::smallint, ''::text,
                            null::bigint;
        return;
    end if;
    insert into sms_list (sender_key, neighbourhood_id, page)
    values (p_sender, v_area, least(v_page, 999))
    on conflict (sender_key) do update
    set neighbourhood_id = excluded.neighbourhood_id, page = excluded.page, at = clock_timestamp();
    return query
    select 'list', v_page, n.name, r.id, r.kind, api.sms_when(r.closes_at), p.number, p.short_name, p.cost
    from neighbourhood_within w
    join round r on r.neighbourhood_id = w.within_id and r.eligibility <> 'practice'
                and api.round_phase(r) = 'open'
    join neighbourhood n on n.id = r.neighbourhood_id
    join proposal p on p.round_id = r.id and p.state = 'published'
    where w.neighbourhood_id = v_area
    order by r.neighbourhood_id <> v_area, r.kind = 'yes_no', r.closes_at, r.id, p.number;
    if not found then
        return query select 'none', 1, n.name, 0, ''::text, ''::text, 0::smallint, ''::text,
                            null::bigint
                     from neighbourhood n where n.id = v_area;
    end if;
end
$$;
grant execute on function api.sms_list(bytea, text, integer, boolean) to wardmote_sms;
