/* words.h: a plain text cut into words and runs of digits, and what a word means. Pure, any
 * thread. */
#ifndef WM_SMS_WORDS_H
#define WM_SMS_WORDS_H

#include <stdbool.h>
#include <stddef.h>

enum word {
    WORD_OTHER,
    WORD_COURTESY, /* passed over wherever it stands */
    WORD_TIMES,    /* x: a kiss, or between a number and its points */
    WORD_MY,       /* passed over too, but MY VOTE is a question */
    WORD_VOTE,
    WORD_YES,
    WORD_NO,
    WORD_UNDO,
    WORD_CHECK,
    WORD_LIST,
    WORD_MORE,
    WORD_INFO,
    WORD_RESULT,
    WORD_HELP,
    WORD_STOP,
    WORD_OPT, /* OPT OUT */
    WORD_START,
    WORD_NEWS,
    WORD_LANG,
    WORD_OFFER,
    WORD_AGREE
};

enum token_kind { TOKEN_WORD, TOKEN_DIGITS, TOKEN_MIXED };

/* `from` and `len` point into the text. */
struct token {
    enum token_kind kind;
    enum word word; /* of TOKEN_WORD */
    bool slip;      /* read as this word only because one slip of the finger was forgiven */
    bool marked;    /* digits right after "=", "*" or "x": points, never a number */
    size_t line;
    const char *from;
    size_t len;
};

enum { TOKENS_MAX = 1024 };

/* Cuts a plain text (plain.h) of `len` bytes. O and l or I among digits are digits. A word that we
 * know is cut off the digits that follow it at once ("VOTE123"), a courtesy off those before it
 * ("3pts"), and "1275x3" is cut at its x. Returns how many tokens; *more: the text has more than
 * TOKENS_MAX. */
size_t tokens_read(const char *plain, size_t len, struct token out[TOKENS_MAX], bool *more);

/* The digit that a character of a TOKEN_DIGITS stands for. */
char token_digit(char c);
/* True where the run's characters are digits as they stand. */
bool token_plain_digits(const struct token *t);

#endif
