/* hook_sms.c: the webhooks of SMS providers. A text is answered 200 only after its commit; what is
 * authentic but unreadable is kept in quarantine and answered 200 too, since sending it again
 * would not mend it; trouble of our own is 503, so that the provider tries again.
 *
 *   Kannel 1.4.5 (user guide, sms-service get-url and dlr-url): everything in the query
 *   wardmote-handset (sms/handset/hook.h): JSON, Authorization: Bearer */
#include "common/ballot.h"
#include "common/digest.h"
#include "common/log.h"
#include "common/secret.h"
#include "common/text_in.h"
#include "common/text_time.h"
#include "server/pages.h"
#include "server/provider_words.h"
#include "server/request_parse.h"
#include "server/response.h"
#include "server/settings.h"
#include "server/store_texts.h"
#include "server/texts_wake.h"
#include <jansson.h>
#include <stdatomic.h>

enum { ENDPOINT_MAX = 40, MESSAGE_ID_MAX = 200, FROM_MAX = 40 };

static atomic_ulong refused;

/* --- who calls ----------------------------------------------------------------------------- */

/* Of equal length first: HMACs of both are compared, so that time tells neither. */
static bool same_secret(const char *given)
{
    uint8_t a[32], b[32];
    if (settings.hook_secret[0] == '\0')
        return false;
    secret_hmac(SECRET_CSRF, "hook", given, strlen(given), a);
    secret_hmac(SECRET_CSRF, "hook", settings.hook_secret, strlen(settings.hook_secret), b);
    return secret_equal(a, b, sizeof(a));
}

static bool check_secret(struct request *r, const char *given)
{
    if (same_secret(given))
        return true;
    log_peer("a webhook came with a wrong secret; %lu so far", atomic_fetch_add(&refused, 1) + 1);
    response_error(r, 403);
    return false;
}

static bool check_bearer(struct request *r)
{
    static const char scheme[] = "Bearer ";
    bool bearer = strncasecmp(r->authorization, scheme, sizeof(scheme) - 1) == 0;
    return check_secret(r, bearer ? r->authorization + sizeof(scheme) - 1 : "");
}

/* --- texts --------------------------------------------------------------------------------- */

/* A message without an id gets one from its words, so that a repeated delivery is still one. */
static const char *id_of_bytes(struct request *r, const char *bytes, size_t len)
{
    uint8_t hash[DIGEST_LEN];
    struct buf id = buf_new(2 + 2 * DIGEST_LEN);
    digest_sha256(bytes, len, hash);
    buf_str_add(&id, "h:");
    buf_hex(&id, hash, sizeof(hash));
    const char *text = arena_strdup(&r->arena, buf_str(&id));
    buf_free(&id);
    return text;
}

static enum handled take_text(struct request *r, struct db *db, const struct text_in *text)
{
    bool is_new = false;
    enum db_outcome outcome = text_in_store(db, text, 0, &is_new);
    if (outcome != DB_OK) {
        response_error(r, 503);
        return HANDLED;
    }
    if (is_new && text->quarantine)
        log_peer("an unreadable text from %s is kept in quarantine", text->provider);
    if (is_new && !text->quarantine)
        texts_wake();
    response_text(r, 200, "");
    return HANDLED;
}

enum handled hook_kannel(struct request *r, struct db *db)
{
    if (!check_secret(r, request_field(r, "secret")))
        return HANDLED;
    const char *sent = request_field(r, "text"), *from = request_field(r, "from");
    const char *text = words_to_utf8(&r->arena, sent, request_field(r, "charset"));
    const char *id = request_field(r, "id");
    struct text_in in = {
        .provider = "kannel",
        .endpoint = text_in_endpoint(&r->arena, request_field(r, "to")),
        .message_id = id[0] != '\0' ? id : id_of_bytes(r, r->query, strlen(r->query)),
        .from = from,
        .body = text != NULL ? text : sent,
        .sent_at = text_time(request_field(r, "at")),
        .quarantine = r->malformed || text == NULL || from[0] == '\0',
    };
    if (!utf8_valid(in.endpoint, strlen(in.endpoint)) || !utf8_valid(id, strlen(id))) {
        in.endpoint = "";
        in.message_id = id_of_bytes(r, r->query, strlen(r->query));
        in.quarantine = true;
    }
    in.body_len = strlen(in.body);
    return take_text(r, db, &in);
}

