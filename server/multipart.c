/* multipart.c: takes a multipart form apart. */
#include "server/multipart.h"

#include <strings.h>

/* The boundary of a Content-Type header, in the arena with "--" before it; NULL: none. */
static const char *boundary_of(struct arena *arena, const char *type)
{
    const char *at = strcasestr(type, "boundary=");
    if (strncasecmp(type, "multipart/form-data", 19) != 0 || at == NULL)
        return NULL;
    at += 9;
    bool quoted = *at == '"';
    at += quoted;
    size_t len = strcspn(at, quoted ? "\"" : "; \t");
    if (len == 0 || len > MULTIPART_BOUNDARY_MAX || (quoted && at[len] != '"'))
        return NULL;
    return arena_fmt(arena, "--%.*s", (int)len, at);
}

struct span {
    const char *at;
    size_t len;
};

/* What stands between name=" and the next quotation mark of a part's head. Browsers write a
 * quotation mark in a name as %22 (WHATWG HTML, 4.10.21.8). */
static bool parameter(const char *head, size_t len, const char *name, struct span *out)
{
    size_t name_len = strlen(name);
    const char *end = head + len;
    for (const char *at = head; at + name_len + 2 < end; at++) {
        bool starts = at == head || at[-1] == ' ' || at[-1] == ';';
        if (!starts || strncasecmp(at, name, name_len) != 0 || at[name_len] != '=' ||
            at[name_len + 1] != '"')
            continue;
        out->at = at + name_len + 2;
        const char *close = memchr(out->at, '"', (size_t)(end - out->at));
        if (close == NULL)
            return false;
        out->len = (size_t)(close - out->at);
        return true;
    }
    return false;
}

/* One small value, checked as if it had come in a plain form. */
static bool keep(struct arena *arena, struct span name, struct span value, const char *rule_name,
                 const struct field_rule *rules, struct multipart *out)
{
    static const char hex[] = "0123456789ABCDEF";
    struct form one;
    if (value.len > REQUEST_BODY_MAX - out->values || out->form.n == REQUEST_FIELDS_MAX)
        return false;
    out->values += value.len;
    char *pair = arena_alloc(arena, name.len + 1 + value.len * 3 + 1);
    size_t n = name.len;
    memcpy(pair, rule_name, name.len);
    pair[n++] = '=';
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.at[i];
        pair[n++] = '%';
        pair[n++] = hex[c >> 4];
        pair[n++] = hex[c & 15];
    }
    if (!form_read(arena, pair, n, rules, FORM_STRICT, &one) || one.n != 1)
        return false;
    for (int i = 0; i < out->form.n; i++) {
        if (out->form.fields[i].name == one.fields[0].name)
            return false;
    }
    out->form.fields[out->form.n++] = one.fields[0];
    return true;
}

static bool plain_name(struct span name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
            return false;
    }
    return name.len > 0 && name.len < 64;
}

/* One part: from after its delimiter's line to before the next delimiter. */
static bool read_part(struct arena *arena, const char *at, size_t len,
                      const struct field_rule *rules, struct multipart *out)
{
    struct span name;
    size_t searched = len < MULTIPART_HEAD_MAX ? len : MULTIPART_HEAD_MAX;
    const char *body = memmem(at, searched, "\r\n\r\n", 4);
    if (body == NULL || !parameter(at, (size_t)(body - at), "name", &name) || !plain_name(name))
        return false;
    struct span value = {body + 4, (size_t)(at + len - body - 4)};
    if (name.len != 4 || memcmp(name.at, "file", 4) != 0)
        return keep(arena, name, value, name.at, rules, out);
    if (out->file != NULL)
        return false;
    out->file = value.at;
    out->file_len = value.len;
    return true;
}

bool multipart_read(struct arena *arena, const char *type, const char *body, size_t len,
                    const struct field_rule *rules, struct multipart *out)
{
    const char *mark = boundary_of(arena, type), *at = body, *end = body + len;
    *out = (struct multipart){.form.fields =
                                  arena_alloc(arena, sizeof(struct field) * REQUEST_FIELDS_MAX)};
    if (mark == NULL)
        return false;
    size_t mark_len = strlen(mark);
    if (len < mark_len || memcmp(at, mark, mark_len) != 0)
        return false;
    const char *delimiter = arena_fmt(arena, "\r\n%s", mark);
    for (at += mark_len; end - at >= 2 && memcmp(at, "\r\n", 2) == 0;) {
        at += 2;
        const char *next = memmem(at, (size_t)(end - at), delimiter, mark_len + 2);
        if (next == NULL || !read_part(arena, at, (size_t)(next - at), rules, out))
            return false;
        at = next + mark_len + 2;
    }
    return end - at >= 2 && memcmp(at, "--", 2) == 0;
}
