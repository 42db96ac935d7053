/* sheet.h: a table for spreadsheets, and its CSV (RFC 4180). ods.h writes the same as ODS. Pure;
 * a sheet lives in the arena that it is begun with. */
#ifndef WM_SHEET_H
#define WM_SHEET_H

#include "common/buf.h"

enum cell_kind {
    CELL_TEXT,
    CELL_NUMBER, /* a proposal's: "0017", never 17 */
    CELL_COUNT,
    CELL_MONEY,   /* pence; CSV has pounds: 1200.50 */
    CELL_DEGREES, /* hundred-thousandths of a degree: -1.11900 */
    CELL_YES,     /* yes or no */
    CELL_NONE     /* empty */
};

struct cell {
    enum cell_kind kind;
    const char *text; /* CELL_TEXT; not copied */
    int64_t n;
};

struct sheet {
    const char *name; /* of its tab */
    const char *const *heads;
    int columns, rows, max_rows;
    struct cell *cells; /* row after row */
    int n;              /* cells put so far */
};

/* A sheet with one column for each of `heads` (NULL ends them; the array must outlive it), for at
 * most `max_rows` rows. */
struct sheet sheet_new(struct arena *a, const char *name, const char *const *heads, int max_rows);
/* The next cell, from left to right, row after row. */
void sheet_text(struct sheet *s, const char *text);
void sheet_put(struct sheet *s, enum cell_kind kind, int64_t n);

/* Texts are quoted, and guarded as csv_write.h says. */
void sheet_csv(struct buf *out, const struct sheet *s);

#endif
