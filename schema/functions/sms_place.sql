-- sms_place(sender_key, place): which neighbourhood a text asks about: the one that it names, in
-- full or by how its name begins; without a name the sender's own (api.sms_area), and if only one
-- area votes now, that. Called by api.sms_list and api.sms_result.
-- Outcomes: null: nobody knows; 0: there is no such place, or several begin so. Locks: none.
create function api.sms_place(p_sender bytea, p_place text) returns integer
language sql stable
set search_path = wardmote, pg_temp
as $$
    select case when p_place = '' then coalesce(
        api.sms_area(p_sender),
        (select min(r.neighbourhood_id) from round r
         where r.eligibility <> 'practice'
           and api.round_phase(r) = 'open'
         having count(distinct r.neighbourhood_id) = 1))
    else coalesce(
        (select n.id from neighbourhood n
         where lower(n.name) = lower(p_place) or n.slug = lower(p_place) order by n.id limit 1),
        (select min(n.id) from neighbourhood n
         where length(p_place) >= 3 and starts_with(lower(n.name), lower(p_place))
         having count(*) = 1),
        0) end
$$;
