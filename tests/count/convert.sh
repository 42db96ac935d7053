#!/bin/sh
# convert.sh: what wardmote-count convert writes reads to the same election, whatever it was given,
# and converting that again gives the same bytes.
#
#   convert.sh [path of wardmote-count] [FILE ...]    without files: golden/ and quirks made here
set -u

here=$(cd "$(dirname "$0")" && pwd)
count=${1:-$here/../../build/bin/wardmote-count}
[ $# -gt 0 ] && shift
passed=0
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

pass_or_fail() {
    if [ "$1" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $2"
    fi
}

# outcome FILE: every rule's outcome, without what names or judges the file itself.
outcome() {
    for rule in greedy greedy-points-raw greedy-borda-raw phragmen; do
        "$count" tally "$1" --rule $rule --json 2>&1 |
            sed '/sha256/d; /"num_warnings"/d; /"warnings": \[\]/d; /"warnings": \[/,/\]/d; s|^wardmote-count: [^:]*: ||'
    done
}

# round_trip FILE
round_trip() {
    "$count" convert "$1" -o "$work/once.pb" 2>"$work/said" &&
        "$count" convert "$work/once.pb" >"$work/twice.pb" 2>"$work/said-again" &&
        cmp "$work/once.pb" "$work/twice.pb"
    pass_or_fail $? "convert $1 twice gives the same bytes: $(cat "$work/said")"
    [ ! -s "$work/said-again" ]
    pass_or_fail $? "convert $1 again changes nothing: $(cat "$work/said-again")"
    outcome "$1" >"$work/before"
    outcome "$work/once.pb" >"$work/after"
    diff "$work/before" "$work/after" >"$work/diff"
    pass_or_fail $? "$1 reads to the same election: $(head -5 "$work/diff")"
}

# says FILE WORDS: convert says so, and the output passes --strict.
says() {
    "$count" convert "$1" 2>"$work/said" >"$work/out.pb" && grep -qF -- "$2" "$work/said" &&
        "$count" tally "$work/out.pb" --strict >"$work/tally" 2>&1
    pass_or_fail $? "convert $1 says \"$2\": $(cat "$work/said" "$work/tally")"
}

if [ $# -gt 0 ]; then
    for file; do
        round_trip "$file"
    done
else
    printf '\357\273\277Meta\r\ndescription;"a ""b""; c"\r\nbudget;100,5\r\nvote_type;cumulative\r\n' \
        >"$work/quirks.pb"
    printf 'max_sum_points;10\r\ndate_begin;5.9.2023\r\nnum_votes;9\r\n\r\nPROJECTS\r\n' \
        >>"$work/quirks.pb"
    printf 'votes;selected;target;cost;project_id\r\n7;True;"x;y";50,25;a\r\n1;False;;40;b;;\r\n' \
        >>"$work/quirks.pb"
    printf 'VOTES\r\nvoting_method;points;vote;voter_id\r\nsms;3, 4,5;a,b,a;1\r\npaper;2;b;2' \
        >>"$work/quirks.pb"
    # Ballots that would be taken for an empty line or a title, once tidied.
    printf 'META\nbudget;9\nvote_type;approval\nVOTES;;x\nPROJECTS\nproject_id;cost\nMETA;5\nb;6\n' \
        >"$work/bare.pb"
    printf 'VOTES\nvote;voter_id\nMETA,;;\n,;\n;;x\nb;\n' >>"$work/bare.pb"
    for file in "$work/bare.pb" "$here"/golden/*.pb "$work/quirks.pb"; do
        round_trip "$file"
    done
    says "$work/quirks.pb" 'voting_method sms became internet'
    says "$work/quirks.pb" 'key;value was added'
    says "$work/quirks.pb" '2 times: a decimal comma became a point'
    grep -q '^internet;5,4;a,b;1$' "$work/out.pb" && grep -q '^1;1;"x;y";50.25;a$' "$work/out.pb" &&
        grep -q '^comment;#1: ballots sent by text' "$work/out.pb" &&
        grep -q '^votes;selected;beneficiaries;cost;project_id$' "$work/out.pb" &&
        grep -q '^date_begin;05.09.2023$' "$work/out.pb" && ! grep -q "$(printf '\r')" "$work/out.pb"
    pass_or_fail $? "quirks come out as the format has them: $(cat "$work/out.pb")"
    "$count" convert - <"$work/quirks.pb" 2>/dev/null | cmp - "$work/out.pb"
    pass_or_fail $? "convert of standard input"
    cp "$work/quirks.pb" "$work/self.pb"
    "$count" convert "$work/self.pb" -o "$work/self.pb" 2>/dev/null && cmp "$work/self.pb" "$work/out.pb"
    pass_or_fail $? "convert of a file onto itself"
    printf 'META\nbudget;ten\n' >"$work/bad.pb"
    ! "$count" convert "$work/bad.pb" -o "$work/none.pb" 2>"$work/said" &&
        [ ! -e "$work/none.pb" ] && [ ! -e "$work/none.pb.part" ]
    pass_or_fail $? "a file that cannot be read leaves nothing behind"
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
