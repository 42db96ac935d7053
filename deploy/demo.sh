#!/bin/bash
# demo.sh: the whole service on this machine, with York's wards and invented proposals, until
# Ctrl-C. Everything lies below var/demo (DEMO_DIR) and is made afresh each time, so that rounds
# are open today. Ports 8080 and 8081 when they are free, else the next; DEMO_PORT and
# DEMO_HANDSET_PORT insist on others, so that two checkouts run side by side.
set -euo pipefail
cd "$(dirname "$0")/.."
dir=$(realpath -m "${DEMO_DIR:-var/demo}")
build=$(realpath -m "${WM_BUILD:-build}")
number=60777
names=() pids=()

say() { echo "demo: $*"; }

stop_daemons() {
    local i
    # Last started, first stopped: texts in flight still find the server.
    for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
        kill -TERM "${pids[i]}" 2>/dev/null || true
        wait "${pids[i]}" 2>/dev/null || true
    done
    pids=()
}

cleanup() {
    trap '' INT TERM HUP
    stop_daemons
    deploy/cluster.sh stop "$dir" || true
    rm -f "$dir/demo.pid"
}

in_use() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
    local port=$1
    while in_use "$port" || [ "$port" = "${2:-}" ]; do port=$((port + 1)); done
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

# start NAME: in a session of its own, so that Ctrl-C reaches only this script, which stops the
# programs in order.
start() {
    setsid "$build/bin/$1" --config "$dir/$1.conf" >>"$dir/$1.log" 2>&1 </dev/null &
    pids+=($!) names+=("$1")
}

wait_for() {
    local tries
    for ((tries = 0; tries < 300; tries++)); do
        answers "$2" "$3" && return
        kill -0 "${pids[-1]}" 2>/dev/null || break
        sleep 0.1
    done
    say "$1 does not answer; its log ends:" >&2
    tail -n 20 "$dir/$1.log" >&2
    exit 1
}

secret() {
    (umask 077 && od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$dir/$1")
}

settings() {
    cat >"$dir/wardmote-server.conf" <<END
database = host=$socket dbname=wardmote
master_key = $dir/master.key
listen = 127.0.0.1:$port
public_url = http://127.0.0.1:$port
name = City of York
contact = This is a demonstration: nobody answers the telephone
contact_pl = To jest pokaz: nikt nie odbiera telefonu
sms_number = $number
hook_secret = $dir/hook.secret
count_program = $build/bin/wardmote-count
demo = on
demo_file = $dir/demo.json
END
    cat >"$dir/wardmote-sms.conf" <<END
database = host=$socket dbname=wardmote
master_key = $dir/master.key
gateway = handset
sms_number = $number
handset_url = http://127.0.0.1:$handset_port
handset_token = $dir/handset.token
dlr_url = http://127.0.0.1:$port/hooks/sms
hook_secret = $dir/hook.secret
END
    cat >"$dir/wardmote-handset.conf" <<END
listen = 127.0.0.1:$handset_port
hook_url = http://127.0.0.1:$port/hooks/sms
hook_secret = $dir/hook.secret
token = $dir/handset.token
sms_number = $number
service_name = Wardmote
suggestions_file = $dir/phone-suggestions.json
END
}

deploy/deps.sh demo
# Tests name the programs that they want to see; for people they are built.
[ -n "${WM_BUILD:-}" ] || make --no-print-directory -j2 all

if [ -s "$dir/demo.pid" ] && kill -0 "$(cat "$dir/demo.pid")" 2>/dev/null; then
    say "one runs already in $dir; DEMO_DIR=var/other makes another" >&2
    exit 1
fi
mkdir -p "$dir"
deploy/cluster.sh remove "$dir"
rm -rf --one-file-system "$dir"
mkdir -p "$dir"
echo $$ >"$dir/demo.pid"
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

socket=$(deploy/cluster.sh start "$dir")
schema/migrate.sh "host=$socket dbname=wardmote user=postgres" >"$dir/migrate.log" 2>&1 ||
    { cat "$dir/migrate.log" >&2; exit 1; }
for name in master.key hook.secret handset.token; do secret "$name"; done
port=${DEMO_PORT:-$(free_port 8080)}
handset_port=${DEMO_HANDSET_PORT:-$(free_port 8081 "$port")}
settings
say "loading York"
WARDMOTE_DEMO_PHONE_URL=http://127.0.0.1:$handset_port "$build/bin/wardmote-server" \
    --config "$dir/wardmote-server.conf" --load-demo schema/york "$dir/demo.json" \
    >"$dir/load.log" 2>&1 ||
    { cat "$dir/load.log" >&2; exit 1; }

start wardmote-server
wait_for wardmote-server "$port" /ready
start wardmote-handset
wait_for wardmote-handset "$handset_port" /
start wardmote-sms

cat <<END

  Wardmote is running. Ctrl-C stops it.

    The service        http://127.0.0.1:$port/
    Codes, officers    http://127.0.0.1:$port/demo
    Officers' desk     http://127.0.0.1:$port/desk
    A phone            http://127.0.0.1:$handset_port/

END

# Until Ctrl-C, or until one of them ends by itself.
wait -n "${pids[@]}" || true
say "a program ended by itself; the logs are in $dir" >&2
for i in "${!pids[@]}"; do
    kill -0 "${pids[i]}" 2>/dev/null || tail -n 5 "$dir/${names[i]}.log" >&2
done
exit 1
