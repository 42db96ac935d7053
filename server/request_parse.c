/* request_parse.c: takes apart what clients send, believing none of it. */
#include "server/request_parse.h"

#include "common/utf8.h"

/* --- forms -------------------------------------------------------------------------------- */

struct reading {
    struct arena *arena;
    const struct field_rule *rules;
    enum form_mode mode;
    struct form *out;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* CR LF and CR alone become LF; both ends lose their white space. */
static size_t tidy(char *value, size_t len)
{
    size_t n = 0, start = 0;
    for (size_t i = 0; i < len; i++) {
        if (value[i] == '\r' && i + 1 < len && value[i + 1] == '\n')
            continue;
        value[n++] = value[i] == '\r' ? '\n' : value[i];
    }
    while (n > 0 && is_space(value[n - 1]))
        n--;
    while (start < n && is_space(value[start]))
        start++;
    memmove(value, value + start, n - start);
    return n - start;
}

static bool is_text(const char *value, size_t len, bool block)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)value[i];
        if (c == 0x7F || (c < 0x20 && c != '\t' && !(block && c == '\n')))
            return false;
    }
    return utf8_valid(value, len);
}

/* For webhooks, whose bytes are kept as they came: only a NUL cannot stand in a string. */
static bool mend_nul(char *value, size_t len)
{
    bool any = false;
    for (size_t i = 0; i < len; i++) {
        if (value[i] == '\0') {
            value[i] = '?';
            any = true;
        }
    }
    return any;
}

static const struct field_rule *find_rule(const struct field_rule *rules, const char *name,
                                          size_t len)
{
    for (; rules != NULL && rules->name != NULL; rules++)
        if (strlen(rules->name) == len && memcmp(rules->name, name, len) == 0)
            return rules;
    return NULL;
}

static int times_seen(const struct form *form, const char *name)
{
    int times = 0;
    for (int i = 0; i < form->n; i++)
        times += form->fields[i].name == name;
    return times;
}

/* Cuts at `max` bytes, not inside a character. */
static size_t cut(const char *value, size_t len, size_t max)
{
    if (len <= max)
        return len;
    while (max > 0 && ((unsigned char)value[max] & 0xC0) == 0x80)
        max--;
    return max;
}

/* Keeps one decoded value; false refuses the form. */
static bool keep(struct reading *r, const struct field_rule *rule, char *value, size_t len)
{
    bool first = times_seen(r->out, rule->name) < rule->max_times;
    len = tidy(value, len);
    if (r->mode == FORM_PROVIDER) {
        size_t fits = cut(value, len, (size_t)rule->max_len);
        r->out->malformed |= !first || fits < len || mend_nul(value, len);
        len = fits;
        if (!first)
            return true;
    } else if (!first || len > (size_t)rule->max_len || !is_text(value, len, rule->block)) {
        return false;
    }
    value[len] = '\0';
    r->out->fields[r->out->n++] = (struct field){.name = rule->name, .value = value};
    return true;
}

static bool read_pair(struct reading *r, const char *pair, size_t len)
{
    char name[64];
    const char *equals = memchr(pair, '=', len);
    size_t name_len = equals != NULL ? (size_t)(equals - pair) : len;
    const char *value = equals != NULL ? equals + 1 : pair + len;
    size_t value_len = (size_t)(pair + len - value);
    long n = name_len <= sizeof(name) ? percent_decode(pair, name_len, true, name) : -1;
    const struct field_rule *rule = n >= 0 ? find_rule(r->rules, name, (size_t)n) : NULL;
    if (rule == NULL)
        return r->mode != FORM_STRICT;
    char *decoded = arena_alloc(r->arena, value_len + 1);
    n = percent_decode(value, value_len, true, decoded);
    if (n >= 0)
        return keep(r, rule, decoded, (size_t)n);
    if (r->mode != FORM_PROVIDER)
        return false;
    r->out->malformed = true;
    memcpy(decoded, value, value_len);
    return keep(r, rule, decoded, value_len);
}

