/* check.c: looks for what contradicts itself in a vote's file, or breaks Pabulib's format. */
#include "count/check.h"

#include <stdarg.h>

#include "count/amount.h"
#include "count/refusal.h"

#define TEXT_MAX ((size_t)16 << 20)

/* Pabulib's sentinel for a project that was withdrawn: too costly on purpose. */
enum { WITHDRAWN_COST = 999999999 };

enum weight { ERROR, WARNING };

struct checker {
    const struct election *e;
    const char *file;
    struct check *out;
};

static void found(struct checker *c, enum weight weight, size_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void found(struct checker *c, enum weight weight, size_t line, const char *format, ...)
{
    va_list args;
    struct buf *text = &c->out->text;
    buf_str_add(text, c->file);
    if (line > 0)
        buf_fmt(text, ":%zu", line);
    buf_str_add(text, weight == ERROR ? ": error: " : ": warning: ");
    va_start(args, format);
    buf_vfmt(text, format, args);
    va_end(args);
    buf_char(text, '\n');
    if (weight == ERROR)
        c->out->errors++;
    else
        c->out->warnings++;
}

static const struct meta *meta_of(const struct checker *c, const char *key)
{
    for (size_t i = 0; i < c->e->meta_count; i++) {
        if (strcmp(c->e->meta[i].key, key) == 0)
            return &c->e->meta[i];
    }
    return NULL;
}

static bool is_word(const char *value, const char *const words[])
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(value, words[i]) == 0)
            return true;
    }
    return false;
}

static void check_required(struct checker *c)
{
    static const char *const required[] = {
        "description", "country",   "unit", "instance",   "num_projects", "num_votes",
        "budget",      "vote_type", "rule", "date_begin", "date_end",
    };
    for (size_t i = 0; i < sizeof(required) / sizeof(required[0]); i++) {
        const struct meta *m = meta_of(c, required[i]);
        if (m == NULL)
            found(c, ERROR, 0, "META has no line \"%s\"", required[i]);
        else if (*m->value == '\0')
            found(c, ERROR, m->line, "%s is empty", required[i]);
    }
    if (c->e->vote_type == VOTE_CUMULATIVE && meta_of(c, "max_sum_points") == NULL)
        found(c, ERROR, 0, "META of a cumulative vote has no line \"max_sum_points\"");
}

static void check_rule(struct checker *c)
{
    static const char *const known[] = {
        "greedy",
        "greedy-no-skip",
        "greedy-threshold",
        "greedy-exclusive",
        "greedy-custom",
        "equalshares",
        "equalshares/add1",
        "equalshares-comparison",
        "equalshares/add1-comparison",
        "unknown",
        NULL,
    };
    const struct meta *rule = meta_of(c, "rule");
    if (rule == NULL)
        return;
    if (!is_word(rule->value, known))
        found(c, ERROR, rule->line, "rule \"%s\" is not one of Pabulib's", quote(rule->value).text);
    if (strcmp(rule->value, "greedy-threshold") == 0 &&
        meta_of(c, "min_project_score_threshold") == NULL)
        found(c, ERROR, rule->line, "greedy-threshold needs min_project_score_threshold");
    if (strcmp(rule->value, "greedy-custom") == 0 && meta_of(c, "comment") == NULL)
        found(c, ERROR, rule->line, "greedy-custom needs a comment that explains it");
}

static void check_flags(struct checker *c)
{
    static const char *const flags[] = {"fully_funded", "experimental"};
    for (size_t i = 0; i < 2; i++) {
        const struct meta *m = meta_of(c, flags[i]);
        if (m != NULL && strcmp(m->value, "1") != 0)
            found(c, ERROR, m->line, "%s \"%s\": 1, or no such line at all", flags[i],
                  quote(m->value).text);
    }
}

