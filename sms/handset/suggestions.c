/* suggestions.c: reads the example texts. */
#include "sms/handset/suggestions.h"

#include <errno.h>
#include <jansson.h>

#include "common/log.h"
#include "sms/handset/text.h"

static void take(const json_t *list, struct arena *arena, struct suggestions *out)
{
    size_t i;
    json_t *value;
    json_array_foreach(list, i, value)
    {
        const char *text = json_string_value(value);
        if (text && *text && strlen(text) <= SUGGESTIONS_LEN_MAX && text_is_clean(text, false) &&
            out->n < SUGGESTIONS_MAX)
            out->text[out->n++] = arena_strdup(arena, text);
    }
}

void suggestions_read(const char *path, struct arena *arena, struct suggestions *out)
{
    json_error_t error;
    out->n = 0;
    FILE *file = path[0] ? fopen(path, "re") : NULL;
    if (file) {
        json_t *list = json_loadf(file, JSON_REJECT_DUPLICATES, &error);
        if (json_is_array(list))
            take(list, arena, out);
        else
            log_warn("suggestions_file line %d is not a JSON array of strings", error.line);
        json_decref(list);
        fclose(file);
    } else if (path[0] && errno != ENOENT) {
        log_warn("suggestions_file cannot be read: %s", strerror(errno));
    }
    if (out->n == 0)
        out->text[out->n++] = "HELP";
}
