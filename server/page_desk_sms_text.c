/* page_desk_sms_text.c: /desk/texts/out/:reference and /desk/texts/in/:id: one text, what was done
 * about it, sending or reading it once more, and its whole number, for a reason. */
#include "server/desk_sms_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/response.h"

/* --- facts -------------------------------------------------------------------------------- */
static void row(struct html *h, const char *term, const char *value)
{
    if (value[0] == '\0')
        return;
    desk_row_begin(h, term);
    html_text(h, value);
    desk_row_end(h);
}

static void row_when(struct html *h, const char *term, int64_t at)
{
    if (at == DB_NO_TIME)
        return;
    desk_row_begin(h, term);
    desk_when(h, at);
    desk_row_end(h);
}

static bool waits(const struct sms_text *t)
{
    return strcmp(t->state, "queued") == 0 || strcmp(t->state, "unknown") == 0 ||
           strcmp(t->state, "new") == 0;
}

static void facts(struct html *h, struct request *r, const struct sms_text *t, const char *number)
{
    html_raw(h, "<dl class=\"govuk-summary-list\">");
    desk_row_begin(h, "State");
    desk_sms_tag(h, t);
    desk_row_end(h);
    row(h, "Why", desk_sms_why(r, t));
    row(h, t->outward ? "To" : "From",
        number[0] != '\0'      ? number
        : t->masked[0] != '\0' ? t->masked
                               : "Erased");
    row(h, "Our number", t->our_number);
    row(h, "Provider", t->provider);
    row(h, t->outward ? "Our reference" : "Number in the inbox", t->reference);
    row(h, "Provider’s reference", t->provider_id);
    row_when(h, t->outward ? "Written" : "Came", t->at);
    if (waits(t))
        row_when(h, "Next try", t->next_at);
    row_when(h, "Settled", t->ended_at);
    row(h, "Tries", arena_fmt(&r->arena, "%d", t->attempts));
    if (t->segments > 0)
        row(h, "Segments", arena_fmt(&r->arena, "%d", t->segments));
    row(h, "Words",
        t->words ? "Kept sealed until a day after it is settled. Never shown" : "Erased");
    html_raw(h, "</dl>\n");
}

/* What came of a call, or what a receipt says. */
static const char *step_words(const char *outcome)
{
    static const struct {
        const char *outcome, *words;
    } all[] = {
        {"", "under way"},
        {"retry", "not sent, to be tried again"},
        {"unknown", "it may have been sent"},
        {"buffered", "it waits for the phone"},
        {"undelivered", "not delivered"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (strcmp(all[i].outcome, outcome) == 0)
            return all[i].words;
    }
    return outcome; /* accepted, rejected, delivered */
}

static void step(struct html *h, const struct sms_step *s)
{
    const char *reason = desk_sms_reason(s->error);
    html_raw(h, "<li>");
    desk_when(h, s->at);
    html_raw(h, ": ");
    if (s->provider[0] == '\0') {
        html_textf(h, "receipt: %s", step_words(s->outcome));
    } else {
        html_textf(h, "%s: %s", s->provider, step_words(s->outcome));
        if (s->http_status != 0)
            html_textf(h, ", status %d", s->http_status);
        if (s->error[0] != '\0')
            html_textf(h, ". %s", reason != NULL ? reason : s->error);
    }
    html_raw(h, "</li>\n");
}

static void steps(struct html *h, const struct sms_steps *all)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">What was done</h2>\n");
    if (all->n == 0)
        html_raw(h, "<p class=\"govuk-body\">No provider was called yet.</p>\n");
    else
        html_raw(h, "<ol class=\"govuk-list govuk-list--number\">\n");
    for (int i = 0; i < all->n; i++)
        step(h, &all->one[i]);
    if (all->n > 0)
        html_raw(h, "</ol>\n");
}

/* --- the page ----------------------------------------------------------------------------- */
/* Ended without what it was for: it may be tried once more. */
static bool can_replay(const struct sms_text *t)
{
    static const char *const over[] = {"dead", "held", "expired", "cancelled"};
    for (size_t i = 0; i < sizeof over / sizeof *over; i++) {
        if (strcmp(over[i], t->state) == 0)
            return t->words && t->masked[0] != '\0';
    }
    return false;
}

static void replay_form(struct html *h, struct request *r, const struct sms_text *t)
{
    if (!can_replay(t))
        return;
    html_raw(h, "<h2 class=\"govuk-heading-m\">Try it once more</h2>\n<p class=\"govuk-body\">");
    html_text(h, t->outward
                     ? "Twelve new tries within a day. Limits, hours and budget hold as for "
                       "any text."
                     : "It keeps the time at which it came, and so its place among ballots.");
    html_raw(h, "</p>\n");
    desk_button(
        h, r,
        arena_fmt(&r->arena, "/desk/texts/%s/%s/replay", t->outward ? "out" : "in", t->reference),
        t->outward ? "Send it again" : "Read it again");
}

static void drop_form(struct html *h, struct request *r, const struct sms_text *t)
{
    if (!t->outward || strcmp(t->state, "cancelled") == 0 || !can_replay(t))
        return;
    html_raw(h, "<h2 class=\"govuk-heading-m\">Let it rest</h2>\n<p class=\"govuk-body\">It is "
                "not sent, and needs nobody any more.</p>\n");
    form_begin(h, arena_fmt(&r->arena, "/desk/texts/out/%s/drop", t->reference));
    form_token(h, r);
    form_button_second(h, "Let it rest");
    form_end(h);
}

