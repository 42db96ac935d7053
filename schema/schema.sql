-- schema.sql: what the migrations and functions of this folder make. Made by
-- `make schema-dump`, compared by `make check-sql`; read it, never edit or run it.
--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: api; Type: SCHEMA; Schema: -; Owner: wardmote_api
--

CREATE SCHEMA api;

ALTER SCHEMA api OWNER TO wardmote_api;

--
-- Name: wardmote; Type: SCHEMA; Schema: -; Owner: wardmote_owner
--

CREATE SCHEMA wardmote;

ALTER SCHEMA wardmote OWNER TO wardmote_owner;

--
-- Name: btree_gist; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

--
-- Name: EXTENSION btree_gist; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: amendment; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.amendment (
    id bigint NOT NULL,
    kind text NOT NULL,
    round_id integer,
    closes_at timestamp with time zone,
    closed_at timestamp with time zone,
    proposal_id integer,
    voter_id bigint,
    revision integer,
    credential_id bigint,
    reason text NOT NULL,
    asked_by integer NOT NULL,
    asked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    decided_by integer,
    decided_at timestamp with time zone,
    granted boolean,
    CONSTRAINT amendment_check CHECK ((((decided_by IS NULL) = (decided_at IS NULL)) AND ((decided_by IS NULL) = (granted IS NULL)))),
    CONSTRAINT amendment_check1 CHECK (((granted IS NOT TRUE) OR (decided_by <> asked_by))),
    CONSTRAINT amendment_check2 CHECK (((kind = 'void_code'::text) = (round_id IS NULL))),
    CONSTRAINT amendment_check3 CHECK (((kind = 'extension'::text) = (closes_at IS NOT NULL))),
    CONSTRAINT amendment_check4 CHECK (((kind = 'withdrawal'::text) = (proposal_id IS NOT NULL))),
    CONSTRAINT amendment_check5 CHECK (((kind = 'void_ballot'::text) = (revision IS NOT NULL))),
    CONSTRAINT amendment_check6 CHECK (((kind = 'void_code'::text) = (credential_id IS NOT NULL))),
    CONSTRAINT amendment_kind_check CHECK ((kind = ANY (ARRAY['extension'::text, 'withdrawal'::text, 'void_ballot'::text, 'void_code'::text]))),
    CONSTRAINT amendment_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 400)))
);

ALTER TABLE wardmote.amendment OWNER TO wardmote_owner;

--
-- Name: amendment_hindrance(wardmote.amendment); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.amendment_hindrance(p_what wardmote.amendment) RETURNS TABLE(reason text, detail text)
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with r as (select * from round r where r.id = p_what.round_id),
    found(rank, reason, detail) as (
        select 1, 'state', '' from r where not r.frozen
        union all
        select 2, 'counted', '' from r
        where r.frozen and r.state <> 'scheduled'
          and not (p_what.kind = 'void_ballot' and api.round_state(r) = 'published'
                   and not api.round_spent(r.id, clock_timestamp()))
        union all
        select 3, 'closed', '' from r
        where p_what.kind in ('extension', 'withdrawal') and clock_timestamp() >= r.closes_at
        union all
        select 4, 'not_later', '' from r
        where p_what.kind = 'extension'
          and (p_what.closes_at is null or p_what.closes_at <= r.closes_at)
        union all
        select 5, 'number_clash', to_char(u.number, 'FM0000') || ' (' || o.title || ')'
        from r join number_in_use mine on mine.round_id = r.id
        join number_in_use u on u.number = mine.number and u.round_id <> r.id
                            and u.during && tstzrange(r.opens_at, p_what.closes_at + r.grace)
        join round o on o.id = u.round_id
        where p_what.kind = 'extension'
        union all
        select 6, case when p.id is null or p.state = 'draft' then 'no_proposal'
                       when r.kind = 'yes_no' then 'question'
                       when p.state = 'withdrawn' then 'withdrawn'
                       when not exists (select from proposal o
                                        where o.round_id = r.id and o.state = 'published'
                                          and o.id <> p.id) then 'last_proposal' end, ''
        from r left join proposal p on p.id = p_what.proposal_id
        where p_what.kind = 'withdrawal'
        union all
        select 7, case when b.round_id is null then 'no_ballot'
                       when v.round_id is not null then 'voided'
                       when b.current_revision <> p_what.revision then 'replaced'
                       when x.withdrawn then 'taken_back' end, ''
        from r
        left join ballot b on b.round_id = r.id and b.voter_id = p_what.voter_id
        left join revision x on x.round_id = r.id and x.voter_id = p_what.voter_id
                            and x.revision = p_what.revision
        left join revision_void v on v.round_id = r.id and v.voter_id = p_what.voter_id
                                 and v.revision = p_what.revision
        where p_what.kind = 'void_ballot'
        union all
        select 8, 'voided', '' from credential c
        where p_what.kind = 'void_code' and c.id = p_what.credential_id
          and c.voided_at is not null
    )
    select f.reason, f.detail from found f where f.reason is not null
    order by f.rank, f.detail limit 1
$$;

ALTER FUNCTION api.amendment_hindrance(p_what wardmote.amendment) OWNER TO wardmote_api;

--
-- Name: amendment_make(wardmote.amendment); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.amendment_make(p_what wardmote.amendment) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    if p_what.kind = 'extension' then
        update round r set closes_at = p_what.closes_at where r.id = p_what.round_id;
        update number_in_use u set during = tstzrange(r.opens_at, r.closes_at + r.grace)
        from round r where r.id = p_what.round_id and u.round_id = r.id;
    elsif p_what.kind = 'withdrawal' then
        update proposal p set state = 'withdrawn', withdrawn_reason = p_what.reason
        where p.id = p_what.proposal_id;
        insert into notice (kind, amendment_id, round_id, voter_id, inbox_id)
        select 'withdrawal', p_what.id, b.round_id, b.voter_id, x.inbox_id
        from ballot b
        join revision x on x.round_id = b.round_id and x.voter_id = b.voter_id
                       and x.revision = b.current_revision
        join proposal p on p.id = p_what.proposal_id
        where b.round_id = p_what.round_id and x.channel = 2 and x.inbox_id is not null
          and p.number = any (x.numbers)
        order by b.voter_id;
    elsif p_what.kind = 'void_ballot' then
        insert into revision_void (round_id, voter_id, revision, amendment_id)
        values (p_what.round_id, p_what.voter_id, p_what.revision, p_what.id);
    elsif p_what.kind = 'void_code' then
        perform api.code_void_now(p_what.credential_id, p_what.decided_by, p_what.reason);
    end if;
    perform pg_notify('content', '') where p_what.kind <> 'void_code';
end
$$;

ALTER FUNCTION api.amendment_make(p_what wardmote.amendment) OWNER TO wardmote_api;

--
-- Name: area_outline(text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.area_outline(p_slug text) RETURNS TABLE(name text, outline text, credit text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select n.name, coalesce(o.outline, c.outline), coalesce(o.credit, c.credit)
    from neighbourhood n
    left join neighbourhood_outline o on o.neighbourhood_id = n.id
    left join lateral (
        select string_agg(w.outline, ';' order by w.neighbourhood_id) as outline, max(w.credit) as credit
        from neighbourhood k left join neighbourhood_outline w on w.neighbourhood_id = k.id
        where k.parent_id = n.id and (n.kind <> 'city' or k.kind = 'ward')
        having bool_and(w.neighbourhood_id is not null)) c on true
    where n.slug = p_slug and coalesce(o.outline, c.outline) is not null
$$;

ALTER FUNCTION api.area_outline(p_slug text) OWNER TO wardmote_api;

--
-- Name: area_points(text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.area_points(p_slug text) RETURNS TABLE(number smallint, lat integer, lon integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select p.number, p.lat, p.lon
    from neighbourhood n
    join round r on r.neighbourhood_id = n.id and r.frozen and r.eligibility <> 'practice'
                and api.round_phase(r) in ('open', 'soon')
    join proposal p on p.round_id = r.id and p.state = 'published' and p.lat is not null
    where n.slug = p_slug
    order by p.number
$$;

ALTER FUNCTION api.area_points(p_slug text) OWNER TO wardmote_api;

--
-- Name: areas_by_postcode(text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.areas_by_postcode(p_typed text) RETURNS TABLE(outcome text, part text, slug text, name text, parent_name text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $_$
#variable_conflict use_column
declare
    v_plain text := upper(regexp_replace(p_typed, '[^[:alnum:]]+', '', 'g'));
    v_out   text; -- YO24
    v_in    text; -- 3BZ, or less
    v_tries text[];
    v_try   text;
begin
    v_plain := regexp_replace(v_plain, '^([A-Z])0(?=[0-9])', '\1O');
    v_plain := regexp_replace(v_plain, 'O([A-Z]{2})$', '0\1');
    v_plain := regexp_replace(v_plain, '^([A-Z]{1,2}[0-9])O(?=[0-9])', '\10');
    if v_plain ~ '^[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}$' then
        v_out := left(v_plain, -3);
        v_in := right(v_plain, 3);
        v_tries := array[v_out || ' ' || v_in, v_out || ' ' || left(v_in, 1), v_out];
    elsif v_plain ~ '^[A-Z]{1,2}[0-9][0-9A-Z]?$' then
        -- YO24: the district, or sector 4 of YO2 where there is no such district.
        v_tries := array[v_plain];
        if v_plain ~ '[0-9][0-9]$' then
            v_tries := v_tries || (left(v_plain, -1) || ' ' || right(v_plain, 1));
        end if;
    elsif v_plain ~ '^[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]?$' then
        v_in := substring(v_plain from '[0-9][A-Z]?$');
        v_out := left(v_plain, -length(v_in));
        v_tries := array[v_out || ' ' || v_in, v_out || ' ' || left(v_in, 1), v_out];
    else
        return query select 'format', '', '', '', '';
        return;
    end if;
    foreach v_try in array v_tries loop
        return query
            select case when v_try = v_tries[1] then 'exact' else 'near' end, v_try, n.slug, n.name,
                   coalesce(u.name, '')
            from (select p.neighbourhood_id from postcode p
                  where p.postcode = v_try
                     or p.postcode like case when v_try ~ ' ' then v_try else v_try || ' ' end || '%'
                  union
                  select t.neighbourhood_id from postcode_part t
                  where t.part = v_try or t.part like v_try || ' %') f
            join neighbourhood n on n.id = f.neighbourhood_id
            left join neighbourhood u on u.id = n.parent_id
            order by n.name;
        if found then
            return;
        end if;
    end loop;
    return query select 'unknown', '', '', '', '';
end
$_$;

ALTER FUNCTION api.areas_by_postcode(p_typed text) OWNER TO wardmote_api;

--
-- Name: areas_public(text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.areas_public(p_slug text) RETURNS TABLE(slug text, name text, kind text, about text, population integer, households integer, parent_name text, edition integer, pledges integer, providers integer, adopted_on timestamp with time zone, review_on timestamp with time zone, proposed integer, open_rounds integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select n.slug, n.name, n.kind, n.about, n.population, n.households, u.name, e.edition,
           (select count(*)::integer from pledge g
            where g.edition_id = e.id and g.state <> 'declined'),
           (select count(distinct g.provider_id)::integer from pledge g
            where g.edition_id = e.id and g.state <> 'declined'),
           api.noon(api.edition_adopted_on(e)), api.noon(e.review_on),
           (select max(f.edition) from agreement_edition f
            where f.neighbourhood_id = n.id and api.edition_state(f) = 'proposed'),
           (select count(*)::integer from round r
            where r.neighbourhood_id = n.id and r.eligibility <> 'practice'
              and api.round_phase(r) = 'open')
    from neighbourhood n
    left join neighbourhood u on u.id = n.parent_id
    left join agreement_edition e on e.neighbourhood_id = n.id
                                 and api.edition_state(e) = 'adopted'
    where p_slug is null or n.slug = p_slug
    order by array_position(array['city', 'ward', 'parish', 'sub_area'], n.kind), n.name
$$;

ALTER FUNCTION api.areas_public(p_slug text) OWNER TO wardmote_api;

--
-- Name: audit_check(); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.audit_check(OUT checked bigint, OUT broken bigint, OUT head text) RETURNS record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with judged as (
        select a.id, c.place, c.hash,
               c.place is not null and c.place = row_number() over chain
               and c.hash = sha256(coalesce(lag(c.hash) over chain, decode(repeat('00', 32), 'hex'))
                                   || audit_text(a)) as holds
        from audit a left join audit_chain c on c.audit_id = a.id
        window chain as (order by c.place nulls last, a.id)
    )
    select count(*),
           (select j.id from judged j where not coalesce(j.holds, false)
            order by j.place nulls last, j.id limit 1),
           (select encode(j.hash, 'hex') from judged j where j.place is not null
            order by j.place desc limit 1)
    from judged
$$;

ALTER FUNCTION api.audit_check(OUT checked bigint, OUT broken bigint, OUT head text) OWNER TO wardmote_api;

--
-- Name: audit_thing(text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.audit_thing(p_action text, p_object text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $_$
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
$_$;

ALTER FUNCTION api.audit_thing(p_action text, p_object text) OWNER TO wardmote_api;

--
-- Name: audit_told(text, jsonb); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.audit_told(p_field text, p_value jsonb) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $_$
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
$_$;

ALTER FUNCTION api.audit_told(p_field text, p_value jsonb) OWNER TO wardmote_api;

--
-- Name: audit_verify(boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.audit_verify(p_whole boolean, OUT checked_from bigint, OUT checked_to bigint, OUT total bigint, OUT broken bigint, OUT head text, OUT whole_at timestamp with time zone, OUT whole_to bigint) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v       audit_verified;
    v_last  audit_chain;
    v_whole record;
begin
    select * into v from audit_verified for update;
    -- As far as the chain reaches now: rows that come while it is read are for the next look.
    select * into v_last from audit_chain c order by c.place desc limit 1;
    if p_whole or v.broken is not null then
        select * into v_whole from api.audit_check();
        broken := v_whole.broken;
        v.place := 0;
    else
        with judged as (
            select c.place, a.id,
                   c.place = v.place + row_number() over chain
                   and c.hash = sha256(coalesce(lag(c.hash) over chain, v.hash) || audit_text(a)) as holds
            from audit_chain c left join audit a on a.id = c.audit_id
            where c.place > v.place and c.place <= coalesce(v_last.place, 0)
            window chain as (order by c.place)
        )
        select coalesce(
            (select c.audit_id from audit_chain c where c.place = v.place and c.hash <> v.hash),
            (select j.id from judged j where not coalesce(j.holds, false) order by j.place limit 1),
            -- Rows that nobody chained; older ones are found by the whole check.
            (select min(a.id) from audit a left join audit_chain c on c.audit_id = a.id
             where a.id > v.last_id and c.place is null))
        into broken;
    end if;
    checked_from := v.place + 1;
    checked_to := coalesce(v_last.place, 0);
    total := checked_to;
    head := encode(v_last.hash, 'hex');
    update audit_verified w
    set at = clock_timestamp(), broken = audit_verify.broken,
        place = case when audit_verify.broken is null then checked_to else w.place end,
        hash = case when audit_verify.broken is null then coalesce(v_last.hash, w.hash) else w.hash end,
        last_id = case when audit_verify.broken is null
                       then coalesce((select max(c.audit_id) from audit_chain c
                                      where c.place > v.place
                                        and c.place <= coalesce(v_last.place, 0)), w.last_id) else w.last_id end,
        whole_at = case when p_whole then clock_timestamp() else w.whole_at end,
        whole_to = case when p_whole then checked_to else w.whole_to end
    returning w.whole_at, w.whole_to into whole_at, whole_to;
end
$$;

ALTER FUNCTION api.audit_verify(p_whole boolean, OUT checked_from bigint, OUT checked_to bigint, OUT total bigint, OUT broken bigint, OUT head text, OUT whole_at timestamp with time zone, OUT whole_to bigint) OWNER TO wardmote_api;

--
-- Name: ballot_check(integer, smallint[], smallint[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.ballot_check(p_round integer, p_numbers smallint[], p_weights smallint[]) RETURNS TABLE(outcome integer, detail bigint, "limit" bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select j.outcome, j.detail, j.limit
    from round r
    left join lateral api.cast_judge(array[r.id], array_fill(1, array[cardinality(p_numbers)]),
                                     p_numbers, p_weights) j on true
    where r.id = p_round and r.frozen
$$;

ALTER FUNCTION api.ballot_check(p_round integer, p_numbers smallint[], p_weights smallint[]) OWNER TO wardmote_api;

--
-- Name: bulk_moot(bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.bulk_moot(p_outbox bigint) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select exists (select from bulk_text t where t.outbox_id = p_outbox)
       and not exists (
        select from bulk_text t
        join bulk b on b.round_id = t.round_id and b.occasion = t.occasion
        join round r on r.id = t.round_id
        join api.bulk_windows(t.round_id) w on w.occasion = t.occasion
        where t.outbox_id = p_outbox
          and clock_timestamp() >= w.begins and clock_timestamp() < w.ends
          and (t.closes_at is null or t.closes_at = r.closes_at))
$$;

ALTER FUNCTION api.bulk_moot(p_outbox bigint) OWNER TO wardmote_api;

--
-- Name: bulk_people(integer, timestamp with time zone); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.bulk_people(p_round integer, p_before timestamp with time zone) RETURNS TABLE(id bigint, recipient_key bytea, number_sealed bytea, door text)
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select c.id, c.recipient_key, c.number_sealed, c.door
    from sms_consent c
    cross join (select r.neighbourhood_id as id, n.parent_id is null as whole
                from round r join neighbourhood n on n.id = r.neighbourhood_id
                where r.id = p_round) place
    cross join lateral (select coalesce(c.neighbourhood_id, api.sms_area(c.recipient_key))) home(id)
    where c.ended_at is null and c.given_at <= p_before
      and not exists (select from sms_stop s where s.recipient_key = c.recipient_key)
      and case when home.id is null then place.whole
               else exists (select from neighbourhood_within w
                            where w.neighbourhood_id = home.id and w.within_id = place.id) end
$$;

ALTER FUNCTION api.bulk_people(p_round integer, p_before timestamp with time zone) OWNER TO wardmote_api;

--
-- Name: bulk_windows(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.bulk_windows(p_round integer) RETURNS TABLE(occasion text, begins timestamp with time zone, ends timestamp with time zone)
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select w.* from round r
    left join result x on x.round_id = r.id and x.version = api.result_shown(r.id)
    cross join lateral (values
        ('opened', r.opens_at,
         case when r.closes_at - r.opens_at < interval '2 days' then r.closes_at
              else r.closes_at - interval '1 day' end),
        ('closing', r.closes_at - interval '1 day', r.closes_at),
        ('result', x.published_at, x.published_at + interval '7 days')) w(occasion, begins, ends)
    where r.id = p_round and r.eligibility <> 'practice'
      and not (w.occasion = 'closing'
               and coalesce(r.closes_at - r.opens_at < interval '2 days', false))
$$;

ALTER FUNCTION api.bulk_windows(p_round integer) OWNER TO wardmote_api;

--
-- Name: cast_judge(integer[], integer[], smallint[], smallint[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.cast_judge(p_round integer[], p_item integer[], p_number smallint[], p_weight smallint[]) RETURNS TABLE(item integer, outcome integer, detail bigint, "limit" bigint)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_hashjoin TO 'on'
    SET enable_nestloop TO 'off'
    SET enable_seqscan TO 'off'
    AS $$
#variable_conflict use_column
declare
    v_item    integer[]; -- ballots that break a limit, or may,
    v_outcome integer[]; -- and which; 0: not known without a look at every pot
    v_picks   bigint[];
    v_points  bigint[];
    v_rounds  integer[] := p_round[1:1]; -- a batch has few
    v_weight  constant smallint[] := -- null: all are one
        case when not 1 = all (p_weight) then p_weight end;
begin
    if not v_rounds[1] = all (p_round) then
        v_rounds := array(select distinct d.round from unnest(p_round) d(round));
    end if;
    select array_agg(j.item), array_agg(j.outcome), array_agg(j.picks), array_agg(j.points)
    into v_item, v_outcome, v_picks, v_points
    from (
        with held as materialized ( -- a batch has few rounds: once each, not once a ballot
            select r.id, r.kind, r.min_picks, r.max_picks, r.blank_allowed, r.points_sum,
                   r.points_max,
                   (select min(t.amount) from pot t where t.round_id = r.id) as least_amount,
                   exists (select from pot t where t.round_id = r.id
                           and (t.min_picks is not null or t.max_picks is not null)) as pot_limits
            from round r where r.id = any (v_rounds)
        )
        select i.n as item, coalesce(s.picks, 0) as picks, coalesce(s.points, s.picks) as points,
               case when s.picks > s.standing then 9
                    when case r.kind when 'yes_no' then s.least < 0 or s.most > 1
                                     when 'points' then s.least < 1
                                     when 'ranking' then false
                                     else s.least <> 1 or s.most <> 1 end then 13
                    when s.picks is null then case when not r.blank_allowed then 21 end
                    when s.picks > r.max_picks then 11
                    when s.picks < r.min_picks then 12
                    when r.kind = 'ranking'
                         and (s.least < 1 or coalesce(s.most, 1) > s.picks
                              or coalesce(s.ranks, 2) <> (1::bigint << (s.picks::integer + 1)) - 2)
                         then 20
                    when r.kind = 'points' and coalesce(s.most, 1) > r.points_max then 19
                    when r.kind = 'points' and coalesce(s.points, s.picks) > r.points_sum then 18
                    -- What the smallest pot can pay, every pot can.
                    when r.pot_limits or (r.kind = 'knapsack' and s.cost > r.least_amount) then 0
               end as outcome
        from (select unnest(p_round) as round, generate_subscripts(p_round, 1) as n) i
        join held r on r.id = i.round
        left join ( -- what a ballot's picks come to
            select k.item, count(*) as picks, count(p.number) as standing, sum(p.cost) as cost,
                   sum(k.weight) as points, max(k.weight) as most, min(k.weight) as least,
                   bit_or(1::bigint << (k.weight & 63)) as ranks
            from (select unnest(p_item) as item, unnest(p_number) as number,
                         unnest(v_weight) as weight, generate_subscripts(p_item, 1)) k
            left join (select p.round_id, p.number, p.cost::float8 as cost
                       from proposal p
                       where p.round_id = any (v_rounds) and p.state = 'published') p
                   on p.round_id = p_round[k.item] and p.number = k.number
            group by k.item) s on s.item = i.n) j
    where j.outcome is not null;
    if v_item is null then
        return;
    end if;

    return query
    with found as (
        select f.item, f.outcome, f.picks, f.points, r.id as round, r.kind, r.min_picks,
               r.max_picks, r.points_sum, r.points_max
        from unnest(v_item, v_outcome, v_picks, v_points) f(item, outcome, picks, points)
        join round r on r.id = p_round[f.item]
    ), wrong_pick as ( -- the least number that is wrong; one that is unknown before one withdrawn
        select distinct on (f.item) f.item, k.number,
               case when f.outcome = 9 and p.state is null then 8 else f.outcome end as outcome
        from found f
        cross join lateral (
            select p_number[n] as number, p_weight[n] as weight
            from generate_series(array_position(p_item, f.item),
                                 array_position(p_item, f.item) + f.picks::integer - 1) n) k
        left join proposal p on p.round_id = f.round and p.number = k.number and p.state <> 'draft'
        where case f.outcome
                  when 9 then p.state is distinct from 'published'
                  when 13 then case f.kind when 'yes_no' then k.weight not in (0, 1)
                                           when 'points' then k.weight < 1
                                           else k.weight <> 1 end
                  when 19 then k.weight > f.points_max
                  when 20 then k.weight < 1 or k.weight > f.picks
                               or exists (select from unnest(p_item, p_number, p_weight)
                                              o(item, number, weight)
                                          where o.item = f.item and o.weight = k.weight
                                            and o.number < k.number) end
        order by f.item, f.outcome = 9 and p.state is not null, k.number
    ), per_pot as (
        select p_item[k] as item, p.pot_id, count(*) as picks, sum(p.cost)::bigint as cost
        from generate_series(1, cardinality(p_item)) k
        join proposal p on p.round_id = p_round[p_item[k]] and p.number = p_number[k]
        where p_item[k] = any (v_item) and p.round_id = any (p_round)
        group by p_item[k], p.pot_id
    ), wrong_pot as ( -- the first pot, in the frozen order, that says no; money before limits
        select distinct on (f.item) f.item,
               case when v.over then 10 when d.picks > t.max_picks then 22 else 23 end as outcome,
               case when v.over then d.cost - t.amount
                    else t.ordinal * 1000 + coalesce(d.picks, 0) end as detail,
               case when v.over then t.amount when d.picks > t.max_picks then t.max_picks
                    else t.min_picks end as "limit"
        from found f
        join pot t on t.round_id = f.round
        left join per_pot d on d.item = f.item and d.pot_id = t.id
        cross join lateral (
            select f.kind = 'knapsack' and coalesce(d.cost > t.amount, false) as over) v
        where f.outcome = 0
          and (v.over or d.picks > t.max_picks or coalesce(d.picks, 0) < t.min_picks)
        order by f.item, v.over desc, t.ordinal
    )
    select f.item, coalesce(n.outcome, o.outcome, f.outcome),
           case f.outcome when 0 then o.detail
                          when 11 then f.picks
                          when 12 then f.picks
                          when 18 then f.points
                          when 21 then 0
                          else n.number end,
           case f.outcome when 0 then o.limit
                          when 11 then f.max_picks
                          when 12 then f.min_picks
                          when 18 then f.points_sum
                          when 19 then f.points_max end::bigint
    from found f
    left join wrong_pick n on n.item = f.item
    left join wrong_pot o on o.item = f.item
    where f.outcome <> 0 or o.item is not null;
end
$$;

ALTER FUNCTION api.cast_judge(p_round integer[], p_item integer[], p_number smallint[], p_weight smallint[]) OWNER TO wardmote_api;

--
-- Name: cast_lock(bigint[], integer[], boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.cast_lock(p_voter bigint[], p_round integer[], p_patient boolean) RETURNS TABLE(item integer, voter_uuid uuid, last_revision integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    SET enable_memoize TO 'off'
    AS $$
declare
    v_id   bigint[];
    v_uuid uuid[];
begin
    if p_round[1] = all (p_round) then
        perform pg_advisory_xact_lock_shared(1, p_round[1]);
    else
        perform pg_advisory_xact_lock_shared(1, d.r)
        from (select distinct u.r from unnest(p_round) u(r) order by u.r) d;
    end if;

    if p_patient then
        perform set_config('lock_timeout', '2s', true);
        select array_agg(l.id), array_agg(l.uuid) into v_id, v_uuid
        from (select v.id, v.uuid from voter v where v.id = any (p_voter)
              order by v.id for no key update) l;
    else
        select array_agg(l.id), array_agg(l.uuid) into v_id, v_uuid
        from (select v.id, v.uuid from voter v where v.id = any (p_voter)
              order by v.id for no key update skip locked) l;
    end if;

    -- A statement of its own, so that its snapshot is younger than the locks.
    return query
    select i.n, l.uuid, coalesce(b.last_revision, 0)
    from (select unnest(p_voter) as voter, unnest(p_round) as round,
                 generate_subscripts(p_voter, 1) as n) i
    join (select unnest(v_id) as id, unnest(v_uuid) as uuid) l on l.id = i.voter
    left join lateral (select b.last_revision from ballot b
                       where b.round_id = i.round and b.voter_id = i.voter limit 1) b on true;
end
$$;

ALTER FUNCTION api.cast_lock(p_voter bigint[], p_round integer[], p_patient boolean) OWNER TO wardmote_api;

--
-- Name: cast_write(integer[], bigint[], integer[], integer[], smallint[], boolean[], bytea[], bytea[], integer[], integer[], integer[], smallint[], smallint[], integer[], bytea[], bigint[], bigint[], integer[], integer[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.cast_write(p_submission integer[], p_voter bigint[], p_round integer[], p_generation integer[], p_channel smallint[], p_withdrawn boolean[], p_key bytea[], p_picks_hash bytea[], p_first integer[], p_count integer[], p_pick_item integer[], p_numbers smallint[], p_weights smallint[], p_revision integer[], p_commitment bytea[], p_receipt bigint[], p_inbox bigint[], p_clerk integer[], p_batch integer[]) RETURNS TABLE(item integer, outcome integer, revision integer, receipt bigint, cast_at timestamp with time zone, detail bigint, "limit" bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_memoize TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    AS $$
#variable_conflict use_column
declare
    v_now    constant timestamptz := clock_timestamp();
    v_rounds integer[] := p_round[1:1]; -- a batch has few
begin
    if not v_rounds[1] = all (p_round) then
        v_rounds := array(select distinct d.round from unnest(p_round) d(round));
    end if;
    return query
    with held as materialized ( -- a batch has few rounds: once each, not once a ballot
        select r.id, r.state = 'scheduled' as countable, r.frozen, r.opens_at, r.closes_at, r.grace,
               array(select w.neighbourhood_id from neighbourhood_within w
                     where w.within_id = r.neighbourhood_id) as areas,
               array(select g.id from register g
                     where api.register_holds(g.kind, g.retired_at, r.eligibility)) as registers,
               r.minimum_age is not null or r.residence <> 'none' as declares,
               r.minimum_age is not null as asks_age, r.residence <> 'none' as asks_residence
        from round r where r.id = any (v_rounds)
    ), met as (
        select i.n, i.submission, i.voter, i.round, i.generation, i.channel, i.withdrawn, i.key,
               i.picks_hash, i.first, i.picks, i.revision, i.commitment, i.receipt, i.inbox,
               i.clerk, i.batch, v.generation as now_generation, v.neighbourhood_id,
               v.register_id, r.frozen, r.countable, r.opens_at, r.closes_at, r.areas, r.registers,
               r.declares, r.asks_age, r.asks_residence,
               case when i.revision > 1 then (
                   select b.current_cast_at from ballot b
                   where b.round_id = i.round and b.voter_id = i.voter) end as current_cast_at,
               case when i.revision > 1 then (
                   select h from revision h
                   where h.round_id = i.round and h.voter_id = i.voter and h.form_key = i.key
                   limit 1) end as old,
               case i.channel
               when 2 then (
                   select case when x.sent_at between x.received_at - r.grace and x.received_at
                               then x.sent_at else x.received_at end
                   from inbox x where x.id = i.inbox)
               when 3 then (
                   select pb.collected_at from paper_batch pb
                   where pb.id = i.batch and pb.round_id = i.round and pb.reconciled_at is null)
               else v_now end as told_at
        from (select unnest(p_submission) as submission, unnest(p_voter) as voter,
                     unnest(p_round) as round, unnest(p_generation) as generation,
                     unnest(p_channel) as channel, unnest(p_withdrawn) as withdrawn,
                     unnest(p_key) as key, unnest(p_picks_hash) as picks_hash,
                     unnest(p_first) as first, unnest(p_count) as picks,
                     unnest(p_revision) as revision, unnest(p_commitment) as commitment,
                     unnest(p_receipt) as receipt, unnest(p_inbox) as inbox,
                     unnest(p_clerk) as clerk, unnest(p_batch) as batch,
                     generate_subscripts(p_voter, 1) as n) i
        left join voter v on v.id = i.voter
        left join held r on r.id = i.round
        offset 0
    ), judged as materialized (
        select m.n, m.submission, m.voter, m.round, m.channel, m.withdrawn, m.key, m.picks_hash,
               m.first, m.picks, m.revision, m.commitment, m.receipt, m.inbox, m.clerk, m.batch,
               m.current_cast_at, t.cast_at,
               (m.old).revision as old_revision, (m.old).receipt as old_receipt,
               (m.old).cast_at as old_cast_at, c.detail, c.limit,
               case
               when m.frozen is not true then 16
               when (m.old).picks_hash = m.picks_hash then 1
               when (m.old).revision is not null then 2
               when m.now_generation is distinct from m.generation then 4
               when m.channel = 3 and m.told_at is null then 24
               when not (m.neighbourhood_id = any (m.areas)
                         and m.register_id = any (m.registers)) then 7
               when not (m.opens_at <= t.cast_at) then 5
               when not m.countable or not (t.cast_at < m.closes_at) then 6
               when m.declares and not m.withdrawn and not exists (
                   select from declaration d
                   where d.round_id = m.round and d.voter_id = m.voter
                     and (not m.asks_age or d.old_enough)
                     and (not m.asks_residence or d.residence <> '')) then 17
               when m.withdrawn then case when m.current_cast_at is null then 14 end
               else c.outcome
               end as outcome
        from met m
        cross join lateral (
            select case when m.channel = 3 then coalesce(m.told_at, v_now) else m.told_at end
                   as cast_at) t
        left join api.cast_judge(p_round, p_pick_item, p_numbers, p_weights) c on c.item = m.n
    ), verdict as materialized (
        select j.*,
               case when j.outcome is not null then j.outcome
                    when j.submission in (select r.submission from judged r
                                          where r.outcome is not null and r.outcome <> 1) then 15
                    when j.cast_at < j.current_cast_at then 3
                    else 0 end as final
        from judged j
    ), written as (
        insert into revision (round_id, voter_id, revision, channel, withdrawn, cast_at, numbers,
                              weights, form_key, picks_hash, commitment, receipt, inbox_id,
                              clerk_id, batch_id)
        select d.round, d.voter, d.revision, d.channel, d.withdrawn, d.cast_at,
               p_numbers[d.first:d.first + d.picks - 1],
               p_weights[d.first:d.first + d.picks - 1], d.key, d.picks_hash, d.commitment,
               d.receipt, d.inbox, d.clerk, d.batch
        from verdict d where d.final in (0, 3)
    ), first as (
        -- Under the voter's lock nobody else can insert: on conflict would look twice and log more.
        insert into ballot (round_id, voter_id, current_revision, current_cast_at, last_revision)
        select d.round, d.voter, d.revision, d.cast_at, d.revision
        from verdict d where d.final in (0, 3) and d.current_cast_at is null
    ), again as (
        update ballot b
        set last_revision = d.revision,
            current_revision = case when d.final = 0 then d.revision else b.current_revision end,
            current_cast_at = case when d.final = 0 then d.cast_at else b.current_cast_at end
        from verdict d
        where d.final in (0, 3) and d.current_cast_at is not null
          and b.round_id = d.round and b.voter_id = d.voter
    )
    select d.n, d.final, coalesce(d.old_revision, d.revision), coalesce(d.old_receipt, d.receipt),
           coalesce(d.old_cast_at, d.cast_at), d.detail, d.limit
    from verdict d order by d.n;
end
$$;

ALTER FUNCTION api.cast_write(p_submission integer[], p_voter bigint[], p_round integer[], p_generation integer[], p_channel smallint[], p_withdrawn boolean[], p_key bytea[], p_picks_hash bytea[], p_first integer[], p_count integer[], p_pick_item integer[], p_numbers smallint[], p_weights smallint[], p_revision integer[], p_commitment bytea[], p_receipt bigint[], p_inbox bigint[], p_clerk integer[], p_batch integer[]) OWNER TO wardmote_api;

--
-- Name: code_check(bytea, bytea, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.code_check(p_lookup bytea, p_address bytea, p_network bytea) RETURNS TABLE(outcome text, voter bigint, credential bigint, generation integer, wrong_in_hour integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_now     constant timestamptz := clock_timestamp();
    v_wait    boolean;
    v_voter   bigint;
    v_id      bigint;
    v_gen     integer;
    v_void    boolean;
    v_outcome text;
    v_wrong   integer;
begin
    perform pg_advisory_xact_lock(3, hashtext(encode(p_network, 'hex')));
    select (select count(*) from (select from code_try t
                                  where t.address_key = p_address and t.outcome = 'wrong'
                                    and t.at > v_now - interval '15 minutes' limit 5) few) >= 5
           or (select count(*) from (select from code_try t
                                     where t.network_key = p_network and t.outcome = 'wrong'
                                       and t.at > v_now - interval '15 minutes' limit 50) few) >= 50
           or (select count(*) from (select from code_try t
                                     where t.outcome = 'wrong'
                                       and t.at > v_now - interval '1 minute'
                                     limit 1000) many) >= 1000
    into v_wait;
    select v.id, c.id, v.generation, c.id is null or c.voided_at is not null
    into v_voter, v_id, v_gen, v_void
    from (select) one
    left join credential c on c.lookup = p_lookup and c.kind = 'code'
    left join voter v on v.id = c.voter_id;
    v_outcome := case when v_wait then 'wait' when v_void then 'wrong' else 'good' end;
    insert into code_try (at, door, outcome, address_key, network_key)
    values (v_now, 1, v_outcome, p_address, p_network);
    v_wrong := api.wrong_in_hour();
    if v_outcome <> 'good' then
        v_voter := null; v_id := null; v_gen := null;
    end if;
    return query select v_outcome, v_voter, v_id, v_gen, v_wrong;
end
$$;

ALTER FUNCTION api.code_check(p_lookup bytea, p_address bytea, p_network bytea) OWNER TO wardmote_api;

--
-- Name: code_void_now(bigint, integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.code_void_now(p_credential bigint, p_officer integer, p_reason text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    update voter v set generation = v.generation + 1
    from credential c
    where c.id = p_credential and v.id = c.voter_id and c.voided_at is null;
    update credential c
    set voided_at = clock_timestamp(), void_reason = p_reason, voided_by = p_officer
    where c.id = p_credential and c.voided_at is null;
end
$$;

ALTER FUNCTION api.code_void_now(p_credential bigint, p_officer integer, p_reason text) OWNER TO wardmote_api;

--
-- Name: count_ask(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.count_ask(p_officer integer, p_slug text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_id      integer := api.desk_round_id(p_officer, p_slug);
    v_outcome text;
begin
    if v_id is null then
        return 'not_found';
    end if;
    perform pg_advisory_xact_lock(2, 0);
    perform api.lock_round(v_id, true);
    if exists (select from count_job j where j.round_id = v_id and j.finished_at is null) then
        return 'counting';
    end if;
    select h.outcome into v_outcome from api.count_hindrance(v_id) h;
    if v_outcome <> 'ready' then
        return v_outcome;
    end if;
    insert into count_job (round_id, asked_by) values (v_id, p_officer);
    insert into audit (officer_id, action, object)
    values (p_officer, 'round.count_ask', 'round ' || p_slug);
    perform pg_notify('count', '');
    return 'asked';
end
$$;

ALTER FUNCTION api.count_ask(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: count_ballots(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.count_ballots(p_officer integer, p_slug text) RETURNS TABLE(numbers text, weights text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select array_to_string(x.numbers, ','), array_to_string(x.weights, ',')
    from round r
    join ballot b on b.round_id = r.id
    join revision x on x.round_id = b.round_id and x.voter_id = b.voter_id
                   and x.revision = b.current_revision
    where r.id = api.desk_round_id(p_officer, p_slug) and not x.withdrawn
      and not exists (select from revision_void u
                      where u.round_id = x.round_id and u.voter_id = x.voter_id
                        and u.revision = x.revision)
      and (api.desk_phase(r) = 'to_count'
           or api.count_corrects(r.id))
    order by x.numbers, x.weights
$$;

ALTER FUNCTION api.count_ballots(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: count_begin(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.count_begin(p_officer integer, p_slug text) RETURNS TABLE(outcome text, detail bigint, round integer, uuid uuid, title text, area text, kind text, max_picks integer, minimum_votes integer, opens_on text, closes_on text, question text, seed bytea, points_sum integer, points_max integer, rules_sha256 bytea, changes text, mark text, rule text, settings text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_id     integer := api.desk_round_id(p_officer, p_slug);
begin
    perform pg_advisory_xact_lock(2, 0) where v_id is not null;
    perform api.lock_round(v_id, true) where v_id is not null;
    select h.outcome, h.detail into outcome, detail from api.count_hindrance(v_id) h;
    outcome := coalesce(outcome, 'not_found');
    if outcome <> 'ready' then
        return query select outcome, detail, null::integer, null::uuid, null::text, null::text,
            null::text, null::integer, null::integer, null::text, null::text, null::text,
            null::bytea, null::integer, null::integer, null::bytea, null::text, null::text,
            null::text, null::text;
        return;
    end if;
    return query
    select 'ready', 0::bigint, r.id, r.uuid, r.title, n.name, r.kind, r.max_picks, r.minimum_votes,
           to_char(r.opens_at at time zone 'Europe/London', 'DD.MM.YYYY'),
           to_char(r.closes_at at time zone 'Europe/London', 'DD.MM.YYYY'),
           (select p.title from proposal p
            where p.round_id = r.id and p.state <> 'draft' and r.kind = 'yes_no'),
           r.seed, coalesce(r.points_sum, 0), coalesce(r.points_max, 0), r.rules_sha256,
           api.round_changes(v_id), api.round_mark(v_id), r.rule,
           (select string_agg(q.key || '=' || q.value, ' ' order by q.ordinal, q.key collate "C")
            from api.rule_settings(v_id) q)
    from round r join neighbourhood n on n.id = r.neighbourhood_id where r.id = v_id;
end
$$;

ALTER FUNCTION api.count_begin(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: count_corrects(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.count_corrects(p_round integer) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select exists (select from count_job j join round r on r.id = j.round_id
                   where j.round_id = p_round and j.finished_at is null and j.correction <> ''
                     and r.state = 'published')
$$;

ALTER FUNCTION api.count_corrects(p_round integer) OWNER TO wardmote_api;

--
-- Name: count_end(integer, integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.count_end(p_job integer, p_attempt integer, p_outcome text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_mine boolean;
begin
    update count_job j set finished_at = clock_timestamp(), outcome = p_outcome
    where j.id = p_job and j.attempt = p_attempt and j.finished_at is null;
    v_mine := found;
    perform pg_advisory_unlock_all();
    return v_mine;
end
$$;

ALTER FUNCTION api.count_end(p_job integer, p_attempt integer, p_outcome text) OWNER TO wardmote_api;

--
-- Name: count_hindrance(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.count_hindrance(p_round integer) RETURNS TABLE(outcome text, detail bigint)
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select case when not r.frozen then 'draft'
                when r.state <> 'scheduled' and not api.count_corrects(r.id) then 'counted'
                when clock_timestamp() < r.closes_at + r.grace then 'not_closed'
                when t.n > 0 then 'texts_waiting'
                when p.n > 0 then 'paper_waiting'
                else 'ready' end,
           case when r.state <> 'scheduled' and not api.count_corrects(r.id) then 0
                when clock_timestamp() < r.closes_at + r.grace
                then ceil(extract(epoch from r.closes_at + r.grace))::bigint
                when t.n > 0 then t.n
                else p.n end
    from round r
    cross join lateral (select count(*) as n from inbox_waiting w
                        join inbox i on i.id = w.inbox_id
                        where i.received_at < r.closes_at + r.grace) t
    cross join lateral (select count(*) as n from paper_batch b
                        where b.round_id = r.id and b.reconciled_at is null) p
    where r.id = p_round
$$;

ALTER FUNCTION api.count_hindrance(p_round integer) OWNER TO wardmote_api;

--
-- Name: count_step(integer, integer, text, integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.count_step(p_job integer, p_attempt integer, p_step text, p_part integer, p_parts integer) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    update count_job j set step = p_step, part = p_part, parts = p_parts
    where j.id = p_job and j.attempt = p_attempt and j.finished_at is null;
    return found;
end
$$;

ALTER FUNCTION api.count_step(p_job integer, p_attempt integer, p_step text, p_part integer, p_parts integer) OWNER TO wardmote_api;

--
-- Name: count_store(integer, text, bytea, integer[], text[], text[], text[], text, integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.count_store(p_officer integer, p_slug text, p_seed bytea, p_pots integer[], p_pbs text[], p_outcomes text[], p_logs text[], p_mark text DEFAULT NULL::text, p_job integer DEFAULT NULL::integer, p_attempt integer DEFAULT NULL::integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_id      integer := api.desk_round_id(p_officer, p_slug);
    v_round   round;
    v_why     text; -- of a correction
    v_version integer;
begin
    if v_id is null then
        return 'not_found';
    end if;
    perform pg_advisory_xact_lock(2, 0);
    perform api.lock_round(v_id, true);
    perform api.round_settle(v_id);
    select * into v_round from round r where r.id = v_id;
    select j.correction into v_why from count_job j where j.id = p_job and j.correction <> '';
    if v_why is null and v_round.state in ('counted', 'result_review', 'published', 'archived')
       or v_why is not null and api.result_waits(v_id) is not null then
        return 'already';
    end if;
    if p_job is not null and not exists (select from count_job j
                                         where j.id = p_job and j.round_id = v_id
                                           and j.attempt = p_attempt and j.finished_at is null) then
        return 'taken';
    end if;
    if v_round.state <> (case when v_why is null then 'scheduled' else 'published' end)
       or clock_timestamp() < v_round.closes_at + v_round.grace then
        return 'not_closed';
    elsif p_mark <> api.round_mark(v_id)
          or exists (select from paper_batch b
                     where b.round_id = v_id and b.reconciled_at is null) then
        return 'changed';
    end if;
    if strpos(v_round.rules_text, 'seed-sha256 ' || encode(sha256(p_seed), 'hex') || E'\n') = 0 then
        return 'seed';
    end if;
    select coalesce(max(x.version), 0) + 1 into v_version from result x where x.round_id = v_id;
    insert into result (round_id, version, correction, submitted_by, submitted_at, counted_by, seed,
                        ballots, web, texts, paper, assisted, withdrawn, voided, replaced, eligible)
    select v_id, v_version, coalesce(v_why, ''), case when v_why is not null then p_officer end,
           case when v_why is not null then clock_timestamp() end, p_officer, p_seed,
           t.web + t.texts + t.paper + t.assisted, t.web, t.texts, t.paper, t.assisted,
           t.withdrawn, t.voided,
           (select count(*) from revision x where x.round_id = v_id)
           - (select count(*) from ballot b where b.round_id = v_id), t.eligible
    from api.desk_turnout(v_id) t;
    insert into result_part (round_id, version, ordinal, pot_id, pb, pb_sha256, outcome, log)
    select v_id, v_version, u.n,
           (select p.id from pot p where p.round_id = v_id and p.ordinal = u.pot), u.pb, sha256(convert_to(u.pb, 'UTF8')), u.outcome::json, u.log
    from unnest(p_pots, p_pbs, p_outcomes, p_logs) with ordinality u(pot, pb, outcome, log, n);
    insert into result_account (round_id, version, account, channel, part, n)
    select v_id, v_version, a.account, a.channel, a.part, a.n from api.round_accounts(v_id) a;
    update round r set state = 'counted' where r.id = v_id and v_why is null;
    update count_job j set finished_at = clock_timestamp(), outcome = 'counted', step = 'keeping'
    where j.id = p_job;
    insert into audit (officer_id, action, object, detail)
    select p_officer, 'round.count', 'round ' || p_slug,
           jsonb_build_object('ballots', s.ballots, 'files', (
               select jsonb_agg(encode(p.pb_sha256, 'hex') order by p.ordinal)
               from result_part p where p.round_id = v_id and p.version = v_version))
    from result s where s.round_id = v_id and s.version = v_version;
    perform pg_notify('content', '');
    return 'counted';
end
$$;

ALTER FUNCTION api.count_store(p_officer integer, p_slug text, p_seed bytea, p_pots integer[], p_pbs text[], p_outcomes text[], p_logs text[], p_mark text, p_job integer, p_attempt integer) OWNER TO wardmote_api;

--
-- Name: count_take(); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.count_take() RETURNS TABLE(job integer, attempt integer, officer integer, slug text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_job count_job;
begin
    perform pg_advisory_unlock_all();
    for v_job in
        select * from count_job j where j.finished_at is null order by j.id for update skip locked
    loop
        continue when not pg_try_advisory_lock(3, v_job.id);
        if v_job.attempt < 5 then
            update count_job j
            set attempt = j.attempt + 1, taken_at = clock_timestamp(), step = 'reading', part = 0
            where j.id = v_job.id;
            return query select v_job.id, v_job.attempt + 1, v_job.asked_by, r.slug
                         from round r where r.id = v_job.round_id;
            return;
        end if;
        update count_job j set finished_at = clock_timestamp(), outcome = 'count_failed'
        where j.id = v_job.id;
        perform pg_advisory_unlock(3, v_job.id);
    end loop;
end
$$;

ALTER FUNCTION api.count_take() OWNER TO wardmote_api;

--
-- Name: damm_digit(text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.damm_digit(p_digits text) RETURNS integer
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
    quasigroup constant text[] := array[
        '0317598642', '7092154863', '4206871359', '1750983426', '6123045978',
        '3674209581', '5869720134', '8945362017', '9438617205', '2581436790'];
    interim integer := 0;
begin
    for i in 1 .. length(p_digits) loop
        interim := substr(quasigroup[interim + 1], substr(p_digits, i, 1)::integer + 1, 1);
    end loop;
    return interim;
end
$$;

ALTER FUNCTION api.damm_digit(p_digits text) OWNER TO wardmote_api;

--
-- Name: days_until(timestamp with time zone); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.days_until(p_at timestamp with time zone) RETURNS integer
    LANGUAGE sql STABLE
    AS $$
    select (p_at at time zone 'Europe/London')::date
           - (clock_timestamp() at time zone 'Europe/London')::date
$$;

ALTER FUNCTION api.days_until(p_at timestamp with time zone) OWNER TO wardmote_api;

--
-- Name: delivery_public(text, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.delivery_public(p_area text, p_slug text, p_language text DEFAULT 'en'::text) RETURNS TABLE(slug text, round text, number smallint, title text, cost bigint, state text, spent bigint, note text, at timestamp with time zone, language text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select r.slug, r.title, p.number, coalesce(t.title, p.title), p.cost, d.state, d.spent, d.note,
           d.at, case when t.state is null then 'en' else p_language end
    from round r
    join neighbourhood n on n.id = r.neighbourhood_id
    join result x on x.round_id = r.id and x.version = api.result_shown(r.id)
    cross join lateral api.round_funded(r.id) p
    left join lateral api.translation_now(p, p_language) t on p_language <> 'en' and t.state = 'done'
    left join delivery d on d.proposal_id = p.id
    where (p_area is null or n.slug = p_area) and (p_slug is null or r.slug = p_slug)
    order by x.published_at desc, r.id, p.number, d.id desc
$$;

ALTER FUNCTION api.delivery_public(p_area text, p_slug text, p_language text) OWNER TO wardmote_api;

--
-- Name: desk_agreements(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_agreements(p_officer integer) RETURNS TABLE(id integer, area_slug text, area text, edition integer, title text, state text, pledges bigint, answered bigint, due bigint, adopted_on timestamp with time zone, review_on timestamp with time zone, round text, asks boolean, mine boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select e.id, n.slug, n.name, e.edition, e.title, t.state, g.pledges, g.answered,
           case when t.state = 'adopted' then g.due else 0 end,
           api.noon(api.edition_adopted_on(e)), api.noon(e.review_on),
           coalesce((select r.slug from round r where r.edition_id = e.id
                     order by r.id desc limit 1), ''),
           t.state = 'proposed' and e.adopt_asked_by is not null,
           coalesce(e.adopt_asked_by = p_officer, false)
    from agreement_edition e
    join neighbourhood n on n.id = e.neighbourhood_id and api.desk_sees(p_officer, n.id)
    cross join lateral (select api.edition_state(e) as state) t
    cross join lateral (
        select count(*) as pledges, count(*) filter (where g.state <> 'drafted') as answered,
               count(*) filter (where g.state <> 'declined'
                                and g.due <= (clock_timestamp() at time zone 'Europe/London')::date
                                and coalesce(g.checked_on < g.due, true)) as due
        from pledge g where g.edition_id = e.id) g
    order by case t.state when 'draft' then 1 when 'proposed' then 2 when 'adopted' then 3 else 4 end,
             n.name, e.edition desc
$$;

ALTER FUNCTION api.desk_agreements(p_officer integer) OWNER TO wardmote_api;

--
-- Name: desk_alarm(); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_alarm() RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select case when w >= 200 then w end from (select api.wrong_in_hour() as w) n
$$;

ALTER FUNCTION api.desk_alarm() OWNER TO wardmote_api;

--
-- Name: desk_amendment_ask(integer, text, text, text, smallint, bigint, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_amendment_ask(p_officer integer, p_kind text, p_slug text, p_closes text, p_number smallint, p_receipt bigint, p_serial text, p_reason text) RETURNS TABLE(outcome text, detail text, id bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_round   integer := api.desk_round_id(p_officer, p_slug);
    v_closes  record;
    v_new     amendment;
    v_problem record;
begin
    perform api.lock_round(v_round, false) where v_round is not null;
    v_new.kind := p_kind;
    if p_kind = 'void_code' then
        select c.id into v_new.credential_id
        from credential c join voter v on v.id = c.voter_id
        where c.serial = upper(p_serial) and api.desk_may(p_officer, v.neighbourhood_id, 'ward_officer', 'clerk');
    else
        v_new.round_id := v_round;
    end if;
    if v_new.round_id is null and v_new.credential_id is null then
        return query select 'not_found', '', null::bigint;
        return;
    elsif p_reason is null or length(p_reason) not between 1 and 400 then
        return query select 'reason', '', null::bigint;
        return;
    end if;
    if p_kind = 'extension' then
        select * into v_closes from api.london_time(p_closes);
        if v_closes.problem is not null then
            return query select 'closes_' || v_closes.problem, '', null::bigint;
            return;
        end if;
        v_new.closes_at := v_closes.at;
    elsif p_kind = 'withdrawal' then
        select p.id into v_new.proposal_id from proposal p
        where p.round_id = v_round and p.number = p_number;
    elsif p_kind = 'void_ballot' then
        select x.voter_id, x.revision into v_new.voter_id, v_new.revision
        from revision x
        where x.round_id = v_round
          and case when p_receipt is not null then x.receipt = p_receipt
                   else exists (select from credential c
                                join ballot b on b.voter_id = c.voter_id and b.round_id = v_round
                                where c.serial = upper(p_serial) and x.voter_id = c.voter_id
                                  and x.revision = b.current_revision) end
        limit 1;
    end if;
    select * into v_problem from api.amendment_hindrance(v_new);
    if found then
        return query select v_problem.reason, v_problem.detail, null::bigint;
        return;
    elsif exists (select from amendment a
                  where a.kind = p_kind and a.granted is null
                    and (a.round_id, a.proposal_id, a.voter_id, a.credential_id)
                        is not distinct from (v_new.round_id, v_new.proposal_id, v_new.voter_id,
                                              v_new.credential_id)) then
        return query select 'waiting', '', null::bigint;
        return;
    end if;
    insert into amendment (kind, round_id, closes_at, proposal_id, voter_id, revision,
                           credential_id, reason, asked_by)
    values (p_kind, v_new.round_id, v_new.closes_at, v_new.proposal_id, v_new.voter_id,
            v_new.revision, v_new.credential_id, p_reason, p_officer)
    returning amendment.id into v_new.id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'amendment.ask', 'amendment ' || v_new.id,
            jsonb_build_object('kind', p_kind, 'round', p_slug, 'closes_at', v_new.closes_at,
                               'number', p_number));
    return query select 'asked', '', v_new.id;
end
$$;

ALTER FUNCTION api.desk_amendment_ask(p_officer integer, p_kind text, p_slug text, p_closes text, p_number smallint, p_receipt bigint, p_serial text, p_reason text) OWNER TO wardmote_api;

--
-- Name: desk_amendment_decide(integer, bigint, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_amendment_decide(p_officer integer, p_amendment bigint, p_grant boolean) RETURNS TABLE(outcome text, detail text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_what    amendment;
    v_voter   bigint;
    v_problem record;
begin
    -- What it concerns never changes: it can be read before the locks. Whether it is decided, not.
    select a.* into v_what from amendment a
    left join round r on r.id = a.round_id
    left join credential c on c.id = a.credential_id
    left join voter v on v.id = c.voter_id
    where a.id = p_amendment
      and api.desk_may(p_officer, coalesce(r.neighbourhood_id, v.neighbourhood_id),
                       'ward_officer', 'approver');
    if v_what.id is null then
        return query select 'not_found', '';
        return;
    end if;
    perform api.lock_round(v_what.round_id, v_what.kind <> 'void_ballot')
    where v_what.round_id is not null;
    v_voter := coalesce(v_what.voter_id, (select c.voter_id from credential c
                                          where c.id = v_what.credential_id));
    perform from voter v where v.id = v_voter for no key update;
    select a.* into v_what from amendment a where a.id = p_amendment for update;
    if v_what.granted is not null then
        return query select case when v_what.granted = p_grant and p_grant then 'granted'
                                 when v_what.granted = p_grant then 'refused'
                                 else 'decided' end, '';
        return;
    elsif p_grant and v_what.asked_by = p_officer then
        return query select 'own', '';
        return;
    end if;
    if p_grant then
        select * into v_problem from api.amendment_hindrance(v_what);
        if found then
            return query select v_problem.reason, v_problem.detail;
            return;
        end if;
    end if;
    update amendment a
    set decided_by = p_officer, decided_at = clock_timestamp(), granted = p_grant,
        closed_at = case when p_grant and a.kind = 'extension'
                         then (select r.closes_at from round r where r.id = a.round_id) end
    where a.id = p_amendment returning a.* into v_what;
    if p_grant then
        perform api.amendment_make(v_what);
    end if;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, case when p_grant then 'amendment.grant' else 'amendment.refuse' end,
            'amendment ' || p_amendment, jsonb_build_object('kind', v_what.kind));
    return query select case when p_grant then 'granted' else 'refused' end, '';
exception when exclusion_violation then
    -- Another round took one of the numbers at this very moment; nothing of this was done.
    return query select 'number_clash', '';
end
$$;

ALTER FUNCTION api.desk_amendment_decide(p_officer integer, p_amendment bigint, p_grant boolean) OWNER TO wardmote_api;

--
-- Name: desk_amendments(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_amendments(p_officer integer, p_slug text) RETURNS TABLE(id bigint, kind text, slug text, title text, closes_at timestamp with time zone, closed_at timestamp with time zone, number integer, name text, serial text, reason text, asked_by text, asked_at timestamp with time zone, decided_by text, decided_at timestamp with time zone, state text, mine boolean, roles text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select a.id, a.kind, coalesce(r.slug, ''), coalesce(r.title, n.name), a.closes_at, a.closed_at,
           coalesce(p.number, 0)::integer, coalesce(p.title, ''), coalesce(c.serial, ''), a.reason,
           o.name, a.asked_at, coalesce(d.name, ''), a.decided_at,
           case when a.granted is null then 'waiting' when a.granted then 'granted'
                when a.decided_by = a.asked_by then 'taken_back' else 'refused' end,
           a.asked_by = p_officer, api.desk_roles_in(p_officer, n.id)
    from amendment a
    left join round r on r.id = a.round_id
    left join proposal p on p.id = a.proposal_id
    left join credential c on c.id = a.credential_id
    left join voter v on v.id = c.voter_id
    join neighbourhood n on n.id = coalesce(r.neighbourhood_id, v.neighbourhood_id)
    join officer o on o.id = a.asked_by
    left join officer d on d.id = a.decided_by
    where api.desk_sees(p_officer, n.id) and (p_slug is null or r.slug = p_slug)
    order by a.granted is not null, coalesce(a.decided_at, a.asked_at) desc, a.id
    limit 500
$$;

ALTER FUNCTION api.desk_amendments(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_approve(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_approve(p_officer integer, p_slug text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round round := api.desk_round_held(p_officer, p_slug, 'ward_officer', 'approver');
begin
    if v_round.id is null then
        return 'not_found';
    elsif v_round.state = 'approved' and v_round.approved_by = p_officer then
        return 'approved';
    elsif v_round.state <> 'review' then
        return 'state';
    elsif p_officer in (v_round.submitted_by, v_round.changed_by) then -- null: nobody
        return 'own';
    end if;
    update round r set state = 'approved', approved_by = p_officer, approved_at = clock_timestamp()
    where r.id = v_round.id;
    insert into audit (officer_id, action, object)
    values (p_officer, 'round.approve', 'round ' || p_slug);
    return 'approved';
end
$$;

ALTER FUNCTION api.desk_approve(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_archive(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_archive(p_officer integer, p_slug text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round round := api.desk_round_held(p_officer, p_slug);
begin
    if v_round.id is null then
        return 'not_found';
    elsif v_round.state = 'archived' then
        return 'archived';
    elsif v_round.state <> 'published' then
        return 'state';
    end if;
    update round r set state = 'archived' where r.id = v_round.id;
    insert into audit (officer_id, action, object)
    values (p_officer, 'round.archive', 'round ' || p_slug);
    return 'archived';
end
$$;

ALTER FUNCTION api.desk_archive(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_areas(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_areas(p_officer integer) RETURNS TABLE(slug text, name text, kind text, voters bigint)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select n.slug, n.name, n.kind,
           (select count(*) from voter v join register g on g.id = v.register_id
            where v.neighbourhood_id = n.id and g.kind <> 'practice')
    from neighbourhood n
    where api.desk_may(p_officer, n.id)
    order by n.kind <> 'city', n.name
$$;

ALTER FUNCTION api.desk_areas(p_officer integer) OWNER TO wardmote_api;

--
-- Name: desk_audit(integer, text, text, date, date, bigint, integer, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_audit(p_officer integer, p_words text, p_actions text, p_from date, p_until date, p_before bigint, p_most integer, p_told boolean) RETURNS TABLE(id bigint, at timestamp with time zone, who text, action text, object text, thing text, area text, detail text, changes text, came_from text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $_$
    with mine as materialized (
        select distinct w.neighbourhood_id
        from officer_area x join neighbourhood_within w on w.within_id = x.neighbourhood_id
        where x.officer_id = p_officer
    ), sees as materialized (
        select api.desk_role(p_officer, 'administrator', 'auditor') as everything
    ), named as materialized (
        select t.object
        from (select 'round ' || r.slug, r.title from round r
              union all
              select 'proposal ' || r.slug || '/' || to_char(p.number, 'FM0000'), p.title || ' ' || r.title
              from proposal p join round r on r.id = p.round_id
              union all
              select 'officer ' || o.id, o.name from officer o
              union all
              select 'register ' || g.id, g.name from register g
              union all
              select 'edition ' || e.id, n.name || ', edition ' || e.edition
              from agreement_edition e join neighbourhood n on n.id = e.neighbourhood_id
        ) t(object, name)
        where p_words <> '' and position(lower(p_words) in lower(t.name)) > 0
    )
    select a.id, a.at, coalesce(o.name, ''), a.action, a.object,
           case when p_told then api.audit_thing(a.action, a.object) else '' end, coalesce(n.name, ''),
           case when p_told then
                coalesce((select string_agg(d.key || E'\x1f' || api.audit_told(d.key, d.value),
                                            E'\x1e' order by d.key)
                          from jsonb_each(a.detail - 'changes') d), '')
                when a.detail - 'changes' = '{}' then '' else (a.detail - 'changes')::text end,
           coalesce((select string_agg(concat_ws(E'\x1f', c.key, v.before, v.after),
                                       E'\x1e' order by c.key)
                     from jsonb_each(a.detail -> 'changes') c
                     cross join lateral (select substring(c.key from '[^ ]*$') as field) f
                     cross join lateral (
                         select case when p_told then api.audit_told(f.field, c.value -> 0)
                                     else coalesce(c.value ->> 0, '') end as before,
                                case when p_told then api.audit_told(f.field, c.value -> 1)
                                     else coalesce(c.value ->> 1, '') end as after) v), ''),
           case when s.everything or a.officer_id = p_officer
                then coalesce(a.came_from::text, '') else '' end
    from audit a cross join sees s
    left join officer o on o.id = a.officer_id
    left join neighbourhood n on n.id = a.neighbourhood_id
    where (s.everything or a.officer_id = p_officer
           or a.neighbourhood_id in (select m.neighbourhood_id from mine m))
      and (p_before = 0 or a.id < p_before)
      and (p_from is null or a.at >= p_from::timestamp at time zone 'Europe/London')
      and (p_until is null or a.at < (p_until + 1)::timestamp at time zone 'Europe/London')
      and (p_words = '' or position(lower(p_words) in
                                    lower(concat_ws(' ', o.name, a.action, a.object))) > 0
           or a.action = any(string_to_array(p_actions, ','))
           or a.object in (select t.object from named t))
    order by a.id desc limit least(p_most, 20000)
$_$;

ALTER FUNCTION api.desk_audit(p_officer integer, p_words text, p_actions text, p_from date, p_until date, p_before bigint, p_most integer, p_told boolean) OWNER TO wardmote_api;

--
-- Name: desk_audit_check(integer, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_audit_check(p_officer integer, p_whole boolean) RETURNS TABLE(checked_from bigint, checked_to bigint, total bigint, broken bigint, head text, whole_at timestamp with time zone, whole_to bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    if api.desk_role(p_officer, 'administrator', 'auditor') then
        return query
        select c.checked_from, c.checked_to, c.total, coalesce(c.broken, 0), coalesce(c.head, ''),
               c.whole_at, c.whole_to
        from api.audit_verify(p_whole) c;
    end if;
end
$$;

ALTER FUNCTION api.desk_audit_check(p_officer integer, p_whole boolean) OWNER TO wardmote_api;

--
-- Name: desk_bulk(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_bulk(p_officer integer, p_slug text) RETURNS TABLE(occasion text, is_on boolean, is_over boolean, first_at timestamp with time zone, ends timestamp with time zone, people bigint, pence bigint, sent bigint, waits bigint, lost bigint)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select w.occasion, b.round_id is not null, coalesce(w.ends <= clock_timestamp(), false),
           case when w.ends > clock_timestamp()
                then api.sms_bulk_at(greatest(w.begins, clock_timestamp())) end,
           w.ends, p.n,
           ceil(p.n * (select g.price from sms_gateway g where g.place is not null
                       order by g.place, g.seen_at desc limit 1))::bigint,
           t.sent, t.waits, t.lost
    from (select api.desk_round_id(p_officer, p_slug) as id) r
    join api.bulk_windows(r.id) w on true
    left join bulk b on b.round_id = r.id and b.occasion = w.occasion
    cross join lateral (
        select count(*) as n
        from api.bulk_people(r.id, case when w.begins <= clock_timestamp()
                                        then greatest(w.begins, b.switched_at,
                                                      case when b.round_id is null
                                                           then clock_timestamp() end)
                                        else clock_timestamp() end) c
        where not exists (select from bulk_text t
                          where t.round_id = r.id and t.occasion = w.occasion
                            and t.recipient_key = c.recipient_key)) p
    cross join lateral (
        select count(*) filter (where o.state in ('accepted', 'delivered', 'undelivered')) as sent,
               count(*) filter (where o.state in ('queued', 'leased', 'unknown')) as waits,
               count(*) filter (where o.state in ('held', 'expired', 'dead', 'cancelled')) as lost
        from bulk_text t join outbox o on o.id = t.outbox_id
        where t.round_id = r.id and t.occasion = w.occasion) t
    order by array_position(array['opened', 'closing', 'result'], w.occasion)
$$;

ALTER FUNCTION api.desk_bulk(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_bulk_set(integer, text, text, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_bulk_set(p_officer integer, p_slug text, p_occasion text, p_on boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round constant integer := api.desk_round_id(p_officer, p_slug);
    v       record;
begin
    if v_round is null then
        return 'not_found';
    end if;
    select w.* into v from api.bulk_windows(v_round) w where w.occasion = p_occasion;
    if not found then
        return 'bulk_short';
    elsif p_on and v.ends <= clock_timestamp() then
        return 'bulk_over';
    end if;
    if p_on then
        insert into bulk (round_id, occasion, officer_id) values (v_round, p_occasion, p_officer)
        on conflict do nothing;
    else
        delete from bulk b where b.round_id = v_round and b.occasion = p_occasion;
        update outbox o
        set state = 'cancelled', last_error = 'moot', done_at = clock_timestamp()
        from (select q.id from bulk_text t join outbox q on q.id = t.outbox_id
              where t.round_id = v_round and t.occasion = p_occasion and q.state = 'queued'
              for update of q skip locked) waiting
        where o.id = waiting.id;
    end if;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, case when p_on then 'bulk.on' else 'bulk.off' end, 'round ' || p_slug,
            jsonb_build_object('occasion', p_occasion));
    return case when p_on then 'on' else 'off' end;
end
$$;

ALTER FUNCTION api.desk_bulk_set(p_officer integer, p_slug text, p_occasion text, p_on boolean) OWNER TO wardmote_api;

--
-- Name: desk_code_extra(integer, text, bytea, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_code_extra(p_officer integer, p_serial text, p_lookup bytea, p_reason text) RETURNS TABLE(outcome text, serial text, address text, area text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v          credential;
    v_voter    voter;
    v_register register;
    v_new      bigint;
    v_next     record;
    v_serial   text;
    v_wrong    text;
begin
    v := api.desk_code_held(p_officer, p_serial, 'ward_officer', 'clerk');
    select * into v_voter from voter w where w.id = v.voter_id;
    select * into v_register from register g where g.id = v_voter.register_id for no key update;
    v_wrong := case
        when v.id is null then 'not_found'
        when length(btrim(coalesce(p_reason, ''))) not between 1 and 400 then 'reason'
        when v_register.retired_at is not null then 'retired'
        when v.address_ref = '' then 'no_address'
        when (select count(*) from credential c join voter w on w.id = c.voter_id
              where w.register_id = v_register.id and c.issued_as = 'extra'
                and c.address_ref = v.address_ref
                and w.address_id is not distinct from v_voter.address_id)
             >= v_register.extra_cap then 'cap'
        end;
    if v_wrong is not null then
        return query select v_wrong, v_register.extra_cap::text, null::text, null::text;
        return;
    end if;
    insert into voter (register_id, neighbourhood_id, address_id)
    values (v_register.id, v_voter.neighbourhood_id, v_voter.address_id) returning id into v_new;
    v_next := api.serial_next(v_voter.neighbourhood_id);
    v_serial := v_next.prefix || to_char(v_next.last + 1, 'FM000000');
    insert into credential (voter_id, kind, lookup, serial, address_ref, issued_as, issued_by)
    values (v_new, 'code', p_lookup, v_serial, v.address_ref, 'extra', p_officer);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'code.extra', 'code ' || v_serial,
            jsonb_build_object('beside', v.serial, 'reason', btrim(p_reason)));
    return query select 'issued', v_serial, v.address_ref, n.name
                 from neighbourhood n where n.id = v_voter.neighbourhood_id;
end
$$;

ALTER FUNCTION api.desk_code_extra(p_officer integer, p_serial text, p_lookup bytea, p_reason text) OWNER TO wardmote_api;

--
-- Name: desk_code_find(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_code_find(p_officer integer, p_words text) RETURNS TABLE(serial text, address text, area text, register text, issued_as text, issued_at timestamp with time zone, voided_at timestamp with time zone, reason text, used boolean, waits boolean, mine boolean, asked_by text, wanted text, roles text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
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

ALTER FUNCTION api.desk_code_find(p_officer integer, p_words text) OWNER TO wardmote_api;

--
-- Name: credential; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.credential (
    id bigint NOT NULL,
    voter_id bigint NOT NULL,
    kind text NOT NULL,
    lookup bytea NOT NULL,
    serial text,
    address_ref text DEFAULT ''::text NOT NULL,
    batch_id integer,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    voided_at timestamp with time zone,
    void_reason text DEFAULT ''::text NOT NULL,
    number_sealed bytea,
    issued_as text DEFAULT 'batch'::text NOT NULL,
    issued_by integer,
    replaces_id bigint,
    voided_by integer,
    CONSTRAINT credential_address_ref_check CHECK ((length(address_ref) <= 120)),
    CONSTRAINT credential_issued_as_check CHECK ((issued_as = ANY (ARRAY['batch'::text, 'lost'::text, 'extra'::text, 'import'::text, 'phone'::text]))),
    CONSTRAINT credential_kind_check CHECK ((kind = ANY (ARRAY['code'::text, 'phone'::text]))),
    CONSTRAINT credential_lookup_check CHECK ((octet_length(lookup) = 32)),
    CONSTRAINT credential_serial CHECK (((kind = 'code'::text) = (serial IS NOT NULL))),
    CONSTRAINT credential_void_reason_check CHECK ((length(void_reason) <= 400))
);

ALTER TABLE wardmote.credential OWNER TO wardmote_owner;

--
-- Name: desk_code_held(integer, text, text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_code_held(p_officer integer, p_serial text, VARIADIC p_roles text[]) RETURNS wardmote.credential
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_code credential;
begin
    perform from voter v
    join credential c on c.voter_id = v.id
    where c.serial = upper(btrim(p_serial)) and api.desk_may(p_officer, v.neighbourhood_id, variadic p_roles)
    for no key update of v;
    if found then
        select c.* into v_code from credential c where c.serial = upper(btrim(p_serial));
    end if;
    return v_code;
end
$$;

ALTER FUNCTION api.desk_code_held(p_officer integer, p_serial text, VARIADIC p_roles text[]) OWNER TO wardmote_api;

--
-- Name: desk_code_reissue(integer, text, bytea, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_code_reissue(p_officer integer, p_serial text, p_lookup bytea, p_reason text) RETURNS TABLE(outcome text, serial text, address text, area text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v        credential;
    v_voter  voter;
    v_next   record;
    v_serial text;
    v_wrong  text;
begin
    v := api.desk_code_held(p_officer, p_serial, 'ward_officer', 'clerk');
    select * into v_voter from voter w where w.id = v.voter_id;
    v_wrong := case
        when v.id is null then 'not_found'
        when length(btrim(coalesce(p_reason, ''))) not between 1 and 400 then 'reason'
        when exists (select from register g
                     where g.id = v_voter.register_id and g.retired_at is not null) then 'retired'
        when exists (select from credential c
                     where c.voter_id = v.voter_id and c.kind = 'code' and c.id > v.id
                       and c.voided_at is null) then 'newer'
        when v.voided_at is null
             and exists (select from ballot b where b.voter_id = v.voter_id) then 'used'
        end;
    if v_wrong is not null then
        return query select v_wrong, null::text, null::text, null::text;
        return;
    end if;
    perform api.code_void_now(v.id, p_officer, btrim(p_reason));
    v_next := api.serial_next(v_voter.neighbourhood_id);
    v_serial := v_next.prefix || to_char(v_next.last + 1, 'FM000000');
    insert into credential (voter_id, kind, lookup, serial, address_ref, issued_as, issued_by,
                            replaces_id)
    values (v.voter_id, 'code', p_lookup, v_serial, v.address_ref, 'lost', p_officer, v.id);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'code.reissue', 'code ' || v_serial,
            jsonb_build_object('instead_of', v.serial, 'reason', btrim(p_reason)));
    return query select 'issued', v_serial, v.address_ref, n.name
                 from neighbourhood n where n.id = v_voter.neighbourhood_id;
end
$$;

ALTER FUNCTION api.desk_code_reissue(p_officer integer, p_serial text, p_lookup bytea, p_reason text) OWNER TO wardmote_api;

--
-- Name: desk_code_void(integer, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_code_void(p_officer integer, p_serial text, p_reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v credential;
begin
    v := api.desk_code_held(p_officer, p_serial, 'ward_officer', 'clerk');
    if v.id is null then
        return 'not_found';
    elsif v.voided_at is not null then
        return 'already';
    elsif length(btrim(coalesce(p_reason, ''))) not between 1 and 400 then
        return 'reason';
    elsif exists (select from ballot b where b.voter_id = v.voter_id)
          or exists (select from amendment a where a.credential_id = v.id and a.granted is null) then
        return (select a.outcome from api.desk_amendment_ask(
                    p_officer, 'void_code', null, null, null, null, v.serial, btrim(p_reason)) a);
    end if;
    perform api.code_void_now(v.id, p_officer, btrim(p_reason));
    insert into audit (officer_id, action, object)
    values (p_officer, 'code.void', 'code ' || v.serial);
    return 'void';
end
$$;

ALTER FUNCTION api.desk_code_void(p_officer integer, p_serial text, p_reason text) OWNER TO wardmote_api;

--
-- Name: desk_code_void_decide(integer, text, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_code_void_decide(p_officer integer, p_serial text, p_grant boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v         credential := api.desk_code_held(p_officer, p_serial, 'ward_officer', 'approver');
    v_outcome text;
begin
    select d.outcome into v_outcome
    from amendment a cross join api.desk_amendment_decide(p_officer, a.id, p_grant) d
    where a.credential_id = v.id and a.granted is null;
    return coalesce(v_outcome, 'none');
end
$$;

ALTER FUNCTION api.desk_code_void_decide(p_officer integer, p_serial text, p_grant boolean) OWNER TO wardmote_api;

--
-- Name: desk_codes_issue(integer, text, bytea[], text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_codes_issue(p_officer integer, p_area text, p_lookups bytea[], p_addresses text[]) RETURNS TABLE(item integer, serial text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_area     neighbourhood;
    v_register integer;
    v_batch    integer;
    v_next     record;
begin
    select * into v_area from neighbourhood n
    where n.slug = p_area and api.desk_may(p_officer, n.id);
    if v_area.id is null or cardinality(p_lookups) = 0 then
        return;
    end if;
    v_next := api.serial_next(v_area.id);
    insert into register (name, neighbourhood_id) values ('Voting codes, ' || v_area.name, v_area.id)
    on conflict (name) do nothing;
    select g.id into v_register from register g where g.name = 'Voting codes, ' || v_area.name;
    insert into code_batch (neighbourhood_id, register_id, codes, created_by)
    values (v_area.id, v_register, cardinality(p_lookups), p_officer) returning id into v_batch;
    return query
    with voters as (
        insert into voter (register_id, neighbourhood_id)
        select v_register, v_area.id from generate_series(1, cardinality(p_lookups))
        returning id
    ), numbered as (
        select v.id, row_number() over (order by v.id) as n from voters v
    )
    insert into credential (voter_id, kind, lookup, serial, address_ref, batch_id)
    select v.id, 'code', u.lookup, v_next.prefix || to_char(v_next.last + u.n, 'FM000000'),
           u.address, v_batch
    from unnest(p_lookups, p_addresses) with ordinality u(lookup, address, n)
    join numbered v on v.n = u.n
    order by u.n
    returning substr(serial, 4)::integer - v_next.last, serial;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'codes.issue', 'batch ' || v_batch,
            jsonb_build_object('area', p_area, 'codes', cardinality(p_lookups)));
end
$$;

ALTER FUNCTION api.desk_codes_issue(p_officer integer, p_area text, p_lookups bytea[], p_addresses text[]) OWNER TO wardmote_api;

--
-- Name: desk_codes_register(integer, integer, bytea[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_codes_register(p_officer integer, p_register integer, p_lookups bytea[]) RETURNS TABLE(item integer, serial text, address text, area text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_nestloop TO 'off'
    AS $$
#variable_conflict use_column
declare
    v_register register;
    v_batch    integer;
    v_next     record;
    v_codes    integer;
begin
    select * into v_register from register g
    where g.id = p_register and g.retired_at is null and g.kind <> 'phones'
      and api.desk_may(p_officer, g.neighbourhood_id);
    if v_register.id is null or cardinality(p_lookups) = 0 then
        return;
    end if;
    v_next := api.serial_next(v_register.neighbourhood_id);
    select least(cardinality(p_lookups), count(*)) into v_codes
    from voter v where v.register_id = p_register
      and not exists (select from credential c where c.voter_id = v.id and c.kind = 'code');
    if v_codes = 0 then
        return;
    end if;
    insert into code_batch (neighbourhood_id, register_id, codes, created_by)
    values (v_register.neighbourhood_id, p_register, v_codes, p_officer) returning id into v_batch;
    return query
    with due as (
        select v.id, v.neighbourhood_id, a.address, a.postcode,
               row_number() over (order by v.address_id, v.id) as n
        from voter v left join register_address a on a.id = v.address_id
        where v.register_id = p_register
          and not exists (select from credential c where c.voter_id = v.id and c.kind = 'code')
    ), issued as (
        insert into credential (voter_id, kind, lookup, serial, address_ref, batch_id)
        select d.id, 'code', p.lookup, v_next.prefix || to_char(v_next.last + d.n, 'FM000000'),
               left(coalesce(d.address, ''), 120), v_batch
        from due d join unnest(p_lookups) with ordinality p(lookup, n) on p.n = d.n
        returning voter_id, serial
    )
    select d.n::integer, i.serial, concat_ws(', ', d.address, nullif(d.postcode, '')), n.name
    from issued i join due d on d.id = i.voter_id join neighbourhood n on n.id = d.neighbourhood_id
    order by d.n;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'codes.issue', 'batch ' || v_batch,
            jsonb_build_object('register', p_register, 'codes', v_codes));
end
$$;

ALTER FUNCTION api.desk_codes_register(p_officer integer, p_register integer, p_lookups bytea[]) OWNER TO wardmote_api;

--
-- Name: desk_correct(integer, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_correct(p_officer integer, p_slug text, p_reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_id    integer := api.desk_round_id(p_officer, p_slug);
    v_round round;
begin
    if v_id is null then
        return 'not_found';
    end if;
    perform pg_advisory_xact_lock(2, 0);
    perform api.lock_round(v_id, true);
    perform api.round_settle(v_id);
    select * into v_round from round r where r.id = v_id;
    if v_round.state <> 'published' then
        return 'state';
    elsif p_reason is null or length(p_reason) not between 1 and 400 then
        return 'reason';
    elsif exists (select from count_job j where j.round_id = v_id and j.finished_at is null) then
        return 'counting';
    elsif api.result_waits(v_id) is not null then
        return 'waits';
    elsif api.round_spent(v_id, clock_timestamp()) then
        return 'too_late';
    elsif exists (select from paper_batch b where b.round_id = v_id and b.reconciled_at is null) then
        return 'paper_waiting';
    end if;
    insert into count_job (round_id, asked_by, correction) values (v_id, p_officer, p_reason);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'result.correct', 'round ' || p_slug, jsonb_build_object('reason', p_reason));
    perform pg_notify('count', '');
    return 'asked';
end
$$;

ALTER FUNCTION api.desk_correct(p_officer integer, p_slug text, p_reason text) OWNER TO wardmote_api;

--
-- Name: desk_count_job(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_count_job(p_officer integer, p_slug text) RETURNS TABLE(asked_by text, asked_at timestamp with time zone, running boolean, step text, part integer, parts integer, outcome text, correction text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select o.name, j.asked_at, j.finished_at is null, j.step, j.part, j.parts, j.outcome, j.correction
    from count_job j join officer o on o.id = j.asked_by
    where j.round_id = api.desk_round_seen(p_officer, p_slug)
    order by j.id desc limit 1
$$;

ALTER FUNCTION api.desk_count_job(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_decision_ask(integer, text, smallint, text, text, text, date); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_decision_ask(p_officer integer, p_slug text, p_number smallint, p_decision text, p_reason text, p_body text, p_day date) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round    round := api.desk_round_held(p_officer, p_slug);
    v_proposal integer;
    v_id       integer;
begin
    select p.id into v_proposal from proposal p
    where p.round_id = v_round.id and p.number = p_number and p.state = 'published'
      and p.pot_id is not null;
    if v_round.id is null then
        return 'not_found';
    elsif v_round.state not in ('published', 'archived') then
        return 'state';
    elsif v_proposal is null then
        return 'no_proposal';
    elsif p_decision is null or p_decision not in ('approved', 'deferred', 'referred', 'refused') then
        return 'decision';
    elsif p_reason is null or length(p_reason) not between 1 and 1000 then
        return 'reason';
    elsif p_body is null or length(p_body) not between 1 and 120 then
        return 'body';
    elsif p_day is null or p_day < (v_round.closes_at at time zone 'Europe/London')::date
          or p_day > (clock_timestamp() at time zone 'Europe/London')::date then
        return 'day';
    elsif exists (select from decision d where d.proposal_id = v_proposal and d.granted is null) then
        return 'waiting';
    end if;
    insert into decision (proposal_id, decision, reason, body, decided_on, asked_by)
    values (v_proposal, p_decision, p_reason, p_body, p_day, p_officer) returning id into v_id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'decision.ask', 'decision ' || v_id,
            jsonb_build_object('round', p_slug, 'number', p_number, 'decision', p_decision));
    return 'asked';
end
$$;

ALTER FUNCTION api.desk_decision_ask(p_officer integer, p_slug text, p_number smallint, p_decision text, p_reason text, p_body text, p_day date) OWNER TO wardmote_api;

--
-- Name: desk_decision_confirm(integer, integer, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_decision_confirm(p_officer integer, p_decision integer, p_grant boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_what decision;
begin
    select d.* into v_what
    from decision d join proposal p on p.id = d.proposal_id join round r on r.id = p.round_id
    where d.id = p_decision and api.desk_may(p_officer, r.neighbourhood_id, 'ward_officer', 'approver')
    for no key update of d;
    if v_what.id is null then
        return 'not_found';
    elsif v_what.granted = p_grant then
        return case when p_grant then 'granted' else 'refused' end;
    elsif v_what.granted is not null then
        return 'decided';
    elsif p_grant and v_what.asked_by = p_officer then
        return 'own';
    end if;
    update decision d
    set confirmed_by = p_officer, confirmed_at = clock_timestamp(), granted = p_grant
    where d.id = p_decision;
    insert into audit (officer_id, action, object)
    values (p_officer, case when p_grant then 'decision.grant' else 'decision.refuse' end,
            'decision ' || p_decision);
    perform pg_notify('content', '') where p_grant;
    return case when p_grant then 'granted' else 'refused' end;
end
$$;

ALTER FUNCTION api.desk_decision_confirm(p_officer integer, p_decision integer, p_grant boolean) OWNER TO wardmote_api;

--
-- Name: desk_decisions(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_decisions(p_officer integer, p_slug text) RETURNS TABLE(number smallint, decision text, reason text, body text, decided_on timestamp with time zone, stands boolean, id integer, slug text, round text, title text, state text, asked_by text, asked_at timestamp with time zone, confirmed_by text, mine boolean, roles text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select p.number, d.decision, d.reason, d.body, api.noon(d.decided_on),
           coalesce(d.granted, false)
           and not exists (select from decision n
                           where n.proposal_id = d.proposal_id and n.granted
                             and (n.confirmed_at, n.id) > (d.confirmed_at, d.id)),
           d.id, r.slug, r.title, p.title,
           case when d.granted is null then 'waiting' when d.granted then 'granted'
                when d.confirmed_by = d.asked_by then 'taken_back' else 'refused' end,
           o.name, d.asked_at, coalesce(c.name, ''), d.asked_by = p_officer,
           api.desk_roles_in(p_officer, r.neighbourhood_id)
    from decision d
    join proposal p on p.id = d.proposal_id
    join round r on r.id = p.round_id
    join officer o on o.id = d.asked_by
    left join officer c on c.id = d.confirmed_by
    where api.desk_sees(p_officer, r.neighbourhood_id) and (p_slug is null or r.slug = p_slug)
    order by d.granted is not null, coalesce(d.confirmed_at, d.asked_at) desc, d.id
    limit 500
$$;

ALTER FUNCTION api.desk_decisions(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_delivery(integer, text, smallint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_delivery(p_officer integer, p_slug text, p_number smallint) RETURNS TABLE(slug text, round text, number smallint, title text, cost bigint, state text, spent bigint, note text, at timestamp with time zone, officer text, due boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select r.slug, r.title, p.number, p.title, p.cost, d.state, d.spent, d.note, d.at, o.name,
           t.due
    from round r
    join result x on x.round_id = r.id and x.version = api.result_shown(r.id)
    cross join lateral api.round_funded(r.id) p
    cross join lateral (
        select coalesce(max(l.at), x.published_at) < clock_timestamp() - interval '90 days'
               and coalesce((array_agg(l.state order by l.id desc))[1], 'not_started')
                   not in ('done', 'dropped') as due
        from delivery l where l.proposal_id = p.id) t
    left join delivery d on d.proposal_id = p.id
    left join officer o on o.id = d.officer_id
    where api.desk_may(p_officer, r.neighbourhood_id)
      and (p_slug is null or r.slug = p_slug and p.number = p_number)
    order by t.due desc, x.published_at desc, r.id, p.number, d.id desc
$$;

ALTER FUNCTION api.desk_delivery(p_officer integer, p_slug text, p_number smallint) OWNER TO wardmote_api;

--
-- Name: desk_delivery_write(integer, text, smallint, text, bigint, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_delivery_write(p_officer integer, p_slug text, p_number smallint, p_state text, p_spent bigint, p_note text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round   round := api.desk_round_held(p_officer, p_slug);
    v_project integer := (select p.id from api.round_funded(v_round.id) p
                          where p.number = p_number);
    v_outcome text := case
        when v_project is null then 'not_found'
        when p_state is null or p_state not in ('not_started', 'in_progress', 'done', 'dropped')
        then 'state'
        when p_spent is null or p_spent not between 0 and 100000000000 then 'spent'
        when length(coalesce(p_note, '')) not between 1 and 1000 then 'note' end;
begin
    if v_outcome is not null then
        return v_outcome;
    end if;
    insert into delivery (proposal_id, state, spent, note, officer_id)
    values (v_project, p_state, p_spent, p_note, p_officer);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'delivery.write', 'round ' || p_slug,
            jsonb_build_object('number', p_number, 'state', p_state, 'spent', p_spent));
    perform pg_notify('content', '');
    return 'saved';
end
$$;

ALTER FUNCTION api.desk_delivery_write(p_officer integer, p_slug text, p_number smallint, p_state text, p_spent bigint, p_note text) OWNER TO wardmote_api;

--
-- Name: desk_edition(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_edition(p_officer integer, p_edition integer) RETURNS TABLE(id integer, area_slug text, area text, edition integer, title text, in_return text, state text, adopted_on timestamp with time zone, review_on timestamp with time zone, review_typed text, round text, frozen_sha256 text, adopt_reason text, asked_by text, mine boolean, roles text, before integer, before_in_return text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select e.id, n.slug, n.name, e.edition, e.title, e.in_return,
           api.edition_state(e), api.noon(api.edition_adopted_on(e)), api.noon(e.review_on),
           coalesce(to_char(e.review_on, 'DD/MM/YYYY'), ''),
           coalesce((select r.slug from round r where r.edition_id = e.id
                     order by r.id desc limit 1), ''),
           coalesce(encode(e.frozen_sha256, 'hex'), ''), e.adopt_reason, coalesce(o.name, ''),
           coalesce(e.adopt_asked_by = p_officer, false),
           api.desk_roles_in(p_officer, n.id), coalesce(b.edition, 0), coalesce(b.in_return, '')
    from agreement_edition e
    join neighbourhood n on n.id = e.neighbourhood_id
    left join agreement_edition b on b.id = api.edition_before(e.id)
    left join officer o on o.id = e.adopt_asked_by
    where e.id = p_edition and api.desk_sees(p_officer, n.id)
$$;

ALTER FUNCTION api.desk_edition(p_officer integer, p_edition integer) OWNER TO wardmote_api;

--
-- Name: desk_edition_adopt(integer, integer, text, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_edition_adopt(p_officer integer, p_edition integer, p_reason text, p_grant boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v         agreement_edition;
    v_outcome text;
begin
    v := case when p_grant is null then api.desk_edition_held(p_officer, p_edition)
              else api.desk_edition_held(p_officer, p_edition, 'ward_officer', 'approver') end;
    v_outcome := case
        when v.id is null then 'not_found'
        when v.state <> 'proposed' then 'state'
        when exists (select from round r where r.edition_id = v.id) then 'in_vote'
        when p_grant is null and v.adopt_asked_by is not null then 'waiting'
        when p_grant is null and length(coalesce(p_reason, '')) not between 1 and 400 then 'reason'
        when p_grant is not null and v.adopt_asked_by is null then 'state'
        when p_grant and v.adopt_asked_by = p_officer then 'own' end;
    if v_outcome is not null then
        return v_outcome;
    end if;
    if p_grant is null then
        update agreement_edition e set adopt_asked_by = p_officer, adopt_reason = p_reason
        where e.id = v.id;
    elsif p_grant then
        update agreement_edition e set adopted_by = p_officer where e.id = v.id;
        perform api.edition_adopt(v.id, true);
        perform pg_notify('content', '');
    else
        update agreement_edition e set adopt_asked_by = null, adopt_reason = '' where e.id = v.id;
    end if;
    v_outcome := case when p_grant is null then 'asked' when p_grant then 'adopted'
                      else 'refused' end;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'edition.adopt_' || v_outcome, 'edition ' || v.id,
            jsonb_build_object('reason', coalesce(p_reason, v.adopt_reason)));
    return v_outcome;
end
$$;

ALTER FUNCTION api.desk_edition_adopt(p_officer integer, p_edition integer, p_reason text, p_grant boolean) OWNER TO wardmote_api;

--
-- Name: desk_edition_changes(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_edition_changes(p_officer integer, p_edition integer) RETURNS TABLE(what text, provider text, promise text, standard text, measure text, due timestamp with time zone, was_provider text, was_promise text, was_standard text, was_measure text, was_due timestamp with time zone, reason text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select c.* from agreement_edition e cross join lateral api.edition_changes(e.id) c
    where e.id = p_edition and api.desk_sees(p_officer, e.neighbourhood_id)
$$;

ALTER FUNCTION api.desk_edition_changes(p_officer integer, p_edition integer) OWNER TO wardmote_api;

--
-- Name: desk_edition_freeze(integer, integer, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_edition_freeze(p_officer integer, p_edition integer, p_thaw boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v         agreement_edition := api.desk_edition_held(p_officer, p_edition);
    v_outcome text;
begin
    select case when v.id is null then 'not_found'
                when v.state = 'proposed' and not p_thaw then 'proposed'
                when v.state = 'draft' and p_thaw then 'draft'
                when v.state not in ('draft', 'proposed') then 'state'
                when p_thaw and exists (select from round r where r.edition_id = v.id) then 'in_vote'
                when p_thaw then null
                when count(*) = 0 then 'no_pledges'
                when bool_or(g.state = 'drafted') then 'unanswered'
                when bool_and(g.state = 'declined') then 'declined' end
    into v_outcome from pledge g where g.edition_id = v.id;
    if v_outcome is not null then
        return v_outcome;
    end if;
    if p_thaw then
        update agreement_edition e
        set state = 'draft', frozen_at = null, frozen_by = null, frozen_text = null,
            frozen_sha256 = null, adopt_asked_by = null, adopt_reason = ''
        where e.id = v.id;
    else
        update agreement_edition e
        set state = 'proposed', frozen_at = clock_timestamp(), frozen_by = p_officer,
            frozen_text = api.edition_text(e.id),
            frozen_sha256 = sha256(convert_to(api.edition_text(e.id), 'UTF8'))
        where e.id = v.id;
    end if;
    insert into audit (officer_id, action, object)
    values (p_officer, case when p_thaw then 'edition.thaw' else 'edition.freeze' end,
            'edition ' || v.id);
    perform pg_notify('content', '');
    return case when p_thaw then 'draft' else 'proposed' end;
end
$$;

ALTER FUNCTION api.desk_edition_freeze(p_officer integer, p_edition integer, p_thaw boolean) OWNER TO wardmote_api;

--
-- Name: agreement_edition; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.agreement_edition (
    id integer NOT NULL,
    neighbourhood_id integer NOT NULL,
    edition integer NOT NULL,
    title text NOT NULL,
    in_return text DEFAULT ''::text NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    adopted_on date,
    review_on date,
    created_by integer,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    frozen_at timestamp with time zone,
    frozen_by integer,
    frozen_text text,
    frozen_sha256 bytea,
    adopt_reason text DEFAULT ''::text NOT NULL,
    adopt_asked_by integer,
    adopted_by integer,
    CONSTRAINT agreement_edition_adopt_reason_check CHECK ((length(adopt_reason) <= 400)),
    CONSTRAINT agreement_edition_check CHECK ((((frozen_at IS NULL) = (frozen_text IS NULL)) AND ((frozen_at IS NULL) = (frozen_sha256 IS NULL)))),
    CONSTRAINT agreement_edition_check1 CHECK (((adopted_by IS NULL) OR (adopted_by <> adopt_asked_by))),
    CONSTRAINT agreement_edition_edition_check CHECK ((edition > 0)),
    CONSTRAINT agreement_edition_frozen_sha256_check CHECK ((octet_length(frozen_sha256) = 32)),
    CONSTRAINT agreement_edition_in_return_check CHECK ((length(in_return) <= 4000)),
    CONSTRAINT agreement_edition_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'proposed'::text, 'adopted'::text, 'superseded'::text, 'rejected'::text]))),
    CONSTRAINT agreement_edition_title_check CHECK (((length(title) >= 1) AND (length(title) <= 120)))
);

ALTER TABLE wardmote.agreement_edition OWNER TO wardmote_owner;

--
-- Name: desk_edition_held(integer, integer, text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_edition_held(p_officer integer, p_edition integer, VARIADIC p_roles text[] DEFAULT '{ward_officer}'::text[]) RETURNS wardmote.agreement_edition
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select api.edition_settle(e.neighbourhood_id) from agreement_edition e where e.id = p_edition;
    select e.* from agreement_edition e
    where e.id = p_edition and api.desk_may(p_officer, e.neighbourhood_id, variadic p_roles)
    for update
$$;

ALTER FUNCTION api.desk_edition_held(p_officer integer, p_edition integer, VARIADIC p_roles text[]) OWNER TO wardmote_api;

--
-- Name: desk_edition_save(integer, integer, text, text, text, date, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_edition_save(p_officer integer, p_edition integer, p_area text, p_title text, p_in_return text, p_review date, p_copy boolean) RETURNS TABLE(outcome text, id integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_old  agreement_edition;
    v_area integer := (select n.id from neighbourhood n
                       where n.slug = p_area and api.desk_may(p_officer, n.id));
    v_id   integer := p_edition;
begin
    if p_edition is not null then
        v_old := api.desk_edition_held(p_officer, p_edition);
    elsif v_area is not null then
        perform api.edition_settle(v_area);
        perform pg_advisory_xact_lock(5, v_area);
        select e.id into v_id from agreement_edition e
        where e.neighbourhood_id = v_area and e.state = 'draft';
    end if;
    outcome := case
        when p_edition is not null and v_old.id is null or p_edition is null and v_area is null
        then 'not_found'
        when v_old.state <> 'draft' then 'frozen'
        when p_edition is null and v_id is not null then 'draft'
        when length(coalesce(p_title, '')) not between 1 and 120 then 'title' end;
    if outcome is not null then
        return query select outcome, v_id;
        return;
    end if;
    if p_edition is null then
        insert into agreement_edition (neighbourhood_id, edition, title, in_return, review_on,
                                       created_by)
        select v_area, coalesce(max(e.edition), 0) + 1, p_title, p_in_return, p_review, p_officer
        from agreement_edition e where e.neighbourhood_id = v_area
        returning agreement_edition.id into v_id;
        insert into pledge (edition_id, ordinal, provider_id, promise, standard, measure, due,
                            came_from)
        select v_id, row_number() over (order by g.ordinal), g.provider_id, g.promise, g.standard,
               g.measure, g.due, g.id
        from pledge g join agreement_edition e on e.id = g.edition_id
        where p_copy and e.neighbourhood_id = v_area and e.state = 'adopted'
          and g.state <> 'declined';
    else
        update agreement_edition e
        set title = p_title, in_return = p_in_return, review_on = p_review where e.id = v_id;
    end if;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, case when p_edition is null then 'edition.create' else 'edition.edit' end,
            'edition ' || v_id, jsonb_build_object('title', p_title));
    return query select 'saved', v_id;
end
$$;

ALTER FUNCTION api.desk_edition_save(p_officer integer, p_edition integer, p_area text, p_title text, p_in_return text, p_review date, p_copy boolean) OWNER TO wardmote_api;

--
-- Name: desk_editions(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_editions(p_officer integer) RETURNS TABLE(id integer, area_slug text, area_name text, edition integer, title text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select e.id, n.slug, n.name, e.edition, e.title
    from agreement_edition e join neighbourhood n on n.id = e.neighbourhood_id
    where e.state = 'proposed' and api.desk_may(p_officer, n.id)
      and not exists (select from round r where r.edition_id = e.id and r.frozen)
    order by n.name, e.edition
$$;

ALTER FUNCTION api.desk_editions(p_officer integer) OWNER TO wardmote_api;

--
-- Name: desk_errands(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_errands(p_officer integer) RETURNS TABLE(what text, n bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with a as (
        select g.* from api.desk_agreements(p_officer) g join neighbourhood n on n.slug = g.area_slug
        where api.desk_may(p_officer, n.id, 'ward_officer', 'approver'))
    select x.what, x.n from (
        select 1, 'adoptions', (select count(*) from a where a.asks and not a.mine)
        union all
        select 2, 'ideas', (select count(*) from api.desk_ideas(p_officer) i
                            where i.state = 'sent' and (i.mine or i.officer = ''))
        union all
        select 3, 'offers', (select count(*) from api.desk_offers(p_officer) o
                             where o.answered_at is null)
        union all
        select 4, 'pledges', (select coalesce(sum(a.due), 0)::bigint from a)
        union all
        select 5, 'decisions', (select count(*) from decision d
                                join proposal p on p.id = d.proposal_id
                                join round r on r.id = p.round_id
                                where d.granted is null and d.asked_by <> p_officer
                                  and api.desk_may(p_officer, r.neighbourhood_id, 'ward_officer',
                                                   'approver'))
        union all
        select 6, 'deliveries', (select count(distinct (d.slug, d.number))
                                 from api.desk_delivery(p_officer, null, null) d where d.due)
    ) x(place, what, n)
    where x.n > 0 order by x.place
$$;

ALTER FUNCTION api.desk_errands(p_officer integer) OWNER TO wardmote_api;

--
-- Name: desk_hindrance(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_hindrance(p_round integer) RETURNS TABLE(reason text, detail text)
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with r as (select * from round where id = p_round),
    p as (select * from proposal where round_id = p_round and state = 'published'),
    x as (select e.ordinal, min(p.number) as number, count(*) as n,
                 count(distinct p.pot_id) as pots
          from exclusion e join p on p.id = e.proposal_id
          where e.round_id = p_round group by e.ordinal),
    found(rank, reason, detail) as (
        select 1, 'no_dates', '' from r where r.opens_at is null or r.closes_at is null
        union all
        select 2, 'opens_past', '' from r where r.opens_at <= clock_timestamp()
        union all
        select 3, 'edition', '' from r
        left join agreement_edition e on e.id = r.edition_id and api.edition_state(e) = 'proposed'
        where r.kind = 'yes_no' and e.id is null
        union all
        select 4, 'no_question', '' from r
        where r.kind = 'yes_no' and (select count(*) from p) <> 1
        union all
        select 5, 'no_pot', '' from r
        where r.kind <> 'yes_no' and not exists (select from pot t where t.round_id = p_round)
        union all
        select 6, 'no_proposals', '' from r
        where r.kind <> 'yes_no' and not exists (select from p)
        union all
        select 6 + t.ordinal, 'pot_empty', t.name from pot t
        where t.round_id = p_round and not exists (select from p where p.pot_id = t.id)
        union all
        select 16, 'least', '' from r
        where r.kind <> 'yes_no' and r.min_picks > (select count(*) from p)
        union all
        select 17, 'pot_least', t.name from pot t
        where t.round_id = p_round and t.min_picks > (select count(*) from p where p.pot_id = t.id)
        union all
        select 18, 'pots_most', '' from r
        where r.max_picks < (select sum(t.min_picks) from pot t where t.round_id = p_round)
        union all
        select 20, 'too_dear', to_char(p.number, 'FM0000')
        from p join pot t on t.id = p.pot_id where p.cost > t.amount
        union all
        select 21, 'over_cap', to_char(p.number, 'FM0000') || ' costs £'
               || to_char(p.cost / 100.0, 'FM999,999,999,990.00') || ', and '
               || r.cap_percent || '% of its pot is £'
               || to_char(t.amount * r.cap_percent / 100 / 100.0, 'FM999,999,999,990.00')
        from r cross join p join pot t on t.id = p.pot_id
        where p.cost * 100 > t.amount * r.cap_percent
        union all
        select 22, 'exclusion_one', to_char(x.number, 'FM0000') from x where x.n = 1
        union all
        select 23, 'exclusion_pots', to_char(x.number, 'FM0000') from x where x.pots > 1
        union all
        select 30, 'number_clash', to_char(p.number, 'FM0000') || ' (' || o.title || ')'
        from p cross join r
        join number_in_use u on u.number = p.number
                            and u.during && tstzrange(r.opens_at, r.closes_at + r.grace)
        join round o on o.id = u.round_id
    )
    select f.reason, f.detail from found f order by f.rank, f.detail limit 1
$$;

ALTER FUNCTION api.desk_hindrance(p_round integer) OWNER TO wardmote_api;

--
-- Name: desk_idea(integer, bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_idea(p_officer integer, p_idea bigint) RETURNS TABLE(id bigint, reference text, state text, title text, area text, officer text, mine boolean, sent_at timestamp with time zone, area_slug text, what text, place text, benefit text, cost_guess bigint, cost bigint, proposer text, texts boolean, kept_by text, kept_by_id bigint, round_slug text, project smallint, kind text, promiser text, in_return text, pledge integer, edition_id integer, edition integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select i.id, i.reference, i.state, i.title, n.name, coalesce(o.name, ''),
           coalesce(i.officer_id = p_officer, false), i.sent_at, n.slug, i.what, i.place,
           i.benefit, coalesce(i.cost_guess, 0), coalesce(i.cost, 0), i.proposer,
           i.number_sealed is not null, coalesce(m.reference, ''), m.id, coalesce(r.slug, ''),
           p.number, i.kind, i.promiser, i.in_return, coalesce(g.id, 0), coalesce(e.id, 0),
           coalesce(e.edition, 0)
    from idea i
    join neighbourhood n on n.id = i.neighbourhood_id
    left join officer o on o.id = i.officer_id
    left join idea m on m.id = i.merged_into
    left join proposal p on p.id = i.proposal_id
    left join round r on r.id = p.round_id
    left join pledge g on g.id = i.pledge_id
    left join agreement_edition e
        on e.id = g.edition_id
        or g.id is null and i.kind = 'pledge' and e.neighbourhood_id = n.id and e.state = 'draft'
    where i.id = p_idea and i.state <> 'draft' and api.desk_may(p_officer, n.id)
$$;

ALTER FUNCTION api.desk_idea(p_officer integer, p_idea bigint) OWNER TO wardmote_api;

--
-- Name: desk_idea_accept(integer, bigint, text, text, text, text, date); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_idea_accept(p_officer integer, p_idea bigint, p_provider text, p_promise text, p_standard text, p_measure text, p_due date) RETURNS TABLE(outcome text, edition integer, pledge integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_edition agreement_edition := api.desk_edition_held(p_officer, (
        select e.id from agreement_edition e join idea i on i.neighbourhood_id = e.neighbourhood_id
        where i.id = p_idea and e.state = 'draft'));
    v_idea    idea := api.desk_idea_held(p_officer, p_idea);
    v_pledge  integer;
begin
    outcome := case when v_idea.id is null or v_idea.kind <> 'pledge' then 'not_found'
                    when v_idea.state not in ('sent', 'asked') then 'closed'
                    when v_edition.id is null or v_edition.state <> 'draft' then 'no_draft'
                    else api.desk_pledge_save(p_officer, v_edition.id, null, p_provider, p_promise,
                                              p_standard, p_measure, p_due) end;
    if outcome = 'saved' then
        select max(g.id) into v_pledge from pledge g where g.edition_id = v_edition.id;
        update idea i
        set state = 'accepted', pledge_id = v_pledge, decided_at = clock_timestamp(),
            officer_id = coalesce(i.officer_id, p_officer)
        where i.id = v_idea.id;
        perform api.idea_notice(v_idea.id);
        insert into audit (officer_id, action, object, detail)
        values (p_officer, 'idea.accept', 'idea ' || v_idea.reference,
                jsonb_build_object('edition', v_edition.id, 'pledge', v_pledge));
    end if;
    return query select outcome, v_edition.id, v_pledge;
end
$$;

ALTER FUNCTION api.desk_idea_accept(p_officer integer, p_idea bigint, p_provider text, p_promise text, p_standard text, p_measure text, p_due date) OWNER TO wardmote_api;

--
-- Name: desk_idea_assign(integer, bigint, integer, bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_idea_assign(p_officer integer, p_idea bigint, p_to integer, p_cost bigint) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_idea idea := api.desk_idea_held(p_officer, p_idea);
begin
    if v_idea.id is null then
        return 'not_found';
    elsif v_idea.state not in ('sent', 'asked') then
        return 'closed';
    elsif p_to is not null and not api.desk_may(p_to, v_idea.neighbourhood_id) then
        return 'officer';
    elsif p_cost is null or p_cost not between 0 and 100000000000 then
        return 'cost';
    end if;
    update idea i set officer_id = p_to, cost = nullif(p_cost, 0) where i.id = v_idea.id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'idea.assign', 'idea ' || v_idea.reference,
            jsonb_build_object('to', p_to, 'cost', nullif(p_cost, 0)));
    return 'saved';
end
$$;

ALTER FUNCTION api.desk_idea_assign(p_officer integer, p_idea bigint, p_to integer, p_cost bigint) OWNER TO wardmote_api;

--
-- Name: desk_idea_choices(integer, bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_idea_choices(p_officer integer, p_idea bigint) RETURNS TABLE(kind text, value text, label text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with mine as (select i.* from idea i
                  where i.id = p_idea and api.desk_may(p_officer, i.neighbourhood_id))
    select 'officer', o.id::text, o.name
    from mine join officer o on o.disabled_at is null and api.desk_may(o.id, mine.neighbourhood_id)
    union all
    select 'round', r.slug, r.title
    from mine
    join neighbourhood_within w on w.neighbourhood_id = mine.neighbourhood_id
    join round r on r.neighbourhood_id = w.within_id and r.state = 'draft' and r.kind <> 'yes_no'
    where api.desk_may(p_officer, r.neighbourhood_id)
    order by 1, 3
$$;

ALTER FUNCTION api.desk_idea_choices(p_officer integer, p_idea bigint) OWNER TO wardmote_api;

--
-- Name: idea; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.idea (
    id bigint NOT NULL,
    reference text NOT NULL,
    key_hash bytea NOT NULL,
    neighbourhood_id integer,
    title text DEFAULT ''::text NOT NULL,
    what text DEFAULT ''::text NOT NULL,
    place text DEFAULT ''::text NOT NULL,
    benefit text DEFAULT ''::text NOT NULL,
    cost_guess bigint,
    proposer text DEFAULT ''::text NOT NULL,
    number_sealed bytea,
    recipient_key bytea,
    state text DEFAULT 'draft'::text NOT NULL,
    officer_id integer,
    cost bigint,
    merged_into bigint,
    proposal_id integer,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    saved_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    sent_at timestamp with time zone,
    decided_at timestamp with time zone,
    kind text DEFAULT 'project'::text NOT NULL,
    promiser text DEFAULT ''::text NOT NULL,
    in_return text DEFAULT ''::text NOT NULL,
    pledge_id integer,
    CONSTRAINT idea_accepted CHECK (((state = 'accepted'::text) = (pledge_id IS NOT NULL))),
    CONSTRAINT idea_benefit_check CHECK ((length(benefit) <= 1000)),
    CONSTRAINT idea_check CHECK (((number_sealed IS NULL) = (recipient_key IS NULL))),
    CONSTRAINT idea_check1 CHECK (((state = 'draft'::text) OR (sent_at IS NOT NULL))),
    CONSTRAINT idea_check2 CHECK (((state = 'merged'::text) = (merged_into IS NOT NULL))),
    CONSTRAINT idea_check3 CHECK (((state = 'shortlisted'::text) = (proposal_id IS NOT NULL))),
    CONSTRAINT idea_cost_check CHECK (((cost >= 1) AND (cost <= '100000000000'::bigint))),
    CONSTRAINT idea_cost_guess_check CHECK (((cost_guess >= 1) AND (cost_guess <= '100000000000'::bigint))),
    CONSTRAINT idea_decided CHECK (((state = ANY (ARRAY['shortlisted'::text, 'accepted'::text, 'merged'::text, 'refused'::text, 'taken_back'::text])) = (decided_at IS NOT NULL))),
    CONSTRAINT idea_in_return_check CHECK ((length(in_return) <= 1000)),
    CONSTRAINT idea_key_hash_check CHECK ((octet_length(key_hash) = 32)),
    CONSTRAINT idea_kind_check CHECK ((kind = ANY (ARRAY['project'::text, 'pledge'::text]))),
    CONSTRAINT idea_of_pledge CHECK (((kind = 'pledge'::text) OR ((pledge_id IS NULL) AND (promiser = ''::text) AND (in_return = ''::text)))),
    CONSTRAINT idea_of_project CHECK (((kind = 'project'::text) OR (proposal_id IS NULL))),
    CONSTRAINT idea_place_check CHECK ((length(place) <= 120)),
    CONSTRAINT idea_promiser_check CHECK ((length(promiser) <= 120)),
    CONSTRAINT idea_proposer_check CHECK ((length(proposer) <= 120)),
    CONSTRAINT idea_recipient_key_check CHECK ((octet_length(recipient_key) = 32)),
    CONSTRAINT idea_reference_check CHECK ((reference ~ '^[0-9A-HJKMNP-TV-Z]{6}$'::text)),
    CONSTRAINT idea_state CHECK ((state = ANY (ARRAY['draft'::text, 'sent'::text, 'asked'::text, 'shortlisted'::text, 'accepted'::text, 'merged'::text, 'refused'::text, 'taken_back'::text]))),
    CONSTRAINT idea_title_check CHECK ((length(title) <= 120)),
    CONSTRAINT idea_what_check CHECK ((length(what) <= 2000))
);

ALTER TABLE wardmote.idea OWNER TO wardmote_owner;

--
-- Name: desk_idea_held(integer, bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_idea_held(p_officer integer, p_idea bigint) RETURNS wardmote.idea
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select i.* from idea i
    where i.id = p_idea and i.state <> 'draft' and api.desk_may(p_officer, i.neighbourhood_id)
    for update
$$;

ALTER FUNCTION api.desk_idea_held(p_officer integer, p_idea bigint) OWNER TO wardmote_api;

--
-- Name: desk_idea_merge(integer, bigint, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_idea_merge(p_officer integer, p_idea bigint, p_reference text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_other idea;
    v_idea  idea;
begin
    select i.* into v_other from idea i
    where i.reference = upper(btrim(p_reference)) and i.id <> p_idea
      and i.state in ('sent', 'asked', 'shortlisted', 'accepted')
      and i.kind = (select k.kind from idea k where k.id = p_idea)
      and api.desk_may(p_officer, i.neighbourhood_id)
    for update;
    v_idea := api.desk_idea_held(p_officer, p_idea);
    if v_idea.id is null then
        return 'not_found';
    elsif v_idea.state not in ('sent', 'asked') then
        return 'closed';
    elsif v_other.id is null then
        return 'reference';
    end if;
    update idea i set state = 'merged', merged_into = v_other.id, decided_at = clock_timestamp()
    where i.id = v_idea.id;
    insert into idea_message (idea_id, officer_id, kind, words)
    values (v_idea.id, p_officer, 'merge', v_other.title);
    perform api.idea_notice(v_idea.id);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'idea.merge', 'idea ' || v_idea.reference,
            jsonb_build_object('into', v_other.reference));
    return 'saved';
end
$$;

ALTER FUNCTION api.desk_idea_merge(p_officer integer, p_idea bigint, p_reference text) OWNER TO wardmote_api;

--
-- Name: desk_idea_messages(integer, bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_idea_messages(p_officer integer, p_idea bigint) RETURNS TABLE(at timestamp with time zone, kind text, words text, officer text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select m.at, m.kind, m.words, coalesce(o.name, '')
    from idea_message m
    join idea i on i.id = m.idea_id
    left join officer o on o.id = m.officer_id
    where i.id = p_idea and i.state <> 'draft' and api.desk_may(p_officer, i.neighbourhood_id)
    order by m.id
$$;

ALTER FUNCTION api.desk_idea_messages(p_officer integer, p_idea bigint) OWNER TO wardmote_api;

--
-- Name: desk_idea_shortlist(integer, bigint, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_idea_shortlist(p_officer integer, p_idea bigint, p_slug text, p_short_name text) RETURNS TABLE(outcome text, number smallint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_round round := api.desk_round_held(p_officer, p_slug);
    v_idea  idea := api.desk_idea_held(p_officer, p_idea);
    v_made  record;
begin
    outcome := case when v_idea.id is null or v_idea.kind <> 'project' then 'not_found'
                    when v_idea.state not in ('sent', 'asked') then 'closed'
                    when v_idea.cost is null then 'no_cost'
                    when v_round.id is null then 'round' end;
    if outcome is null then
        select * into v_made from api.desk_proposal_save(
            p_officer, p_slug, null, v_idea.title, p_short_name, left(v_idea.benefit, 300),
            v_idea.what, v_idea.place, '', 1, v_idea.cost, 0, null);
        outcome := v_made.outcome;
    end if;
    if outcome <> 'saved' then
        return query select outcome, null::smallint;
        return;
    end if;
    update idea i
    set state = 'shortlisted', decided_at = clock_timestamp(),
        officer_id = coalesce(i.officer_id, p_officer),
        proposal_id = (select p.id from proposal p
                       where p.round_id = v_round.id and p.number = v_made.number)
    where i.id = v_idea.id;
    perform api.idea_notice(v_idea.id);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'idea.shortlist', 'idea ' || v_idea.reference,
            jsonb_build_object('round', p_slug, 'number', v_made.number));
    return query select 'saved', v_made.number;
end
$$;

ALTER FUNCTION api.desk_idea_shortlist(p_officer integer, p_idea bigint, p_slug text, p_short_name text) OWNER TO wardmote_api;

--
-- Name: desk_idea_write(integer, bigint, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_idea_write(p_officer integer, p_idea bigint, p_kind text, p_words text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_idea idea := api.desk_idea_held(p_officer, p_idea);
begin
    if v_idea.id is null or p_kind not in ('question', 'refusal', 'note') then
        return 'not_found';
    elsif length(coalesce(p_words, '')) not between 1 and 1000 then
        return 'words';
    elsif p_kind <> 'note' and v_idea.state not in ('sent', 'asked') then
        return 'closed';
    end if;
    insert into idea_message (idea_id, officer_id, kind, words)
    values (v_idea.id, p_officer, p_kind, p_words);
    if p_kind <> 'note' then
        update idea i
        set state = case p_kind when 'question' then 'asked' else 'refused' end,
            decided_at = case p_kind when 'refusal' then clock_timestamp() end,
            officer_id = coalesce(i.officer_id, p_officer)
        where i.id = v_idea.id;
        perform api.idea_notice(v_idea.id);
    end if;
    insert into audit (officer_id, action, object)
    values (p_officer, 'idea.' || p_kind, 'idea ' || v_idea.reference);
    return 'saved';
end
$$;

ALTER FUNCTION api.desk_idea_write(p_officer integer, p_idea bigint, p_kind text, p_words text) OWNER TO wardmote_api;

--
-- Name: desk_ideas(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_ideas(p_officer integer) RETURNS TABLE(id bigint, reference text, state text, title text, area text, officer text, mine boolean, sent_at timestamp with time zone, kind text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select i.id, i.reference, i.state, i.title, n.name, coalesce(o.name, ''),
           coalesce(i.officer_id = p_officer, false), i.sent_at, i.kind
    from idea i
    join neighbourhood n on n.id = i.neighbourhood_id
    left join officer o on o.id = i.officer_id
    where i.state <> 'draft' and api.desk_may(p_officer, n.id)
    order by case i.state when 'sent' then 1 when 'asked' then 2 else 3 end, i.decided_at desc,
             i.sent_at
    limit 500
$$;

ALTER FUNCTION api.desk_ideas(p_officer integer) OWNER TO wardmote_api;

--
-- Name: desk_import(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_import(p_officer integer, p_import integer) RETURNS TABLE(register integer, name text, sha256 bytea, persons boolean, rows integer, bad integer, whole boolean, voters bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select g.id, g.name, i.sha256, i.persons, i.rows, i.bad,
           exists (select from register_import_sample s where s.import_id = i.id)
           and i.parts = (select count(*) from register_import_part p where p.import_id = i.id),
           case when i.persons then i.rows else i.rows * g.codes_per_address::bigint end
    from api.import_held(p_officer, p_import) i
    join register g on g.id = i.register_id
    where i.checked
$$;

ALTER FUNCTION api.desk_import(p_officer integer, p_import integer) OWNER TO wardmote_api;

--
-- Name: desk_import_areas(integer, integer, text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_import_areas(p_officer integer, p_import integer, p_names text[]) RETURNS TABLE(item integer, area integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with within as materialized (
        select n.id, lower(n.name) as name, n.slug, n.ons_code
        from api.import_held(p_officer, p_import) i
        join register g on g.id = i.register_id
        join neighbourhood_within w on w.within_id = g.neighbourhood_id
        join neighbourhood n on n.id = w.neighbourhood_id
    ), known as (
        select w.name as word, w.id from within w
        union all select w.slug, w.id from within w
    )
    select a.item::integer, min(coalesce(k.id, o.id))
    from unnest(p_names) with ordinality a(name, item)
    left join known k on k.word = lower(a.name)
    left join within o on o.ons_code = a.name
    where k.id is not null or o.id is not null
    group by a.item
$$;

ALTER FUNCTION api.desk_import_areas(p_officer integer, p_import integer, p_names text[]) OWNER TO wardmote_api;

--
-- Name: desk_import_begin(integer, integer, bytea, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_import_begin(p_officer integer, p_register integer, p_sha256 bytea, p_persons boolean) RETURNS TABLE(id integer, area integer, listed boolean, located boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_register register;
begin
    select * into v_register from register g
    where g.id = p_register and g.retired_at is null and g.kind in ('codes', 'imported')
      and api.desk_may(p_officer, g.neighbourhood_id);
    if v_register.id is null then
        return;
    end if;
    perform api.import_drop(array(
        select i.id from register_import i
        where i.officer_id = p_officer and i.done_at is null
          and (exists (select from register_import_sample s where s.import_id = i.id)
               or exists (select from register_import_part p where p.import_id = i.id))
        for update skip locked));
    return query
    with born as (
        insert into register_import (register_id, officer_id, sha256, persons, before)
        values (p_register, p_officer, p_sha256, p_persons, v_register.imports)
        returning id
    )
    select b.id, v_register.neighbourhood_id,
           exists (select from register_address a where a.register_id = p_register),
           exists (select from postcode)
    from born b;
end
$$;

ALTER FUNCTION api.desk_import_begin(p_officer integer, p_register integer, p_sha256 bytea, p_persons boolean) OWNER TO wardmote_api;

--
-- Name: desk_import_credentials(integer, bigint[], integer[], bytea[], text[], bytea[], bytea[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_import_credentials(p_import integer, p_voter bigint[], p_nth integer[], p_code bytea[], p_ref text[], p_phone bytea[], p_sealed bytea[]) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with given as materialized (
        select c.*, i.serial_prefix, i.serial_last
        from register_import i
        cross join unnest(p_voter, p_nth, p_code, p_ref, p_phone, p_sealed)
                   c(voter, nth, code, ref, phone, sealed)
        join voter v on v.id = c.voter and v.id >= i.first_id and v.id < i.first_id + i.voters
        where i.id = p_import and i.taken_in = pg_current_xact_id_if_assigned()
    ), codes as (
        insert into credential (voter_id, kind, lookup, serial, address_ref, issued_as)
        select g.voter, 'code', g.code,
               g.serial_prefix || to_char(g.serial_last + g.nth, 'FM000000'), left(g.ref, 120),
               'import'
        from given g where g.code is not null
    ), phones as (
        insert into credential (voter_id, kind, lookup, number_sealed, issued_as)
        select g.voter, 'phone', g.phone, g.sealed, 'import'
        from given g where g.phone is not null
    )
    select count(*)::integer from given
$$;

ALTER FUNCTION api.desk_import_credentials(p_import integer, p_voter bigint[], p_nth integer[], p_code bytea[], p_ref text[], p_phone bytea[], p_sealed bytea[]) OWNER TO wardmote_api;

--
-- Name: desk_import_give_up(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_import_give_up(p_officer integer, p_import integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_register integer;
begin
    select i.register_id into v_register from register_import i
    where i.id = (api.import_held(p_officer, p_import)).id and i.done_at is null
      and exists (select from register_import_sample s where s.import_id = i.id) for update;
    if v_register is not null then
        perform api.import_drop(array[p_import]);
    end if;
    return v_register;
end
$$;

ALTER FUNCTION api.desk_import_give_up(p_officer integer, p_import integer) OWNER TO wardmote_api;

--
-- Name: desk_import_keep(integer, integer, integer, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_import_keep(p_officer integer, p_import integer, p_part integer, p_rows bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    insert into register_import_part (import_id, part, rows)
    select i.id, p_part, p_rows from api.import_held(p_officer, p_import) i
    where i.id is not null;
    return found;
end
$$;

ALTER FUNCTION api.desk_import_keep(p_officer integer, p_import integer, p_part integer, p_rows bytea) OWNER TO wardmote_api;

--
-- Name: desk_import_looked(integer, integer, integer, integer, integer, integer, boolean, integer[], integer[], text[], text[], text[], text[], boolean[], boolean[], text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_import_looked(p_officer integer, p_import integer, p_rows integer, p_bad integer, p_parts integer, p_addresses integer, p_has_codes boolean, p_n integer[], p_area integer[], p_said text[], p_address text[], p_postcode text[], p_uprn text[], p_code boolean[], p_phone boolean[], p_problem text[]) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    update register_import i
    set rows = p_rows, bad = p_bad, parts = p_parts, addresses = p_addresses,
        has_codes = p_has_codes, checked = true
    where i.id = (api.import_held(p_officer, p_import)).id and not i.checked
      and p_rows between 0 and 200000 and cardinality(p_n) <= 100;
    if not found then
        return false;
    end if;
    insert into register_import_sample (import_id, n, neighbourhood_id, area, address, postcode,
                                        uprn, code, phone, problem)
    select p_import, r.n, r.area, r.said, r.address, r.postcode, r.uprn, r.code, r.phone, r.problem
    from unnest(p_n, p_area, p_said, p_address, p_postcode, p_uprn, p_code, p_phone, p_problem)
         r(n, area, said, address, postcode, uprn, code, phone, problem);
    return true;
end
$$;

ALTER FUNCTION api.desk_import_looked(p_officer integer, p_import integer, p_rows integer, p_bad integer, p_parts integer, p_addresses integer, p_has_codes boolean, p_n integer[], p_area integer[], p_said text[], p_address text[], p_postcode text[], p_uprn text[], p_code boolean[], p_phone boolean[], p_problem text[]) OWNER TO wardmote_api;

--
-- Name: desk_import_lookups(integer, integer, bytea[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_import_lookups(p_officer integer, p_import integer, p_lookups bytea[]) RETURNS SETOF integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET work_mem TO '64MB'
    AS $$
    select l.item::integer
    from unnest(p_lookups) with ordinality l(lookup, item)
    where l.lookup in (select c.lookup from credential c)
      and (select i.id from api.import_held(p_officer, p_import) i) is not null
$$;

ALTER FUNCTION api.desk_import_lookups(p_officer integer, p_import integer, p_lookups bytea[]) OWNER TO wardmote_api;

--
-- Name: desk_import_part(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_import_part(p_import integer, p_part integer) RETURNS bytea
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    delete from register_import_part p using register_import i
    where p.import_id = p_import and p.part = p_part and i.id = p_import
      and i.taken_in = pg_current_xact_id_if_assigned()
    returning p.rows
$$;

ALTER FUNCTION api.desk_import_part(p_import integer, p_part integer) OWNER TO wardmote_api;

--
-- Name: desk_import_postcodes(integer, integer, text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_import_postcodes(p_officer integer, p_import integer, p_postcodes text[]) RETURNS TABLE(item integer, area integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select a.item::integer, w.neighbourhood_id
    from api.import_held(p_officer, p_import) i
    join register g on g.id = i.register_id
    cross join unnest(p_postcodes) with ordinality a(typed, item)
    join postcode p on p.postcode = api.postcode_read(a.typed)
    left join neighbourhood_within w on w.neighbourhood_id = p.neighbourhood_id
                                    and w.within_id = g.neighbourhood_id
$$;

ALTER FUNCTION api.desk_import_postcodes(p_officer integer, p_import integer, p_postcodes text[]) OWNER TO wardmote_api;

--
-- Name: desk_import_sample(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_import_sample(p_officer integer, p_import integer) RETURNS TABLE(n integer, address text, postcode text, uprn text, area text, code boolean, phone boolean, problem text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select s.n, s.address, s.postcode, s.uprn, coalesce(a.name, s.area), s.code, s.phone, s.problem
    from api.import_held(p_officer, p_import) i
    join register g on g.id = i.register_id
    join register_import_sample s on s.import_id = i.id
    left join neighbourhood a on a.id = coalesce(s.neighbourhood_id, case when s.problem = ''
                                                 then g.neighbourhood_id end)
    order by s.n
$$;

ALTER FUNCTION api.desk_import_sample(p_officer integer, p_import integer) OWNER TO wardmote_api;

--
-- Name: desk_import_take(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_import_take(p_officer integer, p_import integer) RETURNS TABLE(outcome text, register integer, persons boolean, codes integer, parts integer, first bigint, voters bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_import   register_import;
    v_register register;
    v_next     record;
begin
    select * into v_import from register_import i
    where i.id = p_import and i.officer_id = p_officer and i.done_at is null and i.checked
    for update;
    select * into v_register from register g
    where g.id = v_import.register_id and g.retired_at is null
      and api.desk_may(p_officer, g.neighbourhood_id) for no key update;
    outcome := case
        when v_register.id is null then 'gone'
        when v_import.bad > 0 or v_import.rows = 0 then 'bad'
        when v_import.parts <> (select count(*) from register_import_part p
                                where p.import_id = p_import) or v_import.parts = 0 then 'gone'
        when v_register.imports <> v_import.before then 'changed'
        else 'taken' end;
    register := v_register.id;
    persons := v_import.persons;
    codes := v_register.codes_per_address;
    parts := v_import.parts;
    voters := case when persons then v_import.rows else v_import.rows * codes::bigint end;
    if outcome <> 'taken' then
        return next;
        return;
    end if;
    first := nextval('import_block_seq') << 22;
    if v_import.has_codes then
        v_next := api.serial_next(v_register.neighbourhood_id);
    else
        select '' as prefix, 0 as last into v_next;
    end if;
    update register_import i
    set done_at = clock_timestamp(), taken_in = pg_current_xact_id(), first_id = first,
        voters = desk_import_take.voters,
        serial_prefix = v_next.prefix, serial_last = v_next.last
    where i.id = p_import;
    update register g set imports = g.imports + 1 where g.id = v_register.id;
    delete from register_import_sample s where s.import_id = p_import;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'register.import', 'register ' || v_register.id,
            jsonb_build_object('rows', v_import.rows, 'voters', desk_import_take.voters,
                               'sha256', encode(v_import.sha256, 'hex')));
    return next;
end
$$;

ALTER FUNCTION api.desk_import_take(p_officer integer, p_import integer) OWNER TO wardmote_api;

--
-- Name: desk_import_uprns(integer, integer, text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_import_uprns(p_officer integer, p_import integer, p_uprns text[]) RETURNS SETOF integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_nestloop TO 'off'
    SET work_mem TO '64MB'
    AS $$
    select u.item::integer
    from unnest(p_uprns) with ordinality u(uprn, item)
    where u.uprn in (select a.uprn from register_address a
                     where a.register_id = (select i.register_id
                                            from api.import_held(p_officer, p_import) i))
$$;

ALTER FUNCTION api.desk_import_uprns(p_officer integer, p_import integer, p_uprns text[]) OWNER TO wardmote_api;

--
-- Name: desk_may(integer, integer, text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_may(p_officer integer, p_neighbourhood integer, VARIADIC p_roles text[] DEFAULT '{ward_officer}'::text[]) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select exists (select from officer_area a
                   join officer o on o.id = a.officer_id and o.disabled_at is null
                   join neighbourhood_within w on w.within_id = a.neighbourhood_id
                   where a.officer_id = p_officer and w.neighbourhood_id = p_neighbourhood
                     and a.role = any (p_roles))
           or 'auditor' = any (p_roles) and p_neighbourhood is not null
              and api.desk_role(p_officer, 'auditor')
$$;

ALTER FUNCTION api.desk_may(p_officer integer, p_neighbourhood integer, VARIADIC p_roles text[]) OWNER TO wardmote_api;

--
-- Name: desk_monitor_areas(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_monitor_areas(p_officer integer, p_slug text) RETURNS TABLE(area text, eligible bigint, voted bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select n.name, count(*), count(x.voter_id)
    from round r
    join neighbourhood_within w on w.within_id = r.neighbourhood_id
    join neighbourhood n on n.id = w.neighbourhood_id
    join voter v on v.neighbourhood_id = n.id
    join register g on g.id = v.register_id
                   and api.register_holds(g.kind, g.retired_at, r.eligibility)
    left join ballot b on b.round_id = r.id and b.voter_id = v.id
    left join revision x on x.round_id = r.id and x.voter_id = v.id
                        and x.revision = b.current_revision and not x.withdrawn
                        and not exists (select from revision_void u
                                        where u.round_id = x.round_id and u.voter_id = x.voter_id
                                          and u.revision = x.revision)
    where r.id = api.desk_round_seen(p_officer, p_slug)
    group by n.id, n.name
    order by n.name
$$;

ALTER FUNCTION api.desk_monitor_areas(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_monitor_days(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_monitor_days(p_officer integer, p_slug text) RETURNS TABLE(day timestamp with time zone, web bigint, texts bigint, paper bigint, assisted bigint, again bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with cast_on as (
        select (x.cast_at at time zone 'Europe/London')::date as day, x.channel, x.revision > 1 as again
        from revision x
        where x.round_id = api.desk_round_seen(p_officer, p_slug))
    select api.noon(d.day::date), count(*) filter (where c.channel = 1),
           count(*) filter (where c.channel = 2), count(*) filter (where c.channel = 3),
           count(*) filter (where c.channel = 4), count(*) filter (where c.again)
    from generate_series((select min(day) from cast_on), (select max(day) from cast_on),
                         interval '1 day') d(day)
    left join cast_on c on c.day = d.day::date
    group by d.day
    order by d.day
$$;

ALTER FUNCTION api.desk_monitor_days(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_offer_answer(integer, bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_offer_answer(p_officer integer, p_offer bigint) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v offer := api.desk_offer_held(p_officer, p_offer);
begin
    if v.id is null then
        return 'not_found';
    elsif v.answered_at is null then
        update offer o set answered_at = clock_timestamp(), answered_by = p_officer
        where o.id = v.id;
        insert into audit (officer_id, action, object)
        values (p_officer, 'offer.answer', 'offer ' || v.id);
    end if;
    return 'answered';
end
$$;

ALTER FUNCTION api.desk_offer_answer(p_officer integer, p_offer bigint) OWNER TO wardmote_api;

--
-- Name: offer; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.offer (
    id bigint NOT NULL,
    proposal_id integer,
    pledge_id integer,
    name text DEFAULT ''::text NOT NULL,
    words text NOT NULL,
    number_sealed bytea,
    recipient_key bytea,
    door text NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    agreed_at timestamp with time zone,
    answered_at timestamp with time zone,
    answered_by integer,
    new_words text,
    asked_at timestamp with time zone,
    CONSTRAINT offer_check CHECK (((proposal_id IS NULL) <> (pledge_id IS NULL))),
    CONSTRAINT offer_check1 CHECK (((number_sealed IS NULL) = (recipient_key IS NULL))),
    CONSTRAINT offer_check2 CHECK (((answered_at IS NULL) = (answered_by IS NULL))),
    CONSTRAINT offer_check3 CHECK (((answered_at IS NULL) OR (agreed_at IS NOT NULL))),
    CONSTRAINT offer_check4 CHECK (((new_words IS NULL) OR ((agreed_at IS NOT NULL) AND (asked_at IS NOT NULL)))),
    CONSTRAINT offer_door_check CHECK ((door = ANY (ARRAY['web'::text, 'text'::text]))),
    CONSTRAINT offer_name_check CHECK ((length(name) <= 120)),
    CONSTRAINT offer_new_words_check CHECK (((length(new_words) >= 1) AND (length(new_words) <= 300))),
    CONSTRAINT offer_recipient_key_check CHECK ((octet_length(recipient_key) = 32)),
    CONSTRAINT offer_words_check CHECK (((length(words) >= 1) AND (length(words) <= 300)))
);

ALTER TABLE wardmote.offer OWNER TO wardmote_owner;

--
-- Name: desk_offer_held(integer, bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_offer_held(p_officer integer, p_offer bigint) RETURNS wardmote.offer
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select o.* from offer o
    where o.id = p_offer and o.id in (select d.id from api.desk_offers(p_officer) d)
    for update
$$;

ALTER FUNCTION api.desk_offer_held(p_officer integer, p_offer bigint) OWNER TO wardmote_api;

--
-- Name: desk_offer_number(integer, bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_offer_number(p_officer integer, p_offer bigint) RETURNS TABLE(outcome text, sealed bytea)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v offer := api.desk_offer_held(p_officer, p_offer);
begin
    outcome := case when v.id is null then 'not_found'
                    when v.number_sealed is null then 'erased' else 'shown' end;
    if outcome = 'shown' then
        sealed := v.number_sealed;
        insert into audit (officer_id, action, object)
        values (p_officer, 'offer.call', 'offer ' || v.id);
    end if;
    return next;
end
$$;

ALTER FUNCTION api.desk_offer_number(p_officer integer, p_offer bigint) OWNER TO wardmote_api;

--
-- Name: desk_offers(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_offers(p_officer integer) RETURNS TABLE(id bigint, about text, path text, area text, name text, words text, made_at timestamp with time zone, answered_at timestamp with time zone, answered_by text, there boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select o.id, coalesce(p.title, g.promise),
           case when p.id is not null then '/rounds/' || r.slug || '/' || to_char(p.number, 'FM0000')
                else '/neighbourhoods/' || n.slug || '/agreement' end,
           n.name, o.name, o.words, o.made_at, o.answered_at, coalesce(b.name, ''),
           o.number_sealed is not null
    from offer o
    left join proposal p on p.id = o.proposal_id
    left join round r on r.id = p.round_id
    left join pledge g on g.id = o.pledge_id
    left join agreement_edition e on e.id = g.edition_id
    join neighbourhood n on n.id = coalesce(r.neighbourhood_id, e.neighbourhood_id)
    left join officer b on b.id = o.answered_by
    where o.agreed_at is not null and api.desk_may(p_officer, n.id)
    order by o.answered_at is not null, o.answered_at desc, o.made_at
    limit 500
$$;

ALTER FUNCTION api.desk_offers(p_officer integer) OWNER TO wardmote_api;

--
-- Name: desk_outline_add(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_outline_add(p_officer integer, p_id integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_file  outline_import;
    v_areas jsonb;
begin
    select * into v_file from outline_import i
    where i.id = p_id and i.officer_id = p_officer and i.done_at is null and i.features is not null
      and api.desk_role(p_officer, 'administrator')
    for update;
    if v_file.id is null then
        return 'not_found';
    end if;
    with added as (
        insert into neighbourhood_outline (neighbourhood_id, outline, credit, changed_by)
        select m.area, m.outline, v_file.credit, p_officer
        from api.outline_matches(v_file.features) m where m.problem = ''
        on conflict (neighbourhood_id) do update
        set outline = excluded.outline, credit = excluded.credit, changed_by = excluded.changed_by,
            changed_at = clock_timestamp()
        returning neighbourhood_id
    )
    select jsonb_agg(n.slug order by n.slug) into v_areas
    from added a join neighbourhood n on n.id = a.neighbourhood_id;
    if v_areas is null then
        return 'nothing';
    end if;
    update outline_import set done_at = clock_timestamp(), features = null where id = p_id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'outlines.load', 'outlines',
            jsonb_build_object('areas', v_areas, 'sha256', encode(v_file.sha256, 'hex')));
    perform pg_notify('content', '');
    return 'added';
end
$$;

ALTER FUNCTION api.desk_outline_add(p_officer integer, p_id integer) OWNER TO wardmote_api;

--
-- Name: desk_outline_begin(integer, bytea, text, jsonb); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_outline_begin(p_officer integer, p_sha256 bytea, p_credit text, p_features jsonb) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_id integer;
begin
    if not api.desk_role(p_officer, 'administrator') then
        return null;
    end if;
    insert into outline_import (officer_id, sha256, credit, features)
    values (p_officer, p_sha256, p_credit, p_features) returning id into v_id;
    return v_id;
end
$$;

ALTER FUNCTION api.desk_outline_begin(p_officer integer, p_sha256 bytea, p_credit text, p_features jsonb) OWNER TO wardmote_api;

--
-- Name: desk_outline_import(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_outline_import(p_officer integer, p_id integer) RETURNS TABLE(code text, name text, points integer, kept integer, area text, replaces boolean, problem text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select m.code, m.name, m.points, m.kept, coalesce(a.name, ''),
           exists (select from neighbourhood_outline o where o.neighbourhood_id = m.area), m.problem
    from outline_import i
    cross join lateral api.outline_matches(i.features) m
    left join neighbourhood a on a.id = m.area
    where i.id = p_id and i.officer_id = p_officer and i.done_at is null
      and api.desk_role(p_officer, 'administrator')
    order by m.n
$$;

ALTER FUNCTION api.desk_outline_import(p_officer integer, p_id integer) OWNER TO wardmote_api;

--
-- Name: desk_outlines(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_outlines(p_officer integer) RETURNS TABLE(name text, ons_code text, changed_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select n.name, coalesce(n.ons_code, ''), o.changed_at
    from neighbourhood n
    left join neighbourhood_outline o on o.neighbourhood_id = n.id
    where api.desk_role(p_officer, 'administrator')
    order by array_position(array['city', 'ward', 'parish', 'sub_area'], n.kind), n.name
$$;

ALTER FUNCTION api.desk_outlines(p_officer integer) OWNER TO wardmote_api;

--
-- Name: desk_paper_batches(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_paper_batches(p_officer integer, p_slug text) RETURNS TABLE(id integer, collected_at timestamp with time zone, place text, ballots integer, entered integer, spoilt integer, opened_by text, reconciled_by text, reconciled_at timestamp with time zone)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select b.id, b.collected_at, b.place, b.ballots, api.paper_entered(b.id), b.spoilt, o.name,
           coalesce(d.name, ''), b.reconciled_at
    from paper_batch b
    join officer o on o.id = b.opened_by
    left join officer d on d.id = b.reconciled_by
    where b.round_id = api.desk_round_seen(p_officer, p_slug)
    order by b.id
$$;

ALTER FUNCTION api.desk_paper_batches(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_paper_entries(integer, text, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_paper_entries(p_officer integer, p_slug text, p_batch integer) RETURNS TABLE(serial text, receipt bigint, written_at timestamp with time zone, clerk text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select coalesce((select c.serial from credential c
                     where c.voter_id = x.voter_id and c.kind = 'code'
                     order by c.voided_at is not null, c.id desc limit 1), ''),
           x.receipt, x.written_at, o.name
    from revision x join officer o on o.id = x.clerk_id
    where x.round_id = api.desk_round_seen(p_officer, p_slug)
      and case p_batch when 0 then x.channel = 4 else x.batch_id = p_batch end
    order by x.written_at desc limit 5
$$;

ALTER FUNCTION api.desk_paper_entries(p_officer integer, p_slug text, p_batch integer) OWNER TO wardmote_api;

--
-- Name: desk_paper_open(integer, text, text, text, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_paper_open(p_officer integer, p_slug text, p_collected text, p_place text, p_ballots integer) RETURNS TABLE(outcome text, id integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_id    integer := api.desk_round_id(p_officer, p_slug, 'ward_officer', 'clerk');
    v_round round;
    v_at    record;
begin
    if v_id is null then
        return query select 'not_found', null::integer;
        return;
    end if;
    perform api.lock_round(v_id, false);
    select * into v_round from round r where r.id = v_id;
    select * into v_at from api.london_time(p_collected);
    outcome := case
        when not v_round.frozen then 'state'
        when v_round.state <> 'scheduled' then 'counted'
        when p_place is null or length(p_place) not between 1 and 120 then 'place'
        when p_ballots is null or p_ballots not between 1 and 5000 then 'ballots'
        when v_at.problem is not null then 'collected_' || v_at.problem
        when v_at.at > clock_timestamp() then 'collected_future'
        when v_at.at is null or v_at.at < v_round.opens_at or v_at.at >= v_round.closes_at
            then 'collected' end;
    if outcome is not null then
        return query select outcome, null::integer;
        return;
    end if;
    insert into paper_batch (round_id, collected_at, place, ballots, opened_by)
    values (v_id, v_at.at, p_place, p_ballots, p_officer) returning paper_batch.id into id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'paper.open', 'batch ' || id,
            jsonb_build_object('round', p_slug, 'ballots', p_ballots, 'place', p_place));
    return query select 'opened', id;
end
$$;

ALTER FUNCTION api.desk_paper_open(p_officer integer, p_slug text, p_collected text, p_place text, p_ballots integer) OWNER TO wardmote_api;

--
-- Name: desk_paper_reconcile(integer, text, integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_paper_reconcile(p_officer integer, p_slug text, p_batch integer, p_spoilt integer) RETURNS TABLE(outcome text, difference integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round round := api.desk_round_held(p_officer, p_slug, 'ward_officer', 'clerk');
    v_batch paper_batch;
    v_off   integer;
begin
    select * into v_batch from paper_batch b where b.id = p_batch and b.round_id = v_round.id for update;
    v_off := api.paper_entered(p_batch) + p_spoilt - v_batch.ballots;
    if v_batch.id is null then
        return query select 'not_found', 0;
    elsif v_batch.reconciled_at is not null then
        return query select 'already', 0;
    elsif p_spoilt is null or p_spoilt not between 0 and 5000 then
        return query select 'spoilt', 0;
    elsif v_off <> 0 then
        return query select 'differs', v_off;
    else
        update paper_batch b
        set spoilt = p_spoilt, reconciled_by = p_officer, reconciled_at = clock_timestamp()
        where b.id = p_batch;
        insert into audit (officer_id, action, object, detail)
        values (p_officer, 'paper.reconcile', 'batch ' || p_batch,
                jsonb_build_object('round', p_slug, 'spoilt', p_spoilt,
                                   'entered', v_batch.ballots - p_spoilt));
        return query select 'reconciled', 0;
    end if;
end
$$;

ALTER FUNCTION api.desk_paper_reconcile(p_officer integer, p_slug text, p_batch integer, p_spoilt integer) OWNER TO wardmote_api;

--
-- Name: desk_paper_return(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_paper_return(p_officer integer, p_slug text) RETURNS SETOF text
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select case when api.round_takes_paper(r) then api.paper_return(r.id) end
    from round r where r.id = api.desk_round_seen(p_officer, p_slug)
$$;

ALTER FUNCTION api.desk_paper_return(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_paper_return_save(integer, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_paper_return_save(p_officer integer, p_slug text, p_words text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_id  integer := api.desk_round_id(p_officer, p_slug, 'ward_officer', 'clerk');
    v_old text;
begin
    if v_id is null then
        return 'not_found';
    elsif not exists (
        select from round r where r.id = v_id and api.round_takes_paper(r)) then
        return 'state';
    elsif p_words is null or length(p_words) > 400 then
        return 'words';
    end if;
    select t.words into v_old from paper_return t where t.round_id = v_id for update;
    if coalesce(v_old, '') = p_words then
        return 'saved';
    elsif p_words = '' then
        delete from paper_return t where t.round_id = v_id;
    else
        insert into paper_return (round_id, words, changed_by) values (v_id, p_words, p_officer)
        on conflict (round_id) do update
        set words = excluded.words, changed_by = excluded.changed_by, changed_at = clock_timestamp();
    end if;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'paper.return', 'round ' || p_slug,
            jsonb_build_object('changes', jsonb_build_object(
                'return_to', jsonb_build_array(coalesce(v_old, ''), p_words))));
    perform pg_notify('content', '');
    return 'saved';
end
$$;

ALTER FUNCTION api.desk_paper_return_save(p_officer integer, p_slug text, p_words text) OWNER TO wardmote_api;

--
-- Name: desk_paper_voter(integer, text, bytea, text, boolean, smallint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_paper_voter(p_officer integer, p_slug text, p_lookup bytea, p_serial text, p_declared boolean, p_channel smallint) RETURNS TABLE(voter bigint, generation integer, round integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
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

ALTER FUNCTION api.desk_paper_voter(p_officer integer, p_slug text, p_lookup bytea, p_serial text, p_declared boolean, p_channel smallint) OWNER TO wardmote_api;

--
-- Name: desk_people(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_people(p_officer integer, p_other integer) RETURNS TABLE(id integer, name text, email text, state text, roles text, signed_in_at timestamp with time zone, link_until timestamp with time zone, mine boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select o.id, o.name, o.email,
           case when o.disabled_at is not null then 'inactive'
                when o.password_hash is null then 'waiting' else 'active' end,
           coalesce((select string_agg(distinct r.role, ',') from api.officer_roles(o.id) r), ''),
           o.signed_in_at, l.expires_at, o.id = p_officer
    from officer o
    left join officer_link l on l.officer_id = o.id and l.used_at is null and l.ended_at is null
                            and l.expires_at > clock_timestamp()
    where api.desk_role(p_officer, 'administrator', 'auditor') and (p_other = 0 or o.id = p_other)
    order by o.disabled_at is not null, o.name, o.id
$$;

ALTER FUNCTION api.desk_people(p_officer integer, p_other integer) OWNER TO wardmote_api;

--
-- Name: desk_person_active(integer, integer, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_person_active(p_officer integer, p_other integer, p_active boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_problem text := api.desk_person_may(p_officer, p_other, true);
begin
    if v_problem <> '' then
        return v_problem;
    elsif not p_active
          and exists (select from officer_role r join officer o on o.id = r.officer_id
                      where r.officer_id = p_other and r.role = 'administrator'
                        and o.password_hash is not null and o.disabled_at is null)
          and administrators_left(p_other) < 2 then
        return 'last';
    end if;
    -- Whoever waited for the lock may be no administrator any more.
    if not api.desk_role(p_officer, 'administrator') then
        return 'role';
    end if;
    update officer o set disabled_at = case when p_active then null else clock_timestamp() end
    where o.id = p_other and (o.disabled_at is null) <> p_active;
    if found then
        insert into audit (officer_id, action, object)
        values (p_officer, case when p_active then 'officer.reactivate' else 'officer.deactivate' end,
                'officer ' || p_other);
        if not p_active then
            perform api.officer_sessions_end(p_other, null);
            update officer_link l set ended_at = clock_timestamp()
            where l.officer_id = p_other and l.used_at is null and l.ended_at is null;
        end if;
    end if;
    return 'saved';
end
$$;

ALTER FUNCTION api.desk_person_active(p_officer integer, p_other integer, p_active boolean) OWNER TO wardmote_api;

--
-- Name: desk_person_add(integer, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_person_add(p_officer integer, p_name text, p_email text) RETURNS TABLE(outcome text, id integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $_$
#variable_conflict use_column
begin
    outcome := case
        when not api.desk_role(p_officer, 'administrator') then 'role'
        when length(btrim(coalesce(p_name, ''))) not between 1 and 80 then 'name'
        when coalesce(p_email, '') !~ '^[^[:space:]@]+@[^[:space:]@]+\.[^[:space:]@]+$'
             or length(p_email) > 254 then 'email' end;
    if outcome is null then
        insert into officer (name, email, made_by) values (btrim(p_name), p_email, p_officer)
        on conflict do nothing returning officer.id into id;
        outcome := case when id is null then 'there' else 'added' end;
    end if;
    if id is not null then
        insert into audit (officer_id, action, object, detail)
        values (p_officer, 'officer.add', 'officer ' || id,
                jsonb_build_object('name', btrim(p_name), 'email', p_email));
    end if;
    return next;
end
$_$;

ALTER FUNCTION api.desk_person_add(p_officer integer, p_name text, p_email text) OWNER TO wardmote_api;

--
-- Name: desk_person_areas(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_person_areas(p_officer integer) RETURNS TABLE(slug text, name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select n.slug, n.name from neighbourhood n
    where api.desk_role(p_officer, 'administrator')
    order by n.parent_id is not null, n.name
$$;

ALTER FUNCTION api.desk_person_areas(p_officer integer) OWNER TO wardmote_api;

--
-- Name: desk_person_link(integer, integer, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_person_link(p_officer integer, p_other integer, p_key_hash bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_problem text := api.desk_person_may(p_officer, p_other, true);
begin
    if v_problem = '' and exists (select from officer o
                                  where o.id = p_other and o.disabled_at is not null) then
        v_problem := 'inactive';
    end if;
    if v_problem <> '' then
        return v_problem;
    end if;
    perform api.officer_link_make(p_officer, p_other, p_key_hash);
    return 'made';
end
$$;

ALTER FUNCTION api.desk_person_link(p_officer integer, p_other integer, p_key_hash bytea) OWNER TO wardmote_api;

--
-- Name: desk_person_may(integer, integer, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_person_may(p_officer integer, p_other integer, p_change boolean) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select case
        when not api.desk_role(p_officer, 'administrator')
             and (p_change or not api.desk_role(p_officer, 'auditor')) then 'role'
        when not exists (select from officer o where o.id = p_other) then 'not_found'
        when p_change and p_other = p_officer then 'own'
        else '' end
$$;

ALTER FUNCTION api.desk_person_may(p_officer integer, p_other integer, p_change boolean) OWNER TO wardmote_api;

--
-- Name: desk_person_role(integer, integer, text, text, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_person_role(p_officer integer, p_other integer, p_role text, p_area text, p_give boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_problem text := api.desk_person_may(p_officer, p_other, true);
    v_area    integer;
    v_before  jsonb;
    v_after   jsonb;
    v_ours    boolean := p_role in ('sms_operator', 'auditor', 'administrator');
begin
    select n.id into v_area from neighbourhood n where n.slug = p_area;
    if v_problem <> '' then
        return v_problem;
    elsif p_role is null or p_role not in ('ward_officer', 'approver', 'clerk', 'sms_operator',
                                           'auditor', 'administrator')
          or v_ours <> (coalesce(p_area, '') = '') or not v_ours and v_area is null then
        return 'what';
    end if;
    if p_role = 'administrator' and not p_give
       and (select o.password_hash is not null and o.disabled_at is null
            from officer o where o.id = p_other)
       and exists (select from officer_role r where r.officer_id = p_other and r.role = p_role)
       and administrators_left(p_other) < 2 then
        return 'last';
    end if;
    -- Whoever waited for the lock may be no administrator any more.
    if not api.desk_role(p_officer, 'administrator') then
        return 'role';
    end if;
    perform from officer o where o.id = p_other for no key update;
    v_before := (select jsonb_agg(btrim(r.role || ' ' || r.area)) from api.officer_roles(p_other) r);
    if v_ours and p_give then
        insert into officer_role (officer_id, role) values (p_other, p_role) on conflict do nothing;
    elsif v_ours then
        delete from officer_role r where r.officer_id = p_other and r.role = p_role;
    elsif p_give then
        insert into officer_area (officer_id, neighbourhood_id, role)
        values (p_other, v_area, p_role) on conflict do nothing;
    else
        delete from officer_area a
        where a.officer_id = p_other and a.neighbourhood_id = v_area and a.role = p_role;
    end if;
    if found then
        v_after := (select jsonb_agg(btrim(r.role || ' ' || r.area))
                    from api.officer_roles(p_other) r);
        insert into audit (officer_id, action, object, detail)
        values (p_officer, case when p_give then 'officer.role_give' else 'officer.role_take' end,
                'officer ' || p_other,
                jsonb_build_object('role', p_role, 'area', coalesce(p_area, ''),
                                   'changes', jsonb_build_object(
                                       'roles', jsonb_build_array(v_before, v_after))));
        if not p_give then
            perform api.officer_sessions_end(p_other, null);
        end if;
    end if;
    return 'saved';
end
$$;

ALTER FUNCTION api.desk_person_role(p_officer integer, p_other integer, p_role text, p_area text, p_give boolean) OWNER TO wardmote_api;

--
-- Name: desk_person_roles(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_person_roles(p_officer integer, p_other integer) RETURNS TABLE(role text, area text, area_name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select r.role, r.area, r.area_name from api.officer_roles(p_other) r
    where p_other = p_officer or api.desk_person_may(p_officer, p_other, false) = ''
$$;

ALTER FUNCTION api.desk_person_roles(p_officer integer, p_other integer) OWNER TO wardmote_api;

--
-- Name: round; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.round (
    id integer NOT NULL,
    uuid uuid DEFAULT gen_random_uuid() NOT NULL,
    slug text NOT NULL,
    neighbourhood_id integer NOT NULL,
    title text NOT NULL,
    about text DEFAULT ''::text NOT NULL,
    kind text NOT NULL,
    edition_id integer,
    opens_at timestamp with time zone,
    closes_at timestamp with time zone,
    grace interval DEFAULT '00:15:00'::interval NOT NULL,
    min_picks integer DEFAULT 1 NOT NULL,
    max_picks integer DEFAULT 60 NOT NULL,
    rule text DEFAULT 'greedy'::text NOT NULL,
    minimum_votes integer DEFAULT 0 NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    scheduled_at timestamp with time zone,
    rules_text text,
    rules_sha256 bytea,
    k_pseudonym bytea,
    k_nonce bytea,
    seed bytea,
    created_by integer,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    frozen boolean GENERATED ALWAYS AS ((state <> ALL (ARRAY['draft'::text, 'review'::text, 'approved'::text]))) STORED NOT NULL,
    submitted_by integer,
    submitted_at timestamp with time zone,
    approved_by integer,
    approved_at timestamp with time zone,
    eligibility text DEFAULT 'code'::text NOT NULL,
    minimum_age smallint,
    residence text DEFAULT 'none'::text NOT NULL,
    blank_allowed boolean DEFAULT false NOT NULL,
    points_sum smallint,
    points_max smallint,
    cap_percent smallint,
    carry boolean DEFAULT false NOT NULL,
    rule_parameters jsonb DEFAULT '{}'::jsonb NOT NULL,
    returned_note text DEFAULT ''::text NOT NULL,
    returned_by integer,
    provisional_days integer DEFAULT 28 NOT NULL,
    changed_by integer,
    CONSTRAINT round_about_check CHECK ((length(about) <= 4000)),
    CONSTRAINT round_cap_percent_check CHECK (((cap_percent >= 1) AND (cap_percent <= 100))),
    CONSTRAINT round_check CHECK ((min_picks <= max_picks)),
    CONSTRAINT round_check1 CHECK ((opens_at < closes_at)),
    CONSTRAINT round_check2 CHECK (((kind = 'yes_no'::text) = (rule = 'yes-no'::text))),
    CONSTRAINT round_check3 CHECK (((eligibility <> 'practice'::text) OR (state <> ALL (ARRAY['result_review'::text, 'published'::text])))),
    CONSTRAINT round_eligibility_check CHECK ((eligibility = ANY (ARRAY['code'::text, 'phone'::text, 'register'::text, 'practice'::text]))),
    CONSTRAINT round_frozen_whole CHECK (((state = ANY (ARRAY['draft'::text, 'review'::text, 'approved'::text])) OR ((opens_at IS NOT NULL) AND (closes_at IS NOT NULL) AND (scheduled_at IS NOT NULL) AND (rules_text IS NOT NULL) AND (rules_sha256 IS NOT NULL) AND ((k_pseudonym IS NOT NULL) OR (state = ANY (ARRAY['published'::text, 'archived'::text]))) AND (k_nonce IS NOT NULL) AND (seed IS NOT NULL)))),
    CONSTRAINT round_grace_check CHECK (((grace >= '00:00:00'::interval) AND (grace <= '01:00:00'::interval))),
    CONSTRAINT round_kind_check CHECK ((kind = ANY (ARRAY['approval'::text, 'knapsack'::text, 'points'::text, 'ranking'::text, 'yes_no'::text]))),
    CONSTRAINT round_max_picks_check CHECK (((max_picks >= 1) AND (max_picks <= 60))),
    CONSTRAINT round_min_picks_check CHECK (((min_picks >= 0) AND (min_picks <= 60))),
    CONSTRAINT round_minimum_age_check CHECK (((minimum_age >= 5) AND (minimum_age <= 99))),
    CONSTRAINT round_minimum_votes_check CHECK (((minimum_votes >= 0) AND (minimum_votes <= 1000000))),
    CONSTRAINT round_points CHECK ((((kind = 'points'::text) = (points_sum IS NOT NULL)) AND ((kind = 'points'::text) = (points_max IS NOT NULL)) AND ((points_max IS NULL) OR (points_max <= points_sum)))),
    CONSTRAINT round_points_max_check CHECK (((points_max >= 1) AND (points_max <= 1000))),
    CONSTRAINT round_points_sum_check CHECK (((points_sum >= 1) AND (points_sum <= 1000))),
    CONSTRAINT round_provisional_days_check CHECK (((provisional_days >= 0) AND (provisional_days <= 365))),
    CONSTRAINT round_residence_check CHECK ((residence = ANY (ARRAY['none'::text, 'postcode'::text, 'neighbourhood'::text]))),
    CONSTRAINT round_returned_note_check CHECK ((length(returned_note) <= 400)),
    CONSTRAINT round_rule_check CHECK ((rule ~ '^[a-z][a-z0-9-]{1,30}$'::text)),
    CONSTRAINT round_rules_sha256_check CHECK ((octet_length(rules_sha256) = 32)),
    CONSTRAINT round_second_officer CHECK (((approved_by IS NULL) OR (approved_by <> submitted_by))),
    CONSTRAINT round_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT round_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'review'::text, 'approved'::text, 'scheduled'::text, 'counted'::text, 'result_review'::text, 'published'::text, 'archived'::text]))),
    CONSTRAINT round_title_check CHECK (((length(title) >= 1) AND (length(title) <= 120)))
);

ALTER TABLE wardmote.round OWNER TO wardmote_owner;

--
-- Name: desk_phase(wardmote.round); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_phase(p_round wardmote.round) RETURNS text
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select case when s.state = 'result_review'
                 and exists (select from result x where x.round_id = p_round.id
                                                    and x.published_at is not null) then 'embargoed'
                when s.state <> 'scheduled' then s.state
                when clock_timestamp() < p_round.opens_at then 'scheduled'
                when clock_timestamp() < p_round.closes_at then 'open'
                when clock_timestamp() < p_round.closes_at + p_round.grace then 'closed'
                else 'to_count' end
    from (select api.round_state(p_round) as state) s
$$;

ALTER FUNCTION api.desk_phase(p_round wardmote.round) OWNER TO wardmote_api;

--
-- Name: desk_pledge_answer(integer, integer, integer, text, text, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_pledge_answer(p_officer integer, p_edition integer, p_pledge integer, p_state text, p_promise text, p_reason text, p_who text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_edition agreement_edition := api.desk_edition_held(p_officer, p_edition);
    v_outcome text;
begin
    if not exists (select from pledge g where g.id = p_pledge and g.edition_id = v_edition.id) then
        return 'not_found';
    end if;
    v_outcome := api.pledge_answer(p_pledge, p_state, p_promise, p_reason, p_who, p_officer);
    if v_outcome = 'saved' then
        insert into audit (officer_id, action, object, detail)
        values (p_officer, 'pledge.answer', 'edition ' || p_edition,
                jsonb_build_object('pledge', p_pledge, 'state', p_state, 'who', p_who));
    end if;
    return v_outcome;
end
$$;

ALTER FUNCTION api.desk_pledge_answer(p_officer integer, p_edition integer, p_pledge integer, p_state text, p_promise text, p_reason text, p_who text) OWNER TO wardmote_api;

--
-- Name: desk_pledge_check(integer, integer, integer, text, text, text, date); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_pledge_check(p_officer integer, p_edition integer, p_pledge integer, p_result text, p_evidence text, p_link text, p_day date) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $_$
declare
    v_edition agreement_edition := api.desk_edition_held(p_officer, p_edition);
    v         pledge;
    v_outcome text;
begin
    select * into v from pledge g where g.id = p_pledge and g.edition_id = v_edition.id;
    v_outcome := case
        when v.id is null then 'not_found'
        when v_edition.state <> 'adopted' or v.state = 'declined' then 'state'
        when p_result is null or p_result not in ('met', 'partly', 'not_met') then 'result'
        when length(coalesce(p_evidence, '')) not between 1 and 1000 then 'evidence'
        when p_link <> '' and (length(p_link) > 400 or p_link !~ '^https?://[^[:space:]]+$')
        then 'link'
        when p_day is null or p_day > (clock_timestamp() at time zone 'Europe/London')::date
             or p_day < v_edition.adopted_on then 'day' end;
    if v_outcome is not null then
        return v_outcome;
    end if;
    insert into pledge_check (pledge_id, checked_on, result, evidence, link, officer_id)
    values (v.id, p_day, p_result, p_evidence, p_link, p_officer);
    update pledge g
    set checked_on = p_day, check_result = p_result, evidence = p_evidence, evidence_link = p_link
    where g.id = v.id and coalesce(g.checked_on <= p_day, true);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'pledge.check', 'edition ' || p_edition,
            jsonb_build_object('pledge', v.id, 'result', p_result, 'day', p_day));
    perform pg_notify('content', '');
    return 'saved';
end
$_$;

ALTER FUNCTION api.desk_pledge_check(p_officer integer, p_edition integer, p_pledge integer, p_result text, p_evidence text, p_link text, p_day date) OWNER TO wardmote_api;

--
-- Name: desk_pledge_place(integer, integer, integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_pledge_place(p_officer integer, p_edition integer, p_pledge integer, p_what text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
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

ALTER FUNCTION api.desk_pledge_place(p_officer integer, p_edition integer, p_pledge integer, p_what text) OWNER TO wardmote_api;

--
-- Name: desk_pledge_save(integer, integer, integer, text, text, text, text, date); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_pledge_save(p_officer integer, p_edition integer, p_pledge integer, p_provider text, p_promise text, p_standard text, p_measure text, p_due date) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_edition  agreement_edition := api.desk_edition_held(p_officer, p_edition);
    v_old      pledge;
    v_provider integer;
begin
    select * into v_old from pledge g where g.id = p_pledge and g.edition_id = v_edition.id;
    if v_edition.id is null or p_pledge is not null and v_old.id is null then
        return 'not_found';
    elsif v_edition.state <> 'draft' then
        return 'frozen';
    elsif length(coalesce(p_provider, '')) not between 1 and 120
          or length(coalesce(p_promise, '')) not between 1 and 400 then
        return 'empty';
    elsif p_pledge is null
          and (select count(*) from pledge g where g.edition_id = p_edition) >= 100 then
        return 'full';
    end if;
    insert into provider (name) values (p_provider) on conflict (name) do nothing;
    select v.id into v_provider from provider v where v.name = p_provider;
    if p_pledge is null then
        insert into pledge (edition_id, ordinal, provider_id, promise, standard, measure, due)
        select p_edition, coalesce(max(g.ordinal), 0) + 1, v_provider, p_promise, p_standard,
               p_measure, p_due
        from pledge g where g.edition_id = p_edition;
    elsif (v_provider, p_promise, p_standard, p_measure, p_due)
          is distinct from (v_old.provider_id, v_old.promise, v_old.standard, v_old.measure,
                            v_old.due) then
        update pledge g
        set provider_id = v_provider, promise = p_promise, standard = p_standard,
            measure = p_measure, due = p_due, state = 'drafted', reason = '', asked = '',
            answered_at = null, answered_by = '', recorded_by = null
        where g.id = p_pledge;
    end if;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, case when p_pledge is null then 'pledge.create' else 'pledge.edit' end,
            'edition ' || p_edition,
            jsonb_build_object('pledge', p_pledge, 'provider', p_provider, 'promise', p_promise));
    return 'saved';
end
$$;

ALTER FUNCTION api.desk_pledge_save(p_officer integer, p_edition integer, p_pledge integer, p_provider text, p_promise text, p_standard text, p_measure text, p_due date) OWNER TO wardmote_api;

--
-- Name: desk_pledges(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_pledges(p_officer integer, p_edition integer) RETURNS TABLE(id integer, ordinal integer, provider_id integer, provider text, promise text, standard text, measure text, due timestamp with time zone, due_typed text, state text, reason text, asked text, answered_by text, answered_at timestamp with time zone, recorded text, checked_on timestamp with time zone, check_result text, evidence text, evidence_link text, link timestamp with time zone, idea bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select g.id, g.ordinal, v.id, v.name, g.promise, g.standard, g.measure, api.noon(g.due),
           coalesce(to_char(g.due, 'DD/MM/YYYY'), ''), g.state, g.reason, g.asked, g.answered_by,
           g.answered_at, coalesce(o.name, ''), api.noon(g.checked_on), coalesce(g.check_result, ''),
           g.evidence, g.evidence_link, l.made_at,
           coalesce((select min(i.id) from idea i where i.pledge_id = g.id), 0)
    from pledge g
    join provider v on v.id = g.provider_id
    join agreement_edition e on e.id = g.edition_id
    left join officer o on o.id = g.recorded_by
    left join provider_link l on l.edition_id = e.id and l.provider_id = v.id
    where e.id = p_edition and api.desk_sees(p_officer, e.neighbourhood_id)
    order by g.ordinal
$$;

ALTER FUNCTION api.desk_pledges(p_officer integer, p_edition integer) OWNER TO wardmote_api;

--
-- Name: desk_postcodes(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_postcodes(p_officer integer) RETURNS TABLE(may boolean, postcodes bigint, parts bigint, loaded_at timestamp with time zone, loaded_by text, sha256 text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select api.desk_role(p_officer, 'administrator'), (select count(*) from postcode),
           (select count(*) from postcode_part), l.at, l.name, l.detail ->> 'sha256'
    from (select) one
    left join (select a.at, o.name, a.detail from audit a join officer o on o.id = a.officer_id
               where a.action = 'postcodes.load' order by a.id desc limit 1) l on true
$$;

ALTER FUNCTION api.desk_postcodes(p_officer integer) OWNER TO wardmote_api;

--
-- Name: desk_postcodes_load(integer, bytea, integer[], text[], text[], text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_postcodes_load(p_officer integer, p_sha256 bytea, p_n integer[], p_postcode text[], p_area text[], p_problem text[]) RETURNS TABLE(outcome text, n bigint, postcode text, problem text, total bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_nestloop TO 'off'
    SET work_mem TO '64MB'
    AS $$
#variable_conflict use_column
declare
    v_whole bigint;
    v_parts bigint;
begin
    if not api.desk_role(p_officer, 'administrator') then
        return query select 'role', 0::bigint, '', '', 0::bigint;
        return;
    end if;
    lock table postcode, postcode_part in share row exclusive mode;
    return query
        select 'bad', r.n::bigint, r.typed, r.problem, count(*) over ()
        from api.postcode_rows(p_n, p_postcode, p_area, p_problem) r
        where r.problem <> '' order by r.n limit 20;
    if found then
        return;
    end if;
    delete from postcode;
    delete from postcode_part;
    insert into postcode (postcode, neighbourhood_id)
    select distinct r.whole, r.area from api.postcode_rows(p_n, p_postcode, p_area, p_problem) r
    where r.whole is not null;
    get diagnostics v_whole = row_count;
    insert into postcode_part (part, neighbourhood_id)
    select distinct r.part, r.area from api.postcode_rows(p_n, p_postcode, p_area, p_problem) r
    where r.part is not null;
    get diagnostics v_parts = row_count;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'postcodes.load', 'postcodes',
            jsonb_build_object('postcodes', v_whole, 'parts', v_parts,
                               'sha256', encode(p_sha256, 'hex')));
    perform pg_notify('content', '');
    return query select 'loaded', v_whole, '', '', v_parts;
end
$$;

ALTER FUNCTION api.desk_postcodes_load(p_officer integer, p_sha256 bytea, p_n integer[], p_postcode text[], p_area text[], p_problem text[]) OWNER TO wardmote_api;

--
-- Name: desk_pots(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_pots(p_officer integer, p_slug text) RETURNS TABLE(id integer, ordinal integer, name text, amount bigint, source text, min_picks integer, max_picks integer)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select p.id, p.ordinal, p.name, p.amount, p.source, coalesce(p.min_picks, 0),
           coalesce(p.max_picks, 0)
    from pot p
    where p.round_id = api.desk_round_seen(p_officer, p_slug)
    order by p.ordinal
$$;

ALTER FUNCTION api.desk_pots(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_practice_files(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_practice_files(p_officer integer, p_slug text) RETURNS TABLE(pot_name text, pb text, seed bytea, methods text, rules text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with r as (select * from round r where r.id = api.desk_round_seen(p_officer, p_slug)
                                       and r.eligibility = 'practice'),
    way as (
        select m.n, m.method,
               f.rule || coalesce((select string_agg(':' || q.key || '=' || q.value, '' order by q.key)
                                   from jsonb_each_text(f.parameters) q), '')
               || ':minimum-votes=' || r.minimum_votes
               || case f.rule when 'phragmen' then '' else ':fund-unsupported=no' end as rule
        from r
        cross join unnest('{most,value,shares,shares:none,shares_n,phragmen}'::text[])
            with ordinality m(method, n)
        cross join lateral api.rule_for(r.kind, m.method) f
        where r.kind <> 'yes_no'
    )
    select t.name, a.pb, x.seed, w.methods, w.rules
    from r
    join result x on x.round_id = r.id and x.version = api.result_latest(r.id)
    join result_part a on a.round_id = x.round_id and a.version = x.version
    join pot t on t.id = a.pot_id
    cross join (select string_agg(method, ' ' order by n) as methods,
                       string_agg(rule, ',' order by n) as rules from way) w
    order by a.ordinal
$$;

ALTER FUNCTION api.desk_practice_files(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_practice_voters(integer, text, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_practice_voters(p_officer integer, p_slug text, p_n integer) RETURNS TABLE(outcome text, round integer, voter bigint, generation integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_round    round := api.desk_round_held(p_officer, p_slug);
    v_register integer;
    v_missing  integer;
begin
    outcome := case
        when v_round.id is null then 'not_found'
        when v_round.eligibility <> 'practice' then 'practice'
        when v_round.state <> 'scheduled' or clock_timestamp() < v_round.opens_at
             or clock_timestamp() >= v_round.closes_at then 'state'
        when p_n not between 1 and 500
             or p_n + (select count(*) from ballot b where b.round_id = v_round.id) > 2000
        then 'many' end;
    if outcome is not null then
        return query select outcome, 0, 0::bigint, 0;
        return;
    end if;
    select g.id into v_register from register g
    where g.kind = 'practice' and g.neighbourhood_id = v_round.neighbourhood_id;
    if v_register is null then
        insert into register (name, kind, neighbourhood_id)
        select left(format('Practice in %s (%s)', n.name, n.slug), 80), 'practice', n.id
        from neighbourhood n where n.id = v_round.neighbourhood_id
        returning register.id into v_register;
    end if;
    select p_n - count(*) into v_missing from voter v
    where v.register_id = v_register
      and not exists (select from ballot b where b.round_id = v_round.id and b.voter_id = v.id);
    insert into voter (register_id, neighbourhood_id)
    select v_register, v_round.neighbourhood_id from generate_series(1, v_missing);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'practice.ballots', 'round ' || p_slug, jsonb_build_object('ballots', p_n));
    return query
    select 'ready', v_round.id, v.id, v.generation from voter v
    where v.register_id = v_register
      and not exists (select from ballot b where b.round_id = v_round.id and b.voter_id = v.id)
    order by v.id limit p_n;
end
$$;

ALTER FUNCTION api.desk_practice_voters(p_officer integer, p_slug text, p_n integer) OWNER TO wardmote_api;

--
-- Name: desk_preview(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_preview(p_officer integer, p_slug text) RETURNS timestamp with time zone
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select l.expires_at from preview_link l
    where l.round_id = api.desk_round_id(p_officer, p_slug) and l.expires_at > clock_timestamp()
$$;

ALTER FUNCTION api.desk_preview(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_preview_link(integer, text, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_preview_link(p_officer integer, p_slug text, p_key bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round round := api.desk_round_held(p_officer, p_slug);
begin
    if v_round.id is null then
        return 'not_found';
    elsif v_round.frozen and p_key is not null then
        return 'frozen';
    end if;
    delete from preview_link l where l.round_id = v_round.id;
    if p_key is not null then
        insert into preview_link (round_id, key_hash, made_by, expires_at)
        values (v_round.id, p_key, p_officer, clock_timestamp() + interval '14 days');
    end if;
    insert into audit (officer_id, action, object)
    values (p_officer, case when p_key is null then 'preview.end' else 'preview.link' end,
            'round ' || p_slug);
    return case when p_key is null then 'ended' else 'made' end;
end
$$;

ALTER FUNCTION api.desk_preview_link(p_officer integer, p_slug text, p_key bytea) OWNER TO wardmote_api;

--
-- Name: desk_proposal_history(integer, text, smallint, integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_proposal_history(p_officer integer, p_slug text, p_number smallint, p_before integer DEFAULT 0, p_most integer DEFAULT 100) RETURNS TABLE(revision integer, at timestamp with time zone, who text, title text, short_name text, summary text, body text, place text, proposer text, pot text, cost bigint, theme text, lat integer, lon integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select v.revision, v.at, coalesce(o.name, ''), v.title, v.short_name, v.summary, v.body, v.place,
           v.proposer, coalesce(t.name, ''), coalesce(v.cost, 0),
           v.theme, v.lat, v.lon
    from proposal p
    join proposal_revision v on v.proposal_id = p.id
    left join officer o on o.id = v.officer_id
    left join pot t on t.id = v.pot_id
    where p.round_id = api.desk_round_seen(p_officer, p_slug) and p.number = p_number
      and (p_before = 0 or v.revision < p_before)
    order by v.revision desc limit least(p_most, 100)
$$;

ALTER FUNCTION api.desk_proposal_history(p_officer integer, p_slug text, p_number smallint, p_before integer, p_most integer) OWNER TO wardmote_api;

--
-- Name: desk_proposal_import(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_proposal_import(p_officer integer, p_id integer) RETURNS TABLE(slug text, sha256 bytea, roles text, cells text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select r.slug, i.sha256, i.roles, i.cells::text
    from proposal_import i join round r on r.id = i.round_id
    where i.id = p_id and i.officer_id = p_officer and i.done_at is null
      and api.desk_may(p_officer, r.neighbourhood_id)
$$;

ALTER FUNCTION api.desk_proposal_import(p_officer integer, p_id integer) OWNER TO wardmote_api;

--
-- Name: desk_proposal_import_add(integer, integer, jsonb); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_proposal_import_add(p_officer integer, p_id integer, p_proposals jsonb) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_slug  text;
    v_round round;
    v_row   record;
    v_word  text;
    v_saved smallint;
begin
    select r.slug into v_slug from proposal_import i join round r on r.id = i.round_id
    where i.id = p_id and i.officer_id = p_officer and i.done_at is null;
    v_round := api.desk_round_held(p_officer, v_slug);
    if v_round.id is null then
        return 'not_found';
    end if;
    for v_row in
        select w.* from jsonb_to_recordset(p_proposals)
            as w (title text, short_name text, summary text, body text, place text, proposer text,
                  pot integer, cost bigint, exclusion integer, theme text, lat integer,
                  lon integer)
    loop
        select s.outcome, s.number into v_word, v_saved
        from api.desk_proposal_save(p_officer, v_slug, null, v_row.title, v_row.short_name,
                                    v_row.summary, v_row.body, v_row.place, v_row.proposer,
                                    v_row.pot, v_row.cost, v_row.exclusion, null, v_row.theme,
                                    v_row.lat, v_row.lon) s;
        if v_word <> 'saved' then
            raise exception using errcode = 'WM001', message = v_word; -- takes back the rows before
        end if;
        update proposal p set import_id = p_id
        where p.round_id = v_round.id and p.number = v_saved;
    end loop;
    update proposal_import
    set done_at = clock_timestamp(), cells = null, added = jsonb_array_length(p_proposals)
    where id = p_id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'proposal.import', 'round ' || v_slug,
            jsonb_build_object('proposals', jsonb_array_length(p_proposals)));
    return 'added';
exception when sqlstate 'WM001' then
    return sqlerrm;
end
$$;

ALTER FUNCTION api.desk_proposal_import_add(p_officer integer, p_id integer, p_proposals jsonb) OWNER TO wardmote_api;

--
-- Name: desk_proposal_import_begin(integer, text, bytea, text, jsonb); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_proposal_import_begin(p_officer integer, p_slug text, p_sha256 bytea, p_roles text, p_cells jsonb) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round round := api.desk_round_held(p_officer, p_slug);
    v_id    integer;
begin
    if v_round.id is null or v_round.state <> 'draft' or v_round.kind = 'yes_no' then
        return null;
    end if;
    delete from proposal_import i
    where i.round_id = v_round.id and i.officer_id = p_officer and i.done_at is null;
    insert into proposal_import (round_id, officer_id, sha256, roles, cells)
    values (v_round.id, p_officer, p_sha256, p_roles, p_cells) returning id into v_id;
    return v_id;
end
$$;

ALTER FUNCTION api.desk_proposal_import_begin(p_officer integer, p_slug text, p_sha256 bytea, p_roles text, p_cells jsonb) OWNER TO wardmote_api;

--
-- Name: desk_proposal_import_roles(integer, integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_proposal_import_roles(p_officer integer, p_id integer, p_roles text) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with u as (
        update proposal_import i set roles = p_roles
        where i.id = p_id and i.officer_id = p_officer and i.done_at is null
        returning 1)
    select exists (select from u)
$$;

ALTER FUNCTION api.desk_proposal_import_roles(p_officer integer, p_id integer, p_roles text) OWNER TO wardmote_api;

--
-- Name: desk_proposal_import_undo(integer, text, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_proposal_import_undo(p_officer integer, p_slug text, p_id integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round  round := api.desk_round_held(p_officer, p_slug);
    v_undone timestamptz;
    v_count  integer;
begin
    select i.undone_at into v_undone from proposal_import i
    where i.id = p_id and i.round_id = v_round.id and i.done_at is not null;
    if not found then
        return 'not_found';
    elsif v_undone is not null then
        return 'undone';
    elsif v_round.state <> 'draft' then
        return 'in_review';
    end if;
    delete from exclusion x using proposal p where p.id = x.proposal_id and p.import_id = p_id;
    delete from proposal p where p.import_id = p_id;
    get diagnostics v_count = row_count;
    update proposal_import set undone_at = clock_timestamp() where id = p_id;
    update round r set changed_by = p_officer where r.id = v_round.id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'proposal.import_undo', 'round ' || p_slug,
            jsonb_build_object('proposals', v_count));
    perform pg_notify('content', '');
    return 'undone';
end
$$;

ALTER FUNCTION api.desk_proposal_import_undo(p_officer integer, p_slug text, p_id integer) OWNER TO wardmote_api;

--
-- Name: desk_proposal_imports(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_proposal_imports(p_officer integer, p_slug text) RETURNS TABLE(id integer, at timestamp with time zone, who text, added integer, changed integer, undone boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select i.id, i.done_at, o.name, i.added,
           (count(p.id) filter (where p.revision > 1 or p.state <> 'draft'))::integer,
           i.undone_at is not null
    from proposal_import i
    join officer o on o.id = i.officer_id
    left join proposal p on p.import_id = i.id
    where i.round_id = api.desk_round_id(p_officer, p_slug) and i.done_at is not null
    group by i.id, o.name
    order by i.id desc
$$;

ALTER FUNCTION api.desk_proposal_imports(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_proposal_publish(integer, text, smallint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_proposal_publish(p_officer integer, p_slug text, p_number smallint) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round   round := api.desk_round_held(p_officer, p_slug);
    v_outcome text;
begin
    select case when p.state = 'published' then 'published'
                when r.frozen then 'frozen'
                when r.state <> 'draft' then 'in_review'
                when p.cost > t.amount then 'too_dear' end
    into v_outcome
    from proposal p join round r on r.id = p.round_id left join pot t on t.id = p.pot_id
    where p.round_id = v_round.id and p.number = p_number;
    if not found then
        return 'not_found';
    end if;
    if v_outcome is not null then
        return v_outcome;
    end if;
    update proposal p set state = 'published', published_at = clock_timestamp()
    where p.round_id = v_round.id and p.number = p_number;
    update round r set changed_by = p_officer where r.id = v_round.id;
    insert into audit (officer_id, action, object)
    values (p_officer, 'proposal.publish',
            'proposal ' || p_slug || '/' || to_char(p_number, 'FM0000'));
    perform pg_notify('content', '');
    return 'published';
end
$$;

ALTER FUNCTION api.desk_proposal_publish(p_officer integer, p_slug text, p_number smallint) OWNER TO wardmote_api;

--
-- Name: desk_proposal_save(integer, text, smallint, text, text, text, text, text, text, integer, bigint, integer, integer, text, integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_proposal_save(p_officer integer, p_slug text, p_number smallint, p_title text, p_short_name text, p_summary text, p_body text, p_place text, p_proposer text, p_pot integer, p_cost bigint, p_exclusion integer, p_revision integer, p_theme text DEFAULT ''::text, p_lat integer DEFAULT NULL::integer, p_lon integer DEFAULT NULL::integer) RETURNS TABLE(outcome text, number smallint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_round  round := api.desk_round_held(p_officer, p_slug);
    v_pot    pot;
    v_number smallint := p_number;
    v_theme  text;
begin
    select p.theme into v_theme from proposal p
    where p.round_id = v_round.id and p.number is distinct from p_number and p_theme <> ''
      and lower(p.theme) = lower(p_theme) limit 1;
    v_theme := coalesce(v_theme, p_theme);
    select * into v_pot from pot t where t.round_id = v_round.id and t.ordinal = p_pot;
    if v_number is null and v_round.state = 'draft' then
        v_number := api.free_number();
    end if;
    outcome := case
        when v_round.id is null then 'not_found'
        when p_number is not null and not exists (
            select from proposal p where p.round_id = v_round.id and p.number = p_number) then 'not_found'
        when v_round.frozen then 'frozen'
        when v_round.state <> 'draft' then 'in_review'
        when v_round.kind = 'yes_no' then 'question'
        when p_number is null and 200 <= (
            select count(*) from proposal p where p.round_id = v_round.id) then 'full'
        when p_revision <> (
            select p.revision from proposal p
            where p.round_id = v_round.id and p.number = p_number) then 'changed'
        when length(v_theme) > 40 or v_theme ~ ',' then 'theme'
        when (p_lat is null) <> (p_lon is null)
          or not (p_lat between 4900000 and 6100000 and p_lon between -1100000 and 300000) then 'point'
        when v_theme <> '' and 12 < (
            select count(*) from (
                select p.theme from proposal p
                where p.round_id = v_round.id and p.number is distinct from p_number and p.theme <> ''
                union select v_theme) t) then 'themes'
        when v_pot.id is null then 'pot'
        when p_cost > v_pot.amount then 'too_dear'
        when v_number is null then 'no_number' end;
    if outcome is not null then
        return query select outcome, p_number;
        return;
    end if;
    if p_number is null then
        insert into proposal (round_id, number, short_name, title, summary, body, place, proposer,
                              pot_id, cost, created_by, theme, lat, lon)
        values (v_round.id, v_number, p_short_name, p_title, p_summary, p_body, p_place, p_proposer,
                v_pot.id, p_cost, p_officer, v_theme, p_lat, p_lon);
    else
        update proposal p
        set short_name = p_short_name, title = p_title, summary = p_summary, body = p_body,
            place = p_place, proposer = p_proposer, pot_id = v_pot.id, cost = p_cost,
            changed_by = p_officer, theme = v_theme, lat = p_lat, lon = p_lon
        where p.round_id = v_round.id and p.number = p_number;
    end if;
    delete from exclusion x using proposal p
    where p.round_id = v_round.id and p.number = v_number and x.proposal_id = p.id;
    insert into exclusion (round_id, ordinal, proposal_id)
    select v_round.id, p_exclusion, p.id from proposal p
    where p.round_id = v_round.id and p.number = v_number and p_exclusion > 0;
    update round r set changed_by = p_officer where r.id = v_round.id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer,
            case when p_number is null then 'proposal.create' else 'proposal.edit' end,
            'proposal ' || p_slug || '/' || to_char(v_number, 'FM0000'),
            jsonb_build_object('title', p_title, 'cost', p_cost, 'pot', p_pot));
    return query select 'saved', v_number;
end
$$;

ALTER FUNCTION api.desk_proposal_save(p_officer integer, p_slug text, p_number smallint, p_title text, p_short_name text, p_summary text, p_body text, p_place text, p_proposer text, p_pot integer, p_cost bigint, p_exclusion integer, p_revision integer, p_theme text, p_lat integer, p_lon integer) OWNER TO wardmote_api;

--
-- Name: desk_proposals(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_proposals(p_officer integer, p_slug text) RETURNS TABLE(number smallint, short_name text, title text, summary text, body text, place text, proposer text, pot integer, cost bigint, state text, exclusion integer, revision integer, theme text, lat integer, lon integer)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select p.number, p.short_name, p.title, p.summary, p.body, p.place, p.proposer,
           coalesce(t.ordinal, 0), coalesce(p.cost, 0), p.state,
           coalesce((select x.ordinal from exclusion x where x.proposal_id = p.id
                     order by x.ordinal limit 1), 0),
           p.revision, p.theme, p.lat, p.lon
    from proposal p left join pot t on t.id = p.pot_id
    where p.round_id = api.desk_round_seen(p_officer, p_slug)
    order by p.number
$$;

ALTER FUNCTION api.desk_proposals(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_provider_link(integer, integer, integer, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_provider_link(p_officer integer, p_edition integer, p_provider integer, p_key bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_edition agreement_edition := api.desk_edition_held(p_officer, p_edition);
begin
    if not exists (select from pledge g
                   where g.edition_id = v_edition.id and g.provider_id = p_provider) then
        return 'not_found';
    elsif v_edition.state <> 'draft' then
        return 'frozen';
    end if;
    insert into provider_link (edition_id, provider_id, key_hash, made_by)
    values (p_edition, p_provider, p_key, p_officer)
    on conflict (edition_id, provider_id)
    do update set key_hash = excluded.key_hash, made_by = excluded.made_by,
                  made_at = clock_timestamp();
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'provider.link', 'edition ' || p_edition,
            jsonb_build_object('provider', p_provider));
    return 'made';
end
$$;

ALTER FUNCTION api.desk_provider_link(p_officer integer, p_edition integer, p_provider integer, p_key bytea) OWNER TO wardmote_api;

--
-- Name: desk_question(integer, integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_question(p_round integer, p_officer integer, p_question text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_question text;
begin
    select coalesce(nullif(p_question, ''), left('Adopt "' || e.title || '"?', 120))
    into v_question
    from round r join agreement_edition e on e.id = r.edition_id where r.id = p_round;
    update proposal p set title = v_question where p.round_id = p_round;
    if not found then
        insert into proposal (round_id, number, short_name, title, state, published_at, created_by)
        values (p_round, api.free_number(), 'Agreement', v_question, 'published',
                clock_timestamp(), p_officer);
    end if;
end
$$;

ALTER FUNCTION api.desk_question(p_round integer, p_officer integer, p_question text) OWNER TO wardmote_api;

--
-- Name: desk_register_files(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_register_files(p_officer integer, p_register integer) RETURNS TABLE(at timestamp with time zone, who text, voters bigint, addresses integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select i.done_at, o.name, i.voters_in, i.addresses_in
    from register_import i
    join register g on g.id = i.register_id and api.desk_may(p_officer, g.neighbourhood_id)
    join officer o on o.id = i.officer_id
    where i.register_id = p_register and i.done_at is not null and i.voters_in > 0
    order by i.done_at desc, i.id desc
    limit 50
$$;

ALTER FUNCTION api.desk_register_files(p_officer integer, p_register integer) OWNER TO wardmote_api;

--
-- Name: desk_register_retire(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_register_retire(p_officer integer, p_register integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_register register;
begin
    select * into v_register from register g
    where g.id = p_register and g.retired_at is null
      and api.desk_may(p_officer, g.neighbourhood_id) for update;
    if v_register.id is null then
        return 'not_found';
    elsif exists (
        select from round r
        where r.state = 'scheduled' and clock_timestamp() < r.closes_at + r.grace
          and api.register_holds(v_register.kind, null, r.eligibility)
          and exists (select from neighbourhood_within w
                      where w.within_id = r.neighbourhood_id
                        and w.neighbourhood_id in (select v.neighbourhood_id from voter v
                                                   where v.register_id = p_register))) then
        return 'in_use';
    end if;
    update register g set retired_at = clock_timestamp() where g.id = p_register;
    insert into audit (officer_id, action, object)
    values (p_officer, 'register.retire', 'register ' || p_register);
    return 'retired';
end
$$;

ALTER FUNCTION api.desk_register_retire(p_officer integer, p_register integer) OWNER TO wardmote_api;

--
-- Name: desk_register_save(integer, integer, text, text, text, integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_register_save(p_officer integer, p_register integer, p_name text, p_area text, p_kind text, p_codes integer, p_extra integer) RETURNS TABLE(outcome text, id integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_area integer;
    v_id   integer := p_register;
begin
    if p_register is null then
        select n.id into v_area from neighbourhood n
        where n.slug = p_area and api.desk_may(p_officer, n.id)
          and p_kind in ('codes', 'imported');
    else
        select g.neighbourhood_id into v_area from register g
        where g.id = p_register and g.retired_at is null
          and api.desk_may(p_officer, g.neighbourhood_id) for update;
    end if;
    if v_area is null then
        return query select 'not_found', null::integer;
    elsif length(btrim(p_name)) not between 1 and 120 then
        return query select 'name', null::integer;
    elsif p_codes not between 1 and 20 or p_extra not between 0 and 20 then
        return query select 'numbers', null::integer;
    elsif exists (select from register g
                  where g.name = btrim(p_name) and g.id is distinct from p_register) then
        return query select 'taken', null::integer;
    else
        if v_id is null then
            insert into register (name, neighbourhood_id, kind, codes_per_address, extra_cap)
            values (btrim(p_name), v_area, p_kind, p_codes, p_extra) returning id into v_id;
        else
            update register g
            set name = btrim(p_name), codes_per_address = p_codes, extra_cap = p_extra
            where g.id = v_id;
        end if;
        insert into audit (officer_id, action, object, detail)
        values (p_officer, 'register.save', 'register ' || v_id,
                jsonb_build_object('name', btrim(p_name), 'codes_per_address', p_codes,
                                   'extra_cap', p_extra));
        return query select 'saved', v_id;
    end if;
exception when unique_violation then
    return query select 'taken', null::integer;
end
$$;

ALTER FUNCTION api.desk_register_save(p_officer integer, p_register integer, p_name text, p_area text, p_kind text, p_codes integer, p_extra integer) OWNER TO wardmote_api;

--
-- Name: desk_registers(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_registers(p_officer integer, p_register integer DEFAULT NULL::integer) RETURNS TABLE(id integer, name text, area text, area_slug text, kind text, voters bigint, addresses bigint, codes bigint, phones bigint, due bigint, codes_per_address integer, extra_cap integer, retired_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with mine as materialized (
        select g.*, n.name as area, n.slug, n.kind <> 'city' as part
        from register g
        join neighbourhood n on n.id = g.neighbourhood_id
        where g.kind <> 'practice' and (p_register is null or g.id = p_register)
          and api.desk_may(p_officer, n.id)
    )
    select g.id, g.name, g.area, g.slug, g.kind, coalesce(s.voters, 0),
           coalesce(s.addresses, 0), coalesce(k.codes, 0), coalesce(k.phones, 0),
           case when g.kind = 'phones' then 0
                else coalesce(s.voters, 0) - coalesce(k.ever, 0) end,
           g.codes_per_address::integer, g.extra_cap::integer, g.retired_at
    from mine g
    left join api.register_sizes() s on s.register_id = g.id
    left join api.register_codes(array(select m.id from mine m)) k on k.register_id = g.id
    order by g.retired_at is not null, g.part, g.area, g.name
$$;

ALTER FUNCTION api.desk_registers(p_officer integer, p_register integer) OWNER TO wardmote_api;

--
-- Name: desk_result(integer, text, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_result(p_officer integer, p_slug text, p_version integer) RETURNS TABLE(round_id integer, counted_at timestamp with time zone, published_at timestamp with time zone, seed bytea, ballots integer, web integer, texts integer, paper integer, withdrawn integer, replaced integer, eligible integer, assisted integer, voided integer, counted_by text, version integer, correction text, stands integer)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select x.round_id, x.counted_at, x.published_at, x.seed, x.ballots, x.web, x.texts, x.paper,
           x.withdrawn, x.replaced, x.eligible, x.assisted, x.voided, coalesce(o.name, ''),
           x.version, x.correction, coalesce(api.result_shown(x.round_id), 0)
    from result x left join officer o on o.id = x.counted_by
    where x.round_id = api.desk_round_seen(p_officer, p_slug)
      and x.version = coalesce(nullif(p_version, 0), api.result_latest(x.round_id))
$$;

ALTER FUNCTION api.desk_result(p_officer integer, p_slug text, p_version integer) OWNER TO wardmote_api;

--
-- Name: desk_result_parts(integer, text, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_result_parts(p_officer integer, p_slug text, p_version integer) RETURNS TABLE(ordinal integer, pot_name text, pot_amount bigint, outcome json, pb_sha256 bytea, log text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select a.ordinal, t.name, t.amount, a.outcome, a.pb_sha256, a.log
    from result_part a left join pot t on t.id = a.pot_id
    where a.round_id = api.desk_round_seen(p_officer, p_slug)
      and a.version = coalesce(nullif(p_version, 0), api.result_latest(a.round_id))
    order by a.ordinal
$$;

ALTER FUNCTION api.desk_result_parts(p_officer integer, p_slug text, p_version integer) OWNER TO wardmote_api;

--
-- Name: desk_return(integer, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_return(p_officer integer, p_slug text, p_note text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round round := api.desk_round_held(p_officer, p_slug, 'ward_officer', 'approver');
    v_next  text;
begin
    if v_round.id is null then
        return 'not_found';
    end if;
    v_next := case when v_round.state in ('review', 'approved') then 'draft'
                   when v_round.state = 'result_review' and api.desk_phase(v_round) <> 'embargoed'
                   then 'counted'
                   when api.result_waits(v_round.id) is not null then 'dropped' end;
    if v_next is null then
        return 'state';
    elsif p_note is null or length(p_note) not between 1 and 400 then
        return 'note';
    end if;
    if v_next = 'draft' then
        update round r
        set state = 'draft', submitted_by = null, submitted_at = null, approved_by = null,
            approved_at = null, returned_note = p_note, returned_by = p_officer
        where r.id = v_round.id;
    elsif v_next = 'dropped' then
        update result s
        set dropped_at = clock_timestamp(), dropped_by = p_officer, returned_note = p_note,
            returned_by = p_officer
        where s.round_id = v_round.id and s.version = api.result_waits(v_round.id);
    else
        update round r set state = 'counted' where r.id = v_round.id;
        update result s
        set submitted_by = null, submitted_at = null, returned_note = p_note,
            returned_by = p_officer
        where s.round_id = v_round.id and s.version = api.result_latest(v_round.id);
    end if;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, case v_next when 'draft' then 'round.return' else 'result.return' end,
            'round ' || p_slug, jsonb_build_object('note', p_note, 'was', v_round.state));
    return v_next;
end
$$;

ALTER FUNCTION api.desk_return(p_officer integer, p_slug text, p_note text) OWNER TO wardmote_api;

--
-- Name: desk_role(integer, text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_role(p_officer integer, VARIADIC p_roles text[]) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select exists (select from officer_role r
                   join officer o on o.id = r.officer_id and o.disabled_at is null
                   where r.officer_id = p_officer and r.role = any (p_roles))
$$;

ALTER FUNCTION api.desk_role(p_officer integer, VARIADIC p_roles text[]) OWNER TO wardmote_api;

--
-- Name: desk_roles_in(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_roles_in(p_officer integer, p_neighbourhood integer) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select coalesce(string_agg(distinct r.role, ','), '') from (
        select a.role from officer_area a join neighbourhood_within w on w.within_id = a.neighbourhood_id
        where a.officer_id = p_officer and w.neighbourhood_id = p_neighbourhood
        union all
        select r.role from officer_role r where r.officer_id = p_officer) r
$$;

ALTER FUNCTION api.desk_roles_in(p_officer integer, p_neighbourhood integer) OWNER TO wardmote_api;

--
-- Name: desk_round(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_round(p_officer integer, p_slug text) RETURNS TABLE(id integer, slug text, area_slug text, area_name text, title text, about text, kind text, phase text, opens_at timestamp with time zone, closes_at timestamp with time zone, count_from timestamp with time zone, grace_minutes integer, max_picks integer, minimum_votes integer, edition_id integer, edition_title text, opens_date text, opens_time text, closes_date text, closes_time text, rules_sha256 bytea, hindrance text, detail text, published integer, drafts integer, eligible bigint, web bigint, texts bigint, paper bigint, withdrawn bigint, asked_by text, mine boolean, note text, note_by text, min_picks integer, blank_allowed boolean, points_sum integer, points_max integer, cap_percent integer, carry boolean, eligibility text, minimum_age integer, residence text, assisted bigint, voided bigint, method text, provisional_days integer, roles text, public_at timestamp with time zone)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $_$
    select r.id, r.slug, n.slug, n.name, r.title, r.about, r.kind,
           api.desk_phase(r),
           r.opens_at, r.closes_at, r.closes_at + r.grace,
           (extract(epoch from r.grace) / 60)::integer, r.max_picks, r.minimum_votes,
           r.edition_id, e.title,
           to_char(r.opens_at at time zone 'Europe/London', 'DD/MM/YYYY'),
           regexp_replace(to_char(r.opens_at at time zone 'Europe/London', 'HH24:MI:SS'), ':00$', ''),
           to_char(r.closes_at at time zone 'Europe/London', 'DD/MM/YYYY'),
           regexp_replace(to_char(r.closes_at at time zone 'Europe/London', 'HH24:MI:SS'), ':00$', ''),
           r.rules_sha256, h.reason, h.detail, p.published, p.drafts,
           t.eligible, t.web, t.texts, t.paper, t.withdrawn,
           coalesce(a.name, ''), coalesce(p_officer in (a.id, case when x.round_id is null then r.changed_by else x.counted_by end), false), coalesce(b.note, ''),
           coalesce(w.name, ''), r.min_picks, r.blank_allowed, coalesce(r.points_sum, 0),
           coalesce(r.points_max, 0), coalesce(r.cap_percent, 0), r.carry, r.eligibility,
           coalesce(r.minimum_age, 0), r.residence, t.assisted, t.voided,
           api.rule_method(r.kind, r.rule, r.rule_parameters), r.provisional_days,
           api.desk_roles_in(p_officer, n.id),
           api.result_comes(r.id)
    from round r
    join neighbourhood n on n.id = r.neighbourhood_id
    left join agreement_edition e on e.id = r.edition_id
    left join lateral api.desk_hindrance(r.id) h on r.state in ('draft', 'approved')
    cross join lateral (
        select count(*) filter (where p.state = 'published')::integer as published,
               count(*) filter (where p.state = 'draft')::integer as drafts
        from proposal p where p.round_id = r.id) p
    cross join lateral api.desk_turnout(r.id) t
    left join result x on x.round_id = r.id and x.version = api.result_latest(r.id)
    cross join lateral (select case when x.round_id is null then r.returned_note
                                    else x.returned_note end,
                               case when x.round_id is null then r.returned_by
                                    else x.returned_by end) b(note, by)
    left join officer a on a.id = case when x.round_id is null then r.submitted_by
                                       else x.submitted_by end
    left join officer w on w.id = b.by
    where r.id = api.desk_round_seen(p_officer, p_slug)
$_$;

ALTER FUNCTION api.desk_round(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_round_held(integer, text, text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_round_held(p_officer integer, p_slug text, VARIADIC p_roles text[] DEFAULT '{ward_officer}'::text[]) RETURNS wardmote.round
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_id    integer := api.desk_round_id(p_officer, p_slug, variadic p_roles);
    v_round round;
begin
    if v_id is not null then
        perform api.lock_round(v_id, true);
        perform api.round_settle(v_id);
        select * into v_round from round r where r.id = v_id;
    end if;
    return v_round;
end
$$;

ALTER FUNCTION api.desk_round_held(p_officer integer, p_slug text, VARIADIC p_roles text[]) OWNER TO wardmote_api;

--
-- Name: desk_round_id(integer, text, text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_round_id(p_officer integer, p_slug text, VARIADIC p_roles text[] DEFAULT '{ward_officer}'::text[]) RETURNS integer
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select r.id from round r
    where r.slug = p_slug and api.desk_may(p_officer, r.neighbourhood_id, variadic p_roles)
$$;

ALTER FUNCTION api.desk_round_id(p_officer integer, p_slug text, VARIADIC p_roles text[]) OWNER TO wardmote_api;

--
-- Name: desk_round_save(integer, text, text, text, text, text, integer, text, text, text, integer, integer, integer, text[], bigint[], integer[], integer[], integer, boolean, integer, integer, integer, boolean, text, integer, text, text, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_round_save(p_officer integer, p_slug text, p_area text, p_title text, p_about text, p_kind text, p_edition integer, p_question text, p_opens text, p_closes text, p_grace_minutes integer, p_max_picks integer, p_minimum_votes integer, p_pot_names text[], p_pot_amounts bigint[], p_pot_min integer[], p_pot_max integer[], p_min_picks integer, p_blank boolean, p_points_sum integer, p_points_max integer, p_cap_percent integer, p_carry boolean, p_eligibility text, p_minimum_age integer, p_residence text, p_method text DEFAULT 'most'::text, p_provisional_days integer DEFAULT 28) RETURNS TABLE(outcome text, slug text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_id     integer;
    v_slug   text := p_slug;
    v_area   integer;
    v_kind   text;
    v_opens  record;
    v_closes record;
    v_rule   record;
    v_chosen boolean := p_kind in ('approval', 'ranking'); -- the officer says how many
begin
    select n.id into v_area from neighbourhood n
    where n.slug = p_area and api.desk_may(p_officer, n.id);
    v_id := api.desk_round_id(p_officer, p_slug);
    if v_area is null or (p_slug is not null and v_id is null) then
        return query select 'not_found', null::text;
        return;
    end if;
    if v_id is not null then
        perform api.lock_round(v_id, true);
        select r.kind into v_kind from round r where r.id = v_id and r.state = 'draft';
        if v_kind is null then
            return query select case when r.frozen then 'frozen' else 'in_review' end, p_slug
                         from round r where r.id = v_id;
            return;
        end if;
    end if;

    select * into v_rule
    from api.rule_for(p_kind, case p_kind when 'yes_no' then 'most' else p_method end);
    select * into v_opens from api.london_time(p_opens);
    select * into v_closes from api.london_time(p_closes);
    outcome := case
        when v_opens.problem is not null then 'opens_' || v_opens.problem
        when v_closes.problem is not null then 'closes_' || v_closes.problem
        when v_closes.at <= v_opens.at then 'order'
        when p_kind = 'yes_no' and not exists (
            select from agreement_edition e
            where e.id = p_edition and e.neighbourhood_id = v_area and api.edition_state(e) = 'proposed')
        then 'edition'
        when (v_kind = 'yes_no') <> (p_kind = 'yes_no')
             and exists (select from proposal p where p.round_id = v_id) then 'has_proposals'
        when exists (select from pot t join proposal p on p.pot_id = t.id
                     where t.round_id = v_id and t.ordinal > cardinality(p_pot_names))
        then 'pot_used'
        when v_rule.rule is null then 'method'
        when v_chosen and p_min_picks > p_max_picks then 'picks_order'
        when p_kind = 'points' and p_points_max > p_points_sum then 'points_order'
        when exists (select from unnest(p_pot_min, p_pot_max) l(least, most)
                     where l.most > 0 and l.least > l.most) then 'pot_picks_order' end;
    if outcome is not null then
        return query select outcome, p_slug;
        return;
    end if;

    if v_id is null then
        v_slug := api.slug_free(p_title);
        insert into round (slug, neighbourhood_id, title, kind, rule, created_by, points_sum,
                           points_max)
        values (v_slug, v_area, p_title, p_kind,
                v_rule.rule, p_officer,
                case p_kind when 'points' then 1 end, case p_kind when 'points' then 1 end)
        returning id into v_id;
    end if;
    update round r
    set neighbourhood_id = v_area, title = p_title, about = p_about, kind = p_kind,
        rule = v_rule.rule, rule_parameters = v_rule.parameters,
        edition_id = case when p_kind = 'yes_no' then p_edition end,
        opens_at = v_opens.at, closes_at = v_closes.at,
        grace = make_interval(mins => p_grace_minutes),
        min_picks = case when v_chosen then p_min_picks else 1 end,
        max_picks = case when p_kind = 'yes_no' then 1 when v_chosen then p_max_picks else 60 end,
        blank_allowed = p_blank,
        points_sum = case p_kind when 'points' then p_points_sum end,
        points_max = case p_kind when 'points' then p_points_max end,
        cap_percent = case when p_kind <> 'yes_no' then nullif(p_cap_percent, 0) end,
        carry = p_carry and p_kind <> 'yes_no',
        eligibility = p_eligibility, minimum_votes = p_minimum_votes,
        minimum_age = case when p_eligibility <> 'practice' then nullif(p_minimum_age, 0) end,
        residence = case when p_eligibility <> 'practice' then p_residence else 'none' end,
        provisional_days = p_provisional_days, changed_by = p_officer
    where r.id = v_id;

    delete from pot t where t.round_id = v_id and t.ordinal > cardinality(p_pot_names);
    update pot t
    set name = g.name, amount = g.amount, min_picks = nullif(g.least, 0),
        max_picks = nullif(g.most, 0)
    from unnest(p_pot_names, p_pot_amounts, p_pot_min, p_pot_max) with ordinality
        g(name, amount, least, most, ordinal)
    where t.round_id = v_id and t.ordinal = g.ordinal;
    insert into pot (round_id, ordinal, name, amount, min_picks, max_picks)
    select v_id, g.ordinal, g.name, g.amount, nullif(g.least, 0), nullif(g.most, 0)
    from unnest(p_pot_names, p_pot_amounts, p_pot_min, p_pot_max) with ordinality
        g(name, amount, least, most, ordinal)
    where not exists (select from pot t where t.round_id = v_id and t.ordinal = g.ordinal);

    if p_kind = 'yes_no' then
        perform api.desk_question(v_id, p_officer, p_question);
    end if;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, case when p_slug is null then 'round.create' else 'round.edit' end,
            'round ' || v_slug,
            jsonb_build_object('title', p_title, 'kind', p_kind, 'area', p_area,
                               'opens_at', v_opens.at, 'closes_at', v_closes.at,
                               'eligibility', p_eligibility, 'rule', v_rule.rule,
                               'rule_parameters', v_rule.parameters, 'pots', to_jsonb(p_pot_amounts)));
    return query select 'saved', v_slug;
end
$$;

ALTER FUNCTION api.desk_round_save(p_officer integer, p_slug text, p_area text, p_title text, p_about text, p_kind text, p_edition integer, p_question text, p_opens text, p_closes text, p_grace_minutes integer, p_max_picks integer, p_minimum_votes integer, p_pot_names text[], p_pot_amounts bigint[], p_pot_min integer[], p_pot_max integer[], p_min_picks integer, p_blank boolean, p_points_sum integer, p_points_max integer, p_cap_percent integer, p_carry boolean, p_eligibility text, p_minimum_age integer, p_residence text, p_method text, p_provisional_days integer) OWNER TO wardmote_api;

--
-- Name: desk_round_seen(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_round_seen(p_officer integer, p_slug text) RETURNS integer
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select r.id from round r where r.slug = p_slug and api.desk_sees(p_officer, r.neighbourhood_id)
$$;

ALTER FUNCTION api.desk_round_seen(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_rounds(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_rounds(p_officer integer) RETURNS TABLE(slug text, title text, area_name text, kind text, phase text, opens_at timestamp with time zone, closes_at timestamp with time zone, count_from timestamp with time zone, published integer, drafts integer, mine boolean, acts boolean, eligible bigint, web bigint, texts bigint, paper bigint, assisted bigint, public_at timestamp with time zone)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select r.slug, r.title || case when r.eligibility = 'practice' then ' (practice)' else '' end,
           n.name, r.kind, f.phase, r.opens_at, r.closes_at,
           r.closes_at + r.grace, p.published, p.drafts,
           coalesce(case when f.phase = 'result_review'
                         then p_officer in (c.submitted_by, c.counted_by)
                         else p_officer in (r.submitted_by, r.changed_by) end, false),
           api.desk_may(p_officer, n.id, 'ward_officer',
                        case when f.phase in ('review', 'result_review') then 'approver' end),
           coalesce(t.eligible, c.eligible, 0), coalesce(t.web, c.web, 0),
           coalesce(t.texts, c.texts, 0), coalesce(t.paper, c.paper, 0),
           coalesce(t.assisted, c.assisted, 0),
           api.result_comes(r.id)
    from round r
    join neighbourhood n on n.id = r.neighbourhood_id
    cross join lateral (
        select case when r.state = 'published' and api.result_waits(r.id) is not null
                    then 'result_review'
                    when r.eligibility = 'practice' and r.state = 'counted' then 'archived'
                    else api.desk_phase(r) end as phase) f
    cross join lateral (
        select count(*) filter (where p.state = 'published')::integer as published,
               count(*) filter (where p.state = 'draft')::integer as drafts
        from proposal p where p.round_id = r.id) p
    left join lateral api.desk_turnout(r.id) t on f.phase in ('open', 'closed', 'to_count')
    left join result c on c.round_id = r.id and c.version = api.result_latest(r.id)
    where api.desk_sees(p_officer, r.neighbourhood_id)
    order by array_position(array['to_count', 'result_review', 'counted', 'review', 'approved',
                                  'open', 'closed', 'draft', 'scheduled', 'embargoed', 'published',
                                  'archived'], f.phase),
             coalesce(case f.phase when 'scheduled' then r.opens_at else r.closes_at end,
                      'infinity'), r.slug
$$;

ALTER FUNCTION api.desk_rounds(p_officer integer) OWNER TO wardmote_api;

--
-- Name: desk_schedule(integer, text, bytea, bytea, bytea, bytea, bytea, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_schedule(p_officer integer, p_slug text, p_pseudonym bytea, p_nonce bytea, p_seed bytea, p_pseudonym_sha256 bytea, p_nonce_sha256 bytea, p_seed_sha256 bytea) RETURNS TABLE(outcome text, detail text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round round := api.desk_round_held(p_officer, p_slug);
begin
    if v_round.id is null then
        return query select 'not_found', '';
        return;
    elsif v_round.state <> 'approved' then
        return query select case when v_round.frozen then 'frozen' else 'not_approved' end, '';
        return;
    end if;
    return query select h.reason, h.detail from api.desk_hindrance(v_round.id) h;
    if found then
        return;
    end if;
    begin
        perform api.round_freeze(v_round.id, p_pseudonym, p_nonce, p_seed, p_pseudonym_sha256,
                                 p_nonce_sha256, p_seed_sha256);
    exception when exclusion_violation then
        -- Another round took one of the numbers at this very moment.
        return query select 'number_clash', '';
        return;
    end;
    insert into audit (officer_id, action, object, detail)
    select p_officer, 'round.schedule', 'round ' || p_slug,
           jsonb_build_object('rules_sha256', encode(r.rules_sha256, 'hex'))
    from round r where r.id = v_round.id;
    perform pg_notify('content', '');
    return query select 'scheduled', '';
end
$$;

ALTER FUNCTION api.desk_schedule(p_officer integer, p_slug text, p_pseudonym bytea, p_nonce bytea, p_seed bytea, p_pseudonym_sha256 bytea, p_nonce_sha256 bytea, p_seed_sha256 bytea) OWNER TO wardmote_api;

--
-- Name: desk_sees(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_sees(p_officer integer, p_neighbourhood integer) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select api.desk_may(p_officer, p_neighbourhood, 'ward_officer', 'approver', 'clerk', 'auditor')
$$;

ALTER FUNCTION api.desk_sees(p_officer integer, p_neighbourhood integer) OWNER TO wardmote_api;

--
-- Name: desk_site(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_site(p_officer integer) RETURNS TABLE(banner text, until text, colour text, about text, privacy text, changed_by text, changed_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select s.banner, 
           coalesce(to_char((s.banner_until at time zone 'Europe/London') - interval '1 day',
                            'DD/MM/YYYY'), ''), s.colour, s.about, s.privacy, coalesce(o.name, ''), s.changed_at
    from site s left join officer o on o.id = s.changed_by
    where api.desk_role(p_officer, 'administrator')
$$;

ALTER FUNCTION api.desk_site(p_officer integer) OWNER TO wardmote_api;

--
-- Name: desk_site_save(integer, text, date, text, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_site_save(p_officer integer, p_banner text, p_until date, p_colour text, p_about text, p_privacy text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_old   site;
    v_new   site;
begin
    if not api.desk_role(p_officer, 'administrator') then
        return 'not_found';
    end if;
    select * into v_old from site for update;
    update site
    set banner = p_banner, banner_until = (p_until + 1)::timestamp at time zone 'Europe/London', colour = p_colour, about = p_about,
        privacy = p_privacy, changed_by = p_officer, changed_at = clock_timestamp()
    returning * into v_new;
    insert into audit (officer_id, action, object, detail)
    select p_officer, 'site.change', 'site',
           jsonb_build_object('changes', coalesce(jsonb_object_agg(n.key, jsonb_build_array(o.value, n.value)), '{}'))
    from jsonb_each(to_jsonb(v_new) - 'changed_by' - 'changed_at') n
    join jsonb_each(to_jsonb(v_old)) o on o.key = n.key and o.value is distinct from n.value;
    perform pg_notify('content', '');
    return 'saved';
end
$$;

ALTER FUNCTION api.desk_site_save(p_officer integer, p_banner text, p_until date, p_colour text, p_about text, p_privacy text) OWNER TO wardmote_api;

--
-- Name: desk_sms_budget(integer, bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_sms_budget(p_officer integer, p_day_pence bigint) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    if not api.desk_texts_may(p_officer) then
        return 'role';
    end if;
    update sms_limits set day_pence = p_day_pence;
    perform api.sms_out_wake('budget');
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'sms.budget', 'texts', jsonb_build_object('day_pence', p_day_pence));
    return 'saved';
end
$$;

ALTER FUNCTION api.desk_sms_budget(p_officer integer, p_day_pence bigint) OWNER TO wardmote_api;

--
-- Name: desk_sms_drop(integer, uuid); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_sms_drop(p_officer integer, p_reference uuid) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    o outbox;
begin
    if not api.desk_texts_may(p_officer) then
        return 'role';
    end if;
    select * into o from outbox x where x.client_ref = p_reference for update;
    if not found then
        return 'not_found';
    elsif o.state not in ('dead', 'held', 'expired') then
        return 'not_over';
    end if;
    update outbox x
    set state = 'cancelled', last_error = 'dropped', done_at = clock_timestamp()
    where x.id = o.id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'sms.drop', 'text ' || p_reference,
            jsonb_build_object('was', o.state, 'error', o.last_error));
    return 'dropped';
end
$$;

ALTER FUNCTION api.desk_sms_drop(p_officer integer, p_reference uuid) OWNER TO wardmote_api;

--
-- Name: desk_sms_figures(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_sms_figures(p_officer integer) RETURNS TABLE(coming bigint, coming_age bigint, going bigint, going_age bigint, bulk bigint, unknown bigint, letters bigint, day_pence bigint, spent bigint, bulk_paused_at timestamp with time zone, seen_age bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select i.n, i.age, o.replies, o.age, o.bulk, o.unknown,
           (select count(*) from outbox x
            where x.state in ('dead', 'held', 'expired') and x.body_sealed is not null)
           + (select count(*) from inbox x
              where x.letter and x.body_sealed is not null),
           ceil(l.day_pence)::bigint,
           coalesce((select ceil(b.reserved)::bigint from sms_budget b
                     where b.day = (clock_timestamp() at time zone 'Europe/London')::date), 0),
           l.bulk_paused_at,
           (select extract(epoch from clock_timestamp() - max(g.seen_at))::bigint
            from sms_gateway g)
    from sms_limits l
    cross join (select count(*) as n,
                       extract(epoch from clock_timestamp() - min(x.received_at))::bigint as age
                from inbox_waiting w join inbox x on x.id = w.inbox_id) i
    cross join (select count(*) filter (where x.class <> 'bulk' and x.state <> 'unknown')
                           as replies,
                       count(*) filter (where x.class = 'bulk' and x.state <> 'unknown') as bulk,
                       count(*) filter (where x.state = 'unknown') as unknown,
                       extract(epoch from clock_timestamp() - min(x.created_at)
                               filter (where x.class <> 'bulk'))::bigint as age
                from outbox x where x.state in ('queued', 'leased', 'unknown')) o
    where api.desk_texts_may(p_officer)
$$;

ALTER FUNCTION api.desk_sms_figures(p_officer integer) OWNER TO wardmote_api;

--
-- Name: desk_sms_find(integer, text, bytea[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_sms_find(p_officer integer, p_reference text, p_keys bytea[]) RETURNS TABLE(outward boolean, reference text, at timestamp with time zone, state text, why text, class text, provider text, provider_id text, our_number text, sealed bytea, words boolean, attempts integer, next_at timestamp with time zone, ended_at timestamp with time zone, segments integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $_$
    with n as (
        select case when p_reference ~ '^[0-9]{1,18}$' then p_reference::bigint end as id
    )
    select r.* from api.desk_sms_rows(
        array(select o.id from outbox o
              where o.client_ref = api.sms_reference(p_reference)
                 or o.provider_id = p_reference
                 or o.recipient_key = any (p_keys)
              order by o.id desc limit 50),
        array(select i.id from inbox i, n
              where i.message_id = p_reference or i.id = n.id
                 or i.sender_key = any (p_keys)
              order by i.id desc limit 50)) r
    where api.desk_texts_may(p_officer) limit 50
$_$;

ALTER FUNCTION api.desk_sms_find(p_officer integer, p_reference text, p_keys bytea[]) OWNER TO wardmote_api;

--
-- Name: desk_sms_gateway(integer, text, text, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_sms_gateway(p_officer integer, p_name text, p_price text, p_price_abroad text, p_rate text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $_$
declare
    v_pence constant text := '^[0-9]{1,4}(\.[0-9]{1,4})?$';
    v_wrong text;
begin
    if not api.desk_texts_may(p_officer) then
        return 'role';
    elsif not exists (select from sms_gateway g where g.name = p_name) then
        return 'not_found';
    end if;
    v_wrong := concat_ws(' ',
        case when p_price !~ v_pence then 'price'
             when p_price::numeric > 1000 then 'price' end,
        case when p_price_abroad !~ v_pence then 'abroad'
             when p_price_abroad::numeric > 1000 then 'abroad' end,
        case when p_rate !~ v_pence then 'rate'
             when p_rate::numeric not between 0.1 and 5000 then 'rate' end);
    if v_wrong <> '' then
        return v_wrong;
    end if;
    update sms_gateway g
    set price = p_price::numeric, price_abroad = p_price_abroad::numeric, rate = p_rate::real,
        burst = greatest(p_rate::real, 1)
    where g.name = p_name;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'sms.gateway', 'provider ' || p_name,
            jsonb_build_object('price', p_price::numeric, 'price_abroad', p_price_abroad::numeric,
                               'rate', p_rate::numeric));
    return 'saved';
end
$_$;

ALTER FUNCTION api.desk_sms_gateway(p_officer integer, p_name text, p_price text, p_price_abroad text, p_rate text) OWNER TO wardmote_api;

--
-- Name: desk_sms_gateways(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_sms_gateways(p_officer integer) RETURNS TABLE(name text, used boolean, state text, until timestamp with time zone, why text, price text, price_abroad text, rate text, sent_hour bigint, failed_hour bigint, unknown_hour bigint, sent_day bigint, failed_day bigint, unknown_day bigint, webhook_lost boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with day as (
        select a.provider, a.started_at > clock_timestamp() - interval '1 hour' as hour,
               case a.outcome when 'accepted' then 's' when 'unknown' then 'u' else 'f' end as o
        from attempt a
        where a.started_at > clock_timestamp() - interval '1 day' and a.outcome is not null
    ), tally as (
        select d.provider, count(*) filter (where d.hour and d.o = 's') as sh,
               count(*) filter (where d.hour and d.o = 'f') as fh,
               count(*) filter (where d.hour and d.o = 'u') as uh,
               count(*) filter (where d.o = 's') as sd, count(*) filter (where d.o = 'f') as fd,
               count(*) filter (where d.o = 'u') as ud
        from day d group by d.provider
    )
    select g.name, g.place is not null,
           case when g.paused_until > clock_timestamp() then 'paused'
                when g.probing then 'trying'
                when g.open_until > clock_timestamp() then 'broken'
                when g.opened > 0 then 'trying' else 'ready' end,
           case when g.paused_until > clock_timestamp()
                then nullif(g.paused_until, 'infinity')
                when g.open_until > clock_timestamp() then g.open_until end,
           case when g.paused_until > clock_timestamp() then coalesce(g.paused_why, '')
                else '' end,
           trim_scale(g.price)::text, trim_scale(g.price_abroad)::text, g.rate::text,
           coalesce(t.sh, 0), coalesce(t.fh, 0), coalesce(t.uh, 0),
           coalesce(t.sd, 0), coalesce(t.fd, 0), coalesce(t.ud, 0),
           exists (select from sms_alarm a
                   where a.name = 'webhook_lost:' || g.name
                     and greatest(a.since, a.told_at) > clock_timestamp() - interval '1 day')
    from sms_gateway g left join tally t on t.provider = g.name
    where api.desk_texts_may(p_officer)
      and (g.place is not null or t.provider is not null
           or g.paused_until > clock_timestamp())
    order by g.place, g.name
$$;

ALTER FUNCTION api.desk_sms_gateways(p_officer integer) OWNER TO wardmote_api;

--
-- Name: desk_sms_letters(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_sms_letters(p_officer integer) RETURNS TABLE(outward boolean, reference text, at timestamp with time zone, state text, why text, class text, provider text, provider_id text, our_number text, sealed bytea, words boolean, attempts integer, next_at timestamp with time zone, ended_at timestamp with time zone, segments integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select r.* from api.desk_sms_rows(
        array(select o.id from outbox o where o.state in ('dead', 'held', 'expired')
                and (o.body_sealed is not null
                     or o.created_at > clock_timestamp() - interval '7 days')
              order by o.id desc limit 100),
        array(select i.id from inbox i where i.letter
                and (i.body_sealed is not null
                     or i.received_at > clock_timestamp() - interval '7 days')
              order by i.id desc limit 100)) r
    where api.desk_texts_may(p_officer) limit 100
$$;

ALTER FUNCTION api.desk_sms_letters(p_officer integer) OWNER TO wardmote_api;

--
-- Name: desk_sms_numbers(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_sms_numbers(p_officer integer) RETURNS TABLE(key bytea, sealed bytea, outward boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select n.key, n.sealed, n.outward
    from (select distinct on (u.key) u.*
          from (select o.recipient_key as key, o.recipient_sealed as sealed, true as outward,
                       o.created_at as at
                from outbox o where o.recipient_sealed is not null
                union all
                select i.sender_key, i.sender_sealed, false, i.received_at
                from inbox i where i.sender_sealed is not null) u
          order by u.key, u.at desc) n
    where api.desk_texts_may(p_officer)
    order by n.at desc limit 20000
$$;

ALTER FUNCTION api.desk_sms_numbers(p_officer integer) OWNER TO wardmote_api;

--
-- Name: desk_sms_pause(integer, text, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_sms_pause(p_officer integer, p_name text, p_pause boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    if not api.desk_texts_may(p_officer) then
        return 'role';
    elsif p_name = '' then
        update sms_limits set bulk_paused_at = case when p_pause then clock_timestamp() end;
    else
        update sms_gateway g
        set paused_until = case when p_pause then 'infinity'::timestamptz end,
            paused_why = case when p_pause then 'an officer' end
        where g.name = p_name;
        if not found then
            return 'not_found';
        end if;
    end if;
    if not p_pause then
        perform api.sms_out_wake(case when p_name = '' then 'paused' else 'gateway' end);
    end if;
    insert into audit (officer_id, action, object)
    values (p_officer, case when p_pause then 'sms.pause' else 'sms.resume' end,
            case when p_name = '' then 'bulk texts' else 'provider ' || p_name end);
    return case when p_pause then 'paused' else 'resumed' end;
end
$$;

ALTER FUNCTION api.desk_sms_pause(p_officer integer, p_name text, p_pause boolean) OWNER TO wardmote_api;

--
-- Name: desk_sms_replay(integer, uuid); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_sms_replay(p_officer integer, p_reference uuid) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    o outbox;
begin
    if not api.desk_texts_may(p_officer) then
        return 'role';
    end if;
    select * into o from outbox x where x.client_ref = p_reference for update;
    if not found then
        return 'not_found';
    elsif o.state not in ('dead', 'held', 'expired', 'cancelled') then
        return 'not_over';
    elsif o.body_sealed is null or o.recipient_sealed is null then
        return 'erased';
    end if;
    update outbox x
    set state = 'queued', tries_from = o.attempts, asked = 0, next_at = clock_timestamp(),
        expires_at = clock_timestamp() + interval '24 hours', done_at = null
    where x.id = o.id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'sms.replay', 'text ' || p_reference,
            jsonb_build_object('was', o.state, 'error', o.last_error));
    return 'queued';
end
$$;

ALTER FUNCTION api.desk_sms_replay(p_officer integer, p_reference uuid) OWNER TO wardmote_api;

--
-- Name: desk_sms_replay_inbox(integer, bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_sms_replay_inbox(p_officer integer, p_inbox bigint) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    i inbox;
begin
    if not api.desk_texts_may(p_officer) then
        return 'role';
    end if;
    select * into i from inbox x where x.id = p_inbox for update;
    if not found then
        return 'not_found';
    elsif i.state <> 'dead' then
        return 'not_over';
    elsif i.body_sealed is null or i.sender_sealed is null then
        return 'erased';
    end if;
    update inbox x
    set state = 'new', attempts = 0, outcome = null, done_at = null
    where x.id = p_inbox;
    insert into inbox_waiting (inbox_id, sender_key, alone) values (i.id, i.sender_key, true);
    insert into audit (officer_id, action, object)
    values (p_officer, 'sms.replay_inbox', 'text in ' || p_inbox);
    perform pg_notify('sms_in', '');
    return 'queued';
end
$$;

ALTER FUNCTION api.desk_sms_replay_inbox(p_officer integer, p_inbox bigint) OWNER TO wardmote_api;

--
-- Name: desk_sms_reveal(integer, boolean, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_sms_reveal(p_officer integer, p_outward boolean, p_reference text, p_reason text) RETURNS TABLE(outcome text, sealed bytea)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_sealed bytea;
    v_found  boolean;
begin
    select true, t.sealed into v_found, v_sealed
    from api.desk_sms_text(p_officer, p_outward, p_reference) t;
    outcome := case when not api.desk_texts_may(p_officer) then 'role'
                    when v_found is null then 'not_found'
                    when length(btrim(coalesce(p_reason, ''))) not between 1 and 400 then 'reason'
                    when v_sealed is null then 'erased'
                    else 'shown' end;
    if outcome = 'shown' then
        insert into audit (officer_id, action, object, detail)
        values (p_officer, 'sms.reveal',
                case when p_outward then 'text ' else 'text in ' end || p_reference,
                jsonb_build_object('reason', btrim(p_reason)));
        sealed := v_sealed;
    end if;
    return next;
end
$$;

ALTER FUNCTION api.desk_sms_reveal(p_officer integer, p_outward boolean, p_reference text, p_reason text) OWNER TO wardmote_api;

--
-- Name: desk_sms_rows(bigint[], bigint[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_sms_rows(p_outs bigint[], p_ins bigint[]) RETURNS TABLE(outward boolean, reference text, at timestamp with time zone, state text, why text, class text, provider text, provider_id text, our_number text, sealed bytea, words boolean, attempts integer, next_at timestamp with time zone, ended_at timestamp with time zone, segments integer)
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select * from (
        select true, o.client_ref::text, o.created_at, o.state, coalesce(o.last_error, ''),
               o.class, coalesce(o.provider, ''), coalesce(o.provider_id, ''), o.sender,
               o.recipient_sealed, o.body_sealed is not null, o.attempts::integer, o.next_at,
               o.done_at, o.segments::integer
        from outbox o where o.id = any (p_outs)
        union all
        select false, i.id::text, i.received_at,
               case when i.state = 'new' and exists (select from inbox_lease l where i.id = any (l.ids))
                    then 'leased' else i.state end, coalesce(i.outcome, ''), '', i.provider,
               i.message_id, i.endpoint, i.sender_sealed, i.body_sealed is not null,
               i.attempts::integer, w.next_at, i.done_at, 0
        from inbox i left join inbox_waiting w on w.inbox_id = i.id
        where i.id = any (p_ins)) t(outward, reference, at)
    order by t.at desc, t.reference desc
$$;

ALTER FUNCTION api.desk_sms_rows(p_outs bigint[], p_ins bigint[]) OWNER TO wardmote_api;

--
-- Name: desk_sms_steps(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_sms_steps(p_officer integer, p_reference text) RETURNS TABLE(at timestamp with time zone, provider text, outcome text, http_status integer, error text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select s.* from (
        select a.started_at, a.provider, coalesce(a.outcome, ''), coalesce(a.http_status, 0),
               coalesce(a.error, '')
        from outbox o join attempt a on a.outbox_id = o.id
        where o.client_ref = api.sms_reference(p_reference)
        union all
        select d.received_at, '', d.status, 0, ''
        from dlr d where d.client_ref = api.sms_reference(p_reference)) s(at)
    where api.desk_texts_may(p_officer)
    order by s.at
$$;

ALTER FUNCTION api.desk_sms_steps(p_officer integer, p_reference text) OWNER TO wardmote_api;

--
-- Name: desk_sms_text(integer, boolean, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_sms_text(p_officer integer, p_outward boolean, p_reference text) RETURNS TABLE(outward boolean, reference text, at timestamp with time zone, state text, why text, class text, provider text, provider_id text, our_number text, sealed bytea, words boolean, attempts integer, next_at timestamp with time zone, ended_at timestamp with time zone, segments integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $_$
    with n as (
        select case when p_reference ~ '^[0-9]{1,18}$' then p_reference::bigint end as id
    )
    select r.* from api.desk_sms_rows(
        array(select o.id from outbox o
              where p_outward and o.client_ref = api.sms_reference(p_reference)),
        array(select i.id from inbox i, n where not p_outward and i.id = n.id)) r
    where api.desk_texts_may(p_officer)
$_$;

ALTER FUNCTION api.desk_sms_text(p_officer integer, p_outward boolean, p_reference text) OWNER TO wardmote_api;

--
-- Name: desk_submit(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_submit(p_officer integer, p_slug text) RETURNS TABLE(outcome text, detail text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round round := api.desk_round_held(p_officer, p_slug);
begin
    if v_round.id is null then
        return query select 'not_found', '';
        return;
    elsif v_round.state <> 'draft' then
        return query select 'state', '';
        return;
    end if;
    return query select h.reason, h.detail from api.desk_hindrance(v_round.id) h;
    if found then
        return;
    end if;
    update round r
    set state = 'review', submitted_by = p_officer, submitted_at = clock_timestamp(),
        approved_by = null, approved_at = null, returned_note = '', returned_by = null
    where r.id = v_round.id;
    insert into audit (officer_id, action, object)
    values (p_officer, 'round.submit', 'round ' || p_slug);
    return query select 'review', '';
end
$$;

ALTER FUNCTION api.desk_submit(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: desk_texts_may(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_texts_may(p_officer integer) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select api.desk_role(p_officer, 'sms_operator', 'administrator')
$$;

ALTER FUNCTION api.desk_texts_may(p_officer integer) OWNER TO wardmote_api;

--
-- Name: desk_translation(integer, text, smallint, text, integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_translation(p_officer integer, p_slug text, p_number smallint, p_language text, p_before integer DEFAULT 0, p_most integer DEFAULT 100) RETURNS TABLE(state text, revision integer, at timestamp with time zone, who text, title text, short_name text, summary text, body text, of_revision integer, of_title text, of_short_name text, of_summary text, of_body text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select n.state, t.revision, t.at, coalesce(o.name, ''), t.title, t.short_name, t.summary, t.body,
           t.of_revision, w.title, w.short_name, w.summary, w.body
    from proposal p
    join proposal_translation t on t.proposal_id = p.id and t.language = p_language
    cross join lateral api.translation_now(p, p_language) n
    left join proposal_revision w on w.proposal_id = p.id and w.revision = t.of_revision
                                 and t.revision = n.revision
    left join officer o on o.id = t.officer_id
    where p.round_id = api.desk_round_seen(p_officer, p_slug) and p.number = p_number
      and (p_before = 0 or t.revision < p_before or t.revision = n.revision)
    order by t.revision desc limit least(p_most, 100) + 1
$$;

ALTER FUNCTION api.desk_translation(p_officer integer, p_slug text, p_number smallint, p_language text, p_before integer, p_most integer) OWNER TO wardmote_api;

--
-- Name: desk_translation_save(integer, text, smallint, text, text, text, text, text, integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_translation_save(p_officer integer, p_slug text, p_number smallint, p_language text, p_title text, p_short_name text, p_summary text, p_body text, p_of integer, p_revision integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round    round := api.desk_round_held(p_officer, p_slug);
    v_proposal proposal;
    v_old      record;
    v_outcome  text;
begin
    select * into v_proposal from proposal p where p.round_id = v_round.id and p.number = p_number;
    select * into v_old from api.translation_now(v_proposal, p_language);
    v_outcome := case
        when v_proposal.id is null or v_proposal.state = 'withdrawn' then 'not_found'
        when v_round.state = 'archived' then 'archived'
        when coalesce(v_old.revision, 0) <> p_revision then 'changed'
        when v_proposal.revision <> p_of then 'english'
        when length(p_title) > 120 or length(p_short_name) > 16 or length(p_summary) > 300
          or length(p_body) > 20000 then 'long'
        when v_old.state <> 'old' and (v_old.title, v_old.short_name, v_old.summary, v_old.body)
                                    = (p_title, p_short_name, p_summary, p_body) then 'saved' end;
    if v_outcome is not null then
        return v_outcome;
    end if;
    insert into proposal_translation (proposal_id, language, revision, of_revision, officer_id, title,
                                      short_name, summary, body)
    values (v_proposal.id, p_language, p_revision + 1, p_of, p_officer, p_title, p_short_name,
            p_summary, p_body);
    perform wardmote.audit_noted(f.field || ' (' || p_language || ')', to_jsonb(f.before), to_jsonb(f.now))
    from (values ('title', coalesce(v_old.title, ''), p_title),
                 ('short_name', coalesce(v_old.short_name, ''), p_short_name),
                 ('summary', coalesce(v_old.summary, ''), p_summary),
                 ('body', coalesce(v_old.body, ''), p_body)) f(field, before, now)
    where f.before <> f.now;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'proposal.translate', 'proposal ' || p_slug || '/' || to_char(p_number, 'FM0000'),
            jsonb_build_object('language', p_language));
    perform pg_notify('content', '');
    return 'saved';
end
$$;

ALTER FUNCTION api.desk_translation_save(p_officer integer, p_slug text, p_number smallint, p_language text, p_title text, p_short_name text, p_summary text, p_body text, p_of integer, p_revision integer) OWNER TO wardmote_api;

--
-- Name: desk_translations(integer, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_translations(p_officer integer, p_slug text, p_languages text) RETURNS TABLE(number smallint, title text, language text, state text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select p.number, p.title, l.tag, coalesce(t.state, 'missing')
    from proposal p
    cross join unnest(string_to_array(p_languages, ' ')) with ordinality l(tag, n)
    left join lateral api.translation_now(p, l.tag) t on true
    where p.round_id = api.desk_round_seen(p_officer, p_slug) and p.state <> 'withdrawn'
      and l.tag not in ('', 'en')
    order by p.number, l.n
$$;

ALTER FUNCTION api.desk_translations(p_officer integer, p_slug text, p_languages text) OWNER TO wardmote_api;

--
-- Name: desk_turnout(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.desk_turnout(p_round integer) RETURNS TABLE(eligible bigint, web bigint, texts bigint, paper bigint, withdrawn bigint, assisted bigint, voided bigint)
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select (select count(*) from voter v
            join register g on g.id = v.register_id
            join neighbourhood_within w on w.neighbourhood_id = v.neighbourhood_id
            join round r on r.neighbourhood_id = w.within_id
            where r.id = p_round and api.register_holds(g.kind, g.retired_at, r.eligibility)),
           count(*) filter (where x.channel = 1 and stands),
           count(*) filter (where x.channel = 2 and stands),
           count(*) filter (where x.channel = 3 and stands),
           count(*) filter (where x.withdrawn),
           count(*) filter (where x.channel = 4 and stands),
           count(*) filter (where u.round_id is not null)
    from ballot b
    join revision x on x.round_id = b.round_id and x.voter_id = b.voter_id
                   and x.revision = b.current_revision
    left join revision_void u on u.round_id = x.round_id and u.voter_id = x.voter_id
                             and u.revision = x.revision
    cross join lateral (select not x.withdrawn and u.round_id is null as stands) s
    where b.round_id = p_round
$$;

ALTER FUNCTION api.desk_turnout(p_round integer) OWNER TO wardmote_api;

--
-- Name: edition_adopt(integer, boolean, date); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.edition_adopt(p_edition integer, p_adopted boolean, p_day date DEFAULT ((clock_timestamp() AT TIME ZONE 'Europe/London'::text))::date) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_was agreement_edition;
begin
    select * into v_was from agreement_edition e where e.id = p_edition;
    update agreement_edition e set state = 'superseded'
    where p_adopted and e.neighbourhood_id = v_was.neighbourhood_id and e.state = 'adopted';
    update agreement_edition e
    set state = case when p_adopted then 'adopted' else 'rejected' end,
        adopted_on = case when p_adopted
                          then p_day end
    where e.id = p_edition;
    update agreement_edition e set state = 'adopted'
    where not p_adopted and v_was.state = 'adopted'
      and e.id = (select o.id from agreement_edition o
                  where o.neighbourhood_id = v_was.neighbourhood_id and o.state = 'superseded'
                    and o.edition < v_was.edition
                  order by o.edition desc limit 1);
end
$$;

ALTER FUNCTION api.edition_adopt(p_edition integer, p_adopted boolean, p_day date) OWNER TO wardmote_api;

--
-- Name: edition_adopted_on(wardmote.agreement_edition); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.edition_adopted_on(p_edition wardmote.agreement_edition) RETURNS date
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select coalesce(p_edition.adopted_on,
                    (select (a.at at time zone 'Europe/London')::date
                     from api.edition_answer(p_edition.id) a where a.adopted))
$$;

ALTER FUNCTION api.edition_adopted_on(p_edition wardmote.agreement_edition) OWNER TO wardmote_api;

--
-- Name: edition_answer(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.edition_answer(p_edition integer) RETURNS TABLE(adopted boolean, at timestamp with time zone)
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select (p.outcome ->> 'adopted')::boolean, x.published_at
    from round r
    join result x on x.round_id = r.id and x.published_at <= clock_timestamp()
    join result_part p on p.round_id = x.round_id and p.version = x.version
    where r.edition_id = p_edition and r.state = 'result_review'
$$;

ALTER FUNCTION api.edition_answer(p_edition integer) OWNER TO wardmote_api;

--
-- Name: edition_before(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.edition_before(p_edition integer) RETURNS integer
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select b.id
    from agreement_edition e
    join agreement_edition b on b.neighbourhood_id = e.neighbourhood_id and b.edition < e.edition
                            and api.edition_state(b) in ('adopted', 'superseded')
    where e.id = p_edition
    order by b.edition desc limit 1
$$;

ALTER FUNCTION api.edition_before(p_edition integer) OWNER TO wardmote_api;

--
-- Name: edition_changes(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.edition_changes(p_edition integer) RETURNS TABLE(what text, provider text, promise text, standard text, measure text, due timestamp with time zone, was_provider text, was_promise text, was_standard text, was_measure text, was_due timestamp with time zone, reason text)
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with recursive pair as (
        select e.id as new_id, api.edition_before(e.id) as old_id
        from agreement_edition e where e.id = p_edition
    ), up(id, ancestor) as (
        select g.id, g.id from pledge g, pair p where g.edition_id in (p.new_id, p.old_id)
        union all
        select u.id, g.came_from from up u join pledge g on g.id = u.ancestor
        where g.came_from is not null
    ), g as (
        select g.*, v.name, g.edition_id = p.new_id as is_new,
               (select min(u.ancestor) from up u where u.id = g.id) as root
        from pair p join pledge g on p.old_id is not null and g.edition_id in (p.new_id, p.old_id)
        join provider v on v.id = g.provider_id
    ), beside as (
        select n.id as new_id,
               (select o.id from g o
                where not o.is_new and o.state <> 'declined'
                  and (o.root = n.root or o.provider_id = n.provider_id and o.promise = n.promise)
                order by o.root = n.root desc, o.ordinal limit 1) as old_id
        from g n where n.is_new
    )
    select case when n.state is null or n.state = 'declined' then 'dropped'
                when o.id is null then 'added'
                when (n.provider_id, n.promise, n.standard, n.measure)
                     is distinct from (o.provider_id, o.promise, o.standard, o.measure)
                then 'reworded'
                when n.due is distinct from o.due then 'day' else 'same' end,
           coalesce(n.name, ''), coalesce(n.promise, ''), coalesce(n.standard, ''),
           coalesce(n.measure, ''), api.noon(n.due), coalesce(o.name, ''), coalesce(o.promise, ''),
           coalesce(o.standard, ''), coalesce(o.measure, ''), api.noon(o.due),
           case n.state when 'declined' then n.reason else '' end
    from (select * from g where is_new) n
    left join beside b on b.new_id = n.id
    full join (select * from g where not is_new and state <> 'declined') o on o.id = b.old_id
    where n.state is distinct from 'declined' or o.id is not null
    order by n.state is null or n.state = 'declined', n.ordinal, o.ordinal
$$;

ALTER FUNCTION api.edition_changes(p_edition integer) OWNER TO wardmote_api;

--
-- Name: edition_changes_public(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.edition_changes_public(p_edition integer) RETURNS TABLE(what text, provider text, promise text, standard text, measure text, due timestamp with time zone, was_provider text, was_promise text, was_standard text, was_measure text, was_due timestamp with time zone, reason text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select c.* from agreement_edition e cross join lateral api.edition_changes(e.id) c
    where e.id = p_edition and e.state <> 'draft'
$$;

ALTER FUNCTION api.edition_changes_public(p_edition integer) OWNER TO wardmote_api;

--
-- Name: edition_frozen_public(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.edition_frozen_public(p_edition integer) RETURNS TABLE(frozen_text text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select e.frozen_text from agreement_edition e
    where e.id = p_edition and e.state <> 'draft' and e.frozen_text is not null
$$;

ALTER FUNCTION api.edition_frozen_public(p_edition integer) OWNER TO wardmote_api;

--
-- Name: edition_settle(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.edition_settle(p_neighbourhood integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_id integer;
begin
    for v_id in select r.id from round r join agreement_edition e on e.id = r.edition_id
                where e.neighbourhood_id = p_neighbourhood and r.state = 'result_review'
                  and api.round_state(r) = 'published' order by r.id loop
        perform api.lock_round(v_id, true);
        perform api.round_settle(v_id);
    end loop;
end
$$;

ALTER FUNCTION api.edition_settle(p_neighbourhood integer) OWNER TO wardmote_api;

--
-- Name: edition_state(wardmote.agreement_edition); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.edition_state(p_edition wardmote.agreement_edition) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select case p_edition.state
           when 'proposed' then coalesce((select case when a.adopted then 'adopted' else 'rejected' end
                                          from api.edition_answer(p_edition.id) a), 'proposed')
           when 'adopted' then case when exists (
               select from agreement_edition o cross join lateral api.edition_answer(o.id) a
               where o.neighbourhood_id = p_edition.neighbourhood_id and o.state = 'proposed'
                 and a.adopted) then 'superseded' else 'adopted' end
           else p_edition.state end
$$;

ALTER FUNCTION api.edition_state(p_edition wardmote.agreement_edition) OWNER TO wardmote_api;

--
-- Name: edition_text(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.edition_text(p_edition integer) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with line(part, ordinal, n, words) as (
        select 1, 0, x.n, x.words
        from agreement_edition e join neighbourhood a on a.id = e.neighbourhood_id
        cross join lateral (values
            (1, 'wardmote/agreement/1'),
            (2, 'area ' || a.slug),
            (3, 'edition ' || e.edition),
            (4, 'title ' || e.title),
            (5, 'in-return ' || e.in_return),
            (6, 'review ' || coalesce(e.review_on::text, '-'))) x(n, words)
        where e.id = p_edition
        union all
        select 2, g.ordinal, x.n, x.words
        from (select g.*, row_number() over (order by g.ordinal) as place from pledge g
              where g.edition_id = p_edition) g
        join provider v on v.id = g.provider_id
        cross join lateral (values
            (1, 'pledge ' || g.place || ' ' || g.state),
            (2, 'provider ' || v.name),
            (3, 'promise ' || g.promise),
            (4, 'standard ' || g.standard),
            (5, 'measure ' || g.measure),
            (6, 'due ' || coalesce(g.due::text, '-')),
            (7, 'reason ' || g.reason)) x(n, words)
        union all
        select 3, 0, 0, 'end'
    )
    select string_agg(regexp_replace(l.words, '[[:cntrl:]]', ' ', 'g') || E'\n', ''
                      order by l.part, l.ordinal, l.n)
    from line l
$$;

ALTER FUNCTION api.edition_text(p_edition integer) OWNER TO wardmote_api;

--
-- Name: editions_public(text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.editions_public(p_area text) RETURNS TABLE(id integer, edition integer, title text, in_return text, state text, adopted_on timestamp with time zone, review_on timestamp with time zone, question_slug text, question_phase text, question_closes timestamp with time zone, adopt_reason text, sha256 text, frozen_at timestamp with time zone, before integer, before_in_return text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select e.id, e.edition, e.title, e.in_return, t.state, api.noon(api.edition_adopted_on(e)),
           api.noon(e.review_on), q.slug, q.phase, q.closes_at,
           case when t.state in ('adopted', 'superseded') then e.adopt_reason else '' end,
           coalesce(encode(e.frozen_sha256, 'hex'), ''), e.frozen_at, coalesce(b.edition, 0),
           coalesce(b.in_return, '')
    from agreement_edition e
    join neighbourhood n on n.id = e.neighbourhood_id
    cross join lateral (select api.edition_state(e) as state) t
    left join agreement_edition b on b.id = api.edition_before(e.id)
    left join lateral (
        select r.slug, r.closes_at, api.round_phase(r) as phase
        from round r where r.edition_id = e.id and r.frozen and r.eligibility <> 'practice'
        order by r.closes_at desc limit 1) q on true
    where n.slug = p_area and e.state <> 'draft'
    order by e.edition desc
$$;

ALTER FUNCTION api.editions_public(p_area text) OWNER TO wardmote_api;

--
-- Name: free_number(); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.free_number() RETURNS smallint
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    perform pg_advisory_xact_lock(4, 0);
    return (select c.number
            from (select (g.n::text || api.damm_digit(g.n::text))::smallint as number
                  from generate_series(100, 999) g(n)) c
            where not exists (select from proposal p join round r on r.id = p.round_id
                              where p.number = c.number and r.state in ('draft', 'review', 'approved', 'scheduled'))
              and not exists (select from number_in_use u
                              where u.number = c.number and upper(u.during) > clock_timestamp())
            order by c.number limit 1);
end
$$;

ALTER FUNCTION api.free_number() OWNER TO wardmote_api;

--
-- Name: idea_answer(bytea, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.idea_answer(p_key bytea, p_words text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_idea    idea;
    v_missing text;
begin
    select * into v_idea from idea i where i.key_hash = p_key for update;
    if v_idea.id is null then
        return 'not_found';
    elsif v_idea.state <> 'asked' then
        return 'closed';
    elsif length(coalesce(p_words, '')) not between 1 and 1000 then
        return 'words';
    end if;
    v_missing := api.idea_missing(v_idea);
    if v_missing is not null then
        return v_missing;
    end if;
    insert into idea_message (idea_id, kind, words) values (v_idea.id, 'answer', p_words);
    update idea i set state = 'sent' where i.id = v_idea.id;
    return 'sent';
end
$$;

ALTER FUNCTION api.idea_answer(p_key bytea, p_words text) OWNER TO wardmote_api;

--
-- Name: idea_begin(bytea, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.idea_begin(p_key bytea, p_reference text, p_kind text DEFAULT 'project'::text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    insert into idea (key_hash, reference, kind)
    values (p_key, p_reference, case p_kind when 'pledge' then 'pledge' else 'project' end)
    on conflict (reference) do nothing;
    return case when found then 'begun' else 'taken' end;
end
$$;

ALTER FUNCTION api.idea_begin(p_key bytea, p_reference text, p_kind text) OWNER TO wardmote_api;

--
-- Name: idea_find(bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.idea_find(p_key bytea) RETURNS TABLE(reference text, state text, area_slug text, area text, title text, what text, place text, benefit text, cost_guess bigint, proposer text, texts boolean, saved_at timestamp with time zone, sent_at timestamp with time zone, kept_by text, round_slug text, project smallint, kind text, promiser text, in_return text, edition integer, edition_state text, provider text, pledge_state text, pledge_reason text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select i.reference, i.state, coalesce(n.slug, ''), coalesce(n.name, ''), i.title, i.what,
           i.place, i.benefit, coalesce(i.cost_guess, 0), i.proposer, i.number_sealed is not null,
           i.saved_at, i.sent_at, coalesce(m.reference, ''),
           case when r.frozen and p.state <> 'draft' then r.slug else '' end, p.number, i.kind,
           i.promiser, i.in_return, coalesce(e.edition, 0), coalesce(api.edition_state(e), ''),
           coalesce(v.name, ''), case when e.state <> 'draft' then g.state else '' end,
           case when e.state <> 'draft' then g.reason else '' end
    from idea i
    left join neighbourhood n on n.id = i.neighbourhood_id
    left join idea m on m.id = i.merged_into
    left join proposal p on p.id = i.proposal_id
    left join round r on r.id = p.round_id
    left join pledge g on g.id = i.pledge_id
    left join provider v on v.id = g.provider_id
    left join agreement_edition e on e.id = g.edition_id
    where i.key_hash = p_key
$$;

ALTER FUNCTION api.idea_find(p_key bytea) OWNER TO wardmote_api;

--
-- Name: idea_messages(bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.idea_messages(p_key bytea) RETURNS TABLE(at timestamp with time zone, kind text, words text, officer text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select m.at, m.kind, m.words, ''
    from idea_message m join idea i on i.id = m.idea_id
    where i.key_hash = p_key and m.kind <> 'note'
    order by m.id
$$;

ALTER FUNCTION api.idea_messages(p_key bytea) OWNER TO wardmote_api;

--
-- Name: idea_missing(wardmote.idea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.idea_missing(p wardmote.idea) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select case when p.neighbourhood_id is null then 'area'
                when p.title = '' then 'title'
                when p.kind = 'pledge' and p.promiser = '' then 'promiser'
                when p.what = '' then 'what'
                when p.kind = 'project' and p.place = '' then 'place'
                when p.benefit = '' then 'benefit'
                when p.proposer = '' then 'proposer' end
$$;

ALTER FUNCTION api.idea_missing(p wardmote.idea) OWNER TO wardmote_api;

--
-- Name: idea_notice(bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.idea_notice(p_idea bigint) RETURNS void
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    insert into notice (kind, idea_id, number_sealed, recipient_key)
    select 'idea', i.id, i.number_sealed, i.recipient_key
    from idea i where i.id = p_idea and i.number_sealed is not null
$$;

ALTER FUNCTION api.idea_notice(p_idea bigint) OWNER TO wardmote_api;

--
-- Name: idea_save(bytea, text, text, text, text, text, bigint, text, bytea, bytea, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.idea_save(p_key bytea, p_area text, p_title text, p_what text, p_place text, p_benefit text, p_cost bigint, p_proposer text, p_number bytea, p_recipient bytea, p_promiser text DEFAULT NULL::text, p_in_return text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_idea idea;
    v_area integer := (select n.id from neighbourhood n where n.slug = p_area);
begin
    select * into v_idea from idea i where i.key_hash = p_key for update;
    if v_idea.id is null then
        return 'not_found';
    elsif v_idea.state not in ('draft', 'asked') then
        return 'closed';
    elsif p_area is not null and v_area is null then
        return 'area';
    end if;
    update idea i
    set neighbourhood_id = coalesce(v_area, i.neighbourhood_id),
        title = coalesce(p_title, i.title), what = coalesce(p_what, i.what),
        place = coalesce(p_place, i.place), benefit = coalesce(p_benefit, i.benefit),
        cost_guess = case when p_cost is null then i.cost_guess else nullif(p_cost, 0) end,
        proposer = coalesce(p_proposer, i.proposer),
        promiser = case i.kind when 'pledge' then coalesce(p_promiser, i.promiser) else '' end,
        in_return = case i.kind when 'pledge' then coalesce(p_in_return, i.in_return) else '' end,
        number_sealed = case when p_number is null then i.number_sealed
                             else nullif(p_number, '') end,
        recipient_key = case when p_number is null then i.recipient_key
                             when p_number <> '' then p_recipient end,
        saved_at = clock_timestamp()
    where i.id = v_idea.id;
    return 'saved';
end
$$;

ALTER FUNCTION api.idea_save(p_key bytea, p_area text, p_title text, p_what text, p_place text, p_benefit text, p_cost bigint, p_proposer text, p_number bytea, p_recipient bytea, p_promiser text, p_in_return text) OWNER TO wardmote_api;

--
-- Name: idea_send(bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.idea_send(p_key bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_idea    idea;
    v_missing text;
begin
    select * into v_idea from idea i where i.key_hash = p_key for update;
    if v_idea.id is null then
        return 'not_found';
    elsif v_idea.state = 'sent' then
        return 'sent';
    elsif v_idea.state <> 'draft' then
        return 'closed';
    end if;
    v_missing := api.idea_missing(v_idea);
    if v_missing is null then
        update idea i set state = 'sent', sent_at = clock_timestamp() where i.id = v_idea.id;
    end if;
    return coalesce(v_missing, 'sent');
end
$$;

ALTER FUNCTION api.idea_send(p_key bytea) OWNER TO wardmote_api;

--
-- Name: idea_take_back(bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.idea_take_back(p_key bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_idea idea;
begin
    select * into v_idea from idea i where i.key_hash = p_key for update;
    if v_idea.id is null then
        return 'not_found';
    elsif v_idea.state = 'draft' then
        delete from idea i where i.id = v_idea.id;
        return 'gone';
    elsif v_idea.state in ('sent', 'asked') then
        update idea i
        set state = 'taken_back', decided_at = clock_timestamp(), proposer = '',
            number_sealed = null, recipient_key = null
        where i.id = v_idea.id;
    elsif v_idea.state <> 'taken_back' then
        return 'closed';
    end if;
    return 'taken_back';
end
$$;

ALTER FUNCTION api.idea_take_back(p_key bytea) OWNER TO wardmote_api;

--
-- Name: import_drop(integer[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.import_drop(p_imports integer[]) RETURNS void
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    delete from register_import_part p where p.import_id = any (p_imports);
    delete from register_import_sample s where s.import_id = any (p_imports);
$$;

ALTER FUNCTION api.import_drop(p_imports integer[]) OWNER TO wardmote_api;

--
-- Name: register_import; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.register_import (
    id integer NOT NULL,
    register_id integer NOT NULL,
    officer_id integer NOT NULL,
    sha256 bytea NOT NULL,
    persons boolean NOT NULL,
    rows integer DEFAULT 0 NOT NULL,
    bad integer DEFAULT 0 NOT NULL,
    checked boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    done_at timestamp with time zone,
    before integer DEFAULT 0 NOT NULL,
    parts integer DEFAULT 0 NOT NULL,
    addresses integer DEFAULT 0 NOT NULL,
    has_codes boolean DEFAULT false NOT NULL,
    taken_in xid8,
    first_id bigint,
    voters bigint DEFAULT 0 NOT NULL,
    addresses_in integer DEFAULT 0 NOT NULL,
    voters_in bigint DEFAULT 0 NOT NULL,
    serial_prefix text DEFAULT ''::text NOT NULL,
    serial_last integer DEFAULT 0 NOT NULL,
    CONSTRAINT register_import_rows_check CHECK (((rows >= 0) AND (rows <= 200000))),
    CONSTRAINT register_import_sha256_check CHECK ((octet_length(sha256) = 32))
);

ALTER TABLE wardmote.register_import OWNER TO wardmote_owner;

--
-- Name: import_held(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.import_held(p_officer integer, p_import integer) RETURNS wardmote.register_import
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select i.* from register_import i
    join register g on g.id = i.register_id and g.retired_at is null
                   and api.desk_may(p_officer, g.neighbourhood_id)
    where i.id = p_import and i.officer_id = p_officer and i.done_at is null
$$;

ALTER FUNCTION api.import_held(p_officer integer, p_import integer) OWNER TO wardmote_api;

--
-- Name: lock_round(integer, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.lock_round(p_round integer, p_exclusive boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
    if p_exclusive then
        perform pg_advisory_xact_lock(1, p_round);
    else
        perform pg_advisory_xact_lock_shared(1, p_round);
    end if;
end
$$;

ALTER FUNCTION api.lock_round(p_round integer, p_exclusive boolean) OWNER TO wardmote_api;

--
-- Name: london_time(text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.london_time(p_local text) RETURNS TABLE(at timestamp with time zone, problem text)
    LANGUAGE plpgsql STABLE
    AS $_$
declare
    v_local timestamp;
    v_at    timestamptz;
begin
    begin
        v_local := case when p_local ~ '^\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?$' then p_local::timestamp end;
    exception when datetime_field_overflow or invalid_datetime_format then
        null; -- 30 February
    end;
    v_at := v_local at time zone 'Europe/London';
    problem := case when v_local is null and p_local is not null then 'bad'
                    when v_at at time zone 'Europe/London' <> v_local then 'gap'
                    when (v_at - interval '1 hour') at time zone 'Europe/London' = v_local
                      or (v_at + interval '1 hour') at time zone 'Europe/London' = v_local then 'twice' end;
    at := case when problem is null then v_at end;
    return next;
end
$_$;

ALTER FUNCTION api.london_time(p_local text) OWNER TO wardmote_api;

--
-- Name: news_words(text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.news_words(p_language text) RETURNS text
    LANGUAGE sql IMMUTABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select case p_language when 'pl' then w.polish
                           when 'ar-XB' then e'\u202e' || w.english || e'\u202c'
                           else w.english end
    from (select 'Text NEWS to get a text when a vote opens where you live, one the day before it '
            || 'closes, and one when its result is out. Until you vote from your phone, that is '
            || 'votes of the whole council only. Text STOP to end it.' as english,
                 'Wyślij WIADOMOSCI, aby dostać SMS, gdy otworzy się głosowanie tam, gdzie mieszkasz, '
            || 'dzień przed jego końcem i gdy będzie znany wynik. Dopóki z tego telefonu nie oddano '
            || 'głosu, dotyczy to tylko głosowań w całej gminie. Aby to zakończyć, wyślij STOP.'
            as polish) w
$$;

ALTER FUNCTION api.news_words(p_language text) OWNER TO wardmote_api;

--
-- Name: next_change(); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.next_change() RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select floor(extract(epoch from min(t.at) - clock_timestamp()) * 1000)::bigint
    from (select c.at from round r
          cross join lateral (values (r.opens_at), (r.closes_at), (r.closes_at + r.grace)) c(at)
          where r.state = 'scheduled'
          union all
          select x.published_at from result x) t
    where t.at > clock_timestamp()
$$;

ALTER FUNCTION api.next_change() OWNER TO wardmote_api;

--
-- Name: noon(date); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.noon(p_day date) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    AS $$
    select (p_day + time '12:00') at time zone 'Europe/London'
$$;

ALTER FUNCTION api.noon(p_day date) OWNER TO wardmote_api;

--
-- Name: offer_make(text, smallint, integer, text, text, bytea, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.offer_make(p_slug text, p_number smallint, p_pledge integer, p_name text, p_words text, p_sealed bytea, p_recipient bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_proposal integer;
    v_pledge   integer;
    v_offer    bigint;
begin
    select p.id into v_proposal from proposal p join round r on r.id = p.round_id
    where r.slug = p_slug and p.number = p_number and p.state = 'published' and r.frozen
      and r.eligibility <> 'practice'
      and r.kind <> 'yes_no';
    select g.id into v_pledge from pledge g join agreement_edition e on e.id = g.edition_id
    where p_slug is null and g.id = p_pledge and api.edition_state(e) in ('proposed', 'adopted')
      and g.state <> 'declined';
    if v_proposal is null and v_pledge is null then
        return 'not_found';
    end if;
    select o.id into v_offer from offer o
    where o.recipient_key = p_recipient
      and (o.proposal_id = v_proposal or o.pledge_id = v_pledge) for update;
    if v_offer is null then
        insert into offer (proposal_id, pledge_id, name, words, number_sealed, recipient_key, door,
                           agreed_at)
        values (v_proposal, v_pledge, p_name, p_words, p_sealed, p_recipient, 'web',
                clock_timestamp());
    else
        update offer o
        set name = p_name, words = p_words, made_at = clock_timestamp(), answered_at = null,
            answered_by = null, agreed_at = coalesce(o.agreed_at, clock_timestamp()),
            new_words = null, asked_at = null
        where o.id = v_offer;
    end if;
    return 'made';
exception when unique_violation then
    return 'made'; -- a second click, at the same moment
end
$$;

ALTER FUNCTION api.offer_make(p_slug text, p_number smallint, p_pledge integer, p_name text, p_words text, p_sealed bytea, p_recipient bytea) OWNER TO wardmote_api;

--
-- Name: offers_of_edition(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.offers_of_edition(p_edition integer) RETURNS TABLE(pledge integer, people bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select g.id, count(*)
    from offer o join pledge g on g.id = o.pledge_id
    where g.edition_id = p_edition and o.agreed_at is not null
    group by g.id
$$;

ALTER FUNCTION api.offers_of_edition(p_edition integer) OWNER TO wardmote_api;

--
-- Name: offers_public(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.offers_public(p_round integer) RETURNS TABLE(number smallint, people bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select p.number, count(*)
    from offer o join proposal p on p.id = o.proposal_id join round r on r.id = p.round_id
    where r.id = p_round and r.frozen and o.agreed_at is not null
    group by p.number
$$;

ALTER FUNCTION api.offers_public(p_round integer) OWNER TO wardmote_api;

--
-- Name: officer_authenticator(bytea, bytea, bytea, bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.officer_authenticator(p_id_hash bytea, p_new_hash bytea, p_totp_sealed bytea, p_step bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_officer integer := api.officer_session_renew(p_id_hash, p_new_hash);
begin
    if v_officer is null then
        return false;
    end if;
    update officer o set totp_sealed = p_totp_sealed, totp_last_step = p_step where o.id = v_officer;
    perform api.officer_sessions_end(v_officer, p_new_hash);
    insert into audit (officer_id, action, object)
    values (v_officer, 'officer.authenticator', 'officer ' || v_officer);
    return true;
end
$$;

ALTER FUNCTION api.officer_authenticator(p_id_hash bytea, p_new_hash bytea, p_totp_sealed bytea, p_step bigint) OWNER TO wardmote_api;

--
-- Name: officer_first(text, text, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.officer_first(p_name text, p_email text, p_key_hash bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $_$
declare
    v_id integer;
begin
    if administrators_left(null) > 0 then
        return 'there';
    elsif length(btrim(coalesce(p_name, ''))) not between 1 and 80 then
        return 'name';
    elsif coalesce(p_email, '') !~ '^[^[:space:]@]+@[^[:space:]@]+\.[^[:space:]@]+$'
          or length(p_email) > 254 then
        return 'email';
    elsif exists (select from officer o where lower(o.email) = lower(p_email)
                                          and o.password_hash is not null) then
        return 'taken';
    end if;
    insert into officer (name, email) values (btrim(p_name), p_email) on conflict do nothing;
    select o.id into v_id from officer o where lower(o.email) = lower(p_email);
    insert into officer_role (officer_id, role) values (v_id, 'administrator')
    on conflict do nothing;
    insert into audit (officer_id, action, object, detail)
    values (null, 'officer.first', 'officer ' || v_id,
            jsonb_build_object('name', btrim(p_name), 'email', p_email));
    perform api.officer_link_make(null, v_id, p_key_hash);
    return 'made';
end
$_$;

ALTER FUNCTION api.officer_first(p_name text, p_email text, p_key_hash bytea) OWNER TO wardmote_api;

--
-- Name: officer_link_find(bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.officer_link_find(p_key_hash bytea) RETURNS TABLE(name text, email text, expires_at timestamp with time zone, unix_s bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select o.name, o.email, l.expires_at, extract(epoch from clock_timestamp())::bigint
    from officer_link l join officer o on o.id = l.officer_id and o.disabled_at is null
    where l.key_hash = p_key_hash and l.used_at is null and l.ended_at is null
      and l.expires_at > clock_timestamp()
$$;

ALTER FUNCTION api.officer_link_find(p_key_hash bytea) OWNER TO wardmote_api;

--
-- Name: officer_link_make(integer, integer, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.officer_link_make(p_officer integer, p_other integer, p_key_hash bytea) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    perform from officer o where o.id = p_other for no key update;
    update officer_link l set ended_at = clock_timestamp()
    where l.officer_id = p_other and l.used_at is null and l.ended_at is null;
    insert into officer_link (key_hash, officer_id, made_by) values (p_key_hash, p_other, p_officer);
    insert into audit (officer_id, action, object)
    values (p_officer, 'officer.link', 'officer ' || p_other);
end
$$;

ALTER FUNCTION api.officer_link_make(p_officer integer, p_other integer, p_key_hash bytea) OWNER TO wardmote_api;

--
-- Name: officer_password(bytea, bytea, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.officer_password(p_id_hash bytea, p_new_hash bytea, p_password_hash text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_officer integer := api.officer_session_renew(p_id_hash, p_new_hash);
begin
    if v_officer is null then
        return false;
    end if;
    update officer o set password_hash = p_password_hash where o.id = v_officer;
    perform api.officer_sessions_end(v_officer, p_new_hash);
    insert into audit (officer_id, action, object)
    values (v_officer, 'officer.password', 'officer ' || v_officer);
    return true;
end
$$;

ALTER FUNCTION api.officer_password(p_id_hash bytea, p_new_hash bytea, p_password_hash text) OWNER TO wardmote_api;

--
-- Name: officer_roles(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.officer_roles(p_officer integer) RETURNS TABLE(role text, area text, area_name text)
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select x.role, x.area, x.area_name from (
        select r.role, '' as area, '' as area_name from officer_role r where r.officer_id = p_officer
        union all
        select a.role, n.slug, n.name
        from officer_area a join neighbourhood n on n.id = a.neighbourhood_id
        where a.officer_id = p_officer) x
    order by array_position(array['ward_officer', 'approver', 'clerk', 'sms_operator', 'auditor',
                                  'administrator'], x.role), x.area_name
$$;

ALTER FUNCTION api.officer_roles(p_officer integer) OWNER TO wardmote_api;

--
-- Name: officer_session(bytea, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.officer_session(p_id_hash bytea, p_address text DEFAULT NULL::text) RETURNS TABLE(officer_id integer, name text, email text, roles text, proved integer)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select set_config('wardmote.from', coalesce(p_address, ''), false);
    update officer_session s
    set seen_at = clock_timestamp()
    from officer o
    where s.id_hash = p_id_hash and o.id = s.officer_id and o.disabled_at is null
      and s.ended_at is null
      and s.seen_at > clock_timestamp() - interval '15 minutes'
      and s.created_at > clock_timestamp() - interval '8 hours'
    returning o.id, o.name, o.email,
              (select coalesce(string_agg(distinct r.role, ','), '') from api.officer_roles(o.id) r),
              extract(epoch from clock_timestamp() - s.proved_at)::integer
$$;

ALTER FUNCTION api.officer_session(p_id_hash bytea, p_address text) OWNER TO wardmote_api;

--
-- Name: officer_session_end(bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.officer_session_end(p_id_hash bytea) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with ended as (
        update officer_session s
        set ended_at = clock_timestamp()
        where s.id_hash = p_id_hash and s.ended_at is null
        returning s.officer_id
    )
    insert into audit (officer_id, action, object)
    select e.officer_id, 'officer.sign_out', 'officer ' || e.officer_id from ended e
$$;

ALTER FUNCTION api.officer_session_end(p_id_hash bytea) OWNER TO wardmote_api;

--
-- Name: officer_session_prove(bytea, bytea, bigint, bytea, bytea, timestamp with time zone); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.officer_session_prove(p_id_hash bytea, p_new_hash bytea, p_step bigint, p_account_key bytea, p_address_key bytea, p_tried_at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_officer integer;
begin
    update officer o set totp_last_step = p_step
    from officer_session s
    where s.id_hash = p_id_hash and s.ended_at is null and o.id = s.officer_id
      and o.totp_last_step < p_step and o.disabled_at is null
    returning o.id into v_officer;
    if v_officer is null then
        return false;
    end if;
    delete from failure f
    where f.kind = 'sign_in' and f.key in (p_account_key, p_address_key) and f.at = p_tried_at;
    perform api.officer_session_renew(p_id_hash, p_new_hash);
    update officer_session s set proved_at = clock_timestamp() where s.id_hash = p_new_hash;
    insert into audit (officer_id, action, object)
    values (v_officer, 'officer.prove', 'officer ' || v_officer);
    return true;
end
$$;

ALTER FUNCTION api.officer_session_prove(p_id_hash bytea, p_new_hash bytea, p_step bigint, p_account_key bytea, p_address_key bytea, p_tried_at timestamp with time zone) OWNER TO wardmote_api;

--
-- Name: officer_session_renew(bytea, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.officer_session_renew(p_old bytea, p_new bytea) RETURNS integer
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    update officer_session s set id_hash = p_new
    where s.id_hash = p_old and s.ended_at is null
    returning s.officer_id
$$;

ALTER FUNCTION api.officer_session_renew(p_old bytea, p_new bytea) OWNER TO wardmote_api;

--
-- Name: officer_session_start(integer, bytea, bigint, bytea, bytea, timestamp with time zone); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.officer_session_start(p_officer integer, p_id_hash bytea, p_step bigint, p_account_key bytea, p_address_key bytea, p_tried_at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    update officer o
    set totp_last_step = p_step, signed_in_at = clock_timestamp()
    where o.id = p_officer and o.totp_last_step < p_step and o.disabled_at is null;
    if not found then
        return false;
    end if;
    delete from failure f
    where f.kind = 'sign_in' and f.key in (p_account_key, p_address_key) and f.at = p_tried_at;
    insert into officer_session (id_hash, officer_id) values (p_id_hash, p_officer);
    insert into audit (officer_id, action, object)
    values (p_officer, 'officer.sign_in', 'officer ' || p_officer);
    return true;
end
$$;

ALTER FUNCTION api.officer_session_start(p_officer integer, p_id_hash bytea, p_step bigint, p_account_key bytea, p_address_key bytea, p_tried_at timestamp with time zone) OWNER TO wardmote_api;

--
-- Name: officer_sessions(bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.officer_sessions(p_id_hash bytea) RETURNS TABLE(this boolean, created_at timestamp with time zone, seen_at timestamp with time zone, unix_s bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select t.id_hash = p_id_hash, t.created_at, t.seen_at,
           extract(epoch from clock_timestamp())::bigint
    from officer_session s join officer_session t on t.officer_id = s.officer_id
    where s.id_hash = p_id_hash and t.ended_at is null
      and t.seen_at > clock_timestamp() - interval '15 minutes'
      and t.created_at > clock_timestamp() - interval '8 hours'
    order by t.id_hash <> p_id_hash, t.seen_at desc
$$;

ALTER FUNCTION api.officer_sessions(p_id_hash bytea) OWNER TO wardmote_api;

--
-- Name: officer_sessions_end(integer, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.officer_sessions_end(p_officer integer, p_but bytea) RETURNS bigint
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with ended as (
        update officer_session s set ended_at = clock_timestamp()
        where s.officer_id = p_officer and s.ended_at is null and s.id_hash is distinct from p_but
        returning 1)
    select count(*) from ended
$$;

ALTER FUNCTION api.officer_sessions_end(p_officer integer, p_but bytea) OWNER TO wardmote_api;

--
-- Name: officer_set_up(bytea, text, bytea, bigint, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.officer_set_up(p_key_hash bytea, p_password_hash text, p_totp_sealed bytea, p_step bigint, p_id_hash bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_officer integer;
begin
    perform from officer o join officer_link l on l.officer_id = o.id
    where l.key_hash = p_key_hash for no key update of o;
    update officer_link l set used_at = clock_timestamp()
    from officer o
    where l.key_hash = p_key_hash and l.used_at is null and l.ended_at is null
      and l.expires_at > clock_timestamp() and o.id = l.officer_id and o.disabled_at is null
    returning l.officer_id into v_officer;
    if v_officer is null then
        return 'gone';
    end if;
    perform api.officer_sessions_end(v_officer, null);
    update officer o
    set password_hash = p_password_hash, totp_sealed = p_totp_sealed, totp_last_step = p_step,
        signed_in_at = clock_timestamp()
    where o.id = v_officer;
    insert into officer_session (id_hash, officer_id) values (p_id_hash, v_officer);
    insert into audit (officer_id, action, object)
    values (v_officer, 'officer.set_up', 'officer ' || v_officer);
    return 'done';
end
$$;

ALTER FUNCTION api.officer_set_up(p_key_hash bytea, p_password_hash text, p_totp_sealed bytea, p_step bigint, p_id_hash bytea) OWNER TO wardmote_api;

--
-- Name: officer_sign_in_lookup(text, bytea, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.officer_sign_in_lookup(p_email text, p_account_key bytea, p_address_key bytea) RETURNS TABLE(limited boolean, tried_at timestamp with time zone, unix_s bigint, officer_id integer, password_hash text, totp_sealed bytea, totp_last_step bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_now     timestamptz;
    v_limited boolean;
begin
    perform pg_advisory_xact_lock(3, 0);
    v_now := clock_timestamp();
    delete from failure f where f.kind = 'sign_in' and f.at < v_now - interval '1 day';
    select coalesce(bool_or(k.n >= 10), false) into v_limited
    from (select count(*) as n from failure f
          where f.kind = 'sign_in' and f.key in (p_account_key, p_address_key)
            and f.at > v_now - interval '5 minutes'
          group by f.key) k;
    if not v_limited then
        insert into failure (kind, key, at)
        values ('sign_in', p_account_key, v_now), ('sign_in', p_address_key, v_now);
    end if;
    return query
    select v_limited, v_now, extract(epoch from v_now)::bigint, o.id, o.password_hash,
           o.totp_sealed, o.totp_last_step
    from (select) one
    left join officer o on not v_limited and lower(o.email) = lower(p_email)
                                       and o.disabled_at is null and o.password_hash is not null;
end
$$;

ALTER FUNCTION api.officer_sign_in_lookup(p_email text, p_account_key bytea, p_address_key bytea) OWNER TO wardmote_api;

--
-- Name: officer_sign_out_elsewhere(bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.officer_sign_out_elsewhere(p_id_hash bytea) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_officer integer := (select s.officer_id from officer_session s where s.id_hash = p_id_hash);
    v_n       bigint := api.officer_sessions_end(v_officer, p_id_hash);
begin
    if v_n > 0 then
        insert into audit (officer_id, action, object, detail)
        values (v_officer, 'officer.sign_out_elsewhere', 'officer ' || v_officer,
                jsonb_build_object('sessions', v_n));
    end if;
    return v_n;
end
$$;

ALTER FUNCTION api.officer_sign_out_elsewhere(p_id_hash bytea) OWNER TO wardmote_api;

--
-- Name: outline_matches(jsonb); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.outline_matches(p_features jsonb) RETURNS TABLE(n bigint, code text, name text, points integer, kept integer, outline text, area integer, problem text)
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with f as (
        select x.ordinality as n, x.value ->> 'code' as code, x.value ->> 'name' as name,
               (x.value ->> 'points')::integer as points, (x.value ->> 'kept')::integer as kept,
               x.value ->> 'outline' as outline, x.value ->> 'problem' as problem
        from jsonb_array_elements(p_features) with ordinality x
    ), m as (
        select f.*, coalesce(
            (select a.id from neighbourhood a where a.ons_code = f.code),
            (select min(a.id) from neighbourhood a
             where replace(lower(a.name), '&', 'and') = replace(lower(f.name), '&', 'and')
             having count(*) = 1)) as area
        from f
    )
    select m.n, m.code, m.name, m.points, m.kept, m.outline, m.area,
           case when m.problem <> '' then m.problem
                when m.area is null then 'unknown'
                when count(*) filter (where m.problem = '') over (partition by m.area) > 1 then 'twice'
                else '' end
    from m
$$;

ALTER FUNCTION api.outline_matches(p_features jsonb) OWNER TO wardmote_api;

--
-- Name: paper_entered(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.paper_entered(p_batch integer) RETURNS integer
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select count(distinct x.voter_id)::integer
    from revision x
    where x.batch_id = p_batch
      and not exists (select from revision_void v
                      where v.round_id = x.round_id and v.voter_id = x.voter_id
                        and v.revision = x.revision)
$$;

ALTER FUNCTION api.paper_entered(p_batch integer) OWNER TO wardmote_api;

--
-- Name: paper_return(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.paper_return(p_round integer) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select coalesce((select t.words from paper_return t where t.round_id = p_round), '')
$$;

ALTER FUNCTION api.paper_return(p_round integer) OWNER TO wardmote_api;

--
-- Name: phone_areas(); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.phone_areas() RETURNS TABLE(slug text, name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select n.slug, n.name
    from neighbourhood n
    where n.kind <> 'city' and exists (
        select from neighbourhood_within w
        join round r on r.neighbourhood_id = w.within_id
                    and (r.eligibility = 'phone'
                         or r.eligibility = 'register'
                            and exists (select from credential c
                                        where c.kind = 'phone' and c.issued_as = 'import'))
        where w.neighbourhood_id = n.id
          and api.round_phase(r) = 'open')
    order by n.name
$$;

ALTER FUNCTION api.phone_areas() OWNER TO wardmote_api;

--
-- Name: phone_voter(bytea, bytea, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.phone_voter(p_phone bytea, p_number bytea, p_area integer) RETURNS wardmote.credential
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_cred     credential;
    v_register integer;
    v_name     constant text := 'Mobile numbers, '
                                || (select n.name from neighbourhood n where n.id = p_area);
begin
    select c.* into v_cred from credential c where c.lookup = p_phone and c.kind = 'phone';
    if v_cred.voided_at is not null then
        return v_cred;
    end if;
    insert into register (name, kind, neighbourhood_id) values (v_name, 'phones', p_area)
    on conflict (name) do nothing;
    select g.id into v_register from register g where g.name = v_name;
    if v_cred.id is not null then
        perform from voter w where w.id = v_cred.voter_id for no key update;
        update voter w set register_id = v_register, neighbourhood_id = p_area
        where w.id = v_cred.voter_id and w.register_id <> v_register
          and not exists (select from ballot b where b.voter_id = w.id)
          and exists (select from register g where g.id = w.register_id and g.kind = 'phones');
        return v_cred;
    end if;
    with born as (
        insert into voter (register_id, neighbourhood_id) values (v_register, p_area) returning id
    )
    insert into credential (voter_id, kind, lookup, number_sealed, issued_as)
    select b.id, 'phone', p_phone, p_number, 'phone' from born b
    returning * into v_cred;
    return v_cred;
end
$$;

ALTER FUNCTION api.phone_voter(p_phone bytea, p_number bytea, p_area integer) OWNER TO wardmote_api;

--
-- Name: pledge_answer(integer, text, text, text, text, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.pledge_answer(p_pledge integer, p_state text, p_promise text, p_reason text, p_who text, p_officer integer) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v       pledge;
    v_state text;
    v_asked text;
begin
    select e.state into v_state from agreement_edition e
    where e.id = (select g.edition_id from pledge g where g.id = p_pledge) for update;
    select * into v from pledge g where g.id = p_pledge for update;
    v_asked := case when v.asked <> '' then v.asked else v.promise end; -- what the council asked for
    if v_state <> 'draft' then
        return 'frozen';
    elsif p_state not in ('accepted', 'amended', 'declined') then
        return 'state';
    elsif length(coalesce(p_who, '')) not between 1 and 120 then
        return 'who';
    elsif p_state <> 'accepted' and length(coalesce(p_reason, '')) not between 1 and 400 then
        return 'reason';
    elsif p_state = 'amended'
          and (length(coalesce(p_promise, '')) not between 1 and 400 or p_promise = v_asked) then
        return 'promise';
    end if;
    update pledge g
    set state = p_state, promise = case p_state when 'amended' then p_promise else v_asked end,
        asked = case p_state when 'amended' then v_asked else '' end,
        reason = case p_state when 'accepted' then '' else p_reason end,
        answered_at = clock_timestamp(), answered_by = p_who, recorded_by = p_officer
    where g.id = v.id;
    return 'saved';
end
$$;

ALTER FUNCTION api.pledge_answer(p_pledge integer, p_state text, p_promise text, p_reason text, p_who text, p_officer integer) OWNER TO wardmote_api;

--
-- Name: pledge_checks_public(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.pledge_checks_public(p_edition integer) RETURNS TABLE(pledge integer, checked_on timestamp with time zone, result text, evidence text, link text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select c.pledge_id, api.noon(c.checked_on), c.result, c.evidence, c.link
    from pledge_check c
    join pledge g on g.id = c.pledge_id
    join agreement_edition e on e.id = g.edition_id
    where g.edition_id = p_edition and e.state <> 'draft'
    order by g.ordinal, c.checked_on desc, c.id desc
$$;

ALTER FUNCTION api.pledge_checks_public(p_edition integer) OWNER TO wardmote_api;

--
-- Name: pledge_public(text, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.pledge_public(p_area text, p_pledge integer) RETURNS TABLE(promise text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select g.promise
    from pledge g
    join agreement_edition e on e.id = g.edition_id
    join neighbourhood n on n.id = e.neighbourhood_id
    where g.id = p_pledge and n.slug = p_area and g.state <> 'declined'
      and api.edition_state(e) in ('proposed', 'adopted')
$$;

ALTER FUNCTION api.pledge_public(p_area text, p_pledge integer) OWNER TO wardmote_api;

--
-- Name: pledges_public(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.pledges_public(p_edition integer) RETURNS TABLE(provider text, promise text, standard text, measure text, due timestamp with time zone, state text, reason text, checked_on timestamp with time zone, check_result text, evidence text, id integer, evidence_link text, from_resident boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select v.name, g.promise, g.standard, g.measure, api.noon(g.due), g.state, g.reason,
           api.noon(g.checked_on), g.check_result, g.evidence, g.id, g.evidence_link,
           exists (select from idea i where i.pledge_id = g.id)
    from pledge g
    join provider v on v.id = g.provider_id
    join agreement_edition e on e.id = g.edition_id
    where g.edition_id = p_edition and e.state <> 'draft'
    order by g.ordinal
$$;

ALTER FUNCTION api.pledges_public(p_edition integer) OWNER TO wardmote_api;

--
-- Name: postcode_read(text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.postcode_read(p_typed text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT
    AS $_$
    select case when t.plain ~ '^[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}$'
                then left(t.plain, -3) || ' ' || right(t.plain, 3) end
    from (select upper(regexp_replace(p_typed, '[\s.-]+', '', 'g')) as plain) t
$_$;

ALTER FUNCTION api.postcode_read(p_typed text) OWNER TO wardmote_api;

--
-- Name: postcode_rows(integer[], text[], text[], text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.postcode_rows(p_n integer[], p_postcode text[], p_area text[], p_problem text[]) RETURNS TABLE(n integer, typed text, whole text, part text, area integer, problem text)
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $_$
    with seen as (
        select r.n, r.typed, r.area_typed, r.problem, api.postcode_read(r.typed) as whole,
               substring(regexp_replace(upper(r.typed), '\s+', ' ', 'g')
                         from '^[A-Z]{1,2}[0-9][0-9A-Z]?(?: [0-9])?$') as part
        from unnest(p_n, p_postcode, p_area, p_problem) r(n, typed, area_typed, problem)),
    named as ( -- few names for many rows
        select d.area_typed, (select a.id from neighbourhood a
                              where lower(a.name) = lower(d.area_typed)
                                 or a.slug = lower(d.area_typed) or a.ons_code = d.area_typed
                              order by a.id limit 1) as area
        from (select distinct s.area_typed from seen s) d),
    first as (
        select distinct on (s.whole) s.whole, d.area, s.n
        from seen s join named d using (area_typed)
        where s.whole is not null and s.problem = '' and d.area is not null
        order by s.whole, s.n)
    select s.n, s.typed, s.whole, case when s.whole is null then s.part end, d.area,
           case when s.problem <> '' then s.problem
                when s.typed = '' then 'there is no postcode'
                when s.whole is null and s.part is null then 'this is not a postcode'
                when d.area is null then 'no area here has this name'
                when d.area <> f.area
                    then 'row ' || f.n || ' puts this postcode in another area'
                else '' end
    from seen s join named d using (area_typed) left join first f on f.whole = s.whole
$_$;

ALTER FUNCTION api.postcode_rows(p_n integer[], p_postcode text[], p_area text[], p_problem text[]) OWNER TO wardmote_api;

--
-- Name: postcodes_known(); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.postcodes_known() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select exists (select from postcode) or exists (select from postcode_part)
$$;

ALTER FUNCTION api.postcodes_known() OWNER TO wardmote_api;

--
-- Name: preview_round(bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.preview_round(p_key bytea) RETURNS TABLE(slug text, area text, round_title text, about text, opens_at timestamp with time zone, closes_at timestamp with time zone, frozen boolean, expires_at timestamp with time zone, number smallint, short_name text, title text, summary text, body text, place text, proposer text, pot text, cost bigint, theme text, lat integer, lon integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select r.slug, n.name, r.title, r.about, r.opens_at, r.closes_at, r.frozen, l.expires_at,
           p.number, p.short_name, p.title, p.summary, p.body, p.place, p.proposer,
           case when (select count(*) from pot t where t.round_id = r.id) > 1 then t.name else '' end,
           coalesce(p.cost, 0), p.theme, p.lat, p.lon
    from preview_link l
    join round r on r.id = l.round_id
    join neighbourhood n on n.id = r.neighbourhood_id
    left join proposal p on p.round_id = r.id and p.state <> 'withdrawn'
    left join pot t on t.id = p.pot_id
    where l.key_hash = p_key and l.expires_at > clock_timestamp()
    order by p.number
$$;

ALTER FUNCTION api.preview_round(p_key bytea) OWNER TO wardmote_api;

--
-- Name: proposal_body(integer, smallint, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.proposal_body(p_round integer, p_number smallint, p_language text DEFAULT 'en'::text) RETURNS TABLE(body text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select coalesce(t.body, p.body)
    from proposal p join round r on r.id = p.round_id
    left join lateral api.translation_now(p, p_language) t on p_language <> 'en' and t.state = 'done'
    where p.round_id = p_round and p.number = p_number
      and p.state <> 'draft' and r.frozen
$$;

ALTER FUNCTION api.proposal_body(p_round integer, p_number smallint, p_language text) OWNER TO wardmote_api;

--
-- Name: provider_answer(bytea, integer, text, text, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.provider_answer(p_key bytea, p_pledge integer, p_state text, p_promise text, p_reason text, p_who text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    if not exists (select from api.provider_pledges(p_key) g where g.id = p_pledge) then
        return 'not_found';
    end if;
    return api.pledge_answer(p_pledge, p_state, p_promise, p_reason, p_who, null);
end
$$;

ALTER FUNCTION api.provider_answer(p_key bytea, p_pledge integer, p_state text, p_promise text, p_reason text, p_who text) OWNER TO wardmote_api;

--
-- Name: provider_pledges(bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.provider_pledges(p_key bytea) RETURNS TABLE(edition text, area text, state text, provider text, id integer, promise text, standard text, measure text, due timestamp with time zone, answer text, reason text, asked text, answered_by text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select e.title, n.name, e.state, v.name, g.id, g.promise, g.standard, g.measure,
           api.noon(g.due), g.state, g.reason, g.asked, g.answered_by
    from provider_link l
    join agreement_edition e on e.id = l.edition_id
    join neighbourhood n on n.id = e.neighbourhood_id
    join provider v on v.id = l.provider_id
    join pledge g on g.edition_id = e.id and g.provider_id = v.id
    where l.key_hash = p_key
    order by g.ordinal
$$;

ALTER FUNCTION api.provider_pledges(p_key bytea) OWNER TO wardmote_api;

--
-- Name: receipt_find(bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.receipt_find(p_receipt bigint) RETURNS TABLE(state text, slug text, title text, phase text, cast_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
    select case when void.round_id is not null then 'voided'
                when now_stands.withdrawn then 'withdrawn'
                when h.revision = b.current_revision then 'stands'
                else 'replaced' end,
           r.slug, r.title, api.round_phase(r), h.cast_at
    from revision h
    join ballot b on b.round_id = h.round_id and b.voter_id = h.voter_id
    join revision now_stands on now_stands.round_id = b.round_id
                            and now_stands.voter_id = b.voter_id
                            and now_stands.revision = b.current_revision
    left join revision_void void on void.round_id = h.round_id and void.voter_id = h.voter_id
                                and void.revision = h.revision
    join round r on r.id = h.round_id
    where h.receipt = p_receipt
    order by h.cast_at desc limit 1
$$;

ALTER FUNCTION api.receipt_find(p_receipt bigint) OWNER TO wardmote_api;

--
-- Name: register_codes(integer[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.register_codes(p_registers integer[]) RETURNS TABLE(register_id integer, codes bigint, phones bigint, ever bigint)
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
    select s.register_id, sum(s.codes)::bigint, sum(s.phones)::bigint, sum(s.ever)::bigint
    from (select i.register_id, c.codes, c.phones, c.ever
          from register_import i
          cross join lateral (
              select count(*) filter (where c.kind = 'code' and c.voided_at is null) as codes,
                     count(*) filter (where c.kind = 'phone' and c.voided_at is null) as phones,
                     count(distinct c.voter_id) filter (where c.kind = 'code') as ever
              from credential c
              where c.voter_id >= i.first_id and c.voter_id < i.first_id + i.voters) c
          where i.register_id = any (p_registers) and i.done_at is not null
          union all
          select v.register_id,
                 count(*) filter (where c.kind = 'code' and c.voided_at is null),
                 count(*) filter (where c.kind = 'phone' and c.voided_at is null),
                 count(distinct c.voter_id) filter (where c.kind = 'code')
          from voter v
          join credential c on c.voter_id = v.id and c.voter_id < 1::bigint << 32
          where v.id < 1::bigint << 32 and v.register_id = any (p_registers)
          group by v.register_id) s
    group by s.register_id
$$;

ALTER FUNCTION api.register_codes(p_registers integer[]) OWNER TO wardmote_api;

--
-- Name: register_holds(text, timestamp with time zone, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.register_holds(p_kind text, p_retired_at timestamp with time zone, p_eligibility text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    select p_retired_at is null
           and p_kind = case p_eligibility when 'code' then 'codes' when 'phone' then 'phones'
                                           when 'register' then 'imported'
                                           when 'practice' then 'practice' end
$$;

ALTER FUNCTION api.register_holds(p_kind text, p_retired_at timestamp with time zone, p_eligibility text) OWNER TO wardmote_api;

--
-- Name: register_sizes(); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.register_sizes() RETURNS TABLE(register_id integer, voters bigint, addresses bigint)
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
    select s.register_id, sum(s.voters)::bigint, sum(s.addresses)::bigint
    from (select v.register_id, count(*) as voters, 0 as addresses
          from voter v where v.id < 1::bigint << 32 group by v.register_id
          union all
          select g.id, 0, g.addresses_before from register g
          union all
          select i.register_id, i.voters_in, i.addresses_in
          from register_import i where i.done_at is not null) s
    group by s.register_id
$$;

ALTER FUNCTION api.register_sizes() OWNER TO wardmote_api;

--
-- Name: result_accounts_public(text, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.result_accounts_public(p_slug text, p_version integer) RETURNS TABLE(account text, channel smallint, part text, n bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select a.account, a.channel, a.part, a.n
    from result_account a join round r on r.id = a.round_id
    where r.slug = p_slug and a.version = p_version
      and exists (select from result x where x.round_id = a.round_id and x.version = a.version
                                         and x.published_at <= clock_timestamp())
    order by a.account desc, a.channel, a.part
$$;

ALTER FUNCTION api.result_accounts_public(p_slug text, p_version integer) OWNER TO wardmote_api;

--
-- Name: result_comes(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.result_comes(p_round integer) RETURNS timestamp with time zone
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select max(x.published_at) from result x
    where x.round_id = p_round and x.published_at > clock_timestamp()
$$;

ALTER FUNCTION api.result_comes(p_round integer) OWNER TO wardmote_api;

--
-- Name: result_embargo(integer, text, boolean, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.result_embargo(p_officer integer, p_slug text, p_now boolean, p_reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round  round := api.desk_round_held(p_officer, p_slug, 'ward_officer', 'approver');
    v_result result;
begin
    select * into v_result from result s
    where s.round_id = v_round.id and v_round.state = 'result_review'
      and s.published_at > clock_timestamp() + interval '2 seconds';
    if v_round.id is null then
        return 'not_found';
    elsif v_result.round_id is null then
        return 'state';
    elsif p_reason is null or length(p_reason) not between 1 and 400 then
        return 'reason';
    elsif p_now and p_officer in (v_result.submitted_by, v_result.counted_by) then
        return 'own';
    end if;
    update result s
    set published_at = case when p_now then t.at end, approved_by = case when p_now then p_officer end,
        final_at = case when p_now then t.at + make_interval(days => v_round.provisional_days) end
    from (select clock_timestamp() as at) t
    where s.round_id = v_round.id and s.version = v_result.version;
    perform api.round_settle(v_round.id);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, case when p_now then 'result.publish' else 'result.embargo_off' end,
            'round ' || p_slug,
            jsonb_build_object('reason', p_reason, 'instead_of', v_result.published_at));
    perform pg_notify('content', '');
    return case when p_now then 'published' else 'result_review' end;
end
$$;

ALTER FUNCTION api.result_embargo(p_officer integer, p_slug text, p_now boolean, p_reason text) OWNER TO wardmote_api;

--
-- Name: result_file_public(text, integer, integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.result_file_public(p_slug text, p_version integer, p_ordinal integer, p_kind text) RETURNS TABLE(content text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select case p_kind when 'pb' then a.pb when 'json' then a.outcome::text
                       when 'log' then a.log end
    from result_part a join round r on r.id = a.round_id
    where r.slug = p_slug and a.version = coalesce(nullif(p_version, 0), api.result_shown(r.id))
      and exists (select from result x where x.round_id = a.round_id and x.version = a.version
                                         and x.published_at <= clock_timestamp()) and a.ordinal = p_ordinal
      and p_kind in ('pb', 'json', 'log') and (a.outcome ->> 'num_votes')::integer >= 10
$$;

ALTER FUNCTION api.result_file_public(p_slug text, p_version integer, p_ordinal integer, p_kind text) OWNER TO wardmote_api;

--
-- Name: result_latest(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.result_latest(p_round integer) RETURNS integer
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select max(x.version) from result x where x.round_id = p_round and x.dropped_at is null
$$;

ALTER FUNCTION api.result_latest(p_round integer) OWNER TO wardmote_api;

--
-- Name: result_parts_public(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.result_parts_public(p_round integer, p_version integer) RETURNS TABLE(ordinal integer, pot_name text, pot_amount bigint, outcome json, pb_sha256 bytea)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select a.ordinal, t.name, t.amount, a.outcome, a.pb_sha256
    from result_part a
    left join pot t on t.id = a.pot_id
    where a.round_id = p_round and a.version = p_version
      and exists (select from result x where x.round_id = a.round_id and x.version = a.version
                                         and x.published_at <= clock_timestamp())
    order by a.ordinal
$$;

ALTER FUNCTION api.result_parts_public(p_round integer, p_version integer) OWNER TO wardmote_api;

--
-- Name: result_public(text, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.result_public(p_slug text, p_version integer) RETURNS TABLE(round_id integer, counted_at timestamp with time zone, published_at timestamp with time zone, seed bytea, ballots integer, web integer, texts integer, paper integer, withdrawn integer, replaced integer, eligible integer, assisted integer, voided integer, final_at timestamp with time zone, provisional boolean, version integer, correction text, before integer, replaced_at timestamp with time zone, replaced_why text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select x.round_id, x.counted_at, x.published_at, x.seed, x.ballots, x.web, x.texts, x.paper,
           x.withdrawn, x.replaced, x.eligible, x.assisted, x.voided,
           coalesce(x.final_at, x.published_at), clock_timestamp() < x.final_at, x.version,
           x.correction,
           coalesce((select max(b.version) from result b where b.round_id = x.round_id
                     and b.published_at is not null and b.version < x.version), 0),
           n.published_at, coalesce(n.correction, '')
    from result x join round r on r.id = x.round_id
    left join lateral (select b.published_at, b.correction from result b
                       where b.round_id = x.round_id and b.published_at is not null
                         and b.version > x.version
                       order by b.version limit 1) n on true
    where r.slug = p_slug and x.published_at <= clock_timestamp()
      and x.version = coalesce(nullif(p_version, 0), api.result_shown(r.id))
$$;

ALTER FUNCTION api.result_public(p_slug text, p_version integer) OWNER TO wardmote_api;

--
-- Name: result_publish(integer, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.result_publish(p_officer integer, p_slug text, p_at text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round   round := api.desk_round_held(p_officer, p_slug, 'ward_officer', 'approver');
    v_version integer := case when v_round.state = 'published' then api.result_waits(v_round.id)
                              else api.result_latest(v_round.id) end;
    v_moment  record;
    v_problem text;
    v_adopted boolean;
    v_before  boolean;
begin
    if v_round.id is null then
        return 'not_found';
    elsif v_round.state in ('published', 'archived') and v_version is null
          or v_round.state = 'archived' then
        return 'published';
    elsif v_round.state = 'counted' then
        return 'not_submitted';
    elsif v_round.state not in ('result_review', 'published') then
        return 'not_counted';
    elsif api.desk_phase(v_round) = 'embargoed' then
        return 'embargoed';
    elsif exists (select from result s where s.round_id = v_round.id and s.version = v_version
                                         and p_officer in (s.submitted_by, s.counted_by)) then
        return 'own';
    elsif v_round.state = 'published' and api.result_unbalanced(v_round.id, v_version) then
        return 'unbalanced';
    end if;
    select l.at, l.problem into v_moment from api.london_time(p_at) l
    where p_at is not null;
    v_problem := case when p_at is null then null
                      when v_version > 1 then 'at_correction'
                      when v_moment.problem is not null then 'at_' || v_moment.problem
                      when v_moment.at <= clock_timestamp() then 'at_past'
                      when v_moment.at > clock_timestamp() + interval '90 days' then 'at_far' end;
    if v_problem is not null then
        return v_problem;
    end if;
    select (p.outcome ->> 'adopted')::boolean into v_before from result_part p
    where p.round_id = v_round.id and p.version = api.result_shown(v_round.id)
      and v_round.kind = 'yes_no';
    update result s
    set approved_by = p_officer, published_at = t.at,
        final_at = t.at + make_interval(days => v_round.provisional_days)
    from (select coalesce(v_moment.at, clock_timestamp()) as at) t
    where s.round_id = v_round.id and s.version = v_version;
    if v_round.kind = 'yes_no' then
        select (p.outcome ->> 'adopted')::boolean into strict v_adopted
        from result_part p where p.round_id = v_round.id and p.version = v_version;
    end if;
    if v_round.state = 'result_review' then
        perform api.round_settle(v_round.id);
    elsif v_adopted is distinct from v_before then
        perform api.edition_adopt(v_round.edition_id, v_adopted);
    end if;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, case when p_at is null then 'result.publish' else 'result.embargo' end,
            'round ' || p_slug,
            case v_round.kind when 'yes_no' then jsonb_build_object('adopted', v_adopted)
                 else '{}' end
            || case when p_at is not null then jsonb_build_object('at', v_moment.at) else '{}' end
            || case when v_version > 1 then jsonb_build_object('version', v_version) else '{}' end);
    perform pg_notify('content', '');
    return case when p_at is null then 'published' else 'embargoed' end;
end
$$;

ALTER FUNCTION api.result_publish(p_officer integer, p_slug text, p_at text) OWNER TO wardmote_api;

--
-- Name: result_shown(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.result_shown(p_round integer) RETURNS integer
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select max(x.version) from result x
    where x.round_id = p_round and x.published_at <= clock_timestamp()
$$;

ALTER FUNCTION api.result_shown(p_round integer) OWNER TO wardmote_api;

--
-- Name: result_submit(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.result_submit(p_officer integer, p_slug text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round round := api.desk_round_held(p_officer, p_slug);
begin
    if v_round.id is null then
        return 'not_found';
    elsif v_round.eligibility = 'practice' then
        return 'practice';
    elsif v_round.state <> 'counted' then
        return case when v_round.state in ('result_review', 'published', 'archived') then 'state'
                    else 'not_counted' end;
    end if;
    if api.result_unbalanced(v_round.id, 1) then
        return 'unbalanced';
    end if;
    update result s
    set submitted_by = p_officer, submitted_at = clock_timestamp(), returned_note = '',
        returned_by = null
    where s.round_id = v_round.id;
    update round r set state = 'result_review' where r.id = v_round.id;
    insert into audit (officer_id, action, object)
    values (p_officer, 'result.submit', 'round ' || p_slug);
    return 'result_review';
end
$$;

ALTER FUNCTION api.result_submit(p_officer integer, p_slug text) OWNER TO wardmote_api;

--
-- Name: result_unbalanced(integer, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.result_unbalanced(p_round integer, p_version integer) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select exists (select from api.round_accounts(p_round, 'ballots') n
                   full join (select * from result_account a
                              where a.round_id = p_round and a.version = p_version
                                and a.account = 'ballots') a
                        using (account, channel, part)
                   where n.n is distinct from a.n)
           or exists (select from result s
                      where s.round_id = p_round and s.version = p_version
                        and s.ballots <> (select coalesce(sum(a.n), 0) from result_account a
                                          where a.round_id = p_round and a.version = p_version
                                            and a.account = 'ballots' and a.part = 'counted'))
$$;

ALTER FUNCTION api.result_unbalanced(p_round integer, p_version integer) OWNER TO wardmote_api;

--
-- Name: result_waits(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.result_waits(p_round integer) RETURNS integer
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select x.version from result x
    where x.round_id = p_round and x.correction <> '' and x.published_at is null
      and x.dropped_at is null
$$;

ALTER FUNCTION api.result_waits(p_round integer) OWNER TO wardmote_api;

--
-- Name: retain(timestamp with time zone); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.retain(p_now timestamp with time zone) RETURNS TABLE(words bigint, numbers bigint, rounds bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_round integer;
    v_some  bigint;
    v_old   integer[]; -- registers that were retired 28 days ago
begin
    words := api.sms_erase(p_now);
    update notice n set body_sealed = null, number_sealed = null, recipient_key = null
    where n.taken_at < p_now - interval '1 day' and n.number_sealed is not null;
    get diagnostics v_some = row_count;
    words := words + v_some;

    rounds := 0;
    for v_round in
        select r.id from round r
        where r.k_pseudonym is not null and api.round_spent(r.id, p_now) order by r.id
    loop
        perform api.round_settle(v_round);
        update round r set k_pseudonym = null where r.id = v_round;
        perform wardmote.empty_revisions(v_round);
        update declaration d set residence = '' where d.round_id = v_round and d.residence <> '';
        rounds := rounds + 1;
    end loop;

    update inbox i
    set sender_sealed = null, sender_key = decode(repeat('00', 32), 'hex'),
        near_key = decode(repeat('00', 32), 'hex')
    where i.sender_sealed is not null and i.received_at < p_now - interval '28 days'
      and i.state in ('done', 'duplicate', 'dead', 'quarantined')
      and not exists (select from revision x where x.inbox_id = i.id
                      and not api.round_spent(x.round_id, p_now));
    get diagnostics numbers = row_count;
    update outbox o
    set recipient_sealed = null, recipient_key = decode(repeat('00', 32), 'hex'), body_key = null
    where o.recipient_sealed is not null and o.created_at < p_now - interval '28 days'
      and o.state in ('accepted', 'delivered', 'undelivered', 'expired', 'dead', 'cancelled');
    get diagnostics v_some = row_count;
    numbers := numbers + v_some;

    -- The proof of what was asked for stays without its number.
    update sms_consent c set recipient_key = decode(repeat('00', 32), 'hex')
    where c.ended_at < p_now - interval '28 days'
      and c.recipient_key <> decode(repeat('00', 32), 'hex');
    delete from sms_language l
    where l.chosen_at < p_now - interval '1 year'
      and not exists (select from inbox i where i.sender_key = l.recipient_key)
      and not exists (select from sms_consent c
                      where c.recipient_key = l.recipient_key and c.ended_at is null);
    delete from bulk_text b where api.round_spent(b.round_id, p_now);

    v_old := array(select g.id from register g
                   where g.retired_at < p_now - interval '28 days' and g.erased_at is null for update);
    -- Nobody finds a random key: the same number would be a new voter.
    update credential c
    set number_sealed = null,
        lookup = sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())),
        voided_at = coalesce(c.voided_at, p_now),
        void_reason = case when c.voided_at is null then 'number erased' else c.void_reason end
    from voter v join register g on g.id = v.register_id
    where v.id = c.voter_id and c.kind = 'phone' and c.number_sealed is not null
      and c.created_at < p_now - interval '28 days'
      and case g.kind
          when 'phones' then not exists (select from ballot b where b.voter_id = v.id
                                         and not api.round_spent(b.round_id, p_now))
          else g.retired_at < p_now - interval '28 days' end;
    get diagnostics v_some = row_count;
    numbers := numbers + v_some;
    numbers := numbers + api.retain_ideas(p_now) + api.retain_offers(p_now);
    if cardinality(v_old) > 0 then
        update register_address a set address = '-', postcode = '', uprn = ''
        where a.register_id = any (v_old);
        update credential c set address_ref = ''
        from voter v
        where v.id = c.voter_id and v.register_id = any (v_old) and c.address_ref <> '';
        update register g set erased_at = p_now where g.id = any (v_old);
    end if;
    delete from outline_import i where i.begun_at < p_now - interval '1 day';
    if words + numbers + rounds > 0 then
        insert into erasure (words, numbers, rounds) values (words, numbers, rounds);
    end if;
    return next;
end
$$;

ALTER FUNCTION api.retain(p_now timestamp with time zone) OWNER TO wardmote_api;

--
-- Name: retain_ideas(timestamp with time zone); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.retain_ideas(p_now timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_some bigint;
begin
    delete from idea i where i.state = 'draft' and i.saved_at < p_now - interval '28 days';
    update idea i set number_sealed = null, recipient_key = null, proposer = ''
    where i.decided_at < p_now - interval '28 days'
      and (i.number_sealed is not null or i.proposer <> '');
    get diagnostics v_some = row_count;
    return v_some;
end
$$;

ALTER FUNCTION api.retain_ideas(p_now timestamp with time zone) OWNER TO wardmote_api;

--
-- Name: retain_now(); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.retain_now() RETURNS TABLE(words bigint, numbers bigint, rounds bigint)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select r.words, r.numbers, r.rounds from api.retain(clock_timestamp()) r
$$;

ALTER FUNCTION api.retain_now() OWNER TO wardmote_api;

--
-- Name: retain_offers(timestamp with time zone); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.retain_offers(p_now timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_some bigint;
begin
    update offer o set new_words = null, asked_at = null
    where o.new_words is not null and o.asked_at < p_now - interval '1 day';
    delete from offer o where o.agreed_at is null and o.made_at < p_now - interval '1 day';
    update offer o set number_sealed = null, recipient_key = null, name = ''
    where o.number_sealed is not null
      and (o.answered_at < p_now - interval '28 days' or o.made_at < p_now - interval '1 year');
    get diagnostics v_some = row_count;
    return v_some;
end
$$;

ALTER FUNCTION api.retain_offers(p_now timestamp with time zone) OWNER TO wardmote_api;

--
-- Name: round_accounts(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_accounts(p_round integer, p_account text DEFAULT NULL::text) RETURNS TABLE(account text, channel smallint, part text, n bigint)
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select 'codes', 0::smallint,
           case when c.voided_at is not null then 'voided'
                when exists (select from ballot b where b.round_id = r.id and b.voter_id = v.id)
                then 'used' else 'unused' end as part, count(*)
    from round r
    join neighbourhood_within w on w.within_id = r.neighbourhood_id
    join voter v on v.neighbourhood_id = w.neighbourhood_id
    join register g on g.id = v.register_id
                   and api.register_holds(g.kind, g.retired_at, r.eligibility)
    join credential c on c.voter_id = v.id and c.kind = 'code'
    where r.id = p_round and coalesce(p_account, 'codes') = 'codes'
    group by part
    union all
    select 'ballots', x.channel,
           case when u.round_id is not null then 'voided'
                when x.withdrawn then 'withdrawn'
                when b.current_revision = x.revision then 'counted'
                else 'replaced' end as part, count(*)
    from revision x
    join ballot b on b.round_id = x.round_id and b.voter_id = x.voter_id
    left join revision_void u on u.round_id = x.round_id and u.voter_id = x.voter_id
                             and u.revision = x.revision
    where x.round_id = p_round and coalesce(p_account, 'ballots') = 'ballots'
    group by x.channel, part
    union all
    select 'texts', 0::smallint,
           case when exists (select from revision x
                             where x.inbox_id = i.id and x.round_id = r.id) then 'ballots'
                when exists (select from revision x where x.inbox_id = i.id) then 'elsewhere'
                when i.state = 'duplicate' then 'duplicates'
                when i.state <> 'done' then 'unread'
                else api.text_part(i.outcome, i.received_at >= r.closes_at) end as part, count(*)
    from round r
    join inbox i on i.received_at >= r.opens_at
                and i.received_at < coalesce((select min(c.counted_at) from result c
                                              where c.round_id = r.id), clock_timestamp())
    where r.id = p_round and coalesce(p_account, 'texts') = 'texts'
    group by part
$$;

ALTER FUNCTION api.round_accounts(p_round integer, p_account text) OWNER TO wardmote_api;

--
-- Name: round_amendments(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_amendments(p_round integer) RETURNS TABLE(kind text, closes_at timestamp with time zone, closed_at timestamp with time zone, number integer, name text, reason text, decided_at timestamp with time zone)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select a.kind, a.closes_at, a.closed_at, coalesce(p.number, 0)::integer, coalesce(p.title, ''),
           a.reason, a.decided_at
    from amendment a left join proposal p on p.id = a.proposal_id
    where a.round_id = p_round and a.granted
    order by a.decided_at, a.id
$$;

ALTER FUNCTION api.round_amendments(p_round integer) OWNER TO wardmote_api;

--
-- Name: round_changes(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_changes(p_round integer) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $_$
    select coalesce(string_agg(
        case a.kind
            when 'extension' then 'Closed at '
                || to_char(a.closes_at at time zone 'Europe/London', 'DD.MM.YYYY HH24:MI:SS')
                || ' instead of '
                || to_char(a.closed_at at time zone 'Europe/London', 'DD.MM.YYYY HH24:MI:SS')
            when 'withdrawal' then 'Proposal ' || to_char(p.number, 'FM0000') || ' withdrawn'
            else 'A ballot declared void' end
        || ', reason: ' || a.reason
        || case when a.reason ~ '[.!?…]$' then '' else '.' end, ' ' order by a.decided_at, a.id), '')
    from amendment a left join proposal p on p.id = a.proposal_id
    where a.round_id = p_round and a.granted
$_$;

ALTER FUNCTION api.round_changes(p_round integer) OWNER TO wardmote_api;

--
-- Name: round_decisions(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_decisions(p_round integer) RETURNS TABLE(number smallint, decision text, reason text, body text, decided_on timestamp with time zone, stands boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select p.number, d.decision, d.reason, d.body, api.noon(d.decided_on),
           row_number() over (partition by p.id order by d.confirmed_at desc, d.id desc) = 1
    from decision d
    join proposal p on p.id = d.proposal_id
    join round r on r.id = p.round_id
    where r.id = p_round and d.granted and api.result_shown(r.id) is not null
    order by p.number, d.confirmed_at desc, d.id desc
$$;

ALTER FUNCTION api.round_decisions(p_round integer) OWNER TO wardmote_api;

--
-- Name: round_exclusions(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_exclusions(p_round integer) RETURNS TABLE(ordinal smallint, number smallint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select x.ordinal, p.number
    from exclusion x
    join round r on r.id = x.round_id
    join proposal p on p.id = x.proposal_id
    where x.round_id = p_round and r.frozen and p.state = 'published'
    order by x.ordinal, p.number
$$;

ALTER FUNCTION api.round_exclusions(p_round integer) OWNER TO wardmote_api;

--
-- Name: round_freeze(integer, bytea, bytea, bytea, bytea, bytea, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_freeze(p_round integer, p_pseudonym bytea, p_nonce bytea, p_seed bytea, p_pseudonym_sha256 bytea, p_nonce_sha256 bytea, p_seed_sha256 bytea) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_rules text;
begin
    perform api.lock_round(p_round, true);
    v_rules := api.round_rules(p_round, p_pseudonym_sha256, p_nonce_sha256, p_seed_sha256);
    insert into number_in_use (number, round_id, during)
    select p.number, r.id, tstzrange(r.opens_at, r.closes_at + r.grace)
    from round r join proposal p on p.round_id = r.id and p.state = 'published'
    where r.id = p_round;
    update round r
    set state = 'scheduled', scheduled_at = clock_timestamp(), rules_text = v_rules,
        rules_sha256 = sha256(convert_to(v_rules, 'UTF8')), k_pseudonym = p_pseudonym,
        k_nonce = p_nonce, seed = p_seed
    where r.id = p_round and r.state in ('draft', 'approved');
    if not found then
        raise exception 'round % is frozen or in review', p_round;
    end if;
end
$$;

ALTER FUNCTION api.round_freeze(p_round integer, p_pseudonym bytea, p_nonce bytea, p_seed bytea, p_pseudonym_sha256 bytea, p_nonce_sha256 bytea, p_seed_sha256 bytea) OWNER TO wardmote_api;

--
-- Name: proposal; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.proposal (
    id integer NOT NULL,
    round_id integer NOT NULL,
    number smallint NOT NULL,
    short_name text NOT NULL,
    title text NOT NULL,
    summary text DEFAULT ''::text NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    place text DEFAULT ''::text NOT NULL,
    proposer text DEFAULT ''::text NOT NULL,
    pot_id integer,
    cost bigint,
    state text DEFAULT 'draft'::text NOT NULL,
    published_at timestamp with time zone,
    withdrawn_reason text DEFAULT ''::text NOT NULL,
    created_by integer,
    revision integer DEFAULT 1 NOT NULL,
    changed_by integer,
    import_id integer,
    theme text DEFAULT ''::text NOT NULL,
    lat integer,
    lon integer,
    CONSTRAINT proposal_body_check CHECK ((length(body) <= 20000)),
    CONSTRAINT proposal_check CHECK (((pot_id IS NULL) = (cost IS NULL))),
    CONSTRAINT proposal_cost_check CHECK (((cost >= 1) AND (cost <= '100000000000'::bigint))),
    CONSTRAINT proposal_lat_check CHECK (((lat >= '-9000000'::integer) AND (lat <= 9000000))),
    CONSTRAINT proposal_lon_check CHECK (((lon >= '-18000000'::integer) AND (lon <= 18000000))),
    CONSTRAINT proposal_number_check CHECK (((number >= 0) AND (number <= 9999))),
    CONSTRAINT proposal_place_check CHECK ((length(place) <= 120)),
    CONSTRAINT proposal_point CHECK (((lat IS NULL) = (lon IS NULL))),
    CONSTRAINT proposal_point_place CHECK ((((lat >= 4900000) AND (lat <= 6100000)) AND ((lon >= '-1100000'::integer) AND (lon <= 300000)))),
    CONSTRAINT proposal_proposer_check CHECK ((length(proposer) <= 120)),
    CONSTRAINT proposal_revision_check CHECK ((revision >= 1)),
    CONSTRAINT proposal_short_name_check CHECK (((length(short_name) >= 1) AND (length(short_name) <= 16))),
    CONSTRAINT proposal_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'withdrawn'::text]))),
    CONSTRAINT proposal_summary_check CHECK ((length(summary) <= 300)),
    CONSTRAINT proposal_theme_check CHECK ((length(theme) <= 40)),
    CONSTRAINT proposal_theme_word CHECK ((theme !~ ','::text)),
    CONSTRAINT proposal_title_check CHECK (((length(title) >= 1) AND (length(title) <= 120))),
    CONSTRAINT proposal_withdrawn_reason_check CHECK ((length(withdrawn_reason) <= 400))
);

ALTER TABLE wardmote.proposal OWNER TO wardmote_owner;

--
-- Name: round_funded(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_funded(p_round integer) RETURNS SETOF wardmote.proposal
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select p.*
    from round r
    join result_part a on a.round_id = r.id and a.version = api.result_shown(r.id)
    cross join lateral json_array_elements_text(a.outcome -> 'winners') w(number)
    join proposal p on p.round_id = r.id and p.number = w.number::smallint
    where r.id = p_round and r.kind <> 'yes_no'
$$;

ALTER FUNCTION api.round_funded(p_round integer) OWNER TO wardmote_api;

--
-- Name: round_keys(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_keys(p_round integer) RETURNS TABLE(uuid uuid, k_pseudonym bytea, k_nonce bytea)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select r.uuid, r.k_pseudonym, r.k_nonce from round r
    where r.id = p_round and r.frozen
$$;

ALTER FUNCTION api.round_keys(p_round integer) OWNER TO wardmote_api;

--
-- Name: round_mark(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_mark(p_round integer) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select concat_ws('.',
        (select count(*) from revision x where x.round_id = p_round),
        (select count(*) from revision_void x where x.round_id = p_round),
        (select count(*) from amendment a where a.round_id = p_round and a.granted),
        (select count(*) from paper_batch b where b.round_id = p_round))
$$;

ALTER FUNCTION api.round_mark(p_round integer) OWNER TO wardmote_api;

--
-- Name: round_phase(wardmote.round); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_phase(p_round wardmote.round) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select case when p_round.state in ('draft', 'review', 'approved') then 'draft'
                when clock_timestamp() < p_round.opens_at then 'soon'
                when clock_timestamp() < p_round.closes_at then 'open'
                when api.round_state(p_round) in ('published', 'archived') then 'published'
                else 'closed' end
$$;

ALTER FUNCTION api.round_phase(p_round wardmote.round) OWNER TO wardmote_api;

--
-- Name: round_places(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_places(p_round integer) RETURNS TABLE(slug text, name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select n.slug, n.name
    from round r
    join neighbourhood n on n.parent_id = r.neighbourhood_id
                         or (n.id = r.neighbourhood_id
                             and not exists (select from neighbourhood c where c.parent_id = n.id))
    where r.id = p_round and r.frozen
    order by n.name
$$;

ALTER FUNCTION api.round_places(p_round integer) OWNER TO wardmote_api;

--
-- Name: round_pots(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_pots(p_round integer) RETURNS TABLE(ordinal integer, name text, amount bigint, source text, min_picks integer, max_picks integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select t.ordinal, t.name, t.amount, t.source, t.min_picks, t.max_picks
    from pot t join round r on r.id = t.round_id
    where t.round_id = p_round and r.frozen
    order by t.ordinal
$$;

ALTER FUNCTION api.round_pots(p_round integer) OWNER TO wardmote_api;

--
-- Name: round_proposals(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_proposals(p_round integer, p_language text DEFAULT 'en'::text) RETURNS TABLE(number smallint, short_name text, title text, summary text, place text, proposer text, pot integer, cost bigint, withdrawn boolean, withdrawn_reason text, theme text, lat integer, lon integer, language text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select p.number, coalesce(t.short_name, p.short_name), coalesce(t.title, p.title),
           coalesce(t.summary, p.summary), p.place, p.proposer, o.ordinal, p.cost,
           p.state = 'withdrawn', p.withdrawn_reason, p.theme, p.lat, p.lon,
           case when t.state is null then 'en' else p_language end
    from proposal p
    join round r on r.id = p.round_id
    left join pot o on o.id = p.pot_id
    left join lateral api.translation_now(p, p_language) t on p_language <> 'en' and t.state = 'done'
    where p.round_id = p_round and p.state <> 'draft' and r.frozen
    order by p.number
$$;

ALTER FUNCTION api.round_proposals(p_round integer, p_language text) OWNER TO wardmote_api;

--
-- Name: round_public(text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_public(p_slug text) RETURNS TABLE(id integer, slug text, title text, about text, kind text, area_slug text, area_name text, phase text, opens_at timestamp with time zone, closes_at timestamp with time zone, days integer, grace_minutes integer, min_picks integer, max_picks integer, minimum_votes integer, rules_text text, rules_sha256 bytea, scheduled_at timestamp with time zone, edition integer, edition_area text, money bigint, blank_allowed boolean, points_sum integer, points_max integer, eligibility text, minimum_age integer, residence text, first_closes_at timestamp with time zone, extension_reason text, result_at timestamp with time zone, takes_paper boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select r.id, r.slug, r.title, r.about, r.kind, n.slug, n.name, f.phase, r.opens_at,
           r.closes_at,
           api.days_until(case f.phase when 'soon' then r.opens_at else r.closes_at end),
           (extract(epoch from r.grace) / 60)::integer, r.min_picks, r.max_picks,
           r.minimum_votes, r.rules_text, r.rules_sha256, r.scheduled_at, e.edition, a.slug,
           coalesce((select sum(t.amount) from pot t where t.round_id = r.id), 0)::bigint,
           r.blank_allowed, r.points_sum, r.points_max, r.eligibility, r.minimum_age, r.residence,
           x.first_closes_at, x.reason,
           api.result_comes(r.id), api.round_takes_paper(r)
    from round r
    join neighbourhood n on n.id = r.neighbourhood_id
    cross join lateral (select api.round_phase(r) as phase) f
    left join agreement_edition e on e.id = r.edition_id
    left join neighbourhood a on a.id = e.neighbourhood_id
    left join lateral (
        select min(m.closed_at) as first_closes_at,
               (array_agg(m.reason order by m.decided_at desc, m.id desc))[1] as reason
        from amendment m
        where m.round_id = r.id and m.kind = 'extension' and m.granted) x on true
    where r.slug = p_slug and r.frozen
$$;

ALTER FUNCTION api.round_public(p_slug text) OWNER TO wardmote_api;

--
-- Name: round_rules(integer, bytea, bytea, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_rules(p_round integer, p_pseudonym_sha256 bytea, p_nonce_sha256 bytea, p_seed_sha256 bytea) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with r as (
        select r.*, n.slug as area from round r
        join neighbourhood n on n.id = r.neighbourhood_id where r.id = p_round
    ), line(part, ordinal, words) as (
        select 1, x.n, x.words from r cross join lateral (values
            (1, 'wardmote/rules/2'),
            (2, 'round ' || r.uuid),
            (3, 'title ' || r.title),
            (4, 'area ' || r.area),
            (5, 'kind ' || r.kind),
            (6, 'opens ' || to_char(r.opens_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
            (7, 'closes ' || to_char(r.closes_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
            (8, 'grace-seconds ' || extract(epoch from r.grace)::integer),
            (9, 'eligibility ' || r.eligibility),
            (10, 'minimum-age ' || coalesce(r.minimum_age::text, '-')),
            (11, 'residence ' || r.residence),
            (12, 'min-picks ' || r.min_picks),
            (13, 'max-picks ' || r.max_picks),
            (14, 'blank-ballots ' || case when r.blank_allowed then 'yes' else 'no' end),
            (15, 'points-sum ' || coalesce(r.points_sum::text, '-')),
            (16, 'points-max ' || coalesce(r.points_max::text, '-')),
            (17, 'cap-percent ' || coalesce(r.cap_percent::text, '-')),
            (18, 'carry ' || case when r.carry then 'yes' else 'no' end),
            (19, 'rule ' || r.rule),
            (23, case r.rule when 'yes-no' then 'ties not-adopted' else 'ties lowest-cost lot' end),
            (24, 'provisional-days ' || r.provisional_days)
        ) x(n, words)
        union all
        select 1, 19 + q.ordinal, 'parameter ' || q.key || ' ' || q.value
        from api.rule_settings(p_round) q
        union all
        select 2, t.ordinal, 'pot ' || t.ordinal || ' ' || t.amount || ' '
               || coalesce(t.min_picks::text, '-') || ' ' || coalesce(t.max_picks::text, '-') || ' '
               || t.name
        from pot t where t.round_id = p_round
        union all
        select 3, 1, 'edition ' || r.area || ' ' || e.edition || ' ' || encode(sha256(convert_to(
            coalesce((select string_agg(concat_ws('|', g.ordinal, v.name, g.promise, g.standard,
                                                  g.measure, coalesce(g.due::text, '')) || E'\n',
                                        '' order by g.ordinal)
                      from pledge g join provider v on v.id = g.provider_id
                      where g.edition_id = e.id), ''), 'UTF8')), 'hex')
        from r join agreement_edition e on e.id = r.edition_id
        union all
        select 4, p.number, 'proposal ' || to_char(p.number, 'FM0000') || ' '
               || coalesce(t.ordinal || ' ' || p.cost, '- -') || ' '
               || encode(sha256(convert_to(concat_ws(E'\n', p.title, p.summary, p.body, p.place,
                                                     p.proposer, ''), 'UTF8')), 'hex')
               || ' ' || p.short_name
        from proposal p left join pot t on t.id = p.pot_id
        where p.round_id = p_round and p.state = 'published'
        union all
        select 5, e.ordinal, 'exclusion ' || e.ordinal || ' '
               || string_agg(to_char(p.number, 'FM0000'), ' ' order by p.number)
        from exclusion e join proposal p on p.id = e.proposal_id and p.state = 'published'
        where e.round_id = p_round group by e.ordinal
        union all
        select 6, x.n, x.words from (values
            (1, 'k-pseudonym-sha256 ' || encode(p_pseudonym_sha256, 'hex')),
            (2, 'k-nonce-sha256 ' || encode(p_nonce_sha256, 'hex')),
            (3, 'seed-sha256 ' || encode(p_seed_sha256, 'hex')),
            (4, 'end')) x(n, words)
    )
    select string_agg(regexp_replace(l.words, '[[:cntrl:]]', ' ', 'g') || E'\n', ''
                      order by l.part, l.ordinal, l.words collate "C")
    from line l where l.words is not null
$$;

ALTER FUNCTION api.round_rules(p_round integer, p_pseudonym_sha256 bytea, p_nonce_sha256 bytea, p_seed_sha256 bytea) OWNER TO wardmote_api;

--
-- Name: round_search(integer, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_search(p_round integer, p_words text) RETURNS SETOF smallint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select p.number
    from proposal p
    join round r on r.id = p.round_id
    cross join lateral (
        select string_agg(concat_ws(' ', n.title, n.short_name, n.summary), ' ') as words
        from (select distinct x.language from proposal_translation x where x.proposal_id = p.id) l
        cross join lateral api.translation_now(p, l.language) n
        where n.state = 'done') t
    cross join lateral (
        select api.words_folded(concat_ws(' ', to_char(p.number, 'FM0000'), p.title, p.short_name,
                                          p.summary, p.place, p.proposer, t.words)) as words) said
    where p.round_id = p_round and p.state <> 'draft' and r.frozen
      and not exists (
          select from regexp_split_to_table(api.words_folded(p_words), '\s+') w(word)
          where w.word <> '' and strpos(said.words, w.word) = 0)
    order by p.number
$$;

ALTER FUNCTION api.round_search(p_round integer, p_words text) OWNER TO wardmote_api;

--
-- Name: round_settle(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_settle(p_round integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round round;
begin
    select * into v_round from round r
    where r.id = p_round and r.state = 'result_review' and api.round_state(r) = 'published';
    if not found then
        return;
    end if;
    perform api.edition_adopt(v_round.edition_id, a.adopted, (a.at at time zone 'Europe/London')::date)
    from api.edition_answer(v_round.edition_id) a;
    update round r set state = 'published' where r.id = p_round;
end
$$;

ALTER FUNCTION api.round_settle(p_round integer) OWNER TO wardmote_api;

--
-- Name: round_spent(integer, timestamp with time zone); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_spent(p_round integer, p_now timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select exists (select from result x
                   where x.round_id = p_round and x.version = api.result_shown(p_round)
                     and coalesce(x.final_at, x.published_at) + interval '28 days' <= p_now)
$$;

ALTER FUNCTION api.round_spent(p_round integer, p_now timestamp with time zone) OWNER TO wardmote_api;

--
-- Name: round_state(wardmote.round); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_state(p_round wardmote.round) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select case when p_round.state = 'result_review'
                 and exists (select from result x where x.round_id = p_round.id
                                                    and x.published_at <= clock_timestamp())
                then 'published' else p_round.state end
$$;

ALTER FUNCTION api.round_state(p_round wardmote.round) OWNER TO wardmote_api;

--
-- Name: round_takes_paper(wardmote.round); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.round_takes_paper(p_round wardmote.round) RETURNS boolean
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select p_round.frozen and p_round.eligibility in ('code', 'register')
       and api.round_phase(p_round) in ('soon', 'open')
$$;

ALTER FUNCTION api.round_takes_paper(p_round wardmote.round) OWNER TO wardmote_api;

--
-- Name: rounds_news(); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.rounds_news() RETURNS TABLE(id integer, scheduled_at timestamp with time zone, changed_at timestamp with time zone, updated_at timestamp with time zone, extensions integer, final_at timestamp with time zone, provisional boolean, result_updated_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select r.id, r.scheduled_at, c.changed_at,
           greatest(c.changed_at, case when r.opens_at <= t.now then r.opens_at end,
                    case when r.closes_at <= t.now then r.closes_at end),
           m.extensions, coalesce(x.final_at, x.published_at), t.now < x.final_at,
           greatest(x.published_at, case when x.final_at <= t.now then x.final_at end)
    from round r
    cross join (select clock_timestamp() as now offset 0) t
    cross join lateral (
        select max(a.decided_at) as decided_at,
               (count(*) filter (where a.kind = 'extension'))::integer as extensions
        from amendment a where a.round_id = r.id and a.granted) m
    cross join lateral (select greatest(r.scheduled_at, m.decided_at) as changed_at) c
    left join result x on x.round_id = r.id and x.version = api.result_shown(r.id)
    where r.frozen and r.eligibility <> 'practice'
$$;

ALTER FUNCTION api.rounds_news() OWNER TO wardmote_api;

--
-- Name: rounds_public(text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.rounds_public(p_area text) RETURNS TABLE(id integer, slug text, title text, kind text, area_slug text, area_name text, phase text, opens_at timestamp with time zone, closes_at timestamp with time zone, days integer, money bigint, proposals integer, published_at timestamp with time zone, ballots integer, texts integer, funded integer, spent bigint, adopted boolean, yes bigint, no bigint, takes_paper boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select r.id, r.slug, r.title, r.kind, n.slug, n.name, f.phase, r.opens_at, r.closes_at,
           api.days_until(case f.phase when 'soon' then r.opens_at else r.closes_at end),
           coalesce((select sum(t.amount) from pot t where t.round_id = r.id), 0)::bigint,
           (select count(*)::integer from proposal p
            where p.round_id = r.id and p.state <> 'draft'),
           x.published_at, x.ballots, x.texts, o.funded, o.spent, o.adopted, o.yes, o.no,
           api.round_takes_paper(r)
    from round r
    join neighbourhood n on n.id = r.neighbourhood_id
    cross join lateral (select api.round_phase(r) as phase) f
    left join result x on x.round_id = r.id and f.phase = 'published'
                      and x.version = api.result_shown(r.id)
    left join lateral (
        select sum(json_array_length(a.outcome -> 'winners'))::integer as funded,
               (sum((a.outcome ->> 'cost')::numeric) * 100)::bigint as spent,
               bool_and((a.outcome ->> 'adopted')::boolean) as adopted,
               sum((a.outcome ->> 'yes')::bigint)::bigint as yes,
               sum((a.outcome ->> 'no')::bigint)::bigint as no
        from result_part a where a.round_id = x.round_id and a.version = x.version) o on true
    where f.phase <> 'draft' and r.eligibility <> 'practice'
      and (p_area is null
           or exists (select from neighbourhood h
                      join neighbourhood_within w on w.neighbourhood_id = h.id
                      where h.slug = p_area and w.within_id = r.neighbourhood_id))
    order by array_position(array['open', 'soon', 'closed', 'published'], f.phase),
             case f.phase when 'open' then r.closes_at when 'soon' then r.opens_at end,
             x.published_at desc, r.id
$$;

ALTER FUNCTION api.rounds_public(p_area text) OWNER TO wardmote_api;

--
-- Name: rule_for(text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.rule_for(p_kind text, p_method text) RETURNS TABLE(rule text, parameters jsonb)
    LANGUAGE sql IMMUTABLE
    AS $$
    select x.rule, x.parameters::jsonb || c.parameters::jsonb
    from (values
        ('yes_no', 'most', 'yes-no', '{}'),
        ('points', 'most', 'greedy-points-raw', '{}'),
        ('points', 'value', 'greedy-points', '{}'),
        ('points', 'shares', 'mes', '{"utility": "points"}'),
        ('ranking', 'most', 'greedy-borda-raw', '{}'),
        ('ranking', 'value', 'greedy-borda', '{}'),
        ('ranking', 'shares', 'mes', '{"utility": "borda"}'),
        ('approval', 'most', 'greedy', '{}'),
        ('approval', 'value', 'greedy-density', '{}'),
        ('approval', 'shares', 'mes', '{"utility": "cost"}'),
        ('approval', 'shares_n', 'mes', '{"utility": "card"}'),
        ('approval', 'phragmen', 'phragmen', '{}')
    ) x(kind, method, rule, parameters)
    join (values
        (false, '', '{}'),
        (true, '', '{"completion": "add1u"}'),
        (true, ':none', '{"completion": "none"}'),
        (true, ':util', '{"completion": "util"}'),
        (true, ':add1', '{"completion": "add1"}'),
        (true, ':comparison', '{"completion": "add1u", "comparison": "greedy"}')
    ) c(shares, word, parameters) on c.shares = (x.rule = 'mes')
    where x.kind = case p_kind when 'knapsack' then 'approval' else p_kind end
      and x.method || c.word = p_method
$$;

ALTER FUNCTION api.rule_for(p_kind text, p_method text) OWNER TO wardmote_api;

--
-- Name: rule_method(text, text, jsonb); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.rule_method(p_kind text, p_rule text, p_parameters jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select coalesce((select m.method
                     from unnest('{most,value,shares,shares_n,phragmen}'::text[]) w(word)
                     cross join unnest('{"",:none,:util,:add1,:comparison}'::text[]) c(word)
                     cross join lateral (select w.word || c.word) m(method)
                     cross join lateral api.rule_for(p_kind, m.method) f
                     where f.rule = p_rule and f.parameters = p_parameters), 'most')
$$;

ALTER FUNCTION api.rule_method(p_kind text, p_rule text, p_parameters jsonb) OWNER TO wardmote_api;

--
-- Name: rule_settings(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.rule_settings(p_round integer) RETURNS TABLE(ordinal integer, key text, value text)
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select 1, 'minimum-votes', r.minimum_votes::text from round r where r.id = p_round
    union all
    select 2, 'fund-unsupported', 'no' from round r
    where r.id = p_round and r.rule not in ('yes-no', 'phragmen')
    union all
    select 3, q.key, q.value
    from round r cross join jsonb_each_text(r.rule_parameters) q(key, value) where r.id = p_round
$$;

ALTER FUNCTION api.rule_settings(p_round integer) OWNER TO wardmote_api;

--
-- Name: schema_version(); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.schema_version() RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select coalesce(max(m.number), 0) from migration m
$$;

ALTER FUNCTION api.schema_version() OWNER TO wardmote_api;

--
-- Name: serial_next(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.serial_next(p_neighbourhood integer, OUT prefix text, OUT last integer) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $_$
begin
    perform pg_advisory_xact_lock(5, 0);
    select upper(case strpos(n.slug, '-')
                 when 0 then left(n.slug || 'x', 2)
                 else left(n.slug, 1) || substr(n.slug, strpos(n.slug, '-') + 1, 1) end) || '-'
    into prefix from neighbourhood n where n.id = p_neighbourhood;
    select coalesce(max(substr(c.serial, 4)::integer), 0) into last
    from credential c where c.serial ~ ('^' || prefix || '[0-9]{1,9}$');
end
$_$;

ALTER FUNCTION api.serial_next(p_neighbourhood integer, OUT prefix text, OUT last integer) OWNER TO wardmote_api;

--
-- Name: sign_in_again(uuid, bytea, bytea, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sign_in_again(p_id uuid, p_digits bytea, p_sealed bytea, p_language text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v sign_in;
begin
    select * into v from sign_in s where s.id = p_id for update;
    if v.id is null or v.ended_at is not null
       or v.created_at < clock_timestamp() - interval '30 minutes' then
        return 'gone';
    elsif v.sent >= 3 or v.sent_at > clock_timestamp() - interval '30 seconds' then
        return 'wait';
    end if;
    update sign_in s
    set digits_key = p_digits, sent = s.sent + 1, sent_at = clock_timestamp()
    where s.id = p_id;
    insert into notice (kind, number_sealed, recipient_key, body_sealed, language)
    values ('sign_in_code', v.number_sealed, v.phone_key, p_sealed, p_language);
    perform pg_notify('sms_in', '');
    return 'sent';
end
$$;

ALTER FUNCTION api.sign_in_again(p_id uuid, p_digits bytea, p_sealed bytea, p_language text) OWNER TO wardmote_api;

--
-- Name: sign_in_begin(uuid, bytea, bytea, bytea, bytea, text, text, bytea, bytea, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sign_in_begin(p_id uuid, p_phone bytea, p_number bytea, p_digits bytea, p_sealed bytea, p_area text, p_postcode text, p_address bytea, p_network bytea, p_news text, p_language text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_now  constant timestamptz := clock_timestamp();
    v_area integer;
begin
    perform pg_advisory_xact_lock(6, hashtext(encode(p_phone, 'hex')));
    select coalesce((select p.neighbourhood_id from postcode p
                     where p.postcode = api.postcode_read(p_postcode)),
                    (select n.id from neighbourhood n where n.slug = p_area))
    into v_area;
    if v_area is null then
        return 'area';
    elsif (select count(*) from sign_in s
           where s.phone_key = p_phone and s.created_at > v_now - interval '1 hour') >= 3
       or (select count(*) from sign_in s
           where s.address_key = p_address and s.created_at > v_now - interval '15 minutes') >= 5
       or (select count(*) from sign_in s
           where s.network_key = p_network and s.created_at > v_now - interval '15 minutes') >= 50
       or (select count(*) from sign_in s where s.created_at > v_now - interval '1 hour') >= 2000 then
        return 'wait';
    end if;
    insert into sign_in (id, phone_key, number_sealed, digits_key, neighbourhood_id, address_key,
                         network_key, news)
    values (p_id, p_phone, p_number, p_digits, v_area, p_address, p_network, p_news);
    insert into notice (kind, number_sealed, recipient_key, body_sealed, language)
    values ('sign_in_code', p_number, p_phone, p_sealed, p_language);
    perform pg_notify('sms_in', '');
    return 'sent';
end
$$;

ALTER FUNCTION api.sign_in_begin(p_id uuid, p_phone bytea, p_number bytea, p_digits bytea, p_sealed bytea, p_area text, p_postcode text, p_address bytea, p_network bytea, p_news text, p_language text) OWNER TO wardmote_api;

--
-- Name: sign_in_check(uuid, bytea, bytea, bytea, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sign_in_check(p_id uuid, p_digits bytea, p_address bytea, p_network bytea, p_language text DEFAULT NULL::text) RETURNS TABLE(outcome text, voter bigint, credential bigint, generation integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v         sign_in;
    v_outcome text;
    v_cred    credential;
begin
    select * into v from sign_in s where s.id = p_id for update;
    v_outcome := case
        when v.id is null or v.ended_at is not null or v.wrong >= 3 then 'ended'
        when v.sent_at < clock_timestamp() - interval '10 minutes' then 'late'
        when v.digits_key <> p_digits then case when v.wrong >= 2 then 'ended' else 'wrong' end
        else 'good' end;
    if v_outcome = 'wrong' or (v_outcome = 'ended' and v.ended_at is null and v.wrong = 2) then
        update sign_in s
        set wrong = s.wrong + 1,
            ended_at = case when s.wrong >= 2 then clock_timestamp() end
        where s.id = p_id;
    end if;
    insert into code_try (door, outcome, address_key, network_key, phone_key)
    values (3, case when v_outcome = 'good' then 'good' else 'wrong' end, p_address, p_network,
            v.phone_key);
    if v_outcome <> 'good' then
        return query select v_outcome, null::bigint, null::bigint, null::integer;
        return;
    end if;

    update sign_in s set ended_at = clock_timestamp(), number_sealed = null where s.id = p_id;
    perform pg_advisory_xact_lock(6, hashtext(encode(v.phone_key, 'hex')));
    v_cred := api.phone_voter(v.phone_key, v.number_sealed, v.neighbourhood_id);
    if v_cred.voided_at is not null then
        return query select 'void', null::bigint, null::bigint, null::integer;
        return;
    end if;
    if p_language is not null then
        insert into sms_language (recipient_key, language) values (v.phone_key, p_language)
        on conflict do nothing;
    end if;
    if v.news is not null then
        perform api.sms_consent_give(v.phone_key, v.number_sealed, v.neighbourhood_id, 'web',
                                     v.news);
    end if;
    return query select 'good', w.id, v_cred.id, w.generation
                 from voter w where w.id = v_cred.voter_id;
end
$$;

ALTER FUNCTION api.sign_in_check(p_id uuid, p_digits bytea, p_address bytea, p_network bytea, p_language text) OWNER TO wardmote_api;

--
-- Name: site_public(); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.site_public() RETURNS TABLE(banner text, banner_until timestamp with time zone, colour text, about text, privacy text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select case when s.banner_until <= clock_timestamp() then '' else s.banner end, s.banner_until,
           s.colour, s.about, s.privacy
    from site s
$$;

ALTER FUNCTION api.site_public() OWNER TO wardmote_api;

--
-- Name: slug_free(text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.slug_free(p_title text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with wish as (
        select coalesce(nullif(trim(both '-' from left(
            regexp_replace(lower(p_title), '[^a-z0-9]+', '-', 'g'), 60)), ''), 'round') as slug
    )
    select case when g.n = 1 then w.slug else w.slug || '-' || g.n end
    from wish w cross join generate_series(1, 10000) g(n)
    where not exists (select from round r
                      where r.slug = case when g.n = 1 then w.slug else w.slug || '-' || g.n end)
    order by g.n limit 1
$$;

ALTER FUNCTION api.slug_free(p_title text) OWNER TO wardmote_api;

--
-- Name: sms_alarm_raise(text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_alarm_raise(p_name text) RETURNS void
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    insert into sms_alarm as a (name) values (p_name)
    on conflict (name) do update
    set times = a.times + 1,
        since = case when a.told_at < clock_timestamp() - interval '1 hour' then clock_timestamp()
                     else a.since end,
        told_at = case when a.told_at < clock_timestamp() - interval '1 hour' then null
                       else a.told_at end
$$;

ALTER FUNCTION api.sms_alarm_raise(p_name text) OWNER TO wardmote_api;

--
-- Name: sms_alarms(); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_alarms() RETURNS TABLE(name text, times integer)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    update sms_alarm a set told_at = clock_timestamp()
    where a.told_at is null
    returning a.name, a.times
$$;

ALTER FUNCTION api.sms_alarms() OWNER TO wardmote_api;

--
-- Name: sms_answer(bigint, bigint[], text[], text[], bytea[], bytea[], text[], integer[], boolean[], boolean[], bigint[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_answer(p_token bigint, p_ids bigint[], p_fates text[], p_outcomes text[], p_recipients bytea[], p_bodies bytea[], p_senders text[], p_segments integer[], p_passives boolean[], p_lookups boolean[] DEFAULT NULL::boolean[], p_challenges bigint[] DEFAULT NULL::bigint[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_nestloop TO 'off'
    AS $$
declare
    v_replies integer;
    v_held    bigint[];
begin
    delete from inbox_lease l where l.token = p_token returning l.ids into v_held;
    if v_held is null then
        return 0;
    end if;
    insert into outbox (dedup_key, class, recipient_key, recipient_sealed, sender, body_sealed,
                        segments, passive, lookup)
    select 'reply:' || i.id, 'reply', i.sender_key, a.recipient, a.sender, a.body, a.segments,
           a.passive, coalesce(a.lookup, false)
    from unnest(p_ids, p_fates, p_outcomes, p_recipients, p_bodies, p_senders, p_segments,
                p_passives, p_lookups)
         a(id, fate, outcome, recipient, body, sender, segments, passive, lookup)
    join inbox i on i.id = a.id and i.id = any (v_held) and i.done_at is null
    where a.fate = 'done' and a.body is not null and a.recipient is not null
      and not (a.passive and not api.sms_wish_new(i.sender_key, a.outcome)
               and (select count(*) from outbox o
                    where o.recipient_key = i.sender_key and o.passive
                      and o.created_at > clock_timestamp() - interval '1 hour') >= 3)
      and not (a.lookup
               and (select count(*) from outbox o
                    where o.recipient_key = i.sender_key and o.lookup
                      and o.created_at > clock_timestamp() - interval '1 hour') >= 12);
    get diagnostics v_replies = row_count;

    -- Most batches hold none of these: then the texts are not read once more for each.
    if p_outcomes && array['stop', 'start', 'news', 'lang_en', 'lang_pl'] then
        perform api.sms_stop(i.sender_key)
        from unnest(p_ids, p_fates, p_outcomes) a(id, fate, outcome)
        join inbox i on i.id = a.id and i.id = any (v_held) and i.done_at is null
        where a.fate = 'done' and a.outcome = 'stop';
        perform api.sms_start(i.sender_key)
        from unnest(p_ids, p_fates, p_outcomes) a(id, fate, outcome)
        join inbox i on i.id = a.id and i.id = any (v_held) and i.done_at is null
        where a.fate = 'done' and a.outcome = 'start';
        perform api.sms_consent_give(i.sender_key, a.recipient, api.sms_area(i.sender_key), 'text',
                                     api.news_words(api.sms_language(i.sender_key)))
        from unnest(p_ids, p_fates, p_outcomes, p_recipients) a(id, fate, outcome, recipient)
        join inbox i on i.id = a.id and i.id = any (v_held) and i.done_at is null
        where a.fate = 'done' and a.outcome = 'news' and a.recipient is not null;
        perform api.sms_language_choose(i.sender_key, substr(a.outcome, 6))
        from unnest(p_ids, p_fates, p_outcomes) a(id, fate, outcome)
        join inbox i on i.id = a.id and i.id = any (v_held) and i.done_at is null
        where a.fate = 'done' and a.outcome in ('lang_en', 'lang_pl');
    end if;
    if exists (select from unnest(p_challenges) c where c is not null) then
        update sms_challenge c set ended_at = clock_timestamp()
        from unnest(p_fates, p_challenges) a(fate, challenge)
        where a.fate = 'done' and c.id = a.challenge;
    end if;

    delete from inbox_waiting w
    using unnest(p_ids, p_fates) a(id, fate)
    where w.inbox_id = a.id and w.inbox_id = any (v_held) and a.fate in ('done', 'duplicate');
    update inbox_waiting w set alone = true
    from unnest(p_ids, p_fates) a(id, fate)
    where w.inbox_id = a.id and w.inbox_id = any (v_held) and a.fate = 'alone';
    update inbox i
    set state = a.fate, outcome = a.outcome, done_at = clock_timestamp()
    from unnest(p_ids, p_fates, p_outcomes) a(id, fate, outcome)
    where i.id = a.id and i.id = any (v_held) and i.done_at is null and a.fate in ('done', 'duplicate');
    return v_replies;
end
$$;

ALTER FUNCTION api.sms_answer(p_token bigint, p_ids bigint[], p_fates text[], p_outcomes text[], p_recipients bytea[], p_bodies bytea[], p_senders text[], p_segments integer[], p_passives boolean[], p_lookups boolean[], p_challenges bigint[]) OWNER TO wardmote_api;

--
-- Name: sms_area(bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_area(p_key bytea) RETURNS integer
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select coalesce(
        (select v.neighbourhood_id from credential c join voter v on v.id = c.voter_id
         where c.lookup = p_key and c.kind = 'phone' and c.voided_at is null),
        (select v.neighbourhood_id from inbox i
         join revision x on x.inbox_id = i.id
         join voter v on v.id = x.voter_id
         where i.sender_key = p_key order by i.id desc limit 1))
$$;

ALTER FUNCTION api.sms_area(p_key bytea) OWNER TO wardmote_api;

--
-- Name: sms_budget_back(bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_budget_back(p_outbox bigint) RETURNS void
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    update sms_budget b set reserved = greatest(b.reserved - o.reserved, 0)
    from outbox o
    where o.id = p_outbox and o.reserved > 0 and b.day = o.reserved_on;
    update outbox o set reserved = 0, reserved_on = null
    where o.id = p_outbox and o.reserved > 0
$$;

ALTER FUNCTION api.sms_budget_back(p_outbox bigint) OWNER TO wardmote_api;

--
-- Name: sms_budget_take(numeric, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_budget_take(p_pence numeric, p_bulk boolean) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_day  constant date := (clock_timestamp() at time zone 'Europe/London')::date;
    v_cap  numeric; -- null: no budget
    v_most numeric;
    v_now  numeric;
begin
    select l.day_pence, l.day_pence * case when p_bulk then 0.8 else 1 end into v_cap, v_most
    from sms_limits l;
    if p_pence = 0 then
        return true;
    end if;
    insert into sms_budget (day) values (v_day) on conflict do nothing;
    select b.reserved + p_pence into v_now from sms_budget b where b.day = v_day for update;
    if v_now > v_most then
        perform api.sms_alarm_raise(case when p_bulk then 'budget_bulk' else 'budget_out' end);
        return false;
    end if;
    update sms_budget b set reserved = v_now where b.day = v_day;
    if v_now >= v_cap * 0.8 and v_now - p_pence < v_cap * 0.8 then
        perform api.sms_alarm_raise('budget_low');
    end if;
    return true;
end
$$;

ALTER FUNCTION api.sms_budget_take(p_pence numeric, p_bulk boolean) OWNER TO wardmote_api;

--
-- Name: sms_bulk_at(timestamp with time zone); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_bulk_at(p_at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select case when l.here::time >= '20:00'
                then (l.here::date + 1 + time '09:00') at time zone l.zone
                when l.here::time < '09:00'
                then (l.here::date + time '09:00') at time zone l.zone
                else p_at end
    from (select p_at at time zone 'Europe/London' as here, 'Europe/London' as zone) l
$$;

ALTER FUNCTION api.sms_bulk_at(p_at timestamp with time zone) OWNER TO wardmote_api;

--
-- Name: sms_bulk_due(integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_bulk_due(p_max integer) RETURNS TABLE(round integer, occasion text, recipient_key bytea, number_sealed bytea, door text, title text, closes text, endpoint text, language text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_now constant timestamptz := clock_timestamp();
begin
    if not pg_try_advisory_xact_lock(9, 0) or api.sms_bulk_at(v_now) > v_now
       or exists (select from sms_limits l where l.bulk_paused_at is not null) then
        return;
    end if;
    delete from bulk_text t using outbox o
    where o.id = t.outbox_id and o.state = 'cancelled' and o.last_error = 'moot'
      and exists (select from bulk b join api.bulk_windows(t.round_id) w on w.occasion = t.occasion
                  where b.round_id = t.round_id and b.occasion = t.occasion
                    and v_now >= w.begins and v_now < w.ends);
    return query
    select r.id, b.occasion, c.recipient_key, c.number_sealed, c.door, r.title,
           api.sms_when(r.closes_at), api.sms_endpoint(c.recipient_key),
           api.sms_language(c.recipient_key)
    from bulk b
    join round r on r.id = b.round_id and r.frozen
    join api.bulk_windows(r.id) w
        on w.occasion = b.occasion and v_now >= w.begins and v_now < w.ends
    cross join lateral api.bulk_people(r.id, greatest(w.begins, b.switched_at)) c
    where not exists (select from bulk_text t
                      where t.round_id = r.id and t.occasion = b.occasion
                        and t.recipient_key = c.recipient_key)
    order by r.id, b.occasion, c.id limit p_max;
end
$$;

ALTER FUNCTION api.sms_bulk_due(p_max integer) OWNER TO wardmote_api;

--
-- Name: sms_bulk_queue(integer[], text[], bytea[], bytea[], bytea[], integer[], text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_bulk_queue(p_rounds integer[], p_occasions text[], p_keys bytea[], p_recipients bytea[], p_bodies bytea[], p_segments integer[], p_senders text[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    a        record;
    v_id     bigint;
    v_queued integer := 0;
begin
    for a in
        select u.*, w.ends, case when u.occasion <> 'result' then r.closes_at end as closes_at
        from unnest(p_rounds, p_occasions, p_keys, p_recipients, p_bodies, p_segments, p_senders)
             u(round, occasion, key, recipient, body, segments, sender)
        join round r on r.id = u.round
        join api.bulk_windows(u.round) w on w.occasion = u.occasion
    loop
        insert into bulk_text (round_id, occasion, recipient_key, closes_at)
        values (a.round, a.occasion, a.key, a.closes_at) on conflict do nothing;
        continue when not found or a.body is null;
        insert into outbox (dedup_key, class, recipient_key, recipient_sealed, sender, body_sealed,
                            segments, expires_at)
        values ('bulk:' || gen_random_uuid(), 'bulk', a.key, a.recipient, a.sender, a.body,
                a.segments, a.ends)
        returning id into v_id;
        update bulk_text t set outbox_id = v_id
        where t.round_id = a.round and t.occasion = a.occasion and t.recipient_key = a.key;
        v_queued := v_queued + 1;
    end loop;
    return v_queued;
end
$$;

ALTER FUNCTION api.sms_bulk_queue(p_rounds integer[], p_occasions text[], p_keys bytea[], p_recipients bytea[], p_bodies bytea[], p_segments integer[], p_senders text[]) OWNER TO wardmote_api;

--
-- Name: sms_challenge(bigint, bytea, bytea, integer[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_challenge(p_inbox bigint, p_sender_key bytea, p_digits bytea, p_rounds integer[]) RETURNS TABLE(outcome text, minimum_age integer, residence text, minutes integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    if (select count(*) from sms_challenge c
        where c.sender_key = p_sender_key
          and c.created_at > clock_timestamp() - interval '1 hour') >= 6 then
        return query select 'limited', null::integer, null::text, null::integer;
        return;
    end if;
    insert into sms_challenge (inbox_id, sender_key, digits_key, rounds)
    values (p_inbox, p_sender_key, p_digits, p_rounds);
    return query
    select 'asked', max(r.minimum_age)::integer,
           case when bool_or(r.residence = 'postcode') then 'postcode'
                when bool_or(r.residence = 'neighbourhood') then 'neighbourhood'
                else 'none' end,
           coalesce(floor(extract(epoch from min(g.grace)) / 60)::integer, 15)
    from unnest(p_rounds) k(id)
    join round g on g.id = k.id
    left join round r on r.id = k.id and not exists (
        select from credential c
        join declaration d on d.voter_id = c.voter_id and d.round_id = r.id
        where c.lookup = p_sender_key and c.kind = 'phone'
          and (r.minimum_age is null or d.old_enough)
          and (r.residence = 'none' or d.residence <> ''));
end
$$;

ALTER FUNCTION api.sms_challenge(p_inbox bigint, p_sender_key bytea, p_digits bytea, p_rounds integer[]) OWNER TO wardmote_api;

--
-- Name: sms_challenge_answer(bigint, bytea, bytea, text, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_challenge_answer(p_inbox bigint, p_number bytea, p_digits bytea, p_place text, p_refuses boolean) RETURNS TABLE(outcome text, tries_left integer, area text, challenge bigint, cast_inbox bigint, body_sealed bytea, residence text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_text  inbox;
    v_first inbox;
    v       sms_challenge;
    v_cred  credential;
    v_round round;
    v_area  integer;
    v_age   integer;
    v_cast  timestamptz;
    v_kept  boolean := true;
    v_said  text;
    v_lies  text;
begin
    select * into v_text from inbox i where i.id = p_inbox;
    select * into v from sms_challenge c
    where c.sender_key = v_text.sender_key and c.ended_at is null and c.digits_key = p_digits
      and c.created_at > clock_timestamp() - interval '2 hours'
    order by c.id desc limit 1 for update;
    if v.id is null then
        with bumped as (
            update sms_challenge c
            set wrong = c.wrong + 1, ended_at = case when c.wrong >= 2 then clock_timestamp() end
            where c.sender_key = v_text.sender_key and c.ended_at is null
              and c.created_at > clock_timestamp() - interval '2 hours'
            returning c.wrong
        )
        select max(3 - b.wrong) into tries_left from bumped b;
        return query select case when tries_left is null then 'none' when tries_left > 0
                                 then 'wrong' else 'ended' end,
                            tries_left, null::text, null::bigint, null::bigint, null::bytea,
                            null::text;
        return;
    end if;
    select * into v_first from inbox i where i.id = v.inbox_id;
    v_age := substring(regexp_replace(p_place, '[A-Za-z]+ *[0-9]+[A-Za-z]? *[0-9]+[A-Za-z]+', '')
                       from '\m\d{1,2}\M')::integer;

    perform pg_advisory_xact_lock(6, hashtext(encode(v.sender_key, 'hex')));
    select coalesce(
        (select n.id from neighbourhood n
         left join postcode p on p.neighbourhood_id = n.id and p.postcode = api.postcode_read(
             substring(p_place from '[A-Za-z]{1,2} *[0-9][0-9A-Za-z]? *[0-9][A-Za-z]{2}'))
         where (p.postcode is not null or lower(n.name) = lower(p_place))
           and exists (select from neighbourhood_within w
                       join round r on r.neighbourhood_id = w.within_id
                                   and r.id = any (v.rounds)
                       where w.neighbourhood_id = n.id)
         order by p.postcode is null, n.id limit 1),
        (select r.neighbourhood_id from round r where r.id = any (v.rounds)
         order by (select count(*) from neighbourhood_within w
                   where w.neighbourhood_id = r.neighbourhood_id) desc, r.id limit 1))
    into v_area;
    if v_area is not null then
        v_cred := api.phone_voter(v.sender_key, p_number, v_area);
    else
        select * into v_cred from credential c where c.lookup = v.sender_key and c.kind = 'phone';
    end if;
    if v_cred.voided_at is not null then
        return query select 'void', null::integer, null::text, v.id, null::bigint, null::bytea,
                            null::text;
        return;
    end if;

    for v_round in select * from round r where r.id = any (v.rounds) order by r.id loop
        v_cast := case when v_first.sent_at between v_first.received_at - v_round.grace
                                                and v_first.received_at
                       then v_first.sent_at else v_first.received_at end;
        if v_text.received_at > v_cast + v_round.grace then
            v_kept := false;
            v_cast := v_text.received_at;
        end if;
        continue when (v_round.minimum_age is null and v_round.residence = 'none')
            or exists (select from declaration d
                       where d.round_id = v_round.id and d.voter_id = v_cred.voter_id
                         and (v_round.minimum_age is null or d.old_enough)
                         and (v_round.residence = 'none' or d.residence <> ''));
        select d.outcome, d.area into v_said, v_lies
        from voter w
        cross join lateral api.voter_declare(
            v_round.id, w.id, v_cred.id, w.generation,
            not p_refuses and coalesce(v_age >= v_round.minimum_age, true),
            case when v_round.residence = 'postcode'
                 then substring(p_place from '[A-Za-z]{1,2} *[0-9][0-9A-Za-z]? *[0-9][A-Za-z]{2}')
                 else p_place end, 2::smallint, v_cast) d
        where w.id = v_cred.voter_id
        limit 1; -- a text tells one mistake at a time
        if v_said in ('age', 'format', 'elsewhere', 'unknown') then
            return query select v_said, null::integer, coalesce(v_lies, h.name), v.id,
                                null::bigint, null::bytea, v_round.residence
                         from neighbourhood h where h.id = v_round.neighbourhood_id;
            return;
        end if;
    end loop;
    if p_refuses then
        return query select 'age', null::integer, null::text, v.id, null::bigint, null::bytea,
                            null::text;
        return;
    end if;
    return query select 'good', null::integer, null::text, v.id,
                        case when v_kept then v_first.id else p_inbox end, v_first.body_sealed,
                        null::text;
end
$$;

ALTER FUNCTION api.sms_challenge_answer(p_inbox bigint, p_number bytea, p_digits bytea, p_place text, p_refuses boolean) OWNER TO wardmote_api;

--
-- Name: sms_claim(integer, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_claim(p_max integer, p_singly boolean DEFAULT true) RETURNS TABLE(id bigint, token bigint, provider text, endpoint text, message_id text, received_at timestamp with time zone, sender_key bytea, sender_sealed bytea, body_sealed bytea, alone boolean, provider_did text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET enable_sort TO 'off'
    AS $$
#variable_conflict use_column
declare
    v_now   constant timestamptz := clock_timestamp();
    v_held  bigint[];
    v_ids   bigint[];
    v_token bigint;
    v_alone boolean;
begin
    with ended as (
        delete from inbox_lease l
        using (select x.token from inbox_lease x where x.until < v_now for update skip locked) e
        where l.token = e.token returning l.ids
    )
    select coalesce(array_agg(u.id), '{}') into v_ids from ended e, unnest(e.ids) u(id);
    update inbox_waiting w set alone = true where w.inbox_id = any (v_ids);

    v_ids := array(
        select w.inbox_id from inbox_waiting w
        where w.alone and (select i.attempts from inbox i where i.id = w.inbox_id) >= 8
          and w.inbox_id not in (select h.id from inbox_lease l, unnest(l.ids) h(id))
        order by w.next_at, w.inbox_id for update skip locked);
    update inbox i set state = 'dead', outcome = 'gave_up', done_at = v_now where i.id = any (v_ids);
    delete from inbox_waiting w where w.inbox_id = any (v_ids);
    v_held := array(select u.id from inbox_lease l, unnest(l.ids) u(id));

    v_ids := array(
        select w.inbox_id from inbox_waiting w
        where p_singly and w.alone and w.next_at <= v_now
          and w.inbox_id not in (select unnest(v_held))
          and w.inbox_id = (select e.inbox_id from inbox_waiting e where e.sender_key >= w.sender_key
                            order by e.sender_key, e.inbox_id limit 1)
        order by w.next_at, w.inbox_id limit 1 for update skip locked);
    v_alone := cardinality(v_ids) > 0;
    if not v_alone then
        v_ids := array(
            select w.inbox_id from inbox_waiting w
            where not w.alone and w.next_at <= v_now
              and w.inbox_id not in (select unnest(v_held))
              and w.inbox_id = (select e.inbox_id from inbox_waiting e
                                where e.sender_key >= w.sender_key
                                order by e.sender_key, e.inbox_id limit 1)
            order by w.next_at, w.inbox_id limit p_max for update skip locked);
    end if;
    -- Who was quicker than the look at leases above has let go of the rows since: now its lease is there.
    v_ids := array(select u.id from unnest(v_ids) u(id)
                   where u.id not in (select h.id from inbox_lease l, unnest(l.ids) h(id)));
    if cardinality(v_ids) = 0 then
        return;
    end if;

    v_token := nextval('lease_token');
    insert into inbox_lease (token, until, ids)
    values (v_token, v_now + interval '30 seconds', v_ids);
    update inbox i set attempts = i.attempts + 1 where v_alone and i.id = any (v_ids);
    return query
    select i.id, v_token, i.provider, i.endpoint, i.message_id, i.received_at, i.sender_key,
           i.sender_sealed, i.body_sealed, v_alone, i.provider_did
    from inbox i where i.id = any (v_ids) order by i.id;
end
$$;

ALTER FUNCTION api.sms_claim(p_max integer, p_singly boolean) OWNER TO wardmote_api;

--
-- Name: sms_code(bytea[], boolean[], bytea[], timestamp with time zone[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_code(p_lookup bytea[], p_phone boolean[], p_sender_key bytea[], p_at timestamp with time zone[]) RETURNS TABLE(item integer, voter bigint, generation integer, limited boolean, area text, voted boolean, standing text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
#variable_conflict use_column
begin
    return query
    with asked as (
        select a.n::integer as n, a.lookup, a.phone, a.sender_key, a.at,
               not a.phone and (select count(*) from code_try f
                where f.phone_key = a.sender_key and f.outcome = 'wrong'
                  and f.at > clock_timestamp() - interval '1 hour') >= 5 as limited
        from unnest(p_lookup, p_phone, p_sender_key, p_at) with ordinality
             a(lookup, phone, sender_key, at, n)
    ), found as materialized (
        select a.*, v.id as voter, v.generation, v.neighbourhood_id
        from asked a
        left join credential c on c.lookup = a.lookup and c.voided_at is null
                              and c.kind = case when a.phone then 'phone' else 'code' end
                              and not a.limited
        left join voter v on v.id = c.voter_id
    ), tried as (
        insert into code_try (door, outcome, phone_key)
        select 2, case when f.limited then 'wait' when f.voter is null then 'wrong' else 'good' end,
               f.sender_key
        from found f where not f.phone
    ), place as materialized ( -- of few areas come many texts
        select n.id, n.name from neighbourhood n
        where n.id in (select f.neighbourhood_id from found f)
    ), reach as materialized (
        select w.neighbourhood_id, r.id, r.kind, r.opens_at, r.closes_at + r.grace as until
        from place p
        join neighbourhood_within w on w.neighbourhood_id = p.id
        join round r on r.neighbourhood_id = w.within_id and r.state = 'scheduled'
        where r.opens_at <= (select max(f.at) from found f)
          and r.closes_at + r.grace > (select min(f.at) from found f)
    ), stands as materialized (
        select f.n, r.id as round, r.kind, h.numbers, h.weights,
               coalesce((select i.sender_key = f.sender_key from inbox i where i.id = h.inbox_id),
                        false) as mine
        from found f
        join reach r on r.neighbourhood_id = f.neighbourhood_id
                    and r.opens_at <= f.at and f.at < r.until
        join ballot b on b.round_id = r.id and b.voter_id = f.voter
        join revision h on h.round_id = b.round_id and h.voter_id = b.voter_id
                       and h.revision = b.current_revision and not h.withdrawn
    ), said as materialized (
        select s.n,
               case when bool_and(s.mine) then string_agg(
                   (select string_agg(to_char(k.number, 'FM0000'), ' '
                                      order by case s.kind when 'ranking' then k.weight end, k.number)
                    from unnest(s.numbers, s.weights) k(number, weight)), ' ' order by s.round)
                   filter (where s.kind <> 'yes_no') end as standing
        from stands s group by s.n
    )
    select f.n, f.voter, f.generation, f.limited, p.name, s.n is not null, s.standing
    from found f
    left join place p on p.id = f.neighbourhood_id
    left join said s on s.n = f.n
    order by f.n;
end
$$;

ALTER FUNCTION api.sms_code(p_lookup bytea[], p_phone boolean[], p_sender_key bytea[], p_at timestamp with time zone[]) OWNER TO wardmote_api;

--
-- Name: sms_consent_end(bytea, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_consent_end(p_key bytea, p_by text) RETURNS void
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    update sms_consent c
    set ended_at = clock_timestamp(), ended_by = p_by, number_sealed = null
    where c.recipient_key = p_key and c.ended_at is null
$$;

ALTER FUNCTION api.sms_consent_end(p_key bytea, p_by text) OWNER TO wardmote_api;

--
-- Name: sms_consent_give(bytea, bytea, integer, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_consent_give(p_key bytea, p_sealed bytea, p_area integer, p_door text, p_wording text) RETURNS boolean
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    insert into sms_consent as c (recipient_key, number_sealed, neighbourhood_id, door, wording)
    values (p_key, p_sealed, p_area, p_door, p_wording)
    on conflict (recipient_key) where ended_at is null do update
    set neighbourhood_id = coalesce(excluded.neighbourhood_id, c.neighbourhood_id);
    select api.sms_start(p_key)
$$;

ALTER FUNCTION api.sms_consent_give(p_key bytea, p_sealed bytea, p_area integer, p_door text, p_wording text) OWNER TO wardmote_api;

--
-- Name: sms_delivery(uuid, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_delivery(p_client_ref uuid, p_status text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
declare
    the_id    bigint;
    the_state text;
    v_settled boolean;
begin
    select o.id, o.state into the_id, the_state from outbox o where o.client_ref = p_client_ref;
    v_settled := the_state in ('delivered', 'undelivered', 'accepted')
                 and p_status in ('accepted', 'buffered');
    if the_id is not null and not v_settled then
        select o.state into the_state from outbox o where o.id = the_id for update;
    end if;
    insert into dlr (client_ref, status, applied)
    values (p_client_ref, p_status, the_id is not null and the_state <> 'leased')
    on conflict do nothing;
    if not found then
        return 'known';
    elsif the_id is null then
        return 'orphan';
    elsif v_settled or the_state = 'leased' then
        return 'new';
    end if;
    update outbox o
    set state = case when p_status in ('delivered', 'undelivered') then p_status else 'accepted' end,
        lease_token = null, lease_until = null, done_at = coalesce(o.done_at, clock_timestamp())
    where o.id = the_id
      and case p_status when 'delivered' then o.state <> 'delivered'
                        when 'undelivered' then o.state not in ('delivered', 'undelivered')
                        else o.state in ('queued', 'unknown', 'held') end;
    return 'new';
end
$$;

ALTER FUNCTION api.sms_delivery(p_client_ref uuid, p_status text) OWNER TO wardmote_api;

--
-- Name: sms_delivery_id(text, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_delivery_id(p_provider text, p_provider_id text, p_status text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
declare
    v_ref uuid;
begin
    perform api.sms_id_lock(p_provider, p_provider_id);
    insert into sms_receipt_early (provider, provider_id, status)
    values (p_provider, p_provider_id, p_status) on conflict do nothing;
    select o.client_ref into v_ref from outbox o
    where o.provider = p_provider and o.provider_id = p_provider_id order by o.id limit 1;
    if v_ref is null then
        return 'early';
    end if;
    delete from sms_receipt_early e
    where e.provider = p_provider and e.provider_id = p_provider_id and e.status = p_status;
    return api.sms_delivery(v_ref, p_status);
end
$$;

ALTER FUNCTION api.sms_delivery_id(p_provider text, p_provider_id text, p_status text) OWNER TO wardmote_api;

--
-- Name: sms_endpoint(bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_endpoint(p_key bytea) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select coalesce((select i.endpoint from inbox i
                     where i.sender_key = p_key and i.endpoint <> ''
                     order by i.id desc limit 1), '')
$$;

ALTER FUNCTION api.sms_endpoint(p_key bytea) OWNER TO wardmote_api;

--
-- Name: sms_erase(timestamp with time zone); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_erase(p_now timestamp with time zone) RETURNS bigint
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with texts as (
        update inbox set body_sealed = null
        where body_sealed is not null
          and state in ('done', 'duplicate', 'dead', 'quarantined')
          and coalesce(done_at, received_at) < p_now - interval '1 day'
        returning id
    ), replies as (
        update outbox set body_sealed = null
        where body_sealed is not null
          and state in ('accepted', 'delivered', 'undelivered', 'expired', 'dead', 'cancelled')
          and coalesce(done_at, created_at) < p_now - interval '1 day'
        returning id
    ), receipts as (
        delete from sms_receipt_early where received_at < p_now - interval '7 days'
    ), tries as (
        delete from failure where at < p_now - interval '1 day'
    ), codes as (
        delete from code_try where at < p_now - interval '1 day'
    ), sign_ins as (
        delete from sign_in where created_at < p_now - interval '1 day'
    ), challenges as (
        delete from sms_challenge where created_at < p_now - interval '1 day'
    ), lists as (
        delete from sms_list where at < p_now - interval '1 day'
    ), import_parts as (
        delete from register_import_part p
        using register_import i
        where i.id = p.import_id and i.created_at < p_now - interval '1 day'
    ), import_samples as (
        delete from register_import_sample s
        using register_import i
        where i.id = s.import_id and i.created_at < p_now - interval '1 day'
    )
    select (select count(*) from texts) + (select count(*) from replies)
$$;

ALTER FUNCTION api.sms_erase(p_now timestamp with time zone) OWNER TO wardmote_api;

--
-- Name: sms_gateway_note(text, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_gateway_note(p_name text, p_good boolean) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    g        sms_gateway;
    v_recent text;
begin
    if p_good and exists (select from sms_gateway x where x.name = p_name and x.opened = 0
                            and position('x' in x.recent) = 0) then
        return;
    end if;
    select * into g from sms_gateway x where x.name = p_name for update;
    v_recent := right(g.recent || case when p_good then '.' else 'x' end, 20);
    if p_good then
        update sms_gateway x
        set recent = case when g.opened > 0 then '' else v_recent end, opened = 0,
            open_until = null, probing = false
        where x.name = p_name;
        -- What was put off until the probe's end need not wait for that.
        if g.opened > 0 then
            perform api.sms_out_wake('gateway');
        end if;
    elsif g.probing or g.opened = 0 and length(replace(v_recent, '.', '')) >= 5 then
        update sms_gateway x
        set recent = v_recent, opened = least(g.opened + 1, 30), probing = false,
            open_until = clock_timestamp()
                       + least(600, 30 * 2 ^ least(g.opened, 5)) * interval '1 second'
        where x.name = p_name;
        perform api.sms_alarm_raise('breaker:' || p_name);
    else
        update sms_gateway x set recent = v_recent where x.name = p_name;
    end if;
end
$$;

ALTER FUNCTION api.sms_gateway_note(p_name text, p_good boolean) OWNER TO wardmote_api;

--
-- Name: sms_gateways_seen(text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_gateways_seen(p_names text[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    insert into sms_gateway as g (name, place, seen_at)
    select n.name, n.place, clock_timestamp()
    from unnest(p_names) with ordinality n(name, place) order by n.place
    on conflict (name) do update set place = excluded.place, seen_at = excluded.seen_at;
    update sms_gateway g set place = null
    where g.place is not null and g.name <> all (p_names)
      and g.seen_at < clock_timestamp() - interval '1 minute'
$$;

ALTER FUNCTION api.sms_gateways_seen(p_names text[]) OWNER TO wardmote_api;

--
-- Name: sms_hold(bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_hold(p_token bigint) RETURNS TABLE(id bigint, repeats boolean, replies_left integer, until text, language text, phones_only boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
#variable_conflict use_column
declare
    v_ids    bigint[];
    v_phones boolean;
    v_rows   integer;
begin
    select bool_and(r.eligibility = 'phone') into v_phones
    from round r
    where r.state = 'scheduled' and r.eligibility <> 'practice'
      and r.closes_at + r.grace > clock_timestamp();
    select l.ids into v_ids from inbox_lease l where l.token = p_token for update;
    return query
    select i.id, exists (
        select from inbox e
        where e.sender_key = i.sender_key and e.near_key = i.near_key and e.id < i.id
          and e.received_at >= i.received_at - interval '120 seconds'
          and e.state = 'done' and e.outcome not like 'refused%'
          and not exists (select from inbox x
                          where x.sender_key = i.sender_key and x.near_key <> i.near_key
                            and x.received_at >= e.received_at - interval '1 day' -- the spool's
                            and x.id > e.id and x.id < i.id)
          and not exists (select from revision v
                          join ballot b on b.round_id = v.round_id and b.voter_id = v.voter_id
                          where v.inbox_id = e.id and b.current_revision <> v.revision)),
           -- Few numbers ask as much; the others cost one look at an index.
           case when many.n < 29 then 30 - many.n
                else (select l.left_now from api.sms_replies_left(i.sender_key) l) end,
           case when many.n = 29
                then (select l.again_words from api.sms_replies_left(i.sender_key) l) end,
           -- As api.sms_language says, which is too dear to call for each text of a batch.
           coalesce((select g.language from sms_language g where g.recipient_key = i.sender_key), 'en'),
           coalesce(v_phones, false)
    from inbox i
    cross join lateral (
        select count(*)::integer as n
        from (select from outbox o
              where o.recipient_key = i.sender_key
                and o.created_at > clock_timestamp() - interval '1 hour' limit 29) o) many
    where i.id = any (v_ids) and i.done_at is null order by i.id;
    get diagnostics v_rows = row_count;
    if v_rows < cardinality(v_ids) then
        delete from inbox_waiting w using inbox i
        where w.inbox_id = any (v_ids) and i.id = w.inbox_id and i.id = any (v_ids) and i.done_at is not null;
    end if;
end
$$;

ALTER FUNCTION api.sms_hold(p_token bigint) OWNER TO wardmote_api;

--
-- Name: sms_id_lock(text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_id_lock(p_provider text, p_provider_id text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    if p_provider_id is not null then
        perform pg_advisory_xact_lock(hashtextextended(p_provider || ' ' || p_provider_id, 4));
    end if;
end
$$;

ALTER FUNCTION api.sms_id_lock(p_provider text, p_provider_id text) OWNER TO wardmote_api;

--
-- Name: sms_info(smallint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_info(p_number smallint) RETURNS TABLE(title text, summary text, area text, cost bigint, phase text, opens text, closes text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select p.title, p.summary, n.name, p.cost,
           case when p.state = 'withdrawn' then 'withdrawn'
                else api.round_phase(r) end,
           api.sms_when(r.opens_at), api.sms_when(r.closes_at)
    from proposal p
    join round r on r.id = p.round_id and r.frozen and r.eligibility <> 'practice'
    join neighbourhood n on n.id = r.neighbourhood_id
    where p.number = p_number and p.state <> 'draft'
    order by api.round_phase(r) = 'open' desc,
             abs(extract(epoch from r.closes_at - clock_timestamp())), r.id
    limit 1
$$;

ALTER FUNCTION api.sms_info(p_number smallint) OWNER TO wardmote_api;

--
-- Name: sms_language(bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_language(p_key bytea) RETURNS text
    LANGUAGE sql STABLE
    AS $$
    select coalesce((select l.language from wardmote.sms_language l where l.recipient_key = p_key), 'en')
$$;

ALTER FUNCTION api.sms_language(p_key bytea) OWNER TO wardmote_api;

--
-- Name: sms_language_choose(bytea, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_language_choose(p_key bytea, p_language text) RETURNS void
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    insert into sms_language as l (recipient_key, language) values (p_key, p_language)
    on conflict (recipient_key) do update
    set language = excluded.language, chosen_at = clock_timestamp()
$$;

ALTER FUNCTION api.sms_language_choose(p_key bytea, p_language text) OWNER TO wardmote_api;

--
-- Name: sms_list(bytea, text, integer, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_list(p_sender bytea, p_place text, p_page integer, p_more boolean) RETURNS TABLE(outcome text, page integer, area text, round integer, kind text, closes text, number smallint, short_name text, cost bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
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

ALTER FUNCTION api.sms_list(p_sender bytea, p_place text, p_page integer, p_more boolean) OWNER TO wardmote_api;

--
-- Name: sms_menu(bigint, timestamp with time zone); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_menu(p_voter bigint, p_at timestamp with time zone) RETURNS TABLE(number smallint, short_name text, by_phone boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select p.number, p.short_name, r.eligibility = 'phone'
    from round r
    join proposal p on p.round_id = r.id and p.state = 'published'
    where r.state = 'scheduled' and r.eligibility <> 'practice' and r.opens_at <= p_at and p_at < r.closes_at
      and (p_voter is null
           or exists (select from voter v
                      join register g on g.id = v.register_id
                      join neighbourhood_within w on w.neighbourhood_id = v.neighbourhood_id
                      where v.id = p_voter and w.within_id = r.neighbourhood_id
                        and api.register_holds(g.kind, g.retired_at, r.eligibility)))
    order by p.number
$$;

ALTER FUNCTION api.sms_menu(p_voter bigint, p_at timestamp with time zone) OWNER TO wardmote_api;

--
-- Name: sms_notices(); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_notices() RETURNS TABLE(id bigint, kind text, number_sealed bytea, from_inbox boolean, digits bytea, project smallint, endpoint text, reference text, language text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
    update notice n set taken_at = clock_timestamp(), body_sealed = null
    where n.id in (select o.id from notice o
                   where o.taken_at is null and o.kind = 'sign_in_code'
                     and o.created_at < clock_timestamp() - interval '10 minutes'
                   for update skip locked);
    return query
    with mine as materialized (
        select n.* from notice n where n.taken_at is null order by n.id limit 50
        for update skip locked
    )
    select m.id, m.kind, coalesce(m.number_sealed, i.sender_sealed), m.number_sealed is null,
           m.body_sealed, p.number,
           coalesce(nullif(i.endpoint, ''), api.sms_endpoint(m.recipient_key)),
           d.reference,
           coalesce(m.language, api.sms_language(coalesce(m.recipient_key, i.sender_key)))
    from mine m
    left join inbox i on i.id = m.inbox_id
    left join amendment a on a.id = m.amendment_id
    left join proposal p on p.id = a.proposal_id
    left join idea d on d.id = m.idea_id
    order by m.id;
end
$$;

ALTER FUNCTION api.sms_notices() OWNER TO wardmote_api;

--
-- Name: sms_notices_sent(bigint[], bytea[], bytea[], integer[], text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_notices_sent(p_ids bigint[], p_recipients bytea[], p_bodies bytea[], p_segments integer[], p_senders text[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_queued integer;
begin
    insert into outbox (dedup_key, class, recipient_key, recipient_sealed, sender, body_sealed,
                        segments, expires_at)
    select 'notice:' || n.id, 'service', coalesce(n.recipient_key, i.sender_key), a.recipient,
           a.sender, a.body, a.segments,
           case n.kind when 'sign_in_code' then n.created_at + interval '10 minutes'
                       else clock_timestamp() + interval '24 hours' end
    from unnest(p_ids, p_recipients, p_bodies, p_segments, p_senders)
         a(id, recipient, body, segments, sender)
    join notice n on n.id = a.id and n.taken_at is null
    left join inbox i on i.id = n.inbox_id
    where a.body is not null
    on conflict (dedup_key) do nothing;
    get diagnostics v_queued = row_count;
    update notice n set taken_at = clock_timestamp(), body_sealed = null where n.id = any (p_ids);
    return v_queued;
end
$$;

ALTER FUNCTION api.sms_notices_sent(p_ids bigint[], p_recipients bytea[], p_bodies bytea[], p_segments integer[], p_senders text[]) OWNER TO wardmote_api;

--
-- Name: sms_notify(); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_notify() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select pg_notify('sms_in', '')
$$;

ALTER FUNCTION api.sms_notify() OWNER TO wardmote_api;

--
-- Name: sms_numbers(bigint[], smallint[], timestamp with time zone[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_numbers(p_voter bigint[], p_number smallint[], p_at timestamp with time zone[]) RETURNS TABLE(items bytea, round integer, kind text, agreement boolean, area text, short_name text, cost bigint, pot integer, pot_amount bigint, opens text, closes text, ended boolean, points integer, point_max integer, eligibility text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    -- Each once: what is looked up by them compares every project with all of them.
    v_numbers constant smallint[] := array(select distinct u.number from unnest(p_number) u(number));
begin
    return query
    with place as materialized (
        select r.id, r.kind, r.edition_id, r.neighbourhood_id, r.eligibility, r.opens_at,
               r.closes_at, r.grace, r.points_sum::integer, r.points_max::integer,
               h.name as area, api.sms_when(r.opens_at) as opens,
               api.sms_when(r.closes_at) as closes, r.closes_at <= clock_timestamp() as ended
        from round r join neighbourhood h on h.id = r.neighbourhood_id
        where r.id in (select p.round_id from proposal p where p.number = any (v_numbers))
          and r.frozen and r.eligibility <> 'practice'
    ), meant as materialized (
        select p.number, p.short_name, p.cost, t.ordinal::integer as pot, t.amount, r.*,
               count(*) over (partition by p.number) > 1 as several
        from proposal p join place r on r.id = p.round_id left join pot t on t.id = p.pot_id
        where p.number = any (v_numbers) and p.state <> 'draft'
    ), asked as (
        select unnest(p_voter) as voter, unnest(p_number) as number, unnest(p_at) as at,
               generate_subscripts(p_number, 1) as n
    ), chosen as (
        select a.n, a.at, a.number, c.id, c.opens_at, c.closes_at + c.grace as until
        from asked a join meant c on c.number = a.number where not c.several
        union all (
        select distinct on (a.n) a.n, a.at, a.number, c.id, c.opens_at, c.closes_at + c.grace
        from asked a join meant c on c.number = a.number
        where c.several
        order by a.n, (c.opens_at <= a.at and a.at < c.closes_at + c.grace) desc,
                 exists (select from voter v
                     join neighbourhood_within w on w.neighbourhood_id = v.neighbourhood_id
                     join register g on g.id = v.register_id
                     where v.id = a.voter and w.within_id = c.neighbourhood_id
                       and api.register_holds(g.kind, g.retired_at, c.eligibility)) desc,
                 least(abs(extract(epoch from c.opens_at - a.at)),
                       abs(extract(epoch from c.closes_at - a.at))), c.id)
    ), grouped as (
        select h.number, h.id,
               string_agg(int4send(case when h.opens_at <= h.at and h.at < h.until then h.n
                                        else -h.n end), ''::bytea) as items
        from chosen h group by h.number, h.id
    )
    select g.items, c.id, c.kind, c.edition_id is not null, c.area, c.short_name, c.cost, c.pot,
           c.amount, c.opens, c.closes, c.ended, c.points_sum, c.points_max, c.eligibility
    from grouped g join meant c on c.number = g.number and c.id = g.id;
end
$$;

ALTER FUNCTION api.sms_numbers(p_voter bigint[], p_number smallint[], p_at timestamp with time zone[]) OWNER TO wardmote_api;

--
-- Name: sms_offer(smallint, text, bytea, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_offer(p_number smallint, p_words text, p_sealed bytea, p_recipient bytea) RETURNS TABLE(outcome text, short_name text, area text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_proposal integer;
    v_kind     text;
    v_offer    offer;
begin
    select p.id, r.kind, p.short_name, n.name into v_proposal, v_kind, short_name, area
    from proposal p
    join round r on r.id = p.round_id and r.frozen and r.eligibility <> 'practice'
    join neighbourhood n on n.id = r.neighbourhood_id
    where p.number = p_number and p.state = 'published'
    order by api.round_phase(r) = 'open' desc,
             abs(extract(epoch from r.closes_at - clock_timestamp())), r.id
    limit 1;
    select o.* into v_offer from offer o
    where o.recipient_key = p_recipient and o.proposal_id = v_proposal for update;
    outcome := case when v_proposal is null then 'not_found'
                    when v_kind = 'yes_no' then 'question'
                    when v_offer.id is null
                         and (select count(*) from offer o
                              where o.recipient_key = p_recipient and o.agreed_at is null) >= 20
                    then 'many' else 'asked' end;
    if outcome <> 'asked' then
        return next;
        return;
    end if;
    if v_offer.id is null then
        insert into offer (proposal_id, words, number_sealed, recipient_key, door, asked_at)
        values (v_proposal, p_words, p_sealed, p_recipient, 'text', clock_timestamp());
    else
        update offer o
        set words = case when o.agreed_at is null then p_words else o.words end,
            new_words = case when o.agreed_at is not null then p_words end,
            made_at = case when o.agreed_at is null then clock_timestamp() else o.made_at end,
            asked_at = clock_timestamp()
        where o.id = v_offer.id;
    end if;
    return next;
end
$$;

ALTER FUNCTION api.sms_offer(p_number smallint, p_words text, p_sealed bytea, p_recipient bytea) OWNER TO wardmote_api;

--
-- Name: sms_offer_agree(bytea, smallint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_offer_agree(p_recipient bytea, p_number smallint) RETURNS TABLE(number smallint, short_name text, area text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
    return query
    with agreed as (
        update offer o
        set words = coalesce(o.new_words, o.words), new_words = null, asked_at = null,
            agreed_at = clock_timestamp(), answered_at = null, answered_by = null,
            made_at = case when o.new_words is null then o.made_at else clock_timestamp() end
        where o.recipient_key = p_recipient and o.asked_at > clock_timestamp() - interval '1 day'
          and (p_number = 0 or o.proposal_id in (select p.id from proposal p
                                                 where p.number = p_number))
        returning o.id, o.proposal_id
    )
    select p.number, p.short_name, n.name
    from agreed a
    join proposal p on p.id = a.proposal_id
    join round r on r.id = p.round_id
    join neighbourhood n on n.id = r.neighbourhood_id
    order by a.id;
end
$$;

ALTER FUNCTION api.sms_offer_agree(p_recipient bytea, p_number smallint) OWNER TO wardmote_api;

--
-- Name: sms_out_asked(bigint, bigint, text, text, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_out_asked(p_outbox bigint, p_token bigint, p_answer text, p_provider_ids text, p_error text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_now    constant timestamptz := clock_timestamp();
    v_answer text := p_answer;
    v_id     text;
    v_again  boolean;
    o        outbox;
begin
    select * into o from outbox x where x.id = p_outbox for update;
    if o.lease_token is distinct from p_token or o.state <> 'unknown' then
        return 'lost';
    end if;
    if v_answer = 'found' and p_provider_ids is not null then
        select i.id into v_id
        from unnest(string_to_array(p_provider_ids, ' ')) with ordinality i(id, n)
        where not exists (select from outbox x where x.provider = o.provider
                             and x.provider_id = i.id and x.id <> o.id)
        order by i.n limit 1;
        v_answer := case when v_id is null then 'absent' else 'found' end;
        perform api.sms_id_lock(o.provider, v_id);
    end if;
    if v_answer = 'found' then
        update attempt a set outcome = 'accepted'
        where a.outbox_id = p_outbox and a.n = o.attempts;
    end if;
    v_again := v_answer = 'absent' and o.asked >= 2;
    update outbox x
    set state = case when v_answer = 'found' then 'accepted'
                     when not v_again then 'unknown'
                     when o.attempts - o.tries_from < 12 then 'queued' else 'dead' end,
        asked = case when v_again then 0 when v_answer = 'absent' then o.asked + 1
                     else o.asked end,
        next_at = case when v_again then v_now
                       when v_answer = 'absent'
                       then v_now + api.sms_out_pause('absent', o.asked + 1, true)
                       else v_now + interval '1 minute' end,
        provider_id = coalesce(v_id, o.provider_id),
        last_error = coalesce(p_error, o.last_error), lease_token = null, lease_until = null,
        done_at = case when v_answer = 'found' then v_now end
    where x.id = p_outbox;
    if v_again then
        perform api.sms_budget_back(p_outbox);
    end if;
    perform api.sms_out_settle_early(p_outbox);
    return (select x.state from outbox x where x.id = p_outbox);
end
$$;

ALTER FUNCTION api.sms_out_asked(p_outbox bigint, p_token bigint, p_answer text, p_provider_ids text, p_error text) OWNER TO wardmote_api;

--
-- Name: sms_out_begin(bigint, bigint[], text[], bytea[], boolean[], text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_out_begin(p_token bigint, p_ids bigint[], p_routes text[], p_body_keys bytea[], p_abroad boolean[], p_known text[]) RETURNS TABLE(id bigint, attempt integer, provider text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
#variable_conflict use_column
declare
    v_now   constant timestamptz := clock_timestamp();
    v_day   constant date := (v_now at time zone 'Europe/London')::date;
    v_locks bigint[] := array(select x.id from outbox x
                              where x.id = any (p_ids) and x.lease_token = p_token
                                and x.state = 'leased' order by x.id for update);
    v_all   real;           -- tokens of all texts
    l       sms_limits;
    gs      sms_gateway[];  -- those known, by name; tokens as of now
    v_names text[];         -- theirs
    v_used  text[] := '{}';
    -- Those that may go, whose attempts are not written yet: by whom, their words' key, their price,
    -- their recipients.
    v_ids   bigint[] := '{}';
    v_whos  text[] := '{}';
    v_keys  bytea[] := '{}';
    v_costs numeric[] := '{}';
    v_people bytea[] := '{}';
    r       record;
    o       outbox;
    v_why   text;
    v_at    timestamptz;
    v_from  timestamptz;
    v_who   integer;        -- in gs
    v_cost  numeric;
    i       integer;
    v_name  text;
begin
    select * into l from sms_limits for update;
    v_all := api.sms_tokens(l.tokens, l.tokens_at, l.rate, l.rate, v_now);
    insert into sms_gateway (name) select k.name from unnest(p_known) k(name)
    where not exists (select from sms_gateway g where g.name = k.name) on conflict do nothing;
    gs := array(select g from sms_gateway g where g.name = any (p_known) order by g.name for update);
    for i in 1 .. cardinality(gs) loop
        v_names[i] := gs[i].name;
        gs[i].tokens := api.sms_tokens(gs[i].tokens, gs[i].tokens_at, gs[i].rate, gs[i].burst,
                                       v_now);
    end loop;

    for r in select u.route, u.body_key, u.abroad, x as text
             from unnest(p_ids, p_routes, p_body_keys, p_abroad)
                  with ordinality u(id, route, body_key, abroad, n)
             join outbox x on x.id = u.id where x.id = any (v_locks) order by u.n loop
        o := r.text;
        -- What else goes to this number now counts for what it may get.
        if o.recipient_key = any (v_people) then
            perform api.sms_out_intend(v_now, v_ids, v_whos, v_keys, v_costs);
            v_ids := '{}';
            v_whos := '{}';
            v_keys := '{}';
            v_costs := '{}';
            v_people := '{}';
        end if;
        v_why := api.sms_out_refused(o, r.body_key);
        if v_why is not null then
            update outbox x
            set state = 'cancelled', last_error = v_why, body_key = r.body_key, done_at = v_now,
                lease_token = null, lease_until = null
            where x.id = o.id;
            continue;
        end if;
        v_at := case when o.class <> 'bulk' then v_now
                     when l.bulk_paused_at is not null then 'infinity'
                     else api.sms_bulk_at(v_now) end;
        v_who := null;
        v_cost := 0;
        if v_at > v_now then
            v_why := case when l.bulk_paused_at is not null then 'paused' else 'hours' end;
        elsif v_all < 1 then
            v_why := 'rate';
            v_at := v_now + (1 - v_all) / l.rate * interval '1 second' + interval '1 millisecond';
        else
            v_why := 'gateway';
            v_at := null;
            foreach v_name in array case when o.bound then array[o.provider]
                                         else string_to_array(r.route, ' ') end loop
                i := array_position(v_names, v_name);
                continue when i is null;
                v_from := greatest(gs[i].paused_until, gs[i].open_until, v_now);
                if v_from = v_now and gs[i].tokens < 1 then
                    v_from := v_now + (1 - gs[i].tokens) / gs[i].rate * interval '1 second'
                                    + interval '1 millisecond';
                end if;
                if v_from = v_now then
                    v_who := i;
                    exit;
                end if;
                v_at := least(v_at, v_from);
            end loop;
            if v_who is null then
                v_at := coalesce(v_at, v_now + interval '5 minutes');
            else
                v_cost := o.segments * case when r.abroad then gs[v_who].price_abroad
                                            else gs[v_who].price end;
                if v_cost > 0 and not api.sms_budget_take(v_cost, o.class = 'bulk') then
                    v_who := null;
                    v_why := 'budget';
                    v_at := (v_day + 1)::timestamp at time zone 'Europe/London';
                end if;
            end if;
        end if;
        if v_who is null then
            update outbox x
            set state = 'queued', body_key = r.body_key, next_at = least(v_at, x.expires_at),
                last_error = v_why, lease_token = null, lease_until = null
            where x.id = o.id;
            continue;
        end if;
        v_all := v_all - 1;
        gs[v_who].tokens := gs[v_who].tokens - 1;
        gs[v_who].probing := gs[v_who].opened > 0;
        gs[v_who].open_until := case when gs[v_who].opened > 0
                                     then v_now + interval '60 seconds' end;
        v_used := v_used || gs[v_who].name;
        v_ids := v_ids || o.id;
        v_whos := v_whos || gs[v_who].name;
        v_people := v_people || o.recipient_key;
        v_keys := v_keys || r.body_key;
        v_costs := v_costs || v_cost;
        id := o.id;
        attempt := o.attempts + 1;
        provider := gs[v_who].name;
        return next;
    end loop;

    if cardinality(v_used) > 0 then
        perform api.sms_out_intend(v_now, v_ids, v_whos, v_keys, v_costs);
        update sms_limits set tokens = v_all, tokens_at = v_now;
        update sms_gateway g
        set tokens = n.tokens, tokens_at = v_now, probing = n.probing, open_until = n.open_until
        from unnest(gs) n where g.name = n.name and g.name = any (v_used);
    end if;
end
$$;

ALTER FUNCTION api.sms_out_begin(p_token bigint, p_ids bigint[], p_routes text[], p_body_keys bytea[], p_abroad boolean[], p_known text[]) OWNER TO wardmote_api;

--
-- Name: sms_out_claim(integer, text[], text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_out_claim(p_max integer, p_askable text[], p_known text[] DEFAULT NULL::text[]) RETURNS TABLE(id bigint, token bigint, ask boolean, provider text, client_ref uuid, recipient_sealed bytea, sender text, body_sealed bytea, since timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET enable_sort TO 'off'
    AS $$
#variable_conflict use_column
declare
    v_now   constant timestamptz := clock_timestamp();
    v_token bigint;
    v_ids   bigint[];
begin
    perform api.sms_out_tidy(v_now, p_askable);
    v_ids := array(
        select o.id from outbox o
        where o.next_at <= v_now and o.state in ('queued', 'unknown')
          and (o.lease_until is null or o.lease_until < v_now)
        order by o.class = 'bulk', o.next_at, o.id
        limit least(p_max, api.sms_out_room(v_now, p_known)) for update skip locked);
    update outbox o set state = 'expired', lease_token = null, lease_until = null
    where o.id = any (v_ids) and o.expires_at <= v_now;
    if cardinality(v_ids) = 0 then
        return;
    end if;

    v_token := nextval('lease_token');
    return query
    with claimed as (
        update outbox o
        set lease_token = v_token, lease_until = v_now + interval '60 seconds', done_at = null,
            state = case o.state when 'queued' then 'leased' else o.state end
        where o.id = any (v_ids) and o.state <> 'expired'
        returning o.*
    )
    select c.id, v_token, c.state = 'unknown', c.provider, c.client_ref, c.recipient_sealed,
           c.sender, c.body_sealed,
           case when c.state = 'unknown'
                then (select min(a.started_at) from attempt a where a.outbox_id = c.id) end
    from claimed c order by c.class = 'bulk', c.next_at, c.id;
end
$$;

ALTER FUNCTION api.sms_out_claim(p_max integer, p_askable text[], p_known text[]) OWNER TO wardmote_api;

--
-- Name: sms_out_finish(bigint, integer, bigint, text, boolean, integer, text, text, integer, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_out_finish(p_outbox bigint, p_attempt integer, p_token bigint, p_outcome text, p_can_ask boolean, p_http_status integer, p_error text, p_provider_id text, p_retry_after integer, p_pause_day boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
declare
    v_now  constant timestamptz := clock_timestamp();
    v_next timestamptz;
    v_who  text;
    v_then text;
    o      outbox;
begin
    update attempt a
    set finished_at = v_now, http_status = p_http_status, error = p_error,
        outcome = case p_outcome when 'blocked' then 'rejected' else p_outcome end
    where a.outbox_id = p_outbox and a.n = p_attempt
    returning a.provider into v_who;
    perform api.sms_id_lock(v_who, p_provider_id);
    select * into o from outbox x where x.id = p_outbox for update;
    if o.lease_token is distinct from p_token or o.state <> 'leased' then
        return 'lost';
    end if;
    v_next := v_now + greatest(api.sms_out_pause(p_outcome, o.attempts - o.tries_from, p_can_ask),
                               p_retry_after * interval '1 second');
    update outbox x
    set state = case when p_outcome = 'accepted' then 'accepted'
                     when p_outcome = 'unknown' then 'unknown'
                     when p_outcome = 'retry' and o.attempts - o.tries_from < 12
                          and v_next < o.expires_at
                     then 'queued'
                     else 'dead' end,
        next_at = coalesce(v_next, o.next_at), bound = o.bound or p_outcome = 'unknown',
        provider_id = coalesce(p_provider_id, o.provider_id), last_error = p_error,
        lease_token = null, lease_until = null,
        done_at = case when p_outcome in ('accepted', 'rejected', 'blocked') then v_now end
    where x.id = p_outbox
    returning x.state into v_then;
    if p_outcome = 'blocked' then
        insert into sms_stop (recipient_key, by) values (o.recipient_key, 'provider')
        on conflict do nothing;
        perform api.sms_consent_end(o.recipient_key, 'provider');
    end if;
    if exists (select from dlr d where d.client_ref = o.client_ref)
       or exists (select from sms_receipt_early e
                  where e.provider = o.provider and e.provider_id = p_provider_id) then
        perform api.sms_out_settle_early(p_outbox);
        select x.state into v_then from outbox x where x.id = p_outbox;
    end if;
    perform api.sms_gateway_note(o.provider, p_outcome not in ('retry', 'unknown'));
    if p_pause_day then
        update sms_gateway g
        set paused_until = (date_trunc('day', v_now at time zone 'UTC') + interval '1 day')
                           at time zone 'UTC', paused_why = 'daily limit'
        where g.name = o.provider and g.paused_until is distinct from 'infinity';
        perform api.sms_alarm_raise('daily_limit:' || o.provider);
    end if;
    if p_outcome in ('retry', 'rejected', 'blocked') then
        perform api.sms_budget_back(p_outbox);
    end if;
    return v_then;
end
$$;

ALTER FUNCTION api.sms_out_finish(p_outbox bigint, p_attempt integer, p_token bigint, p_outcome text, p_can_ask boolean, p_http_status integer, p_error text, p_provider_id text, p_retry_after integer, p_pause_day boolean) OWNER TO wardmote_api;

--
-- Name: sms_out_finish_all(bigint[], integer[], bigint[], text[], boolean[], integer[], text[], text[], integer[], boolean[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_out_finish_all(p_outboxes bigint[], p_attempts integer[], p_tokens bigint[], p_outcomes text[], p_can_asks boolean[], p_http_statuses integer[], p_errors text[], p_provider_ids text[], p_retry_afters integer[], p_pause_days boolean[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
declare
    v_now  constant timestamptz := clock_timestamp();
    v_good bigint[];
    r      record;
begin
    perform api.sms_id_lock(o.provider, u.provider_id)
    from unnest(p_outboxes, p_provider_ids) u(outbox, provider_id)
    join outbox o on o.id = u.outbox
    order by o.provider, u.provider_id;
    perform 1 from outbox x where x.id = any (p_outboxes) order by x.id for update;
    v_good := array(
        select u.outbox
        from unnest(p_outboxes, p_tokens, p_outcomes, p_provider_ids, p_pause_days)
             u(outbox, token, outcome, provider_id, pause_day)
        join outbox o on o.id = u.outbox and o.lease_token = u.token and o.state = 'leased'
        join sms_gateway g on g.name = o.provider and g.opened = 0 and position('x' in g.recent) = 0
        where u.outcome = 'accepted' and not u.pause_day
          and not exists (select from dlr d where d.client_ref = o.client_ref)
          and not exists (select from sms_receipt_early e
                          where e.provider = o.provider and e.provider_id = u.provider_id));
    with answered as materialized (
        select * from unnest(p_outboxes, p_attempts, p_http_statuses, p_errors, p_provider_ids)
                      u(outbox, attempt, http_status, error, provider_id)
        where u.outbox = any (v_good)
    ), attempts as (
        update attempt a
        set finished_at = v_now, http_status = u.http_status, error = u.error, outcome = 'accepted'
        from answered u where a.outbox_id = u.outbox and a.n = u.attempt
    )
    update outbox x
    set state = 'accepted', provider_id = coalesce(u.provider_id, x.provider_id),
        last_error = u.error, lease_token = null, lease_until = null, done_at = v_now
    from answered u where x.id = u.outbox;

    for r in select * from unnest(p_outboxes, p_attempts, p_tokens, p_outcomes, p_can_asks,
                                  p_http_statuses, p_errors, p_provider_ids, p_retry_afters,
                                  p_pause_days)
                           u(outbox, attempt, token, outcome, can_ask, http_status, error,
                             provider_id, retry_after, pause_day)
             where u.outbox <> all (v_good)
             order by u.outbox loop
        perform api.sms_out_finish(r.outbox, r.attempt, r.token, r.outcome, r.can_ask,
                                   r.http_status, r.error, r.provider_id, r.retry_after,
                                   r.pause_day);
    end loop;
end
$$;

ALTER FUNCTION api.sms_out_finish_all(p_outboxes bigint[], p_attempts integer[], p_tokens bigint[], p_outcomes text[], p_can_asks boolean[], p_http_statuses integer[], p_errors text[], p_provider_ids text[], p_retry_afters integer[], p_pause_days boolean[]) OWNER TO wardmote_api;

--
-- Name: sms_out_intend(timestamp with time zone, bigint[], text[], bytea[], numeric[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_out_intend(p_now timestamp with time zone, p_ids bigint[], p_providers text[], p_body_keys bytea[], p_costs numeric[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
begin
    with let as materialized (
        select * from unnest(p_ids, p_providers, p_body_keys, p_costs) u(id, provider, body_key, cost)
    ), written as (
        update outbox x
        set attempts = x.attempts + 1, provider = u.provider, body_key = u.body_key,
            lease_until = p_now + interval '60 seconds',
            reserved = case when u.cost > 0 then u.cost else x.reserved end,
            reserved_on = case when u.cost > 0 then (p_now at time zone 'Europe/London')::date
                               else x.reserved_on end
        from let u where x.id = u.id
        returning x.id, x.attempts, x.provider
    )
    insert into attempt (outbox_id, n, provider)
    select w.id, w.attempts, w.provider from written w;
end
$$;

ALTER FUNCTION api.sms_out_intend(p_now timestamp with time zone, p_ids bigint[], p_providers text[], p_body_keys bytea[], p_costs numeric[]) OWNER TO wardmote_api;

--
-- Name: sms_out_pause(text, integer, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_out_pause(p_outcome text, p_count integer, p_can_ask boolean) RETURNS interval
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select case p_outcome
           when 'retry' then (0.8 + 0.4 * random()) * interval '1 second'
                * (array[5, 30, 120, 600, 1800, 3600, 7200])[least(greatest(p_count, 1), 7)]
           when 'unknown' then case when p_can_ask then interval '10 seconds'
                                    else interval '120 seconds' end
           when 'absent' then case when p_count <= 1 then interval '50 seconds'
                                   else interval '4 minutes' end end
$$;

ALTER FUNCTION api.sms_out_pause(p_outcome text, p_count integer, p_can_ask boolean) OWNER TO wardmote_api;

--
-- Name: outbox; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.outbox (
    id bigint NOT NULL,
    dedup_key text NOT NULL,
    client_ref uuid DEFAULT gen_random_uuid() NOT NULL,
    class text NOT NULL,
    recipient_key bytea NOT NULL,
    recipient_sealed bytea,
    sender text NOT NULL,
    body_sealed bytea,
    segments smallint NOT NULL,
    passive boolean DEFAULT false NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    attempts smallint DEFAULT 0 NOT NULL,
    asked smallint DEFAULT 0 NOT NULL,
    next_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expires_at timestamp with time zone DEFAULT (clock_timestamp() + '24:00:00'::interval) NOT NULL,
    lease_token bigint,
    lease_until timestamp with time zone,
    provider text,
    provider_id text,
    last_error text,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    done_at timestamp with time zone,
    reserved numeric(9,4) DEFAULT 0 NOT NULL,
    reserved_on date,
    tries_from smallint DEFAULT 0 NOT NULL,
    bound boolean DEFAULT false NOT NULL,
    body_key bytea,
    lookup boolean DEFAULT false NOT NULL,
    CONSTRAINT outbox_body_key_check CHECK ((octet_length(body_key) = 32)),
    CONSTRAINT outbox_class_check CHECK ((class = ANY (ARRAY['reply'::text, 'service'::text, 'bulk'::text]))),
    CONSTRAINT outbox_dedup_key_check CHECK ((length(dedup_key) <= 100)),
    CONSTRAINT outbox_last_error_check CHECK ((length(last_error) <= 200)),
    CONSTRAINT outbox_provider_id_check CHECK ((length(provider_id) <= 200)),
    CONSTRAINT outbox_recipient_key_check CHECK ((octet_length(recipient_key) = 32)),
    CONSTRAINT outbox_segments_check CHECK (((segments >= 1) AND (segments <= 10))),
    CONSTRAINT outbox_sender_check CHECK ((length(sender) <= 40)),
    CONSTRAINT outbox_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'leased'::text, 'accepted'::text, 'delivered'::text, 'undelivered'::text, 'unknown'::text, 'held'::text, 'expired'::text, 'dead'::text, 'cancelled'::text])))
);

ALTER TABLE wardmote.outbox OWNER TO wardmote_owner;

--
-- Name: sms_out_refused(wardmote.outbox, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_out_refused(o wardmote.outbox, p_body_key bytea) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    return (
    with sent as (
        select count(*) filter (where x.class = 'reply' and x.created_at > h.ago) as replies,
               count(*) filter (where x.class <> 'reply' and x.created_at > h.ago) as others,
               count(*) filter (where x.class <> 'reply') as others_today,
               count(*) filter (where x.body_key = p_body_key and x.created_at > h.ago) as alike
        from outbox x, (select clock_timestamp() - interval '1 hour' as ago) h
        where x.recipient_key = o.recipient_key and x.id <> o.id
          and x.attempts > 0 and x.state <> 'cancelled'
          and x.created_at > clock_timestamp() - interval '1 day'
    )
    select case
           when exists (select from sms_stop s
                        where s.recipient_key = o.recipient_key and s.by = 'provider')
           then 'blocked'
           when o.class = 'bulk'
                and exists (select from sms_stop s where s.recipient_key = o.recipient_key)
           then 'stopped'
           when o.class = 'bulk' and api.bulk_moot(o.id) then 'moot'
           when o.attempts > o.tries_from then null -- it was let through before
           when s.alike >= 10 then 'loop'
           when o.class = 'reply' and s.replies >= 30 then 'limit'
           when o.class <> 'reply' and (s.others >= 6 or s.others_today >= 20) then 'limit' end
    from sent s);
end
$$;

ALTER FUNCTION api.sms_out_refused(o wardmote.outbox, p_body_key bytea) OWNER TO wardmote_api;

--
-- Name: sms_out_room(timestamp with time zone, text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_out_room(p_now timestamp with time zone, p_known text[]) RETURNS bigint
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select floor(least(
        (select case when t.held >= l.rate / 10 then t.held else 0 end
         from sms_limits l,
              lateral (select api.sms_tokens(l.tokens, l.tokens_at, l.rate, l.rate, p_now) as held) t),
        coalesce((select sum(case when greatest(g.paused_until, g.open_until, p_now) > p_now
                                  then g.burst
                                  else api.sms_tokens(g.tokens, g.tokens_at, g.rate, g.burst,
                                                      p_now) end)
                  from sms_gateway g where p_known is null or g.name = any (p_known)), 1)))::bigint
$$;

ALTER FUNCTION api.sms_out_room(p_now timestamp with time zone, p_known text[]) OWNER TO wardmote_api;

--
-- Name: sms_out_settle_early(bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_out_settle_early(p_outbox bigint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    with early as (
        delete from sms_receipt_early e using outbox o
        where o.id = p_outbox and e.provider = o.provider and e.provider_id = o.provider_id
        returning o.client_ref, e.status
    )
    insert into dlr (client_ref, status) select e.client_ref, e.status from early e
    on conflict do nothing;
    perform api.sms_settle(p_outbox);
end
$$;

ALTER FUNCTION api.sms_out_settle_early(p_outbox bigint) OWNER TO wardmote_api;

--
-- Name: sms_out_tidy(timestamp with time zone, text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_out_tidy(p_now timestamp with time zone, p_askable text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
declare
    v_ids bigint[];
begin
    v_ids := array(select o.id from outbox o where o.state = 'leased' and o.lease_until < p_now
                   order by o.lease_until -- as the index has them, and no other
                   for update skip locked);
    if cardinality(v_ids) > 0 then
        with cut as (
            update attempt a set finished_at = p_now, outcome = 'unknown', error = 'lease ran out'
            where a.outbox_id = any (v_ids) and a.finished_at is null
            returning a.outbox_id
        )
        update outbox o
        set state = case when c.outbox_id is null then 'queued' else 'unknown' end,
            lease_token = null, lease_until = null,
            bound = o.bound or c.outbox_id is not null,
            last_error = case when c.outbox_id is null then o.last_error else 'lease ran out' end,
            next_at = case when c.outbox_id is null then p_now
                           else p_now + api.sms_out_pause('unknown', 0,
                                                          o.provider = any (p_askable)) end
        from unnest(v_ids) u(id) left join cut c on c.outbox_id = u.id
        where o.id = u.id;
        perform api.sms_settle(u.id) from unnest(v_ids) u(id);
    end if;

    -- By ids, as above: joined, with plans made while the table was empty, every text would be compared.
    v_ids := array(
        select x.id from outbox x
        where x.state = 'unknown' and x.next_at <= p_now and x.provider <> all (p_askable)
          and x.expires_at > p_now and (x.lease_until is null or x.lease_until < p_now)
        for update skip locked);
    update outbox o
    set state = case when o.asked = 0 and o.class = 'reply' then 'queued' else 'held' end,
        asked = o.asked + 1, lease_token = null, lease_until = null
    where o.id = any (v_ids);
end
$$;

ALTER FUNCTION api.sms_out_tidy(p_now timestamp with time zone, p_askable text[]) OWNER TO wardmote_api;

--
-- Name: sms_out_wake(text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_out_wake(p_why text) RETURNS void
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    update outbox o set next_at = clock_timestamp()
    from (select w.id from outbox w
          where w.state = 'queued' and w.last_error = p_why and w.next_at > clock_timestamp()
          for update skip locked) waiting
    where o.id = waiting.id
$$;

ALTER FUNCTION api.sms_out_wake(p_why text) OWNER TO wardmote_api;

--
-- Name: sms_part(text, bytea, text, text, integer, integer, text, timestamp with time zone, bytea, bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_part(p_provider text, p_sender_key bytea, p_endpoint text, p_ref text, p_total integer, p_part integer, p_message_id text, p_sent_at timestamp with time zone, p_sender_sealed bytea, p_body_sealed bytea) RETURNS TABLE(message_id text, sent_at timestamp with time zone, body_sealed bytea)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
    perform pg_advisory_xact_lock(hashtextextended(encode(p_sender_key, 'hex'), 3));
    delete from sms_part p
    where p.provider = p_provider and p.sender_key = p_sender_key and p.endpoint = p_endpoint
      and p.ref = p_ref and p.received_at < clock_timestamp() - interval '30 minutes';
    insert into sms_part (provider, sender_key, endpoint, ref, total, part, message_id, sent_at,
                          sender_sealed, body_sealed)
    values (p_provider, p_sender_key, p_endpoint, p_ref, p_total, p_part, p_message_id, p_sent_at,
            p_sender_sealed, p_body_sealed)
    on conflict do nothing;
    update sms_part p set joined = true
    where p.provider = p_provider and p.sender_key = p_sender_key and p.endpoint = p_endpoint
      and p.ref = p_ref and p.total = p_total
      and p_total = (select count(*) from sms_part x
                     where x.provider = p_provider and x.sender_key = p_sender_key
                       and x.endpoint = p_endpoint and x.ref = p_ref and x.total = p_total);
    return query
    select p.message_id, p.sent_at, p.body_sealed from sms_part p
    where p.provider = p_provider and p.sender_key = p_sender_key and p.endpoint = p_endpoint
      and p.ref = p_ref and p.total = p_total and p.joined
    order by p.part;
end
$$;

ALTER FUNCTION api.sms_part(p_provider text, p_sender_key bytea, p_endpoint text, p_ref text, p_total integer, p_part integer, p_message_id text, p_sent_at timestamp with time zone, p_sender_sealed bytea, p_body_sealed bytea) OWNER TO wardmote_api;

--
-- Name: sms_parts_late(timestamp with time zone); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_parts_late(p_now timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_rows integer;
begin
    delete from sms_part p where p.joined and p.received_at < p_now - interval '1 day';
    with late as (
        delete from sms_part p
        where not p.joined and p.received_at < p_now - interval '30 minutes'
        returning p.*
    )
    insert into inbox (provider, endpoint, message_id, sent_at, sender_key, sender_sealed, near_key,
                       body_sealed, state, received_at)
    select l.provider, l.endpoint, l.message_id, l.sent_at, l.sender_key, l.sender_sealed,
           sha256(l.body_sealed), l.body_sealed, 'quarantined', l.received_at
    from late l
    on conflict on constraint inbox_once do nothing;
    get diagnostics v_rows = row_count;
    return v_rows;
end
$$;

ALTER FUNCTION api.sms_parts_late(p_now timestamp with time zone) OWNER TO wardmote_api;

--
-- Name: sms_place(bytea, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_place(p_sender bytea, p_place text) RETURNS integer
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select case when p_place = '' then coalesce(
        api.sms_area(p_sender),
        (select min(r.neighbourhood_id) from round r
         where r.eligibility <> 'practice'
           and api.round_phase(r) = 'open'
         having count(distinct r.neighbourhood_id) = 1))
    else coalesce(
        (select n.id from neighbourhood n
         where lower(n.name) = lower(p_place) or n.slug = lower(p_place) order by n.id limit 1),
        (select min(n.id) from neighbourhood n
         where length(p_place) >= 3 and starts_with(lower(n.name), lower(p_place))
         having count(*) = 1),
        0) end
$$;

ALTER FUNCTION api.sms_place(p_sender bytea, p_place text) OWNER TO wardmote_api;

--
-- Name: sms_poll_begin(text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_poll_begin(p_provider text) RETURNS TABLE(known_until timestamp with time zone, whole boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_now   constant timestamptz := clock_timestamp();
    -- The last three o'clock that was.
    v_night constant timestamptz := (date_trunc('day', v_now at time zone 'Europe/London'
                                                       - interval '3 hours')
                                     + interval '3 hours') at time zone 'Europe/London';
    p       sms_poll;
begin
    insert into sms_poll (provider) values (p_provider) on conflict do nothing;
    select * into p from sms_poll x where x.provider = p_provider for update skip locked;
    if not found or p.lease_until > v_now or p.last_ok > v_now - interval '1 minute' then
        return;
    end if;
    update sms_poll x set lease_until = v_now + interval '5 minutes' where x.provider = p_provider;
    return query select p.last_ok - interval '10 minutes',
        p.last_full is null or p.last_full < v_night;
end
$$;

ALTER FUNCTION api.sms_poll_begin(p_provider text) OWNER TO wardmote_api;

--
-- Name: sms_poll_end(text, boolean, integer, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_poll_end(p_provider text, p_whole boolean, p_only_by_poll integer, p_good boolean) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    p sms_poll;
begin
    select * into p from sms_poll x where x.provider = p_provider for update;
    if p_only_by_poll > 0 and p.last_ok is not null then
        perform api.sms_alarm_raise('webhook_lost:' || p_provider);
    end if;
    update sms_poll x
    set lease_until = case when not p_good then clock_timestamp() + interval '1 minute' end,
        last_ok = case when p_good then clock_timestamp() else x.last_ok end,
        last_full = case when p_good and p_whole then clock_timestamp() else x.last_full end,
        only_by_poll = x.only_by_poll + p_only_by_poll
    where x.provider = p_provider;
end
$$;

ALTER FUNCTION api.sms_poll_end(p_provider text, p_whole boolean, p_only_by_poll integer, p_good boolean) OWNER TO wardmote_api;

--
-- Name: sms_receive(text, text, text, timestamp with time zone, bytea, bytea, bytea, bytea, boolean, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_receive(p_provider text, p_endpoint text, p_message_id text, p_sent_at timestamp with time zone, p_sender_key bytea, p_sender_sealed bytea, p_near_key bytea, p_body_sealed bytea, p_quarantine boolean, p_did text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    perform pg_advisory_xact_lock_shared(2, 0);
    insert into inbox (provider, endpoint, message_id, sent_at, sender_key, sender_sealed,
                       near_key, body_sealed, state, provider_did)
    values (p_provider, p_endpoint, p_message_id, p_sent_at, p_sender_key, p_sender_sealed,
            p_near_key, p_body_sealed, case when p_quarantine then 'quarantined' else 'new' end,
            p_did)
    on conflict on constraint inbox_once do nothing;
    if found then
        return 'new';
    end if;
    perform api.sms_receive_changed(array[p_provider], array[p_endpoint], array[p_message_id],
                                    array[p_near_key]);
    return 'known';
end
$$;

ALTER FUNCTION api.sms_receive(p_provider text, p_endpoint text, p_message_id text, p_sent_at timestamp with time zone, p_sender_key bytea, p_sender_sealed bytea, p_near_key bytea, p_body_sealed bytea, p_quarantine boolean, p_did text) OWNER TO wardmote_api;

--
-- Name: sms_receive_all(text[], text[], text[], timestamp with time zone[], bytea[], bytea[], bytea[], bytea[], boolean[], text[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_receive_all(p_providers text[], p_endpoints text[], p_message_ids text[], p_sent_ats timestamp with time zone[], p_sender_keys bytea[], p_sender_seals bytea[], p_near_keys bytea[], p_body_seals bytea[], p_quarantines boolean[], p_dids text[] DEFAULT NULL::text[], OUT fresh integer, OUT quarantined integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    perform pg_advisory_xact_lock_shared(2, 0);
    begin
        insert into inbox (provider, endpoint, message_id, sent_at, sender_key, sender_sealed,
                           near_key, body_sealed, state, provider_did)
        select a.provider, a.endpoint, a.message_id, a.sent_at, a.sender_key, a.sender_sealed,
               a.near_key, a.body_sealed, case when a.quarantine then 'quarantined' else 'new' end,
               a.did
        from unnest(p_providers, p_endpoints, p_message_ids, p_sent_ats, p_sender_keys,
                    p_sender_seals, p_near_keys, p_body_seals, p_quarantines, p_dids)
             with ordinality a(provider, endpoint, message_id, sent_at, sender_key, sender_sealed,
                               near_key, body_sealed, quarantine, did, n)
        order by a.n;
        fresh := cardinality(p_providers);
        quarantined := (select count(*) from unnest(p_quarantines) q where q);
        return;
    exception when unique_violation then
        fresh := 0;
        quarantined := 0;
    end;
    for i in 1 .. cardinality(p_providers) loop
        if api.sms_receive(p_providers[i], p_endpoints[i], p_message_ids[i], p_sent_ats[i],
                           p_sender_keys[i], p_sender_seals[i], p_near_keys[i], p_body_seals[i],
                           p_quarantines[i], p_dids[i]) = 'new' then
            fresh := fresh + 1;
            quarantined := quarantined + p_quarantines[i]::integer;
        end if;
    end loop;
end
$$;

ALTER FUNCTION api.sms_receive_all(p_providers text[], p_endpoints text[], p_message_ids text[], p_sent_ats timestamp with time zone[], p_sender_keys bytea[], p_sender_seals bytea[], p_near_keys bytea[], p_body_seals bytea[], p_quarantines boolean[], p_dids text[], OUT fresh integer, OUT quarantined integer) OWNER TO wardmote_api;

--
-- Name: sms_receive_changed(text[], text[], text[], bytea[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_receive_changed(p_providers text[], p_endpoints text[], p_message_ids text[], p_near_keys bytea[]) RETURNS void
    LANGUAGE sql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select api.sms_alarm_raise('text_changed:' || x.provider)
    from (select distinct a.provider
          from unnest(p_providers, p_endpoints, p_message_ids, p_near_keys)
               a(provider, endpoint, message_id, near_key)
          join inbox i on i.provider = a.provider and i.endpoint = a.endpoint
                      and i.message_id = a.message_id
          where i.near_key <> a.near_key and i.state <> 'quarantined'
            and i.near_key <> decode(repeat('00', 32), 'hex')) x
$$;

ALTER FUNCTION api.sms_receive_changed(p_providers text[], p_endpoints text[], p_message_ids text[], p_near_keys bytea[]) OWNER TO wardmote_api;

--
-- Name: sms_receive_late(text, text, text, timestamp with time zone, bytea, bytea, bytea, bytea, boolean, bigint, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_receive_late(p_provider text, p_endpoint text, p_message_id text, p_sent_at timestamp with time zone, p_sender_key bytea, p_sender_sealed bytea, p_near_key bytea, p_body_sealed bytea, p_quarantine boolean, p_waited bigint, p_did text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    perform pg_advisory_xact_lock_shared(2, 0);
    insert into inbox (provider, endpoint, message_id, sent_at, sender_key, sender_sealed,
                       near_key, body_sealed, state, provider_did, received_at)
    values (p_provider, p_endpoint, p_message_id, p_sent_at, p_sender_key, p_sender_sealed,
            p_near_key, p_body_sealed, case when p_quarantine then 'quarantined' else 'new' end,
            p_did,
            clock_timestamp() - least(greatest(p_waited, 0), 86400000) * interval '1 millisecond')
    on conflict on constraint inbox_once do nothing;
    if found then
        return 'new';
    end if;
    perform api.sms_receive_changed(array[p_provider], array[p_endpoint], array[p_message_id],
                                    array[p_near_key]);
    return 'known';
end
$$;

ALTER FUNCTION api.sms_receive_late(p_provider text, p_endpoint text, p_message_id text, p_sent_at timestamp with time zone, p_sender_key bytea, p_sender_sealed bytea, p_near_key bytea, p_body_sealed bytea, p_quarantine boolean, p_waited bigint, p_did text) OWNER TO wardmote_api;

--
-- Name: sms_reference(text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_reference(p_text text) RETURNS uuid
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $_$
    select case when lower(p_text) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                then p_text::uuid end
$_$;

ALTER FUNCTION api.sms_reference(p_text text) OWNER TO wardmote_api;

--
-- Name: sms_release(bigint, text, bigint[], boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_release(p_token bigint, p_why text DEFAULT 'failed'::text, p_ids bigint[] DEFAULT '{}'::bigint[], p_alone boolean DEFAULT false) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
declare
    v_ours constant boolean := p_why <> 'failed';
    v_held bigint[];
    v_rows integer;
begin
    delete from inbox_lease l where l.token = p_token returning l.ids into v_held;
    if v_held is null and v_ours then
        with back as (
            update inbox_waiting w set alone = p_alone
            where w.inbox_id = any (p_ids)
              and w.inbox_id not in (select h.id from inbox_lease l, unnest(l.ids) h(id))
            returning w.inbox_id
        )
        update inbox i set attempts = greatest(i.attempts - 1, 0)
        from back b where p_alone and i.id = b.inbox_id and i.id = any (p_ids);
    end if;
    update inbox_waiting w
    set alone = w.alone or not v_ours,
        next_at = clock_timestamp()
                + case when v_ours then interval '5 seconds'
                       when i.attempts = 0 then interval '0'
                       else least(300, 2 ^ (i.attempts - 1)) * interval '1 second' end
    from inbox i
    where w.inbox_id = any (v_held) and i.id = w.inbox_id and i.id = any (v_held);
    get diagnostics v_rows = row_count;
    update inbox i set attempts = i.attempts - 1
    from inbox_waiting w
    where v_ours and w.inbox_id = any (v_held) and w.alone and i.id = w.inbox_id and i.id = any (v_held);
    if p_why = 'full' then
        begin
            perform api.sms_alarm_raise('database_full');
        exception when insufficient_resources then
            null;
        end;
    end if;
    return v_rows;
end
$$;

ALTER FUNCTION api.sms_release(p_token bigint, p_why text, p_ids bigint[], p_alone boolean) OWNER TO wardmote_api;

--
-- Name: sms_replies_left(bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_replies_left(p_key bytea) RETURNS TABLE(left_now integer, again timestamp with time zone, again_words text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with last_hour as (
        select count(*)::integer as n, min(o.created_at) as oldest
        from outbox o
        where o.recipient_key = p_key and o.class = 'reply' and o.state <> 'cancelled'
          and o.created_at > clock_timestamp() - interval '1 hour'
    ), moment as (
        select greatest(30 - h.n, 0) as left_now,
               date_trunc('hour', coalesce(h.oldest, clock_timestamp()) + interval '2 hours')
                   as again
        from last_hour h
    )
    select m.left_now, m.again, api.sms_when(m.again) from moment m
$$;

ALTER FUNCTION api.sms_replies_left(p_key bytea) OWNER TO wardmote_api;

--
-- Name: sms_result(bytea, text, smallint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_result(p_sender bytea, p_place text, p_number smallint) RETURNS TABLE(outcome text, area text, closes text, ballots integer, question boolean, adopted boolean, yes bigint, no bigint, spent bigint, budget bigint, number smallint, short_name text, won boolean, asked boolean, reason text, votes bigint, cost bigint, "left" bigint, score bigint, needed text, share text, other_number smallint, other text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    v_area  integer;
    v_round round;
    v_phase text;
    v_at    timestamptz;
begin
    if p_number > 0 then
        select r.* into v_round from proposal p join round r on r.id = p.round_id and r.frozen
                            and r.eligibility <> 'practice'
        where p.number = p_number and p.state <> 'draft'
        order by api.round_phase(r) = 'published' desc, r.closes_at desc limit 1;
    else
        v_area := api.sms_place(p_sender, p_place);
        select r.* into v_round
        from neighbourhood_within w
        join round r on r.neighbourhood_id = w.within_id and r.frozen
                    and r.eligibility <> 'practice'
                    and r.opens_at <= clock_timestamp()
        where w.neighbourhood_id = v_area
        order by api.round_phase(r) = 'published' desc, r.neighbourhood_id = v_area desc,
                 r.closes_at desc limit 1;
    end if;
    v_phase := api.round_phase(v_round);
    if v_round.id is null or v_phase <> 'published' then
        v_at := api.result_comes(v_round.id);
        return query
        select case when p_number = 0 and v_area is null then 'which'
                    when v_area = 0 or (p_number > 0 and v_round.id is null) then 'unknown'
                    when v_round.id is null then 'none'
                    when v_at is not null then 'embargoed'
                    when v_phase = 'closed' then 'counting' else 'open' end,
               coalesce((select n.name from neighbourhood n
                         where n.id = coalesce(v_round.neighbourhood_id, v_area)), p_place),
               api.sms_when(coalesce(v_at, v_round.closes_at)), 0, false, false, 0::bigint, 0::bigint, 0::bigint,
               0::bigint, p_number, ''::text, false, false, null::text, null::bigint, null::bigint,
               null::bigint, null::bigint, null::text, null::text, null::smallint, null::text;
        return;
    end if;
    return query
    with part as (
        select a.outcome::jsonb as said from result_part a
        where a.round_id = v_round.id and a.version = api.result_shown(v_round.id)
    ), total as (
        select bool_or((p.said ->> 'adopted')::boolean) as adopted,
               sum((p.said ->> 'yes')::bigint)::bigint as yes,
               sum((p.said ->> 'no')::bigint)::bigint as no,
               (sum((p.said ->> 'cost')::numeric) * 100)::bigint as spent,
               (sum((p.said ->> 'budget')::numeric) * 100)::bigint as budget
        from part p
    ), line as (
        select (l.said ->> 'id')::smallint as number, l.said,
               (p.said ->> 'budget')::numeric as budget, p.said -> 'parameters' as terms
        from part p
        cross join lateral jsonb_array_elements(p.said -> 'proposals') l(said)
        where l.said ->> 'id' = to_char(p_number, 'FM0000')
    ), asked as (
        select l.number, l.said ->> 'reason' as reason, (l.said ->> 'votes')::bigint as votes,
               ((l.said ->> 'cost')::numeric * 100)::bigint as cost,
               (coalesce(l.said ->> 'part_funded_with', l.said ->> 'left_when_reached')::numeric
                * 100)::bigint as left_then,
               coalesce(l.said ->> 'score', l.said ->> 'votes')::numeric::bigint as score,
               case l.said ->> 'reason'
               when 'below_threshold' then l.terms ->> 'threshold'
               when 'below_minimum' then case when (l.said ->> 'votes')::bigint
                                                   < (l.terms ->> 'minimum_votes')::bigint
                                              then l.terms ->> 'minimum_votes' end
               end as needed,
               case l.said ->> 'reason' when 'below_minimum' then l.terms ->> 'minimum_share'
                                        when 'above_cap' then l.terms ->> 'maximum_cost'
               end as share,
               coalesce(l.said ->> 'excluded_by', l.said #>> '{money_went_to,0,id}')::smallint
                   as other,
               (l.budget * 100)::bigint as budget
        from line l
    ), told as (
        select p.number, p.short_name, p.number = p_number as asked,
               exists (select from part x
                       where x.said -> 'winners' ? to_char(p.number, 'FM0000')) as won
        from proposal p where p.round_id = v_round.id and p.state <> 'draft'
    )
    select 'result', n.name, api.sms_when(v_round.closes_at), x.ballots, v_round.kind = 'yes_no',
           t.adopted, t.yes, t.no, t.spent, coalesce(a.budget, t.budget), w.number, w.short_name,
           w.won, w.asked,
           case when v_round.kind = 'yes_no' then (select p.said ->> 'reason' from part p limit 1)
                when w.asked then a.reason end,
           a.votes, a.cost, a.left_then, a.score,
           case when v_round.kind = 'yes_no'
                then (select p.said #>> '{parameters,minimum_votes}' from part p limit 1)
                else a.needed end,
           a.share, a.other, o.short_name
    from neighbourhood n
    join result x on x.round_id = v_round.id and x.version = api.result_shown(v_round.id)
    cross join total t
    left join told w on case when p_number > 0 then w.asked
                             else w.won or v_round.kind = 'yes_no' end
    left join asked a on a.number = w.number
    left join proposal o on o.round_id = v_round.id and o.number = a.other
    where n.id = v_round.neighbourhood_id
    order by w.number;
end
$$;

ALTER FUNCTION api.sms_result(p_sender bytea, p_place text, p_number smallint) OWNER TO wardmote_api;

--
-- Name: sms_settle(bigint); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_settle(p_outbox bigint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    with best as (
        select case when bool_or(d.status = 'delivered') then 'delivered'
                    when bool_or(d.status = 'undelivered') then 'undelivered'
                    else 'accepted' end as state
        from outbox o join dlr d on d.client_ref = o.client_ref
        where o.id = p_outbox
        having count(*) > 0
    )
    update outbox o
    set state = b.state, lease_token = null, lease_until = null,
        done_at = coalesce(o.done_at, clock_timestamp())
    from best b
    where o.id = p_outbox
      and case b.state when 'delivered' then o.state <> 'delivered'
                       when 'undelivered' then o.state not in ('delivered', 'undelivered')
                       else o.state in ('queued', 'leased', 'unknown', 'held') end;
    update dlr d set applied = true
    from outbox o
    where o.id = p_outbox and d.client_ref = o.client_ref and not d.applied;
end
$$;

ALTER FUNCTION api.sms_settle(p_outbox bigint) OWNER TO wardmote_api;

--
-- Name: sms_standing(bigint[], bytea[], timestamp with time zone[]); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_standing(p_voter bigint[], p_sender_key bytea[], p_at timestamp with time zone[]) RETURNS TABLE(item integer, round integer, kind text, agreement boolean, area text, opens text, closes text, ended boolean, takes boolean, channel smallint, cast_words text, mine boolean, voided boolean, receipt bigint, points integer, number smallint, weight smallint, short_name text, cost bigint, pot integer, pot_amount bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select a.n::integer, r.id, r.kind, r.edition_id is not null, h.name, api.sms_when(r.opens_at),
           api.sms_when(r.closes_at), r.closes_at <= clock_timestamp(),
           r.state = 'scheduled' and a.at < r.closes_at + r.grace, x.channel,
           api.sms_when(x.cast_at),
           coalesce(i.sender_key = a.sender_key, false), d.revision is not null, x.receipt,
           r.points_sum::integer, k.number, k.weight, p.short_name, p.cost, t.ordinal::integer,
           t.amount
    from unnest(p_voter, p_sender_key, p_at) with ordinality a(voter, sender_key, at, n)
    join voter v on v.id = a.voter
    join neighbourhood_within w on w.neighbourhood_id = v.neighbourhood_id
    join round r on r.neighbourhood_id = w.within_id and r.frozen
                and a.at < r.closes_at + interval '28 days'
    join ballot b on b.round_id = r.id and b.voter_id = v.id
    join neighbourhood h on h.id = r.neighbourhood_id
    join revision x on x.round_id = b.round_id and x.voter_id = b.voter_id
                   and x.revision = b.current_revision and not x.withdrawn
    left join revision_void d on d.round_id = x.round_id and d.voter_id = x.voter_id
                             and d.revision = x.revision
    left join inbox i on i.id = x.inbox_id
    left join lateral unnest(x.numbers, x.weights) k(number, weight) on true
    left join proposal p on p.round_id = r.id and p.number = k.number and p.state <> 'draft'
    left join pot t on t.id = p.pot_id
    order by a.n, r.closes_at <= a.at, r.kind = 'yes_no', r.closes_at, r.id,
             case when r.kind = 'ranking' then k.weight end, k.number
$$;

ALTER FUNCTION api.sms_standing(p_voter bigint[], p_sender_key bytea[], p_at timestamp with time zone[]) OWNER TO wardmote_api;

--
-- Name: sms_start(bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_start(p_key bytea) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with gone as (delete from sms_stop s where s.recipient_key = p_key returning 1)
    select exists (select from gone)
$$;

ALTER FUNCTION api.sms_start(p_key bytea) OWNER TO wardmote_api;

--
-- Name: sms_stop(bytea); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_stop(p_key bytea) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    insert into sms_stop (recipient_key, by) values (p_key, 'text') on conflict do nothing;
    select api.sms_consent_end(p_key, 'text');
    update outbox o
    set state = 'cancelled', last_error = 'stopped', done_at = clock_timestamp()
    where o.recipient_key = p_key and o.class = 'bulk' and o.state = 'queued'
$$;

ALTER FUNCTION api.sms_stop(p_key bytea) OWNER TO wardmote_api;

--
-- Name: sms_tokens(real, timestamp with time zone, real, real, timestamp with time zone); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_tokens(p_tokens real, p_at timestamp with time zone, p_rate real, p_most real, p_now timestamp with time zone) RETURNS real
    LANGUAGE sql STABLE
    AS $$
    select case when p_at > p_now + interval '1 minute' then p_most
                else least(p_most, p_tokens + p_rate
                                   * greatest(extract(epoch from p_now - p_at), 0)::real) end
$$;

ALTER FUNCTION api.sms_tokens(p_tokens real, p_at timestamp with time zone, p_rate real, p_most real, p_now timestamp with time zone) OWNER TO wardmote_api;

--
-- Name: sms_when(timestamp with time zone); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_when(p_at timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select to_char(p_at at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI')
$$;

ALTER FUNCTION api.sms_when(p_at timestamp with time zone) OWNER TO wardmote_api;

--
-- Name: sms_wish_new(bytea, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.sms_wish_new(p_key bytea, p_outcome text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select case
           when p_outcome = 'stop' then
               not exists (select from sms_stop s where s.recipient_key = p_key)
           when p_outcome = 'start' then
               exists (select from sms_stop s where s.recipient_key = p_key)
           when p_outcome = 'news' then
               not exists (select from sms_consent c
                           where c.recipient_key = p_key and c.ended_at is null)
           when p_outcome in ('lang_en', 'lang_pl') then
               api.sms_language(p_key) <> substr(p_outcome, 6)
           else false end
$$;

ALTER FUNCTION api.sms_wish_new(p_key bytea, p_outcome text) OWNER TO wardmote_api;

--
-- Name: text_part(text, boolean); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.text_part(p_outcome text, p_late boolean) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    select case
        when p_outcome in ('told', 'shown', 'help', 'stop', 'start', 'news', 'lang', 'lang_en',
                           'lang_pl', 'offer', 'agree') then 'queries'
        when p_outcome = 'recorded' then 'confirmations'
        when p_late or p_outcome = 'refused_closed' then 'late'
        when p_outcome = 'challenged' then 'unconfirmed'
        when p_outcome in ('no_code', 'bad_code', 'wrong_code', 'wrong_digits') then 'refused_code'
        when p_outcome in ('refused_number', 'refused_limits', 'refused_area') then p_outcome
        when p_outcome in ('unclear', 'no_numbers', 'too_many', 'no_vote', 'bad_number',
                           'refused_kind') then 'refused_unclear'
        else 'refused_other' end
$$;

ALTER FUNCTION api.text_part(p_outcome text, p_late boolean) OWNER TO wardmote_api;

--
-- Name: translation_now(wardmote.proposal, text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.translation_now(p_proposal wardmote.proposal, p_language text) RETURNS TABLE(state text, title text, short_name text, summary text, body text, revision integer, of_revision integer, at timestamp with time zone, officer_id integer)
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select case when (p_proposal.title <> '') > (t.title <> '')
                  or (p_proposal.short_name <> '') > (t.short_name <> '')
                  or (p_proposal.summary <> '') > (t.summary <> '')
                  or (p_proposal.body <> '') > (t.body <> '') then 'part'
                when (w.title, w.short_name, w.summary, w.body)
                     is distinct from (p_proposal.title, p_proposal.short_name, p_proposal.summary,
                                       p_proposal.body) then 'old'
                else 'done' end,
           t.title, t.short_name, t.summary, t.body, t.revision, t.of_revision, t.at, t.officer_id
    from proposal_translation t
    left join proposal_revision w on w.proposal_id = t.proposal_id and w.revision = t.of_revision
    where t.proposal_id = p_proposal.id and t.language = p_language
    order by t.revision desc limit 1
$$;

ALTER FUNCTION api.translation_now(p_proposal wardmote.proposal, p_language text) OWNER TO wardmote_api;

--
-- Name: voter_ballot(integer, bigint, bigint, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.voter_ballot(p_round integer, p_voter bigint, p_credential bigint, p_generation integer) RETURNS TABLE(in_reach boolean, area_name text, revision integer, withdrawn boolean, channel smallint, cast_at timestamp with time zone, receipt bigint, in_area boolean, declared boolean, voided boolean, void_reason text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select w.within_id is not null and api.register_holds(g.kind, g.retired_at, r.eligibility),
           n.name, h.revision, h.withdrawn, h.channel, h.cast_at, h.receipt,
           w.within_id is not null,
           (r.minimum_age is null or coalesce(d.old_enough, false))
           and (r.residence = 'none' or coalesce(d.residence, '') <> ''),
           x.revision is not null, m.reason
    from voter v
    join register g on g.id = v.register_id
    join neighbourhood n on n.id = v.neighbourhood_id
    left join round r on r.id = p_round
    left join neighbourhood_within w on w.neighbourhood_id = v.neighbourhood_id
                                    and w.within_id = r.neighbourhood_id
    left join declaration d on d.round_id = p_round and d.voter_id = v.id
    left join ballot b on b.round_id = p_round and b.voter_id = v.id
    left join revision h on h.round_id = b.round_id and h.voter_id = b.voter_id
                        and h.revision = b.current_revision
    left join revision_void x on x.round_id = h.round_id and x.voter_id = h.voter_id
                             and x.revision = h.revision
    left join amendment m on m.id = x.amendment_id
    where v.id = p_voter and api.voter_now(p_voter, p_credential, p_generation)
$$;

ALTER FUNCTION api.voter_ballot(p_round integer, p_voter bigint, p_credential bigint, p_generation integer) OWNER TO wardmote_api;

--
-- Name: voter_declare(integer, bigint, bigint, integer, boolean, text, smallint, timestamp with time zone); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.voter_declare(p_round integer, p_voter bigint, p_credential bigint, p_generation integer, p_old_enough boolean, p_residence text, p_channel smallint, p_at timestamp with time zone DEFAULT clock_timestamp()) RETURNS TABLE(outcome text, area text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_round     round;
    v_residence text := '';
    v_lies      integer;
    v_young     boolean;
begin
    if not api.voter_now(p_voter, p_credential, p_generation) then
        return query select 'ended', null::text;
        return;
    end if;
    select r.* into v_round
    from round r
    join voter v on v.id = p_voter
    join register g on g.id = v.register_id
                   and api.register_holds(g.kind, g.retired_at, r.eligibility)
    join neighbourhood_within w on w.neighbourhood_id = v.neighbourhood_id
                               and w.within_id = r.neighbourhood_id
    where r.id = p_round and r.frozen;
    if v_round.id is null then
        return query select 'no_round', null::text;
        return;
    elsif v_round.state <> 'scheduled' or p_at < v_round.opens_at
       or p_at >= v_round.closes_at then
        return query select 'closed', null::text;
        return;
    end if;
    v_young := v_round.minimum_age is not null and p_old_enough is not true;
    if v_young then
        return query select 'age', null::text;
    end if;

    if v_round.residence = 'postcode' then
        v_residence := api.postcode_read(p_residence);
        select p.neighbourhood_id into v_lies from postcode p where p.postcode = v_residence;
        if v_residence is not null and v_lies is null and exists (
            select from postcode p
            join neighbourhood_within w on w.neighbourhood_id = p.neighbourhood_id
            where w.within_id = v_round.neighbourhood_id) then
            return query select 'unknown', null::text;
            return;
        end if;
    elsif v_round.residence = 'neighbourhood' then
        v_residence := nullif(btrim(p_residence), '');
        select n.id, n.name into v_lies, v_residence
        from (select v_residence as typed) t
        left join neighbourhood n on n.slug = lower(t.typed) or lower(n.name) = lower(t.typed)
        order by n.slug = lower(t.typed) desc, n.id limit 1;
        if v_lies is null and btrim(p_residence) <> '' then
            return query select 'unknown', null::text;
            return;
        end if;
    end if;
    if v_residence is null then
        return query select 'format', null::text;
        return;
    elsif v_young then
        return; -- where it lies is told to nobody who may not vote anyhow
    elsif v_lies is not null and not exists (
        select from neighbourhood_within w
        where w.neighbourhood_id = v_lies and w.within_id = v_round.neighbourhood_id) then
        return query select 'elsewhere', n.name from neighbourhood n where n.id = v_lies;
        return;
    end if;

    insert into declaration (round_id, voter_id, old_enough, residence, channel)
    values (p_round, p_voter, v_round.minimum_age is not null, v_residence, p_channel)
    on conflict (round_id, voter_id) do update
    set old_enough = excluded.old_enough, residence = excluded.residence,
        channel = excluded.channel, declared_at = clock_timestamp();
    return query select 'declared', null::text;
end
$$;

ALTER FUNCTION api.voter_declare(p_round integer, p_voter bigint, p_credential bigint, p_generation integer, p_old_enough boolean, p_residence text, p_channel smallint, p_at timestamp with time zone) OWNER TO wardmote_api;

--
-- Name: voter_now(bigint, bigint, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.voter_now(p_voter bigint, p_credential bigint, p_generation integer) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select exists (select from voter v join credential c on c.voter_id = v.id
                   where v.id = p_voter and v.generation = p_generation
                     and c.id = p_credential and c.voided_at is null)
$$;

ALTER FUNCTION api.voter_now(p_voter bigint, p_credential bigint, p_generation integer) OWNER TO wardmote_api;

--
-- Name: voter_picks(integer, bigint, bigint, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.voter_picks(p_round integer, p_voter bigint, p_credential bigint, p_generation integer) RETURNS TABLE(number smallint, weight smallint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select k.number, k.weight
    from ballot b
    join revision h on h.round_id = b.round_id and h.voter_id = b.voter_id
                   and h.revision = b.current_revision
    cross join unnest(h.numbers, h.weights) k(number, weight)
    where b.round_id = p_round and b.voter_id = p_voter
      and api.voter_now(p_voter, p_credential, p_generation)
    order by k.number
$$;

ALTER FUNCTION api.voter_picks(p_round integer, p_voter bigint, p_credential bigint, p_generation integer) OWNER TO wardmote_api;

--
-- Name: voter_rounds(bigint, bigint, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.voter_rounds(p_voter bigint, p_credential bigint, p_generation integer) RETURNS TABLE(id integer, slug text, title text, kind text, area_name text, closes_at timestamp with time zone, days integer, money bigint, proposals integer, voted boolean, cast_at timestamp with time zone, voided boolean, gone boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select r.id, r.slug, r.title, r.kind, n.name, r.closes_at, api.days_until(r.closes_at),
           coalesce((select sum(t.amount) from pot t where t.round_id = r.id), 0)::bigint,
           (select count(*)::integer from proposal p
            where p.round_id = r.id and p.state = 'published'),
           f.stands, case when f.stands then b.current_cast_at end,
           x.revision is not null,
           f.stands and exists (select from proposal p
                                where p.round_id = r.id and p.state = 'withdrawn'
                                  and p.number = any (h.numbers))
    from voter v
    join register g on g.id = v.register_id
    join neighbourhood_within w on w.neighbourhood_id = v.neighbourhood_id
    join round r on r.neighbourhood_id = w.within_id
                and api.register_holds(g.kind, g.retired_at, r.eligibility)
    join neighbourhood n on n.id = r.neighbourhood_id
    left join ballot b on b.round_id = r.id and b.voter_id = v.id
    left join revision h on h.round_id = b.round_id and h.voter_id = b.voter_id
                        and h.revision = b.current_revision
    left join revision_void x on x.round_id = h.round_id and x.voter_id = h.voter_id
                             and x.revision = h.revision
    cross join lateral (
        select coalesce(not h.withdrawn, false) and x.revision is null as stands) f
    where v.id = p_voter and api.voter_now(p_voter, p_credential, p_generation)
      and api.round_phase(r) = 'open'
    order by r.neighbourhood_id <> v.neighbourhood_id, r.kind = 'yes_no', r.closes_at, r.id
$$;

ALTER FUNCTION api.voter_rounds(p_voter bigint, p_credential bigint, p_generation integer) OWNER TO wardmote_api;

--
-- Name: voter_sign_out(bigint, integer); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.voter_sign_out(p_voter bigint, p_generation integer) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    update voter v set generation = v.generation + 1
    where v.id = p_voter and v.generation = p_generation
$$;

ALTER FUNCTION api.voter_sign_out(p_voter bigint, p_generation integer) OWNER TO wardmote_api;

--
-- Name: words_folded(text); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.words_folded(p text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select translate(regexp_replace(lower(normalize(p, nfkd) collate "und-x-icu"),
                                    '[\u0300-\u036f]', '', 'g'), 'łøđħı', 'lodhi')
$$;

ALTER FUNCTION api.words_folded(p text) OWNER TO wardmote_api;

--
-- Name: wrong_in_hour(); Type: FUNCTION; Schema: api; Owner: wardmote_api
--

CREATE FUNCTION api.wrong_in_hour() RETURNS integer
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select count(*)::integer from (select from code_try t
                                   where t.outcome = 'wrong'
                                     and t.at > clock_timestamp() - interval '1 hour'
                                   limit 1000) many
$$;

ALTER FUNCTION api.wrong_in_hour() OWNER TO wardmote_api;

--
-- Name: administrators_left(integer); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.administrators_left(p_without integer) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    perform pg_advisory_xact_lock(hashtextextended('wardmote/administrators', 0));
    -- A statement of its own: it sees what was committed while the lock was waited for.
    return (select count(*) from officer_role r
            join officer o on o.id = r.officer_id and o.disabled_at is null
                          and o.password_hash is not null
            where r.role = 'administrator' and o.id is distinct from p_without);
end
$$;

ALTER FUNCTION wardmote.administrators_left(p_without integer) OWNER TO wardmote_owner;

--
-- Name: administrators_stay(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.administrators_stay() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
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

ALTER FUNCTION wardmote.administrators_stay() OWNER TO wardmote_owner;

--
-- Name: amendment_kept(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.amendment_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if tg_op = 'UPDATE' and old.granted is null and new.granted is not null
       and (to_jsonb(new) - array['decided_by', 'decided_at', 'granted', 'closed_at'])
         = (to_jsonb(old) - array['decided_by', 'decided_at', 'granted', 'closed_at']) then
        return new;
    end if;
    raise exception 'amendments are append-only';
end
$$;

ALTER FUNCTION wardmote.amendment_kept() OWNER TO wardmote_owner;

--
-- Name: audit_begun(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.audit_begun() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
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

ALTER FUNCTION wardmote.audit_begun() OWNER TO wardmote_owner;

--
-- Name: audit_chained(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.audit_chained() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
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

ALTER FUNCTION wardmote.audit_chained() OWNER TO wardmote_owner;

--
-- Name: audit_change(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.audit_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
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

ALTER FUNCTION wardmote.audit_change() OWNER TO wardmote_owner;

--
-- Name: audit_kept(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.audit_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception 'the audit is append-only';
end
$$;

ALTER FUNCTION wardmote.audit_kept() OWNER TO wardmote_owner;

--
-- Name: audit_noted(text, jsonb, jsonb); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.audit_noted(p_key text, p_before jsonb, p_after jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
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

ALTER FUNCTION wardmote.audit_noted(p_key text, p_before jsonb, p_after jsonb) OWNER TO wardmote_owner;

--
-- Name: audit_place(text, text, jsonb); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.audit_place(p_action text, p_object text, p_detail jsonb) RETURNS integer
    LANGUAGE plpgsql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $_$
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
$_$;

ALTER FUNCTION wardmote.audit_place(p_action text, p_object text, p_detail jsonb) OWNER TO wardmote_owner;

--
-- Name: audit; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.audit (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    officer_id integer,
    action text NOT NULL,
    object text NOT NULL,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    neighbourhood_id integer,
    came_from cidr,
    CONSTRAINT audit_action_check CHECK ((action ~ '^[a-z_]+\.[a-z_]+$'::text))
);

ALTER TABLE wardmote.audit OWNER TO wardmote_owner;

--
-- Name: audit_text(wardmote.audit); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.audit_text(p wardmote.audit) RETURNS bytea
    LANGUAGE sql STABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    select convert_to(E'wardmote/audit/1\n' ||
               (jsonb_build_array(p.id, to_char(p.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                                  p.officer_id, p.action, p.object, p.detail)
                || case when p.came_from is null then '[]'
                        else jsonb_build_array(p.came_from::text) end)::text || E'\n', 'UTF8')
$$;

ALTER FUNCTION wardmote.audit_text(p wardmote.audit) OWNER TO wardmote_owner;

--
-- Name: empty_revisions(integer); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.empty_revisions(p_round integer) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
    with emptied as (
        update revision x
        set numbers = '{}', weights = '{}', picks_hash = decode(repeat('00', 32), 'hex'),
            form_key = decode(repeat('00', 16), 'hex')
        where x.round_id = p_round
        returning 1
    )
    select count(*) from emptied
$$;

ALTER FUNCTION wardmote.empty_revisions(p_round integer) OWNER TO wardmote_owner;

--
-- Name: enter_waiting(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.enter_waiting() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    insert into inbox_waiting (inbox_id, sender_key)
    select f.id, f.sender_key from fresh f where f.state = 'new';
    return null;
end
$$;

ALTER FUNCTION wardmote.enter_waiting() OWNER TO wardmote_owner;

--
-- Name: neighbourhood_place(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.neighbourhood_place() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if tg_op = 'UPDATE' then
        if new.parent_id is distinct from old.parent_id then
            raise exception 'a neighbourhood does not move: make a new one';
        end if;
        return null;
    end if;
    insert into wardmote.neighbourhood_within values (new.id, new.id);
    insert into wardmote.neighbourhood_within
    select new.id, w.within_id from wardmote.neighbourhood_within w
    where w.neighbourhood_id = new.parent_id;
    return null;
end
$$;

ALTER FUNCTION wardmote.neighbourhood_place() OWNER TO wardmote_owner;

--
-- Name: network_of(text); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.network_of(p_address text) RETURNS cidr
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'wardmote', 'pg_temp'
    AS $_$
    select case when p_address ~ '^[0-9]{1,3}(\.[0-9]{1,3}){3}$' then network(set_masklen(p_address::inet, 24))
                when p_address ~* '^::ffff:[0-9]{1,3}(\.[0-9]{1,3}){3}$'
                then network(set_masklen(substr(p_address, 8)::inet, 24))
                when p_address ~ '^[0-9a-fA-F:]*:[0-9a-fA-F:.]*$'
                then network(set_masklen(p_address::inet, 48)) end
$_$;

ALTER FUNCTION wardmote.network_of(p_address text) OWNER TO wardmote_owner;

--
-- Name: outline_lies(text); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.outline_lies(p_outline text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $_$
    select case when p_outline ~ '^-?\d{1,7} -?\d{1,7}([,;]-?\d{1,7} -?\d{1,7}){2,}$' then
        (select bool_and(split_part(p, ' ', 1)::integer between 4900000 and 6100000
                         and split_part(p, ' ', 2)::integer between -1100000 and 300000)
         from regexp_split_to_table(p_outline, '[,;]') p) else false end
$_$;

ALTER FUNCTION wardmote.outline_lies(p_outline text) OWNER TO wardmote_owner;

--
-- Name: part_frozen(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.part_frozen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
    the_round integer := case when tg_op = 'DELETE' then old.round_id else new.round_id end;
begin
    if exists (select from wardmote.round r where r.id = the_round and r.state <> 'draft') then
        if not (tg_table_name = 'proposal' and tg_op = 'UPDATE'
                and to_jsonb(new) ->> 'state' = 'withdrawn'
                and to_jsonb(old) ->> 'state' = 'published'
                and (to_jsonb(new) - array['state', 'withdrawn_reason'])
                  = (to_jsonb(old) - array['state', 'withdrawn_reason'])
                and exists (select from wardmote.amendment a
                            where a.proposal_id = (to_jsonb(old) ->> 'id')::integer
                              and a.kind = 'withdrawal' and a.granted)) then
            raise exception 'round % is frozen', the_round;
        end if;
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;

ALTER FUNCTION wardmote.part_frozen() OWNER TO wardmote_owner;

--
-- Name: proposal_keep(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.proposal_keep() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    if tg_op = 'INSERT' or new.revision <> old.revision then
        insert into proposal_revision (proposal_id, revision, officer_id, title, short_name, summary,
                                       body, place, proposer, pot_id, cost, theme, lat, lon)
        values (new.id, new.revision, coalesce(new.changed_by, new.created_by), new.title,
                new.short_name, new.summary, new.body, new.place, new.proposer, new.pot_id, new.cost,
                new.theme, new.lat, new.lon);
    end if;
    return null;
end
$$;

ALTER FUNCTION wardmote.proposal_keep() OWNER TO wardmote_owner;

--
-- Name: proposal_revise(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.proposal_revise() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    if (new.title, new.short_name, new.summary, new.body, new.place, new.proposer, new.pot_id, new.cost,
        new.theme, new.lat, new.lon)
       is distinct from
       (old.title, old.short_name, old.summary, old.body, old.place, old.proposer, old.pot_id, old.cost,
        old.theme, old.lat, old.lon) then
        new.revision := old.revision + 1;
    end if;
    return new;
end
$$;

ALTER FUNCTION wardmote.proposal_revise() OWNER TO wardmote_owner;

--
-- Name: register_import_whole(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.register_import_whole() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
begin
    if exists (select from register_import i
               where i.id = new.id and i.taken_in is not null
                 and (i.voters_in, i.addresses_in) <> (i.voters, i.addresses)) then
        raise exception 'a file was not added whole' using errcode = 'check_violation';
    end if;
    return null;
end
$$;

ALTER FUNCTION wardmote.register_import_whole() OWNER TO wardmote_owner;

--
-- Name: register_refers(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.register_refers() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'wardmote', 'pg_temp'
    AS $$
declare
    v_copied boolean := session_user = 'wardmote_import';
    v_voters boolean := tg_table_name = 'voter';
    v_import register_import;
    v_rows   bigint;
    v_least  bigint;
    v_most   bigint;
    v_next   bigint; -- of a copy: the id that it begins with
    v_good   boolean;
begin
    if v_copied then
        select * into v_import from register_import i
        where i.taken_in = pg_current_xact_id_if_assigned();
        v_next := v_import.first_id
                  + case when v_voters then v_import.voters_in else v_import.addresses_in end;
    end if;
    select sum(d.n), min(d.least), max(d.most), bool_and(n.id is not null and g.id is not null
           and (not v_copied or (g.id is not distinct from v_import.register_id
                                 and w.within_id is not null)))
    into v_rows, v_least, v_most, v_good
    from (select i.register_id, i.neighbourhood_id, count(*) as n, min(i.id) as least,
                 max(i.id) as most
          from inserted i group by i.register_id, i.neighbourhood_id) d
    left join register g on g.id = d.register_id
    left join neighbourhood n on n.id = d.neighbourhood_id
    left join neighbourhood_within w on w.neighbourhood_id = n.id
                                    and w.within_id = g.neighbourhood_id;
    if not v_good then
        raise exception 'no such register or neighbourhood'
            using errcode = 'foreign_key_violation';
    end if;
    if v_copied and v_rows > 0 then
        if (v_least, v_most) <> (v_next, v_next + v_rows - 1) then
            raise exception 'ids that are not the next of this file'
                using errcode = 'check_violation';
        end if;
        update register_import i
        set voters_in = voters_in + case when v_voters then v_rows else 0 end,
            addresses_in = addresses_in + case when v_voters then 0 else v_rows end
        where i.id = v_import.id;
    end if;
    return null;
end
$$;

ALTER FUNCTION wardmote.register_refers() OWNER TO wardmote_owner;

--
-- Name: revision_emptied(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.revision_emptied() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
    emptied constant text[] := array['numbers', 'weights', 'picks_hash', 'form_key'];
begin
    if cardinality(new.numbers) = 0 and cardinality(new.weights) = 0
       and new.picks_hash = decode(repeat('00', 32), 'hex')
       and new.form_key = decode(repeat('00', 16), 'hex')
       and to_jsonb(new) - emptied = to_jsonb(old) - emptied
       and exists (select from wardmote.round r
                   where r.id = old.round_id and r.k_pseudonym is null
                     and r.state in ('published', 'archived')) then
        return new;
    end if;
    raise exception 'ballot revisions are append-only';
end
$$;

ALTER FUNCTION wardmote.revision_emptied() OWNER TO wardmote_owner;

--
-- Name: revision_in_time(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.revision_in_time() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if exists (select from (select i.round_id, min(i.cast_at) as first, max(i.cast_at) as last
                            from inserted i group by i.round_id) d
               left join wardmote.round r on r.id = d.round_id
               where r.id is null or r.state = 'draft'
                  or not (r.opens_at <= d.first and d.last < r.closes_at)) then
        raise exception 'cast_at outside the round''s opening'
            using errcode = 'check_violation', constraint = 'revision_in_time';
    end if;
    return null;
end
$$;

ALTER FUNCTION wardmote.revision_in_time() OWNER TO wardmote_owner;

--
-- Name: revision_kept(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.revision_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception 'ballot revisions are append-only';
end
$$;

ALTER FUNCTION wardmote.revision_kept() OWNER TO wardmote_owner;

--
-- Name: round_frozen(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.round_frozen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
    states constant text[] := array['draft', 'review', 'approved', 'scheduled', 'counted',
                                    'result_review', 'published', 'archived'];
    open_to_change text[] := array['state', 'frozen'];
begin
    if tg_op = 'DELETE' then
        if old.frozen then
            raise exception 'round % is frozen', old.id;
        end if;
        return old;
    end if;
    if array_position(states, new.state) < array_position(states, old.state)
       and not (new.state = 'draft' and old.state in ('review', 'approved'))
       and not (new.state = 'counted' and old.state = 'result_review') then
        raise exception 'round % cannot go back from % to %', old.id, old.state, new.state;
    end if;
    if not old.frozen then
        return new;
    end if;
    if new.closes_at > old.closes_at and exists (
        select from wardmote.amendment a
        where a.round_id = old.id and a.kind = 'extension' and a.granted
          and a.closes_at = new.closes_at) then
        open_to_change := open_to_change || 'closes_at'::text;
    end if;
    if new.k_pseudonym is null and new.state in ('published', 'archived') then
        open_to_change := open_to_change || 'k_pseudonym'::text;
    end if;
    if (to_jsonb(new) - open_to_change) is distinct from (to_jsonb(old) - open_to_change) then
        raise exception 'round % is frozen', old.id;
    end if;
    return new;
end
$$;

ALTER FUNCTION wardmote.round_frozen() OWNER TO wardmote_owner;

--
-- Name: translation_kept(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.translation_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception 'translations are append-only';
end
$$;

ALTER FUNCTION wardmote.translation_kept() OWNER TO wardmote_owner;

--
-- Name: voter_kept(); Type: FUNCTION; Schema: wardmote; Owner: wardmote_owner
--

CREATE FUNCTION wardmote.voter_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if tg_op <> 'UPDATE' then
        raise exception 'voters are never deleted: void their credential';
    end if;
    if (new.id, new.uuid) is distinct from (old.id, old.uuid) then
        raise exception 'a voter keeps id and uuid';
    end if;
    return new;
end
$$;

ALTER FUNCTION wardmote.voter_kept() OWNER TO wardmote_owner;

--
-- Name: agreement_edition_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.agreement_edition ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.agreement_edition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: amendment_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.amendment ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.amendment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: attempt; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.attempt (
    outbox_id bigint NOT NULL,
    n smallint NOT NULL,
    provider text NOT NULL,
    started_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    finished_at timestamp with time zone,
    outcome text,
    http_status integer,
    error text,
    CONSTRAINT attempt_error_check CHECK ((length(error) <= 200)),
    CONSTRAINT attempt_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'rejected'::text, 'retry'::text, 'unknown'::text])))
);

ALTER TABLE wardmote.attempt OWNER TO wardmote_owner;

--
-- Name: audit_chain; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.audit_chain (
    place bigint NOT NULL,
    audit_id bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_chain_hash_check CHECK ((octet_length(hash) = 32)),
    CONSTRAINT audit_chain_place_check CHECK ((place > 0))
);

ALTER TABLE wardmote.audit_chain OWNER TO wardmote_owner;

--
-- Name: audit_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.audit ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: audit_verified; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.audit_verified (
    one boolean DEFAULT true NOT NULL,
    place bigint DEFAULT 0 NOT NULL,
    hash bytea DEFAULT decode(repeat('00'::text, 32), 'hex'::text) NOT NULL,
    last_id bigint DEFAULT 0 NOT NULL,
    at timestamp with time zone,
    whole_at timestamp with time zone,
    whole_to bigint DEFAULT 0 NOT NULL,
    broken bigint,
    CONSTRAINT audit_verified_hash_check CHECK ((octet_length(hash) = 32)),
    CONSTRAINT audit_verified_one_check CHECK (one),
    CONSTRAINT audit_verified_place_check CHECK ((place >= 0))
);

ALTER TABLE wardmote.audit_verified OWNER TO wardmote_owner;

--
-- Name: ballot; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.ballot (
    round_id integer NOT NULL,
    voter_id bigint NOT NULL,
    current_revision integer NOT NULL,
    current_cast_at timestamp with time zone NOT NULL,
    last_revision integer NOT NULL
)
WITH (fillfactor='80');

ALTER TABLE wardmote.ballot OWNER TO wardmote_owner;

--
-- Name: bulk; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.bulk (
    round_id integer NOT NULL,
    occasion text NOT NULL,
    officer_id integer NOT NULL,
    switched_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT bulk_occasion_check CHECK ((occasion = ANY (ARRAY['opened'::text, 'closing'::text, 'result'::text])))
);

ALTER TABLE wardmote.bulk OWNER TO wardmote_owner;

--
-- Name: bulk_text; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.bulk_text (
    round_id integer NOT NULL,
    occasion text NOT NULL,
    recipient_key bytea NOT NULL,
    closes_at timestamp with time zone,
    outbox_id bigint,
    CONSTRAINT bulk_text_occasion_check CHECK ((occasion = ANY (ARRAY['opened'::text, 'closing'::text, 'result'::text]))),
    CONSTRAINT bulk_text_recipient_key_check CHECK ((octet_length(recipient_key) = 32))
);

ALTER TABLE wardmote.bulk_text OWNER TO wardmote_owner;

--
-- Name: code_batch; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.code_batch (
    id integer NOT NULL,
    neighbourhood_id integer NOT NULL,
    register_id integer NOT NULL,
    codes integer NOT NULL,
    created_by integer,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT code_batch_codes_check CHECK (((codes >= 1) AND (codes <= 200000)))
);

ALTER TABLE wardmote.code_batch OWNER TO wardmote_owner;

--
-- Name: code_batch_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.code_batch ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.code_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: code_try; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.code_try (
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    door smallint NOT NULL,
    outcome text NOT NULL,
    address_key bytea,
    network_key bytea,
    phone_key bytea,
    CONSTRAINT code_try_door_check CHECK ((door = ANY (ARRAY[1, 2, 3]))),
    CONSTRAINT code_try_outcome_check CHECK ((outcome = ANY (ARRAY['good'::text, 'wrong'::text, 'wait'::text])))
);

ALTER TABLE wardmote.code_try OWNER TO wardmote_owner;

--
-- Name: count_job; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.count_job (
    id integer NOT NULL,
    round_id integer NOT NULL,
    asked_by integer NOT NULL,
    asked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    correction text DEFAULT ''::text NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    taken_at timestamp with time zone,
    step text DEFAULT 'waiting'::text NOT NULL,
    part integer DEFAULT 0 NOT NULL,
    parts integer DEFAULT 0 NOT NULL,
    finished_at timestamp with time zone,
    outcome text DEFAULT ''::text NOT NULL,
    CONSTRAINT count_job_check CHECK ((parts >= part)),
    CONSTRAINT count_job_check1 CHECK (((finished_at IS NULL) = (outcome = ''::text))),
    CONSTRAINT count_job_correction_check CHECK ((length(correction) <= 400)),
    CONSTRAINT count_job_part_check CHECK ((part >= 0)),
    CONSTRAINT count_job_step_check CHECK ((step = ANY (ARRAY['waiting'::text, 'reading'::text, 'counting'::text, 'explaining'::text, 'keeping'::text])))
);

ALTER TABLE wardmote.count_job OWNER TO wardmote_owner;

--
-- Name: count_job_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.count_job ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.count_job_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: credential_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.credential ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.credential_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: decision; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.decision (
    id integer NOT NULL,
    proposal_id integer NOT NULL,
    decision text NOT NULL,
    reason text NOT NULL,
    body text NOT NULL,
    decided_on date NOT NULL,
    asked_by integer NOT NULL,
    asked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    confirmed_by integer,
    confirmed_at timestamp with time zone,
    granted boolean,
    CONSTRAINT decision_body_check CHECK (((length(body) >= 1) AND (length(body) <= 120))),
    CONSTRAINT decision_check CHECK ((((confirmed_by IS NULL) = (confirmed_at IS NULL)) AND ((confirmed_by IS NULL) = (granted IS NULL)))),
    CONSTRAINT decision_check1 CHECK (((granted IS NOT TRUE) OR (confirmed_by <> asked_by))),
    CONSTRAINT decision_decision_check CHECK ((decision = ANY (ARRAY['approved'::text, 'deferred'::text, 'referred'::text, 'refused'::text]))),
    CONSTRAINT decision_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000)))
);

ALTER TABLE wardmote.decision OWNER TO wardmote_owner;

--
-- Name: decision_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.decision ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: declaration; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.declaration (
    round_id integer NOT NULL,
    voter_id bigint NOT NULL,
    old_enough boolean DEFAULT false NOT NULL,
    residence text DEFAULT ''::text NOT NULL,
    channel smallint NOT NULL,
    declared_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT declaration_channel_check CHECK (((channel >= 1) AND (channel <= 4))),
    CONSTRAINT declaration_residence_check CHECK ((length(residence) <= 80))
);

ALTER TABLE wardmote.declaration OWNER TO wardmote_owner;

--
-- Name: delivery; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.delivery (
    id bigint NOT NULL,
    proposal_id integer NOT NULL,
    state text NOT NULL,
    spent bigint NOT NULL,
    note text NOT NULL,
    officer_id integer NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT delivery_note_check CHECK (((length(note) >= 1) AND (length(note) <= 1000))),
    CONSTRAINT delivery_spent_check CHECK (((spent >= 0) AND (spent <= '100000000000'::bigint))),
    CONSTRAINT delivery_state_check CHECK ((state = ANY (ARRAY['not_started'::text, 'in_progress'::text, 'done'::text, 'dropped'::text])))
);

ALTER TABLE wardmote.delivery OWNER TO wardmote_owner;

--
-- Name: delivery_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.delivery ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: dlr; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.dlr (
    client_ref uuid NOT NULL,
    status text NOT NULL,
    received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    applied boolean DEFAULT false NOT NULL,
    CONSTRAINT dlr_status_check CHECK ((status = ANY (ARRAY['accepted'::text, 'buffered'::text, 'delivered'::text, 'undelivered'::text])))
);

ALTER TABLE wardmote.dlr OWNER TO wardmote_owner;

--
-- Name: erasure; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.erasure (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    words bigint NOT NULL,
    numbers bigint NOT NULL,
    rounds bigint NOT NULL,
    rewritten_at timestamp with time zone
);

ALTER TABLE wardmote.erasure OWNER TO wardmote_owner;

--
-- Name: erasure_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.erasure ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.erasure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: exclusion; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.exclusion (
    round_id integer NOT NULL,
    ordinal smallint NOT NULL,
    proposal_id integer NOT NULL,
    CONSTRAINT exclusion_ordinal_check CHECK (((ordinal >= 1) AND (ordinal <= 30)))
);

ALTER TABLE wardmote.exclusion OWNER TO wardmote_owner;

--
-- Name: failure; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.failure (
    kind text NOT NULL,
    key bytea NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT failure_kind_check CHECK ((kind = ANY (ARRAY['code'::text, 'sign_in'::text])))
);

ALTER TABLE wardmote.failure OWNER TO wardmote_owner;

--
-- Name: idea_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.idea ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.idea_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: idea_message; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.idea_message (
    id bigint NOT NULL,
    idea_id bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    officer_id integer,
    kind text NOT NULL,
    words text NOT NULL,
    CONSTRAINT idea_message_check CHECK (((officer_id IS NULL) = (kind = 'answer'::text))),
    CONSTRAINT idea_message_kind_check CHECK ((kind = ANY (ARRAY['question'::text, 'answer'::text, 'refusal'::text, 'merge'::text, 'note'::text]))),
    CONSTRAINT idea_message_words_check CHECK (((length(words) >= 1) AND (length(words) <= 1000)))
);

ALTER TABLE wardmote.idea_message OWNER TO wardmote_owner;

--
-- Name: idea_message_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.idea_message ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.idea_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: import_block_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

CREATE SEQUENCE wardmote.import_block_seq
    START WITH 1024
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE wardmote.import_block_seq OWNER TO wardmote_owner;

--
-- Name: inbox; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.inbox (
    id bigint NOT NULL,
    provider text NOT NULL,
    endpoint text NOT NULL,
    message_id text NOT NULL,
    received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    sent_at timestamp with time zone,
    sender_key bytea NOT NULL,
    sender_sealed bytea,
    near_key bytea NOT NULL,
    body_sealed bytea,
    state text DEFAULT 'new'::text NOT NULL,
    attempts smallint DEFAULT 0 NOT NULL,
    outcome text,
    done_at timestamp with time zone,
    provider_did text,
    letter boolean GENERATED ALWAYS AS ((state = ANY (ARRAY['dead'::text, 'quarantined'::text]))) STORED NOT NULL,
    CONSTRAINT inbox_body_sealed_check CHECK ((octet_length(body_sealed) <= 17000)),
    CONSTRAINT inbox_endpoint_check CHECK ((length(endpoint) <= 40)),
    CONSTRAINT inbox_message_id_check CHECK (((length(message_id) >= 1) AND (length(message_id) <= 200))),
    CONSTRAINT inbox_near_key_check CHECK ((octet_length(near_key) = 32)),
    CONSTRAINT inbox_outcome_check CHECK ((length(outcome) <= 60)),
    CONSTRAINT inbox_provider_check CHECK (((length(provider) >= 1) AND (length(provider) <= 40))),
    CONSTRAINT inbox_provider_did_check CHECK ((provider_did = ANY (ARRAY['stop'::text, 'start'::text, 'help'::text]))),
    CONSTRAINT inbox_sender_key_check CHECK ((octet_length(sender_key) = 32)),
    CONSTRAINT inbox_state_check CHECK ((state = ANY (ARRAY['new'::text, 'done'::text, 'duplicate'::text, 'dead'::text, 'quarantined'::text])))
)
WITH (fillfactor='45');

ALTER TABLE wardmote.inbox OWNER TO wardmote_owner;

--
-- Name: inbox_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.inbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.inbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: inbox_lease; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.inbox_lease (
    token bigint NOT NULL,
    until timestamp with time zone NOT NULL,
    ids bigint[] NOT NULL,
    CONSTRAINT inbox_lease_ids_check CHECK ((cardinality(ids) > 0))
);

ALTER TABLE wardmote.inbox_lease OWNER TO wardmote_owner;

--
-- Name: inbox_waiting; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.inbox_waiting (
    inbox_id bigint NOT NULL,
    sender_key bytea NOT NULL,
    next_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    alone boolean DEFAULT false NOT NULL
);

ALTER TABLE wardmote.inbox_waiting OWNER TO wardmote_owner;

--
-- Name: lease_token; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

CREATE SEQUENCE wardmote.lease_token
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE wardmote.lease_token OWNER TO wardmote_owner;

--
-- Name: migration; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.migration (
    number integer NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT migration_number_check CHECK ((number >= 0)),
    CONSTRAINT migration_sha256_check CHECK ((length(sha256) = 64))
);

ALTER TABLE wardmote.migration OWNER TO wardmote_owner;

--
-- Name: neighbourhood; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.neighbourhood (
    id integer NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    parent_id integer,
    ons_code text,
    population integer,
    households integer,
    about text DEFAULT ''::text NOT NULL,
    CONSTRAINT neighbourhood_about_check CHECK ((length(about) <= 4000)),
    CONSTRAINT neighbourhood_households_check CHECK ((households > 0)),
    CONSTRAINT neighbourhood_kind_check CHECK ((kind = ANY (ARRAY['city'::text, 'ward'::text, 'parish'::text, 'sub_area'::text]))),
    CONSTRAINT neighbourhood_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
    CONSTRAINT neighbourhood_population_check CHECK ((population > 0)),
    CONSTRAINT neighbourhood_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

ALTER TABLE wardmote.neighbourhood OWNER TO wardmote_owner;

--
-- Name: neighbourhood_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.neighbourhood ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.neighbourhood_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: neighbourhood_outline; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.neighbourhood_outline (
    neighbourhood_id integer NOT NULL,
    outline text NOT NULL,
    credit text DEFAULT ''::text NOT NULL,
    changed_by integer,
    changed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT neighbourhood_outline_credit_check CHECK ((length(credit) <= 200)),
    CONSTRAINT neighbourhood_outline_outline_check CHECK ((((length(outline) >= 17) AND (length(outline) <= 20000)) AND (outline ~ '^[-0-9]+ [-0-9]+([,;][-0-9]+ [-0-9]+){2,}$'::text))),
    CONSTRAINT neighbourhood_outline_place CHECK (wardmote.outline_lies(outline))
);

ALTER TABLE wardmote.neighbourhood_outline OWNER TO wardmote_owner;

--
-- Name: neighbourhood_within; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.neighbourhood_within (
    neighbourhood_id integer NOT NULL,
    within_id integer NOT NULL
);

ALTER TABLE wardmote.neighbourhood_within OWNER TO wardmote_owner;

--
-- Name: notice; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.notice (
    id bigint NOT NULL,
    kind text NOT NULL,
    amendment_id bigint,
    round_id integer,
    voter_id bigint,
    inbox_id bigint,
    number_sealed bytea,
    recipient_key bytea,
    body_sealed bytea,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    taken_at timestamp with time zone,
    idea_id bigint,
    language text,
    CONSTRAINT notice_kind_check CHECK ((kind = ANY (ARRAY['withdrawal'::text, 'sign_in_code'::text, 'idea'::text]))),
    CONSTRAINT notice_language_check CHECK ((language = ANY (ARRAY['en'::text, 'pl'::text]))),
    CONSTRAINT notice_recipient_key_check CHECK ((octet_length(recipient_key) = 32)),
    CONSTRAINT notice_to_whom CHECK (((inbox_id IS NOT NULL) OR (number_sealed IS NOT NULL) OR (taken_at IS NOT NULL)))
);

ALTER TABLE wardmote.notice OWNER TO wardmote_owner;

--
-- Name: notice_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.notice ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: number_in_use; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.number_in_use (
    number smallint NOT NULL,
    round_id integer NOT NULL,
    during tstzrange NOT NULL
);

ALTER TABLE wardmote.number_in_use OWNER TO wardmote_owner;

--
-- Name: offer_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.offer ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.offer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: officer; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.officer (
    id integer NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    password_hash text,
    totp_sealed bytea,
    totp_last_step bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    disabled_at timestamp with time zone,
    signed_in_at timestamp with time zone,
    made_by integer,
    CONSTRAINT officer_email_check CHECK (((length(email) >= 3) AND (length(email) <= 254))),
    CONSTRAINT officer_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
    CONSTRAINT officer_set_up CHECK (((password_hash IS NULL) = (totp_sealed IS NULL)))
);

ALTER TABLE wardmote.officer OWNER TO wardmote_owner;

--
-- Name: officer_area; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.officer_area (
    officer_id integer NOT NULL,
    neighbourhood_id integer NOT NULL,
    role text DEFAULT 'ward_officer'::text NOT NULL,
    CONSTRAINT officer_area_role_check CHECK ((role = ANY (ARRAY['ward_officer'::text, 'approver'::text, 'clerk'::text])))
);

ALTER TABLE wardmote.officer_area OWNER TO wardmote_owner;

--
-- Name: officer_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.officer ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.officer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: officer_link; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.officer_link (
    key_hash bytea NOT NULL,
    officer_id integer NOT NULL,
    made_by integer,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expires_at timestamp with time zone DEFAULT (clock_timestamp() + '72:00:00'::interval) NOT NULL,
    used_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT officer_link_key_hash_check CHECK ((octet_length(key_hash) = 32))
);

ALTER TABLE wardmote.officer_link OWNER TO wardmote_owner;

--
-- Name: officer_role; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.officer_role (
    officer_id integer NOT NULL,
    role text NOT NULL,
    given_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT officer_role_role_check CHECK ((role = ANY (ARRAY['sms_operator'::text, 'auditor'::text, 'administrator'::text])))
);

ALTER TABLE wardmote.officer_role OWNER TO wardmote_owner;

--
-- Name: officer_session; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.officer_session (
    id_hash bytea NOT NULL,
    officer_id integer NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    seen_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended_at timestamp with time zone,
    proved_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT officer_session_id_hash_check CHECK ((octet_length(id_hash) = 32))
);

ALTER TABLE wardmote.officer_session OWNER TO wardmote_owner;

--
-- Name: outbox_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: outline_import; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.outline_import (
    id integer NOT NULL,
    officer_id integer NOT NULL,
    sha256 bytea NOT NULL,
    credit text NOT NULL,
    features jsonb,
    begun_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    done_at timestamp with time zone,
    CONSTRAINT outline_import_credit_check CHECK ((length(credit) <= 200)),
    CONSTRAINT outline_import_sha256_check CHECK ((octet_length(sha256) = 32))
);

ALTER TABLE wardmote.outline_import OWNER TO wardmote_owner;

--
-- Name: outline_import_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.outline_import ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.outline_import_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: paper_batch; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.paper_batch (
    id integer NOT NULL,
    round_id integer NOT NULL,
    collected_at timestamp with time zone NOT NULL,
    place text NOT NULL,
    ballots integer NOT NULL,
    opened_by integer NOT NULL,
    opened_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    spoilt integer DEFAULT 0 NOT NULL,
    reconciled_by integer,
    reconciled_at timestamp with time zone,
    CONSTRAINT paper_batch_ballots_check CHECK (((ballots >= 1) AND (ballots <= 5000))),
    CONSTRAINT paper_batch_check CHECK (((reconciled_by IS NULL) = (reconciled_at IS NULL))),
    CONSTRAINT paper_batch_place_check CHECK (((length(place) >= 1) AND (length(place) <= 120))),
    CONSTRAINT paper_batch_spoilt_check CHECK ((spoilt >= 0))
);

ALTER TABLE wardmote.paper_batch OWNER TO wardmote_owner;

--
-- Name: paper_batch_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.paper_batch ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.paper_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: paper_return; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.paper_return (
    round_id integer NOT NULL,
    words text NOT NULL,
    changed_by integer NOT NULL,
    changed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT paper_return_words_check CHECK (((length(words) >= 1) AND (length(words) <= 400)))
);

ALTER TABLE wardmote.paper_return OWNER TO wardmote_owner;

--
-- Name: pledge; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.pledge (
    id integer NOT NULL,
    edition_id integer NOT NULL,
    ordinal integer NOT NULL,
    provider_id integer NOT NULL,
    promise text NOT NULL,
    standard text DEFAULT ''::text NOT NULL,
    measure text DEFAULT ''::text NOT NULL,
    due date,
    state text DEFAULT 'drafted'::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    checked_on date,
    check_result text,
    evidence text DEFAULT ''::text NOT NULL,
    asked text DEFAULT ''::text NOT NULL,
    answered_at timestamp with time zone,
    answered_by text DEFAULT ''::text NOT NULL,
    recorded_by integer,
    evidence_link text DEFAULT ''::text NOT NULL,
    came_from integer,
    CONSTRAINT pledge_answered_by_check CHECK ((length(answered_by) <= 120)),
    CONSTRAINT pledge_asked_check CHECK ((length(asked) <= 400)),
    CONSTRAINT pledge_check CHECK (((checked_on IS NULL) = (check_result IS NULL))),
    CONSTRAINT pledge_check_result_check CHECK ((check_result = ANY (ARRAY['met'::text, 'partly'::text, 'not_met'::text]))),
    CONSTRAINT pledge_evidence_check CHECK ((length(evidence) <= 1000)),
    CONSTRAINT pledge_evidence_link_check CHECK (((evidence_link = ''::text) OR ((length(evidence_link) <= 400) AND (evidence_link ~ '^https?://[^[:space:]]+$'::text)))),
    CONSTRAINT pledge_measure_check CHECK ((length(measure) <= 400)),
    CONSTRAINT pledge_ordinal_check CHECK ((ordinal > 0)),
    CONSTRAINT pledge_promise_check CHECK (((length(promise) >= 1) AND (length(promise) <= 400))),
    CONSTRAINT pledge_reason_check CHECK ((length(reason) <= 400)),
    CONSTRAINT pledge_standard_check CHECK ((length(standard) <= 400)),
    CONSTRAINT pledge_state_check CHECK ((state = ANY (ARRAY['drafted'::text, 'accepted'::text, 'amended'::text, 'declined'::text])))
);

ALTER TABLE wardmote.pledge OWNER TO wardmote_owner;

--
-- Name: pledge_check; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.pledge_check (
    id bigint NOT NULL,
    pledge_id integer NOT NULL,
    checked_on date NOT NULL,
    result text NOT NULL,
    evidence text NOT NULL,
    link text DEFAULT ''::text NOT NULL,
    officer_id integer NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pledge_check_evidence_check CHECK (((length(evidence) >= 1) AND (length(evidence) <= 1000))),
    CONSTRAINT pledge_check_link_check CHECK (((link = ''::text) OR ((length(link) <= 400) AND (link ~ '^https?://[^[:space:]]+$'::text)))),
    CONSTRAINT pledge_check_result_check1 CHECK ((result = ANY (ARRAY['met'::text, 'partly'::text, 'not_met'::text])))
);

ALTER TABLE wardmote.pledge_check OWNER TO wardmote_owner;

--
-- Name: pledge_check_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.pledge_check ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.pledge_check_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: pledge_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.pledge ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.pledge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: postcode; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.postcode (
    postcode text NOT NULL,
    neighbourhood_id integer NOT NULL,
    CONSTRAINT postcode_postcode_check CHECK ((postcode ~ '^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$'::text))
);

ALTER TABLE wardmote.postcode OWNER TO wardmote_owner;

--
-- Name: postcode_part; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.postcode_part (
    part text NOT NULL,
    neighbourhood_id integer NOT NULL,
    CONSTRAINT postcode_part_part_check CHECK ((part ~ '^[A-Z]{1,2}[0-9][0-9A-Z]?( [0-9])?$'::text))
);

ALTER TABLE wardmote.postcode_part OWNER TO wardmote_owner;

--
-- Name: pot; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.pot (
    id integer NOT NULL,
    round_id integer NOT NULL,
    ordinal integer NOT NULL,
    name text NOT NULL,
    amount bigint NOT NULL,
    source text DEFAULT ''::text NOT NULL,
    min_picks smallint,
    max_picks smallint,
    CONSTRAINT pot_amount_check CHECK (((amount >= 1) AND (amount <= '100000000000'::bigint))),
    CONSTRAINT pot_check CHECK ((min_picks <= max_picks)),
    CONSTRAINT pot_max_picks_check CHECK (((max_picks >= 1) AND (max_picks <= 60))),
    CONSTRAINT pot_min_picks_check CHECK (((min_picks >= 0) AND (min_picks <= 60))),
    CONSTRAINT pot_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
    CONSTRAINT pot_ordinal_check CHECK (((ordinal >= 1) AND (ordinal <= 9))),
    CONSTRAINT pot_source_check CHECK ((length(source) <= 200))
);

ALTER TABLE wardmote.pot OWNER TO wardmote_owner;

--
-- Name: pot_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.pot ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.pot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: preview_link; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.preview_link (
    round_id integer NOT NULL,
    key_hash bytea NOT NULL,
    made_by integer NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT preview_link_key_hash_check CHECK ((octet_length(key_hash) = 32))
);

ALTER TABLE wardmote.preview_link OWNER TO wardmote_owner;

--
-- Name: proposal_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.proposal ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.proposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: proposal_import; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.proposal_import (
    id integer NOT NULL,
    round_id integer NOT NULL,
    officer_id integer NOT NULL,
    sha256 bytea NOT NULL,
    roles text NOT NULL,
    cells jsonb,
    begun_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    done_at timestamp with time zone,
    undone_at timestamp with time zone,
    added integer,
    CONSTRAINT proposal_import_added_check CHECK (((added >= 1) AND (added <= 200))),
    CONSTRAINT proposal_import_roles_check CHECK ((length(roles) <= 400)),
    CONSTRAINT proposal_import_sha256_check CHECK ((octet_length(sha256) = 32))
);

ALTER TABLE wardmote.proposal_import OWNER TO wardmote_owner;

--
-- Name: proposal_import_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.proposal_import ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.proposal_import_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: proposal_revision; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.proposal_revision (
    proposal_id integer NOT NULL,
    revision integer NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    officer_id integer,
    title text NOT NULL,
    short_name text NOT NULL,
    summary text NOT NULL,
    body text NOT NULL,
    place text NOT NULL,
    proposer text NOT NULL,
    pot_id integer,
    cost bigint,
    theme text DEFAULT ''::text NOT NULL,
    lat integer,
    lon integer
);

ALTER TABLE wardmote.proposal_revision OWNER TO wardmote_owner;

--
-- Name: proposal_translation; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.proposal_translation (
    proposal_id integer NOT NULL,
    language text NOT NULL,
    revision integer NOT NULL,
    of_revision integer NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    officer_id integer,
    title text NOT NULL,
    short_name text NOT NULL,
    summary text NOT NULL,
    body text NOT NULL,
    CONSTRAINT proposal_translation_body_check CHECK ((length(body) <= 20000)),
    CONSTRAINT proposal_translation_language_check CHECK (((language ~ '^[a-z]{2}(-[A-Z]{2})?$'::text) AND (language <> 'en'::text))),
    CONSTRAINT proposal_translation_of_revision_check CHECK ((of_revision >= 1)),
    CONSTRAINT proposal_translation_revision_check CHECK ((revision >= 1)),
    CONSTRAINT proposal_translation_short_name_check CHECK ((length(short_name) <= 16)),
    CONSTRAINT proposal_translation_summary_check CHECK ((length(summary) <= 300)),
    CONSTRAINT proposal_translation_title_check CHECK ((length(title) <= 120))
);

ALTER TABLE wardmote.proposal_translation OWNER TO wardmote_owner;

--
-- Name: provider; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.provider (
    id integer NOT NULL,
    name text NOT NULL,
    CONSTRAINT provider_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
);

ALTER TABLE wardmote.provider OWNER TO wardmote_owner;

--
-- Name: provider_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.provider ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.provider_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: provider_link; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.provider_link (
    edition_id integer NOT NULL,
    provider_id integer NOT NULL,
    key_hash bytea NOT NULL,
    made_by integer NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT provider_link_key_hash_check CHECK ((octet_length(key_hash) = 32))
);

ALTER TABLE wardmote.provider_link OWNER TO wardmote_owner;

--
-- Name: register; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.register (
    id integer NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    kind text DEFAULT 'codes'::text NOT NULL,
    codes_per_address smallint DEFAULT 1 NOT NULL,
    extra_cap smallint DEFAULT 2 NOT NULL,
    retired_at timestamp with time zone,
    neighbourhood_id integer,
    imports integer DEFAULT 0 NOT NULL,
    addresses_before integer DEFAULT 0 NOT NULL,
    erased_at timestamp with time zone,
    CONSTRAINT register_codes_per_address_check CHECK (((codes_per_address >= 1) AND (codes_per_address <= 20))),
    CONSTRAINT register_extra_cap_check CHECK (((extra_cap >= 0) AND (extra_cap <= 20))),
    CONSTRAINT register_kind_check CHECK ((kind = ANY (ARRAY['codes'::text, 'phones'::text, 'imported'::text, 'practice'::text]))),
    CONSTRAINT register_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
);

ALTER TABLE wardmote.register OWNER TO wardmote_owner;

--
-- Name: register_address; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.register_address (
    id bigint NOT NULL,
    register_id integer NOT NULL,
    neighbourhood_id integer NOT NULL,
    address text NOT NULL,
    postcode text DEFAULT ''::text NOT NULL,
    uprn text DEFAULT ''::text NOT NULL,
    CONSTRAINT register_address_address_check CHECK ((((octet_length(address) >= 1) AND (octet_length(address) <= 300)) OR ((length(address) >= 1) AND (length(address) <= 300)))),
    CONSTRAINT register_address_uprn_check CHECK (((octet_length(uprn) <= 12) AND (uprn ~ '^[0-9]*$'::text)))
);

ALTER TABLE wardmote.register_address OWNER TO wardmote_owner;

--
-- Name: register_address_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.register_address ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.register_address_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: register_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.register ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.register_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: register_import_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.register_import ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.register_import_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: register_import_part; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE UNLOGGED TABLE wardmote.register_import_part (
    import_id integer NOT NULL,
    part integer NOT NULL,
    rows bytea NOT NULL
);
ALTER TABLE ONLY wardmote.register_import_part ALTER COLUMN rows SET STORAGE EXTERNAL;

ALTER TABLE wardmote.register_import_part OWNER TO wardmote_owner;

--
-- Name: register_import_sample; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE UNLOGGED TABLE wardmote.register_import_sample (
    import_id integer NOT NULL,
    n integer NOT NULL,
    neighbourhood_id integer,
    address text NOT NULL,
    postcode text NOT NULL,
    uprn text NOT NULL,
    area text NOT NULL,
    code boolean NOT NULL,
    phone boolean NOT NULL,
    problem text NOT NULL
);

ALTER TABLE wardmote.register_import_sample OWNER TO wardmote_owner;

--
-- Name: result; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.result (
    round_id integer NOT NULL,
    counted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    counted_by integer,
    seed bytea NOT NULL,
    ballots integer NOT NULL,
    web integer NOT NULL,
    texts integer NOT NULL,
    paper integer NOT NULL,
    withdrawn integer NOT NULL,
    replaced integer NOT NULL,
    eligible integer NOT NULL,
    approved_by integer,
    published_at timestamp with time zone,
    assisted integer DEFAULT 0 NOT NULL,
    voided integer DEFAULT 0 NOT NULL,
    submitted_by integer,
    submitted_at timestamp with time zone,
    final_at timestamp with time zone,
    returned_note text DEFAULT ''::text NOT NULL,
    returned_by integer,
    version integer DEFAULT 1 NOT NULL,
    correction text DEFAULT ''::text NOT NULL,
    dropped_at timestamp with time zone,
    dropped_by integer,
    CONSTRAINT result_check CHECK (((dropped_at IS NULL) OR (published_at IS NULL))),
    CONSTRAINT result_check1 CHECK (((version > 1) = (correction <> ''::text))),
    CONSTRAINT result_correction_check CHECK ((length(correction) <= 400)),
    CONSTRAINT result_returned_note_check CHECK ((length(returned_note) <= 400)),
    CONSTRAINT result_second_officer CHECK (((approved_by IS NULL) OR (approved_by <> submitted_by))),
    CONSTRAINT result_seed_check CHECK ((octet_length(seed) = 32)),
    CONSTRAINT result_version_check CHECK ((version >= 1))
);

ALTER TABLE wardmote.result OWNER TO wardmote_owner;

--
-- Name: result_account; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.result_account (
    round_id integer NOT NULL,
    account text NOT NULL,
    channel smallint NOT NULL,
    part text NOT NULL,
    n bigint NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT result_account_account_check CHECK ((account = ANY (ARRAY['codes'::text, 'ballots'::text, 'texts'::text]))),
    CONSTRAINT result_account_channel_check CHECK (((channel >= 0) AND (channel <= 4))),
    CONSTRAINT result_account_check CHECK (
CASE account
    WHEN 'codes'::text THEN (part = ANY (ARRAY['used'::text, 'unused'::text, 'voided'::text]))
    WHEN 'ballots'::text THEN (part = ANY (ARRAY['counted'::text, 'replaced'::text, 'withdrawn'::text, 'voided'::text]))
    ELSE (part = ANY (ARRAY['ballots'::text, 'elsewhere'::text, 'confirmations'::text, 'unconfirmed'::text, 'queries'::text, 'duplicates'::text, 'late'::text, 'unread'::text, 'refused_code'::text, 'refused_number'::text, 'refused_limits'::text, 'refused_area'::text, 'refused_unclear'::text, 'refused_other'::text]))
END),
    CONSTRAINT result_account_n_check CHECK ((n >= 0))
);

ALTER TABLE wardmote.result_account OWNER TO wardmote_owner;

--
-- Name: result_part; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.result_part (
    round_id integer NOT NULL,
    ordinal integer NOT NULL,
    pot_id integer,
    pb text NOT NULL,
    pb_sha256 bytea NOT NULL,
    outcome json NOT NULL,
    log text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT result_part_pb_sha256_check CHECK ((octet_length(pb_sha256) = 32))
);

ALTER TABLE wardmote.result_part OWNER TO wardmote_owner;

--
-- Name: revision; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.revision (
    round_id integer NOT NULL,
    voter_id bigint NOT NULL,
    revision integer NOT NULL,
    channel smallint NOT NULL,
    withdrawn boolean NOT NULL,
    cast_at timestamp with time zone NOT NULL,
    written_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    numbers smallint[] NOT NULL,
    weights smallint[] NOT NULL,
    form_key bytea NOT NULL,
    picks_hash bytea NOT NULL,
    commitment bytea NOT NULL,
    receipt bigint NOT NULL,
    inbox_id bigint,
    clerk_id integer,
    batch_id integer,
    CONSTRAINT revision_batch CHECK (((channel = 3) = (batch_id IS NOT NULL))),
    CONSTRAINT revision_channel_check CHECK ((channel = ANY (ARRAY[1, 2, 3, 4]))),
    CONSTRAINT revision_check CHECK ((cardinality(numbers) = cardinality(weights))),
    CONSTRAINT revision_check1 CHECK (((NOT withdrawn) OR (cardinality(numbers) = 0))),
    CONSTRAINT revision_clerk CHECK (((channel = ANY (ARRAY[3, 4])) = (clerk_id IS NOT NULL))),
    CONSTRAINT revision_commitment_check CHECK ((octet_length(commitment) = 32)),
    CONSTRAINT revision_form_key_check CHECK ((octet_length(form_key) = 16)),
    CONSTRAINT revision_picks_hash_check CHECK ((octet_length(picks_hash) = 32)),
    CONSTRAINT revision_revision_check CHECK ((revision > 0))
)
WITH (autovacuum_vacuum_insert_scale_factor='0', autovacuum_vacuum_insert_threshold='50000');

ALTER TABLE wardmote.revision OWNER TO wardmote_owner;

--
-- Name: revision_void; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.revision_void (
    round_id integer NOT NULL,
    voter_id bigint NOT NULL,
    revision integer NOT NULL,
    amendment_id bigint NOT NULL,
    voided_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE wardmote.revision_void OWNER TO wardmote_owner;

--
-- Name: round_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.round ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.round_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: sign_in; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.sign_in (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    phone_key bytea NOT NULL,
    number_sealed bytea,
    digits_key bytea NOT NULL,
    neighbourhood_id integer NOT NULL,
    address_key bytea NOT NULL,
    network_key bytea NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    sent_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    sent smallint DEFAULT 1 NOT NULL,
    wrong smallint DEFAULT 0 NOT NULL,
    ended_at timestamp with time zone,
    news text,
    CONSTRAINT sign_in_digits_key_check CHECK ((octet_length(digits_key) = 32)),
    CONSTRAINT sign_in_news_check CHECK (((length(news) >= 1) AND (length(news) <= 400))),
    CONSTRAINT sign_in_phone_key_check CHECK ((octet_length(phone_key) = 32))
);

ALTER TABLE wardmote.sign_in OWNER TO wardmote_owner;

--
-- Name: site; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.site (
    one boolean DEFAULT true NOT NULL,
    banner text DEFAULT ''::text NOT NULL,
    banner_until timestamp with time zone,
    colour text DEFAULT ''::text NOT NULL,
    about text DEFAULT ''::text NOT NULL,
    privacy text DEFAULT ''::text NOT NULL,
    changed_by integer,
    changed_at timestamp with time zone,
    CONSTRAINT site_about_check CHECK ((length(about) <= 4000)),
    CONSTRAINT site_banner_check CHECK ((length(banner) <= 300)),
    CONSTRAINT site_colour_check CHECK (((colour = ''::text) OR (colour ~ '^[0-9a-f]{6}$'::text))),
    CONSTRAINT site_one_check CHECK (one),
    CONSTRAINT site_privacy_check CHECK ((length(privacy) <= 4000))
);

ALTER TABLE wardmote.site OWNER TO wardmote_owner;

--
-- Name: sms_alarm; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.sms_alarm (
    name text NOT NULL,
    since timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    told_at timestamp with time zone,
    CONSTRAINT sms_alarm_name_check CHECK ((length(name) <= 80))
);

ALTER TABLE wardmote.sms_alarm OWNER TO wardmote_owner;

--
-- Name: sms_budget; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.sms_budget (
    day date NOT NULL,
    reserved numeric(12,4) DEFAULT 0 NOT NULL,
    CONSTRAINT sms_budget_reserved_check CHECK ((reserved >= (0)::numeric))
);

ALTER TABLE wardmote.sms_budget OWNER TO wardmote_owner;

--
-- Name: sms_challenge; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.sms_challenge (
    id bigint NOT NULL,
    inbox_id bigint NOT NULL,
    sender_key bytea NOT NULL,
    digits_key bytea NOT NULL,
    rounds integer[] NOT NULL,
    wrong smallint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT sms_challenge_digits_key_check CHECK ((octet_length(digits_key) = 32)),
    CONSTRAINT sms_challenge_sender_key_check CHECK ((octet_length(sender_key) = 32))
);

ALTER TABLE wardmote.sms_challenge OWNER TO wardmote_owner;

--
-- Name: sms_challenge_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.sms_challenge ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.sms_challenge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: sms_consent; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.sms_consent (
    id bigint NOT NULL,
    recipient_key bytea NOT NULL,
    number_sealed bytea,
    neighbourhood_id integer,
    door text NOT NULL,
    wording text NOT NULL,
    given_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended_at timestamp with time zone,
    ended_by text,
    CONSTRAINT sms_consent_check CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
    CONSTRAINT sms_consent_check1 CHECK (((ended_at IS NULL) OR (number_sealed IS NULL))),
    CONSTRAINT sms_consent_door_check CHECK ((door = ANY (ARRAY['web'::text, 'text'::text]))),
    CONSTRAINT sms_consent_ended_by_check CHECK ((ended_by = ANY (ARRAY['text'::text, 'provider'::text]))),
    CONSTRAINT sms_consent_recipient_key_check CHECK ((octet_length(recipient_key) = 32)),
    CONSTRAINT sms_consent_wording_check CHECK (((length(wording) >= 1) AND (length(wording) <= 400)))
);

ALTER TABLE wardmote.sms_consent OWNER TO wardmote_owner;

--
-- Name: sms_consent_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.sms_consent ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.sms_consent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: sms_gateway; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.sms_gateway (
    name text NOT NULL,
    price numeric(9,4) DEFAULT 0 NOT NULL,
    price_abroad numeric(9,4) DEFAULT 0 NOT NULL,
    rate real DEFAULT 1000 NOT NULL,
    burst real DEFAULT 1000 NOT NULL,
    tokens real DEFAULT 1 NOT NULL,
    tokens_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    recent text DEFAULT ''::text NOT NULL,
    opened smallint DEFAULT 0 NOT NULL,
    open_until timestamp with time zone,
    probing boolean DEFAULT false NOT NULL,
    paused_until timestamp with time zone,
    paused_why text,
    place smallint,
    seen_at timestamp with time zone,
    CONSTRAINT sms_gateway_burst_check CHECK ((burst >= (1)::double precision)),
    CONSTRAINT sms_gateway_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40))),
    CONSTRAINT sms_gateway_paused_why_check CHECK ((length(paused_why) <= 60)),
    CONSTRAINT sms_gateway_place_check CHECK ((place > 0)),
    CONSTRAINT sms_gateway_price_abroad_check CHECK ((price_abroad >= (0)::numeric)),
    CONSTRAINT sms_gateway_price_check CHECK ((price >= (0)::numeric)),
    CONSTRAINT sms_gateway_rate_check CHECK ((rate > (0)::double precision)),
    CONSTRAINT sms_gateway_recent_check CHECK ((recent ~ '^[.x]{0,20}$'::text))
);

ALTER TABLE wardmote.sms_gateway OWNER TO wardmote_owner;

--
-- Name: sms_language; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.sms_language (
    recipient_key bytea NOT NULL,
    language text NOT NULL,
    chosen_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT sms_language_language_check CHECK ((language = ANY (ARRAY['en'::text, 'pl'::text]))),
    CONSTRAINT sms_language_recipient_key_check CHECK ((octet_length(recipient_key) = 32))
);

ALTER TABLE wardmote.sms_language OWNER TO wardmote_owner;

--
-- Name: sms_limits; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.sms_limits (
    one boolean DEFAULT true NOT NULL,
    day_pence numeric(12,4),
    rate real DEFAULT 5000 NOT NULL,
    tokens real DEFAULT 1 NOT NULL,
    tokens_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    bulk_paused_at timestamp with time zone,
    CONSTRAINT sms_limits_day_pence_check CHECK ((day_pence >= (0)::numeric)),
    CONSTRAINT sms_limits_one_check CHECK (one),
    CONSTRAINT sms_limits_rate_check CHECK ((rate > (0)::double precision))
);

ALTER TABLE wardmote.sms_limits OWNER TO wardmote_owner;

--
-- Name: sms_list; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.sms_list (
    sender_key bytea NOT NULL,
    neighbourhood_id integer NOT NULL,
    page smallint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT sms_list_page_check CHECK ((page > 0)),
    CONSTRAINT sms_list_sender_key_check CHECK ((octet_length(sender_key) = 32))
);

ALTER TABLE wardmote.sms_list OWNER TO wardmote_owner;

--
-- Name: sms_part; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.sms_part (
    provider text NOT NULL,
    sender_key bytea NOT NULL,
    endpoint text NOT NULL,
    ref text NOT NULL,
    total smallint NOT NULL,
    part smallint NOT NULL,
    message_id text NOT NULL,
    sent_at timestamp with time zone,
    sender_sealed bytea NOT NULL,
    body_sealed bytea NOT NULL,
    received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    joined boolean DEFAULT false NOT NULL,
    CONSTRAINT sms_part_body_sealed_check CHECK ((octet_length(body_sealed) <= 17000)),
    CONSTRAINT sms_part_endpoint_check CHECK ((length(endpoint) <= 40)),
    CONSTRAINT sms_part_message_id_check CHECK (((length(message_id) >= 1) AND (length(message_id) <= 200))),
    CONSTRAINT sms_part_part_check CHECK (((part >= 1) AND (part <= 10))),
    CONSTRAINT sms_part_ref_check CHECK (((length(ref) >= 1) AND (length(ref) <= 40))),
    CONSTRAINT sms_part_sender_key_check CHECK ((octet_length(sender_key) = 32)),
    CONSTRAINT sms_part_total_check CHECK (((total >= 2) AND (total <= 10)))
);

ALTER TABLE wardmote.sms_part OWNER TO wardmote_owner;

--
-- Name: sms_poll; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.sms_poll (
    provider text NOT NULL,
    last_ok timestamp with time zone,
    last_full timestamp with time zone,
    only_by_poll bigint DEFAULT 0 NOT NULL,
    lease_until timestamp with time zone,
    CONSTRAINT sms_poll_provider_check CHECK (((length(provider) >= 1) AND (length(provider) <= 40)))
);

ALTER TABLE wardmote.sms_poll OWNER TO wardmote_owner;

--
-- Name: sms_receipt_early; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.sms_receipt_early (
    provider text NOT NULL,
    provider_id text NOT NULL,
    status text NOT NULL,
    received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT sms_receipt_early_provider_id_check CHECK ((length(provider_id) <= 200)),
    CONSTRAINT sms_receipt_early_status_check CHECK ((status = ANY (ARRAY['accepted'::text, 'buffered'::text, 'delivered'::text, 'undelivered'::text])))
);

ALTER TABLE wardmote.sms_receipt_early OWNER TO wardmote_owner;

--
-- Name: sms_stop; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.sms_stop (
    recipient_key bytea NOT NULL,
    by text NOT NULL,
    since timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT sms_stop_by_check CHECK ((by = ANY (ARRAY['text'::text, 'provider'::text]))),
    CONSTRAINT sms_stop_recipient_key_check CHECK ((octet_length(recipient_key) = 32))
);

ALTER TABLE wardmote.sms_stop OWNER TO wardmote_owner;

--
-- Name: voter; Type: TABLE; Schema: wardmote; Owner: wardmote_owner
--

CREATE TABLE wardmote.voter (
    id bigint NOT NULL,
    uuid uuid DEFAULT gen_random_uuid() NOT NULL,
    register_id integer NOT NULL,
    neighbourhood_id integer NOT NULL,
    generation integer DEFAULT 1 NOT NULL,
    address_id bigint
);

ALTER TABLE wardmote.voter OWNER TO wardmote_owner;

--
-- Name: voter_id_seq; Type: SEQUENCE; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE wardmote.voter ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wardmote.voter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: agreement_edition agreement_edition_neighbourhood_id_edition_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.agreement_edition
    ADD CONSTRAINT agreement_edition_neighbourhood_id_edition_key UNIQUE (neighbourhood_id, edition);

--
-- Name: agreement_edition agreement_edition_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.agreement_edition
    ADD CONSTRAINT agreement_edition_pkey PRIMARY KEY (id);

--
-- Name: amendment amendment_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.amendment
    ADD CONSTRAINT amendment_pkey PRIMARY KEY (id);

--
-- Name: attempt attempt_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.attempt
    ADD CONSTRAINT attempt_pkey PRIMARY KEY (outbox_id, n);

--
-- Name: audit_chain audit_chain_audit_id_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.audit_chain
    ADD CONSTRAINT audit_chain_audit_id_key UNIQUE (audit_id);

--
-- Name: audit_chain audit_chain_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.audit_chain
    ADD CONSTRAINT audit_chain_pkey PRIMARY KEY (place);

--
-- Name: audit audit_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (id);

--
-- Name: audit_verified audit_verified_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.audit_verified
    ADD CONSTRAINT audit_verified_pkey PRIMARY KEY (one);

--
-- Name: ballot ballot_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.ballot
    ADD CONSTRAINT ballot_pkey PRIMARY KEY (round_id, voter_id);

--
-- Name: bulk bulk_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.bulk
    ADD CONSTRAINT bulk_pkey PRIMARY KEY (round_id, occasion);

--
-- Name: bulk_text bulk_text_outbox_id_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.bulk_text
    ADD CONSTRAINT bulk_text_outbox_id_key UNIQUE (outbox_id);

--
-- Name: bulk_text bulk_text_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.bulk_text
    ADD CONSTRAINT bulk_text_pkey PRIMARY KEY (round_id, occasion, recipient_key);

--
-- Name: code_batch code_batch_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.code_batch
    ADD CONSTRAINT code_batch_pkey PRIMARY KEY (id);

--
-- Name: count_job count_job_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.count_job
    ADD CONSTRAINT count_job_pkey PRIMARY KEY (id);

--
-- Name: credential credential_lookup_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.credential
    ADD CONSTRAINT credential_lookup_key UNIQUE (lookup);

--
-- Name: credential credential_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.credential
    ADD CONSTRAINT credential_pkey PRIMARY KEY (id);

--
-- Name: credential credential_serial_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.credential
    ADD CONSTRAINT credential_serial_key UNIQUE (serial);

--
-- Name: decision decision_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.decision
    ADD CONSTRAINT decision_pkey PRIMARY KEY (id);

--
-- Name: declaration declaration_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.declaration
    ADD CONSTRAINT declaration_pkey PRIMARY KEY (round_id, voter_id);

--
-- Name: delivery delivery_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.delivery
    ADD CONSTRAINT delivery_pkey PRIMARY KEY (id);

--
-- Name: dlr dlr_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.dlr
    ADD CONSTRAINT dlr_pkey PRIMARY KEY (client_ref, status);

--
-- Name: erasure erasure_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.erasure
    ADD CONSTRAINT erasure_pkey PRIMARY KEY (id);

--
-- Name: exclusion exclusion_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.exclusion
    ADD CONSTRAINT exclusion_pkey PRIMARY KEY (round_id, ordinal, proposal_id);

--
-- Name: idea idea_key_hash_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.idea
    ADD CONSTRAINT idea_key_hash_key UNIQUE (key_hash);

--
-- Name: idea_message idea_message_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.idea_message
    ADD CONSTRAINT idea_message_pkey PRIMARY KEY (id);

--
-- Name: idea idea_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.idea
    ADD CONSTRAINT idea_pkey PRIMARY KEY (id);

--
-- Name: idea idea_reference_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.idea
    ADD CONSTRAINT idea_reference_key UNIQUE (reference);

--
-- Name: inbox_lease inbox_lease_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.inbox_lease
    ADD CONSTRAINT inbox_lease_pkey PRIMARY KEY (token);

--
-- Name: inbox inbox_once; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.inbox
    ADD CONSTRAINT inbox_once UNIQUE (provider, endpoint, message_id);

--
-- Name: inbox inbox_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (id);

--
-- Name: inbox_waiting inbox_waiting_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.inbox_waiting
    ADD CONSTRAINT inbox_waiting_pkey PRIMARY KEY (inbox_id);

--
-- Name: migration migration_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (number);

--
-- Name: neighbourhood neighbourhood_ons_code_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.neighbourhood
    ADD CONSTRAINT neighbourhood_ons_code_key UNIQUE (ons_code);

--
-- Name: neighbourhood_outline neighbourhood_outline_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.neighbourhood_outline
    ADD CONSTRAINT neighbourhood_outline_pkey PRIMARY KEY (neighbourhood_id);

--
-- Name: neighbourhood neighbourhood_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.neighbourhood
    ADD CONSTRAINT neighbourhood_pkey PRIMARY KEY (id);

--
-- Name: neighbourhood neighbourhood_slug_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.neighbourhood
    ADD CONSTRAINT neighbourhood_slug_key UNIQUE (slug);

--
-- Name: neighbourhood_within neighbourhood_within_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.neighbourhood_within
    ADD CONSTRAINT neighbourhood_within_pkey PRIMARY KEY (neighbourhood_id, within_id);

--
-- Name: notice notice_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (id);

--
-- Name: number_in_use number_in_use_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.number_in_use
    ADD CONSTRAINT number_in_use_pkey PRIMARY KEY (round_id, number);

--
-- Name: number_in_use number_unique_while_open; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.number_in_use
    ADD CONSTRAINT number_unique_while_open EXCLUDE USING gist (number WITH =, during WITH &&);

--
-- Name: offer offer_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.offer
    ADD CONSTRAINT offer_pkey PRIMARY KEY (id);

--
-- Name: officer_area officer_area_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.officer_area
    ADD CONSTRAINT officer_area_pkey PRIMARY KEY (officer_id, neighbourhood_id, role);

--
-- Name: officer_link officer_link_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.officer_link
    ADD CONSTRAINT officer_link_pkey PRIMARY KEY (key_hash);

--
-- Name: officer officer_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.officer
    ADD CONSTRAINT officer_pkey PRIMARY KEY (id);

--
-- Name: officer_role officer_role_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.officer_role
    ADD CONSTRAINT officer_role_pkey PRIMARY KEY (officer_id, role);

--
-- Name: officer_session officer_session_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.officer_session
    ADD CONSTRAINT officer_session_pkey PRIMARY KEY (id_hash);

--
-- Name: outbox outbox_client_ref_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.outbox
    ADD CONSTRAINT outbox_client_ref_key UNIQUE (client_ref);

--
-- Name: outbox outbox_dedup_key_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.outbox
    ADD CONSTRAINT outbox_dedup_key_key UNIQUE (dedup_key);

--
-- Name: outbox outbox_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

--
-- Name: outline_import outline_import_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.outline_import
    ADD CONSTRAINT outline_import_pkey PRIMARY KEY (id);

--
-- Name: paper_batch paper_batch_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.paper_batch
    ADD CONSTRAINT paper_batch_pkey PRIMARY KEY (id);

--
-- Name: paper_return paper_return_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.paper_return
    ADD CONSTRAINT paper_return_pkey PRIMARY KEY (round_id);

--
-- Name: pledge_check pledge_check_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.pledge_check
    ADD CONSTRAINT pledge_check_pkey PRIMARY KEY (id);

--
-- Name: pledge pledge_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.pledge
    ADD CONSTRAINT pledge_pkey PRIMARY KEY (id);

--
-- Name: pledge pledge_place; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.pledge
    ADD CONSTRAINT pledge_place UNIQUE (edition_id, ordinal) DEFERRABLE;

--
-- Name: postcode_part postcode_part_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.postcode_part
    ADD CONSTRAINT postcode_part_pkey PRIMARY KEY (part, neighbourhood_id);

--
-- Name: postcode postcode_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.postcode
    ADD CONSTRAINT postcode_pkey PRIMARY KEY (postcode);

--
-- Name: pot pot_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.pot
    ADD CONSTRAINT pot_pkey PRIMARY KEY (id);

--
-- Name: pot pot_round_id_id_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.pot
    ADD CONSTRAINT pot_round_id_id_key UNIQUE (round_id, id);

--
-- Name: pot pot_round_id_ordinal_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.pot
    ADD CONSTRAINT pot_round_id_ordinal_key UNIQUE (round_id, ordinal);

--
-- Name: preview_link preview_link_key_hash_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.preview_link
    ADD CONSTRAINT preview_link_key_hash_key UNIQUE (key_hash);

--
-- Name: preview_link preview_link_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.preview_link
    ADD CONSTRAINT preview_link_pkey PRIMARY KEY (round_id);

--
-- Name: proposal_import proposal_import_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.proposal_import
    ADD CONSTRAINT proposal_import_pkey PRIMARY KEY (id);

--
-- Name: proposal proposal_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.proposal
    ADD CONSTRAINT proposal_pkey PRIMARY KEY (id);

--
-- Name: proposal_revision proposal_revision_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.proposal_revision
    ADD CONSTRAINT proposal_revision_pkey PRIMARY KEY (proposal_id, revision);

--
-- Name: proposal proposal_round_id_number_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.proposal
    ADD CONSTRAINT proposal_round_id_number_key UNIQUE (round_id, number);

--
-- Name: proposal_translation proposal_translation_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.proposal_translation
    ADD CONSTRAINT proposal_translation_pkey PRIMARY KEY (proposal_id, language, revision);

--
-- Name: provider_link provider_link_key_hash_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.provider_link
    ADD CONSTRAINT provider_link_key_hash_key UNIQUE (key_hash);

--
-- Name: provider_link provider_link_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.provider_link
    ADD CONSTRAINT provider_link_pkey PRIMARY KEY (edition_id, provider_id);

--
-- Name: provider provider_name_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.provider
    ADD CONSTRAINT provider_name_key UNIQUE (name);

--
-- Name: provider provider_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.provider
    ADD CONSTRAINT provider_pkey PRIMARY KEY (id);

--
-- Name: register_import_part register_import_part_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.register_import_part
    ADD CONSTRAINT register_import_part_pkey PRIMARY KEY (import_id, part);

--
-- Name: register_import register_import_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.register_import
    ADD CONSTRAINT register_import_pkey PRIMARY KEY (id);

--
-- Name: register_import_sample register_import_sample_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.register_import_sample
    ADD CONSTRAINT register_import_sample_pkey PRIMARY KEY (import_id, n);

--
-- Name: register register_name_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.register
    ADD CONSTRAINT register_name_key UNIQUE (name);

--
-- Name: register register_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.register
    ADD CONSTRAINT register_pkey PRIMARY KEY (id);

--
-- Name: result_account result_account_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.result_account
    ADD CONSTRAINT result_account_pkey PRIMARY KEY (round_id, version, account, channel, part);

--
-- Name: result_part result_part_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.result_part
    ADD CONSTRAINT result_part_pkey PRIMARY KEY (round_id, version, ordinal);

--
-- Name: result result_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.result
    ADD CONSTRAINT result_pkey PRIMARY KEY (round_id, version);

--
-- Name: revision revision_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.revision
    ADD CONSTRAINT revision_pkey PRIMARY KEY (round_id, voter_id, revision);

--
-- Name: revision_void revision_void_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.revision_void
    ADD CONSTRAINT revision_void_pkey PRIMARY KEY (round_id, voter_id, revision);

--
-- Name: round round_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.round
    ADD CONSTRAINT round_pkey PRIMARY KEY (id);

--
-- Name: round round_slug_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.round
    ADD CONSTRAINT round_slug_key UNIQUE (slug);

--
-- Name: round round_uuid_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.round
    ADD CONSTRAINT round_uuid_key UNIQUE (uuid);

--
-- Name: sign_in sign_in_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sign_in
    ADD CONSTRAINT sign_in_pkey PRIMARY KEY (id);

--
-- Name: site site_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.site
    ADD CONSTRAINT site_pkey PRIMARY KEY (one);

--
-- Name: sms_alarm sms_alarm_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sms_alarm
    ADD CONSTRAINT sms_alarm_pkey PRIMARY KEY (name);

--
-- Name: sms_budget sms_budget_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sms_budget
    ADD CONSTRAINT sms_budget_pkey PRIMARY KEY (day);

--
-- Name: sms_challenge sms_challenge_inbox_id_key; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sms_challenge
    ADD CONSTRAINT sms_challenge_inbox_id_key UNIQUE (inbox_id);

--
-- Name: sms_challenge sms_challenge_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sms_challenge
    ADD CONSTRAINT sms_challenge_pkey PRIMARY KEY (id);

--
-- Name: sms_consent sms_consent_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sms_consent
    ADD CONSTRAINT sms_consent_pkey PRIMARY KEY (id);

--
-- Name: sms_gateway sms_gateway_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sms_gateway
    ADD CONSTRAINT sms_gateway_pkey PRIMARY KEY (name);

--
-- Name: sms_language sms_language_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sms_language
    ADD CONSTRAINT sms_language_pkey PRIMARY KEY (recipient_key);

--
-- Name: sms_limits sms_limits_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sms_limits
    ADD CONSTRAINT sms_limits_pkey PRIMARY KEY (one);

--
-- Name: sms_list sms_list_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sms_list
    ADD CONSTRAINT sms_list_pkey PRIMARY KEY (sender_key);

--
-- Name: sms_part sms_part_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sms_part
    ADD CONSTRAINT sms_part_pkey PRIMARY KEY (provider, sender_key, endpoint, ref, total, part);

--
-- Name: sms_poll sms_poll_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sms_poll
    ADD CONSTRAINT sms_poll_pkey PRIMARY KEY (provider);

--
-- Name: sms_receipt_early sms_receipt_early_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sms_receipt_early
    ADD CONSTRAINT sms_receipt_early_pkey PRIMARY KEY (provider, provider_id, status);

--
-- Name: sms_stop sms_stop_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sms_stop
    ADD CONSTRAINT sms_stop_pkey PRIMARY KEY (recipient_key, by);

--
-- Name: voter voter_pkey; Type: CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.voter
    ADD CONSTRAINT voter_pkey PRIMARY KEY (id);

--
-- Name: agreement_edition_in_force; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE UNIQUE INDEX agreement_edition_in_force ON wardmote.agreement_edition USING btree (neighbourhood_id) WHERE (state = 'adopted'::text);

--
-- Name: amendment_proposal; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX amendment_proposal ON wardmote.amendment USING btree (proposal_id) WHERE (proposal_id IS NOT NULL);

--
-- Name: amendment_round; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX amendment_round ON wardmote.amendment USING btree (round_id);

--
-- Name: amendment_waiting; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX amendment_waiting ON wardmote.amendment USING btree (asked_at) WHERE (granted IS NULL);

--
-- Name: attempt_started; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX attempt_started ON wardmote.attempt USING brin (started_at);

--
-- Name: audit_area; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX audit_area ON wardmote.audit USING btree (neighbourhood_id, id);

--
-- Name: audit_at; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX audit_at ON wardmote.audit USING btree (at);

--
-- Name: audit_officer; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX audit_officer ON wardmote.audit USING btree (officer_id, id);

--
-- Name: code_try_address; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX code_try_address ON wardmote.code_try USING btree (address_key, at) WHERE (outcome = 'wrong'::text);

--
-- Name: code_try_at; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX code_try_at ON wardmote.code_try USING btree (at);

--
-- Name: code_try_network; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX code_try_network ON wardmote.code_try USING btree (network_key, at) WHERE (outcome = 'wrong'::text);

--
-- Name: code_try_phone; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX code_try_phone ON wardmote.code_try USING btree (phone_key, at) WHERE (outcome = 'wrong'::text);

--
-- Name: code_try_wrong; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX code_try_wrong ON wardmote.code_try USING btree (at) WHERE (outcome = 'wrong'::text);

--
-- Name: count_job_one; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE UNIQUE INDEX count_job_one ON wardmote.count_job USING btree (round_id) WHERE (finished_at IS NULL);

--
-- Name: count_job_round; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX count_job_round ON wardmote.count_job USING btree (round_id, id DESC);

--
-- Name: credential_voter; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX credential_voter ON wardmote.credential USING btree (voter_id) INCLUDE (kind, voided_at);

--
-- Name: decision_proposal; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX decision_proposal ON wardmote.decision USING btree (proposal_id, confirmed_at DESC);

--
-- Name: decision_waits; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE UNIQUE INDEX decision_waits ON wardmote.decision USING btree (proposal_id) WHERE (granted IS NULL);

--
-- Name: delivery_proposal; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX delivery_proposal ON wardmote.delivery USING btree (proposal_id, id);

--
-- Name: failure_at; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX failure_at ON wardmote.failure USING btree (kind, at);

--
-- Name: failure_key; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX failure_key ON wardmote.failure USING btree (kind, key, at);

--
-- Name: idea_area; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX idea_area ON wardmote.idea USING btree (neighbourhood_id, state);

--
-- Name: idea_message_idea; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX idea_message_idea ON wardmote.idea_message USING btree (idea_id, id);

--
-- Name: idea_pledge; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX idea_pledge ON wardmote.idea USING btree (pledge_id) WHERE (pledge_id IS NOT NULL);

--
-- Name: inbox_history; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX inbox_history ON wardmote.inbox USING btree (sender_key, received_at);

--
-- Name: inbox_letter; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX inbox_letter ON wardmote.inbox USING btree (id) WHERE letter;

--
-- Name: inbox_number_kept; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX inbox_number_kept ON wardmote.inbox USING brin (received_at) WITH (autosummarize='on') WHERE (sender_sealed IS NOT NULL);

--
-- Name: inbox_waiting_alone; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX inbox_waiting_alone ON wardmote.inbox_waiting USING btree (next_at, inbox_id) WHERE alone;

--
-- Name: inbox_waiting_sender; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX inbox_waiting_sender ON wardmote.inbox_waiting USING btree (sender_key, inbox_id);

--
-- Name: inbox_waiting_todo; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX inbox_waiting_todo ON wardmote.inbox_waiting USING btree (next_at, inbox_id) WHERE (NOT alone);

--
-- Name: notice_todo; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX notice_todo ON wardmote.notice USING btree (id) WHERE (taken_at IS NULL);

--
-- Name: offer_pledge; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE UNIQUE INDEX offer_pledge ON wardmote.offer USING btree (pledge_id, recipient_key);

--
-- Name: offer_proposal; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE UNIQUE INDEX offer_proposal ON wardmote.offer USING btree (proposal_id, recipient_key);

--
-- Name: offer_sender; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX offer_sender ON wardmote.offer USING btree (recipient_key) WHERE (agreed_at IS NULL);

--
-- Name: officer_email; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE UNIQUE INDEX officer_email ON wardmote.officer USING btree (lower(email));

--
-- Name: officer_link_stands; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE UNIQUE INDEX officer_link_stands ON wardmote.officer_link USING btree (officer_id) WHERE ((used_at IS NULL) AND (ended_at IS NULL));

--
-- Name: officer_session_officer; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX officer_session_officer ON wardmote.officer_session USING btree (officer_id);

--
-- Name: outbox_leased; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX outbox_leased ON wardmote.outbox USING btree (lease_until) WHERE (state = 'leased'::text);

--
-- Name: outbox_letter; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX outbox_letter ON wardmote.outbox USING btree (id) WHERE (state = ANY (ARRAY['dead'::text, 'held'::text, 'expired'::text]));

--
-- Name: outbox_lookup; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX outbox_lookup ON wardmote.outbox USING btree (recipient_key, created_at) WHERE lookup;

--
-- Name: outbox_number_kept; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX outbox_number_kept ON wardmote.outbox USING brin (created_at) WITH (autosummarize='on') WHERE (recipient_sealed IS NOT NULL);

--
-- Name: outbox_passive; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX outbox_passive ON wardmote.outbox USING btree (recipient_key, created_at) WHERE passive;

--
-- Name: outbox_provider; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX outbox_provider ON wardmote.outbox USING btree (provider, provider_id) WHERE (provider_id IS NOT NULL);

--
-- Name: outbox_recipient; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX outbox_recipient ON wardmote.outbox USING btree (recipient_key, created_at);

--
-- Name: outbox_todo; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX outbox_todo ON wardmote.outbox USING btree (((class = 'bulk'::text)), next_at, id) WHERE (state = ANY (ARRAY['queued'::text, 'leased'::text, 'unknown'::text]));

--
-- Name: outbox_unknown; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX outbox_unknown ON wardmote.outbox USING btree (next_at) WHERE (state = 'unknown'::text);

--
-- Name: paper_batch_round; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX paper_batch_round ON wardmote.paper_batch USING btree (round_id);

--
-- Name: pledge_check_pledge; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX pledge_check_pledge ON wardmote.pledge_check USING btree (pledge_id, id);

--
-- Name: postcode_begins; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX postcode_begins ON wardmote.postcode USING btree (postcode text_pattern_ops);

--
-- Name: proposal_import_id; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX proposal_import_id ON wardmote.proposal USING btree (import_id) WHERE (import_id IS NOT NULL);

--
-- Name: proposal_import_round; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX proposal_import_round ON wardmote.proposal_import USING btree (round_id);

--
-- Name: result_one_waits; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE UNIQUE INDEX result_one_waits ON wardmote.result USING btree (round_id) WHERE ((published_at IS NULL) AND (dropped_at IS NULL));

--
-- Name: revision_batch; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX revision_batch ON wardmote.revision USING btree (batch_id) WHERE (batch_id IS NOT NULL);

--
-- Name: revision_inbox; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX revision_inbox ON wardmote.revision USING btree (inbox_id) WHERE (inbox_id IS NOT NULL);

--
-- Name: revision_receipt; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX revision_receipt ON wardmote.revision USING brin (receipt int8_bloom_ops (false_positive_rate='0.001')) WITH (pages_per_range='32', autosummarize='on');

--
-- Name: round_area; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX round_area ON wardmote.round USING btree (neighbourhood_id);

--
-- Name: sign_in_address; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX sign_in_address ON wardmote.sign_in USING btree (address_key, created_at);

--
-- Name: sign_in_at; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX sign_in_at ON wardmote.sign_in USING btree (created_at);

--
-- Name: sign_in_network; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX sign_in_network ON wardmote.sign_in USING btree (network_key, created_at);

--
-- Name: sign_in_phone; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX sign_in_phone ON wardmote.sign_in USING btree (phone_key, created_at);

--
-- Name: sms_challenge_sender; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX sms_challenge_sender ON wardmote.sms_challenge USING btree (sender_key, created_at);

--
-- Name: sms_consent_stands; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE UNIQUE INDEX sms_consent_stands ON wardmote.sms_consent USING btree (recipient_key) WHERE (ended_at IS NULL);

--
-- Name: sms_part_age; Type: INDEX; Schema: wardmote; Owner: wardmote_owner
--

CREATE INDEX sms_part_age ON wardmote.sms_part USING btree (received_at);

--
-- Name: officer administrators_stay; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER administrators_stay AFTER UPDATE OF disabled_at ON wardmote.officer FOR EACH ROW WHEN (((old.disabled_at IS NULL) AND (new.disabled_at IS NOT NULL))) EXECUTE FUNCTION wardmote.administrators_stay();

--
-- Name: officer_role administrators_stay; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER administrators_stay AFTER DELETE ON wardmote.officer_role FOR EACH ROW WHEN ((old.role = 'administrator'::text)) EXECUTE FUNCTION wardmote.administrators_stay();

--
-- Name: amendment amendment_kept; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER amendment_kept BEFORE DELETE OR UPDATE ON wardmote.amendment FOR EACH ROW EXECUTE FUNCTION wardmote.amendment_kept();

--
-- Name: audit audit_begun; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_begun BEFORE INSERT ON wardmote.audit FOR EACH ROW EXECUTE FUNCTION wardmote.audit_begun();

--
-- Name: audit_chain audit_chain_kept; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_chain_kept BEFORE DELETE OR UPDATE ON wardmote.audit_chain FOR EACH ROW EXECUTE FUNCTION wardmote.audit_kept();

--
-- Name: audit_chain audit_chain_not_truncated; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_chain_not_truncated BEFORE TRUNCATE ON wardmote.audit_chain FOR EACH STATEMENT EXECUTE FUNCTION wardmote.audit_kept();

--
-- Name: audit audit_chained; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE CONSTRAINT TRIGGER audit_chained AFTER INSERT ON wardmote.audit DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wardmote.audit_chained();

--
-- Name: agreement_edition audit_change; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_change AFTER UPDATE OF title, in_return, state, review_on, adopt_reason ON wardmote.agreement_edition FOR EACH ROW EXECUTE FUNCTION wardmote.audit_change('edition', '', 'title', 'in_return', 'state', 'review_on', 'adopt_reason');

--
-- Name: amendment audit_change; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_change AFTER UPDATE OF granted ON wardmote.amendment FOR EACH ROW EXECUTE FUNCTION wardmote.audit_change('amendment', '', 'granted');

--
-- Name: decision audit_change; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_change AFTER UPDATE OF granted ON wardmote.decision FOR EACH ROW EXECUTE FUNCTION wardmote.audit_change('decision', '', 'granted');

--
-- Name: idea audit_change; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_change AFTER UPDATE OF state, officer_id, cost ON wardmote.idea FOR EACH ROW EXECUTE FUNCTION wardmote.audit_change('idea', '', 'state', 'officer_id', 'cost');

--
-- Name: officer audit_change; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_change AFTER UPDATE OF disabled_at ON wardmote.officer FOR EACH ROW EXECUTE FUNCTION wardmote.audit_change('officer', '', 'disabled_at');

--
-- Name: paper_batch audit_change; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_change AFTER UPDATE OF spoilt, reconciled_at ON wardmote.paper_batch FOR EACH ROW EXECUTE FUNCTION wardmote.audit_change('batch', '', 'spoilt', 'reconciled_at');

--
-- Name: pledge audit_change; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_change AFTER UPDATE OF promise, standard, measure, due, state, reason, checked_on, check_result, evidence ON wardmote.pledge FOR EACH ROW EXECUTE FUNCTION wardmote.audit_change('pledge', 'ordinal', 'promise', 'standard', 'measure', 'due', 'state', 'reason', 'checked_on', 'check_result', 'evidence');

--
-- Name: pot audit_change; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_change AFTER INSERT OR DELETE OR UPDATE OF name, amount, min_picks, max_picks ON wardmote.pot FOR EACH ROW EXECUTE FUNCTION wardmote.audit_change('pot', 'ordinal', 'name', 'amount', 'min_picks', 'max_picks');

--
-- Name: proposal audit_change; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_change AFTER UPDATE OF title, short_name, summary, body, place, cost, state, theme, lat, lon ON wardmote.proposal FOR EACH ROW EXECUTE FUNCTION wardmote.audit_change('proposal', 'number', 'title', 'short_name', 'summary', 'body', 'place', 'cost', 'state', 'theme', 'lat', 'lon');

--
-- Name: register audit_change; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_change AFTER UPDATE OF name, codes_per_address, extra_cap, retired_at ON wardmote.register FOR EACH ROW EXECUTE FUNCTION wardmote.audit_change('register', '', 'name', 'codes_per_address', 'extra_cap', 'retired_at');

--
-- Name: round audit_change; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_change AFTER UPDATE OF title, about, kind, rule, rule_parameters, opens_at, closes_at, grace, min_picks, max_picks, points_sum, points_max, blank_allowed, minimum_votes, cap_percent, carry, eligibility, minimum_age, residence, provisional_days, state, neighbourhood_id, edition_id ON wardmote.round FOR EACH ROW EXECUTE FUNCTION wardmote.audit_change('round', '', 'title', 'about', 'kind', 'rule', 'rule_parameters', 'opens_at', 'closes_at', 'grace', 'min_picks', 'max_picks', 'points_sum', 'points_max', 'blank_allowed', 'minimum_votes', 'cap_percent', 'carry', 'eligibility', 'minimum_age', 'residence', 'provisional_days', 'state', 'neighbourhood_id', 'edition_id');

--
-- Name: sms_gateway audit_change; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_change AFTER UPDATE OF price, price_abroad, rate, paused_until ON wardmote.sms_gateway FOR EACH ROW EXECUTE FUNCTION wardmote.audit_change('provider', '', 'price', 'price_abroad', 'rate', 'paused_until');

--
-- Name: sms_limits audit_change; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_change AFTER UPDATE OF day_pence, bulk_paused_at ON wardmote.sms_limits FOR EACH ROW EXECUTE FUNCTION wardmote.audit_change('texts', '', 'day_pence', 'bulk_paused_at');

--
-- Name: audit audit_kept; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_kept BEFORE DELETE OR UPDATE ON wardmote.audit FOR EACH ROW EXECUTE FUNCTION wardmote.audit_kept();

--
-- Name: audit audit_not_truncated; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER audit_not_truncated BEFORE TRUNCATE ON wardmote.audit FOR EACH STATEMENT EXECUTE FUNCTION wardmote.audit_kept();

--
-- Name: exclusion exclusion_frozen; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER exclusion_frozen BEFORE INSERT OR DELETE OR UPDATE ON wardmote.exclusion FOR EACH ROW EXECUTE FUNCTION wardmote.part_frozen();

--
-- Name: inbox inbox_waits; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER inbox_waits AFTER INSERT ON wardmote.inbox REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION wardmote.enter_waiting();

--
-- Name: neighbourhood neighbourhood_place; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER neighbourhood_place AFTER INSERT OR UPDATE ON wardmote.neighbourhood FOR EACH ROW EXECUTE FUNCTION wardmote.neighbourhood_place();

--
-- Name: pot pot_frozen; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER pot_frozen BEFORE INSERT OR DELETE OR UPDATE ON wardmote.pot FOR EACH ROW EXECUTE FUNCTION wardmote.part_frozen();

--
-- Name: proposal proposal_frozen; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER proposal_frozen BEFORE INSERT OR DELETE OR UPDATE ON wardmote.proposal FOR EACH ROW EXECUTE FUNCTION wardmote.part_frozen();

--
-- Name: proposal proposal_keep; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER proposal_keep AFTER INSERT OR UPDATE ON wardmote.proposal FOR EACH ROW EXECUTE FUNCTION wardmote.proposal_keep();

--
-- Name: proposal proposal_revise; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER proposal_revise BEFORE UPDATE ON wardmote.proposal FOR EACH ROW EXECUTE FUNCTION wardmote.proposal_revise();

--
-- Name: register_address register_address_refers; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER register_address_refers AFTER INSERT ON wardmote.register_address REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION wardmote.register_refers();

--
-- Name: register_import register_import_whole; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE CONSTRAINT TRIGGER register_import_whole AFTER UPDATE OF taken_in, voters_in, addresses_in ON wardmote.register_import DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.taken_in IS NOT NULL)) EXECUTE FUNCTION wardmote.register_import_whole();

--
-- Name: revision revision_emptied; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER revision_emptied BEFORE UPDATE ON wardmote.revision FOR EACH ROW EXECUTE FUNCTION wardmote.revision_emptied();

--
-- Name: revision revision_in_time; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER revision_in_time AFTER INSERT ON wardmote.revision REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION wardmote.revision_in_time();

--
-- Name: revision revision_kept; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER revision_kept BEFORE DELETE ON wardmote.revision FOR EACH STATEMENT EXECUTE FUNCTION wardmote.revision_kept();

--
-- Name: revision revision_not_truncated; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER revision_not_truncated BEFORE TRUNCATE ON wardmote.revision FOR EACH STATEMENT EXECUTE FUNCTION wardmote.revision_kept();

--
-- Name: revision_void revision_void_kept; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER revision_void_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON wardmote.revision_void FOR EACH STATEMENT EXECUTE FUNCTION wardmote.revision_kept();

--
-- Name: round round_frozen; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER round_frozen BEFORE DELETE OR UPDATE ON wardmote.round FOR EACH ROW EXECUTE FUNCTION wardmote.round_frozen();

--
-- Name: proposal_translation translation_kept; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER translation_kept BEFORE UPDATE ON wardmote.proposal_translation FOR EACH ROW EXECUTE FUNCTION wardmote.translation_kept();

--
-- Name: voter voter_kept; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER voter_kept BEFORE DELETE OR UPDATE ON wardmote.voter FOR EACH ROW EXECUTE FUNCTION wardmote.voter_kept();

--
-- Name: voter voter_not_truncated; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER voter_not_truncated BEFORE TRUNCATE ON wardmote.voter FOR EACH STATEMENT EXECUTE FUNCTION wardmote.voter_kept();

--
-- Name: voter voter_refers; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER voter_refers AFTER INSERT ON wardmote.voter REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION wardmote.register_refers();

--
-- Name: voter voter_refers_still; Type: TRIGGER; Schema: wardmote; Owner: wardmote_owner
--

CREATE TRIGGER voter_refers_still AFTER UPDATE ON wardmote.voter REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION wardmote.register_refers();

--
-- Name: agreement_edition agreement_edition_adopt_asked_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.agreement_edition
    ADD CONSTRAINT agreement_edition_adopt_asked_by_fkey FOREIGN KEY (adopt_asked_by) REFERENCES wardmote.officer(id);

--
-- Name: agreement_edition agreement_edition_adopted_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.agreement_edition
    ADD CONSTRAINT agreement_edition_adopted_by_fkey FOREIGN KEY (adopted_by) REFERENCES wardmote.officer(id);

--
-- Name: agreement_edition agreement_edition_created_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.agreement_edition
    ADD CONSTRAINT agreement_edition_created_by_fkey FOREIGN KEY (created_by) REFERENCES wardmote.officer(id);

--
-- Name: agreement_edition agreement_edition_frozen_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.agreement_edition
    ADD CONSTRAINT agreement_edition_frozen_by_fkey FOREIGN KEY (frozen_by) REFERENCES wardmote.officer(id);

--
-- Name: agreement_edition agreement_edition_neighbourhood_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.agreement_edition
    ADD CONSTRAINT agreement_edition_neighbourhood_id_fkey FOREIGN KEY (neighbourhood_id) REFERENCES wardmote.neighbourhood(id);

--
-- Name: amendment amendment_asked_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.amendment
    ADD CONSTRAINT amendment_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES wardmote.officer(id);

--
-- Name: amendment amendment_credential_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.amendment
    ADD CONSTRAINT amendment_credential_id_fkey FOREIGN KEY (credential_id) REFERENCES wardmote.credential(id);

--
-- Name: amendment amendment_decided_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.amendment
    ADD CONSTRAINT amendment_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES wardmote.officer(id);

--
-- Name: amendment amendment_proposal_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.amendment
    ADD CONSTRAINT amendment_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES wardmote.proposal(id);

--
-- Name: amendment amendment_round_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.amendment
    ADD CONSTRAINT amendment_round_id_fkey FOREIGN KEY (round_id) REFERENCES wardmote.round(id);

--
-- Name: amendment amendment_voter_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.amendment
    ADD CONSTRAINT amendment_voter_id_fkey FOREIGN KEY (voter_id) REFERENCES wardmote.voter(id);

--
-- Name: attempt attempt_outbox_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.attempt
    ADD CONSTRAINT attempt_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES wardmote.outbox(id);

--
-- Name: audit_chain audit_chain_audit_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.audit_chain
    ADD CONSTRAINT audit_chain_audit_id_fkey FOREIGN KEY (audit_id) REFERENCES wardmote.audit(id);

--
-- Name: audit audit_neighbourhood_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.audit
    ADD CONSTRAINT audit_neighbourhood_id_fkey FOREIGN KEY (neighbourhood_id) REFERENCES wardmote.neighbourhood(id);

--
-- Name: audit audit_officer_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.audit
    ADD CONSTRAINT audit_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES wardmote.officer(id);

--
-- Name: bulk bulk_officer_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.bulk
    ADD CONSTRAINT bulk_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES wardmote.officer(id);

--
-- Name: bulk bulk_round_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.bulk
    ADD CONSTRAINT bulk_round_id_fkey FOREIGN KEY (round_id) REFERENCES wardmote.round(id);

--
-- Name: bulk_text bulk_text_outbox_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.bulk_text
    ADD CONSTRAINT bulk_text_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES wardmote.outbox(id);

--
-- Name: bulk_text bulk_text_round_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.bulk_text
    ADD CONSTRAINT bulk_text_round_id_fkey FOREIGN KEY (round_id) REFERENCES wardmote.round(id);

--
-- Name: code_batch code_batch_created_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.code_batch
    ADD CONSTRAINT code_batch_created_by_fkey FOREIGN KEY (created_by) REFERENCES wardmote.officer(id);

--
-- Name: code_batch code_batch_neighbourhood_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.code_batch
    ADD CONSTRAINT code_batch_neighbourhood_id_fkey FOREIGN KEY (neighbourhood_id) REFERENCES wardmote.neighbourhood(id);

--
-- Name: code_batch code_batch_register_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.code_batch
    ADD CONSTRAINT code_batch_register_id_fkey FOREIGN KEY (register_id) REFERENCES wardmote.register(id);

--
-- Name: count_job count_job_asked_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.count_job
    ADD CONSTRAINT count_job_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES wardmote.officer(id);

--
-- Name: count_job count_job_round_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.count_job
    ADD CONSTRAINT count_job_round_id_fkey FOREIGN KEY (round_id) REFERENCES wardmote.round(id);

--
-- Name: credential credential_batch_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.credential
    ADD CONSTRAINT credential_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES wardmote.code_batch(id);

--
-- Name: credential credential_issued_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.credential
    ADD CONSTRAINT credential_issued_by_fkey FOREIGN KEY (issued_by) REFERENCES wardmote.officer(id);

--
-- Name: credential credential_replaces_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.credential
    ADD CONSTRAINT credential_replaces_id_fkey FOREIGN KEY (replaces_id) REFERENCES wardmote.credential(id);

--
-- Name: credential credential_voided_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.credential
    ADD CONSTRAINT credential_voided_by_fkey FOREIGN KEY (voided_by) REFERENCES wardmote.officer(id);

--
-- Name: credential credential_voter_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.credential
    ADD CONSTRAINT credential_voter_id_fkey FOREIGN KEY (voter_id) REFERENCES wardmote.voter(id);

--
-- Name: decision decision_asked_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.decision
    ADD CONSTRAINT decision_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES wardmote.officer(id);

--
-- Name: decision decision_confirmed_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.decision
    ADD CONSTRAINT decision_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES wardmote.officer(id);

--
-- Name: decision decision_proposal_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.decision
    ADD CONSTRAINT decision_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES wardmote.proposal(id);

--
-- Name: declaration declaration_round_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.declaration
    ADD CONSTRAINT declaration_round_id_fkey FOREIGN KEY (round_id) REFERENCES wardmote.round(id);

--
-- Name: declaration declaration_voter_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.declaration
    ADD CONSTRAINT declaration_voter_id_fkey FOREIGN KEY (voter_id) REFERENCES wardmote.voter(id);

--
-- Name: delivery delivery_officer_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.delivery
    ADD CONSTRAINT delivery_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES wardmote.officer(id);

--
-- Name: delivery delivery_proposal_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.delivery
    ADD CONSTRAINT delivery_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES wardmote.proposal(id);

--
-- Name: exclusion exclusion_proposal_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.exclusion
    ADD CONSTRAINT exclusion_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES wardmote.proposal(id);

--
-- Name: exclusion exclusion_round_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.exclusion
    ADD CONSTRAINT exclusion_round_id_fkey FOREIGN KEY (round_id) REFERENCES wardmote.round(id);

--
-- Name: idea idea_merged_into_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.idea
    ADD CONSTRAINT idea_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES wardmote.idea(id);

--
-- Name: idea_message idea_message_idea_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.idea_message
    ADD CONSTRAINT idea_message_idea_id_fkey FOREIGN KEY (idea_id) REFERENCES wardmote.idea(id) ON DELETE CASCADE;

--
-- Name: idea_message idea_message_officer_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.idea_message
    ADD CONSTRAINT idea_message_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES wardmote.officer(id);

--
-- Name: idea idea_neighbourhood_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.idea
    ADD CONSTRAINT idea_neighbourhood_id_fkey FOREIGN KEY (neighbourhood_id) REFERENCES wardmote.neighbourhood(id);

--
-- Name: idea idea_officer_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.idea
    ADD CONSTRAINT idea_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES wardmote.officer(id);

--
-- Name: idea idea_pledge_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.idea
    ADD CONSTRAINT idea_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES wardmote.pledge(id);

--
-- Name: idea idea_proposal_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.idea
    ADD CONSTRAINT idea_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES wardmote.proposal(id);

--
-- Name: neighbourhood_outline neighbourhood_outline_changed_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.neighbourhood_outline
    ADD CONSTRAINT neighbourhood_outline_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES wardmote.officer(id);

--
-- Name: neighbourhood_outline neighbourhood_outline_neighbourhood_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.neighbourhood_outline
    ADD CONSTRAINT neighbourhood_outline_neighbourhood_id_fkey FOREIGN KEY (neighbourhood_id) REFERENCES wardmote.neighbourhood(id);

--
-- Name: neighbourhood neighbourhood_parent_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.neighbourhood
    ADD CONSTRAINT neighbourhood_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES wardmote.neighbourhood(id);

--
-- Name: neighbourhood_within neighbourhood_within_neighbourhood_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.neighbourhood_within
    ADD CONSTRAINT neighbourhood_within_neighbourhood_id_fkey FOREIGN KEY (neighbourhood_id) REFERENCES wardmote.neighbourhood(id);

--
-- Name: neighbourhood_within neighbourhood_within_within_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.neighbourhood_within
    ADD CONSTRAINT neighbourhood_within_within_id_fkey FOREIGN KEY (within_id) REFERENCES wardmote.neighbourhood(id);

--
-- Name: notice notice_amendment_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.notice
    ADD CONSTRAINT notice_amendment_id_fkey FOREIGN KEY (amendment_id) REFERENCES wardmote.amendment(id);

--
-- Name: notice notice_idea_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.notice
    ADD CONSTRAINT notice_idea_id_fkey FOREIGN KEY (idea_id) REFERENCES wardmote.idea(id) ON DELETE CASCADE;

--
-- Name: notice notice_round_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.notice
    ADD CONSTRAINT notice_round_id_fkey FOREIGN KEY (round_id) REFERENCES wardmote.round(id);

--
-- Name: notice notice_voter_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.notice
    ADD CONSTRAINT notice_voter_id_fkey FOREIGN KEY (voter_id) REFERENCES wardmote.voter(id);

--
-- Name: number_in_use number_in_use_round_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.number_in_use
    ADD CONSTRAINT number_in_use_round_id_fkey FOREIGN KEY (round_id) REFERENCES wardmote.round(id);

--
-- Name: offer offer_answered_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.offer
    ADD CONSTRAINT offer_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES wardmote.officer(id);

--
-- Name: offer offer_pledge_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.offer
    ADD CONSTRAINT offer_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES wardmote.pledge(id);

--
-- Name: offer offer_proposal_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.offer
    ADD CONSTRAINT offer_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES wardmote.proposal(id);

--
-- Name: officer_area officer_area_neighbourhood_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.officer_area
    ADD CONSTRAINT officer_area_neighbourhood_id_fkey FOREIGN KEY (neighbourhood_id) REFERENCES wardmote.neighbourhood(id);

--
-- Name: officer_area officer_area_officer_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.officer_area
    ADD CONSTRAINT officer_area_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES wardmote.officer(id);

--
-- Name: officer_link officer_link_made_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.officer_link
    ADD CONSTRAINT officer_link_made_by_fkey FOREIGN KEY (made_by) REFERENCES wardmote.officer(id);

--
-- Name: officer_link officer_link_officer_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.officer_link
    ADD CONSTRAINT officer_link_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES wardmote.officer(id);

--
-- Name: officer officer_made_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.officer
    ADD CONSTRAINT officer_made_by_fkey FOREIGN KEY (made_by) REFERENCES wardmote.officer(id);

--
-- Name: officer_role officer_role_officer_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.officer_role
    ADD CONSTRAINT officer_role_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES wardmote.officer(id);

--
-- Name: officer_session officer_session_officer_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.officer_session
    ADD CONSTRAINT officer_session_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES wardmote.officer(id);

--
-- Name: outline_import outline_import_officer_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.outline_import
    ADD CONSTRAINT outline_import_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES wardmote.officer(id);

--
-- Name: paper_batch paper_batch_opened_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.paper_batch
    ADD CONSTRAINT paper_batch_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES wardmote.officer(id);

--
-- Name: paper_batch paper_batch_reconciled_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.paper_batch
    ADD CONSTRAINT paper_batch_reconciled_by_fkey FOREIGN KEY (reconciled_by) REFERENCES wardmote.officer(id);

--
-- Name: paper_batch paper_batch_round_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.paper_batch
    ADD CONSTRAINT paper_batch_round_id_fkey FOREIGN KEY (round_id) REFERENCES wardmote.round(id);

--
-- Name: paper_return paper_return_changed_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.paper_return
    ADD CONSTRAINT paper_return_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES wardmote.officer(id);

--
-- Name: paper_return paper_return_round_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.paper_return
    ADD CONSTRAINT paper_return_round_id_fkey FOREIGN KEY (round_id) REFERENCES wardmote.round(id) ON DELETE CASCADE;

--
-- Name: pledge pledge_came_from_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.pledge
    ADD CONSTRAINT pledge_came_from_fkey FOREIGN KEY (came_from) REFERENCES wardmote.pledge(id);

--
-- Name: pledge_check pledge_check_officer_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.pledge_check
    ADD CONSTRAINT pledge_check_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES wardmote.officer(id);

--
-- Name: pledge_check pledge_check_pledge_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.pledge_check
    ADD CONSTRAINT pledge_check_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES wardmote.pledge(id);

--
-- Name: pledge pledge_edition_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.pledge
    ADD CONSTRAINT pledge_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES wardmote.agreement_edition(id);

--
-- Name: pledge pledge_provider_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.pledge
    ADD CONSTRAINT pledge_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES wardmote.provider(id);

--
-- Name: pledge pledge_recorded_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.pledge
    ADD CONSTRAINT pledge_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES wardmote.officer(id);

--
-- Name: postcode postcode_neighbourhood_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.postcode
    ADD CONSTRAINT postcode_neighbourhood_id_fkey FOREIGN KEY (neighbourhood_id) REFERENCES wardmote.neighbourhood(id);

--
-- Name: postcode_part postcode_part_neighbourhood_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.postcode_part
    ADD CONSTRAINT postcode_part_neighbourhood_id_fkey FOREIGN KEY (neighbourhood_id) REFERENCES wardmote.neighbourhood(id);

--
-- Name: pot pot_round_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.pot
    ADD CONSTRAINT pot_round_id_fkey FOREIGN KEY (round_id) REFERENCES wardmote.round(id);

--
-- Name: preview_link preview_link_made_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.preview_link
    ADD CONSTRAINT preview_link_made_by_fkey FOREIGN KEY (made_by) REFERENCES wardmote.officer(id);

--
-- Name: preview_link preview_link_round_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.preview_link
    ADD CONSTRAINT preview_link_round_id_fkey FOREIGN KEY (round_id) REFERENCES wardmote.round(id) ON DELETE CASCADE;

--
-- Name: proposal proposal_changed_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.proposal
    ADD CONSTRAINT proposal_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES wardmote.officer(id);

--
-- Name: proposal proposal_created_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.proposal
    ADD CONSTRAINT proposal_created_by_fkey FOREIGN KEY (created_by) REFERENCES wardmote.officer(id);

--
-- Name: proposal proposal_import_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.proposal
    ADD CONSTRAINT proposal_import_id_fkey FOREIGN KEY (import_id) REFERENCES wardmote.proposal_import(id);

--
-- Name: proposal_import proposal_import_officer_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.proposal_import
    ADD CONSTRAINT proposal_import_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES wardmote.officer(id);

--
-- Name: proposal_import proposal_import_round_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.proposal_import
    ADD CONSTRAINT proposal_import_round_id_fkey FOREIGN KEY (round_id) REFERENCES wardmote.round(id) ON DELETE CASCADE;

--
-- Name: proposal_revision proposal_revision_officer_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.proposal_revision
    ADD CONSTRAINT proposal_revision_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES wardmote.officer(id);

--
-- Name: proposal_revision proposal_revision_proposal_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.proposal_revision
    ADD CONSTRAINT proposal_revision_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES wardmote.proposal(id) ON DELETE CASCADE;

--
-- Name: proposal proposal_round_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.proposal
    ADD CONSTRAINT proposal_round_id_fkey FOREIGN KEY (round_id) REFERENCES wardmote.round(id);

--
-- Name: proposal proposal_round_id_pot_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.proposal
    ADD CONSTRAINT proposal_round_id_pot_id_fkey FOREIGN KEY (round_id, pot_id) REFERENCES wardmote.pot(round_id, id);

--
-- Name: proposal_translation proposal_translation_officer_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.proposal_translation
    ADD CONSTRAINT proposal_translation_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES wardmote.officer(id);

--
-- Name: proposal_translation proposal_translation_proposal_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.proposal_translation
    ADD CONSTRAINT proposal_translation_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES wardmote.proposal(id) ON DELETE CASCADE;

--
-- Name: provider_link provider_link_edition_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.provider_link
    ADD CONSTRAINT provider_link_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES wardmote.agreement_edition(id);

--
-- Name: provider_link provider_link_made_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.provider_link
    ADD CONSTRAINT provider_link_made_by_fkey FOREIGN KEY (made_by) REFERENCES wardmote.officer(id);

--
-- Name: provider_link provider_link_provider_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.provider_link
    ADD CONSTRAINT provider_link_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES wardmote.provider(id);

--
-- Name: register_import register_import_officer_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.register_import
    ADD CONSTRAINT register_import_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES wardmote.officer(id);

--
-- Name: register_import register_import_register_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.register_import
    ADD CONSTRAINT register_import_register_id_fkey FOREIGN KEY (register_id) REFERENCES wardmote.register(id);

--
-- Name: register register_neighbourhood_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.register
    ADD CONSTRAINT register_neighbourhood_id_fkey FOREIGN KEY (neighbourhood_id) REFERENCES wardmote.neighbourhood(id);

--
-- Name: result_account result_account_round_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.result_account
    ADD CONSTRAINT result_account_round_id_fkey FOREIGN KEY (round_id) REFERENCES wardmote.round(id);

--
-- Name: result_account result_account_round_id_version_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.result_account
    ADD CONSTRAINT result_account_round_id_version_fkey FOREIGN KEY (round_id, version) REFERENCES wardmote.result(round_id, version);

--
-- Name: result result_approved_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.result
    ADD CONSTRAINT result_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES wardmote.officer(id);

--
-- Name: result result_counted_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.result
    ADD CONSTRAINT result_counted_by_fkey FOREIGN KEY (counted_by) REFERENCES wardmote.officer(id);

--
-- Name: result result_dropped_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.result
    ADD CONSTRAINT result_dropped_by_fkey FOREIGN KEY (dropped_by) REFERENCES wardmote.officer(id);

--
-- Name: result_part result_part_pot_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.result_part
    ADD CONSTRAINT result_part_pot_id_fkey FOREIGN KEY (pot_id) REFERENCES wardmote.pot(id);

--
-- Name: result_part result_part_round_id_version_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.result_part
    ADD CONSTRAINT result_part_round_id_version_fkey FOREIGN KEY (round_id, version) REFERENCES wardmote.result(round_id, version);

--
-- Name: result result_returned_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.result
    ADD CONSTRAINT result_returned_by_fkey FOREIGN KEY (returned_by) REFERENCES wardmote.officer(id);

--
-- Name: result result_round_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.result
    ADD CONSTRAINT result_round_id_fkey FOREIGN KEY (round_id) REFERENCES wardmote.round(id);

--
-- Name: result result_submitted_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.result
    ADD CONSTRAINT result_submitted_by_fkey FOREIGN KEY (submitted_by) REFERENCES wardmote.officer(id);

--
-- Name: revision_void revision_void_amendment_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.revision_void
    ADD CONSTRAINT revision_void_amendment_id_fkey FOREIGN KEY (amendment_id) REFERENCES wardmote.amendment(id);

--
-- Name: round round_approved_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.round
    ADD CONSTRAINT round_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES wardmote.officer(id);

--
-- Name: round round_changed_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.round
    ADD CONSTRAINT round_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES wardmote.officer(id);

--
-- Name: round round_created_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.round
    ADD CONSTRAINT round_created_by_fkey FOREIGN KEY (created_by) REFERENCES wardmote.officer(id);

--
-- Name: round round_edition_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.round
    ADD CONSTRAINT round_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES wardmote.agreement_edition(id);

--
-- Name: round round_neighbourhood_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.round
    ADD CONSTRAINT round_neighbourhood_id_fkey FOREIGN KEY (neighbourhood_id) REFERENCES wardmote.neighbourhood(id);

--
-- Name: round round_returned_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.round
    ADD CONSTRAINT round_returned_by_fkey FOREIGN KEY (returned_by) REFERENCES wardmote.officer(id);

--
-- Name: round round_submitted_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.round
    ADD CONSTRAINT round_submitted_by_fkey FOREIGN KEY (submitted_by) REFERENCES wardmote.officer(id);

--
-- Name: sign_in sign_in_neighbourhood_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sign_in
    ADD CONSTRAINT sign_in_neighbourhood_id_fkey FOREIGN KEY (neighbourhood_id) REFERENCES wardmote.neighbourhood(id);

--
-- Name: site site_changed_by_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.site
    ADD CONSTRAINT site_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES wardmote.officer(id);

--
-- Name: sms_challenge sms_challenge_inbox_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sms_challenge
    ADD CONSTRAINT sms_challenge_inbox_id_fkey FOREIGN KEY (inbox_id) REFERENCES wardmote.inbox(id);

--
-- Name: sms_consent sms_consent_neighbourhood_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sms_consent
    ADD CONSTRAINT sms_consent_neighbourhood_id_fkey FOREIGN KEY (neighbourhood_id) REFERENCES wardmote.neighbourhood(id);

--
-- Name: sms_list sms_list_neighbourhood_id_fkey; Type: FK CONSTRAINT; Schema: wardmote; Owner: wardmote_owner
--

ALTER TABLE ONLY wardmote.sms_list
    ADD CONSTRAINT sms_list_neighbourhood_id_fkey FOREIGN KEY (neighbourhood_id) REFERENCES wardmote.neighbourhood(id);

--
-- Name: SCHEMA api; Type: ACL; Schema: -; Owner: wardmote_api
--

GRANT USAGE ON SCHEMA api TO wardmote_web;
GRANT USAGE ON SCHEMA api TO wardmote_desk;
GRANT USAGE ON SCHEMA api TO wardmote_sms;
GRANT USAGE ON SCHEMA api TO wardmote_import;

--
-- Name: SCHEMA wardmote; Type: ACL; Schema: -; Owner: wardmote_owner
--

GRANT USAGE ON SCHEMA wardmote TO wardmote_api;
GRANT USAGE ON SCHEMA wardmote TO wardmote_import;

--
-- Name: TABLE amendment; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.amendment TO wardmote_api;

--
-- Name: FUNCTION amendment_hindrance(p_what wardmote.amendment); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.amendment_hindrance(p_what wardmote.amendment) FROM PUBLIC;

--
-- Name: FUNCTION amendment_make(p_what wardmote.amendment); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.amendment_make(p_what wardmote.amendment) FROM PUBLIC;

--
-- Name: FUNCTION area_outline(p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.area_outline(p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.area_outline(p_slug text) TO wardmote_web;

--
-- Name: FUNCTION area_points(p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.area_points(p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.area_points(p_slug text) TO wardmote_web;

--
-- Name: FUNCTION areas_by_postcode(p_typed text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.areas_by_postcode(p_typed text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.areas_by_postcode(p_typed text) TO wardmote_web;

--
-- Name: FUNCTION areas_public(p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.areas_public(p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.areas_public(p_slug text) TO wardmote_web;

--
-- Name: FUNCTION audit_check(OUT checked bigint, OUT broken bigint, OUT head text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.audit_check(OUT checked bigint, OUT broken bigint, OUT head text) FROM PUBLIC;

--
-- Name: FUNCTION audit_thing(p_action text, p_object text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.audit_thing(p_action text, p_object text) FROM PUBLIC;

--
-- Name: FUNCTION audit_told(p_field text, p_value jsonb); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.audit_told(p_field text, p_value jsonb) FROM PUBLIC;

--
-- Name: FUNCTION audit_verify(p_whole boolean, OUT checked_from bigint, OUT checked_to bigint, OUT total bigint, OUT broken bigint, OUT head text, OUT whole_at timestamp with time zone, OUT whole_to bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.audit_verify(p_whole boolean, OUT checked_from bigint, OUT checked_to bigint, OUT total bigint, OUT broken bigint, OUT head text, OUT whole_at timestamp with time zone, OUT whole_to bigint) FROM PUBLIC;

--
-- Name: FUNCTION ballot_check(p_round integer, p_numbers smallint[], p_weights smallint[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.ballot_check(p_round integer, p_numbers smallint[], p_weights smallint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.ballot_check(p_round integer, p_numbers smallint[], p_weights smallint[]) TO wardmote_web;
GRANT ALL ON FUNCTION api.ballot_check(p_round integer, p_numbers smallint[], p_weights smallint[]) TO wardmote_sms;

--
-- Name: FUNCTION bulk_moot(p_outbox bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.bulk_moot(p_outbox bigint) FROM PUBLIC;

--
-- Name: FUNCTION bulk_people(p_round integer, p_before timestamp with time zone); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.bulk_people(p_round integer, p_before timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION bulk_windows(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.bulk_windows(p_round integer) FROM PUBLIC;

--
-- Name: FUNCTION cast_judge(p_round integer[], p_item integer[], p_number smallint[], p_weight smallint[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.cast_judge(p_round integer[], p_item integer[], p_number smallint[], p_weight smallint[]) FROM PUBLIC;

--
-- Name: FUNCTION cast_lock(p_voter bigint[], p_round integer[], p_patient boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.cast_lock(p_voter bigint[], p_round integer[], p_patient boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.cast_lock(p_voter bigint[], p_round integer[], p_patient boolean) TO wardmote_web;
GRANT ALL ON FUNCTION api.cast_lock(p_voter bigint[], p_round integer[], p_patient boolean) TO wardmote_sms;

--
-- Name: FUNCTION cast_write(p_submission integer[], p_voter bigint[], p_round integer[], p_generation integer[], p_channel smallint[], p_withdrawn boolean[], p_key bytea[], p_picks_hash bytea[], p_first integer[], p_count integer[], p_pick_item integer[], p_numbers smallint[], p_weights smallint[], p_revision integer[], p_commitment bytea[], p_receipt bigint[], p_inbox bigint[], p_clerk integer[], p_batch integer[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.cast_write(p_submission integer[], p_voter bigint[], p_round integer[], p_generation integer[], p_channel smallint[], p_withdrawn boolean[], p_key bytea[], p_picks_hash bytea[], p_first integer[], p_count integer[], p_pick_item integer[], p_numbers smallint[], p_weights smallint[], p_revision integer[], p_commitment bytea[], p_receipt bigint[], p_inbox bigint[], p_clerk integer[], p_batch integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.cast_write(p_submission integer[], p_voter bigint[], p_round integer[], p_generation integer[], p_channel smallint[], p_withdrawn boolean[], p_key bytea[], p_picks_hash bytea[], p_first integer[], p_count integer[], p_pick_item integer[], p_numbers smallint[], p_weights smallint[], p_revision integer[], p_commitment bytea[], p_receipt bigint[], p_inbox bigint[], p_clerk integer[], p_batch integer[]) TO wardmote_web;
GRANT ALL ON FUNCTION api.cast_write(p_submission integer[], p_voter bigint[], p_round integer[], p_generation integer[], p_channel smallint[], p_withdrawn boolean[], p_key bytea[], p_picks_hash bytea[], p_first integer[], p_count integer[], p_pick_item integer[], p_numbers smallint[], p_weights smallint[], p_revision integer[], p_commitment bytea[], p_receipt bigint[], p_inbox bigint[], p_clerk integer[], p_batch integer[]) TO wardmote_sms;

--
-- Name: FUNCTION code_check(p_lookup bytea, p_address bytea, p_network bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.code_check(p_lookup bytea, p_address bytea, p_network bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.code_check(p_lookup bytea, p_address bytea, p_network bytea) TO wardmote_web;

--
-- Name: FUNCTION code_void_now(p_credential bigint, p_officer integer, p_reason text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.code_void_now(p_credential bigint, p_officer integer, p_reason text) FROM PUBLIC;

--
-- Name: FUNCTION count_ask(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.count_ask(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.count_ask(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION count_ballots(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.count_ballots(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.count_ballots(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION count_begin(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.count_begin(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.count_begin(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION count_corrects(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.count_corrects(p_round integer) FROM PUBLIC;

--
-- Name: FUNCTION count_end(p_job integer, p_attempt integer, p_outcome text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.count_end(p_job integer, p_attempt integer, p_outcome text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.count_end(p_job integer, p_attempt integer, p_outcome text) TO wardmote_desk;

--
-- Name: FUNCTION count_hindrance(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.count_hindrance(p_round integer) FROM PUBLIC;

--
-- Name: FUNCTION count_step(p_job integer, p_attempt integer, p_step text, p_part integer, p_parts integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.count_step(p_job integer, p_attempt integer, p_step text, p_part integer, p_parts integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.count_step(p_job integer, p_attempt integer, p_step text, p_part integer, p_parts integer) TO wardmote_desk;

--
-- Name: FUNCTION count_store(p_officer integer, p_slug text, p_seed bytea, p_pots integer[], p_pbs text[], p_outcomes text[], p_logs text[], p_mark text, p_job integer, p_attempt integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.count_store(p_officer integer, p_slug text, p_seed bytea, p_pots integer[], p_pbs text[], p_outcomes text[], p_logs text[], p_mark text, p_job integer, p_attempt integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.count_store(p_officer integer, p_slug text, p_seed bytea, p_pots integer[], p_pbs text[], p_outcomes text[], p_logs text[], p_mark text, p_job integer, p_attempt integer) TO wardmote_desk;

--
-- Name: FUNCTION count_take(); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.count_take() FROM PUBLIC;
GRANT ALL ON FUNCTION api.count_take() TO wardmote_desk;

--
-- Name: FUNCTION damm_digit(p_digits text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.damm_digit(p_digits text) FROM PUBLIC;

--
-- Name: FUNCTION days_until(p_at timestamp with time zone); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.days_until(p_at timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION delivery_public(p_area text, p_slug text, p_language text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.delivery_public(p_area text, p_slug text, p_language text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.delivery_public(p_area text, p_slug text, p_language text) TO wardmote_web;

--
-- Name: FUNCTION desk_agreements(p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_agreements(p_officer integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_agreements(p_officer integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_alarm(); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_alarm() FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_alarm() TO wardmote_desk;

--
-- Name: FUNCTION desk_amendment_ask(p_officer integer, p_kind text, p_slug text, p_closes text, p_number smallint, p_receipt bigint, p_serial text, p_reason text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_amendment_ask(p_officer integer, p_kind text, p_slug text, p_closes text, p_number smallint, p_receipt bigint, p_serial text, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_amendment_ask(p_officer integer, p_kind text, p_slug text, p_closes text, p_number smallint, p_receipt bigint, p_serial text, p_reason text) TO wardmote_desk;

--
-- Name: FUNCTION desk_amendment_decide(p_officer integer, p_amendment bigint, p_grant boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_amendment_decide(p_officer integer, p_amendment bigint, p_grant boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_amendment_decide(p_officer integer, p_amendment bigint, p_grant boolean) TO wardmote_desk;

--
-- Name: FUNCTION desk_amendments(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_amendments(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_amendments(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION desk_approve(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_approve(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_approve(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION desk_archive(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_archive(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_archive(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION desk_areas(p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_areas(p_officer integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_areas(p_officer integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_audit(p_officer integer, p_words text, p_actions text, p_from date, p_until date, p_before bigint, p_most integer, p_told boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_audit(p_officer integer, p_words text, p_actions text, p_from date, p_until date, p_before bigint, p_most integer, p_told boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_audit(p_officer integer, p_words text, p_actions text, p_from date, p_until date, p_before bigint, p_most integer, p_told boolean) TO wardmote_desk;

--
-- Name: FUNCTION desk_audit_check(p_officer integer, p_whole boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_audit_check(p_officer integer, p_whole boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_audit_check(p_officer integer, p_whole boolean) TO wardmote_desk;

--
-- Name: FUNCTION desk_bulk(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_bulk(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_bulk(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION desk_bulk_set(p_officer integer, p_slug text, p_occasion text, p_on boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_bulk_set(p_officer integer, p_slug text, p_occasion text, p_on boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_bulk_set(p_officer integer, p_slug text, p_occasion text, p_on boolean) TO wardmote_desk;

--
-- Name: FUNCTION desk_code_extra(p_officer integer, p_serial text, p_lookup bytea, p_reason text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_code_extra(p_officer integer, p_serial text, p_lookup bytea, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_code_extra(p_officer integer, p_serial text, p_lookup bytea, p_reason text) TO wardmote_desk;

--
-- Name: FUNCTION desk_code_find(p_officer integer, p_words text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_code_find(p_officer integer, p_words text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_code_find(p_officer integer, p_words text) TO wardmote_desk;

--
-- Name: TABLE credential; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.credential TO wardmote_api;

--
-- Name: FUNCTION desk_code_held(p_officer integer, p_serial text, VARIADIC p_roles text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_code_held(p_officer integer, p_serial text, VARIADIC p_roles text[]) FROM PUBLIC;

--
-- Name: FUNCTION desk_code_reissue(p_officer integer, p_serial text, p_lookup bytea, p_reason text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_code_reissue(p_officer integer, p_serial text, p_lookup bytea, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_code_reissue(p_officer integer, p_serial text, p_lookup bytea, p_reason text) TO wardmote_desk;

--
-- Name: FUNCTION desk_code_void(p_officer integer, p_serial text, p_reason text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_code_void(p_officer integer, p_serial text, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_code_void(p_officer integer, p_serial text, p_reason text) TO wardmote_desk;

--
-- Name: FUNCTION desk_code_void_decide(p_officer integer, p_serial text, p_grant boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_code_void_decide(p_officer integer, p_serial text, p_grant boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_code_void_decide(p_officer integer, p_serial text, p_grant boolean) TO wardmote_desk;

--
-- Name: FUNCTION desk_codes_issue(p_officer integer, p_area text, p_lookups bytea[], p_addresses text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_codes_issue(p_officer integer, p_area text, p_lookups bytea[], p_addresses text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_codes_issue(p_officer integer, p_area text, p_lookups bytea[], p_addresses text[]) TO wardmote_desk;

--
-- Name: FUNCTION desk_codes_register(p_officer integer, p_register integer, p_lookups bytea[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_codes_register(p_officer integer, p_register integer, p_lookups bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_codes_register(p_officer integer, p_register integer, p_lookups bytea[]) TO wardmote_desk;

--
-- Name: FUNCTION desk_correct(p_officer integer, p_slug text, p_reason text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_correct(p_officer integer, p_slug text, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_correct(p_officer integer, p_slug text, p_reason text) TO wardmote_desk;

--
-- Name: FUNCTION desk_count_job(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_count_job(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_count_job(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION desk_decision_ask(p_officer integer, p_slug text, p_number smallint, p_decision text, p_reason text, p_body text, p_day date); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_decision_ask(p_officer integer, p_slug text, p_number smallint, p_decision text, p_reason text, p_body text, p_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_decision_ask(p_officer integer, p_slug text, p_number smallint, p_decision text, p_reason text, p_body text, p_day date) TO wardmote_desk;

--
-- Name: FUNCTION desk_decision_confirm(p_officer integer, p_decision integer, p_grant boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_decision_confirm(p_officer integer, p_decision integer, p_grant boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_decision_confirm(p_officer integer, p_decision integer, p_grant boolean) TO wardmote_desk;

--
-- Name: FUNCTION desk_decisions(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_decisions(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_decisions(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION desk_delivery(p_officer integer, p_slug text, p_number smallint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_delivery(p_officer integer, p_slug text, p_number smallint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_delivery(p_officer integer, p_slug text, p_number smallint) TO wardmote_desk;

--
-- Name: FUNCTION desk_delivery_write(p_officer integer, p_slug text, p_number smallint, p_state text, p_spent bigint, p_note text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_delivery_write(p_officer integer, p_slug text, p_number smallint, p_state text, p_spent bigint, p_note text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_delivery_write(p_officer integer, p_slug text, p_number smallint, p_state text, p_spent bigint, p_note text) TO wardmote_desk;

--
-- Name: FUNCTION desk_edition(p_officer integer, p_edition integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_edition(p_officer integer, p_edition integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_edition(p_officer integer, p_edition integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_edition_adopt(p_officer integer, p_edition integer, p_reason text, p_grant boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_edition_adopt(p_officer integer, p_edition integer, p_reason text, p_grant boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_edition_adopt(p_officer integer, p_edition integer, p_reason text, p_grant boolean) TO wardmote_desk;

--
-- Name: FUNCTION desk_edition_changes(p_officer integer, p_edition integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_edition_changes(p_officer integer, p_edition integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_edition_changes(p_officer integer, p_edition integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_edition_freeze(p_officer integer, p_edition integer, p_thaw boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_edition_freeze(p_officer integer, p_edition integer, p_thaw boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_edition_freeze(p_officer integer, p_edition integer, p_thaw boolean) TO wardmote_desk;

--
-- Name: TABLE agreement_edition; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.agreement_edition TO wardmote_api;

--
-- Name: FUNCTION desk_edition_held(p_officer integer, p_edition integer, VARIADIC p_roles text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_edition_held(p_officer integer, p_edition integer, VARIADIC p_roles text[]) FROM PUBLIC;

--
-- Name: FUNCTION desk_edition_save(p_officer integer, p_edition integer, p_area text, p_title text, p_in_return text, p_review date, p_copy boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_edition_save(p_officer integer, p_edition integer, p_area text, p_title text, p_in_return text, p_review date, p_copy boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_edition_save(p_officer integer, p_edition integer, p_area text, p_title text, p_in_return text, p_review date, p_copy boolean) TO wardmote_desk;

--
-- Name: FUNCTION desk_editions(p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_editions(p_officer integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_editions(p_officer integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_errands(p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_errands(p_officer integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_errands(p_officer integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_hindrance(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_hindrance(p_round integer) FROM PUBLIC;

--
-- Name: FUNCTION desk_idea(p_officer integer, p_idea bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_idea(p_officer integer, p_idea bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_idea(p_officer integer, p_idea bigint) TO wardmote_desk;

--
-- Name: FUNCTION desk_idea_accept(p_officer integer, p_idea bigint, p_provider text, p_promise text, p_standard text, p_measure text, p_due date); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_idea_accept(p_officer integer, p_idea bigint, p_provider text, p_promise text, p_standard text, p_measure text, p_due date) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_idea_accept(p_officer integer, p_idea bigint, p_provider text, p_promise text, p_standard text, p_measure text, p_due date) TO wardmote_desk;

--
-- Name: FUNCTION desk_idea_assign(p_officer integer, p_idea bigint, p_to integer, p_cost bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_idea_assign(p_officer integer, p_idea bigint, p_to integer, p_cost bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_idea_assign(p_officer integer, p_idea bigint, p_to integer, p_cost bigint) TO wardmote_desk;

--
-- Name: FUNCTION desk_idea_choices(p_officer integer, p_idea bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_idea_choices(p_officer integer, p_idea bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_idea_choices(p_officer integer, p_idea bigint) TO wardmote_desk;

--
-- Name: TABLE idea; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.idea TO wardmote_api;

--
-- Name: FUNCTION desk_idea_held(p_officer integer, p_idea bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_idea_held(p_officer integer, p_idea bigint) FROM PUBLIC;

--
-- Name: FUNCTION desk_idea_merge(p_officer integer, p_idea bigint, p_reference text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_idea_merge(p_officer integer, p_idea bigint, p_reference text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_idea_merge(p_officer integer, p_idea bigint, p_reference text) TO wardmote_desk;

--
-- Name: FUNCTION desk_idea_messages(p_officer integer, p_idea bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_idea_messages(p_officer integer, p_idea bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_idea_messages(p_officer integer, p_idea bigint) TO wardmote_desk;

--
-- Name: FUNCTION desk_idea_shortlist(p_officer integer, p_idea bigint, p_slug text, p_short_name text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_idea_shortlist(p_officer integer, p_idea bigint, p_slug text, p_short_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_idea_shortlist(p_officer integer, p_idea bigint, p_slug text, p_short_name text) TO wardmote_desk;

--
-- Name: FUNCTION desk_idea_write(p_officer integer, p_idea bigint, p_kind text, p_words text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_idea_write(p_officer integer, p_idea bigint, p_kind text, p_words text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_idea_write(p_officer integer, p_idea bigint, p_kind text, p_words text) TO wardmote_desk;

--
-- Name: FUNCTION desk_ideas(p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_ideas(p_officer integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_ideas(p_officer integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_import(p_officer integer, p_import integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_import(p_officer integer, p_import integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_import(p_officer integer, p_import integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_import_areas(p_officer integer, p_import integer, p_names text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_import_areas(p_officer integer, p_import integer, p_names text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_import_areas(p_officer integer, p_import integer, p_names text[]) TO wardmote_desk;

--
-- Name: FUNCTION desk_import_begin(p_officer integer, p_register integer, p_sha256 bytea, p_persons boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_import_begin(p_officer integer, p_register integer, p_sha256 bytea, p_persons boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_import_begin(p_officer integer, p_register integer, p_sha256 bytea, p_persons boolean) TO wardmote_desk;

--
-- Name: FUNCTION desk_import_credentials(p_import integer, p_voter bigint[], p_nth integer[], p_code bytea[], p_ref text[], p_phone bytea[], p_sealed bytea[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_import_credentials(p_import integer, p_voter bigint[], p_nth integer[], p_code bytea[], p_ref text[], p_phone bytea[], p_sealed bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_import_credentials(p_import integer, p_voter bigint[], p_nth integer[], p_code bytea[], p_ref text[], p_phone bytea[], p_sealed bytea[]) TO wardmote_import;

--
-- Name: FUNCTION desk_import_give_up(p_officer integer, p_import integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_import_give_up(p_officer integer, p_import integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_import_give_up(p_officer integer, p_import integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_import_keep(p_officer integer, p_import integer, p_part integer, p_rows bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_import_keep(p_officer integer, p_import integer, p_part integer, p_rows bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_import_keep(p_officer integer, p_import integer, p_part integer, p_rows bytea) TO wardmote_desk;

--
-- Name: FUNCTION desk_import_looked(p_officer integer, p_import integer, p_rows integer, p_bad integer, p_parts integer, p_addresses integer, p_has_codes boolean, p_n integer[], p_area integer[], p_said text[], p_address text[], p_postcode text[], p_uprn text[], p_code boolean[], p_phone boolean[], p_problem text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_import_looked(p_officer integer, p_import integer, p_rows integer, p_bad integer, p_parts integer, p_addresses integer, p_has_codes boolean, p_n integer[], p_area integer[], p_said text[], p_address text[], p_postcode text[], p_uprn text[], p_code boolean[], p_phone boolean[], p_problem text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_import_looked(p_officer integer, p_import integer, p_rows integer, p_bad integer, p_parts integer, p_addresses integer, p_has_codes boolean, p_n integer[], p_area integer[], p_said text[], p_address text[], p_postcode text[], p_uprn text[], p_code boolean[], p_phone boolean[], p_problem text[]) TO wardmote_desk;

--
-- Name: FUNCTION desk_import_lookups(p_officer integer, p_import integer, p_lookups bytea[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_import_lookups(p_officer integer, p_import integer, p_lookups bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_import_lookups(p_officer integer, p_import integer, p_lookups bytea[]) TO wardmote_desk;

--
-- Name: FUNCTION desk_import_part(p_import integer, p_part integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_import_part(p_import integer, p_part integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_import_part(p_import integer, p_part integer) TO wardmote_import;

--
-- Name: FUNCTION desk_import_postcodes(p_officer integer, p_import integer, p_postcodes text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_import_postcodes(p_officer integer, p_import integer, p_postcodes text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_import_postcodes(p_officer integer, p_import integer, p_postcodes text[]) TO wardmote_desk;

--
-- Name: FUNCTION desk_import_sample(p_officer integer, p_import integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_import_sample(p_officer integer, p_import integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_import_sample(p_officer integer, p_import integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_import_take(p_officer integer, p_import integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_import_take(p_officer integer, p_import integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_import_take(p_officer integer, p_import integer) TO wardmote_import;

--
-- Name: FUNCTION desk_import_uprns(p_officer integer, p_import integer, p_uprns text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_import_uprns(p_officer integer, p_import integer, p_uprns text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_import_uprns(p_officer integer, p_import integer, p_uprns text[]) TO wardmote_desk;

--
-- Name: FUNCTION desk_may(p_officer integer, p_neighbourhood integer, VARIADIC p_roles text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_may(p_officer integer, p_neighbourhood integer, VARIADIC p_roles text[]) FROM PUBLIC;

--
-- Name: FUNCTION desk_monitor_areas(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_monitor_areas(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_monitor_areas(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION desk_monitor_days(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_monitor_days(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_monitor_days(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION desk_offer_answer(p_officer integer, p_offer bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_offer_answer(p_officer integer, p_offer bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_offer_answer(p_officer integer, p_offer bigint) TO wardmote_desk;

--
-- Name: TABLE offer; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.offer TO wardmote_api;

--
-- Name: FUNCTION desk_offer_held(p_officer integer, p_offer bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_offer_held(p_officer integer, p_offer bigint) FROM PUBLIC;

--
-- Name: FUNCTION desk_offer_number(p_officer integer, p_offer bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_offer_number(p_officer integer, p_offer bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_offer_number(p_officer integer, p_offer bigint) TO wardmote_desk;

--
-- Name: FUNCTION desk_offers(p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_offers(p_officer integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_offers(p_officer integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_outline_add(p_officer integer, p_id integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_outline_add(p_officer integer, p_id integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_outline_add(p_officer integer, p_id integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_outline_begin(p_officer integer, p_sha256 bytea, p_credit text, p_features jsonb); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_outline_begin(p_officer integer, p_sha256 bytea, p_credit text, p_features jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_outline_begin(p_officer integer, p_sha256 bytea, p_credit text, p_features jsonb) TO wardmote_desk;

--
-- Name: FUNCTION desk_outline_import(p_officer integer, p_id integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_outline_import(p_officer integer, p_id integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_outline_import(p_officer integer, p_id integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_outlines(p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_outlines(p_officer integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_outlines(p_officer integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_paper_batches(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_paper_batches(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_paper_batches(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION desk_paper_entries(p_officer integer, p_slug text, p_batch integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_paper_entries(p_officer integer, p_slug text, p_batch integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_paper_entries(p_officer integer, p_slug text, p_batch integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_paper_open(p_officer integer, p_slug text, p_collected text, p_place text, p_ballots integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_paper_open(p_officer integer, p_slug text, p_collected text, p_place text, p_ballots integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_paper_open(p_officer integer, p_slug text, p_collected text, p_place text, p_ballots integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_paper_reconcile(p_officer integer, p_slug text, p_batch integer, p_spoilt integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_paper_reconcile(p_officer integer, p_slug text, p_batch integer, p_spoilt integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_paper_reconcile(p_officer integer, p_slug text, p_batch integer, p_spoilt integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_paper_return(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_paper_return(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_paper_return(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION desk_paper_return_save(p_officer integer, p_slug text, p_words text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_paper_return_save(p_officer integer, p_slug text, p_words text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_paper_return_save(p_officer integer, p_slug text, p_words text) TO wardmote_desk;

--
-- Name: FUNCTION desk_paper_voter(p_officer integer, p_slug text, p_lookup bytea, p_serial text, p_declared boolean, p_channel smallint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_paper_voter(p_officer integer, p_slug text, p_lookup bytea, p_serial text, p_declared boolean, p_channel smallint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_paper_voter(p_officer integer, p_slug text, p_lookup bytea, p_serial text, p_declared boolean, p_channel smallint) TO wardmote_desk;

--
-- Name: FUNCTION desk_people(p_officer integer, p_other integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_people(p_officer integer, p_other integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_people(p_officer integer, p_other integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_person_active(p_officer integer, p_other integer, p_active boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_person_active(p_officer integer, p_other integer, p_active boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_person_active(p_officer integer, p_other integer, p_active boolean) TO wardmote_desk;

--
-- Name: FUNCTION desk_person_add(p_officer integer, p_name text, p_email text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_person_add(p_officer integer, p_name text, p_email text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_person_add(p_officer integer, p_name text, p_email text) TO wardmote_desk;

--
-- Name: FUNCTION desk_person_areas(p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_person_areas(p_officer integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_person_areas(p_officer integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_person_link(p_officer integer, p_other integer, p_key_hash bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_person_link(p_officer integer, p_other integer, p_key_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_person_link(p_officer integer, p_other integer, p_key_hash bytea) TO wardmote_desk;

--
-- Name: FUNCTION desk_person_may(p_officer integer, p_other integer, p_change boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_person_may(p_officer integer, p_other integer, p_change boolean) FROM PUBLIC;

--
-- Name: FUNCTION desk_person_role(p_officer integer, p_other integer, p_role text, p_area text, p_give boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_person_role(p_officer integer, p_other integer, p_role text, p_area text, p_give boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_person_role(p_officer integer, p_other integer, p_role text, p_area text, p_give boolean) TO wardmote_desk;

--
-- Name: FUNCTION desk_person_roles(p_officer integer, p_other integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_person_roles(p_officer integer, p_other integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_person_roles(p_officer integer, p_other integer) TO wardmote_desk;

--
-- Name: TABLE round; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.round TO wardmote_api;

--
-- Name: FUNCTION desk_phase(p_round wardmote.round); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_phase(p_round wardmote.round) FROM PUBLIC;

--
-- Name: FUNCTION desk_pledge_answer(p_officer integer, p_edition integer, p_pledge integer, p_state text, p_promise text, p_reason text, p_who text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_pledge_answer(p_officer integer, p_edition integer, p_pledge integer, p_state text, p_promise text, p_reason text, p_who text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_pledge_answer(p_officer integer, p_edition integer, p_pledge integer, p_state text, p_promise text, p_reason text, p_who text) TO wardmote_desk;

--
-- Name: FUNCTION desk_pledge_check(p_officer integer, p_edition integer, p_pledge integer, p_result text, p_evidence text, p_link text, p_day date); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_pledge_check(p_officer integer, p_edition integer, p_pledge integer, p_result text, p_evidence text, p_link text, p_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_pledge_check(p_officer integer, p_edition integer, p_pledge integer, p_result text, p_evidence text, p_link text, p_day date) TO wardmote_desk;

--
-- Name: FUNCTION desk_pledge_place(p_officer integer, p_edition integer, p_pledge integer, p_what text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_pledge_place(p_officer integer, p_edition integer, p_pledge integer, p_what text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_pledge_place(p_officer integer, p_edition integer, p_pledge integer, p_what text) TO wardmote_desk;

--
-- Name: FUNCTION desk_pledge_save(p_officer integer, p_edition integer, p_pledge integer, p_provider text, p_promise text, p_standard text, p_measure text, p_due date); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_pledge_save(p_officer integer, p_edition integer, p_pledge integer, p_provider text, p_promise text, p_standard text, p_measure text, p_due date) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_pledge_save(p_officer integer, p_edition integer, p_pledge integer, p_provider text, p_promise text, p_standard text, p_measure text, p_due date) TO wardmote_desk;

--
-- Name: FUNCTION desk_pledges(p_officer integer, p_edition integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_pledges(p_officer integer, p_edition integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_pledges(p_officer integer, p_edition integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_postcodes(p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_postcodes(p_officer integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_postcodes(p_officer integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_postcodes_load(p_officer integer, p_sha256 bytea, p_n integer[], p_postcode text[], p_area text[], p_problem text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_postcodes_load(p_officer integer, p_sha256 bytea, p_n integer[], p_postcode text[], p_area text[], p_problem text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_postcodes_load(p_officer integer, p_sha256 bytea, p_n integer[], p_postcode text[], p_area text[], p_problem text[]) TO wardmote_desk;

--
-- Name: FUNCTION desk_pots(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_pots(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_pots(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION desk_practice_files(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_practice_files(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_practice_files(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION desk_practice_voters(p_officer integer, p_slug text, p_n integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_practice_voters(p_officer integer, p_slug text, p_n integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_practice_voters(p_officer integer, p_slug text, p_n integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_preview(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_preview(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_preview(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION desk_preview_link(p_officer integer, p_slug text, p_key bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_preview_link(p_officer integer, p_slug text, p_key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_preview_link(p_officer integer, p_slug text, p_key bytea) TO wardmote_desk;

--
-- Name: FUNCTION desk_proposal_history(p_officer integer, p_slug text, p_number smallint, p_before integer, p_most integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_proposal_history(p_officer integer, p_slug text, p_number smallint, p_before integer, p_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_proposal_history(p_officer integer, p_slug text, p_number smallint, p_before integer, p_most integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_proposal_import(p_officer integer, p_id integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_proposal_import(p_officer integer, p_id integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_proposal_import(p_officer integer, p_id integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_proposal_import_add(p_officer integer, p_id integer, p_proposals jsonb); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_proposal_import_add(p_officer integer, p_id integer, p_proposals jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_proposal_import_add(p_officer integer, p_id integer, p_proposals jsonb) TO wardmote_desk;

--
-- Name: FUNCTION desk_proposal_import_begin(p_officer integer, p_slug text, p_sha256 bytea, p_roles text, p_cells jsonb); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_proposal_import_begin(p_officer integer, p_slug text, p_sha256 bytea, p_roles text, p_cells jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_proposal_import_begin(p_officer integer, p_slug text, p_sha256 bytea, p_roles text, p_cells jsonb) TO wardmote_desk;

--
-- Name: FUNCTION desk_proposal_import_roles(p_officer integer, p_id integer, p_roles text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_proposal_import_roles(p_officer integer, p_id integer, p_roles text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_proposal_import_roles(p_officer integer, p_id integer, p_roles text) TO wardmote_desk;

--
-- Name: FUNCTION desk_proposal_import_undo(p_officer integer, p_slug text, p_id integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_proposal_import_undo(p_officer integer, p_slug text, p_id integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_proposal_import_undo(p_officer integer, p_slug text, p_id integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_proposal_imports(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_proposal_imports(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_proposal_imports(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION desk_proposal_publish(p_officer integer, p_slug text, p_number smallint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_proposal_publish(p_officer integer, p_slug text, p_number smallint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_proposal_publish(p_officer integer, p_slug text, p_number smallint) TO wardmote_desk;

--
-- Name: FUNCTION desk_proposal_save(p_officer integer, p_slug text, p_number smallint, p_title text, p_short_name text, p_summary text, p_body text, p_place text, p_proposer text, p_pot integer, p_cost bigint, p_exclusion integer, p_revision integer, p_theme text, p_lat integer, p_lon integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_proposal_save(p_officer integer, p_slug text, p_number smallint, p_title text, p_short_name text, p_summary text, p_body text, p_place text, p_proposer text, p_pot integer, p_cost bigint, p_exclusion integer, p_revision integer, p_theme text, p_lat integer, p_lon integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_proposal_save(p_officer integer, p_slug text, p_number smallint, p_title text, p_short_name text, p_summary text, p_body text, p_place text, p_proposer text, p_pot integer, p_cost bigint, p_exclusion integer, p_revision integer, p_theme text, p_lat integer, p_lon integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_proposals(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_proposals(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_proposals(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION desk_provider_link(p_officer integer, p_edition integer, p_provider integer, p_key bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_provider_link(p_officer integer, p_edition integer, p_provider integer, p_key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_provider_link(p_officer integer, p_edition integer, p_provider integer, p_key bytea) TO wardmote_desk;

--
-- Name: FUNCTION desk_question(p_round integer, p_officer integer, p_question text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_question(p_round integer, p_officer integer, p_question text) FROM PUBLIC;

--
-- Name: FUNCTION desk_register_files(p_officer integer, p_register integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_register_files(p_officer integer, p_register integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_register_files(p_officer integer, p_register integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_register_retire(p_officer integer, p_register integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_register_retire(p_officer integer, p_register integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_register_retire(p_officer integer, p_register integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_register_save(p_officer integer, p_register integer, p_name text, p_area text, p_kind text, p_codes integer, p_extra integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_register_save(p_officer integer, p_register integer, p_name text, p_area text, p_kind text, p_codes integer, p_extra integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_register_save(p_officer integer, p_register integer, p_name text, p_area text, p_kind text, p_codes integer, p_extra integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_registers(p_officer integer, p_register integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_registers(p_officer integer, p_register integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_registers(p_officer integer, p_register integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_result(p_officer integer, p_slug text, p_version integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_result(p_officer integer, p_slug text, p_version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_result(p_officer integer, p_slug text, p_version integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_result_parts(p_officer integer, p_slug text, p_version integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_result_parts(p_officer integer, p_slug text, p_version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_result_parts(p_officer integer, p_slug text, p_version integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_return(p_officer integer, p_slug text, p_note text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_return(p_officer integer, p_slug text, p_note text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_return(p_officer integer, p_slug text, p_note text) TO wardmote_desk;

--
-- Name: FUNCTION desk_role(p_officer integer, VARIADIC p_roles text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_role(p_officer integer, VARIADIC p_roles text[]) FROM PUBLIC;

--
-- Name: FUNCTION desk_roles_in(p_officer integer, p_neighbourhood integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_roles_in(p_officer integer, p_neighbourhood integer) FROM PUBLIC;

--
-- Name: FUNCTION desk_round(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_round(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_round(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION desk_round_held(p_officer integer, p_slug text, VARIADIC p_roles text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_round_held(p_officer integer, p_slug text, VARIADIC p_roles text[]) FROM PUBLIC;

--
-- Name: FUNCTION desk_round_id(p_officer integer, p_slug text, VARIADIC p_roles text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_round_id(p_officer integer, p_slug text, VARIADIC p_roles text[]) FROM PUBLIC;

--
-- Name: FUNCTION desk_round_save(p_officer integer, p_slug text, p_area text, p_title text, p_about text, p_kind text, p_edition integer, p_question text, p_opens text, p_closes text, p_grace_minutes integer, p_max_picks integer, p_minimum_votes integer, p_pot_names text[], p_pot_amounts bigint[], p_pot_min integer[], p_pot_max integer[], p_min_picks integer, p_blank boolean, p_points_sum integer, p_points_max integer, p_cap_percent integer, p_carry boolean, p_eligibility text, p_minimum_age integer, p_residence text, p_method text, p_provisional_days integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_round_save(p_officer integer, p_slug text, p_area text, p_title text, p_about text, p_kind text, p_edition integer, p_question text, p_opens text, p_closes text, p_grace_minutes integer, p_max_picks integer, p_minimum_votes integer, p_pot_names text[], p_pot_amounts bigint[], p_pot_min integer[], p_pot_max integer[], p_min_picks integer, p_blank boolean, p_points_sum integer, p_points_max integer, p_cap_percent integer, p_carry boolean, p_eligibility text, p_minimum_age integer, p_residence text, p_method text, p_provisional_days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_round_save(p_officer integer, p_slug text, p_area text, p_title text, p_about text, p_kind text, p_edition integer, p_question text, p_opens text, p_closes text, p_grace_minutes integer, p_max_picks integer, p_minimum_votes integer, p_pot_names text[], p_pot_amounts bigint[], p_pot_min integer[], p_pot_max integer[], p_min_picks integer, p_blank boolean, p_points_sum integer, p_points_max integer, p_cap_percent integer, p_carry boolean, p_eligibility text, p_minimum_age integer, p_residence text, p_method text, p_provisional_days integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_round_seen(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_round_seen(p_officer integer, p_slug text) FROM PUBLIC;

--
-- Name: FUNCTION desk_rounds(p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_rounds(p_officer integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_rounds(p_officer integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_schedule(p_officer integer, p_slug text, p_pseudonym bytea, p_nonce bytea, p_seed bytea, p_pseudonym_sha256 bytea, p_nonce_sha256 bytea, p_seed_sha256 bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_schedule(p_officer integer, p_slug text, p_pseudonym bytea, p_nonce bytea, p_seed bytea, p_pseudonym_sha256 bytea, p_nonce_sha256 bytea, p_seed_sha256 bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_schedule(p_officer integer, p_slug text, p_pseudonym bytea, p_nonce bytea, p_seed bytea, p_pseudonym_sha256 bytea, p_nonce_sha256 bytea, p_seed_sha256 bytea) TO wardmote_desk;

--
-- Name: FUNCTION desk_sees(p_officer integer, p_neighbourhood integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_sees(p_officer integer, p_neighbourhood integer) FROM PUBLIC;

--
-- Name: FUNCTION desk_site(p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_site(p_officer integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_site(p_officer integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_site_save(p_officer integer, p_banner text, p_until date, p_colour text, p_about text, p_privacy text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_site_save(p_officer integer, p_banner text, p_until date, p_colour text, p_about text, p_privacy text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_site_save(p_officer integer, p_banner text, p_until date, p_colour text, p_about text, p_privacy text) TO wardmote_desk;

--
-- Name: FUNCTION desk_sms_budget(p_officer integer, p_day_pence bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_sms_budget(p_officer integer, p_day_pence bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_sms_budget(p_officer integer, p_day_pence bigint) TO wardmote_desk;

--
-- Name: FUNCTION desk_sms_drop(p_officer integer, p_reference uuid); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_sms_drop(p_officer integer, p_reference uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_sms_drop(p_officer integer, p_reference uuid) TO wardmote_desk;

--
-- Name: FUNCTION desk_sms_figures(p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_sms_figures(p_officer integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_sms_figures(p_officer integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_sms_find(p_officer integer, p_reference text, p_keys bytea[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_sms_find(p_officer integer, p_reference text, p_keys bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_sms_find(p_officer integer, p_reference text, p_keys bytea[]) TO wardmote_desk;

--
-- Name: FUNCTION desk_sms_gateway(p_officer integer, p_name text, p_price text, p_price_abroad text, p_rate text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_sms_gateway(p_officer integer, p_name text, p_price text, p_price_abroad text, p_rate text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_sms_gateway(p_officer integer, p_name text, p_price text, p_price_abroad text, p_rate text) TO wardmote_desk;

--
-- Name: FUNCTION desk_sms_gateways(p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_sms_gateways(p_officer integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_sms_gateways(p_officer integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_sms_letters(p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_sms_letters(p_officer integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_sms_letters(p_officer integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_sms_numbers(p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_sms_numbers(p_officer integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_sms_numbers(p_officer integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_sms_pause(p_officer integer, p_name text, p_pause boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_sms_pause(p_officer integer, p_name text, p_pause boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_sms_pause(p_officer integer, p_name text, p_pause boolean) TO wardmote_desk;

--
-- Name: FUNCTION desk_sms_replay(p_officer integer, p_reference uuid); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_sms_replay(p_officer integer, p_reference uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_sms_replay(p_officer integer, p_reference uuid) TO wardmote_desk;

--
-- Name: FUNCTION desk_sms_replay_inbox(p_officer integer, p_inbox bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_sms_replay_inbox(p_officer integer, p_inbox bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_sms_replay_inbox(p_officer integer, p_inbox bigint) TO wardmote_desk;

--
-- Name: FUNCTION desk_sms_reveal(p_officer integer, p_outward boolean, p_reference text, p_reason text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_sms_reveal(p_officer integer, p_outward boolean, p_reference text, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_sms_reveal(p_officer integer, p_outward boolean, p_reference text, p_reason text) TO wardmote_desk;

--
-- Name: FUNCTION desk_sms_rows(p_outs bigint[], p_ins bigint[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_sms_rows(p_outs bigint[], p_ins bigint[]) FROM PUBLIC;

--
-- Name: FUNCTION desk_sms_steps(p_officer integer, p_reference text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_sms_steps(p_officer integer, p_reference text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_sms_steps(p_officer integer, p_reference text) TO wardmote_desk;

--
-- Name: FUNCTION desk_sms_text(p_officer integer, p_outward boolean, p_reference text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_sms_text(p_officer integer, p_outward boolean, p_reference text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_sms_text(p_officer integer, p_outward boolean, p_reference text) TO wardmote_desk;

--
-- Name: FUNCTION desk_submit(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_submit(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_submit(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION desk_texts_may(p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_texts_may(p_officer integer) FROM PUBLIC;

--
-- Name: FUNCTION desk_translation(p_officer integer, p_slug text, p_number smallint, p_language text, p_before integer, p_most integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_translation(p_officer integer, p_slug text, p_number smallint, p_language text, p_before integer, p_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_translation(p_officer integer, p_slug text, p_number smallint, p_language text, p_before integer, p_most integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_translation_save(p_officer integer, p_slug text, p_number smallint, p_language text, p_title text, p_short_name text, p_summary text, p_body text, p_of integer, p_revision integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_translation_save(p_officer integer, p_slug text, p_number smallint, p_language text, p_title text, p_short_name text, p_summary text, p_body text, p_of integer, p_revision integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_translation_save(p_officer integer, p_slug text, p_number smallint, p_language text, p_title text, p_short_name text, p_summary text, p_body text, p_of integer, p_revision integer) TO wardmote_desk;

--
-- Name: FUNCTION desk_translations(p_officer integer, p_slug text, p_languages text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_translations(p_officer integer, p_slug text, p_languages text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.desk_translations(p_officer integer, p_slug text, p_languages text) TO wardmote_desk;

--
-- Name: FUNCTION desk_turnout(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.desk_turnout(p_round integer) FROM PUBLIC;

--
-- Name: FUNCTION edition_adopt(p_edition integer, p_adopted boolean, p_day date); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.edition_adopt(p_edition integer, p_adopted boolean, p_day date) FROM PUBLIC;

--
-- Name: FUNCTION edition_adopted_on(p_edition wardmote.agreement_edition); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.edition_adopted_on(p_edition wardmote.agreement_edition) FROM PUBLIC;

--
-- Name: FUNCTION edition_answer(p_edition integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.edition_answer(p_edition integer) FROM PUBLIC;

--
-- Name: FUNCTION edition_before(p_edition integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.edition_before(p_edition integer) FROM PUBLIC;

--
-- Name: FUNCTION edition_changes(p_edition integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.edition_changes(p_edition integer) FROM PUBLIC;

--
-- Name: FUNCTION edition_changes_public(p_edition integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.edition_changes_public(p_edition integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.edition_changes_public(p_edition integer) TO wardmote_web;

--
-- Name: FUNCTION edition_frozen_public(p_edition integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.edition_frozen_public(p_edition integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.edition_frozen_public(p_edition integer) TO wardmote_web;

--
-- Name: FUNCTION edition_settle(p_neighbourhood integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.edition_settle(p_neighbourhood integer) FROM PUBLIC;

--
-- Name: FUNCTION edition_state(p_edition wardmote.agreement_edition); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.edition_state(p_edition wardmote.agreement_edition) FROM PUBLIC;

--
-- Name: FUNCTION edition_text(p_edition integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.edition_text(p_edition integer) FROM PUBLIC;

--
-- Name: FUNCTION editions_public(p_area text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.editions_public(p_area text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.editions_public(p_area text) TO wardmote_web;

--
-- Name: FUNCTION free_number(); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.free_number() FROM PUBLIC;

--
-- Name: FUNCTION idea_answer(p_key bytea, p_words text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.idea_answer(p_key bytea, p_words text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.idea_answer(p_key bytea, p_words text) TO wardmote_web;

--
-- Name: FUNCTION idea_begin(p_key bytea, p_reference text, p_kind text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.idea_begin(p_key bytea, p_reference text, p_kind text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.idea_begin(p_key bytea, p_reference text, p_kind text) TO wardmote_web;

--
-- Name: FUNCTION idea_find(p_key bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.idea_find(p_key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.idea_find(p_key bytea) TO wardmote_web;

--
-- Name: FUNCTION idea_messages(p_key bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.idea_messages(p_key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.idea_messages(p_key bytea) TO wardmote_web;

--
-- Name: FUNCTION idea_missing(p wardmote.idea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.idea_missing(p wardmote.idea) FROM PUBLIC;

--
-- Name: FUNCTION idea_notice(p_idea bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.idea_notice(p_idea bigint) FROM PUBLIC;

--
-- Name: FUNCTION idea_save(p_key bytea, p_area text, p_title text, p_what text, p_place text, p_benefit text, p_cost bigint, p_proposer text, p_number bytea, p_recipient bytea, p_promiser text, p_in_return text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.idea_save(p_key bytea, p_area text, p_title text, p_what text, p_place text, p_benefit text, p_cost bigint, p_proposer text, p_number bytea, p_recipient bytea, p_promiser text, p_in_return text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.idea_save(p_key bytea, p_area text, p_title text, p_what text, p_place text, p_benefit text, p_cost bigint, p_proposer text, p_number bytea, p_recipient bytea, p_promiser text, p_in_return text) TO wardmote_web;

--
-- Name: FUNCTION idea_send(p_key bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.idea_send(p_key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.idea_send(p_key bytea) TO wardmote_web;

--
-- Name: FUNCTION idea_take_back(p_key bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.idea_take_back(p_key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.idea_take_back(p_key bytea) TO wardmote_web;

--
-- Name: FUNCTION import_drop(p_imports integer[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.import_drop(p_imports integer[]) FROM PUBLIC;

--
-- Name: TABLE register_import; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.register_import TO wardmote_api;

--
-- Name: FUNCTION import_held(p_officer integer, p_import integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.import_held(p_officer integer, p_import integer) FROM PUBLIC;

--
-- Name: FUNCTION lock_round(p_round integer, p_exclusive boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.lock_round(p_round integer, p_exclusive boolean) FROM PUBLIC;

--
-- Name: FUNCTION london_time(p_local text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.london_time(p_local text) FROM PUBLIC;

--
-- Name: FUNCTION news_words(p_language text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.news_words(p_language text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.news_words(p_language text) TO wardmote_web;

--
-- Name: FUNCTION next_change(); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.next_change() FROM PUBLIC;
GRANT ALL ON FUNCTION api.next_change() TO wardmote_web;

--
-- Name: FUNCTION noon(p_day date); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.noon(p_day date) FROM PUBLIC;

--
-- Name: FUNCTION offer_make(p_slug text, p_number smallint, p_pledge integer, p_name text, p_words text, p_sealed bytea, p_recipient bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.offer_make(p_slug text, p_number smallint, p_pledge integer, p_name text, p_words text, p_sealed bytea, p_recipient bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.offer_make(p_slug text, p_number smallint, p_pledge integer, p_name text, p_words text, p_sealed bytea, p_recipient bytea) TO wardmote_web;

--
-- Name: FUNCTION offers_of_edition(p_edition integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.offers_of_edition(p_edition integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.offers_of_edition(p_edition integer) TO wardmote_web;

--
-- Name: FUNCTION offers_public(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.offers_public(p_round integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.offers_public(p_round integer) TO wardmote_web;

--
-- Name: FUNCTION officer_authenticator(p_id_hash bytea, p_new_hash bytea, p_totp_sealed bytea, p_step bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.officer_authenticator(p_id_hash bytea, p_new_hash bytea, p_totp_sealed bytea, p_step bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.officer_authenticator(p_id_hash bytea, p_new_hash bytea, p_totp_sealed bytea, p_step bigint) TO wardmote_desk;

--
-- Name: FUNCTION officer_first(p_name text, p_email text, p_key_hash bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.officer_first(p_name text, p_email text, p_key_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.officer_first(p_name text, p_email text, p_key_hash bytea) TO wardmote_desk;

--
-- Name: FUNCTION officer_link_find(p_key_hash bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.officer_link_find(p_key_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.officer_link_find(p_key_hash bytea) TO wardmote_desk;

--
-- Name: FUNCTION officer_link_make(p_officer integer, p_other integer, p_key_hash bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.officer_link_make(p_officer integer, p_other integer, p_key_hash bytea) FROM PUBLIC;

--
-- Name: FUNCTION officer_password(p_id_hash bytea, p_new_hash bytea, p_password_hash text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.officer_password(p_id_hash bytea, p_new_hash bytea, p_password_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.officer_password(p_id_hash bytea, p_new_hash bytea, p_password_hash text) TO wardmote_desk;

--
-- Name: FUNCTION officer_roles(p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.officer_roles(p_officer integer) FROM PUBLIC;

--
-- Name: FUNCTION officer_session(p_id_hash bytea, p_address text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.officer_session(p_id_hash bytea, p_address text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.officer_session(p_id_hash bytea, p_address text) TO wardmote_desk;

--
-- Name: FUNCTION officer_session_end(p_id_hash bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.officer_session_end(p_id_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.officer_session_end(p_id_hash bytea) TO wardmote_desk;

--
-- Name: FUNCTION officer_session_prove(p_id_hash bytea, p_new_hash bytea, p_step bigint, p_account_key bytea, p_address_key bytea, p_tried_at timestamp with time zone); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.officer_session_prove(p_id_hash bytea, p_new_hash bytea, p_step bigint, p_account_key bytea, p_address_key bytea, p_tried_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION api.officer_session_prove(p_id_hash bytea, p_new_hash bytea, p_step bigint, p_account_key bytea, p_address_key bytea, p_tried_at timestamp with time zone) TO wardmote_desk;

--
-- Name: FUNCTION officer_session_renew(p_old bytea, p_new bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.officer_session_renew(p_old bytea, p_new bytea) FROM PUBLIC;

--
-- Name: FUNCTION officer_session_start(p_officer integer, p_id_hash bytea, p_step bigint, p_account_key bytea, p_address_key bytea, p_tried_at timestamp with time zone); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.officer_session_start(p_officer integer, p_id_hash bytea, p_step bigint, p_account_key bytea, p_address_key bytea, p_tried_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION api.officer_session_start(p_officer integer, p_id_hash bytea, p_step bigint, p_account_key bytea, p_address_key bytea, p_tried_at timestamp with time zone) TO wardmote_desk;

--
-- Name: FUNCTION officer_sessions(p_id_hash bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.officer_sessions(p_id_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.officer_sessions(p_id_hash bytea) TO wardmote_desk;

--
-- Name: FUNCTION officer_sessions_end(p_officer integer, p_but bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.officer_sessions_end(p_officer integer, p_but bytea) FROM PUBLIC;

--
-- Name: FUNCTION officer_set_up(p_key_hash bytea, p_password_hash text, p_totp_sealed bytea, p_step bigint, p_id_hash bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.officer_set_up(p_key_hash bytea, p_password_hash text, p_totp_sealed bytea, p_step bigint, p_id_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.officer_set_up(p_key_hash bytea, p_password_hash text, p_totp_sealed bytea, p_step bigint, p_id_hash bytea) TO wardmote_desk;

--
-- Name: FUNCTION officer_sign_in_lookup(p_email text, p_account_key bytea, p_address_key bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.officer_sign_in_lookup(p_email text, p_account_key bytea, p_address_key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.officer_sign_in_lookup(p_email text, p_account_key bytea, p_address_key bytea) TO wardmote_desk;

--
-- Name: FUNCTION officer_sign_out_elsewhere(p_id_hash bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.officer_sign_out_elsewhere(p_id_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.officer_sign_out_elsewhere(p_id_hash bytea) TO wardmote_desk;

--
-- Name: FUNCTION outline_matches(p_features jsonb); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.outline_matches(p_features jsonb) FROM PUBLIC;

--
-- Name: FUNCTION paper_entered(p_batch integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.paper_entered(p_batch integer) FROM PUBLIC;

--
-- Name: FUNCTION paper_return(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.paper_return(p_round integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.paper_return(p_round integer) TO wardmote_web;

--
-- Name: FUNCTION phone_areas(); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.phone_areas() FROM PUBLIC;
GRANT ALL ON FUNCTION api.phone_areas() TO wardmote_web;

--
-- Name: FUNCTION phone_voter(p_phone bytea, p_number bytea, p_area integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.phone_voter(p_phone bytea, p_number bytea, p_area integer) FROM PUBLIC;

--
-- Name: FUNCTION pledge_answer(p_pledge integer, p_state text, p_promise text, p_reason text, p_who text, p_officer integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.pledge_answer(p_pledge integer, p_state text, p_promise text, p_reason text, p_who text, p_officer integer) FROM PUBLIC;

--
-- Name: FUNCTION pledge_checks_public(p_edition integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.pledge_checks_public(p_edition integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.pledge_checks_public(p_edition integer) TO wardmote_web;

--
-- Name: FUNCTION pledge_public(p_area text, p_pledge integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.pledge_public(p_area text, p_pledge integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.pledge_public(p_area text, p_pledge integer) TO wardmote_web;

--
-- Name: FUNCTION pledges_public(p_edition integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.pledges_public(p_edition integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.pledges_public(p_edition integer) TO wardmote_web;

--
-- Name: FUNCTION postcode_read(p_typed text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.postcode_read(p_typed text) FROM PUBLIC;

--
-- Name: FUNCTION postcode_rows(p_n integer[], p_postcode text[], p_area text[], p_problem text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.postcode_rows(p_n integer[], p_postcode text[], p_area text[], p_problem text[]) FROM PUBLIC;

--
-- Name: FUNCTION postcodes_known(); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.postcodes_known() FROM PUBLIC;
GRANT ALL ON FUNCTION api.postcodes_known() TO wardmote_web;

--
-- Name: FUNCTION preview_round(p_key bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.preview_round(p_key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.preview_round(p_key bytea) TO wardmote_web;

--
-- Name: FUNCTION proposal_body(p_round integer, p_number smallint, p_language text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.proposal_body(p_round integer, p_number smallint, p_language text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.proposal_body(p_round integer, p_number smallint, p_language text) TO wardmote_web;

--
-- Name: FUNCTION provider_answer(p_key bytea, p_pledge integer, p_state text, p_promise text, p_reason text, p_who text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.provider_answer(p_key bytea, p_pledge integer, p_state text, p_promise text, p_reason text, p_who text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.provider_answer(p_key bytea, p_pledge integer, p_state text, p_promise text, p_reason text, p_who text) TO wardmote_web;

--
-- Name: FUNCTION provider_pledges(p_key bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.provider_pledges(p_key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.provider_pledges(p_key bytea) TO wardmote_web;

--
-- Name: FUNCTION receipt_find(p_receipt bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.receipt_find(p_receipt bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.receipt_find(p_receipt bigint) TO wardmote_web;

--
-- Name: FUNCTION register_codes(p_registers integer[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.register_codes(p_registers integer[]) FROM PUBLIC;

--
-- Name: FUNCTION register_holds(p_kind text, p_retired_at timestamp with time zone, p_eligibility text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.register_holds(p_kind text, p_retired_at timestamp with time zone, p_eligibility text) FROM PUBLIC;

--
-- Name: FUNCTION register_sizes(); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.register_sizes() FROM PUBLIC;

--
-- Name: FUNCTION result_accounts_public(p_slug text, p_version integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.result_accounts_public(p_slug text, p_version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.result_accounts_public(p_slug text, p_version integer) TO wardmote_web;

--
-- Name: FUNCTION result_comes(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.result_comes(p_round integer) FROM PUBLIC;

--
-- Name: FUNCTION result_embargo(p_officer integer, p_slug text, p_now boolean, p_reason text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.result_embargo(p_officer integer, p_slug text, p_now boolean, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.result_embargo(p_officer integer, p_slug text, p_now boolean, p_reason text) TO wardmote_desk;

--
-- Name: FUNCTION result_file_public(p_slug text, p_version integer, p_ordinal integer, p_kind text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.result_file_public(p_slug text, p_version integer, p_ordinal integer, p_kind text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.result_file_public(p_slug text, p_version integer, p_ordinal integer, p_kind text) TO wardmote_web;

--
-- Name: FUNCTION result_latest(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.result_latest(p_round integer) FROM PUBLIC;

--
-- Name: FUNCTION result_parts_public(p_round integer, p_version integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.result_parts_public(p_round integer, p_version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.result_parts_public(p_round integer, p_version integer) TO wardmote_web;

--
-- Name: FUNCTION result_public(p_slug text, p_version integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.result_public(p_slug text, p_version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.result_public(p_slug text, p_version integer) TO wardmote_web;

--
-- Name: FUNCTION result_publish(p_officer integer, p_slug text, p_at text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.result_publish(p_officer integer, p_slug text, p_at text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.result_publish(p_officer integer, p_slug text, p_at text) TO wardmote_desk;

--
-- Name: FUNCTION result_shown(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.result_shown(p_round integer) FROM PUBLIC;

--
-- Name: FUNCTION result_submit(p_officer integer, p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.result_submit(p_officer integer, p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.result_submit(p_officer integer, p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION result_unbalanced(p_round integer, p_version integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.result_unbalanced(p_round integer, p_version integer) FROM PUBLIC;

--
-- Name: FUNCTION result_waits(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.result_waits(p_round integer) FROM PUBLIC;

--
-- Name: FUNCTION retain(p_now timestamp with time zone); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.retain(p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION retain_ideas(p_now timestamp with time zone); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.retain_ideas(p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION retain_now(); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.retain_now() FROM PUBLIC;
GRANT ALL ON FUNCTION api.retain_now() TO wardmote_sms;

--
-- Name: FUNCTION retain_offers(p_now timestamp with time zone); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.retain_offers(p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION round_accounts(p_round integer, p_account text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_accounts(p_round integer, p_account text) FROM PUBLIC;

--
-- Name: FUNCTION round_amendments(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_amendments(p_round integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.round_amendments(p_round integer) TO wardmote_web;
GRANT ALL ON FUNCTION api.round_amendments(p_round integer) TO wardmote_desk;

--
-- Name: FUNCTION round_changes(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_changes(p_round integer) FROM PUBLIC;

--
-- Name: FUNCTION round_decisions(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_decisions(p_round integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.round_decisions(p_round integer) TO wardmote_web;

--
-- Name: FUNCTION round_exclusions(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_exclusions(p_round integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.round_exclusions(p_round integer) TO wardmote_web;

--
-- Name: FUNCTION round_freeze(p_round integer, p_pseudonym bytea, p_nonce bytea, p_seed bytea, p_pseudonym_sha256 bytea, p_nonce_sha256 bytea, p_seed_sha256 bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_freeze(p_round integer, p_pseudonym bytea, p_nonce bytea, p_seed bytea, p_pseudonym_sha256 bytea, p_nonce_sha256 bytea, p_seed_sha256 bytea) FROM PUBLIC;

--
-- Name: TABLE proposal; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.proposal TO wardmote_api;

--
-- Name: FUNCTION round_funded(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_funded(p_round integer) FROM PUBLIC;

--
-- Name: FUNCTION round_keys(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_keys(p_round integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.round_keys(p_round integer) TO wardmote_web;
GRANT ALL ON FUNCTION api.round_keys(p_round integer) TO wardmote_sms;

--
-- Name: FUNCTION round_mark(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_mark(p_round integer) FROM PUBLIC;

--
-- Name: FUNCTION round_phase(p_round wardmote.round); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_phase(p_round wardmote.round) FROM PUBLIC;

--
-- Name: FUNCTION round_places(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_places(p_round integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.round_places(p_round integer) TO wardmote_web;

--
-- Name: FUNCTION round_pots(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_pots(p_round integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.round_pots(p_round integer) TO wardmote_web;
GRANT ALL ON FUNCTION api.round_pots(p_round integer) TO wardmote_desk;

--
-- Name: FUNCTION round_proposals(p_round integer, p_language text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_proposals(p_round integer, p_language text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.round_proposals(p_round integer, p_language text) TO wardmote_web;
GRANT ALL ON FUNCTION api.round_proposals(p_round integer, p_language text) TO wardmote_desk;

--
-- Name: FUNCTION round_public(p_slug text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_public(p_slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.round_public(p_slug text) TO wardmote_web;
GRANT ALL ON FUNCTION api.round_public(p_slug text) TO wardmote_desk;

--
-- Name: FUNCTION round_rules(p_round integer, p_pseudonym_sha256 bytea, p_nonce_sha256 bytea, p_seed_sha256 bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_rules(p_round integer, p_pseudonym_sha256 bytea, p_nonce_sha256 bytea, p_seed_sha256 bytea) FROM PUBLIC;

--
-- Name: FUNCTION round_search(p_round integer, p_words text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_search(p_round integer, p_words text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.round_search(p_round integer, p_words text) TO wardmote_web;

--
-- Name: FUNCTION round_settle(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_settle(p_round integer) FROM PUBLIC;

--
-- Name: FUNCTION round_spent(p_round integer, p_now timestamp with time zone); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_spent(p_round integer, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION round_state(p_round wardmote.round); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_state(p_round wardmote.round) FROM PUBLIC;

--
-- Name: FUNCTION round_takes_paper(p_round wardmote.round); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.round_takes_paper(p_round wardmote.round) FROM PUBLIC;

--
-- Name: FUNCTION rounds_news(); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.rounds_news() FROM PUBLIC;
GRANT ALL ON FUNCTION api.rounds_news() TO wardmote_web;

--
-- Name: FUNCTION rounds_public(p_area text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.rounds_public(p_area text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.rounds_public(p_area text) TO wardmote_web;
GRANT ALL ON FUNCTION api.rounds_public(p_area text) TO wardmote_desk;

--
-- Name: FUNCTION rule_for(p_kind text, p_method text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.rule_for(p_kind text, p_method text) FROM PUBLIC;

--
-- Name: FUNCTION rule_method(p_kind text, p_rule text, p_parameters jsonb); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.rule_method(p_kind text, p_rule text, p_parameters jsonb) FROM PUBLIC;

--
-- Name: FUNCTION rule_settings(p_round integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.rule_settings(p_round integer) FROM PUBLIC;

--
-- Name: FUNCTION schema_version(); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.schema_version() FROM PUBLIC;
GRANT ALL ON FUNCTION api.schema_version() TO wardmote_web;
GRANT ALL ON FUNCTION api.schema_version() TO wardmote_desk;
GRANT ALL ON FUNCTION api.schema_version() TO wardmote_sms;

--
-- Name: FUNCTION serial_next(p_neighbourhood integer, OUT prefix text, OUT last integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.serial_next(p_neighbourhood integer, OUT prefix text, OUT last integer) FROM PUBLIC;

--
-- Name: FUNCTION sign_in_again(p_id uuid, p_digits bytea, p_sealed bytea, p_language text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sign_in_again(p_id uuid, p_digits bytea, p_sealed bytea, p_language text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sign_in_again(p_id uuid, p_digits bytea, p_sealed bytea, p_language text) TO wardmote_web;

--
-- Name: FUNCTION sign_in_begin(p_id uuid, p_phone bytea, p_number bytea, p_digits bytea, p_sealed bytea, p_area text, p_postcode text, p_address bytea, p_network bytea, p_news text, p_language text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sign_in_begin(p_id uuid, p_phone bytea, p_number bytea, p_digits bytea, p_sealed bytea, p_area text, p_postcode text, p_address bytea, p_network bytea, p_news text, p_language text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sign_in_begin(p_id uuid, p_phone bytea, p_number bytea, p_digits bytea, p_sealed bytea, p_area text, p_postcode text, p_address bytea, p_network bytea, p_news text, p_language text) TO wardmote_web;

--
-- Name: FUNCTION sign_in_check(p_id uuid, p_digits bytea, p_address bytea, p_network bytea, p_language text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sign_in_check(p_id uuid, p_digits bytea, p_address bytea, p_network bytea, p_language text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sign_in_check(p_id uuid, p_digits bytea, p_address bytea, p_network bytea, p_language text) TO wardmote_web;

--
-- Name: FUNCTION site_public(); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.site_public() FROM PUBLIC;
GRANT ALL ON FUNCTION api.site_public() TO wardmote_web;

--
-- Name: FUNCTION slug_free(p_title text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.slug_free(p_title text) FROM PUBLIC;

--
-- Name: FUNCTION sms_alarm_raise(p_name text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_alarm_raise(p_name text) FROM PUBLIC;

--
-- Name: FUNCTION sms_alarms(); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_alarms() FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_alarms() TO wardmote_sms;

--
-- Name: FUNCTION sms_answer(p_token bigint, p_ids bigint[], p_fates text[], p_outcomes text[], p_recipients bytea[], p_bodies bytea[], p_senders text[], p_segments integer[], p_passives boolean[], p_lookups boolean[], p_challenges bigint[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_answer(p_token bigint, p_ids bigint[], p_fates text[], p_outcomes text[], p_recipients bytea[], p_bodies bytea[], p_senders text[], p_segments integer[], p_passives boolean[], p_lookups boolean[], p_challenges bigint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_answer(p_token bigint, p_ids bigint[], p_fates text[], p_outcomes text[], p_recipients bytea[], p_bodies bytea[], p_senders text[], p_segments integer[], p_passives boolean[], p_lookups boolean[], p_challenges bigint[]) TO wardmote_sms;

--
-- Name: FUNCTION sms_area(p_key bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_area(p_key bytea) FROM PUBLIC;

--
-- Name: FUNCTION sms_budget_back(p_outbox bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_budget_back(p_outbox bigint) FROM PUBLIC;

--
-- Name: FUNCTION sms_budget_take(p_pence numeric, p_bulk boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_budget_take(p_pence numeric, p_bulk boolean) FROM PUBLIC;

--
-- Name: FUNCTION sms_bulk_at(p_at timestamp with time zone); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_bulk_at(p_at timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION sms_bulk_due(p_max integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_bulk_due(p_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_bulk_due(p_max integer) TO wardmote_sms;

--
-- Name: FUNCTION sms_bulk_queue(p_rounds integer[], p_occasions text[], p_keys bytea[], p_recipients bytea[], p_bodies bytea[], p_segments integer[], p_senders text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_bulk_queue(p_rounds integer[], p_occasions text[], p_keys bytea[], p_recipients bytea[], p_bodies bytea[], p_segments integer[], p_senders text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_bulk_queue(p_rounds integer[], p_occasions text[], p_keys bytea[], p_recipients bytea[], p_bodies bytea[], p_segments integer[], p_senders text[]) TO wardmote_sms;

--
-- Name: FUNCTION sms_challenge(p_inbox bigint, p_sender_key bytea, p_digits bytea, p_rounds integer[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_challenge(p_inbox bigint, p_sender_key bytea, p_digits bytea, p_rounds integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_challenge(p_inbox bigint, p_sender_key bytea, p_digits bytea, p_rounds integer[]) TO wardmote_sms;

--
-- Name: FUNCTION sms_challenge_answer(p_inbox bigint, p_number bytea, p_digits bytea, p_place text, p_refuses boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_challenge_answer(p_inbox bigint, p_number bytea, p_digits bytea, p_place text, p_refuses boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_challenge_answer(p_inbox bigint, p_number bytea, p_digits bytea, p_place text, p_refuses boolean) TO wardmote_sms;

--
-- Name: FUNCTION sms_claim(p_max integer, p_singly boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_claim(p_max integer, p_singly boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_claim(p_max integer, p_singly boolean) TO wardmote_sms;

--
-- Name: FUNCTION sms_code(p_lookup bytea[], p_phone boolean[], p_sender_key bytea[], p_at timestamp with time zone[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_code(p_lookup bytea[], p_phone boolean[], p_sender_key bytea[], p_at timestamp with time zone[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_code(p_lookup bytea[], p_phone boolean[], p_sender_key bytea[], p_at timestamp with time zone[]) TO wardmote_sms;

--
-- Name: FUNCTION sms_consent_end(p_key bytea, p_by text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_consent_end(p_key bytea, p_by text) FROM PUBLIC;

--
-- Name: FUNCTION sms_consent_give(p_key bytea, p_sealed bytea, p_area integer, p_door text, p_wording text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_consent_give(p_key bytea, p_sealed bytea, p_area integer, p_door text, p_wording text) FROM PUBLIC;

--
-- Name: FUNCTION sms_delivery(p_client_ref uuid, p_status text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_delivery(p_client_ref uuid, p_status text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_delivery(p_client_ref uuid, p_status text) TO wardmote_web;

--
-- Name: FUNCTION sms_delivery_id(p_provider text, p_provider_id text, p_status text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_delivery_id(p_provider text, p_provider_id text, p_status text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_delivery_id(p_provider text, p_provider_id text, p_status text) TO wardmote_web;

--
-- Name: FUNCTION sms_endpoint(p_key bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_endpoint(p_key bytea) FROM PUBLIC;

--
-- Name: FUNCTION sms_erase(p_now timestamp with time zone); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_erase(p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION sms_gateway_note(p_name text, p_good boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_gateway_note(p_name text, p_good boolean) FROM PUBLIC;

--
-- Name: FUNCTION sms_gateways_seen(p_names text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_gateways_seen(p_names text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_gateways_seen(p_names text[]) TO wardmote_sms;

--
-- Name: FUNCTION sms_hold(p_token bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_hold(p_token bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_hold(p_token bigint) TO wardmote_sms;

--
-- Name: FUNCTION sms_id_lock(p_provider text, p_provider_id text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_id_lock(p_provider text, p_provider_id text) FROM PUBLIC;

--
-- Name: FUNCTION sms_info(p_number smallint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_info(p_number smallint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_info(p_number smallint) TO wardmote_sms;

--
-- Name: FUNCTION sms_language(p_key bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_language(p_key bytea) FROM PUBLIC;

--
-- Name: FUNCTION sms_language_choose(p_key bytea, p_language text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_language_choose(p_key bytea, p_language text) FROM PUBLIC;

--
-- Name: FUNCTION sms_list(p_sender bytea, p_place text, p_page integer, p_more boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_list(p_sender bytea, p_place text, p_page integer, p_more boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_list(p_sender bytea, p_place text, p_page integer, p_more boolean) TO wardmote_sms;

--
-- Name: FUNCTION sms_menu(p_voter bigint, p_at timestamp with time zone); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_menu(p_voter bigint, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_menu(p_voter bigint, p_at timestamp with time zone) TO wardmote_sms;

--
-- Name: FUNCTION sms_notices(); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_notices() FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_notices() TO wardmote_sms;

--
-- Name: FUNCTION sms_notices_sent(p_ids bigint[], p_recipients bytea[], p_bodies bytea[], p_segments integer[], p_senders text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_notices_sent(p_ids bigint[], p_recipients bytea[], p_bodies bytea[], p_segments integer[], p_senders text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_notices_sent(p_ids bigint[], p_recipients bytea[], p_bodies bytea[], p_segments integer[], p_senders text[]) TO wardmote_sms;

--
-- Name: FUNCTION sms_notify(); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_notify() FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_notify() TO wardmote_web;

--
-- Name: FUNCTION sms_numbers(p_voter bigint[], p_number smallint[], p_at timestamp with time zone[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_numbers(p_voter bigint[], p_number smallint[], p_at timestamp with time zone[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_numbers(p_voter bigint[], p_number smallint[], p_at timestamp with time zone[]) TO wardmote_sms;

--
-- Name: FUNCTION sms_offer(p_number smallint, p_words text, p_sealed bytea, p_recipient bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_offer(p_number smallint, p_words text, p_sealed bytea, p_recipient bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_offer(p_number smallint, p_words text, p_sealed bytea, p_recipient bytea) TO wardmote_sms;

--
-- Name: FUNCTION sms_offer_agree(p_recipient bytea, p_number smallint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_offer_agree(p_recipient bytea, p_number smallint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_offer_agree(p_recipient bytea, p_number smallint) TO wardmote_sms;

--
-- Name: FUNCTION sms_out_asked(p_outbox bigint, p_token bigint, p_answer text, p_provider_ids text, p_error text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_out_asked(p_outbox bigint, p_token bigint, p_answer text, p_provider_ids text, p_error text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_out_asked(p_outbox bigint, p_token bigint, p_answer text, p_provider_ids text, p_error text) TO wardmote_sms;

--
-- Name: FUNCTION sms_out_begin(p_token bigint, p_ids bigint[], p_routes text[], p_body_keys bytea[], p_abroad boolean[], p_known text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_out_begin(p_token bigint, p_ids bigint[], p_routes text[], p_body_keys bytea[], p_abroad boolean[], p_known text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_out_begin(p_token bigint, p_ids bigint[], p_routes text[], p_body_keys bytea[], p_abroad boolean[], p_known text[]) TO wardmote_sms;

--
-- Name: FUNCTION sms_out_claim(p_max integer, p_askable text[], p_known text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_out_claim(p_max integer, p_askable text[], p_known text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_out_claim(p_max integer, p_askable text[], p_known text[]) TO wardmote_sms;

--
-- Name: FUNCTION sms_out_finish(p_outbox bigint, p_attempt integer, p_token bigint, p_outcome text, p_can_ask boolean, p_http_status integer, p_error text, p_provider_id text, p_retry_after integer, p_pause_day boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_out_finish(p_outbox bigint, p_attempt integer, p_token bigint, p_outcome text, p_can_ask boolean, p_http_status integer, p_error text, p_provider_id text, p_retry_after integer, p_pause_day boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_out_finish(p_outbox bigint, p_attempt integer, p_token bigint, p_outcome text, p_can_ask boolean, p_http_status integer, p_error text, p_provider_id text, p_retry_after integer, p_pause_day boolean) TO wardmote_sms;

--
-- Name: FUNCTION sms_out_finish_all(p_outboxes bigint[], p_attempts integer[], p_tokens bigint[], p_outcomes text[], p_can_asks boolean[], p_http_statuses integer[], p_errors text[], p_provider_ids text[], p_retry_afters integer[], p_pause_days boolean[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_out_finish_all(p_outboxes bigint[], p_attempts integer[], p_tokens bigint[], p_outcomes text[], p_can_asks boolean[], p_http_statuses integer[], p_errors text[], p_provider_ids text[], p_retry_afters integer[], p_pause_days boolean[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_out_finish_all(p_outboxes bigint[], p_attempts integer[], p_tokens bigint[], p_outcomes text[], p_can_asks boolean[], p_http_statuses integer[], p_errors text[], p_provider_ids text[], p_retry_afters integer[], p_pause_days boolean[]) TO wardmote_sms;

--
-- Name: FUNCTION sms_out_intend(p_now timestamp with time zone, p_ids bigint[], p_providers text[], p_body_keys bytea[], p_costs numeric[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_out_intend(p_now timestamp with time zone, p_ids bigint[], p_providers text[], p_body_keys bytea[], p_costs numeric[]) FROM PUBLIC;

--
-- Name: FUNCTION sms_out_pause(p_outcome text, p_count integer, p_can_ask boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_out_pause(p_outcome text, p_count integer, p_can_ask boolean) FROM PUBLIC;

--
-- Name: TABLE outbox; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.outbox TO wardmote_api;

--
-- Name: FUNCTION sms_out_refused(o wardmote.outbox, p_body_key bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_out_refused(o wardmote.outbox, p_body_key bytea) FROM PUBLIC;

--
-- Name: FUNCTION sms_out_room(p_now timestamp with time zone, p_known text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_out_room(p_now timestamp with time zone, p_known text[]) FROM PUBLIC;

--
-- Name: FUNCTION sms_out_settle_early(p_outbox bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_out_settle_early(p_outbox bigint) FROM PUBLIC;

--
-- Name: FUNCTION sms_out_tidy(p_now timestamp with time zone, p_askable text[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_out_tidy(p_now timestamp with time zone, p_askable text[]) FROM PUBLIC;

--
-- Name: FUNCTION sms_out_wake(p_why text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_out_wake(p_why text) FROM PUBLIC;

--
-- Name: FUNCTION sms_part(p_provider text, p_sender_key bytea, p_endpoint text, p_ref text, p_total integer, p_part integer, p_message_id text, p_sent_at timestamp with time zone, p_sender_sealed bytea, p_body_sealed bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_part(p_provider text, p_sender_key bytea, p_endpoint text, p_ref text, p_total integer, p_part integer, p_message_id text, p_sent_at timestamp with time zone, p_sender_sealed bytea, p_body_sealed bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_part(p_provider text, p_sender_key bytea, p_endpoint text, p_ref text, p_total integer, p_part integer, p_message_id text, p_sent_at timestamp with time zone, p_sender_sealed bytea, p_body_sealed bytea) TO wardmote_web;

--
-- Name: FUNCTION sms_parts_late(p_now timestamp with time zone); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_parts_late(p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_parts_late(p_now timestamp with time zone) TO wardmote_sms;

--
-- Name: FUNCTION sms_place(p_sender bytea, p_place text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_place(p_sender bytea, p_place text) FROM PUBLIC;

--
-- Name: FUNCTION sms_poll_begin(p_provider text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_poll_begin(p_provider text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_poll_begin(p_provider text) TO wardmote_sms;

--
-- Name: FUNCTION sms_poll_end(p_provider text, p_whole boolean, p_only_by_poll integer, p_good boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_poll_end(p_provider text, p_whole boolean, p_only_by_poll integer, p_good boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_poll_end(p_provider text, p_whole boolean, p_only_by_poll integer, p_good boolean) TO wardmote_sms;

--
-- Name: FUNCTION sms_receive(p_provider text, p_endpoint text, p_message_id text, p_sent_at timestamp with time zone, p_sender_key bytea, p_sender_sealed bytea, p_near_key bytea, p_body_sealed bytea, p_quarantine boolean, p_did text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_receive(p_provider text, p_endpoint text, p_message_id text, p_sent_at timestamp with time zone, p_sender_key bytea, p_sender_sealed bytea, p_near_key bytea, p_body_sealed bytea, p_quarantine boolean, p_did text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_receive(p_provider text, p_endpoint text, p_message_id text, p_sent_at timestamp with time zone, p_sender_key bytea, p_sender_sealed bytea, p_near_key bytea, p_body_sealed bytea, p_quarantine boolean, p_did text) TO wardmote_web;
GRANT ALL ON FUNCTION api.sms_receive(p_provider text, p_endpoint text, p_message_id text, p_sent_at timestamp with time zone, p_sender_key bytea, p_sender_sealed bytea, p_near_key bytea, p_body_sealed bytea, p_quarantine boolean, p_did text) TO wardmote_sms;

--
-- Name: FUNCTION sms_receive_all(p_providers text[], p_endpoints text[], p_message_ids text[], p_sent_ats timestamp with time zone[], p_sender_keys bytea[], p_sender_seals bytea[], p_near_keys bytea[], p_body_seals bytea[], p_quarantines boolean[], p_dids text[], OUT fresh integer, OUT quarantined integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_receive_all(p_providers text[], p_endpoints text[], p_message_ids text[], p_sent_ats timestamp with time zone[], p_sender_keys bytea[], p_sender_seals bytea[], p_near_keys bytea[], p_body_seals bytea[], p_quarantines boolean[], p_dids text[], OUT fresh integer, OUT quarantined integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_receive_all(p_providers text[], p_endpoints text[], p_message_ids text[], p_sent_ats timestamp with time zone[], p_sender_keys bytea[], p_sender_seals bytea[], p_near_keys bytea[], p_body_seals bytea[], p_quarantines boolean[], p_dids text[], OUT fresh integer, OUT quarantined integer) TO wardmote_web;

--
-- Name: FUNCTION sms_receive_changed(p_providers text[], p_endpoints text[], p_message_ids text[], p_near_keys bytea[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_receive_changed(p_providers text[], p_endpoints text[], p_message_ids text[], p_near_keys bytea[]) FROM PUBLIC;

--
-- Name: FUNCTION sms_receive_late(p_provider text, p_endpoint text, p_message_id text, p_sent_at timestamp with time zone, p_sender_key bytea, p_sender_sealed bytea, p_near_key bytea, p_body_sealed bytea, p_quarantine boolean, p_waited bigint, p_did text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_receive_late(p_provider text, p_endpoint text, p_message_id text, p_sent_at timestamp with time zone, p_sender_key bytea, p_sender_sealed bytea, p_near_key bytea, p_body_sealed bytea, p_quarantine boolean, p_waited bigint, p_did text) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_receive_late(p_provider text, p_endpoint text, p_message_id text, p_sent_at timestamp with time zone, p_sender_key bytea, p_sender_sealed bytea, p_near_key bytea, p_body_sealed bytea, p_quarantine boolean, p_waited bigint, p_did text) TO wardmote_web;

--
-- Name: FUNCTION sms_reference(p_text text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_reference(p_text text) FROM PUBLIC;

--
-- Name: FUNCTION sms_release(p_token bigint, p_why text, p_ids bigint[], p_alone boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_release(p_token bigint, p_why text, p_ids bigint[], p_alone boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_release(p_token bigint, p_why text, p_ids bigint[], p_alone boolean) TO wardmote_sms;

--
-- Name: FUNCTION sms_replies_left(p_key bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_replies_left(p_key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_replies_left(p_key bytea) TO wardmote_sms;

--
-- Name: FUNCTION sms_result(p_sender bytea, p_place text, p_number smallint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_result(p_sender bytea, p_place text, p_number smallint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_result(p_sender bytea, p_place text, p_number smallint) TO wardmote_sms;

--
-- Name: FUNCTION sms_settle(p_outbox bigint); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_settle(p_outbox bigint) FROM PUBLIC;

--
-- Name: FUNCTION sms_standing(p_voter bigint[], p_sender_key bytea[], p_at timestamp with time zone[]); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_standing(p_voter bigint[], p_sender_key bytea[], p_at timestamp with time zone[]) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_standing(p_voter bigint[], p_sender_key bytea[], p_at timestamp with time zone[]) TO wardmote_sms;

--
-- Name: FUNCTION sms_start(p_key bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_start(p_key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_start(p_key bytea) TO wardmote_sms;

--
-- Name: FUNCTION sms_stop(p_key bytea); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_stop(p_key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION api.sms_stop(p_key bytea) TO wardmote_sms;

--
-- Name: FUNCTION sms_tokens(p_tokens real, p_at timestamp with time zone, p_rate real, p_most real, p_now timestamp with time zone); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_tokens(p_tokens real, p_at timestamp with time zone, p_rate real, p_most real, p_now timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION sms_when(p_at timestamp with time zone); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_when(p_at timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION sms_wish_new(p_key bytea, p_outcome text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.sms_wish_new(p_key bytea, p_outcome text) FROM PUBLIC;

--
-- Name: FUNCTION text_part(p_outcome text, p_late boolean); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.text_part(p_outcome text, p_late boolean) FROM PUBLIC;

--
-- Name: FUNCTION translation_now(p_proposal wardmote.proposal, p_language text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.translation_now(p_proposal wardmote.proposal, p_language text) FROM PUBLIC;

--
-- Name: FUNCTION voter_ballot(p_round integer, p_voter bigint, p_credential bigint, p_generation integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.voter_ballot(p_round integer, p_voter bigint, p_credential bigint, p_generation integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.voter_ballot(p_round integer, p_voter bigint, p_credential bigint, p_generation integer) TO wardmote_web;

--
-- Name: FUNCTION voter_declare(p_round integer, p_voter bigint, p_credential bigint, p_generation integer, p_old_enough boolean, p_residence text, p_channel smallint, p_at timestamp with time zone); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.voter_declare(p_round integer, p_voter bigint, p_credential bigint, p_generation integer, p_old_enough boolean, p_residence text, p_channel smallint, p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION api.voter_declare(p_round integer, p_voter bigint, p_credential bigint, p_generation integer, p_old_enough boolean, p_residence text, p_channel smallint, p_at timestamp with time zone) TO wardmote_web;
GRANT ALL ON FUNCTION api.voter_declare(p_round integer, p_voter bigint, p_credential bigint, p_generation integer, p_old_enough boolean, p_residence text, p_channel smallint, p_at timestamp with time zone) TO wardmote_sms;

--
-- Name: FUNCTION voter_now(p_voter bigint, p_credential bigint, p_generation integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.voter_now(p_voter bigint, p_credential bigint, p_generation integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.voter_now(p_voter bigint, p_credential bigint, p_generation integer) TO wardmote_web;

--
-- Name: FUNCTION voter_picks(p_round integer, p_voter bigint, p_credential bigint, p_generation integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.voter_picks(p_round integer, p_voter bigint, p_credential bigint, p_generation integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.voter_picks(p_round integer, p_voter bigint, p_credential bigint, p_generation integer) TO wardmote_web;

--
-- Name: FUNCTION voter_rounds(p_voter bigint, p_credential bigint, p_generation integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.voter_rounds(p_voter bigint, p_credential bigint, p_generation integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.voter_rounds(p_voter bigint, p_credential bigint, p_generation integer) TO wardmote_web;

--
-- Name: FUNCTION voter_sign_out(p_voter bigint, p_generation integer); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.voter_sign_out(p_voter bigint, p_generation integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.voter_sign_out(p_voter bigint, p_generation integer) TO wardmote_web;

--
-- Name: FUNCTION words_folded(p text); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.words_folded(p text) FROM PUBLIC;

--
-- Name: FUNCTION wrong_in_hour(); Type: ACL; Schema: api; Owner: wardmote_api
--

REVOKE ALL ON FUNCTION api.wrong_in_hour() FROM PUBLIC;

--
-- Name: FUNCTION administrators_left(p_without integer); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.administrators_left(p_without integer) FROM PUBLIC;
GRANT ALL ON FUNCTION wardmote.administrators_left(p_without integer) TO wardmote_api;

--
-- Name: FUNCTION administrators_stay(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.administrators_stay() FROM PUBLIC;

--
-- Name: FUNCTION amendment_kept(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.amendment_kept() FROM PUBLIC;

--
-- Name: FUNCTION audit_begun(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.audit_begun() FROM PUBLIC;

--
-- Name: FUNCTION audit_chained(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.audit_chained() FROM PUBLIC;

--
-- Name: FUNCTION audit_change(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.audit_change() FROM PUBLIC;

--
-- Name: FUNCTION audit_kept(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.audit_kept() FROM PUBLIC;

--
-- Name: FUNCTION audit_noted(p_key text, p_before jsonb, p_after jsonb); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.audit_noted(p_key text, p_before jsonb, p_after jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION wardmote.audit_noted(p_key text, p_before jsonb, p_after jsonb) TO wardmote_api;

--
-- Name: FUNCTION audit_place(p_action text, p_object text, p_detail jsonb); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.audit_place(p_action text, p_object text, p_detail jsonb) FROM PUBLIC;

--
-- Name: TABLE audit; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT ON TABLE wardmote.audit TO wardmote_api;

--
-- Name: FUNCTION audit_text(p wardmote.audit); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.audit_text(p wardmote.audit) FROM PUBLIC;
GRANT ALL ON FUNCTION wardmote.audit_text(p wardmote.audit) TO wardmote_api;

--
-- Name: FUNCTION empty_revisions(p_round integer); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.empty_revisions(p_round integer) FROM PUBLIC;
GRANT ALL ON FUNCTION wardmote.empty_revisions(p_round integer) TO wardmote_api;

--
-- Name: FUNCTION enter_waiting(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.enter_waiting() FROM PUBLIC;

--
-- Name: FUNCTION neighbourhood_place(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.neighbourhood_place() FROM PUBLIC;

--
-- Name: FUNCTION network_of(p_address text); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.network_of(p_address text) FROM PUBLIC;
GRANT ALL ON FUNCTION wardmote.network_of(p_address text) TO wardmote_api;

--
-- Name: FUNCTION outline_lies(p_outline text); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.outline_lies(p_outline text) FROM PUBLIC;
GRANT ALL ON FUNCTION wardmote.outline_lies(p_outline text) TO wardmote_api;

--
-- Name: FUNCTION part_frozen(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.part_frozen() FROM PUBLIC;

--
-- Name: FUNCTION proposal_keep(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.proposal_keep() FROM PUBLIC;

--
-- Name: FUNCTION proposal_revise(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.proposal_revise() FROM PUBLIC;

--
-- Name: FUNCTION register_import_whole(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.register_import_whole() FROM PUBLIC;

--
-- Name: FUNCTION register_refers(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.register_refers() FROM PUBLIC;

--
-- Name: FUNCTION revision_emptied(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.revision_emptied() FROM PUBLIC;

--
-- Name: FUNCTION revision_in_time(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.revision_in_time() FROM PUBLIC;

--
-- Name: FUNCTION revision_kept(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.revision_kept() FROM PUBLIC;

--
-- Name: FUNCTION round_frozen(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.round_frozen() FROM PUBLIC;

--
-- Name: FUNCTION translation_kept(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.translation_kept() FROM PUBLIC;

--
-- Name: FUNCTION voter_kept(); Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

REVOKE ALL ON FUNCTION wardmote.voter_kept() FROM PUBLIC;

--
-- Name: TABLE attempt; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.attempt TO wardmote_api;

--
-- Name: TABLE audit_chain; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT ON TABLE wardmote.audit_chain TO wardmote_api;

--
-- Name: TABLE audit_verified; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,UPDATE ON TABLE wardmote.audit_verified TO wardmote_api;

--
-- Name: TABLE ballot; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.ballot TO wardmote_api;

--
-- Name: TABLE bulk; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE wardmote.bulk TO wardmote_api;

--
-- Name: TABLE bulk_text; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.bulk_text TO wardmote_api;

--
-- Name: TABLE code_batch; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT ON TABLE wardmote.code_batch TO wardmote_api;

--
-- Name: TABLE code_try; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE wardmote.code_try TO wardmote_api;

--
-- Name: TABLE count_job; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.count_job TO wardmote_api;

--
-- Name: TABLE decision; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.decision TO wardmote_api;

--
-- Name: TABLE declaration; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.declaration TO wardmote_api;

--
-- Name: TABLE delivery; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT ON TABLE wardmote.delivery TO wardmote_api;

--
-- Name: TABLE dlr; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.dlr TO wardmote_api;

--
-- Name: TABLE erasure; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.erasure TO wardmote_api;

--
-- Name: TABLE exclusion; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE wardmote.exclusion TO wardmote_api;

--
-- Name: TABLE failure; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE wardmote.failure TO wardmote_api;

--
-- Name: TABLE idea_message; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT ON TABLE wardmote.idea_message TO wardmote_api;

--
-- Name: SEQUENCE import_block_seq; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT USAGE ON SEQUENCE wardmote.import_block_seq TO wardmote_api;

--
-- Name: TABLE inbox; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.inbox TO wardmote_api;

--
-- Name: TABLE inbox_lease; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.inbox_lease TO wardmote_api;

--
-- Name: TABLE inbox_waiting; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.inbox_waiting TO wardmote_api;

--
-- Name: SEQUENCE lease_token; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT USAGE ON SEQUENCE wardmote.lease_token TO wardmote_api;

--
-- Name: TABLE migration; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT ON TABLE wardmote.migration TO wardmote_api;

--
-- Name: TABLE neighbourhood; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT ON TABLE wardmote.neighbourhood TO wardmote_api;

--
-- Name: TABLE neighbourhood_outline; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.neighbourhood_outline TO wardmote_api;

--
-- Name: TABLE neighbourhood_within; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT ON TABLE wardmote.neighbourhood_within TO wardmote_api;

--
-- Name: TABLE notice; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.notice TO wardmote_api;

--
-- Name: TABLE number_in_use; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.number_in_use TO wardmote_api;

--
-- Name: TABLE officer; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.officer TO wardmote_api;

--
-- Name: TABLE officer_area; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE wardmote.officer_area TO wardmote_api;

--
-- Name: TABLE officer_link; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.officer_link TO wardmote_api;

--
-- Name: TABLE officer_role; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE wardmote.officer_role TO wardmote_api;

--
-- Name: TABLE officer_session; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.officer_session TO wardmote_api;

--
-- Name: TABLE outline_import; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.outline_import TO wardmote_api;

--
-- Name: TABLE paper_batch; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.paper_batch TO wardmote_api;

--
-- Name: TABLE paper_return; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.paper_return TO wardmote_api;

--
-- Name: TABLE pledge; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.pledge TO wardmote_api;

--
-- Name: TABLE pledge_check; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT ON TABLE wardmote.pledge_check TO wardmote_api;

--
-- Name: TABLE postcode; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE wardmote.postcode TO wardmote_api;

--
-- Name: TABLE postcode_part; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE wardmote.postcode_part TO wardmote_api;

--
-- Name: TABLE pot; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.pot TO wardmote_api;

--
-- Name: TABLE preview_link; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.preview_link TO wardmote_api;

--
-- Name: TABLE proposal_import; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.proposal_import TO wardmote_api;

--
-- Name: TABLE proposal_revision; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT ON TABLE wardmote.proposal_revision TO wardmote_api;

--
-- Name: TABLE proposal_translation; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT ON TABLE wardmote.proposal_translation TO wardmote_api;

--
-- Name: TABLE provider; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT ON TABLE wardmote.provider TO wardmote_api;

--
-- Name: TABLE provider_link; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.provider_link TO wardmote_api;

--
-- Name: TABLE register; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.register TO wardmote_api;

--
-- Name: TABLE register_address; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.register_address TO wardmote_api;

--
-- Name: COLUMN register_address.id; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT INSERT(id) ON TABLE wardmote.register_address TO wardmote_import;

--
-- Name: COLUMN register_address.register_id; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT INSERT(register_id) ON TABLE wardmote.register_address TO wardmote_import;

--
-- Name: COLUMN register_address.neighbourhood_id; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT INSERT(neighbourhood_id) ON TABLE wardmote.register_address TO wardmote_import;

--
-- Name: COLUMN register_address.address; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT INSERT(address) ON TABLE wardmote.register_address TO wardmote_import;

--
-- Name: COLUMN register_address.postcode; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT INSERT(postcode) ON TABLE wardmote.register_address TO wardmote_import;

--
-- Name: COLUMN register_address.uprn; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT INSERT(uprn) ON TABLE wardmote.register_address TO wardmote_import;

--
-- Name: SEQUENCE register_address_id_seq; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT USAGE ON SEQUENCE wardmote.register_address_id_seq TO wardmote_api;

--
-- Name: TABLE register_import_part; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE wardmote.register_import_part TO wardmote_api;

--
-- Name: TABLE register_import_sample; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE wardmote.register_import_sample TO wardmote_api;

--
-- Name: TABLE result; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.result TO wardmote_api;

--
-- Name: TABLE result_account; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT ON TABLE wardmote.result_account TO wardmote_api;

--
-- Name: TABLE result_part; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT ON TABLE wardmote.result_part TO wardmote_api;

--
-- Name: TABLE revision; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT ON TABLE wardmote.revision TO wardmote_api;

--
-- Name: TABLE revision_void; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT ON TABLE wardmote.revision_void TO wardmote_api;

--
-- Name: TABLE sign_in; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.sign_in TO wardmote_api;

--
-- Name: TABLE site; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,UPDATE ON TABLE wardmote.site TO wardmote_api;

--
-- Name: TABLE sms_alarm; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.sms_alarm TO wardmote_api;

--
-- Name: TABLE sms_budget; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.sms_budget TO wardmote_api;

--
-- Name: TABLE sms_challenge; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.sms_challenge TO wardmote_api;

--
-- Name: TABLE sms_consent; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.sms_consent TO wardmote_api;

--
-- Name: TABLE sms_gateway; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.sms_gateway TO wardmote_api;

--
-- Name: TABLE sms_language; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.sms_language TO wardmote_api;

--
-- Name: TABLE sms_limits; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.sms_limits TO wardmote_api;

--
-- Name: TABLE sms_list; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.sms_list TO wardmote_api;

--
-- Name: TABLE sms_part; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.sms_part TO wardmote_api;

--
-- Name: TABLE sms_poll; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.sms_poll TO wardmote_api;

--
-- Name: TABLE sms_receipt_early; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.sms_receipt_early TO wardmote_api;

--
-- Name: TABLE sms_stop; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE wardmote.sms_stop TO wardmote_api;

--
-- Name: TABLE voter; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE wardmote.voter TO wardmote_api;

--
-- Name: COLUMN voter.id; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT INSERT(id) ON TABLE wardmote.voter TO wardmote_import;

--
-- Name: COLUMN voter.uuid; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT INSERT(uuid) ON TABLE wardmote.voter TO wardmote_import;

--
-- Name: COLUMN voter.register_id; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT INSERT(register_id) ON TABLE wardmote.voter TO wardmote_import;

--
-- Name: COLUMN voter.neighbourhood_id; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT INSERT(neighbourhood_id) ON TABLE wardmote.voter TO wardmote_import;

--
-- Name: COLUMN voter.address_id; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT INSERT(address_id) ON TABLE wardmote.voter TO wardmote_import;

--
-- Name: SEQUENCE voter_id_seq; Type: ACL; Schema: wardmote; Owner: wardmote_owner
--

GRANT USAGE ON SEQUENCE wardmote.voter_id_seq TO wardmote_api;

--
-- Name: DEFAULT PRIVILEGES FOR FUNCTIONS; Type: DEFAULT ACL; Schema: -; Owner: wardmote_api
--

ALTER DEFAULT PRIVILEGES FOR ROLE wardmote_api REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

--
-- Name: DEFAULT PRIVILEGES FOR FUNCTIONS; Type: DEFAULT ACL; Schema: -; Owner: wardmote_owner
--

ALTER DEFAULT PRIVILEGES FOR ROLE wardmote_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

--
-- PostgreSQL database dump complete
--

