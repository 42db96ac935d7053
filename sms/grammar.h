/* grammar.h: what a text asks for. Pure: no database, no clock; any thread, any input.
 *
 *     text  := [VOTE] code numbers | YES code numbers | NO code numbers | HELP | STOP | START |
 * NEWS code  := the first 13 digits, however they are grouped number := 4 digits; between them
 * spaces, punctuation, "and"
 *
 * Case does not matter, courtesies and greetings are passed over, digits of any script count, O
 * and l or I among digits are 0 and 1. A line without digits after the numbers is a signature.
 * Nothing is guessed: any other word, and any number that has not four digits, refuses the whole
 * text. (Sources of the habits met: reference notes on SMS ballots, §8.) */
#ifndef WM_SMS_GRAMMAR_H
#define WM_SMS_GRAMMAR_H

#include "common/ballot.h"
#include "common/damm.h"

enum text_kind {
    TEXT_VOTE, /* these three: code and numbers are set */
    TEXT_YES,
    TEXT_NO,
    TEXT_HELP, /* asked for, or nothing to read */
    TEXT_STOP,
    TEXT_START,
    TEXT_NEWS,       /* asks for bulk texts */
    TEXT_UNCLEAR,    /* a word that we do not know, beside digits */
    TEXT_NO_CODE,    /* fewer than 13 digits */
    TEXT_BAD_CODE,   /* the 13th digit does not end a group: one too many or too few */
    TEXT_NO_NUMBERS, /* a code and nothing else */
    TEXT_BAD_NUMBER, /* `word` is not a number of four digits */
    TEXT_TOO_MANY    /* more numbers than any ballot holds */
};

enum { TEXT_WORD_MAX = 16 };

struct text {
    enum text_kind kind;
    char code[CODE_DIGITS + 1];         /* its check digit may be wrong */
    uint16_t numbers[BALLOT_PICKS_MAX]; /* as they came, no number twice */
    size_t n;
    char word[TEXT_WORD_MAX + 1];
};

/* Reads `len` bytes, of any content, as a text. */
void text_read(const char *body, size_t len, struct text *out);

/* True when one slip of the finger turns one four-digit number into the other: a wrong digit, or
 * two neighbours swapped. */
bool number_near(uint16_t a, uint16_t b);

#endif