/* Reads "yyyy" or "dd.mm.yyyy" into yyyymmdd (a year alone: yyyy0000). */
static bool read_date(const char *text, unsigned *out)
{
    static const char *const shapes[] = {"dddd", "dd.dd.dddd"};
    size_t len = strlen(text);
    const char *shape = len == 4 ? shapes[0] : shapes[1];
    if (len != strlen(shape))
        return false;
    unsigned digits = 0;
    for (size_t i = 0; i < len; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == 'd' ? !digit : text[i] != shape[i])
            return false;
        digits = digit ? digits * 10 + (unsigned)(text[i] - '0') : digits;
    }
    unsigned day = digits / 1000000;
    unsigned month = digits / 10000 % 100;
    if (len == 4) {
        *out = digits * 10000;
        return true;
    }
    *out = digits % 10000 * 10000 + month * 100 + day;
    return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

static void check_dates(struct checker *c)
{
    static const char *const keys[] = {"date_begin", "date_end"};
    unsigned dates[2] = {0, 0};
    bool read[2] = {false, false};
    for (size_t i = 0; i < 2; i++) {
        const struct meta *m = meta_of(c, keys[i]);
        if (m == NULL || *m->value == '\0')
            continue;
        read[i] = read_date(m->value, &dates[i]);
        if (!read[i])
            found(c, ERROR, m->line, "%s \"%s\" is neither dd.mm.yyyy nor yyyy", keys[i],
                  quote(m->value).text);
    }
    bool years_only = dates[0] % 10000 == 0 || dates[1] % 10000 == 0;
    unsigned unit = years_only ? 10000 : 1;
    if (read[0] && read[1] && dates[0] / unit > dates[1] / unit)
        found(c, ERROR, meta_of(c, keys[1])->line, "date_end is before date_begin");
}

static void check_costs(struct checker *c)
{
    for (size_t i = 0; i < c->e->project_count; i++) {
        const struct project *p = &c->e->projects[i];
        if (mpq_sgn(p->cost) == 0)
            found(c, ERROR, p->line, "\"%s\" costs nothing", quote(p->id).text);
        else if (mpq_cmp_ui(p->cost, WITHDRAWN_COST, 1) == 0)
            found(c, WARNING, p->line, "\"%s\" has the cost that marks it as withdrawn",
                  quote(p->id).text);
        else if (mpq_cmp(p->cost, c->e->budget) > 0)
            found(c, ERROR, p->line, "\"%s\" costs more than the whole budget", quote(p->id).text);
    }
}

static void check_all_affordable(struct checker *c)
{
    mpq_t sum;
    mpq_init(sum);
    for (size_t i = 0; i < c->e->project_count; i++)
        mpq_add(sum, sum, c->e->projects[i].cost);
    if (mpq_cmp(sum, c->e->budget) <= 0 && meta_of(c, "fully_funded") == NULL)
        found(c, WARNING, 0, "the budget pays for every project, but fully_funded is not said");
    mpq_clear(sum);
}

/* With greedy, money that is left must be too little for every project that was not selected. */
static void check_unused(struct checker *c, const mpq_t left)
{
    const struct meta *rule = meta_of(c, "rule");
    if (rule == NULL || strcmp(rule->value, "greedy") != 0)
        return;
    for (size_t i = 0; i < c->e->project_count; i++) {
        const struct project *p = &c->e->projects[i];
        if (p->selected == SELECTED_NO && p->votes > 0 && mpq_cmp(p->cost, left) <= 0)
            found(c, ERROR, p->line, "\"%s\" is not selected, but what is left pays for it",
                  quote(p->id).text);
    }
}

static void check_selected(struct checker *c)
{
    bool any = false;
    mpq_t left;
    mpq_init(left);
    mpq_set(left, c->e->budget);
    for (size_t i = 0; i < c->e->project_count; i++) {
        if (c->e->projects[i].selected != SELECTED_YES)
            continue;
        any = true;
        mpq_sub(left, left, c->e->projects[i].cost);
    }
    if (any && mpq_sgn(left) < 0)
        found(c, ERROR, 0, "the selected projects cost more than the budget");
    else if (any)
        check_unused(c, left);
    mpq_clear(left);
}

/* The limits of one ballot, as META gives them. */
struct limits {
    uint64_t min_length;
    uint64_t max_length;
    bool has_min_cost;
    bool has_max_cost;
    mpq_t min_cost;
    mpq_t max_cost;
};

