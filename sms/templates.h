/* templates.h: every word that we text to residents, in one table. A template has placeholders in
 * braces, which are filled by name. The words are English; other languages have theirs in the
 * catalogue (common/language.h).
 *
 * All of it is said in characters of GSM-7, also what is filled in: a letter that GSM-7 lacks loses
 * its accent ("zagłosować" goes out as "zaglosowac"), as people who write Polish texts have always
 * done. One such letter would make the whole text UCS-2: 70 characters a segment instead of 160,
 * and a reply with its receipt needs two segments at most. Catalogues keep the full spelling. Pure,
 * any thread. */
#ifndef WM_SMS_TEMPLATES_H
#define WM_SMS_TEMPLATES_H

#include "common/language.h"

enum say {
    /* whole replies */
    SAY_HELP,
    SAY_UNCLEAR,
    SAY_STOP,
    SAY_START,
    SAY_NEWS,
    SAY_NO_CODE,
    SAY_BAD_CODE,
    SAY_WRONG_CODE,
    SAY_LIMITED,
    SAY_NO_NUMBERS,
    SAY_QUESTION_HOW,
    SAY_HELP_PHONE, /* where people vote by mobile number alone */
    SAY_START_PHONE,
    SAY_UNCLEAR_PHONE,
    SAY_QUESTION_HOW_PHONE,
    SAY_TOO_MANY_NUMBERS,
    SAY_UNDO_WHOLE,
    SAY_NOTHING_TO_UNDO,
    SAY_NO_VOTE,
    SAY_NO_VOTE_PHONE,
    SAY_UNDO_NEEDS_CODE,
    /* challenges: whole replies */
    SAY_ASK,
    SAY_ASK_AGE,
    SAY_ASK_POSTCODE,
    SAY_ASK_POSTCODE_AGE,
    SAY_ASK_PLACE,
    SAY_ASK_PLACE_AGE,
    SAY_ASK_UNDO,
    SAY_ASKED_TOO_OFTEN,
    SAY_NOTHING_WAITS,
    SAY_WRONG_DIGITS,
    SAY_LAST_WRONG_DIGITS,
    SAY_TOO_YOUNG,
    SAY_NEEDS_POSTCODE,
    SAY_NEEDS_PLACE,
    SAY_UNKNOWN_POSTCODE,
    SAY_UNKNOWN_PLACE,
    SAY_ELSEWHERE,
    SAY_NUMBER_VOID,
    SAY_BAD_NUMBER,
    SAY_MANY_ROUNDS,
    SAY_MANY_TAKEN_BACK,
    /* inquiries */
    SAY_LIST_HEAD,
    SAY_LIST_HEAD_POINTS,
    SAY_LIST_HEAD_ORDER,
    SAY_LIST_HEAD_QUESTION,
    SAY_LIST_PROJECT,
    SAY_LIST_MORE,
    SAY_LIST_END,
    SAY_LIST_WHICH,
    SAY_NOTHING_OPEN,
    SAY_NOTHING_OPEN_IN,
    SAY_NO_SUCH_PLACE,
    SAY_INFO,
    SAY_INFO_QUESTION,
    SAY_VOTING_OPENS,
    SAY_VOTING_CLOSES,
    SAY_VOTING_CLOSED,
    SAY_VOTING_WITHDRAWN,
    SAY_NO_SUCH,
    SAY_NO_SUCH_NEAR,
    SAY_RESULT,
    SAY_RESULT_NOTHING,
    SAY_RESULT_WON,
    SAY_RESULT_NOT_WON,
    SAY_RESULT_PART,
    SAY_WHY_NO_VOTES,
    SAY_WHY_TOO_FEW_VOTES,
    SAY_WHY_TOO_SMALL_SHARE,
    SAY_WHY_THRESHOLD,
    SAY_WHY_CAP,
    SAY_WHY_WITHDRAWN,
    SAY_WHY_OVER_ALL,
    SAY_WHY_NOT_LEFT,
    SAY_WHY_EXCLUDED,
    SAY_WHY_MONEY_WENT,
    SAY_WHY_MONEY_WENT_ROUND,
    SAY_WHY_TOO_FEW,
    SAY_WHY_ENDED,
    SAY_WHY_OUTWEIGHED,
    SAY_WHY_TOO_FEW_BALLOTS,
    SAY_WHY_TIE,
    SAY_WHY_ELSE,
    SAY_RESULT_ADOPTED,
    SAY_RESULT_NOT_ADOPTED,
    SAY_RESULT_COUNTING,
    SAY_RESULT_TO_COME,
    SAY_RESULT_NOT_YET,
    SAY_RESULT_WHICH,
    SAY_RESULT_NONE,
    /* recorded: sentences of a reply */
    SAY_RECORDED,
    SAY_RECORDED_ORDER,
    SAY_RECORDED_ANSWER,
    SAY_RECORDED_AGREEMENT,
    SAY_TAKEN_BACK,
    SAY_NOT_CHANGED,
    SAY_BRIEF_HEAD,
    SAY_BRIEF_TAKEN_BACK_HEAD,
    SAY_BRIEF,
    SAY_BRIEF_ORDER,
    SAY_BRIEF_ANSWER,
    SAY_BRIEF_TAKEN_BACK,
    SAY_CHANGE_BEFORE,
    SAY_VOTE_AGAIN_BEFORE,
    SAY_CLOSED_AT,
    SAY_POINTS_OF,
    SAY_COSTS_OF,
    SAY_AND_COSTS_OF,
    /* what was chosen */
    SAY_PROJECT,
    SAY_PROJECT_NAMED,
    SAY_WITH_POINTS,
    SAY_WITH_POINTS_NAMED,
    SAY_PROJECTS,
    SAY_ANSWERS,
    SAY_YES,
    SAY_NO,
    /* MY VOTE */
    SAY_MINE,
    SAY_MINE_ORDER,
    SAY_MINE_ANSWER,
    SAY_OTHER_DOOR,
    SAY_MINE_BRIEF,
    SAY_MINE_ORDER_BRIEF,
    SAY_MINE_ANSWER_BRIEF,
    SAY_OTHER_DOOR_BRIEF,
    SAY_MINE_MORE,
    SAY_VOID,
    SAY_BY_WEB,
    SAY_BY_TEXT,
    SAY_BY_PAPER,
    SAY_BY_CLERK,
    /* not counted */
    SAY_NOT_COUNTED,
    SAY_NOT_OPEN,
    SAY_CLOSED,
    SAY_OUT_OF_REACH,
    SAY_OUT_OF_REACH_PHONE,
    SAY_BY_PHONE_ONLY,
    SAY_UNKNOWN,
    SAY_UNKNOWN_NEAR,
    SAY_UNKNOWN_NEAR_TWO,
    SAY_WITHDRAWN,
    SAY_OVER_BUDGET,
    SAY_AT_MOST,
    SAY_AT_LEAST,
    SAY_POT_AT_MOST,
    SAY_POT_AT_LEAST,
    SAY_EMPTY,
    SAY_OVER_POINTS,
    SAY_OVER_POINT_MAX,
    SAY_NEEDS_POINTS,
    SAY_NO_POINTS,
    SAY_NO_POINTS_IN_ORDER,
    SAY_BAD_RANKS,
    SAY_UNDECLARED,
    SAY_IS_QUESTION,
    SAY_IS_PROJECT,
    SAY_TRY_AGAIN,
    SAY_STANDS,
    SAY_STANDS_WITH,
    /* ends the last reply of the hour */
    SAY_LAST,
    /* languages */
    SAY_LANG,
    SAY_LANG_WHICH,
    /* offers of help */
    SAY_OFFER_ASK,
    SAY_OFFER_HOW,
    SAY_OFFER_LONG,
    SAY_OFFER_MANY,
    SAY_OFFER_TO_QUESTION,
    SAY_OFFER_NO_NUMBER,
    SAY_OFFER_AGREED,
    SAY_OFFERS_AGREED,
    SAY_OFFER_NONE_WAITS,
    /* texts that are no replies */
    SAY_SIGN_IN_DIGITS,
    SAY_PROJECT_WITHDRAWN,
    SAY_IDEA_ANSWERED,
    SAY_BULK_OPENED,
    SAY_BULK_CLOSING,
    SAY_BULK_RESULT,
    /* moments */
    SAY_MOMENT,
    SAY_END_OF_DAY,
    SAY_COUNT
};

