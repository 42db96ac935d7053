/* check_inside.h: what the files check_*.c share; nobody else includes it. */
#ifndef COUNT_CHECK_INSIDE_H
#define COUNT_CHECK_INSIDE_H

#include "count/check.h"
#include "count/csv.h"
#include "count/election.h"
#include "count/voters.h"

enum weight { ERROR, WARNING };

enum check_section { IN_NONE, IN_META, IN_PROJECTS, IN_VOTES };

/* What a key or a column may hold. */
enum kind {
    KIND_TEXT,
    KIND_LIST, /* by commas, without blanks */
    KIND_INTEGER,
    KIND_NUMBER, /* with decimals, perhaps below 0 */
    KIND_AMOUNT, /* with decimals, 0 or more */
    KIND_LATITUDE,
    KIND_LONGITUDE,
    KIND_DATE,
    KIND_COUNTRY,
    KIND_LANGUAGE,
    KIND_CURRENCY,
    KIND_FLAG, /* 1 and nothing else */
    KIND_COMMENT,
    KIND_SELECTED,
    KIND_AGE,
    KIND_SEX,
    KIND_METHOD,
};

struct field {
    const char *name;
    enum kind kind;
    bool required;
    bool may_be_empty;
};

/* The fields that the format has for a section, in its order. */
struct fields {
    const struct field *list;
    size_t count;
};
extern const struct fields check_fields[IN_VOTES + 1];

/* Columns that the code asks for by name: the places of their names in the tables. */
enum {
    PROJECT_ID,
    PROJECT_COST,
    PROJECT_VOTES,
    PROJECT_SCORE,
    PROJECT_NAME,
    PROJECT_CATEGORY,
    PROJECT_BENEFICIARIES,
    PROJECT_SELECTED,
    PROJECT_NEIGHBORHOOD,
    PROJECT_SUBUNIT,
    PROJECT_DISTRICT,
    PROJECT_DESCRIPTION,
    PROJECT_PROPOSER,
    PROJECT_PUBLIC_ID,
    PROJECT_LATITUDE,
    PROJECT_LONGITUDE
};
enum {
    VOTE_VOTER,
    VOTE_PICKS,
    VOTE_POINTS,
    VOTE_AGE,
    VOTE_SEX,
    VOTE_METHOD,
    VOTE_DISTRICT,
    VOTE_NEIGHBORHOOD
};
enum { FIELDS_MAX = 64, NOT_THERE = -1 };

/* What META allows of one ballot. */
enum {
    MIN_LENGTH,
    MAX_LENGTH,
    MIN_SUM_COST,
    MAX_SUM_COST,
    MIN_POINTS,
    MAX_POINTS,
    MIN_SUM_POINTS,
    MAX_SUM_POINTS,
    LIMIT_COUNT
};
struct limit {
    bool given;
    mpq_t value;
};

/* Of one project, beside struct project. */
struct project_facts {
    bool cost_known;
    bool score_stated;
    mpq_t stated_score;
    mpq_t score;        /* all points of ballots, or Borda points */
    size_t last_ballot; /* the last that named it, from 1, */
    size_t last_place;  /* and where in that ballot, from 1 */
    bool has_place;     /* its coordinates are known */
    mpq_t latitude;
    mpq_t longitude;
};

/* The different words of one column. */
enum label_set {
    LABELS_CATEGORY,
    LABELS_BENEFICIARIES,
    LABELS_PROJECT_DISTRICT,
    LABELS_PROJECT_NEIGHBORHOOD,
    LABELS_VOTE_DISTRICT,
    LABELS_VOTE_NEIGHBORHOOD,
    LABEL_SETS
};
enum { LABELS_MAX = 1000, LABELS_ROOM = 4096, LABEL_LEN_MAX = 200 };
struct label {
    char *text;
    size_t line; /* where it first stands */
};
struct labels {
    struct label list[LABELS_MAX];
    size_t count;
    bool overfull;                 /* there are more: nothing is said of them */
    uint16_t by_hash[LABELS_ROOM]; /* index + 1, or 0 */
};