bool form_read(struct arena *arena, const char *bytes, size_t len, const struct field_rule *rules,
               enum form_mode mode, struct form *out)
{
    struct reading r = {.arena = arena, .rules = rules, .mode = mode, .out = out};
    size_t pairs = 0;
    *out = (struct form){.fields = NULL};
    if (len == 0)
        return true;
    for (size_t i = 0; i < len; i++)
        pairs += bytes[i] == '&';
    if (pairs + 1 > REQUEST_FIELDS_MAX)
        return false;
    out->fields = arena_alloc(arena, (pairs + 1) * sizeof(*out->fields));
    for (const char *at = bytes, *end = bytes + len; at <= end;) {
        const char *next = memchr(at, '&', (size_t)(end - at));
        size_t pair = (size_t)((next != NULL ? next : end) - at);
        if (pair > 0 && !read_pair(&r, at, pair))
            return false;
        at += pair + 1;
    }
    return true;
}

/* --- paths -------------------------------------------------------------------------------- */

/* An encoded slash would read one way here and another way in a proxy's rules. */
static bool has_encoded_slash(const char *path, size_t len)
{
    for (size_t i = 0; i + 2 < len; i++)
        if (path[i] == '%' && path[i + 1] == '2' && (path[i + 2] | 0x20) == 'f')
            return true;
    return false;
}

const char *path_read(struct arena *arena, const char *target, const char **query)
{
    size_t len = strcspn(target, "?#");
    *query = target[len] == '?' ? target + len + 1 : "";
    if (target[0] != '/' || len > PATH_MAX_LEN || has_encoded_slash(target, len))
        return NULL;
    char *path = arena_alloc(arena, len + 1);
    long n = percent_decode(target, len, false, path);
    if (n < 0 || !is_text(path, (size_t)n, false) || memchr(path, '\t', (size_t)n) != NULL)
        return NULL;
    path[n] = '\0';
    return path;
}

/* --- cookies ------------------------------------------------------------------------------ */

static bool is_ours(const char *name)
{
    static const char prefix[] = "__Host-";
    if (strncmp(name, prefix, sizeof(prefix) - 1) == 0)
        name += sizeof(prefix) - 1;
    return strncmp(name, "wm_", 3) == 0;
}

static bool seen(const struct field *cookies, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (strcmp(cookies[i].name, name) == 0)
            return true;
    return false;
}

/* False when one of ours stands there twice: which of them is meant cannot be told. */
static bool keep_cookie(char *pair, struct field *cookies, int *n)
{
    char *equals = strchr(pair, '=');
    if (equals == NULL || equals == pair)
        return true;
    *equals = '\0';
    char *value = equals + 1;
    size_t len = strlen(value);
    if (len >= 2 && value[0] == '"' && value[len - 1] == '"') {
        value[len - 1] = '\0';
        value++;
    }
    if (is_ours(pair) && seen(cookies, *n, pair))
        return false;
    cookies[(*n)++] = (struct field){.name = pair, .value = value};
    return true;
}

bool cookies_read(struct arena *arena, const char *header, struct field **cookies, int *n)
{
    size_t len = strlen(header), pairs = 1;
    *n = 0;
    *cookies = NULL;
    if (len == 0)
        return true;
    for (size_t i = 0; i < len; i++)
        pairs += header[i] == ';';
    if (len > COOKIE_HEADER_MAX || pairs > COOKIES_MAX)
        return false;
    *cookies = arena_alloc(arena, pairs * sizeof(**cookies));
    for (char *at = arena_strdup(arena, header), *next; at != NULL; at = next) {
        next = strchr(at, ';');
        if (next != NULL)
            *next++ = '\0';
        while (*at == ' ' || *at == '\t')
            at++;
        for (size_t end = strlen(at); end > 0 && (at[end - 1] == ' ' || at[end - 1] == '\t');)
            at[--end] = '\0';
        if (!keep_cookie(at, *cookies, n))
            return false;
    }
    return true;
}

/* --- entity tags -------------------------------------------------------------------------- */

bool etag_matches(const char *if_none_match, const char *etag)
{
    size_t len = strlen(etag);
    for (const char *at = if_none_match; *at != '\0';) {
        at += strspn(at, " \t,");
        if (*at == '*')
            return true;
        if (at[0] == 'W' && at[1] == '/')
            at += 2;
        if (strncmp(at, etag, len) == 0 && strchr(", \t", at[len]) != NULL)
            return true;
        at += strcspn(at, ",");
    }
    return false;
}
