-- desk_rules.sql: every rule that a round can have: saved, checked before the round goes on, and
-- frozen byte for byte.
begin;
set search_path = wardmote, public;
select plan(43);

insert into neighbourhood (slug, name, kind) values ('ward', 'Ward', 'ward');
insert into officer (email, name, password_hash, totp_sealed) values ('a@x', 'Ann', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o, neighbourhood n;
select id as ann from officer \gset

create type terms as (kind text, least integer, most integer, blank boolean, points_sum integer, points_max integer,
                      cap integer, carry boolean, who text, age integer, residence text);
create function save(p_slug text, t terms, amounts bigint[], pot_min integer[], pot_max integer[]) returns text
language sql as $$
    select outcome from api.desk_round_save((select id from officer), p_slug, 'ward', 'Rules', '', t.kind, null, '',
        '2031-03-29 09:00:00', '2031-04-30 21:00:00', 5, t.most, 7,
        array(select 'Pot ' || i from generate_series(1, cardinality(amounts)) i), amounts, pot_min, pot_max,
        t.least, t.blank, t.points_sum, t.points_max, t.cap, t.carry, t.who, t.age, t.residence)
$$;
create function propose(n integer, p_pot integer, p_cost bigint, p_group integer) returns text language plpgsql as $$
declare said text;
begin
    select outcome into said from api.desk_proposal_save((select id from officer), 'rules', n::smallint, 'T', 'P', '',
                                                         '', '', '', p_pot, p_cost, p_group, null);
    perform api.desk_proposal_publish((select id from officer), 'rules', p.number) from proposal p;
    return said;
end $$;
create function hindrance() returns text language sql as $$
    select trim(reason || ' ' || detail) from api.desk_hindrance((select id from round))
$$;

select is(save(null, ('points', 1, 3, true, 10, 11, 0, false, 'code', 0, 'none'), '{100000}', '{0}', '{0}'),
          'points_order', 'one proposal gets no more points than there are');
select is(save(null, ('approval', 4, 3, true, 10, 5, 0, false, 'code', 0, 'none'), '{100000}', '{0}', '{0}'),
          'picks_order', 'the fewest is not above the most');
select is(save(null, ('approval', 1, 3, true, 10, 5, 0, false, 'code', 0, 'none'), '{100000}', '{3}', '{2}'),
          'pot_picks_order', 'nor in a pot');
select is((select count(*)::int from round), 0, 'what is refused leaves nothing behind');
select is(save(null, ('points', 2, 3, true, 10, 5, 40, true, 'phone', 16, 'postcode'), '{100000,50000}', '{0,1}', '{0,2}'),
          'saved', 'all of it at once');
select is((select format('%s %s %s %s %s %s %s %s %s %s %s', kind, min_picks, max_picks, blank_allowed, points_sum, points_max,
                         cap_percent, carry, eligibility, minimum_age, residence) from round),
          'points 1 60 t 10 5 40 t phone 16 postcode', 'is kept; picks are not points'' matter');
select is((select string_agg(min_picks || '-' || max_picks, ' ' order by ordinal) from api.desk_pots(:ann, 'rules')),
          '0-0 1-2', 'limits of a pot too');
select is((select eligibility || minimum_age || residence || points_sum || cap_percent from api.desk_round(:ann, 'rules')),
          'phone16postcode1040', 'and read back');
select is(save('rules', ('ranking', 2, 4, false, 10, 5, 0, false, 'register', 0, 'none'), '{100000,50000}', '{0,1}', '{0,2}'),
          'saved', 'another kind');
select is((select format('%s %s %s %s %s', kind, min_picks, max_picks, coalesce(points_sum, 0), coalesce(minimum_age, 0)) from round),
          'ranking 2 4 0 0', 'drops what does not belong to it');
select is(save('rules', ('knapsack', 2, 4, false, 10, 5, 40, true, 'code', 18, 'neighbourhood'), '{100000,50000}', '{0,2}', '{0,3}'),
          'saved', 'a knapsack');

-- How it is counted: what the officer chose, as the counting program takes it.
create function count_by(p_kind text, p_method text) returns text language sql as $$
    select outcome from api.desk_round_save((select id from officer), null, 'ward', 'By ' || p_kind || p_method, '', p_kind, null, '',
        null, null, 5, 3, 7, '{Pot}', '{1000}', '{0}', '{0}', 1, false, 10, 5, 0, false, 'code', 0, 'none', p_method)
$$;
create function counted(p_kind text, p_method text) returns text language sql as $$
    select rule || ' ' || (select string_agg(key || '=' || value, ' ' order by ordinal, key) from api.rule_settings(r.id))
    from round r where title = 'By ' || p_kind || p_method
$$;
select is(count_by('approval', 'shares'), 'saved', 'by equal shares');
select is(counted('approval', 'shares'), 'mes minimum-votes=7 fund-unsupported=no completion=add1u utility=cost', 'with its settings');
select is(count_by('points', 'value') || ' ' || counted('points', 'value'), 'saved greedy-points minimum-votes=7 fund-unsupported=no', 'points for the money');
select is(count_by('knapsack', 'phragmen') || ' ' || counted('knapsack', 'phragmen'), 'saved phragmen minimum-votes=7', 'what a rule does not take it is not given');
select is(count_by('approval', 'shares:none') || ' ' || counted('approval', 'shares:none'),
          'saved mes minimum-votes=7 fund-unsupported=no completion=none utility=cost', 'equal shares, and what is left is not spent');
select is(count_by('approval', 'shares_n:comparison') || ' ' || counted('approval', 'shares_n:comparison'),
          'saved mes minimum-votes=7 fund-unsupported=no comparison=greedy completion=add1u utility=card', 'or compared with votes alone');
select is(count_by('ranking', 'shares:add1') || ' ' || counted('ranking', 'shares:add1'),
          'saved mes minimum-votes=7 fund-unsupported=no completion=add1 utility=borda', 'or the shares are raised and no more');
select is(count_by('points', 'shares:util') || ' ' || counted('points', 'shares:util'),
          'saved mes minimum-votes=7 fund-unsupported=no completion=util utility=points', 'or votes decide at once');
select is(count_by('approval', 'shares:nonsense'), 'method', 'or nothing that nobody knows');
select is(count_by('approval', 'most:none'), 'method', 'nor where no shares are');
select is(count_by('points', 'phragmen'), 'method', 'not every ballot can be counted so');
select is(count_by('ranking', 'nonsense'), 'method', 'nor by a word nobody knows');
select is((select string_agg(method, ' ' order by d.title) from round r cross join lateral api.desk_round((select id from officer), r.slug) d
           where r.title like 'By %'), 'shares shares:none shares_n:comparison phragmen shares:util value shares:add1', 'and read back');
select is((select rule from round where slug = 'rules'), 'greedy', 'most votes where nothing was chosen');
delete from pot where round_id in (select id from round where title like 'By %');
delete from round where title like 'By %';

-- What keeps it from going on, each named.
select is(propose(null, 1, 30000, 0), 'saved', 'a proposal');
select is(hindrance(), 'pot_empty Pot 2', 'a pot with nothing to draw on it');
select is(propose(null, 2, 10000, 0), 'saved', 'another');
select is(hindrance(), 'pot_least Pot 2', 'fewer than must be chosen from a pot');
select is(propose(null, 2, 20100, 1), 'saved', 'a third');
select number as a from proposal where cost = 30000 \gset
select number as b from proposal where cost = 10000 \gset
select number as c from proposal where cost = 20100 \gset
select is(hindrance(), format('over_cap %s costs £201.00, and 40%% of its pot is £200.00', :c),
          'a penny over the cap is named');
select is(propose(:c, 2, 20000, 1), 'saved', 'cheaper');
select is(hindrance(), format('exclusion_one %s', :c), 'a group of one');
select is(propose(:a, 1, 30000, 1), 'saved', 'the same corner, another pot');
select is(hindrance(), format('exclusion_pots %s', least(:a, :c)), 'a group over two pots');
select is(propose(:a, 1, 30000, 0), 'saved', 'out of it');
select is(propose(:b, 2, 10000, 1), 'saved', 'one of the same pot');
select is(hindrance(), null, 'nothing is left');
select is((select string_agg(exclusion::text, ' ' order by cost) from api.desk_proposals(:ann, 'rules')), '1 1 0',
          'the groups are read back');
select save('rules', ('approval', 2, 1 + 1, false, 10, 5, 40, true, 'code', 18, 'neighbourhood'), '{100000,50000}',
            '{1,2}', '{0,3}') \g /dev/null
select is(hindrance(), 'pots_most', 'pots that together ask for more than may be chosen');
select save('rules', ('approval', 4, 5, true, 10, 5, 40, true, 'code', 18, 'neighbourhood'), '{100000,50000}', '{0,2}', '{0,3}') \g /dev/null
select is(hindrance(), 'least', 'more to be chosen than there are');

-- Golden bytes. Uuid and numbers are given; the rest is what stands above.
select save('rules', ('approval', 2, 3, true, 10, 5, 40, true, 'code', 18, 'neighbourhood'), '{100000,50000}', '{0,2}', '{0,3}') \g /dev/null
update round set uuid = '00000000-0000-4000-8000-000000000001', title = E'Rules\n2031',
                 rule_parameters = '{"utility": "cost", "aim": "1"}';
update proposal p set number = n.number from (values (30000, 1275), (10000, 1283), (20000, 1359)) n(cost, number)
where p.cost = n.cost;
select is(api.round_rules((select id from round), sha256('1'), sha256('2'), sha256('3')),
$$wardmote/rules/2
round 00000000-0000-4000-8000-000000000001
title Rules 2031
area ward
kind approval
opens 2031-03-29T09:00:00Z
closes 2031-04-30T20:00:00Z
grace-seconds 300
eligibility code
minimum-age 18
residence neighbourhood
min-picks 2
max-picks 3
blank-ballots yes
points-sum -
points-max -
cap-percent 40
carry yes
rule greedy
parameter minimum-votes 7
parameter fund-unsupported no
parameter aim 1
parameter utility cost
ties lowest-cost lot
provisional-days 28
pot 1 100000 - - Pot 1
pot 2 50000 2 3 Pot 2
proposal 1275 1 30000 dd5f03eb10f13e032cd035de2c9eb03f64498d9f8b0258d624c5c6bf9028c63e P
proposal 1283 2 10000 dd5f03eb10f13e032cd035de2c9eb03f64498d9f8b0258d624c5c6bf9028c63e P
proposal 1359 2 20000 dd5f03eb10f13e032cd035de2c9eb03f64498d9f8b0258d624c5c6bf9028c63e P
exclusion 1 1283 1359
k-pseudonym-sha256 6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b
k-nonce-sha256 d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35
seed-sha256 4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce
end
$$, 'the frozen text, byte for byte');
select is(encode(sha256(convert_to(api.round_rules((select id from round), sha256('1'), sha256('2'), sha256('3')), 'UTF8')), 'hex'),
          'fbae21130ba74723dfa1e224a8023a1ece74a271176fb47d4f6bfccf1e5db5e3', 'and its fingerprint');

select * from finish();
rollback;
