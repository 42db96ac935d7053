/* test_server_tr.c: words of the catalogue in pages: what stands in their braces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/tr.h"

static struct html page_in(enum language language)
{
    struct html h = html_new();
    h.language = language;
    return h;
}

static void is(struct html *h, const char *wanted)
{
    assert_string_equal(buf_str(&h->out), wanted);
    html_free(h);
}

static void values_are_escaped_and_bold_is_markup(void **state)
{
    (void)state;
    struct html h = page_in(LANGUAGE_EN);
    html_trv(&h, "{b}{name}{/b} & {n} for {money}", TR_TEXT("name", "<i>{b}"),
             TR_NUMBER("n", 12000), TR_MONEY("money", 1250));
    is(&h, "<strong>&lt;i&gt;{b}</strong> &amp; 12,000 for £12.50");
}

static void a_link_stands_around_its_words(void **state)
{
    (void)state;
    struct html h = page_in(LANGUAGE_EN);
    html_trv(&h, "See {a}the rules{/a}.", TR_LINK("a", "/x?y=\"1\"&z"));
    is(&h, "See <a class=\"govuk-link\" href=\"/x?y=&#34;1&#34;&amp;z\">the rules</a>.");
}

static void what_officers_wrote_keeps_its_language(void **state)
{
    (void)state;
    struct html h = page_in(LANGUAGE_EN);
    html_trv(&h, "Reason: {reason}", TR_WRITTEN("reason", "a & b"));
    is(&h, "Reason: a &amp; b");
    h = page_in(LANGUAGE_PL);
    html_trv(&h, "Reason: {reason}", TR_WRITTEN("reason", "a & b"));
    is(&h, "Powód: <span lang=\"en-GB\" dir=\"ltr\">a &amp; b</span>");
}

static void a_place_has_its_article(void **state)
{
    (void)state;
    struct html h = page_in(LANGUAGE_EN);
    html_trv(&h, "I live in {area}", TR_PLACE("area", "City of York"));
    html_trv(&h, "I live in {area}", TR_PLACE("area", "Acomb & Co"));
    is(&h, "I live in the City of YorkI live in Acomb &amp; Co");
    h = page_in(LANGUAGE_EN);
    html_trv(&h, "{area} and {area}", TR_PLACE("area", "City of York"));
    is(&h, "The City of York and the City of York");
    h = page_in(LANGUAGE_PL);
    html_trv(&h, "{area}", TR_PLACE("area", "City of York"));
    is(&h, "<span lang=\"en-GB\" dir=\"ltr\">City of York</span>");
    struct arena a = arena_new(1024);
    assert_string_equal(
        tr_values(&a, LANGUAGE_EN, "I live in {area}", TR_VALUES(TR_PLACE("area", "City of York"))),
        "I live in the City of York");
    assert_string_equal(tr_values(&a, LANGUAGE_EN, "{area} chose no projects",
                                  TR_VALUES(TR_PLACE("area", "City of York"))),
                        "The City of York chose no projects");
    arena_free(&a);
}

static void a_part_is_not_escaped_again(void **state)
{
    (void)state;
    struct html part = page_in(LANGUAGE_PL), h = page_in(LANGUAGE_PL);
    html_raw(&part, "<del>");
    html_text(&part, "<");
    html_raw(&part, "</del>");
    html_trv(&h, "Reason: {reason}", TR_PART("reason", &part));
    html_free(&part);
    is(&h, "Powód: <del>&lt;</del>");
}

static void a_number_chooses_the_form(void **state)
{
    static const char *const forms[] = {"0 projektów", "1 projekt",   "2 projekty",
                                        "5 projektów", "22 projekty", "12 projektów"};
    static const int64_t numbers[] = {0, 1, 2, 5, 22, 12};
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct html h = page_in(LANGUAGE_PL);
        html_trn(&h, "{n} project", "{n} projects", numbers[i]);
        is(&h, forms[i]);
    }
}

static void text_has_no_markup(void **state)
{
    (void)state;
    struct arena a = arena_new(1024);
    struct html h = page_in(LANGUAGE_EN);
    assert_string_equal(trv(&a, &h, "{b}See{/b} {a}the rules{/a} of {area}", TR_LINK("a", "/x"),
                            TR_WRITTEN("area", "Acomb <3")),
                        "See the rules of Acomb <3");
    html_free(&h);
    arena_free(&a);
}

static void who_wrote_in_any_language_is_set_apart(void **state)
{
    (void)state;
    struct html h = page_in(LANGUAGE_PL);
    html_own(&h, "Ławka <b>");
    is(&h, "<bdi>Ławka &lt;b&gt;</bdi>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_escaped_and_bold_is_markup),
        cmocka_unit_test(a_link_stands_around_its_words),
        cmocka_unit_test(what_officers_wrote_keeps_its_language),
        cmocka_unit_test(a_place_has_its_article),
        cmocka_unit_test(a_part_is_not_escaped_again),
        cmocka_unit_test(a_number_chooses_the_form),
        cmocka_unit_test(text_has_no_markup),
        cmocka_unit_test(who_wrote_in_any_language_is_set_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
