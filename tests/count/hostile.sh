#!/bin/sh
# hostile.sh: files that are wrong on purpose, by file and by pipe: each is refused with its line and
# the cause, by tally, check and convert, in bounded memory; nothing crashes and nothing hangs.
#
#   hostile.sh [path of wardmote-count]
#
# What is big comes out of a pipe and is never kept.
set -u

here=$(cd "$(dirname "$0")" && pwd)
count=${1:-$here/../../build/bin/wardmote-count}
passed=0
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# KiB of address space; sanitisers want all of it.
case $count in
*asan*) memory=unlimited ;;
*) memory=200000 ;;
esac

pass_or_fail() {
    if [ "$1" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $2"
    fi
}

# bounded ARGUMENTS: runs it within the bounds; output in $work/out and $work/err.
bounded() {
    (ulimit -v "$memory" && exec timeout 60 "$count" "$@") >"$work/out" 2>"$work/err"
}

# refused NAME LINE WORDS: standard input, which may be endless, is refused so by all commands.
# It is made anew for each: `make_NAME` writes it.
refused() {
    "make_$1" 2>/dev/null | bounded tally -
    [ $? -eq 1 ] && grep -qF -- "-:$2: $3" "$work/err" && [ ! -s "$work/out" ]
    pass_or_fail $? "$1: tally says $2: $3: $(head -c 300 "$work/err")"
    "make_$1" 2>/dev/null | bounded convert -
    [ $? -eq 1 ] && grep -qF -- "-:$2: $3" "$work/err"
    pass_or_fail $? "$1: convert says $2: $3: $(head -c 300 "$work/err")"
    "make_$1" 2>/dev/null | bounded check -
    [ $? -eq 1 ] && grep -q "^-:$2: error: " "$work/out" && [ ! -s "$work/err" ]
    pass_or_fail $? "$1: check names line $2: $(head -c 300 "$work/out")"
}

# counted NAME: is read, counted and checked to the end.
counted() {
    "make_$1" 2>/dev/null | bounded tally - --json
    pass_or_fail $? "$1 is counted: $(head -c 300 "$work/err")"
    "make_$1" 2>/dev/null | bounded check -
    [ $? -le 1 ] && tail -n 1 "$work/out" | grep -q '^[0-9]* errors*, [0-9]* warnings*$'
    pass_or_fail $? "$1 is checked: $(tail -c 300 "$work/out" "$work/err")"
}

# many N WORD: the word N times, on one line without its end.
many() {
    yes "$2" | head -n "$1" | tr -d '\n'
}

meta() {
    printf 'META\nkey;value\nbudget;%s\nvote_type;%s\n' "${1:-100}" "${2:-approval}"
}

projects() {
    printf 'PROJECTS\nproject_id;cost\na;%s\nb;20\n' "${1:-10}"
}

votes() {
    printf 'VOTES\nvoter_id;vote\n'
}

# A gigabyte of one line, at its beginning, in a ballot, within quotes.
make_long_line() { yes aaaaaaaaaaaaaaa | head -c 1073741824 | tr -d '\n'; }
make_long_ballot() { meta && projects && votes && printf '1;' && make_long_line; }
make_long_quote() { meta && projects && votes && printf '1;"a' && yes a | head -c 1073741824; }
refused long_line 1 'a record of more than 1048576 bytes'
refused long_ballot 11 'a record of more than 1048576 bytes'
refused long_quote 11 'a record of more than 1048576 bytes (is a quote not closed?)'

# The same as a file that is a gigabyte on paper only: a hole reads as NULs.
meta >"$work/hole.pb"
truncate -s 1G "$work/hole.pb"
for command in tally check convert; do
    bounded "$command" "$work/hole.pb"
    [ $? -eq 1 ] && cat "$work/out" "$work/err" | grep -q 'hole.pb:5: .*a NUL byte'
    pass_or_fail $? "$command of a hole: $(cat "$work/out" "$work/err")"
done
rm "$work/hole.pb"

make_nul_in_meta() { printf 'META\nkey;va\0lue\n'; }
make_nul_in_vote() { meta && projects && votes && printf '1;a\n2;\0\n'; }
refused nul_in_meta 2 'a NUL byte'
refused nul_in_vote 12 'a NUL byte'

make_open_quote() { meta && projects && votes && printf '1;a\n2;"a\n3;b\n'; }
make_open_quote_at_end() { meta && projects && votes && printf '1;a\n2;"'; }
refused open_quote 12 'a field begins with a quote'
refused open_quote_at_end 12 'a field begins with a quote'

make_columns() { meta && printf 'PROJECTS\nproject_id;cost;' && many 1000000 ';' && echo; }
make_cells() { meta && projects && votes && printf '1;a' && many 1000000 ';' && echo; }
refused columns 6 'more than 200 fields on one line'
refused cells 11 'more than 200 fields on one line'

make_long_budget() { meta "$(many 1000000 9)" && projects; }
make_long_cost() { meta && projects "$(many 1000000 9)"; }
make_long_decimals() { meta && projects "0.$(many 1000000 3)"; }
make_negative_cost() { meta && projects -5; }
make_exponent() { meta 1e3; projects; }
make_infinite() { meta inf; projects; }
refused long_budget 3 'META "budget" is too long'
refused long_cost 7 'cost "999'
refused long_decimals 7 'cost "0.333'
refused negative_cost 7 'cost "-5" is not an amount'
refused exponent 3 'budget "1e3" is not an amount'
refused infinite 3 'budget "inf" is not an amount'

make_not_utf8() { meta && projects && votes && printf '1;a\n\377;b\n'; }
make_cut_off() { meta && projects && votes && printf '1'; }
make_no_votes_title() { meta && projects && printf 'voter_id;vote\n1;a\n'; }
make_twice() { meta && projects && projects; }
make_unknown_pick() { meta && projects && votes && printf '1;a,\033[31mx\n'; }
make_many_meta() { meta && seq -f 'key%.0f;1' 100000; }
make_many_projects() { meta && projects && seq -f 'p%.0f;1' 1000000; }
refused not_utf8 12 'not UTF-8'
refused cut_off 11 '1 cells where the header of VOTES has 2'
refused no_votes_title 9 'cost "vote" is not an amount'
refused twice 9 'PROJECTS comes here'
refused unknown_pick 11 'vote names "?[31mx"'
refused many_meta 203 'more than 200 lines of META'
refused many_projects 10007 'more than 10000 projects'

# Odd, but within the limits: half a million picks of the same project, of nothing; a project with a
# thousand categories; quotes within quotes; a million ballots with each its own voter.
make_repeated_picks() { meta && projects && votes && printf '1;' && many 500000 a, && printf 'b\n'; }
make_empty_picks() { meta && projects && votes && printf '1;a' && many 1000000 , && echo; }
make_quotes() { meta && projects && votes && printf '1;"' && many 500000 '""' && printf '";a\n2;b\n'; }
make_categories() {
    meta && printf 'PROJECTS\nproject_id;cost;category\na;10;' && seq -s , 50000 && votes && echo '1;a'
}
make_many_voters() { meta && projects && votes && seq -f '%.0fx;a' 1000000; }
make_empty_lines() { meta && projects && votes && yes '' | head -n 3000000; }
make_points() {
    meta 100 cumulative && projects && printf 'VOTES\nvoter_id;vote;points\n1;' &&
        many 250000 a, && printf 'b;' && many 250000 3, && printf '4\n'
}
make_empty_ballot_first() { meta && projects && votes && printf '1;\n2;a\n'; }
counted empty_ballot_first
make_empty_ballot_first | bounded tally - --rule mes
pass_or_fail $? "empty_ballot_first is counted by equal shares: $(cat "$work/err")"
counted repeated_picks
counted empty_picks
counted categories
counted many_voters
counted empty_lines
counted points
refused quotes 11 'vote names """"'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
