/* test_cast_batch.c: batches against a real database: submissions that stand or fall together,
 * poisoned rows, one voter on 64 threads, the clock's borders, and answers that got lost.
 *
 * WM_TEST_DB is the conninfo of a private, migrated database, as superuser. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/cast_fixture.h"
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* --- submissions and batches -------------------------------------------------------------- */

static void a_submission_stands_or_falls_together(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0}),
            second = make_round((struct round_shape){0});
    int64_t voter = make_voter(ward), neighbour = make_voter(ward);
    struct cast_item items[3] = {BALLOT(voter, round, 11), BALLOT(voter, second, 99),
                                 BALLOT(neighbour, round, 11)};
    items[2].submission = 2;
    cast_batch(caster, items, 3, false);
    assert_int_equal(items[0].outcome, CAST_SIBLING_REFUSED);
    assert_int_equal(items[1].outcome, CAST_UNKNOWN_PROPOSAL);
    assert_int_equal(items[2].outcome, CAST_RECORDED);
    assert_int_equal(count_revisions(round, voter) + count_revisions(second, voter), 0);

    items[1].picks[0].number = 12;
    cast_batch(caster, items, 2, false);
    assert_int_equal(items[0].outcome, CAST_RECORDED);
    assert_int_equal(items[1].outcome, CAST_RECORDED);

    /* A repeated half does not refuse a new one. */
    struct cast_item more[2] = {items[0], BALLOT(voter, second, 11)};
    cast_batch(caster, more, 2, false);
    assert_int_equal(more[0].outcome, CAST_REPEATED);
    assert_int_equal(more[1].outcome, CAST_RECORDED);
}

static void a_poisoned_row_fails_alone(void **state)
{
    (void)state;
    enum { N = 9, POISONED = 5 };
    int32_t round = make_round((struct round_shape){0});
    struct cast_item items[N];
    for (uint32_t i = 0; i < N; i++) {
        items[i] = BALLOT(make_voter(ward), round, 11);
        items[i].submission = i;
    }
    items[POISONED].channel = (enum cast_channel)9; /* a real error, not a refusal */
    cast_batch(caster, items, N, false);
    for (int i = 0; i < N; i++)
        assert_int_equal(items[i].outcome, i == POISONED ? CAST_FAILED : CAST_RECORDED);
    assert_int_equal(count_revisions(round, items[POISONED].voter), 0);
}

static void a_poisoned_submission_is_never_cut(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0}),
            second = make_round((struct round_shape){0});
    int64_t voter = make_voter(ward);
    struct cast_item items[3] = {BALLOT(make_voter(ward), round, 11), BALLOT(voter, round, 11),
                                 BALLOT(voter, second, 11)};
    items[0].submission = 7;
    items[2].channel = (enum cast_channel)9;
    cast_batch(caster, items, 3, false);
    assert_int_equal(items[0].outcome, CAST_RECORDED);
    assert_int_equal(items[1].outcome, CAST_FAILED);
    assert_int_equal(items[2].outcome, CAST_FAILED);
    assert_int_equal(count_revisions(round, voter), 0);
}

static void a_locked_voter_is_skipped_and_others_are_not(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0});
    struct cast_item items[2] = {BALLOT(make_voter(ward), round, 11),
                                 BALLOT(make_voter(ward), round, 11)};
    items[1].submission = 2;
    assert_int_equal(db_begin(admin), DB_OK);
    struct db_params p = db_params_new();
    db_put_int8(&p, items[0].voter);
    run(&lock_voter, &p);
    cast_batch(caster, items, 2, false);
    assert_int_equal(items[0].outcome, CAST_SKIPPED);
    assert_int_equal(items[1].outcome, CAST_RECORDED);
    cast_batch(caster, items, 1, true); /* waits its two seconds in vain */
    assert_int_equal(items[0].outcome, CAST_SKIPPED);
    db_rollback(admin);
    cast_batch(caster, items, 1, false);
    assert_int_equal(items[0].outcome, CAST_RECORDED);
}

static void in_a_transaction_nothing_stands_before_commit(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0});
    struct cast_item item = BALLOT(make_voter(ward), round, 11);
    assert_int_equal(db_begin(web), DB_OK);
    assert_int_equal(cast_in_transaction(caster, &item, 1, false), DB_OK);
    assert_int_equal(item.outcome, CAST_RECORDED);
    assert_int_equal(count_revisions(round, item.voter), 0);
    db_rollback(web);
    assert_int_equal(ballot_that_stands(round, item.voter).current, 0);
    assert_int_equal(cast_one(&item), CAST_RECORDED);
    assert_int_equal(item.revision, 1);
}

