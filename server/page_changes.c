/* page_changes.c: /desk/rounds/:slug/changes and /desk/changes: what two officers change after the
 * rules were frozen: one asks, another grants. */
#include "common/ballot.h"
#include "server/change_words.h"
#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/typed.h"

enum { SERIAL_MAX = 40 };

/* --- what is asked and decided ------------------------------------------------------------ */
static void item(struct html *h, struct request *r, const struct change *c, bool with_round)
{
    html_raw(h, "<div class=\"wm-task\"><div>");
    if (with_round) {
        html_raw(h, "<strong>");
        html_text(h, c->title);
        html_raw(h, ".</strong> ");
    }
    change_words(h, c);
    html_raw(h, "</div>");
    desk_change_tag(h, c->state);
    html_raw(h, "<p>Reason: ");
    html_text(h, c->reason);
    html_raw(h, "</p><p>Asked by ");
    html_text(h, c->mine ? "you" : c->asked_by);
    html_raw(h, " at ");
    desk_when(h, when_minute(c->asked_at));
    if (c->state == CHANGE_GRANTED || c->state == CHANGE_REFUSED) {
        html_text(h, c->state == CHANGE_GRANTED ? ", granted by " : ", refused by ");
        html_text(h, c->decided_by);
    } else if (c->state == CHANGE_WAITING && c->mine) {
        html_raw(h, ". It waits for another officer");
    }
    html_raw(h, ".</p>");
    r->officer.here = c->roles;
    if (c->state == CHANGE_WAITING)
        desk_decide_form(h, r, arena_fmt(&r->arena, "/desk/changes/%lld", (long long)c->id),
                         c->mine, "Grant");
    html_raw(h, "</div>\n");
}

static void items(struct html *h, struct request *r, const struct changes *all, bool with_round)
{
    for (int i = 0; i < all->n; i++)
        item(h, r, &all->change[i], with_round);
    if (all->n == 0)
        kit_paragraph(h, with_round ? "Nothing was asked for. A change is asked for on the page of "
                                      "a round that is scheduled or open."
                                    : "Nothing was asked for.");
}

/* --- asking ------------------------------------------------------------------------------- */
/* The forms as they stand. */
struct typed_change {
    const char *kind, *closes_date, *closes_time, *number, *which, *reason;
};

static const char *kept(const struct typed_change *t, const char *kind, const char *value)
{
    return strcmp(t->kind, kind) == 0 ? value : "";
}

/* One form of the three; its errors, if it was this one that was sent. */
static void ask_begin(struct html *h, struct request *r, const struct desk_round *round,
                      const char *kind, const char *heading, const char *words)
{
    html_raw(h, "<section><h2 class=\"govuk-heading-m\">");
    html_text(h, heading);
    html_raw(h, "</h2>\n<p class=\"govuk-body\">");
    html_text(h, words);
    html_raw(h, "</p>\n");
    form_begin(h, arena_fmt(&r->arena, "/desk/rounds/%s/changes", round->slug));
    form_token(h, r);
    form_hidden(h, "kind", kind);
}

static void ask_end(struct html *h, const struct form_errors *e, const char *name,
                    const char *reason, const char *text)
{
    form_input(h, e,
               &(struct form_input){.name = name,
                                    .label = "Reason, which everybody will read",
                                    .value = reason,
                                    .rows = 2});
    form_button(h, text);
    form_end(h);
    html_raw(h, "</section>\n");
}

static void ask_extension(struct html *h, struct request *r, const struct form_errors *e,
                          const struct desk_round *round, const struct typed_change *t)
{
    ask_begin(h, r, round, "extension", "Close later",
              "Only before the close, and only to a later time. Everybody reads it at once.");
    form_input(h, e,
               &(struct form_input){.name = "closes_date",
                                    .label = "New close, on",
                                    .hint = "For example, 14/12/2026",
                                    .value = t->closes_date,
                                    .width = 10});
    form_input(h, e,
               &(struct form_input){.name = "closes_time",
                                    .label = "New close, at",
                                    .hint = "UK time. For example, 21:00 or 9pm",
                                    .value = t->closes_time,
                                    .width = 10});
    ask_end(h, e, "reason_extension", kept(t, "extension", t->reason), "Ask to close later");
}

static void ask_withdrawal(struct html *h, struct request *r, const struct form_errors *e,
                           const struct desk_round *round, const struct typed_change *t)
{
    ask_begin(h, r, round, "withdrawal", "Withdraw a proposal",
              "Ballots keep their other choices. Who voted for it by text gets a message.");
    desk_choose_proposal(h, r, e, round, t->number);
    ask_end(h, e, "reason_withdrawal", kept(t, "withdrawal", t->reason), "Ask to withdraw it");
}

