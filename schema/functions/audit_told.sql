-- audit_told(field, value): a value of the record as people are told it: names for ids, "yes" and "no",
-- minutes for a span; parts of a list with GS (control character 29) between. A moment is FS (28), "t"
-- and its microseconds since 1970, a day FS, "d" and those of its noon; money stays in pence. Called by
-- other functions only. Locks: none.
create function api.audit_told(p_field text, p_value jsonb) returns text
language plpgsql stable
set search_path = wardmote, pg_temp
as $$
declare
    v_words text := p_value #>> '{}';
    v_id    integer := case when p_value #>> '{}' ~ '^[0-9]{1,9}$' then (p_value #>> '{}')::integer end;
begin
    case coalesce(jsonb_typeof(p_value), 'null')
        when 'null' then
            return '';
        when 'array' then
            return coalesce((select string_agg(api.audit_told(p_field, e.value), E'\x1d' order by e.n)
                             from jsonb_array_elements(p_value) with ordinality e(value, n)), '');
        when 'object' then
            return coalesce((select string_agg(e.key || ' ' || e.value, E'\x1d' order by e.key)
                             from jsonb_each_text(p_value) e), '');
        when 'boolean' then
            return case when p_value::boolean then 'yes' else 'no' end;
        else null;
    end case;
    if p_field ~ '^(at|.*_at|paused_until|banner_until|instead_of)$'
       and v_words ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T' then
        return E'\x1ct' || (extract(epoch from v_words::timestamptz) * 1000000)::bigint;
    elsif p_field in ('due', 'review_on', 'checked_on', 'day')
          and v_words ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then
        return E'\x1cd' || (extract(epoch from (v_words::date + time '12:00')
                                               at time zone 'Europe/London') * 1000000)::bigint;
    end if;
    return coalesce(case
        when p_field in ('officer_id', 'to') then (select o.name from officer o where o.id = v_id)
        when p_field = 'provider' then (select v.name from provider v where v.id = v_id)
        when p_field = 'neighbourhood_id' then
            (select n.name from neighbourhood n where n.id = v_id)
        when p_field = 'area' then (select n.name from neighbourhood n where n.slug = v_words)
        when p_field = 'roles' then
            (select split_part(v_words, ' ', 1) || ' ' || n.name
             from neighbourhood n where n.slug = split_part(v_words, ' ', 2))
        when p_field = 'round' then (select r.title from round r where r.slug = v_words)
        when p_field = 'register' then (select g.name from register g where g.id = v_id)
        when p_field in ('edition', 'edition_id') then
            (select n.name || ', edition ' || e.edition
             from agreement_edition e join neighbourhood n on n.id = e.neighbourhood_id
             where e.id = v_id)
        when p_field = 'pledge' then (select g.promise from pledge g where g.id = v_id)
        when p_field = 'grace' and v_words ~ '^[0-9:]+$' then
            (extract(epoch from v_words::interval) / 60)::integer::text
        when p_field in ('lat', 'lon') and v_words ~ '^-?[0-9]+$' then (v_words::numeric / 100000)::text
        end, v_words);
end
$$;
