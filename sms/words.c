/* words.c: cuts a text and knows the keywords. One slip is forgiven in those that begin an
 * inquiry or a vote, and in STOP; never in YES and NO, which are the choice itself, nor in START,
 * NEWS and AGREE, which give consent. */
#include "sms/words.h"
#include "sms/plain.h"
#include <string.h>

struct meaning {
    const char *word;
    enum word means;
    bool forgiving;
};

static const struct meaning meanings[] = {
    {"VOTE", WORD_VOTE, true},
    {"V", WORD_VOTE, false},
    {"CHOOSE", WORD_VOTE, true},
    {"YES", WORD_YES, false},
    {"Y", WORD_YES, false},
    {"NO", WORD_NO, false},
    {"N", WORD_NO, false},
    {"UNDO", WORD_UNDO, true},
    {"CLEAR", WORD_UNDO, true},
    {"CHECK", WORD_CHECK, true},
    {"STATUS", WORD_CHECK, true},
    {"MYVOTE", WORD_CHECK, true},
    {"LIST", WORD_LIST, true},
    {"MORE", WORD_MORE, true},
    {"INFO", WORD_INFO, true},
    {"RESULT", WORD_RESULT, true},
    {"RESULTS", WORD_RESULT, true},
    {"HELP", WORD_HELP, true},
    {"STOP", WORD_STOP, true},
    {"STOPALL", WORD_STOP, false},
    {"UNSUBSCRIBE", WORD_STOP, false},
    {"CANCEL", WORD_STOP, false},
    {"END", WORD_STOP, false},
    {"QUIT", WORD_STOP, false},
    {"REVOKE", WORD_STOP, false},
    {"OPTOUT", WORD_STOP, false},
    {"REMOVE", WORD_STOP, false},
    {"ARRET", WORD_STOP, false},
    {"UNSUB", WORD_STOP, false},
    {"OPT", WORD_OPT, false},
    {"START", WORD_START, false},
    {"UNSTOP", WORD_START, false},
    {"NEWS", WORD_NEWS, false},
    {"X", WORD_TIMES, false},
    {"MY", WORD_MY, false},
    {"LANG", WORD_LANG, true},
    {"LANGUAGE", WORD_LANG, true},
    {"OFFER", WORD_OFFER, true},
    {"AGREE", WORD_AGREE, false},
    /* The same in Polish, without its accents (plain.h drops them); slips are forgiven in English
     * only, so that no word of one language is a slip in the other. */
    {"JEZYK", WORD_LANG, false},
    {"GLOSUJ", WORD_VOTE, false},
    {"GLOSUJE", WORD_VOTE, false},
    {"GLOS", WORD_VOTE, false},
    {"MOJ", WORD_MY, false},
    {"MOJGLOS", WORD_CHECK, false},
    {"TAK", WORD_YES, false},
    {"NIE", WORD_NO, false},
    {"COFNIJ", WORD_UNDO, false},
    {"LISTA", WORD_LIST, false},
    {"WIECEJ", WORD_MORE, false},
    {"WYNIK", WORD_RESULT, false},
    {"WYNIKI", WORD_RESULT, false},
    {"POMOC", WORD_HELP, false},
    {"WIADOMOSCI", WORD_NEWS, false},
    {"OFERUJE", WORD_OFFER, false},
    {"ZGODA", WORD_AGREE, false},
};

static const char *const courtesies[] = {
    "AND",     "PLEASE", "PLS",     "PLZ",       "THANKS",   "THANK",   "YOU",      "THX",
    "TY",      "MANY",   "VERY",    "MUCH",      "TA",       "CHEERS",  "KIND",     "BEST",
    "REGARDS", "WISHES", "HI",      "HELLO",     "HEY",      "DEAR",    "GOOD",     "MORNING",
    "EVENING", "IS",     "THE",     "AFTERNOON", "FOR",      "CODE",    "OF",       "GIVE",
    "NUMBER",  "POINTS", "NUMBERS", "PROJECT",   "PROJECTS", "POINT",   "PTS",      "PT",
    "ORAZ",    "PROSZE", "KOD",     "DZIEKUJE",  "DZIEKI",   "PROJEKT", "PROJEKTY", "NUMER",
    "NUMERY",  "PKT"};

enum { WORD_MAX = 16 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool is_letter(char c)
{
    return c == PLAIN_LETTER || (upper(c) >= 'A' && upper(c) <= 'Z');
}

/* A digit, or a letter that is taken for one among digits; else 0. */
char token_digit(char c)
{
    if (is_digit(c))
        return c;
    if (c == 'O' || c == 'o')
        return '0';
    return c == 'l' || c == 'I' ? '1' : 0;
}

bool token_plain_digits(const struct token *t)
{
    for (size_t i = 0; i < t->len; i++)
        if (!is_digit(t->from[i]))
            return false;
    return true;
}

/* One slip away: a letter wrong, missing, doubled or too many, or two neighbours swapped. */
static bool almost(const char *w, const char *key)
{
    size_t len = strlen(w), want = strlen(key), head = 0, tail = 0;

    while (head < len && head < want && w[head] == key[head])
        head++;
    while (tail < len - head && tail < want - head && w[len - 1 - tail] == key[want - 1 - tail])
        tail++;
    if (len == want && head + tail + 1 >= want)
        return true;
    if (len == want && head + tail + 2 == want)
        return w[head] == key[head + 1] && w[head + 1] == key[head];
    return (len + 1 == want && head + tail == len) || (len == want + 1 && head + tail == want);
}

/* XX, XXXX. */
static bool is_kisses(const char *word)
{
    size_t n = strspn(word, "X");

    return n >= 2 && word[n] == '\0';
}

/* What a word means; *slip: only by forgiving one. */
static enum word meaning_of(const char *from, size_t len, bool *slip)
{
    char word[WORD_MAX + 1];

