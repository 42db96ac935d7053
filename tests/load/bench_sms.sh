# bench_sms.sh: what bench.sh measures of texts; sourced by it.
# shellcheck shell=bash disable=SC2154
text_each=20000 # texts of a round of sms_in
flood_phones=5000 flood_times=10 # so many phones, so many texts of each
reply_each=2000 # replies of a round of sms_out; the handset takes no more while 5,000 receipts wait
sms='' sink='' phones='' handset=''

stop_sms_parts() {
    stop_pid "$sms"
    stop_pid "$phones"
    stop_pid "$sink"
    stop_pid "$handset"
    [ ! -d "$dir/kannel" ] || tests/kannel/stop-kannel.sh "$dir/kannel"
}

# Voters who text, once: number N of tests/load/texts.c has the code of the Nth of them.
prepare_texts() {
    [ -z "${next_text:-}" ] || return 0
    local all=$(((text_each + reply_each) * (rounds + 1) + flood_phones))
    "$build/tests/texts" codes "$dir/master.key" 1 "$all" >"$dir/codes"
    sql -c 'create table public.bench_code (n bigint generated always as identity, lookup text)' \
        -c "\\copy public.bench_code (lookup) from '$dir/codes'" -c "
        with voter as (
            insert into wardmote.voter (register_id, neighbourhood_id)
            select g.id, r.neighbourhood_id from wardmote.register g, wardmote.round r,
                   public.bench_code where g.name = 'Bench' and r.slug = '$slug'
            returning id
        ), numbered as (
            select row_number() over (order by id) as n, id from voter
        )
        insert into wardmote.credential (voter_id, kind, lookup, serial)
        select v.id, 'code', decode(c.lookup, 'hex'), 'B' || c.n
        from numbered v join public.bench_code c using (n)" \
        -c 'vacuum analyze wardmote.voter' -c 'vacuum analyze wardmote.credential'
    next_text=1
}

# start_sms SETTING...: the daemon, with these lines in its settings.
start_sms() {
    {
        printf 'database = host=%s dbname=wardmote\nmaster_key = %s\nsms_number = 60777\n' \
            "$socket" "$dir/master.key"
        printf 'hook_secret = %s\nlog_level = warn\n' "$dir/hook.secret"
        printf '%s\n' "$@"
    } >"$dir/sms.conf"
    "$build/bin/wardmote-sms" --config "$dir/sms.conf" >>"$dir/sms.log" 2>&1 </dev/null &
    sms=$!
}

use_handset() {
    handset_port=$(free_port)
    cat >"$dir/handset.conf" <<END
listen = 127.0.0.1:$handset_port
hook_url = http://127.0.0.1:$port/hooks/sms
hook_secret = $dir/hook.secret
token = $dir/handset.token
sms_number = 60777
log_level = warn
END
    "$build/bin/wardmote-handset" --config "$dir/handset.conf" >>"$dir/handset.log" 2>&1 </dev/null &
    handset=$!
    start_sms 'gateway = handset' "handset_url = http://127.0.0.1:$handset_port" \
        "handset_token = $dir/handset.token"
}

# start_kannel HOOK: Kannel, whose texts go there.
start_kannel() {
    local admin_port box_port
    admin_port=$(free_port)
    box_port=$((admin_port + 1)) sendsms_port=$((admin_port + 2)) network_port=$((admin_port + 3))
    tests/kannel/run-kannel.sh "$dir/kannel" "$admin_port" "$box_port" "$sendsms_port" \
        "$network_port" "$1" "$(cat "$dir/hook.secret")" "$(cat "$dir/kannel.password")"
}

stop_kannel() {
    tests/kannel/stop-kannel.sh "$dir/kannel"
    rm -rf "$dir/kannel"
}

# until_sql SECONDS CONDITION: waits until it holds, in one session, which costs next to nothing.
until_sql() {
    sql -c "do \$\$ begin
        for i in 1 .. $1 * 50 loop
            if ($2) then return; end if;
            commit;
            perform pg_sleep(0.02);
        end loop;
        raise 'not so after $1 s';
    end \$\$" || { tail -n 20 "$dir/sms.log" >&2; fail "never: $2"; }
}

