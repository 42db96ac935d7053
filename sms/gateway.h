/* gateway.h: what every SMS provider must be able to do, as a table of functions. A gateway builds
 * requests and judges answers; it never calls anything itself. Pure, any thread.
 *
 *   kannel, handset   beside us      notify          GOV.UK Notify
 *   generic           by templates   twilio, vonage, africastalking */
#ifndef WM_SMS_GATEWAY_H
#define WM_SMS_GATEWAY_H

#include "common/phone.h"
#include "common/text_in.h"
#include "sms/http.h"

enum { GATEWAY_ID_MAX = 200, GATEWAY_IDS_MAX = 1200, GATEWAY_PAGE_MAX = 300 };

/* Bases are without a slash at their end. What is not used is "". */
struct gateway_settings {
    const char *kannel_url, *kannel_username, *kannel_password;
    const char *handset_url, *handset_token;
    const char *notify_url, *notify_key, *notify_template, *notify_sender;
    const char *twilio_url, *twilio_account, *twilio_user, *twilio_secret, *twilio_service;
    const char *vonage_url, *vonage_key, *vonage_secret;
    const char *africastalking_url, *africastalking_username, *africastalking_key;
    /* Templates with {to}, {from}, {text}, {reference}, {secret}; see gateway_generic.c. */
    const char *generic_url, *generic_headers, *generic_type, *generic_body, *generic_secret;
    const char *generic_accepted, *generic_id, *generic_rejected, *generic_retry;
    const char *sms_number;
    const char *dlr_url, *hook_secret; /* the server's webhooks, for receipts */
};

struct gateway_text {
    const char *from;      /* our number */
    const char *to;        /* E.164 */
    const char *body;      /* UTF-8 */
    const char *reference; /* ours, one for all attempts: a UUID as text */
    int64_t now;           /* unix seconds, for tokens that are good for a moment */
    int64_t since;         /* when it was first sent, if it is asked about */
};

enum gateway_outcome {
    GATEWAY_ACCEPTED,
    GATEWAY_REJECTED, /* by its own word, for good */
    GATEWAY_BLOCKED,  /* rejected: the number refuses all texts from us */
    GATEWAY_RETRY,    /* surely not sent, and may be later */
    GATEWAY_UNKNOWN   /* may have been sent: ask or wait, never just send again */
};

struct gateway_verdict {
    enum gateway_outcome outcome;
    bool pause_day;              /* the provider takes no more before midnight UTC */
    char id[GATEWAY_ID_MAX + 1]; /* the provider's, or "" */
    char error[120];             /* for the operator: no number, no words of the text */
};

enum gateway_found { GATEWAY_FOUND, GATEWAY_ABSENT, GATEWAY_NO_WORD };

/* One page of a provider's list of texts to us, newest first. Strings are the arena's. */
struct gateway_page {
    struct text_in texts[GATEWAY_PAGE_MAX];
    size_t n;
    const char *next; /* cursor of the page of older ones, or NULL */
};

struct gateway {
    const char *name; /* as tables know it */
    bool can_ask;     /* whether a text came in; else `ask` and `judge_asked` are NULL */
    /* What is wrong with its settings, a line each. */
    void (*check)(const struct gateway_settings *s, struct buf *error);
    /* Fills an empty request, which the caller frees with http_request_free. */
    void (*send)(const struct gateway_settings *s, const struct gateway_text *t,
                 struct http_request *out);
    void (*judge_sent)(const struct gateway_settings *s, const struct http_answer *a,
                       struct gateway_verdict *out);
    void (*ask)(const struct gateway_settings *s, const struct gateway_text *t,
                struct http_request *out);
    /* `ids` gets the ids that may be this text's, newest first, blanks between; "" when not told.
     */
    enum gateway_found (*judge_asked)(const struct gateway_text *t, const struct http_answer *a,
                                      char ids[GATEWAY_IDS_MAX]);
    /* Texts to us, as a second source beside the webhook; NULL: it keeps no list. `cursor` NULL:
     * the newest page. read_page is false when the answer is not such a page. */
    void (*poll)(const struct gateway_settings *s, const char *cursor, int64_t now,
                 struct http_request *out);
    bool (*read_page)(const struct http_answer *a, struct arena *arena, struct gateway_page *out);
};

extern const struct gateway gateway_kannel, gateway_handset, gateway_notify, gateway_twilio,
    gateway_generic, gateway_vonage, gateway_africastalking;

/* NULL when there is none of that name. */
const struct gateway *gateway_named(const char *name);
/* The verdict when no whole answer came, alike for all; false when one did. */
bool gateway_judge_unanswered(const struct http_answer *a, struct gateway_verdict *out);

/* --- for the gateways themselves --- */
struct json_t;
/* A string member of 1 to GATEWAY_ID_MAX bytes, copied to `id`; else false and "". */
bool gateway_copy_id(const struct json_t *object, const char *key, char id[GATEWAY_ID_MAX + 1]);
/* Appends an id to a list with blanks between; what does not fit is left out. */
void gateway_add_id(char ids[GATEWAY_IDS_MAX], const char *id);
/* A member that is a string; "" when it is not. */
const char *gateway_member(const struct json_t *object, const char *key);
/* A base that may be called, or a line in `error`; and a setting that must not be empty. */
void gateway_check_base(const char *key, const char *url, struct buf *error);
void gateway_check_given(const char *key, const char *value, struct buf *error);
/* Letters, digits, - and _ only: it stands in headers and addresses. */
void gateway_check_plain(const char *key, const char *value, struct buf *error);

#endif
