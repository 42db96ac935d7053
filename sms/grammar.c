/* grammar.c: reads a text word by word; what it does not know it refuses to guess. */
#include "sms/grammar.h"
#include "sms/plain.h"

struct reader {
    const char *at;
    struct text *out;
    bool vote, yes, no;   /* keywords met */
    bool late;            /* yes or no came after the numbers: nothing may follow */
    bool unclear, digits; /* an unknown word; any digit at all */
    bool line_digits;     /* a digit in this line */
    bool signature;       /* an unknown word after the numbers, in a line of its own */
    bool bad_code, bad_number, too_many;
    bool first; /* no word read yet */
    size_t code_len;
    uint8_t seen[10000 / 8];
};

static const char *const stop_words[] = {"STOP",   "STOPALL", "UNSUBSCRIBE", "CANCEL",
                                         "END",    "QUIT",    "REVOKE",      "OPTOUT",
                                         "REMOVE", "ARRET",   "UNSUB",       NULL};
static const char *const start_words[] = {"START", "UNSTOP", NULL};
static const char *const news_words[] = {"NEWS", NULL};
static const char *const help_words[] = {"HELP", "INFO", NULL};
static const char *const vote_words[] = {"VOTE", "V", "CHOOSE", NULL};
static const char *const yes_words[] = {"YES", "Y", NULL};
static const char *const no_words[] = {"NO", "N", NULL};
static const char *const courtesies[] = {
    "AND",    "PLEASE", "PLS",    "PLZ",     "THANKS",  "THANK",    "YOU", "THX", "TA",
    "CHEERS", "X",      "XX",     "XXX",     "HI",      "HELLO",    "MY",  "IS",  "THE",
    "FOR",    "CODE",   "NUMBER", "NUMBERS", "PROJECT", "PROJECTS", NULL};

