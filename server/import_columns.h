/* import_columns.h: what the columns of an office's file are for, by their names. Pure; any thread.
 */
#ifndef WM_IMPORT_COLUMNS_H
#define WM_IMPORT_COLUMNS_H

#include "common/buf.h"
#include "server/csv_read.h"

enum { IMPORT_NAME_MAX = 40 };

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

#endif
