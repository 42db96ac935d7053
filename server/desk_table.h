/* desk_table.h: tables on the desk's pages. On a phone each row is a block of its own, in which
 * every cell says what it is; wider than a larger window, a table scrolls inside its own frame,
 * which a keyboard reaches too. */
#ifndef WM_DESK_TABLE_H
#define WM_DESK_TABLE_H

#include "server/html.h"

struct desk_table {
    struct html *h;
    const char *name;         /* what is in it */
    bool caption;             /* the name stands above it; else only those hear it who cannot see */
    const char *const *heads; /* one a column */
    int n;
    unsigned numeric; /* bit i: column i holds numbers */
    int at;           /* the column that comes next */
};

/* Up to the first row, and what comes after the last. */
void table_begin(struct desk_table *t);
void table_end(struct desk_table *t);
/* A row, and the same that begins with a cell that heads it. */
void table_row_begin(struct desk_table *t);
void table_row_head(struct desk_table *t, const char *text);
void table_row_end(struct desk_table *t);
/* Cells in their order: of text, of a number, of what is written between begin and end. */
void table_cell(struct desk_table *t, const char *text);
void table_number(struct desk_table *t, int64_t n);
void table_cell_begin(struct desk_table *t);
/* The same, for what has a bar under it. */
void table_bar_begin(struct desk_table *t);
void table_cell_end(struct desk_table *t);

#endif
