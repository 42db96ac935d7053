/* outgoing.c: seals texts that are no replies. */
#include "sms/outgoing.h"

#include "common/log.h"
#include "common/secret.h"
#include "sms/gsm7.h"

bool outgoing_unseal(const char *about, const uint8_t *sealed, size_t len, char *out, size_t max)
{
    if (len < SECRET_SEAL_EXTRA || len - SECRET_SEAL_EXTRA > max)
        return false;
    long n = secret_unseal(about, sealed, len, (uint8_t *)out);
    out[n < 0 ? 0 : n] = '\0';
    return n >= 0;
}

enum language outgoing_language(const char *tag)
{
    enum language language = LANGUAGE_EN;
    (void)language_read(tag, &language);
    return language;
}

static void read_number(struct outgoing *o, const char *about, const uint8_t *sealed, size_t len)
{
    char plain[64];
    if (!outgoing_unseal(about, sealed, len, plain, sizeof plain - 1))
        return;
    enum phone_kind kind = phone_read(plain, o->to);
    if (kind != PHONE_UK_MOBILE && kind != PHONE_OTHER)
        o->to[0] = '\0';
}

struct outgoing outgoing_new(const char *about, const uint8_t *sealed, size_t len,
                             const char *endpoint, const char *sms_number)
{
    struct outgoing o = {.to = "", .body = buf_new(OUTGOING_MAX)};
    read_number(&o, about, sealed, len);
    snprintf(o.from, sizeof o.from, "%s", endpoint[0] != '\0' ? endpoint : sms_number);
    return o;
}

void outgoing_free(struct outgoing *o)
{
    buf_free(&o->body);
}

static void item_sealed(struct db_params *p, const char *about, const char *plain)
{
    uint8_t sealed[OUTGOING_MAX + SECRET_SEAL_EXTRA];
    db_item_bytes(p, sealed, secret_seal(about, plain, strlen(plain), sealed));
}

void outgoing_put(struct db_params *p, const struct outgoing *all, int n)
{
    db_array_begin(p, DB_BYTEA);
    for (int i = 0; i < n; i++)
        item_sealed(p, "outbox.recipient", all[i].to);
    db_array_end(p);
    db_array_begin(p, DB_BYTEA);
    for (int i = 0; i < n; i++) {
        MUST(!all[i].body.overflowed);
        if (all[i].to[0] != '\0' && all[i].body.len > 0)
            item_sealed(p, "outbox.body", buf_str(&all[i].body));
        else
            db_item_null(p);
    }
    db_array_end(p);
    db_array_begin(p, DB_INT4);
    for (int i = 0; i < n; i++)
        db_item_int4(p, (int32_t)gsm7_size(buf_str(&all[i].body)).segments);
    db_array_end(p);
    db_array_begin(p, DB_TEXT);
    for (int i = 0; i < n; i++)
        db_item_text(p, all[i].from);
    db_array_end(p);
}
