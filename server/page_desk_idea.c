/* page_desk_idea.c: /desk/ideas: what residents sent in, and what officers make of it. */
#include "server/desk_idea_view.h"
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/pledge_fields.h"
#include "server/response.h"
#include "server/typed.h"

/* --- the inbox ---------------------------------------------------------------------------- */
static void state_tag(struct html *h, const char *state)
{
    if (strcmp(state, "sent") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--orange\">To be read</strong>");
    else if (strcmp(state, "asked") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--blue\">Asked</strong>");
    else if (strcmp(state, "shortlisted") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--green\">Shortlisted</strong>");
    else if (strcmp(state, "accepted") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--green\">Accepted</strong>");
    else if (strcmp(state, "merged") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Merged</strong>");
    else if (strcmp(state, "refused") == 0)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Refused</strong>");
    else
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Taken back</strong>");
}

static bool is_pledge(const struct idea *i)
{
    return strcmp(i->kind, "pledge") == 0;
}

static void line(struct html *h, const struct idea *i)
{
    html_raw(h, "<li class=\"wm-task\"><a class=\"govuk-link\"");
    html_attrf(h, "href", "/desk/ideas/%lld", (long long)i->id);
    html_raw(h, ">");
    html_text(h, i->title);
    html_raw(h, "</a>");
    state_tag(h, i->state);
    html_raw(h, "<p>");
    html_textf(h, "%s. %s%s, sent at ", i->area, is_pledge(i) ? "A pledge. " : "", i->reference);
    desk_when(h, when_minute(i->sent_at));
    html_raw(h, ". ");
    if (i->mine)
        html_raw(h, "You look after it.");
    else if (*i->officer != '\0')
        html_textf(h, "%s looks after it.", i->officer);
    html_raw(h, "</p></li>\n");
}

enum handled page_desk_ideas(struct request *r, struct db *db)
{
    struct ideas all;
    struct desk_page p;
    enum db_outcome outcome = desk_ideas(db, &r->arena, r->officer.officer, &all);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return HANDLED;
    }
    desk_begin(&p, r, "Residents’ ideas", "/desk", "My rounds", NULL);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">Residents’ ideas</h1>\n");
    if (all.n == 0)
        html_raw(&p.h, "<p class=\"govuk-body\">Nobody sent an idea for your areas yet. Residents "
                       "find the form at <a class=\"govuk-link\" href=\"/ideas\">Send an "
                       "idea</a>.</p>\n");
    else
        html_raw(&p.h, "<ul class=\"wm-tasks\">\n");
    for (int i = 0; i < all.n; i++)
        line(&p.h, &all.idea[i]);
    if (all.n > 0)
        html_raw(&p.h, "</ul>\n");
    desk_end(&p, r, 200);
    return HANDLED;
}

/* --- one idea ----------------------------------------------------------------------------- */
static void row(struct html *h, const char *term, const char *text)
{
    if (*text == '\0')
        return;
    desk_row_begin(h, term);
    html_raw(h, "<span class=\"wm-lines\">");
    html_text(h, text);
    html_raw(h, "</span>");
    desk_row_end(h);
}

static void money_row(struct html *h, const char *term, int64_t pence)
{
    if (pence == 0)
        return;
    desk_row_begin(h, term);
    html_money(h, pence);
    desk_row_end(h);
}

static void outcome_row(struct html *h, struct request *r, const struct idea *i)
{
    if (*i->kept_by != '\0') {
        desk_row_begin(h, "Merged into");
        kit_link(h, arena_fmt(&r->arena, "/desk/ideas/%lld", (long long)i->kept_by_id), i->kept_by);
        desk_row_end(h);
    }
    if (*i->round_slug != '\0') {
        desk_row_begin(h, "Became");
        kit_link(h, arena_fmt(&r->arena, "/desk/proposals/%s/%04d", i->round_slug, (int)i->project),
                 arena_fmt(&r->arena, "proposal %04d", (int)i->project));
        desk_row_end(h);
    }
    if (i->pledge != 0) {
        desk_row_begin(h, "Became");
        kit_link(h, arena_fmt(&r->arena, "/desk/agreements/%d/%d", i->edition_id, i->pledge),
                 arena_fmt(&r->arena, "a pledge of edition %d", i->edition));
        desk_row_end(h);
    }
}

static void facts(struct html *h, struct request *r, const struct idea *i)
{
    html_raw(h, "<dl class=\"govuk-summary-list\">\n");
    row(h, "Reference", i->reference);
    row(h, "For", i->area);
    row(h, "Who should promise it", i->promiser);
    row(h, is_pledge(i) ? "What they should do" : "What should happen", i->what);
    row(h, "Where", i->place);
    row(h, "Who it helps", i->benefit);
    row(h, "What residents could do", i->in_return);
    money_row(h, "The proposer’s guess", i->cost_guess);
    money_row(h, "Our estimate", i->cost);
    row(h, "From", i->proposer);
    row(h, "Answer goes",
        i->texts ? "to their private page, and a text says so" : "to their private page");
    row(h, "Looked after by", i->officer);
    outcome_row(h, r, i);
    html_raw(h, "</dl>\n");
}

