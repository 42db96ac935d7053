/* check_projects.c: projects of a .pb file: ids, names, costs, what was selected, recounts. */
#include "count/amount.h"
#include "count/check_inside.h"
#include "count/pabulib.h"

/* Pabulib's sentinel for a project that was withdrawn: too costly on purpose. */
enum { WITHDRAWN_COST = 999999999 };

static struct project_facts *facts_of(struct checker *c, size_t project)
{
    if (project >= c->facts_room) {
        c->facts_room = c->facts_room * 2 + 64;
        c->facts = wm_realloc(c->facts, c->facts_room * sizeof(*c->facts));
    }
    return &c->facts[project];
}

static bool is_withdrawn(const struct project *p)
{
    return mpq_cmp_ui(p->cost, WITHDRAWN_COST, 1) == 0;
}

static void check_cost(struct checker *c, const struct project *p)
{
    struct quote quoted = quote(p->id);
    const char *id = quoted.text;
    if (mpq_sgn(p->cost) == 0)
        found(c, ERROR, p->line, "cost-zero", "\"%s\" costs nothing", id);
    else if (is_withdrawn(p))
        found(c, WARNING, p->line, "cost-sentinel",
              "\"%s\" has the cost that marks it as withdrawn", id);
    else if (c->budget_known && mpq_cmp(p->cost, c->e->budget) > 0)
        found(c, ERROR, p->line, "cost-over-budget", "\"%s\" costs more than the whole budget", id);
    if (p->selected == SELECTED_YES && is_withdrawn(p))
        found(c, ERROR, p->line, "sentinel-selected", "\"%s\" is withdrawn, yet selected", id);
}

static void check_cost_limit(struct checker *c, const struct project *p, const char *key, int sign)
{
    const char *text = check_meta_text(c, key);
    mpq_t limit;
    mpq_init(limit);
    if (text != NULL && amount_parse(text, limit) && !is_withdrawn(p) &&
        mpq_cmp(p->cost, limit) * sign > 0)
        found(c, WARNING, p->line, "cost-limit", "the cost of \"%s\" is %s %s", quote(p->id).text,
              sign > 0 ? "above" : "below", key);
    mpq_clear(limit);
}

static void read_place(struct checker *c, const struct project *p, struct project_facts *f)
{
    const char *latitude = check_cell(c, PROJECT_LATITUDE);
    const char *longitude = check_cell(c, PROJECT_LONGITUDE);
    if ((*latitude == '\0') != (*longitude == '\0'))
        found(c, ERROR, p->line, "half-a-place", "\"%s\" has a latitude or a longitude, not both",
              quote(p->id).text);
    f->has_place = check_number(latitude, f->latitude) && check_number(longitude, f->longitude);
}

static enum selected read_selected(const char *word)
{
    if (word[0] == '\0' || word[1] != '\0')
        return SELECTED_UNSAID;
    return word[0] == '0'                     ? SELECTED_NO
           : word[0] == '1'                   ? SELECTED_YES
           : word[0] == '2' || word[0] == '3' ? SELECTED_SPECIAL
                                              : SELECTED_UNSAID;
}

/* Adds the project; NULL when it cannot be one. */
static struct project *add_project(struct checker *c)
{
    const char *id = check_cell(c, PROJECT_ID);
    size_t line = c->csv->line;
    int before = election_project_find(c->e, id, strlen(id));
    if (before >= 0)
        found(c, ERROR, line, "project-repeated", "project_id \"%s\" is already on line %zu",
              quote(id).text, c->e->projects[before].line);
    if (strchr(id, ',') != NULL)
        found(c, ERROR, line, "wrong-value",
              "project_id \"%s\" has a comma, which separates the projects of a vote",
              quote(id).text);
    /* What is too long or too much the count refuses. */
    if (before >= 0 || *id == '\0' || strlen(id) > PABULIB_ID_MAX ||
        c->e->project_count == ELECTION_PROJECTS_MAX)
        return NULL;
    return election_project_add(c->e, id);
}

void check_project_row(struct checker *c)
{
    struct project *p = add_project(c);
    if (p == NULL)
        return;
    struct project_facts *f = facts_of(c, c->e->project_count - 1);
    *f = (struct project_facts){.cost_known = false};
    mpq_inits(f->stated_score, f->score, f->latitude, f->longitude, (mpq_ptr)NULL);
    const char *name = check_cell(c, PROJECT_NAME);
    p->line = c->csv->line;
    p->name = strlen(name) <= PABULIB_NAME_MAX ? arena_strdup(&c->e->texts, name) : "";
    p->selected = read_selected(check_cell(c, PROJECT_SELECTED));
    p->votes_stated = parse_uint(check_cell(c, PROJECT_VOTES), UINT64_MAX, &p->stated_votes);
    f->score_stated = check_number(check_cell(c, PROJECT_SCORE), f->stated_score);
    f->cost_known = amount_parse(check_cell(c, PROJECT_COST), p->cost);
    if (f->cost_known) {
        check_cost(c, p);
        check_cost_limit(c, p, "min_project_cost", -1);
        check_cost_limit(c, p, "max_project_cost", 1);
    }
    if (c->at[PROJECT_LATITUDE] != NOT_THERE || c->at[PROJECT_LONGITUDE] != NOT_THERE)
        read_place(c, p, f);
    const char *district = check_cell(c, PROJECT_DISTRICT);
    const char *neighborhood = check_cell(c, PROJECT_NEIGHBORHOOD);
    check_label_list(c, LABELS_CATEGORY, check_cell(c, PROJECT_CATEGORY), "category");
    check_label_list(c, LABELS_BENEFICIARIES, check_cell(c, PROJECT_BENEFICIARIES),
                     "beneficiaries");
    check_label_add(c, LABELS_PROJECT_DISTRICT, district, strlen(district));
    check_label_add(c, LABELS_PROJECT_NEIGHBORHOOD, neighborhood, strlen(neighborhood));
}

