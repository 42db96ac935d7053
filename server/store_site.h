/* store_site.h: the site's words and colour, and the database. */
#ifndef WM_STORE_SITE_H
#define WM_STORE_SITE_H

#include "common/buf.h"
#include "server/site.h"

/* What every page says. Role wardmote_web. */
enum db_outcome site_load(struct db *db, struct site *out);

/* Markdown; "" where there is none. Role wardmote_web. */
struct site_words {
    const char *about, *privacy;
};
enum db_outcome site_words_load(struct db *db, struct arena *arena, struct site_words *out);

/* As an administrator sees and changes it. Role wardmote_desk. */
struct desk_site {
    bool found; /* false: the officer is no administrator */
    const char *banner, *colour, *about, *privacy, *changed_by;
    const char *until;  /* the banner's last day: read "14/12/2026", written "2026-12-14"; "" */
    int64_t changed_at; /* unix microseconds or DB_NO_TIME */
};
enum db_outcome desk_site_load(struct db *db, struct arena *arena, int32_t officer,
                               struct desk_site *out);
/* *result: an outcome of api.desk_site_save. */
enum db_outcome desk_site_save(struct db *db, struct arena *arena, int32_t officer,
                               const struct desk_site *site, const char **result);

#endif
