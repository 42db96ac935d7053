/* csv.h: records of semicolon-separated text, read as a stream.
 *
 * UTF-8, with or without a byte order mark; lines end with LF, CRLF or CR, the last one may lack
 * its end. A field that begins with '"' runs to the next single '"' ('""' inside is one '"') and
 * may hold semicolons and line ends; whatever stands between it and the next semicolon is kept
 * as it is, and so is a '"' within a field that did not begin with one (as RFC 4180 leaves open
 * and Python's csv module, with which published files were made, does). */
#ifndef COUNT_CSV_H
#define COUNT_CSV_H

#include <stdio.h>

#include "common/buf.h"
#include "common/digest.h"
#include "count/refusal.h"

enum {
    CSV_RECORD_MAX = 1 << 20, /* bytes of one record */
    CSV_FIELDS_MAX = 200,
    CSV_CHUNK = 1 << 16,
};
#define CSV_FILE_MAX ((uint64_t)4 << 30) /* bytes of one file */

enum csv_status { CSV_RECORD, CSV_END, CSV_REFUSED };

struct csv {
    /* The record that was read last; valid until the next csv_next. */
    char *fields[CSV_FIELDS_MAX]; /* each NUL-terminated, spaces and tabs at its ends removed */
    size_t field_count;           /* 0 for an empty line */
    size_t line;                  /* the line on which it begins */
    size_t blank_field;           /* the first of which blanks were removed, from 1; 0: none */

    /* Private. */
    FILE *in;
    struct digest *digest;
    uint64_t bytes_read;
    size_t next_line;
    struct buf record;
    bool ascii; /* the record has nothing else so far */
    size_t starts[CSV_FIELDS_MAX];
    size_t at;
    size_t filled;
    char chunk[CSV_CHUNK];
};

/* Reads from `in`, which stays the caller's. The struct is big: allocate it. */
void csv_open(struct csv *c, FILE *in);
void csv_close(struct csv *c);

/* Reads the next record into c->fields. CSV_REFUSED fills in *why. */
enum csv_status csv_next(struct csv *c, struct refusal *why);

/* The hash of the whole file; call once, after CSV_END. */
void csv_sha256(struct csv *c, uint8_t out[DIGEST_LEN]);

#endif
