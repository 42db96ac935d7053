/* page_round_edit.c: /desk/rounds/new and /desk/rounds/:slug/edit: area, kind, voters, dates,
 * money. */
#include "server/desk_view.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/round_form.h"

enum { CHOICES_MAX = 200, POTS_SHOWN = 2 };

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

/* One of the choices that a round has; `n` is at most ROUND_KINDS. */
static void choose(struct html *h, const struct form_errors *e, const char *name,
                   const char *legend, const struct form_choice *of, int n, const char *chosen)
{
    struct form_choice choices[ROUND_KINDS];
    for (int i = 0; i < n; i++) {
        choices[i] = of[i];
        choices[i].chosen = strcmp(of[i].value, chosen) == 0;
    }
    form_radios(h, e, name, legend, choices, n);
}

static void yes_no_field(struct html *h, const struct form_errors *e, const char *name,
                         const char *legend, const char *yes_hint, const char *chosen)
{
    bool yes = strcmp(chosen, "yes") == 0;
    struct form_choice choices[] = {{"no", "No", NULL, !yes}, {"yes", "Yes", yes_hint, yes}};
    form_radios(h, e, name, legend, choices, 2);
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

static void small(struct html *h, const struct form_errors *e, const char *name, const char *label,
                  const char *hint, const char *value)
{
    form_input(h, e,
               &(struct form_input){.name = name,
                                    .label = label,
                                    .hint = hint,
                                    .value = value,
                                    .inputmode = "numeric",
                                    .width = 4});
}

/* How much a ballot may hold. */
static void choices(struct html *h, const struct form_errors *e, const struct typed_round *t)
{
    heading(h, "The ballot");
    choose(h, e, "kind", "How people vote", round_kinds, ROUND_KINDS, t->kind);
    small(h, e, "min_picks", "Fewest proposals that a person chooses",
          "Only for \"Choose a number\" and \"Put in order\". 1 to 60.", t->min_picks);
    small(h, e, "max_picks", "Most proposals that a person may choose",
          "Only for \"Choose a number\" and \"Put in order\". 1 to 60.", t->max_picks);
    small(h, e, "points_sum", "Points that each person shares out",
          "Only for \"Share out points\". 1 to 1,000.", t->points_sum);
    small(h, e, "points_max", "Most points to one proposal",
          "Only for \"Share out points\". 1 to 1,000.", t->points_max);
    yes_no_field(h, e, "blank", "May a ballot be left blank?",
                 "It counts as a ballot, for none of the proposals", t->blank);
}

static void voters(struct html *h, const struct form_errors *e, const struct typed_round *t)
{
    heading(h, "Who may vote");
    choose(h, e, "eligibility", "How people prove that they may vote", round_ways, ROUND_WAYS,
           t->eligibility);
    small(h, e, "minimum_age", "Youngest age (if there is one)",
          "People declare that they are at least this old. Leave it empty for no limit.",
          t->minimum_age);
    choose(h, e, "residence", "What people declare about their home", round_places, ROUND_PLACES,
           t->residence);
}

static void pot(struct html *h, struct request *r, const struct form_errors *e,
                const struct typed_round *t, int i)
{
    bool first = i == 0;
    html_raw(h, "<fieldset class=\"govuk-fieldset wm-after\"><legend "
                "class=\"govuk-fieldset__legend govuk-fieldset__legend--s\">");
    html_text(h, first ? "Pot 1" : arena_fmt(&r->arena, "Pot %d (if there is one)", i + 1));
    html_raw(h, "</legend>");
    line(h, e, round_pot_field(i, POT_NAME), arena_fmt(&r->arena, "Name of pot %d", i + 1),
         first ? "For example, Ward pot" : NULL, t->pot[i].name, 20);
    form_input(h, e,
               &(struct form_input){.name = round_pot_field(i, POT_AMOUNT),
                                    .label = arena_fmt(&r->arena, "Amount of pot %d", i + 1),
                                    .hint = first ? "For example, 24,400 or 24400.50" : NULL,
                                    .value = t->pot[i].amount,
                                    .prefix = "£",
                                    .inputmode = "decimal",
                                    .width = 10});
    small(h, e, round_pot_field(i, POT_MIN),
          arena_fmt(&r->arena, "Fewest choices from pot %d (if there is a limit)", i + 1), NULL,
          t->pot[i].min);
    small(h, e, round_pot_field(i, POT_MAX),
          arena_fmt(&r->arena, "Most choices from pot %d (if there is a limit)", i + 1), NULL,
          t->pot[i].max);
    html_raw(h, "</fieldset>\n");
}

/* Whether a pot beyond those always shown holds anything, or was refused. */
static bool more_pots(const struct form_errors *e, const struct typed_round *t)
{
    bool more = false;
    for (int i = POTS_SHOWN; i < DESK_POTS_MAX; i++) {
        more = more || *t->pot[i].name != '\0' || *t->pot[i].amount != '\0';
        for (int k = 0; k < POT_FIELDS; k++)
            more = more || form_error_of(e, round_pot_field(i, (enum pot_field)k)) != NULL;
    }
    return more;
}

static void money(struct html *h, struct request *r, const struct form_errors *e,
                  const struct typed_round *t)
{
    heading(h, "Money (not for a yes or no vote)");
    html_raw(h, "<p class=\"govuk-body\">Pots are counted one after the other, in this order. "
                "Each proposal draws on one of them.</p>\n");
    for (int i = 0; i < POTS_SHOWN; i++)
        pot(h, r, e, t, i);
    desk_fold_begin(h, "More pots", more_pots(e, t));
    for (int i = POTS_SHOWN; i < DESK_POTS_MAX; i++)
        pot(h, r, e, t, i);
    desk_fold_end(h);
    yes_no_field(h, e, "carry", "Does money that a pot leaves go on to the next pot?", NULL,
                 t->carry);
    small(h, e, "cap_percent", "Largest share of its pot for one proposal (if there is a limit)",
          "In per cent, 1 to 100.", t->cap_percent);
}

/* Of equal shares, which seldom spend all by themselves. */
static void left_over(struct html *h, const struct form_errors *e, const struct typed_round *t)
{
    static const char *const words[] = {"add1u", "add1", "util", "none", "comparison"};
    struct form_choice ways[5];
    for (int i = 0; i < 5; i++)
        ways[i] = (struct form_choice){.value = words[i],
                                       .label = round_completion_words(words[i]),
                                       .chosen = strcmp(words[i], t->completion) == 0};
    desk_fold_begin(h, "What equal shares do with money that is left",
                    form_error_of(e, "completion") != NULL);
    form_radios(h, e, "completion", "Money that equal shares leave", ways, 5);
    desk_fold_end(h);
}

/* The rule, in a councillor's words. */
static void counting(struct html *h, const struct form_errors *e, const struct typed_round *t)
{
    struct form_choice ways[] = {
        {"most", round_method_words("most"),
         "Or most points, or best ranked. What does not fit is passed over. Easiest to explain; "
         "a large group can win everything.",
         false},
        {"value", round_method_words("value"),
         "Votes, points or ranks divided by cost: several small projects beat one large one.",
         false},
        {"shares", round_method_words("shares"),
         "Everybody’s vote carries the same part of the money, so that minorities get theirs too.",
         false},
        {"shares_n", round_method_words("shares_n"),
         "The same, but a small project is worth as much to a voter as a large one. For ballots "
         "without points or order.",
         false},
        {"phragmen", round_method_words("phragmen"),
         "Voters earn money at the same pace and pay for what they chose as soon as they can. For "
         "ballots without points or order.",
         false},
    };
    for (int i = 0; i < 5; i++)
        ways[i].chosen = strcmp(ways[i].value, t->method) == 0;
    heading(h, "Counting");
    form_radios(h, e, "method", "How projects are counted (not for a yes or no vote)", ways, 5);
    left_over(h, e, t);
    small(h, e, "minimum_votes", "Votes needed at least",
          "A proposal with fewer is not funded; an agreement with fewer ballots is not adopted.",
          t->minimum_votes);
    small(h, e, "provisional_days", "Days for which the result can be challenged",
          "It is provisional until then. 0 to 365; usually 28.", t->provisional_days);
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
    dates(h, e, t);
    voters(h, e, t);
    choices(h, e, t);
    money(h, r, e, t);
    heading(h, "Agreement (only for a yes or no vote)");
    edition_field(h, r, e, editions, t->edition);
    line(h, e, "question", "Question", "Left empty, it asks whether to adopt the agreement.",
         t->question, 0);
    counting(h, e, t);
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
    desk_begin(&p, r, slug != NULL ? "Change the round" : "Make a round", path,
               slug != NULL ? "The round" : "My rounds", e);
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

/* --- handlers ----------------------------------------------------------------------------- */
enum handled page_round_new(struct request *r, struct db *db)
{
    struct typed_round blank = round_form_blank();
    struct form_errors none = {.n = 0};
    show(r, db, NULL, &blank, &none);
    return HANDLED;
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
    struct typed_round t = round_form_of(r, round);
    show(r, db, round->slug, &t, &none);
    return HANDLED;
}

static enum handled save(struct request *r, struct db *db, const char *slug)
{
    struct typed_round t = round_form_typed(r);
    struct form_errors e = {.n = 0};
    struct desk_round_form form;
    const char *result = "", *saved;
    round_form_read(r, &t, &form, &e);
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
        round_form_refused(&e, result);
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
