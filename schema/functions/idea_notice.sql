-- idea_notice(idea): its proposer, when they left a number, is texted that there is an answer.
-- Called by functions that gave one. Locks: none.
create function api.idea_notice(p_idea bigint) returns void
language sql
set search_path = wardmote, pg_temp
as $$
    insert into notice (kind, idea_id, number_sealed, recipient_key)
    select 'idea', i.id, i.number_sealed, i.recipient_key
    from idea i where i.id = p_idea and i.number_sealed is not null
$$;
