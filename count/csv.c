/* csv.c: a streaming reader of semicolon-separated records; memory is one record and one chunk. */
#include "count/csv.h"

enum { AT_END = -1 };

/* Where the reader stands within a record. */
enum place { FIELD_START, PLAIN, QUOTED, QUOTE_SEEN };

void csv_open(struct csv *c, FILE *in)
{
    memset(c, 0, sizeof(*c));
    c->in = in;
    c->digest = digest_begin();
    c->next_line = 1;
    c->record = buf_new(CSV_RECORD_MAX);
}

void csv_close(struct csv *c)
{
    digest_end(c->digest, NULL);
    c->digest = NULL;
    buf_free(&c->record);
}

void csv_sha256(struct csv *c, uint8_t out[DIGEST_LEN])
{
    digest_end(c->digest, out);
    c->digest = NULL;
}

static bool fill(struct csv *c)
{
    bool first = c->bytes_read == 0;
    c->at = 0;
    c->filled = fread(c->chunk, 1, sizeof(c->chunk), c->in);
    digest_more(c->digest, c->chunk, c->filled);
    c->bytes_read += c->filled;
    if (first && c->filled >= 3 && memcmp(c->chunk, "\xEF\xBB\xBF", 3) == 0)
        c->at = 3;
    return c->at < c->filled;
}

static int peek(struct csv *c)
{
    if (c->at == c->filled && !fill(c))
        return AT_END;
    return (unsigned char)c->chunk[c->at];
}

/* Consumes one line end, whichever its kind, given that its first byte was consumed. */
static void end_line(struct csv *c, int first)
{
    c->next_line++;
    if (first == '\r' && peek(c) == '\n')
        c->at++;
}

static bool open_field(struct csv *c, struct refusal *why)
{
    if (c->field_count == CSV_FIELDS_MAX)
        return refuse(why, c->line, "more than %d fields on one line", CSV_FIELDS_MAX);
    c->starts[c->field_count++] = c->record.len;
    return true;
}

/* Adds one byte of the record; the next place, given the present one. */
static enum place take_byte(struct csv *c, enum place place, int byte)
{
    if (byte == '"' && place == FIELD_START)
        return QUOTED;
    if (byte == '"' && place == QUOTED)
        return QUOTE_SEEN;
    if (place == QUOTED && (byte == '\n' || byte == '\r')) {
        end_line(c, byte);
        byte = '\n';
    }
    c->ascii = c->ascii && byte < 0x80;
    /* After a closing quote: a second quote was an escaped one, anything else ends the quoting. */
    buf_char(&c->record, (char)byte);
    if (place == QUOTED || (place == QUOTE_SEEN && byte == '"'))
        return QUOTED;
    return PLAIN;
}

/* Bytes that may end a field, a record or a quotation, or that no text has. */
static bool is_special(char byte)
{
    return byte == ';' || byte == '"' || byte == '\n' || byte == '\r' || byte == '\0';
}

/* Takes the plain bytes that lie ahead in the chunk at once; nearly every byte of a file is one. */
static enum place take_run(struct csv *c, enum place place)
{
    size_t end = c->at;
    unsigned char seen = 0;
    for (; end < c->filled && !is_special(c->chunk[end]); end++)
        seen |= (unsigned char)c->chunk[end];
    if (end == c->at)
        return place;
    buf_add(&c->record, c->chunk + c->at, end - c->at);
    c->at = end;
    c->ascii = c->ascii && seen < 0x80;
    return place == QUOTED ? QUOTED : PLAIN;
}

