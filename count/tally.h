/* tally.h: the outcome of one count, with everything that is needed to retrace it. */
#ifndef COUNT_TALLY_H
#define COUNT_TALLY_H

#include "count/election.h"
#include "count/lot.h"
#include "count/reason.h"

struct rule;

enum { TERMS_MAX = 16 };

/* How to count: a rule, a value for each of its parameters in the rule's order, and the seed. */
struct terms {
    const struct rule *rule;
    uint64_t values[TERMS_MAX];
    bool exact;      /* rationals in every comparison; the outcome is the same */
    bool ties_error; /* whoever counts wants to be told of ties instead of having them broken */
    bool has_seed;
    uint8_t seed[LOT_SEED_LEN];
};

/* Another proposal that got money of this one's supporters. */
struct taker {
    size_t project;
    mpq_t amount;
};

/* One proposal, as the rule came to it. */
struct tally_line {
    size_t project; /* index into the election's projects */
    enum reason reason;
    size_t step;             /* it was the n-th to win, from 1; 0 when it did not win */
    bool weighed;            /* its cost was held against what was left, */
    mpq_t left;              /* which was this much */
    size_t excluded_by;      /* REASON_EXCLUDED: index into the election's projects */
    uint8_t lot[DIGEST_LEN]; /* set when there is a seed */
    char *text;              /* the reason in the rule's own words; NULL: reason_sentence knows */
    bool has_support;        /* effective support is known, */
    uint64_t support;        /* in tenths of a percent: 1000 would just have won */
    struct taker *takers;    /* most money first; NULL when the rule does not say */
    size_t taker_count;
};

/* What put tied proposals in order. */
enum tie_break { TIE_COST, TIE_VOTES, TIE_LOT, TIE_NATURAL };

/* At a step of a rule that goes step by step, `tied` proposals were equally good. */
struct step_tie {
    size_t step;  /* from 1 */
    size_t first; /* project that was taken, */
    size_t next;  /* and the one that would have been next */
    size_t tied;
    enum tie_break broken_by;
};

/* A figure of the whole count, such as the endowment. */
struct fact {
    const char *name;
    char *value;
};
enum { FACTS_MAX = 12 };

/* Proposals count lines[first] .. lines[first + count - 1] had equal votes (TIE_LOT, TIE_NATURAL:
 * and equal costs), and stand in the order that the tie break gave them. */
struct tie {
    size_t first;
    size_t count;
    enum tie_break broken_by;
    bool decisive; /* another order of them would have changed which of them won */
};

struct tally {
    /* Rules that fund proposals. */
    struct tally_line *lines; /* one a project, in the order in which they were considered */
    size_t line_count;
    size_t winner_count;
    mpq_t spent;
    mpq_t left;
    struct tie *ties;
    size_t tie_count;
    char *log; /* round by round, by rules that write one; NULL otherwise */
    struct step_tie *step_ties;
    size_t step_tie_count;
    struct fact facts[FACTS_MAX];
    size_t fact_count;
    uint64_t *voters_by_winners;  /* [n]: voters of whose picks n won; winner_count + 1 of them */
    size_t voters_by_winners_len; /* without the zeros at the end; 1 at least */

    /* Rules that answer a question. */
    enum verdict verdict;
    uint64_t yes;
    uint64_t no;
};

/* A tally of `projects` lines, all zero; tally_free frees what it holds. */
void tally_init(struct tally *t, size_t projects);
void tally_free(struct tally *t);

void tally_tie_add(struct tally *t, struct tie tie);

void tally_step_tie_add(struct tally *t, struct step_tie tie);
/* Takes the text of `value`. */
void tally_fact_add(struct tally *t, const char *name, struct buf *value);

/* Fills in voters_by_winners, once the lines are final. */
void tally_count_voters(struct tally *t, const struct election *e);

/* Whether the file's own column `selected` names the same winners. */
enum agreement { FILE_SILENT, FILE_AGREES, FILE_DIFFERS };
enum agreement tally_agreement(const struct tally *t, const struct election *e);

/* The word for machines, such as "not_enough_left". */
const char *reason_word(enum reason reason);
const char *verdict_word(enum verdict verdict);
const char *tie_break_word(enum tie_break broken_by);

/* A line for each tie that may have decided who won: at each step of a rule that goes step by step,
 * and among those of greedy rules the ones that did. Returns their number. */
size_t ties_list(struct buf *out, const struct election *e, const struct tally *t);

/* One plain sentence for people. */
void reason_sentence(struct buf *out, const struct election *e, const struct terms *terms,
                     const struct tally_line *line);
void verdict_sentence(struct buf *out, const struct election *e, const struct terms *terms,
                      const struct tally *t);

#endif
