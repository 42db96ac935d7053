/* api_kit.c: what the answers of /api/v1 share. */
#include "server/api_kit.h"

#include "common/log.h"
#include "server/settings.h"

enum { LIMIT_USUAL = 50, LIMIT_MAX = 100, PAGE_MAX = 99999, URL_MAX = 1024, ANSWER_MAX = 8 << 20 };

/* --- values ------------------------------------------------------------------------------- */

json_t *api_text(const char *text)
{
    return text[0] != '\0' ? json_string(text) : json_null();
}

json_t *api_time(int64_t unix_us)
{
    char words[24];
    if (unix_us == DB_NO_TIME)
        return json_null();
    when_utc(unix_us, words);
    return json_string(words);
}

json_t *api_day(int64_t unix_us)
{
    char words[40];
    when_iso(unix_us, words);
    return api_text(words);
}

json_t *api_number_if(bool is, int64_t n)
{
    return is ? json_integer(n) : json_null();
}

json_t *api_proposal_number(int32_t number)
{
    return json_sprintf("%04d", (int)number);
}

json_t *api_url(const char *format, ...)
{
    char path[URL_MAX];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(path, sizeof path, format, args);
    va_end(args);
    MUST(len > 0 && len < URL_MAX);
    return json_sprintf("%s%s", settings.public_url, path);
}

/* --- answers ------------------------------------------------------------------------------ */

void api_answer(struct request *r, json_t *object)
{
    struct buf body = buf_new(ANSWER_MAX);
    MUST(object != NULL);
    /* Of 17 digits, the last two of 53.9555 would be noise. */
    char *text = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(15));
    MUST(text != NULL);
    buf_str_add(&body, text);
    buf_char(&body, '\n');
    free(text);
    json_decref(object);
    response_file(r, "application/json", NULL, &body);
}

void api_file(struct buf *out, json_t *json)
{
    char *text = json_dumps(json, JSON_INDENT(2));
    MUST(text != NULL);
    buf_str_add(out, text);
    buf_char(out, '\n');
    free(text);
    json_decref(json);
}

static bool read_number(const struct request *r, const char *name, int usual, int max, int *out)
{
    uint64_t n;
    const char *text = request_field(r, name);
    *out = usual;
    if (request_field_count(r, name) == 0)
        return true;
    if (!parse_uint(text, (uint64_t)max, &n) || n == 0)
        return false;
    *out = (int)n;
    return true;
}

bool api_page_read(struct request *r, int n, struct api_page *out)
{
    if (!read_number(r, "page", 1, PAGE_MAX, &out->page) ||
        !read_number(r, "limit", LIMIT_USUAL, LIMIT_MAX, &out->limit)) {
        response_error(r, 400);
        return false;
    }
    int from = (out->page - 1) * out->limit;
    out->from = from < n ? from : n;
    out->to = out->from + out->limit < n ? out->from + out->limit : n;
    return true;
}

/* One of the list's own parameters besides page and limit, kept in its links. */
static void add_filter(const struct request *r, struct buf *b, const char *name)
{
    if (request_field(r, name)[0] != '\0')
        buf_fmt(b, "%s=%s&", name, request_field(r, name));
}

static void add_link(const struct request *r, struct buf *b, const struct api_page *p, int page,
                     const char *rel)
{
    buf_fmt(b, "%s<%s%s?", b->len > 0 ? ", " : "", settings.public_url, r->path);
    add_filter(r, b, "neighbourhood");
    add_filter(r, b, "phase");
    buf_fmt(b, "page=%d&limit=%d>; rel=\"%s\"", page, p->limit, rel);
}

void api_list(struct request *r, const struct api_page *p, int n, json_t *items)
{
    struct buf links = buf_new(4096);
    int last = n > 0 ? (n + p->limit - 1) / p->limit : 1;
    add_link(r, &links, p, 1, "first");
    if (p->page > 1)
        add_link(r, &links, p, p->page - 1 < last ? p->page - 1 : last, "prev");
    if (p->page < last)
        add_link(r, &links, p, p->page + 1, "next");
    add_link(r, &links, p, last, "last");
    r->response.link = arena_strdup(&r->arena, buf_str(&links));
    buf_free(&links);
    api_answer(r, json_pack("{s:i, s:i, s:i, s:o}", "total", n, "page", p->page, "limit", p->limit,
                            "items", items));
}
