#!/bin/bash
# run.sh [SUITE...]: runs the tests (all suites when none is named) on the programs in $WM_BUILD
# and ends with one line: `N passed, N failed`, and `, N skipped` where a test said so.
#
#   unit    tests/unit/test_*.c        cmocka, one program a file
#   house   tests/lib/arrows.sh        who includes what, how long things are;
#           and make check-po: nothing that residents read is untranslated
#   sql     tests/sql/*.sql            pgTAP, each file in a fresh copy of the database;
#           and the committed schema.sql against the one that the files make
#   count   tests/count/*.sh           wardmote-count against published elections, and itself
#   web, sms, kannel, races            tests/SUITE/*.test.mjs, real daemons and real clusters; web
#           also says how many pages it looked at, and what axe, Tab and html-validate said
#   smoke   tests/smoke/smoke.mjs      the whole road in under a minute
#
# Suites unit, sql, count, web and sms run as many tests at once as there are processors (WM_JOBS
# says another number); each line tells what a test took. The others want the machine to themselves.
# Whatever a test prints goes to var/check/, and to the screen when something failed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
top=$PWD
WM_BUILD=$(realpath -m "${WM_BUILD:-build}")
export WM_BUILD
logs=$top/var/check
mkdir -p "$logs"
passed=0 failed=0 skipped=0
failures=() # the tests behind `failed`, told at the end
at_once=${WM_JOBS:-$(nproc)}
cluster=
child=              # the test that this shell runs
declare -A jobs=() # those that run beside it: process -> name
report=             # in such a job: where it says what came of it

end_child() {
    # timeout(1) leads a process group, so that the signal reaches whatever the test started.
    [ -z "$child" ] || kill -- -"$child" 2>/dev/null
    [ -z "$child" ] || wait "$child" 2>/dev/null
}

