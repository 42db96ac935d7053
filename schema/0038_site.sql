-- 0038_site.sql: what administrators may say and colour on every page: a banner, the council's colour,
-- a few words of its own. One row.

create table site (
    one          boolean primary key default true check (one),
    banner       text not null default '' check (length(banner) <= 300),
    banner_until timestamptz,          -- null: until it is taken away
    colour       text not null default '' check (colour = '' or colour ~ '^[0-9a-f]{6}$'),
    about        text not null default '' check (length(about) <= 4000),   -- Markdown, on the first page
    privacy      text not null default '' check (length(privacy) <= 4000), -- Markdown, on /privacy
    changed_by   integer references officer,
    changed_at   timestamptz
);
insert into site default values;
grant select, update on site to wardmote_api;
