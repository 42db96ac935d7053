#!/bin/sh
# run-kannel.sh DIR ADMIN BOX SENDSMS NETWORK HOOK SECRET PASSWORD: starts Kannel in the background
# with its files in DIR: four ports on 127.0.0.1, the base of our webhooks, their secret, and the
# password of its user `wardmote`. Pids are in DIR/*.pid; stop-kannel.sh DIR stops it.
set -eu
[ $# -eq 8 ] || { sed -n '2,4s/^# *//p' "$0" >&2; exit 64; }
here=$(cd "$(dirname "$0")" && pwd)
dir=$1
mkdir -p "$dir/spool"
# smsbox refuses to read what others may: the file holds secrets.
umask 077
sed -e "s#@DIR@#$dir#g" -e "s/@ADMIN@/$2/" -e "s/@BOX@/$3/" -e "s/@SENDSMS@/$4/" \
    -e "s/@NETWORK@/$5/" -e "s#@HOOK@#$6#" -e "s/@SECRET@/$7/" -e "s/@PASSWORD@/$8/" \
    "$here/kannel.conf" >"$dir/kannel.conf"

# Looks with ss: a connection to the box's port would be taken for a dead smsbox.
wait_port() {
    i=0
    until ss -Hltn "sport = :$1" | grep -q "127.0.0.1:$1"; do
        i=$((i + 1))
        [ $i -lt 200 ] || { echo "run-kannel.sh: port $1 never opened" >&2; exit 1; }
        sleep 0.1
    done
}

setsid bearerbox -v 4 "$dir/kannel.conf" </dev/null >"$dir/bearerbox.out" 2>&1 &
echo $! >"$dir/bearerbox.pid"
wait_port "$3"
setsid smsbox -v 4 "$dir/kannel.conf" </dev/null >"$dir/smsbox.out" 2>&1 &
echo $! >"$dir/smsbox.pid"
wait_port "$4"
