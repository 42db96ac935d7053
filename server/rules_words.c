/* rules_words.c: reads the frozen text line by line, so that the words cannot say anything else. */
#include "server/rules_words.h"

#include "server/tr.h"

#include <stdlib.h>
#include <string.h>

enum { VALUE_MAX = 400 };

/* The value of the next line "key value" at or after *at, which moves past it; false: no more. */
static bool next_value(const char **at, const char *key, char value[VALUE_MAX + 1])
{
    size_t key_len = strlen(key);
    while (**at != '\0') {
        const char *line = *at;
        size_t len = strcspn(line, "\n");
        *at = line + len + (line[len] == '\n');
        if (len > key_len + 1 && strncmp(line, key, key_len) == 0 && line[key_len] == ' ') {
            size_t n = len - key_len - 1;
            n = n < VALUE_MAX ? n : VALUE_MAX;
            memcpy(value, line + key_len + 1, n);
            value[n] = '\0';
            return true;
        }
    }
    return false;
}

/* The first value of a key, or "" where there is none or it is not set. */
static void value_of(const char *rules, const char *key, char value[VALUE_MAX + 1])
{
    if (!next_value(&rules, key, value) || strcmp(value, "-") == 0)
        value[0] = '\0';
}

/* "1 1283 1359" (group, numbers) as "1283 and 1359". */
static void numbers_words(struct html *h, char *value)
{
    char *rest = NULL, *number = strtok_r(value, " ", &rest);
    bool first = true;
    for (number = strtok_r(NULL, " ", &rest); number != NULL; first = false) {
        char *following = strtok_r(NULL, " ", &rest);
        if (!first)
            html_tr(h, following == NULL ? N_(" and ") : N_(", "));
        html_text(h, number);
        number = following;
    }
}

enum count_rule rules_rule(const char *rules)
{
    char rule[VALUE_MAX + 1], utility[VALUE_MAX + 1];
    value_of(rules, "rule", rule);
    value_of(rules, "parameter utility", utility);
    if (strcmp(rule, "phragmen") == 0)
        return RULE_PHRAGMEN;
    if (strcmp(rule, "mes") != 0)
        return strcmp(rule, "greedy-density") == 0 || strcmp(rule, "greedy-points") == 0 ||
                       strcmp(rule, "greedy-borda") == 0
                   ? RULE_VALUE
                   : RULE_MOST;
    if (strcmp(utility, "card") == 0)
        return RULE_SHARES_COUNT;
    return strcmp(utility, "cost") == 0 ? RULE_SHARES_COST : RULE_SHARES_POINTS;
}

enum count_completion rules_completion(const char *rules)
{
    char completion[VALUE_MAX + 1], comparison[VALUE_MAX + 1];
    value_of(rules, "parameter completion", completion);
    value_of(rules, "parameter comparison", comparison);
    if (strcmp(comparison, "greedy") == 0)
        return COMPLETION_COMPARISON;
    if (strcmp(completion, "none") == 0)
        return COMPLETION_NONE;
    if (strcmp(completion, "util") == 0)
        return COMPLETION_UTIL;
    return strcmp(completion, "add1") == 0 ? COMPLETION_ADD1 : COMPLETION_ADD1U;
}

void rules_command(struct buf *out, const char *rules)
{
    char value[VALUE_MAX + 1];
    value_of(rules, "rule", value);
    buf_fmt(out, "--rule %s", value);
    while (next_value(&rules, "parameter", value)) {
        size_t key = strcspn(value, " ");
        buf_fmt(out, " --%.*s%s", (int)key, value, value + key);
    }
}

bool rules_carry(const char *rules)
{
    char value[VALUE_MAX + 1];
    value_of(rules, "carry", value);
    return strcmp(value, "yes") == 0;
}

void rules_limits_words(struct html *h, const char *rules)
{
    char value[VALUE_MAX + 1];
    value_of(rules, "cap-percent", value);
    if (value[0] != '\0')
        html_tr_pv(h, "No project may cost more than {percent}% of the pot that it draws on.",
                   TR_TEXT("percent", value));
    if (rules_carry(rules))
        html_tr_p(h, "Money that a pot leaves goes on to the next pot, in the order of the pots.");
    while (next_value(&rules, "exclusion", value)) {
        struct html numbers = html_new();
        numbers.language = h->language;
        numbers_words(&numbers, value);
        html_tr_pv(h, "Of the projects {numbers} at most one can be funded.",
                   TR_PART("numbers", &numbers));
        html_free(&numbers);
    }
}
