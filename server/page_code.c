/* page_code.c: /desk/codes/find: a code by the number on its letter or by its address, and what a
 * clerk may do about it: void it, replace it, issue one more. The code itself nobody sees. */
#include "server/desk_view.h"
#include "server/pages.h"
#include "server/register_view.h"
#include "server/response.h"

enum { REASON_CHARS_MAX = 400 };

/* --- looking for it ------------------------------------------------------------------------ */
static void state_tag(struct html *h, const struct desk_code *c)
{
    if (c->voided_at != DB_NO_TIME)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--grey\">Void</strong>");
    else if (c->waits)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--yellow\">To be voided</strong>");
    else if (c->used)
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--green\">Used</strong>");
    else
        html_raw(h, "<strong class=\"govuk-tag govuk-tag--blue\">Not used</strong>");
}

static void found(struct html *h, const struct desk_codes *all)
{
    html_raw(h, "<ul class=\"wm-tasks\">\n");
    for (int i = 0; i < all->n; i++) {
        const struct desk_code *c = &all->one[i];
        html_raw(h, "<li class=\"wm-task\"><a class=\"govuk-link\"");
        html_attrf(h, "href", "/desk/codes/%s", c->serial);
        html_raw(h, ">");
        html_text(h, c->serial);
        html_raw(h, "</a>");
        state_tag(h, c);
        html_raw(h, "<p>");
        html_text(h, *c->address != '\0' ? c->address : "For no address");
        html_raw(h, ". ");
        html_text(h, c->area);
        html_raw(h, "</p></li>\n");
    }
    html_raw(h, "</ul>\n");
    if (all->n == 50)
        html_raw(h, "<p class=\"govuk-body\">These are the first 50. Type more of the address."
                    "</p>\n");
}

enum handled page_code_find(struct request *r, struct db *db)
{
    const char *words = request_field(r, "q");
    struct form_errors e = {.n = 0};
    struct desk_codes all = {.n = 0};
    struct desk_page p;
    if (*words != '\0') {
        enum db_outcome outcome = desk_code_find(db, &r->arena, r->officer.officer, words, &all);
        if (outcome != DB_OK) {
            response_db(r, outcome);
            return HANDLED;
        }
        if (all.n == 0)
            form_error(&e, "q",
                       "Nothing in your areas has this number or address. Look at the letter "
                       "again, or type at least three letters of the address");
    }
    desk_begin(&p, r, "Find a code", "/desk/registers", "Who may vote", &e);
    html_raw(&p.h, "<h1 class=\"govuk-heading-l\">Find a code</h1>\n"
                   "<form method=\"get\" action=\"/desk/codes/find\" novalidate>\n");
    form_input(&p.h, &e,
               &(struct form_input){.name = "q",
                                    .label = "Number on the letter, or address",
                                    .hint = "For example HR-000123, or 12 Long Lane. Never ask "
                                            "for the code itself.",
                                    .value = words,
                                    .width = 20});
    form_button(&p.h, "Find it");
    form_end(&p.h);
    if (all.n > 0)
        found(&p.h, &all);
    desk_end(&p, r, e.n > 0 ? 404 : 200);
    return HANDLED;
}

/* --- one of them --------------------------------------------------------------------------- */
static void reason_form(struct html *h, struct request *r, const struct form_errors *e,
                        const struct desk_code *c, const char *action, const char *label,
                        const char *button)
{
    const char *path = arena_fmt(&r->arena, "/desk/codes/%s/%s", c->serial, action);
    if (!desk_may(r, "POST", path))
        return;
    form_begin(h, path);
    form_token(h, r);
    form_input(
        h, e,
        &(struct form_input){.name = arena_fmt(&r->arena, "%s_reason", action),
                             .label = label,
                             .value = request_field(r, arena_fmt(&r->arena, "%s_reason", action))});
    form_button_second(h, button);
    form_end(h);
}

static void facts(struct html *h, const struct desk_code *c)
{
    html_raw(h, "<dl class=\"govuk-summary-list\">");
    desk_row_begin(h, "Address");
    html_text(h, *c->address != '\0' ? c->address : "For no address");
    desk_row_end(h);
    desk_row_begin(h, "Area");
    html_text(h, c->area);
    desk_row_end(h);
    desk_row_begin(h, "Register");
    html_text(h, c->register_name);
    desk_row_end(h);
    desk_row_begin(h, "Issued");
    desk_when(h, c->issued_at);
    html_text(h, strcmp(c->issued_as, "lost") == 0    ? ", in place of a lost one"
                 : strcmp(c->issued_as, "extra") == 0 ? ", as an extra one"
                                                      : "");
    desk_row_end(h);
    desk_row_begin(h, "State");
    state_tag(h, c);
    desk_row_end(h);
    if (c->voided_at != DB_NO_TIME) {
        desk_row_begin(h, "Void since");
        desk_when(h, c->voided_at);
        html_raw(h, ". ");
        html_text(h, c->reason);
        desk_row_end(h);
    }
    html_raw(h, "</dl>\n");
}