/* Reads bytes up to the end of the record; the fields end up in c->record, each with its NUL. */
static bool read_record(struct csv *c, struct refusal *why)
{
    enum place place = FIELD_START;
    c->ascii = true;
    for (;;) {
        place = take_run(c, place);
        int byte = peek(c);
        bool in_quotes = place == QUOTED;
        if (byte == AT_END && in_quotes)
            return refuse(why, c->line, "a field begins with a quote (\") that is never closed");
        if (byte == AT_END)
            return true;
        c->at++;
        if (byte == '\0')
            return refuse(why, c->next_line, "a NUL byte: this is not a text file");
        if (!in_quotes && (byte == '\n' || byte == '\r')) {
            end_line(c, byte);
            return true;
        }
        if (!in_quotes && byte == ';') {
            buf_char(&c->record, '\0');
            if (!open_field(c, why))
                return false;
            place = FIELD_START;
        } else {
            place = take_byte(c, place, byte);
        }
        if (c->record.overflowed)
            return refuse(why, c->line, "a record of more than %d bytes%s", CSV_RECORD_MAX,
                          in_quotes ? " (is a quote not closed?)" : "");
        if (c->bytes_read > CSV_FILE_MAX)
            return refuse(why, c->line, "the file is too big");
    }
}

static size_t utf8_continuations(unsigned char lead)
{
    if (lead >= 0xC2 && lead <= 0xDF)
        return 1;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 2;
    return lead >= 0xF0 && lead <= 0xF4 ? 3 : 0;
}

/* Unicode 15, table 3-7: no overlong form, no surrogate, nothing past U+10FFFF. `s` ends with
 * NUL, so that looking one byte ahead is always allowed. */
static bool is_utf8(const char *s)
{
    const unsigned char *p = (const unsigned char *)s;
    while (*p != '\0') {
        unsigned char lead = *p++;
        if (lead < 0x80)
            continue;
        size_t more = utf8_continuations(lead);
        bool bad_second = (lead == 0xE0 && *p < 0xA0) || (lead == 0xED && *p > 0x9F) ||
                          (lead == 0xF0 && *p < 0x90) || (lead == 0xF4 && *p > 0x8F);
        if (more == 0 || bad_second)
            return false;
        for (; more > 0; more--, p++) {
            if ((*p & 0xC0) != 0x80)
                return false;
        }
    }
    return true;
}

static bool is_blank(char ch)
{
    return ch == ' ' || ch == '\t';
}

/* The field without blanks around it; `len` is its without its NUL. */
static char *trim(char *field, size_t len)
{
    for (; is_blank(*field); len--)
        field++;
    while (len > 0 && is_blank(field[len - 1]))
        field[--len] = '\0';
    return field;
}

/* Sets fields[i]; false when it is not UTF-8. */
static bool take_field(struct csv *c, size_t i)
{
    char *field = c->record.data + c->starts[i];
    size_t end = i + 1 < c->field_count ? c->starts[i + 1] : c->record.len;
    size_t len = end - c->starts[i] - 1;
    bool blanks = is_blank(*field) || (len > 0 && is_blank(field[len - 1]));
    if (blanks && c->blank_field == 0)
        c->blank_field = i + 1;
    c->fields[i] = trim(field, len);
    return c->ascii || is_utf8(c->fields[i]);
}

enum csv_status csv_next(struct csv *c, struct refusal *why)
{
    buf_clear(&c->record);
    c->field_count = 0;
    c->blank_field = 0;
    c->line = c->next_line;
    if (peek(c) == AT_END) {
        if (!ferror(c->in))
            return CSV_END;
        refuse(why, c->line, "the file could not be read to its end");
        return CSV_REFUSED;
    }
    if (!open_field(c, why) || !read_record(c, why))
        return CSV_REFUSED;
    buf_char(&c->record, '\0');
    if (c->record.overflowed) {
        refuse(why, c->line, "a record of more than %d bytes", CSV_RECORD_MAX);
        return CSV_REFUSED;
    }
    for (size_t i = 0; i < c->field_count; i++) {
        if (!take_field(c, i)) {
            refuse(why, c->line, "not UTF-8 text (field %zu)", i + 1);
            return CSV_REFUSED;
        }
    }
    if (c->field_count == 1 && c->fields[0][0] == '\0')
        c->field_count = 0;
    return CSV_RECORD;
}
