/* test_server_feeds.c: calendars and feeds, byte for byte where readers are strict. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/utf8.h"
#include "server/atom.h"
#include "server/ics.h"
#include "server/request_parse.h"

#define AT INT64_C(1796936400000000) /* 2026-12-10 21:00:00 UTC */

static void an_event_is_these_bytes(void **state)
{
    struct buf b = buf_new(4096);
    struct ics_event e = {.uid = "closes-x@york.example",
                          .summary = "Voting closes: Parks, paths; \\o/\nnow",
                          .details = "",
                          .url = "https://york.example/rounds/x?a=1,2;3",
                          .at = AT + 1999999,
                          .changed_at = AT - INT64_C(86400000000),
                          .sequence = 2};
    (void)state;
    ics_begin(&b, "York");
    ics_event(&b, &e);
    ics_end(&b);
    assert_string_equal(buf_str(&b),
                        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Wardmote//Wardmote//EN\r\n"
                        "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nNAME:York\r\nX-WR-CALNAME:York\r\n"
                        "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\nBEGIN:VEVENT\r\n"
                        "UID:closes-x@york.example\r\nDTSTAMP:20261209T210000Z\r\n"
                        "LAST-MODIFIED:20261209T210000Z\r\nDTSTART:20261210T210001Z\r\n"
                        "SEQUENCE:2\r\nSUMMARY:Voting closes: Parks\\, paths\\; \\\\o/\\nnow\r\n"
                        "URL:https://york.example/rounds/x?a=1,2;3\r\nTRANSP:TRANSPARENT\r\n"
                        "END:VEVENT\r\nEND:VCALENDAR\r\n");
    buf_free(&b);
}

/* Joins what was folded, and sees that no line is longer than 75 octets or cuts a character. */
static void unfold(const char *lines, struct buf *out)
{
    while (*lines != '\0') {
        const char *end = strstr(lines, "\r\n");
        assert_non_null(end);
        size_t len = (size_t)(end - lines);
        assert_true(len <= 75);
        assert_true(utf8_valid(lines, len));
        bool more = end[2] == ' ';
        buf_add(out, lines, len);
        lines = end + (more ? 3 : 2);
        assert_true(more || *lines == '\0');
    }
}

static void long_lines_are_folded_between_characters(void **state)
{
    static const char *const letters[] = {"x", "é", "€", "𝒴"};
    (void)state;
    for (size_t letter = 0; letter < 4; letter++) {
        for (int n = 0; n < 300; n++) {
            struct buf text = buf_new(4096), folded = buf_new(8192), joined = buf_new(8192);
            for (int i = 0; i < n; i++)
                buf_str_add(&text, i == 0 ? "s" : letters[letter]);
            ics_text(&folded, "SUMMARY", buf_str(&text));
            unfold(buf_str(&folded), &joined);
            assert_memory_equal(buf_str(&joined), "SUMMARY:", 8);
            assert_string_equal(buf_str(&joined) + 8, buf_str(&text));
            buf_free(&text);
            buf_free(&folded);
            buf_free(&joined);
        }
    }
}

static void no_text_makes_a_line_of_its_own(void **state)
{
    struct buf b = buf_new(1024);
    (void)state;
    ics_text(&b, "SUMMARY", "a\r\nBEGIN:VALARM\x01");
    assert_string_equal(buf_str(&b), "SUMMARY:a\\nBEGIN:VALARM\r\n");
    buf_free(&b);
}

static void a_feed_escapes_what_it_is_given(void **state)
{
    struct html h = html_new();
    struct arena a = arena_new(4096);
    struct atom_feed f = {
        .title = "<York> & more",
        .self = "https://york.example/feeds/rounds.atom",
        .page = "https://york.example/rounds",
        .author = "City of York",
        .other = {{LANGUAGE_PL, "https://york.example/feeds/rounds.atom?lang=pl"}},
        .updated = AT};
    struct atom_entry e = {.id = atom_tag(&a, "york.example", AT, "/rounds/x"),
                           .title = "]]><script>",
                           .page = "https://york.example/rounds/x",
                           .summary = "\"&amp;\"\x02",
                           .place = "a\"b",
                           .published = AT,
                           .updated = AT};
    (void)state;
    atom_begin(&h, &f);
    atom_entry(&h, &e);
    atom_end(&h);
    assert_string_equal(
        buf_str(&h.out),
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en-GB\">\n"
        "<id>https://york.example/feeds/rounds.atom</id>\n<title>&lt;York&gt; &amp; more</title>\n"
        "<updated>2026-12-10T21:00:00Z</updated>\n<author><name>City of York</name></author>\n"
        "<link rel=\"self\" type=\"application/atom+xml\" "
        "href=\"https://york.example/feeds/rounds.atom\"/>\n"
        "<link rel=\"alternate\" type=\"text/html\" href=\"https://york.example/rounds\"/>\n"
        "<link rel=\"alternate\" type=\"application/atom+xml\" hreflang=\"pl\" "
        "href=\"https://york.example/feeds/rounds.atom?lang=pl\"/>\n"
        "<entry>\n<id>tag:york.example,2026-12-10:/rounds/x</id>\n"
        "<title>]]&gt;&lt;script&gt;</title>\n<published>2026-12-10T21:00:00Z</published>\n"
        "<updated>2026-12-10T21:00:00Z</updated>\n<category term=\"a&#34;b\"/>\n"
        "<link rel=\"alternate\" type=\"text/html\" href=\"https://york.example/rounds/x\"/>\n"
        "<summary>&#34;&amp;amp;&#34;</summary>\n</entry>\n</feed>\n");
    html_free(&h);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_these_bytes),
        cmocka_unit_test(long_lines_are_folded_between_characters),
        cmocka_unit_test(no_text_makes_a_line_of_its_own),
        cmocka_unit_test(a_feed_escapes_what_it_is_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
