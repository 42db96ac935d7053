/* rule.c: finds rules and reads their parameters. */
#include "count/rule.h"

#include "count/amount.h"
#include "count/pabulib.h"
#include "count/steps.h"

const struct rule *const rules[] = {
    &rule_greedy,
    &rule_greedy_density,
    &rule_greedy_points,
    &rule_greedy_borda,
    &rule_greedy_points_raw,
    &rule_greedy_borda_raw,
    &rule_mes,
    &rule_ees,
    &rule_bos,
    &rule_phragmen,
    &rule_maximin,
    &rule_welfare,
    &rule_cstv,
    &rule_yes_no,
    NULL,
};

uint64_t rule_score(const struct terms *terms, const struct project *p)
{
    switch (terms->rule->score) {
    case SCORE_VOTES:
        return p->votes;
    case SCORE_POINTS:
        return p->points;
    case SCORE_BORDA:
        return p->borda - p->votes; /* each ballot that names it gives one less than from 1 */
    case SCORE_BORDA_FROM_1:
        return p->borda;
    }
    abort();
}

/* In how many parts a unit of the score is. */
static uint32_t parts(const struct terms *terms, const struct election *e)
{
    return terms->rule->score == SCORE_POINTS ? e->points_scale : 1;
}

void rule_parts_words(struct buf *out, uint64_t number, uint32_t scale)
{
    buf_uint(out, number / scale);
    uint64_t rest = number % scale;
    if (rest > 0)
        buf_char(out, '.');
    for (; rest > 0; rest = rest * 10 % scale)
        buf_char(out, (char)('0' + rest * 10 / scale));
}

void rule_score_words(struct buf *out, const struct election *e, const struct terms *terms,
                      const struct project *p)
{
    rule_parts_words(out, rule_score(terms, p), parts(terms, e));
}

void rule_score_per_1000(struct buf *out, const struct election *e, const struct terms *terms,
                         const struct project *p)
{
    per_thousand(out, rule_score(terms, p), parts(terms, e), p->cost);
}

bool rule_score_below(const struct election *e, const struct terms *terms, const struct project *p,
                      uint64_t least)
{
    return rule_score(terms, p) / parts(terms, e) < least;
}

const char *rule_unit(const struct rule *rule)
{
    return rule->score == SCORE_VOTES ? "votes" : "points";
}

bool rule_needs_points(const struct election *e, struct refusal *why)
{
    const char *unlisted = election_meta(e, "default_score");
    uint64_t score = 0;
    if (e->vote_type != VOTE_CUMULATIVE && e->vote_type != VOTE_SCORING)
        return refuse(why, 0, "these ballots give no points, so they are not counted by points");
    if (!e->points_known)
        return refuse(
            why, e->points_line,
            "each project of a ballot needs points, 0 to %d with at most %d decimals, to be "
            "counted by points",
            PABULIB_POINTS_MAX, ELECTION_POINT_DECIMALS);
    if (unlisted != NULL && *unlisted != '\0' && (!parse_uint(unlisted, 0, &score) || score != 0))
        return refuse(why, 0,
                      "default_score is \"%s\": points for projects that a ballot does not name "
                      "are not counted",
                      quote(unlisted).text);
    return true;
}

bool rule_needs_ranks(const struct election *e, struct refusal *why)
{
    if (e->vote_type != VOTE_ORDINAL)
        return refuse(why, 0, "these ballots are no rankings, so they have no Borda score");
    return true;
}

const struct rule *rule_find(const char *name)
{
    for (size_t i = 0; rules[i] != NULL; i++) {
        if (strcmp(rules[i]->name, name) == 0)
            return rules[i];
    }
    return NULL;
}

struct terms terms_new(const struct rule *rule)
{
    struct terms terms = {.rule = rule};
    for (size_t i = 0; i < rule->param_count; i++)
        terms.values[i] = rule->params[i].initial;
    return terms;
}

static bool read_yes_no(const char *text, uint64_t *out)
{
    bool yes = strcmp(text, "yes") == 0;
    if (!yes && strcmp(text, "no") != 0)
        return false;
    *out = yes ? 1 : 0;
    return true;
}

