/* page_desk_agreement.c: /desk/agreements/:id: one edition, on its way from draft to adoption. */
#include "server/desk_table.h"
#include "server/desk_view.h"
#include "server/edition_tag.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/routes.h"
#include "server/settings.h"
#include "server/store_agreement.h"
#include "server/typed.h"

/* --- the page ----------------------------------------------------------------------------- */
static void pledge_state(struct html *h, const struct desk_pledge *g)
{
    if (strcmp(g->state, "drafted") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--orange\">Not answered</strong>");
    else if (strcmp(g->state, "accepted") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--green\">Accepted</strong>");
    else if (strcmp(g->state, "amended") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--yellow\">Amended</strong>");
    else
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Declined</strong>");
}

static void pledge_line(struct html *h, const struct edition_state *e, const struct desk_pledge *g)
{
    char day[40];
    html_raw(h, "<li class=\"wm-task\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/desk/agreements/%d/%d", e->id, g->id);
    html_raw(h, ">");
    html_text(h, g->promise);
    html_raw(h, "</a>");
    pledge_state(h, g);
    html_raw(h, "<p>");
    html_text(h, g->provider);
    if (g->due != DB_NO_TIME) {
        when_date(g->due, day);
        html_textf(h, ", due %s", day);
    }
    if (g->checked_on != DB_NO_TIME) {
        when_date(g->checked_on, day);
        html_textf(h, ", checked %s", day);
    }
    html_raw(h, ".</p></li>\n");
}

/* What only ward officers do is shown to them alone. */
static bool works(const struct request *r)
{
    return (r->officer.here & ROLE_WARD_OFFICER) != 0;
}

static void pledge_list(struct html *h, struct request *r, const struct edition_state *e,
                        const struct desk_pledges *all)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">Pledges</h2>\n<ol class=\"wm-tasks\">\n");
    for (int i = 0; i < all->n; i++)
        pledge_line(h, e, &all->pledge[i]);
    html_raw(h, "</ol>\n");
    if (all->n == 0)
        html_raw(h, "<p class=\"govuk-body\">No pledge yet.</p>\n");
    if (strcmp(e->state, "draft") == 0 && works(r)) {
        html_raw(h, "<p class=\"govuk-body wm-after\"><a class=\"govuk-link\"");
        html_attrf(h, "href", "/desk/agreements/%d/new", e->id);
        html_raw(h, ">Add a pledge</a></p>\n");
    }
}

/* The first pledge of each provider that has not answered for all of its own. */
static bool waits(const struct desk_pledges *all, int i)
{
    bool open = false;
    for (int k = 0; k < all->n; k++) {
        if (all->pledge[k].provider_id != all->pledge[i].provider_id)
            continue;
        if (k < i)
            return false;
        open = open || strcmp(all->pledge[k].state, "drafted") == 0;
    }
    return open;
}

static void provider_link(struct desk_table *t, struct request *r, const struct edition_state *e,
                          const struct desk_pledge *g)
{
    struct html *h = t->h;
    table_row_head(t, g->provider);
    table_cell_begin(t);
    if (g->link != DB_NO_TIME) {
        html_raw(h, "Made at ");
        desk_when(h, when_minute(g->link));
        html_raw(h, "; a new one takes its place");
    } else {
        html_raw(h, "None yet");
    }
    table_cell_end(t);
    table_cell_begin(t);
    form_begin(h, arena_fmt(&r->arena, "/desk/agreements/%d", e->id));
    form_token(h, r);
    form_hidden(h, "do", "link");
    form_hidden(h, "provider", arena_fmt(&r->arena, "%d", g->provider_id));
    html_raw(h, "<button class=\"govuk-button govuk-button--secondary\" type=\"submit\">Make a "
                "link<span class=\"govuk-visually-hidden\"> for ");
    html_text(h, g->provider);
    html_raw(h, "</span></button>\n");
    form_end(h);
    table_cell_end(t);
    table_row_end(t);
}

