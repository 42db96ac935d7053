/* receipt.c: the receipt that a voter keeps: 60 bits of the commitment in Crockford's base32 with
 * a check character (Luhn mod 32: every wrong character and nearly every swap of neighbours is
 * found). */
#include "common/ballot.h"

#include <string.h>

enum { SYMBOLS = 32, PAYLOAD = 12 };

static const char alphabet[SYMBOLS + 1] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

int64_t receipt_bits(const uint8_t commitment[COMMITMENT_LEN])
{
    uint64_t bits = 0;
    for (size_t i = 0; i < 8; i++)
        bits = bits << 8 | commitment[i];
    return (int64_t)(bits >> 4);
}

/* Doubles every second symbol from the right, the last one included, and adds up base-32 digits;
 * the check symbol fills the sum up to a multiple of 32. */
static unsigned check_symbol(const uint8_t symbols[PAYLOAD])
{
    unsigned sum = 0;
    for (size_t i = 0; i < PAYLOAD; i++) {
        unsigned addend = symbols[i] * ((PAYLOAD - i) % 2 == 1 ? 2u : 1u);
        sum += addend / SYMBOLS + addend % SYMBOLS;
    }
    return (SYMBOLS - sum % SYMBOLS) % SYMBOLS;
}

void receipt_show(int64_t bits, char out[RECEIPT_LEN + 1])
{
    uint8_t symbols[PAYLOAD];
    for (size_t i = 0; i < PAYLOAD; i++)
        symbols[i] = (uint8_t)((uint64_t)bits >> (5 * (PAYLOAD - 1 - i)) & (SYMBOLS - 1));
    *out++ = 'R';
    for (size_t i = 0; i < PAYLOAD; i++) {
        *out++ = alphabet[symbols[i]];
        if (i % 4 == 3)
            *out++ = '-';
    }
    *out++ = alphabet[check_symbol(symbols)];
    *out = '\0';
}

/* The value of a character as people type it; -1 when it has none. */
static int symbol_of(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'O')
        c = '0';
    if (c == 'I' || c == 'L')
        c = '1';
    const char *at = c != '\0' ? strchr(alphabet, c) : NULL;
    return at != NULL ? (int)(at - alphabet) : -1;
}

bool receipt_read(const char *typed, int64_t *bits)
{
    uint8_t all[RECEIPT_DIGITS + 1];
    size_t n = 0;
    for (; *typed != '\0'; typed++) {
        if (*typed == ' ' || *typed == '-')
            continue;
        int symbol = symbol_of(*typed);
        if (symbol < 0 || n == sizeof(all))
            return false;
        all[n++] = (uint8_t)symbol;
    }
    /* R is a symbol too: only the length tells whether the first one is the prefix. */
    bool with_r = n == RECEIPT_DIGITS + 1 && alphabet[all[0]] == 'R';
    if (!with_r && n != RECEIPT_DIGITS)
        return false;
    const uint8_t *symbols = all + (with_r ? 1 : 0);
    if (check_symbol(symbols) != symbols[PAYLOAD])
        return false;
    uint64_t value = 0;
    for (size_t i = 0; i < PAYLOAD; i++)
        value = value << 5 | symbols[i];
    *bits = (int64_t)value;
    return true;
}
