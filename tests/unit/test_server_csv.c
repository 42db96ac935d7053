/* test_server_csv.c: CSV files as offices have them, and the columns of their exports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/csv_read.h"
#include "server/import_columns.h"

static struct csv_row row;

/* All rows as "cell|cell\n", problems in square brackets. */
static void check(const char *file, size_t len, const char *expected)
{
    struct csv c;
    struct buf out = buf_new(65536);
    assert_true(csv_begin(&c, file, len));
    while (csv_next(&c, &row)) {
        for (int i = 0; i < row.n; i++)
            buf_fmt(&out, "%s%s", i > 0 ? "|" : "", row.cell[i]);
        if (row.problem != NULL)
            buf_fmt(&out, "[%s]", row.problem);
        buf_char(&out, '\n');
    }
    assert_string_equal(buf_str(&out), expected);
    buf_free(&out);
}
#define CHECK(file, expected) check("" file "", sizeof(file) - 1, expected)

static void plain_ones(void **state)
{
    (void)state;
    CHECK("a,b\r\n1,2\r\n", "a|b\n1|2\n");
    CHECK("a,b\n1,2", "a|b\n1|2\n");
    CHECK("a;b\n1,5;2\n", "a|b\n1,5|2\n");
    CHECK("a\tb\n1\t2\n", "a|b\n1|2\n");
    CHECK("\xEF\xBB\xBF"
          "a,b\n",
          "a|b\n");
    CHECK(" a , b \n,\n\n3,\n", "a|b\n3|\n");
    CHECK("", "");
}

static void quoted_ones(void **state)
{
    (void)state;
    CHECK("a,b\n\"1, \"\"x\"\"\",\"2\r\n3\"\n", "a|b\n1, \"x\"|2  3\n");
    CHECK("a,b\n1\"2,\"\"\n", "a|b\n1\"2|\n");
    CHECK("a,b\n\"1,2\n", "a|b\n1,2[a quotation mark is not closed]\n");
}

static void charsets(void **state)
{
    (void)state;
    CHECK("a,b\nCaf\xC3\xA9,\xE2\x82\xAC\n", "a|b\nCaf\xC3\xA9|\xE2\x82\xAC\n");
    CHECK("a,b\nCaf\xE9,\x80 \x92\x81\n", "a|b\nCaf\xC3\xA9|\xE2\x82\xAC \xE2\x80\x99?\n");
    CHECK("a\0b,c\n", "a b|c\n");
    struct csv c;
    assert_false(csv_begin(&c,
                           "\xFF\xFE"
                           "a\0",
                           4));
    assert_false(csv_begin(&c, "PK\x03\x04", 4));
}

/* Rows are numbered as a spreadsheet does, whatever lines they take. */
static void numbers(void **state)
{
    (void)state;
    struct csv c;
    static const char file[] = "a,b\n\"1\n1\",2\n\n3,4\n";
    assert_true(csv_begin(&c, file, sizeof file - 1));
    assert_true(csv_next(&c, &row));
    assert_int_equal(row.number, 1);
    assert_true(csv_next(&c, &row));
    assert_int_equal(row.number, 2);
    assert_true(csv_next(&c, &row));
    assert_int_equal(row.number, 4);
    assert_false(csv_next(&c, &row));
}

/* Where a cell may hold paragraphs, its line breaks stay, as LF; elsewhere they are spaces. */
static void paragraphs(void **state)
{
    (void)state;
    struct csv c;
    static const char file[] = "\"\r\none\r\n\r\ntwo\n\",x\r\n";
    for (int lines = 0; lines < 2; lines++) {
        assert_true(csv_begin(&c, file, sizeof file - 1));
        c.lines = lines == 1;
        assert_true(csv_next(&c, &row));
        assert_string_equal(row.cell[0], c.lines ? "one\n\ntwo" : "one    two");
        assert_string_equal(row.cell[1], "x");
    }
}

static void too_much(void **state)
{
    (void)state;
    struct csv c;
    static char file[CSV_ROW_BYTES * 2];
    memset(file, 'x', sizeof file);
    memcpy(file + sizeof file - 4, "\n1,2", 4);
    assert_true(csv_begin(&c, file, sizeof file));
    assert_true(csv_next(&c, &row));
    assert_string_equal(row.problem, "the row is too long");
    assert_true(csv_next(&c, &row));
    assert_null(row.problem);
    assert_int_equal(row.n, 2);
    memset(file, ',', sizeof file);
    file[400] = '\n';
    assert_true(csv_begin(&c, file, 401));
    assert_true(csv_next(&c, &row));
    assert_string_equal(row.problem, "the row has too many cells");
    assert_int_equal(row.n, CSV_COLUMNS_MAX);
}

/* The roles of a header's columns as letters. */
static void columns(const char *header, const char *roles)
{
    static const char letter[] = "-apuwcno";
    char have[CSV_COLUMNS_MAX + 1] = "";
    struct csv c;
    struct import_columns out;
    struct arena arena = arena_new(1 << 16);
    assert_true(csv_begin(&c, header, strlen(header)));
    assert_true(csv_next(&c, &row));
    import_columns_read(&arena, &row, &out);
    for (int i = 0; i < out.n; i++)
        have[i] = letter[out.role[i]];
    assert_string_equal(have, roles);
    assert_int_equal(out.known, strpbrk(roles, "acn") != NULL);
    arena_free(&arena);
}

static void exports(void **state)
{
    (void)state;
    columns("addressline1,addressline2,addressline3,addressline4,addressline5,addressline6,"
            "property_urn",
            "aaaaapu");
    columns("propertynumber,streetname,postcode,uprn", "aapu");
    columns("housename,housenumber,streetname,locality,town,adminarea,postcode,uprn", "aaaaaapu");
    columns("add1,add2,add3,add4,add5,add6,postcode,uprn", "aaaaaapu");
    columns("Elector Number Prefix,Elector Number,Elector Number Suffix,Address 1,Postcode",
            "oooap");
    columns("Ward;Voting code;Mobile;Notes", "wcn-");
    columns("Strasse,Ort", "--");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_ones), cmocka_unit_test(quoted_ones), cmocka_unit_test(charsets),
        cmocka_unit_test(numbers),    cmocka_unit_test(paragraphs),  cmocka_unit_test(too_much),
        cmocka_unit_test(exports),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
