/* election.h: one vote as counting sees it: a budget, projects with costs, ballots with picks.
 *
 * Plain data without opinions: filled in by a reader (pabulib.h), only read by rules. Ballots lie
 * one behind the other in two flat arrays, so that a million of them take a few bytes each. */
#ifndef COUNT_ELECTION_H
#define COUNT_ELECTION_H

#include <gmp.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/digest.h"

enum {
    ELECTION_PROJECTS_MAX = 10000,
    ELECTION_META_MAX = 200,
    ELECTION_WARNINGS_MAX = 50,
    ELECTION_POINT_DECIMALS = 3,
};
#define ELECTION_BALLOTS_MAX ((size_t)20 * 1000 * 1000)
#define ELECTION_PICKS_MAX   ((size_t)400 * 1000 * 1000)

enum vote_type {
    VOTE_APPROVAL,
    VOTE_CHOOSE_1,
    VOTE_ORDINAL,
    VOTE_CUMULATIVE,
    VOTE_SCORING,
};

/* What the file's own column `selected` says (Pabulib: 2 and 3 are explained in its comment). */
enum selected { SELECTED_UNSAID, SELECTED_NO, SELECTED_YES, SELECTED_SPECIAL };

struct project {
    const char *id;
    const char *name; /* "" when the file has none */
    mpq_t cost;
    uint64_t votes;     /* ballots that list it, recounted */
    uint64_t points;    /* all that ballots give it, in the election's parts of a point:
                         * VOTE_CUMULATIVE, VOTE_SCORING */
    uint64_t borda;     /* VOTE_ORDINAL: n for the first of a ballot of n, and so on to 1 */
    uint32_t exclusion; /* its group, of which one at most can win; 0: none */
    enum selected selected;
    bool votes_stated;     /* the file's own column `votes`, */
    uint64_t stated_votes; /* which decides nothing */
    size_t line;
};

struct meta {
    const char *key;
    const char *value;
    size_t line;
};

struct election {
    uint8_t file_sha256[DIGEST_LEN];
    struct meta meta[ELECTION_META_MAX];
    size_t meta_count;
    mpq_t budget;
    enum vote_type vote_type;

    struct project *projects; /* in the order of the file */
    size_t project_count;

    /* Ballot i picks projects picks[ballot_ends[i - 1]] .. picks[ballot_ends[i] - 1], by index
     * into `projects`, each once, in the order of the ballot. */
    uint16_t *picks;
    size_t pick_count;
    uint32_t *ballot_ends;
    size_t ballot_count;
    /* Every ballot gives each of its picks points, 0 or more, with at most ELECTION_POINT_DECIMALS:
     * then points[i] are those of picks[i], in parts of a point: there are `points_scale` parts in
     * one, a power of ten, 1 when all points are whole. Otherwise `points_line` is the first line
     * where they are not so. */
    bool points_known;
    uint32_t points_scale;
    size_t points_line;
    uint32_t *points;
    bool keep_lines;        /* set it before reading to have, */
    uint32_t *ballot_lines; /* for each ballot, its line; NULL otherwise */

    /* What the file says twice and differently, and the like: it can be counted, but whoever
     * publishes the result should look. */
    const char *warnings[ELECTION_WARNINGS_MAX];
    size_t warning_count; /* all of them; only the first ELECTION_WARNINGS_MAX are kept */

    /* Private: where texts live, room in the arrays, and the projects by hash of their id. */
    struct arena texts;
    size_t project_room;
    size_t pick_room;
    size_t point_room;
    size_t ballot_room;
    size_t line_room;
    uint16_t *by_id; /* index + 1, or 0 for an empty place */
    size_t by_id_room;
};

/* The struct is big: allocate it. election_free frees what it holds, not the struct. */
void election_init(struct election *e);
void election_free(struct election *e);

/* The value of a key of META; NULL when the file has none. */
const char *election_meta(const struct election *e, const char *key);
/* Texts are copied. The caller has checked ELECTION_META_MAX. */
void election_meta_add(struct election *e, const char *key, const char *value, size_t line);

/* Adds a project and returns it, to be filled in; NULL when the id is taken. Earlier pointers to
 * projects become invalid. The caller has checked ELECTION_PROJECTS_MAX. */
struct project *election_project_add(struct election *e, const char *id);
/* The index of the project with this id (`len` bytes), or -1. */
int election_project_find(const struct election *e, const char *id, size_t len);

/* A pick of the ballot that is being read, the points of a pick (index into `picks`), and the end
 * of that ballot, which gives its picks their Borda points if it is one. The caller has checked
 * ELECTION_PICKS_MAX and ELECTION_BALLOTS_MAX, and that no pick comes twice. */
void election_pick_add(struct election *e, size_t project);
void election_points_set(struct election *e, size_t pick, uint32_t points);
/* Makes the parts of a point ten times as small, those that were set too. */
void election_points_split(struct election *e);
void election_ballot_end(struct election *e, size_t line);

/* The picks of one ballot, valid until the next is added; NULL when it has none. */
struct ballot {
    const uint16_t *picks;
    const uint32_t *points; /* NULL unless points_known */
    size_t count;
};
struct ballot election_ballot(const struct election *e, size_t i);

void election_warn(struct election *e, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
