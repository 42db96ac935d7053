#!/bin/sh
# retain.sh CONNINFO: erases what need not be kept any longer, and the old bytes with it. Once a
# night, as a superuser of the database (wardmote-sms erases every ten minutes too, but what an
# update replaces stays in the table's file until that is rewritten).
#
# Tables are rewritten (vacuum full) only while no round takes ballots, since casting would have to
# wait; else it is tried again the next night. Prints one line.
set -eu

[ $# -eq 1 ] || { sed -n '2s/^# *//p' "$0" >&2; exit 64; }

sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$1"; }

erased=$(sql "$1" <<'END'
select 'words ' || words || ', numbers ' || numbers || ', rounds ' || rounds
from api.retain(clock_timestamp());
END
)
state=$(sql "$1" <<'END'
select case
    when not exists (select from wardmote.erasure e
                     where e.rewritten_at is null and e.numbers + e.rounds > 0) then 'clean'
    when exists (select from wardmote.round r
                 where r.state = 'scheduled' and r.opens_at <= clock_timestamp()
                   and clock_timestamp() < r.closes_at + r.grace) then 'later'
    else 'now' end;
END
)
if [ "$state" = now ]; then
    sql "$1" <<'END'
set lock_timeout = '30s';
vacuum (full, analyze) wardmote.revision;
vacuum (full, analyze) wardmote.inbox;
vacuum (full, analyze) wardmote.outbox;
vacuum (full, analyze) wardmote.notice;
vacuum (full, analyze) wardmote.credential;
vacuum (full, analyze) wardmote.declaration;
vacuum (full, analyze) wardmote.round;
update wardmote.erasure set rewritten_at = clock_timestamp() where rewritten_at is null;
END
    state=rewritten
fi
echo "retain: $erased; $state"
