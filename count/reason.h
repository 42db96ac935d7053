/* reason.h: every outcome that a count has for a proposal or a question, with its word for machines
 * ("reason" in the JSON of result.h). Who turns the words into sentences goes by these tables too,
 * in tests/unit/test_server_reasons.c. */
#ifndef COUNT_REASON_H
#define COUNT_REASON_H

/* Why a proposal was funded or not:
 *   BELOW_THRESHOLD    its score, votes or points
 *   ABOVE_CAP          it costs more than the part of the budget that one may
 *   EXCLUDED           another of its group won: `excluded_by`
 *   MONEY_WENT         its supporters' money went to others
 *   TOO_FEW            its supporters together have less than it costs
 *   ENDED              the count ended before its turn
 *   OUTWEIGHED         the set of projects that is best does without it
 *   PART_FUNDED        what was left went to it, which is `left` */
#define REASONS(of)                                                                                \
    of(REASON_WON, "won") of(REASON_NO_VOTES, "no_votes")                                          \
        of(REASON_BELOW_MINIMUM, "below_minimum") of(REASON_BELOW_THRESHOLD, "below_threshold")    \
            of(REASON_ABOVE_CAP, "above_cap") of(REASON_WITHDRAWN, "withdrawn")                    \
                of(REASON_COSTS_MORE_THAN_BUDGET, "costs_more_than_budget")                        \
                    of(REASON_NOT_ENOUGH_LEFT, "not_enough_left") of(REASON_EXCLUDED, "excluded")  \
                        of(REASON_MONEY_WENT, "money_went_to_others")                              \
                            of(REASON_TOO_FEW, "too_few_supporters")                               \
                                of(REASON_ENDED, "count_ended")                                    \
                                    of(REASON_OUTWEIGHED, "outweighed")                            \
                                        of(REASON_PART_FUNDED, "part_funded")

/* What became of a question. */
#define VERDICTS(of)                                                                               \
    of(VERDICT_ADOPTED, "adopted") of(VERDICT_MORE_NO, "more_no_than_yes") of(VERDICT_TIE, "tie")  \
        of(VERDICT_TOO_FEW, "below_minimum")

#define REASON_NAME(it, word) it,
enum reason { REASONS(REASON_NAME) };
enum verdict { VERDICTS(REASON_NAME) };
#undef REASON_NAME

#endif
