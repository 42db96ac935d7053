/* db_fixture.h: what test_db.c and test_db_trouble.c share: two connections to a private database.
 * For those two files only; each runs in a process of its own. */
#ifndef WM_DB_FIXTURE_H
#define WM_DB_FIXTURE_H

#include "common/db.h"

enum { SKIPPED = 77 };

static const char *conninfo;
static struct db *db, *other;

static inline int set_up(void **state)
{
    (void)state;
    db = db_new(conninfo, NULL, "test");
    other = db_new(conninfo, NULL, "test other");
    return db_open(db) == DB_OK && db_open(other) == DB_OK ? 0 : -1;
}

static inline int tear_down(void **state)
{
    (void)state;
    db_free(db);
    db_free(other);
    return 0;
}

/* False, told: WM_TEST_DB names no database. */
static inline bool there_is_a_database(const char *test)
{
    conninfo = getenv("WM_TEST_DB");
    if (conninfo == NULL)
        printf("%s: skipped: WM_TEST_DB names no database\n", test);
    return conninfo != NULL;
}

#endif
