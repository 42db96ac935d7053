#!/bin/sh
# deps.sh demo|check|bench: installs the Debian 12 packages that the demo, the tests or the
# measurements need, as root or through sudo; where it may not, prints the line that would.
# Quick when nothing is missing. Nothing that it installs is left running or started at boot.
set -eu

# An entry `package:command` is satisfied by the command too, wherever it comes from.
demo="ca-certificates gcc libc6-dev make pkg-config gettext
    libmicrohttpd-dev libpq-dev libcurl4-openssl-dev libssl-dev libjansson-dev libgmp-dev
    libcmark-dev libqrencode-dev libzip-dev libzxcvbn-dev postgresql-15 postgresql-client-15"
check="$demo
    libcmocka-dev postgresql-15-pgtap faketime python3-phonenumbers
    kannel kannel-extras chromium fonts-liberation poppler-utils:pdftotext nodejs:node npm:npm curl iproute2 procps
    clang clang-format cppcheck libclang-rt-14-dev"
bench="$check
    nginx-light:nginx wrk"

purpose=${1:-}
case $purpose in
demo) wanted=$demo ;;
check) wanted=$check ;;
bench) wanted=$bench ;;
*) sed -n '2,4s/^# *//p' "$0" >&2; exit 64 ;;
esac

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null | cut -c2)" = i ]
}

missing=
for entry in $wanted; do
    package=${entry%:*}
    case $entry in
    *:*) command -v "${entry#*:}" >/dev/null && continue ;;
    esac
    is_installed "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        exec sudo -n "$0" "$purpose"
    fi
    echo "Wardmote needs some Debian packages. As root:" >&2
    echo "    apt-get update && apt-get install -y --no-install-recommends$missing" >&2
    exit 1
fi

# Services of fresh packages are neither started now (policy-rc.d, ours only while this runs) nor
# at boot, and PostgreSQL makes no cluster of its own: the demo and the tests make theirs.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 130' INT TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi
cluster_conf=/etc/postgresql-common/createcluster.conf
if ! is_installed postgresql-common && [ ! -e "$cluster_conf" ]; then
    mkdir -p "${cluster_conf%/*}"
    printf '# Written before PostgreSQL was installed for Wardmote.\n%s\n' \
        'create_main_cluster = false' >"$cluster_conf"
fi

echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1
log=$(mktemp)
# The words of a package manager matter only when it fails.
# shellcheck disable=SC2086
if ! { apt-get update -q && apt-get install -q -y --no-install-recommends \
    -o Dpkg::Options::=--force-confold $missing; } >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    rm -f "$log"
    exit 1
fi
rm -f "$log"
for service in nginx kannel; do
    case "$missing " in
    *" $service "* | *" $service-light "*) update-rc.d "$service" disable >/dev/null 2>&1 || true ;;
    esac
done
