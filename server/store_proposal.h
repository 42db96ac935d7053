/* store_proposal.h: proposals of draft rounds: saved, published, every wording kept, files of them,
 * and the private link to read a draft. Role wardmote_desk, where nothing else is said. Texts and
 * lists live in the arena. */
#ifndef WM_STORE_PROPOSAL_H
#define WM_STORE_PROPOSAL_H

#include "server/proposal_sheet.h"
#include "server/store_desk_round.h"

/* `number` -1 writes a new one; proposal->revision is the wording that the officer read, 0: any.
 * *result: an outcome of api.desk_proposal_save. */
enum db_outcome desk_proposal_save(struct db *db, struct arena *arena, int32_t officer,
                                   const char *slug, int32_t number,
                                   const struct desk_proposal *proposal, const char **result,
                                   int32_t *saved);
/* *result: an outcome of api.desk_proposal_publish. */
enum db_outcome desk_proposal_publish(struct db *db, struct arena *arena, int32_t officer,
                                      const char *slug, int32_t number, const char **result);

/* --- wordings ----------------------------------------------------------------------------- */
struct proposal_wording {
    int64_t at;      /* unix microseconds */
    const char *who; /* "": nobody known */
    const char *pot;
    struct desk_proposal text; /* its texts, cost and revision */
};
struct proposal_wordings {
    struct proposal_wording
        *wording; /* the newest first; one past WORDINGS_SHOWN to compare with */
    int n;
};
/* The latest (`before` 0), or those before a wording. */
enum db_outcome desk_proposal_history(struct db *db, struct arena *arena, int32_t officer,
                                      const char *slug, int32_t number, int32_t before,
                                      struct proposal_wordings *out);

/* --- files of proposals ------------------------------------------------------------------- */
/* Keeps a sheet for its dry run. *id 0: there is no such draft round for this officer. */
enum db_outcome proposal_import_begin(struct db *db, int32_t officer, const char *slug,
                                      const uint8_t sha256[32], const struct proposal_sheet *sheet,
                                      int32_t *id);
struct proposal_import {
    const char *slug;   /* NULL: there is no such file, or it was added */
    const char *sha256; /* in hexadecimal */
    struct proposal_sheet sheet;
};
enum db_outcome proposal_import_find(struct db *db, struct arena *arena, int32_t officer,
                                     int32_t id, struct proposal_import *out);
/* Keeps what the columns are for. */
enum db_outcome proposal_import_roles(struct db *db, int32_t officer, int32_t id,
                                      const struct proposal_sheet *sheet);
/* *result: an outcome of api.desk_proposal_import_add. */
enum db_outcome proposal_import_add(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                                    const struct desk_proposal *proposals, int n,
                                    const char **result);

struct proposal_import_done {
    int32_t id;
    int32_t added;   /* 0: not known, they were taken out before it was kept */
    int32_t changed; /* of those that are there, changed or published since */
    int64_t at;
    const char *who;
    bool undone;
};
struct proposal_imports {
    struct proposal_import_done *done; /* the newest first */
    int n;
};
enum db_outcome proposal_imports(struct db *db, struct arena *arena, int32_t officer,
                                 const char *slug, struct proposal_imports *out);
/* *result: an outcome of api.desk_proposal_import_undo. */
enum db_outcome proposal_import_undo(struct db *db, struct arena *arena, int32_t officer,
                                     const char *slug, int32_t id, const char **result);

/* --- the private link --------------------------------------------------------------------- */
enum { PREVIEW_KEY_LEN = 26 };
/* Makes a key, which is nowhere but in `key` afterwards; NULL ends the link. *result: an outcome of
 * api.desk_preview_link. */
enum db_outcome preview_link_set(struct db *db, struct arena *arena, int32_t officer,
                                 const char *slug, char *key, const char **result);
/* Until when it is good; DB_NO_TIME: there is none. */
enum db_outcome preview_link_until(struct db *db, int32_t officer, const char *slug,
                                   int64_t *until);

struct preview {
    const char *slug; /* NULL: the link is no good */
    const char *area, *title, *about;
    int64_t opens_at, closes_at, expires_at;
    bool frozen;
    struct preview_proposal {
        struct desk_proposal text;
        const char *pot; /* "" where there is one only */
    } * proposal;
    int n;
};
/* What a link shows. Role wardmote_web. */
enum db_outcome preview_round(struct db *db, struct arena *arena, const char *key,
                              struct preview *out);

#endif