static void provider_links(struct html *h, struct request *r, const struct edition_state *e,
                           const struct desk_pledges *all)
{
    static const char *const heads[] = {"Provider", "Private link", "New link"};
    struct desk_table t = {.h = h, .name = "Private links of providers", .heads = heads, .n = 3};
    bool any = false;
    for (int i = 0; i < all->n; i++) {
        if (!waits(all, i))
            continue;
        if (!any) {
            html_raw(h,
                     "<h2 class=\"govuk-heading-m\">Providers that have not answered</h2>\n"
                     "<p class=\"govuk-body\">Send each its private link: it shows their pledges, "
                     "and they accept, amend or decline each. Or write their answer down beside "
                     "the pledge.</p>\n");
            table_begin(&t);
        }
        any = true;
        provider_link(&t, r, e, &all->pledge[i]);
    }
    if (any)
        table_end(&t);
}

static void words_form(struct html *h, struct request *r, const struct edition_state *e,
                       const struct form_errors *errors)
{
    bool typed = errors->n > 0;
    html_raw(h, "<h2 class=\"govuk-heading-m\">Title and what residents do</h2>\n");
    form_begin(h, arena_fmt(&r->arena, "/desk/agreements/%d", e->id));
    form_token(h, r);
    form_hidden(h, "do", "save");
    form_input(h, errors,
               &(struct form_input){.name = "title",
                                    .label = "Title",
                                    .value = typed ? request_field(r, "title") : e->title});
    form_input(h, errors,
               &(struct form_input){.name = "in_return",
                                    .label = "What residents do in return",
                                    .hint = "Up to 4,000 characters",
                                    .value = typed ? request_field(r, "in_return") : e->in_return,
                                    .rows = 5});
    form_input(h, errors,
               &(struct form_input){.name = "review",
                                    .label = "Day of its review",
                                    .hint = "For example, 31/3/2028",
                                    .value = typed ? request_field(r, "review") : e->review_typed,
                                    .width = 10});
    form_button_second(h, "Save");
    form_end(h);
}

/* One button that does one thing. */
static void action(struct html *h, struct request *r, const struct edition_state *e,
                   const char *what, const char *text, bool secondary)
{
    form_begin(h, arena_fmt(&r->arena, "/desk/agreements/%d", e->id));
    form_token(h, r);
    form_hidden(h, "do", what);
    html_raw(h, "<button type=\"submit\" class=\"govuk-button");
    html_raw_bytes(h, " govuk-button--secondary",
                   secondary ? sizeof " govuk-button--secondary" - 1 : 0);
    html_raw(h, "\">");
    html_text(h, text);
    html_raw(h, "</button>\n");
    form_end(h);
}

static void asked_part(struct html *h, struct request *r, const struct edition_state *e)
{
    html_raw(h, "<p class=\"govuk-body\">");
    html_textf(h, "%s asks for its adoption without a vote: ", e->asked_by);
    html_text(h, e->adopt_reason);
    html_raw(h, "</p>\n");
    if (!e->mine)
        action(h, r, e, "grant", "Adopt it", false);
    action(h, r, e, "refuse", e->mine ? "Take it back" : "Refuse", true);
}

static void proposed_part(struct html *h, struct request *r, const struct edition_state *e,
                          const struct form_errors *errors)
{
    if (*e->round != '\0') {
        html_raw(h, "<p class=\"govuk-body\">Residents decide: ");
        kit_link(h, arena_fmt(&r->arena, "/desk/rounds/%s", e->round), "the question");
        html_raw(h, ". If they say no, the edition in force stays.</p>\n");
        return;
    }
    if (e->asks) {
        asked_part(h, r, e);
        return;
    }
    if (!works(r))
        return;
    html_raw(h, "<p class=\"govuk-body\">It can be put to a yes or no vote: ");
    kit_link(h, "/desk/rounds/new", "make a round");
    html_raw(h, " and choose this agreement. Or two officers adopt it without one.</p>\n");
    form_begin(h, arena_fmt(&r->arena, "/desk/agreements/%d", e->id));
    form_token(h, r);
    form_hidden(h, "do", "ask");
    form_input(h, errors,
               &(struct form_input){.name = "reason",
                                    .label = "Why without a vote?",
                                    .hint = "Up to 400 characters. It is published.",
                                    .value = request_field(r, "reason"),
                                    .rows = 3});
    form_button_second(h, "Ask another officer to adopt it");
    form_end(h);
    action(h, r, e, "thaw", "Back to draft", true);
}

