/* csv_write.c: cells of a CSV file that a spreadsheet cannot take for formulas. */
#include "server/csv_write.h"

#include <string.h>

void csv_text(struct buf *out, const char *text)
{
    buf_char(out, '"');
    if (*text != '\0' && strchr("=+-@\t\r", *text) != NULL)
        buf_char(out, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            buf_char(out, '"');
        buf_char(out, *text == '\r' || *text == '\n' ? ' ' : *text);
    }
    buf_char(out, '"');
}

void csv_next_cell(struct buf *out, const char *text)
{
    csv_text(out, text);
    buf_char(out, ',');
}

void csv_last_cell(struct buf *out, const char *text)
{
    csv_text(out, text);
    buf_str_add(out, "\r\n");
}
