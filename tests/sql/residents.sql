-- residents.sql: what residents' pages may know: no draft, no result before it is published, no
-- choice without a session that is still good; codes with limits; receipts without choices.
begin;
set search_path = wardmote, public;
select plan(75);

insert into neighbourhood (slug, name, kind) values ('york', 'York', 'city');
insert into neighbourhood (slug, name, kind, parent_id)
select w.slug, w.name, 'ward', n.id
from neighbourhood n, (values ('acomb', 'Acomb'), ('heworth', 'Heworth')) w(slug, name);
insert into register (name) values ('All');
insert into voter (register_id, neighbourhood_id)
select g.id, n.id from register g, neighbourhood n where n.slug = 'acomb';
insert into credential (voter_id, kind, lookup, serial)
select v.id, 'code', sha256('good'), 'A-1' from voter v;
insert into credential (voter_id, kind, lookup, serial, voided_at)
select v.id, 'code', sha256('void'), 'A-2', now() from voter v;
select v.id as voter, c.id as credential from voter v join credential c on c.serial = 'A-1' \gset

create function make(p_slug text, p_area text, p_kind text, p_numbers smallint[], p_opens interval,
                     p_closes interval, p_draft boolean default false) returns void
language plpgsql as $$
declare v integer;
begin
    insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at, max_picks)
    select p_slug, n.id, p_slug, p_kind, now() + p_opens, now() + p_closes, 2
    from neighbourhood n where n.slug = p_area returning id into v;
    insert into pot (round_id, ordinal, name, amount) values (v, 1, 'Pot', 100000);
    insert into proposal (round_id, number, short_name, title, body, pot_id, cost, state)
    select v, p.number, 'P', 'P', 'Long', t.id, 60000, 'published'
    from pot t, unnest(p_numbers) p(number) where t.round_id = v;
    insert into proposal (round_id, number, short_name, title, body, pot_id, cost)
    select v, 1, 'D', 'Draft', 'Secret', t.id, 60000 from pot t where t.round_id = v;
    if not p_draft then
        perform api.round_freeze(v, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256('3'));
    end if;
end $$;
select make('ward', 'acomb', 'knapsack', '{1275,1359}', '-1 hour', '1 hour');
select make('city', 'york', 'approval', '{2714,2747}', '-1 hour', '2 hours');
select make('other', 'heworth', 'approval', '{3012}', '-1 hour', '1 hour');
select make('later', 'acomb', 'approval', '{4321}', '1 day', '2 days');
select make('over', 'acomb', 'approval', '{5724}', '-2 hours', '-1 hour');
select make('draft', 'acomb', 'approval', '{6395}', '-1 hour', '1 hour', true);
select id as ward from round where slug = 'ward' \gset
select id as draft from round where slug = 'draft' \gset
select id as over from round where slug = 'over' \gset

-- Rounds.
select results_eq($$ select slug, phase from api.rounds_public(null) $$,
    $$ values ('ward', 'open'), ('other', 'open'), ('city', 'open'), ('later', 'soon'), ('over', 'closed') $$,
    'rounds are shown by phase, what closes first first; drafts are not');
select set_eq($$ select slug from api.rounds_public('acomb') $$, array['ward', 'city', 'later', 'over'],
    'a neighbourhood has its own and the city''s');
select results_eq($$ select slug, takes_paper from api.rounds_public(null) order by slug $$,
    $$ values ('city', true), ('later', true), ('other', true), ('over', false), ('ward', true) $$,
    'paper is handed in until the close');
select is((select string_agg(slug, ' ') from api.rounds_public(null) l
           where l.takes_paper is distinct from (select v.takes_paper from api.round_public(l.slug) v)), null,
    'as the page of each says');
select is_empty($$ select * from api.rounds_public('atlantis') $$, 'an unknown area has none');
select is((select (money, proposals)::text from api.rounds_public(null) where slug = 'ward'), '(100000,2)',
    'money and published proposals are counted');
select is_empty($$ select * from api.round_public('draft') $$, 'a draft is nobody''s business');
select is_empty(format('select * from api.round_pots(%s)', :draft), 'nor its money');
select is_empty(format('select * from api.round_proposals(%s)', :draft), 'nor its proposals');
select is_empty(format('select * from api.proposal_body(%s, 6395::smallint)', :draft), 'nor their text');
select results_eq(format('select number from api.round_proposals(%s)', :ward), array[1275, 1359]::smallint[],
    'draft proposals of a frozen round stay unseen');
