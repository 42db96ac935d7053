-- editions.sql: what residents see of an agreement's editions: what changed from one to the next,
-- every check, and the words that were frozen.
begin;
set search_path = wardmote, public;
select plan(24);

insert into neighbourhood (slug, name, kind) values ('acomb', 'Acomb', 'ward');
insert into officer (email, name, password_hash, totp_sealed) values ('a@x', 'Ada', 'h', '\x01'), ('b@x', 'Bob', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o, neighbourhood n;
select id as ada from officer where name = 'Ada' \gset
select id as bob from officer where name = 'Bob' \gset
create function begin_edition() returns integer language sql as $$
    select id from api.desk_edition_save((select min(id) from officer), null, 'acomb', 'Agreement', 'We sweep', null, true) $$;
create function pledge_it(e integer, g integer, p_provider text, p_promise text, p_standard text default '', p_due date default null) returns text
language sql as $$ select api.desk_pledge_save((select min(id) from officer), e, g, p_provider, p_promise, p_standard, '', p_due) $$;
create function in_force(e integer) returns text language plpgsql as $$
begin
    update pledge set state = 'accepted', answered_by = 'Pat' where edition_id = e and state = 'drafted';
    return api.desk_edition_freeze((select min(id) from officer), e, false)
        || api.desk_edition_adopt((select min(id) from officer), e, 'Agreed', null)
        || api.desk_edition_adopt((select max(id) from officer), e, null, true);
end $$;
create function changes(e integer) returns text language sql as $$
    select string_agg(what || ':' || was_promise || '>' || promise, ' ' order by n)
    from api.edition_changes_public(e) with ordinality x(what, provider, promise, standard, measure, due, was_provider, was_promise, was_standard, was_measure, was_due, reason, n) $$;

-- The first.
select begin_edition() as one \gset
select is(pledge_it(:one, null, 'Council', 'Sweep', 'Weekly') || pledge_it(:one, null, 'Police', 'Walk') || pledge_it(:one, null, 'Council', 'Mow')
    || pledge_it(:one, null, 'School', 'Open') || pledge_it(:one, null, 'Parks', 'Plant'), 'savedsavedsavedsavedsaved', 'five pledges');
update pledge set state = 'declined', reason = 'No trees' where promise = 'Plant';
select is(in_force(:one), 'proposedaskedadopted', 'are in force');
select is_empty(format('select * from api.edition_changes_public(%s)', :one), 'the first edition came after none');
select is((select (before, before_in_return)::text from api.editions_public('acomb')), '(0,"")', 'and says so');

-- The second, still a draft: residents see nothing of it.
select begin_edition() as two \gset
select is((select count(*) from pledge where edition_id = :two and came_from is not null), 4::bigint, 'copied pledges remember where they came from');
create function the(e integer, p_promise text) returns integer language sql as $$ select id from pledge where promise = p_promise and edition_id = e $$;
select pledge_it(:two, the(:two, 'Sweep'), 'Council', 'Sweep', 'Daily');
select pledge_it(:two, the(:two, 'Mow'), 'Council', 'Mow', '', '2031-01-01');
select api.desk_pledge_place(:ada, :two, the(:two, 'Open'), 'remove');
select pledge_it(:two, null, 'Police', 'Call back');
update pledge set state = 'declined', reason = 'No time' where id = the(:two, 'Walk');
select is_empty(format('select * from api.edition_changes_public(%s)', :two), 'a draft is not shown beside it');
select is((select string_agg(what, ' ') from api.desk_edition_changes(:ada, :two)), 'reworded day added dropped dropped', 'its officers see what it changes');
select is((select before || ' ' || (before_in_return <> '') from api.desk_edition(:ada, :two)), '1 true', 'of which edition');
select is_empty(format('select * from api.desk_edition_changes(0, %s)', :two), 'others do not');
select is_empty(format('select * from api.edition_frozen_public(%s)', :two), 'nor its words');
select is((select count(*) from api.editions_public('acomb')), 1::bigint, 'nor itself');
select is(api.desk_edition_freeze(:ada, :two, false), 'unanswered', 'it is not frozen too early');
update pledge set state = 'accepted', answered_by = 'Pat' where edition_id = :two and state = 'drafted';
select is(api.desk_edition_freeze(:ada, :two, false), 'proposed', 'it is put forward');
select is(changes(:two), 'reworded:Sweep>Sweep day:Mow>Mow added:>Call back dropped:Walk>Walk dropped:Open>', 'then every pledge is beside the one it was');
select is((select was_standard || '>' || standard from api.edition_changes_public(:two) where what = 'reworded'), 'Weekly>Daily', 'with its words');
select is((select reason from api.edition_changes_public(:two) where was_promise = 'Walk'), 'No time', 'and why a provider declined it');
select is((select before from api.editions_public('acomb') where edition = 2), 1, 'the edition before it is named');
select is(in_force(:two), 'proposedaskedadopted', 'and it comes into force');
select is((select before from api.editions_public('acomb') where edition = 1), 0, 'the first is still the first');

-- A third that was drafted anew: the same promise of the same provider is the same pledge.
select id as three from api.desk_edition_save(:ada, null, 'acomb', 'Agreement', 'We sweep', null, false) \gset
select pledge_it(:three, null, 'Council', 'Sweep', 'Daily');
select pledge_it(:three, null, 'Library', 'Read');
update pledge set state = 'accepted', answered_by = 'Pat' where edition_id = :three;
select api.desk_edition_freeze(:ada, :three, false);
select is(changes(:three), 'same:Sweep>Sweep added:>Read dropped:Mow>' || ' dropped:Call back>', 'no link is needed for that');
select ok((select sha256(convert_to(frozen_text, 'UTF8')) = (select frozen_sha256 from agreement_edition where id = :three) from api.edition_frozen_public(:three)), 'the frozen words are those of the hash');

-- Checks.
create function checked(g integer, p_result text, p_day date) returns text language sql as $$
    select api.desk_pledge_check((select min(id) from officer), (select edition_id from pledge where id = g), g, p_result, 'Seen', '', p_day) $$;
update agreement_edition set adopted_on = current_date - 50 where id = :two;
select checked(the(:two, 'Sweep'), 'not_met', current_date - 40), checked(the(:two, 'Sweep'), 'met', current_date - 10), checked(the(:two, 'Sweep'), 'partly', current_date - 20);
select is((select string_agg(result, ' ') from api.pledge_checks_public(:two)), 'met partly not_met', 'every check, the newest day first');
select is((select check_result from api.pledges_public(:two) where promise = 'Sweep'), 'met', 'the newest is the pledge''s own');
select is((select count(*) from api.pledge_checks_public(:one)), 0::bigint, 'another edition has its own');
select * from finish();
rollback;
