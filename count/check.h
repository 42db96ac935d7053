/* check.h: says what is wrong with a .pb file that can be read, line by line.
 *
 * The checks are those that Pabulib asks of files it publishes (pabulib/checker at 1180aca3,
 * summed up in its README and fields.py). An error breaks the format or contradicts another part
 * of the file; a warning is unusual. */
#ifndef COUNT_CHECK_H
#define COUNT_CHECK_H

#include "count/election.h"

/* Findings about single ballots beyond this many are only counted. */
enum { CHECK_BALLOTS_MAX = 100 };

struct check {
    struct buf text; /* "<file>:<line>: error: ..." a line; the caller frees it */
    size_t errors;
    size_t warnings;
};

/* The election was read with keep_lines; `file` is the name to print. */
struct check check_election(const struct election *e, const char *file);

#endif
