#!/bin/bash
# bench.sh [NAME]: measures speed and memory on this machine and compares each with a reference that
# is measured in the same run, on the same cluster, in turns. Prints a line for each (or for NAME):
#
#   ballots_http  ballots a second through the whole web path, 256 connections, durable, against the
#                 best of pgbench over 8 to 100 clients with one_ballot.sql       at least 2.0 times
#   page_http     proposals pages a second by wrk, against nginx with the same bytes as a file
#                                                                                 at least 0.4 times
#   server_rss    MiB resident after both, against 64                             at most 1.0 times
#   first_page    ms from the start of the process to the first page, against 200 at most 1.0 times
#   count_...     wardmote-count alone, see bench_count.sh: Add1U, exact, on 100,000 voters and at
#                 Lodz's size; the filtered path against the one in rationals; a million voters
#                 against ten times 100,000; Phragmen over parsing
#
# Exits 1 when one misses its bound. Figures of every round go to var/bench/rounds.log. Whatever it
# starts it stops by pid, also when it fails or is interrupted; nothing listens but on 127.0.0.1.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$(realpath -m "${WM_BUILD:-build}")
dir=$(realpath -m var/bench)
only=${1:-}
pgbench=${PG_BIN:-/usr/lib/postgresql/15/bin}/pgbench
slug=westfield-2026
rounds=3 seconds=4 reference_seconds=3
connections=256 clients=(8 16 32 64 100)
voters_each=100000 reference_each=30000
server= nginx=
missed=0

say() { echo "bench: $*" >&2; }
fail() { say "$*"; exit 1; }

stop_pid() {
    [ -n "$1" ] || return 0
    kill -TERM "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

cleanup() {
    trap '' INT TERM HUP
    stop_pid "$nginx"
    stop_pid "$server"
    deploy/cluster.sh remove "$dir" || true
    rm -f "$dir/bench.pid"
}

sql() {
    psql -X -q -A -t -h "$socket" -U postgres -d wardmote -v ON_ERROR_STOP=1 "$@"
}

# --- start ---------------------------------------------------------------------------------------

in_use() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
    local port=$((20000 + RANDOM % 10000))
    while in_use "$port"; do port=$((port + 1)); done
    echo "$port"
}

