/* test_db.c: the door to PostgreSQL against a real server: values both ways, outcomes, lost
 * connections, notifications.
 *
 * WM_TEST_DB is the conninfo of a private, migrated database, as superuser. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/log.h"
#include "tests/unit/db_fixture.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs and wants DB_OK; frees the parameters. */
static struct db_rows *rows_of(struct db *on, const struct db_statement *s, struct db_params *p)
{
    struct db_rows *rows = NULL;
    assert_int_equal(db_run(on, s, p, &rows), DB_OK);
    if (p != NULL)
        db_params_free(p);
    return rows;
}

static int64_t number_of(struct db *on, const struct db_statement *s)
{
    struct db_rows *rows = rows_of(on, s, NULL);
    int64_t n = db_int8(rows, 0, 0);
    db_rows_free(rows);
    return n;
}

/* --- values ------------------------------------------------------------------------------- */

static const uint8_t uuid[16] = {0xde, 0xad, 0xbe, 0xef, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
/* 2026-11-22 10:00:00.000001 UTC; `date -u -d '2026-11-22 10:00' +%s` */
static const int64_t moment = INT64_C(1795341600000001);

static void values_go_there_as_they_are(void **state)
{
    (void)state;
    DB_STATEMENT(as_text,
                 "select concat_ws('|', $1::boolean, $2::smallint, $3::integer, $4::bigint,"
                 " $5::text, encode($6::bytea, 'hex'), $7::uuid, $8::timestamptz)");
    struct db_params p = db_params_new();
    db_put_bool(&p, true);
    db_put_int2(&p, INT16_MIN);
    db_put_int4(&p, INT32_MIN);
    db_put_int8(&p, INT64_MIN);
    db_put_text(&p, "caf\xc3\xa9 'quoted' \\ %s");
    db_put_bytes(&p, "a\0b", 3);
    db_put_uuid(&p, uuid);
    db_put_time(&p, moment);
    struct db_rows *rows = rows_of(db, &as_text, &p);
    assert_string_equal(db_text(rows, 0, 0),
                        "t|-32768|-2147483648|-9223372036854775808|caf\xc3\xa9 'quoted' \\ %s|"
                        "610062|deadbeef-0102-0304-0506-0708090a0b0c|"
                        "2026-11-22 10:00:00.000001+00");
    db_rows_free(rows);
}

static void values_come_back_as_they_are(void **state)
{
    (void)state;
    DB_STATEMENT(all_types,
                 "select true, (-2)::smallint, -3, (-4)::bigint, 'five'::text, 'six'::varchar,"
                 " '{\"a\": 7}'::jsonb, '[8]'::json, '\\x0900'::bytea,"
                 " 'deadbeef-0102-0304-0506-0708090a0b0c'::uuid,"
                 " '2026-11-22 10:00:00.000001+00'::timestamptz, 'ten'::name,"
                 " '1969-12-31 23:59:59+00'::timestamptz, 'infinity'::timestamptz, false");
    struct db_rows *rows = rows_of(db, &all_types, NULL);
    size_t len = 0;
    assert_int_equal(db_count(rows), 1);
    assert_true(db_bool(rows, 0, 0));
    assert_int_equal(db_int4(rows, 0, 1), -2);
    assert_int_equal(db_int4(rows, 0, 2), -3);
    assert_true(db_int8(rows, 0, 1) == -2 && db_int8(rows, 0, 2) == -3);
    assert_true(db_int8(rows, 0, 3) == -4);
    assert_string_equal(db_text(rows, 0, 4), "five");
    assert_string_equal(db_text(rows, 0, 5), "six");
    assert_string_equal(db_text(rows, 0, 6), "{\"a\": 7}");
    assert_string_equal(db_text(rows, 0, 7), "[8]");
    assert_memory_equal(db_bytes(rows, 0, 8, &len), "\x09\x00", 2);
    assert_int_equal(len, 2);
    assert_memory_equal(db_bytes(rows, 0, 9, &len), uuid, 16);
    assert_int_equal(len, 16);
    assert_true(db_time(rows, 0, 10) == moment);
    assert_string_equal(db_text(rows, 0, 11), "ten");
    assert_true(db_time(rows, 0, 12) == -1000000);
    assert_true(db_time(rows, 0, 13) == INT64_MAX);
    assert_false(db_bool(rows, 0, 14));
    db_rows_free(rows);
}

static void nulls_both_ways(void **state)
{
    (void)state;
    DB_STATEMENT(nulls, "select $1::text is null and $2::bytea is null and $3::timestamptz is null"
                        " and $4::integer is null and $5::text = '' and $6::bytea = ''");
    DB_STATEMENT(null_values, "select null::boolean, null::integer, null::bigint, null::text,"
                              " null::bytea, null::timestamptz, null::jsonb");
    struct db_params p = db_params_new();
    db_put_text(&p, NULL);
    db_put_bytes(&p, NULL, 0);
    db_put_time(&p, DB_NO_TIME);
    db_put_null(&p);
    db_put_text(&p, "");
    db_put_bytes(&p, "", 0);
    struct db_rows *rows = rows_of(db, &nulls, &p);
    assert_true(db_bool(rows, 0, 0));
    db_rows_free(rows);
    rows = rows_of(db, &null_values, NULL);
    size_t len = 1;
    for (int column = 0; column < 7; column++)
        assert_true(db_null(rows, 0, column));
    assert_false(db_bool(rows, 0, 0));
    assert_int_equal(db_int4(rows, 0, 1), 0);
    assert_true(db_int8(rows, 0, 2) == 0);
    assert_string_equal(db_text(rows, 0, 3), "");
    db_bytes(rows, 0, 4, &len);
    assert_int_equal(len, 0);
    assert_true(db_time(rows, 0, 5) == DB_NO_TIME);
    assert_string_equal(db_text(rows, 0, 6), "");
    db_rows_free(rows);
}

/* A statement whose first call left a type unknown takes real values later. */
static void null_first_value_later(void **state)
{
    (void)state;
    DB_STATEMENT(plus_one, "select $1::integer + 1");
    struct db_params p = db_params_new();
    db_put_null(&p);
    struct db_rows *rows = rows_of(db, &plus_one, &p);
    assert_true(db_null(rows, 0, 0));
    db_rows_free(rows);
    db_put_int4(&p, 41);
    rows = rows_of(db, &plus_one, &p);
    assert_int_equal(db_int4(rows, 0, 0), 42);
    db_rows_free(rows);
}

static void arrays_of_every_type(void **state)
{
    (void)state;
    DB_STATEMENT(arrays, "select concat_ws('|', array_to_string($1::boolean[], ',', '*'),"
                         " array_to_string($2::smallint[], ',', '*'),"
                         " array_to_string($3::integer[], ',', '*'),"
                         " array_to_string($4::bigint[], ',', '*'),"
                         " array_to_string($5::text[], ',', '*'),"
                         " array_to_string($6::bytea[], ',', '*'),"
                         " array_to_string($7::timestamptz[], ',', '*'),"
                         " array_to_string($8::uuid[], ',', '*')), cardinality($9::integer[]),"
                         " array_lower($3::integer[], 1)");
    struct db_params p = db_params_new();
    db_array_begin(&p, DB_BOOL);
    db_item_bool(&p, true);
    db_item_null(&p);
    db_item_bool(&p, false);
    db_array_end(&p);
    db_array_begin(&p, DB_INT2);
    db_item_int2(&p, -1);
    db_array_end(&p);
    db_array_begin(&p, DB_INT4);
    db_item_int4(&p, 1);
    db_item_int4(&p, INT32_MAX);
    db_array_end(&p);
    db_array_begin(&p, DB_INT8);
    db_item_int8(&p, INT64_MAX);
    db_array_end(&p);
    db_array_begin(&p, DB_TEXT);
    db_item_text(&p, "{a,\"b\"}");
    db_item_text(&p, "");
    db_item_text(&p, NULL);
    db_array_end(&p);
    db_array_begin(&p, DB_BYTEA);
    db_item_bytes(&p, "\0\xff", 2);
    db_array_end(&p);
    db_array_begin(&p, DB_TIME);
    db_item_time(&p, moment);
    db_item_time(&p, DB_NO_TIME);
    db_array_end(&p);
    db_array_begin(&p, DB_UUID);
    db_item_uuid(&p, uuid);
    db_array_end(&p);
    db_array_begin(&p, DB_INT4);
    db_array_end(&p);
    struct db_rows *rows = rows_of(db, &arrays, &p);
    assert_string_equal(db_text(rows, 0, 0),
                        "t,*,f|-1|1,2147483647|9223372036854775807|{a,\"b\"},,*|\\x00ff|"
                        "2026-11-22 10:00:00.000001+00,*|deadbeef-0102-0304-0506-0708090a0b0c");
    assert_int_equal(db_int4(rows, 0, 1), 0);
    assert_int_equal(db_int4(rows, 0, 2), 1);
    db_rows_free(rows);
}

/* True when `body` aborts, in a child so that the test goes on. */
static bool aborts(void (*body)(void))
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        body();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static struct db_rows *shared_rows;
DB_STATEMENT(an_integer, "select 1, 'text', $1::integer");

static void read_text_as_number(void)
{
    db_int4(shared_rows, 0, 1);
}
static void read_number_as_text(void)
{
    db_text(shared_rows, 0, 0);
}
static void read_past_the_end(void)
{
    db_int4(shared_rows, 1, 0);
}
static void read_properly(void)
{
    db_int4(shared_rows, 0, 0);
}
static void put_another_type(void)
{
    struct db_params p = db_params_new();
    db_put_int8(&p, 1);
    db_run(db, &an_integer, &p, NULL);
}
static void put_too_few(void)
{
    db_run(db, &an_integer, NULL, NULL);
}
static void mix_an_array(void)
{
    struct db_params p = db_params_new();
    db_array_begin(&p, DB_INT4);
    db_item_int8(&p, 1);
}

static void misread_values_abort(void **state)
{
    (void)state;
    struct db_params p = db_params_new();
    db_put_int4(&p, 1);
    shared_rows = rows_of(db, &an_integer, &p);
    assert_false(aborts(read_properly));
    assert_true(aborts(read_text_as_number));
    assert_true(aborts(read_number_as_text));
    assert_true(aborts(read_past_the_end));
    assert_true(aborts(put_another_type));
    assert_true(aborts(put_too_few));
    assert_true(aborts(mix_an_array));
    db_rows_free(shared_rows);
}

static void more_statements_than_slots(void **state)
{
    (void)state;
    static struct db_statement many[300];
    for (int repeat = 0; repeat < 2; repeat++) {
        for (int i = 0; i < 300; i++) {
            many[i] = (struct db_statement){"many", "select 7"};
            assert_true(number_of(db, &many[i]) == 7);
        }
    }
}

/* --- outcomes ----------------------------------------------------------------------------- */

DB_STATEMENT(make_table, "create temporary table thing (n integer primary key)");
DB_STATEMENT(drop_table, "drop table thing");
DB_STATEMENT(add_one, "insert into thing values (1)");
DB_STATEMENT(how_many, "select count(*) from thing");
DB_STATEMENT(no_such, "select * from no_such_table");
DB_STATEMENT(divide, "select 1 / 0");

static void a_refusal_has_a_sqlstate(void **state)
{
    (void)state;
    assert_int_equal(db_run(db, &make_table, NULL, NULL), DB_OK);
    assert_int_equal(db_run(db, &add_one, NULL, NULL), DB_OK);
    assert_string_equal(db_sqlstate(db), "");
    assert_int_equal(db_run(db, &add_one, NULL, NULL), DB_REFUSED);
    assert_string_equal(db_sqlstate(db), "23505");
    assert_int_equal(db_run(db, &no_such, NULL, NULL), DB_REFUSED);
    assert_string_equal(db_sqlstate(db), "42P01");
    struct db_rows *rows = (struct db_rows *)1;
    assert_int_equal(db_run(db, &divide, NULL, &rows), DB_REFUSED);
    assert_null(rows);
    assert_int_equal(db_run(db, &drop_table, NULL, NULL), DB_OK);
}

static void commit_makes_it_so_and_rollback_does_not(void **state)
{
    (void)state;
    assert_int_equal(db_run(db, &make_table, NULL, NULL), DB_OK);
    assert_int_equal(db_begin(db), DB_OK);
    assert_int_equal(db_run(db, &add_one, NULL, NULL), DB_OK);
    db_rollback(db);
    assert_true(number_of(db, &how_many) == 0);
    assert_int_equal(db_begin(db), DB_OK);
    assert_int_equal(db_run(db, &add_one, NULL, NULL), DB_OK);
    assert_int_equal(db_commit(db), DB_OK);
    assert_true(number_of(db, &how_many) == 1);
    assert_int_equal(db_run(db, &drop_table, NULL, NULL), DB_OK);
}

/* The server answers COMMIT of a failed transaction with success and a quiet ROLLBACK. */
static void a_failed_transaction_is_never_committed(void **state)
{
    (void)state;
    assert_int_equal(db_run(db, &make_table, NULL, NULL), DB_OK);
    assert_int_equal(db_begin(db), DB_OK);
    assert_int_equal(db_run(db, &add_one, NULL, NULL), DB_OK);
    assert_int_equal(db_run(db, &divide, NULL, NULL), DB_REFUSED);
    assert_int_equal(db_commit(db), DB_REFUSED);
    assert_true(number_of(db, &how_many) == 0);
    assert_int_equal(db_run(db, &drop_table, NULL, NULL), DB_OK);
}

/* Fails with 40001 until it was called three times; the sequence forgets no rollback. */
DB_STATEMENT(make_sequence, "create temporary sequence calls");
DB_STATEMENT(drop_sequence, "drop sequence calls cascade");
DB_STATEMENT(make_flaky,
             "create function pg_temp.flaky() returns bigint language plpgsql as $$"
             " begin if nextval('calls') < 3 then raise 'again' using errcode = '40001';"
             " end if; return currval('calls'); end $$");
DB_STATEMENT(make_hopeless, "create function pg_temp.hopeless() returns void language plpgsql as $$"
                            " begin perform nextval('calls'); raise 'never'"
                            " using errcode = '40P01'; end $$");
DB_STATEMENT(drop_hopeless, "drop function pg_temp.hopeless()");
DB_STATEMENT(drop_flaky, "drop function pg_temp.flaky()");
DB_STATEMENT(call_flaky, "select pg_temp.flaky()");
DB_STATEMENT(call_hopeless, "select pg_temp.hopeless()");
DB_STATEMENT(last_call, "select last_value from calls");

static enum db_outcome flaky_body(struct db *on, void *context)
{
    ++*(int *)context;
    enum db_outcome outcome = db_run(on, &add_one, NULL, NULL);
    return outcome == DB_OK ? db_run(on, &call_flaky, NULL, NULL) : outcome;
}

static enum db_outcome hopeless_body(struct db *on, void *context)
{
    ++*(int *)context;
    return db_run(on, &call_hopeless, NULL, NULL);
}

static enum db_outcome refusing_body(struct db *on, void *context)
{
    ++*(int *)context;
    enum db_outcome outcome = db_run(on, &add_one, NULL, NULL);
    return outcome == DB_OK ? DB_REFUSED : outcome;
}

static void retries_are_the_runners_business(void **state)
{
    (void)state;
    int calls = 0;
    assert_int_equal(db_run(db, &make_table, NULL, NULL), DB_OK);
    assert_int_equal(db_run(db, &make_sequence, NULL, NULL), DB_OK);
    assert_int_equal(db_run(db, &make_flaky, NULL, NULL), DB_OK);
    assert_int_equal(db_run(db, &make_hopeless, NULL, NULL), DB_OK);

    assert_int_equal(db_transaction(db, flaky_body, &calls), DB_OK);
    assert_int_equal(calls, 3);
    assert_true(number_of(db, &how_many) == 1);

    calls = 0;
    assert_int_equal(db_transaction(db, hopeless_body, &calls), DB_RETRY);
    assert_int_equal(calls, 5);

    int64_t before = number_of(db, &last_call);
    assert_int_equal(db_run(db, &call_hopeless, NULL, NULL), DB_RETRY);
    assert_true(number_of(db, &last_call) == before + 3);

    assert_int_equal(db_run(db, &drop_hopeless, NULL, NULL), DB_OK);
    assert_int_equal(db_run(db, &drop_flaky, NULL, NULL), DB_OK);
    assert_int_equal(db_run(db, &drop_sequence, NULL, NULL), DB_OK);
    assert_int_equal(db_run(db, &drop_table, NULL, NULL), DB_OK);
}

static void a_body_that_refuses_leaves_nothing(void **state)
{
    (void)state;
    int calls = 0;
    assert_int_equal(db_run(db, &make_table, NULL, NULL), DB_OK);
    assert_int_equal(db_transaction(db, refusing_body, &calls), DB_REFUSED);
    assert_int_equal(calls, 1);
    assert_true(number_of(db, &how_many) == 0);
    assert_int_equal(db_run(db, &drop_table, NULL, NULL), DB_OK);
}

/* --- connections -------------------------------------------------------------------------- */

static void a_session_is_as_the_header_says(void **state)
{
    (void)state;
    DB_STATEMENT(settings,
                 "select concat_ws('|', current_user, current_setting('application_name'),"
                 " current_setting('timezone'), current_setting('client_encoding'),"
                 " current_setting('idle_in_transaction_session_timeout'),"
                 " current_setting('statement_timeout'))");
    struct db *web = db_new(conninfo, "wardmote_web", "test db");
    struct db_rows *rows = rows_of(web, &settings, NULL);
    assert_string_equal(db_text(rows, 0, 0), "wardmote_web|test db|UTC|UTF8|5s|0");
    db_rows_free(rows);
    db_free(web);
}

DB_STATEMENT(my_pid, "select pg_backend_pid()");
DB_STATEMENT(end_backend, "select pg_terminate_backend($1, 5000)");

/* Waits until the server has closed the connection. */
static void end_connection_of(struct db *victim)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, (int32_t)number_of(victim, &my_pid));
    db_rows_free(rows_of(other, &end_backend, &p));
}

