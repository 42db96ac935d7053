/* test_server_spool.c: the spool on a disk that fails: what is spoiled or cannot be read costs
 * nothing that lies behind it.
 *
 * WM_TEST_DB is the conninfo of a private, migrated database, as superuser. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/log.h"
#include "common/secret.h"
#include "server/settings.h"
#include "server/spool.h"
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static char path[] = "/tmp/wardmote-spool-XXXXXX", nowhere[] = "host=/nonexistent";
static char conninfo[400];
DB_STATEMENT(lock_inbox, "lock table wardmote.inbox in access exclusive mode");
static struct db *admin;
static atomic_bool no_sync;

/* Stands before the C library's. */
int fdatasync(int fd)
{
    if (atomic_load(&no_sync)) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_fdatasync, fd);
}

static off_t size(void)
{
    struct stat file;
    assert_int_equal(stat(path, &file), 0);
    return file.st_size;
}

static bool add(const char *id)
{
    struct text_in text = {.provider = "notify",
                           .endpoint = "60777",
                           .message_id = id,
                           .from = "447700900006",
                           .body = "VOTE",
                           .body_len = 4,
                           .sent_at = DB_NO_TIME};
    return spool_add(&text);
}

/* The spool, with the database away or there. */
static void start(bool there)
{
    settings.database = there ? conninfo : nowhere;
    assert_true(spool_start());
}

static bool inbox_is(const char *ids)
{
    DB_STATEMENT(all, "select coalesce(string_agg(message_id, ' ' order by id), '')"
                      " from wardmote.inbox");
    struct db_rows *rows = NULL;
    assert_int_equal(db_run(admin, &all, NULL, &rows), DB_OK);
    bool same = strcmp(db_text(rows, 0, 0), ids) == 0;
    db_rows_free(rows);
    return same;
}

static void pause_a_moment(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
}

/* Waits until the spool is drained, and looks at what came into the inbox, in which order. */
static void drains(const char *ids)
{
    for (int i = 0; i < 1500 && spool_waits(); i++)
        pause_a_moment();
    assert_false(spool_waits());
    assert_true(inbox_is(ids));
    assert_int_equal(size(), 0);
}

static void is_done(const struct db_statement *s)
{
    assert_int_equal(db_run(admin, s, NULL, NULL), DB_OK);
}

/* Until the log, which goes to a file, has these words. */
static void is_told(int log, const char *words)
{
    static char told[4096];
    for (int i = 0; i < 1500; i++) {
        ssize_t n = pread(log, told, sizeof told - 1, 0);
        assert_true(n >= 0);
        told[n] = '\0';
        if (strstr(told, words) != NULL)
            return;
        pause_a_moment();
    }
    fail_msg("\"%s\" was not told", words);
}

static void what_the_disk_does_not_give_is_read_when_it_does(void **state)
{
    (void)state;
    static char kept[4096];
    char told[] = "/tmp/wardmote-spool-log-XXXXXX";
    int screen = dup(STDERR_FILENO), log = mkstemp(told), fd = open(path, O_RDWR);
    assert_true(log >= 0 && fd >= 0 && dup2(log, STDERR_FILENO) >= 0);
    start(true);
    assert_int_equal(db_begin(admin), DB_OK);
    is_done(&lock_inbox);
    assert_true(add("a1") && add("a2") && add("a3"));
    ssize_t len = pread(fd, kept, sizeof kept, 0);
    assert_int_equal(len, size());
    assert_int_equal(ftruncate(fd, len - 10), 0);
    assert_int_equal(db_commit(admin), DB_OK);
    is_told(log, "cannot be read");
    assert_int_equal(pwrite(fd, kept, (size_t)len, 0), len);
    drains("a1 a2 a3");
    spool_stop();
    dup2(screen, STDERR_FILENO);
    close(screen);
    close(log);
    close(fd);
    unlink(told);
}

/* Three texts in the spool of a process that ended; where the second and third begin. */
static void leave(const char *const ids[3], off_t at[3])
{
    start(false);
    for (int i = 0; i < 3; i++) {
        at[i] = size();
        assert_true(add(ids[i]));
    }
    spool_stop();
}

static void overwrite(off_t at, const char *bytes, size_t len)
{
    int fd = open(path, O_WRONLY);
    assert_int_equal(pwrite(fd, bytes, len, at), len);
    close(fd);
}

static void spoiled_bytes_cost_the_text_that_they_were(void **state)
{
    (void)state;
    off_t at[3];
    leave((const char *const[]){"b1", "b2", "b3"}, at);
    overwrite(at[1], "\xff\xff\xff\xff", 4); /* a length that is none */
    start(true);
    drains("a1 a2 a3 b1 b3");
    spool_stop();

    leave((const char *const[]){"c1", "c2", "c3"}, at);
    overwrite(at[0] + 3, "\xff", 1); /* one that reaches into the next */
    start(true);
    drains("a1 a2 a3 b1 b3 c2 c3");
    spool_stop();

    leave((const char *const[]){"d1", "d2", "d3"}, at);
    overwrite(at[1] + 30, "zzzz", 4); /* in the midst */
    start(true);
    drains("a1 a2 a3 b1 b3 c2 c3 d1 d3");
    spool_stop();
}

static void an_emptied_file_whose_end_is_not_on_the_disk_is_empty_all_the_same(void **state)
{
    (void)state;
    DB_STATEMENT(forget, "truncate wardmote.inbox cascade");
    off_t at[3];
    is_done(&forget);
    leave((const char *const[]){"e1", "e2", "e3"}, at);
    atomic_store(&no_sync, true);
    start(true);
    drains("e1 e2 e3");
    assert_false(add("e4"));
    assert_int_equal(size(), 0);
    spool_stop();
    atomic_store(&no_sync, false);

    leave((const char *const[]){"f1", "f2", "f3"}, at);
    atomic_store(&no_sync, true);
    start(true);
    drains("e1 e2 e3 f1 f2 f3");
    atomic_store(&no_sync, false);
    assert_int_equal(db_begin(admin), DB_OK);
    is_done(&lock_inbox);
    assert_true(add("f4"));
    assert_int_equal(size(), at[1]); /* no hole before it, which would end the file for a restart */
    assert_int_equal(db_commit(admin), DB_OK);
    drains("e1 e2 e3 f1 f2 f3 f4");
    spool_stop();
}

static int open_all(void **state)
{
    (void)state;
    const char *given = getenv("WM_TEST_DB");
    int fd = mkstemp(path);
    if (given == NULL || fd < 0)
        return 1;
    close(fd);
    settings.spool_file = path;
    snprintf(conninfo, sizeof conninfo, "%s", given);
    admin = db_new(conninfo, NULL, "test");
    return secret_start("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f") ? 0 : 1;
}

static int close_all(void **state)
{
    (void)state;
    db_free(admin);
    return unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_disk_does_not_give_is_read_when_it_does),
        cmocka_unit_test(spoiled_bytes_cost_the_text_that_they_were),
        cmocka_unit_test(an_emptied_file_whose_end_is_not_on_the_disk_is_empty_all_the_same),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
