-- amendment_make(amendment): does what was granted. A withdrawn proposal leaves ballots their other
-- picks; who voted for it by text gets a notice, which wardmote-sms words and sends; on the web it
-- stands on their ballot's page. Called by: api.desk_amendment_decide, which holds the locks and has
-- checked everything. Locks: none of its own.
create function api.amendment_make(p_what wardmote.amendment) returns void
language plpgsql
set search_path = wardmote, pg_temp
as $$
begin
    if p_what.kind = 'extension' then
        update round r set closes_at = p_what.closes_at where r.id = p_what.round_id;
        update number_in_use u set during = tstzrange(r.opens_at, r.closes_at + r.grace)
        from round r where r.id = p_what.round_id and u.round_id = r.id;
    elsif p_what.kind = 'withdrawal' then
        update proposal p set state = 'withdrawn', withdrawn_reason = p_what.reason
        where p.id = p_what.proposal_id;
        insert into notice (kind, amendment_id, round_id, voter_id, inbox_id)
        select 'withdrawal', p_what.id, b.round_id, b.voter_id, x.inbox_id
        from ballot b
        join revision x on x.round_id = b.round_id and x.voter_id = b.voter_id
                       and x.revision = b.current_revision
        join proposal p on p.id = p_what.proposal_id
        where b.round_id = p_what.round_id and x.channel = 2 and x.inbox_id is not null
          and p.number = any (x.numbers)
        order by b.voter_id;
    elsif p_what.kind = 'void_ballot' then
        insert into revision_void (round_id, voter_id, revision, amendment_id)
        values (p_what.round_id, p_what.voter_id, p_what.revision, p_what.id);
    elsif p_what.kind = 'void_code' then
        perform api.code_void_now(p_what.credential_id, p_what.decided_by, p_what.reason);
    end if;
    perform pg_notify('content', '') where p_what.kind <> 'void_code';
end
$$;