# --- sms_in --------------------------------------------------------------------------------------

# kannel_alone: Kannel's texts a second into a sink that answers at once, while nothing of ours works:
# no reply is sent, and what the last round left behind is swept up before.
kannel_alone() {
    local sink_port
    sql -c 'update wardmote.sms_limits set rate = 0.0001, tokens = 0' -c vacuum -c checkpoint
    sink_port=$(free_port)
    "$build/tests/sink" "$sink_port" "$text_each" >"$dir/sink.log" 2>&1 </dev/null &
    sink=$!
    start_kannel "http://127.0.0.1:$sink_port/hooks/sms"
    "$build/tests/texts" lines 1 "$text_each" 1 "${picks[@]}" >"$dir/lines"
    "$build/tests/phones" "$network_port" <"$dir/lines" >"$dir/phones.log" 2>&1 &
    phones=$!
    timeout 60 tail --pid="$sink" -f /dev/null || fail "Kannel did not hand over all texts"
    wait "$sink" || true
    sink=''
    stop_pid "$phones"
    phones=''
    stop_kannel
}

# Every one of the round's texts voted, once, and its reply is queued.
check_texts() {
    local there
    there=$(sql -c "select (select count(*) from wardmote.inbox where id > $1 and state = 'done'
                            and outcome = 'recorded') || ' ' ||
                    (select count(distinct voter_id) from wardmote.revision where inbox_id > $1) || ' ' ||
                    (select count(*) from wardmote.outbox where dedup_key like 'reply:%'
                     and substr(dedup_key, 7)::bigint > $1)")
    [ "$there" = "$text_each $text_each $text_each" ] ||
        fail "$text_each texts were taken; recorded, voters and replies are $there"
}

# texts_in: from the first request to the last reply queued; sets texts_per_second.
texts_in() {
    local last began ended
    last=$(sql -c 'select coalesce(max(id), 0) from wardmote.inbox')
    # Replies leave at Notify's pace, as they would.
    sql -c checkpoint -c 'update wardmote.sms_limits set rate = 45'
    "$build/tests/texts" post "$port" "$(cat "$dir/hook.secret")" "$next_text" "$text_each" \
        "$connections" "${picks[@]}" >"$dir/texts.log" || { cat "$dir/texts.log" >&2; fail "texts failed"; }
    began=$(awk -v now="$EPOCHREALTIME" '{ sub(/.*seconds=/, ""); printf "%.6f", now - $1 }' "$dir/texts.log")
    until_sql 120 "not exists (select from wardmote.inbox_waiting)"
    ended=$EPOCHREALTIME
    next_text=$((next_text + text_each))
    check_texts "$last"
    texts_per_second=$(awk -v n="$text_each" -v from="$began" -v to="$ended" \
        'BEGIN { printf "%.0f", n / (to - from) }')
}

sms_in() {
    local i
    prepare_texts
    use_handset
    texts_in # plans, caches and connections are warm
    for ((i = 1; i <= rounds; i++)); do
        texts_in
        note "texts $texts_per_second round $i: $(cat "$dir/texts.log")"
        kannel_alone
        note "kannel $(per_second <"$dir/sink.log") round $i: $(cat "$dir/sink.log")"
    done
    stop_pid "$sms"
    stop_pid "$handset"
    sms='' handset=''
    verdict sms_in "$(column texts | median)" "$(column kannel | median)" at_least 1.0
}

# --- sms_out -------------------------------------------------------------------------------------

# A round's replies, written and waiting: nothing is sent yet.
queue_replies() {
    sql -c 'update wardmote.sms_limits set rate = 0.0001, tokens = 0'
    "$build/tests/texts" post "$port" "$(cat "$dir/hook.secret")" "$next_text" "$reply_each" \
        "$connections" "${picks[@]}" >"$dir/texts.log" || { cat "$dir/texts.log" >&2; fail "texts failed"; }
    next_text=$((next_text + reply_each))
    until_sql 60 "not exists (select from wardmote.inbox_waiting)"
    sql -c 'vacuum analyze wardmote.outbox' -c checkpoint
}

