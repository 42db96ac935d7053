-- desk_pledge_place(officer, edition, pledge, what): 'up' and 'down' swap a pledge of a draft with its
-- neighbour, 'remove' takes it out; a resident's idea that it came from waits again. Called by: server/store_desk_agreement.c. Outcomes: 'saved' (also
-- where there is no neighbour); 'not_found'; 'frozen' (no draft). Locks: the edition's row, then the
-- idea's.
create function api.desk_pledge_place(p_officer integer, p_edition integer, p_pledge integer,
                                      p_what text)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_edition agreement_edition := api.desk_edition_held(p_officer, p_edition);
    v         pledge;
    v_other   pledge;
begin
    select * into v from pledge g where g.id = p_pledge and g.edition_id = v_edition.id;
    if v.id is null then
        return 'not_found';
    elsif v_edition.state <> 'draft' then
        return 'frozen';
    elsif p_what = 'remove' then
        update idea i set state = 'sent', pledge_id = null, decided_at = null
        where i.pledge_id = v.id;
        delete from pledge g where g.id = v.id;
        insert into audit (officer_id, action, object, detail)
        values (p_officer, 'pledge.remove', 'edition ' || p_edition,
                jsonb_build_object('promise', v.promise));
        return 'saved';
    end if;
    select * into v_other from pledge g
    where g.edition_id = v.edition_id
      and case p_what when 'up' then g.ordinal < v.ordinal else g.ordinal > v.ordinal end
    order by case p_what when 'up' then -g.ordinal else g.ordinal end limit 1;
    if v_other.id is not null then
        set constraints pledge_place deferred;
        update pledge g set ordinal = case g.id when v.id then v_other.ordinal else v.ordinal end
        where g.id in (v.id, v_other.id);
        set constraints pledge_place immediate;
    end if;
    return 'saved';
end
$$;
grant execute on function api.desk_pledge_place(integer, integer, integer, text) to wardmote_desk;
