/* store_results.h: what a count said, as pages need it. Everything read lives in the arena that is
 * passed in. */
#ifndef WM_STORE_RESULTS_H
#define WM_STORE_RESULTS_H

#include "server/store_rounds.h"

struct result_proposal {
    int32_t number;
    const char *name, *reason_text;
    int64_t cost;  /* pence */
    int64_t votes; /* or, with `points`, the points that ballots gave it */
    bool selected, points;
    /* What the sentence says, for other languages: wardmote-count's word for the reason, and its
     * figures. */
    const char *reason;
    int64_t plain_votes; /* ballots that name it */
    int64_t left;        /* pence, when its turn came; -1: not told */
    int64_t support;     /* of equal shares, in tenths of a percent; -1: not told */
    int32_t step;        /* at which it was funded, from 1; 0 */
    int32_t excluded_by; /* a number; 0 */
    const char *takers;  /* where its supporters' money went: "1359, 1428", or "" */
};

/* Proposals that had equal votes, where the order between them decided who won. */
struct result_tie {
    bool points;
    int64_t votes;
    const char *broken_by; /* "lowest cost", "lot", as wardmote-count says */
    const char *numbers;   /* "1359, 1428" */
};

/* Below so many votes the ballots of a part, and tables made from them, are not published: who
 * voted could be told apart (api.result_file_public has the same number). */
enum { RESULT_FEWEST = 10 };
/* A count below this, and above 0, could point at somebody: it is not told by itself. */
enum { RESULT_SMALL = 5 };

/* One pot's count, or a question's. */
struct result_part {
    int32_t ordinal;
    const char *pot_name, *rule_text, *reason_text;
    const char *reason; /* of a question: wardmote-count's word */
    int64_t minimum_votes;
    const char *minimum_share, *maximum_cost; /* percent; "" */
    int32_t by_shares;                        /* funded by equal shares; -1: another rule */
    bool by_votes_alone; /* equal shares gave way to votes alone, which more prefer */
    char pb_sha256[65];
    int64_t budget, cost, left; /* pence */
    int64_t votes;              /* ballots in the published file */
    int64_t yes, no;
    bool adopted;
    struct result_proposal *proposal; /* in the order in which they were considered */
    int n_proposals, n_winners;
    int64_t *voters_by_winners; /* [n]: voters of whose picks n won */
    int n_voters_by_winners;
    struct result_tie *tie; /* those that decided something */
    int n_ties;
};

/* The books of a round: every code, every accepted ballot and every text is in one part. */
enum result_channels { RESULT_CHANNELS = 5 }; /* as wardmote.revision has them, from 1 */
enum result_text { /* what became of a text; words and their order in store_results.c */
                   RESULT_TEXT_BALLOTS, /* of this round */
                   RESULT_TEXT_ELSEWHERE,
                   RESULT_TEXT_CONFIRMATIONS, /* digits that made an earlier text count */
                   RESULT_TEXT_UNCONFIRMED,
                   RESULT_TEXT_REFUSED_CODE,
                   RESULT_TEXT_REFUSED_NUMBER,
                   RESULT_TEXT_REFUSED_LIMITS,
                   RESULT_TEXT_REFUSED_AREA,
                   RESULT_TEXT_REFUSED_UNCLEAR,
                   RESULT_TEXT_REFUSED_OTHER,
                   RESULT_TEXT_LATE,
                   RESULT_TEXT_QUERIES,
                   RESULT_TEXT_DUPLICATES,
                   RESULT_TEXT_UNREAD,
                   RESULT_TEXTS
};
struct result_accounts {
    int64_t texts[RESULT_TEXTS];
    int64_t codes_used, codes_unused, codes_voided;
    struct {
        int64_t counted, replaced, withdrawn, voided;
    } ballots[RESULT_CHANNELS];
};

struct result_view {
    int64_t counted_at, published_at; /* published_at DB_NO_TIME: not yet */
    int64_t final_at;                 /* it can be challenged until then; only of a published one */
    bool provisional;                 /* it still can */
    int32_t version;                  /* from 1; a correction is the next */
    const char *correction;           /* why it is one, "" where it is not */
    int32_t before;                   /* the version that it corrects; 0: none */
    int64_t replaced_at;              /* DB_NO_TIME: it stands */
    const char *replaced_why;
    char seed[65];
    int32_t ballots, web, texts, paper, assisted, withdrawn, voided, replaced, eligible;
    struct result_part *part;
    int n_parts;
};

/* A published result, as it stands (`version` 0) or as it was. *found false: there is none, or it
 * is not published. */
enum db_outcome result_load(struct db *db, struct arena *a, const struct round_view *round,
                            int32_t version, struct result_view *out, bool *found);
/* All zero where there are none: a result that was counted before books were kept. */
enum db_outcome result_accounts_load(struct db *db, const char *slug, int32_t version,
                                     struct result_accounts *out);
/* One published file ("pb", "json", "log") of a part; appended to `out`. `version` 0: of the result
 * that stands. *found false: none. */
enum db_outcome result_file_load(struct db *db, const char *slug, int32_t version, int32_t ordinal,
                                 const char *kind, struct buf *out, bool *found);

/* The two readers on which result_load stands, for the officers' preview: a row of figures (the
 * columns of api.result_public) and rows of parts (those of api.result_parts_public). False: what
 * the count wrote cannot be read (logged). */
bool result_read(struct arena *a, const struct db_rows *figures, const struct db_rows *parts,
                 struct result_view *out);

/* Pence from a count's decimal pounds: "1200", "1200.5", "1200.50". False: no such number. */
bool pounds_read(const char *text, int64_t *pence);

#endif