static void next_step(struct html *h, struct request *r, const struct edition_state *e,
                      const struct form_errors *errors)
{
    if (strcmp(e->state, "draft") == 0 && works(r)) {
        html_raw(h, "<h2 class=\"govuk-heading-m\" id=\"main-step\">Put it forward</h2>\n"
                    "<p class=\"govuk-body\">When every provider has answered. From then on its "
                    "words stand.</p>\n");
        action(h, r, e, "freeze", "Put it forward", false);
    } else if (strcmp(e->state, "proposed") == 0) {
        html_raw(h, "<h2 class=\"govuk-heading-m\">Adoption</h2>\n");
        proposed_part(h, r, e, errors);
    }
}

static void changes_link(struct html *h, struct request *r, const struct edition_state *e)
{
    html_raw(h, "<p class=\"govuk-body\">");
    kit_link(h, arena_fmt(&r->arena, "/desk/agreements/%d/changes", e->id),
             arena_fmt(&r->arena, "What it changes in edition %d", e->before));
    html_raw(h, "</p>\n");
}

static void show(struct request *r, struct db *db, const struct edition_state *e,
                 const struct form_errors *errors, int status)
{
    struct desk_pledges pledges;
    struct desk_page p;
    const char *title = arena_fmt(&r->arena, "%s, edition %d", e->area, e->edition);
    enum db_outcome outcome = desk_pledges(db, &r->arena, r->officer.officer, e->id, &pledges);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return;
    }
    desk_begin(&p, r, title, "/desk/agreements", "Neighbourhood agreements", errors);
    html_raw(&p.h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">");
    kit_title_caption(&p.h, title, e->title);
    html_raw(&p.h, "<p class=\"govuk-body\">");
    edition_tag(&p.h, e->state);
    html_raw(&p.h, "</p>\n");
    if (e->before != 0)
        changes_link(&p.h, r, e);
    pledge_list(&p.h, r, e, &pledges);
    if (strcmp(e->state, "draft") == 0 && works(r)) {
        provider_links(&p.h, r, e, &pledges);
        words_form(&p.h, r, e, errors);
    } else if (*e->frozen_sha256 != '\0') {
        html_raw(&p.h, "<p class=\"govuk-body\">SHA-256 of its words as they were put forward: "
                       "<span class=\"wm-type\">");
        html_text(&p.h, e->frozen_sha256);
        html_raw(&p.h, "</span></p>\n");
    }
    if (desk_may(r, "POST", arena_fmt(&r->arena, "/desk/agreements/%d", e->id)))
        next_step(&p.h, r, e, errors);
    html_raw(&p.h, "</div></div>\n");
    desk_end(&p, r, status);
}

/* The edition of the first segment; answers and returns NULL where there is none. */
static struct edition_state *held(struct request *r, struct db *db)
{
    struct edition_state *e = NULL;
    int64_t id = 0;
    enum db_outcome outcome = DB_OK;
    if (parse_int(r->segment[0], 1, INT32_MAX, &id))
        outcome = desk_edition(db, &r->arena, r->officer.officer, (int32_t)id, &e);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (e == NULL)
        response_error(r, 404);
    else
        r->officer.here = e->roles;
    return e;
}

enum handled page_desk_edition(struct request *r, struct db *db)
{
    struct form_errors none = {.n = 0};
    struct edition_state *e = held(r, db);
    if (e != NULL)
        show(r, db, e, &none, 200);
    return HANDLED;
}

/* --- doing it ------------------------------------------------------------------------------ */
static enum db_outcome save(struct request *r, struct db *db, const struct edition_state *e,
                            struct form_errors *errors, const char **word)
{
    char day[11] = "";
    const char *typed = request_field(r, "review");
    int32_t id = e->id;
    struct edition_form form = {.title = request_field(r, "title"),
                                .in_return = request_field(r, "in_return")};
    if (*typed != '\0' && !typed_date(typed, day))
        form_error(errors, "review", "Enter a date, like 31/3/2028");
    if (typed_length(form.in_return) > 4000)
        form_error(errors, "in_return", "Use at most 4,000 characters");
    form.review = *day != '\0' ? day : NULL;
    return errors->n > 0 ? DB_OK
                         : desk_edition_save(db, &r->arena, r->officer.officer, &id, &form, word);
}

