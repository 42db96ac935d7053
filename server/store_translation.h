/* store_translation.h: proposals' words in other languages, at the desk. Role wardmote_desk. Texts
 * and lists live in the arena. */
#ifndef WM_STORE_TRANSLATION_H
#define WM_STORE_TRANSLATION_H

#include "common/db.h"
#include "common/language.h"
#include "server/store_desk_round.h"

enum translation_state {
    TRANSLATION_MISSING,
    TRANSLATION_PART, /* something that the English has is missing */
    TRANSLATION_OLD,  /* the English has changed since */
    TRANSLATION_DONE  /* residents read it */
};

struct translation_words {
    const char *title, *short_name, *summary, *body; /* "" where nothing is written */
};

struct translation_line {
    int32_t number;
    const char *title; /* the English one */
    enum language language;
    enum translation_state state;
};
struct translation_lines {
    struct translation_line *line;
    int n;
};
/* How every proposal of a round stands in every language that residents may choose, but English. */
enum db_outcome translations_load(struct db *db, struct arena *arena, int32_t officer,
                                  const char *slug, struct translation_lines *out);

struct translation_wording {
    int32_t revision, of_revision; /* its own, and that of the English beside it */
    int64_t at;                    /* unix microseconds */
    const char *who;               /* "": nobody known */
    struct translation_words words;
};
struct translation {
    enum translation_state state;
    struct translation_words english;    /* what the latest wording says */
    struct translation_wording *wording; /* the latest first, then at most WORDINGS_SHOWN + 1 */
    int n; /* 0 (and missing): nothing was written, or it is not this officer's */
};
/* The latest wording, and those next to it (`before` 0) or before wording `before`. */
enum db_outcome translation_load(struct db *db, struct arena *arena, int32_t officer,
                                 const char *slug, int32_t number, enum language language,
                                 int32_t before, struct translation *out);

/* *result: an outcome of api.desk_translation_save. `of`, `revision`: the English wording, and the
 * translation (0: none), that the officer had before them. */
enum db_outcome translation_save(struct db *db, struct arena *arena, int32_t officer,
                                 const char *slug, int32_t number, enum language language,
                                 const struct translation_words *words, int32_t of,
                                 int32_t revision, const char **result);

#endif
