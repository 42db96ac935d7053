/* rule.h: the table of rules. A rule is a name, its parameters and one function in a file of its
 * own, rule_<name>.c; whatever else wants to know about rules reads this table. */
#ifndef COUNT_RULE_H
#define COUNT_RULE_H

#include "count/refusal.h"
#include "count/tally.h"

/* A percentage is kept in thousandths of a percent, so that 2.5 % is 2500. */
enum param_kind { PARAM_COUNT, PARAM_YES_NO, PARAM_CHOICE, PARAM_PERCENT };
enum { PERCENT_ALL = 100000 };

/* On the command line --minimum-votes 10, in the result "minimum_votes": 10. */
struct param {
    const char *name; /* with hyphens */
    enum param_kind kind;
    uint64_t initial; /* PARAM_CHOICE: index into choices */
    const char *help;
    const char *const *choices; /* PARAM_CHOICE: the words, ending with NULL */
};

enum rule_kind { RULE_FUNDS, RULE_ANSWERS };

/* What greedy rules order by; other rules show votes. SCORE_BORDA: of a ballot of n the first gets
 * n - 1 points and the last none (pabutools 1.2.3, Additive_Borda_Sat); SCORE_BORDA_FROM_1: n and
 * 1, as cities and pabulib's checker have it. */
enum score { SCORE_VOTES, SCORE_POINTS, SCORE_BORDA, SCORE_BORDA_FROM_1 };

struct rule {
    const char *name;
    enum rule_kind kind;
    enum score score;
    bool per_cost;       /* greedy: the score is divided by the cost */
    const char *summary; /* one sentence, printed with the result */
    const struct param *params;
    size_t param_count; /* at most TERMS_MAX */
    /* Fills in a tally that is all zero, pointers NULL. False: the election does not suit the
     * rule, *why says in what, and the tally holds nothing that must be freed. */
    bool (*count)(const struct election *e, const struct terms *terms, struct tally *t,
                  struct refusal *why);
};

extern const struct rule rule_greedy;
extern const struct rule rule_greedy_density;
extern const struct rule rule_greedy_points;
extern const struct rule rule_greedy_borda;
extern const struct rule rule_greedy_points_raw;
extern const struct rule rule_greedy_borda_raw;
extern const struct rule rule_mes;
extern const struct rule rule_ees;
extern const struct rule rule_bos;
extern const struct rule rule_phragmen;
extern const struct rule rule_maximin;
extern const struct rule rule_cstv;
extern const struct rule rule_welfare;
extern const struct rule rule_yes_no;

/* The project's votes, points (in the election's parts of a point) or Borda points, by the rule's
 * `score`, */
uint64_t rule_score(const struct terms *terms, const struct project *p);
/* the same for people, "12" or "12.5"; that times 1000 divided by the cost, which is not 0; whether
 * it is less than a whole number; */
void rule_score_words(struct buf *out, const struct election *e, const struct terms *terms,
                      const struct project *p);
void rule_score_per_1000(struct buf *out, const struct election *e, const struct terms *terms,
                         const struct project *p);
bool rule_score_below(const struct election *e, const struct terms *terms, const struct project *p,
                      uint64_t least);
/* number / scale, a power of ten, as a decimal; */
void rule_parts_words(struct buf *out, uint64_t number, uint32_t scale);
/* and the word for them: "votes", "points". */
const char *rule_unit(const struct rule *rule);

/* Refuses ballots that do not have what a rule counts: points (and none for projects that
 * they do not name, META's default_score), or ranks. */
bool rule_needs_points(const struct election *e, struct refusal *why);
bool rule_needs_ranks(const struct election *e, struct refusal *why);

/* All rules, ending with NULL; the first is the default. */
extern const struct rule *const rules[];

/* NULL when there is no such rule. */
const struct rule *rule_find(const char *name);

/* Terms with every parameter at its initial value and no seed. */
struct terms terms_new(const struct rule *rule);
/* Sets a parameter from text; false when the rule has none of this name, or the text is wrong. */
bool terms_set(struct terms *terms, const char *param, const char *text, struct refusal *why);
/* The word for its value, as terms_set reads it; valid until the next call. */
const char *terms_word(const struct terms *terms, size_t param);
/* The same by name; the rule must have it. */
const char *terms_text(const struct terms *terms, const char *param);
/* The value of a parameter, which the rule must have. */
uint64_t terms_get(const struct terms *terms, const char *param);

#endif
