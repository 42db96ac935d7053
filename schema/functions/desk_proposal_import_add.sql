-- desk_proposal_import_add(officer, id, proposals): adds the proposals of a file as drafts, all or
-- none, in the file's order; `proposals` is an array of objects with the names below, read and
-- checked, cost in pence.
-- Called by: server/store_proposal.c. Outcomes: 'added'; 'not_found'; 'in_review' (no draft any
-- more); 'full' (a round has 200 at most); 'themes' (or 12 themes); 'pot' (no such pot); 'too_dear' (one costs more than its
-- pot); 'no_number' (not enough of the 900 numbers are free). Locks: round (exclusive), advisory 4.
create function api.desk_proposal_import_add(p_officer integer, p_id integer, p_proposals jsonb)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_slug  text;
    v_round round;
    v_row   record;
    v_word  text;
    v_saved smallint;
begin
    select r.slug into v_slug from proposal_import i join round r on r.id = i.round_id
    where i.id = p_id and i.officer_id = p_officer and i.done_at is null;
    v_round := api.desk_round_held(p_officer, v_slug);
    if v_round.id is null then
        return 'not_found';
    end if;
    for v_row in
        select w.* from jsonb_to_recordset(p_proposals)
            as w (title text, short_name text, summary text, body text, place text, proposer text,
                  pot integer, cost bigint, exclusion integer, theme text, lat integer,
                  lon integer)
    loop
        select s.outcome, s.number into v_word, v_saved
        from api.desk_proposal_save(p_officer, v_slug, null, v_row.title, v_row.short_name,
                                    v_row.summary, v_row.body, v_row.place, v_row.proposer,
                                    v_row.pot, v_row.cost, v_row.exclusion, null, v_row.theme,
                                    v_row.lat, v_row.lon) s;
        if v_word <> 'saved' then
            raise exception using errcode = 'WM001', message = v_word; -- takes back the rows before
        end if;
        update proposal p set import_id = p_id
        where p.round_id = v_round.id and p.number = v_saved;
    end loop;
    update proposal_import
    set done_at = clock_timestamp(), cells = null, added = jsonb_array_length(p_proposals)
    where id = p_id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'proposal.import', 'round ' || v_slug,
            jsonb_build_object('proposals', jsonb_array_length(p_proposals)));
    return 'added';
exception when sqlstate 'WM001' then
    return sqlerrm;
end
$$;
grant execute on function api.desk_proposal_import_add(integer, integer, jsonb) to wardmote_desk;
