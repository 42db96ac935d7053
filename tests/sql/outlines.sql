-- outlines.sql: outlines of areas: of which area one is, who may give it, what residents are shown.
begin;
set search_path = wardmote, public;
select plan(19);

insert into neighbourhood (slug, name, kind) values ('city', 'City', 'city') returning id as city \gset
insert into neighbourhood (slug, name, kind, parent_id, ons_code) values ('ash', 'Ash & Elm', 'ward', :city, 'E05000001'),
    ('oak', 'Oak', 'ward', :city, null), ('oak-2', 'Oak', 'parish', :city, null), ('fir', 'Fir', 'ward', :city, null);
insert into officer (email, name, password_hash, totp_sealed) values ('a@x', 'Ada', 'h', '\x01'), ('b@x', 'Ben', 'h', '\x01');
select id as ada from officer where name = 'Ada' \gset
select id as ben from officer where name = 'Ben' \gset
insert into officer_role (officer_id, role) values (:ada, 'administrator');

create function one(code text, name text, problem text default '') returns jsonb language sql as $$
    select jsonb_build_object('code', code, 'name', name, 'outline', '5390000 -110000,5390000 -100000,5400000 -100000',
                              'points', 9, 'kept', 3, 'problem', problem)
$$;
create function matched(variadic p jsonb[]) returns text language sql as $$
    select string_agg(coalesce(n.slug, '-') || coalesce(':' || nullif(m.problem, ''), ''), ' ' order by m.n)
    from api.outline_matches(to_jsonb(p)) m left join neighbourhood n on n.id = m.area
$$;
select is(matched(one('E05000001', 'Fir')), 'ash', 'the code says more than the name');
select is(matched(one('', 'ASH and elm'), one('', 'fir')), 'ash fir', 'a name does, however it is written');
select is(matched(one('', 'Oak')), '-:unknown', 'but not one that two areas have');
select is(matched(one('', 'Fir'), one('', 'Fir')), 'fir:twice fir:twice', 'two outlines of one area are none');
select is(matched(one('', 'Fir', 'Broken')), 'fir:Broken', 'what was wrong with it stays so');
select is(matched(one('', 'Fir', 'Broken'), one('', 'Fir')), 'fir:Broken fir', 'and one that is right beside it is one');

select is(api.desk_outline_begin(:ben, sha256('f'), '', '[]'), null, 'only administrators');
select api.desk_outline_begin(:ada, sha256('f'), 'Ours', jsonb_build_array(one('', 'Fir'), one('', 'Elsewhere'))) as file \gset
select is_empty(format('select * from api.desk_outline_import(%s, %s)', :ben, :file), 'see what a file would do');
select is(api.desk_outline_add(:ben, :file), 'not_found', 'and do it');
select is_empty('select * from api.area_outline(''fir'')', 'before that there is no map');
select is(api.desk_outline_add(:ada, :file) || ' ' || api.desk_outline_add(:ada, :file), 'added not_found', 'once');
select is((select name || ' ' || credit from api.area_outline('fir')), 'Fir Ours', 'then there is');
select is_empty('select * from api.area_outline(''city'')', 'a city is not shown without some of its wards');
insert into neighbourhood_outline (neighbourhood_id, outline)
select id, '5390000 -110000,5390000 -100000,5400000 -100000' from neighbourhood where slug in ('ash', 'oak');
select is((select string_agg(r, '|') from api.area_outline('city'), regexp_split_to_table(outline, ';') r),
          repeat('5390000 -110000,5390000 -100000,5400000 -100000|', 2) || '5390000 -110000,5390000 -100000,5400000 -100000',
          'but by all of them where it has none of its own');
select throws_ok($$ update neighbourhood_outline set outline = '1 1,2 2' $$, '23514', null, 'two points are no outline');
select throws_ok($$ update neighbourhood_outline set outline = '5390000 -110000,5390000 -100000,540000 -100000' $$, '23514', null, 'nor is what lies in Africa');
select throws_ok($$ update neighbourhood_outline set outline = '5390000 -110000,5390000 -100000,54-00000 -100000' $$, '23514', null, 'or nowhere');

-- A file waits for a day.
select api.desk_outline_begin(:ada, sha256('g'), '', '[]') as waits \gset
select api.retain(clock_timestamp() + interval '23 hours') \gset kept_
select is((select count(*)::int from outline_import), 2, 'not longer than a day');
select api.retain(clock_timestamp() + interval '25 hours') \gset gone_
select is((select count(*)::int from outline_import), 0, 'are files kept');

select * from finish();
rollback;
