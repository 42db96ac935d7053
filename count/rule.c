/* rule.c: finds rules and reads their parameters. */
#include "count/rule.h"

const struct rule *const rules[] = {&rule_greedy, &rule_greedy_points, &rule_greedy_borda,
                                    &rule_mes,    &rule_phragmen,      &rule_yes_no,
                                    NULL};

bool rule_without_exclusions(const struct election *e, struct refusal *why)
{
    for (size_t i = 0; i < e->project_count; i++)
        if (e->projects[i].exclusion != 0)
            return refuse(why, 0,
                          "projects of this file exclude each other, which only greedy rules know");
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
        if (p->kind == PARAM_CHOICE)
            return read_choice(p, text, &terms->values[i], why);
        if (p->kind == PARAM_COUNT && !parse_uint(text, 1000000000, &terms->values[i]))
            return refuse(why, 0, "--%s takes a whole number up to 1000000000, not \"%s\"", param,
                          quote(text).text);
        return true;
    }
    return refuse(why, 0, "the rule %s has no --%s", rule->name, quote(param).text);
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
    }
    abort();
}

uint64_t terms_get(const struct terms *terms, const char *param)
{
    for (size_t i = 0; i < terms->rule->param_count; i++) {
        if (strcmp(terms->rule->params[i].name, param) == 0)
            return terms->values[i];
    }
    fprintf(stderr, "bug: the rule %s has no parameter %s\n", terms->rule->name, param);
    abort();
}
