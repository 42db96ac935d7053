/* test_phone.c: telephone numbers as people and providers write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/buf.h"
#include "common/phone.h"
#include "common/secret.h"

/* Numbers are from the ranges that Ofcom keeps free for drama, where such a range exists. */
static const struct {
    const char *typed;
    enum phone_kind kind;
    const char *e164;
} rows[] = {
    /* mobiles, in every way of writing */
    {"07700900123", PHONE_UK_MOBILE, "+447700900123"},
    {"07700 900 123", PHONE_UK_MOBILE, "+447700900123"},
    {"(07700) 900-123", PHONE_UK_MOBILE, "+447700900123"},
    {"07700.900.123", PHONE_UK_MOBILE, "+447700900123"},
    {"+447700900123", PHONE_UK_MOBILE, "+447700900123"},
    {"+44 7700 900123", PHONE_UK_MOBILE, "+447700900123"},
    {"+44 (0)7700 900123", PHONE_UK_MOBILE, "+447700900123"},
    {"447700900123", PHONE_UK_MOBILE, "+447700900123"},
    {"00 44 (0) 7700 900123", PHONE_UK_MOBILE, "+447700900123"},
    {"+353 (0)87 123 4567", PHONE_OTHER, "+353871234567"},
    {"00447700900123", PHONE_UK_MOBILE, "+447700900123"},
    {"00 44 7700 900123 ", PHONE_UK_MOBILE, "+447700900123"},
    {"07624000000", PHONE_UK_MOBILE, "+447624000000"}, /* Isle of Man */
    {"07797700123", PHONE_UK_MOBILE, "+447797700123"}, /* Jersey */
    /* other UK numbers */
    {"01632 960123", PHONE_OTHER, "+441632960123"},
    {"020 7946 0123", PHONE_OTHER, "+442079460123"},
    {"0118 496 0123", PHONE_OTHER, "+441184960123"}, /* Reading, not a directory enquiry */
    {"0808 157 0123", PHONE_OTHER, "+448081570123"},
    {"07600 123456", PHONE_OTHER, "+447600123456"}, /* a pager */
    {"+44169772345", PHONE_OTHER, "+44169772345"},  /* Brampton: nine digits */
    /* premium and personal numbers */
    {"0909 879 0123", PHONE_PREMIUM, "+449098790123"},
    {"0871 234 5678", PHONE_PREMIUM, "+448712345678"},
    {"+448732345678", PHONE_PREMIUM, "+448732345678"},
    {"07012345678", PHONE_PREMIUM, "+447012345678"},
    {"118118", PHONE_PREMIUM, ""},
    {"+979 1 2345678", PHONE_PREMIUM, "+97912345678"},
    {"+1 (900) 555-0123", PHONE_PREMIUM, "+19005550123"},
    {"0019005550123", PHONE_PREMIUM, "+19005550123"},
    /* from elsewhere */
    {"+33 6 12 34 56 78", PHONE_OTHER, "+33612345678"},
    {"0033612345678", PHONE_OTHER, "+33612345678"},
    {"33612345678", PHONE_OTHER, "+33612345678"},
    {"+1 (202) 555-0123", PHONE_OTHER, "+12025550123"},
    {"+2904567", PHONE_OTHER, "+2904567"},
    {"+123456789012345", PHONE_OTHER, "+123456789012345"},
    /* short codes and names */
    {"60777", PHONE_SHORT_CODE, ""},
    {"999", PHONE_SHORT_CODE, ""},
    {"81205678", PHONE_SHORT_CODE, ""},
    {"YorkCouncil", PHONE_ALPHANUMERIC, ""},
    {"O2", PHONE_ALPHANUMERIC, ""},
    {"Royal Mail", PHONE_ALPHANUMERIC, ""},
    {"+447700900123x", PHONE_ALPHANUMERIC, ""},
    {"Caf\xc3\xa9", PHONE_ALPHANUMERIC, ""},
    /* nothing of the kind */
    {"", PHONE_INVALID, ""},
    {"+", PHONE_INVALID, ""},
    {"12", PHONE_INVALID, ""},
    {"0770090012", PHONE_INVALID, ""},
    {"077009001234", PHONE_INVALID, ""},
    {"7700900123", PHONE_INVALID, ""}, /* a lost 0, or Kazakhstan: not ours to guess */
    {"+44770090012", PHONE_INVALID, ""},
    {"+4477009001234", PHONE_INVALID, ""},
    {"+0447700900123", PHONE_INVALID, ""},
    {"+1234567890123456", PHONE_INVALID, ""},
    {"++447700900123", PHONE_INVALID, ""},
    {"07700+900123", PHONE_INVALID, ""},
    {"07700/900123", PHONE_INVALID, ""},
    {"00", PHONE_INVALID, ""},
    {"00000000000", PHONE_INVALID, ""},
    {"077009001230770090012307700900123", PHONE_INVALID, ""},
};

static void numbers_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char out[PHONE_LEN + 1];
        enum phone_kind kind = phone_read(rows[i].typed, out);
        if (kind != rows[i].kind || strcmp(out, rows[i].e164) != 0)
            fail_msg("\"%s\" is read as kind %d, \"%s\"", rows[i].typed, kind, out);
    }
}

static void what_was_read_is_read_again_alike(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char out[PHONE_LEN + 1];
        if (rows[i].e164[0] == '\0')
            continue;
        assert_int_equal(phone_read(rows[i].e164, out), rows[i].kind);
        assert_string_equal(out, rows[i].e164);
    }
}

/* Ofcom's numbers for drama, and others in the plan's shapes. */
static void numbers_are_shown_as_they_are_read_aloud(void **state)
{
    (void)state;
    static const char *const shown[][2] = {
        {"+447700900456", "07700 900456"},  {"+441904551550", "01904 551550"},
        {"+442079460123", "020 7946 0123"}, {"+441134960123", "0113 496 0123"},
        {"+441214960123", "0121 496 0123"}, {"+443069990123", "0306 999 0123"},
        {"+353871234567", "+353871234567"}, {"+44845000", "+44845000"},
    };
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        char out[PHONE_LEN + 1];
        phone_words(shown[i][0], out);
        assert_string_equal(out, shown[i][1]);
    }
}

/* HMAC(HMAC(master, "wardmote/phone/1" 0x00), "phone" 0x00 "+447700900123") by Python. */
static void numbers_are_stored_as_keyed_hashes(void **state)
{
    (void)state;
    uint8_t hash[32];
    struct buf hex = buf_new(64);
    assert_true(secret_start("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    phone_lookup("+447700900123", hash);
    buf_hex(&hex, hash, sizeof(hash));
    assert_string_equal(buf_str(&hex),
                        "ef6f3a4f010ad7373e5644f69edc79ff39d365ab463ef48ec31944029742b58f");
    buf_free(&hex);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read),
        cmocka_unit_test(what_was_read_is_read_again_alike),
        cmocka_unit_test(numbers_are_shown_as_they_are_read_aloud),
        cmocka_unit_test(numbers_are_stored_as_keyed_hashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