select is_empty(format('select * from api.proposal_body(%s, 1::smallint)', :ward), 'and unread');
select is((select grace_minutes from api.round_public('ward')), 15, 'grace is told in minutes');

-- Codes.
create function try(p_code text, p_address text) returns text language sql as $$
    select outcome from api.code_check(sha256(p_code::bytea), sha256(p_address::bytea), sha256('net'))
$$;
select is((select (outcome, voter, credential, generation)::text
           from api.code_check(sha256('good'), sha256('a'), sha256('net'))),
    format('(good,%s,%s,1)', :voter, :credential), 'a good code is known');
select results_eq($$ select outcome from code_try $$, array['good'], 'and is one try');
select is(try('nobody', 'a'), 'wrong', 'an unknown code is wrong');
select is(try('void', 'a'), 'wrong', 'a void one alike');
select is((select count(*) from code_try where address_key = sha256('a') and outcome = 'wrong'), 2::bigint, 'each is one failure');
do $$ begin perform try('nobody', 'a') from generate_series(1, 3); end $$;
select is(try('good', 'a'), 'wait', 'after five even a good code waits');
select is(try('nobody', 'a'), 'wait', 'as does a wrong one');
select is((select count(*) filter (where outcome = 'wrong')::text || ' ' || count(*) from code_try where address_key = sha256('a')), '5 8', 'waiting adds no failure, but every try is a row');
select is(try('good', 'b'), 'good', 'another address does not wait');
update code_try set at = at - interval '15 minutes 1 second';
select is(try('good', 'a'), 'good', 'a quarter of an hour later it is over');
insert into failure (kind, key) select 'sign_in', sha256('a') from generate_series(1, 9);
select is(try('good', 'a'), 'good', 'failed sign-ins of officers are counted apart');
insert into code_try (door, outcome, address_key, network_key)
select 1, 'wrong', sha256(i::text::bytea), sha256('net') from generate_series(1, 49) i;
select is(try('good', 'd'), 'good', 'forty-nine wrong ones from a network are borne');
select is(try('nobody', 'd'), 'wrong', 'so is the fiftieth');
select is(try('good', 'e'), 'wait', 'then the whole network waits');
select is((select outcome from api.code_check(sha256('good'), sha256('e'), sha256('elsewhere'))), 'good', 'and no other');
select is(api.desk_alarm(), null, 'no alarm below 200 in an hour');
insert into code_try (door, outcome, phone_key) select 2, 'wrong', sha256(i::text::bytea) from generate_series(1, 150) i;
select ok(api.desk_alarm() >= 200, 'from 200 there is one, whatever the door');
insert into code_try (door, outcome, address_key) select 1, 'wrong', sha256(i::text::bytea) from generate_series(1, 800) i;
select is((select outcome from api.code_check(sha256('good'), sha256('c'), sha256('third'))), 'wait', 'a thousand in a minute from everywhere stop all');
delete from code_try;

-- Sessions.
create function now_good(g integer) returns boolean language sql as $$
    select api.voter_now(v.id, c.id, g) from voter v join credential c on c.serial = 'A-1'
$$;
select ok(now_good(1), 'a session is good');
select ok(not now_good(2), 'not with another generation');
select ok(not api.voter_now(:voter, (select id from credential where serial = 'A-2'), 1), 'nor by a void code');
select ok(not api.voter_now(:voter, :credential + 100, 1), 'nor by none');

-- What a voter sees.
select results_eq(format('select slug from api.voter_rounds(%s, %s, 1)', :voter, :credential),
    array['ward', 'city'], 'open rounds in reach, the ward''s first');
select results_eq(format('select voted from api.voter_rounds(%s, %s, 1)', :voter, :credential),
    array[false, false], 'nothing is cast yet');
select is_empty(format('select * from api.voter_rounds(%s, %s, 2)', :voter, :credential), 'nothing without a session');
select is((select (in_reach, area_name, revision is null)::text from api.voter_ballot(:ward, :voter, :credential, 1)),
    '(t,Acomb,t)', 'in reach, never voted');
select is((select in_reach from api.voter_ballot((select id from round where slug = 'other'), :voter, :credential, 1)),
    false, 'another ward is out of reach');

