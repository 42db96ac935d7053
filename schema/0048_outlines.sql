-- 0048_outlines.sql: the outlines of areas, generalised, and files of them between an
-- administrator's look and yes.

-- "lat lon,lat lon,...;..." in hundred-thousandths of a degree (WGS84): rings, not closed, of which
-- what lies inside an odd number is the area.
create table neighbourhood_outline (
    neighbourhood_id integer primary key references neighbourhood,
    outline    text not null check (length(outline) between 17 and 20000
                                    and outline ~ '^[-0-9]+ [-0-9]+([,;][-0-9]+ [-0-9]+){2,}$'),
    credit     text not null default '' check (length(credit) <= 200), -- printed under the map
    changed_by integer references officer,
    changed_at timestamptz not null default clock_timestamp()
);

-- `features`: [{"code", "name", "outline", "points", "kept", "problem"}].
create table outline_import (
    id         integer generated always as identity primary key,
    officer_id integer not null references officer,
    sha256     bytea not null check (octet_length(sha256) = 32),
    credit     text not null check (length(credit) <= 200),
    features   jsonb, -- gone once it is done
    begun_at   timestamptz not null default clock_timestamp(),
    done_at    timestamptz
);
grant select, insert, update on neighbourhood_outline, outline_import to wardmote_api;
