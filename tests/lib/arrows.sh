#!/bin/sh
# arrows.sh: the house rules that a compiler does not check: who may include what, and how long
# files and functions may be. Prints each breach; exits 1 when there is one.
set -u
cd "$(dirname "$0")/../.." || exit 1
breaches=$(mktemp)
trap 'rm -f "$breaches"' EXIT

# only PATTERN WHERE: lines that include PATTERN, but in files that match none of WHERE.
only() {
    pattern=$1
    shift
    grep -nE "^ *# *include *[<\"]$pattern" common/*.[ch] count/*.[ch] server/*.[ch] sms/*.[ch] \
        sms/handset/*.[ch] 2>/dev/null | while IFS= read -r line; do
        for allowed; do
            # The allowed places are patterns.
            # shellcheck disable=SC2254
            case ${line%%:*} in $allowed) continue 2 ;; esac
        done
        echo "$line: only in $*"
    done >>"$breaches"
}

# Arrows between rooms.
only 'server/' 'server/*'
only 'sms/' 'sms/*'
only 'sms/handset/' 'sms/handset/*'
only 'count/' 'count/*'
only 'common/db_private\.h' 'common/db*.c'
grep -nE '^ *# *include *"common/' count/*.[ch] | grep -vE '"common/(buf|digest|banned)\.h"' |
    sed 's/$/: count takes only buf and digest from common/' >>"$breaches"

# One file knows a library.
only 'microhttpd\.h' server/httpd.c server/request.c server/response.c 'sms/handset/*'
only '(libpq-fe|libpq/|postgres)' 'common/db*.c' 'common/db*.h'
only 'curl/' sms/http.c
only 'openssl/' 'common/secret*.[ch]' common/digest.c
only 'gmp\.h' 'count/*'
only 'zip\.h' server/ods.c

# A file has at most 600 lines.
for file in common/*.[ch] count/*.[ch] server/*.[ch] sms/*.[ch] sms/handset/*.[ch] schema/0*.sql \
    schema/functions/*.sql tests/*/*.[ch] tests/*/*.mjs tests/*/*.sh deploy/*.sh; do
    [ -f "$file" ] || continue
    lines=$(wc -l <"$file")
    [ "$lines" -le 600 ] || echo "$file: $lines lines, more than 600" >>"$breaches"
done

# A function has at most 60 lines: from a brace in the first column to its partner.
awk 'FNR == 1 { start = 0 }
    /^{$/ { start = FNR }
    /^}/ && start {
        if (FNR - start + 1 > 60)
            printf "%s:%d: function of %d lines, more than 60\n", FILENAME, start, FNR - start + 1
        start = 0
    }' common/*.c count/*.c server/*.c $(ls sms/*.c sms/handset/*.c 2>/dev/null) >>"$breaches"

cat "$breaches"
[ ! -s "$breaches" ]
