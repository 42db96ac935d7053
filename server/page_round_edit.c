/* page_round_edit.c: /desk/rounds/new and /desk/rounds/:slug/edit: area, kind, dates, money. */
#include "server/desk_view.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/typed.h"

enum { CHOICES_MAX = 200, NAME_CHARS_MAX = 80, TITLE_CHARS_MAX = 120, ABOUT_CHARS_MAX = 4000 };

/* The form as it stands: typed by the officer, or from the round; every text non-NULL. */
struct typed_round {
    const char *area, *title, *about, *kind, *edition, *question, *opens_date, *opens_time,
        *closes_date, *closes_time, *grace, *max_picks, *minimum_votes;
    struct {
        const char *name, *amount;
    } pot[DESK_POTS_MAX];
};

/* --- drawing ------------------------------------------------------------------------------ */
static void line(struct html *h, const struct form_errors *e, const char *name, const char *label,
                 const char *hint, const char *value, int width)
{
    form_input(h, e,
               &(struct form_input){
                   .name = name, .label = label, .hint = hint, .value = value, .width = width});
}

static void area_field(struct html *h, const struct form_errors *e, const struct desk_areas *areas,
                       const char *chosen)
{
    struct form_choice choices[CHOICES_MAX];
    int n = areas->n < CHOICES_MAX ? areas->n : CHOICES_MAX;
    for (int i = 0; i < n; i++)
        choices[i] = (struct form_choice){.value = areas->area[i].slug,
                                          .label = areas->area[i].name,
                                          .chosen = strcmp(areas->area[i].slug, chosen) == 0};
    form_select(h, e, "area", "Area", choices, n);
}

static void kind_field(struct html *h, const struct form_errors *e, const char *kind)
{
    struct form_choice choices[] = {
        {"knapsack", "Fill the pot", "People choose any proposals whose costs fit the pot together",
         strcmp(kind, "knapsack") == 0},
        {"approval", "Choose a number", "People choose up to so many proposals, whatever they cost",
         strcmp(kind, "approval") == 0},
        {"yes_no", "Yes or no", "People say whether a proposed neighbourhood agreement is adopted",
         strcmp(kind, "yes_no") == 0},
    };
    form_radios(h, e, "kind", "How people vote", choices, 3);
}

static void edition_field(struct html *h, struct request *r, const struct form_errors *e,
                          const struct desk_editions *editions, const char *chosen)
{
    struct form_choice choices[CHOICES_MAX + 1] = {{.value = "", .label = "None"}};
    int n = 1;
    for (int i = 0; i < editions->n && n <= CHOICES_MAX; i++, n++) {
        const struct desk_edition *one = &editions->edition[i];
        const char *value = arena_fmt(&r->arena, "%d", one->id);
        choices[n] =
            (struct form_choice){.value = value,
                                 .label = arena_fmt(&r->arena, "%s, edition %d: %s", one->area_name,
                                                    one->edition, one->title),
                                 .chosen = strcmp(value, chosen) == 0};
    }
    form_select(h, e, "edition", "Agreement put to the vote (yes or no only)", choices, n);
}

static void heading(struct html *h, const char *text)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">");
    html_text(h, text);
    html_raw(h, "</h2>\n");
}

static void dates(struct html *h, const struct form_errors *e, const struct typed_round *t)
{
    heading(h, "Dates");
    html_raw(h, "<p class=\"govuk-body\">UK time. Voting opens and closes by itself, to "
                "the second.</p>\n");
    line(h, e, "opens_date", "Opens on", "For example, 1/12/2026", t->opens_date, 10);
    line(h, e, "opens_time", "Opens at", "For example, 09:00 or 9am", t->opens_time, 10);
    line(h, e, "closes_date", "Closes on", "For example, 14/12/2026", t->closes_date, 10);
    line(h, e, "closes_time", "Closes at", "For example, 21:00 or 9pm", t->closes_time, 10);
    line(h, e, "grace", "Minutes to wait for late texts",
         "A text sent before the close counts if it reaches us within this time. 0 to 60.",
         t->grace, 3);
}

