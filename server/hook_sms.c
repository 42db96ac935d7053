/* hook_sms.c: the webhooks of SMS providers. A text is answered 200 only after its commit; what is
 * authentic but unreadable is kept in quarantine and answered 200 too, since sending it again
 * would not mend it; trouble of our own is 503, so that the provider tries again.
 *
 *   Kannel 1.4.5 (user guide, sms-service get-url and dlr-url): everything in the query
 *   all others: hook_providers.c */
#include "common/ballot.h"
#include "common/digest.h"
#include "common/log.h"
#include "common/secret.h"
#include "common/text_in.h"
#include "server/hook_kit.h"
#include "server/pages.h"
#include "server/provider_words.h"
#include "server/response.h"
#include "server/settings.h"
#include "server/store_texts.h"
#include "server/text_box.h"
#include <stdatomic.h>

static atomic_ulong refused;

/* --- who calls ----------------------------------------------------------------------------- */

/* Of equal length first: HMACs of both are compared, so that time tells neither. */
bool hook_secret_is(const char *given)
{
    uint8_t a[32], b[32];
    if (settings.hook_secret[0] == '\0')
        return false;
    secret_hmac(SECRET_CSRF, "hook", given, strlen(given), a);
    secret_hmac(SECRET_CSRF, "hook", settings.hook_secret, strlen(settings.hook_secret), b);
    return secret_equal(a, b, sizeof(a));
}

bool hook_bearer_is(const struct request *r)
{
    static const char scheme[] = "Bearer ";
    bool bearer = strncasecmp(r->authorization, scheme, sizeof(scheme) - 1) == 0;
    return hook_secret_is(bearer ? r->authorization + sizeof(scheme) - 1 : "");
}

enum handled hook_refuse(struct request *r)
{
    log_peer("a webhook came without the right secret or signature; %lu so far",
             atomic_fetch_add(&refused, 1) + 1);
    response_error(r, 403);
    return HANDLED;
}

/* --- texts --------------------------------------------------------------------------------- */

const char *hook_id_of(struct request *r, const char *bytes, size_t len)
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

/* GET says all in the query, POST in the body. */
static const char *id_of_request(struct request *r)
{
    if (r->body_len > 0)
        return hook_id_of(r, r->body, r->body_len);
    return hook_id_of(r, r->query, strlen(r->query));
}

enum handled hook_take_text(struct request *r, struct text_in *text)
{
    if (text->message_id[0] == '\0')
        text->message_id = id_of_request(r);
    if (text_box_put(r, text))
        return HANDED_OVER;
    response_error(r, 503);
    return HANDLED;
}

enum handled hook_take_part(struct request *r, struct db *db, struct text_in *text,
                            const struct text_part *part)
{
    const char *first_id = NULL;
    enum handled handled = HANDLED;
    struct buf words = buf_new(TEXT_BODY_MAX);
    enum db_outcome outcome =
        store_part(db, &r->arena, text, part, &words, &first_id, &text->sent_at);
    if (outcome == DB_OK && first_id != NULL) {
        text->message_id = first_id;
        text->body = arena_strdup(&r->arena, buf_str(&words));
        text->body_len = words.len;
        text->quarantine |= words.overflowed;
        handled = hook_take_text(r, text);
    } else if (outcome == DB_OK) {
        response_text(r, 200, "");
    } else {
        response_error(r, 503);
    }
    buf_free(&words);
    return handled;
}

enum handled hook_kannel(struct request *r, struct db *db)
{
    (void)db;
    if (!hook_secret_is(request_field(r, "secret")))
        return hook_refuse(r);
    struct text_in in;
    const char *id = request_field(r, "id");
    struct kannel_text said = {.id = *id != '\0' ? id : id_of_request(r),
                               .from = request_field(r, "from"),
                               .to = request_field(r, "to"),
                               .words = request_field(r, "text"),
                               .charset = request_field(r, "charset"),
                               .at = request_field(r, "at"),
                               .malformed = r->malformed};
    read_kannel_text(&r->arena, &said, &in);
    return hook_take_text(r, &in);
}

/* --- delivery receipts ---------------------------------------------------------------------- */

/* Receipts by our own reference, or by the provider's id. */
static enum db_outcome store(struct db *db, const char *provider, const struct receipt *receipt,
                             bool *known)
{
    uint8_t uuid[UUID_LEN];
    *known = true;
    if (receipt->reference == NULL)
        return store_delivery_id(db, provider, receipt->id, receipt->status);
    *known = uuid_read(receipt->reference, uuid);
    return *known ? store_delivery(db, uuid, receipt->status, known) : DB_OK;
}

enum handled hook_take_receipt(struct request *r, struct db *db, const char *provider,
                               bool readable, const struct receipt *receipt)
{
    bool known = true;
    if (readable && receipt->status != NULL && store(db, provider, receipt, &known) != DB_OK) {
        response_error(r, 503);
        return HANDLED;
    }
    if (!readable || receipt->status == NULL)
        log_peer("a delivery receipt that cannot be read was dropped");
    else if (!known)
        log_peer("a delivery receipt for a text that we did not send");
    response_text(r, 200, "");
    return HANDLED;
}

static enum handled take_receipt(struct request *r, struct db *db, const char *reference,
                                 const char *status)
{
    struct receipt receipt = {.reference = reference, .status = status};
    return hook_take_receipt(r, db, "", reference != NULL, &receipt);
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
    if (!hook_secret_is(request_field(r, "secret")))
        return hook_refuse(r);
    return take_receipt(r, db, request_field(r, "ref"), kannel_status(request_field(r, "type")));
}
