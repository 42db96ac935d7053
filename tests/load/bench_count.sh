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

# read_only FILE: reads it and counts nothing, as its ballots are not what the rule counts; prints the
# same two figures.
read_only() {
    /usr/bin/time -f '%U %M' -o "$dir/time" "$build/bin/wardmote-count" tally "$1" --rule greedy-borda \
        >"$dir/count.json" 2>"$dir/refused" && fail "a vote without rankings was counted by them"
    grep -q "these ballots are no rankings" "$dir/refused" || fail "reading ended otherwise: $(cat "$dir/refused")"
    tail -n 1 "$dir/time" | awk '{ printf "%s %.1f\n", $1, $2 / 1024 }'
}

minus() { awk -v a="$1" -v b="$2" 'BEGIN { d = a - b; print (d > 0 ? d : 0) }'; }

# What others need is measured or published elsewhere: user seconds and peak memory of pabutools 1.2.3
# (Python, fractions) and of the tool at equalshares.net (JavaScript, floats) for the same election or
# one of the same size, on two cores of the same kind.

# Add1U with reasons, parsing included: 1.0 s and 128 MiB for 100,000 x 150; 0.7 s at Lodz's size.
count_add1u() {
    local seconds_used mib
    read -r seconds_used mib < <(timed "$(made 100000 150)" --rule mes)
    verdict count_add1u_seconds "$seconds_used" 1.0 at_most 1 \
        "peak $mib MiB; pabutools 234 s, 4,500 MiB; JavaScript, in floats, 12 s, 203 MiB"
    verdict count_add1u_mib "$mib" 128 at_most 1
    read -r seconds_used mib < <(timed "$(made 90000 160)" --rule mes)
    verdict count_add1u_lodz_seconds "$seconds_used" 0.7 at_most 1 \
        "peak $mib MiB; pabutools, Lodz 2022, 59 s, 1,312 MiB; JavaScript, in floats, 16 s, 270 MiB"
}

# Seconds of the path in rationals against the filtered one, reasons included, on 10,000 voters in
# steps of 25: at least 20 times as many, for the same bytes.
count_exact() {
    local plain filtered plain_mib mib file
    file=$(made 10000 150)
    read -r plain plain_mib < <(timed "$file" --rule mes --increment 25 --exact)
    mv "$dir/count.json" "$dir/plain.json"
    read -r filtered mib < <(timed "$file" --rule mes --increment 25)
    cmp "$dir/plain.json" "$dir/count.json" || fail "the two paths differ"
    verdict count_exact "$plain" "$filtered" at_least 20 "peak $mib MiB; in rationals $plain_mib MiB"
}

# A million voters against ten times 100,000: 1 would be linear.
count_million() {
    local small large small_mib mib
    read -r small small_mib < <(timed "$(made 100000 200)" --rule mes)
    read -r large mib < <(timed "$(made 1000000 200)" --rule mes)
    verdict count_million "$large" "$(awk -v a="$small" 'BEGIN { print a * 10 }')" at_most 1.5 \
        "peak $mib MiB; 100,000 voters $small s, $small_mib MiB; nobody publishes a million"
}

# Seconds over reading.
count_greedy() {
    local reading greedy phragmen mib phragmen_mib rest file
    file=$(made 100000 150)
    read -r reading rest < <(read_only "$file")
    read -r greedy mib < <(timed "$file" --rule greedy)
    read -r phragmen phragmen_mib < <(timed "$file" --rule phragmen)
    verdict count_greedy "$(minus "$greedy" "$reading")" 0.3 at_most 1 \
        "peak $mib MiB; reading alone $reading s; pabutools with reading 36 s, 1,533 MiB"
    verdict count_phragmen "$(minus "$phragmen" "$reading")" 0.3 at_most 1 \
        "peak $phragmen_mib MiB; pabutools with reading 38 s, 316 MiB"
}

# MB of 10^6 bytes a second of reading and checking every ballot, against Python's csv module splitting
# the same file's lines into cells; and against 150.
count_parse() {
    local reading mib file megabytes python ours
    file=$(made 1000000 200)
    megabytes=$(awk -v b="$(stat -c %s "$file")" 'BEGIN { print b / 1e6 }')
    read -r reading mib < <(read_only "$file")
    /usr/bin/time -f '%U' -o "$dir/time" python3 -c 'import csv, sys
for row in csv.reader(open(sys.argv[1], newline=""), delimiter=";"): row[-1].split(",")' "$file"
    python=$(cat "$dir/time")
    ours=$(awk -v m="$megabytes" -v s="$reading" 'BEGIN { printf "%.0f", m / s }')
    verdict count_parse "$ours" \
        "$(awk -v m="$megabytes" -v s="$python" 'BEGIN { printf "%.0f", m / s }')" at_least 2 \
        "peak $mib MiB for $megabytes MB; pabutools takes 4 to 15 s for a tenth of it"
    verdict count_parse_mb_per_s "$ours" 150 at_least 1
}
