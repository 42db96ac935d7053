#!/bin/sh
# golden.sh: what wardmote-count writes, byte for byte, and how it refuses.
#
#   golden.sh [path of wardmote-count]
#
# After a change that is meant: write the file anew with the command in the failure, and read the
# difference before committing it.
set -u

here=$(cd "$(dirname "$0")" && pwd)
count=${1:-$here/../../build/bin/wardmote-count}
golden=$here/golden
seed=5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed
passed=0
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

case $count in
/*) ;;
*) count=$PWD/$count ;;
esac
if [ ! -x "$count" ]; then
    echo "failed: there is no program at $count"
    exit 1
fi

pass_or_fail() {
    if [ "$1" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $2"
    fi
}

# same GOLDEN ARGUMENTS: the program's output is the golden file.
same() {
    wanted=$1
    shift
    "$count" "$@" >"$work/out" 2>&1
    diff -u "$golden/$wanted" "$work/out"
    pass_or_fail $? "(cd tests/count/golden && wardmote-count $* > $wanted)"
}

# refused STATUS WORDS ARGUMENTS: exit status, words on stderr, nothing on stdout.
refused() {
    status=$1
    words=$2
    shift 2
    "$count" "$@" >"$work/out" 2>"$work/err" </dev/null
    got=$?
    [ "$got" -eq "$status" ] && grep -qF -- "$words" "$work/err" && [ ! -s "$work/out" ]
    pass_or_fail $? "wardmote-count $*: exit $got, $(cat "$work/err")"
}

cd "$golden" || exit 1
same street.json tally street.pb --fund-unsupported no --json
same street.json tally --json --fund-unsupported no --rule greedy street.pb
same points.json tally points.pb --rule greedy-points-raw --json
same points-explain.txt tally points.pb --rule greedy-points-raw --explain
same ranking.json tally ranking.pb --rule greedy-borda-raw --json
same ranking-explain.txt tally ranking.pb --rule greedy-borda-raw --explain
same points-per-cost.json tally points.pb --rule greedy-points --json --overshoot 15 --minimum-share 50
same ranking-per-cost.txt tally ranking.pb --rule greedy-borda --explain --part-fund 10
same street-density.txt tally street.pb --rule greedy-density --skip no --threshold 3 --explain
sed 's/;7,2;/;7,2,;/' points.pb >"$work/comma.pb"
refused 1 ":27: each project of a ballot needs points" tally "$work/comma.pb" --rule greedy-points
same decimals.json tally decimals.pb --rule greedy-points --json
same decimals-mes.txt tally decimals.pb --rule mes --utility points --explain
same points-mes.json tally points.pb --rule mes --utility points --json
same street-ees.txt tally street.pb --rule ees --explain
same street-ees.json tally street.pb --rule ees --increment 0 --utility card --completion add-opt --comparison greedy --json
same points-cstv.txt tally points.pb --rule cstv --explain
same points-cstv-mt.json tally points.pb --rule cstv --variant mtc --json
same street-bos.txt tally street.pb --rule bos --explain
same street-maximin.txt tally street.pb --rule maximin --explain
same street-welfare.txt tally street.pb --rule welfare --utility cost --explain
refused 1 "settles ties" tally street.pb --rule welfare --ties error
same points-phragmen.txt tally points.pb --rule phragmen --explain
same rivals.txt tally rivals.pb --rule greedy-points-raw --minimum-votes 2
refused 1 "give no points" tally ranking.pb --rule greedy-points
refused 1 "no rankings" tally points.pb --rule greedy-borda
same street-seed.json tally street.pb --seed "$seed" --minimum-votes 4 --json
same street.txt tally street.pb --seed "$seed"
same street-explain.txt tally street.pb --explain --fund-unsupported no
same question.json tally question.pb --rule yes-no --minimum-votes 5 --json
same question.txt tally question.pb --rule yes-no --minimum-votes 6
same question-explain.txt tally question.pb --rule yes-no --explain
same street-compare.txt compare street.pb --rules greedy,mes:utility=card:completion=none,phragmen
same street-compare.json compare street.pb --json --rules "greedy,mes" --seed "$seed"
"$count" --help >"$work/out" && grep -q 'fund-unsupported' "$work/out"
pass_or_fail $? "--help lists the settings of rules"
"$count" tally --help | cmp -s - "$work/out"
pass_or_fail $? "--help after a command"
# Every example of --help, on files of those names; a pager need not be there.
mkdir "$work/examples" && cp ../check/sound-approval.pb "$work/examples/acomb-2025.pb" &&
    cp question.pb "$work/examples/agreement.pb" && ln -s "$count" "$work/examples/wardmote-count"
"$count" --help | sed -n '/^Examples:/,/^$/s/^  \(wardmote-count .*\)/\1/p' |
    sed 's/| less$/| cat/' >"$work/examples.sh"
[ "$(wc -l <"$work/examples.sh")" -ge 7 ] && (cd "$work/examples" && PATH=.:$PATH &&
    set -e && . "$work/examples.sh") >"$work/out" 2>&1 </dev/null
pass_or_fail $? "the examples of --help: $(tail -3 "$work/out")"
"$count" --version | grep -q '^wardmote-count [0-9u]'
pass_or_fail $? "--version"

printf 'META\nbudget;ten\nvote_type;approval\nPROJECTS\n' >"$work/bad.pb"
sed 's/^num_votes;12/num_votes;13/' street.pb >"$work/odd.pb"
refused 1 'bad.pb:2: budget "ten" is not an amount' tally "$work/bad.pb"
refused 1 'No such file' tally "$work/none.pb"
refused 1 'could not be read' tally "$work"
refused 1 'before META' tally -
refused 1 'num_votes 13, but the file has 12' tally "$work/odd.pb" --strict
refused 1 'choose-1' tally street.pb --rule yes-no
refused 64 'no command' ''
refused 64 'there is no command elect' elect street.pb
refused 64 'which file?' tally
refused 64 '--ties takes break or error' tally street.pb --ties ask
refused 64 '--overshoot takes a percentage' tally street.pb --overshoot 100.5
refused 2 'tie between 1024, 1035' tally street.pb --rule greedy-density --skip no --ties error
refused 2 'tie of 2 at step' tally idle.pb --rule mes --ties error
refused 2 'tie between 1047, 1024, 1035' tally street.pb --ties error
"$count" tally idle.pb --ties error >"$work/out"
pass_or_fail $? "a tie that decides nothing is no error"
refused 64 'one file at a time' tally street.pb question.pb
refused 64 'there is no rule random' tally street.pb --rule random
refused 64 '--seed takes 64' tally street.pb --seed 5eed
refused 64 '--seed takes 64' tally street.pb --seed "${seed%?}g"
refused 64 'a value is missing after --seed' tally street.pb --seed
refused 64 'has no --quota' tally street.pb --quota 5
refused 64 'check takes a file' check street.pb --json
refused 64 'needs --rules' compare street.pb
refused 64 'two rules or more' compare street.pb --rules greedy
refused 64 'none called yes-no' compare street.pb --rules greedy,yes-no
refused 64 'NAME=VALUE, not utility' compare street.pb --rules greedy,mes:utility
refused 64 'has no --quota' compare street.pb --rules greedy,mes:quota=3
refused 64 '--seed takes 64' compare street.pb --rules greedy,mes --seed 5eed
refused 64 'too many rules' compare street.pb --rules mes,mes,mes,mes,mes,mes,mes,mes,mes,mes,mes,mes,mes
refused 1 'no rankings' compare street.pb --rules greedy,greedy-borda
refused 64 'which file?' convert
refused 64 'convert takes a file' convert street.pb --json
refused 64 'a value is missing after -o' convert street.pb -o
refused 1 'No such file' convert "$work/none.pb"
refused 64 'not both' tally street.pb --json --explain
refused 64 '--minimum-votes takes a whole number' tally street.pb --minimum-votes few

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
