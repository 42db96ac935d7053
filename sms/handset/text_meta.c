/* text_meta.c: a text's state in the words of the page and of the API. */
#include "common/log.h"
#include "sms/handset/phones.h"

const char *text_state_name(enum text_state state)
{
    static const char *const names[TEXT_STATES] = {
        [TEXT_SENDING] = "sending", [TEXT_SENT] = "sent",         [TEXT_LOST] = "lost",
        [TEXT_FAILED] = "failed",   [TEXT_ACCEPTED] = "accepted", [TEXT_DELIVERED] = "delivered",
    };
    MUST(state < TEXT_STATES);
    return names[state];
}

static void write_size(const struct text *text, struct buf *out)
{
    buf_fmt(out, "%zu %s · %zu %s", text->size.segments,
            text->size.segments == 1 ? "text" : "texts", text->size.units,
            text->size.units == 1 ? "character" : "characters");
    if (text->size.alphabet == ALPHABET_UCS2)
        buf_str_add(out, " (special letters)");
}

static void write_failure(const struct text *text, struct buf *out)
{
    if (text->tries == 0)
        buf_str_add(out, "not sent: the network refused it");
    else if (text->answer < 0)
        buf_fmt(out, "not sent: no answer after %d tries", text->tries);
    else
        buf_fmt(out, "not sent: the service answered %d", text->answer);
}

void text_meta(const struct text *text, struct buf *out)
{
    write_size(text, out);
    buf_str_add(out, " · ");
    switch (text->state) {
    case TEXT_SENDING:
        if (text->tries == 0)
            buf_str_add(out, "sending");
        else
            buf_fmt(out, "no answer yet, trying again (%d)", text->tries);
        break;
    case TEXT_SENT:
        buf_str_add(out, "sent");
        break;
    case TEXT_LOST:
        buf_str_add(out, "lost by the network");
        break;
    case TEXT_FAILED:
        write_failure(text, out);
        break;
    case TEXT_ACCEPTED:
        buf_str_add(out, "arrived, no receipt sent");
        break;
    case TEXT_DELIVERED:
        buf_str_add(out, "delivered");
        break;
    case TEXT_STATES:
        MUST(false);
    }
}