static void ask_void(struct html *h, struct request *r, const struct form_errors *e,
                     const struct desk_round *round, const struct typed_change *t)
{
    ask_begin(h, r, round, "void_ballot", "Declare a ballot void",
              round->phase == DESK_PUBLISHED
                  ? "The published result does not change by itself: correct it afterwards, and it "
                    "is counted again without this ballot."
                  : "It counts no more, and the result says how many were void. The voter can vote "
                    "again while voting is open.");
    form_input(h, e,
               &(struct form_input){.name = "which",
                                    .label = "Receipt, or serial of the voting code",
                                    .hint = "For example, R7K2M-9QXW-… or WE-000123",
                                    .value = t->which,
                                    .width = 20});
    ask_end(h, e, "reason_void_ballot", kept(t, "void_ballot", t->reason), "Ask to void it");
}

/* --- the pages ---------------------------------------------------------------------------- */
static void show(struct request *r, struct db *db, const struct desk_round *round,
                 const struct typed_change *t, const struct form_errors *e, int status)
{
    struct changes all;
    struct desk_page p;
    enum db_outcome outcome = changes_desk(db, &r->arena, r->officer.officer, round->slug, &all);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return;
    }
    r->officer.here = round->roles;
    bool asks = desk_may(r, "POST", arena_fmt(&r->arena, "/desk/rounds/%s/changes", round->slug));
    bool open = round->phase == DESK_SCHEDULED || round->phase == DESK_OPEN;
    bool counts = round->phase < DESK_COUNTED || round->phase == DESK_PUBLISHED;
    desk_begin(&p, r, "Changes", arena_fmt(&r->arena, "/desk/rounds/%s", round->slug), round->title,
               e);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">Changes to a frozen round</h1>\n"
                   "<p class=\"govuk-body\">One officer asks, another grants. What is granted is "
                   "published with its reason.</p>\n");
    items(&p.h, r, &all, false);
    html_raw(&p.h, "<div class=\"wm-two wm-after\">");
    if (asks && open)
        ask_extension(&p.h, r, e, round, t);
    if (asks && open && strcmp(round->kind, "yes_no") != 0)
        ask_withdrawal(&p.h, r, e, round, t);
    if (asks && counts && round->phase != DESK_SCHEDULED)
        ask_void(&p.h, r, e, round, t);
    html_raw(&p.h, "</div>\n");
    desk_end(&p, r, status);
}

static const struct typed_change blank = {"", "", "", "", "", ""};

/* The round, when its rules are frozen; answers otherwise. */
static const struct desk_round *frozen_round(struct request *r, struct db *db)
{
    const struct desk_round *round = desk_round_of(r, db);
    if (round != NULL && !desk_is_frozen(round->phase)) {
        response_error(r, 404);
        return NULL;
    }
    return round;
}

enum handled page_changes(struct request *r, struct db *db)
{
    static const struct form_errors none = {.n = 0};
    const struct desk_round *round = frozen_round(r, db);
    if (round != NULL)
        show(r, db, round, &blank, &none, 200);
    return HANDLED;
}

/* Everything that this officer may decide or asked for, wherever. */
enum handled page_changes_all(struct request *r, struct db *db)
{
    struct changes all;
    struct desk_page p;
    enum db_outcome outcome = changes_desk(db, &r->arena, r->officer.officer, NULL, &all);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return HANDLED;
    }
    desk_begin(&p, r, "Changes", "/desk", "My rounds", NULL);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">Changes to frozen rounds</h1>\n<p "
                   "class=\"govuk-body\">One officer "
                   "asks, another grants.</p>\n");
    items(&p.h, r, &all, true);
    desk_end(&p, r, 200);
    return HANDLED;
}

/* --- reading ------------------------------------------------------------------------------ */
static struct typed_change typed_of(struct request *r)
{
    const char *kind = request_field(r, "kind");
    return (struct typed_change){
        .kind = kind,
        .closes_date = request_field(r, "closes_date"),
        .closes_time = request_field(r, "closes_time"),
        .number = request_field(r, "number"),
        .which = request_field(r, "which"),
        .reason = request_field(r, strcmp(kind, "extension") == 0    ? "reason_extension"
                                   : strcmp(kind, "withdrawal") == 0 ? "reason_withdrawal"
                                                                     : "reason_void_ballot"),
    };
}

static void read_extension(struct request *r, const struct typed_change *t,
                           struct change_wish *wish, struct form_errors *e)
{
    char day[11] = "", hour[9] = "";
    if (!typed_date(t->closes_date, day))
        form_error(e, "closes_date", "Enter a date, like 14/12/2026");
    if (!typed_time(t->closes_time, hour))
        form_error(e, "closes_time", "Enter a time, like 21:00");
    wish->closes = arena_fmt(&r->arena, "%s %s", day, hour);
}