create function revise(n integer, p_withdrawn boolean, p_receipt bigint) returns void language sql as $$
    insert into revision (round_id, voter_id, revision, channel, withdrawn, cast_at, numbers, weights, form_key,
                          picks_hash, commitment, receipt)
    select r.id, v.id, n, 1, p_withdrawn, now(), case when p_withdrawn then '{}' else '{1275}'::smallint[] end,
           case when p_withdrawn then '{}' else '{1}'::smallint[] end, substr(sha256(n::text::bytea), 1, 16),
           sha256('p'), sha256('c'), p_receipt
    from round r, voter v where r.slug = 'ward';
    insert into ballot select r.id, v.id, n, now(), n from round r, voter v where r.slug = 'ward'
    on conflict (round_id, voter_id) do update set current_revision = n, last_revision = n;
$$;
select revise(1, false, 111);
select is((select state from api.receipt_find(111)), 'stands', 'a receipt of the standing ballot');
select is_empty('select * from api.receipt_find(999)', 'an unknown receipt');
select revise(2, false, 222);
select is((select state from api.receipt_find(111)), 'replaced', 'a later ballot replaces it');
select is((select state from api.receipt_find(222)), 'stands', 'and stands');
select is((select (revision, receipt)::text from api.voter_ballot(:ward, :voter, :credential, 1)), '(2,222)',
    'the voter is shown the one that stands');
select results_eq(format('select number, weight from api.voter_picks(%s, %s, %s, 1)', :ward, :voter, :credential),
    $$ values (1275::smallint, 1::smallint) $$, 'with its picks');
select is_empty(format('select * from api.voter_picks(%s, %s, %s, 2)', :ward, :voter, :credential),
    'which nobody sees without a session');
select revise(3, true, 333);
select results_eq($$ select state from unnest(array[111, 222, 333]) r(receipt), api.receipt_find(r.receipt) $$,
    array['withdrawn', 'withdrawn', 'withdrawn'], 'a withdrawal withdraws them all');
select is((select voted from api.voter_rounds(:voter, :credential, 1) where slug = 'ward'), false,
    'who withdrew has not voted');

-- What happens to a ballot and to its round while that is open: the rest of this part happens to
-- frozen rounds by two officers' amendments, which have tests of their own.
set session_replication_role = replica;
select revise(4, false, 444);
update proposal set state = 'withdrawn', withdrawn_reason = 'sold' where number = 1275;
select is((select (voted, voided, gone)::text from api.voter_rounds(:voter, :credential, 1) where slug = 'ward'),
    '(t,f,t)', 'a project on the standing ballot was withdrawn');
insert into officer (email, name, password_hash, totp_sealed)
select x.email, 'O', 'h', '\x01' from unnest(array['a@x.example', 'b@x.example']) x(email);
insert into amendment (kind, round_id, voter_id, revision, reason, asked_by, decided_by, decided_at, granted)
select 'void_ballot', :ward, :voter, 4, 'stolen', min(id), max(id), now(), true from officer;
insert into revision_void select :ward, :voter, 4, id from amendment;
select is((select (voted, voided, gone)::text from api.voter_rounds(:voter, :credential, 1) where slug = 'ward'),
    '(f,t,f)', 'a void ballot does not stand');
select is((select (voided, void_reason, declared, in_area)::text from api.voter_ballot(:ward, :voter, :credential, 1)),
    '(t,stolen,t,t)', 'its voter is told why; nothing was asked, so all is declared');
select is((select (first_closes_at, extension_reason)::text from api.round_public('ward')), '(,)', 'no close was moved');
insert into amendment (kind, round_id, closes_at, closed_at, reason, asked_by, decided_by, decided_at, granted)
select 'extension', r.id, r.closes_at + x.n * '1 hour'::interval, r.closes_at + (x.n - 1) * '1 hour'::interval,
       'outage ' || x.n, o.one, case when x.granted is not null then o.two end,
       case when x.granted is not null then now() + x.n * '1 second'::interval end, x.granted
from round r, (select min(id) as one, max(id) as two from officer) o,
     (values (1, true), (2, true), (3, false), (4, null)) x(n, granted)
where r.slug = 'ward';
select is((select (first_closes_at = closes_at, extension_reason)::text from api.round_public('ward')),
    '(t,"outage 2")', 'a moved close: the first one, and the last reason that was granted');
