/* test_sms_language.c: texts in every language: nothing untranslated, the same placeholders, within
 * the declared segments, in GSM-7. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/language_private.h"
#include "common/startup.h"
#include "sms/grammar.h"
#include "sms/gsm7.h"
#include "sms/replies.h"
#include "sms/say_when.h"

/* The longest that any placeholder may become; for areas, 30 characters: York's longest is 22. */
static const struct say_value longest[] = {
    SAY_TEXT("word", "0123456789abcdef", 16),
    SAY_TEXT("digits", "48213", 16),
    SAY_NUMBER("n", 60),
    SAY_NUMBER("pages", 99),
    SAY_NUMBER("ballots", 123456),
    SAY_NUMBER("yes", 123456),
    SAY_NUMBER("votes", 123456),
    SAY_MONEY("cost", 99999999999),
    SAY_MONEY("left", 99999999999),
    SAY_NUMBER("no", 123456),
    SAY_TEXT("projects", "1275 Hob Moor bench", 30),
    SAY_TEXT("name", "0123456789abcdef", 16),
    SAY_WHEN("closes", "2025-12-25 00:00"),
    SAY_PROJECT_NO("number", 1275),
    SAY_PROJECT_NO("near", 1275),
    SAY_NUMBER("left", 2),
    SAY_NUMBER("age", 99),
    SAY_NUMBER("minutes", 60),
    SAY_TEXT("reference", "ABCD-EFGH", 20),
    SAY_TEXT("area", "Rawcliffe and Clifton Without and", 30),
    {.name = NULL},
};

/* How often `which` stands in braces in `words`. */
static size_t times(const char *words, const char *name, size_t len)
{
    size_t n = 0;

    for (const char *p = words; (p = strchr(p, '{')) != NULL; p++)
        n += strncmp(p + 1, name, len) == 0 && p[len + 1] == '}';
    return n;
}

static void assert_same_placeholders(const char *words, const char *translated)
{
    size_t open = 0, opened = 0;

    for (const char *p = words; (p = strchr(p, '{')) != NULL; p++, open++) {
        size_t len = strcspn(p, "}") - 1;
        if (times(translated, p + 1, len) != times(words, p + 1, len))
            fail_msg("%s / %s", words, translated);
    }
    for (const char *p = translated; (p = strchr(p, '{')) != NULL; p++)
        opened++;
    assert_int_equal(open, opened);
}

