-- voids.sql: a ballot that two officers declared void is counted nowhere, is told by its receipt,
-- and gives way to the voter's next; every channel has a figure of its own.
begin;
set search_path = wardmote, public;
select plan(10);

insert into neighbourhood (slug, name, kind) values ('acomb', 'Acomb', 'ward');
insert into officer (email, name, password_hash, totp_sealed)
values ('a@york', 'A', '', ''), ('b@york', 'B', '', '');
insert into officer_area select o.id, n.id from officer o, neighbourhood n;
insert into register (name, kind) values ('codes', 'codes'), ('phones', 'phones');
insert into register (name, kind, retired_at) values ('old', 'codes', now());
insert into voter (register_id, neighbourhood_id)
select g.id, n.id from register g, neighbourhood n, generate_series(1, 8);
insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at, state, scheduled_at,
                   rules_text, rules_sha256, k_pseudonym, k_nonce, seed)
select 'r', id, 'R', 'approval', now() - interval '3 hours', now() - interval '1 hour', 'scheduled',
       now(), 'rules', sha256('rules'), 'k', 'k', 's' from neighbourhood;
select id as round from round \gset
insert into paper_batch (round_id, collected_at, place, ballots, opened_by)
select :round, now() - interval '2 hours', 'Library', 1, min(id) from officer;

create temporary table v as
select id, row_number() over (order by id) as n from voter
where register_id = (select id from register where name = 'codes');
insert into revision (round_id, voter_id, revision, channel, withdrawn, cast_at, numbers, weights,
                      form_key, picks_hash, commitment, receipt, clerk_id, batch_id)
select :round, v.id, 1, c.channel, c.channel = 1 and v.n = 6, now() - interval '2 hours',
       case when v.n = 6 then '{}'::smallint[] else '{1}' end,
       case when v.n = 6 then '{}'::smallint[] else '{1}' end,
       decode(repeat('00', 16), 'hex'), sha256('p'), sha256(v.id::text::bytea), v.n,
       case when c.channel > 2 then (select min(id) from officer) end,
       case when c.channel = 3 then (select id from paper_batch) end
from v join (values (1, 1), (2, 2), (3, 3), (4, 4), (5, 1), (6, 1)) c(n, channel) using (n);
insert into ballot (round_id, voter_id, current_revision, current_cast_at, last_revision)
select round_id, voter_id, 1, cast_at, 1 from revision;
insert into amendment (kind, round_id, voter_id, revision, reason, asked_by)
select 'void_ballot', :round, v.id, 1, 'A stolen code', min(o.id) from v, officer o
where v.n = 5 group by v.id;

create function figures() returns text language sql as $$
    select concat_ws(' ', t.eligible, t.web, t.texts, t.paper, t.assisted, t.withdrawn, t.voided)
    from round r, api.desk_turnout(r.id) t
$$;
select is(figures(), '8 2 1 1 1 1 0', 'a figure for each channel; registers of another kind, or retired, do not count');
select is((select count(*)::int from api.count_ballots((select min(id) from officer), 'r')), 5,
          'five stand');
select throws_like($$update amendment set granted = true, decided_by = asked_by, decided_at = now()$$,
                   '%check constraint%', 'nobody grants what they asked for');
update amendment set granted = true, decided_by = (select max(id) from officer), decided_at = now();
insert into revision_void (round_id, voter_id, revision, amendment_id)
select a.round_id, a.voter_id, a.revision, a.id from amendment a;
select is(figures(), '8 1 1 1 1 1 1', 'void: not counted, and shown');
select is((select count(*)::int from api.count_ballots((select min(id) from officer), 'r')), 4,
          'the count does not see it');
select is((select state from api.receipt_find(5)), 'voided', 'its receipt tells');
select is((select state from api.receipt_find(1)), 'stands', 'others do not');
select throws_like('delete from revision_void', '%append-only%', 'a void stays');
select throws_like($$update amendment set reason = 'other'$$, '%append-only%', 'and its reason');
-- The voter casts again (the code was re-issued): that one counts.
insert into revision (round_id, voter_id, revision, channel, withdrawn, cast_at, numbers, weights,
                      form_key, picks_hash, commitment, receipt)
select :round, v.id, 2, 1, false, now() - interval '90 minutes', '{1}', '{1}',
       decode(repeat('01', 16), 'hex'), sha256('p'), sha256('again'), 99 from v where n = 5;
update ballot set current_revision = 2, last_revision = 2 where voter_id = (select id from v where n = 5);
select is(figures(), '8 2 1 1 1 1 0', 'the next ballot of the voter counts');
select * from finish();
rollback;