update round set minimum_age = 11, residence = 'postcode' where slug = 'ward';
select is((select declared from api.voter_ballot(:ward, :voter, :credential, 1)), false, 'what is asked is not declared yet');
insert into declaration (round_id, voter_id, old_enough, channel) values (:ward, :voter, true, 1);
select is((select declared from api.voter_ballot(:ward, :voter, :credential, 1)), false, 'nor by half of it');
update declaration set residence = 'YO24 3BZ';
select is((select declared from api.voter_ballot(:ward, :voter, :credential, 1)), true, 'all of it');
update round set eligibility = 'phone' where slug = 'ward';
select is((select (in_area, in_reach)::text from api.voter_ballot(:ward, :voter, :credential, 1)), '(t,f)',
    'in the area, but on a register of another kind');
select set_eq(format('select slug from api.voter_rounds(%s, %s, 1)', :voter, :credential), array['city'],
    'such a round is not on the list');
select results_eq('select slug from api.round_places((select id from round where slug = ''city''))',
    array['acomb', 'heworth'], 'in a city-wide round one lives in a ward');
select results_eq(format('select slug from api.round_places(%s)', :ward), array['acomb'],
    'in a ward''s in the ward');
select is_empty(format('select * from api.round_places(%s)', :draft), 'a draft has no places');
insert into exclusion select p.round_id, 1, p.id from proposal p where p.number in (2714, 2747, 6395);
select results_eq('select ordinal, number from api.round_exclusions((select id from round where slug = ''city''))',
    $$ values (1::smallint, 2714::smallint), (1::smallint, 2747::smallint) $$, 'groups of which one can win');
select is_empty(format('select * from api.round_exclusions(%s)', :draft), 'not of a draft');
update round set eligibility = 'code', minimum_age = null, residence = 'none' where slug = 'ward';
update proposal set state = 'published' where number = 1275;
set session_replication_role = origin;

-- The form asks the rule that the cast obeys.
create function judge(p_numbers smallint[]) returns text language sql as $$
    select (outcome, detail, "limit")::text
    from api.ballot_check((select id from round where slug = 'ward'), p_numbers,
                          array_fill(1::smallint, array[cardinality(p_numbers)]))
$$;
select ok((select outcome is null from api.ballot_check(:ward, '{1275}', '{1}')), 'one fits the pot');
select is(judge('{1275,1359}'), '(10,20000,100000)', 'two do not: 20,000 pence over');
select is((select outcome from api.ballot_check(:ward, '{}', '{}')), 21, 'none is an empty ballot');
select is((select outcome from api.ballot_check(:ward, '{1}', '{1}')), 8, 'a draft proposal is unknown');
select is_empty(format('select * from api.ballot_check(%s, ''{6395}'', ''{1}'')', :draft), 'a draft has no form');

-- Signing out.
select api.voter_sign_out(:voter, 1);
select ok(not now_good(1), 'signing out ends the session');
select api.voter_sign_out(:voter, 1);
select ok(now_good(2), 'once: an old form changes nothing');

-- Results.
insert into result (round_id, seed, ballots, web, texts, paper, withdrawn, replaced, eligible)
values (:over, sha256('3'), 7, 4, 3, 0, 0, 0, 9);
insert into result_part (round_id, ordinal, pb, pb_sha256, outcome, log)
values (:over, 1, 'META', sha256('META'), '{"winners": ["5724"], "cost": "600.00", "num_votes": 10}', 'log');
update round set state = 'counted' where id = :over;
select is_empty(format($$ select seed::text from api.result_public('over', 0)
    union all select outcome::text from api.result_parts_public(%s, 1)
    union all select content from api.result_file_public('over', 0, 1, 'pb')
    union all select 'x' from api.rounds_public(null) where slug = 'over' and (ballots is not null or phase <> 'closed') $$,
    :over), 'a count that nobody approved is nowhere to be seen');
update result set published_at = now() where round_id = :over;
update round set state = 'published' where id = :over;
select is((select (phase, ballots, funded, spent)::text from api.rounds_public(null) where slug = 'over'),
    '(published,7,1,60000)', 'published, it is');
select is((select content from api.result_file_public('over', 0, 1, 'pb')), 'META', 'with its files');
alter table result_part disable trigger user;
update result_part set outcome = '{"winners": ["5724"], "cost": "600.00", "num_votes": 9}';
select is_empty($$ select * from unnest('{pb,json,log}'::text[]) k, api.result_file_public('over', 0, 1, k) $$, 'which are not published where so few voted');

select * from finish();
rollback;
