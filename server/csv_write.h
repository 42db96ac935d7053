/* csv_write.h: cells of a CSV file (RFC 4180) that a spreadsheet cannot take for formulas. Pure. */
#ifndef WM_CSV_WRITE_H
#define WM_CSV_WRITE_H

#include "common/buf.h"

/* A text, quoted always, alone or with what ends it: a comma, or CR LF after the last of a row. A
 * spreadsheet takes a cell that begins with = + - @, a tab or a carriage return for a formula: an
 * apostrophe before it makes it text. Line breaks inside become spaces. */
void csv_text(struct buf *out, const char *text);
void csv_next_cell(struct buf *out, const char *text);
void csv_last_cell(struct buf *out, const char *text);

#endif