enum { THREADS = 64 };

struct rival {
    struct cast_item item;
    pthread_t thread;
};

static void *cast_as_rival(void *context)
{
    struct rival *r = context;
    struct db *db = db_new(conninfo, "wardmote_web", "test rival");
    struct caster *c = caster_new(db);
    do
        cast_batch(c, &r->item, 1, true);
    while (r->item.outcome == CAST_SKIPPED);
    caster_free(c);
    db_free(db);
    return NULL;
}

static void one_voter_on_64_threads_has_one_ballot(void **state)
{
    (void)state;
    static struct rival rivals[THREADS];
    bool seen[THREADS + 1] = {false};
    int32_t round = make_round((struct round_shape){0});
    int64_t voter = make_voter(ward), newest = 0;
    for (int i = 0; i < THREADS; i++) {
        rivals[i].item = BALLOT(voter, round, (uint16_t)(11 + i % 3));
        assert_int_equal(pthread_create(&rivals[i].thread, NULL, cast_as_rival, &rivals[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(rivals[i].thread, NULL);
        const struct cast_item *item = &rivals[i].item;
        assert_int_equal(item->outcome, CAST_RECORDED);
        assert_in_range(item->revision, 1, THREADS);
        assert_false(seen[item->revision]);
        seen[item->revision] = true;
        newest = item->cast_at > newest ? item->cast_at : newest;
    }
    struct standing s = ballot_that_stands(round, voter);
    assert_int_equal(count_revisions(round, voter), THREADS);
    assert_int_equal(s.last, THREADS);
    assert_int_equal(s.current, THREADS);
    assert_true(s.cast_at == newest);
}

/* --- texts and the clock ------------------------------------------------------------------ */

/* A text that was sent and received at these moments, relative to the start of the test. */
static struct cast_item text_of(int64_t voter, int32_t round, int64_t sent, int64_t received)
{
    struct cast_item item = BALLOT(voter, round, 11);
    struct db_params p = db_params_new();
    db_put_time(&p, now_us + received);
    db_put_time(&p, sent != DB_NO_TIME ? now_us + sent : DB_NO_TIME);
    item.inbox = id_of(admin, &new_text, &p);
    item.channel = CAST_TEXT;
    return item;
}

static void an_older_text_is_stored_and_superseded(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){0});
    int64_t voter = make_voter(ward);
    struct cast_item newer = text_of(voter, round, -10 * MINUTE, -10 * MINUTE);
    struct cast_item older = text_of(voter, round, -11 * MINUTE, -1 * MINUTE);
    struct cast_item equal = text_of(voter, round, -10 * MINUTE, -9 * MINUTE);
    assert_int_equal(cast_one(&newer), CAST_RECORDED);
    assert_int_equal(cast_one(&older), CAST_SUPERSEDED);
    assert_int_equal(older.revision, 2);
    struct standing s = ballot_that_stands(round, voter);
    assert_int_equal(s.current, 1);
    assert_int_equal(s.last, 2);
    assert_true(s.cast_at == newer.cast_at);
    /* Of two cast at one moment the later revision stands. */
    assert_int_equal(cast_one(&equal), CAST_RECORDED);
    assert_int_equal(ballot_that_stands(round, voter).current, 3);
}

/* Each row: when sent, when received, what cast_at must be, and the outcome, for a round that is
 * open from -60 to -5 minutes and has 15 minutes' grace. */
static void a_text_counts_at_the_moment_it_was_sent(void **state)
{
    (void)state;
    static const struct {
        int64_t sent, received, cast_at;
        enum cast_outcome outcome;
    } rows[] = {
        /* sent in time, received within the grace after the close */
        {-5 * MINUTE - 1, -1 * MINUTE, -5 * MINUTE - 1, CAST_RECORDED},
        /* sent at the very close: too late by nothing */
        {-5 * MINUTE, -1 * MINUTE, -5 * MINUTE, CAST_CLOSED},
        /* the grace's border, and a microsecond past it: then only its arrival counts */
        {-16 * MINUTE, -1 * MINUTE, -16 * MINUTE, CAST_RECORDED},
        {-16 * MINUTE - 1, -1 * MINUTE, -1 * MINUTE, CAST_CLOSED},
        {-30 * MINUTE - 1, -15 * MINUTE, -15 * MINUTE, CAST_RECORDED},
        /* a provider's clock that runs ahead, or no time at all */
        {10 * MINUTE, -6 * MINUTE, -6 * MINUTE, CAST_RECORDED},
        {DB_NO_TIME, -6 * MINUTE, -6 * MINUTE, CAST_RECORDED},
        {DB_NO_TIME, -4 * MINUTE, -4 * MINUTE, CAST_CLOSED},
        /* the opening counts, the microsecond before does not */
        {-60 * MINUTE, -59 * MINUTE, -60 * MINUTE, CAST_RECORDED},
        {-60 * MINUTE - 1, -59 * MINUTE, -60 * MINUTE - 1, CAST_NOT_OPEN},
    };
    int32_t round = make_round((struct round_shape){.opens = -60 * MINUTE, .closes = -5 * MINUTE});
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct cast_item item = text_of(make_voter(ward), round, rows[i].sent, rows[i].received);
        assert_int_equal(cast_one(&item), rows[i].outcome);
        assert_true(item.cast_at == now_us + rows[i].cast_at);
    }
}

