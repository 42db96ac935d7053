#!/bin/bash
# fault-rows.sh: runs the tests of the fault matrix for texts and ends with a line a row: how many
# faults were tried, and in how many what must hold did. A test names its row ("row 9: …"), or
# counts by itself ("row 4: …: 50 tried, 50 held"). Status 1 when anything failed.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1

WM_BUILD=${WM_BUILD:-build} tests/run.sh sms sql kannel
status=$?

logs=(var/check/sms-*.log var/check/kannel-*.log var/check/sql-sms_limits.log)
awk '
    /row [0-9]+: .* tried, [0-9]+ held/ {
        match($0, /row [0-9]+/)
        row = substr($0, RSTART + 4, RLENGTH - 4)
        match($0, /[0-9]+ tried/); tried[row] += substr($0, RSTART, RLENGTH - 6)
        match($0, /[0-9]+ held/); held[row] += substr($0, RSTART, RLENGTH - 5)
        counts[FILENAME, row] = 1
        next
    }
    /^ *(not )?ok [0-9]+ - row [0-9]+: / {
        match($0, /row [0-9]+/)
        row = substr($0, RSTART + 4, RLENGTH - 4)
        if (/not ok/) { tried[row]++ }
        else if (!((FILENAME, row) in counts)) { tried[row]++; held[row]++ }
    }
    END {
        for (row = 1; row <= 20; row++)
            if (row in tried)
                printf "row %2d: %4d tried, %4d held\n", row, tried[row], held[row]
    }' "${logs[@]}"
exit "$status"
