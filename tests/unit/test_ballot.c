/* test_ballot.c: the golden bytes of ballots, commitments and receipts. Every expected value was
 * computed by another program (Python's hmac and hashlib) from the text of the format. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/ballot.h"
#include "common/buf.h"

static const uint8_t voter[UUID_LEN] = {0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7,
                                        0xa8, 0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf};
static struct round_keys keys; /* uuid 10…1f, K_pseudonym 00…1f, K_nonce 20…3f */
static uint8_t pseudonym[PSEUDONYM_LEN];

static void assert_hex(const uint8_t *bytes, size_t len, const char *wanted)
{
    struct buf hex = buf_new(1000);
    buf_hex(&hex, bytes, len);
    assert_string_equal(buf_str(&hex), wanted);
    buf_free(&hex);
}

static void a_pseudonym(void **state)
{
    (void)state;
    assert_hex(pseudonym, sizeof(pseudonym), "1432e61768a8843fdbc54fea1b01ce50");
}

struct golden {
    struct ballot_pick picks[3];
    size_t n;
    bool withdrawn;
    uint32_t revision;
    const char *text, *commitment, *receipt, *picks_hash;
    int64_t bits;
};

#define HEAD                                                                                       \
    "wardmote/ballot/1\nround 10111213-1415-1617-1819-1a1b1c1d1e1f\n"                              \
    "voter 1432e61768a8843fdbc54fea1b01ce50\n"

static const struct golden golden[] = {
    {.picks = {{2716, 1}, {7, 1}, {1275, 1}},
     .n = 3,
     .revision = 1,
     .text = HEAD "revision 1\npick 7 1\npick 1275 1\npick 2716 1\nend\n",
     .commitment = "30e2533c98a01e06330d77b37463244fcf47ad48eee1e61875eca99ae1939da0",
     .bits = 220154336142557664,
     .receipt = "R63H5-6F4R-M0F0-X",
     .picks_hash = "a6f3fb91dbb94ffee9726e00ce17d4307211d78c5a3f5c59233a38884a31686c"},
    {.withdrawn = true,
     .revision = 300,
     .text = HEAD "revision 300\nwithdrawn\nend\n",
     .commitment = "ea1d0db3171dbd6840d52e19829353cb4f446ca8309af3b38d5be0ff23bb5380",
     .bits = 1054353427627367382,
     .receipt = "RX8EG-VCRQ-3PYP-F",
     .picks_hash = "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a"},
    {.revision = 2,
     .text = HEAD "revision 2\nend\n",
     .commitment = "9a804a01fd7493557e489aa5e38112b52e4cb5442d8e3fde3f69add9ab6ecc39",
     .bits = 695811228204222773,
     .receipt = "RKA04-M0FX-EJ9N-C",
     .picks_hash = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
};

static void golden_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(golden) / sizeof(golden[0]); i++) {
        struct golden g = golden[i];
        char text[BALLOT_TEXT_MAX], shown[RECEIPT_LEN + 1];
        uint8_t hash[32];
        ballot_sort(g.picks, g.n);
        size_t len = ballot_text(&keys, pseudonym, g.revision, g.picks, g.n, g.withdrawn, text);
        assert_int_equal(len, strlen(g.text));
        assert_memory_equal(text, g.text, len);
        ballot_commitment(&keys, pseudonym, g.revision, text, len, hash);
        assert_hex(hash, sizeof(hash), g.commitment);
        assert_true(receipt_bits(hash) == g.bits);
        receipt_show(g.bits, shown);
        assert_string_equal(shown, g.receipt);
        ballot_picks_hash(g.picks, g.n, g.withdrawn, hash);
        assert_hex(hash, sizeof(hash), g.picks_hash);
    }
}

static void the_longest_ballot_fits(void **state)
{
    (void)state;
    struct ballot_pick picks[BALLOT_PICKS_MAX];
    char text[BALLOT_TEXT_MAX];
    uint8_t hash[32];
    for (size_t i = 0; i < BALLOT_PICKS_MAX; i++)
        picks[i] = (struct ballot_pick){.number = (uint16_t)(9999 - i), .weight = UINT16_MAX};
    ballot_sort(picks, BALLOT_PICKS_MAX);
    for (size_t i = 1; i < BALLOT_PICKS_MAX; i++)
        assert_true(picks[i - 1].number < picks[i].number);
    size_t len = ballot_text(&keys, pseudonym, UINT32_MAX, picks, BALLOT_PICKS_MAX, false, text);
    assert_true(len < BALLOT_TEXT_MAX);
    assert_memory_equal(text + len - 20, "pick 9999 65535\nend\n", 20);
    ballot_commitment(&keys, pseudonym, UINT32_MAX, text, len, hash);
}

