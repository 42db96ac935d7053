/* gateway_notify.c: GOV.UK Notify (docs.notifications.service.gov.uk/rest-api.html; limits and
 * error tables there). It sends templates only: ours is the one placeholder ((body)). It has no
 * key for idempotency, but it can be asked by our reference. */
#include "common/secret.h"
#include "common/text_time.h"
#include "sms/gateway.h"
#include <jansson.h>

enum { UUID_CHARS = 36, PAGE_BYTES = 2 << 20 };

/* "{name}-{service id}-{secret}": the name may hold dashes itself. */
static bool split_key(const char *key, const char **issuer, const char **secret)
{
    size_t len = strlen(key);

    if (len < 2 * UUID_CHARS + 1)
        return false;
    *secret = key + len - UUID_CHARS;
    *issuer = *secret - UUID_CHARS - 1;
    return (*secret)[-1] == '-' && (*issuer == key || (*issuer)[-1] == '-');
}

/* A token for one request (RFC 7519, HS256): Notify takes it for 30 s. */
static void authorise(const struct gateway_settings *s, int64_t now, struct http_request *out)
{
    static const char header[] = "{\"typ\":\"JWT\",\"alg\":\"HS256\"}";
    const char *issuer, *secret;
    char encoded[256];
    uint8_t mac[32];
    struct buf token = buf_new(1024), claims = buf_new(128);

    if (!split_key(s->notify_key, &issuer, &secret))
        return; /* check refuses to start with it */
    buf_fmt(&claims, "{\"iss\":\"%.*s\",\"iat\":%lld}", UUID_CHARS, issuer, (long long)now);
    secret_base64url(header, sizeof header - 1, encoded);
    buf_fmt(&token, "%s.", encoded);
    secret_base64url(buf_str(&claims), claims.len, encoded);
    buf_str_add(&token, encoded);
    secret_hmac_key((const uint8_t *)secret, UUID_CHARS, buf_str(&token), token.len, mac);
    secret_base64url(mac, sizeof mac, encoded);
    buf_fmt(&token, ".%s", encoded);
    http_bearer(out, buf_str(&token));
    buf_free(&token);
    buf_free(&claims);
}

static void send(const struct gateway_settings *s, const struct gateway_text *t,
                 struct http_request *out)
{
    json_t *message = json_pack("{s:s, s:s, s:{s:s}, s:s}", "phone_number", t->to, "template_id",
                                s->notify_template, "personalisation", "body", t->body, "reference",
                                t->reference);

    if (message != NULL && s->notify_sender[0] != '\0')
        json_object_set_new(message, "sms_sender_id", json_string(s->notify_sender));
    char *text = message != NULL ? json_dumps(message, JSON_COMPACT) : NULL;
    *out = http_request_new(true, 16384);
    buf_fmt(&out->url, "%s/v2/notifications/sms", s->notify_url);
    buf_str_add(&out->body, text != NULL ? text : "{}");
    authorise(s, t->now, out);
    free(text);
    json_decref(message);
}

/* Notify's own word for the error, rather than a page of something before it; or "". */
static const char *error_of(const json_t *answer)
{
    return gateway_member(json_array_get(json_object_get(answer, "errors"), 0), "error");
}

static enum gateway_outcome outcome_of(int status, const json_t *answer,
                                       struct gateway_verdict *out)
{
    const char *error = error_of(answer);

    if (status >= 200 && status < 300)
        return gateway_copy_id(answer, "id", out->id) ? GATEWAY_ACCEPTED : GATEWAY_UNKNOWN;
    if (status == 400)
        return error[0] != '\0' ? GATEWAY_REJECTED : GATEWAY_RETRY;
    /* 429 RateLimitError is over in a minute; TooManyRequestsError at midnight UTC. */
    out->pause_day = status == 429 && strcmp(error, "TooManyRequestsError") == 0;
    if (status < 500) /* 403: key or clock, ours to mend */
        return GATEWAY_RETRY;
    return error[0] != '\0' ? GATEWAY_RETRY : GATEWAY_UNKNOWN;
}

