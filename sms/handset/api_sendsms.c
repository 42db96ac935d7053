/* api_sendsms.c: Kannel's sendsms, with the answers that Kannel 1.4.5 was observed to give. */
#include "common/log.h"
#include "common/secret.h"
#include "common/utf8.h"
#include "sms/handset/api_kit.h"
#include "sms/handset/network.h"
#include "sms/handset/text.h"

enum { RECIPIENTS_MAX = 10 };

struct sendsms {
    struct incoming text;
    const char *charset;
    uint64_t coding;
    uint64_t dlr_mask;
    size_t recipients;
    char to[RECIPIENTS_MAX][PHONE_LEN + 1];
};

static bool matches(const char *given, const char *wanted)
{
    size_t len = strlen(wanted);
    return given && strlen(given) == len && secret_equal(given, wanted, len);
}

/* An empty setting is not checked. */
static bool is_authorised(const struct handset *h, const struct params *query)
{
    const char *username = h->settings->kannel_username;
    const char *password = h->settings->kannel_password;
    bool user = !username[0] || matches(params_get(query, "username"), username);
    bool pass = !password[0] || matches(params_get(query, "password"), password);
    return user && pass;
}

/* Kannel takes several numbers with blanks between, with or without a plus. */
static bool read_recipients(const char *to, struct sendsms *s)
{
    char number[PHONE_LEN + 2];
    while (*to) {
        size_t len = strcspn(to, " ");
        size_t digits = to[0] == '+' ? 1 : 0;
        if (len > PHONE_LEN || s->recipients == RECIPIENTS_MAX)
            return false;
        int n = snprintf(number, sizeof number, "%s%.*s", digits ? "" : "+", (int)len, to);
        if (n < 0 || n > PHONE_LEN || !compose_number(number, s->to[s->recipients]))
            return false;
        s->recipients++;
        to += len;
        to += strspn(to, " ");
    }
    return s->recipients > 0;
}

static bool read_number(const char *text, uint64_t max, uint64_t *out)
{
    return !text || parse_uint(text, max, out);
}

/* We verify more than Kannel does: the text must be UTF-8 and say so where that matters. */
static bool charset_fits(const struct sendsms *s)
{
    bool utf8 = s->charset && strcasecmp(s->charset, "UTF-8") == 0;
    bool usual = !s->charset && s->coding == 0; /* 1.4.5 reads GSM-7 texts as UTF-8 */
    return (utf8 || usual) && text_is_clean(s->text.body, true);
}

static const char *read_query(const struct params *query, struct sendsms *s)
{
    const char *to = params_get(query, "to");
    const char *body = params_get(query, "text");
    s->text = (struct incoming){.dialect = DIALECT_KANNEL,
                                .reference = "",
                                .body = body ? body : "",
                                .dlr_url = params_get(query, "dlr-url")};
    s->charset = params_get(query, "charset");
    if (!to || !*to)
        return "Missing receiver number, rejected";
    if (!read_recipients(to, s))
        return "Number(s) has/have been denied by white- and/or black-lists.";
    if (!read_number(params_get(query, "coding"), 2, &s->coding) || s->coding == 1)
        return "Coding field misformed, rejected";
    if (!charset_fits(s))
        return "Charset or body misformed, rejected";
    if (!read_number(params_get(query, "dlr-mask"), 63, &s->dlr_mask))
        return "DLR-Mask field misformed, rejected";
    s->text.dlr_mask = (int)s->dlr_mask;
    return NULL;
}

/* Kannel's silent harm, measured: without coding=2 a foreign character becomes "?", and what
 * does not fit in max-messages parts is cut off. */
static const char *spoil(const struct sendsms *s, struct arena *arena)
{
    struct buf out = buf_new(HANDSET_BODY_MAX);
    size_t len = strlen(s->text.body);
    for (size_t at = 0; at < len;) {
        size_t from = at;
        uint32_t point = utf8_next(s->text.body, len, &at);
        size_t before = out.len;
        if (s->coding == 0 && gsm7_septets(point) == 0)
            buf_char(&out, '?');
        else
            buf_add(&out, s->text.body + from, at - from);
        if (out.len > 400 && gsm7_size(buf_str(&out)).segments > HANDSET_SEGMENTS_IN) {
            out.len = before;
            out.data[before] = '\0';
            break;
        }
    }
    const char *spoilt = arena_strdup(arena, buf_str(&out));
    buf_free(&out);
    return spoilt;
}

static void answer_outcome(enum network_outcome outcome, struct reply *reply)
{
    switch (outcome) {
    case NETWORK_ACCEPTED:
        reply_text(reply, 202, "0: Accepted for delivery");
        break;
    case NETWORK_REFUSED:
    case NETWORK_BLOCKED:
        reply_text(reply, 400, "Number(s) has/have been denied by white- and/or black-lists.");
        break;
    case NETWORK_THROTTLED:
    case NETWORK_DAILY:
    case NETWORK_ERROR:
    case NETWORK_UNAVAILABLE:
        reply_text(reply, 503, "Temporal failure, try again later.");
        break;
    case NETWORK_HANG:
    case NETWORK_CLOSE:
    case NETWORK_HUGE:
    case NETWORK_PROXY:
    case NETWORK_REDIRECT:
        kit_fault(outcome, reply);
        break;
    case NETWORK_NO_ID:
    case NETWORK_BROKEN:
        reply_text(reply, 202, "0");
        break;
    }
}

void api_sendsms(struct handset *h, struct request *q, struct reply *reply)
{
    struct sendsms s = {.recipients = 0};
    char id[HANDSET_ID_LEN + 1];
    int retry_after;
    if (!is_authorised(h, &q->query)) {
        stats_add(h, STAT_UNAUTHORISED);
        reply_text(reply, 403, "Authorization failed for sendsms");
        return;
    }
    const char *problem = read_query(&q->query, &s);
    if (problem) {
        stats_add(h, STAT_BAD_REQUESTS);
        reply_text(reply, 400, problem);
        return;
    }
    s.text.body = spoil(&s, q->arena);
    for (size_t i = 0; i < s.recipients; i++) {
        s.text.number = s.to[i];
        enum network_outcome outcome = network_take(h, &s.text, id, &retry_after);
        reply->fate = FATE_SEND;
        answer_outcome(outcome, reply);
        if (outcome != NETWORK_ACCEPTED)
            break;
    }
}