/* What goes into a placeholder. `text` is folded and cut to `max` characters, or a moment or hour
 * as the database gives it (say_when.h); NULL for the others: a count, a project's four digits,
 * pence. */
enum say_kind {
    SAY_TEXT_VALUE,
    SAY_NUMBER_VALUE,
    SAY_PROJECT_VALUE,
    SAY_MONEY_VALUE,
    SAY_WHEN_VALUE,
    SAY_HOUR_VALUE
};
struct say_value {
    const char *name; /* NULL ends the list */
    enum say_kind kind;
    const char *text;
    size_t max;
    int64_t n;
};
#define SAY_TEXT(name, text, max)                                                                  \
    {                                                                                              \
        (name), SAY_TEXT_VALUE, (text), (max), 0                                                   \
    }
#define SAY_NUMBER(name, n)                                                                        \
    {                                                                                              \
        (name), SAY_NUMBER_VALUE, NULL, 0, (n)                                                     \
    }
#define SAY_PROJECT_NO(name, n)                                                                    \
    {                                                                                              \
        (name), SAY_PROJECT_VALUE, NULL, 0, (n)                                                    \
    }
#define SAY_MONEY(name, pence)                                                                     \
    {                                                                                              \
        (name), SAY_MONEY_VALUE, NULL, 0, (pence)                                                  \
    }
#define SAY_WHEN(name, local)                                                                      \
    {                                                                                              \
        (name), SAY_WHEN_VALUE, (local), 0, 0                                                      \
    }
#define SAY_HOUR(name, local)                                                                      \
    {                                                                                              \
        (name), SAY_HOUR_VALUE, (local), 0, 0                                                      \
    }

/* On a number that several services share every text to us begins with this word, and so does every
 * example of ours: {prefix} in a template is it and a blank, else nothing. At most
 * STARTUP_SMS_KEYWORD_MAX ASCII letters; "": none. Once, before there are threads. */
void say_keyword(const char *word);
/* Appends a template with its placeholders filled; one that is not in the list is a bug. */
void say_values(struct buf *out, enum language language, enum say which,
                const struct say_value *values);
#define SAY(out, language, which, ...)                                                             \
    say_values((out), (language), (which), (const struct say_value[]){__VA_ARGS__, {.name = NULL}})
/* A template without placeholders. */
void say_plain(struct buf *out, enum language language, enum say which);

/* The template as it is written, in a language; with a plural, that of `n`. */
const char *say_template(enum language language, enum say which);
/* The placeholder whose number decides between singular and plural; NULL: it has one form. */
const char *say_counted(enum say which);
const char *say_template_n(enum language language, enum say which, int64_t n);
/* How many segments it may need with its longest values; 0: it is a part of a reply. */
size_t say_segments(enum say which);

/* A name from the database, folded, and cut to `max` characters. */
void say_name(struct buf *out, const char *name, size_t max);

#endif
