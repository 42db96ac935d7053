/* store_register.h: what the officers' desk asks about registers, their voters and codes. Role
 * wardmote_desk. Texts and lists live in the arena. */
#ifndef WM_STORE_REGISTER_H
#define WM_STORE_REGISTER_H

#include "common/db.h"

struct desk_register {
    int32_t id;
    const char *name, *area, *area_slug, *kind; /* kind: "codes", "phones", "imported" */
    int64_t voters, addresses, codes, phones;
    int64_t due; /* voters who never had a code */
    int32_t codes_per_address, extra_cap;
    int64_t retired_at; /* DB_NO_TIME: in use */
};
struct desk_registers {
    struct desk_register *one;
    int n;
};
/* Those of the officer's areas; `id` not 0: that one, if it is among them. */
enum db_outcome desk_registers(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                               struct desk_registers *out);

/* Makes a register (id 0) or changes its name and numbers. *outcome is a word of
 * api.desk_register_save; *id the register when it is "saved". */
enum db_outcome desk_register_save(struct db *db, struct arena *arena, int32_t officer,
                                   const struct desk_register *typed, const char **outcome,
                                   int32_t *id);
enum db_outcome desk_register_retire(struct db *db, struct arena *arena, int32_t officer,
                                     int32_t id, const char **outcome);

/* Files that were added to a register, the newest first. */
struct desk_register_file {
    int64_t at, voters;
    const char *who;
    int32_t addresses;
};
struct desk_register_files {
    struct desk_register_file *one;
    int n;
};
enum db_outcome desk_register_files(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                                    struct desk_register_files *out);

/* Codes for voters of a register who never had one. */
struct desk_issued {
    const char *serial, *address, *area;
};
/* `lookups` holds n keyed hashes of 32 bytes; *issued (n or fewer, *n_issued) in their order. */
enum db_outcome desk_codes_register(struct db *db, struct arena *arena, int32_t officer,
                                    int32_t register_id, const uint8_t (*lookups)[32], int n,
                                    struct desk_issued **issued, int *n_issued);

struct desk_code {
    const char *serial, *address, *area, *register_name;
    const char *issued_as;        /* "batch", "lost", "extra", "import" */
    int64_t issued_at, voided_at; /* voided_at DB_NO_TIME: good */
    const char *reason;           /* why it is void */
    bool used;                    /* a ballot was cast with it, or by its voter */
    bool waits, mine;             /* a second officer is asked to void it; by this officer */
    const char *asked_by, *wanted;
    unsigned roles; /* ROLE_… of the officer in its area */
};
struct desk_codes {
    struct desk_code *one;
    int n;
};
/* By serial, or words of the address (3 letters or more). */
enum db_outcome desk_code_find(struct db *db, struct arena *arena, int32_t officer,
                               const char *words, struct desk_codes *out);
/* *outcome: a word of api.desk_code_void, of api.desk_code_void_decide. */
enum db_outcome desk_code_void(struct db *db, struct arena *arena, int32_t officer,
                               const char *serial, const char *reason, const char **outcome);
enum db_outcome desk_code_void_decide(struct db *db, struct arena *arena, int32_t officer,
                                      const char *serial, bool grant, const char **outcome);

enum desk_replace { DESK_CODE_LOST, DESK_CODE_EXTRA };
/* A new code, in place of a lost one or beside it. *outcome: a word of api.desk_code_reissue or
 * api.desk_code_extra; *issued is filled when it is "issued". */
enum db_outcome desk_code_replace(struct db *db, struct arena *arena, int32_t officer,
                                  enum desk_replace which, const char *serial,
                                  const uint8_t lookup[32], const char *reason,
                                  const char **outcome, struct desk_issued *issued);

/* Wrong codes in the last hour when there are so many that somebody may be guessing; else 0. */
enum db_outcome desk_alarm(struct db *db, int32_t *wrong);

#endif
