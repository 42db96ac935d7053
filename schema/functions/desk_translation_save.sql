-- desk_translation_save(officer, slug, number, language, title, short name, summary, body, of, revision):
-- the next wording of a translation. `of`: the English wording that the officer had beside it;
-- `revision`: the translation that they changed (0: there was none). Also after the English is frozen:
-- who votes by it should not have to live with a slip; every wording stays, with who wrote it and when.
-- Called by: server/store_translation.c. Outcomes: 'saved' (also when nothing changed and the English is
-- the same); 'not_found' (also: withdrawn); 'changed' (somebody saved another translation meanwhile);
-- 'english' (the English has changed meanwhile);
-- 'long' (more than a proposal's words may be); 'archived' (the round is put away). Locks: round (exclusive).
create function api.desk_translation_save(p_officer integer, p_slug text, p_number smallint,
                                          p_language text, p_title text, p_short_name text,
                                          p_summary text, p_body text, p_of integer,
                                          p_revision integer)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_round    round := api.desk_round_held(p_officer, p_slug);
    v_proposal proposal;
    v_old      record;
    v_outcome  text;
begin
    select * into v_proposal from proposal p where p.round_id = v_round.id and p.number = p_number;
    select * into v_old from api.translation_now(v_proposal, p_language);
    v_outcome := case
        when v_proposal.id is null or v_proposal.state = 'withdrawn' then 'not_found'
        when v_round.state = 'archived' then 'archived'
        when coalesce(v_old.revision, 0) <> p_revision then 'changed'
        when v_proposal.revision <> p_of then 'english'
        when length(p_title) > 120 or length(p_short_name) > 16 or length(p_summary) > 300
          or length(p_body) > 20000 then 'long'
        when v_old.state <> 'old' and (v_old.title, v_old.short_name, v_old.summary, v_old.body)
                                    = (p_title, p_short_name, p_summary, p_body) then 'saved' end;
    if v_outcome is not null then
        return v_outcome;
    end if;
    insert into proposal_translation (proposal_id, language, revision, of_revision, officer_id, title,
                                      short_name, summary, body)
    values (v_proposal.id, p_language, p_revision + 1, p_of, p_officer, p_title, p_short_name,
            p_summary, p_body);
    perform wardmote.audit_noted(f.field || ' (' || p_language || ')', to_jsonb(f.before), to_jsonb(f.now))
    from (values ('title', coalesce(v_old.title, ''), p_title),
                 ('short_name', coalesce(v_old.short_name, ''), p_short_name),
                 ('summary', coalesce(v_old.summary, ''), p_summary),
                 ('body', coalesce(v_old.body, ''), p_body)) f(field, before, now)
    where f.before <> f.now;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'proposal.translate', 'proposal ' || p_slug || '/' || to_char(p_number, 'FM0000'),
            jsonb_build_object('language', p_language));
    perform pg_notify('content', '');
    return 'saved';
end
$$;
grant execute on function api.desk_translation_save(integer, text, smallint, text, text, text, text,
    text, integer, integer) to wardmote_desk;
