# bench_ballots.sh: what bench.sh measures of casting; sourced by it.
# shellcheck shell=bash disable=SC2154
# --- ballots_http --------------------------------------------------------------------------------

prepare_ballots() {
    # Enough for every measurement; the million of rss_million only where it is wanted.
    local all=$((rounds * (3 * voters_each + (${#clients[@]} + 4) * reference_each) + 4 * voters_each + 10000))
    if wanted rss_million; then all=$((all + 1000000)); fi
    sql -c "insert into wardmote.register (name) values ('Bench')" -c "
        insert into wardmote.voter (register_id, neighbourhood_id)
        select g.id, r.neighbourhood_id from wardmote.register g, wardmote.round r,
               generate_series(1, $all) where g.name = 'Bench' and r.slug = '$slug'" \
        -c 'vacuum analyze wardmote.voter' -f tests/load/one_ballot.sql
    next_voter=$(sql -c "select min(v.id) from wardmote.voter v
        join wardmote.register g on g.id = v.register_id where g.name = 'Bench'")
    round=$(sql -c "select id from wardmote.round where slug = '$slug'")
    # 64 different fives of the twelve projects, all within the pot.
    mapfile -t picks < <(sql -c "
        with project as (select number, cost from wardmote.proposal
                         where round_id = $round and state = 'published')
        select concat_ws(',', a.number, b.number, c.number, d.number, e.number)
        from project a join project b on b.number > a.number join project c on c.number > b.number
        join project d on d.number > c.number join project e on e.number > d.number
        where a.cost + b.cost + c.cost + d.cost + e.cost <=
              (select amount from wardmote.pot where round_id = $round)
        order by md5(a.number || '.' || b.number || c.number || d.number || e.number) limit 64")
    [ "$(sql -c "select count(*) from wardmote.proposal where round_id = $round
                 and state = 'published'")" = 12 ] || fail "$slug has not twelve projects"
    [ ${#picks[@]} = 64 ] || fail "no picks"
}

# cast SECONDS COUNT [PORT]: our side, or another's; prints the voters' line.
cast() {
    sql -c checkpoint
    "$build/tests/voters" "$dir/master.key" "${3:-$port}" "$slug" "$next_voter" "$2" "$connections" \
        "$1" "$dir/receipts" "${picks[@]}" || fail "voters failed"
    next_voter=$((next_voter + $2))
}

# reference CLIENTS: the other side; prints transactions a second.
reference() {
    local log=$dir/pgbench.log
    sql -c checkpoint
    "$pgbench" -n -M prepared -h "$socket" -U postgres -c "$1" -j 2 -T "$reference_seconds" \
        -D n=0 -D first="$next_voter" -D count="$reference_each" -D clients="$1" \
        -D round="$round" -D picks="{${picks[0]}}" -f tests/load/one_ballot.pgbench \
        wardmote >"$log" 2>&1 || { cat "$log" >&2; fail "pgbench failed"; }
    grep -q '^number of failed transactions: 0 ' "$log" || { cat "$log" >&2; fail "pgbench failed"; }
    sed -n 's/^tps = \([0-9]*\).*/\1/p' "$log"
    next_voter=$((next_voter + reference_each))
}

# Every ballot that a voter was told of is there: the count of the last round's.
check_durable() {
    local told there
    told=$(wc -l <"$dir/receipts")
    there=$(sql -c "select count(*) from wardmote.revision r join wardmote.ballot b
        using (round_id, voter_id) where r.round_id = $round and r.revision = b.current_revision
        and r.voter_id >= $1 and r.voter_id < $next_voter")
    [ "$there" = "$told" ] || fail "$told receipts were given, $there ballots are there"
}

ballots_http() {
    local i c first line
    cast 1 "$voters_each" >/dev/null # plans, caches and connections are warm, as pgbench's soon are
    for ((i = 1; i <= rounds; i++)); do
        first=$next_voter
        cast "$seconds" "$voters_each" >"$dir/voters.log"
        line=$(cat "$dir/voters.log")
        check_durable "$first"
        note "ballots $(sed 's/.*per_second=\([0-9]*\).*/\1/' <<<"$line") round $i: $line"
        for c in "${clients[@]}"; do
            reference "$c" >"$dir/tps.log"
            note "pgbench-$i $(cat "$dir/tps.log") round $i, $c clients"
        done
        note "best $(column "pgbench-$i" | greatest) round $i"
    done
    verdict ballots_http "$(column ballots | median)" "$(column best | median)" at_least 3.0
}

# per_second: of a voters' line.
per_second() { sed 's/.*per_second=\([0-9]*\).*/\1/'; }

# ours NAME ROUND: a round of ours, noted under NAME.
ours() {
    cast "$seconds" "$voters_each" >"$dir/voters.log"
    note "$1 $(per_second <"$dir/voters.log") round $2: $(cat "$dir/voters.log")"
}

wait_for() {
    local tries
    for ((tries = 0; tries < 200; tries++)); do
        answers "$1" "$2" && return
        kill -0 "$other" 2>/dev/null || break
        sleep 0.1
    done
    tail -n 20 "$dir/other.log" >&2
    fail "$3 does not start"
}

# --- ballots_fastify -----------------------------------------------------------------------------

ballots_fastify() {
    local i workers other_port best
    npm_tools tests/load/fastify
    cast 1 "$voters_each" >/dev/null
    for ((i = 1; i <= rounds; i++)); do
        ours ours-fastify "$i"
        best=0
        for workers in 1 2; do
            other_port=$(free_port)
            node tests/load/fastify/service.mjs "$dir/master.key" "$other_port" "$socket" "$slug" \
                "$round" "$workers" 64 >>"$dir/other.log" 2>&1 </dev/null &
            other=$!
            wait_for "$other_port" /ready fastify
            cast 1 "$reference_each" "$other_port" >/dev/null
            cast "$seconds" "$reference_each" "$other_port" >"$dir/voters.log"
            stop_pid "$other"
            other=
            note "fastify-$workers $(per_second <"$dir/voters.log") round $i: $(cat "$dir/voters.log")"
            [ "$best" -ge "$(per_second <"$dir/voters.log")" ] || best=$(per_second <"$dir/voters.log")
        done
        note "fastify $best round $i"
    done
    verdict ballots_fastify "$(column ours-fastify | median)" "$(column fastify | median)" at_least 4.0
}

# --- ballots_ceiling -----------------------------------------------------------------------------

ballots_ceiling() {
    local i other_port
    cast 1 "$voters_each" >/dev/null
    for ((i = 1; i <= rounds; i++)); do
        ours ours-ceiling "$i"
        other_port=$(free_port)
        "$build/tests/sink" "$other_port" "$slug" "$port" >>"$dir/other.log" 2>&1 </dev/null &
        other=$!
        sleep 0.3
        # The same voters, who are not stored here: the next measurement has them again.
        "$build/tests/voters" "$dir/master.key" "$other_port" "$slug" "$next_voter" \
            $((3 * voters_each)) "$connections" "$seconds" - "${picks[@]}" >"$dir/voters.log" ||
            fail "voters failed"
        stop_pid "$other"
        other=
        note "ceiling $(per_second <"$dir/voters.log") round $i: $(cat "$dir/voters.log")"
    done
    verdict ballots_ceiling "$(column ours-ceiling | median)" "$(column ceiling | median)" at_least 0.35
}

# --- deadline ------------------------------------------------------------------------------------

# copy_round SLUG SECONDS TENS: a round like the one of the other measurements that closes in so many
# seconds; its projects' numbers are so many tens further, since a text's number must mean one round
# of those that take texts at its time. Sets close (unix seconds), and copy_picks from picks.
copy_round() {
    local number="(p.number / 10 + $3) * 10 + api.damm_digit((p.number / 10 + $3)::text)::integer"
    close=$(sql -c "select ceil(extract(epoch from clock_timestamp()))::bigint + $2")
    sql -c "
        insert into wardmote.round (slug, neighbourhood_id, title, kind, opens_at, closes_at, min_picks,
                                    max_picks)
        select '$1', neighbourhood_id, '$1', kind, clock_timestamp() - interval '1 hour',
               to_timestamp($close), min_picks, max_picks from wardmote.round where id = $round" \
        -c "insert into wardmote.pot (round_id, ordinal, name, amount)
        select d.id, p.ordinal, p.name, p.amount from wardmote.pot p, wardmote.round d
        where p.round_id = $round and d.slug = '$1'" \
        -c "insert into wardmote.proposal (round_id, number, short_name, title, pot_id, cost, state)
        select d.id, $number, p.short_name, p.title, t.id, p.cost, p.state
        from wardmote.proposal p join wardmote.pot o on o.id = p.pot_id
        join wardmote.round d on d.slug = '$1'
        join wardmote.pot t on t.round_id = d.id and t.ordinal = o.ordinal
        where p.round_id = $round" \
        -c "update wardmote.round d set state = 'scheduled', scheduled_at = clock_timestamp(),
            rules_text = r.rules_text, rules_sha256 = r.rules_sha256, k_pseudonym = r.k_pseudonym,
            k_nonce = r.k_nonce, seed = r.seed
        from wardmote.round r where r.id = $round and d.slug = '$1'"
    mapfile -t copy_picks < <(sql -c "
        select (select string_agg(($number)::text, ',' order by p.number)
                from unnest(string_to_array(w.numbers, ',')::integer[]) p(number))
        from unnest(string_to_array('${picks[*]}', ' ')) with ordinality w(numbers, n) order by w.n")
}

deadline() {
    local close copy_picks told there p99
    cast 1 "$voters_each" >/dev/null
    copy_round deadline 10 300
    wrk -t1 -c64 -d11s "http://127.0.0.1:$port/rounds/$slug" >"$dir/flood.log" 2>&1 &
    flood=$!
    "$build/tests/voters" --until "$close" "$dir/master.key" "$port" deadline "$next_voter" 3000 1000 5 \
        "$dir/receipts" "${copy_picks[@]}" >"$dir/voters.log" || { cat "$dir/voters.log"; fail "voters failed"; }
    next_voter=$((next_voter + 3000))
    wait "$flood" || true
    flood=
    note "deadline $(cat "$dir/voters.log")"
    [ "$(sed 's/.*ballots=\([0-9]*\) refused=\([0-9]*\).*/\1 \2/' "$dir/voters.log" |
        awk '{ print ($1 + $2 == 3000 && $1 > 2000 && $2 > 0) }')" = 1 ] ||
        { cat "$dir/voters.log" >&2; fail "not every voter was told, or nobody came late"; }
    # Receipt for receipt: who was told so is stored and stands, and nobody else is.
    told=$(awk '{ print $2 }' "$dir/receipts" | sort)
    there=$(sql -c "select v.receipt from wardmote.revision v join wardmote.round r on r.id = v.round_id
        join wardmote.ballot b on b.round_id = v.round_id and b.voter_id = v.voter_id
                              and b.current_revision = v.revision where r.slug = 'deadline'" | sort)
    [ "$told" = "$there" ] || fail "receipts and ballots differ after the close"
    p99=$(sed 's/.*p99_ms=\([0-9.]*\).*/\1/' "$dir/voters.log")
    verdict deadline "$p99" 250 at_most 1
}

# --- rss_million ---------------------------------------------------------------------------------

rss() { awk '/^VmRSS:/ { printf "%.1f", $2 / 1024 }' "/proc/$server/status"; }

# Flat: the second half million adds no more than 4 MiB.
rss_million() {
    local i half
    for ((i = 1; i <= 10; i++)); do
        "$build/tests/voters" "$dir/master.key" "$port" "$slug" "$next_voter" 100000 "$connections" 60 - \
            "${picks[@]}" >"$dir/voters.log" || fail "voters failed"
        next_voter=$((next_voter + 100000))
        note "million $(rss) after $((i * 100000)): $(cat "$dir/voters.log")"
        [ "$i" != 5 ] || half=$(rss)
    done
    awk -v half="$half" -v whole="$(rss)" 'BEGIN { exit !(whole - half <= 4) }' ||
        fail "memory grows: $half MiB after half a million ballots, $(rss) after a million"
    verdict rss_million "$(rss)" 96 at_most 1
}
