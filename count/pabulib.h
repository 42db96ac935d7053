/* pabulib.h: reads a vote from a file in Pabulib's format (.pb).
 *
 * Format: pabulib.org, "Format" (app/templates/format.html of pabulib/pabulib_front at 71455e37),
 * and the quirks of the files that are published there: no line `key;value`, CRLF, a byte order
 * mark, columns in any order, decimal commas, no line end at the end, empty lines, a project
 * twice in one vote (counted once). What cannot be read with certainty is refused, with its line
 * number; what is readable but says two different things becomes a warning of the election. */
#ifndef COUNT_PABULIB_H
#define COUNT_PABULIB_H

#include <stdio.h>

#include "count/csv.h"
#include "count/election.h"
#include "count/refusal.h"

/* Limits of this reader besides those of csv.h and election.h, in bytes. */
enum {
    PABULIB_ID_MAX = 200,
    PABULIB_NAME_MAX = 10000,
    PABULIB_META_VALUE_MAX = 65536,
    PABULIB_POINTS_MAX = 1000000 /* whole points, not bytes: what a ballot gives one project;
                                  * decimals are exact, see points_scale in election.h */
};

/* Fills an election that election_init made. Reads `in` once, to its end, which stays open.
 * False when the file is refused: *why says so, and the election can only be freed. */
bool pabulib_read(FILE *in, struct election *e, struct refusal *why);

/* Which section the record opens: 1 META, 2 PROJECTS, 3 VOTES; 0 when it is no title. */
int pabulib_title(const struct csv *c);

/* The word that stands in META for a type of vote, such as "choose-1". */
const char *pabulib_vote_type_word(enum vote_type type);

#endif
