/* store_delivery.h: what became of funded projects, and the database. Thread: a worker's, with its
 * own connection; everything read lives in the arena. */
#ifndef WM_SERVER_STORE_DELIVERY_H
#define WM_SERVER_STORE_DELIVERY_H

#include "common/db.h"
#include "common/language.h"

/* One report. */
struct delivery_report {
    int64_t at;
    const char *state, *note;
    int64_t spent;       /* pence, so far */
    const char *officer; /* who wrote it; "" for residents */
};

/* A funded project and its reports, newest first. */
struct delivery {
    const char *slug, *round, *title;
    enum language language; /* of the title */
    int32_t number;
    int64_t cost; /* pence */
    bool due;     /* nothing was reported for 90 days; for officers */
    struct delivery_report *report;
    int reports; /* 0: nothing was reported yet */
};
struct deliveries {
    struct delivery *project;
    int n;
};

/* With titles in a language, each as far as it is translated into it. Of an area's rounds (`slug`
 * NULL), or of one round (`area` NULL); empty while no result is published. */
enum db_outcome deliveries_load(struct db *db, struct arena *a, const char *area, const char *slug,
                                enum language language, struct deliveries *out);
/* For an officer: of all their areas (`slug` NULL), those that are due first; or one project. */
enum db_outcome desk_deliveries(struct db *db, struct arena *a, int32_t officer, const char *slug,
                                int32_t number, struct deliveries *out);
/* *result: the outcomes of api.desk_delivery_write. */
enum db_outcome desk_delivery_write(struct db *db, struct arena *a, int32_t officer,
                                    const char *slug, int32_t number,
                                    const struct delivery_report *report, const char **result);

/* The project of that number, or NULL. */
const struct delivery *delivery_find(const struct deliveries *all, int32_t number);
/* How it stands: a word of the table, "not_started" where nothing was reported; pence, or 0. */
const char *delivery_state(const struct delivery *d);
int64_t delivery_spent(const struct delivery *d);

#endif
