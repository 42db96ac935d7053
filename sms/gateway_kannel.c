/* gateway_kannel.c: Kannel's sendsms (userguide 1.4.5, chapter 7 "Using sendsms"). It tells no id
 * and cannot be asked about a text: our reference travels in the receipt's address. */
#include "sms/gateway.h"
#include "sms/gsm7.h"

/* Delivered 1, undelivered 2, buffered 4, accepted 8 and rejected 16 by the network. */
enum { DLR_ALL = 31 };

static void add(struct buf *url, const char *key, const char *value)
{
    buf_fmt(url, "&%s=", key);
    buf_percent(url, value);
}

static void receipt_address(const struct gateway_settings *s, const char *reference,
                            struct buf *out)
{
    /* Kannel expands escapes such as %d in this address, so that nothing else in it may hold a
     * per cent sign: check demands a secret of plain characters. */
    buf_fmt(out, "%s/kannel/dlr?secret=%s&ref=%s&type=%%d", s->dlr_url, s->hook_secret, reference);
}

static void send(const struct gateway_settings *s, const struct gateway_text *t,
                 struct http_request *out)
{
    struct buf dlr = buf_new(1024);

    *out = http_request_new(false, 0);
    receipt_address(s, t->reference, &dlr);
    buf_fmt(&out->url, "%s/cgi-bin/sendsms?charset=UTF-8&dlr-mask=%d&coding=%d", s->kannel_url,
            DLR_ALL, (int)gsm7_size(t->body).alphabet);
    add(&out->url, "username", s->kannel_username);
    add(&out->url, "password", s->kannel_password);
    add(&out->url, "from", t->from);
    add(&out->url, "to", t->to[0] == '+' ? t->to + 1 : t->to);
    add(&out->url, "text", t->body);
    add(&out->url, "dlr-url", buf_str(&dlr));
    buf_free(&dlr);
}

/* Kannel's own answers begin with a digit and a colon where it took the text or may later:
 * "0: Accepted for delivery", "3: Queued for later delivery", "4: Temporal failure …". */
static bool says(const struct http_answer *a, char digit)
{
    const char *body = buf_str(&a->body);

    return body[0] == digit && body[1] == ':';
}

static void judge_sent(const struct gateway_settings *s, const struct http_answer *a,
                       struct gateway_verdict *out)
{
    (void)s;
    if (gateway_judge_unanswered(a, out))
        return;
    if (a->status >= 200 && a->status < 300)
        out->outcome = says(a, '0') || says(a, '3') ? GATEWAY_ACCEPTED : GATEWAY_UNKNOWN;
    else if (a->status == 400)
        out->outcome = GATEWAY_REJECTED;
    else if (a->status < 500) /* wrong password, wrong path: ours to mend, and nothing was sent */
        out->outcome = GATEWAY_RETRY;
    else
        out->outcome = says(a, '4') || strncmp(buf_str(&a->body), "Temporal", 8) == 0
                           ? GATEWAY_RETRY
                           : GATEWAY_UNKNOWN;
    if (out->outcome != GATEWAY_ACCEPTED)
        snprintf(out->error, sizeof out->error, "kannel answered %d", a->status);
}

static void check(const struct gateway_settings *s, struct buf *error)
{
    gateway_check_base("kannel_url", s->kannel_url, error);
    gateway_check_base("dlr_url", s->dlr_url, error);
    gateway_check_plain("hook_secret", s->hook_secret, error);
}

const struct gateway gateway_kannel = {
    .name = "kannel",
    .can_ask = false,
    .check = check,
    .send = send,
    .judge_sent = judge_sent,
};
