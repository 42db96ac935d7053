/* test_log.c: the shape of a log line, and that nobody can forge one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/log.h"
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static char captured[8192];

/* Runs `say` with stderr in a file, and reads what it wrote. */
static void capture(void (*say)(void))
{
    FILE *file = tmpfile();
    assert_non_null(file);
    int kept = dup(STDERR_FILENO);
    assert_true(kept >= 0 && dup2(fileno(file), STDERR_FILENO) >= 0);
    say();
    assert_true(dup2(kept, STDERR_FILENO) >= 0);
    close(kept);
    rewind(file);
    size_t n = fread(captured, 1, sizeof(captured) - 1, file);
    captured[n] = '\0';
    fclose(file);
}

/* The line without its time: "<6>" and what follows the Z. */
static const char *after_time(const char *line)
{
    static const char shape[] = "<0>0000-00-00T00:00:00.000Z ";
    for (size_t i = 0; shape[i] != '\0'; i++) {
        if (shape[i] == '0')
            assert_in_range(line[i], '0', '9');
        else
            assert_int_equal(line[i], shape[i]);
    }
    return line + sizeof(shape) - 1;
}

static void say_all(void)
{
    log_set_level(LOG_LEVEL_DEBUG);
    log_bug("one %d", 1);
    log_peer("two");
    log_warn("three");
    log_info("four");
    log_debug("five");
}

static void levels_say_whose_fault_it_is(void **state)
{
    (void)state;
    static const char *const priorities[] = {"<3>", "<4>", "<4>", "<6>", "<7>"};
    static const char *const texts[] = {"bug: one 1\n", "peer: two\n", "three\n", "four\n",
                                        "five\n"};
    capture(say_all);
    const char *line = captured;
    for (int i = 0; i < 5; i++) {
        assert_memory_equal(line, priorities[i], 3);
        line = after_time(line);
        assert_memory_equal(line, texts[i], strlen(texts[i]));
        line += strlen(texts[i]);
    }
    assert_int_equal(*line, '\0');
}

static void say_quietly(void)
{
    log_set_level(LOG_LEVEL_WARN);
    log_info("dropped");
    log_warn("kept");
    log_set_level(LOG_LEVEL_INFO);
    log_debug("dropped too");
}

static void lines_above_the_level_are_dropped(void **state)
{
    (void)state;
    capture(say_quietly);
    assert_string_equal(after_time(captured), "kept\n");
}

static void *say_elsewhere(void *context)
{
    log_info("elsewhere");
    return context;
}

static void say_with_request(void)
{
    pthread_t other;
    log_set_request("4f2a9c01");
    log_info("here");
    assert_int_equal(pthread_create(&other, NULL, say_elsewhere, NULL), 0);
    pthread_join(other, NULL);
    log_set_request("0123456789012345678901234567890123456789");
    log_info("long");
    log_set_request("");
    log_info("none");
}

static void a_request_belongs_to_its_thread(void **state)
{
    (void)state;
    capture(say_with_request);
    static const char *const wanted[] = {"req=4f2a9c01 here\n", "elsewhere\n",
                                         "req=0123456789012345678901234567890 long\n", "none\n"};
    const char *line = captured;
    for (int i = 0; i < 4; i++) {
        line = after_time(line);
        assert_memory_equal(line, wanted[i], strlen(wanted[i]));
        line += strlen(wanted[i]);
    }
}

static void say_controls(void)
{
    log_peer("a\n<3>bug: forged\r\x1b[31m\x7f\tend caf\xc3\xa9");
}

static void control_characters_are_escaped(void **state)
{
    (void)state;
    capture(say_controls);
    assert_string_equal(after_time(captured),
                        "peer: a\\x0a<3>bug: forged\\x0d\\x1b[31m\\x7f\\x09end caf\xc3\xa9\n");
}

static void say_much(void)
{
    char text[3000];
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    log_info("%s", text);
    memset(text, '\n', sizeof(text) - 1);
    log_info("%s", text);
    for (size_t i = 0; i + 2 < sizeof(text); i += 2)
        memcpy(text + i, "\xc3\xa9", 2);
    log_info("%s", text);
}

static void long_lines_are_cut_between_characters(void **state)
{
    (void)state;
    capture(say_much);
    const char *line = captured;
    for (int i = 0; i < 3; i++) {
        const char *end = strchr(line, '\n');
        assert_non_null(end);
        assert_in_range(end - line, 990, 1000);
        line = end + 1;
    }
    assert_int_equal(*line, '\0');
    assert_memory_equal(line - 3, "\xc3\xa9\n", 3);
}

static void must_aborts_with_words(void **state)
{
    (void)state;
    int pipes[2];
    char text[500];
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(pipes[1], STDERR_FILENO);
        signal(SIGABRT, SIG_DFL);
        MUST(1 + 1 == 2);
        MUST(1 + 1 == 3);
        _exit(0);
    }
    close(pipes[1]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    ssize_t n = read(pipes[0], text, sizeof(text) - 1);
    assert_true(n > 0);
    text[n] = '\0';
    close(pipes[0]);
    assert_non_null(strstr(text, "bug: "));
    assert_non_null(strstr(text, "must hold: 1 + 1 == 3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_say_whose_fault_it_is),
        cmocka_unit_test(lines_above_the_level_are_dropped),
        cmocka_unit_test(a_request_belongs_to_its_thread),
        cmocka_unit_test(control_characters_are_escaped),
        cmocka_unit_test(long_lines_are_cut_between_characters),
        cmocka_unit_test(must_aborts_with_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
