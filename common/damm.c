/* damm.c: check digits by Damm's quasigroup, and voting codes as people type and read them. */
#include "common/damm.h"

#include "common/secret.h"
#include <string.h>

/* The totally anti-symmetric quasigroup of order 10 of Damm's thesis (2004), p. 111. Its diagonal
 * is zero, so a number followed by its check digit ends in state 0. */
static const char table[10][11] = {
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
};

char damm_digit(const char *digits, size_t len)
{
    char state = '0';
    for (size_t i = 0; i < len; i++)
        state = table[state - '0'][digits[i] - '0'];
    return state;
}

bool damm_valid(const char *digits, size_t len)
{
    return len > 0 && damm_digit(digits, len) == '0';
}

/* The digit that a character stands for; 0 for a separator, '?' for anything else. */
static char digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c;
    if (c == 'O' || c == 'o')
        return '0';
    if (c == 'l' || c == 'I')
        return '1';
    return c == ' ' || c == '-' || c == '.' ? '\0' : '?';
}

bool code_read(const char *typed, char out[CODE_DIGITS + 1])
{
    size_t n = 0;
    out[0] = '\0';
    char digits[CODE_DIGITS + 1];
    for (; *typed != '\0'; typed++) {
        char digit = digit_of(*typed);
        if (digit == '\0')
            continue;
        if (digit == '?' || n == CODE_DIGITS)
            return false;
        digits[n++] = digit;
    }
    if (n != CODE_DIGITS || !damm_valid(digits, n))
        return false;
    digits[n] = '\0';
    memcpy(out, digits, sizeof(digits));
    return true;
}

/* Bytes of 250 and more are thrown away, so that every digit is equally likely. */
void code_make(char out[CODE_DIGITS + 1])
{
    size_t n = 0;
    while (n < CODE_DIGITS - 1) {
        uint8_t random[32];
        secret_random(random, sizeof(random));
        for (size_t i = 0; i < sizeof(random) && n < CODE_DIGITS - 1; i++)
            if (random[i] < 250)
                out[n++] = (char)('0' + random[i] % 10);
    }
    out[n] = damm_digit(out, n);
    out[n + 1] = '\0';
}

void code_show(const char code[CODE_DIGITS + 1], char out[17])
{
    static const size_t groups[] = {3, 3, 3, 4};
    for (size_t i = 0; i < 4; i++) {
        memcpy(out, code, groups[i]);
        code += groups[i];
        out += groups[i];
        *out++ = i < 3 ? ' ' : '\0';
    }
}

void code_lookup(const char code[CODE_DIGITS + 1], unsigned char out[32])
{
    secret_hmac(SECRET_CODE, "code", code, CODE_DIGITS, out);
}
