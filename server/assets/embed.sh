#!/bin/sh
# embed.sh FILE...: writes C source with each file's bytes, type and SHA-256 to standard output.
set -eu

content_type() {
    case $1 in
    *.css) echo 'text/css; charset=utf-8' ;;
    *.js) echo 'text/javascript; charset=utf-8' ;;
    *.svg) echo 'image/svg+xml' ;;
    *.ico) echo 'image/x-icon' ;;
    *.png) echo 'image/png' ;;
    *.json) echo 'application/json' ;;
    *) echo "embed.sh: no content type for $1" >&2; exit 1 ;;
    esac
}

echo '/* Made by server/assets/embed.sh: the files of server/assets as bytes. */'
echo '#include "server/assets.h"'
n=0
for file; do
    printf 'static const unsigned char file_%d[] = {\n' "$n"
    od -An -v -tu1 -w24 "$file" | sed 's/  */,/g; s/^,//; s/$/,/'
    # One byte more, so that an empty file is an array too.
    echo '0};'
    n=$((n + 1))
done
echo 'const struct asset assets[] = {'
n=0
for file; do
    type=$(content_type "$file")
    hash=$(sha256sum <"$file" | cut -c1-64)
    printf '    {"%s", "%s", file_%d, sizeof file_%d - 1, "%s"},\n' \
        "${file##*/}" "$type" "$n" "$n" "$hash"
    n=$((n + 1))
done
[ "$n" -gt 0 ] || echo '    {0}'
echo '};'
printf 'const size_t assets_count = %d;\n' "$n"