cleanup() {
    trap '' INT TERM HUP
    end_child
    [ ${#jobs[@]} -eq 0 ] || { kill "${!jobs[@]}"; wait "${!jobs[@]}"; } 2>/dev/null
    [ -z "$cluster" ] || { deploy/cluster.sh remove "$cluster"; rm -rf "$cluster"; }
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# tally NAME PASSED FAILED SKIPPED LOG [SECONDS]: adds to the totals and says one line; a job leaves
# that to the shell that started it.
tally() {
    if [ -n "$report" ]; then
        printf '%s\t' "$@" "$SECONDS" >"$report"
        return
    fi
    passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
    local line
    line=$(printf '  %-34s %4d passed' "$1" "$2")
    [ "$3" -eq 0 ] || line="$line, $3 FAILED"
    [ "$4" -eq 0 ] || line="$line, $4 skipped"
    [ -z "${6:-}" ] || line=$(printf '%-56s %3d s' "$line" "$6")
    echo "$line"
    [ "$3" -eq 0 ] || failure "$1" "$5"
}

# failure NAME LOG: what it printed last, here; at the end, a line for each of its tests that failed.
failure() {
    sed 's/^/    | /' "$2" | tail -n 80
    local line
    while read -r line; do
        failures+=("failed: $1: $line")
    done < <(awk '/^ *not ok [0-9]+ - / { if (name) print name; sub(/^ *not ok [0-9]+ - /, ""); name = $0 }
                  name && sub(/^ *error: /, "") { print name ": " $0; name = "" }
                  END { if (name) print name }' "$2" | head -n 8 | grep . || tail -n 1 "$2")
}

# beside NAME COMMAND...: runs it in a job of its own, when fewer than $at_once run.
beside() {
    [ ${#jobs[@]} -lt "$at_once" ] || reap
    local name=$1
    shift
    rm -f "$logs/report-$name"
    (
        trap 'end_child; exit 143' INT TERM HUP
        SECONDS=0 report=$logs/report-$name
        "$@"
    ) &
    jobs[$!]=$name
}

# reap: waits for one of the jobs and takes its figures.
reap() {
    local pid name test ok bad skip log took
    wait -n -p pid "${!jobs[@]}"
    name=${jobs[$pid]}
    unset "jobs[$pid]"
    IFS=$'\t' read -r test ok bad skip log took _ <"$logs/report-$name" 2>/dev/null
    rm -f "$logs/report-$name"
    tally "${test:-$name}" "${ok:-0}" "${bad:-1}" "${skip:-0}" "${log:-/dev/null}" "${took:-0}"
}

# all_done: until no job runs.
all_done() {
    while [ ${#jobs[@]} -gt 0 ]; do reap; done
}

# run LOG COMMAND...: runs it with its output in LOG; an interrupt reaches it.
run() {
    local log=$1
    shift
    timeout --kill-after=20 "${WM_TEST_TIMEOUT:-900}" "$@" >"$log" 2>&1 &
    child=$!
    wait "$child"
    local status=$?
    child=
    [ "$status" -lt 124 ] || echo "ended with status $status" >>"$log"
    return "$status"
}

# number PATTERN LOG: how many lines match.
number() {
    grep -cE -- "$1" "$2"
}

# A program that writes TAP: lines `ok`, `not ok`, `# SKIP`, and a plan `1..N`.
tap() {
    local name=$1 log=$logs/${1//\//-}.log
    shift
    run "$log" "$@"
    local status=$? ok not_ok skip plan
    skip=$(number '^ok .*# *(SKIP|skip)' "$log")
    ok=$(($(number '^ok\>' "$log") - skip))
    not_ok=$(number '^not ok\>' "$log")
    plan=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$log" | head -n 1)
    # A program that died, or ran other than the tests that it announced, failed.
    if [ "$status" -ne 0 ] && [ "$status" -ne 77 ] && [ "$not_ok" -eq 0 ]; then
        echo "exit status $status" >>"$log"
        not_ok=1
    elif [ "$((ok + not_ok + skip))" != "${plan:-0}" ] && [ "$status" -ne 77 ]; then
        echo "planned ${plan:-no} tests, ran $((ok + not_ok + skip))" >>"$log"
        not_ok=$((not_ok + 1))
    fi
    [ "$status" -ne 77 ] || skip=$((skip + 1))
    tally "$name" "$ok" "$not_ok" "$skip" "$log"
}

# A file of node:test.
node_test() {
    local name=$1 log=$logs/${1//\//-}.log
    run "$log" node --test "$2"
    local status=$? counts
    summary() { sed -n "s/^[#ℹ] $1 \([0-9]*\)$/\1/p" "$log" | tail -n 1; }
    counts=($(summary pass) $(summary fail) $(summary cancelled) $(summary skipped))
    if [ ${#counts[@]} -ne 4 ] ||
        { [ "$status" -ne 0 ] && [ "$((counts[1] + counts[2]))" -eq 0 ]; }; then
        echo "exit status $status" >>"$log"
        counts=("${counts[0]:-0}" 1 0 0)
    fi
    tally "$name" "${counts[0]}" "$((counts[1] + counts[2]))" "${counts[3]}" "$log"
}

# node_suite SUITE [alone]: its files, side by side or each alone.
node_suite() {
    local file test any=
    for file in tests/"$1"/*.test.mjs; do
        [ -f "$file" ] || continue
        any=yes
        [ ! -f tests/"$1"/package.json ] || install_tools "$1" || return
        test=$1/$(basename "$file" .test.mjs)
        if [ -n "${2:-}" ]; then node_test "$test" "$file"; else beside "${test//\//-}" node_test "$test" "$file"; fi
    done
    all_done
    # A suite without tests is a mistake, not a success.
    [ -n "$any" ] || [ "$1" = sql ] || tally "$1 has no tests" 0 1 0 /dev/null
}

# What a suite's tests stand on: a browser's driver, the providers' own libraries.
install_tools() {
    local stamp=tests/$1/node_modules/.package-lock.json
    [ "$stamp" -nt "tests/$1/package-lock.json" ] && return
    if ! run "$logs/npm-$1.log" npm --prefix "tests/$1" ci --ignore-scripts --no-audit --no-fund; then
        tally "$1/npm ci" 0 1 0 "$logs/npm-$1.log"
        return 1
    fi
}

suite_house() {
    if run "$logs/house.log" tests/lib/arrows.sh; then
        tally house 1 0 0 "$logs/house.log"
    else
        tally house 0 1 0 "$logs/house.log"
    fi
    if run "$logs/po.log" make -s check-po; then
        tally house/po 1 0 0 "$logs/po.log"
    else
        tally house/po 0 1 0 "$logs/po.log"
    fi
}

# A cluster with the migrated database `wardmote`, kept for the whole run.
start_cluster() {
    [ -z "$cluster" ] || return 0
    cluster=$(mktemp -d "$top/var/test-XXXXXX")
    chmod 755 "$cluster"
    socket=$(deploy/cluster.sh start "$cluster") || return 1
    export socket
    export -f unit_with_database schema_tests pgtap_file
    schema/migrate.sh "host=$socket dbname=wardmote user=postgres" >"$logs/migrate.log" 2>&1
}

# A program that asks for WM_TEST_DB gets a copy of the migrated database to itself.
unit_with_database() {
    local db=unit_$$ status
    createdb -h "$socket" -U postgres -T wardmote "$db" || return
    WM_TEST_DB="host=$socket dbname=$db user=postgres" "$1"
    status=$?
    dropdb -h "$socket" -U postgres --force "$db"
    return "$status"
}

suite_unit() {
    local file name
    start_cluster || { tally unit/migrate 0 1 0 "$logs/migrate.log"; return; }
    export CMOCKA_MESSAGE_OUTPUT=TAP
    for file in tests/unit/test_*.c; do
        name=$(basename "$file" .c)
        if grep -q WM_TEST_DB "$file"; then
            beside "$name" tap "unit/${name#test_}" bash -c "unit_with_database '$WM_BUILD/tests/$name'"
        else
            beside "$name" tap "unit/${name#test_}" "$WM_BUILD/tests/$name"
        fi
    done
    all_done
}

# As TAP: migrating again does nothing, and the committed dump is what the files make.
schema_tests() {
    echo 1..2
    again=$(schema/migrate.sh "host=$1 dbname=wardmote user=postgres" 2>&1)
    [ "$again" = "nothing to do" ] || printf 'not '
    echo "ok 1 - migrating twice does nothing the second time"
    tests/lib/schema-dump.sh "$1" | diff -u schema/schema.sql - ||
        printf '# run make schema-dump and look at the difference\nnot '
    echo "ok 2 - schema.sql is what migrations and functions make"
}

pgtap_file() {
    local db=tap_$$
    createdb -h "$socket" -U postgres -T wardmote "$db" &&
        psql -X -q -A -t -h "$socket" -U postgres -d "$db" -v ON_ERROR_STOP=1 \
            -c 'create extension pgtap' -f "$1" </dev/null
    local status=$?
    dropdb -h "$socket" -U postgres --force "$db"
    return "$status"
}

suite_sql() {
    if ! start_cluster; then
        tally sql/migrate 0 1 0 "$logs/migrate.log"
        return
    fi
    # Alone: whoever is connected to a database keeps others from copying it.
    tap sql/schema bash -c "schema_tests '$socket'"
    local file name
    for file in tests/sql/*.sql; do
        [ -f "$file" ] || continue
        name=$(basename "$file" .sql)
        beside "sql-$name" tap "sql/$name" bash -c "pgtap_file '$file'"
    done
    all_done
    node_suite sql
}

# A script that ends with `N passed, N failed`, or with status 77 where its data are not there.
counting() {
    local name=$1 log=$logs/${1//\//-}.log ok bad status
    run "$log" "$2" "$WM_BUILD/bin/wardmote-count"
    status=$?
    if [ "$status" -eq 77 ]; then
        tally "$name" 0 0 1 "$log"
        return
    fi
    ok=$(sed -n 's/^\([0-9]*\) passed, [0-9]* failed$/\1/p' "$log" | tail -n 1)
    bad=$(sed -n 's/^[0-9]* passed, \([0-9]*\) failed$/\1/p' "$log" | tail -n 1)
    [ -n "$bad" ] && { [ "$status" -eq 0 ] || [ "$bad" -gt 0 ]; } || bad=$((${bad:-0} + 1))
    tally "$name" "${ok:-0}" "$bad" 0 "$log"
}

suite_count() {
    local file name
    for file in tests/count/*.sh; do
        name=$(basename "$file" .sh)
        beside "count-$name" counting "count/$name" "$file"
    done
    all_done
}

# What the stories counted on their way (tests/lib/counts.mjs) is told, a line each.
suite_web() {
    local before=$passed
    rm -f "$logs/counts"
    node_suite web
    [ -s "$logs/counts" ] || return 0
    awk -v stories=$((passed - before)) '
        { times[$1]++; sum[$1] += $2; if (!(($1, $3) in seen)) { seen[$1, $3] = 1; pages[$1]++ } }
        END {
            printf "    stories %d\n", stories
            printf "    axe pages %d, states %d, violations %d\n", pages["axe"], times["axe"], sum["axe"]
            printf "    Tab walks at 320 px %d, stops %d, hidden %d\n", times["tabs"], sum["tabs"],
                sum["tabs-hidden"]
            printf "    400 %% zoom %d, cut off %d\n", times["zoom"], sum["zoom"]
            printf "    html-validate %d, messages %d\n", times["html"], sum["html"]
            printf "    content security policy %d, reports %d\n", times["csp"], sum["csp"]
        }' "$logs/counts"
}
suite_sms() { node_suite sms; }
suite_kannel() { node_suite kannel alone; }
# Each interleaving has a name, and is told.
suite_races() {
    node_suite races alone
    sed -n 's/^ok [0-9]* - /    /p' "$logs"/races-*.log
}
# Its steps are a story: they are told, also when all goes well.
suite_smoke() {
    tap smoke node tests/smoke/smoke.mjs
    sed -n 's/^ok [0-9]* - /    /p; s/^# \([0-9.]* s\)$/    \1 in all/p' "$logs/smoke.log"
}

for suite in "${@:-}"; do
    case $suite in
    '') for each in unit house sql count sms web races smoke kannel; do
            echo "$each"
            "suite_$each"
        done ;;
    unit | house | sql | count | web | sms | kannel | races | smoke) echo "$suite"; "suite_$suite" ;;
    *) echo "run.sh: no suite $suite" >&2; exit 64 ;;
    esac
done

total="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || total="$total, $skipped skipped"
cleanup
cluster=
[ "$failed" -eq 0 ] || printf '%s\n' "${failures[@]}"
echo "$total"
[ "$failed" -eq 0 ]
