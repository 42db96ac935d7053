/* csv_read.c: reads CSV, cell by cell, into one row's memory. */
#include "server/csv_read.h"
#include "common/utf8.h"

#include "server/request_parse.h"
#include <stdint.h>
#include <string.h>

/* Windows-1252, 0x80 to 0x9F, as Unicode (WHATWG Encoding, index windows-1252); the five bytes
 * that stand for nothing become a question mark. */
static const uint16_t high[32] = {
    0x20AC, '?',    0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, '?',    0x017D, '?',    '?',    0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, '?',    0x017E, 0x0178,
};

static bool begins_with(const char *bytes, size_t len, const char *with, size_t with_len)
{
    return len >= with_len && memcmp(bytes, with, with_len) == 0;
}

/* The separator that the first line has most of, outside quotes. */
static char find_separator(const char *at, const char *end)
{
    static const char known[] = {',', ';', '\t'};
    int count[3] = {0}, most = 0;
    bool quoted = false;
    for (; at < end && (quoted || (*at != '\n' && *at != '\r')); at++) {
        quoted ^= *at == '"';
        for (int i = 0; i < 3; i++)
            count[i] += !quoted && *at == known[i];
    }
    for (int i = 1; i < 3; i++) {
        if (count[i] > count[most])
            most = i;
    }
    return known[most];
}

bool csv_begin(struct csv *c, const char *bytes, size_t len)
{
    if (begins_with(bytes, len, "\xFF\xFE", 2) || begins_with(bytes, len, "\xFE\xFF", 2) ||
        begins_with(bytes, len, "PK\x03\x04", 4) || begins_with(bytes, len, "\xD0\xCF\x11\xE0", 4))
        return false;
    size_t mark = begins_with(bytes, len, "\xEF\xBB\xBF", 3) ? 3 : 0;
    *c = (struct csv){.at = bytes + mark, .end = bytes + len};
    c->windows_1252 = !utf8_valid(c->at, len - mark);
    c->separator = find_separator(c->at, c->end);
    return true;
}

/* --- one row ------------------------------------------------------------------------------ */
struct writer {
    struct csv_row *row;
    size_t used;  /* of text */
    size_t start; /* of the cell */
    bool latin;
    bool lines;
};

static void put(struct writer *w, char byte)
{
    if (w->used < CSV_ROW_BYTES - 1)
        w->row->text[w->used++] = byte;
    else
        w->row->problem = "the row is too long";
}

static void put_byte(struct writer *w, unsigned char byte)
{
    uint16_t point = byte;
    if (w->lines && byte == '\r')
        return;
    if (w->lines && byte == '\n')
        point = '\n';
    else if (byte < 0x20 || byte == 0x7F)
        point = ' ';
    else if (w->latin && byte >= 0x80 && byte < 0xA0)
        point = high[byte - 0x80];
    if (!w->latin || point < 0x80) {
        put(w, (char)point);
    } else if (point < 0x800) {
        put(w, (char)(0xC0 | point >> 6));
        put(w, (char)(0x80 | (point & 0x3F)));
    } else {
        put(w, (char)(0xE0 | point >> 12));
        put(w, (char)(0x80 | (point >> 6 & 0x3F)));
        put(w, (char)(0x80 | (point & 0x3F)));
    }
}

/* Whether a byte stands in a cell as it is, wherever it comes. */
static bool is_plain(const struct writer *w, unsigned char byte)
{
    return byte >= 0x20 && byte != '"' && byte != 0x7F && (byte < 0x80 || !w->latin);
}

/* Takes what is plain, up to the separator; returns where it ends. */
static const char *put_plain(struct writer *w, const char *at, const char *end, char separator)
{
    const char *from = at;
    while (at < end && *at != separator && is_plain(w, (unsigned char)*at))
        at++;
    size_t len = (size_t)(at - from), room = CSV_ROW_BYTES - 1 - w->used;
    if (len > room) {
        w->row->problem = "the row is too long";
        len = room;
    }
    memcpy(w->row->text + w->used, from, len);
    w->used += len;
    return at;
}

static bool is_white(char c)
{
    return c == ' ' || c == '\n';
}

static void end_cell(struct writer *w)
{
    struct csv_row *row = w->row;
    while (w->used > w->start && is_white(row->text[w->used - 1]))
        w->used--;
    while (w->start < w->used && is_white(row->text[w->start]))
        w->start++;
    if (row->n == CSV_COLUMNS_MAX) {
        row->problem = "the row has too many cells";
        w->used = w->start;
        return;
    }
    row->cell[row->n++] = row->text + w->start;
    put(w, '\0');
    row->text[CSV_ROW_BYTES - 1] = '\0';
    w->start = w->used;
}

/* Inside quotes, from after the first one; returns where it goes on. */
static const char *read_quoted(struct writer *w, const char *at, const char *end)
{
    for (; at < end; at++) {
        at = put_plain(w, at, end, '"');
        if (at == end)
            break;
        if (*at == '"' && at + 1 < end && at[1] == '"')
            at++;
        else if (*at == '"')
            return at + 1;
        put_byte(w, (unsigned char)*at);
    }
    w->row->problem = "a quotation mark is not closed";
    return at;
}

/* Reads to the end of the line and past it. */
static const char *read_line(struct writer *w, const char *at, const char *end, char separator)
{
    bool first = true; /* of the cell: only there a quote begins one */
    for (; at < end && *at != '\n' && *at != '\r'; first = false) {
        at = put_plain(w, at, end, separator);
        first = first && w->used == w->start;
        if (at == end || *at == '\n' || *at == '\r')
            break;
        if (*at == '"' && first) {
            at = read_quoted(w, at + 1, end);
        } else if (*at == separator) {
            end_cell(w);
            first = true;
            at++;
            if (at < end && *at == '"') {
                at = read_quoted(w, at + 1, end);
            }
        } else {
            put_byte(w, (unsigned char)*at++);
        }
    }
    end_cell(w);
    if (at < end && *at == '\r')
        at++;
    if (at < end && *at == '\n')
        at++;
    return at;
}

static bool is_empty(const struct csv_row *row)
{
    for (int i = 0; i < row->n; i++) {
        if (row->cell[i][0] != '\0')
            return false;
    }
    return row->problem == NULL;
}

bool csv_next(struct csv *c, struct csv_row *row)
{
    while (c->at < c->end) {
        struct writer w = {.row = row, .latin = c->windows_1252, .lines = c->lines};
        row->n = 0;
        row->problem = NULL;
        c->at = read_line(&w, c->at, c->end, c->separator);
        row->number = ++c->rows;
        if (!is_empty(row))
            return true;
    }
    return false;
}
