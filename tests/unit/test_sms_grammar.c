/* test_sms_grammar.c: what people text, and what we read in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sms/grammar.h"
#include "sms/offer.h"
#include "sms/plain.h"

#define CODE "1234567890123"

struct row {
    const char *body;
    enum text_kind kind;
    const char *numbers; /* "1275 1359=2", for those that vote */
};

static const struct row rows[] = {
    /* the forms that we print */
    {"VOTE 123 456 789 0123 1275 1359", TEXT_VOTE, "1275 1359"},
    {"V 1234567890123 1275", TEXT_VOTE, "1275"},
    {"1234567890123 1275", TEXT_VOTE, "1275"},
    {"CHOOSE 1234567890123 1275", TEXT_VOTE, "1275"},
    {"YES 123 456 789 0123 4017", TEXT_YES, "4017"},
    {"NO 123 456 789 0123 4017", TEXT_NO, "4017"},
    {"Y 1234567890123 4017", TEXT_YES, "4017"},
    {"VOTE NO 1234567890123 4017", TEXT_NO, "4017"},
    {"1234567890123 4017 yes", TEXT_YES, "4017"},
    {"1234567890123 4017 No thanks", TEXT_NO, "4017"},
    /* as people type */
    {"vote 1234567890123 1275, 1359 and 2716 please", TEXT_VOTE, "1275 1359 2716"},
    {"  Vote: 123-456-789-0123. 1275/1359;2716 & 1428+1580\n", TEXT_VOTE,
     "1275 1359 2716 1428 1580"},
    {"VOTE123 456 789 0123 1275", TEXT_VOTE, "1275"},
    {"vote1234567890123 1275", TEXT_VOTE, "1275"},
    {"VOTE 1 2 3 4 5 6 7 8 9 0 1 2 3 1275", TEXT_VOTE, "1275"},
    {"VOTE 12345678901231275", TEXT_VOTE, "1275"},
    {"VOTE 1234567890123 12751359", TEXT_VOTE, "1275 1359"},
    {"VOTE 1234567890123 1275 1275 1275", TEXT_VOTE, "1275"},
    {"VOTE l23 456 789 Ol23 1275", TEXT_VOTE, "1275"},
    {"VOTE I23 456 789 OI23 I275", TEXT_VOTE, "1275"},
    {"VOTE 1234567890123 0O17", TEXT_VOTE, "0017"},
    {"VTOE 1234567890123 1275", TEXT_VOTE, "1275"},
    {"VOTR 1234567890123 1275", TEXT_VOTE, "1275"},
    {"OVTE 1234567890123 1275", TEXT_VOTE, "1275"},
    {"VOT 1234567890123 1275", TEXT_VOTE, "1275"},
    {"VOTEE 1234567890123 1275", TEXT_VOTE, "1275"},
    {"Hi, please vote 1234567890123 for projects 1275 and 1359 x", TEXT_VOTE, "1275 1359"},
    {"VOTE\n1234567890123\n1275\n1359\nSent from my phone", TEXT_VOTE, "1275 1359"},
    {"VOTE 1234567890123 1275 \xF0\x9F\x91\x8D", TEXT_VOTE, "1275"},
    {"Good morning, VOTE 1234567890123 1275, thank you very much", TEXT_VOTE, "1275"},
    {"VOTE 1234567890123 1275 many thanks xxxx", TEXT_VOTE, "1275"},
    {"VOTE 1234567890123 1275 and 1359 kind regards", TEXT_VOTE, "1275 1359"},
    {"VOTE 1234567890123 1275and 1359please", TEXT_VOTE, "1275 1359"},
    {"\xE2\x80\x9CVOTE 1234567890123\xE2\x80\x9D \xE2\x80\x93 1275", TEXT_VOTE, "1275"},
    {"VOTE\xC2\xA0"
     "123\xE2\x80\xAF"
     "456\xE2\x80\x89"
     "789\xC2\xA0"
     "0123 1275",
     TEXT_VOTE, "1275"},
    /* digits of other scripts: Arabic-Indic, Persian, Devanagari, full width, keycaps, circled */
    {"\xD9\xA1\xD9\xA2\xD9\xA3\xD9\xA4\xD9\xA5\xD9\xA6\xD9\xA7\xD9\xA8\xD9\xA9\xD9\xA0\xD9\xA1\xD9"
     "\xA2"
     "\xD9\xA3 \xD9\xA1\xD9\xA2\xD9\xA7\xD9\xA5",
     TEXT_VOTE, "1275"},
    {"VOTE ١٢٣٤٥٦٧٨٩٠١٢٣ ١٢٧٥، ١٣٥٩؛ \xD8\x9C١٤٢٨۔", TEXT_VOTE, "1275 1359 1428"},
    {"VOTE 1234567890123 १२७५। १३५९॥", TEXT_VOTE, "1275 1359"},
    {"VOTE 1234567890123 \xDB\xB1\xDB\xB2\xDB\xB7\xDB\xB5", TEXT_VOTE, "1275"},
    {"VOTE 1234567890123 \xE0\xA5\xA7\xE0\xA5\xA8\xE0\xA5\xAD\xE0\xA5\xAB", TEXT_VOTE, "1275"},
    {"\xEF\xBC\xB6\xEF\xBC\xAF\xEF\xBC\xB4\xEF\xBC\xA5 1234567890123 "
     "\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x97\xEF\xBC\x95",
     TEXT_VOTE, "1275"},
    {"VOTE 1234567890123 1\xEF\xB8\x8F\xE2\x83\xA3"
     "2\xEF\xB8\x8F\xE2\x83\xA3"
     "7\xEF\xB8\x8F\xE2\x83\xA3"
     "5\xEF\xB8\x8F\xE2\x83\xA3",
     TEXT_VOTE, "1275"},
    {"VOTE 1234567890123 \xE2\x91\xA0\xE2\x91\xA1\xE2\x91\xA6\xE2\x91\xA4", TEXT_VOTE, "1275"},
    /* points */
    {"VOTE 1234567890123 1275 3 2716 2", TEXT_VOTE, "1275=3 2716=2"},
    {"VOTE 1234567890123 1275x3, 2716 x 2", TEXT_VOTE, "1275=3 2716=2"},
    {"VOTE 1234567890123 1275=3 2716 = 2 1359:1", TEXT_VOTE, "1275=3 2716=2 1359=1"},
    {"vote 1234567890123 1275 (3 points) and 2716 (2 pts)", TEXT_VOTE, "1275=3 2716=2"},
    {"VOTE 1234567890123 1275 3 5011 2716 2", TEXT_VOTE, "1275=3 5011 2716=2"},
    {"VOTE 1234567890123 1275=1000 2716", TEXT_VOTE, "1275=1000 2716"},
    {"VOTE 1234567890123 1275*2 1275*2", TEXT_VOTE, "1275=2"},
    {"VOTE 1234567890123 1275×2, 1359 × 1", TEXT_VOTE, "1275=2 1359=1"},
    {"VOTE 123 456 789 0123 1275 3", TEXT_VOTE, "1275=3"},
    {"VOTE 1234567890123 1275 3pts, 2716 2points", TEXT_VOTE, "1275=3 2716=2"},
    {"VOTE 1234567890123 1275\n3\n2716\n2", TEXT_VOTE, "1275=3 2716=2"},
    {"VOTE 1234567890123 1275 127", TEXT_VOTE, "1275=127"},
    {"VOTE 1234567890123 1275 2 1275 3", TEXT_UNCLEAR, NULL},
    {"VOTE 1234567890123 1275 0", TEXT_BAD_NUMBER, "0"},
    {"VOTE 1234567890123 1275 3 2", TEXT_BAD_NUMBER, "2"},
    {"VOTE 1234567890123 3 1275", TEXT_BAD_NUMBER, "3"},
    {"YES 1234567890123 4017 3", TEXT_BAD_NUMBER, "3"},
    /* nothing is guessed */
    {"VOTE 1234567890123 not 1275", TEXT_UNCLEAR, NULL},
    {"VOTE 1234567890123 1275 or 1359", TEXT_UNCLEAR, NULL},
    {"VOTE 1234567890123 1275 not", TEXT_UNCLEAR, NULL},
    {"VOTE 1234567890123 1275\nbut not 1359", TEXT_UNCLEAR, NULL},
    {"VOTE 1234567890123 no 1275", TEXT_UNCLEAR, NULL},
    {"YES 1234567890123 4017 no", TEXT_UNCLEAR, NULL},
    {"1234567890123 4017 yes 4018", TEXT_UNCLEAR, NULL},
    {"VOTE 1234567890123 \xD0\xBD\xD0\xB5 1275", TEXT_UNCLEAR, NULL},
    {"VOTE 1428 I can drive people", TEXT_UNCLEAR, NULL},
    {"VOTE 1234567890123 127", TEXT_BAD_NUMBER, "127"},
    {"VOTE 1234567890123 12 75", TEXT_BAD_NUMBER, "12"},
    {"VOTE 1234567890123 1275 13590", TEXT_BAD_NUMBER, "13590"},
    {"VOTE 1234567890123 A127", TEXT_BAD_NUMBER, "A127"},
    {"VOTE 1234567890123 12th", TEXT_BAD_NUMBER, "12th"},
    {"VOTE 1234567890123 1275not", TEXT_BAD_NUMBER, "1275not"},
    {"VOTE 123 456 789 012 1275", TEXT_BAD_CODE, NULL},
    {"VOTE 123 456 789 01234 1275", TEXT_BAD_CODE, NULL},
    {"VOTE 123 456", TEXT_NO_CODE, NULL},
    {"VOTE 12751359", TEXT_NO_CODE, NULL},
    {"LIST 1234567890123 and NOT 1275", TEXT_LIST, NULL},
    {"VOTE 1234567890123 1275 undo", TEXT_UNDO, NULL},
    {"VOTE 1234567890123 1275 list", TEXT_UNCLEAR, NULL},
    {"check 1234567890123 1275", TEXT_UNCLEAR, NULL},
    {"VOTE 1234567890123", TEXT_NO_NUMBERS, NULL},
    {"YES 123 456 789 0123", TEXT_NO_NUMBERS, NULL},
    /* one's own ballot */
    {"UNDO 123 456 789 0123", TEXT_UNDO, NULL},
    {"1234567890123 undo please", TEXT_UNDO, NULL},
    {"UDNO 1234567890123", TEXT_UNDO, NULL},
    {"clear 1234567890123", TEXT_UNDO, NULL},
    {"undo my vote 1234567890123", TEXT_UNDO, NULL},
    {"UNDO yes 1234567890123", TEXT_UNCLEAR, NULL},
    {"MY VOTE 1234567890123", TEXT_MINE, NULL},
    {"my vtoe 1234567890123", TEXT_MINE, NULL},
    {"check 1234567890123", TEXT_MINE, NULL},
    {"My vote is 1234567890123 1275", TEXT_VOTE, "1275"},
    /* inquiries */
    {"LIST", TEXT_LIST, NULL},
    {"lsit acomb 2", TEXT_LIST, NULL},
    {"more", TEXT_MORE, NULL},
    {"INFO 1275", TEXT_INFO, NULL},
    {"INFO", TEXT_HELP, NULL},
    {"results", TEXT_RESULT, NULL},
    {"RESULT 1275", TEXT_RESULT, NULL},
    /* answers to a challenge */
    {"48213", TEXT_ANSWER, NULL},
    {"48213 YO24 3BX", TEXT_ANSWER, NULL},
    {"yo1 7hh 48213 thanks", TEXT_ANSWER, NULL},
    {"48213 1275", TEXT_NO_CODE, NULL},
    {"48213 48213", TEXT_NO_CODE, NULL},
    {"123 456 48213", TEXT_NO_CODE, NULL},
    /* keywords of every network */
    {"STOP", TEXT_STOP, NULL},
    {"Stop. Thank you", TEXT_STOP, NULL},
    {"please stop", TEXT_STOP, NULL},
    {"STOP ALL", TEXT_STOP, NULL},
    {"unsubscribe!", TEXT_STOP, NULL},
    {"OPT-OUT", TEXT_STOP, NULL},
    {"opt out please", TEXT_STOP, NULL},
    {"Optout", TEXT_STOP, NULL},
    {"OPT IN", TEXT_HELP, NULL},
    {"STPO", TEXT_STOP, NULL},
    {"Sotp, thanks", TEXT_STOP, NULL},
    {"STPO 1234567890123 1275", TEXT_UNCLEAR, NULL},
    {"Shop here", TEXT_HELP, NULL},
    {"STRAT", TEXT_HELP, NULL},
    {"STOP 1234567890123 1275", TEXT_STOP, NULL},
    {"START", TEXT_START, NULL},
    {"News please", TEXT_NEWS, NULL},
    {"help", TEXT_HELP, NULL},
    {"INFO please", TEXT_HELP, NULL},
    {"?", TEXT_HELP, NULL},
    {"", TEXT_HELP, NULL},
    {" \n\t ", TEXT_HELP, NULL},
    {"\xF0\x9F\x98\x80\xF0\x9F\x98\x80", TEXT_HELP, NULL},
    {"VOTE", TEXT_HELP, NULL},
    {"Hello?", TEXT_HELP, NULL},
    {"yes", TEXT_HELP, NULL},
    {"\xFF\xFE\xC0\xAF", TEXT_HELP, NULL},
};

