/* grammar.c: reads a text word by word; what it does not know it refuses to guess. */
#include "sms/grammar.h"
#include "sms/plain.h"
#include "sms/words.h"
#include <strings.h>

struct reader {
    struct text *out;
    const char *body; /* as it came, and its plain text */
    size_t body_len;
    const char *plain;
    const struct token *tokens;
    size_t n;
    /* digits */
    size_t first_digits, last_digits; /* tokens; n: none */
    size_t first_number;              /* token; n: none */
    size_t code_len;
    bool coded; /* the first 13 digits are a code */
    bool bad_code, bad_number, too_many, contradiction;
    size_t current; /* the pick that points would belong to; n of the text: none */
    bool again;     /* it was named before */
    /* words */
    bool vote, my, yes, no, undo, check, unclear;
};

/* --- numbers ------------------------------------------------------------------------------ */

static bool has_digits(const struct token *t)
{
    return t->kind != TOKEN_WORD;
}

static size_t number_at(const struct text *t, uint16_t number)
{
    size_t i = 0;

    while (i < t->n && t->numbers[i] != number)
        i++;
    return i;
}

static void take_number(struct reader *r, const char *four, size_t token)
{
    uint16_t number = 0;

    for (size_t i = 0; i < 4; i++)
        number = (uint16_t)(number * 10 + (token_digit(four[i]) - '0'));
    if (r->first_number == r->n)
        r->first_number = token;
    r->current = number_at(r->out, number);
    r->again = r->current < r->out->n;
    if (r->again)
        return;
    if (r->out->n == BALLOT_PICKS_MAX)
        r->too_many = true;
    else
        r->out->numbers[r->out->n++] = number;
}

static void note_bad_number(struct reader *r, const struct token *t)
{
    if (r->bad_number)
        return;
    r->bad_number = true;
    for (size_t i = 0; i < t->len && i < TEXT_WORD_MAX; i++)
        r->out->word[i] = t->from[i] == PLAIN_LETTER ? '?' : t->from[i];
}

/* Digits that can only be the points of the number before them. */
static bool is_points(const struct reader *r, const struct token *t)
{
    return r->current < r->out->n && (t->len < 4 || (t->marked && t->len == 4));
}

static void take_points(struct reader *r, const struct token *t)
{
    uint16_t points = 0;
    uint16_t *had = &r->out->weights[r->current];

    for (size_t i = 0; i < t->len; i++)
        points = (uint16_t)(points * 10 + (token_digit(t->from[i]) - '0'));
    if (points == 0)
        note_bad_number(r, t);
    else if (r->again && *had != points)
        r->contradiction = true;
    *had = points;
    r->current = r->out->n; /* no second helping */
}

/* A run of digits: what the code still lacks, then numbers. */
static void take_digits(struct reader *r, size_t token)
{
    const struct token *t = &r->tokens[token];
    size_t i = 0;
    bool began = r->code_len > 0;

    while (r->coded && i < t->len && r->code_len < CODE_DIGITS)
        r->out->code[r->code_len++] = token_digit(t->from[i++]);
    if (i == t->len)
        return;
    if (i == 0 && is_points(r, t)) {
        take_points(r, t);
        return;
    }
    if ((t->len - i) % 4 != 0) {
        if (i > 0 && (began || t->len > 4))
            r->bad_code = true;
        else
            note_bad_number(r, t);
        r->current = r->out->n;
        return;
    }
    for (; i < t->len; i += 4)
        take_number(r, t->from + i, token);
}

/* --- is there a code? --------------------------------------------------------------------- */

/* True when the digits are numbers from the first group on. A code that somebody grouped by fours
 * looks like it: if its check digit is right and a group ends with it, it is one. */
static bool without_code(const struct reader *r)
{
    char first[CODE_DIGITS + 1];
    size_t len = 0, runs = 0;
    bool number = false, ends = false;

    for (size_t i = 0; i < r->n; i++) {
        const struct token *t = &r->tokens[i];
        if (t->kind != TOKEN_DIGITS)
            continue;
        bool points = number && (t->len < 4 || (t->marked && t->len == 4));
        if (!points && t->len != 4)
            return false;
        number = !points;
        for (size_t k = 0; k < t->len && len < CODE_DIGITS; k++)
            first[len++] = token_digit(t->from[k]);
        ends = ends || (len == CODE_DIGITS && runs + t->len == CODE_DIGITS);
        runs += t->len;
    }
    return runs > 0 && !(ends && damm_valid(first, CODE_DIGITS));
}

