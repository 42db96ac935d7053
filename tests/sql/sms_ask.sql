-- sms_ask.sql: what LIST, INFO, RESULT and MY VOTE look up, and how many replies a number gets.
begin;
set search_path = wardmote, public;
select plan(43);

insert into neighbourhood (slug, name, kind) values ('york', 'York', 'city');
insert into neighbourhood (slug, name, kind, parent_id)
select w.slug, w.name, 'ward', n.id
from neighbourhood n, (values ('acomb', 'Acomb'), ('heworth', 'Heworth'), ('heworth-without', 'Heworth Without')) w(slug, name);
create function make(p_slug text, p_area text, p_opens interval, p_from integer) returns integer
language plpgsql as $$
declare v integer;
begin
    insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at)
    select p_slug, n.id, p_slug, 'approval', now() + p_opens, now() + p_opens + interval '2 days'
    from neighbourhood n where n.slug = p_area returning id into v;
    insert into pot (round_id, ordinal, name, amount) values (v, 1, 'Pot', 100000);
    insert into proposal (round_id, number, short_name, title, summary, pot_id, cost, state)
    select v, p_from + k, 'P' || k, 'Project ' || k, 'Words', t.id, 60000,
           case when k = 3 then 'draft' else 'published' end
    from pot t, generate_series(1, 3) k where t.round_id = v;
    perform api.round_freeze(v, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256('3'));
    return v;
end $$;
create function key(int) returns bytea language sql as $$ select sha256(convert_to($1::text, 'UTF8')) $$;
create function list(who int, place text, page int default 0, more boolean default false)
returns text language sql as $$
    select string_agg(concat_ws(' ', outcome, page, area, nullif(number, 0)), ', ')
    from api.sms_list(key(who), place, page, more)
$$;

select is(list(1, ''), 'none 1 ', 'nothing is open anywhere');
select make('ward', 'acomb', '-1 hour', 1000) as ward \gset
select is(list(1, ''), 'list 1 Acomb 1001, list 1 Acomb 1002',
    'where only one area votes nobody need say which; drafts are not told');
select make('city', 'york', '-1 hour', 2000) as city, make('soon', 'acomb', '1 hour', 3000) as soon,
       make('past', 'heworth', '-3 days', 4000) as past \gset
select is(list(2, ''), 'which 1 York, which 1 Acomb', 'of several one must be named');
select is(list(2, 'ACOMB'), 'list 1 Acomb 1001, list 1 Acomb 1002, list 1 York 2001, list 1 York 2002',
    'its own first, then those that it lies in');
select is(list(2, 'aco', 3), list(2, '', 3), 'a name may be begun, and a page is of the last place');
select is(list(2, '', 0, true), list(2, 'acomb', 4), 'MORE is the page after');
select is(list(2, 'ac'), 'unknown 1 ac', 'two letters are too few');
select is(list(2, 'Heworth'), 'list 1 York 2001, list 1 York 2002', 'a whole name is that name');
select is(list(2, 'Hewo'), 'unknown 1 Hewo', 'what begins two names is none');
select is(list(3, '', 0, true), 'which 1 York, which 1 Acomb', 'MORE of nothing asks');
select is((select count(*)::int from sms_list where sender_key = key(2)), 1, 'a number has one place');

select is((select concat_ws('|', title, summary, area, cost, phase) from api.sms_info(1001::smallint)),
    'Project 1|Words|Acomb|60000|open', 'a project');
select is((select phase from api.sms_info(3001::smallint)), 'soon', 'before its vote');
select is((select phase from api.sms_info(4001::smallint)), 'closed', 'and after');
select is_empty('select from api.sms_info(1003::smallint)', 'a draft is nobody''s business');

create function told(who int, place text, number int) returns text language sql as $$
    select string_agg(concat_ws(' ', outcome, area, r.number, won, asked), ', ')
    from api.sms_result(key(who), place, number::smallint) r