# Waits until the handset sent every receipt of what it accepted: the next round finds it idle.
until_receipts() {
    receipts=$((receipts + reply_each))
    until_sql 60 "(select count(*) from wardmote.dlr where status = 'delivered') >= $receipts"
}

# replies_out: from the moment in which they may go to the last accepted; sets replies_per_second.
replies_out() {
    local last began
    last=$(sql -c 'select coalesce(max(id), 0) from wardmote.outbox')
    queue_replies
    sql -c 'update wardmote.sms_limits set rate = 1000000, tokens = 1000000'
    began=$EPOCHREALTIME
    until_sql 120 "not exists (select from wardmote.outbox where state in ('queued', 'leased'))"
    replies_per_second=$(awk -v n="$reply_each" -v from="$began" -v to="$EPOCHREALTIME" \
        'BEGIN { printf "%.0f", n / (to - from) }')
    [ "$(sql -c "select count(*) from wardmote.outbox where id > $last and attempts = 1
                 and state in ('accepted', 'delivered')")" = "$reply_each" ] ||
        fail "not every reply was accepted, at the first attempt: $(sql -c "select state, attempts,
            last_error, count(*) from wardmote.outbox where id > $last group by 1, 2, 3")"
    until_receipts
}

# The words of the last round's replies, as a phone shows one.
reply_words() {
    local number
    for number in $(seq $((next_text - reply_each)) $((next_text - 1)) | shuf -n 200 --random-source="$0"); do
        curl -sf "http://127.0.0.1:$handset_port/api/conversation?number=%2B4477$(printf %08d "$number")" |
            sed -n 's/.*"body":"\(Recorded[^"]*\)".*/\1/p'
    done | head -n 1
}

