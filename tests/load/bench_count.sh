# bench_count.sh: the measurements of wardmote-count; read by bench.sh, which has verdict() and dir.

# timed FILE ARGS...: counts it, prints "USER_SECONDS PEAK_MIB"; the JSON goes to $dir/count.json.
timed() {
    local file=$1
    shift
    /usr/bin/time -f '%U %M' -o "$dir/time" "$build/bin/wardmote-count" tally "$file" --json "$@" \
        >"$dir/count.json" || fail "wardmote-count failed"
    awk '{ printf "%s %.1f\n", $1, $2 / 1024 }' "$dir/time"
}

# made VOTERS PROJECTS: a made-up election; prints its path.
made() {
    local file=$dir/votes-$1-$2.pb
    [ -s "$file" ] || "$build/tests/votes" "$1" "$2" 1 >"$file" || fail "votes failed"
    echo "$file"
}

# Add1U with reasons, parsing included: 1.0 s and 128 MiB for 100,000 x 150; 0.7 s at Lodz's size.
count_add1u() {
    local seconds_used mib
    read -r seconds_used mib < <(timed "$(made 100000 150)" --rule mes)
    verdict count_add1u_seconds "$seconds_used" 1.0 at_most 1
    verdict count_add1u_mib "$mib" 128 at_most 1
    read -r seconds_used mib < <(timed "$(made 90000 160)" --rule mes)
    verdict count_add1u_lodz_seconds "$seconds_used" 0.7 at_most 1
}

# Seconds of the path in rationals against the filtered one, reasons included, on 10,000 voters in
# steps of 25: at least 20 times as many, for the same bytes.
count_exact() {
    local plain filtered rest file
    file=$(made 10000 150)
    read -r plain rest < <(timed "$file" --rule mes --increment 25 --exact)
    mv "$dir/count.json" "$dir/plain.json"
    read -r filtered rest < <(timed "$file" --rule mes --increment 25)
    cmp "$dir/plain.json" "$dir/count.json" || fail "the two paths differ"
    verdict count_exact "$plain" "$filtered" at_least 20
}

# A million voters against ten times 100,000, in seconds for each million ballots.
count_million() {
    local small large rest
    read -r small rest < <(timed "$(made 100000 200)" --rule mes)
    read -r large rest < <(timed "$(made 1000000 200)" --rule mes)
    note "million $large s $rest MiB"
    verdict count_million "$large" "$(awk -v a="$small" 'BEGIN { print a * 10 }')" at_most 1.5
}

# Over parsing, which is what `greedy` takes nearly all its time for.
count_phragmen() {
    local greedy phragmen rest file
    file=$(made 100000 150)
    read -r greedy rest < <(timed "$file" --rule greedy)
    read -r phragmen rest < <(timed "$file" --rule phragmen)
    verdict count_phragmen "$(awk -v a="$phragmen" -v b="$greedy" 'BEGIN { print a - b }')" 0.3 \
        at_most 1
}

# Bytes a second of reading and checking every ballot (greedy with its outcome included) against
# Python's csv module splitting the same file's lines into cells, in MB of 10^6 bytes; at least
# 150 MB/s, which is verdict count_parse.
count_parse() {
    local seconds_used rest file megabytes python
    file=$(made 1000000 200)
    megabytes=$(awk -v b="$(stat -c %s "$file")" 'BEGIN { print b / 1e6 }')
    read -r seconds_used rest < <(timed "$file" --rule greedy)
    /usr/bin/time -f '%U' -o "$dir/time" python3 -c 'import csv, sys
for row in csv.reader(open(sys.argv[1], newline=""), delimiter=";"): row[-1].split(",")' "$file"
    python=$(cat "$dir/time")
    note "parse $megabytes MB in $seconds_used s, $rest MiB; Python's csv module $python s"
    verdict count_parse "$(awk -v m="$megabytes" -v s="$seconds_used" 'BEGIN { printf "%.0f", m / s }')" \
        "$(awk -v m="$megabytes" -v s="$python" 'BEGIN { printf "%.0f", m / s }')" at_least 2
    verdict count_parse_mb_per_s "$(awk -v m="$megabytes" -v s="$seconds_used" \
        'BEGIN { printf "%.0f", m / s }')" 150 at_least 1
}
