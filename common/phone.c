/* phone.c: telephone numbers to E.164, UK first (Ofcom's National Telephone Numbering Plan). */
#include "common/phone.h"

#include "common/secret.h"
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { DIGITS_MAX = 15, INTERNATIONAL_MIN = 7, BARE_INTERNATIONAL_MIN = 11, UK_DIGITS = 10 };

/* A number without its separators. */
struct typed {
    char digits[DIGITS_MAX + 3]; /* room for 00 and a NUL */
    size_t n;
    bool plus;
};

enum reading { READ_NUMBER, READ_NAME, READ_NEITHER };

static bool is_separator(char c)
{
    return c != '\0' && strchr(" \t()-.", c) != NULL;
}

/* Letters of any script make a sender's name; other marks make it neither. */
static bool is_letter(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 0x80 || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z');
}

static bool begins_with(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* "+353 (0)87 …": that 0 is for callers at home, in every country that has one. */
static bool is_home_zero(const char *s, const struct typed *t)
{
    bool international = t->plus || begins_with(t->digits, "00");
    return international && t->n > 0 && begins_with(s, "(0)");
}

static enum reading read_characters(const char *s, struct typed *t)
{
    enum reading reading = READ_NUMBER;
    for (; *s != '\0'; s++) {
        if (is_letter(*s))
            return READ_NAME;
        if (is_home_zero(s, t)) {
            s += strlen("(0)") - 1;
            continue;
        }
        if (is_separator(*s))
            continue;
        if (*s == '+' && t->n == 0 && !t->plus)
            t->plus = true;
        else if (*s >= '0' && *s <= '9' && t->n < sizeof(t->digits) - 1)
            t->digits[t->n++] = *s;
        else
            reading = READ_NEITHER;
    }
    t->digits[t->n] = '\0';
    return reading;
}

/* `national`: digits after +44. */
static enum phone_kind uk_kind(const char *national)
{
    size_t n = strlen(national);
    if (n < UK_DIGITS - 1 || n > UK_DIGITS || national[0] == '0')
        return PHONE_INVALID;
    if (begins_with(national, "9") || begins_with(national, "70") || begins_with(national, "871") ||
        begins_with(national, "872") || begins_with(national, "873"))
        return PHONE_PREMIUM;
    if (national[0] != '7')
        return PHONE_OTHER;
    if (n != UK_DIGITS)
        return PHONE_INVALID;
    /* 076 are pagers, but for the Isle of Man's mobiles. */
    return national[1] != '6' || begins_with(national, "7624") ? PHONE_UK_MOBILE : PHONE_OTHER;
}

/* Writes +digits when the number is one; `digits` begins with the country code. */
static enum phone_kind international(const char *digits, char *out)
{
    char uk[DIGITS_MAX + 3];
    size_t n = strlen(digits);
    enum phone_kind kind = PHONE_OTHER;
    if (begins_with(digits, "440") && n == 3 + UK_DIGITS) {
        memcpy(uk, "44", 2); /* +44 (0)…: the 0 is for callers at home */
        memcpy(uk + 2, digits + 3, UK_DIGITS + 1);
        digits = uk;
        n--;
    }
    if (n < INTERNATIONAL_MIN || n > DIGITS_MAX || digits[0] == '0')
        return PHONE_INVALID;
    if (begins_with(digits, "44"))
        kind = uk_kind(digits + 2);
    else if (begins_with(digits, "979") || begins_with(digits, "1900"))
        kind = PHONE_PREMIUM; /* ITU-T E.169.2's own country code, and North America's 900 */
    if (kind == PHONE_INVALID)
        return kind;
    out[0] = '+';
    memcpy(out + 1, digits, n + 1);
    return kind;
}

static enum phone_kind domestic(const char *national, char *out)
{
    char digits[UK_DIGITS + 3] = "44";
    memcpy(digits + 2, national, UK_DIGITS + 1);
    return international(digits, out);
}

/* Without + or 00: at home, 44…, a short code, or what providers send for a foreign number. */
static enum phone_kind bare(const struct typed *t, char *out)
{
    if (t->digits[0] == '0')
        return t->n == 1 + UK_DIGITS ? domestic(t->digits + 1, out) : PHONE_INVALID;
    if (t->n == 6 && begins_with(t->digits, "118"))
        return PHONE_PREMIUM;
    if (t->n >= 3 && t->n <= 8)
        return PHONE_SHORT_CODE;
    return t->n >= BARE_INTERNATIONAL_MIN ? international(t->digits, out) : PHONE_INVALID;
}

enum phone_kind phone_read(const char *typed, char out[PHONE_LEN + 1])
{
    struct typed t = {.n = 0, .plus = false};
    out[0] = '\0';
    switch (read_characters(typed, &t)) {
    case READ_NAME:
        return PHONE_ALPHANUMERIC;
    case READ_NEITHER:
        return PHONE_INVALID;
    case READ_NUMBER:
        break;
    }
    if (t.plus)
        return international(t.digits, out);
    if (begins_with(t.digits, "00"))
        return international(t.digits + 2, out);
    return bare(&t, out);
}

/* Digits of the area code, its 0 counted: 02x has three, 011x and 01x1 and 03, 08, 09 four. */
static int code_digits(const char *national)
{
    if (national[1] == '2')
        return 3;
    bool geographic = national[1] == '1';
    bool four = geographic ? national[2] == '1' || national[3] == '1' : national[1] != '7';
    return four ? 4 : 5;
}

void phone_words(const char *e164, char out[PHONE_LEN + 1])
{
    char national[UK_DIGITS + 2];
    if (!begins_with(e164, "+44") || strlen(e164) != strlen("+44") + UK_DIGITS) {
        snprintf(out, PHONE_LEN + 1, "%s", e164);
        return;
    }
    snprintf(national, sizeof national, "0%s", e164 + strlen("+44"));
    int n = code_digits(national);
    if (n == 5)
        snprintf(out, PHONE_LEN + 1, "%.5s %s", national, national + 5);
    else
        snprintf(out, PHONE_LEN + 1, "%.*s %.*s %s", n, national, 7 - n, national + n,
                 national + 7);
}

void phone_lookup(const char *e164, unsigned char out[32])
{
    secret_hmac(SECRET_PHONE, "phone", e164, strlen(e164), out);
}
