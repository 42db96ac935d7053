#!/bin/sh
# paths.sh: every rule by its two paths, filtered and in rationals, on real elections: the same bytes.
#
#   paths.sh [path of wardmote-count] [BYTES]    files up to BYTES; `all` for every one (otherwise 24,000)
#
# Runs where the reference elections lie beside the project (../shared/pb); exits 77 elsewhere.
# Equal shares raise what each voter is given by as much as that is at first: in steps of 1, as the
# count has them, the path in rationals takes minutes to hours (`make conformance` holds Add1 against
# others' outcomes instead). Two rules have a bound of their own, past which one file takes the path in
# rationals more than half a minute: maximin, one exact flow for each proposal in each round, and bos,
# one price for each purse of each supporter in each round.
set -u

here=$(cd "$(dirname "$0")" && pwd)
count=${1:-$here/../../build/bin/wardmote-count}
most=${2:-24000}
data=$here/../../../shared/pb
passed=0
failed=0
skipped=0
[ "$most" = all ] && most=1000000000
if [ ! -d "$data/elections" ]; then
    echo "skipped: no reference elections at ../shared/pb"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The rules that the file's ballots allow, a line each: bound in bytes, rule and settings.
rules_of() {
    step=$((${2%.*} / $3 + 1))
    cat <<END
$most greedy
$most greedy-density --skip no
$most mes --completion none
$most mes --completion util --comparison greedy
$most mes --increment $step
$most mes --utility card --completion add1 --start integral --stop overspend --increment $step
$most ees --completion util
$most ees --utility card --completion none
$most ees --increment $step
150000 bos
150000 bos --utility card
$most phragmen
19000 maximin
$most welfare --utility cost
$most welfare --utility card
$most cstv --utility card
$most cstv --utility card --variant mtc
END
    case $1 in
    cumulative | scoring) utility=points ;;
    ordinal) utility=borda ;;
    *) return ;;
    esac
    cat <<END
$most greedy-$utility
$most greedy-$utility-raw
$most mes --utility $utility --increment $step
$most bos --utility $utility
$most welfare --utility $utility
$most cstv --utility $utility
$most cstv --utility $utility --variant mt
END
}

# same FILE RULE AND SETTINGS
same() {
    path=$1
    shift
    "$count" tally "$path" --json --rule "$@" >"$work/filtered" 2>"$work/err" &&
        "$count" tally "$path" --json --exact --rule "$@" 2>>"$work/err" |
        cmp - "$work/filtered" >>"$work/err"
    status=$?
    if [ "$status" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL ${path##*/}: $*: $(cat "$work/err")"
    fi
}

meta() {
    sed -n "s/^$2;\"\{0,1\}\([a-z0-9.-]*\).*/\1/p" "$1" | head -n 1
}

for path in "$data"/elections/*.pb; do
    bytes=$(wc -c <"$path")
    [ "$bytes" -le "$most" ] || continue
    rules_of "$(meta "$path" vote_type)" "$(meta "$path" budget)" "$(meta "$path" num_votes)" \
        >"$work/rules"
    while read -r bound rule; do
        if [ "$bytes" -gt "$bound" ]; then
            skipped=$((skipped + 1))
            continue
        fi
        # The settings are words of our own; splitting them is meant.
        # shellcheck disable=SC2086
        same "$path" $rule
    done <"$work/rules"
done

echo "$skipped counts by maximin and bos are past their bounds"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