static void money(struct html *h, const struct form_errors *e, const struct typed_round *t)
{
    static const struct {
        const char *name, *name_label, *amount, *amount_label;
    } pots[DESK_POTS_MAX] = {
        {"pot1_name", "Pot", "pot1_amount", "Amount of the pot"},
        {"pot2_name", "Second pot (if there is one)", "pot2_amount", "Amount of the second pot"},
    };
    heading(h, "Money (not for a yes or no vote)");
    for (int i = 0; i < DESK_POTS_MAX; i++) {
        line(h, e, pots[i].name, pots[i].name_label, i == 0 ? "For example, Ward pot" : NULL,
             t->pot[i].name, 20);
        form_input(h, e,
                   &(struct form_input){.name = pots[i].amount,
                                        .label = pots[i].amount_label,
                                        .hint = i == 0 ? "For example, 24,400 or 24400.50" : NULL,
                                        .value = t->pot[i].amount,
                                        .prefix = "£",
                                        .inputmode = "decimal",
                                        .width = 10});
    }
    line(h, e, "max_picks", "Most proposals that a person may choose",
         "Counts only for \"Choose a number\". 1 to 60.", t->max_picks, 3);
}

static void fields(struct html *h, struct request *r, const struct form_errors *e,
                   const struct typed_round *t, const struct desk_areas *areas,
                   const struct desk_editions *editions)
{
    area_field(h, e, areas, t->area);
    line(h, e, "title", "Title", "For example, Westfield 2027", t->title, 0);
    form_input(h, e,
               &(struct form_input){.name = "about",
                                    .label = "What this vote is about (if you like)",
                                    .value = t->about,
                                    .rows = 4});
    kind_field(h, e, t->kind);
    dates(h, e, t);
    money(h, e, t);
    heading(h, "Agreement (only for a yes or no vote)");
    edition_field(h, r, e, editions, t->edition);
    line(h, e, "question", "Question", "Left empty, it asks whether to adopt the agreement.",
         t->question, 0);
    heading(h, "Minimum");
    line(h, e, "minimum_votes", "Votes needed at least",
         "A proposal with fewer is not funded; an agreement with fewer ballots is not adopted.",
         t->minimum_votes, 5);
}

/* Answers with the form. `slug` NULL: a new round. */
static void show(struct request *r, struct db *db, const char *slug, const struct typed_round *t,
                 const struct form_errors *e)
{
    struct desk_areas areas;
    struct desk_editions editions;
    struct desk_page p;
    const char *path = slug != NULL ? arena_fmt(&r->arena, "/desk/rounds/%s", slug) : "/desk";
    enum db_outcome outcome = desk_areas(db, &r->arena, r->officer.officer, &areas);
    if (outcome == DB_OK)
        outcome = desk_editions(db, &r->arena, r->officer.officer, &editions);
    if (outcome != DB_OK) {
        response_db(r, outcome);
        return;
    }
    desk_begin(&p, r, slug != NULL ? "Change the round" : "Make a round", path, NULL, e);
    html_raw(&p.h, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">"
                   "<h1 class=\"govuk-heading-l\">");
    html_text(&p.h, slug != NULL ? "Change the round" : "Make a round");
    html_raw(&p.h, "</h1>\n<p class=\"govuk-body\">A draft that nobody else sees. You can leave "
                   "dates open and come back.</p>\n");
    form_begin(&p.h, slug != NULL ? arena_fmt(&r->arena, "%s/edit", path) : "/desk/rounds/new");
    form_token(&p.h, r);
    fields(&p.h, r, e, t, &areas, &editions);
    form_button(&p.h, "Save the draft");
    form_end(&p.h);
    html_raw(&p.h, "</div></div>\n");
    desk_end(&p, r, e->n > 0 ? 422 : 200);
}

/* --- reading ------------------------------------------------------------------------------ */
static struct typed_round typed_of(const struct request *r)
{
    return (struct typed_round){
        .area = request_field(r, "area"),
        .title = request_field(r, "title"),
        .about = request_field(r, "about"),
        .kind = request_field(r, "kind"),
        .edition = request_field(r, "edition"),
        .question = request_field(r, "question"),
        .opens_date = request_field(r, "opens_date"),
        .opens_time = request_field(r, "opens_time"),
        .closes_date = request_field(r, "closes_date"),
        .closes_time = request_field(r, "closes_time"),
        .grace = request_field(r, "grace"),
        .max_picks = request_field(r, "max_picks"),
        .minimum_votes = request_field(r, "minimum_votes"),
        .pot = {{request_field(r, "pot1_name"), request_field(r, "pot1_amount")},
                {request_field(r, "pot2_name"), request_field(r, "pot2_amount")}},
    };
}

