-- audit_thing(action, object): what people call the object of a row of the record: the round's title,
-- the officer's name; '' where it has no other name, or is there no more. Called by other functions
-- only. Locks: none.
create function api.audit_thing(p_action text, p_object text) returns text
language plpgsql stable
set search_path = wardmote, pg_temp
as $$
declare
    v_kind text := split_part(p_object, ' ', 1);
    v_name text := split_part(p_object, ' ', 2);
    v_id   bigint := case when split_part(p_object, ' ', 2) ~ '^[0-9]{1,9}$'
                          then split_part(p_object, ' ', 2)::bigint end;
begin
    return coalesce(case v_kind
        when 'round' then (select r.title from round r where r.slug = v_name)
        when 'proposal' then (
            select to_char(p.number, 'FM0000') || ', ' || p.title || ', in ' || r.title
            from proposal p join round r on r.id = p.round_id
            where r.slug = split_part(v_name, '/', 1)
              and to_char(p.number, 'FM0000') = split_part(v_name, '/', 2))
        when 'edition' then (
            select n.name || ', edition ' || e.edition
            from agreement_edition e join neighbourhood n on n.id = e.neighbourhood_id
            where e.id = v_id)
        when 'idea' then (
            select i.reference || ', ' || i.title from idea i where i.reference = v_name)
        when 'register' then (select g.name from register g where g.id = v_id)
        when 'officer' then (select o.name from officer o where o.id = v_id)
        when 'amendment' then (
            select case when m.kind = 'void_code' then 'voting code ' || c.serial else r.title end
            from amendment m
            left join round r on r.id = m.round_id left join credential c on c.id = m.credential_id
            where m.id = v_id)
        when 'decision' then (
            select to_char(p.number, 'FM0000') || ', ' || p.title || ', in ' || r.title
            from decision d join proposal p on p.id = d.proposal_id join round r on r.id = p.round_id
            where d.id = v_id)
        when 'offer' then (
            select coalesce(p.title, g.promise)
            from offer o left join proposal p on p.id = o.proposal_id
            left join pledge g on g.id = o.pledge_id where o.id = v_id)
        when 'batch' then
            case when p_action like 'paper.%' then (
                select 'batch ' || b.id || ' of ' || r.title
                from paper_batch b join round r on r.id = b.round_id where b.id = v_id)
            else (
                select 'batch ' || b.id || ' of ' || g.name
                from code_batch b join register g on g.id = b.register_id where b.id = v_id)
            end
        when 'code' then v_name
        end, '');
end
$$;