# answers PORT PATH: whether it is answered 200.
answers() {
    local line=
    { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 1
    printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$2" "$1" >&3
    read -r -t 5 line <&3 || true
    exec 3>&-
    [[ $line == *" 200 "* ]]
}

start_database() {
    socket=$(deploy/cluster.sh start "$dir")
    sql -c 'alter system set max_connections = 200' # 100 of pgbench's, and the server's
    deploy/cluster.sh stop "$dir"
    socket=$(deploy/cluster.sh start "$dir")
    settings
    schema/migrate.sh "host=$socket dbname=wardmote user=postgres" >"$dir/migrate.log" 2>&1 ||
        { cat "$dir/migrate.log" >&2; fail "migrate.sh failed"; }
    "$build/bin/wardmote-server" --config "$dir/server.conf" \
        --load-demo schema/york "$dir/demo.json" >"$dir/load.log" 2>&1 ||
        { cat "$dir/load.log" >&2; fail "--load-demo failed"; }
}

settings() {
    (umask 077 && od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$dir/master.key")
    port=$(free_port)
    cat >"$dir/server.conf" <<END
database = host=$socket dbname=wardmote
master_key = $dir/master.key
listen = 127.0.0.1:$port
public_url = http://127.0.0.1:$port
name = City of York
contact = Call 01904 000000
sms_number = 60777
count_program = $build/bin/wardmote-count
demo = on
demo_file = $dir/demo.json
log_level = warn
END
}

start_server() {
    "$build/bin/wardmote-server" --config "$dir/server.conf" >>"$dir/server.log" 2>&1 </dev/null &
    server=$!
    local tries
    for ((tries = 0; tries < 300; tries++)); do
        answers "$port" /ready && return
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    tail -n 20 "$dir/server.log" >&2
    fail "the server does not start"
}

# --- figures -------------------------------------------------------------------------------------

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
greatest() { sort -n | tail -n 1; }
column() { awk -v name="$1" '$1 == name { print $2 }' "$dir/rounds.log"; }
note() { echo "$*" >>"$dir/rounds.log"; }

# verdict NAME OURS REFERENCE at_least|at_most BOUND
verdict() {
    awk -v name="$1" -v ours="$2" -v ref="$3" -v way="$4" -v bound="$5" 'BEGIN {
        ratio = ours / ref
        good = way == "at_least" ? ratio >= bound : ratio <= bound
        printf "%s ours=%s reference=%s ratio=%.2f%s\n", name, ours, ref, ratio,
               good ? "" : sprintf(" MISSED (%s %s)", way == "at_least" ? "at least" : "at most", bound)
        exit !good
    }' || missed=1
}

# --- ballots_http --------------------------------------------------------------------------------

prepare_ballots() {
    local all=$((rounds * (voters_each + ${#clients[@]} * reference_each) + voters_each))
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

# cast SECONDS COUNT: our side; prints the voters' line.
cast() {
    sql -c checkpoint
    "$build/tests/voters" "$dir/master.key" "$port" "$slug" "$next_voter" "$2" "$connections" \
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
    prepare_ballots
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
    verdict ballots_http "$(column ballots | median)" "$(column best | median)" at_least 2.0
}

# --- page_http -----------------------------------------------------------------------------------

# The fastest of six settings that were tried: worker processes, open files kept, whole packets.
start_nginx() {
    nginx_port=$(free_port)
    mkdir -p "$dir/www"
    curl -sf "http://127.0.0.1:$port/rounds/$slug" >"$dir/www/page.html" || fail "no page"
    cat >"$dir/nginx.conf" <<END
$([ "$(id -u)" != 0 ] || echo 'user root;')
daemon off;
pid $dir/nginx.pid;
error_log $dir/nginx.log;
worker_processes auto;
events { worker_connections 1024; }
http {
    access_log off;
    types { text/html html; }
    sendfile on;
    tcp_nopush on;
    open_file_cache max=10;
    keepalive_requests 100000000;
    client_body_temp_path $dir/nginx-body;
    proxy_temp_path $dir/nginx-proxy;
    fastcgi_temp_path $dir/nginx-fastcgi;
    uwsgi_temp_path $dir/nginx-uwsgi;
    scgi_temp_path $dir/nginx-scgi;
    server { listen 127.0.0.1:$nginx_port; root $dir/www; }
}
END
    nginx -c "$dir/nginx.conf" >>"$dir/nginx.log" 2>&1 </dev/null &
    nginx=$!
    local tries
    for ((tries = 0; tries < 100; tries++)); do
        answers "$nginx_port" /page.html && return
        sleep 0.05
    done
    cat "$dir/nginx.log" >&2
    fail "nginx does not start"
}

# pages PORT PATH: pages a second, 64 connections; none may fail.
pages() {
    local log=$dir/wrk.log
    wrk -t1 -c64 -d"${seconds}s" "http://127.0.0.1:$1$2" >"$log" 2>&1 || fail "wrk failed"
    ! grep -qE 'Non-2xx|Socket errors' "$log" || { cat "$log" >&2; fail "wrk met errors"; }
    sed -n 's/^Requests\/sec: *\([0-9]*\).*/\1/p' "$log"
}

page_http() {
    local i
    start_nginx
    for ((i = 1; i <= rounds; i++)); do
        pages "$port" "/rounds/$slug" >"$dir/pages.log"
        note "page $(cat "$dir/pages.log") round $i"
        pages "$nginx_port" /page.html >"$dir/pages.log"
        note "nginx $(cat "$dir/pages.log") round $i, $(wc -c <"$dir/www/page.html") bytes"
    done
    stop_pid "$nginx"
    nginx=
    verdict page_http "$(column page | median)" "$(column nginx | median)" at_least 0.4
}

# --- server_rss, first_page ----------------------------------------------------------------------

server_rss() {
    verdict server_rss "$(awk '/^VmRSS:/ { printf "%.1f", $2 / 1024 }' "/proc/$server/status")" 64 \
        at_most 1
}

# Starts it five times; the least is what the program takes, the rest is what else this machine did.
first_page() {
    local i began
    for ((i = 1; i <= 5; i++)); do
        stop_pid "$server"
        began=${EPOCHREALTIME/./}
        "$build/bin/wardmote-server" --config "$dir/server.conf" >>"$dir/server.log" 2>&1 \
            </dev/null &
        server=$!
        until answers "$port" "/rounds/$slug"; do
            kill -0 "$server" 2>/dev/null || fail "the server does not start"
            [ $((${EPOCHREALTIME/./} - began)) -lt 10000000 ] || fail "no page for 10 s"
        done
        note "first $(((${EPOCHREALTIME/./} - began) / 1000)) start $i"
    done
    verdict first_page "$(column first | sort -n | head -n 1)" 200 at_most 1
}

# --- the run -------------------------------------------------------------------------------------

wanted() { [ -z "$only" ] || [ "$only" = "$1" ]; }

counts='count_add1u count_exact count_million count_phragmen'
# shellcheck source=tests/load/bench_count.sh
. tests/load/bench_count.sh

case $only in
'' | ballots_http | page_http | server_rss | first_page) ;;
count | count_add1u | count_exact | count_million | count_phragmen) ;;
*) fail "no measurement is called $only" ;;
esac
mkdir -p "$dir"
if [ -s "$dir/bench.pid" ] && kill -0 "$(cat "$dir/bench.pid")" 2>/dev/null; then
    fail "another one runs in $dir"
fi
deploy/cluster.sh remove "$dir"
rm -rf --one-file-system "$dir"
mkdir -p "$dir"
echo $$ >"$dir/bench.pid"
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

for name in $counts; do
    if wanted "$name" || [ "$only" = count ]; then "$name"; fi
done
case $only in count*) exit "$missed" ;; esac

start_database
start_server
# Memory is asked after both loads, so these run for it too.
if wanted ballots_http || wanted server_rss; then ballots_http; fi
if wanted page_http || wanted server_rss; then page_http; fi
if wanted server_rss; then server_rss; fi
if wanted first_page; then first_page; fi
! grep -F 'bug:' "$dir/server.log" >&2 || fail "the server found a bug of its own"
exit "$missed"
