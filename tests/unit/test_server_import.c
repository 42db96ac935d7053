/* test_server_import.c: a whole file of voters: what its rows have in common, what is wrong with
 * which, and the same rows packed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/byte_index.h"
#include "server/import_file.h"

static struct import_file file;
static struct import_columns columns;
static struct arena arena;

static enum import_outcome read_file(const char *text, bool persons)
{
    static struct csv_row header;
    struct csv csv;
    assert_true(csv_begin(&csv, text, strlen(text)));
    assert_true(csv_next(&csv, &header));
    import_columns_read(&arena, &header, &columns);
    return import_file_read(&file, &csv, &columns, persons);
}

/* All that is wrong: "row: words\n". */
static void check_faults(const char *expected)
{
    struct buf out = buf_new(65536);
    for (int i = 0; i < file.n; i++) {
        const char *words = import_file_words(&file, i, &arena);
        if (*words != '\0')
            buf_fmt(&out, "%d: %s\n", (int)file.line[i].number, words);
    }
    assert_string_equal(buf_str(&out), expected);
    buf_free(&out);
}

/* All rows: "address index@area text\n". */
static void check_rows(const char *expected)
{
    struct buf out = buf_new(65536);
    for (int i = 0; i < file.n; i++) {
        struct import_packed p = import_file_row(&file, i);
        buf_fmt(&out, "%d@%d %.*s%s%s\n", (int)p.address, (int)p.area,
                (int)(p.address_len + p.postcode_len + p.uprn_len), p.text,
                p.code != NULL ? " code" : "", p.phone != NULL ? " phone" : "");
    }
    assert_string_equal(buf_str(&out), expected);
    buf_free(&out);
}

static void addresses(void **state)
{
    (void)state;
    const int32_t areas[] = {7, 0}, postcodes[] = {0, 8, IMPORT_ELSEWHERE};
    assert_int_equal(
        read_file("address,postcode,uprn,ward\n1 Low Road,YO1 1AA,1,Acomb\n"
                  "2 Low Road,YO1 1AA,2,Acomb\n3 Low Road,,3,\n4 Low Road,YO1 1AB,4,\n",
                  false),
        IMPORT_READ);
    assert_string_equal(import_word(&file.areas, 0), "Acomb");
    assert_int_equal(file.areas.n, 1);
    assert_int_equal(file.postcodes.n, 2);
    import_file_place(&file, areas, postcodes);
    assert_int_equal(import_file_bad(&file), 0);
    assert_int_equal(import_file_settle(&file, 5), 4);
    check_rows("0@7 1 Low RoadYO1 1AA1\n1@7 2 Low RoadYO1 1AA2\n2@5 3 Low Road3\n"
               "3@8 4 Low RoadYO1 1AB4\n");
    import_file_free(&file);
}

static void what_is_wrong(void **state)
{
    (void)state;
    const int32_t areas[] = {7, 0}, postcodes[] = {8, IMPORT_ELSEWHERE};
    assert_int_equal(read_file("address,postcode,uprn,ward\nA,YO1 1AA,1,Acomb\nB,,1,Atlantis\n"
                               ",,,\nC,,1,Acomb\nD,YO9,2,\nE,YO1,2.0E+9,\n,YO9,3,Acomb\nG,YO1,4,\n",
                               false),
                     IMPORT_READ);
    const char *alone =
        "3: this UPRN stands in row 2 already\n5: this UPRN stands in row 2 already\n"
        "7: the UPRN was spoilt by a spreadsheet: export it as text\n"
        "8: the row has no address, code or number\n";
    check_faults(alone);
    import_file_fault(&file, 0, IMPORT_UPRN_KNOWN);
    import_file_fault(&file, 1, IMPORT_UPRN_KNOWN);
    import_file_place(&file, areas, postcodes);
    check_faults(
        "2: this UPRN is on the register already\n3: no area here has this name\n"
        "5: this UPRN stands in row 2 already\n"
        "7: the UPRN was spoilt by a spreadsheet: export it as text\n"
        "8: the row has no address, code or number\n9: the postcode lies in another area\n");
    assert_int_equal(import_file_bad(&file), 6);
    import_file_again(&file);
    check_faults(alone);
    import_file_free(&file);
}