static void read_digits(struct reader *r)
{
    r->first_digits = r->last_digits = r->first_number = r->n;
    r->coded = !without_code(r);
    for (size_t i = 0; i < r->n; i++) {
        if (!has_digits(&r->tokens[i]))
            continue;
        if (r->first_digits == r->n)
            r->first_digits = i;
        r->last_digits = i;
        if (r->tokens[i].kind == TOKEN_DIGITS)
            take_digits(r, i);
        else
            note_bad_number(r, &r->tokens[i]);
    }
}

/* --- words of a ballot -------------------------------------------------------------------- */

static bool any_digits(const struct reader *r)
{
    return r->first_digits < r->n;
}

/* YES or NO: before all digits, or after all of them ("code 4017 YES"). "VOTE code no 1275" may
 * mean "number". */
static void take_answer(struct reader *r, size_t i, bool yes)
{
    r->yes = r->yes || yes;
    r->no = r->no || !yes;
    if (any_digits(r) && i > r->first_digits)
        r->unclear = r->unclear || r->vote || i < r->last_digits || r->first_number == r->n;
}

static void take_other(struct reader *r, size_t i)
{
    bool signature = any_digits(r) && i > r->last_digits && r->first_number < r->n &&
                     r->tokens[i].line > r->tokens[r->last_digits].line;

    r->unclear = r->unclear || !signature;
}

static void take_word(struct reader *r, size_t i, bool opening)
{
    const struct token *t = &r->tokens[i];
    bool before = !any_digits(r) || i < r->first_digits;

    if (t->slip && !opening && !(t->word == WORD_VOTE && before)) {
        take_other(r, i);
        return;
    }
    switch (t->word) {
    case WORD_COURTESY:
    case WORD_TIMES:
        return;
    case WORD_MY:
        r->my = true;
        return;
    case WORD_VOTE:
        r->vote = true;
        return;
    case WORD_YES:
    case WORD_NO:
        take_answer(r, i, t->word == WORD_YES);
        return;
    case WORD_UNDO:
        r->undo = true;
        return;
    case WORD_CHECK:
        r->check = true;
        return;
    case WORD_LIST:
    case WORD_MORE:
    case WORD_INFO:
    case WORD_RESULT:
    case WORD_HELP:
    case WORD_STOP:
    case WORD_OPT:
    case WORD_START:
    case WORD_NEWS:
    case WORD_LANG:
    case WORD_OFFER:
    case WORD_AGREE:
    case WORD_OTHER:
        break;
    }
    take_other(r, i);
}

static bool passed_over(const struct token *t)
{
    return t->kind == TOKEN_WORD && (t->word == WORD_COURTESY || t->word == WORD_TIMES);
}

/* The first token that says anything; n: none. */
static size_t opening_of(const struct reader *r)
{
    size_t i = 0;

    while (i < r->n && passed_over(&r->tokens[i]))
        i++;
    return i;
}

static enum text_kind verdict_without_digits(const struct reader *r)
{
    if (r->unclear)
        return TEXT_HELP;
    if (r->undo)
        return TEXT_UNDO;
    return r->check || (r->my && r->vote) ? TEXT_MINE : TEXT_HELP;
}

/* YES and NO have no points. */
static bool answer_has_points(struct text *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->weights[i] > 0) {
            (void)snprintf(t->word, sizeof t->word, "%u", t->weights[i]);
            return true;
        }
    return false;
}

static enum text_kind verdict(const struct reader *r)
{
    struct text *t = r->out;

    if (!any_digits(r))
        return verdict_without_digits(r);
    if (r->unclear || r->contradiction || (r->yes && r->no))
        return TEXT_UNCLEAR;
    if (r->coded && r->code_len < CODE_DIGITS)
        return TEXT_NO_CODE;
    if (r->bad_code)
        return TEXT_BAD_CODE;
    if (r->bad_number)
        return TEXT_BAD_NUMBER;
    if (r->too_many)
        return TEXT_TOO_MANY;
    if (r->undo)
        return r->yes || r->no ? TEXT_UNCLEAR : TEXT_UNDO;
    if (t->n == 0)
        return r->check || (r->my && r->vote) ? TEXT_MINE : TEXT_NO_NUMBERS;
    if (r->check)
        return TEXT_UNCLEAR;
    if ((r->yes || r->no) && answer_has_points(t))
        return TEXT_BAD_NUMBER;
    return r->yes ? TEXT_YES : r->no ? TEXT_NO : TEXT_VOTE;
}

/* Somebody tried to vote, whatever came of it; machines that answer seldom look like that. */
static bool is_voting(const struct reader *r, size_t opening)
{
    bool word =
        r->vote || (opening < r->n && !has_digits(&r->tokens[opening]) &&
                    (r->tokens[opening].word == WORD_YES || r->tokens[opening].word == WORD_NO));

    return any_digits(r) && (word || r->code_len == CODE_DIGITS);
}