static void an_idle_connection_that_ended_is_replaced(void **state)
{
    (void)state;
    DB_STATEMENT(from, "select current_setting('wardmote.from')");
    int64_t pid = number_of(db, &my_pid);
    db_from(db, "2001:db8::1");
    end_connection_of(db);
    int64_t fresh = number_of(db, &my_pid);
    assert_true(fresh != pid);
    struct db_rows *rows = rows_of(db, &from, NULL);
    assert_string_equal(db_text(rows, 0, 0), "2001:db8::1");
    db_rows_free(rows);
    end_connection_of(db);
    assert_int_equal(db_begin(db), DB_OK);
    assert_true(number_of(db, &my_pid) != fresh);
    db_rollback(db);
}

/* What follows a loss inside a transaction must not run on a fresh connection of its own. */
static void a_lost_transaction_stays_lost(void **state)
{
    (void)state;
    assert_int_equal(db_begin(db), DB_OK);
    end_connection_of(db);
    assert_int_equal(db_run(db, &my_pid, NULL, NULL), DB_LOST);
    assert_int_equal(db_run(db, &my_pid, NULL, NULL), DB_LOST);
    assert_int_equal(db_open(db), DB_LOST);
    assert_int_equal(db_commit(db), DB_LOST);
    assert_int_equal(db_begin(db), DB_OK);
    end_connection_of(db);
    assert_int_equal(db_run(db, &my_pid, NULL, NULL), DB_LOST);
    db_rollback(db);
    assert_true(number_of(db, &my_pid) > 0);
}

