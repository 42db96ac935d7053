/* page_offer.c: a resident offers help with a project or a pledge; the ward's officers call. */
#include "common/phone.h"
#include "server/form.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/rate.h"
#include "server/store_offer.h"
#include "server/store_rounds.h"
#include "server/tr.h"
#include "server/typed.h"

enum { WORDS_MAX = 300, NAME_MAX_CHARS = 120 };

static struct rate offers = RATE("offer", 20, 3600);

/* What help is offered with. */
struct thing {
    const char *title, *back_path, *back_text, *path;
    enum language language; /* of the title */
    struct offer offer;
};

/* --- what it is about --------------------------------------------------------------------- */
static bool nothing(struct request *r)
{
    kit_message_said(r, 404, tr(r, "There is nothing here to help with"),
                     tr(r, "It may have been withdrawn, or the address is not complete."),
                     "/rounds", tr(r, "See all projects"));
    return false;
}

/* The project of the first two segments; answers and returns false where there is none. */
static bool project_of(struct request *r, struct db *db, struct thing *t)
{
    struct round_view v;
    struct proposals all;
    bool found;
    int64_t number = 0;
    if (page_failed(r, round_load(db, &r->arena, r->segment[0], &v, &found)))
        return false;
    if (!found || strlen(r->segment[1]) != 4 || !parse_int(r->segment[1], 0, 9999, &number))
        return nothing(r);
    if (page_failed(r, proposals_load_in(db, &r->arena, v.id, r->language, &all)))
        return false;
    const struct proposal *p = proposal_find(&all, (int32_t)number);
    if (p == NULL || p->withdrawn || p->pot == 0)
        return nothing(r);
    const char *path = arena_fmt(&r->arena, "/rounds/%s/%04d", v.slug, (int)p->number);
    *t = (struct thing){.title = p->title,
                        .language = p->language,
                        .back_path = path,
                        .back_text = tr(r, "The project"),
                        .path = arena_fmt(&r->arena, "%s/offer", path),
                        .offer = {.slug = r->segment[0], .number = (int16_t)number}};
    return true;
}

/* The pledge of the second segment, of an agreement of the first's; likewise. */
static bool pledge_of(struct request *r, struct db *db, struct thing *t)
{
    const char *promise = NULL;
    int64_t id = 0;
    if (!parse_int(r->segment[1], 1, INT32_MAX, &id))
        return nothing(r);
    if (page_failed(r, offer_pledge(db, &r->arena, r->segment[0], (int32_t)id, &promise)))
        return false;
    if (promise == NULL)
        return nothing(r);
    const char *path = arena_fmt(&r->arena, "/neighbourhoods/%s/agreement", r->segment[0]);
    *t = (struct thing){.title = promise,
                        .back_path = path,
                        .back_text = tr(r, "The agreement"),
                        .path = arena_fmt(&r->arena, "%s/%d/offer", path, (int)id),
                        .offer = {.pledge = (int32_t)id}};
    return true;
}

/* --- the form ----------------------------------------------------------------------------- */
static void ask(struct request *r, const struct thing *t, const struct form_errors *e, int status)
{
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, "Offer help"));
    l.has_error = e->n > 0;
    l.back_path = t->back_path;
    l.back_text = t->back_text;
    layout_begin(&h, &l);
    form_summary(&h, e);
    html_raw(&h, "<span class=\"govuk-caption-l\">");
    html_written_in(&h, t->language, t->title);
    html_raw(&h, "</span>\n");
    kit_title(&h, l.title);
    html_tr_p(&h,
              "Time, a tool, a skill, a van: an officer of the ward calls you. Nobody else sees "
              "your number; it is erased 28 days after the call.");
    form_begin(&h, t->path);
    form_input(
        &h, e,
        &(struct form_input){.name = "words",
                             .label = tr(r, "What can you do?"),
                             .hint = tr(r, "Up to 300 characters. For example, I can lend a van"),
                             .value = request_field(r, "words"),
                             .rows = 3});
    form_input(&h, e,
               &(struct form_input){.name = "name",
                                    .label = tr(r, "Your name"),
                                    .value = request_field(r, "name"),
                                    .autocomplete = "name"});
    form_input(
        &h, e,
        &(struct form_input){.name = "number",
                             .label = tr(r, "Telephone number"),
                             .hint = tr(r, "For international numbers include the country code"),
                             .value = request_field(r, "number"),
                             .type = "tel",
                             .autocomplete = "tel",
                             .width = 20});
    form_checkbox(&h, e,
                  &(struct form_box){.name = "agree",
                                     .label = tr(r, "A ward officer may call me about this"),
                                     .ticked = strcmp(request_field(r, "agree"), "yes") == 0});
    form_button(&h, l.title);
    form_end(&h);
    layout_end(&h, &l);
    response_html(r, status, &h);
}

static void read_form(struct request *r, struct offer *o, char e164[PHONE_LEN + 1],
                      struct form_errors *e)
{
    o->words = request_field(r, "words");
    o->name = request_field(r, "name");
    o->e164 = e164;
    enum phone_kind kind = phone_read(request_field(r, "number"), e164);
    if (*o->words == '\0' || typed_length(o->words) > WORDS_MAX)
        form_error(e, "words", tr(r, "Say what you can do, in at most 300 characters"));
    if (*o->name == '\0' || typed_length(o->name) > NAME_MAX_CHARS)
        form_error(e, "name", tr(r, "Enter your name"));
    if (kind != PHONE_UK_MOBILE && kind != PHONE_OTHER)
        form_error(e, "number",
                   tr(r, "Enter a telephone number, like 01904 551550 or 07700 900 982"));
    if (strcmp(request_field(r, "agree"), "yes") != 0)
        form_error(e, "agree", tr(r, "Tick that an officer may call you: without it nobody can"));
}

static enum handled offered(struct request *r, struct db *db, struct thing *t)
{
    struct form_errors e = {.n = 0};
    char e164[PHONE_LEN + 1];
    const char *word = "";
    read_form(r, &t->offer, e164, &e);
    if (e.n > 0) {
        ask(r, t, &e, 422);
        return HANDLED;
    }
    if (rate_over(&offers, r->address)) {
        response_error(r, 429);
        return HANDLED;
    }
    if (page_failed(r, offer_make(db, &r->arena, &t->offer, &word)))
        return HANDLED;
    if (strcmp(word, "made") == 0)
        response_redirect(r, "/offers/thanks");
    else
        nothing(r);
    return HANDLED;
}

enum handled page_offer_project(struct request *r, struct db *db)
{
    struct form_errors none = {.n = 0};
    struct thing t;
    if (project_of(r, db, &t))
        ask(r, &t, &none, 200);
    return HANDLED;
}

enum handled page_offer_project_post(struct request *r, struct db *db)
{
    struct thing t;
    return project_of(r, db, &t) ? offered(r, db, &t) : HANDLED;
}

enum handled page_offer_pledge(struct request *r, struct db *db)
{
    struct form_errors none = {.n = 0};
    struct thing t;
    if (pledge_of(r, db, &t))
        ask(r, &t, &none, 200);
    return HANDLED;
}

enum handled page_offer_pledge_post(struct request *r, struct db *db)
{
    struct thing t;
    return pledge_of(r, db, &t) ? offered(r, db, &t) : HANDLED;
}

enum handled page_offer_thanks(struct request *r, struct db *db)
{
    (void)db;
    kit_message_said(r, 200, tr(r, "Thank you for your offer"),
                     tr(r, "A ward officer will call you. If you offer again for the same thing, "
                           "your new words take the place of the old ones."),
                     "/rounds", tr(r, "See all projects"));
    return HANDLED;
}
