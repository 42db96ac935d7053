#!/bin/sh
# migrate.sh CONNINFO: brings a database to this version of the schema; again: nothing to do.
#
# CONNINFO is libpq's and names a superuser, for example "host=/run/postgresql dbname=wardmote
# user=postgres". In one session, under an advisory lock, so that two of these run one after the
# other: roles.sql; each schema/NNNN_*.sql that the ledger (wardmote.migration) does not hold, in
# a transaction of its own; then, when any file of functions/ changed, schema api anew, in one
# transaction, so that daemons see the old functions or the new ones. A migration that was edited
# after it was applied is an error. The ledger's row 0 stands for the functions.
set -eu

[ $# -eq 1 ] || { sed -n '2s/^# *//p' "$0" >&2; exit 64; }
conninfo=$1
cd "$(dirname "$0")"

sha256() { sha256sum "$@" | cut -d' ' -f1; }

ledger() {
    cat <<'END'
begin;
\i roles.sql
create table if not exists wardmote.migration (
    number     integer primary key check (number >= 0),
    name       text not null,
    sha256     text not null check (length(sha256) = 64),
    applied_at timestamptz not null default clock_timestamp()
);
alter table wardmote.migration owner to wardmote_owner;
commit;
END
}

# Sets :todo, and stops when the file is not what was applied.
look_up() {
    cat <<END
\\set number $1
\\set name '$2'
\\set sha256 $3
select coalesce(m.sha256 <> :'sha256', false) as changed, m.number is null as todo
from (select) one left join wardmote.migration m on m.number = :number \\gset
END
}

migration() {
    number=$(echo "$1" | sed 's/^0*\([0-9]*\)_.*/\1/')
    look_up "$number" "$1" "$(sha256 "$1")"
    cat <<END
\\if :changed
do \$\$ begin raise exception 'schema/$1 was changed after it was applied'; end \$\$;
\\endif
\\if :todo
begin;
set local role wardmote_owner;
set local search_path = wardmote;
\\i $1
reset role;
insert into wardmote.migration (number, name, sha256) values (:number, :'name', :'sha256');
commit;
\\echo applied $1
\\set nothing false
\\endif
END
}

functions() {
    look_up 0 functions "$(sha256sum functions/*.sql | sha256)"
    cat <<'END'
select :'todo'::boolean or :'changed'::boolean as todo \gset
\if :todo
begin;
drop schema if exists api cascade;
create schema api authorization wardmote_api;
grant usage on schema api to wardmote_web, wardmote_desk, wardmote_sms, wardmote_import;
set local role wardmote_api;
set local check_function_bodies = off;
END
    printf '\\i %s\n' functions/*.sql
    cat <<'END'
reset role;
insert into wardmote.migration (number, name, sha256) values (0, 'functions', :'sha256')
on conflict (number) do update set sha256 = excluded.sha256, applied_at = clock_timestamp();
commit;
\echo loaded functions
\set nothing false
\endif
END
}

{
    cat <<'END'
set client_min_messages = warning;
select pg_advisory_lock(hashtextextended('wardmote/migrate', 0)) as locked \gset
\set nothing true
END
    ledger
    for file in [0-9][0-9][0-9][0-9]_*.sql; do migration "$file"; done
    functions
    cat <<'END'
revoke all on wardmote.migration from wardmote_api;
grant select on wardmote.migration to wardmote_api;
\if :nothing
\echo nothing to do
\endif
END
} | psql -X -q -v ON_ERROR_STOP=1 -d "$conninfo"
