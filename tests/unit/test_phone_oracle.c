/* test_phone_oracle.c: common/phone.c beside somebody else's reading of telephone numbers, on
 * 100,000 made-up ones: UK forms, international ones and junk (phone_oracle.py; skipped without
 * python3-phonenumbers). Where both take a number it must be the same. Where they differ, each
 * difference must be of a kind that is meant, and how many there are of each is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/buf.h"
#include "common/phone.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NUMBERS = 100000, TYPED_MAX = 64 };

static char typed[NUMBERS][TYPED_MAX];

/* --- the generator: the same numbers every time ---------------------------------------------- */

static uint64_t state = 20261127;

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next(void)
{
    uint64_t z = (state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static size_t below(size_t n)
{
    return next() % n;
}

static void add_digits(char *out, size_t n)
{
    size_t len = strlen(out);
    for (size_t i = 0; i < n; i++)
        out[len + i] = (char)('0' + below(10));
    out[len + n] = '\0';
}

/* Ten digits (now and then nine or eleven) that begin as UK numbers do. */
static void uk_national(char out[TYPED_MAX])
{
    static const char *const begins[] = {"7",  "74", "77", "78", "79",  "75",   "7624", "76",
                                         "70", "1",  "2",  "20", "113", "1904", "3",    "33",
                                         "5",  "56", "8",  "80", "84",  "871",  "872",  "87",
                                         "9",  "90", "91", "98", "6",   "4"};
    size_t len = below(40) == 0 ? 9 + 2 * below(2) : 10;
    snprintf(out, TYPED_MAX, "%s", begins[below(sizeof begins / sizeof *begins)]);
    add_digits(out, len - strlen(out));
}

/* Blanks, dashes, dots and brackets, as people put them between digits. */
static void separate(const char *plain, char out[TYPED_MAX])
{
    static const char marks[] = " -. ";
    bool any = below(2) == 0;
    size_t len = 0;
    for (; *plain != '\0' && len < TYPED_MAX - 4; plain++) {
        out[len++] = *plain;
        if (any && plain[1] != '\0' && *plain != '+' && below(4) == 0)
            out[len++] = marks[below(4)];
    }
    out[len] = '\0';
}

static void make_uk(char out[TYPED_MAX])
{
    static const char *const prefixes[] = {"0",       "+44",  "0044", "44",
                                           "+44 (0)", "+440", "",     "+44 0"};
    char national[TYPED_MAX], plain[TYPED_MAX];
    uk_national(national);
    snprintf(plain, sizeof plain, "%s%.20s", prefixes[below(8)], national);
    separate(plain, out);
}

static void make_foreign(char out[TYPED_MAX])
{
    static const char *const codes[] = {"1",  "353", "33", "49",  "48",  "34",  "39",  "31", "32",
                                        "91", "92",  "86", "234", "254", "27",  "61",  "64", "46",
                                        "47", "45",  "40", "371", "370", "90",  "880", "94", "7",
                                        "81", "82",  "55", "852", "65",  "971", "972", "30", "351"};
    static const char *const prefixes[] = {"+", "+", "00", ""};
    char plain[TYPED_MAX];
    snprintf(plain, sizeof plain, "%s%s%s", prefixes[below(4)], codes[below(36)],
             below(20) == 0 ? " (0)" : "");
    add_digits(plain, 5 + below(8));
    separate(plain, out);
}

static void make_junk(char out[TYPED_MAX])
{
    static const char any[] = "0123456789012345678901234567890123456789+ -.()#*/xABYORK@";
    size_t len = 1 + below(20);
    for (size_t i = 0; i < len; i++)
        out[i] = any[below(sizeof any - 1)];
    out[len] = '\0';
    if (below(3) == 0) { /* a short code, or digits alone */
        out[0] = '\0';
        add_digits(out, 3 + below(14));
    }
}

static void make_numbers(void)
{
    for (size_t i = 0; i < NUMBERS; i++)
        (i % 5 < 2 ? make_uk : i % 5 < 4 ? make_foreign : make_junk)(typed[i]);
}

/* --- the comparison -------------------------------------------------------------------------- */

struct oracle {
    int possible, valid;
    char kind[10], e164[40];
};

/* How a reading may differ, and why that is meant. */
enum difference {
    SAME,
    LETTERS, /* a word is a sender's name; the oracle dials letters, and takes x for an extension */
    MARKS,   /* / * # @ and a second plus stand in no number; the oracle overlooks them */
    SHORT_CODE,  /* three to eight bare digits are a short code, not a number without its area */
    NO_ZERO,     /* at home a number begins with 0; the oracle adds it */
    BARE_ABROAD, /* 11 to 15 bare digits are a country's, as providers write them; never at home */
    TRUNK,  /* a foreign number's trunk or carrier prefix after its code: we know no country's plan
             */
    LENGTH, /* nor its lengths: seven to fifteen digits are kept */
    UNUSED, /* lengths and ranges of the UK that are possible, but that nobody has */
    HOME_ZERO, /* "(0)" behind a country code is dropped; the oracle dials some of them */
    SERVICE,   /* 084 and 0870: dear for the oracle; by Ofcom's plan up to 13p a minute */
    NOT_MEANT,
    DIFFERENCES
};

static const char *const names[DIFFERENCES] = {
    "the same",        "letters",           "marks",      "short code", "no leading 0",
    "bare and abroad", "trunk prefix kept", "any length", "not in use", "(0) dropped",
    "084 and 0870",    "not meant"};

static bool has_letter(const char *s)
{
    for (; *s != '\0'; s++)
        if ((*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z'))
            return true;
    return false;
}

static bool has_mark(const char *s)
{
    const char *plus = strchr(s, '+');
    return strpbrk(s, "/*#@") != NULL ||
           (plus != NULL &&
            (strchr(plus + 1, '+') != NULL || strcspn(s, "0123456789") < (size_t)(plus - s)));
}

static void digits_of(const char *s, char out[TYPED_MAX])
{
    size_t n = 0;
    for (; *s != '\0' && n < TYPED_MAX - 1; s++)
        if (*s >= '0' && *s <= '9')
            out[n++] = *s;
    out[n] = '\0';
}

/* Is `ours` what the oracle has, with up to five digits more behind the country code? */
static bool only_a_trunk_more(const char *ours, const char *theirs)
{
    size_t more = strlen(ours) - strlen(theirs);
    if (strlen(ours) <= strlen(theirs) || more > 5 || strncmp(ours, "+44", 3) == 0)
        return false;
    for (size_t code = 1; code <= 3; code++)
        if (strncmp(ours, theirs, 1 + code) == 0 &&
            strcmp(ours + 1 + code + more, theirs + 1 + code) == 0)
            return true;
    return false;
}

/* We take no number here, the oracle does. */
static enum difference refused(const char *number, enum phone_kind kind, const struct oracle *o)
{
    char digits[TYPED_MAX];
    digits_of(number, digits);
    if (has_letter(number))
        return LETTERS;
    if (has_mark(number))
        return MARKS;
    if (kind == PHONE_SHORT_CODE)
        return SHORT_CODE;
    if (strchr(number, '+') == NULL && digits[0] != '0')
        return NO_ZERO;
    return o->valid ? NOT_MEANT : UNUSED;
}

/* Both take it, as the same number: is it of the same kind? */
static enum difference kinds(const char *e164, enum phone_kind kind, const struct oracle *o)
{
    bool mobile = strcmp(o->kind, "mobile") == 0, dear = strcmp(o->kind, "dear") == 0;
    if (strncmp(e164, "+44", 3) != 0 ||
        (mobile == (kind == PHONE_UK_MOBILE) && dear == (kind == PHONE_PREMIUM)))
        return SAME;
    if (dear && (strncmp(e164, "+4484", 5) == 0 || strncmp(e164, "+44870", 6) == 0))
        return SERVICE;
    return o->valid ? NOT_MEANT : UNUSED;
}

static enum difference compare(const char *number, const struct oracle *o)
{
    char out[PHONE_LEN + 1];
    enum phone_kind kind = phone_read(number, out);
    if (out[0] == '\0')
        return o->possible ? refused(number, kind, o) : SAME;
    if (strcmp(out, o->e164) == 0)
        return o->possible ? kinds(out, kind, o) : strncmp(out, "+44", 3) != 0 ? LENGTH : NOT_MEANT;
    if (strchr(number, '+') == NULL && number[0] != '0' && strncmp(out, "+44", 3) != 0 &&
        strncmp(o->e164, "+44", 3) == 0)
        return o->valid ? NOT_MEANT : BARE_ABROAD;
    if (only_a_trunk_more(out, o->e164))
        return TRUNK;
    if (strstr(number, "(0)") != NULL && only_a_trunk_more(o->e164, out))
        return HOME_ZERO;
    return !o->possible && strncmp(out, "+44", 3) != 0 ? LENGTH : NOT_MEANT;
}

static void tell(const size_t counts[DIFFERENCES])
{
    for (int d = 0; d < DIFFERENCES; d++)
        printf("# %-18s %6zu\n", names[d], counts[d]);
}

/* The oracle's answers, from a program that reads the numbers from a file. */
static FILE *ask(const char *path)
{
    char command[200];
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (size_t i = 0; i < NUMBERS; i++)
        fprintf(file, "%s\n", typed[i]);
    assert_int_equal(fclose(file), 0);
    snprintf(command, sizeof command, "/usr/bin/python3 tests/unit/phone_oracle.py <%s", path);
    FILE *oracle = popen(command, "r");
    assert_non_null(oracle);
    return oracle;
}

static void readings_differ_only_where_that_is_meant(void **unused)
{
    char path[] = "var/phones-XXXXXX", line[200];
    size_t counts[DIFFERENCES] = {0}, n = 0;
    int fd = mkstemp(path);
    (void)unused;
    assert_true(fd >= 0);
    close(fd);
    make_numbers();
    FILE *oracle = ask(path);
    for (; n < NUMBERS && fgets(line, sizeof line, oracle) != NULL; n++) {
        struct oracle o;
        assert_int_equal(sscanf(line, "%d %d %9s %39s", &o.possible, &o.valid, o.kind, o.e164), 4);
        enum difference d = compare(typed[n], &o);
        if (d == NOT_MEANT && counts[d] < 10)
            printf("# \"%s\": %s", typed[n], line);
        counts[d]++;
    }
    assert_int_equal(pclose(oracle), 0);
    unlink(path);
    tell(counts);
    assert_int_equal(n, NUMBERS);
    assert_int_equal(counts[NOT_MEANT], 0);
}

int main(void)
{
    if (system("exec /usr/bin/python3 tests/unit/phone_oracle.py </dev/null") != 0) {
        puts("# python3-phonenumbers is not installed");
        return 77;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(readings_differ_only_where_that_is_meant)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
