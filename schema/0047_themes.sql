-- 0047_themes.sql: what a proposal is about, in a word or two of its round's own, and where it lies:
-- WGS84, in hundred-thousandths of a degree (about a metre). Both are kept with every wording, and
-- frozen with the rest of the round.

alter table proposal
    add column theme text not null default '' check (length(theme) <= 40),
    add column lat integer check (lat between -9000000 and 9000000),
    add column lon integer check (lon between -18000000 and 18000000),
    add constraint proposal_point check ((lat is null) = (lon is null));
alter table proposal_revision
    add column theme text not null default '',
    add column lat integer,
    add column lon integer;

create or replace function proposal_revise() returns trigger
language plpgsql
set search_path = wardmote, pg_temp
as $$
begin
    if (new.title, new.short_name, new.summary, new.body, new.place, new.proposer, new.pot_id, new.cost,
        new.theme, new.lat, new.lon)
       is distinct from
       (old.title, old.short_name, old.summary, old.body, old.place, old.proposer, old.pot_id, old.cost,
        old.theme, old.lat, old.lon) then
        new.revision := old.revision + 1;
    end if;
    return new;
end
$$;
create or replace function proposal_keep() returns trigger
language plpgsql
set search_path = wardmote, pg_temp
as $$
begin
    if tg_op = 'INSERT' or new.revision <> old.revision then
        insert into proposal_revision (proposal_id, revision, officer_id, title, short_name, summary,
                                       body, place, proposer, pot_id, cost, theme, lat, lon)
        values (new.id, new.revision, coalesce(new.changed_by, new.created_by), new.title,
                new.short_name, new.summary, new.body, new.place, new.proposer, new.pot_id, new.cost,
                new.theme, new.lat, new.lon);
    end if;
    return null;
end
$$;

drop trigger audit_change on proposal;
create trigger audit_change
    after update of title, short_name, summary, body, place, cost, state, theme, lat, lon on proposal
    for each row execute function audit_change('proposal', 'number', 'title', 'short_name', 'summary',
                                               'body', 'place', 'cost', 'state', 'theme', 'lat', 'lon');
