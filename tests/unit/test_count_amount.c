/* test_count_amount.c: money is read strictly, kept exactly and written canonically. */
#include "test_count_support.h"

#include "count/amount.h"

static void check(const char *text, const char *decimal, const char *words)
{
    struct buf out = buf_new(200);
    mpq_t amount;
    mpq_init(amount);
    assert_true(amount_parse(text, amount));
    amount_decimal(&out, amount);
    assert_string_equal(buf_str(&out), decimal);
    buf_clear(&out);
    amount_words(&out, amount, "GBP");
    assert_string_equal(buf_str(&out), words);
    buf_free(&out);
    mpq_clear(amount);
}

static void reads_and_writes(void **state)
{
    (void)state;
    check("0", "0.00", "£0.00");
    check("7", "7.00", "£7.00");
    check("0.05", "0.05", "£0.05");
    check("1200", "1200.00", "£1,200.00");
    check("1234567.5", "1234567.50", "£1,234,567.50");
    check("1234,50", "1234.50", "£1,234.50");
    check("12.125", "12.125", "£12.125");
    check("000100", "100.00", "£100.00");
    check("5.", "5.00", "£5.00");
    check("0.000000000001", "0.000000000001", "£0.000000000001");
    check("999999999999999999.999999999999", "999999999999999999.999999999999",
          "£999,999,999,999,999,999.999999999999");
}

static void refuses_what_is_no_amount(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        ".",
        ",5",
        "-1",
        "+1",
        " 1",
        "1 ",
        "1e6",
        "1.2.3",
        "1,2,3",
        "1.2,3",
        "1 000",
        "£5",
        "0x10",
        "nan",
        "1/3",
        "1000000000000000000",
        "0.0000000000001",
    };
    mpq_t amount;
    mpq_init(amount);
    mpq_set_ui(amount, 7, 1);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (amount_parse(bad[i], amount))
            print_error("accepted \"%s\"\n", bad[i]);
        assert_int_equal(mpq_cmp_ui(amount, 7, 1), 0);
    }
    mpq_clear(amount);
}

/* Ten times ten pence is a pound; in binary floating point it is not. */
static void sums_are_exact(void **state)
{
    (void)state;
    mpq_t sum;
    mpq_t tenth;
    mpq_init(sum);
    mpq_init(tenth);
    assert_true(amount_parse("0.10", tenth));
    for (int i = 0; i < 10; i++)
        mpq_add(sum, sum, tenth);
    assert_int_equal(mpq_cmp_ui(sum, 1, 1), 0);
    mpq_clear(sum);
    mpq_clear(tenth);
}

static void only_codes_of_currencies_are_repeated(void **state)
{
    (void)state;
    static const struct {
        const char *currency;
        const char *words;
    } table[] = {{"PLN", "PLN 5.00"}, {"EUR", "€5.00"},    {NULL, "5.00"},
                 {"", "5.00"},        {"\033[2J", "5.00"}, {"pounds", "5.00"}};
    mpq_t five;
    mpq_init(five);
    mpq_set_ui(five, 5, 1);
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        struct buf out = buf_new(100);
        amount_words(&out, five, table[i].currency);
        assert_string_equal(buf_str(&out), table[i].words);
        buf_free(&out);
    }
    mpq_clear(five);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_writes),
        cmocka_unit_test(refuses_what_is_no_amount),
        cmocka_unit_test(sums_are_exact),
        cmocka_unit_test(only_codes_of_currencies_are_repeated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