$$;
select is(told(2, 'Acomb', 0), 'open Acomb 0 f f', 'no result before the close');
select is(told(2, 'Heworth', 0), 'counting Heworth 0 f f', 'nor before it is published');
select is(told(2, '', 9999), 'unknown  9999 f f', 'of a number that is not there');
insert into result (round_id, seed, ballots, web, texts, paper, withdrawn, replaced, eligible)
values (:past, sha256('s'), 7, 7, 0, 0, 0, 0, 9);
insert into result_part (round_id, ordinal, pot_id, pb, pb_sha256, outcome, log)
select :past, 1, t.id, 'pb', sha256('pb'), '{"cost": "600.00", "budget": "1000.00", "winners": ["4001"]}', ''
from pot t where t.round_id = :past;
update round set state = s from unnest(array['counted']) s where id = :past;
update round set state = 'result_review' where id = :past;
select is(told(2, 'Heworth', 0), 'counting Heworth 0 f f', 'a result under review is not told');
update round set state = 'published' where id = :past;
update result set published_at = now() where round_id = :past;
select is(told(2, 'Heworth', 0), 'result Heworth 4001 t f', 'the winners');
select is(told(2, '', 4002), 'result Heworth 4002 f t', 'or what became of one number');

-- Why a number won or did not: each word of wardmote-count with what it needs.
create function outcome(p_line jsonb, p_terms jsonb default '{}') returns void language sql as $$
    update result_part set outcome = jsonb_build_object('cost', '600.00', 'budget', '1000.00', 'winners', '["4001"]'::jsonb,
        'parameters', p_terms, 'proposals', jsonb_build_array(jsonb_build_object('id', '4001', 'cost', '600.00', 'votes', 9, 'reason', 'won',
            'left_when_reached', '1000.00'), '{"id": "4002", "cost": "600.00", "votes": 5, "left_when_reached": null}' || p_line))
$$;
create function why(n int default 4002) returns text language sql as $$
    select concat_ws('|', r.reason, votes, cost, "left", score, needed, share, other_number, other, budget) from api.sms_result(key(2), '', n::smallint) r