static void persons(void **state)
{
    (void)state;
    const int32_t areas[] = {0}, postcodes[] = {0, 0};
    assert_int_equal(
        read_file("electornumber,address,postcode,mobile\n1,1 Low Road,YO1 1AA,\n"
                  "2,1 Low Road,YO1 1AA,07700 900001\n3,1 Low Road,,\n4,,,07700900002\n"
                  "5,1 Low Road,YO1 1AA,+447700900001\n",
                  true),
        IMPORT_READ);
    check_faults("6: this number stands in row 3 already\n");
    import_file_place(&file, areas, postcodes);
    assert_int_equal(import_file_settle(&file, 5), 2);
    check_rows("0@5 1 Low RoadYO1 1AA\n0@5 1 Low RoadYO1 1AA phone\n1@5 1 Low Road\n-1@5  phone\n"
               "0@5 1 Low RoadYO1 1AA phone\n");
    assert_true(file.has_phones && !file.has_codes);
    import_file_free(&file);
}

static void too_many_or_none(void **state)
{
    (void)state;
    assert_int_equal(read_file("address\n\n", false), IMPORT_NO_ROWS);
    import_file_free(&file);
    struct buf many = buf_new(4 << 20);
    buf_str_add(&many, "address\n");
    for (int i = 0; i < IMPORT_ROWS_MAX; i++)
        buf_fmt(&many, "%d\n", i);
    assert_int_equal(read_file(buf_str(&many), false), IMPORT_READ);
    assert_int_equal(file.n, IMPORT_ROWS_MAX);
    assert_int_equal(import_file_part(&file, 0), IMPORT_PART_ROWS);
    assert_int_equal(import_file_part(&file, IMPORT_ROWS_MAX - 3), IMPORT_ROWS_MAX);
    import_file_free(&file);
    buf_str_add(&many, "x\n");
    assert_int_equal(read_file(buf_str(&many), false), IMPORT_TOO_MANY);
    import_file_free(&file);
    buf_free(&many);
}

/* Long rows: a part ends with the row that makes it a mebibyte, short ones with their number. */
static void parts(void **state)
{
    (void)state;
    enum { ROWS = 5000, ROW = IMPORT_PACKED_HEAD + 250 };
    struct buf text = buf_new(4 << 20);
    buf_str_add(&text, "address\n");
    for (int i = 0; i < ROWS; i++)
        buf_fmt(&text, "%0250d\n", i);
    assert_int_equal(read_file(buf_str(&text), false), IMPORT_READ);
    int end = import_file_part(&file, 0);
    assert_int_equal(end, (IMPORT_PART_BYTES + ROW - 1) / ROW);
    assert_int_equal(import_file_part(&file, end), ROWS);
    import_file_free(&file);
    buf_free(&text);
}

/* A part that was cut short is not read past its end. */
static void cut_short(void **state)
{
    (void)state;
    struct import_packed p;
    assert_int_equal(read_file("address,mobile\n1 Low Road,07700 900001\n", true), IMPORT_READ);
    assert_true(import_unpack(buf_str(&file.rows), file.rows.len, &p));
    assert_int_equal(p.len, file.rows.len);
    for (size_t len = 0; len < file.rows.len; len++)
        assert_false(import_unpack(buf_str(&file.rows), len, &p));
    import_file_free(&file);
}

static bool same_number(const void *context, uint32_t id, const void *bytes, size_t len)
{
    (void)context;
    uint32_t n;
    memcpy(&n, bytes, len);
    return n == id % 5000;
}

static void an_index(void **state)
{
    (void)state;
    struct byte_index x = {.same = same_number};
    for (uint32_t i = 0; i < 20000; i++) {
        uint32_t n = i % 5000;
        assert_int_equal(byte_index_see(&x, &n, sizeof(n), i), n);
    }
    assert_int_equal(x.used, 5000);
    byte_index_free(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses), cmocka_unit_test(what_is_wrong),
        cmocka_unit_test(persons),   cmocka_unit_test(too_many_or_none),
        cmocka_unit_test(parts),     cmocka_unit_test(cut_short),
        cmocka_unit_test(an_index),
    };
    arena = arena_new(1 << 20);
    assert_true(secret_start("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"));
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
