/* rules_words.h: the frozen text of a round's rules (api.round_rules) in plain words. */
#ifndef WM_RULES_WORDS_H
#define WM_RULES_WORDS_H

#include "server/html.h"

/* The rule by which projects are counted. */
enum count_rule {
    RULE_MOST,          /* most votes or points first */
    RULE_VALUE,         /* most for the money first */
    RULE_SHARES_COST,   /* equal shares, by what a project costs */
    RULE_SHARES_COUNT,  /* equal shares, each project alike */
    RULE_SHARES_POINTS, /* equal shares, by points or places */
    RULE_PHRAGMEN
};
enum count_rule rules_rule(const char *rules);

/* What equal shares do with money that is left. */
enum count_completion {
    COMPLETION_ADD1U,      /* shares are raised while the outcome fits, then votes decide */
    COMPLETION_NONE,       /* nothing */
    COMPLETION_UTIL,       /* votes decide */
    COMPLETION_ADD1,       /* shares are raised */
    COMPLETION_COMPARISON, /* Add1U, or votes alone where more voters get more of theirs */
    COMPLETIONS
};
enum count_completion rules_completion(const char *rules);

/* Appends the rule and its parameters as wardmote-count takes them: "--rule greedy --minimum-votes
 * 0". */
void rules_command(struct buf *out, const char *rules);

/* Whether what a pot leaves goes on to the next. */
bool rules_carry(const char *rules);

/* Limits of what may win: cap-percent, carry and exclusion lines. */
void rules_limits_words(struct html *h, const char *rules);

#endif
