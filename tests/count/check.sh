#!/bin/sh
# check.sh: what wardmote-count check finds: a small file with one fault for each code word, which
# is the file's name, and files without fault; then every real election that lies beside the project.
#
#   check.sh [path of wardmote-count]
#
# After a change that is meant: write check/expected.txt anew with the command in the failure, and
# read the difference before committing it.
set -u

here=$(cd "$(dirname "$0")" && pwd)
count=${1:-$here/../../build/bin/wardmote-count}
data=$here/../../../shared/pb
passed=0
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case $count in
/*) ;;
*) count=$PWD/$count ;;
esac

pass_or_fail() {
    if [ "$1" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $2"
    fi
}

cd "$here/check" || exit 1
for file in *.pb; do
    echo "$file"
    "$count" check "$file"
done >"$work/found"
diff -u expected.txt "$work/found"
pass_or_fail $? "(cd tests/count/check && for f in *.pb; do echo \$f; wardmote-count check \$f; done >expected.txt)"

# Each code word has its file, which shows it; and the manual explains it. Of too-many the file is
# too big to be kept.
{ sed '/^VOTES$/q' sound-approval.pb && yes '' | head -n 1100000; } >"$work/too-many.pb"
(cd "$work" && "$count" check too-many.pb) >>"$work/found"
rm "$work/too-many.pb"
for code in $("$count" check --codes | cut -d' ' -f1); do
    grep -q "^$code\.pb:.*\[$code\]\$" "$work/found"
    pass_or_fail $? "check/$code.pb shows [$code]"
    sed 's/\\-/-/g' "$here/../../count/wardmote-count.1" | grep -qx "\.IP $code"
    pass_or_fail $? "wardmote-count.1 explains $code"
done
for file in sound-*.pb; do
    "$count" check "$file" --strict >"$work/out"
    pass_or_fail $? "$file is sound: $(cat "$work/out")"
done

# What the exit status says.
"$count" check key-order.pb >/dev/null
pass_or_fail $? "warnings alone are no failure"
"$count" check key-order.pb --strict >/dev/null
[ $? -eq 1 ]
pass_or_fail $? "warnings are a failure with --strict"
"$count" check num-votes.pb >/dev/null
[ $? -eq 1 ]
pass_or_fail $? "an error is a failure"
"$count" check - <voter-repeated.pb | sed 's/^-:/voter-repeated.pb:/' >"$work/piped"
"$count" check voter-repeated.pb | cmp - "$work/piped"
pass_or_fail $? "standard input is checked like a file"

# Twenty of a kind are told, the others counted.
sed '/^voter_id;vote$/q' pick-unknown.pb >"$work/many.pb"
seq 50 | sed 's/$/;x/' >>"$work/many.pb"
[ "$("$count" check "$work/many.pb" | grep -c 'no project \[pick-unknown\]')" -eq 20 ] &&
    "$count" check "$work/many.pb" | grep -q ': 30 more \[pick-unknown\]$'
pass_or_fail $? "what comes 50 times is told 20 times and counted"

for path in "$data"/elections/*.pb "$data"/probes/*.pb; do
    [ -f "$path" ] || continue
    "$count" check "$path" >"$work/out" 2>"$work/err"
    status=$?
    [ "$status" -le 1 ] && [ ! -s "$work/err" ] && ! grep -q 'uncountable\|unreadable' "$work/out"
    pass_or_fail $? "${path##*/} is checked: status $status, $(cat "$work/err")"
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