static void numbers_of(const struct text *t, struct buf *out)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->weights[i] > 0)
            buf_fmt(out, "%s%04u=%u", i > 0 ? " " : "", t->numbers[i], t->weights[i]);
        else
            buf_fmt(out, "%s%04u", i > 0 ? " " : "", t->numbers[i]);
}

static void every_form(void **state)
{
    struct buf numbers = buf_new(1000);
    struct text t;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        text_read(rows[i].body, strlen(rows[i].body), &t);
        if (t.kind != rows[i].kind)
            fail_msg("\"%s\" is %d, not %d", rows[i].body, t.kind, rows[i].kind);
        if (rows[i].kind <= TEXT_NO) {
            buf_clear(&numbers);
            numbers_of(&t, &numbers);
            assert_string_equal(buf_str(&numbers), rows[i].numbers);
            assert_string_equal(t.code, CODE);
        } else if (rows[i].numbers != NULL) {
            assert_string_equal(t.word, rows[i].numbers);
        }
    }
    buf_free(&numbers);
}

/* On a shared number: the keyword may come first, or not at all. */
static void keyword(void **state)
{
    static const struct {
        const char *keyword, *body;
        size_t skipped;
    } said[] = {
        {"YORK", "YORK VOTE 1275", 4},
        {"YORK", " york: VOTE 1275", 5},
        {"YORK", "York", 4},
        {"YORK", "VOTE 1275", 0},
        {"YORK", "Yorkshire", 0},
        {"YORK", "YORK2", 0},
        {"YORK", "VOTE YORK 1275", 0},
        {"YORK", "", 0},
        {"YORK", "YOR", 0},
        {"YORK", "York\xC3\xA9", 0},
        {"", "York VOTE", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        assert_int_equal(text_keyword(said[i].keyword, said[i].body, strlen(said[i].body)),
                         said[i].skipped);
}

struct bare {
    const char *body;
    enum text_kind kind;
    const char *code, *numbers;
};

/* Groups of four are numbers, unless they are a code that somebody grouped so. */
static void numbers_without_a_code(void **state)
{
    static const struct bare bares[] = {
        {"VOTE 1275 1359", TEXT_VOTE, "", "1275 1359"},
        {"VOTE 1273", TEXT_VOTE, "", "1273"},
        {"yes 4017", TEXT_YES, "", "4017"},
        {"4017 no", TEXT_NO, "", "4017"},
        {"VOTE 1275 3 2716 2", TEXT_VOTE, "", "1275=3 2716=2"},
        {"VOTE 1275 10 2716 100 1359 1", TEXT_VOTE, "", "1275=10 2716=100 1359=1"},
        {"VOTE 1275 1359 1428 2716 5011", TEXT_VOTE, "", "1275 1359 1428 2716 5011"},
        {"VOTE 5724 0572 4057 2 1275", TEXT_VOTE, "", "5724 0572 4057=2 1275"},
        {"VOTE 5724 0572 4057 7 1275", TEXT_VOTE, "5724057240577", "1275"},
        {"VOTE 572 405 724 0577 1275", TEXT_VOTE, "5724057240577", "1275"},
        {"UNDO", TEXT_UNDO, "", ""},
        {"my vote", TEXT_MINE, "", ""},
        {"CHECK", TEXT_MINE, "", ""},
        {"UNDO 1275", TEXT_UNDO, "", "1275"},
    };
    struct buf numbers = buf_new(1000);
    struct text t;

    (void)state;
    assert_true(damm_valid("5724057240577", CODE_DIGITS)); /* and one in fours like it */
    for (size_t i = 0; i < sizeof bares / sizeof *bares; i++) {
        text_read(bares[i].body, strlen(bares[i].body), &t);
        if (t.kind != bares[i].kind)
            fail_msg("\"%s\" is %d, not %d", bares[i].body, t.kind, bares[i].kind);
        buf_clear(&numbers);
        numbers_of(&t, &numbers);
        assert_string_equal(buf_str(&numbers), bares[i].numbers);
        assert_string_equal(t.code, bares[i].code);
    }
    buf_free(&numbers);
}

struct asked {
    const char *body, *digits, *place, *code;
    int page, n;
    bool refuses;
};

static void answers_and_inquiries(void **state)
{
    static const struct asked rows_asked[] = {
        {"48213", "48213", "", "", 0, 0, false},
        {"Vote 48213, YO24 3BX please", "48213", "YO24 3BX", "", 0, 0, false},
        {"yo1 7hh 48213 yes", "48213", "yo1 7hh", "", 0, 0, false},
        {"48213 no", "48213", "", "", 0, 0, true},
        {"48213 Hob Moor", "48213", "Hob Moor", "", 0, 0, false},
        {"List of projects, Hob Moor 2", "", "Hob Moor", "", 2, 0, false},
        {"LIST 3", "", "", "", 3, 0, false},
        {"LIST 123 456 789 0123", "", "", "1234567890123", 0, 0, false},
        {"LIST 1234 5678 9012 3", "", "", "1234567890123", 0, 0, false},
        {"LIST 1234567890123 2", "", "", "1234567890123", 2, 0, false},
        {"result acomb", "", "acomb", "", 0, 0, false},
        {"INFO 1275", "", "", "", 0, 1, false},
        {"RESULT 1275", "", "", "", 0, 1, false},
    };
    struct text t;

    (void)state;
    for (size_t i = 0; i < sizeof rows_asked / sizeof *rows_asked; i++) {
        const struct asked *a = &rows_asked[i];
        text_read(a->body, strlen(a->body), &t);
        assert_string_equal(t.digits, a->digits);
        assert_string_equal(t.place, a->place);
        assert_string_equal(t.code, a->code);
        if (t.page != a->page || t.n != (size_t)a->n || t.refuses != a->refuses)
            fail_msg("%s: page %d, %zu numbers", a->body, t.page, t.n);
    }
}

static void languages(void **state)
{
    static const struct {
        const char *body;
        enum text_kind kind;
        enum language language;
    } chosen[] = {
        {"LANG PL", TEXT_LANG, LANGUAGE_PL},
        {"lang en", TEXT_LANG, LANGUAGE_EN},
        {"Język polski", TEXT_LANG, LANGUAGE_PL},
        {"JEZYK PO POLSKU", TEXT_LANG, LANGUAGE_PL},
        {"Language: English please", TEXT_LANG, LANGUAGE_EN},
        {"język angielski", TEXT_LANG, LANGUAGE_EN},
        {"LNAG PL", TEXT_LANG, LANGUAGE_PL},
        {"LANG", TEXT_LANG, LANGUAGES},
        {"LANG FR", TEXT_LANG, LANGUAGES},
        {"LANG PLX", TEXT_LANG, LANGUAGES},
        {"LANG 1275", TEXT_LANG, LANGUAGES},
        {"VOTE 1275 LANG PL", TEXT_UNCLEAR, LANGUAGE_EN},
    };
    struct text t;

    (void)state;
    for (size_t i = 0; i < sizeof chosen / sizeof *chosen; i++) {
        text_read(chosen[i].body, strlen(chosen[i].body), &t);
        if (t.kind != chosen[i].kind || t.language != chosen[i].language)
            fail_msg("%s: %d, %d", chosen[i].body, t.kind, t.language);
    }
}

static void polish_keywords(void **state)
{
    static const struct row polish[] = {
        {"GŁOSUJĘ 1234567890123 1275 oraz 1359, proszę", TEXT_VOTE, "1275 1359"},
        {"glosuj 1234567890123 1275", TEXT_VOTE, "1275"},
        {"TAK 1234567890123 4017", TEXT_YES, "4017"},
        {"Nie 1234567890123 4017", TEXT_NO, "4017"},
        {"1234567890123 4017 tak", TEXT_YES, "4017"},
        {"VOTE 1234567890123 nie 1275", TEXT_UNCLEAR, ""},
        {"TAKK 1234567890123 4017", TEXT_UNCLEAR, ""},
        {"Cofnij 1234567890123", TEXT_UNDO, ""},
        {"LISTA Acomb", TEXT_LIST, ""},
        {"więcej", TEXT_MORE, ""},
        {"WYNIK Acomb", TEXT_RESULT, ""},
        {"pomoc", TEXT_HELP, ""},
        {"Wiadomości, proszę", TEXT_NEWS, ""},
        {"wiadomosc", TEXT_HELP, ""},
    };
    struct buf numbers = buf_new(1000);
    struct text t;

    (void)state;
    for (size_t i = 0; i < sizeof polish / sizeof *polish; i++) {
        text_read(polish[i].body, strlen(polish[i].body), &t);
        if (t.kind != polish[i].kind)
            fail_msg("%s: %d", polish[i].body, t.kind);
        buf_clear(&numbers);
        if (polish[i].numbers[0] != '\0')
            numbers_of(&t, &numbers);
        assert_string_equal(buf_str(&numbers), polish[i].numbers);
    }
    buf_free(&numbers);
}

/* What is offered is kept as it was typed; what cannot be shown goes. */
static void offers_of_help(void **state)
{
    static const struct {
        const char *body;
        enum text_kind kind;
        int number; /* -1: none */
        const char *words;
    } offered[] = {
        {"OFFER 1275 I can lend a van", TEXT_OFFER, 1275, "I can lend a van"},
        {"offer1275: a van, & 2 people!", TEXT_OFFER, 1275, "a van, & 2 people!"},
        {"Ofer for project 1275 - \n Żółta łódź \xF0\x9F\x9A\x90\n", TEXT_OFFER, 1275,
         "Żółta łódź \xF0\x9F\x9A\x90"},
        {"OFFER a van for 1275", TEXT_OFFER, 1275, "a van for 1275"},
        {"OFERUJĘ 1275 samochód", TEXT_OFFER, 1275, "samochód"},
        {"OFFER 1275", TEXT_OFFER, 1275, ""},
        {"OFFER 1275 ...", TEXT_OFFER, 1275, ""},
        {"OFFER", TEXT_OFFER, -1, ""},
        {"OFFER a van", TEXT_OFFER, -1, "a van"},
        {"OFFER 127 a van", TEXT_OFFER, -1, "127 a van"},
        {"OFFER 1275 \xFF\x80van\x01\t now", TEXT_OFFER, 1275, "van now"},
        {"OFFER \xD9\xA1\xD9\xA2\xD9\xA7\xD9\xA5 van", TEXT_OFFER, 1275, "van"},
        {"AGREE", TEXT_AGREE, -1, NULL},
        {"agree 1275", TEXT_AGREE, 1275, NULL},
        {"Zgoda!", TEXT_AGREE, -1, NULL},
        {"AGRE", TEXT_HELP, -1, NULL},
        {"AGREED 1275", TEXT_UNCLEAR, 1275, NULL},
    };
    struct buf words = buf_new(400);
    struct text t;

    (void)state;
    for (size_t i = 0; i < sizeof offered / sizeof *offered; i++) {
        const char *body = offered[i].body;
        text_read(body, strlen(body), &t);
        if (t.kind != offered[i].kind || (t.n > 0 ? t.numbers[0] : -1) != offered[i].number)
            fail_msg("%s: %d, %zu numbers", body, t.kind, t.n);
        if (offered[i].words == NULL)
            continue;
        buf_clear(&words);
        (void)offer_words(body, strlen(body), t.words_at, &words);
        assert_string_equal(buf_str(&words), offered[i].words);
    }
    buf_clear(&words);
    assert_int_equal(offer_words("żż  ż", 8, 0, &words), 4);
    buf_free(&words);
}

static void sixty_numbers_and_no_more(void **state)
{
    struct buf body = buf_new(10000);
    struct text t;

    (void)state;
    buf_str_add(&body, "VOTE " CODE);
    for (int i = 0; i < 60; i++)
        buf_fmt(&body, " %04d %04d", i, i);
    text_read(body.data, body.len, &t);
    assert_int_equal(t.kind, TEXT_VOTE);
    assert_int_equal(t.n, 60);
    buf_str_add(&body, " 0060");
    text_read(body.data, body.len, &t);
    assert_int_equal(t.kind, TEXT_TOO_MANY);
    buf_free(&body);
}

static void a_text_of_a_megabyte(void **state)
{
    static const char *const fills[] = {"7",    "VOTE ", "1275 ", "\xF0\x9F\x98\x80",
                                        "\xFF", "O",     "x"};
    struct buf body = buf_new(2 << 20);
    struct text t;

    (void)state;
    for (size_t i = 0; i < sizeof fills / sizeof *fills; i++) {
        buf_clear(&body);
        while (body.len < 1 << 20)
            buf_str_add(&body, fills[i]);
        text_read(body.data, body.len, &t);
        assert_true(t.n <= BALLOT_PICKS_MAX);
        assert_int_not_equal(t.kind, TEXT_YES);
    }
    buf_free(&body);
}

static void a_nul_inside_is_not_the_end(void **state)
{
    static const char body[] = "VOTE " CODE " 12\0"
                               "75";
    struct text t;

    (void)state;
    text_read(body, sizeof body - 1, &t);
    assert_int_equal(t.kind, TEXT_VOTE);
    assert_int_equal(t.numbers[0], 1275);
}

static void near_numbers(void **state)
{
    (void)state;
    assert_true(number_near(1590, 1580));
    assert_true(number_near(1590, 5190));
    assert_true(number_near(17, 1017));
    assert_true(number_near(1275, 1257));
    assert_false(number_near(1275, 1275));
    assert_false(number_near(1275, 1346));
    assert_false(number_near(1275, 2517));
    assert_false(number_near(1295, 1592));
}

static void plain_words(void **state)
{
    struct buf out = buf_new(100);

    (void)state;
    plain_text("\xC5\xB5\xC3\xB6t\xC3\xAA\r\n\xE2\x80\x8B\xC2\xB2", 14, &out);
    assert_string_equal(buf_str(&out), "w\x01te \n2");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_without_a_code),
        cmocka_unit_test(answers_and_inquiries),
        cmocka_unit_test(keyword),
        cmocka_unit_test(every_form),
        cmocka_unit_test(languages),
        cmocka_unit_test(offers_of_help),
        cmocka_unit_test(polish_keywords),
        cmocka_unit_test(sixty_numbers_and_no_more),
        cmocka_unit_test(a_text_of_a_megabyte),
        cmocka_unit_test(a_nul_inside_is_not_the_end),
        cmocka_unit_test(near_numbers),
        cmocka_unit_test(plain_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
