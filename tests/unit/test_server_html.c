/* test_server_html.c: nothing gets into a page unescaped; money and numbers as residents read
 * them; Markdown tamed; bars that fit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/chart.h"
#include "server/markdown.h"

static void text_is_escaped(void **state)
{
    (void)state;
    struct html h = html_new();
    html_text(&h, "<b>\"Fish & chips\"</b> it's");
    assert_string_equal(buf_str(&h.out), "&lt;b&gt;&#34;Fish &amp; chips&#34;&lt;/b&gt; it&#39;s");
    html_free(&h);
}

static void control_characters_are_dropped(void **state)
{
    (void)state;
    struct html h = html_new();
    html_text(&h, "a\x01\x1b[0m\x7f\tb\nc\r");
    assert_string_equal(buf_str(&h.out), "a[0m\tb\nc");
    html_free(&h);
}

static void other_scripts_pass(void **state)
{
    (void)state;
    struct html h = html_new();
    html_text(&h, "Żółć · £5 – 中文 العربية");
    assert_string_equal(buf_str(&h.out), "Żółć · £5 – 中文 العربية");
    html_free(&h);
}

static void an_attribute_cannot_be_left(void **state)
{
    (void)state;
    struct html h = html_new();
    html_attr(&h, "value", "\" onfocus=\"alert(1)");
    html_attrf(&h, "href", "/rounds/%s", "x\"><script>");
    assert_string_equal(buf_str(&h.out), " value=\"&#34; onfocus=&#34;alert(1)\""
                                         " href=\"/rounds/x&#34;&gt;&lt;script&gt;\"");
    html_free(&h);
}

static void a_format_is_escaped_after_it_is_filled(void **state)
{
    (void)state;
    struct html h = html_new();
    html_textf(&h, "%s has %d <votes>", "<Foxwood>", 3);
    assert_string_equal(buf_str(&h.out), "&lt;Foxwood&gt; has 3 &lt;votes&gt;");
    html_free(&h);
}

static void assert_money(int64_t pence, const char *expected)
{
    struct html h = html_new();
    html_money(&h, pence);
    assert_string_equal(buf_str(&h.out), expected);
    html_free(&h);
}

static void money_reads_as_people_write_it(void **state)
{
    (void)state;
    assert_money(0, "£0");
    assert_money(5, "£0.05");
    assert_money(123400, "£1,234");
    assert_money(123450, "£1,234.50");
    assert_money(100000000, "£1,000,000");
    assert_money(100100, "£1,001");
    assert_money(-123450, "-£1,234.50");
    assert_money(INT64_MIN, "-£92,233,720,368,547,758.08");
    struct html h = html_new();
    h.language = LANGUAGE_AR_XB;
    html_money(&h, 500); /* by itself, or it changes sides with its neighbours */
    assert_string_equal(buf_str(&h.out), "<bdi>£5</bdi>");
    html_free(&h);
}

static void numbers_have_separators(void **state)
{
    (void)state;
    struct html h = html_new();
    html_number(&h, 999);
    html_raw(&h, " ");
    html_number(&h, 1000);
    html_raw(&h, " ");
    html_number(&h, 1234567);
    html_raw(&h, " ");
    html_number(&h, -1001);
    assert_string_equal(buf_str(&h.out), "999 1,000 1,234,567 -1,001");
    html_free(&h);
}

static void assert_markdown(const char *source, const char *expected)
{
    struct html h = html_new();
    markdown_show(&h, source);
    const char *got = buf_str(&h.out);
    if (strstr(got, expected) == NULL)
        fail_msg("\"%s\" gave %s", source, got);
    html_free(&h);
}

static void refute_markdown(const char *source, const char *unwanted)
{
    struct html h = html_new();
    markdown_show(&h, source);
    const char *got = buf_str(&h.out);
    if (strstr(got, unwanted) != NULL)
        fail_msg("\"%s\" gave %s", source, got);
    html_free(&h);
}

static void markdown_is_tamed(void **state)
{
    (void)state;
    assert_markdown("*twelve* benches", "<em>twelve</em> benches");
    assert_markdown("# Why\n\ntext", "<h3>Why</h3>");
    assert_markdown("###### Deep", "<h6>Deep</h6>");
    assert_markdown("![a plan of the **moor**](https://x.example/a.png)",
                    "<p>a plan of the <strong>moor</strong></p>");
    refute_markdown("![x](https://x.example/a.png)", "<img");
    refute_markdown("<script>alert(1)</script>", "<script");
    refute_markdown("text <img src=x onerror=alert(1)>", "<img");
    refute_markdown("[x](javascript:alert(1))", "javascript:");
    refute_markdown("[x](data:text/html,hi)", "data:");
}

static void bars_stay_inside(void **state)
{
    (void)state;
    struct html h = html_new();
    chart_bar(&h, 50, 200, CHART_GOOD);
    assert_non_null(strstr(buf_str(&h.out), "<rect width=\"80.0\""));
    html_free(&h);
    h = html_new();
    chart_budget(&h, 900, 200);
    assert_non_null(
        strstr(buf_str(&h.out), "<rect width=\"320.0\" height=\"26\" fill=\"#a3360d\""));
    html_free(&h);
    h = html_new();
    chart_bar(&h, 3, 0, CHART_PLAIN);
    assert_non_null(strstr(buf_str(&h.out), "<rect width=\"0.0\""));
    html_free(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(control_characters_are_dropped),
        cmocka_unit_test(other_scripts_pass),
        cmocka_unit_test(an_attribute_cannot_be_left),
        cmocka_unit_test(a_format_is_escaped_after_it_is_filled),
        cmocka_unit_test(money_reads_as_people_write_it),
        cmocka_unit_test(numbers_have_separators),
        cmocka_unit_test(markdown_is_tamed),
        cmocka_unit_test(bars_stay_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
