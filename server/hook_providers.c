/* hook_providers.c: the webhooks of providers that post forms or JSON: who calls is checked first,
 * then what it says is read (provider_read.h) and kept (hook_kit.h).
 *
 *   wardmote-handset  Authorization: Bearer, with the setting hook_secret (sms/handset/hook.h)
 *   Notify            likewise
 *   Twilio            X-Twilio-Signature over public_url, path and query, and all that it posts
 *   Vonage            signed parameters; or, where the account does not sign, ?secret= in the
 *                     address
 *   Africa's Talking  ?secret= in the address, and the addresses it calls from
 *   generic           Authorization: Bearer, or ?secret= in the address */
#include "server/hook_kit.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/settings.h"
#include <time.h>

bool hook_pairs(struct request *r, struct pairs *p)
{
    bool query = pairs_add_form(p, &r->arena, r->query, strlen(r->query));
    return pairs_add_body(p, &r->arena, r->body, r->body_len) && query;
}

/* Ours to take: with the words kept raw when the whole cannot be taken apart. */
static enum handled take(struct request *r, struct text_in *in, bool whole)
{
    if (!whole) {
        in->quarantine = true;
        in->message_id = "";
        in->body = r->body;
        in->body_len = r->body_len < TEXT_BODY_MAX ? r->body_len : TEXT_BODY_MAX;
    }
    return hook_take_text(r, in);
}

/* --- JSON of who knows the secret ------------------------------------------------------------ */

static enum handled take_json(struct request *r,
                              bool (*read)(struct arena *arena, const struct pairs *p,
                                           struct text_in *out))
{
    struct pairs p = {.n = 0};
    struct text_in in;
    if (!hook_bearer_is(r))
        return hook_refuse(r);
    bool whole = pairs_add_json(&p, &r->arena, r->body, r->body_len);
    read(&r->arena, &p, &in);
    return take(r, &in, whole);
}

static enum handled take_json_receipt(struct request *r, struct db *db, const char *provider,
                                      bool (*read)(const struct pairs *p, struct receipt *out))
{
    struct pairs p = {.n = 0};
    struct receipt receipt;
    if (!hook_bearer_is(r))
        return hook_refuse(r);
    bool readable = pairs_add_json(&p, &r->arena, r->body, r->body_len);
    readable = read(&p, &receipt) && readable;
    return hook_take_receipt(r, db, provider, readable, &receipt);
}

enum handled hook_handset(struct request *r, struct db *db)
{
    (void)db;
    return take_json(r, read_handset_text);
}

enum handled hook_handset_dlr(struct request *r, struct db *db)
{
    return take_json_receipt(r, db, "handset", read_handset_receipt);
}

enum handled hook_notify(struct request *r, struct db *db)
{
    (void)db;
    return take_json(r, read_notify_text);
}

enum handled hook_notify_receipt(struct request *r, struct db *db)
{
    return take_json_receipt(r, db, "notify", read_notify_receipt);
}

/* --- Twilio --------------------------------------------------------------------------------- */

/* The address that Twilio was told, not the one that a proxy made of it. */
static bool is_twilio(struct request *r, const struct pairs *posted)
{
    const char *url = arena_fmt(&r->arena, "%s%s%s%s", settings.public_url, r->path,
                                r->query[0] != '\0' ? "?" : "", r->query);
    return twilio_signed(settings.twilio_token, url, posted, r->signature);
}

enum handled hook_twilio(struct request *r, struct db *db)
{
    (void)db;
    struct pairs p = {.n = 0};
    struct text_in in;
    bool whole = pairs_add_form(&p, &r->arena, r->body, r->body_len);
    if (!is_twilio(r, &p))
        return hook_refuse(r);
    read_twilio_text(&r->arena, &p, &in);
    return take(r, &in, whole);
}

