/* test_conf.c: settings from file and environment, and errors that an operator can act on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/conf.h"
#include <sys/stat.h>
#include <unistd.h>

struct settings {
    char *db;
    int64_t port;
    bool demo;
    char *master_key;
    char *title;
};

static const struct conf_row table[] = {
    {"db", CONF_TEXT, offsetof(struct settings, db), 1, 30, NULL, "the database's conninfo"},
    {"port", CONF_NUMBER, offsetof(struct settings, port), 1, 65535, "8080", "TCP port"},
    {"demo", CONF_FLAG, offsetof(struct settings, demo), 0, 0, "off", "demo mode"},
    {"master_key", CONF_SECRET, offsetof(struct settings, master_key), 0, 8, "", "the master key"},
    {"title", CONF_TEXT, offsetof(struct settings, title), 0, 20, "Wardmote", "the site's name"},
};
enum { ROWS = sizeof(table) / sizeof(table[0]) };

static char directory[] = "/tmp/wmconfXXXXXX";
static struct settings settings;
static struct buf error;

static const char *in_directory(const char *name)
{
    static char path[64];
    snprintf(path, sizeof(path), "%s/%s", directory, name);
    return path;
}

static void write_file(const char *name, const char *bytes, size_t len, mode_t mode)
{
    FILE *file = fopen(in_directory(name), "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(in_directory(name), mode), 0);
}

static bool load(const char *text)
{
    write_file("c", text, strlen(text), 0644);
    buf_clear(&error);
    return conf_load(table, ROWS, &settings, in_directory("c"), &error);
}

static void free_settings(void)
{
    free(settings.db);
    free(settings.master_key);
    free(settings.title);
    settings = (struct settings){0};
}

/* Loads and wants exactly one complaint: `where` (after the file's path) and its words. */
static void assert_complains(const char *text, const char *words)
{
    char wanted[300];
    assert_false(load(text));
    snprintf(wanted, sizeof(wanted), "%s/c%s\n", directory, words);
    assert_string_equal(buf_str(&error), wanted);
    free_settings();
}

static void defaults_file_and_comments(void **state)
{
    (void)state;
    assert_true(load("# Wardmote\n\n  db = host=/run/pg dbname=w  \n\tdemo=on\r\n#port = 9\n"));
    assert_string_equal(buf_str(&error), "");
    assert_string_equal(settings.db, "host=/run/pg dbname=w");
    assert_int_equal(settings.port, 8080);
    assert_true(settings.demo);
    assert_string_equal(settings.master_key, "");
    assert_string_equal(settings.title, "Wardmote");
    free_settings();
}

static void the_last_line_needs_no_newline(void **state)
{
    (void)state;
    assert_true(load("db = x\ntitle ="));
    assert_string_equal(settings.title, "");
    free_settings();
}

static void the_environment_wins(void **state)
{
    (void)state;
    setenv("WARDMOTE_PORT", "9", 1);
    setenv("WARDMOTE_DB", "from environment", 1);
    assert_true(load("db = from file\nport = 99999999\n"));
    assert_string_equal(settings.db, "from environment");
    assert_int_equal(settings.port, 9);
    free_settings();
    buf_clear(&error);
    assert_true(conf_load(table, ROWS, &settings, NULL, &error));
    free_settings();
    setenv("WARDMOTE_PORT", "0", 1);
    assert_false(load(""));
    assert_string_equal(buf_str(&error), "WARDMOTE_PORT: port must be a number from 1 to 65535\n");
    free_settings();
    unsetenv("WARDMOTE_PORT");
    unsetenv("WARDMOTE_DB");
}

static void mistakes_name_their_line(void **state)
{
    (void)state;
    assert_complains("db = x\n\nprot = 1\n", ":3: there is no setting \"prot\"");
    assert_complains("db = x\nport\n", ":2: a line is \"key = value\"");
    assert_complains("db = x\nport = 0\n", ":2: port must be a number from 1 to 65535");
    assert_complains("db = x\nport = 65536\n", ":2: port must be a number from 1 to 65535");
    assert_complains("db = x\nport = 80 # web\n", ":2: port must be a number from 1 to 65535");
    assert_complains("demo = yes\ndb = x\n", ":1: demo must be \"on\" or \"off\"");
    assert_complains("db =\n", ":1: db must be 1 to 30 bytes long, not 0");
    assert_false(load("title = a\n# b\ntitle = c\ndb = x"));
    assert_non_null(strstr(buf_str(&error), "/c:3: title is given twice, first at /tmp/"));
    assert_non_null(strstr(buf_str(&error), "/c:1\n"));
    free_settings();
}

