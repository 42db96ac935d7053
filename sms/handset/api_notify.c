/* api_notify.c: GOV.UK Notify's API as its documentation has it (rest-api.html, error tables):
 * a JWT for each request, templates with ((body)), pages of 250. */
#include <time.h>

#include "common/log.h"
#include "common/secret.h"
#include "sms/handset/api_kit.h"
#include "sms/handset/fields.h"
#include "sms/handset/moment.h"

enum { UUID_CHARS = 36, PAGE = 250, CLOCK_S = 30, TOKEN_MAX = 1000 };

static void answer_error(struct reply *reply, unsigned status, const char *error,
                         const char *message)
{
    kit_json(reply, status,
             json_pack("{s:i, s:[{s:s, s:s}]}", "status_code", (int)status, "errors", "error",
                       error, "message", message));
}

/* --- tokens -------------------------------------------------------------------------------- */

/* The JSON of one part of the token; NULL when it is none. */
static json_t *read_part(const char *part, size_t len)
{
    char text[TOKEN_MAX + 1];
    uint8_t bytes[TOKEN_MAX];
    if (len > TOKEN_MAX)
        return NULL;
    memcpy(text, part, len);
    text[len] = '\0';
    long n = secret_unbase64url(text, bytes);
    return n > 0 ? json_loadb((const char *)bytes, (size_t)n, JSON_REJECT_DUPLICATES, NULL) : NULL;
}

static bool is_signed(const char *token, const char *secret)
{
    const char *last = strrchr(token, '.');
    uint8_t mac[32];
    char expected[64];
    secret_hmac_key((const uint8_t *)secret, UUID_CHARS, token, (size_t)(last - token), mac);
    secret_base64url(mac, sizeof mac, expected);
    return kit_same(last + 1, expected);
}

/* What is wrong with the token, or NULL. */
static const char *judge_token(const char *token, const char *key)
{
    const char *first = strchr(token, '.');
    const char *last = strrchr(token, '.');
    size_t len = strlen(key);
    if (!first || first == last || strlen(token) > TOKEN_MAX || len < 2 * UUID_CHARS + 1)
        return "Invalid token: signature, api token is not valid";
    json_t *header = read_part(token, (size_t)(first - token));
    json_t *claims = read_part(first + 1, (size_t)(last - first - 1));
    const char *algorithm = json_string_value(json_object_get(header, "alg"));
    const char *issuer = json_string_value(json_object_get(claims, "iss"));
    const json_t *issued = json_object_get(claims, "iat");
    const char *problem = NULL;
    if (!algorithm || strcmp(algorithm, "HS256") != 0 || !json_is_integer(issued))
        problem = "Invalid token: algorithm used is not HS256";
    else if (!issuer || strlen(issuer) != UUID_CHARS ||
             strncmp(issuer, key + len - 2 * UUID_CHARS - 1, UUID_CHARS) != 0)
        problem = "Invalid token: service not found";
    else if (!is_signed(token, key + len - UUID_CHARS))
        problem = "Invalid token: signature, api token not found";
    else if (llabs(json_integer_value(issued) - (long long)time(NULL)) > CLOCK_S)
        problem = "Error: Your system clock must be accurate to within 30 seconds";
    json_decref(header);
    json_decref(claims);
    return problem;
}

static bool is_authorised(struct handset *h, const struct request *q, struct reply *reply)
{
    static const char scheme[] = "Bearer ";
    bool bearer = q->authorization && strncmp(q->authorization, scheme, sizeof scheme - 1) == 0;
    const char *problem =
        bearer ? judge_token(q->authorization + sizeof scheme - 1, h->settings->notify_key)
               : "Unauthorized: authentication token must be provided";
    if (!problem)
        return true;
    stats_add(h, STAT_UNAUTHORISED);
    answer_error(reply, bearer ? 403 : 401, "AuthError", problem);
    return false;
}

/* --- sending ------------------------------------------------------------------------------- */

struct notification {
    struct incoming text;
    const char *template;
};

/* Unknown properties are refused, as Notify does. The strings live as long as `object`. */
static const char *read_notification(const struct handset *h, json_t *object,
                                     struct notification *n, char number[PHONE_LEN + 1])
{
    static const char *const known[] = {"phone_number", "template_id", "personalisation",
                                        "reference", "sms_sender_id"};
    const char *key;
    json_t *value;
    if (!json_is_object(object))
        return "Invalid JSON supplied in POST data";
    json_object_foreach(object, key, value)
    {
        bool found = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            found |= strcmp(known[i], key) == 0;
        if (!found)
            return "Additional properties are not allowed";
    }
    n->template = json_string_value(json_object_get(object, "template_id"));
    n->text.reference = json_string_value(json_object_get(object, "reference"));
    n->text.body =
        json_string_value(json_object_get(json_object_get(object, "personalisation"), "body"));
    if (!n->text.reference)
        n->text.reference = "";
    if (!kit_number(json_string_value(json_object_get(object, "phone_number")), number))
        return "phone_number Not a valid phone number";
    if (!n->template || strcmp(n->template, h->settings->notify_template) != 0)
        return "Template not found";
    if (!n->text.body)
        return "Missing personalisation: body";
    if (!kit_words(n->text.body) || strlen(n->text.reference) > LEDGER_REFERENCE_LEN)
        return "Content for template has a character count greater than the limit of 918";
    return NULL;
}

