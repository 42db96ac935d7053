/* store_import.h: a CSV file on its way onto a register: read, kept with what is wrong with it, and
 * imported when the officer says so. Role wardmote_desk. */
#ifndef WM_STORE_IMPORT_H
#define WM_STORE_IMPORT_H

#include "common/db.h"
#include "server/csv_read.h"

enum { IMPORT_ROWS_MAX = 200000, IMPORT_NAME_MAX = 40 };

/* What a column of the file is for. */
enum import_role {
    IMPORT_IGNORED,
    IMPORT_ADDRESS, /* several: parts of the address, in the file's order */
    IMPORT_POSTCODE,
    IMPORT_UPRN,
    IMPORT_AREA,
    IMPORT_CODE,
    IMPORT_PHONE,
    IMPORT_PERSON, /* something that only people have: a row is one person */
    IMPORT_ROLES
};

struct import_columns {
    int n;
    enum import_role role[CSV_COLUMNS_MAX];
    const char *name[CSV_COLUMNS_MAX]; /* as the file says, in the arena */
    bool known;                        /* enough was recognised to read the file */
    bool postcode_last;                /* Xpress: addressline6 is the postcode */
};

/* A column's name without case, spaces and punctuation, cut to fit. */
void import_plain_name(const char *name, char out[IMPORT_NAME_MAX]);
/* Recognises the columns by their names (reference/web.md, 5.3, and plain ones). */
void import_columns_read(struct arena *arena, const struct csv_row *header,
                         struct import_columns *out);

enum import_outcome {
    IMPORT_READ,     /* *id is the import */
    IMPORT_NO_TEXT,  /* not a CSV file that we read */
    IMPORT_NO_ROWS,  /* nothing under the header */
    IMPORT_TOO_MANY, /* more than IMPORT_ROWS_MAX rows */
    IMPORT_UNKNOWN,  /* `columns` were not recognised: ask */
    IMPORT_NO_REGISTER
};

/* Reads a file by its own columns, or by `roles` (as many as it has columns; NULL: none) and keeps
 * the rows for api.desk_import. One transaction. *columns is filled whenever there is a header. */
enum db_outcome import_read(struct db *db, struct arena *arena, int32_t officer,
                            int32_t register_id, const char *bytes, size_t len,
                            const enum import_role *roles, int n_roles,
                            struct import_columns *columns, enum import_outcome *outcome,
                            int32_t *id);

struct import_seen {
    bool found; /* false: imported, given up, or another officer's */
    int32_t register_id, rows, bad;
    const char *name; /* the register's */
    char sha256[65];
    bool persons, whole;
    int64_t voters; /* that it would add */
};
enum db_outcome import_load(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                            struct import_seen *out);

struct import_row {
    int32_t n;
    const char *address, *postcode, *uprn, *area, *problem;
    bool code, phone;
};
/* At most 20. */
enum db_outcome import_sample(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                              struct import_row **rows, int *n);
/* *outcome: a word of api.desk_import_confirm. */
enum db_outcome import_confirm(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                               const char **outcome, int64_t *voters);

#endif
