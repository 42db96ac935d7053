/* gateway.c: the list of gateways, and what they judge and check alike. */
#include "sms/gateway.h"
#include <jansson.h>

const struct gateway *gateway_named(const char *name)
{
    static const struct gateway *const all[] = {
        &gateway_kannel,  &gateway_handset, &gateway_notify,        &gateway_twilio,
        &gateway_generic, &gateway_vonage,  &gateway_africastalking};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i]->name, name) == 0)
            return all[i];
    return NULL;
}

bool gateway_judge_unanswered(const struct http_answer *a, struct gateway_verdict *out)
{
    *out = (struct gateway_verdict){0};
    switch (a->result) {
    case HTTP_ANSWERED:
        return false;
    case HTTP_NOT_SENT:
        out->outcome = GATEWAY_RETRY;
        break;
    case HTTP_CUT:
        out->outcome = GATEWAY_UNKNOWN;
        break;
    }
    snprintf(out->error, sizeof out->error, "%s", a->error);
    return true;
}

bool gateway_copy_id(const json_t *object, const char *key, char id[GATEWAY_ID_MAX + 1])
{
    const char *value = gateway_member(object, key);

    id[0] = '\0';
    if (value[0] == '\0' || strlen(value) > GATEWAY_ID_MAX || strchr(value, ' ') != NULL)
        return false;
    memcpy(id, value, strlen(value) + 1);
    return true;
}

void gateway_add_id(char ids[GATEWAY_IDS_MAX], const char *id)
{
    size_t len = strlen(ids);

    if (id[0] != '\0' && strchr(id, ' ') == NULL && len + strlen(id) + 2 <= GATEWAY_IDS_MAX)
        snprintf(ids + len, GATEWAY_IDS_MAX - len, "%s%s", len > 0 ? " " : "", id);
}

const char *gateway_member(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));

    return value != NULL ? value : "";
}

void gateway_check_base(const char *key, const char *url, struct buf *error)
{
    size_t len = strlen(url);

    if (!http_base_allowed(url) || (len > 0 && url[len - 1] == '/'))
        buf_fmt(error,
                "%s: must be https://… (or http:// to this machine), without a slash at the end, "
                "user or query\n",
                key);
}

void gateway_check_given(const char *key, const char *value, struct buf *error)
{
    if (value[0] == '\0')
        buf_fmt(error, "%s: must be given for this gateway\n", key);
}

void gateway_check_plain(const char *key, const char *value, struct buf *error)
{
    for (const char *c = value; *c != '\0'; c++)
        if (!((*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z') ||
              *c == '-' || *c == '_')) {
            buf_fmt(error, "%s: must consist of letters, digits, - and _\n", key);
            return;
        }
}
