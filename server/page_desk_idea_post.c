/* page_desk_idea_post.c: what an officer decides about a resident's idea. */
#include "server/desk_idea_view.h"
#include "server/desk_view.h"
#include "server/pages.h"
#include "server/pledge_fields.h"
#include "server/response.h"
#include "server/typed.h"

static enum db_outcome assign(struct request *r, struct db *db, const struct idea *i,
                              struct form_errors *e, const char **word)
{
    int64_t to = 0, cost = 0;
    const char *typed = request_field(r, "cost");
    if (*typed != '\0' && !typed_money(typed, &cost))
        form_error(e, "cost", "Enter an amount, like 2,500, or leave it empty");
    if (*request_field(r, "officer") != '\0' &&
        !parse_int(request_field(r, "officer"), 1, INT32_MAX, &to))
        form_error(e, "officer", "Choose an officer of this area");
    return e->n > 0 ? DB_OK
                    : desk_idea_assign(db, &r->arena, r->officer.officer, i->id, (int32_t)to, cost,
                                       word);
}

/* The chosen reason, then the officer's own words. */
static const char *refusal_words(struct request *r)
{
    const char *own = request_field(r, "refusal");
    int64_t n = 0;
    if (!parse_int(request_field(r, "reason"), 1, DESK_IDEA_REASONS, &n))
        return own;
    return *own == '\0' ? desk_idea_reasons[n - 1]
                        : arena_fmt(&r->arena, "%s %s", desk_idea_reasons[n - 1], own);
}

static enum db_outcome shortlist(struct request *r, struct db *db, const struct idea *i,
                                 struct form_errors *e, const char **word, const char **next)
{
    int32_t number = 0;
    enum db_outcome outcome = DB_OK;
    if (*request_field(r, "round") == '\0')
        form_error(e, "round", "Choose a round");
    if (!typed_short_name(request_field(r, "short_name")))
        form_error(e, "short_name",
                   "Enter a short name of at most 16 plain characters, without "
                   "accents or emoji that texts cannot carry");
    if (e->n == 0)
        outcome =
            desk_idea_shortlist(db, &r->arena, r->officer.officer, i->id, request_field(r, "round"),
                                request_field(r, "short_name"), word, &number);
    *next = arena_fmt(&r->arena, "/desk/proposals/%s/%04d", request_field(r, "round"), (int)number);
    return outcome;
}

static enum db_outcome accept_it(struct request *r, struct db *db, const struct idea *i,
                                 struct form_errors *e, const char **word, const char **next)
{
    int32_t edition = 0, pledge = 0;
    struct pledge_form form = pledge_read(r, e);
    if (e->n > 0)
        return DB_OK;
    enum db_outcome outcome =
        desk_idea_accept(db, &r->arena, r->officer.officer, i->id, &form, word, &edition, &pledge);
    *next = arena_fmt(&r->arena, "/desk/agreements/%d/%d", edition, pledge);
    return outcome;
}

/* *next: where to go on when it was done. */
static enum db_outcome act(struct request *r, struct db *db, const struct idea *i,
                           struct form_errors *e, const char **word, const char **next)
{
    const char *action = request_field(r, "do");
    if (strcmp(action, "assign") == 0)
        return assign(r, db, i, e, word);
    if (strcmp(action, "shortlist") == 0)
        return shortlist(r, db, i, e, word, next);
    if (strcmp(action, "accept") == 0)
        return accept_it(r, db, i, e, word, next);
    if (strcmp(action, "merge") == 0)
        return desk_idea_merge(db, &r->arena, r->officer.officer, i->id, request_field(r, "into"),
                               word);
    return desk_idea_write(
        db, &r->arena, r->officer.officer, i->id, action,
        strcmp(action, "refusal") == 0 ? refusal_words(r) : request_field(r, action), word);
}

/* The field of an action beside which its refusal stands. */
static const char *field_of(const char *action)
{
    static const char *const fields[][2] = {
        {"assign", "officer"}, {"shortlist", "round"}, {"merge", "into"}, {"accept", "promise"}};
    for (size_t n = 0; n < sizeof fields / sizeof *fields; n++) {
        if (strcmp(fields[n][0], action) == 0)
            return fields[n][1];
    }
    return action;
}

/* Of an action whose words are missing, or too many. */
static const char *missing_words(const char *field)
{
    if (strcmp(field, "question") == 0)
        return "Enter a question, in at most 1,000 characters";
    return strcmp(field, "note") == 0 ? "Enter a note, in at most 1,000 characters"
                                      : "Enter a reason, in at most 1,000 characters";
}

/* What the database says to it. */
static void refused(struct request *r, const char *word, struct form_errors *e)
{
    static const char *const words[][2] = {
        {"closed", "It was decided meanwhile. Look at the page again"},
        {"officer", "Choose an officer of this area"},
        {"reference", "No other such idea of your areas that is still open has that reference"},
        {"no_cost", "Enter our estimate of its cost first"},
        {"round", "Choose a round in draft"},
        {"not_found", "Choose a round in draft"},
        {"no_draft", "No edition of this area’s agreement is in draft any more"},
        {"full", "The draft has 100 pledges: take one out first"},
    };
    const char *field = field_of(request_field(r, "do"));
    if (strcmp(word, "saved") == 0)
        return;
    if (strcmp(word, "words") == 0) {
        form_error(e, field, missing_words(field));
        return;
    }
    for (size_t n = 0; n < sizeof words / sizeof *words; n++) {
        if (strcmp(words[n][0], word) == 0) {
            form_error(e, field, words[n][1]);
            return;
        }
    }
    form_error(e, field, desk_refusal(r, word, ""));
}

enum handled page_desk_idea_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    const char *word = "saved";
    struct idea *i = desk_idea_held(r, db);
    if (i == NULL)
        return HANDLED;
    const char *next = arena_fmt(&r->arena, "/desk/ideas/%lld", (long long)i->id);
    enum db_outcome outcome = act(r, db, i, &e, &word, &next);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return HANDLED;
    }
    refused(r, word, &e);
    if (e.n > 0)
        desk_idea_show(r, db, i, &e, 422);
    else
        response_redirect(r, "%s", next);
    return HANDLED;
}
