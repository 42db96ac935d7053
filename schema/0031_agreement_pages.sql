-- 0031_agreement_pages.sql: editions can be compared, and residents propose pledges as they send ideas
-- for projects.

-- The pledge of an earlier edition that this one goes on from, whose words may have changed since.
alter table pledge add column came_from integer references pledge;

-- An idea for a project becomes a proposal; an idea for a pledge goes into a draft edition.
alter table idea
    add column kind text not null default 'project' check (kind in ('project', 'pledge')),
    add column promiser text not null default '' check (length(promiser) <= 120), -- who should promise it
    add column in_return text not null default '' check (length(in_return) <= 1000), -- residents' part
    add column pledge_id integer references pledge,
    drop constraint idea_state_check,
    drop constraint idea_check4,
    add constraint idea_state check (state in ('draft', 'sent', 'asked', 'shortlisted', 'accepted',
                                               'merged', 'refused', 'taken_back')),
    add constraint idea_accepted check ((state = 'accepted') = (pledge_id is not null)),
    add constraint idea_decided check ((state in ('shortlisted', 'accepted', 'merged', 'refused',
                                                  'taken_back')) = (decided_at is not null)),
    add constraint idea_of_project check (kind = 'project' or proposal_id is null),
    add constraint idea_of_pledge check (kind = 'pledge'
                                         or pledge_id is null and promiser = '' and in_return = '');
create index idea_pledge on idea (pledge_id) where pledge_id is not null;
