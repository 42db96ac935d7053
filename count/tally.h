/* tally.h: the outcome of one count, with everything that is needed to retrace it. */
#ifndef COUNT_TALLY_H
#define COUNT_TALLY_H

#include "count/election.h"
#include "count/lot.h"

struct rule;

enum { TERMS_MAX = 8 };

/* How to count: a rule, a value for each of its parameters in the rule's order, and the seed. */
struct terms {
    const struct rule *rule;
    uint64_t values[TERMS_MAX];
    bool has_seed;
    uint8_t seed[LOT_SEED_LEN];
};

/* Why a proposal won or did not. */
enum reason {
    REASON_WON,
    REASON_NO_VOTES,
    REASON_BELOW_MINIMUM,
    REASON_WITHDRAWN,
    REASON_COSTS_MORE_THAN_BUDGET,
    REASON_NOT_ENOUGH_LEFT,
};

/* One proposal, as the rule came to it. */
struct tally_line {
    size_t project; /* index into the election's projects */
    enum reason reason;
    size_t step;             /* it was the n-th to win, from 1; 0 when it did not win */
    bool weighed;            /* its cost was held against what was left, */
    mpq_t left;              /* which was this much */
    uint8_t lot[DIGEST_LEN]; /* set when there is a seed */
};

/* What put tied proposals in order. */
enum tie_break { TIE_COST, TIE_LOT, TIE_NATURAL };

/* Proposals count lines[first] .. lines[first + count - 1] had equal votes (TIE_LOT, TIE_NATURAL:
 * and equal costs), and stand in the order that the tie break gave them. */
struct tie {
    size_t first;
    size_t count;
    enum tie_break broken_by;
    bool decisive; /* another order of them would have changed which of them won */
};

enum verdict { VERDICT_ADOPTED, VERDICT_MORE_NO, VERDICT_TIE, VERDICT_TOO_FEW };

struct tally {
    /* Rules that fund proposals. */
    struct tally_line *lines; /* one a project, in the order in which they were considered */
    size_t line_count;
    size_t winner_count;
    mpq_t spent;
    mpq_t left;
    struct tie *ties;
    size_t tie_count;
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

/* Fills in voters_by_winners, once the lines are final. */
void tally_count_voters(struct tally *t, const struct election *e);

/* Whether the file's own column `selected` names the same winners. */
enum agreement { FILE_SILENT, FILE_AGREES, FILE_DIFFERS };
enum agreement tally_agreement(const struct tally *t, const struct election *e);

/* The word for machines, such as "not_enough_left". */
const char *reason_word(enum reason reason);
const char *verdict_word(enum verdict verdict);
const char *tie_break_word(enum tie_break broken_by);

/* One plain sentence for people. */
void reason_sentence(struct buf *out, const struct election *e, const struct terms *terms,
                     const struct tally_line *line);
void verdict_sentence(struct buf *out, const struct election *e, const struct terms *terms,
                      const struct tally *t);

#endif