/* --- lost connections --------------------------------------------------------------------- */

/* A door between libpq and the server that can swallow the answer to a COMMIT: it lets the
 * command through, waits until the server has answered, and hangs up on both. */
struct door {
    char directory[64], server[200];
    int listening;
    bool swallow; /* the next answer to a commit */
    bool swallowed;
    pthread_t thread;
};

static int dial_unix(const char *path, bool listen_there)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    const struct sockaddr *at = (const struct sockaddr *)&address;
    if (listen_there)
        assert_true(bind(fd, at, sizeof(address)) == 0 && listen(fd, 8) == 0);
    else
        assert_true(connect(fd, at, sizeof(address)) == 0);
    return fd;
}

/* Hands on what `from` has to say; false when it hangs up. */
static bool hand_on(struct door *d, int from, int to, bool to_server)
{
    static const char commit[] =
        "P\0\0\0\016\0commit"; /* Parse: length, no name, the text, a NUL */
    char bytes[65536];
    ssize_t n = read(from, bytes, sizeof(bytes));
    if (n <= 0 || write(to, bytes, (size_t)n) != n)
        return false;
    if (to_server && d->swallow && memmem(bytes, (size_t)n, commit, sizeof(commit)) != NULL) {
        struct pollfd answer = {.fd = to, .events = POLLIN};
        poll(&answer, 1, -1);
        d->swallow = false;
        d->swallowed = true;
        return false;
    }
    return true;
}

static void *keep_door(void *context)
{
    struct door *d = context;
    for (;;) {
        int client = accept(d->listening, NULL, NULL);
        if (client < 0)
            return NULL;
        int server = dial_unix(d->server, false);
        struct pollfd ends[2] = {{.fd = client, .events = POLLIN},
                                 {.fd = server, .events = POLLIN}};
        bool open = true;
        while (open && poll(ends, 2, -1) > 0) {
            if (ends[0].revents != 0)
                open = hand_on(d, client, server, true);
            if (open && ends[1].revents != 0)
                open = hand_on(d, server, client, false);
        }
        close(client);
        close(server);
    }
}

