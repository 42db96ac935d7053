/* check_rule.c: whether the column `selected` is what META's rule gives. */
#include "count/amount.h"
#include "count/check_inside.h"
#include "count/rule.h"

/* How a rule of META is counted here. */
struct way {
    const char *rule; /* NULL: as greedy_name() says */
    const char *settings[9];
    enum weight weight; /* of a difference */
};

static const struct {
    const char *name;
    struct way way;
} ways[] = {
    {"greedy", {NULL, {NULL}, ERROR}},
    {"greedy-no-skip", {NULL, {"skip", "no"}, ERROR}},
    {"greedy-threshold", {NULL, {NULL}, ERROR}},
    /* What excludes what, or what else is customary, the file does not say. */
    {"greedy-exclusive", {NULL, {NULL}, WARNING}},
    {"greedy-custom", {NULL, {NULL}, WARNING}},
    {"equalshares", {"mes", {"completion", "none"}, ERROR}},
    {"equalshares-comparison", {"mes", {"completion", "none", "comparison", "greedy"}, ERROR}},
    {"equalshares/add1",
     {"mes", {"completion", "add1", "start", "integral", "stop", "overspend"}, ERROR}},
    {"equalshares/add1-comparison",
     {"mes",
      {"completion", "add1", "start", "integral", "stop", "overspend", "comparison", "greedy"},
      ERROR}},
};

/* Poznan's rule has no name of its own: without skipping, but the first project that does not fit
 * is funded if what is left is 80 % of its cost. */
static const struct way poznan = {NULL, {"skip", "no", "overshoot", "80"}, ERROR};

static bool is_poznan(const struct checker *c, const char *rule)
{
    const char *unit = check_meta_text(c, "unit");
    return strcmp(rule, "greedy-custom") == 0 && unit != NULL && strcmp(unit, "Poznań") == 0;
}

static const struct way *find_way(const struct checker *c, const char *rule)
{
    if (is_poznan(c, rule))
        return &poznan;
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        if (strcmp(ways[i].name, rule) == 0)
            return &ways[i].way;
    }
    return NULL;
}

/* By the column score where there is one; NULL when ballots do not tell it. */
static const char *greedy_name(const struct checker *c)
{
    if (!c->had_score)
        return "greedy";
    switch (c->e->vote_type) {
    case VOTE_APPROVAL:
    case VOTE_CHOOSE_1:
        return NULL;
    case VOTE_ORDINAL:
        return "greedy-borda-raw";
    case VOTE_CUMULATIVE:
    case VOTE_SCORING:
        return "greedy-points-raw";
    }
    abort();
}

static bool read_terms(const struct checker *c, const struct way *way, struct terms *terms,
                       struct refusal *why)
{
    const char *name = way->rule != NULL ? way->rule : greedy_name(c);
    const char *threshold = check_meta_text(c, "min_project_score_threshold");
    if (name == NULL)
        return refuse(why, 0, "ballots do not give the score by which it goes");
    if (way->rule != NULL && c->e->vote_type != VOTE_APPROVAL)
        return refuse(why, 0, "it is checked for approval votes only");
    *terms = terms_new(rule_find(name));
    for (size_t i = 0; way->settings[i] != NULL; i += 2) {
        if (!terms_set(terms, way->settings[i], way->settings[i + 1], why))
            return false;
    }
    return way->rule != NULL || threshold == NULL || terms_set(terms, "threshold", threshold, why);
}

/* Whether another order of equally good projects could have given another outcome. */
static bool had_ties(const struct tally *t)
{
    for (size_t i = 0; i < t->tie_count; i++) {
        if (t->ties[i].decisive)
            return true;
    }
    return t->step_tie_count > 0;
}

static void compare(struct checker *c, const struct election *e, const struct way *way,
                    const struct tally *t)
{
    bool ties = had_ties(t);
    bool special = way == &poznan;
    for (size_t i = 0; i < t->line_count; i++) {
        const struct tally_line *line = &t->lines[i];
        const struct project *p = &e->projects[line->project];
        bool won = line->reason == REASON_WON;
        bool selected = p->selected == SELECTED_YES || (special && p->selected == SELECTED_SPECIAL);
        if (won == selected || (!special && p->selected == SELECTED_SPECIAL))
            continue;
        found(c, ties ? WARNING : way->weight, p->line, ties ? "rule-tie" : "rule-not-followed",
              won ? "\"%s\" is not selected, but wins by META's rule%s"
                  : "\"%s\" is selected, but does not win by META's rule%s",
              quote(p->id).text, ties ? " (a tie may have been broken otherwise)" : "");
    }
}

