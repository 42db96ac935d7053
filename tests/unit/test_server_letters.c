/* test_server_letters.c: letters and their file hold the code, escaped and guarded; the QR code
 * decodes to the same modules that were drawn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/letters.h"
#include <qrencode.h>

static const struct letter letters[] = {
    {"1234567890128", "WE-000001", "1 \"High\" St, <York>", NULL},
    {"0000000000000", "WE-000002", "=HYPERLINK(1)", NULL},
    {"5555555555555", "WE-000003", "", NULL},
};

static struct letters make(void)
{
    return (struct letters){.place = "City of York",
                            .area = "Westfield & more",
                            .public_url = "https://vote.york.example",
                            .sms_number = "60777",
                            .sms_prefix = "York ",
                            .contact = "Call 01904 000000",
                            .letter = letters,
                            .n = 3};
}

static void file_is_guarded(void **state)
{
    (void)state;
    struct letters all = make();
    struct buf out = buf_new(10000);
    letters_csv(&out, &all);
    assert_string_equal(
        buf_str(&out),
        "serial,code,area,address\r\n"
        "\"WE-000001\",\"123 456 789 0128\",\"Westfield & more\",\"1 \"\"High\"\" St, <York>\"\r\n"
        "\"WE-000002\",\"000 000 000 0000\",\"Westfield & more\",\"'=HYPERLINK(1)\"\r\n"
        "\"WE-000003\",\"555 555 555 5555\",\"Westfield & more\",\"\"\r\n");
    buf_free(&out);
}

static void letter_is_escaped_and_complete(void **state)
{
    (void)state;
    struct letters all = make();
    struct html h = html_new();
    all.n = 1;
    letters_show(&h, &all);
    const char *page = buf_str(&h.out);
    assert_non_null(strstr(page, "123 456 789 0128"));
    assert_non_null(strstr(page, "VOTE 123 456 789 0128"));
    assert_non_null(strstr(page, "WE-000001"));
    assert_non_null(strstr(page, "60777"));
    assert_non_null(strstr(page, "Westfield &amp; more"));
    assert_non_null(strstr(page, "&lt;York&gt;"));
    assert_null(strstr(page, "<York>"));
    /* The code stands in no link that a browser would follow by itself. */
    assert_null(strstr(page, "href="));
    html_free(&h);
}

static void no_texts_no_word_of_them(void **state)
{
    (void)state;
    struct letters all = make();
    struct html h = html_new();
    all.sms_number = "";
    letters_show(&h, &all);
    assert_null(strstr(buf_str(&h.out), "VOTE"));
    html_free(&h);
}

/* Draws the path into a grid and compares it with what the library says. */
static void qr_draws_every_module(void **state)
{
    (void)state;
    static const char text[] = "https://vote.york.example/v/1234567890128";
    QRcode *qr = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    struct html h = html_new();
    uint8_t grid[60][60] = {{0}};
    letters_qr(&h, text, "label");
    const char *at = strstr(buf_str(&h.out), "fill=\"#000\"");
    assert_non_null(at);
    int x, y, run, used;
    at = strchr(at, 'M');
    while (at != NULL && sscanf(at, "M%d %dh%d%n", &x, &y, &run, &used) == 3) {
        for (int i = 0; i < run; i++)
            grid[y - 4][x - 4 + i] = 1;
        at = strchr(at + used, 'M');
    }
    for (y = 0; y < qr->width; y++) {
        for (x = 0; x < qr->width; x++)
            assert_int_equal(grid[y][x], qr->data[y * qr->width + x] & 1);
    }
    QRcode_free(qr);
    html_free(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file_is_guarded),
        cmocka_unit_test(letter_is_escaped_and_complete),
        cmocka_unit_test(no_texts_no_word_of_them),
        cmocka_unit_test(qr_draws_every_module),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
