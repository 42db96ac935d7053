-- agreements.sql: an edition on its way: drafted, answered by providers, frozen, adopted by two
-- officers or by a vote, checked. Who may do what, and when.
begin;
set search_path = wardmote, public;
select plan(61);

insert into neighbourhood (slug, name, kind) values ('acomb', 'Acomb', 'ward'), ('hull-road', 'Hull Road', 'ward');
insert into officer (email, name, password_hash, totp_sealed)
values ('a@x', 'Ada', 'h', '\x01'), ('b@x', 'Bob', 'h', '\x01'), ('h@x', 'Hal', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o join neighbourhood n on (o.name = 'Hal') = (n.slug = 'hull-road');
select id as ada from officer where name = 'Ada' \gset
select id as bob from officer where name = 'Bob' \gset
select id as hal from officer where name = 'Hal' \gset
create function begin_edition(who integer, p_area text, p_title text default 'Agreement', p_copy boolean default true) returns text
language sql as $$ select outcome from api.desk_edition_save(who, null, p_area, p_title, '', null, p_copy) $$;

-- Drafting.
select is(begin_edition(:hal, 'acomb'), 'not_found', 'not an area of another officer''s');
select is(begin_edition(:ada, 'acomb', ''), 'title', 'it has a title');
select is(begin_edition(:ada, 'acomb'), 'saved', 'a draft begins');
select is(begin_edition(:bob, 'acomb'), 'draft', 'one draft an area: the second officer gets it');
select id as e from agreement_edition where state = 'draft' \gset
select is((select outcome from api.desk_edition_save(:hal, :e, null, 'X', '', null, false)), 'not_found', 'nor changes it');
select is((select outcome from api.desk_edition_save(:ada, :e, null, 'Our agreement', 'We sweep', '2031-04-01', false)), 'saved', 'it is changed');
select is((select (title, in_return, review_typed)::text from api.desk_edition(:bob, :e)), '("Our agreement","We sweep",01/04/2031)', 'and read back');
create function pledge_it(who integer, e integer, g integer, p_provider text, p_promise text, p_due date default null) returns text
language sql as $$ select api.desk_pledge_save(who, e, g, p_provider, p_promise, '', '', p_due) $$;
select is(pledge_it(:ada, :e, null, '', 'Sweep'), 'empty', 'a pledge is somebody''s');
select is(pledge_it(:hal, :e, null, 'Council', 'Sweep'), 'not_found', 'not written by another area''s officer');
select is(pledge_it(:ada, :e, null, 'Council', 'Sweep', '2026-01-01') || pledge_it(:ada, :e, null, 'Police', 'Walk')
          || pledge_it(:ada, :e, null, 'Council', 'Mow'), 'savedsavedsaved', 'three pledges');
create function the(p_promise text) returns integer language sql as $$ select id from pledge where promise = p_promise $$;
create function places() returns text language sql as $$ select string_agg(promise, ' ' order by ordinal) from pledge $$;
select is(api.desk_pledge_place(:ada, :e, the('Mow'), 'up') || ' ' || places(), 'saved Sweep Mow Walk', 'up');
select is(api.desk_pledge_place(:ada, :e, the('Sweep'), 'up') || ' ' || places(), 'saved Sweep Mow Walk', 'the first stays first');
select is(api.desk_pledge_place(:ada, :e, the('Sweep'), 'down') || ' ' || places(), 'saved Mow Sweep Walk', 'down');
select is(api.desk_pledge_place(:ada, :e, the('Mow'), 'remove') || ' ' || places(), 'saved Sweep Walk', 'out');
select is(api.desk_pledge_place(:hal, :e, the('Walk'), 'remove'), 'not_found', 'not by another area''s officer');

-- Answers.
select is(api.desk_edition_freeze(:ada, :e, false), 'unanswered', 'nobody is bound who did not answer');
create function say(g integer, p_state text, p_promise text default '', p_reason text default '', p_who text default 'Pat') returns text
language sql as $$ select api.desk_pledge_answer((select id from officer where name = 'Ada'), (select edition_id from pledge where id = g), g, p_state, p_promise, p_reason, p_who) $$;
select is(say(the('Sweep'), 'nonsense'), 'state', 'one of three answers');
select is(say(the('Sweep'), 'accepted', '', '', ''), 'who', 'somebody answers');
select is(say(the('Sweep'), 'declined'), 'reason', 'a reason for no');
select is(say(the('Sweep'), 'amended', 'Sweep', 'x'), 'promise', 'amended means other words');
select is(say(the('Sweep'), 'amended', 'Sweep weekly', 'No money for more'), 'saved', 'amended');
select is((select (promise, asked, state, recorded)::text from api.desk_pledges(:ada, :e) where ordinal < 3 limit 1),
    '("Sweep weekly",Sweep,amended,Ada)', 'the new words, the old, and who wrote it down');
select is(say(the('Sweep weekly'), 'amended', 'Sweep monthly', 'Even less'), 'saved', 'changed again');
select is((select asked from pledge where promise = 'Sweep monthly'), 'Sweep', 'the first words stay');
select is(say(the('Sweep monthly'), 'accepted'), 'saved', 'accepted after all');
select is((select promise || asked || reason from pledge where state = 'accepted'), 'Sweep', 'in the words that were asked for');
select is(pledge_it(:ada, :e, the('Sweep'), 'Council', 'Sweep', '2026-01-01') || (select state from pledge where promise = 'Sweep'), 'savedaccepted', 'saving the same words keeps the answer');
select is(pledge_it(:ada, :e, the('Sweep'), 'Council', 'Sweep well', '2026-01-01'), 'saved', 'other words');
select is((select state from pledge where promise = 'Sweep well'), 'drafted', 'ask for another');
select is(say(the('Sweep well'), 'accepted'), 'saved', 'given');

-- By the provider's own link.
select id as police from provider where name = 'Police' \gset
select is(api.desk_provider_link(:hal, :e, :police, sha256('k')), 'not_found', 'no link by another area''s officer');
select is(api.desk_provider_link(:ada, :e, :police, sha256('old')) || api.desk_provider_link(:ada, :e, :police, sha256('k')), 'mademade', 'a link, and a newer one');
select is_empty($$ select * from api.provider_pledges(sha256('old')) $$, 'the old one is no good');
select results_eq($$ select promise, answer from api.provider_pledges(sha256('k')) $$, $$ values ('Walk', 'drafted') $$, 'it shows their pledges alone');
select is(api.provider_answer(sha256('k'), the('Sweep well'), 'declined', '', 'No', 'Sgt'), 'not_found', 'nobody answers for others');
select is(api.provider_answer(sha256('k'), the('Walk'), 'declined', '', 'No officers', 'Sgt Lee'), 'saved', 'they decline');
select is((select answered_by || coalesce(recorded_by, 0) from pledge where promise = 'Walk'), 'Sgt Lee0', 'they themselves');

-- Frozen.
select is(api.desk_edition_freeze(:hal, :e, false), 'not_found', 'not by another area''s officer');
select is(api.desk_edition_freeze(:ada, :e, false) || api.desk_edition_freeze(:ada, :e, false), 'proposedproposed', 'put forward, twice is once');
select is((select frozen_text from agreement_edition), $$wardmote/agreement/1
area acomb
edition 1
title Our agreement
in-return We sweep
review 2031-04-01
pledge 1 accepted
provider Council
promise Sweep well
standard $$ || $$
measure $$ || $$
due 2026-01-01
reason $$ || $$
pledge 2 declined
provider Police
promise Walk
standard $$ || $$
measure $$ || $$
due -
reason No officers
end
$$, 'its words, byte for byte');
select is((select frozen_sha256 = sha256(convert_to(frozen_text, 'UTF8')) from agreement_edition), true, 'and their hash');
select is(pledge_it(:ada, :e, the('Walk'), 'Police', 'Run') || say(the('Walk'), 'accepted')
          || api.provider_answer(sha256('k'), the('Walk'), 'accepted', '', '', 'Sgt') || api.desk_pledge_place(:ada, :e, the('Walk'), 'remove'),
    'frozenfrozenfrozenfrozen', 'nothing changes any more');
select is(api.desk_edition_freeze(:ada, :e, true) || api.desk_edition_freeze(:ada, :e, false), 'draftproposed', 'back to draft, and forward again');

-- Adoption by two officers.
select is(api.desk_edition_adopt(:ada, :e, null, true), 'state', 'nobody asked');
select is(api.desk_edition_adopt(:ada, :e, '', null), 'reason', 'with a reason');
select is(api.desk_edition_adopt(:ada, :e, 'No change of substance', null), 'asked', 'asked');
select is(api.desk_edition_adopt(:bob, :e, 'Again', null), 'waiting', 'once');
select is(api.desk_edition_adopt(:ada, :e, null, true), 'own', 'not by who asked');
select is(api.desk_edition_adopt(:hal, :e, null, true), 'not_found', 'nor by an officer of elsewhere');
select is(api.desk_edition_adopt(:bob, :e, null, true), 'adopted', 'by another');
select is((select (state, adopted_on is not null)::text from agreement_edition), '(adopted,t)', 'in force');
select is((select due from api.desk_agreements(:ada)), 1::bigint, 'what is due is to be checked');

-- Checks.
select (now() at time zone 'Europe/London')::date as today \gset
create function checked(who integer, g integer, p_result text, p_day date default (now() at time zone 'Europe/London')::date, p_evidence text default 'Seen', p_link text default '') returns text
language sql as $$ select api.desk_pledge_check(who, (select edition_id from pledge where id = g), g, p_result, p_evidence, p_link, p_day) $$;
select is(checked(:ada, the('Sweep well'), 'maybe') || checked(:ada, the('Sweep well'), 'met', :'today'::date + 2)
          || checked(:ada, the('Sweep well'), 'met', :'today', '') || checked(:ada, the('Sweep well'), 'met', :'today', 'x', 'javascript:alert(1)')
          || checked(:ada, the('Walk'), 'met') || checked(:hal, the('Sweep well'), 'met'), 'resultdayevidencelinkstatenot_found', 'what is wrong is named');
select is(checked(:ada, the('Sweep well'), 'partly', :'today', 'Half', 'https://york.example/1') || checked(:bob, the('Sweep well'), 'met'), 'savedsaved', 'two checks');
select is((select (check_result, evidence)::text from api.pledges_public(:e) where promise = 'Sweep well'), '(met,Seen)', 'the last is shown');
select is((select count(*)::integer from pledge_check), 2, 'both are kept');
select is((select due from api.desk_agreements(:ada)), 0::bigint, 'nothing is due any more');

-- The next edition.
select is(begin_edition(:ada, 'acomb'), 'saved', 'the next draft');
select id as next from agreement_edition where state = 'draft' \gset
select is((select string_agg(promise || ' ' || state, ',') from api.desk_pledges(:ada, :next)), 'Sweep well drafted', 'begins with what was promised, unanswered');
insert into round (slug, neighbourhood_id, title, kind, rule, edition_id) select 'q', neighbourhood_id, 'Q', 'yes_no', 'yes-no', id from agreement_edition where id = :next;
update pledge set state = 'accepted', answered_by = 'Pat' where edition_id = :next;
select is(api.desk_edition_freeze(:ada, :next, false) || api.desk_edition_freeze(:ada, :next, true) || api.desk_edition_adopt(:ada, :next, 'x', null),
    'proposedin_votein_vote', 'what residents are asked is theirs to decide');
select is((select string_agg(distinct action, ' ' order by action) from audit),
    'edition.adopt_adopted edition.adopt_asked edition.create edition.edit edition.freeze edition.thaw pledge.answer pledge.check pledge.create pledge.edit pledge.remove provider.link',
    'all of it is in the audit');
select * from finish();
rollback;
