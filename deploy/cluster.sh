#!/bin/bash
# cluster.sh: a private PostgreSQL 15 for the demo and the tests; never for production.
#
#   cluster.sh start DIR         makes it when new, starts it, prints the directory of its socket
#   cluster.sh stop DIR          stops it
#   cluster.sh remove DIR        stops it and removes every trace, also those outside DIR
#   cluster.sh psql DIR ARGS...  psql on its database `wardmote`, as superuser
#
# It listens on a unix socket only, which nobody but its own user (and root) can reach. Checksums
# and fsync are on: what is acknowledged must survive. When run as root the server runs as user
# postgres; when that user cannot enter DIR, the data live in a fresh directory of /var/tmp and
# DIR/pg is a link to it.
set -euo pipefail

bin=${PG_BIN:-/usr/lib/postgresql/15/bin}

die() {
    echo "cluster.sh: $*" >&2
    exit 1
}

# Runs a command as the user that owns the cluster, from a directory that it can enter.
as_owner() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && exec setpriv --reuid=postgres --regid=postgres --init-groups --reset-env "$@")
    else
        (cd / && exec "$@")
    fi
}

# Makes DIR/pg: a directory of the owner's, or a link to one where the owner cannot enter DIR.
make_home() {
    [ -e "$dir/pg" ] && return
    mkdir "$dir/pg"
    [ "$(id -u)" = 0 ] || return 0
    chown postgres: "$dir/pg" && chmod 700 "$dir/pg"
    as_owner test -w "$dir/pg" && return
    rmdir "$dir/pg"
    local outside
    outside=$(mktemp -d /var/tmp/wardmote-XXXXXX)
    chown postgres: "$outside"
    ln -s "$outside" "$dir/pg"
}

# A socket's address holds 107 bytes: a deep DIR needs a short directory elsewhere.
make_socket_dir() {
    local at
    if [ -s "$dir/socket" ] && [ -d "$(cat "$dir/socket")" ]; then
        return
    fi
    at=$(readlink -f "$dir/pg")/run
    if [ ${#at} -lt 80 ]; then
        as_owner mkdir -p -m 700 "$at"
    else
        at=$(as_owner mktemp -d /tmp/wm-XXXXXX)
    fi
    echo "$at" >"$dir/socket"
}

settings() {
    cat <<END
listen_addresses = ''
unix_socket_directories = '$(cat "$dir/socket")'
unix_socket_permissions = 0700
fsync = on
shared_buffers = 128MB
max_connections = 100
timezone = 'UTC'
log_timezone = 'UTC'
END
}

is_running() {
    as_owner "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1
}

start() {
    [ -x "$bin/initdb" ] || die "PostgreSQL 15 is not installed: run deploy/deps.sh demo"
    mkdir -p "$dir"
    make_home
    data=$(readlink -f "$dir/pg")/data
    make_socket_dir
    if [ ! -s "$data/PG_VERSION" ]; then
        as_owner "$bin/initdb" -D "$data" -U postgres --auth=trust --data-checksums \
            --encoding=UTF8 --locale=C.UTF-8 >"$dir/initdb.log" 2>&1 ||
            { cat "$dir/initdb.log" >&2; die "initdb failed"; }
        settings | as_owner tee -a "$data/postgresql.conf" >/dev/null
    fi
    is_running || as_owner "$bin/pg_ctl" -D "$data" -l "${data%/data}/log" -w -t 60 start \
        >"$dir/pg_ctl.log" 2>&1 ||
        { cat "$dir/pg_ctl.log" >&2; tail -n 20 "${data%/data}/log" >&2; die "no start"; }
    local socket
    socket=$(cat "$dir/socket")
    "$bin/psql" -h "$socket" -U postgres -XAtqc \
        "select 1 from pg_database where datname = 'wardmote'" postgres | grep -q 1 ||
        "$bin/createdb" -h "$socket" -U postgres wardmote
    echo "$socket"
}

stop() {
    [ -e "$dir/pg" ] || return 0
    data=$(readlink -f "$dir/pg")/data
    if is_running; then
        as_owner "$bin/pg_ctl" -D "$data" -m fast -w -t 60 stop >/dev/null
    fi
}

remove() {
    stop
    local place
    for place in "$(readlink "$dir/pg" || true)" "$(cat "$dir/socket" 2>/dev/null || true)"; do
        case $place in
        /var/tmp/wardmote-?* | /tmp/wm-?*) rm -rf --one-file-system "$place" ;;
        esac
    done
    rm -rf --one-file-system "$dir/pg" "$dir/socket" "$dir/initdb.log" "$dir/pg_ctl.log"
}

[ $# -ge 2 ] || { sed -n '4,7s/^# *//p' "$0" >&2; exit 64; }
action=$1
dir=$(realpath -m "$2")
shift 2
case $action in
start | stop | remove) "$action" ;;
psql) exec "$bin/psql" -X -h "$(cat "$dir/socket")" -U postgres -d wardmote "$@" ;;
*) die "unknown action: $action" ;;
esac
