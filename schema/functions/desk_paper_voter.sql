-- desk_paper_voter(officer, slug, lookup, serial, declared, channel): whose ballot a clerk types in:
-- by the voting code's keyed hash, or, on paper, by the serial printed with it. Where the round asks
-- for age or residence and the clerk has a signed declaration (p_declared), that is kept.
-- Called by: server/store_paper.c, before the ballot goes into the box. Outcomes: one row; none (no
-- such code, or void; or another officer's round): the clerk is told to look again.
-- Locks: the declaration's row.
create function api.desk_paper_voter(p_officer integer, p_slug text, p_lookup bytea, p_serial text,
                                     p_declared boolean, p_channel smallint)
returns table (voter bigint, generation integer, round integer)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_id    integer := api.desk_round_id(p_officer, p_slug, 'ward_officer', 'clerk');
    v_voter bigint;
begin
    select c.voter_id into v_voter
    from credential c
    where v_id is not null and c.kind = 'code' and c.voided_at is null
      and case when p_lookup is not null then c.lookup = p_lookup
               else p_channel = 3 and c.serial = upper(p_serial) end;
    if v_voter is null then
        return;
    end if;
    insert into declaration (round_id, voter_id, old_enough, residence, channel)
    select v_id, v_voter, r.minimum_age is not null,
           case when r.residence <> 'none' then 'signed declaration' else '' end, p_channel
    from round r
    where r.id = v_id and p_declared and r.state = 'scheduled'
      and (r.minimum_age is not null or r.residence <> 'none')
    on conflict do nothing;
    return query select v.id, v.generation, v_id from voter v where v.id = v_voter;
end
$$;
grant execute on function api.desk_paper_voter(integer, text, bytea, text, boolean, smallint)
    to wardmote_desk;