static void read_count_limit(struct checker *c, const char *key, uint64_t *out)
{
    const struct meta *m = meta_of(c, key);
    if (m != NULL && !parse_uint(m->value, UINT64_MAX, out))
        found(c, ERROR, m->line, "%s \"%s\" is not a whole number", key, quote(m->value).text);
}

static bool read_cost_limit(struct checker *c, const char *key, mpq_t out)
{
    const struct meta *m = meta_of(c, key);
    if (m == NULL)
        return false;
    if (amount_parse(m->value, out))
        return true;
    found(c, ERROR, m->line, "%s \"%s\" is not an amount", key, quote(m->value).text);
    return false;
}

static void read_limits(struct checker *c, struct limits *l)
{
    bool one = c->e->vote_type == VOTE_CHOOSE_1;
    l->min_length = 1;
    l->max_length = one ? 1 : c->e->project_count;
    mpq_init(l->min_cost);
    mpq_init(l->max_cost);
    if (!one) {
        read_count_limit(c, "min_length", &l->min_length);
        read_count_limit(c, "max_length", &l->max_length);
    }
    l->has_min_cost = read_cost_limit(c, "min_sum_cost", l->min_cost);
    l->has_max_cost = read_cost_limit(c, "max_sum_cost", l->max_cost);
    if (l->max_length > c->e->project_count)
        found(c, WARNING, meta_of(c, "max_length")->line, "max_length is more than all projects");
}

/* Why a ballot breaks the limits; NULL when it does not. */
static const char *broken_limit(const struct checker *c, const struct limits *l,
                                const struct ballot *ballot, mpq_t sum)
{
    if (ballot->count < l->min_length)
        return "fewer projects than min_length";
    if (ballot->count > l->max_length)
        return "more projects than max_length";
    if (!l->has_min_cost && !l->has_max_cost)
        return NULL;
    mpq_set_ui(sum, 0, 1);
    for (size_t i = 0; i < ballot->count; i++)
        mpq_add(sum, sum, c->e->projects[ballot->picks[i]].cost);
    if (l->has_min_cost && mpq_cmp(sum, l->min_cost) < 0)
        return "projects that cost less than min_sum_cost";
    if (l->has_max_cost && mpq_cmp(sum, l->max_cost) > 0)
        return "projects that cost more than max_sum_cost";
    return NULL;
}

static void check_ballots(struct checker *c)
{
    struct limits l;
    size_t broken = 0;
    mpq_t sum;
    mpq_init(sum);
    read_limits(c, &l);
    for (size_t i = 0; i < c->e->ballot_count; i++) {
        struct ballot ballot = election_ballot(c->e, i);
        const char *words = broken_limit(c, &l, &ballot, sum);
        if (words == NULL)
            continue;
        if (++broken <= CHECK_BALLOTS_MAX)
            found(c, ERROR, c->e->ballot_lines[i], "a ballot names %s", words);
    }
    if (broken > CHECK_BALLOTS_MAX)
        found(c, ERROR, 0, "%zu more ballots break a limit", broken - CHECK_BALLOTS_MAX);
    mpq_clear(sum);
    mpq_clear(l.min_cost);
    mpq_clear(l.max_cost);
}

static void repeat_warnings(struct checker *c)
{
    for (size_t i = 0; i < c->e->warning_count && i < ELECTION_WARNINGS_MAX; i++)
        found(c, ERROR, 0, "%s", c->e->warnings[i]);
    if (c->e->warning_count > ELECTION_WARNINGS_MAX)
        found(c, ERROR, 0, "%zu more like these", c->e->warning_count - ELECTION_WARNINGS_MAX);
}

struct check check_election(const struct election *e, const char *file)
{
    struct check out = {.text = buf_new(TEXT_MAX)};
    struct checker c = {.e = e, .file = file, .out = &out};
    check_required(&c);
    check_rule(&c);
    check_flags(&c);
    check_dates(&c);
    check_costs(&c);
    check_all_affordable(&c);
    check_selected(&c);
    check_ballots(&c);
    repeat_warnings(&c);
    return out;
}