static void a_commit_without_an_answer_is_lost(void **state)
{
    (void)state;
    assert_int_equal(db_begin(db), DB_OK);
    end_connection_of(db);
    assert_int_equal(db_commit(db), DB_LOST);
    assert_false(db_is_open(db));
    assert_int_equal(db_open(db), DB_OK);
}

static void a_server_that_is_not_there(void **state)
{
    (void)state;
    struct db *nowhere = db_new("host=/nonexistent", NULL, "test");
    assert_int_equal(db_open(nowhere), DB_LOST);
    assert_int_equal(db_run(nowhere, &my_pid, NULL, NULL), DB_LOST);
    assert_int_equal(db_begin(nowhere), DB_LOST);
    db_rollback(nowhere);
    assert_false(db_is_open(nowhere));
    db_free(nowhere);
}

/* --- notifications and the schema --------------------------------------------------------- */

DB_STATEMENT(notify_twice, "select pg_notify('test_things', '1'), pg_notify('test_things', '2')");

static void notifications_arrive(void **state)
{
    (void)state;
    bool notified = true;
    assert_int_equal(db_listen(db, "test_things"), DB_OK);
    assert_int_equal(db_wait(db, 0, -1, &notified), DB_OK);
    assert_false(notified);
    db_rows_free(rows_of(other, &notify_twice, NULL));
    assert_int_equal(db_wait(db, 10000, -1, &notified), DB_OK);
    assert_true(notified);
    /* One that came while another statement ran is not missed. */
    db_rows_free(rows_of(other, &notify_twice, NULL));
    assert_true(number_of(db, &my_pid) > 0);
    assert_int_equal(db_wait(db, 10000, -1, &notified), DB_OK);
    assert_true(notified);
}

