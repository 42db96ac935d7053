/* refusal.h: why a file or an order was refused, in words for the person who gave it. */
#ifndef COUNT_REFUSAL_H
#define COUNT_REFUSAL_H

#include <stdbool.h>
#include <stddef.h>

/* How many bytes of the user's own words are shown; longer ones are cut with "...". */
enum { QUOTE_MAX = 60 };

struct refusal {
    size_t line; /* 1 is the first line of the file; 0 when no line is to blame */
    char text[400];
};

/* Fills in *r and returns false, so that a reader can say `return refuse(...)`. */
bool refuse(struct refusal *r, size_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The user's words, made fit to print on a terminal: control bytes become '?', and no more than
 * QUOTE_MAX bytes are kept, cut between two characters. */
struct quote {
    char text[QUOTE_MAX + 4];
};
struct quote quote(const char *words);
/* The same of the first `len` bytes, which need no NUL after them. */
struct quote quote_part(const char *words, size_t len);

#endif
