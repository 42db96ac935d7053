/* reply.c: urlencoded parameters in, short answers out. */
#include "sms/handset/http.h"
#include "sms/handset/text.h"

const char *params_get(const struct params *params, const char *name)
{
    for (size_t i = 0; i < params->n; i++)
        if (strcmp(params->param[i].name, name) == 0)
            return params->param[i].value;
    return NULL;
}

/* In place. False for %00 and for a % without two digits. */
static bool decode(char *s)
{
    long n = percent_decode(s, strlen(s), true, s);
    if (n < 0 || memchr(s, '\0', (size_t)n) != NULL)
        return false;
    s[n] = '\0';
    return true;
}

static bool add(struct params *params, char *pair)
{
    char *equals = strchr(pair, '=');
    char *value = equals ? equals + 1 : pair + strlen(pair);
    if (equals)
        *equals = '\0';
    if (params->n == HTTP_PARAMS_MAX || !decode(pair) || !decode(value) || params_get(params, pair))
        return false;
    params->param[params->n++] = (struct param){.name = pair, .value = value};
    return true;
}

bool params_read(struct params *params, char *text)
{
    while (*text) {
        char *end = strchr(text, '&');
        char *next = end ? end + 1 : text + strlen(text);
        if (end)
            *end = '\0';
        if (*text && !add(params, text))
            return false;
        text = next;
    }
    return true;
}

void reply_error(struct reply *reply, unsigned status, const char *code, const char *message)
{
    reply->status = status;
    reply->type = "application/json";
    buf_clear(&reply->body);
    buf_str_add(&reply->body, "{\"error\":{\"code\":");
    text_json(&reply->body, code);
    buf_str_add(&reply->body, ",\"message\":");
    text_json(&reply->body, message);
    buf_str_add(&reply->body, "}}\n");
}

void reply_text(struct reply *reply, unsigned status, const char *line)
{
    reply->status = status;
    reply->type = "text/plain; charset=utf-8";
    buf_clear(&reply->body);
    buf_str_add(&reply->body, line);
}

void reply_redirect(struct reply *reply, const char *path)
{
    reply->status = 303;
    buf_str_add(&reply->location, path);
}