struct candidate {
    const struct project *project;
    uint64_t score;
};

static int most_first(const void *left, const void *right)
{
    const struct candidate *a = left;
    const struct candidate *b = right;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return (a->project->line > b->project->line) - (a->project->line < b->project->line);
}

/* Projects that what is left of the budget would pay, best first. */
static void check_unused(struct checker *c, const struct election *e, mpq_t left,
                         enum weight weight)
{
    uint64_t threshold = 0;
    const char *text = check_meta_text(c, "min_project_score_threshold");
    if (text != NULL && !parse_uint(text, UINT64_MAX, &threshold))
        return;
    struct terms terms = terms_new(rule_find(greedy_name(c)));
    struct candidate *sorted = wm_alloc(e->project_count * sizeof(*sorted));
    size_t count = 0;
    for (size_t i = 0; i < e->project_count; i++) {
        const struct project *p = &e->projects[i];
        uint64_t score = rule_score(&terms, p);
        if (p->selected == SELECTED_NO && !rule_score_below(e, &terms, p, threshold))
            sorted[count++] = (struct candidate){.project = p, .score = score};
    }
    qsort(sorted, count, sizeof(*sorted), most_first);
    for (size_t i = 0; i < count; i++) {
        const struct project *p = sorted[i].project;
        if (mpq_cmp(p->cost, left) > 0)
            continue;
        mpq_sub(left, left, p->cost);
        found(c, weight, p->line, "unused-budget",
              "\"%s\" is not selected, but what is left pays for it", quote(p->id).text);
    }
    free(sorted);
}

/* What was selected fits the budget, and with greedy rules no project that is left would. */
static void check_spent(struct checker *c, const struct election *e, const char *rule)
{
    const struct meta *funded = check_meta_of(c, "fully_funded");
    bool custom = strcmp(rule, "greedy-exclusive") == 0 || strcmp(rule, "greedy-custom") == 0;
    bool greedy = custom || strcmp(rule, "greedy") == 0 || strcmp(rule, "greedy-threshold") == 0;
    mpq_t left;
    mpq_init(left);
    mpq_set(left, e->budget);
    for (size_t i = 0; i < e->project_count; i++) {
        if (e->projects[i].selected == SELECTED_YES)
            mpq_sub(left, left, e->projects[i].cost);
    }
    if (mpq_sgn(left) < 0)
        found(c, ERROR, check_meta_of(c, "budget")->line, "selected-over-budget",
              "the selected projects cost more than the budget");
    else if (funded == NULL && greedy && greedy_name(c) != NULL)
        check_unused(c, e, left, custom ? WARNING : ERROR);
    mpq_clear(left);
}

void check_rule(struct checker *c, const struct election *e)
{
    const struct meta *m = check_meta_of(c, "rule");
    struct refusal why = {.line = 0};
    struct terms terms;
    struct tally t = {.line_count = 0};
    bool any = false;
    for (size_t i = 0; i < e->project_count; i++)
        any = any || e->projects[i].selected == SELECTED_YES;
    if (!any && c->had_selected)
        found(c, WARNING, 0, "selected-none", "the column selected selects no project");
    if (!any || m == NULL)
        return;
    check_spent(c, e, m->value);
    const struct way *way = find_way(c, m->value);
    if (way == NULL) {
        if (strcmp(m->value, "unknown") == 0)
            found(c, WARNING, m->line, "rule-unchecked",
                  "the rule is unknown, so what was selected cannot be checked");
        return;
    }
    if (!read_terms(c, way, &terms, &why) || !terms.rule->count(e, &terms, &t, &why)) {
        found(c, WARNING, m->line, "rule-unchecked", "what was selected by %s is not checked: %s",
              quote(m->value).text, why.text);
        return;
    }
    compare(c, e, way, &t);
    tally_free(&t);
}