sms_out() {
    local i words
    prepare_texts
    # What sms_in left waiting would be sent too, and be more than the handset takes.
    sql -c "update wardmote.outbox set state = 'cancelled' where state = 'queued'" -c 'vacuum wardmote.outbox'
    receipts=$(sql -c "select count(*) from wardmote.dlr where status = 'delivered'")
    use_handset
    sql -c "update wardmote.sms_gateway set rate = 1000000, burst = 1000000 where name = 'handset'"
    replies_out # warm
    words=$(reply_words)
    [ ${#words} -gt 60 ] || fail "no reply is on the phone: $words"
    for ((i = 1; i <= rounds; i++)); do
        replies_out
        note "replies $replies_per_second round $i"
        "$build/tests/post" "$handset_port" "$dir/handset.token" "$reply_each" 64 "$words" \
            >"$dir/post.log" || { cat "$dir/post.log" >&2; fail "post failed"; }
        until_receipts
        note "bare $(per_second <"$dir/post.log") round $i: $(cat "$dir/post.log")"
    done
    stop_pid "$sms"
    stop_pid "$handset"
    sms='' handset=''
    verdict sms_out "$(column replies | median)" "$(column bare | median)" at_least 0.6
}

# --- sms_flood -----------------------------------------------------------------------------------

use_kannel() {
    start_kannel "http://127.0.0.1:$port/hooks/sms"
    start_sms 'gateway = kannel' "kannel_url = http://127.0.0.1:$sendsms_port" \
        'kannel_username = wardmote' "kannel_password = $dir/kannel.password" \
        "dlr_url = http://127.0.0.1:$port/hooks/sms"
}

# The round `flood`; its picks, in order, also for the check of that order.
make_flood_round() {
    copy_round flood "$1" 400
    sql -c 'create table public.bench_picks (i integer generated always as identity, numbers text)'
    printf '%s\n' "${copy_picks[@]}" | sql -c '\copy public.bench_picks (numbers) from pstdin'
}

sms_mib() { awk '/^VmRSS:/ { printf "%.1f", $2 / 1024 }' "/proc/$sms/status"; }

# Watches the daemon's memory while the flood is judged: notes it every tenth of the texts.
watch_flood() {
    local tenth all=$((flood_phones * flood_times))
    for tenth in 1 2 3 4 5 6 7 8 9 10; do
        until_sql 300 "(select count(*) from wardmote.inbox where id > $1
                        and state <> 'new') >= $((all * tenth / 10))"
        note "flood_mib $(sms_mib) after $((all * tenth / 10)) texts"
    done
}

# What must hold of a phone's texts: all are there and judged; those until some moment are recorded,
# in the order in which they were sent (each picks what follows in the list), and those after it
# refused; the last recorded one stands.
check_flood() {
    local wrong
    wrong=$(sql -c "
        with text as (
            select i.id, i.sender_key, i.outcome, v.revision, v.voter_id, v.round_id, p.i
            from wardmote.inbox i left join wardmote.revision v on v.inbox_id = i.id
            left join public.bench_picks p on p.numbers = array_to_string(v.numbers, ',')
            where i.id > $1
        ), beside as (
            select t.*, lag(t.outcome) over w as outcome_before, lag(t.i) over w as i_before,
                   lag(t.revision) over w as revision_before
            from text t window w as (partition by t.sender_key order by t.id)
        ), phone as (
            select sender_key, count(*) as texts, count(revision) as recorded,
                   count(*) filter (where outcome = 'refused_closed') as refused,
                   count(*) filter (where outcome = 'recorded' and outcome_before = 'refused_closed')
                       as late,
                   count(*) filter (where revision <> revision_before + 1
                                       or i <> i_before % ${#picks[@]} + 1) as swapped,
                   max(revision) is distinct from (select b.current_revision from wardmote.ballot b
                       where b.voter_id = max(t.voter_id) and b.round_id = max(t.round_id)) as older
            from beside t group by sender_key
        )
        select concat_ws(', ',
            'phones ' || nullif(count(*), $flood_phones),
            'lost ' || nullif(sum($flood_times - texts), 0),
            'neither recorded nor refused ' || nullif(sum(texts - recorded - refused), 0),
            'recorded after a refusal ' || nullif(sum(late), 0),
            'out of order ' || nullif(sum(swapped), 0),
            'an older one stands ' || nullif(count(*) filter (where older), 0))
        from phone")
    [ -z "$wrong" ] || fail "the flood: $wrong"
}

sms_flood() {
    local last recorded began
    prepare_texts
    sql -c 'update wardmote.sms_limits set rate = 45'
    use_kannel
    last=$(sql -c 'select coalesce(max(id), 0) from wardmote.inbox')
    make_flood_round 2
    "$build/tests/texts" lines "$next_text" "$flood_phones" "$flood_times" "${copy_picks[@]}" >"$dir/lines"
    began=$EPOCHREALTIME
    "$build/tests/phones" "$network_port" <"$dir/lines" >"$dir/phones.log" 2>&1 &
    phones=$!
    watch_flood "$last"
    recorded=$(sql -c "select count(*) from wardmote.inbox where id > $last and outcome = 'recorded'")
    note "flood $recorded recorded, $((flood_phones * flood_times)) judged in $(awk -v a="$began" \
        -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }') s"
    check_flood "$last"
    [ "$recorded" -gt 0 ] && [ "$recorded" -lt $((flood_phones * flood_times)) ] ||
        fail "$recorded texts were recorded: the round did not close on the way"
    stop_pid "$phones"
    phones=''
    # Flat: the second half adds no more than 4 MiB.
    awk -v half="$(column flood_mib | sed -n 5p)" -v whole="$(column flood_mib | sed -n 10p)" \
        'BEGIN { exit !(whole - half <= 4) }' || fail "memory grows: $(column flood_mib | tr '\n' ' ')"
    stop_pid "$sms"
    sms=''
    stop_kannel
    next_text=$((next_text + flood_phones))
    verdict sms_flood "$(column flood_mib | greatest)" 48 at_most 1
}