static void number_form(struct html *h, struct request *r, const struct form_errors *e,
                        const struct sms_text *t)
{
    if (t->masked[0] == '\0')
        return;
    html_raw(h, "<h2 class=\"govuk-heading-m\">See the whole number</h2>\n");
    form_begin(h, arena_fmt(&r->arena, "/desk/texts/%s/%s/number", t->outward ? "out" : "in",
                            t->reference));
    form_token(h, r);
    form_input(h, e,
               &(struct form_input){.name = "reason",
                                    .label = "Reason",
                                    .hint = "Your name, this text and the reason are kept in the "
                                            "audit. Up to 400 characters.",
                                    .value = request_field(r, "reason")});
    form_button_second(h, "Show the number");
    form_end(h);
}

/* The text that this request names; answers (404, or the database's failure) and returns NULL. */
static struct sms_text *text_of(struct request *r, struct db *db)
{
    struct sms_texts found = {.n = 0};
    bool outward = strcmp(r->segment[0], "out") == 0;
    enum db_outcome outcome = DB_OK;
    if (outward || strcmp(r->segment[0], "in") == 0)
        outcome = desk_sms_text(db, &r->arena, r->officer.officer, outward, r->segment[1], &found);
    return desk_sms_failed(r, outcome, found.n == 0 ? "not_found" : "") ? NULL : found.one;
}

/* `number`: the whole one, or "". */
static void show(struct request *r, struct db *db, const char *number, const struct form_errors *e,
                 int status)
{
    struct desk_page p;
    struct sms_steps done = {.n = 0};
    const struct sms_text *t = text_of(r, db);
    if (t == NULL)
        return;
    if (t->outward &&
        desk_sms_failed(r, desk_sms_steps(db, &r->arena, r->officer.officer, t->reference, &done),
                        ""))
        return;
    const char *title = t->outward ? "A text from us" : "A text to us";
    desk_begin(&p, r, title, "/desk/texts", "Texts", e);
    html_raw(&p.h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">");
    kit_title(&p.h, title);
    facts(&p.h, r, t, number);
    if (t->outward)
        steps(&p.h, &done);
    replay_form(&p.h, r, t);
    drop_form(&p.h, r, t);
    if (number[0] == '\0')
        number_form(&p.h, r, e, t);
    html_raw(&p.h, "</div></div>\n");
    desk_end(&p, r, status);
}

static const struct form_errors none = {.n = 0};

enum handled page_desk_sms_text(struct request *r, struct db *db)
{
    show(r, db, "", &none, 200);
    return HANDLED;
}

/* --- actions ------------------------------------------------------------------------------ */
/* Answers what became of a text that an officer had in hand. */
static enum handled done(struct request *r, struct db *db, const struct sms_text *t,
                         enum db_outcome outcome, const char *result)
{
    struct form_errors e = {.n = 0};
    if (desk_sms_failed(r, outcome, result))
        return HANDLED;
    if (strcmp(result, "queued") == 0 || strcmp(result, "dropped") == 0) {
        response_redirect(r, "/desk/texts/%s/%s", t->outward ? "out" : "in", t->reference);
        return HANDLED;
    }
    form_error(&e, "main",
               strcmp(result, "erased") == 0
                   ? "Its words or its number are erased: it cannot be tried again"
                   : "It was dealt with, or is under way: nothing is left to do");
    show(r, db, "", &e, 409);
    return HANDLED;
}

enum handled page_desk_sms_replay_post(struct request *r, struct db *db)
{
    const char *result = "";
    const struct sms_text *t = text_of(r, db);
    if (t == NULL)
        return HANDLED;
    enum db_outcome outcome =
        desk_sms_replay(db, &r->arena, r->officer.officer, t->outward, t->reference, &result);
    return done(r, db, t, outcome, result);
}

enum handled page_desk_sms_drop_post(struct request *r, struct db *db)
{
    const char *result = "";
    const struct sms_text *t = text_of(r, db);
    if (t == NULL)
        return HANDLED;
    enum db_outcome outcome =
        desk_sms_drop(db, &r->arena, r->officer.officer, t->reference, &result);
    return done(r, db, t, outcome, result);
}

enum handled page_desk_sms_number_post(struct request *r, struct db *db)
{
    char number[SMS_NUMBER_MAX + 1] = "";
    const char *result = "";
    struct form_errors e = {.n = 0};
    const struct sms_text *t = text_of(r, db);
    if (t == NULL ||
        desk_sms_failed(r,
                        desk_sms_reveal(db, &r->arena, r->officer.officer, t->outward, t->reference,
                                        request_field(r, "reason"), &result, number),
                        result))
        return HANDLED;
    if (strcmp(result, "reason") == 0)
        form_error(&e, "reason", "Enter a reason, in at most 400 characters");
    else if (strcmp(result, "erased") == 0)
        form_error(&e, "main", "This number is erased");
    show(r, db, number, &e, e.n > 0 ? 422 : 200);
    explicit_bzero(number, sizeof number);
    return HANDLED;
}
