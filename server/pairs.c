/* pairs.c: takes apart forms and JSON from providers. */
#include "server/pairs.h"

#include "server/request_parse.h"
#include <jansson.h>

enum { DEPTH_MAX = 8, NAME_MAX_LEN = 400 };

static bool add(struct pairs *p, const char *name, const char *value)
{
    if (p->n == PAIRS_MAX)
        return false;
    p->pair[p->n++] = (struct pair){name, value};
    return true;
}

/* --- forms -------------------------------------------------------------------------------- */

/* NULL at a wrong percent sign or a NUL. */
static const char *decode(struct arena *arena, const char *bytes, size_t len)
{
    char *out = arena_alloc(arena, len + 1);
    long n = percent_decode(bytes, len, true, out);
    return n >= 0 && memchr(out, '\0', (size_t)n) == NULL ? out : NULL;
}

bool pairs_add_form(struct pairs *p, struct arena *arena, const char *bytes, size_t len)
{
    const char *end = bytes + len;
    for (const char *at = bytes; at < end;) {
        const char *stop = memchr(at, '&', (size_t)(end - at));
        if (stop == NULL)
            stop = end;
        const char *equals = memchr(at, '=', (size_t)(stop - at));
        const char *name_end = equals != NULL ? equals : stop;
        const char *value_at = equals != NULL ? equals + 1 : stop;
        if (stop > at) {
            const char *name = decode(arena, at, (size_t)(name_end - at));
            const char *value = decode(arena, value_at, (size_t)(stop - value_at));
            if (name == NULL || value == NULL || !add(p, name, value))
                return false;
        }
        at = stop + 1;
    }
    return true;
}

/* --- JSON --------------------------------------------------------------------------------- */

static bool add_value(struct pairs *p, struct arena *arena, const char *name, const json_t *value,
                      int depth);

static const char *below(struct arena *arena, const char *name, const char *key)
{
    return name[0] != '\0' ? arena_fmt(arena, "%s.%s", name, key) : arena_strdup(arena, key);
}

static bool add_members(struct pairs *p, struct arena *arena, const char *name, const json_t *value,
                        int depth)
{
    char index[24];
    const char *key;
    json_t *member;
    if (depth > DEPTH_MAX || strlen(name) > NAME_MAX_LEN)
        return false;
    json_object_foreach(
        (json_t *)value, key,
        member) if (!add_value(p, arena, below(arena, name, key), member, depth)) return false;
    for (size_t i = 0; i < json_array_size(value); i++) {
        snprintf(index, sizeof index, "%zu", i);
        if (!add_value(p, arena, below(arena, name, index), json_array_get(value, i), depth))
            return false;
    }
    return true;
}

static bool add_value(struct pairs *p, struct arena *arena, const char *name, const json_t *value,
                      int depth)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
    case JSON_ARRAY:
        return add_members(p, arena, name, value, depth + 1);
    case JSON_STRING:
        return strlen(json_string_value(value)) == json_string_length(value) &&
               add(p, name, arena_strdup(arena, json_string_value(value)));
    case JSON_INTEGER:
        return add(p, name, arena_fmt(arena, "%lld", (long long)json_integer_value(value)));
    case JSON_REAL:
        return add(p, name, arena_fmt(arena, "%.17g", json_real_value(value)));
    case JSON_TRUE:
        return add(p, name, "true");
    case JSON_FALSE:
        return add(p, name, "false");
    case JSON_NULL:
        break;
    }
    return true;
}

bool pairs_add_json(struct pairs *p, struct arena *arena, const char *bytes, size_t len)
{
    json_t *object = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, NULL);
    bool good = json_is_object(object) && add_members(p, arena, "", object, 0);
    json_decref(object);
    return good;
}

bool pairs_add_body(struct pairs *p, struct arena *arena, const char *bytes, size_t len)
{
    size_t blank = strspn(bytes, " \t\r\n");
    if (blank < len && bytes[blank] == '{')
        return pairs_add_json(p, arena, bytes, len);
    return pairs_add_form(p, arena, bytes, len);
}

const char *pairs_get(const struct pairs *p, const char *name)
{
    const char *found = NULL;
    for (int i = 0; i < p->n; i++) {
        if (strcmp(p->pair[i].name, name) != 0)
            continue;
        if (found != NULL)
            return NULL;
        found = p->pair[i].value;
    }
    return found;
}
