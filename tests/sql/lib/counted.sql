-- counted.sql: what tests of counts, results and corrections begin with: a ward, two officers (:o and :p),
-- four voters, an agreement of which edition 2 is proposed; rounds that are over, and the worker's part of a count.
insert into neighbourhood (slug, name, kind) values ('ward', 'Ward', 'ward');
insert into officer (email, name, password_hash, totp_sealed) values ('o@x', 'O', 'h', '\x01'), ('p@x', 'P', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o, neighbourhood n;
insert into register (name) values ('All');
insert into voter (register_id, neighbourhood_id)
select g.id, n.id from register g, neighbourhood n, generate_series(1, 4);
insert into agreement_edition (neighbourhood_id, edition, title, state)
select n.id, e.n, 'Agreement', e.state from neighbourhood n, (values (1, 'adopted'), (2, 'proposed')) e(n, state);
select id as o from officer where name = 'O' \gset
select id as p from officer where name = 'P' \gset

create function make(p_slug text, p_kind text, p_number smallint) returns void
language plpgsql as $$
declare v integer;
begin
    insert into round (slug, neighbourhood_id, title, kind, rule, edition_id, opens_at, closes_at, grace)
    select p_slug, n.id, p_slug, p_kind, case p_kind when 'yes_no' then 'yes-no' else 'greedy' end,
           case p_kind when 'yes_no' then (select id from agreement_edition where edition = 2) end,
           now() - interval '1 hour', now() - interval '20 minutes', '10 minutes'
    from neighbourhood n returning id into v;
    insert into pot (round_id, ordinal, name, amount) select v, 1, 'Pot', 100000 where p_kind <> 'yes_no';
    insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
    select v, p_number, 'P', 'P', t.id, case when t.id is not null then 1000 end, 'published'
    from (select) one left join pot t on t.round_id = v;
    perform api.round_freeze(v, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256(repeat('s', 32)::bytea));
end $$;
create function cast_for(p_slug text, n integer) returns void language sql as $$
    insert into revision (round_id, voter_id, revision, channel, withdrawn, cast_at, numbers, weights, form_key,
                          picks_hash, commitment, receipt)
    select r.id, v.id, 1, 1, false, r.opens_at + interval '1 minute',
           array(select number from proposal where round_id = r.id), array[1]::smallint[],
           substr(sha256((n || p_slug)::bytea), 1, 16), sha256('p'), sha256('c'), n
    from round r, (select id from voter order by id offset n - 1 limit 1) v where r.slug = p_slug;
    insert into ballot as b select r.id, v.id, 1, r.opens_at + interval '1 minute', 1
    from round r, (select id from voter order by id offset n - 1 limit 1) v where r.slug = p_slug;
$$;
-- The worker's part, for whatever waits.
create function work(p_outcome text default '{"adopted": true}', p_pb text default 'META') returns text
language plpgsql as $$
declare t record; v text;
begin
    select * into t from api.count_take();
    select outcome into v from api.count_begin(t.officer, t.slug);
    if v = 'ready' then
        v := api.count_store(t.officer, t.slug, repeat('s', 32)::bytea, array[1], array[p_pb], array[p_outcome],
                             array['log'], (select mark from api.count_begin(t.officer, t.slug)), t.job, t.attempt);
    end if;
    perform api.count_end(t.job, t.attempt, v);
    return v;
end $$;
create function told(p_slug text, p_version integer default 0) returns text language sql as $$
    select concat_ws(' ', x.version, x.ballots, x.voided, nullif(x.correction, ''), x.before, nullif(x.replaced_why, ''),
                     (select string_agg(pb, '') from api.result_file_public(p_slug, p_version, 1, 'pb') f(pb)))
    from api.result_public(p_slug, p_version) x
$$;
create function may_read(p_slug text) returns integer language sql as $$
    select count(*)::int from api.count_ballots((select id from officer where name = 'O'), p_slug)
$$;
create function states() returns text language sql as $$
    select string_agg(state, ' ' order by edition) from agreement_edition
$$;