static void show_link(struct request *r, const struct edition_state *e, const char *key)
{
    struct desk_page p;
    desk_begin(&p, r, "A private link", arena_fmt(&r->arena, "/desk/agreements/%d", e->id),
               "The edition", NULL);
    html_raw(&p.h,
             "<h1 class=\"govuk-heading-l\">A private link</h1>\n<p class=\"govuk-body\">Send "
             "it to the provider, and to nobody else. It is shown once; a new one makes it "
             "void.</p>\n<p class=\"govuk-body wm-address\">");
    html_textf(&p.h, "%s/providers/%s", settings.public_url, key);
    html_raw(&p.h, "</p>\n");
    desk_end(&p, r, 200);
}

/* True when it was answered. */
static bool link(struct request *r, struct db *db, const struct edition_state *e, const char **word,
                 enum db_outcome *outcome)
{
    char key[PROVIDER_KEY_LEN + 1];
    int64_t provider = 0;
    if (!parse_int(request_field(r, "provider"), 1, INT32_MAX, &provider))
        return false;
    *outcome =
        desk_provider_link(db, &r->arena, r->officer.officer, e->id, (int32_t)provider, key, word);
    if (*outcome != DB_OK || strcmp(*word, "made") != 0)
        return false;
    show_link(r, e, key);
    return true;
}

static const char *refusal(const char *word)
{
    static const struct {
        const char *word, *says;
    } words[] = {
        {"title", "Enter a title of at most 120 characters"},
        {"no_pledges", "There is no pledge in it yet"},
        {"unanswered", "A provider has not answered for all of its pledges"},
        {"declined", "Every pledge was declined: nothing is left to put forward"},
        {"in_vote", "A round asks about it: residents decide"},
        {"waiting", "Another officer was asked already"},
        {"own", "You asked for it: another officer must grant it"},
        {"reason", "Give a reason, in up to 400 characters"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, word) == 0)
            return words[i].says;
    }
    return "It went on meanwhile. Look at the page again";
}

static const char *field_of(const char *word)
{
    return strcmp(word, "title") == 0 || strcmp(word, "reason") == 0 ? word : "main";
}

static enum db_outcome act(struct request *r, struct db *db, const struct edition_state *e,
                           struct form_errors *errors, const char **word)
{
    const char *what = request_field(r, "do");
    int32_t officer = r->officer.officer;
    if (strcmp(what, "save") == 0)
        return save(r, db, e, errors, word);
    if (strcmp(what, "freeze") == 0 || strcmp(what, "thaw") == 0)
        return desk_edition_freeze(db, &r->arena, officer, e->id, *what == 't', word);
    enum adopt_step step = strcmp(what, "ask") == 0     ? ADOPT_ASK
                           : strcmp(what, "grant") == 0 ? ADOPT_GRANT
                                                        : ADOPT_REFUSE;
    return desk_edition_adopt(db, &r->arena, officer, e->id, step, request_field(r, "reason"),
                              word);
}

enum handled page_desk_edition_post(struct request *r, struct db *db)
{
    static const char *const done[] = {"saved", "proposed", "draft", "asked", "adopted", "refused"};
    struct form_errors errors = {.n = 0};
    const char *word = "";
    enum db_outcome outcome = DB_OK;
    bool good = false;
    struct edition_state *e = held(r, db);
    if (e == NULL)
        return HANDLED;
    if (strcmp(request_field(r, "do"), "link") == 0) {
        if (link(r, db, e, &word, &outcome))
            return HANDLED;
    } else {
        outcome = act(r, db, e, &errors, &word);
    }
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return HANDLED;
    }
    for (size_t i = 0; i < sizeof done / sizeof *done; i++)
        good = good || strcmp(done[i], word) == 0;
    if (errors.n == 0 && !good)
        form_error(&errors, field_of(word), refusal(word));
    if (errors.n > 0)
        show(r, db, e, &errors, strcmp(field_of(word), "main") == 0 && *word != '\0' ? 409 : 422);
    else
        response_redirect(r, "/desk/agreements/%d", e->id);
    return HANDLED;
}
