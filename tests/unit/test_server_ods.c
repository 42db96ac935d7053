/* test_server_ods.c: tables for spreadsheets: the package as readers want it, types, and that no
 * text becomes a formula. Another program reads one in tests/web/tables.test.mjs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <zip.h>

#include "server/html.h"
#include "server/ods.h"

static struct arena arena;
static const char *const heads[] = {"a", "b", NULL};

static struct sheet sample(void)
{
    struct sheet s = sheet_new(&arena, "T & T", heads, 4);
    sheet_text(&s, "=1+1");
    sheet_put(&s, CELL_NUMBER, 17);
    sheet_text(&s, " two  <b>\n\tlines ");
    sheet_put(&s, CELL_MONEY, 120005);
    sheet_put(&s, CELL_YES, 1);
    sheet_put(&s, CELL_COUNT, 1234);
    sheet_put(&s, CELL_NONE, 0);
    return s;
}

static void csv_is_quoted_and_guarded(void **state)
{
    struct sheet s = sample();
    struct buf out = buf_new(4096);
    (void)state;
    sheet_csv(&out, &s);
    assert_string_equal(buf_str(&out), "a,b\r\n\"'=1+1\",0017\r\n\" two  <b> \tlines \",1200.05\r\n"
                                       "yes,1234\r\n\r\n");
    buf_free(&out);
}

static void write_sample(struct buf *out)
{
    struct sheet s = sample();
    *out = buf_new(1 << 20);
    assert_true(ods_write(out, &s, 1));
}

/* A file of a package, as another reader of the library gives it. */
static void read_file(const struct buf *package, const char *name, struct buf *out)
{
    char bytes[16384];
    zip_source_t *source = zip_source_buffer_create(package->data, package->len, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    assert_non_null(zip);
    zip_file_t *file = zip_fopen(zip, name, 0);
    assert_non_null(file);
    zip_int64_t n = zip_fread(file, bytes, sizeof bytes);
    assert_true(n > 0 && n < (zip_int64_t)sizeof bytes);
    buf_add(out, bytes, (size_t)n);
    zip_fclose(file);
    zip_discard(zip);
}

/* ODF 1.3 part 2, 3.3: file(1) and mail programs look at these very bytes. */
static void the_type_comes_first_and_plain(void **state)
{
    struct buf out;
    static const char type[] = "mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    (void)state;
    write_sample(&out);
    assert_memory_equal(out.data, "PK\3\4", 4);
    assert_memory_equal(out.data + 8, "\0\0", 2);       /* stored */
    assert_memory_equal(out.data + 26, "\10\0\0\0", 4); /* a name of 8, no extra field */
    assert_memory_equal(out.data + 30, type, sizeof type - 1);
    buf_free(&out);
}

static void the_same_table_is_the_same_file(void **state)
{
    struct buf one, two;
    (void)state;
    write_sample(&one);
    setenv("TZ", "Asia/Tokyo", 1);
    tzset();
    write_sample(&two);
    unsetenv("TZ");
    tzset();
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
    buf_free(&one);
    buf_free(&two);
}

static void every_cell_has_its_type_and_none_a_formula(void **state)
{
    static const char *const parts[] = {
        "table:name=\"T &amp; T\"",
        "<table:table-cell office:value-type=\"string\"><text:p>=1+1</text:p></table:table-cell>",
        "<text:p>0017</text:p>",
        "<text:p><text:s/>two<text:s/><text:s/>&lt;b&gt;</text:p><text:p><text:tab/>lines<text:s/>"
        "</text:p>",
        "office:value-type=\"currency\" office:currency=\"GBP\" office:value=\"1200.05\"><text:p>"
        "£1,200.05</text:p>",
        "<text:p>yes</text:p>",
        "office:value-type=\"float\" office:value=\"1234\"><text:p>1234</text:p>",
        "<table:table-row><table:table-cell/></table:table-row>",
    };
    struct buf out, content = buf_new(1 << 20);
    (void)state;
    write_sample(&out);
    read_file(&out, "content.xml", &content);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strstr(buf_str(&content), parts[i]) == NULL)
            fail_msg("no %s in %s", parts[i], buf_str(&content));
    }
    assert_null(strstr(buf_str(&content), "formula"));
    buf_free(&out);
    buf_free(&content);
}

static void what_xml_cannot_hold_is_dropped(void **state)
{
    struct html h = html_new();
    (void)state;
    html_text(&h, "a\x01"
                  "b\xEF\xBF\xBE"
                  "c\xEF\xBF\xBF\xEF\xBF\xBD\xEF\xBF");
    assert_string_equal(buf_str(&h.out), "abc\xEF\xBF\xBD\xEF\xBF");
    html_free(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_is_quoted_and_guarded),
        cmocka_unit_test(the_type_comes_first_and_plain),
        cmocka_unit_test(the_same_table_is_the_same_file),
        cmocka_unit_test(every_cell_has_its_type_and_none_a_formula),
        cmocka_unit_test(what_xml_cannot_hold_is_dropped),
    };
    arena = arena_new(1 << 20);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