/* Characters, not bytes: the database counts so. */
static size_t characters(const char *s)
{
    size_t n = 0;
    for (; *s != '\0'; s++)
        n += ((unsigned char)*s & 0xc0) != 0x80;
    return n;
}

static int32_t number(struct form_errors *e, const char *field, const char *typed, int64_t min,
                      int64_t max, const char *message)
{
    int64_t value = min;
    if (!parse_int(typed, min, max, &value))
        form_error(e, field, message);
    return (int32_t)value;
}

/* A moment in York's time, or NULL when both parts are empty. */
static const char *moment(struct request *r, struct form_errors *e, const char *date_field,
                          const char *date, const char *time_field, const char *time)
{
    char day[11] = "", hour[9] = "";
    if (*date == '\0' && *time == '\0')
        return NULL;
    if (!typed_date(date, day))
        form_error(e, date_field, "Enter a date, like 14/12/2026");
    if (!typed_time(time, hour))
        form_error(e, time_field, "Enter a time, like 21:00");
    return arena_fmt(&r->arena, "%s %s", day, hour);
}

static void read_pots(struct form_errors *e, const struct typed_round *t,
                      struct desk_round_form *form)
{
    static const char *const names[DESK_POTS_MAX] = {"pot1_name", "pot2_name"};
    static const char *const amounts[DESK_POTS_MAX] = {"pot1_amount", "pot2_amount"};
    if (strcmp(form->kind, "yes_no") == 0)
        return;
    for (int i = 0; i < DESK_POTS_MAX; i++) {
        struct desk_pot *pot = &form->pot[form->pots];
        if (i > 0 && t->pot[i].name[0] == '\0' && t->pot[i].amount[0] == '\0')
            continue;
        if (t->pot[i].name[0] == '\0' || characters(t->pot[i].name) > NAME_CHARS_MAX)
            form_error(e, names[i], "Name the pot, in at most 80 characters");
        if (!typed_money(t->pot[i].amount, &pot->amount))
            form_error(e, amounts[i], "Enter an amount of money, like 24,400 or 24400.50");
        pot->name = t->pot[i].name;
        form->pots++;
    }
}

static void read_form(struct request *r, const struct typed_round *t, struct desk_round_form *form,
                      struct form_errors *e)
{
    *form = (struct desk_round_form){.area = t->area,
                                     .title = t->title,
                                     .about = t->about,
                                     .kind = t->kind,
                                     .question = t->question};
    bool question = strcmp(t->kind, "yes_no") == 0;
    if (*t->area == '\0')
        form_error(e, "area", "Choose an area");
    if (*t->title == '\0' || characters(t->title) > TITLE_CHARS_MAX)
        form_error(e, "title", "Enter a title of at most 120 characters");
    if (characters(t->about) > ABOUT_CHARS_MAX)
        form_error(e, "about", "Use at most 4,000 characters");
    if (!question && strcmp(t->kind, "approval") != 0 && strcmp(t->kind, "knapsack") != 0)
        form_error(e, "kind", "Choose how people vote");
    form->opens = moment(r, e, "opens_date", t->opens_date, "opens_time", t->opens_time);
    form->closes = moment(r, e, "closes_date", t->closes_date, "closes_time", t->closes_time);
    form->grace_minutes = number(e, "grace", t->grace, 0, 60, "Enter 0 to 60 minutes");
    read_pots(e, t, form);
    form->max_picks = strcmp(t->kind, "approval") != 0
                          ? 60
                          : number(e, "max_picks", t->max_picks, 1, 60, "Enter a number, 1 to 60");
    if (question)
        form->edition = number(e, "edition", t->edition, 1, INT32_MAX, "Choose an agreement");
    if (characters(t->question) > TITLE_CHARS_MAX)
        form_error(e, "question", "Use at most 120 characters");
    form->minimum_votes =
        number(e, "minimum_votes", t->minimum_votes, 0, 1000000, "Enter a number, 0 to 1,000,000");
}