static const char *message_title(const char *kind)
{
    if (strcmp(kind, "question") == 0)
        return "asked";
    if (strcmp(kind, "note") == 0)
        return "noted, for the desk alone";
    return strcmp(kind, "merge") == 0 ? "merged it into" : "refused it";
}

static void conversation(struct html *h, const struct idea_messages *all)
{
    for (int n = 0; n < all->n; n++) {
        const struct idea_message *m = &all->message[n];
        html_raw(h, "<section class=\"wm-card\"><h2 class=\"govuk-heading-s\">");
        if (strcmp(m->kind, "answer") == 0)
            html_raw(h, "The proposer answered");
        else
            html_textf(h, "%s %s", m->officer, message_title(m->kind));
        html_raw(h, "</h2><p class=\"govuk-body wm-lines\">");
        html_text(h, m->words);
        html_raw(h, "</p><p class=\"wm-when\">");
        desk_when(h, when_minute(m->at));
        html_raw(h, "</p></section>\n");
    }
}

static void action_begin(struct html *h, struct request *r, const struct idea *i, const char *title,
                         const char *action)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">");
    html_text(h, title);
    html_raw(h, "</h2>\n");
    form_begin(h, arena_fmt(&r->arena, "/desk/ideas/%lld", (long long)i->id));
    form_token(h, r);
    form_hidden(h, "do", action);
}

static void action_end(struct html *h, const char *button)
{
    form_button_second(h, button);
    form_end(h);
}

static void choose(struct form_choice *choices, int n, const char *chosen)
{
    for (int i = 0; i < n; i++)
        choices[i].chosen = strcmp(choices[i].value, chosen) == 0;
}

static void assign_form(struct html *h, struct request *r, const struct idea *i,
                        struct idea_choices *c, const struct form_errors *e)
{
    for (int n = 0; n < c->officers; n++)
        c->officer[n].chosen = strcmp(c->officer[n].label, i->officer) == 0;
    action_begin(h, r, i,
                 is_pledge(i) ? "Who looks after it" : "Who looks after it, and what it costs",
                 "assign");
    form_select(h, e, "officer", "Officer", c->officer, c->officers);
    if (!is_pledge(i))
        form_input(h, e,
                   &(struct form_input){.name = "cost",
                                        .label = "Our estimate",
                                        .hint =
                                            "Empty while nobody knows. It must be there before the "
                                            "idea can join a round.",
                                        .value = e->n > 0       ? request_field(r, "cost")
                                                 : i->cost == 0 ? ""
                                                                : typed_pounds(&r->arena, i->cost),
                                        .inputmode = "decimal",
                                        .prefix = "£",
                                        .width = 10});
    action_end(h, "Save");
}

/* One text: a question, a note. */
static void words_form(struct html *h, struct request *r, const struct idea *i,
                       const struct form_errors *e, const char *title, const char *action,
                       const char *label, const char *hint, const char *button)
{
    action_begin(h, r, i, title, action);
    form_input(h, e,
               &(struct form_input){.name = action,
                                    .label = label,
                                    .hint = hint,
                                    .value = request_field(r, action),
                                    .rows = 4});
    action_end(h, button);
}

static void shortlist_form(struct html *h, struct request *r, const struct idea *i,
                           struct idea_choices *c, const struct form_errors *e)
{
    choose(c->round, c->rounds, request_field(r, "round"));
    action_begin(h, r, i, "Shortlist it", "shortlist");
    if (c->rounds == 1) {
        html_raw(h,
                 "<p class=\"govuk-body\">No round of this area is in draft. Make one, then come "
                 "back.</p>\n");
        form_end(h);
        return;
    }
    form_select(h, e, "round", "Round", c->round, c->rounds);
    form_input(h, e,
               &(struct form_input){.name = "short_name",
                                    .label = "Short name",
                                    .hint = "At most 16 plain characters: it stands in texts",
                                    .value = request_field(r, "short_name"),
                                    .width = 20});
    action_end(h, "Make it a draft proposal");
}

static void accept_form(struct html *h, struct request *r, const struct idea *i,
                        const struct form_errors *e)
{
    bool typed = strcmp(request_field(r, "do"), "accept") == 0;
    struct desk_pledge words = {.provider = i->promiser,
                                .promise = i->title,
                                .standard = typed_length(i->what) <= 400 ? i->what : "",
                                .measure = "",
                                .due_typed = ""};
    action_begin(h, r, i, "Accept it", "accept");
    if (i->edition_id == 0) {
        html_raw(h, "<p class=\"govuk-body\">No edition of this area’s agreement is in draft. ");
        kit_link(h, "/desk/agreements", "Begin one");
        html_raw(h, ", then come back.</p>\n");
        form_end(h);
        return;
    }
    html_raw(h, "<p class=\"govuk-body\">");
    html_textf(h, "It goes into the draft of edition %d in these words, and its provider is asked.",
               (int)i->edition);
    html_raw(h, "</p>\n");
    pledge_fields(h, r, e, &words, typed);
    action_end(h, "Accept it into the draft, and tell the proposer");
}

