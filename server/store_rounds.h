/* store_rounds.h: rounds, their money and proposals, as residents see them. Everything read lives
 * in the arena that is passed in. Lists are empty on any outcome but DB_OK. */
#ifndef WM_STORE_ROUNDS_H
#define WM_STORE_ROUNDS_H

#include "common/db.h"
#include "common/language.h"
#include "server/geo_point.h"
#include "server/rules_words.h"

enum round_kind { ROUND_APPROVAL, ROUND_KNAPSACK, ROUND_POINTS, ROUND_RANKING, ROUND_YES_NO };
enum round_voters { VOTERS_CODE, VOTERS_PHONE, VOTERS_REGISTER, VOTERS_PRACTICE };
enum round_residence { RESIDENCE_NONE, RESIDENCE_POSTCODE, RESIDENCE_NEIGHBOURHOOD };
enum round_phase { PHASE_SOON, PHASE_OPEN, PHASE_CLOSED, PHASE_PUBLISHED };

/* One line of a list. */
struct round_line {
    int32_t id;
    const char *slug, *title, *area_slug, *area_name;
    enum round_kind kind;
    enum round_phase phase;
    bool takes_paper;            /* ballots on paper can be handed in, or will be once it is open */
    int64_t opens_at, closes_at; /* unix microseconds */
    int32_t days;                /* midnights in London until it opens (soon) or closes */
    int64_t money;               /* pence, all pots */
    int32_t proposals;
    /* of a published result: */
    int64_t published_at, spent, yes, no;
    int32_t ballots, texts, funded;
    bool adopted;
};
struct round_lines {
    struct round_line *line;
    int n;
};

struct round_view {
    int32_t id;
    const char *slug, *title, *about, *area_slug, *area_name, *rules_text;
    enum round_kind kind;
    enum round_phase phase;
    int64_t opens_at, closes_at, scheduled_at, money;
    enum count_rule rule;             /* RULE_MOST until the rules are frozen */
    enum count_completion completion; /* of equal shares */
    bool carry; /* what a pot leaves goes on to the next; false until the rules are frozen */
    int32_t days, grace_minutes, min_picks, max_picks, minimum_votes;
    char rules_sha256[65];
    int32_t edition;          /* of the agreement put to the vote; 0: none */
    const char *edition_area; /* its slug */
    bool blank_allowed;
    int32_t points_sum, points_max; /* of a points round; else 0 */
    enum round_voters voters;
    bool takes_paper;    /* as in a line */
    int32_t minimum_age; /* to be declared; 0: none */
    enum round_residence residence;
    int64_t first_closes_at;      /* before the close was moved; DB_NO_TIME: it was not */
    const char *extension_reason; /* why it was moved last */
    int64_t result_at;            /* when its result becomes public; DB_NO_TIME: no moment is set */
};

struct pot {
    int32_t ordinal;
    const char *name, *source;
    int64_t amount;               /* pence */
    int32_t min_picks, max_picks; /* of its own; 0: none */
};
struct pots {
    struct pot *pot;
    int n;
};

struct proposal {
    int32_t number;
    const char *short_name, *title, *summary, *place, *proposer, *withdrawn_reason;
    const char *theme;   /* one of its round's own; "": none */
    struct geo_point at; /* where it lies */
    int32_t pot;         /* ordinal; 0: a question */
    int64_t cost;        /* pence */
    bool withdrawn;
    enum language language; /* of short name, title and summary */
};
enum { ROUND_THEMES_MAX = 12 }; /* api.desk_proposal_save holds a round to it */
struct proposals {
    struct proposal *proposal;
    int n;
};

/* Members of groups of proposals of which one at most can win; a group's stand together. */
struct exclusion {
    int32_t group, number;
};
struct exclusions {
    struct exclusion *member;
    int n;
};

/* `area` NULL: all rounds; else those in which that area's residents may vote. */
enum db_outcome rounds_load(struct db *db, struct arena *a, const char *area,
                            struct round_lines *out);
/* *found false: no such round, or a draft, or only practice. */
enum db_outcome round_load(struct db *db, struct arena *a, const char *slug, struct round_view *out,
                           bool *found);
/* The same, and practice too, for pages that say so (`voters` is VOTERS_PRACTICE). */
enum db_outcome round_load_any(struct db *db, struct arena *a, const char *slug,
                               struct round_view *out, bool *found);
enum db_outcome pots_load(struct db *db, struct arena *a, int32_t round, struct pots *out);
enum db_outcome proposals_load(struct db *db, struct arena *a, int32_t round,
                               struct proposals *out);
/* The same in a language, each as far as it is translated into it (its `language` says). */
enum db_outcome proposals_load_in(struct db *db, struct arena *a, int32_t round,
                                  enum language language, struct proposals *out);
/* Those that have all of these words, in any language (api.round_search). */
struct proposal_numbers {
    int32_t *number;
    int n;
};
enum db_outcome proposals_search(struct db *db, struct arena *a, int32_t round, const char *words,
                                 struct proposal_numbers *out);
enum db_outcome exclusions_load(struct db *db, struct arena *a, int32_t round,
                                struct exclusions *out);
/* A proposal's long text, Markdown, in the language in which proposals_load_in found it; "" when
 * there is none. */
enum db_outcome proposal_body_load(struct db *db, struct arena *a, int32_t round,
                                   const struct proposal *p, const char **out);

/* The id of a frozen round. A slug never changes its round once that is frozen, so it is kept in
 * memory: casting a ballot asks no question of the database before the ballot box. Any thread.
 * `db` may be NULL: memory only. *id 0: no such round. */
enum db_outcome round_id_of(struct db *db, const char *slug, int32_t *id);

/* The words that the database uses, and the open data; literals. Reading another one asserts. */
const char *round_kind_word(enum round_kind it);
const char *round_phase_word(enum round_phase it);
const char *round_voters_word(enum round_voters it);
const char *round_residence_word(enum round_residence it);
enum round_kind round_kind_read(const char *word);
enum round_phase round_phase_read(const char *word);
/* Points and ranking: a ballot gives a number to each proposal. */
bool round_weighs(enum round_kind kind);

/* The proposal with this number, or NULL. */
const struct proposal *proposal_find(const struct proposals *all, int32_t number);
const struct pot *pot_find(const struct pots *all, int32_t ordinal);

#endif
