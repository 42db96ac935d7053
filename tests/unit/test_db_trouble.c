/* test_db_trouble.c: the database's own trouble: which it is, and that the log is not filled with
 * it.
 *
 * WM_TEST_DB is the conninfo of a private, migrated database, as superuser. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/db_fixture.h"
#include <unistd.h>

static char captured[8192];

DB_STATEMENT(make_fail, "create or replace function pg_temp.fail(state text) returns void"
                        " language plpgsql as $$ begin raise 'so' using errcode = state; end $$");
DB_STATEMENT(fail_so, "select pg_temp.fail($1)");
DB_STATEMENT(my_pid, "select pg_backend_pid()");
DB_STATEMENT(end_of, "select pg_terminate_backend($1, 10000)");
DB_STATEMENT(divide, "select 1 / 0");

/* Also after a loss: then on a fresh connection. */
static enum db_outcome fail_with(const char *sqlstate)
{
    struct db_params p = db_params_new();
    assert_int_equal(db_run(db, &make_fail, NULL, NULL), DB_OK);
    db_put_text(&p, sqlstate);
    enum db_outcome outcome = db_run(db, &fail_so, &p, NULL);
    db_params_free(&p);
    return outcome;
}

static void what_is_the_servers_doing(void **state)
{
    (void)state;
    static const char *const ours[] = {"53100", "53200", "53300", "58030", "08006", "57P01",
                                       "57P03", "25006", "57014", "55P03", "40001", "40P01"};
    static const char *const others[] = {"23505", "P0001", "22012", "XX000", "42P01"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        assert_int_not_equal(fail_with(ours[i]), DB_OK);
        assert_true(db_own_trouble(db));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_equal(fail_with(others[i]), DB_REFUSED);
        assert_false(db_own_trouble(db));
    }
    assert_int_equal(fail_with("53200"), DB_LOST); /* not refused: later it may be done */
}

/* While nothing runs, its word comes as a notice. */
static void a_connection_that_is_ended_with_a_word(void **state)
{
    (void)state;
    struct db_rows *rows = NULL;
    struct db_params p = db_params_new();
    assert_int_equal(db_begin(db), DB_OK);
    assert_int_equal(db_run(db, &my_pid, NULL, &rows), DB_OK);
    db_put_int4(&p, db_int4(rows, 0, 0));
    db_rows_free(rows);
    assert_int_equal(db_run(other, &end_of, &p, NULL), DB_OK);
    db_params_free(&p);
    assert_int_equal(db_run(db, &my_pid, NULL, NULL), DB_LOST);
    assert_true(db_own_trouble(db));
    db_rollback(db);
    assert_int_equal(db_run(db, &divide, NULL, NULL), DB_REFUSED);
    assert_false(db_own_trouble(db));
}

static void a_server_that_is_not_there(void **state)
{
    (void)state;
    struct db *nowhere = db_new("host=/nonexistent", NULL, "test");
    assert_int_equal(db_begin(nowhere), DB_LOST);
    assert_true(db_own_trouble(nowhere));
    db_free(nowhere);
}

static int told(const char *words)
{
    int n = 0;
    for (const char *at = captured; (at = strstr(at, words)) != NULL; at++)
        n++;
    return n;
}

static void a_full_disk_is_told_once_and_its_end(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    int screen = dup(STDERR_FILENO);
    struct db_params p = db_params_new();
    db_free(db);
    db = db_new(conninfo, NULL, "test");
    assert_true(file != NULL && dup2(fileno(file), STDERR_FILENO) >= 0);
    for (int i = 0; i < 5; i++)
        (void)fail_with("53100");
    DB_STATEMENT(make_well, "create or replace function pg_temp.fail(state text) returns void"
                            " language sql as $$ select $$");
    (void)db_run(db, &make_well, NULL, NULL);
    db_put_text(&p, "");
    for (int i = 0; i < 2; i++)
        (void)db_run(db, &fail_so, &p, NULL);
    db_params_free(&p);
    dup2(screen, STDERR_FILENO);
    close(screen);
    rewind(file);
    captured[fread(captured, 1, sizeof captured - 1, file)] = '\0';
    fclose(file);
    assert_int_equal(told("disk full at fail_so"), 1);
    assert_int_equal(told("fail_so can be done again"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_the_servers_doing),
        cmocka_unit_test(a_connection_that_is_ended_with_a_word),
        cmocka_unit_test(a_server_that_is_not_there),
        cmocka_unit_test(a_full_disk_is_told_once_and_its_end),
    };
    return there_is_a_database("test_db_trouble") ? cmocka_run_group_tests(tests, set_up, tear_down)
                                                  : SKIPPED;
}
