-- desk_states.sql: a round goes on only by two officers, back only with a note, and what is not its
-- turn is refused and changes nothing.
begin;
set search_path = wardmote, public;
select plan(51);

insert into neighbourhood (slug, name, kind) values ('ward', 'Ward', 'ward'), ('other', 'Other', 'ward');
insert into officer (email, name, password_hash, totp_sealed)
values ('a@x', 'Ann', 'h', '\x01'), ('b@x', 'Bob', 'h', '\x01'), ('c@x', 'Cat', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o, neighbourhood n
where (o.name = 'Cat') = (n.slug = 'other');
select id as ann from officer where name = 'Ann' \gset
select id as bob from officer where name = 'Bob' \gset
select id as cat from officer where name = 'Cat' \gset

insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at)
select 'r', n.id, 'R', 'approval', now() + interval '1 day', now() + interval '2 days'
from neighbourhood n where slug = 'ward' returning id as r \gset
insert into pot (round_id, ordinal, name, amount) values (:r, 1, 'Pot', 100000) returning id as pot \gset
insert into proposal (round_id, number, short_name, title, pot_id, cost)
values (:r, 1275, 'Bench', 'Bench', :pot, 1000);

create function submit(who integer) returns text language sql as $$ select outcome from api.desk_submit(who, 'r') $$;
create function schedule(who integer) returns text language sql as $$
    select outcome from api.desk_schedule(who, 'r', '\x01', '\x02', '\x03', sha256('1'), sha256('2'),
                                          sha256(repeat('s', 32)::bytea))
$$;
create function state() returns text language sql as $$ select state from round where slug = 'r' $$;
create function phase() returns text language sql as $$
    select phase from api.desk_round((select id from officer where name = 'Ann'), 'r')
$$;

-- Review.
select is(submit(:ann), 'no_proposals', 'a draft that lacks something is not sent for review');
select is(state(), 'draft', 'and stays a draft');
select is(api.desk_approve(:bob, 'r'), 'state', 'nor is a draft approved');
select is(schedule(:ann), 'not_approved', 'nor scheduled');
select is(api.desk_return(:bob, 'r', 'No'), 'state', 'nor sent back');
select is(api.desk_archive(:bob, 'r'), 'state', 'nor archived');
select is(api.result_submit(:ann, 'r'), 'not_counted', 'nor has it a result to approve');
select api.desk_proposal_publish(:ann, 'r', 1275::smallint) \g /dev/null
select is(submit(:cat), 'not_found', 'another ward''s officer does not see it');
select is(submit(:ann), 'review', 'a whole draft is sent for review');
select is(submit(:bob), 'state', 'once');
select is(phase(), 'review', 'and says so');
select is((select asked_by || ' ' || mine from api.desk_round(:ann, 'r')), 'Ann true', 'and who sent it');
select is((select mine from api.desk_round(:bob, 'r')), false, 'which was not the other');
select is((select mine from api.desk_rounds(:ann)), true, 'the list says so too');
select is((select outcome from api.desk_proposal_save(:bob, 'r', 1275::smallint, 'T', 'S', '', '', '', '', 1, 5, 0, null)),
          'in_review', 'nothing in it changes meanwhile');
select throws_ok(format('update proposal set cost = 5 where round_id = %s', :r), 'P0001', null,
                 'whoever writes');
select is(api.desk_approve(:cat, 'r'), 'not_found', 'another ward''s officer does not approve it');
select is(api.desk_approve(:ann, 'r'), 'own', 'who sent it does not approve it');
select is(state(), 'review', 'so it waits');
select is(schedule(:ann), 'not_approved', 'and is not scheduled');
select is(api.desk_return(:bob, 'r', ''), 'note', 'it goes back with a note only');
select is(api.desk_return(:bob, 'r', repeat('x', 401)), 'note', 'not too long a one');
select is(api.desk_return(:bob, 'r', 'The bench is too dear'), 'draft', 'so it goes back');
select is((select note || ' (' || note_by || ')' from api.desk_round(:ann, 'r')), 'The bench is too dear (Bob)',
          'and the note is read');
select lives_ok(format('update proposal set cost = 900 where round_id = %s', :r), 'then it may change');
select is(submit(:ann), 'review', 'and is sent again');
select is((select note from api.desk_round(:ann, 'r')), '', 'without the note');
select is(api.desk_approve(:bob, 'r'), 'approved', 'a second officer approves it');
select is(api.desk_approve(:bob, 'r'), 'approved', 'twice is once');
select is(api.desk_approve(:ann, 'r'), 'state', 'the sender still does not');
select is(api.desk_return(:ann, 'r', 'One more thought'), 'draft', 'approved, it can still go back');
select is(submit(:bob), 'review', 'this time the other sends it');
select is(api.desk_approve(:ann, 'r'), 'own', 'nor does whoever wrote it last approve it');
update round set changed_by = :bob where slug = 'r'; -- as when the other had a last word
select is(api.desk_approve(:ann, 'r'), 'approved', 'and the first approves it');
select throws_ok(format('update round set approved_by = submitted_by where id = %s', :r), '23514', null,
                 'the table itself holds two officers apart');
select is(schedule(:bob), 'scheduled', 'approved, it is scheduled');
select is(schedule(:bob), 'frozen', 'once');
select is(api.desk_return(:ann, 'r', 'Too late'), 'state', 'and never goes back');
select throws_ok(format('update round set state = ''draft'' where id = %s', :r), 'P0001', null, 'whoever writes');

-- The result (the round is over: by hand, since no clock waits here).
set session_replication_role = replica;
update round set opens_at = now() - interval '2 days', closes_at = now() - interval '1 day';
set session_replication_role = origin;
select is(api.count_store(:ann, 'r', repeat('s', 32)::bytea, '{1}', '{META}', array['{"x": 1}'], '{log}'), 'counted', 'it is counted');
select is(api.result_publish(:bob, 'r'), 'not_submitted', 'a result is not published unasked');
select is(api.result_submit(:ann, 'r'), 'result_review', 'it is sent for approval');
select is(api.result_publish(:ann, 'r'), 'own', 'its sender does not publish it');
select is(api.desk_return(:bob, 'r', 'Count the paper again'), 'counted', 'a second officer may send it back');
select is((select note from api.desk_round(:ann, 'r')), 'Count the paper again', 'with a note');
select is(api.result_submit(:bob, 'r'), 'result_review', 'the other sends it');
select is(api.result_publish(:ann, 'r'), 'own', 'nor does whoever counted publish it');
update result set counted_by = :bob where round_id = :r;
select is(api.result_publish(:ann, 'r'), 'published', 'and the first publishes');
select is((select count(*)::int from api.result_public('r', 0)), 1, 'residents read it');
select is(api.desk_archive(:ann, 'r'), 'archived', 'archived');
select is((select phase || ' ' || (select count(*) from api.result_public('r', 0)) from api.desk_round(:ann, 'r')),
          'archived 1', 'it can still be read');

select * from finish();
rollback;
