/* grammar.h: what a text asks for. Pure: no database, no clock; any thread, any input.
 *
 *     text   := [VOTE] [code] choice { choice } | YES [code] numbers | NO [code] numbers
 *             | UNDO [code] | MY VOTE [code] | CHECK [code]
 *             | LIST [place] [page] | MORE | INFO number | RESULT [place | number]
 *             | answer | HELP | STOP | START | NEWS | LANG language
 *             | OFFER number words | AGREE [number]
 *     code   := the first 13 digits, however they are grouped
 *     choice := number [points]
 *     number := 4 digits; between them spaces, punctuation, "and"
 *     points := 1 to 3 digits after a number, or 1 to 4 after "=", "*" or "x": 1275 3, 1275x3
 *     answer := 5 digits by themselves, and what else we had asked for: 48213 YO24 3BX
 *
 * Groups of four digits (with points) from the first on are numbers without a code: in rounds whose
 * voters are mobile numbers. Case does not matter, courtesies and greetings are passed over, digits
 * of any script count, O and l or I among digits are 0 and 1. A line without digits after the
 * numbers is a signature. One slip is forgiven in a keyword (words.h); in STOP, where nothing else
 * is said. Nothing else is guessed: any other word, and any number that has not four digits,
 * refuses the whole text. Most keywords have a Polish twin (words.c); accents do not matter.
 * (Sources of the habits met: reference notes on SMS ballots, §8.) */
#ifndef WM_SMS_GRAMMAR_H
#define WM_SMS_GRAMMAR_H

#include "common/ballot.h"
#include "common/damm.h"
#include "common/language.h"

enum text_kind {
    TEXT_VOTE, /* these three: numbers are set, and the code where there is one */
    TEXT_YES,
    TEXT_NO,
    TEXT_UNDO,   /* code as above; numbers are none of UNDO's, but kept */
    TEXT_MINE,   /* MY VOTE: code as above */
    TEXT_ANSWER, /* to a challenge: digits; place: what else was said; refuses: it held a NO */
    TEXT_LIST,   /* page, 0: none was said; place. A code is passed over */
    TEXT_MORE,
    TEXT_INFO,   /* one number */
    TEXT_RESULT, /* place, or one number */
    TEXT_HELP,   /* asked for, or nothing to read */
    TEXT_STOP,
    TEXT_START,
    TEXT_NEWS,       /* asks for bulk texts */
    TEXT_LANG,       /* language */
    TEXT_OFFER,      /* of help: one number, and words_at; no number: none of four digits */
    TEXT_AGREE,      /* that an officer may call: one number, or none for all that wait */
    TEXT_UNCLEAR,    /* a word that we do not know, beside digits */
    TEXT_NO_CODE,    /* fewer than 13 digits, and no project numbers */
    TEXT_BAD_CODE,   /* the 13th digit does not end a group: one too many or too few */
    TEXT_NO_NUMBERS, /* a code and nothing else */
    TEXT_BAD_NUMBER, /* `word` is not a number of four digits */
    TEXT_TOO_MANY    /* more numbers than any ballot holds */
};

enum { TEXT_WORD_MAX = 16, TEXT_PLACE_MAX = 80, TEXT_ANSWER_DIGITS = 5 };

struct text {
    enum text_kind kind;
    char code[CODE_DIGITS + 1];         /* "": none; its check digit may be wrong */
    uint16_t numbers[BALLOT_PICKS_MAX]; /* as they came, no number twice */
    uint16_t weights[BALLOT_PICKS_MAX]; /* points that came with them; 0: none */
    size_t n;
    char word[TEXT_WORD_MAX + 1];
    char digits[TEXT_ANSWER_DIGITS + 1];
    char place[TEXT_PLACE_MAX + 1]; /* words that are none of ours, one space between */
    int page;
    enum language language; /* LANGUAGES: none that we know */
    bool refuses;
    bool voting;   /* VOTE, YES or NO, or a whole code: its sender waits for an outcome */
    bool question; /* YES or NO without VOTE: whatever is wrong, it was meant as an answer to one */
    size_t words_at; /* where in the body what is offered begins: after the number, or after OFFER
                        where other words come before it */
};

/* How many bytes come before what is said: on a number that several services share each text
 * begins with a keyword of ours ("York: VOTE …"), which may be absent all the same. `keyword`:
 * ASCII letters; "": none. */
size_t text_keyword(const char *keyword, const char *body, size_t len);
/* Reads `len` bytes, of any content, as a text. */
void text_read(const char *body, size_t len, struct text *out);

/* True when one slip of the finger turns one four-digit number into the other: a wrong digit, or
 * two neighbours swapped. */
bool number_near(uint16_t a, uint16_t b);

#endif