/* A voter_id that came again. */
struct repeat {
    char *id;
    size_t line;
    size_t first_line; /* 0 until it is looked up */
};

struct finding {
    size_t line; /* 0: the file as a whole */
    size_t order;
    enum weight weight;
    const char *code;
    char *words;
};
enum { CODES_MAX = 120 };
struct check_code {
    const char *code;
    const char *means;
};
extern const struct check_code check_codes[];
extern const size_t check_code_count;

struct checker {
    const char *file;
    struct finding *findings;
    size_t finding_count, finding_room;
    size_t counts[CODES_MAX]; /* of each code */
    size_t errors, warnings;

    struct csv *csv;
    struct election *e; /* META, budget and projects, as far as they can be read; no ballots */
    enum check_section section;
    size_t section_line;
    bool header_seen;
    bool stopped;           /* what follows cannot be judged */
    bool sections_complete; /* VOTES was reached and has a header */
    size_t width;
    const struct field *columns[CSV_FIELDS_MAX]; /* NULL: the format has no such column */
    int at[FIELDS_MAX]; /* by place in the table: its column, or NOT_THERE */
    bool had_votes, had_score, had_selected;

    bool budget_known;
    bool type_known;
    size_t last_field; /* META: place in the table of the key before */
    struct limit limits[LIMIT_COUNT];
    struct project_facts *facts;
    size_t facts_room;
    struct voters voters;
    struct repeat repeats[CHECK_EACH_MAX];
    size_t repeat_count;
    size_t ballots, picks, longest;
    int *vote;         /* the ballot that is read: indices of projects, or -1 */
    size_t vote_count; /* its words, those without meaning too */
    size_t vote_room;
    struct labels *labels[LABEL_SETS];
};

/* check.c */
void found(struct checker *c, enum weight weight, size_t line, const char *code, const char *format,
           ...) __attribute__((format(printf, 5, 6)));
const struct meta *check_meta_of(const struct checker *c, const char *key);
/* META's value; NULL when there is none or it is empty. */
const char *check_meta_text(const struct checker *c, const char *key);

/* check_scan.c: reads the file once. */
void check_scan(struct checker *c, FILE *in);
/* The cell of a known column of the row; "" when the column is not there. */
const char *check_cell(const struct checker *c, size_t field);
/* Looks up where the ids of c->repeats stand first, and tells. */
void check_repeats(struct checker *c, FILE *in);

/* check_fields.c */
/* The place in the section's table, or NOT_THERE; upper and lower case alike. */
int check_field_find(enum check_section section, const char *name);
/* `what` names the cell: "cost of \"7\"". */
void check_value(struct checker *c, const struct field *f, const char *value, const char *what);
void check_list_blanks(struct checker *c, const char *value, const char *what);
/* A decimal number, exact, perhaps below 0; limits of amount.h. */
bool check_number(const char *text, mpq_t out);
/* Such a number, or a sum of them, in digits; the caller frees it. */
struct buf check_number_words(const mpq_t number);

/* check_meta.c */
void check_meta_row(struct checker *c);
void check_meta_end(struct checker *c);
void check_counts(struct checker *c);

/* check_projects.c */
void check_project_row(struct checker *c);
void check_projects_end(struct checker *c); /* after the last project */
void check_recounts(struct checker *c);     /* after the last ballot */

/* check_votes.c */
void check_vote_row(struct checker *c);
void check_votes_end(struct checker *c);

/* check_labels.c */
void check_label_add(struct checker *c, enum label_set set, const char *text, size_t len);
void check_label_list(struct checker *c, enum label_set set, const char *list, const char *what);
void check_labels_end(struct checker *c);
void check_labels_free(struct checker *c);

/* check_rule.c: `e` is the whole file. */
void check_rule(struct checker *c, const struct election *e);

#endif
