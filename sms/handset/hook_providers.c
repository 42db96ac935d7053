/* hook_providers.c: our calls to the service's webhook as providers far away make them, signed as
 * they sign. hook_url is both where we call and what is signed over. */
#include <time.h>

#include "common/secret.h"
#include "sms/handset/hook.h"
#include "sms/handset/moment.h"
#include "sms/handset/text.h"

enum { PAIRS = 12, SIGNED_MAX = 1 << 18 };

struct form {
    struct {
        const char *name, *value;
    } pair[PAIRS];
    int n;
};

static void add(struct form *f, const char *name, const char *value)
{
    f->pair[f->n].name = name;
    f->pair[f->n++].value = value;
}

static void write_form(const struct form *f, struct buf *out)
{
    for (int i = 0; i < f->n; i++) {
        buf_fmt(out, "%s%s=", i > 0 ? "&" : "", f->pair[i].name);
        buf_percent(out, f->pair[i].value);
    }
}

static void sort(struct form *f)
{
    for (int i = 1; i < f->n; i++)
        for (int j = i; j > 0 && strcmp(f->pair[j - 1].name, f->pair[j].name) > 0; j--) {
            const char *name = f->pair[j].name, *value = f->pair[j].value;
            f->pair[j] = f->pair[j - 1];
            f->pair[j - 1].name = name;
            f->pair[j - 1].value = value;
        }
}

/* Calls `path` on the host of hook_url. */
static int call_form(struct handset *h, const char *path, const struct form *f, const char *header,
                     bool hang_up)
{
    struct buf body = buf_new(CLIENT_JSON_MAX);
    write_form(f, &body);
    struct client_call call = {.url = &h->hook,
                               .path = path,
                               .header = header,
                               .type = "application/x-www-form-urlencoded",
                               .json = buf_str(&body),
                               .hang_up = hang_up,
                               .stop = &h->stopping};
    int status = body.overflowed ? CLIENT_BROKEN : client_call(&call);
    buf_free(&body);
    return status;
}

/* --- Twilio -------------------------------------------------------------------------------- */

static int post_twilio(struct handset *h, const char *url, const char *path, struct form *f,
                       bool hang_up)
{
    struct buf text = buf_new(SIGNED_MAX), header = buf_new(200);
    uint8_t mac[SECRET_MAC_MAX];
    char signature[40];
    const char *token = h->settings->twilio_token;
    sort(f);
    buf_str_add(&text, url);
    for (int i = 0; i < f->n; i++)
        buf_fmt(&text, "%s%s", f->pair[i].name, f->pair[i].value);
    size_t len = secret_mac(SECRET_SHA1, token, strlen(token), buf_str(&text), text.len, mac);
    secret_base64_text(mac, len, signature);
    buf_fmt(&header, "X-Twilio-Signature: %s", signature);
    int status = call_form(h, path, f, buf_str(&header), hang_up);
    buf_free(&text);
    buf_free(&header);
    return status;
}

int hook_text_twilio(struct handset *h, const struct hook_text *text, bool hang_up)
{
    struct buf url = buf_new(CLIENT_PATH_MAX), path = buf_new(CLIENT_PATH_MAX);
    struct form f = {.n = 0};
    add(&f, "MessageSid", text->id);
    add(&f, "AccountSid", h->settings->twilio_account);
    add(&f, "From", text->from);
    add(&f, "To", text->to);
    add(&f, "Body", text->body);
    add(&f, "NumMedia", "0");
    buf_fmt(&url, "%s/twilio", h->settings->hook_url);
    buf_fmt(&path, "%s/twilio", h->hook.path);
    int status = post_twilio(h, buf_str(&url), buf_str(&path), &f, hang_up);
    buf_free(&url);
    buf_free(&path);
    return status;
}

int hook_status_twilio(struct handset *h, const char *callback, const char *id, const char *status)
{
    struct client_url url;
    struct form f = {.n = 0};
    if (!client_url_read(callback, &url))
        return CLIENT_REFUSED;
    add(&f, "MessageSid", id);
    add(&f, "MessageStatus", strcmp(status, "accepted") == 0 ? "sent" : status);
    int answer = post_twilio(h, callback, url.path, &f, false);
    client_url_free(&url);
    return answer;
}

/* --- Vonage -------------------------------------------------------------------------------- */

static int post_vonage(struct handset *h, const char *end, struct form *f, bool hang_up)
{
    struct buf text = buf_new(SIGNED_MAX), sig = buf_new(2 * SECRET_MAC_MAX);
    struct buf path = buf_new(CLIENT_PATH_MAX);
    uint8_t mac[SECRET_MAC_MAX];
    char now[24];
    const char *secret = h->settings->vonage_signature_secret;
    snprintf(now, sizeof now, "%lld", (long long)time(NULL));
    add(f, "timestamp", now);
    sort(f);
    for (int i = 0; i < f->n; i++) {
        buf_fmt(&text, "&%s=", f->pair[i].name);
        for (const char *c = f->pair[i].value; *c; c++)
            buf_char(&text, *c == '&' || *c == '=' ? '_' : *c);
    }
    size_t len = secret_mac(SECRET_SHA256, secret, strlen(secret), buf_str(&text), text.len, mac);
    buf_hex(&sig, mac, len);
    add(f, "sig", buf_str(&sig));
    buf_fmt(&path, "%s/vonage%s", h->hook.path, end);
    int status = call_form(h, buf_str(&path), f, NULL, hang_up);
    buf_free(&text);
    buf_free(&sig);
    buf_free(&path);
    return status;
}

int hook_text_vonage(struct handset *h, const struct hook_text *text, bool hang_up)
{
    char at[MOMENT_TEXT_LEN + 1];
    struct form f = {.n = 0};
    moment_text(text->at_ms, at);
    add(&f, "messageId", text->id);
    add(&f, "msisdn", text->from + 1);
    add(&f, "to", text->to);
    add(&f, "text", text->body);
    add(&f, "type", text->ucs2 ? "unicode" : "text");
    add(&f, "message-timestamp", at);
    return post_vonage(h, "", &f, hang_up);
}

int hook_receipt_vonage(struct handset *h, const char *reference, const char *id,
                        const char *status)
{
    struct form f = {.n = 0};
    add(&f, "messageId", id);
    add(&f, "client-ref", reference);
    add(&f, "status", status);
    return post_vonage(h, "/receipt", &f, false);
}

/* --- Africa's Talking ---------------------------------------------------------------------- */

static int post_africastalking(struct handset *h, const char *end, const struct form *f,
                               bool hang_up)
{
    struct buf path = buf_new(CLIENT_PATH_MAX);
    buf_fmt(&path, "%s/africastalking%s?secret=", h->hook.path, end);
    buf_percent(&path, h->settings->hook_secret);
    int status = call_form(h, buf_str(&path), f, NULL, hang_up);
    buf_free(&path);
    return status;
}

int hook_text_africastalking(struct handset *h, const struct hook_text *text, bool hang_up)
{
    char at[MOMENT_TEXT_LEN + 1];
    struct form f = {.n = 0};
    moment_text(text->at_ms, at);
    add(&f, "id", text->id);
    add(&f, "from", text->from);
    add(&f, "to", text->to);
    add(&f, "text", text->body);
    add(&f, "date", at);
    return post_africastalking(h, "", &f, hang_up);
}

int hook_receipt_africastalking(struct handset *h, const char *id, const char *status)
{
    struct form f = {.n = 0};
    add(&f, "id", id);
    add(&f, "status", strcmp(status, "delivered") == 0 ? "Success" : "Sent");
    return post_africastalking(h, "/receipt", &f, false);
}
