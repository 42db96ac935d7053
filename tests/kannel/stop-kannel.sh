#!/bin/sh
# stop-kannel.sh DIR: stops what run-kannel.sh DIR started, by pid. A bearerbox may need ten
# seconds to end by itself; what it holds is thrown away, so that it is not waited for.
for name in smsbox bearerbox; do
    [ -s "$1/$name.pid" ] || continue
    pid=$(cat "$1/$name.pid")
    kill "$pid" 2>/dev/null
    i=0
    while kill -0 "$pid" 2>/dev/null && [ $i -lt 10 ]; do
        i=$((i + 1))
        sleep 0.1
    done
    kill -9 "$pid" 2>/dev/null
    rm -f "$1/$name.pid"
done
exit 0
