#!/bin/bash
# bench.sh [NAME]: measures speed and memory on this machine and compares each with a reference that
# is measured in the same run, on the same cluster, in turns. Prints a line for each (or for NAME):
#
#   ballots_http  ballots a second through the whole web path, 256 connections, durable, against the
#                 best of pgbench over 8 to 100 clients with one_ballot.sql       at least 3.0 times
#   ballots_fastify  the same against a Fastify + pg service (fastify/service.mjs), the better of one
#                 and two processes                                               at least 4.0 times
#   ballots_ceiling  the same against a libmicrohttpd handler that does nothing (sink.c)
#                                                                                 at least 0.35 times
#   deadline      p99 in ms of ballots accepted while 3,000 voters cast in the last 5 s before the
#                 close from 1,000 connections and a second client floods pages, against 250; every
#                 voter has a receipt that is stored or a refusal                 at most 1.0 times
#   register_import  s to look at a file of 200,000 addresses and add it, against a plain COPY of it
#                 into a typed table                                              at most 3.0 times
#   codes         s for 200,000 codes with the CSV for the mail house, against 20 at most 1.0 times
#   code_timing   the greatest |t| between the times of an unknown, a void and a good code, 20,000
#                 checks each, against 4.5                                        at most 1.0 times
#   rss_million   MiB resident after 1,000,000 ballots, against 96                at most 1.0 times
#   sms_in        texts a second from the webhook, called as Kannel calls it, to the committed ballot
#                 with its reply queued, against Kannel's own rate into an empty HTTP sink; Kannel
#                 keeps its texts on disk, as ours are              at least 1.0 times
#   sms_out       replies handed to the handset a second, each leased, noted before and after the
#                 call, and its receipt taken, against a bare curl_multi loop that posts the same
#                 bytes to it (post.c)                                          at least 0.6 times
#   sms_flood     MiB that wardmote-sms has resident while 50,000 texts come at a real Kannel's full
#                 speed and the round closes meanwhile, against 48; none is lost, each phone's are
#                 judged in order, and the second half adds no memory           at most 1.0 times
#   pages         what pages weigh, slow 3G, layout shifts, first bytes at 2,000 pages/s by ttfb.c:
#                 see pages.mjs, whose lines are page_html to page_ttfb          at most 1.0 times
#   page_http     proposals pages a second by wrk, against nginx with the same bytes as a file
#                                                                                 at least 0.6 times
#   server_rss    MiB resident after both, against 64                             at most 1.0 times
#   first_page    ms from the start of the process to the first page, against 200 at most 1.0 times
#   count_...     wardmote-count alone, see bench_count.sh, each with its peak memory and what others
#                 publish: Add1U, exact, on 100,000 voters (1.0 s, 128 MiB) and at Lodz's size (0.7 s);
#                 the filtered path against the one in rationals (20 times); a million voters
#                 against ten times 100,000 (1.5 times); greedy and Phragmen over reading (0.3 s); MB/s
#                 of reading, against Python's csv module (2 times) and 150
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
rounds=${WM_ROUNDS:-3} seconds=4 reference_seconds=3
connections=256 clients=(8 16 32 64 100)
voters_each=100000 reference_each=30000
server= nginx= other= flood=
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
    stop_sms_parts
    stop_pid "$flood"
    stop_pid "$other"
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
    # 100 of pgbench's, and the server's. Memory for the tables, for all that is measured alike: with
    # the default of 128 MB the voters alone do not fit, and each is read from the disk's cache.
    sql -c 'alter system set max_connections = 200' -c "alter system set shared_buffers = '512MB'"
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
    local secret
    for secret in master.key hook.secret kannel.password handset.token; do
        (umask 077 && od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$dir/$secret")
    done
    port=$(free_port)
    cat >"$dir/server.conf" <<END
database = host=$socket dbname=wardmote
master_key = $dir/master.key
listen = 127.0.0.1:$port
public_url = http://127.0.0.1:$port
name = City of York
contact = Call 01904 000000
sms_number = 60777
hook_secret = $dir/hook.secret
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

# verdict NAME OURS REFERENCE at_least|at_most BOUND [WORDS]: WORDS are printed at the line's end.
verdict() {
    awk -v name="$1" -v ours="$2" -v ref="$3" -v way="$4" -v bound="$5" -v words="${6:-}" 'BEGIN {
        ratio = ours / ref
        good = way == "at_least" ? ratio >= bound : ratio <= bound
        printf "%s ours=%s reference=%s ratio=%.2f%s%s\n", name, ours, ref, ratio,
               good ? "" : sprintf(" MISSED (%s %s)", way == "at_least" ? "at least" : "at most", bound),
               words == "" ? "" : "  (" words ")"
        exit !good
    }' || missed=1
}

. tests/load/bench_ballots.sh
. tests/load/bench_sms.sh
. tests/load/bench_pages.sh
. tests/load/bench_count.sh

# --- the run -------------------------------------------------------------------------------------

wanted() { [ -z "$only" ] || [ "$only" = "$1" ]; }

counts='count_add1u count_exact count_million count_greedy count_parse'

# npm_tools FOLDER: what its package-lock.json names is there.
npm_tools() {
    [ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ] ||
        npm --prefix "$1" ci --ignore-scripts --no-audit --no-fund >/dev/null || fail "npm ci failed in $1"
}

# Measured by programs with a cluster of their own.
registers() { node tests/load/registers.mjs; }
pages_weighed() { npm_tools tests/web && node tests/load/pages.mjs; }
code_timing() { npm_tools tests/load/fastify && node tests/load/code_timing.mjs; }

case $only in
register_import | codes) registers; exit ;;
pages) pages_weighed; exit ;;
code_timing) code_timing; exit ;;
esac
case $only in
'' | ballots_http | ballots_fastify | ballots_ceiling | deadline | rss_million) ;;
sms_in | sms_out | sms_flood) ;;
page_http | server_rss | first_page) ;;
count | count_add1u | count_exact | count_million | count_greedy | count_parse) ;;
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
case $only in
page_http | first_page) ;;
*) prepare_ballots ;;
esac
if wanted ballots_http || wanted server_rss; then ballots_http; fi
if wanted ballots_fastify; then ballots_fastify; fi
if wanted ballots_ceiling; then ballots_ceiling; fi
if wanted deadline; then deadline; fi
if wanted sms_in; then sms_in; fi
if wanted sms_out; then sms_out; fi
if wanted sms_flood; then sms_flood; fi
if wanted page_http || wanted server_rss; then page_http; fi
if wanted server_rss; then server_rss; fi
if wanted rss_million; then rss_million; fi
if wanted first_page; then first_page; fi
if [ -z "$only" ]; then
    registers || missed=1
    pages_weighed || missed=1
    code_timing || missed=1
fi
! grep -F 'bug:' "$dir/server.log" >&2 || fail "the server found a bug of its own"
exit "$missed"
