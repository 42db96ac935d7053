-- desk_paper_return_save(officer, slug, words): where residents hand in paper ballots of a round; ''
-- takes the words away, until the close and where one votes on paper. What they were before goes to
-- the record.
-- Called by: server/store_paper.c. Outcomes: 'saved', also when nothing changed; 'not_found'; 'state'
-- (no such paper is handed in, or no more); 'words' (more than 400 characters). Locks: the row.
create function api.desk_paper_return_save(p_officer integer, p_slug text, p_words text)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_id  integer := api.desk_round_id(p_officer, p_slug, 'ward_officer', 'clerk');
    v_old text;
begin
    if v_id is null then
        return 'not_found';
    elsif not exists (
        select from round r where r.id = v_id and api.round_takes_paper(r)) then
        return 'state';
    elsif p_words is null or length(p_words) > 400 then
        return 'words';
    end if;
    select t.words into v_old from paper_return t where t.round_id = v_id for update;
    if coalesce(v_old, '') = p_words then
        return 'saved';
    elsif p_words = '' then
        delete from paper_return t where t.round_id = v_id;
    else
        insert into paper_return (round_id, words, changed_by) values (v_id, p_words, p_officer)
        on conflict (round_id) do update
        set words = excluded.words, changed_by = excluded.changed_by, changed_at = clock_timestamp();
    end if;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'paper.return', 'round ' || p_slug,
            jsonb_build_object('changes', jsonb_build_object(
                'return_to', jsonb_build_array(coalesce(v_old, ''), p_words))));
    perform pg_notify('content', '');
    return 'saved';
end
$$;
grant execute on function api.desk_paper_return_save(integer, text, text) to wardmote_desk;
