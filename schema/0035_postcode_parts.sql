-- 0035_postcode_parts.sql: areas that the first half of a postcode reaches. Only for finding one's
-- neighbourhood: who may vote is decided by whole postcodes (table postcode) alone.
create table postcode_part (
    part             text not null check (part ~ '^[A-Z]{1,2}[0-9][0-9A-Z]?( [0-9])?$'),
    neighbourhood_id integer not null references neighbourhood,
    primary key (part, neighbourhood_id)
);
grant select, insert, delete on postcode_part to wardmote_api;

-- "YO24" finds every "YO24 3BZ", in any collation.
create index postcode_begins on postcode (postcode text_pattern_ops);