static int by_name(const void *left, const void *right)
{
    const struct project *a = *(const struct project *const *)left;
    const struct project *b = *(const struct project *const *)right;
    int order = strcmp(a->name, b->name);
    return order != 0 ? order : (a->line > b->line) - (a->line < b->line);
}

static void check_names(struct checker *c)
{
    size_t n = c->e->project_count;
    if (n == 0)
        return;
    const struct project **sorted = wm_alloc(n * sizeof(*sorted));
    for (size_t i = 0; i < n; i++)
        sorted[i] = &c->e->projects[i];
    qsort(sorted, n, sizeof(*sorted), by_name);
    for (size_t i = 1; i < n; i++) {
        if (*sorted[i]->name != '\0' && strcmp(sorted[i]->name, sorted[i - 1]->name) == 0)
            found(c, WARNING, sorted[i]->line, "name-repeated",
                  "the name \"%s\" is already on line %zu", quote(sorted[i]->name).text,
                  sorted[i - 1]->line);
    }
    free(sorted);
}

static void check_all_affordable(struct checker *c)
{
    const struct meta *funded = check_meta_of(c, "fully_funded");
    mpq_t sum;
    mpq_init(sum);
    for (size_t i = 0; i < c->e->project_count; i++)
        mpq_add(sum, sum, c->e->projects[i].cost);
    bool enough = mpq_cmp(sum, c->e->budget) <= 0;
    if (enough && funded == NULL)
        found(c, ERROR, check_meta_of(c, "budget")->line, "all-affordable",
              "the budget pays for every project, but fully_funded is not said");
    if (!enough && funded != NULL && strcmp(funded->value, "1") == 0)
        found(c, ERROR, funded->line, "not-fully-funded",
              "fully_funded is said, but all projects cost more than the budget");
    mpq_clear(sum);
}

static void check_places(struct checker *c)
{
    const struct project_facts *first = NULL;
    size_t known = 0;
    for (size_t i = 0; i < c->e->project_count; i++) {
        const struct project_facts *f = &c->facts[i];
        if (!f->has_place)
            continue;
        known++;
        first = first != NULL ? first : f;
        if (!mpq_equal(f->latitude, first->latitude) || !mpq_equal(f->longitude, first->longitude))
            return;
    }
    if (known > 1)
        found(c, WARNING, c->section_line, "same-place", "all projects have the same coordinates");
}

static void check_special(struct checker *c)
{
    for (size_t i = 0; i < c->e->project_count; i++) {
        const struct project *p = &c->e->projects[i];
        if (p->selected == SELECTED_SPECIAL && check_meta_text(c, "comment") == NULL) {
            found(c, WARNING, p->line, "selected-comment",
                  "selected is 2 or 3, which only a comment can explain, and there is none");
            return;
        }
    }
}

void check_projects_end(struct checker *c)
{
    if (c->header_seen && c->e->project_count == 0)
        found(c, ERROR, c->section_line, "no-projects", "PROJECTS lists no project");
    if (c->header_seen && !c->had_votes && !c->had_score)
        found(c, WARNING, c->section_line, "no-votes-or-score",
              "PROJECTS has neither a column votes nor a column score");
    check_names(c);
    check_places(c);
    check_special(c);
    if (c->budget_known)
        check_all_affordable(c);
}

/* What ballots of the type add up to; false when they have no such sum. */
static bool score_of(const struct checker *c, size_t project, mpq_t out)
{
    mpq_set(out, c->facts[project].score);
    const char *unlisted = check_meta_text(c, "default_score");
    switch (c->e->vote_type) {
    case VOTE_APPROVAL:
    case VOTE_CHOOSE_1:
        return false;
    case VOTE_ORDINAL:
    case VOTE_CUMULATIVE:
        return true;
    case VOTE_SCORING:
        return unlisted == NULL || strcmp(unlisted, "0") == 0;
    }
    abort();
}

void check_recounts(struct checker *c)
{
    mpq_t score;
    mpq_init(score);
    for (size_t i = 0; i < c->e->project_count; i++) {
        const struct project *p = &c->e->projects[i];
        const struct project_facts *f = &c->facts[i];
        if (p->votes == 0)
            found(c, WARNING, p->line, "project-without-votes",
                  "no ballot names \"%s\": was it on the ballot?", quote(p->id).text);
        if (p->votes_stated && p->stated_votes != p->votes)
            found(c, ERROR, p->line, "votes-differ",
                  "votes of \"%s\" is %llu, but by the ballots it is %llu", quote(p->id).text,
                  (unsigned long long)p->stated_votes, (unsigned long long)p->votes);
        if (!f->score_stated || !c->type_known || !score_of(c, i, score) ||
            mpq_equal(score, f->stated_score))
            continue;
        struct buf counted = check_number_words(score);
        struct buf stated = check_number_words(f->stated_score);
        found(c, ERROR, p->line, "score-differs", "score of \"%s\" is %s, but ballots give it %s",
              quote(p->id).text, buf_str(&stated), buf_str(&counted));
        buf_free(&counted);
        buf_free(&stated);
    }
    mpq_clear(score);
}