/* "80", "2.5", at most three decimals and 100. */
static bool read_percent(const char *text, uint64_t *out)
{
    mpq_t value, scale;
    mpq_inits(value, scale, NULL);
    mpq_set_ui(scale, 1000, 1);
    bool ok = amount_parse(text, value);
    mpq_mul(value, value, scale);
    ok = ok && mpz_cmp_ui(mpq_denref(value), 1) == 0 && mpq_cmp_ui(value, PERCENT_ALL, 1) <= 0;
    if (ok)
        *out = mpz_get_ui(mpq_numref(value));
    mpq_clears(value, scale, NULL);
    return ok;
}

static bool read_choice(const struct param *p, const char *text, uint64_t *out, struct refusal *why)
{
    struct buf words = buf_new(300);
    for (size_t i = 0; p->choices[i] != NULL; i++) {
        if (strcmp(text, p->choices[i]) == 0) {
            *out = i;
            buf_free(&words);
            return true;
        }
        buf_fmt(&words, "%s%s", i > 0 ? ", " : "", p->choices[i]);
    }
    refuse(why, 0, "--%s takes one of %s, not \"%s\"", p->name, buf_str(&words), quote(text).text);
    buf_free(&words);
    return false;
}

bool terms_set(struct terms *terms, const char *param, const char *text, struct refusal *why)
{
    const struct rule *rule = terms->rule;
    for (size_t i = 0; i < rule->param_count; i++) {
        const struct param *p = &rule->params[i];
        if (strcmp(p->name, param) != 0)
            continue;
        if (p->kind == PARAM_YES_NO && !read_yes_no(text, &terms->values[i]))
            return refuse(why, 0, "--%s takes yes or no, not \"%s\"", param, quote(text).text);
        if (p->kind == PARAM_PERCENT && !read_percent(text, &terms->values[i]))
            return refuse(why, 0, "--%s takes a percentage such as 80 or 2.5, not \"%s\"", param,
                          quote(text).text);
        if (p->kind == PARAM_CHOICE)
            return read_choice(p, text, &terms->values[i], why);
        if (p->kind == PARAM_COUNT && !parse_uint(text, 1000000000, &terms->values[i]))
            return refuse(why, 0, "--%s takes a whole number up to 1000000000, not \"%s\"", param,
                          quote(text).text);
        return true;
    }
    return refuse(why, 0, "the rule %s has no --%s", rule->name, quote(param).text);
}

static void write_percent(uint64_t value, char *out, size_t room)
{
    size_t len = (size_t)snprintf(out, room, "%llu.%03llu", (unsigned long long)value / 1000,
                                  (unsigned long long)value % 1000);
    while (out[len - 1] == '0')
        out[--len] = '\0';
    if (out[len - 1] == '.')
        out[--len] = '\0';
}

const char *terms_word(const struct terms *terms, size_t param)
{
    static char digits[24];
    const struct param *p = &terms->rule->params[param];
    uint64_t value = terms->values[param];
    switch (p->kind) {
    case PARAM_YES_NO:
        return value != 0 ? "yes" : "no";
    case PARAM_CHOICE:
        return p->choices[value];
    case PARAM_COUNT:
        snprintf(digits, sizeof(digits), "%llu", (unsigned long long)value);
        return digits;
    case PARAM_PERCENT:
        write_percent(value, digits, sizeof(digits));
        return digits;
    }
    abort();
}

static size_t find_param(const struct terms *terms, const char *param)
{
    for (size_t i = 0; i < terms->rule->param_count; i++) {
        if (strcmp(terms->rule->params[i].name, param) == 0)
            return i;
    }
    fprintf(stderr, "bug: the rule %s has no parameter %s\n", terms->rule->name, param);
    abort();
}

uint64_t terms_get(const struct terms *terms, const char *param)
{
    return terms->values[find_param(terms, param)];
}

const char *terms_text(const struct terms *terms, const char *param)
{
    return terms_word(terms, find_param(terms, param));
}
