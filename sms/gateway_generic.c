/* gateway_generic.c: a provider that exists in the settings alone. Templates for the address, the
 * headers and the body (empty: GET) hold names in braces:
 *
 *   {to} {from}   numbers, +44… where they are international    {to_digits}  without the plus
 *   {text} {reference}                                          {secret}     generic_secret
 *
 * A value is escaped for where it stands: percent-encoded in an address and in a form, as part of
 * a JSON string or of XML text by the body's type, without line breaks in a header. Headers are
 * parted by " | ". How the answer is read:
 *
 *   generic_accepted  words that a 2xx answer holds when the text was taken; empty: any 2xx
 *   generic_id        where its id stands in a JSON answer, as "messages.0.id"; empty: nowhere
 *   generic_rejected  statuses that refuse for good, as "400 422"
 *   generic_retry     statuses of 500 and above at which the text surely was not sent
 */
#include "sms/gateway.h"
#include <jansson.h>

enum { BODY_MAX = 32768 };

enum escape { ESCAPE_URL, ESCAPE_JSON, ESCAPE_XML, ESCAPE_LINE };

static void add_json(struct buf *out, const char *value)
{
    json_t *string = json_string(value);
    char *quoted = string != NULL ? json_dumps(string, JSON_ENCODE_ANY) : NULL;

    if (quoted != NULL)
        buf_add(out, quoted + 1, strlen(quoted) - 2);
    free(quoted);
    json_decref(string);
}

static void add_xml(struct buf *out, const char *value)
{
    for (; *value != '\0'; value++)
        switch (*value) {
        case '&':
            buf_str_add(out, "&amp;");
            break;
        case '<':
            buf_str_add(out, "&lt;");
            break;
        case '>':
            buf_str_add(out, "&gt;");
            break;
        case '"':
            buf_str_add(out, "&quot;");
            break;
        default:
            buf_char(out, *value);
        }
}

static void add_escaped(struct buf *out, const char *value, enum escape escape)
{
    switch (escape) {
    case ESCAPE_URL:
        buf_percent(out, value);
        break;
    case ESCAPE_JSON:
        add_json(out, value);
        break;
    case ESCAPE_XML:
        add_xml(out, value);
        break;
    case ESCAPE_LINE:
        buf_add(out, value, strcspn(value, "\r\n"));
        break;
    }
}

/* The value of "{name}" at `at`, and the length of that; NULL when it is no name of ours. */
static const char *value_at(const char *at, const struct gateway_settings *s,
                            const struct gateway_text *t, size_t *len)
{
    const struct {
        const char *name, *value;
    } names[] = {{"{to}", t->to},
                 {"{to_digits}", t->to[0] == '+' ? t->to + 1 : t->to},
                 {"{from}", t->from},
                 {"{text}", t->body},
                 {"{reference}", t->reference},
                 {"{secret}", s->generic_secret}};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        *len = strlen(names[i].name);
        if (strncmp(at, names[i].name, *len) == 0)
            return names[i].value;
    }
    return NULL;
}

static void fill(struct buf *out, const char *template, enum escape escape,
                 const struct gateway_settings *s, const struct gateway_text *t)
{
    size_t len;

    while (*template != '\0') {
        const char *value = *template == '{' ? value_at(template, s, t, &len) : NULL;
        if (value != NULL) {
            add_escaped(out, value, escape);
            template += len;
        } else {
            buf_char(out, *template ++);
        }
    }
}

static enum escape escape_of(const char *type)
{
    if (strstr(type, "json") != NULL)
        return ESCAPE_JSON;
    return strstr(type, "xml") != NULL ? ESCAPE_XML : ESCAPE_URL;
}

static void add_headers(const struct gateway_settings *s, const struct gateway_text *t,
                        struct http_request *out)
{
    for (const char *at = s->generic_headers; *at != '\0';) {
        const char *end = strstr(at, " | ");
        struct buf one = buf_new(2048);
        buf_add(&one, at, end != NULL ? (size_t)(end - at) : strlen(at));
        fill(&out->headers, buf_str(&one), ESCAPE_LINE, s, t);
        buf_char(&out->headers, '\n');
        buf_free(&one);
        at = end != NULL ? end + 3 : at + strlen(at);
    }
}