static bool among(const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

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
static char as_digit(char c)
{
    if (is_digit(c))
        return c;
    if (c == 'O' || c == 'o')
        return '0';
    return c == 'l' || c == 'I' ? '1' : 0;
}

/* One slip away from VOTE: a letter wrong, missing, doubled, or two swapped. */
static bool almost_vote(const char *w)
{
    static const char vote[] = "VOTE";
    size_t len = strlen(w), head = 0, tail = 0;

    while (head < len && head < 4 && w[head] == vote[head])
        head++;
    while (tail < len - head && tail < 4 - head && w[len - 1 - tail] == vote[3 - tail])
        tail++;
    if (len == 4 && head + tail >= 3)
        return true;
    if (len == 4 && head + tail == 2)
        return w[head] == vote[head + 1] && w[head + 1] == vote[head];
    return (len == 3 && head + tail == 3) || (len == 5 && head + tail == 4);
}

static void take_answer(struct reader *r, bool yes)
{
    r->yes = r->yes || yes;
    r->no = r->no || !yes;
    if (r->digits) {
        /* "code 4017 YES" is clear; "VOTE code no 1275" may mean "number". */
        r->unclear = r->unclear || r->vote || r->out->n == 0;
        r->late = true;
    }
}

static void take_word(struct reader *r, const char *word)
{
    bool was_first = r->first;

    r->first = false;
    if (was_first && among(word, stop_words))
        r->out->kind = TEXT_STOP;
    else if (was_first && among(word, start_words))
        r->out->kind = TEXT_START;
    else if (was_first && among(word, news_words))
        r->out->kind = TEXT_NEWS;
    else if (was_first && among(word, help_words))
        r->out->kind = TEXT_HELP;
    else if (among(word, vote_words) || (!r->digits && almost_vote(word)))
        r->vote = true;
    else if (among(word, yes_words) || among(word, no_words))
        take_answer(r, word[0] == 'Y');
    else if (!among(word, courtesies)) {
        if (r->out->n > 0 && !r->line_digits)
            r->signature = true; /* unless digits follow */
        else
            r->unclear = true;
    } else {
        r->first = was_first;
    }
}

static void take_number(struct reader *r, const char *digits)
{
    uint16_t number = 0;

    for (size_t i = 0; i < 4; i++)
        number = (uint16_t)(number * 10 + (digits[i] - '0'));
    uint8_t bit = (uint8_t)(1U << (number % 8));
    if (r->seen[number / 8] & bit)
        return;
    r->seen[number / 8] |= bit;
    if (r->out->n == BALLOT_PICKS_MAX)
        r->too_many = true;
    else
        r->out->numbers[r->out->n++] = number;
}

static void note_bad_number(struct reader *r, const char *from, size_t len)
{
    if (r->bad_number)
        return;
    r->bad_number = true;
    for (size_t i = 0; i < len && i < TEXT_WORD_MAX; i++)
        r->out->word[i] = from[i] == PLAIN_LETTER ? '?' : from[i];
}

/* A run of `len` characters that are all as_digit. */
static void take_digits(struct reader *r, const char *from, size_t len)
{
    size_t i = 0;
    bool began = r->code_len > 0;

    r->unclear = r->unclear || r->late;
    r->digits = true;
    while (i < len && r->code_len < CODE_DIGITS)
        r->out->code[r->code_len++] = as_digit(from[i++]);
    if (i == len)
        return;
    if ((len - i) % 4 != 0) {
        if (i > 0 && (began || len > 4))
            r->bad_code = true;
        else
            note_bad_number(r, from, len);
        return;
    }
    for (; i < len; i += 4) {
        char four[4];
        for (size_t k = 0; k < 4; k++)
            four[k] = as_digit(from[i + k]);
        take_number(r, four);
    }
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
        if (as_digit(from[i]) == 0)
            return false;
    return true;
}

static void word_of(const char *from, size_t len, char word[TEXT_WORD_MAX + 1])
{
    if (len > TEXT_WORD_MAX)
        len = TEXT_WORD_MAX; /* no word that we know is as long */
    for (size_t i = 0; i < len; i++)
        word[i] = upper(from[i]);
    word[len] = '\0';
}

static bool known(const char *word)
{
    return among(word, vote_words) || among(word, yes_words) || among(word, no_words) ||
           among(word, courtesies) || almost_vote(word);
}

/* A run of letters and digits. */
static void take_run(struct reader *r, const char *from, size_t len)
{
    char word[TEXT_WORD_MAX + 1];
    size_t letters = letters_before_digit(from, len);
    bool code_begun = r->code_len > 0 && r->code_len < CODE_DIGITS;

    if (letters == len && !(code_begun && len >= 3 && all_as_digits(from, len))) {
        word_of(from, len, word);
        take_word(r, word);
        return;
    }
    word_of(from, letters, word);
    if (letters < len && !all_as_digits(from, letters) && known(word)) { /* "VOTE123" */
        take_word(r, word);
        from += letters;
        len -= letters;
    }
    r->first = false;
    r->line_digits = true;
    if (r->signature)
        r->unclear = true;
    if (all_as_digits(from, len)) {
        take_digits(r, from, len);
    } else {
        r->digits = true;
        note_bad_number(r, from, len);
    }
}

static void read_all(struct reader *r, const char *end)
{
    while (r->at < end) {
        const char *from = r->at;
        while (r->at < end && (is_letter(*r->at) || is_digit(*r->at)))
            r->at++;
        if (r->at > from) {
            take_run(r, from, (size_t)(r->at - from));
            continue;
        }
        if (*r->at == '\n')
            r->line_digits = false;
        r->at++;
    }
}

static enum text_kind verdict(const struct reader *r)
{
    const struct text *t = r->out;

    if (!r->digits)
        return TEXT_HELP;
    if (r->unclear || (r->yes && r->no))
        return TEXT_UNCLEAR;
    if (r->code_len < CODE_DIGITS)
        return TEXT_NO_CODE;
    if (r->bad_code)
        return TEXT_BAD_CODE;
    if (r->bad_number)
        return TEXT_BAD_NUMBER;
    if (r->too_many)
        return TEXT_TOO_MANY;
    if (t->n == 0)
        return TEXT_NO_NUMBERS;
    return r->yes ? TEXT_YES : r->no ? TEXT_NO : TEXT_VOTE;
}

void text_read(const char *body, size_t len, struct text *out)
{
    struct buf plain = buf_new(len + 1);
    struct reader r = {.out = out, .first = true};

    memset(out, 0, sizeof *out);
    out->kind = TEXT_VOTE;
    plain_text(body, len, &plain);
    r.at = buf_str(&plain);
    read_all(&r, r.at + plain.len);
    if (out->kind == TEXT_VOTE)
        out->kind = verdict(&r);
    buf_free(&plain);
}

bool number_near(uint16_t a, uint16_t b)
{
    int x[4], y[4], wrong = 0, last = -1;

    for (int i = 3; i >= 0; i--, a /= 10, b /= 10) {
        x[i] = a % 10;
        y[i] = b % 10;
    }
    for (int i = 0; i < 4; i++)
        if (x[i] != y[i]) {
            wrong++;
            last = i;
        }
    return wrong == 1 ||
           (wrong == 2 && last > 0 && x[last] == y[last - 1] && x[last - 1] == y[last]);
}