static void a_missing_value_is_named(void **state)
{
    (void)state;
    assert_complains("port = 1\n", ": db must be given: the database's conninfo");
}

static void all_problems_are_told_at_once(void **state)
{
    (void)state;
    assert_false(load("a = 1\nport = x\nb = 2\n"));
    int lines = 0;
    for (const char *s = buf_str(&error); *s != '\0'; s++)
        lines += *s == '\n' ? 1 : 0;
    assert_int_equal(lines, 4);
    free_settings();
}

static void a_file_that_is_not_there(void **state)
{
    (void)state;
    buf_clear(&error);
    assert_false(conf_load(table, ROWS, &settings, "/nonexistent/c", &error));
    assert_non_null(
        strstr(buf_str(&error), "/nonexistent/c: cannot be read: No such file or directory\n"));
    free_settings();
    write_file("c", "db = \0x", 7, 0644);
    buf_clear(&error);
    assert_false(conf_load(table, ROWS, &settings, in_directory("c"), &error));
    assert_non_null(strstr(buf_str(&error), "holds a NUL byte"));
    free_settings();
}

static bool load_secret(const char *content, mode_t mode)
{
    char text[100];
    write_file("key", content, strlen(content), mode);
    snprintf(text, sizeof(text), "db = x\nmaster_key = %s\n", in_directory("key"));
    return load(text);
}

static void a_secret_is_its_files_content(void **state)
{
    (void)state;
    assert_true(load_secret("abc\n", 0640));
    assert_string_equal(settings.master_key, "abc");
    free_settings();
    assert_true(load_secret("a b\n\n", 0600));
    assert_string_equal(settings.master_key, "a b\n");
    free_settings();
}

static void a_secret_is_kept_from_others(void **state)
{
    (void)state;
    assert_false(load_secret("abc\n", 0644));
    assert_non_null(strstr(buf_str(&error), "/c:2: master_key: the file "));
    assert_non_null(strstr(buf_str(&error), "may be read by others"));
    assert_null(settings.master_key);
    free_settings();
    assert_false(load_secret("far too long\n", 0600));
    assert_non_null(strstr(buf_str(&error), "must be 0 to 8 bytes long, not 12"));
    assert_null(strstr(buf_str(&error), "far too long"));
    free_settings();
    assert_false(load("db = x\nmaster_key = /nonexistent\n"));
    assert_non_null(strstr(buf_str(&error), "/c:2: master_key: the file /nonexistent cannot be "
                                            "read: No such file or directory"));
    free_settings();
}

static void help_tells_what_may_be_set(void **state)
{
    (void)state;
    struct buf help = buf_new(4000);
    conf_help(table, ROWS, &help);
    assert_non_null(strstr(buf_str(&help), "  port  (number, 1 to 65535, default: 8080)\n"
                                           "      TCP port\n"));
    assert_non_null(strstr(buf_str(&help), "  db  (text, 1 to 30 bytes, must be given)\n"));
    assert_non_null(strstr(buf_str(&help), "  demo  (on/off, default: off)\n"));
    assert_non_null(strstr(buf_str(&help), "  master_key  (path of a secret, 0 to 8 bytes, "
                                           "default: none)\n"));
    buf_free(&help);
}

static int set_up(void **state)
{
    (void)state;
    error = buf_new(4000);
    return mkdtemp(directory) != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    buf_free(&error);
    unlink(in_directory("c"));
    unlink(in_directory("key"));
    return rmdir(directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_file_and_comments),
        cmocka_unit_test(the_last_line_needs_no_newline),
        cmocka_unit_test(the_environment_wins),
        cmocka_unit_test(mistakes_name_their_line),
        cmocka_unit_test(a_missing_value_is_named),
        cmocka_unit_test(all_problems_are_told_at_once),
        cmocka_unit_test(a_file_that_is_not_there),
        cmocka_unit_test(a_secret_is_its_files_content),
        cmocka_unit_test(a_secret_is_kept_from_others),
        cmocka_unit_test(help_tells_what_may_be_set),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