static void an_answer_lost_at_commit_is_asked_for_again(void **state)
{
    (void)state;
    DB_STATEMENT(whereabouts,
                 "select split_part(current_setting('unix_socket_directories'), ',', 1)"
                 " || '/.s.PGSQL.' || current_setting('port'),"
                 " current_setting('port'), current_database()::text");
    struct door d = {.directory = "/tmp/wmdoorXXXXXX"};
    char path[128], through[256];
    struct db_rows *rows = NULL;
    assert_int_equal(db_run(admin, &whereabouts, NULL, &rows), DB_OK);
    assert_non_null(mkdtemp(d.directory));
    assert_int_equal(chmod(d.directory, 0755), 0);
    snprintf(d.server, sizeof(d.server), "%s", db_text(rows, 0, 0));
    snprintf(path, sizeof(path), "%s/.s.PGSQL.%s", d.directory, db_text(rows, 0, 1));
    snprintf(through, sizeof(through), "host=%s port=%s dbname=%s", d.directory,
             db_text(rows, 0, 1), db_text(rows, 0, 2));
    db_rows_free(rows);
    d.listening = dial_unix(path, true);
    assert_int_equal(pthread_create(&d.thread, NULL, keep_door, &d), 0);

    int32_t round = make_round((struct round_shape){0});
    struct db *db = db_new(through, "wardmote_web", "test door");
    struct caster *c = caster_new(db);
    struct cast_item items[2] = {BALLOT(make_voter(ward), round, 11),
                                 BALLOT(make_voter(ward), round, 99)};
    items[1].submission = 2;
    d.swallow = true;
    cast_batch(c, items, 2, false);
    assert_true(d.swallowed);
    assert_int_equal(items[0].outcome, CAST_REPEATED);
    assert_int_equal(items[1].outcome, CAST_UNKNOWN_PROPOSAL);
    assert_int_equal(count_revisions(round, items[0].voter), 1);

    caster_free(c);
    db_free(db);
    shutdown(d.listening, SHUT_RDWR);
    pthread_join(d.thread, NULL);
    close(d.listening);
    unlink(path);
    rmdir(d.directory);
}

static void a_connection_lost_between_batches_goes_unnoticed(void **state)
{
    (void)state;
    DB_STATEMENT(my_pid, "select pg_backend_pid()");
    DB_STATEMENT(end_backend, "select pg_terminate_backend($1, 5000)");
    int32_t round = make_round((struct round_shape){0});
    struct cast_item item = BALLOT(make_voter(ward), round, 11);
    struct db_rows *rows = NULL;
    assert_int_equal(db_run(web, &my_pid, NULL, &rows), DB_OK);
    struct db_params p = db_params_new();
    db_put_int4(&p, db_int4(rows, 0, 0));
    db_rows_free(rows);
    run(&end_backend, &p);
    assert_int_equal(cast_one(&item), CAST_RECORDED);
}

static void without_a_database_nothing_is_accepted(void **state)
{
    (void)state;
    struct db *db = db_new("host=/nonexistent dbname=none", NULL, "test");
    struct caster *c = caster_new(db);
    struct cast_item item = BALLOT(1, 1, 11);
    cast_batch(c, &item, 1, false);
    assert_int_equal(item.outcome, CAST_FAILED);
    assert_false(cast_accepted(item.outcome));
    caster_free(c);
    db_free(db);
}

static void keys_of_another_master_key_cast_nothing(void **state)
{
    (void)state;
    int32_t round = make_round((struct round_shape){.draft = true});
    uint8_t sealed[32 + SECRET_SEAL_EXTRA];
    struct db_params p = db_params_new();
    db_put_int4(&p, round);
    secret_seal("round.k_nonce", plain_nonce_key, 32, sealed); /* about something else */
    db_put_bytes(&p, sealed, sizeof(sealed));
    db_put_bytes(&p, sealed, sizeof(sealed));
    run(&schedule_round, &p);
    struct cast_item item = BALLOT(make_voter(ward), round, 11);
    assert_int_equal(cast_one(&item), CAST_FAILED);
    assert_int_equal(count_revisions(round, item.voter), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_submission_stands_or_falls_together),
        cmocka_unit_test(a_poisoned_row_fails_alone),
        cmocka_unit_test(a_poisoned_submission_is_never_cut),
        cmocka_unit_test(a_locked_voter_is_skipped_and_others_are_not),
        cmocka_unit_test(in_a_transaction_nothing_stands_before_commit),
        cmocka_unit_test(one_voter_on_64_threads_has_one_ballot),
        cmocka_unit_test(an_older_text_is_stored_and_superseded),
        cmocka_unit_test(a_text_counts_at_the_moment_it_was_sent),
        cmocka_unit_test(an_answer_lost_at_commit_is_asked_for_again),
        cmocka_unit_test(a_connection_lost_between_batches_goes_unnoticed),
        cmocka_unit_test(without_a_database_nothing_is_accepted),
        cmocka_unit_test(keys_of_another_master_key_cast_nothing),
    };
    conninfo = getenv("WM_TEST_DB");
    if (conninfo == NULL) {
        puts("test_cast_batch: skipped: WM_TEST_DB names no database");
        return 77;
    }
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
