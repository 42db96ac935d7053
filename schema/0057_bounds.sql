-- 0057_bounds.sql: limits that only the program held to, and what was kept or read for nothing.

-- As server/geo_point.c and server/proposal_form.c have them: commas part the themes of a file, and no
-- neighbourhood lies outside of the British Isles.
alter table proposal
    add constraint proposal_theme_word check (theme !~ ','),
    add constraint proposal_point_place check (lat between 4900000 and 6100000
                                               and lon between -1100000 and 300000);

create function outline_lies(p_outline text) returns boolean
language sql immutable as $$
    select case when p_outline ~ '^-?\d{1,7} -?\d{1,7}([,;]-?\d{1,7} -?\d{1,7}){2,}$' then
        (select bool_and(split_part(p, ' ', 1)::integer between 4900000 and 6100000
                         and split_part(p, ' ', 2)::integer between -1100000 and 300000)
         from regexp_split_to_table(p_outline, '[,;]') p) else false end
$$;
grant execute on function outline_lies(text) to wardmote_api;
alter table neighbourhood_outline add constraint neighbourhood_outline_place check (outline_lies(outline));
grant delete on outline_import to wardmote_api;

-- Numbers and addresses of a register are erased once, 28 days after it was retired: nothing is added to
-- it any more, and looking for what is left read every address and voter that there is, every ten minutes.
alter table register add column erased_at timestamptz;
