/* store_import.h: a CSV file on its way onto a register: read, kept with what is wrong with it, and
 * added when the officer says so. Role wardmote_desk but for import_add, which opens a connection
 * of its own (role wardmote_import). */
#ifndef WM_STORE_IMPORT_H
#define WM_STORE_IMPORT_H

#include "common/db.h"
#include "server/import_file.h"

/* Reads a file by its own columns, or by `roles` (as many as it has columns; NULL: none) and keeps
 * the rows for api.desk_import. One transaction. *columns is filled whenever there is a header. */
enum db_outcome import_read(struct db *db, struct arena *arena, int32_t officer,
                            int32_t register_id, const char *bytes, size_t len,
                            const enum import_role *roles, int n_roles,
                            struct import_columns *columns, enum import_outcome *outcome,
                            int32_t *id);

struct import_seen {
    bool found; /* false: imported, given up, or another officer's */
    int32_t register_id, rows, bad;
    const char *name; /* the register's */
    char sha256[65];
    bool persons, whole;
    int64_t voters; /* that it would add */
};
enum db_outcome import_load(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                            struct import_seen *out);

struct import_row {
    int32_t n;
    const char *address, *postcode, *uprn, *area, *problem;
    bool code, phone;
};
/* At most 20. */
enum db_outcome import_sample(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                              struct import_row **rows, int *n);
/* Forgets a file. *register_id: where it would have gone; 0: it is not this officer's, or it was
 * added. */
enum db_outcome import_give_up(struct db *db, int32_t officer, int32_t id, int32_t *register_id);
/* The officer's yes: all or nothing. `from`: their address, for the record. *outcome: a word of
 * api.desk_import_take, or "changed" where a code or a number came onto a register meanwhile.
 * (store_import_add.c) */
enum db_outcome import_add(struct arena *arena, int32_t officer, const char *from, int32_t id,
                           const char **outcome);

#endif
