/* desk_sms_view.c: what the desk's pages about texts share. */
#include "server/desk_sms_view.h"

#include "server/page_kit.h"
#include "server/response.h"

bool desk_sms_failed(struct request *r, enum db_outcome outcome, const char *result)
{
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (strcmp(result, "not_found") == 0)
        response_error(r, 404);
    else if (strcmp(result, "role") == 0)
        response_error(r, 403);
    else
        return false;
    return true;
}

void desk_sms_age(struct html *h, int64_t seconds)
{
    if (seconds < 60)
        kit_count(h, seconds, "second", "seconds");
    else if (seconds < 2 * 3600)
        kit_count(h, seconds / 60, "minute", "minutes");
    else if (seconds < 48 * 3600)
        kit_count(h, seconds / 3600, "hour", "hours");
    else
        kit_count(h, seconds / 86400, "day", "days");
}

static void tag(struct html *h, const char *colour, const char *text)
{
    html_raw(h, "<strong");
    html_attrf(h, "class", "govuk-tag govuk-tag--%s", colour);
    html_raw(h, ">");
    html_text(h, text);
    html_raw(h, "</strong>");
}

void desk_sms_tag(struct html *h, const struct sms_text *t)
{
    static const struct {
        const char *state, *colour, *out, *in;
    } words[] = {
        {"queued", "blue", "Waits", ""},
        {"leased", "blue", "Under way", "Being read"},
        {"accepted", "green", "Sent", ""},
        {"delivered", "green", "Delivered", ""},
        {"undelivered", "orange", "Not delivered", ""},
        {"unknown", "yellow", "Unknown", ""},
        {"held", "orange", "Held", ""},
        {"expired", "grey", "Too late", ""},
        {"dead", "red", "Given up", "Given up"},
        {"cancelled", "grey", "Not sent", ""},
        {"new", "blue", "", "Waits"},
        {"done", "green", "", "Read"},
        {"duplicate", "grey", "", "Repeats another"},
        {"quarantined", "red", "", "Unreadable"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].state, t->state) == 0)
            tag(h, words[i].colour, t->outward ? words[i].out : words[i].in);
    }
}

const char *desk_sms_reason(const char *code)
{
    static const struct {
        const char *code, *words;
    } all[] = {
        {"gave_up", "It could not be read in eight tries"},
        {"stopped", "This number texted STOP, so that it gets no bulk texts"},
        {"blocked", "The provider says that this number refuses all texts from us"},
        {"loop", "The same words went to this number ten times within the hour"},
        {"limit", "This number has had as many texts as it may get"},
        {"hours", "Bulk texts go between 9am and 8pm"},
        {"paused", "Bulk texts are paused"},
        {"budget", "There is no room in the day’s budget"},
        {"gateway", "No provider of its route is free"},
        {"rate", "Too many texts at once: it waits its turn"},
        {"dropped", "An officer let it rest"},
        {"moot", "What it says is not true any more"},
        {"lease ran out", "The daemon that sent it died on the way"},
        {"not sealed by this master key",
         "The daemon has not the key that opens it, or its provider"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (strcmp(all[i].code, code) == 0)
            return all[i].words;
    }
    return NULL;
}

const char *desk_sms_why(struct request *r, const struct sms_text *t)
{
    if (strcmp(t->state, "quarantined") == 0)
        return "It came from the provider, in a form that nobody could read";
    if (!t->outward && strcmp(t->state, "dead") != 0)
        return "";
    if (strcmp(t->state, "held") == 0)
        return "It may have been sent. Send it again only if twice does no harm";
    if (strcmp(t->state, "accepted") == 0 || strcmp(t->state, "delivered") == 0)
        return "";
    const char *words = desk_sms_reason(t->why);
    if (words != NULL)
        return words;
    return t->why[0] == '\0' ? "" : arena_fmt(&r->arena, "The provider’s word: %s", t->why);
}

static void list_item(struct html *h, struct request *r, const struct sms_text *t)
{
    const char *why = desk_sms_why(r, t);
    html_raw(h, "<li class=\"wm-task\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/desk/texts/%s/%s", t->outward ? "out" : "in", t->reference);
    html_raw(h, ">");
    html_text(h, !t->outward                        ? "Text from "
                 : strcmp(t->class, "bulk") == 0    ? "Bulk text to "
                 : strcmp(t->class, "service") == 0 ? "Notice to "
                                                    : "Reply to ");
    html_text(h, t->masked[0] != '\0' ? t->masked : "an erased number");
    html_raw(h, "</a>");
    desk_sms_tag(h, t);
    html_raw(h, "<p>At ");
    desk_when(h, when_minute(t->at));
    if (t->provider[0] != '\0') {
        html_raw(h, ", by ");
        html_text(h, t->provider);
    }
    html_raw(h, ".");
    if (why[0] != '\0')
        html_textf(h, " %s.", why);
    html_raw(h, "</p></li>\n");
}

void desk_sms_list(struct html *h, struct request *r, const struct sms_texts *texts)
{
    if (texts->n == 0)
        return;
    html_raw(h, "<ul class=\"wm-tasks\">\n");
    for (int i = 0; i < texts->n; i++)
        list_item(h, r, &texts->one[i]);
    html_raw(h, "</ul>\n");
}

void desk_sms_gateway_tag(struct html *h, const struct sms_gateway *g)
{
    switch (g->state) {
    case SMS_READY:
        tag(h, g->used ? "green" : "grey", g->used ? "Ready" : "Not in use");
        return;
    case SMS_PAUSED:
        tag(h, "orange", "Paused");
        return;
    case SMS_BROKEN:
        tag(h, "red", "Failing");
        return;
    case SMS_TRYING:
        tag(h, "yellow", "Being tried");
        return;
    }
}

void desk_sms_tally(struct html *h, const struct sms_tally *t)
{
    html_number(h, t->sent);
    html_raw(h, " sent, ");
    html_number(h, t->failed);
    html_raw(h, " failed, ");
    html_number(h, t->unknown);
    html_raw(h, " unknown");
}

void desk_sms_pause_button(struct html *h, const struct request *r, const char *path, bool pause,
                           const char *text)
{
    form_begin(h, path);
    form_token(h, r);
    form_hidden(h, "pause", pause ? "yes" : "no");
    form_button_second(h, text);
    form_end(h);
}

bool desk_sms_wants_pause(struct request *r, bool *good)
{
    const char *word = request_field(r, "pause");
    bool yes = strcmp(word, "yes") == 0;
    *good = yes || strcmp(word, "no") == 0;
    if (!*good)
        response_error(r, 400);
    return yes;
}