/* A member that must be a string of at most `max` bytes; NULL when it is not. */
static const char *member(const json_t *object, const char *name, size_t max)
{
    const json_t *value = json_object_get(object, name);
    if (!json_is_string(value) || json_string_length(value) > max ||
        strlen(json_string_value(value)) != json_string_length(value))
        return NULL;
    return json_string_value(value);
}

static bool read_handset(struct arena *arena, const json_t *object, struct text_in *in)
{
    const char *id = member(object, "id", MESSAGE_ID_MAX), *to = member(object, "to", ENDPOINT_MAX);
    const char *from = member(object, "from", FROM_MAX);
    const char *body = member(object, "body", TEXT_BODY_MAX);
    const char *sent_at = member(object, "sent_at", 40);
    if (id == NULL || id[0] == '\0' || to == NULL || from == NULL || from[0] == '\0' ||
        body == NULL || sent_at == NULL)
        return false;
    in->message_id = id;
    in->endpoint = text_in_endpoint(arena, to);
    in->from = from;
    in->body = body;
    in->body_len = strlen(body);
    in->sent_at = text_time(sent_at);
    return true;
}

enum handled hook_handset(struct request *r, struct db *db)
{
    if (!check_bearer(r))
        return HANDLED;
    struct text_in in = {.provider = "handset",
                         .endpoint = "",
                         .message_id = id_of_bytes(r, r->body, r->body_len),
                         .from = "",
                         .body = r->body,
                         .body_len = r->body_len < TEXT_BODY_MAX ? r->body_len : TEXT_BODY_MAX,
                         .sent_at = DB_NO_TIME};
    json_t *object = json_loadb(r->body, r->body_len, JSON_REJECT_DUPLICATES, NULL);
    in.quarantine = !read_handset(&r->arena, object, &in);
    enum handled handled = take_text(r, db, &in);
    json_decref(object);
    return handled;
}

/* --- delivery receipts ---------------------------------------------------------------------- */

/* A receipt that cannot be read is dropped: the text's outcome is settled without it. */
static enum handled take_receipt(struct request *r, struct db *db, const char *reference,
                                 const char *status)
{
    uint8_t uuid[UUID_LEN];
    bool known = true;
    if (reference == NULL || status == NULL || !uuid_read(reference, uuid)) {
        log_peer("a delivery receipt that cannot be read was dropped");
        response_text(r, 200, "");
        return HANDLED;
    }
    if (store_delivery(db, uuid, status, &known) != DB_OK) {
        response_error(r, 503);
        return HANDLED;
    }
    if (!known)
        log_peer("a delivery receipt for a text that we did not send");
    response_text(r, 200, "");
    return HANDLED;
}

/* Kannel user guide, dlr-mask: 1 delivered, 2 not, 4 queued, 8 accepted, 16 refused by the SMSC. */
static const char *kannel_status(const char *type)
{
    static const struct {
        const char *type, *status;
    } words[] = {{"1", "delivered"},
                 {"2", "undelivered"},
                 {"4", "buffered"},
                 {"8", "accepted"},
                 {"16", "undelivered"}};
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strcmp(type, words[i].type) == 0)
            return words[i].status;
    return NULL;
}

enum handled hook_kannel_dlr(struct request *r, struct db *db)
{
    if (!check_secret(r, request_field(r, "secret")))
        return HANDLED;
    return take_receipt(r, db, request_field(r, "ref"), kannel_status(request_field(r, "type")));
}

static const char *handset_status(const char *status)
{
    static const char *const words[] = {"accepted", "buffered", "delivered", "undelivered"};
    for (size_t i = 0; status != NULL && i < sizeof(words) / sizeof(*words); i++)
        if (strcmp(status, words[i]) == 0)
            return words[i];
    return NULL;
}

enum handled hook_handset_dlr(struct request *r, struct db *db)
{
    if (!check_bearer(r))
        return HANDLED;
    json_t *object = json_loadb(r->body, r->body_len, JSON_REJECT_DUPLICATES, NULL);
    enum handled handled = take_receipt(r, db, member(object, "reference", UUID_TEXT_LEN),
                                        handset_status(member(object, "status", 20)));
    json_decref(object);
    return handled;
}
