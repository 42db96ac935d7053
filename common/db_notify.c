/* db_notify.c: waiting for notifications, and the check that program and schema belong together. */
#include "common/db_private.h"

#include "common/log.h"
#include <errno.h>
#include <poll.h>

enum { CHANNEL_MAX = 40 };

/* LISTEN takes no parameter, so the channel's letters are checked instead. */
enum db_outcome db_listen(struct db *db, const char *channel)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz_";
    struct buf sql = buf_new(CHANNEL_MAX + 16);
    MUST(strspn(channel, letters) == strlen(channel) && strlen(channel) <= CHANNEL_MAX &&
         *channel != '\0');
    if (db_open(db) != DB_OK)
        return DB_LOST;
    buf_fmt(&sql, "listen %s", channel);
    PGresult *result = PQexec(db->conn, buf_str(&sql));
    bool fine = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    buf_free(&sql);
    if (!fine)
        db_close(db);
    return fine ? DB_OK : DB_LOST;
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Takes all notifications that have arrived. */
static bool take(struct db *db)
{
    bool any = false;
    PGnotify *n;
    while ((n = PQnotifies(db->conn)) != NULL) {
        PQfreemem(n);
        any = true;
    }
    return any;
}

enum db_outcome db_wait(struct db *db, int timeout_ms, int wake_fd, bool *notified)
{
    int64_t end = now_ms() + timeout_ms;
    *notified = false;
    while (db_is_open(db)) {
        if (take(db)) {
            *notified = true;
            return DB_OK;
        }
        struct pollfd fds[2] = {{.fd = PQsocket(db->conn), .events = POLLIN},
                                {.fd = wake_fd, .events = POLLIN}};
        int64_t left = end - now_ms();
        int ready = poll(fds, 2, left > 0 ? (int)left : 0);
        if (ready < 0 && errno != EINTR)
            break;
        if (ready > 0 && fds[0].revents != 0 && PQconsumeInput(db->conn) != 1)
            break;
        if (ready > 0 && fds[0].revents != 0)
            continue;
        if (ready == 0 || (ready > 0 && fds[1].revents != 0))
            return DB_OK;
    }
    db_close(db);
    return DB_LOST;
}

DB_STATEMENT(schema_version, "select api.schema_version()::integer");

enum db_outcome db_check_schema(struct db *db, int wanted, struct buf *error)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(db, &schema_version, NULL, &rows);
    if (outcome == DB_OK) {
        int found = db_int4(rows, 0, 0);
        if (found != wanted) {
            buf_fmt(error,
                    "the database has schema version %d, this program needs %d: run "
                    "schema/migrate.sh or install the other version",
                    found, wanted);
            outcome = DB_REFUSED;
        }
    } else if (outcome == DB_REFUSED) {
        buf_str_add(error, "the database has no schema of this program, or keeps this role out of "
                           "it: run schema/migrate.sh");
    } else {
        buf_str_add(error, "the database cannot be reached");
    }
    db_rows_free(rows);
    return outcome;
}
