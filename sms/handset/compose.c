/* compose.c: checks a text that a person typed into a phone, and sends it. */
#include "sms/handset/api.h"
#include "sms/handset/network.h"
#include "sms/handset/text.h"

bool compose_number(const char *typed, char out[PHONE_LEN + 1])
{
    enum phone_kind kind = phone_read(typed, out);
    return kind == PHONE_UK_MOBILE || kind == PHONE_OTHER;
}

/* Any number may be texted, also a short code. */
static bool is_recipient(const char *to)
{
    char e164[PHONE_LEN + 1];
    enum phone_kind kind = phone_read(to, e164);
    return kind != PHONE_ALPHANUMERIC && kind != PHONE_INVALID;
}

static bool is_blank(const char *s)
{
    return s[strspn(s, " \n")] == '\0';
}

const char *compose(struct handset *h, const char *number, const char *to, const char *body,
                    struct arena *arena, char id[HANDSET_ID_LEN + 1])
{
    char from[PHONE_LEN + 1];
    char *text = arena_strdup(arena, body ? body : "");
    text_unify_lines(text);
    if (!number || !compose_number(number, from))
        return "That is not a telephone number. A mobile number has 11 digits, like 07700 900123.";
    if (to && (!text_is_clean(to, false) || !is_recipient(to)))
        return "That is not a number that texts can be sent to.";
    if (!text_is_clean(text, true))
        return "The text holds something that a phone cannot send.";
    if (is_blank(text))
        return "Type a text first.";
    if (gsm7_size(text).segments > HANDSET_SEGMENTS_OUT)
        return "That is too long: a phone sends at most 10 texts in one.";
    network_send(h, from, to ? to : h->settings->sms_number, text, id);
    return NULL;
}