/* Letters outside of braces. */
static bool has_words(const char *words)
{
    bool inside = false;

    for (const char *p = words; *p != '\0'; p++) {
        inside = *p == '{' || (inside && *p != '}');
        if (!inside && ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z')))
            return true;
    }
    return false;
}

static void every_template_is_translated(void **state)
{
    size_t n = 0;

    (void)state;
    for (enum say i = 0; i < SAY_COUNT; i++) {
        const char *words = say_template(LANGUAGE_EN, i);
        if (!has_words(words))
            continue;
        if (!language_has(LANGUAGE_PL, words))
            fail_msg("no Polish for: %s", words);
        for (int64_t k = 0; k < 30; k++) /* every plural form */
            assert_same_placeholders(say_template_n(LANGUAGE_EN, i, k),
                                     say_template_n(LANGUAGE_PL, i, k));
        n++;
    }
    assert_true(n > 100);
}

/* The first word of an example, two where it is MY VOTE: what follows {prefix}. */
static void word_of(const char *example, char out[32])
{
    size_t len = strcspn(example, " ,.");

    if (strncmp(example, "MY", len) == 0 || strncmp(example, "MOJ", len) == 0)
        len += 1 + strcspn(example + len + 1, " ,.");
    assert_true(len < 32);
    memcpy(out, example, len);
    out[len] = '\0';
}

static enum text_kind kind_with_ballot(const char *word)
{
    char sent[80];
    struct text t;

    snprintf(sent, sizeof sent, "%s 123 456 789 0123 1275", word);
    text_read(sent, strlen(sent), &t);
    return t.kind;
}

/* A Polish text teaches Polish words, which mean the same as the English ones in the same places.
 */
static void polish_teaches_polish_words(void **state)
{
    static const char prefix[] = "{prefix}";
    size_t n = 0;

    (void)state;
    for (enum say i = 0; i < SAY_COUNT; i++) {
        const char *en = say_template(LANGUAGE_EN, i), *pl = say_template(LANGUAGE_PL, i);
        while ((en = strstr(en, prefix)) != NULL) {
            char english[32], polish[32];
            pl = strstr(pl, prefix);
            assert_non_null(pl);
            word_of(en += strlen(prefix), english);
            word_of(pl += strlen(prefix), polish);
            if (english[0] == '{')
                continue;
            if (kind_with_ballot(english) != kind_with_ballot(polish) ||
                kind_with_ballot(english) == TEXT_UNCLEAR)
                fail_msg("%s / %s: %s", english, polish, say_template(LANGUAGE_PL, i));
            bool alike = strcmp(english, "INFO") == 0 || strcmp(english, "LANG") == 0 ||
                         strcmp(english, "STOP") == 0;
            if (!alike && strcmp(english, polish) == 0)
                fail_msg("%s in Polish: %s", english, say_template(LANGUAGE_PL, i));
            n++;
        }
    }
    assert_true(n > 50);
}

/* On a shared number every example begins with its word, and even the last reply of the hour keeps
 * to two segments. */
static void examples_begin_with_the_keyword(void **state)
{
    static const char word[] = "Westminster"; /* the longest that may be set */
    struct reply out = reply_new();

    (void)state;
    assert_int_equal(strlen(word), STARTUP_SMS_KEYWORD_MAX);
    say_keyword(word);
    for (enum language in = LANGUAGE_EN; in <= LANGUAGE_PL; in++)
        for (enum say i = 0; i < SAY_COUNT; i++) {
            if (say_segments(i) == 0)
                continue;
            reply_clear(&out);
            out.language = in;
            out.until = "2025-12-25 12:30";
            say_values(&out.text, in, i, longest);
            if (!reply_fits(&out))
                fail_msg("%zu units: %s", gsm7_size(buf_str(&out.text)).units, buf_str(&out.text));
        }
    reply_clear(&out);
    reply_plain(SAY_HELP_PHONE, &out);
    assert_string_equal(buf_str(&out.text),
                        "Aby zaglosowac, wyslij Westminster GLOSUJ i numery projektow, np. "
                        "Westminster GLOSUJ 1275 1359. Inne: Westminster LISTA, "
                        "Westminster INFO 1275, Westminster WYNIK, Westminster MOJ GLOS, "
                        "Westminster COFNIJ, Westminster LANG EN.");
    say_keyword("");
    reply_free(&out);
}

/* make check prints them, for whoever translates. */
static void templates_keep_their_segments(void **state)
{
    struct reply out = reply_new();

    (void)state;
    for (enum language in = LANGUAGE_EN; in <= LANGUAGE_PL; in++)
        for (enum say i = 0; i < SAY_COUNT; i++) {
            if (say_segments(i) == 0)
                continue;
            reply_clear(&out);
            say_values(&out.text, in, i, longest);
            struct text_size size = gsm7_size(buf_str(&out.text));
            print_message("# %s %zu of %zu, %3zu: %s\n", language_tag(in), size.segments,
                          say_segments(i), size.units, buf_str(&out.text));
            assert_int_equal(size.alphabet, ALPHABET_GSM7);
            if (size.segments > say_segments(i))
                fail_msg("%zu units: %s", size.units, buf_str(&out.text));
        }
    reply_free(&out);
}

/* Letters lose their accents, and none becomes a question mark. */
static void no_letter_is_lost(void **state)
{
    struct buf folded = buf_new(2000);

    (void)state;
    for (enum say i = 0; i < SAY_COUNT; i++) {
        const char *words = say_template(LANGUAGE_PL, i);
        size_t asked = 0, asks = 0;
        buf_clear(&folded);
        gsm7_fold(words, &folded);
        for (const char *p = words; *p != '\0'; p++)
            asked += *p == '?';
        for (const char *p = buf_str(&folded); *p != '\0'; p++)
            asks += *p == '?';
        assert_int_equal(asked, asks);
    }
    buf_free(&folded);
}

static void assert_when(enum language in, const char *local, const char *words, const char *hour)
{
    struct buf out = buf_new(100);

    say_when(&out, in, local);
    assert_string_equal(buf_str(&out), words);
    buf_clear(&out);
    say_hour(&out, in, local);
    assert_string_equal(buf_str(&out), hour);
    buf_free(&out);
}

static void moments(void **state)
{
    (void)state;
    assert_when(LANGUAGE_EN, "2025-12-14 21:00", "9pm Sun 14 Dec", "9pm");
    assert_when(LANGUAGE_EN, "2026-06-01 09:30", "9.30am Mon 1 Jun", "9.30am");
    assert_when(LANGUAGE_EN, "2026-01-03 12:00", "midday Sat 3 Jan", "midday");
    assert_when(LANGUAGE_EN, "2026-01-03 12:05", "12.05pm Sat 3 Jan", "12.05pm");
    assert_when(LANGUAGE_EN, "2026-01-03 00:05", "12.05am Sat 3 Jan", "12.05am");
    assert_when(LANGUAGE_EN, "2026-01-01 00:00", "the end of Wed 31 Dec", "midnight");
    assert_when(LANGUAGE_PL, "2025-12-14 21:00", "nd 14 gru 21:00", "21:00");
    assert_when(LANGUAGE_PL, "2025-10-15 09:30", "sr 15 paz 9:30", "9:30");
    assert_when(LANGUAGE_PL, "2024-03-01 00:00", "czw 29 lut 24:00", "24:00");
    assert_when(LANGUAGE_PL, "", "", "");
}

static void assert_says(struct reply *out, const char *words)
{
    assert_string_equal(buf_str(&out->text), words);
    reply_clear(out);
}

static void in_polish(void **state)
{
    const struct reply_pick picks[] = {
        {.number = 1275, .name = "Ławka", .cost = 184300, .pot = 1, .amount = 1200000}};
    const struct reply_voter voter = {.area = "Acomb", .standing = "1359", .voted = true};
    struct reply_round round = {.outcome = CAST_RECORDED,
                                .receipt = 220154336142557664,
                                .area = "Westfield",
                                .opens = "2025-12-01 09:00",
                                .closes = "2025-12-14 21:00",
                                .kind = REPLY_KNAPSACK,
                                .picks = picks,
                                .n_picks = 1};
    struct reply out = reply_new();

    (void)state;
    out.language = LANGUAGE_PL;
    reply_recorded(&round, 1, &out);
    assert_says(&out, "Zapisano (Westfield): 1275 Lawka. 1843 £ z 12 000 £. Ref "
                      "R63H5-6F4R-M0F0-X. Zmiana: nowy SMS przed nd 14 gru 21:00.");
    round.outcome = CAST_OVER_BUDGET;
    round.detail = 230350;
    round.limit = 1200000;
    reply_refused(&round, 1, &voter, &out);
    assert_says(&out, "Nie zaliczono: to kosztuje 14 303,50 £, o 2303,50 £ ponad limit 12 000 £. "
                      "Wyslij ponownie mniej projektow. Wczesniejszy glos 1359 jest wazny.");
    reply_free(&out);
}

static void plurals(void **state)
{
    static const struct {
        int64_t n;
        const char *words;
    } rows[] = {{1, "{n} projekt"},     {2, "{n} projekty"},   {4, "{n} projekty"},
                {5, "{n} projektów"},   {12, "{n} projektów"}, {22, "{n} projekty"},
                {112, "{n} projektów"}, {0, "{n} projektów"}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(say_template_n(LANGUAGE_PL, SAY_PROJECTS, rows[i].n), rows[i].words);
    assert_string_equal(say_template_n(LANGUAGE_EN, SAY_PROJECTS, 1), "{n} project");
    assert_string_equal(say_template_n(LANGUAGE_EN, SAY_PROJECTS, 0), "{n} projects");
    assert_string_equal(say_template_n(LANGUAGE_AR_XB, SAY_PROJECTS, 2),
                        "\u202e{n} projects\u202c");
}

static void tags(void **state)
{
    enum language in = LANGUAGE_EN;

    (void)state;
    assert_true(language_read("pl", &in));
    assert_int_equal(in, LANGUAGE_PL);
    assert_false(language_read("PL", &in) || language_read("", &in) || language_read("de", &in));
    assert_int_equal(in, LANGUAGE_PL);
    for (in = LANGUAGE_EN; in < LANGUAGES; in++)
        assert_int_equal(language_is_rtl(in), in == LANGUAGE_AR_XB);
}

/* A placeholder of `words` that `other` has not as often; {n} aside, which one of two may leave out
 * ("one project"). */
static bool misses(const char *words, const char *other)
{
    for (const char *p = words; (p = strchr(p, '{')) != NULL; p++) {
        size_t len = strcspn(p, "}") - 1;
        bool is_n = len == 1 && p[1] == 'n';
        if (!is_n && times(words, p + 1, len) != times(other, p + 1, len))
            return true;
    }
    return false;
}

static void every_translation_has_the_same_placeholders(void **state)
{
    const struct catalogue *c = &catalogues[LANGUAGE_PL];

    (void)state;
    for (size_t i = 0; i < c->n; i++) {
        const struct translation *t = &c->all[i];
        if (t->forms[1] == NULL)
            assert_same_placeholders(t->words, t->forms[0]);
        for (size_t k = 0; k < PLURALS && t->forms[k] != NULL; k++)
            if (misses(t->words, t->forms[k]) || misses(t->forms[k], t->words))
                fail_msg("%s / %s", t->words, t->forms[k]);
    }
    assert_true(c->n > 500);
}

/* What somebody sends who copies a sample, their code where the page says "your code". */
static struct text read_sample(enum language in, const char *sample)
{
    const char *said = translate(in, sample), *code = in == LANGUAGE_PL ? "Twój kod" : "your code";
    const char *at = strstr(said, code);
    struct buf sent = buf_new(400);
    struct text t;

    assert_true(language_has(in, sample));
    if (at == NULL)
        buf_str_add(&sent, said);
    else
        buf_fmt(&sent, "%.*s123 456 789 0123%s", (int)(at - said), said, at + strlen(code));
    text_read(buf_str(&sent), sent.len, &t);
    buf_free(&sent);
    return t;
}

static void samples_of_the_page_are_read(void **state)
{
    static const struct {
        const char *sample; /* of server/page_text.c */
        enum text_kind kind;
    } rows[] = {{"LIST Acomb", TEXT_LIST},        {"INFO 1275", TEXT_INFO},
                {"MY VOTE your code", TEXT_MINE}, {"UNDO your code", TEXT_UNDO},
                {"RESULT Acomb", TEXT_RESULT},    {"OFFER 1275 I can lend a van", TEXT_OFFER},
                {"LANG PL", TEXT_LANG},           {"HELP", TEXT_HELP}};

    (void)state;
    for (enum language in = LANGUAGE_EN; in <= LANGUAGE_PL; in++)
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            struct text t = read_sample(in, rows[i].sample);
            if (t.kind != rows[i].kind)
                fail_msg("%s: %s is read as %d", language_tag(in), rows[i].sample, (int)t.kind);
            assert_true(t.kind != TEXT_OFFER || t.numbers[0] == 1275);
            assert_true(t.kind != TEXT_LIST || strcmp(t.place, "Acomb") == 0);
        }
}

/* The words that pages put before a code and numbers, and those they name in passing. */
static void words_of_the_page_are_read(void **state)
{
    static const struct {
        const char *sent;
        enum text_kind kind;
    } rows[] = {{"123 456 789 0123 1275 1283", TEXT_VOTE}, {"123 456 789 0123 6395", TEXT_YES}};
    static const char *const words[] = {"VOTE", "YES"};
    struct text t;

    (void)state;
    for (enum language in = LANGUAGE_EN; in <= LANGUAGE_PL; in++)
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            char sent[80];
            snprintf(sent, sizeof sent, "%s %s", translate(in, words[i]), rows[i].sent);
            text_read(sent, strlen(sent), &t);
            assert_int_equal(t.kind, rows[i].kind);
        }
    text_read("NIE 123 456 789 0123 6395", 25, &t);
    assert_int_equal(t.kind, TEXT_NO);
    text_read("WIECEJ", 6, &t);
    assert_int_equal(t.kind, TEXT_MORE);
    text_read("ZGODA", 5, &t);
    assert_int_equal(t.kind, TEXT_AGREE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_translation_has_the_same_placeholders),
        cmocka_unit_test(samples_of_the_page_are_read),
        cmocka_unit_test(words_of_the_page_are_read),
        cmocka_unit_test(every_template_is_translated),
        cmocka_unit_test(polish_teaches_polish_words),
        cmocka_unit_test(examples_begin_with_the_keyword),
        cmocka_unit_test(templates_keep_their_segments),
        cmocka_unit_test(no_letter_is_lost),
        cmocka_unit_test(moments),
        cmocka_unit_test(in_polish),
        cmocka_unit_test(plurals),
        cmocka_unit_test(tags),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
