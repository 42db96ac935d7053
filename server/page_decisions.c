/* page_decisions.c: /desk/rounds/:slug/decisions and /desk/decisions: what the council decided on
 * proposals after the vote: one officer writes it down, another confirms it. */
#include "server/decision_show.h"
#include "server/desk_view.h"
#include "server/pages.h"
#include "server/typed.h"

/* --- what is written down ----------------------------------------------------------------- */
/* Words apart from the decision's own: "Refused" is one of those. */
static void decision_tag(struct html *h, const struct decision *d)
{
    switch (d->state) {
    case CHANGE_WAITING:
        kit_tag(h, "purple", "Waiting");
        break;
    case CHANGE_GRANTED:
        kit_tag(h, d->stands ? "green" : "grey", d->stands ? "Confirmed" : "Replaced");
        break;
    case CHANGE_REFUSED:
        kit_tag(h, "grey", "Not confirmed");
        break;
    case CHANGE_TAKEN_BACK:
        kit_tag(h, "grey", "Taken back");
        break;
    }
}

static void item(struct html *h, struct request *r, const struct decision *d, bool with_round)
{
    html_raw(h, "<div class=\"wm-task\"><div>");
    if (with_round) {
        html_raw(h, "<strong>");
        html_text(h, d->round);
        html_raw(h, ".</strong> ");
    }
    kit_number(h, d->number);
    html_raw(h, " ");
    html_text(h, d->title);
    html_raw(h, ": ");
    html_text(h, decision_word(d->decision));
    html_raw(h, " by ");
    html_text(h, d->body);
    html_raw(h, " on ");
    decision_day(h, d);
    html_raw(h, "</div>");
    decision_tag(h, d);
    html_raw(h, "<p>Reason: ");
    html_text(h, d->reason);
    html_raw(h, "</p><p>Written down by ");
    html_text(h, d->mine ? "you" : d->asked_by);
    html_raw(h, " at ");
    desk_when(h, when_minute(d->asked_at));
    if (d->state == CHANGE_GRANTED || d->state == CHANGE_REFUSED) {
        html_text(h, d->state == CHANGE_GRANTED ? ", confirmed by " : ", not confirmed by ");
        html_text(h, d->confirmed_by);
    }
    html_text(h, d->state == CHANGE_GRANTED && !d->stands ? ". A later one replaced it." : ".");
    html_raw(h, "</p>");
    r->officer.here = d->roles;
    if (d->state == CHANGE_WAITING)
        desk_decide_form(h, r, arena_fmt(&r->arena, "/desk/decisions/%d", (int)d->id), d->mine,
                         "Confirm");
    html_raw(h, "</div>\n");
}

static void items(struct html *h, struct request *r, const struct decisions *all, bool with_round)
{
    for (int i = 0; i < all->n; i++)
        item(h, r, &all->decision[i], with_round);
    if (all->n == 0)
        html_raw(h, "<p class=\"govuk-body\">No decision is written down yet.</p>\n");
}

/* --- the form ----------------------------------------------------------------------------- */
static void choose_decision(struct html *h, struct request *r, const struct form_errors *e)
{
    struct form_choice choices[] = {
        {.value = "approved", .label = "Approved", .hint = "It will be done."},
        {.value = "deferred", .label = "Deferred", .hint = "It will be decided later."},
        {.value = "referred", .label = "Referred", .hint = "Somebody else decides."},
        {.value = "refused", .label = "Refused", .hint = "It will not be done."},
    };
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        choices[i].chosen = strcmp(choices[i].value, request_field(r, "decision")) == 0;
    form_radios(h, e, "decision", "What the council decided", choices, 4);
}

static void ask_form(struct html *h, struct request *r, const struct form_errors *e,
                     const struct desk_round *round)
{
    const char *path = arena_fmt(&r->arena, "/desk/rounds/%s/decisions", round->slug);
    r->officer.here = round->roles;
    if (!desk_may(r, "POST", path))
        return;
    html_raw(h, "<h2 class=\"govuk-heading-m\">Write down a decision</h2>\n");
    form_begin(h, path);
    form_token(h, r);
    desk_choose_proposal(h, r, e, round, request_field(r, "number"));
    choose_decision(h, r, e);
    form_input(h, e,
               &(struct form_input){.name = "reason",
                                    .label = "Reason, which everybody will read",
                                    .value = request_field(r, "reason"),
                                    .rows = 3});
    form_input(h, e,
               &(struct form_input){.name = "body",
                                    .label = "Decided by",
                                    .hint = "For example, Executive Member for Communities",
                                    .value = request_field(r, "body")});
    form_input(h, e,
               &(struct form_input){.name = "day",
                                    .label = "Decided on",
                                    .hint = "For example, 14/12/2026",
                                    .value = request_field(r, "day"),
                                    .width = 10});
    form_button(h, "Ask for its confirmation");
    form_end(h);
}

