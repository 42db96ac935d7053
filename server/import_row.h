/* import_row.h: one row of a file of voters: what it says and what is wrong with it by itself; and
 * the same packed, as it waits in the database for the officer's yes. Pure but for the keys of
 * codes and numbers (secret_start); any thread. */
#ifndef WM_IMPORT_ROW_H
#define WM_IMPORT_ROW_H

#include "common/phone.h"
#include "common/secret.h"
#include "server/import_columns.h"

enum {
    IMPORT_ADDRESS_MAX = 300,
    IMPORT_POSTCODE_MAX = 10,
    IMPORT_UPRN_MAX = 12,
    IMPORT_AREA_MAX = 80,
    IMPORT_SEALED_MAX = PHONE_LEN + SECRET_SEAL_EXTRA,
    IMPORT_LOOKUP = 32 /* bytes of a keyed hash */
};

struct import_entry {
    int number; /* as a spreadsheet shows it */
    char address[IMPORT_ADDRESS_MAX + 1], postcode[IMPORT_POSTCODE_MAX + 1];
    char uprn[IMPORT_UPRN_MAX + 1], area[IMPORT_AREA_MAX + 1];
    const char *problem; /* "" or a literal */
    bool has_code, has_phone;
    uint8_t code[IMPORT_LOOKUP], phone[IMPORT_LOOKUP], sealed[IMPORT_SEALED_MAX];
    size_t sealed_len;
};

/* Reads a row. `persons`: a row is a person; else an address. False: it stands for nothing. */
bool import_entry_read(const struct csv_row *row, const struct import_columns *columns,
                       bool persons, struct import_entry *out);

/* A packed row: u32 address, u8 1 for a code and 2 for a number, u8 length of the sealed number,
 * i32 area, u16 length of the address, u8 of the postcode, u8 of the UPRN, those three, code,
 * number, sealed number. Little-endian. `address` counts the file's addresses from 0; `area` is a
 * neighbourhood's id. */
enum {
    IMPORT_PACKED_HEAD = 14,
    IMPORT_PACKED_MAX = IMPORT_PACKED_HEAD + IMPORT_ADDRESS_MAX + IMPORT_POSTCODE_MAX +
                        IMPORT_UPRN_MAX + 2 * IMPORT_LOOKUP + IMPORT_SEALED_MAX,
    IMPORT_NO_ADDRESS = -1
};

/* A look into a packed row; points into its bytes, which have no NULs. */
struct import_packed {
    int32_t address, area;
    const char *text; /* address, postcode and UPRN */
    size_t address_len, postcode_len, uprn_len;
    const uint8_t *code, *phone, *sealed; /* NULL: none */
    size_t sealed_len, len;               /* len: of the whole row */
};

/* Packs an entry, with neither address nor area. */
void import_pack(struct buf *rows, const struct import_entry *e);
/* Writes into the packed row what was found out about it. */
void import_packed_place(char *row, int32_t address, int32_t area);
/* Reads the row at `row`. False, with a bug in the log's words to come from the caller, unless all
 * of it lies within `left` bytes. */
bool import_unpack(const char *row, size_t left, struct import_packed *out);
/* What persons at one address have in common: area, address, postcode and UPRN. */
const char *import_packed_home(const char *row, const struct import_packed *p, size_t *len);

#endif
