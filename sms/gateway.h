/* gateway.h: what every SMS provider must be able to do, as a table of functions. A gateway builds
 * requests and judges answers; it never calls anything itself. Pure, any thread. */
#ifndef WM_SMS_GATEWAY_H
#define WM_SMS_GATEWAY_H

#include "common/phone.h"
#include "sms/http.h"

struct gateway_settings {
    const char *kannel_url, *kannel_username,
        *kannel_password; /* base, without a slash at its end */
    const char *handset_url, *handset_token;
    const char *dlr_url, *hook_secret; /* the server's webhooks, for receipts */
};

struct gateway_text {
    const char *from;      /* our number */
    const char *to;        /* E.164 */
    const char *body;      /* UTF-8 */
    const char *reference; /* ours, one for all attempts: a UUID as text */
};

enum gateway_outcome {
    GATEWAY_ACCEPTED,
    GATEWAY_REJECTED, /* by its own word, for good */
    GATEWAY_RETRY,    /* surely not sent, and may be later */
    GATEWAY_UNKNOWN   /* may have been sent: ask or wait, never just send again */
};

struct gateway_verdict {
    enum gateway_outcome outcome;
    char id[201];    /* the provider's, or "" */
    char error[120]; /* for the operator: no number, no words of the text */
};

enum gateway_found { GATEWAY_FOUND, GATEWAY_ABSENT, GATEWAY_NO_WORD };

struct gateway {
    const char *name; /* as tables know it */
    bool can_ask;     /* whether a text came in; else `ask` and `judge_asked` are NULL */
    /* Fills an empty request, which the caller frees with http_request_free. */
    void (*send)(const struct gateway_settings *s, const struct gateway_text *t,
                 struct http_request *out);
    void (*judge_sent)(const struct http_answer *a, struct gateway_verdict *out);
    void (*ask)(const struct gateway_settings *s, const char *reference, struct http_request *out);
    /* `id` holds 201 bytes and gets the provider's id when found. */
    enum gateway_found (*judge_asked)(const struct http_answer *a, char *id);
};

extern const struct gateway gateway_kannel, gateway_handset;

/* NULL when there is none of that name. */
const struct gateway *gateway_named(const char *name);
/* The verdict when no whole answer came, alike for all; false when one did. */
bool gateway_judge_unanswered(const struct http_answer *a, struct gateway_verdict *out);

#endif