/* Another officer asked that this code be voided. */
static void decide(struct html *h, struct request *r, const struct desk_code *c)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">A ballot was cast with it: two officers void it"
                "</h2>\n<p class=\"govuk-body\">");
    html_text(h, c->asked_by);
    html_raw(h, " asks that it be voided: ");
    html_text(h, c->wanted);
    html_raw(h, "</p>\n");
    if (c->mine)
        html_raw(h, "<p class=\"govuk-body\">Another officer must grant it.</p>\n");
    else
        desk_button(h, r, arena_fmt(&r->arena, "/desk/codes/%s/grant", c->serial), "Void it");
    desk_button(h, r, arena_fmt(&r->arena, "/desk/codes/%s/refuse", c->serial),
                c->mine ? "Take it back" : "Do not void it");
}

static void actions(struct html *h, struct request *r, const struct form_errors *e,
                    const struct desk_code *c)
{
    bool is_void = c->voided_at != DB_NO_TIME;
    if (c->waits) {
        decide(h, r, c);
        return;
    }
    if (is_void || !c->used) {
        html_raw(h, "<h2 class=\"govuk-heading-m\">The letter was lost</h2>\n<p "
                    "class=\"govuk-body\">A new code for the same voter. This one is void from "
                    "then on.</p>\n");
        reason_form(h, r, e, c, "reissue", "What was declared, and by whom", "Print a new letter");
    }
    if (!is_void) {
        html_raw(h, "<h2 class=\"govuk-heading-m\">Void it</h2>\n<p class=\"govuk-body\">");
        html_text(h, c->used ? "A ballot was cast with this code: another officer must grant it. "
                               "The ballot stands."
                             : "It opens nothing any more, and nobody can vote with it.");
        html_raw(h, "</p>\n");
        reason_form(h, r, e, c, "void", "Reason", "Void this code");
    }
    if (*c->address != '\0') {
        html_raw(h, "<h2 class=\"govuk-heading-m\">Somebody else lives there too</h2>\n<p "
                    "class=\"govuk-body\">One more voter at this address, with a code, for a "
                    "person who declares to live there and has none.</p>\n");
        reason_form(h, r, e, c, "extra", "What was declared, and by whom",
                    "Print a letter with an extra code");
    }
}

/* The code of the first segment; answers and returns NULL when there is none. */
static struct desk_code *code_of(struct request *r, struct db *db)
{
    struct desk_codes all;
    enum db_outcome outcome =
        desk_code_find(db, &r->arena, r->officer.officer, r->segment[0], &all);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return NULL;
    }
    if (all.n > 0 && strcasecmp(all.one[0].serial, r->segment[0]) == 0) {
        r->officer.here = all.one[0].roles;
        return all.one;
    }
    response_error(r, 404);
    return NULL;
}

static void show(struct request *r, struct db *db, const struct form_errors *e, int status)
{
    struct desk_page p;
    struct desk_code *c = code_of(r, db);
    if (c == NULL)
        return;
    desk_begin(&p, r, arena_fmt(&r->arena, "Code %s", c->serial), "/desk/codes/find", "Find a code",
               e);
    html_raw(&p.h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">"
                   "<h1 class=\"govuk-heading-l\">Code ");
    html_text(&p.h, c->serial);
    html_raw(&p.h, "</h1>\n");
    facts(&p.h, c);
    actions(&p.h, r, e, c);
    html_raw(&p.h, "</div></div>\n");
    desk_end(&p, r, status);
}

enum handled page_code_one(struct request *r, struct db *db)
{
    show(r, db, NULL, 200);
    return HANDLED;
}

/* --- doing it ------------------------------------------------------------------------------ */
/* What an outcome means, beside the field of the action; NULL: done. */
static const char *problem(struct request *r, const char *field, const char *word, const char *cap)
{
    static const struct {
        const char *word, *says;
    } words[] = {
        {"already", "This code is void already"},
        {"voided", "This code is void already"},
        {"waiting", "Another officer was asked already"},
        {"own", "You asked for it: another officer must grant it"},
        {"none", "Nobody asks for it any more. Look at the page again"},
        {"used", "A ballot was cast with this code: have it voided by two officers first"},
        {"newer", "This voter has a newer code that is good"},
        {"retired", "The register of this code is retired"},
        {"no_address", "This code is for no address"},
    };
    if (strcmp(word, "reason") == 0)
        return strcmp(field, "void_reason") == 0
                   ? "Enter a reason, in at most 400 characters"
                   : "Enter what was declared, and by whom, in at most 400 characters";
    if (strcmp(word, "cap") == 0)
        return arena_fmt(&r->arena, "This address has all the extra codes that it may have: %s",
                         cap);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, word) == 0)
            return words[i].says;
    }
    return NULL;
}

