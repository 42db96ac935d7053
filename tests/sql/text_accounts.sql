-- text_accounts.sql: every text that came while a vote was open is in one part of its books.
begin;
set search_path = wardmote, public;
select plan(15);

insert into neighbourhood (slug, name, kind) values ('ward', 'Ward', 'ward');
insert into round (slug, neighbourhood_id, title, kind, rule, opens_at, closes_at, grace)
select s.slug, n.id, s.slug, 'approval', 'greedy', now() - interval '3 hours', now() - interval '1 hour', '10 minutes'
from neighbourhood n, (values ('here'), ('there')) s(slug);
insert into pot (round_id, ordinal, name, amount) select id, 1, 'Pot', 100000 from round;
insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
select r.id, case r.slug when 'here' then 1275 else 1359 end, 'P', 'P', t.id, 1000, 'published'
from round r join pot t on t.round_id = r.id;
select api.round_freeze(id, '\x01', '\x02', '\x03', sha256('1'), sha256('2'), sha256(repeat('s', 32)::bytea)) from round;
select id as here from round where slug = 'here' \gset
insert into register (name) values ('All');
insert into voter (register_id, neighbourhood_id) select g.id, n.id from register g, neighbourhood n, generate_series(1, 3);

create function text(p_message text, p_outcome text, p_ago interval default '2 hours', p_state text default 'done') returns bigint
language sql as $$
    insert into inbox (provider, endpoint, message_id, sender_key, sender_sealed, near_key, received_at, state, outcome)
    values ('x', '', p_message, sha256('a'), '\x', sha256('a'), now() - p_ago, p_state, p_outcome) returning id
$$;
create function cast_by(p_slug text, n integer, p_inbox bigint) returns void language sql as $$
    insert into revision (round_id, voter_id, revision, channel, withdrawn, cast_at, numbers, weights, form_key, picks_hash,
                          commitment, receipt, inbox_id)
    select r.id, v.id, 1, 2, false, r.opens_at + interval '1 minute', array(select number from proposal where round_id = r.id),
           array[1]::smallint[], substr(sha256((n || p_slug)::bytea), 1, 16), sha256('p'), sha256('c'), n, p_inbox
    from round r, (select id from voter order by id offset n - 1 limit 1) v where r.slug = p_slug;
    insert into ballot select r.id, v.id, 1, r.opens_at + interval '1 minute', 1
    from round r, (select id from voter order by id offset n - 1 limit 1) v where r.slug = p_slug;
$$;
create function part(p_part text) returns bigint language sql as $$
    select coalesce((select n from api.round_accounts((select id from round where slug = 'here'))
                     where account = 'texts' and part = p_part), 0)
$$;

select cast_by('here', 1, text('b1', 'recorded')), cast_by('here', 2, text('b2', 'challenged')), cast_by('there', 1, text('b3', 'recorded'));
select is(part('ballots'), 2::bigint, 'a ballot, and one whose digits came back');
select is(part('elsewhere'), 1::bigint, 'a ballot of another round');
select count(text(x || y, y)) from unnest('{1,2}'::text[]) x, unnest('{told,help,stop,lang_pl,shown,offer}'::text[]) y;
select is(part('queries'), 12::bigint, 'questions and wishes');
select text('c1', 'recorded'), text('c2', 'challenged');
select is(part('confirmations'), 1::bigint, 'digits that made another text count');
select is(part('unconfirmed'), 1::bigint, 'a vote whose digits never came back');
select count(text(y, y)) from unnest('{no_code,bad_code,wrong_code,wrong_digits}'::text[]) y;
select is(part('refused_code'), 4::bigint, 'without a good code');
select count(text(y, y)) from unnest('{refused_number,refused_limits,refused_area,unclear,too_many,refused_kind,limited,refused,unheard_of}'::text[]) y;
select is(format('%s %s %s %s %s', part('refused_number'), part('refused_limits'), part('refused_area'), part('refused_unclear'), part('refused_other')),
          '1 1 1 3 3', 'refused, by reason');
select text('d', null, '2 hours', 'duplicate'), text('q', null, '2 hours', 'quarantined'), text('x', null, '2 hours', 'dead');
select is(part('duplicates') || ' ' || part('unread'), '1 2', 'twice; unreadable');
select text('l1', 'refused_closed'), text('l2', 'refused_limits', '55 minutes'), text('l3', 'told', '55 minutes');
select is(part('late') || ' ' || part('queries'), '2 13', 'too late, but for a question');
select text('before', 'told', '4 hours');
select is(part('queries'), 13::bigint, 'what came before the vote is not its');
select is((select sum(n)::bigint from api.round_accounts(:here) where account = 'texts'),
          (select count(*) - 1 from inbox), 'texts = ballots + refused + questions + duplicates + late, and the rest');

-- Kept with the result; a correction's books are of the same time.
insert into officer (email, name, password_hash, totp_sealed) values ('o@x', 'O', 'h', '\x01');
insert into officer_area select o.id, n.id from officer o, neighbourhood n;
select is(api.count_store((select id from officer), 'here', repeat('s', 32)::bytea, array[1], array['META'], array['{}'], array['log']), 'counted', 'counted');
select is((select sum(n)::bigint from result_account where round_id = :here and account = 'texts'), (select count(*) - 1 from inbox), 'they are kept');
update result set counted_at = now() - interval '30 minutes';
select text('after', 'told', '10 minutes');
select is(part('queries'), 13::bigint, 'what came after the count is not in them');
select throws_ok($$ insert into result_account (round_id, account, channel, part, n) select id, 'texts', 0, 'used', 1 from round where slug = 'here' $$,
                 '23514', null, 'nor is a part that belongs to another account');

select * from finish();
rollback;