enum handled hook_twilio_status(struct request *r, struct db *db)
{
    struct pairs p = {.n = 0};
    struct receipt receipt;
    bool whole = pairs_add_form(&p, &r->arena, r->body, r->body_len);
    if (!is_twilio(r, &p))
        return hook_refuse(r);
    whole = pairs_add_form(&p, &r->arena, r->query, strlen(r->query)) && whole;
    bool readable = read_twilio_receipt(&p, &receipt) && whole;
    return hook_take_receipt(r, db, "twilio", readable, &receipt);
}

/* --- Vonage --------------------------------------------------------------------------------- */

static bool secret_in(const struct pairs *p)
{
    const char *secret = pairs_get(p, "secret");
    return hook_secret_is(secret != NULL ? secret : "");
}

static bool is_vonage(const struct pairs *p)
{
    if (settings.vonage_signature_secret[0] == '\0')
        return secret_in(p);
    return vonage_signed(settings.vonage_signature_secret, settings.vonage_signature_method, p,
                         time(NULL));
}

enum handled hook_vonage(struct request *r, struct db *db)
{
    struct pairs p = {.n = 0};
    struct text_in in;
    struct text_part part;
    bool whole = hook_pairs(r, &p);
    if (!is_vonage(&p))
        return hook_refuse(r);
    bool good = read_vonage_text(&r->arena, &p, &in, &part);
    if (whole && good && part.total > 0)
        return hook_take_part(r, db, &in, &part);
    return take(r, &in, whole);
}

enum handled hook_vonage_receipt(struct request *r, struct db *db)
{
    struct pairs p = {.n = 0};
    struct receipt receipt;
    bool whole = hook_pairs(r, &p);
    if (!is_vonage(&p))
        return hook_refuse(r);
    bool readable = read_vonage_receipt(&p, &receipt) && whole;
    return hook_take_receipt(r, db, "vonage", readable, &receipt);
}

/* --- Africa's Talking ----------------------------------------------------------------------- */

static bool is_africastalking(const struct request *r, const struct pairs *p)
{
    size_t len = strlen(r->address);
    bool allowed = settings.africastalking_addresses[0] == '\0';
    for (const char *at = settings.africastalking_addresses; *at != '\0' && !allowed;) {
        size_t word = strcspn(at, " ");
        allowed = word == len && strncmp(at, r->address, len) == 0;
        at += word;
        at += strspn(at, " ");
    }
    return secret_in(p) && allowed;
}

enum handled hook_africastalking(struct request *r, struct db *db)
{
    (void)db;
    struct pairs p = {.n = 0};
    struct text_in in;
    bool whole = hook_pairs(r, &p);
    if (!is_africastalking(r, &p))
        return hook_refuse(r);
    read_africastalking_text(&r->arena, &p, &in);
    return take(r, &in, whole);
}

enum handled hook_africastalking_receipt(struct request *r, struct db *db)
{
    struct pairs p = {.n = 0};
    struct receipt receipt;
    bool whole = hook_pairs(r, &p);
    if (!is_africastalking(r, &p))
        return hook_refuse(r);
    bool readable = read_africastalking_receipt(&p, &receipt) && whole;
    return hook_take_receipt(r, db, "africastalking", readable, &receipt);
}

/* --- any other ------------------------------------------------------------------------------ */

enum handled hook_generic(struct request *r, struct db *db)
{
    (void)db;
    struct pairs p = {.n = 0};
    struct text_in in;
    bool whole = hook_pairs(r, &p);
    if (!hook_bearer_is(r) && !secret_in(&p))
        return hook_refuse(r);
    read_generic_text(&r->arena, &p, settings.generic_text, &in);
    return take(r, &in, whole);
}

enum handled hook_generic_receipt(struct request *r, struct db *db)
{
    struct pairs p = {.n = 0};
    struct receipt receipt;
    bool whole = hook_pairs(r, &p);
    if (!hook_bearer_is(r) && !secret_in(&p))
        return hook_refuse(r);
    bool readable =
        read_generic_receipt(&r->arena, &p, settings.generic_receipt, settings.generic_delivered,
                             settings.generic_undelivered, &receipt);
    return hook_take_receipt(r, db, "generic", readable && whole, &receipt);
}