/* Answers an action that did not end in a letter. */
static enum handled done(struct request *r, struct db *db, enum db_outcome outcome,
                         const char *field, const char *word, const char *cap)
{
    struct form_errors e = {.n = 0};
    const char *says = outcome == DB_OK ? problem(r, field, word, cap) : NULL;
    if (outcome != DB_OK) {
        response_db(r, outcome);
    } else if (strcmp(word, "not_found") == 0) {
        response_error(r, 404);
    } else if (says != NULL) {
        form_error(&e, field, says);
        show(r, db, &e, strcmp(word, "reason") == 0 ? 422 : 409);
    } else {
        response_redirect(r, "/desk/codes/%s", r->segment[0]);
    }
    return HANDLED;
}

enum handled page_code_void_post(struct request *r, struct db *db)
{
    const char *word = "";
    enum db_outcome outcome = desk_code_void(db, &r->arena, r->officer.officer, r->segment[0],
                                             request_field(r, "void_reason"), &word);
    return done(r, db, outcome, "void_reason", word, "");
}

static enum handled decided(struct request *r, struct db *db, bool grant)
{
    const char *word = "";
    enum db_outcome outcome =
        desk_code_void_decide(db, &r->arena, r->officer.officer, r->segment[0], grant, &word);
    return done(r, db, outcome, "void_reason", word, "");
}

enum handled page_code_grant_post(struct request *r, struct db *db)
{
    return decided(r, db, true);
}

enum handled page_code_refuse_post(struct request *r, struct db *db)
{
    return decided(r, db, false);
}

static enum handled replace(struct request *r, struct db *db, enum desk_replace which,
                            const char *field)
{
    struct letter one = {.address = ""};
    struct desk_issued issued = {"", "", ""};
    const char *word = "";
    uint8_t lookup[32];
    code_make(one.code);
    code_lookup(one.code, lookup);
    enum db_outcome outcome =
        desk_code_replace(db, &r->arena, r->officer.officer, which, r->segment[0], lookup,
                          request_field(r, field), &word, &issued);
    bool good = outcome == DB_OK && strcmp(word, "issued") == 0;
    if (good) {
        one.serial = issued.serial;
        one.address = issued.address;
        answer_letters(r, &one, 1, issued.area);
    }
    explicit_bzero(&one, sizeof one);
    return good ? HANDLED : done(r, db, outcome, field, word, issued.serial);
}

enum handled page_code_reissue_post(struct request *r, struct db *db)
{
    return replace(r, db, DESK_CODE_LOST, "reissue_reason");
}

enum handled page_code_extra_post(struct request *r, struct db *db)
{
    return replace(r, db, DESK_CODE_EXTRA, "extra_reason");
}

/* --- a register's codes -------------------------------------------------------------------- */
enum { ISSUED_ARENA = 128 << 20, ISSUED_MAX = 200000 };

/* Makes n codes; fills the letters of those that were issued and returns how many. */
static int issue(struct request *r, struct db *db, struct arena *arena,
                 const struct desk_register *g, struct letter *letters, int n,
                 enum db_outcome *outcome)
{
    struct desk_issued *issued;
    int n_issued = 0;
    uint8_t(*lookups)[32] = wm_alloc(sizeof *lookups * (size_t)n);
    for (int i = 0; i < n; i++) {
        code_make(letters[i].code);
        code_lookup(letters[i].code, lookups[i]);
    }
    *outcome = desk_codes_register(db, arena, r->officer.officer, g->id,
                                   (const uint8_t(*)[32])lookups, n, &issued, &n_issued);
    for (int i = 0; i < n_issued; i++) {
        letters[i].serial = issued[i].serial;
        letters[i].address = issued[i].address;
        letters[i].area = issued[i].area;
    }
    free(lookups);
    return n_issued;
}

enum handled page_register_codes_post(struct request *r, struct db *db)
{
    struct desk_register *g = register_of(r, db);
    if (g == NULL)
        return HANDLED;
    if (g->due == 0) {
        response_redirect(r, "/desk/registers/%d", g->id);
        return HANDLED;
    }
    enum db_outcome outcome;
    int n = g->due < ISSUED_MAX ? (int)g->due : ISSUED_MAX;
    size_t size = sizeof(struct letter) * (size_t)n;
    struct letter *letters = wm_alloc(size);
    struct arena arena = arena_new(ISSUED_ARENA);
    int issued = issue(r, db, &arena, g, letters, n, &outcome);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (issued == 0) /* a colleague was faster, or it was retired */
        response_redirect(r, "/desk/registers/%d", g->id);
    else
        answer_letters_file(r, letters, issued, g->area, g->area_slug);
    explicit_bzero(letters, size);
    free(letters);
    arena_free(&arena);
    return HANDLED;
}
