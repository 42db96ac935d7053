-- desk_question(round, officer, question): gives a yes/no round its one question, published and
-- with a number of its own, or changes its words. Without words it asks to adopt the edition.
-- Called by other functions only, which hold the round's lock. Locks: advisory 4 (numbers).
create function api.desk_question(p_round integer, p_officer integer, p_question text) returns void
language plpgsql
set search_path = wardmote, pg_temp
as $$
declare
    v_question text;
begin
    select coalesce(nullif(p_question, ''), left('Adopt "' || e.title || '"?', 120))
    into v_question
    from round r join agreement_edition e on e.id = r.edition_id where r.id = p_round;
    update proposal p set title = v_question where p.round_id = p_round;
    if not found then
        insert into proposal (round_id, number, short_name, title, state, published_at, created_by)
        values (p_round, api.free_number(), 'Agreement', v_question, 'published',
                clock_timestamp(), p_officer);
    end if;
end
$$;
