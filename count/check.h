/* check.h: says what is wrong with a .pb file, line by line.
 *
 * The checks are those that Pabulib asks of files it publishes (pabulib/checker at 1180aca3:
 * checker.py, fields.py, load_pb_file.py), with the lines that its messages lack, and without its
 * rounding: amounts and points are exact. An error breaks the format or contradicts another part of
 * the file; a warning is unusual.
 *
 *   check.c            the findings: gathers, sorts and prints them
 *   check_codes.c      the code words, which programs may rely on
 *   check_scan.c       goes through the file record by record: sections, headers, cells
 *   check_fields.c     the tables of what META and the columns may hold, and values of each kind
 *   check_meta.c       what META says of itself
 *   check_projects.c   projects: costs, what was selected, recounts
 *   check_votes.c      ballots: projects, points, limits
 *   check_labels.c     categories, districts and the like
 *   check_rule.c       whether `selected` is what META's rule gives */
#ifndef COUNT_CHECK_H
#define COUNT_CHECK_H

#include <stdio.h>

#include "common/buf.h"

/* Findings of one code beyond this many are only counted. */
enum { CHECK_EACH_MAX = 20 };
/* After so many in all the rest of the file is not checked: it is of another kind, or hostile. */
enum { CHECK_ALL_MAX = 1000000 };

struct check {
    struct buf text; /* "FILE:LINE: error: words [code]" a line; the caller frees it */
    size_t errors;
    size_t warnings;
};

/* Reads `in` up to three times from its start; it must be a file that allows it. `file` is the name
 * to print. Never refuses: what cannot be read is a finding. Memory is bounded by the limits of
 * csv.h and election.h, whatever the file. */
struct check check_file(FILE *in, const char *file);

/* A line for each code word: the word and what it means. */
void check_codes_list(struct buf *out);

#endif
