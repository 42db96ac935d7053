/* provider_words.c: reads characters as providers write them. */
#include "server/provider_words.h"

#include "common/utf8.h"
#include <strings.h>

const char *words_to_utf8(struct arena *arena, const char *words, const char *charset)
{
    bool western = strcasecmp(charset, "windows-1252") == 0 || strcasecmp(charset, "cp1252") == 0 ||
                   strcasecmp(charset, "iso-8859-1") == 0 || strcasecmp(charset, "latin1") == 0;
    size_t len = strlen(words);
    if (!western)
        return utf8_valid(words, len) ? words : NULL;
    struct buf b = buf_new(3 * len + 1);
    for (size_t i = 0; i < len; i++) {
        char bytes[4];
        buf_add(&b, bytes, utf8_put(windows_1252_point((uint8_t)words[i]), bytes));
    }
    const char *text = arena_strdup(arena, buf_str(&b));
    buf_free(&b);
    return text;
}