static void read_ballot(struct reader *r)
{
    size_t opening = opening_of(r);

    read_digits(r);
    for (size_t i = 0; i < r->n; i++)
        if (!has_digits(&r->tokens[i]))
            take_word(r, i, i == opening);
    r->out->kind = verdict(r);
    r->out->voting = is_voting(r, opening);
    r->out->question = (r->yes || r->no) && !r->vote && !(r->out->kind == TEXT_HELP && r->unclear);
}

/* --- answers to a challenge --------------------------------------------------------------- */

static void add_place(struct text *t, const struct token *token)
{
    size_t len = strlen(t->place);

    if (len + (len > 0) + token->len > TEXT_PLACE_MAX)
        return;
    if (len > 0)
        t->place[len++] = ' ';
    for (size_t i = 0; i < token->len; i++)
        t->place[len++] = token->from[i] == PLAIN_LETTER ? '?' : token->from[i];
    t->place[len] = '\0';
}

/* The token of five digits that is an answer; n: this text is none. */
static size_t answer_at(const struct reader *r)
{
    size_t at = r->n, digits = 0;

    for (size_t i = 0; i < r->n; i++) {
        const struct token *t = &r->tokens[i];
        bool plain = t->kind == TOKEN_DIGITS && token_plain_digits(t);
        if (t->kind == TOKEN_WORD && (t->word == WORD_UNDO || t->word == WORD_CHECK))
            return r->n;
        for (size_t k = 0; has_digits(t) && k < t->len; k++)
            digits += t->from[k] >= '0' && t->from[k] <= '9';
        if (plain && t->len == TEXT_ANSWER_DIGITS && at == r->n)
            at = i;
        else if (t->kind == TOKEN_DIGITS && t->len >= 4)
            return r->n;
    }
    return digits <= 10 ? at : r->n;
}

static void read_answer(struct reader *r, size_t at)
{
    struct text *t = r->out;

    t->kind = TEXT_ANSWER;
    memcpy(t->digits, r->tokens[at].from, TEXT_ANSWER_DIGITS);
    for (size_t i = 0; i < r->n; i++) {
        const struct token *token = &r->tokens[i];
        if (i == at || passed_over(token))
            continue;
        if (token->kind == TOKEN_WORD && token->word == WORD_NO)
            t->refuses = true;
        else if (has_digits(token) || (token->word != WORD_YES && token->word != WORD_VOTE))
            add_place(t, token);
    }
}

/* --- inquiries ---------------------------------------------------------------------------- */

/* LIST and RESULT: words are a place, 13 digits a code, four a number, one or two a page. */
static void read_inquiry(struct reader *r, size_t opening, enum text_kind kind)
{
    struct text *t = r->out;
    char digits[CODE_DIGITS + 1];
    size_t len = 0;

    t->kind = kind;
    for (size_t i = opening + 1; i < r->n; i++) {
        const struct token *token = &r->tokens[i];
        if (passed_over(token))
            continue;
        if (token->kind != TOKEN_DIGITS) {
            add_place(t, token);
        } else if (len == 0 && token->len == 4) {
            take_number(r, token->from, i);
            memcpy(digits, token->from, 4); /* or a code in fours */
            len = 4;
        } else if ((len == 0 || len == CODE_DIGITS) && token->len <= 2) {
            t->page = 0;
            for (size_t k = 0; k < token->len; k++)
                t->page = t->page * 10 + (token_digit(token->from[k]) - '0');
        } else {
            for (size_t k = 0; k < token->len && len < CODE_DIGITS; k++)
                digits[len++] = token->from[k];
        }
    }
    if (len == CODE_DIGITS) {
        for (size_t k = 0; k < len; k++)
            t->code[k] = token_digit(digits[k]);
        t->n = 0;
    }
}

/* OFFER 1275 I can lend a van; and OFFER a van for 1275. What is offered is kept as it was typed.
 */
static void read_offer(struct reader *r, size_t opening)
{
    const struct token *after = &r->tokens[opening];
    size_t i = opening + 1;

    r->out->kind = TEXT_OFFER;
    while (i < r->n && passed_over(&r->tokens[i]))
        i++;
    bool first = i < r->n && r->tokens[i].kind == TOKEN_DIGITS && r->tokens[i].len == 4;
    for (; i < r->n && r->out->n == 0; i++)
        if (r->tokens[i].kind == TOKEN_DIGITS && r->tokens[i].len == 4)
            take_number(r, r->tokens[i].from, i);
    if (first)
        after = &r->tokens[i - 1];
    r->out->words_at =
        plain_origin(r->body, r->body_len, (size_t)(after->from - r->plain) + after->len);
}