/* The reasons that officers give most often. What they choose begins the refusal. */
const char *const desk_idea_reasons[DESK_IDEA_REASONS] = {
    "It is not for the council to decide.",
    "It is planned already, or under way.",
    "It costs more than the money that residents decide on.",
    "It would not be safe.",
    "The land is not ours, and its owner does not agree.",
    "It would cost more to keep up than there is money for.",
};

static void refuse_form(struct html *h, struct request *r, const struct idea *i,
                        const struct form_errors *e)
{
    struct form_choice choices[DESK_IDEA_REASONS + 1] = {{.value = "", .label = "Another reason"}};
    for (int n = 0; n < DESK_IDEA_REASONS; n++)
        choices[n + 1] = (struct form_choice){.value = arena_fmt(&r->arena, "%d", n + 1),
                                              .label = desk_idea_reasons[n]};
    choose(choices, DESK_IDEA_REASONS + 1, request_field(r, "reason"));
    action_begin(h, r, i, "Refuse it", "refusal");
    form_select(h, e, "reason", "Reason", choices, DESK_IDEA_REASONS + 1);
    form_input(h, e,
               &(struct form_input){.name = "refusal",
                                    .label = "In your own words",
                                    .hint =
                                        "The proposer reads it, after the reason. Say what could "
                                        "be done instead, if you can.",
                                    .value = request_field(r, "refusal"),
                                    .rows = 4});
    action_end(h, "Refuse, and tell the proposer");
}

static void merge_form(struct html *h, struct request *r, const struct idea *i,
                       const struct form_errors *e)
{
    action_begin(h, r, i, "Merge it", "merge");
    form_input(h, e,
               &(struct form_input){.name = "into",
                                    .label = "Reference of the idea that is the same",
                                    .value = request_field(r, "into"),
                                    .width = 10});
    action_end(h, "Merge, and tell the proposer");
}

static void actions(struct html *h, struct request *r, const struct idea *i, struct idea_choices *c,
                    const struct form_errors *e)
{
    bool open = strcmp(i->state, "sent") == 0 || strcmp(i->state, "asked") == 0;
    if (open) {
        assign_form(h, r, i, c, e);
        words_form(h, r, i, e, "Ask the proposer", "question", "Question",
                   "They read it on their private page and answer there.", "Ask");
        if (is_pledge(i))
            accept_form(h, r, i, e);
        else
            shortlist_form(h, r, i, c, e);
        merge_form(h, r, i, e);
        refuse_form(h, r, i, e);
    }
    words_form(h, r, i, e, "Note for the desk", "note", "Note", "The proposer does not see it.",
               "Keep the note");
}

void desk_idea_show(struct request *r, struct db *db, const struct idea *i,
                    const struct form_errors *e, int status)
{
    struct idea_messages said;
    struct idea_choices *c = arena_alloc(&r->arena, sizeof *c);
    struct desk_page p;
    enum db_outcome outcome = desk_idea_messages(db, &r->arena, r->officer.officer, i->id, &said);
    if (outcome == DB_OK)
        outcome = desk_idea_choices(db, &r->arena, r->officer.officer, i->id, c);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return;
    }
    desk_begin(&p, r, i->title, "/desk/ideas", "Residents’ ideas", e);
    html_raw(&p.h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">"
                   "<h1 class=\"govuk-heading-l\">");
    html_text(&p.h, i->title);
    html_raw(&p.h, "</h1>\n<p class=\"govuk-body\">");
    state_tag(&p.h, i->state);
    html_raw(&p.h, "</p>\n");
    facts(&p.h, r, i);
    conversation(&p.h, &said);
    actions(&p.h, r, i, c, e);
    html_raw(&p.h, "</div></div>\n");
    desk_end(&p, r, status);
}

struct idea *desk_idea_held(struct request *r, struct db *db)
{
    struct idea *i = NULL;
    int64_t id = 0;
    enum db_outcome outcome = DB_OK;
    if (parse_int(r->segment[0], 1, INT64_MAX, &id))
        outcome = desk_idea(db, &r->arena, r->officer.officer, id, &i);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (i == NULL)
        response_error(r, 404);
    return i;
}

enum handled page_desk_idea(struct request *r, struct db *db)
{
    struct form_errors none = {.n = 0};
    struct idea *i = desk_idea_held(r, db);
    if (i != NULL)
        desk_idea_show(r, db, i, &none, 200);
    return HANDLED;
}