static void waiting_ends_when_woken_or_cut_off(void **state)
{
    (void)state;
    int wake[2];
    bool notified = true;
    assert_int_equal(pipe(wake), 0);
    assert_int_equal(write(wake[1], "x", 1), 1);
    assert_int_equal(db_wait(db, 60000, wake[0], &notified), DB_OK);
    assert_false(notified);
    close(wake[0]);
    close(wake[1]);
    end_connection_of(db);
    assert_int_equal(db_wait(db, 60000, -1, &notified), DB_LOST);
    assert_int_equal(db_wait(db, 60000, -1, &notified), DB_LOST);
}

static void program_and_schema_must_agree(void **state)
{
    (void)state;
    DB_STATEMENT(version, "select max(number)::bigint from wardmote.migration");
    struct buf error = buf_new(500);
    int current = (int)number_of(db, &version);
    assert_int_equal(db_check_schema(db, current, &error), DB_OK);
    assert_string_equal(buf_str(&error), "");
    assert_int_equal(db_check_schema(db, current + 1, &error), DB_REFUSED);
    assert_non_null(strstr(buf_str(&error), "migrate.sh"));
    buf_clear(&error);
    struct db *nowhere = db_new("host=/nonexistent", NULL, "test");
    assert_int_equal(db_check_schema(nowhere, 1, &error), DB_LOST);
    assert_string_equal(buf_str(&error), "the database cannot be reached");
    db_free(nowhere);
    buf_free(&error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_go_there_as_they_are),
        cmocka_unit_test(values_come_back_as_they_are),
        cmocka_unit_test(nulls_both_ways),
        cmocka_unit_test(null_first_value_later),
        cmocka_unit_test(arrays_of_every_type),
        cmocka_unit_test(misread_values_abort),
        cmocka_unit_test(more_statements_than_slots),
        cmocka_unit_test(a_refusal_has_a_sqlstate),
        cmocka_unit_test(commit_makes_it_so_and_rollback_does_not),
        cmocka_unit_test(a_failed_transaction_is_never_committed),
        cmocka_unit_test(retries_are_the_runners_business),
        cmocka_unit_test(a_body_that_refuses_leaves_nothing),
        cmocka_unit_test(a_session_is_as_the_header_says),
        cmocka_unit_test(an_idle_connection_that_ended_is_replaced),
        cmocka_unit_test(a_lost_transaction_stays_lost),
        cmocka_unit_test(a_commit_without_an_answer_is_lost),
        cmocka_unit_test(a_server_that_is_not_there),
        cmocka_unit_test(notifications_arrive),
        cmocka_unit_test(waiting_ends_when_woken_or_cut_off),
        cmocka_unit_test(program_and_schema_must_agree),
    };
    return there_is_a_database("test_db") ? cmocka_run_group_tests(tests, set_up, tear_down)
                                          : SKIPPED;
}
