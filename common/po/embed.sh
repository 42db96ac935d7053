#!/bin/sh
# embed.sh LANGUAGE.po...: prints C that holds these catalogues, and the pseudo-locale ar-XB made of
# the first one's English words. msgattrib writes a .po file's strings as C writes them: an entry's
# lines are copied, not understood. Fuzzy and obsolete entries are left out.
set -eu

# entries PSEUDO: the rows of a table, from what msgattrib prints.
entries() {
    awk -v pseudo="$1" '
        function flush(    f) {
            if (id != "" && id != "\"\"") {
                if (pseudo) {
                    form[0] = "\"\\u202e\" " id " \"\\u202c\""
                    if (more != "") form[1] = "\"\\u202e\" " more " \"\\u202c\""
                    for (f = more == "" ? 1 : 2; f < 3; f++) delete form[f]
                }
                printf "    {%s, {%s", id, form[0]
                for (f = 1; f in form; f++) printf ", %s", form[f]
                print "}},"
            }
            id = more = ""
            delete form
        }
        /^msgid "/        { flush(); part = "id"; id = substr($0, 7); next }
        /^msgid_plural "/ { part = "more"; more = substr($0, 14); next }
        /^msgstr "/       { part = 0; form[0] = substr($0, 8); next }
        /^msgstr\[/       { part = substr($0, 8, 1) + 0; form[part] = substr($0, 11); next }
        /^"/ && part == "id"   { id = id " " $0; next }
        /^"/ && part == "more" { more = more " " $0; next }
        /^"/                   { form[part] = form[part] " " $0; next }
        END { flush() }'
}

# table NAME PO PSEUDO PLURAL
table() {
    echo
    echo "static struct translation words_$1[] = {"
    msgattrib --translated --no-fuzzy --no-obsolete --no-wrap "$2" | entries "$3"
    echo "};"
    echo
    echo "static unsigned plural_$1(unsigned long n)"
    echo "{"
    echo "    return (unsigned)($4);"
    echo "}"
}

row() {
    echo "    [LANGUAGE_$2] = {words_$1, sizeof words_$1 / sizeof *words_$1, plural_$1},"
}

echo "/* Made by common/po/embed.sh. */"
echo '#include "common/language_private.h"'
rows=
for po; do
    name=$(basename "$po" .po)
    plural=$(sed -n 's/.*plural=\(.*\);.*/\1/p' "$po" | head -n 1)
    table "$name" "$po" "" "$plural"
    rows="$rows
$(row "$name" "$(echo "$name" | tr '[:lower:]-' '[:upper:]_')")"
done
table pseudo "$1" 1 "n != 1"
echo
echo "struct catalogue catalogues[LANGUAGES] = {$rows"
row pseudo AR_XB
echo "};"