/* What a language may be called, by those who want it. */
static const struct {
    const char *name;
    enum language language;
} names[] = {
    {"PL", LANGUAGE_PL},      {"POLSKI", LANGUAGE_PL},    {"POLSKU", LANGUAGE_PL},
    {"POLISH", LANGUAGE_PL},  {"EN", LANGUAGE_EN},        {"ENG", LANGUAGE_EN},
    {"ENGLISH", LANGUAGE_EN}, {"ANGIELSKI", LANGUAGE_EN}, {"ANGIELSKU", LANGUAGE_EN},
};

static bool says(const struct token *t, const char *word)
{
    return t->len == strlen(word) && strncasecmp(t->from, word, t->len) == 0;
}

/* The first word that names one: LANG PL, JEZYK POLSKI, LANGUAGE PO POLSKU. */
static void read_language(struct reader *r, size_t opening)
{
    r->out->kind = TEXT_LANG;
    r->out->language = LANGUAGES;
    for (size_t i = opening + 1; i < r->n && r->out->language == LANGUAGES; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (says(&r->tokens[i], names[k].name))
                r->out->language = names[k].language;
}

/* STOP and whatever follows; STPO by itself; OPT OUT, OPT-OUT. */
static bool stops(const struct reader *r, size_t opening)
{
    const struct token *t = &r->tokens[opening];
    size_t next = opening + 1;

    if (t->word == WORD_OPT)
        return next < r->n && says(&r->tokens[next], "OUT");
    while (next < r->n && passed_over(&r->tokens[next]))
        next++;
    return !t->slip || next == r->n;
}

/* True when the text's first word decides what it is. */
static bool read_opening(struct reader *r, size_t opening)
{
    struct text *t = r->out;

    if (opening == r->n || has_digits(&r->tokens[opening]))
        return false;
    switch (r->tokens[opening].word) {
    case WORD_STOP:
    case WORD_OPT:
        if (!stops(r, opening))
            return false;
        t->kind = TEXT_STOP;
        return true;
    case WORD_START:
        t->kind = TEXT_START;
        return true;
    case WORD_NEWS:
        t->kind = TEXT_NEWS;
        return true;
    case WORD_HELP:
        t->kind = TEXT_HELP;
        return true;
    case WORD_MORE:
        t->kind = TEXT_MORE;
        return true;
    case WORD_LIST:
        read_inquiry(r, opening, TEXT_LIST);
        return true;
    case WORD_RESULT:
        read_inquiry(r, opening, TEXT_RESULT);
        return true;
    case WORD_LANG:
        read_language(r, opening);
        return true;
    case WORD_OFFER:
        read_offer(r, opening);
        return true;
    case WORD_AGREE:
        read_inquiry(r, opening, TEXT_AGREE);
        return true;
    case WORD_INFO: /* by itself the networks' word for help */
        read_inquiry(r, opening, TEXT_INFO);
        t->kind = t->n > 0 ? TEXT_INFO : TEXT_HELP;
        return true;
    case WORD_OTHER:
    case WORD_COURTESY:
    case WORD_TIMES:
    case WORD_MY:
    case WORD_VOTE:
    case WORD_YES:
    case WORD_NO:
    case WORD_UNDO:
    case WORD_CHECK:
        break;
    }
    return false;
}

static void read_tokens(struct reader *r, bool more)
{
    size_t opening = opening_of(r), answer;

    r->first_number = r->n;
    if (more) { /* a thousand words and numbers are no ballot */
        read_digits(r);
        r->out->kind = any_digits(r) ? TEXT_TOO_MANY : TEXT_HELP;
        return;
    }
    if (read_opening(r, opening))
        return;
    answer = answer_at(r);
    if (answer < r->n)
        read_answer(r, answer);
    else
        read_ballot(r);
}

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80);
}

size_t text_keyword(const char *keyword, const char *body, size_t len)
{
    size_t n = strlen(keyword), at = 0;

    while (at < len && !is_letter_or_digit(body[at]))
        at++;
    if (n == 0 || len - at < n || strncasecmp(body + at, keyword, n) != 0)
        return 0;
    return len - at == n || !is_letter_or_digit(body[at + n]) ? at + n : 0;
}

void text_read(const char *body, size_t len, struct text *out)
{
    struct buf plain = buf_new(len + 1);
    struct token *tokens = wm_alloc(TOKENS_MAX * sizeof *tokens);
    struct reader r = {.out = out, .body = body, .body_len = len, .tokens = tokens};
    bool more;

    memset(out, 0, sizeof *out);
    plain_text(body, len, &plain);
    r.plain = buf_str(&plain);
    r.n = tokens_read(buf_str(&plain), plain.len, tokens, &more);
    read_tokens(&r, more);
    free(tokens);
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