static void judge_sent(const struct gateway_settings *s, const struct http_answer *a,
                       struct gateway_verdict *out)
{
    (void)s;
    if (gateway_judge_unanswered(a, out))
        return;
    json_t *answer = json_loadb(buf_str(&a->body), a->body.len, 0, NULL);
    out->outcome = outcome_of(a->status, answer, out);
    if (out->outcome != GATEWAY_ACCEPTED)
        snprintf(out->error, sizeof out->error, "notify answered %d %.60s", a->status,
                 error_of(answer));
    json_decref(answer);
}

static void ask(const struct gateway_settings *s, const struct gateway_text *t,
                struct http_request *out)
{
    *out = http_request_new(false, 0);
    out->answer_max = PAGE_BYTES;
    buf_fmt(&out->url, "%s/v2/notifications?reference=", s->notify_url);
    buf_percent(&out->url, t->reference);
    authorise(s, t->now, out);
}

static enum gateway_found judge_asked(const struct gateway_text *t, const struct http_answer *a,
                                      char ids[GATEWAY_IDS_MAX])
{
    enum gateway_found found = GATEWAY_NO_WORD;

    (void)t;
    ids[0] = '\0';
    if (a->result != HTTP_ANSWERED || a->status != 200)
        return found;
    json_t *answer = json_loadb(buf_str(&a->body), a->body.len, 0, NULL);
    const json_t *list = json_object_get(answer, "notifications");
    if (json_is_array(list)) {
        found = json_array_size(list) > 0 ? GATEWAY_FOUND : GATEWAY_ABSENT;
        gateway_add_id(ids, gateway_member(json_array_get(list, 0), "id"));
    }
    json_decref(answer);
    return found;
}

static void poll(const struct gateway_settings *s, const char *cursor, int64_t now,
                 struct http_request *out)
{
    *out = http_request_new(false, 0);
    out->answer_max = PAGE_BYTES;
    buf_fmt(&out->url, "%s/v2/received-text-messages", s->notify_url);
    if (cursor != NULL) {
        buf_str_add(&out->url, "?older_than=");
        buf_percent(&out->url, cursor);
    }
    authorise(s, now, out);
}

/* The names differ from the webhook's. There is always a link to a next page, also from the last:
 * an empty page is the end. */
static bool read_page(const struct http_answer *a, struct arena *arena, struct gateway_page *out)
{
    json_t *answer = json_loadb(buf_str(&a->body), a->body.len, 0, NULL);
    const json_t *list = json_object_get(answer, "received_text_messages");
    bool whole = a->result == HTTP_ANSWERED && a->status == 200 && json_is_array(list) &&
                 json_array_size(list) <= GATEWAY_PAGE_MAX;

    out->n = 0;
    out->next = NULL;
    for (size_t i = 0; whole && i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        struct text_in *t = &out->texts[out->n++];
        *t = (struct text_in){
            .provider = "notify",
            .endpoint =
                text_in_endpoint(arena, arena_strdup(arena, gateway_member(item, "notify_number"))),
            .message_id = arena_strdup(arena, gateway_member(item, "id")),
            .from = arena_strdup(arena, gateway_member(item, "user_number")),
            .body = arena_strdup(arena, gateway_member(item, "content")),
            .sent_at = text_time(gateway_member(item, "created_at")),
        };
        out->next = t->message_id;
    }
    json_decref(answer);
    return whole;
}

static void check(const struct gateway_settings *s, struct buf *error)
{
    const char *issuer, *secret;

    gateway_check_base("notify_url", s->notify_url, error);
    gateway_check_given("notify_template", s->notify_template, error);
    if (!split_key(s->notify_key, &issuer, &secret))
        buf_str_add(error, "notify_key: must be an API key as Notify shows it\n");
}

const struct gateway gateway_notify = {
    .name = "notify",
    .can_ask = true,
    .check = check,
    .send = send,
    .judge_sent = judge_sent,
    .ask = ask,
    .judge_asked = judge_asked,
    .poll = poll,
    .read_page = read_page,
};