    *slip = false;
    if (len > WORD_MAX)
        return WORD_OTHER; /* no word that we know is as long */
    for (size_t i = 0; i < len; i++)
        word[i] = upper(from[i]);
    word[len] = '\0';
    if (is_kisses(word))
        return WORD_COURTESY;
    for (size_t i = 0; i < sizeof courtesies / sizeof *courtesies; i++)
        if (strcmp(word, courtesies[i]) == 0)
            return WORD_COURTESY;
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (strcmp(word, meanings[i].word) == 0)
            return meanings[i].means;
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (meanings[i].forgiving && almost(word, meanings[i].word)) {
            *slip = true;
            return meanings[i].means;
        }
    return WORD_OTHER;
}

struct cutter {
    struct token *out;
    size_t n, line;
    size_t digits; /* so far */
    bool mark;     /* "=" or "x" came since the last digits */
    bool more;
};

static void add(struct cutter *c, enum token_kind kind, const char *from, size_t len)
{
    struct token *t = &c->out[c->n];

    if (c->n == TOKENS_MAX) {
        c->more = true;
        return;
    }
    c->n++;
    *t = (struct token){.kind = kind, .line = c->line, .from = from, .len = len};
    if (kind == TOKEN_WORD) {
        t->word = meaning_of(from, len, &t->slip);
        c->mark = t->word == WORD_TIMES && c->digits > 0;
        return;
    }
    t->marked = c->mark;
    c->mark = false;
    if (kind == TOKEN_DIGITS)
        c->digits += len;
}

static size_t letters_before_digit(const char *from, size_t len)
{
    size_t n = 0;

    while (n < len && !is_digit(from[n]))
        n++;
    return n;
}

static bool all_as_digits(const char *from, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (token_digit(from[i]) == 0)
            return false;
    return true;
}

static bool known(const char *from, size_t len)
{
    bool slip;
    enum word w = len > 0 && !all_as_digits(from, len) ? meaning_of(from, len, &slip) : WORD_OTHER;

    return w != WORD_OTHER;
}

/* Digits, an x, digits ("1275x3"): where the x stands; else 0. */
static size_t times_at(const char *from, size_t len)
{
    for (size_t i = 1; i + 1 < len; i++)
        if (upper(from[i]) == 'X')
            return all_as_digits(from, i) && all_as_digits(from + i + 1, len - i - 1) ? i : 0;
    return 0;
}

/* Digits and a courtesy ("3pts", "1275and"): where that begins; else `len`. */
static size_t courtesy_at(const char *from, size_t len)
{
    size_t at = 0;
    bool slip;

    while (at < len && is_digit(from[at]))
        at++;
    return at > 0 && at < len && meaning_of(from + at, len - at, &slip) == WORD_COURTESY ? at : len;
}

/* A run of letters and digits. */
static void add_run(struct cutter *c, const char *from, size_t len)
{
    size_t letters = letters_before_digit(from, len), times;
    bool code_begun = c->digits > 0 && c->digits < 13;

    if (letters == len && !(code_begun && len >= 3 && all_as_digits(from, len))) {
        add(c, TOKEN_WORD, from, len);
        return;
    }
    if (letters < len && known(from, letters)) {
        add(c, TOKEN_WORD, from, letters);
        from += letters;
        len -= letters;
    }
    times = times_at(from, len);
    if (times > 0) {
        add(c, TOKEN_DIGITS, from, times);
        c->mark = true;
        from += times + 1;
        len -= times + 1;
    }
    size_t digits = courtesy_at(from, len);
    add(c, all_as_digits(from, digits) ? TOKEN_DIGITS : TOKEN_MIXED, from, digits);
    if (digits < len)
        add(c, TOKEN_WORD, from + digits, len - digits);
}

size_t tokens_read(const char *plain, size_t len, struct token out[TOKENS_MAX], bool *more)
{
    struct cutter c = {.out = out};
    const char *at = plain, *end = plain + len;

    while (at < end && !c.more) {
        const char *from = at;
        while (at < end && (is_letter(*at) || is_digit(*at)))
            at++;
        if (at > from) {
            add_run(&c, from, (size_t)(at - from));
            continue;
        }
        if (*at == '\n')
            c.line++;
        if (c.digits > 0 && (*at == '=' || *at == '*'))
            c.mark = true;
        at++;
    }
    *more = c.more;
    return c.n;
}
