-- translation_now(proposal, language): the translation of a proposal that stands, and how good it is:
-- 'part' (something that the English has is missing), 'old' (the English has changed since), 'done'.
-- No row: nothing was written. Residents read what is done, else the English: never half of each.
-- Called by other functions only. Locks: none.
create function api.translation_now(p_proposal wardmote.proposal, p_language text)
returns table (state text, title text, short_name text, summary text, body text, revision integer,
               of_revision integer, at timestamptz, officer_id integer)
language sql stable
set search_path = wardmote, pg_temp
as $$
    select case when (p_proposal.title <> '') > (t.title <> '')
                  or (p_proposal.short_name <> '') > (t.short_name <> '')
                  or (p_proposal.summary <> '') > (t.summary <> '')
                  or (p_proposal.body <> '') > (t.body <> '') then 'part'
                when (w.title, w.short_name, w.summary, w.body)
                     is distinct from (p_proposal.title, p_proposal.short_name, p_proposal.summary,
                                       p_proposal.body) then 'old'
                else 'done' end,
           t.title, t.short_name, t.summary, t.body, t.revision, t.of_revision, t.at, t.officer_id
    from proposal_translation t
    left join proposal_revision w on w.proposal_id = t.proposal_id and w.revision = t.of_revision
    where t.proposal_id = p_proposal.id and t.language = p_language
    order by t.revision desc limit 1
$$;
