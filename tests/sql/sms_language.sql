-- sms_language.sql: a number chooses its language, and every text that goes to it is told.
begin;
set search_path = wardmote, public;
select plan(14);

create function text(who text, what text) returns text language plpgsql as $$
declare v_id bigint; v_token bigint; v_language text;
begin
    insert into inbox (provider, endpoint, message_id, sender_key, sender_sealed, near_key, body_sealed)
    values ('kannel', '60777', gen_random_uuid()::text, sha256(who::bytea), who::bytea, sha256(gen_random_uuid()::text::bytea), 'w') returning id into v_id;
    select token into v_token from api.sms_claim(10) where id = v_id;
    select language into v_language from api.sms_hold(v_token);
    perform api.sms_answer(v_token, array[v_id], '{done}', array[what], array[who::bytea], array['body'::bytea], '{60777}', '{1}', '{true}');
    return v_language;
end $$;
select is(text('ann', 'help'), 'en', 'English, until something else is chosen');
select is(text('ann', 'lang'), 'en', 'asking which there are chooses none');
select is((select count(*)::int from sms_language), 0, 'nothing is kept of it');
select is(text('ann', 'lang_pl'), 'en', 'the choice itself is read in the old one');
select is(text('ann', 'help'), 'pl', 'then Polish');
select is(text('bob', 'help'), 'en', 'for that number alone');
select text('ann', 'stop');
select is(text('ann', 'help'), 'pl', 'STOP has nothing to do with it');
select text('ann', 'lang_en'), text('ann', 'lang_pl'), text('ann', 'lang_en');
select is(text('ann', 'help'), 'en', 'the last one stands');
select is((select count(*)::int from sms_language), 1, 'in one row');
select text('ann', 'lang_pl');

insert into neighbourhood (slug, name, kind) values ('acomb', 'Acomb', 'ward');
select api.sign_in_begin(md5(n)::uuid, sha256(n::bytea), n::bytea, sha256('1'), '\xBB', 'acomb', '', sha256('a'), sha256('n'), null)
from unnest('{ann,bob}'::text[]) n;
select is((select string_agg(convert_from(number_sealed, 'UTF8') || ' ' || language, ', ' order by id) from api.sms_notices()), 'ann pl, bob en',
          'the digits of a sign-in on the web go out in it');
select throws_ok($$ insert into sms_language values (sha256('x'), 'fr') $$, '23514', null, 'no other language');

-- What is kept.
create function kept(later interval) returns int language plpgsql as $$
begin perform api.retain(clock_timestamp() + later); return (select count(*) from sms_language); end $$;
select is(kept('364 days'), 1, 'kept for a year');
insert into inbox (provider, endpoint, message_id, sender_key, sender_sealed, near_key, body_sealed)
values ('kannel', '60777', 'new', sha256('ann'), 'ann', sha256('z'), 'w');
select is(kept('366 days'), 1, 'longer while it texts us');
update inbox set state = 'done', done_at = clock_timestamp();
delete from inbox_waiting;
select api.retain(clock_timestamp() + interval '366 days');
select is(kept('366 days'), 0, 'else not');
select * from finish();
rollback;
