-- desk_round.sql: what an officer may do to a round, and when: draft, numbers, freezing, codes.
begin;
set search_path = wardmote, public;
select plan(61);

insert into neighbourhood (slug, name, kind) values ('york', 'York', 'city');
insert into neighbourhood (slug, name, kind, parent_id)
select w.slug, w.name, 'ward', n.id
from neighbourhood n, (values ('acomb', 'Acomb'), ('hull-road', 'Hull Road')) w(slug, name);
insert into officer (email, name, password_hash, totp_sealed)
values ('city@x', 'City', 'h', '\x01'), ('acomb@x', 'Acomb', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o
join neighbourhood n on lower(o.name) = case n.slug when 'york' then 'city' else n.slug end;
select id as city from officer where name = 'City' \gset
select id as acomb from officer where name = 'Acomb' \gset

create function save(who integer, p_slug text, p_area text, p_kind text, opens text, closes text,
                     pots bigint[] default '{100000}', edition integer default null)
returns text language sql as $$
    select outcome || coalesce(' ' || slug, '') from api.desk_round_save(who, p_slug, p_area, 'Acomb 2031', '',
        p_kind, edition, '', opens, closes, 15, 3, 0,
        array(select 'Pot ' || i from generate_series(1, cardinality(pots)) i), pots,
        array_fill(0, array[cardinality(pots)]), array_fill(0, array[cardinality(pots)]), 1, false, 10, 5, 0, false,
        'code', 0, 'none')
$$;
create function propose(who integer, p_slug text, n smallint, p_pot integer, p_cost bigint) returns text
language sql as $$
    select outcome from api.desk_proposal_save(who, p_slug, n, 'Title', 'Short', '', '', '', '', p_pot, p_cost, 0, null)
$$;
-- Sent for review by the one, approved by the city's officer, scheduled; or what stopped it.
create function schedule(who integer, p_slug text) returns text language plpgsql as $$
declare said text := (select outcome from api.desk_submit(who, p_slug));
begin
    if said not in ('review', 'state') then
        return said;
    end if;
    perform api.desk_approve((select id from officer where name = 'City'), p_slug);
    return (select outcome from api.desk_schedule(who, p_slug, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256('3')));
end $$;

-- Whose round it is.
select is(save(:acomb, null, 'acomb', 'approval', null, null), 'saved acomb-2031', 'a draft without dates');
select is(save(:acomb, null, 'acomb', 'approval', null, null), 'saved acomb-2031-2', 'an address of its own');
select is(save(:acomb, null, 'hull-road', 'approval', null, null), 'not_found', 'not in another''s area');
select is(save(:acomb, null, 'york', 'approval', null, null), 'not_found', 'nor in the area above');
select is(save(:city, null, 'hull-road', 'approval', null, null), 'saved acomb-2031-3', 'the city''s officer may');
select is((select count(*)::int from api.desk_round(:acomb, 'acomb-2031-3')), 0, 'which is not there for others');
select is(save(:acomb, 'acomb-2031-3', 'acomb', 'approval', null, null), 'not_found', 'nor to be changed');
select is(propose(:acomb, 'acomb-2031-3', null, 1, 100), 'not_found', 'nor to be written in');
select is(schedule(:acomb, 'acomb-2031-3'), 'not_found', 'nor scheduled');
select is((select outcome from api.count_begin(:acomb, 'acomb-2031-3')), 'not_found', 'nor counted');
select is(api.result_publish(:acomb, 'acomb-2031-3'), 'not_found', 'nor published');
select is((select count(*)::int from api.desk_codes_issue(:acomb, 'hull-road', array[sha256('a')], array[''])), 0,
          'nor are codes issued for another''s area');
select is((select count(*)::int from api.desk_rounds(:acomb)), 2, 'a list holds one''s own rounds');
select is((select count(*)::int from api.desk_rounds(:city)), 3, 'and those of areas within');
update officer set disabled_at = now() where id = :acomb;
select is((select count(*)::int from api.desk_rounds(:acomb)), 0, 'a disabled officer has none');
update officer set disabled_at = null;

-- Dates as York's clocks show them.
select is(save(:acomb, 'acomb-2031', 'acomb', 'approval', '2031-03-30 01:30:00', '2031-04-02 21:00:00'),
          'opens_gap acomb-2031', 'a time that the clocks jump over');
select is(save(:acomb, 'acomb-2031', 'acomb', 'approval', '2031-10-20 09:00:00', '2031-10-26 01:30:00'),
          'closes_twice acomb-2031', 'a time that comes twice');
select is(save(:acomb, 'acomb-2031', 'acomb', 'approval', '2031-05-02 09:00:00', '2031-05-02 09:00:00'),
          'order acomb-2031', 'a round that closes as it opens');
select is(save(:acomb, 'acomb-2031', 'acomb', 'approval', '2031-03-29 09:00:00', '2031-03-30 21:00:00'),
          'saved acomb-2031', 'a round over the change of the clocks');
select is((select closes_at - opens_at from round where slug = 'acomb-2031'), interval '35 hours',
          'is an hour shorter than it looks');
select is((select opens_date || ' ' || opens_time from api.desk_round(:acomb, 'acomb-2031')), '29/03/2031 09:00',
          'and is shown as it was typed');

-- Proposals.
select is(api.damm_digit('572'), 4, 'the check digit of Damm''s own example');
select is(propose(:acomb, 'acomb-2031', null, 1, 60000), 'saved', 'a proposal');
select is(propose(:acomb, 'acomb-2031', null, 1, 100001), 'too_dear', 'not beyond its pot');
savepoint many;
select is((select string_agg(distinct said, ' ') from (
    select propose(:acomb, 'acomb-2031', null, 1, 100) as said
    from proposal p right join generate_series(1, 200 - (select count(*)::integer from proposal p join round r on r.id = p.round_id where r.slug = 'acomb-2031')) on false) x),
    'saved', '200 proposals have room');
select is(propose(:acomb, 'acomb-2031', null, 1, 100), 'full', 'one more has not');
rollback to many;
select is(propose(:acomb, 'acomb-2031', null, 2, 100), 'pot', 'nor from a pot that is not there');
select number as first from proposal where title = 'Title' \gset
select is(api.damm_digit(:'first'), 0, 'its number carries a check digit');
select is(propose(:city, 'acomb-2031-3', null, 1, 100), 'saved', 'another in another round');
select is((select count(distinct number)::int from proposal), 2, 'gets another number, while both are drafts');
select is((select hindrance from api.desk_round(:acomb, 'acomb-2031')), 'no_proposals', 'a draft is no proposal yet');
select is(api.desk_proposal_publish(:acomb, 'acomb-2031', :first::smallint), 'published', 'publishing it');
select is(save(:acomb, 'acomb-2031', 'acomb', 'approval', '2031-03-29 09:00:00', '2031-03-30 21:00:00', '{50000}'),
          'saved acomb-2031', 'the pot shrinks');
select is(schedule(:acomb, 'acomb-2031'), 'too_dear', 'what costs more than its pot stops the scheduling');
select is(save(:acomb, 'acomb-2031', 'acomb', 'approval', '2031-03-29 09:00:00', '2031-03-30 21:00:00', '{70000,500}'),
          'saved acomb-2031', 'a second pot');
select is(schedule(:acomb, 'acomb-2031'), 'pot_empty', 'with nothing to draw on it');
select is(save(:acomb, 'acomb-2031', 'acomb', 'approval', '2021-03-27 09:00:00', '2031-03-30 21:00:00', '{70000}'),
          'saved acomb-2031', 'a second thought');
select is(schedule(:acomb, 'acomb-2031'), 'opens_past', 'nothing is scheduled into the past');
select save(:acomb, 'acomb-2031', 'acomb', 'approval', '2031-03-29 09:00:00', '2031-03-30 21:00:00', '{70000}') \g /dev/null

-- Freezing.
select is(schedule(:acomb, 'acomb-2031'), 'scheduled', 'everything is there');
select is(schedule(:acomb, 'acomb-2031'), 'frozen', 'once');
select is((select sha256(convert_to(rules_text, 'UTF8')) from round where slug = 'acomb-2031'),
          (select rules_sha256 from round where slug = 'acomb-2031'), 'the rules have their fingerprint');
select matches((select rules_text from round where slug = 'acomb-2031'),
    '^wardmote/rules/2\nround [0-9a-f-]{36}\ntitle Acomb 2031\narea acomb\nkind approval\n'
    || 'opens 2031-03-29T09:00:00Z\ncloses 2031-03-30T20:00:00Z\ngrace-seconds 900\n'
    || 'eligibility code\nminimum-age -\nresidence none\nmin-picks 1\nmax-picks 3\nblank-ballots no\n'
    || 'points-sum -\npoints-max -\ncap-percent -\ncarry no\nrule greedy\nparameter minimum-votes 0\n'
    || 'parameter fund-unsupported no\nties lowest-cost lot\nprovisional-days 28\npot 1 70000 - - Pot 1\n'
    || 'proposal [0-9]{4} 1 60000 [0-9a-f]{64} Short\n'
    || 'k-pseudonym-sha256 [0-9a-f]{64}\nk-nonce-sha256 [0-9a-f]{64}\nseed-sha256 [0-9a-f]{64}\nend\n$',
    'and say everything that decides the vote');
select is(save(:acomb, 'acomb-2031', 'acomb', 'approval', null, null), 'frozen acomb-2031', 'nothing changes any more');
select is(propose(:acomb, 'acomb-2031', :first::smallint, 1, 1), 'frozen', 'nor its proposals');

-- Codes.
select is((select string_agg(serial, ' ' order by item) from api.desk_codes_issue(:city, 'hull-road',
          array[sha256('c1'), sha256('c2')], array['1 Hull Road', '2 Hull Road'])), 'HR-000001 HR-000002',
          'codes have serials');
select is((select string_agg(serial, ' ') from api.desk_codes_issue(:city, 'hull-road', array[sha256('c3')], array[''])),
          'HR-000003', 'that go on');
select is((select string_agg(c.serial || ' ' || c.address_ref, ', ' order by c.serial) from credential c
           where c.lookup = sha256('c2')), 'HR-000002 2 Hull Road', 'each on its own letter');
select is((select eligible from api.desk_round(:city, 'acomb-2031-3')), 3::bigint, 'and their holders may vote there');
select is((select string_agg(action, ' ' order by id) from audit where action like 'codes.%' or action = 'round.schedule'),
          'round.schedule codes.issue codes.issue', 'all of it is in the audit');

-- Themes and points.
select save(:acomb, null, 'acomb', 'approval', null, null) as made \gset
select substr(:'made', 7) as themed \gset
create function about(p_slug text, n smallint, p_theme text, p_lat integer default null, p_lon integer default null) returns text
language sql as $$
    select outcome from api.desk_proposal_save((select id from officer where name = 'Acomb'), p_slug, n, 'Title', 'Short', '',
        '', '', '', 1, 100, 0, null, p_theme, p_lat, p_lon)
$$;
select is(about(:'themed', null, 'Green spaces', 5395830, -108030) || about(:'themed', null, 'green SPACES'), 'savedsaved',
          'a theme and a point');
select is((select string_agg(distinct theme, '|') from api.desk_proposals(:acomb, :'themed')), 'Green spaces',
          'one theme has one name');
select is((select string_agg(concat_ws(',', lat, lon), ' ') from api.desk_proposals(:acomb, :'themed')), '5395830,-108030 ',
          'a point is as it was set');
select is((select string_agg(about(:'themed', null, 'Theme ' || i), ' ') from generate_series(2, 13) i),
          repeat('saved ', 11) || 'themes', 'twelve themes are enough');
select is(about(:'themed', null, 'Water, trees') || ' ' || about(:'themed', null, repeat('x', 41)), 'theme theme', 'a theme is one, and short');
select is(about(:'themed', null, 'Green spaces', 540000, -108030) || ' ' || about(:'themed', null, 'Green spaces', 5395830, null), 'point point', 'a point is whole, and in Britain');
select throws_ok('update proposal set theme = ''Water, trees'' where theme = ''Theme 2''', '23514', null, 'whoever writes it');
select throws_ok('update proposal set lat = 540000 where lat is not null', '23514', null, 'or moves it');
select number as one from api.desk_proposals(:acomb, :'themed') where theme = 'Theme 2' \gset
select is(about(:'themed', :one::smallint, 'Another'), 'saved', 'the only one of a theme may change it');
select is((select string_agg(theme, '|' order by revision) from api.desk_proposal_history(:acomb, :'themed', :one::smallint)),
          'Theme 2|Another', 'and its wordings say so');
select is((select string_agg(theme, '|') from api.desk_proposal_history(:acomb, :'themed', :one::smallint, 0, 1)) || ' ' ||
          (select string_agg(theme, '|') from api.desk_proposal_history(:acomb, :'themed', :one::smallint, 2, 5)), 'Another Theme 2', 'a page at a time');
select is((select detail -> 'changes' ->> ('proposal ' || :one || ' theme') from audit where action = 'proposal.edit' order by id desc limit 1),
          '["Theme 2", "Another"]', 'as does the record');

select * from finish();
rollback;
