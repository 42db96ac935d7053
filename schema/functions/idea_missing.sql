-- idea_missing(idea): the first page of the form that must not stay empty, and does: 'area',
-- 'title', 'promiser' (of a pledge), 'what', 'place' (of a project), 'benefit', 'proposer'; null when
-- nothing is missing.
-- Called by other functions only. Locks: none.
create function api.idea_missing(p wardmote.idea) returns text
language sql immutable
set search_path = wardmote, pg_temp
as $$
    select case when p.neighbourhood_id is null then 'area'
                when p.title = '' then 'title'
                when p.kind = 'pledge' and p.promiser = '' then 'promiser'
                when p.what = '' then 'what'
                when p.kind = 'project' and p.place = '' then 'place'
                when p.benefit = '' then 'benefit'
                when p.proposer = '' then 'proposer' end
$$;
