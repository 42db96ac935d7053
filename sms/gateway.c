/* gateway.c: the list of gateways, and what they judge alike. */
#include "sms/gateway.h"

const struct gateway *gateway_named(const char *name)
{
    static const struct gateway *const all[] = {&gateway_kannel, &gateway_handset};

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