$$;
select outcome('{"reason": "no_votes", "votes": 0}');
select is(why(4001), 'won|9|60000|100000|9|100000', 'what won');
select is(why(), 'no_votes|0|60000|0|100000', 'nobody');
select outcome('{"reason": "below_minimum"}', '{"minimum_votes": 20, "minimum_share": "0"}');
select is(why(), 'below_minimum|5|60000|5|20|0|100000', 'fewer votes than the rules ask for');
select outcome('{"reason": "below_minimum"}', '{"minimum_votes": 1, "minimum_share": "25"}');
select is(why(), 'below_minimum|5|60000|5|25|100000', 'or too small a share of them');
select outcome('{"reason": "below_threshold", "score": 31}', '{"threshold": 40}');
select is(why(), 'below_threshold|5|60000|31|40|100000', 'a score');
select outcome('{"reason": "above_cap"}', '{"maximum_cost": "30"}');
select is(why(), 'above_cap|5|60000|5|30|100000', 'a cap');
select outcome('{"reason": "withdrawn"}');
select is(why(), 'withdrawn|5|60000|5|100000', 'withdrawn');
select outcome('{"reason": "costs_more_than_budget"}');
select is(why(), 'costs_more_than_budget|5|60000|5|100000', 'more than all the money');
select outcome('{"reason": "not_enough_left", "left_when_reached": "400.50"}');
select is(why(), 'not_enough_left|5|60000|40050|5|100000', 'not enough was left');
select outcome('{"reason": "excluded", "excluded_by": "4001"}');
select is(why(), 'excluded|5|60000|5|4001|P1|100000', 'another of its group');
select outcome('{"reason": "money_went_to_others", "money_went_to": [{"id": "4001", "amount": "1.00"}]}');
select is(why(), 'money_went_to_others|5|60000|5|4001|P1|100000', 'whose money went elsewhere');
select outcome('{"reason": "money_went_to_others", "money_went_to": []}');
select is(why(), 'money_went_to_others|5|60000|5|100000', 'or nobody knows where');
select outcome('{"reason": "too_few_supporters"}');
select is(why(), 'too_few_supporters|5|60000|5|100000', 'too few');
select outcome('{"reason": "count_ended"}');
select is(why(), 'count_ended|5|60000|5|100000', 'the end came first');
select outcome('{"reason": "outweighed"}');
select is(why(), 'outweighed|5|60000|5|100000', 'outweighed');
select outcome('{"reason": "part_funded", "part_funded_with": "400.00"}');
select is(why(), 'part_funded|5|60000|40000|5|100000', 'part of it');
select is((select reason from api.sms_result(key(2), 'Heworth', 0::smallint)), null, 'the winners alone have no reasons');
insert into agreement_edition (neighbourhood_id, edition, title, state) select id, 1, 'A', 'proposed' from neighbourhood where slug = 'heworth';
insert into round (slug, neighbourhood_id, title, kind, edition_id, opens_at, closes_at, rule)
select 'ask', n.id, 'Ask', 'yes_no', e.id, now() - interval '2 days', now() - interval '1 hour', 'yes-no'
from neighbourhood n join agreement_edition e on e.neighbourhood_id = n.id;
insert into proposal (round_id, number, short_name, title, state) select id, 4017, 'Agree?', 'Agree?', 'published' from round where slug = 'ask';
select api.round_freeze(id, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256('3')) from round where slug = 'ask';
insert into result (round_id, seed, ballots, web, texts, paper, withdrawn, replaced, eligible)
select id, sha256('s'), 7, 7, 0, 0, 0, 0, 9 from round where slug = 'ask';
insert into result_part (round_id, ordinal, pb, pb_sha256, outcome, log)
select id, 1, 'pb', sha256('pb'), '{"yes": 5, "no": 2, "adopted": false, "reason": "below_minimum", "parameters": {"minimum_votes": 20}}', '' from round where slug = 'ask';
update round set state = s from unnest(array['counted']) s where slug = 'ask';
update round set state = 'result_review' where slug = 'ask';
update round set state = 'published' where slug = 'ask';
update result set published_at = now() where published_at is null;
select is((select concat_ws('|', number, adopted, yes, no, reason, needed) from api.sms_result(key(2), '', 4017::smallint) r), '4017|f|5|2|below_minimum|20', 'a question has its own');
select is((select concat_ws('|', number, adopted, reason, needed) from api.sms_result(key(2), 'Heworth', 0::smallint) r), '4017|f|below_minimum|20', 'also where its place was asked for');

-- Replies an hour.
create function receive(who int, n int) returns text language sql as $$
    select api.sms_receive('kannel', '60777', who || '-' || n, clock_timestamp(), key(who), 'sender',
                           key(who * 1000 + n), 'body', false)
$$;
create function answer(lookup boolean) returns integer language sql as $$
    select coalesce(sum(api.sms_answer(c.token, array[c.id], array['done'], array['told'],
        array['to'::bytea], array['reply'::bytea], array['60777'], array[1], array[false], array[lookup])), 0)::int
    from api.sms_claim(1) c
$$;
create function ask_many(who int, times int, lookup boolean) returns integer language plpgsql as $$
declare v integer := 0;
begin
    for n in 1 .. times loop
        perform receive(who, n + case when lookup then 100 else 0 end);
        v := v + answer(lookup);
    end loop;
    return v;
end $$;
select is(ask_many(5, 14, true), 12, 'of lists and results twelve');
select is(ask_many(5, 17, false), 17, 'while votes are answered');
select receive(5, 999);
select is((select h.replies_left || ' ' || (h.until <> '')
           from api.sms_claim(1) c cross join lateral api.sms_hold(c.token) h), '1 true',
    'the thirtieth is the last, and knows until when');
select * from finish();
rollback;
