/* import_file.h: a whole file of voters: its rows packed, what is wrong with each by itself or
 * beside an earlier one, and what must be asked about it: the names of areas, postcodes, UPRNs,
 * codes and numbers. No database; one thread; about 100 bytes a row. */
#ifndef WM_IMPORT_FILE_H
#define WM_IMPORT_FILE_H

#include "server/import_row.h"

enum {
    IMPORT_ROWS_MAX = 200000,
    IMPORT_SAMPLE = 20,
    /* Of rows that are kept together: bytes before the last, and rows, as a short one may stand for
     * as many voters as a long one. */
    IMPORT_PART_BYTES = 1 << 20,
    IMPORT_PART_ROWS = 16384
};

enum import_outcome {
    IMPORT_READ,     /* *id is the import */
    IMPORT_NO_TEXT,  /* not a CSV file that we read */
    IMPORT_NO_ROWS,  /* nothing under the header */
    IMPORT_TOO_MANY, /* more than IMPORT_ROWS_MAX rows */
    IMPORT_UNKNOWN,  /* `columns` were not recognised: ask */
    IMPORT_NO_REGISTER
};

/* What is wrong with a row; of several the first here is told. */
enum import_fault {
    IMPORT_GOOD,
    IMPORT_UNREADABLE, /* in the words of import_row.c */
    IMPORT_AREA_UNKNOWN,
    IMPORT_AREA_OTHER,
    IMPORT_UPRN_TWICE,
    IMPORT_UPRN_KNOWN,
    IMPORT_CODE_TWICE,
    IMPORT_CODE_KNOWN,
    IMPORT_PHONE_TWICE,
    IMPORT_PHONE_KNOWN,
    IMPORT_FAULTS
};

/* Different words of a file, in the order in which they came first. */
struct import_words {
    struct buf bytes; /* each with its NUL */
    uint32_t *at;
    uint32_t n, last; /* last: the one that came last */
    struct byte_index *index;
};

struct import_line {
    const char *words;  /* of what is unreadable */
    uint32_t at;        /* of its packed row */
    int32_t number;     /* as a spreadsheet shows it */
    int32_t word;       /* of `areas`; or below 0, -1 - that of `postcodes` */
    int32_t first;      /* of what stands twice: the earlier row's number */
    uint8_t read_fault; /* enum import_fault, by the file alone */
    uint8_t fault;      /* and by what was asked */
};

struct import_file {
    struct buf rows;
    struct import_line *line;
    int n;
    bool persons;
    bool has_uprns, has_codes, has_phones; /* that must be new; UPRNs of addresses only */
    struct import_words areas, postcodes;
};

/* Reads the rows under the header. IMPORT_READ, IMPORT_NO_ROWS or IMPORT_TOO_MANY; free it after
 * any. */
enum import_outcome import_file_read(struct import_file *f, struct csv *csv,
                                     const struct import_columns *columns, bool persons);
void import_file_free(struct import_file *f); /* wipes the rows */

const char *import_word(const struct import_words *w, int32_t i);
/* The row as it is packed; points into the file. */
struct import_packed import_file_row(const struct import_file *f, int i);

/* What a row has that must be new, of the kind that a fault (UPRN, CODE or PHONE) is about; NULL:
 * nothing. */
const void *import_thing(const struct import_packed *p, enum import_fault fault, size_t *len);

/* Forgets what was asked. */
void import_file_again(struct import_file *f);
void import_file_fault(struct import_file *f, int i, enum import_fault fault);
/* Which area each row lies in: `areas` and `postcodes` have the id of each word's, 0 where it has
 * none; a postcode's is IMPORT_ELSEWHERE outside the register's. Rows without either are the
 * register's own. */
enum { IMPORT_ELSEWHERE = -1 };
void import_file_place(struct import_file *f, const int32_t *areas, const int32_t *postcodes);
/* How many rows have something wrong. */
int import_file_bad(const struct import_file *f);
/* Once none has: gives each row its address and its area, the register's where nothing said
 * another, and returns how many addresses there are. */
int import_file_settle(struct import_file *f, int32_t register_area);
/* The row after the last of a part that begins with `from`. */
int import_file_part(const struct import_file *f, int from);
/* What is wrong, in the officer's words; "" nothing. */
const char *import_file_words(const struct import_file *f, int i, struct arena *arena);

#endif
