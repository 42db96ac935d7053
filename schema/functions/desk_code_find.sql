-- desk_code_find(officer, words): the codes of this printed serial, or whose address holds these
-- words, in the officer's areas; at most 50. `waits`: a second officer is asked to void it, by
-- `asked_by`. Never the code itself: nobody has it.
-- Called by: server/store_register.c. Locks: none.
create function api.desk_code_find(p_officer integer, p_words text)
returns table (serial text, address text, area text, register text, issued_as text,
               issued_at timestamptz, voided_at timestamptz, reason text, used boolean,
               waits boolean, mine boolean, asked_by text, wanted text, roles text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select c.serial, c.address_ref, n.name, g.name, c.issued_as, c.created_at, c.voided_at,
           c.void_reason, exists (select from ballot b where b.voter_id = v.id),
           a.id is not null, coalesce(a.asked_by = p_officer, false), coalesce(o.name, ''),
           coalesce(a.reason, ''), api.desk_roles_in(p_officer, n.id)
    from credential c
    join voter v on v.id = c.voter_id
    join neighbourhood n on n.id = v.neighbourhood_id
    join register g on g.id = v.register_id
    left join amendment a on a.credential_id = c.id and a.granted is null
    left join officer o on o.id = a.asked_by
    where c.kind = 'code' and length(btrim(p_words)) >= 3
      and (c.serial = upper(btrim(p_words))
           or strpos(lower(c.address_ref), lower(btrim(p_words))) > 0)
      and api.desk_may(p_officer, n.id, 'ward_officer', 'approver', 'clerk')
    order by c.serial <> upper(btrim(p_words)), c.address_ref, c.id
    limit 50
$$;
grant execute on function api.desk_code_find(integer, text) to wardmote_desk;
