/* store_postcode.h: which neighbourhoods a postcode lies in, and the table that says so. Residents'
 * questions with role wardmote_web, the table with wardmote_desk. Texts live in the arena. */
#ifndef WM_STORE_POSTCODE_H
#define WM_STORE_POSTCODE_H

#include "common/db.h"

/* --- finding ------------------------------------------------------------------------------ */
enum postcode_answer {
    POSTCODE_EXACT,  /* the table knows what was typed */
    POSTCODE_NEAR,   /* it knows only the beginning, `found` */
    POSTCODE_FORMAT, /* neither a postcode nor the beginning of one */
    POSTCODE_UNKNOWN
};

struct postcode_areas {
    enum postcode_answer answer;
    const char *found; /* "YO24"; "" when nothing was */
    struct {
        const char *slug, *name, *parent_name;
    } * area;
    int n;
};
enum db_outcome postcode_areas_load(struct db *db, struct arena *arena, const char *typed,
                                    struct postcode_areas *out);
/* Whether any postcode is known at all. */
enum db_outcome postcodes_known(struct db *db, bool *known);

/* --- the table ---------------------------------------------------------------------------- */
enum { POSTCODE_ROWS_MAX = 200000, POSTCODE_PROBLEMS_MAX = 20 };

struct postcode_table {
    bool may; /* this officer may replace it */
    int64_t postcodes, parts;
    int64_t loaded_at; /* DB_NO_TIME: not by an officer */
    const char *loaded_by, *sha256;
};
enum db_outcome postcode_table_load(struct db *db, struct arena *arena, int32_t officer,
                                    struct postcode_table *out);

enum postcode_file {
    POSTCODES_LOADED,
    POSTCODES_NO_TEXT,  /* not a CSV file that we read */
    POSTCODES_NO_ROWS,  /* nothing under the header */
    POSTCODES_TOO_MANY, /* more than POSTCODE_ROWS_MAX rows */
    POSTCODES_COLUMNS,  /* no column for the postcode, or none for the area */
    POSTCODES_BAD,      /* rows with something wrong: nothing was changed */
    POSTCODES_ROLE      /* not an administrator */
};

struct postcode_problem {
    int64_t row;
    const char *postcode, *problem;
};
struct postcode_load {
    enum postcode_file outcome;
    int64_t bad; /* rows with something wrong, in all */
    struct postcode_problem problem[POSTCODE_PROBLEMS_MAX];
    int n; /* of them told */
};
/* Reads a CSV file and puts it in the table's place, whole or not at all. */
enum db_outcome postcode_file_load(struct db *db, struct arena *arena, int32_t officer,
                                   const char *bytes, size_t len, struct postcode_load *out);

#endif