/* What SQL refused, beside its field. */
static void refused(struct form_errors *e, const char *result)
{
    static const struct {
        const char *result, *field, *message;
    } known[] = {
        {"opens_gap", "opens_time", "The clocks go forward over this time. Choose another"},
        {"opens_twice", "opens_time",
         "The clocks go back and show this time twice. Choose another"},
        {"closes_gap", "closes_time", "The clocks go forward over this time. Choose another"},
        {"closes_twice", "closes_time",
         "The clocks go back and show this time twice. Choose another"},
        {"order", "closes_date", "Closing must come after opening"},
        {"edition", "edition", "Choose a proposed agreement of this area"},
        {"has_proposals", "kind", "This round has proposals: make another for a yes or no vote"},
        {"pot_used", "pot2_name", "Proposals draw on this pot: move them first"},
        {"frozen", "main", "This round is scheduled: nothing in it changes any more"},
        {"in_review", "main", "This round is in review: send it back to draft to change it"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].result, result) == 0)
            form_error(e, known[i].field, known[i].message);
    }
}

/* --- handlers ----------------------------------------------------------------------------- */
enum handled page_round_new(struct request *r, struct db *db)
{
    struct typed_round blank = {"", "", "", "knapsack", "",  "",  "",
                                "", "", "", "15",       "3", "0", {{"Ward pot", ""}, {"", ""}}};
    struct form_errors none = {.n = 0};
    show(r, db, NULL, &blank, &none);
    return HANDLED;
}

static const char *pounds(struct request *r, int64_t pence)
{
    return arena_fmt(&r->arena, "%lld.%02lld", (long long)pence / 100, (long long)pence % 100);
}

static struct typed_round typed_from(struct request *r, const struct desk_round *round)
{
    bool question = strcmp(round->kind, "yes_no") == 0;
    struct typed_round t = {
        .area = round->area_slug,
        .title = round->title,
        .about = round->about,
        .kind = round->kind,
        .edition = arena_fmt(&r->arena, "%d", round->edition),
        .question = question && round->proposals > 0 ? round->proposal[0].title : "",
        .opens_date = round->opens_date,
        .opens_time = round->opens_time,
        .closes_date = round->closes_date,
        .closes_time = round->closes_time,
        .grace = arena_fmt(&r->arena, "%d", round->grace_minutes),
        .max_picks = arena_fmt(&r->arena, "%d", round->max_picks),
        .minimum_votes = arena_fmt(&r->arena, "%d", round->minimum_votes),
        .pot = {{"", ""}, {"", ""}},
    };
    for (int i = 0; i < round->pots && i < DESK_POTS_MAX; i++) {
        t.pot[i].name = round->pot[i].name;
        t.pot[i].amount = pounds(r, round->pot[i].amount);
    }
    return t;
}

enum handled page_round_edit(struct request *r, struct db *db)
{
    struct form_errors none = {.n = 0};
    const struct desk_round *round = desk_round_of(r, db);
    if (round == NULL)
        return HANDLED;
    if (round->phase != DESK_DRAFT) {
        desk_round_show(r, round, desk_refusal(r, desk_closed_to_change(round), ""), 409);
        return HANDLED;
    }
    struct typed_round t = typed_from(r, round);
    show(r, db, round->slug, &t, &none);
    return HANDLED;
}

static enum handled save(struct request *r, struct db *db, const char *slug)
{
    struct typed_round t = typed_of(r);
    struct form_errors e = {.n = 0};
    struct desk_round_form form;
    const char *result = "", *saved;
    read_form(r, &t, &form, &e);
    if (e.n == 0) {
        enum db_outcome outcome =
            desk_round_save(db, &r->arena, r->officer.officer, slug, &form, &result, &saved);
        if (outcome != DB_OK) {
            response_db(r, outcome);
            return HANDLED;
        }
        if (strcmp(result, "not_found") == 0) {
            response_error(r, 404);
            return HANDLED;
        }
        if (strcmp(result, "saved") == 0) {
            response_redirect(r, "/desk/rounds/%s", saved);
            return HANDLED;
        }
        refused(&e, result);
    }
    show(r, db, slug, &t, &e);
    return HANDLED;
}

enum handled page_round_new_post(struct request *r, struct db *db)
{
    return save(r, db, NULL);
}

enum handled page_round_edit_post(struct request *r, struct db *db)
{
    if (desk_round_of(r, db) == NULL)
        return HANDLED;
    return save(r, db, r->segment[0]);
}
