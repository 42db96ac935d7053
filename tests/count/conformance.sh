#!/bin/sh
# conformance.sh: wardmote-count against outcomes that others computed for real elections.
#
#   conformance.sh [path of wardmote-count]
#
# Runs where the reference data lies beside the project (../shared/pb); exits 77 elsewhere.
# 1. rows of expected.jsonl whose rule is counted: winners and cost; of equal shares by both paths;
# 2. the cities' own outcomes, see official.txt;
# 3. the same file twice, once by a pipe: the same bytes;
# 4. every file, of whatever kind of vote, is read without a refusal or a warning.
set -u

here=$(cd "$(dirname "$0")" && pwd)
count=${1:-$here/../../build/bin/wardmote-count}
data=$here/../../../shared/pb
passed=0
failed=0

if [ ! -f "$data/expected.jsonl" ]; then
    echo "skipped: no reference elections at ../shared/pb"
    exit 77
fi
if [ ! -x "$count" ]; then
    echo "failed: there is no program at $count"
    exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# result FILE [settings]: the outcome as JSON, in $work/result.json.
result() {
    result_file=$1
    shift
    "$count" tally "$data/elections/$result_file" --json "$@" >"$work/result.json" 2>"$work/err"
}

# The winners in result.json, one a line, sorted.
counted_winners() {
    sed -n '/^ "winners": \[$/,/^ \]/s/^  "\(.*\)",\{0,1\}$/\1/p' "$work/result.json" | sort
}

counted_cost() {
    sed -n 's/^ "cost": "\(.*\)",$/\1/p' "$work/result.json"
}

judge() {
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAIL %s\n  expected: %s\n  counted:  %s\n' "$1" "$2" "$3"
        cat "$work/err"
    fi
}

one_line() {
    tr '\n' ' '
}

# The settings with which a rule of expected.jsonl is counted here.
settings_of() {
    case $1 in
    greedy-votes) echo "--rule greedy" ;;
    greedy-density | greedy-points | greedy-borda) echo "--rule $1" ;;
    mes-cost) echo "--rule mes --completion none" ;;
    mes-card) echo "--rule mes --completion none --utility card" ;;
    mes-points) echo "--rule mes --completion none --utility points" ;;
    mes-borda) echo "--rule mes --completion none --utility borda" ;;
    mes-cost-util) echo "--rule mes --completion util" ;;
    mes-cost-add1) echo "--rule mes --completion add1" ;;
    mes-cost-add1u) echo "--rule mes --completion add1u" ;;
    phragmen) echo "--rule phragmen" ;;
    esac
}

other_rules=0
while IFS= read -r row; do
    file=$(printf '%s\n' "$row" | sed 's/.*"file": "\([^"]*\)".*/\1/')
    rule=$(printf '%s\n' "$row" | sed 's/.*"rule": "\([^"]*\)".*/\1/')
    cost=$(printf '%s\n' "$row" | sed 's/.*"cost": \([0-9.]*\).*/\1/')
    settings=$(settings_of "$rule")
    if [ -z "$settings" ]; then
        other_rules=$((other_rules + 1))
        continue
    fi
    printf '%s\n' "$row" | sed 's/.*"winners": \[\([^]]*\)\].*/\1/' | tr ',' '\n' |
        sed 's/^ *"//; s/"$//; /^$/d' | sort >"$work/expected"
    # The settings are words of our own; splitting them is meant.
    # shellcheck disable=SC2086
    result "$file" $settings
    judge "$file: winners by $rule" "$(one_line <"$work/expected")" "$(counted_winners | one_line)"
    judge "$file: cost by $rule" "$(printf '%.2f' "$cost")" "$(counted_cost)"
    # The path in rationals takes minutes for Add1 on big files, which bench.sh counts by both.
    case $rule in
    greedy-* | mes-cost | mes-card | mes-points | mes-borda | phragmen)
        filtered=$(sha256sum <"$work/result.json")
        # shellcheck disable=SC2086
        result "$file" $settings --exact
        judge "$file: $rule in rationals" "$filtered" "$(sha256sum <"$work/result.json")"
        ;;
    esac
done <"$data/expected.jsonl"

known_differ=0
for path in "$data"/elections/*.pb; do
    file=${path##*/}
    case $(sed -n 's/^vote_type;\([a-z0-9-]*\).*/\1/p' "$path") in
    cumulative | scoring) rule=greedy-points-raw ;;
    ordinal) rule=greedy-borda-raw ;;
    *) rule=greedy ;;
    esac
    known=$(sed -n "s/^$file | //p" "$here/official.txt")
    expected='"agrees"'
    case $known in
    differs:*)
        expected='"differs"'
        result "$file" --rule "$rule"
        known_differ=$((known_differ + 1))
        ;;
    *)
        # The settings are words of our own file; splitting them is meant.
        # shellcheck disable=SC2086
        result "$file" --rule "$rule" $known
        ;;
    esac
    said=$(sed -n 's/^ "selected_in_file": \(.*\),$/\1/p' "$work/result.json")
    [ "$said" = null ] && continue
    judge "$file: the city's own outcome" "$expected" "$said"
done

for file in poland_wroclaw_2016_rejon-nr-2-750.pb poland_zabrze_2020_centrum-poludnie.pb; do
    result "$file"
    piped=$("$count" tally - --json <"$data/elections/$file" | sha256sum)
    judge "$file: the same bytes twice" "$(sha256sum <"$work/result.json")" "$piped"
done

for path in "$data"/elections/*.pb "$data"/probes/*.pb; do
    "$count" tally "$path" --strict >/dev/null 2>"$work/err"
    judge "${path##*/}: is read" 0 $?
done

echo "$other_rules rows of expected.jsonl follow rules that are not there"
echo "$known_differ outcomes of cities are known to follow other rules (official.txt)"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
