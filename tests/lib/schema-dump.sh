#!/bin/bash
# schema-dump.sh [SOCKET_DIR]: the schema that migrations and functions make, as SQL, the same
# bytes every time. Takes the database `wardmote` there, or one that it makes for the purpose.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
socket=${1:-}

if [ -z "$socket" ]; then
    mkdir -p "$top/var"
    dir=$(mktemp -d "$top/var/test-XXXXXX")
    chmod 755 "$dir"
    trap '"$top/deploy/cluster.sh" remove "$dir"; rmdir "$dir"' EXIT
    socket=$("$top/deploy/cluster.sh" start "$dir")
    "$top/schema/migrate.sh" "host=$socket dbname=wardmote user=postgres" >&2
fi

echo '-- schema.sql: what the migrations and functions of this folder make. Made by'
echo '-- `make schema-dump`, compared by `make check-sql`; read it, never edit or run it.'
# Versions and the random words that guard a restore differ from run to run.
/usr/lib/postgresql/15/bin/pg_dump -h "$socket" -U postgres --schema-only wardmote |
    sed '/^-- Dumped \(from\|by\) /d; /^\\\(un\)\{0,1\}restrict /d' | cat -s
