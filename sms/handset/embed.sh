#!/bin/sh
# embed.sh: writes handset_assets.c from phone.css, phone.js and icon.svg, one C string a line.
# Run it in this folder after changing one of them: sh embed.sh >handset_assets.c
# tests/sms/handset.test.mjs compares.
set -eu
cd "$(dirname "$0")"
echo '/* handset_assets.c: the page'\''s files as C strings. Written by embed.sh; do not edit. */'
echo '/* clang-format off */'
echo '#include "sms/handset/assets.h"'
for file in phone.css phone.js icon.svg; do
    printf '\nconst char handset_%s[] =' "$(echo "$file" | tr . _)"
    # Question marks are escaped for trigraphs' sake.
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/?/\\?/g' -e 's/^/\n    "/' -e 's/$/\\n"/' "$file" |
        sed -e '/^$/d' | { echo; cat; } | sed -e '$s/$/;/'
done