static void send(const struct gateway_settings *s, const struct gateway_text *t,
                 struct http_request *out)
{
    *out = http_request_new(s->generic_body[0] != '\0', BODY_MAX);
    out->type = s->generic_type;
    fill(&out->url, s->generic_url, ESCAPE_URL, s, t);
    fill(&out->body, s->generic_body, escape_of(s->generic_type), s, t);
    add_headers(s, t, out);
}

/* Is this status one of a list such as "400 422"? */
static bool is_listed(int status, const char *list)
{
    char *end;

    for (const char *at = list; *at != '\0'; at = end) {
        if (strtol(at, &end, 10) == status)
            return true;
        if (end == at)
            return false;
    }
    return false;
}

/* Follows "messages.0.id" to a string or number of a JSON answer. */
static void find_id(const struct buf *body, const char *path, char id[GATEWAY_ID_MAX + 1])
{
    json_t *answer = json_loadb(buf_str(body), body->len, 0, NULL);
    const json_t *at = answer;
    char key[80];

    for (size_t len; at != NULL && *path != '\0'; path += len + (path[len] == '.')) {
        len = strcspn(path, ".");
        snprintf(key, sizeof key, "%.*s", (int)len, path);
        uint64_t index = 0;
        if (json_is_array(at))
            at = parse_uint(key, 1000, &index) ? json_array_get(at, index) : NULL;
        else
            at = json_object_get(at, key);
    }
    if (json_is_integer(at))
        snprintf(id, GATEWAY_ID_MAX + 1, "%lld", (long long)json_integer_value(at));
    else if (json_is_string(at) && json_string_length(at) <= GATEWAY_ID_MAX &&
             strchr(json_string_value(at), ' ') == NULL)
        snprintf(id, GATEWAY_ID_MAX + 1, "%s", json_string_value(at));
    json_decref(answer);
}

static void judge_sent(const struct gateway_settings *s, const struct http_answer *a,
                       struct gateway_verdict *out)
{
    if (gateway_judge_unanswered(a, out))
        return;
    if (a->status >= 200 && a->status < 300) {
        bool taken = strstr(buf_str(&a->body), s->generic_accepted) != NULL;
        out->outcome = taken ? GATEWAY_ACCEPTED : GATEWAY_UNKNOWN;
        if (taken && s->generic_id[0] != '\0')
            find_id(&a->body, s->generic_id, out->id);
    } else if (is_listed(a->status, s->generic_rejected)) {
        out->outcome = GATEWAY_REJECTED;
    } else {
        bool surely = a->status < 500 || is_listed(a->status, s->generic_retry);
        out->outcome = surely ? GATEWAY_RETRY : GATEWAY_UNKNOWN;
    }
    if (out->outcome != GATEWAY_ACCEPTED)
        snprintf(out->error, sizeof out->error, "the provider answered %d", a->status);
}

/* The part before any template or query must be an address that may be called. */
static void check_url(const char *url, struct buf *error)
{
    struct buf base = buf_new(HTTP_URL_MAX);

    buf_add(&base, url, strcspn(url, "{?"));
    while (base.len > 0 && base.data[base.len - 1] == '/')
        base.data[--base.len] = '\0';
    gateway_check_base("generic_url", buf_str(&base), error);
    buf_free(&base);
}

static void check(const struct gateway_settings *s, struct buf *error)
{
    const char *where = s->generic_body[0] != '\0' ? s->generic_body : s->generic_url;

    check_url(s->generic_url, error);
    if (strstr(where, "{text}") == NULL)
        buf_str_add(error, "generic_body (or generic_url): must hold {text}\n");
    if (strcspn(s->generic_url, "{") < strlen("https://x/") && strchr(s->generic_url, '{') != NULL)
        buf_str_add(error, "generic_url: no {…} in the host\n");
    if (strchr(s->generic_headers, '\n') != NULL)
        buf_str_add(error, "generic_headers: one line, headers parted by \" | \"\n");
}

const struct gateway gateway_generic = {
    .name = "generic",
    .can_ask = false,
    .check = check,
    .send = send,
    .judge_sent = judge_sent,
};
