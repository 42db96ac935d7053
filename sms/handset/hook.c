/* hook.c: writes the calls to the service's webhook. */
#include "sms/handset/hook.h"

#include "common/log.h"
#include "sms/handset/moment.h"
#include "sms/handset/text.h"

static struct buf hook_path(const struct handset *h, const char *end)
{
    struct buf path = buf_new(CLIENT_PATH_MAX);
    size_t len = strlen(h->hook.path);
    if (len > 0 && h->hook.path[len - 1] == '/')
        len--;
    buf_add(&path, h->hook.path, len);
    buf_str_add(&path, end);
    return path;
}

static int post(struct handset *h, const char *end, const struct buf *json, bool hang_up)
{
    struct buf path = hook_path(h, end);
    MUST(!path.overflowed && !json->overflowed);
    struct client_call call = {.url = &h->hook,
                               .path = buf_str(&path),
                               .bearer = h->settings->hook_secret,
                               .json = buf_str(json),
                               .hang_up = hang_up,
                               .stop = &h->stopping};
    int status = client_call(&call);
    buf_free(&path);
    return status;
}

static int post_text(struct handset *h, const struct hook_text *text, bool hang_up)
{
    char at[MOMENT_TEXT_LEN + 1];
    struct buf json = buf_new(CLIENT_JSON_MAX);
    moment_text(text->at_ms, at);
    buf_str_add(&json, "{\"id\":");
    text_json(&json, text->id);
    buf_str_add(&json, ",\"from\":");
    text_json(&json, text->from);
    buf_str_add(&json, ",\"to\":");
    text_json(&json, text->to);
    buf_str_add(&json, ",\"body\":");
    text_json(&json, text->body);
    buf_str_add(&json, ",\"sent_at\":");
    text_json(&json, at);
    buf_char(&json, '}');
    int status = post(h, "/handset", &json, hang_up);
    buf_free(&json);
    return status;
}

static void add_member(struct buf *json, const char *name, const char *value)
{
    buf_fmt(json, "%s\"%s\":", json->len > 1 ? "," : "", name);
    text_json(json, value);
}

/* Numbers without the plus, as Notify has them. */
static int post_notify(struct handset *h, const struct hook_text *text, bool hang_up)
{
    char at[MOMENT_TEXT_LEN + 1];
    struct buf json = buf_new(CLIENT_JSON_MAX);
    moment_text(text->at_ms, at);
    buf_char(&json, '{');
    add_member(&json, "id", text->id);
    add_member(&json, "source_number", text->from + 1);
    add_member(&json, "destination_number", text->to);
    add_member(&json, "message", text->body);
    add_member(&json, "date_received", at);
    buf_char(&json, '}');
    int status = post(h, "/notify", &json, hang_up);
    buf_free(&json);
    return status;
}

int hook_receipt_notify(struct handset *h, const char *reference, const char *id,
                        const char *status)
{
    struct buf json = buf_new(1024);
    buf_char(&json, '{');
    add_member(&json, "id", id);
    add_member(&json, "reference", reference);
    add_member(&json, "status", status);
    add_member(&json, "notification_type", "sms");
    buf_char(&json, '}');
    int answer = post(h, "/notify/receipt", &json, false);
    buf_free(&json);
    return answer;
}

static void add_param(struct buf *path, const char *name, const char *value)
{
    buf_fmt(path, "&%s=", name);
    buf_percent(path, value);
}

/* Kannel gives numbers without the plus, as the network does. */
static int get_text(struct handset *h, const struct hook_text *text, bool hang_up)
{
    struct buf path = hook_path(h, "/kannel?secret=");
    buf_percent(&path, h->settings->hook_secret);
    add_param(&path, "id", text->id);
    add_param(&path, "from", text->from + (text->from[0] == '+'));
    add_param(&path, "to", text->to + (text->to[0] == '+'));
    add_param(&path, "text", text->body);
    add_param(&path, "coding", text->ucs2 ? "2" : "0");
    add_param(&path, "charset", "UTF-8");
    buf_fmt(&path, "&at=%lld", (long long)(text->at_ms / 1000));
    MUST(!path.overflowed);
    struct client_call call = {
        .url = &h->hook, .path = buf_str(&path), .hang_up = hang_up, .stop = &h->stopping};
    int status = client_call(&call);
    buf_free(&path);
    return status;
}

int hook_text(struct handset *h, const struct hook_text *text, bool hang_up)
{
    switch (h->speaks) {
    case DIALECT_KANNEL:
        return get_text(h, text, hang_up);
    case DIALECT_NOTIFY:
        return post_notify(h, text, hang_up);
    case DIALECT_TWILIO:
        return hook_text_twilio(h, text, hang_up);
    case DIALECT_VONAGE:
        return hook_text_vonage(h, text, hang_up);
    case DIALECT_AFRICASTALKING:
        return hook_text_africastalking(h, text, hang_up);
    case DIALECT_HANDSET:
    case DIALECTS:
        break;
    }
    return post_text(h, text, hang_up);
}

int hook_receipt(struct handset *h, const char *reference, const char *id, const char *status)
{
    struct buf json = buf_new(1024);
    buf_str_add(&json, "{\"reference\":");
    text_json(&json, reference);
    buf_str_add(&json, ",\"id\":");
    text_json(&json, id);
    buf_fmt(&json, ",\"status\":\"%s\"}", status);
    int answer = post(h, "/handset/dlr", &json, false);
    buf_free(&json);
    return answer;
}

/* %d type, %I id, %T time; others stay as they are, since percent-encoding looks the same. */
static void fill_dlr_url(struct buf *out, const char *dlr_url, int type, const char *id)
{
    for (const char *c = dlr_url; *c; c++) {
        if (*c != '%') {
            buf_char(out, *c);
            continue;
        }
        if (c[1] == 'd')
            buf_fmt(out, "%d", type);
        else if (c[1] == 'I')
            buf_fmt(out, "%s-%d", id, type); /* measured: it differs between the two */
        else if (c[1] == 'T')
            buf_fmt(out, "%lld", (long long)(moment_unix() / 1000));
        else
            buf_char(out, '%');
        if (strchr("dIT", c[1]) && c[1])
            c++;
    }
}

int hook_dlr_url(struct handset *h, const char *dlr_url, int type, const char *id)
{
    int status = CLIENT_REFUSED;
    struct client_url url;
    struct buf whole = buf_new(CLIENT_PATH_MAX);
    fill_dlr_url(&whole, dlr_url, type, id);
    if (!whole.overflowed && client_url_read(buf_str(&whole), &url)) {
        struct client_call call = {.url = &url, .stop = &h->stopping};
        status = client_call(&call);
        client_url_free(&url);
    }
    buf_free(&whole);
    return status;
}