static void answer_sent(struct reply *reply, const struct handset *h, const char *id,
                        const struct notification *n)
{
    kit_json(reply, 201,
             json_pack("{s:s, s:s, s:{s:s, s:s}, s:s, s:{s:s, s:i, s:s}}", "id", id, "reference",
                       n->text.reference, "content", "body", n->text.body, "from_number",
                       h->settings->sms_number, "uri", "/v2/notifications/", "template", "id",
                       n->template, "version", 1, "uri", "/v2/template/"));
}

static void answer_outcome(enum network_outcome outcome, struct reply *reply)
{
    switch (outcome) {
    case NETWORK_REFUSED:
    case NETWORK_BLOCKED:
        answer_error(reply, 400, "BadRequestError", "Cannot send to this recipient");
        break;
    case NETWORK_THROTTLED:
        answer_error(reply, 429, "RateLimitError", "Exceeded rate limit for key type live");
        break;
    case NETWORK_DAILY:
        answer_error(reply, 429, "TooManyRequestsError", "Exceeded send limits for today");
        break;
    case NETWORK_ERROR:
    case NETWORK_UNAVAILABLE:
        answer_error(reply, 500, "Exception", "Internal server error");
        break;
    case NETWORK_ACCEPTED:
    case NETWORK_HANG:
    case NETWORK_CLOSE:
    case NETWORK_BROKEN:
    case NETWORK_NO_ID:
    case NETWORK_REDIRECT:
    case NETWORK_HUGE:
    case NETWORK_PROXY:
        break;
    }
}

void api_notify_send(struct handset *h, struct request *q, struct reply *reply)
{
    struct notification n = {.text = {.dialect = DIALECT_NOTIFY}};
    char id[HANDSET_ID_LEN + 1] = "", number[PHONE_LEN + 1];
    int retry_after = 0;
    if (!is_authorised(h, q, reply))
        return;
    json_t *object = json_loadb(q->body, q->body_len, JSON_REJECT_DUPLICATES, NULL);
    const char *problem = read_notification(h, object, &n, number);
    if (problem) {
        stats_add(h, STAT_BAD_REQUESTS);
        answer_error(reply, 400, "ValidationError", problem);
    } else {
        n.text.number = number;
        enum network_outcome outcome = network_take(h, &n.text, id, &retry_after);
        if (outcome == NETWORK_ACCEPTED)
            answer_sent(reply, h, id, &n);
        else if (!kit_fault(outcome, reply))
            answer_outcome(outcome, reply);
        reply->retry_after = outcome == NETWORK_THROTTLED ? retry_after : 0;
    }
    json_decref(object);
}

/* --- lists --------------------------------------------------------------------------------- */

static void list_sent(void *context, const char *id, enum ledger_status status)
{
    json_array_append_new(context, json_pack("{s:s, s:s, s:s}", "id", id, "type", "sms", "status",
                                             status == LEDGER_DELIVERED ? "delivered" : "sending"));
}

void api_notify_list(struct handset *h, struct request *q, struct reply *reply)
{
    const char *reference = params_get(&q->query, "reference");
    json_t *list = json_array();
    if (!is_authorised(h, q, reply)) {
        json_decref(list);
        return;
    }
    if (reference && strlen(reference) <= LEDGER_REFERENCE_LEN)
        ledger_each(h->ledger, reference, list_sent, list);
    kit_json(reply, 200, json_pack("{s:o, s:{}}", "notifications", list, "links"));
}

struct page {
    json_t *list;
    const char *older_than;
    bool began;
};

static bool add_received(void *context, const struct archived *text)
{
    struct page *page = context;
    char at[MOMENT_TEXT_LEN + 1];
    if (text->direction != DIRECTION_OUT)
        return true;
    if (!page->began) {
        page->began = strcmp(text->id, page->older_than) == 0;
        return true;
    }
    moment_text(text->at_ms, at);
    json_array_append_new(page->list, json_pack("{s:s, s:s, s:s, s:s, s:s}", "id", text->id,
                                                "user_number", text->from + 1, "notify_number",
                                                text->to, "created_at", at, "content", text->body));
    return json_array_size(page->list) < PAGE;
}

/* The link to a next page stands there whenever this one is not empty. */
void api_notify_received(struct handset *h, struct request *q, struct reply *reply)
{
    const char *older_than = params_get(&q->query, "older_than");
    struct page page = {.older_than = older_than, .began = !older_than};
    if (!is_authorised(h, q, reply))
        return;
    page.list = json_array();
    archive_each(h->archive, add_received, &page);
    json_t *links = json_object();
    if (json_array_size(page.list) > 0)
        json_object_set_new(links, "next", json_string("/v2/received-text-messages?other_than="));
    kit_json(reply, 200,
             json_pack("{s:o, s:o}", "received_text_messages", page.list, "links", links));
}
