/* csv_read.h: CSV files as offices have them, row by row: RFC 4180, with commas, semicolons or tabs
 * between cells, LF or CR LF, UTF-8 with or without a byte order mark, or Windows-1252. Pure, one
 * thread, bounded: a row takes no more memory than struct csv_row has. Fuzzed by
 * tests/fuzz/fuzz_server_csv.c. */
#ifndef WM_CSV_READ_H
#define WM_CSV_READ_H

#include <stdbool.h>
#include <stddef.h>

enum { CSV_COLUMNS_MAX = 100, CSV_ROW_BYTES = 16384 };

struct csv {
    const char *at, *end;
    char separator;
    bool windows_1252; /* something in it is not UTF-8 */
    bool lines;        /* set after csv_begin: line breaks inside quotes stay, as LF; else spaces */
    int rows;          /* read so far */
};

struct csv_row {
    int n;      /* cells */
    int number; /* from 1, as a spreadsheet shows it: line breaks in quotes do not count */
    const char *cell[CSV_COLUMNS_MAX]; /* UTF-8, NUL-terminated, without white space at the ends;
                                          control characters are spaces */
    const char *problem; /* NULL: fine; else in the officer's words, and cells are not complete */
    char text[CSV_ROW_BYTES];
};

/* False: the file is no text that we read (UTF-16, or a spreadsheet's own format). The bytes must
 * outlive the reading. */
bool csv_begin(struct csv *c, const char *bytes, size_t len);
/* The next row that is not empty; false at the end. */
bool csv_next(struct csv *c, struct csv_row *row);

#endif