/* False: none of the three kinds. */
static bool read_wish(struct request *r, const struct typed_change *t, struct change_wish *wish,
                      struct form_errors *e)
{
    int64_t number = -1;
    const char *reason = "reason_void_ballot";
    *wish = (struct change_wish){
        .kind = CHANGE_VOID_BALLOT, .number = -1, .receipt = -1, .serial = "", .reason = t->reason};
    if (strcmp(t->kind, "extension") == 0) {
        wish->kind = CHANGE_EXTENSION;
        reason = "reason_extension";
        read_extension(r, t, wish, e);
    } else if (strcmp(t->kind, "withdrawal") == 0) {
        wish->kind = CHANGE_WITHDRAWAL;
        reason = "reason_withdrawal";
        if (!parse_int(t->number, 0, 9999, &number))
            form_error(e, "number", "Choose a proposal");
        wish->number = (int32_t)number;
    } else if (strcmp(t->kind, "void_ballot") == 0) {
        if (!receipt_read(t->which, &wish->receipt)) {
            wish->receipt = -1;
            wish->serial = t->which;
        }
        if (*t->which == '\0' || strlen(t->which) > SERIAL_MAX)
            form_error(e, "which", "Enter a receipt, or the serial of a voting code");
    } else {
        return false;
    }
    if (*t->reason == '\0')
        form_error(e, reason, "Give a reason, in up to 400 characters");
    return true;
}

/* What SQL refused, beside its field; false: it has none, and stands on top of the page. */
static void refused(struct request *r, struct form_errors *e, const struct typed_change *t,
                    const char *result, const char *detail)
{
    static const struct {
        const char *result, *field;
    } known[] = {
        {"closes_gap", "closes_time"}, {"closes_twice", "closes_time"},
        {"not_later", "closes_date"},  {"number_clash", "closes_date"},
        {"no_proposal", "number"},     {"withdrawn", "number"},
        {"last_proposal", "number"},   {"no_ballot", "which"},
        {"replaced", "which"},         {"taken_back", "which"},
        {"voided", "which"},
    };
    const char *field =
        strcmp(result, "reason") == 0 ? arena_fmt(&r->arena, "reason_%s", t->kind) : "main";
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].result, result) == 0)
            field = known[i].field;
    }
    form_error(e, field, desk_refusal(r, result, detail));
}

enum handled page_changes_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    struct change_wish wish;
    const char *result = "", *detail;
    const struct desk_round *round = frozen_round(r, db);
    if (round == NULL)
        return HANDLED;
    struct typed_change t = typed_of(r);
    if (!read_wish(r, &t, &wish, &e)) {
        response_error(r, 400);
        return HANDLED;
    }
    if (e.n == 0) {
        enum db_outcome outcome =
            change_ask(db, &r->arena, r->officer.officer, round->slug, &wish, &result, &detail);
        if (outcome != DB_OK) {
            response_db(r, outcome);
            return HANDLED;
        }
        if (strcmp(result, "asked") == 0) {
            response_redirect(r, "/desk/rounds/%s/changes", round->slug);
            return HANDLED;
        }
        refused(r, &e, &t, result, detail);
    }
    show(r, db, round, &t, &e, 422);
    return HANDLED;
}

/* Where a decided change is looked at: its round's page, or everything's. */
static void after(struct request *r, struct db *db, int64_t id)
{
    struct changes all;
    const char *slug = "";
    if (changes_desk(db, &r->arena, r->officer.officer, NULL, &all) == DB_OK) {
        for (int i = 0; i < all.n; i++)
            slug = all.change[i].id == id ? all.change[i].slug : slug;
    }
    if (*slug != '\0')
        response_redirect(r, "/desk/rounds/%s/changes", slug);
    else
        response_redirect(r, "/desk/changes");
}

enum handled page_change_decide_post(struct request *r, struct db *db)
{
    int64_t id;
    const char *result, *detail, *grant = request_field(r, "grant");
    bool yes = strcmp(grant, "yes") == 0;
    if (!parse_int(r->segment[0], 1, INT64_MAX, &id) || (!yes && strcmp(grant, "no") != 0)) {
        response_error(r, 404);
        return HANDLED;
    }
    enum db_outcome outcome =
        change_decide(db, &r->arena, r->officer.officer, id, yes, &result, &detail);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (strcmp(result, "not_found") == 0)
        response_error(r, 404);
    else if (strcmp(result, "granted") == 0 || strcmp(result, "refused") == 0)
        after(r, db, id);
    else
        desk_not_changed(r, "/desk/changes", "Changes", result, detail);
    return HANDLED;
}