/* --- the pages ---------------------------------------------------------------------------- */
static void show(struct request *r, struct db *db, const struct desk_round *round,
                 const struct form_errors *e, int status)
{
    struct decisions all;
    struct desk_page p;
    if (page_failed(r, decisions_desk(db, &r->arena, r->officer.officer, round->slug, &all)))
        return;
    desk_begin(&p, r, "The council’s decisions",
               arena_fmt(&r->arena, "/desk/rounds/%s", round->slug), round->title, e);
    desk_column_begin(&p.h);
    html_raw(&p.h,
             "<h1 class=\"govuk-heading-l\">The council’s decisions</h1>\n"
             "<p class=\"govuk-body\">They stand beside the result of the vote and change "
             "nothing in it. One officer writes a decision down, another confirms it. A later "
             "one on the same proposal replaces it; both stay readable.</p>\n");
    items(&p.h, r, &all, false);
    ask_form(&p.h, r, e, round);
    desk_column_end(&p.h);
    desk_end(&p, r, status);
}

/* A round for money whose result is public; answers otherwise. */
static const struct desk_round *decided_round(struct request *r, struct db *db)
{
    const struct desk_round *round = desk_round_of(r, db);
    bool there =
        round != NULL && round->phase >= DESK_PUBLISHED && strcmp(round->kind, "yes_no") != 0;
    if (round != NULL && !there)
        response_error(r, 404);
    return there ? round : NULL;
}

static const struct form_errors none = {.n = 0};

enum handled page_decisions(struct request *r, struct db *db)
{
    const struct desk_round *round = decided_round(r, db);
    if (round != NULL)
        show(r, db, round, &none, 200);
    return HANDLED;
}

enum handled page_decisions_all(struct request *r, struct db *db)
{
    struct decisions all;
    struct desk_page p;
    if (page_failed(r, decisions_desk(db, &r->arena, r->officer.officer, NULL, &all)))
        return HANDLED;
    desk_begin(&p, r, "The council’s decisions", "/desk", "My rounds", NULL);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">The council’s decisions</h1>\n");
    items(&p.h, r, &all, true);
    desk_end(&p, r, 200);
    return HANDLED;
}

static void refused(struct request *r, struct form_errors *e, const char *result)
{
    const char *field = strcmp(result, "no_proposal") == 0 || strcmp(result, "waiting") == 0
                            ? "number"
                        : strcmp(result, "state") == 0 ? "main"
                                                       : result;
    form_error(e, field,
               desk_refusal(r, strcmp(result, "reason") == 0 ? "decision_reason" : result, ""));
}

static void missing(struct request *r, struct form_errors *e)
{
    const struct form_needed needed[] = {
        {"number", desk_refusal(r, "no_proposal", "")},
        {"decision", desk_refusal(r, "decision", "")},
        {"reason", desk_refusal(r, "decision_reason", "")},
        {"body", desk_refusal(r, "body", "")},
        {"day", desk_refusal(r, "day", "")},
    };
    form_needs(e, r, needed, 5);
}

enum handled page_decisions_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    char day[11] = "";
    int64_t number = -1;
    const char *result = "";
    const struct desk_round *round = decided_round(r, db);
    if (round == NULL)
        return HANDLED;
    bool numbered = parse_int(request_field(r, "number"), 0, 9999, &number);
    struct decision d = {.number = numbered ? (int32_t)number : -1,
                         .decision = request_field(r, "decision"),
                         .reason = request_field(r, "reason"),
                         .body = request_field(r, "body")};
    bool dated = typed_date(request_field(r, "day"), day);
    missing(r, &e);
    if (e.n > 0) {
        show(r, db, round, &e, 422);
        return HANDLED;
    }
    if (page_failed(r, decision_ask(db, &r->arena, r->officer.officer, round->slug, &d,
                                    dated ? day : NULL, &result)))
        return HANDLED;
    if (strcmp(result, "asked") == 0) {
        response_redirect(r, "/desk/rounds/%s/decisions", round->slug);
        return HANDLED;
    }
    refused(r, &e, result);
    show(r, db, round, &e, 422);
    return HANDLED;
}

enum handled page_decision_confirm_post(struct request *r, struct db *db)
{
    int64_t id;
    const char *result, *grant = request_field(r, "grant");
    bool yes = strcmp(grant, "yes") == 0;
    if (!parse_int(r->segment[0], 1, INT32_MAX, &id) || (!yes && strcmp(grant, "no") != 0)) {
        response_error(r, 404);
        return HANDLED;
    }
    if (page_failed(r,
                    decision_confirm(db, &r->arena, r->officer.officer, (int32_t)id, yes, &result)))
        return HANDLED;
    if (strcmp(result, "granted") == 0 || strcmp(result, "refused") == 0) {
        response_redirect(r, "/desk/decisions");
    } else if (strcmp(result, "not_found") == 0) {
        response_error(r, 404);
    } else {
        desk_not_changed(r, "/desk/decisions", "The council’s decisions", result, "");
    }
    return HANDLED;
}