static void uuids_as_text(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "10111213-1415-1617-1819-1a1b1c1d1e1",
        "10111213-1415-1617-1819-1a1b1c1d1e1f0",
        "101112131415-1617-1819-1a1b1c1d1e1f--",
        "1011121-31415-1617-1819-1a1b1c1d1e1f",
        "10111213-1415-1617-1819-1a1b1c1d1e1g",
        "{0111213-1415-1617-1819-1a1b1c1d1e1}",
    };
    char text[UUID_TEXT_LEN + 1];
    uint8_t uuid[UUID_LEN];
    uuid_text(keys.uuid, text);
    assert_string_equal(text, "10111213-1415-1617-1819-1a1b1c1d1e1f");
    assert_true(uuid_read("10111213-1415-1617-1819-1A1B1C1D1E1F", uuid));
    assert_memory_equal(uuid, keys.uuid, UUID_LEN);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_false(uuid_read(wrong[i], uuid));
}

static void receipts_at_the_ends_of_their_range(void **state)
{
    (void)state;
    static const struct {
        int64_t bits;
        const char *shown;
    } rows[] = {{0, "R0000-0000-0000-0"},
                {1, "R0000-0000-0001-Y"},
                {31, "R0000-0000-000Z-1"},
                {(INT64_C(1) << 60) - 1, "RZZZZ-ZZZZ-ZZZZ-C"}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char shown[RECEIPT_LEN + 1];
        int64_t bits = -1;
        receipt_show(rows[i].bits, shown);
        assert_string_equal(shown, rows[i].shown);
        assert_true(receipt_read(shown, &bits));
        assert_true(bits == rows[i].bits);
    }
}

static void receipts_as_people_type_them(void **state)
{
    (void)state;
    static const char *const right[] = {"RKA04-M0FX-EJ9N-C",    "rka04m0fxej9nc",
                                        "KA04-M0FX-EJ9N-C",     "ka04m0fxej9nc",
                                        " R KA04 M0FX EJ9N C ", "RKAO4-MoFX-EJ9N-C"};
    static const char *const wrong[] = {"",
                                        "R",
                                        "RKA04-M0FX-EJ9N",
                                        "RKA04-M0FX-EJ9N-CC",
                                        "RKA04-M0FX-EJ9N-D",
                                        "RKA04-M0FX-EJN9-C",
                                        "RKA04-M0FX-EJ9U-C",
                                        "XKA04-M0FX-EJ9N-C",
                                        "RKA04_M0FX_EJ9N_C",
                                        "RKA04-M0FX-EJ9N-C\n"};
    int64_t bits;
    for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++) {
        bits = -1;
        assert_true(receipt_read(right[i], &bits));
        assert_true(bits == 695811228204222773);
    }
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        bits = -1;
        assert_false(receipt_read(wrong[i], &bits));
        assert_true(bits == -1);
    }
}

/* A receipt whose first symbol is R may be typed without its prefix R. */
static void the_prefix_is_told_by_length_alone(void **state)
{
    (void)state;
    char shown[RECEIPT_LEN + 1];
    int64_t bits = -1;
    receipt_show(INT64_C(24) << 55, shown);
    assert_memory_equal(shown, "RR000", 5);
    assert_true(receipt_read(shown + 1, &bits));
    assert_true(bits == INT64_C(24) << 55);
}

static void every_wrong_character_is_found(void **state)
{
    (void)state;
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    char typed[] = "KA04M0FXEJ9NC";
    int64_t bits;
    for (size_t place = 0; place < sizeof(typed) - 1; place++) {
        char right = typed[place];
        for (const char *c = alphabet; *c != '\0'; c++) {
            typed[place] = *c;
            assert_int_equal(receipt_read(typed, &bits), *c == right);
        }
        typed[place] = right;
    }
}

static int set_up(void **state)
{
    (void)state;
    for (uint8_t i = 0; i < 32; i++) {
        keys.k_pseudonym[i] = i;
        keys.k_nonce[i] = (uint8_t)(32 + i);
    }
    for (uint8_t i = 0; i < UUID_LEN; i++)
        keys.uuid[i] = (uint8_t)(0x10 + i);
    ballot_pseudonym(&keys, voter, pseudonym);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pseudonym),
        cmocka_unit_test(golden_bytes),
        cmocka_unit_test(the_longest_ballot_fits),
        cmocka_unit_test(uuids_as_text),
        cmocka_unit_test(receipts_at_the_ends_of_their_range),
        cmocka_unit_test(receipts_as_people_type_them),
        cmocka_unit_test(the_prefix_is_told_by_length_alone),
        cmocka_unit_test(every_wrong_character_is_found),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
