/* secret_text.c: bytes as text and back: hexadecimal, base64 and base32 (RFC 4648). Reading is
 * strict: one value has one spelling, so that a token cannot be altered and still be accepted. */
#include "common/secret_private.h"

const char secret_base64_plain[65] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const char secret_base64_url[65] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void secret_base64(const char *alphabet, const void *bytes, size_t len, char *out)
{
    const uint8_t *in = bytes;
    uint32_t held = 0;
    int bits = 0;
    for (size_t i = 0; i < len; i++) {
        held = held << 8 | in[i];
        for (bits += 8; bits >= 6; bits -= 6)
            *out++ = alphabet[held >> (bits - 6) & 63];
    }
    if (bits > 0)
        *out++ = alphabet[held << (6 - bits) & 63];
    *out = '\0';
}

/* A letter's value and one; 0: none. Letters come at random, so branches on them are guessed wrong.
 */
#define TWO(c, v) [c] = (v) + 1, [(c) + 1] = (v) + 2
#define TEN(c, v)                                                                                  \
    TWO(c, v), TWO((c) + 2, (v) + 2), TWO((c) + 4, (v) + 4), TWO((c) + 6, (v) + 6),                \
        TWO((c) + 8, (v) + 8)
static const int8_t base64_values[256] = {
    TEN('A', 0),  TEN('K', 10), TWO('U', 20), TWO('W', 22), TWO('Y', 24), TEN('a', 26),
    TEN('k', 36), TWO('u', 46), TWO('w', 48), TWO('y', 50), TEN('0', 52),
};

/* The alphabets differ in their last two letters only. */
static int base64_value(const char *alphabet, char c)
{
    int value = base64_values[(unsigned char)c] - 1;
    if (value >= 0)
        return value;
    return c == alphabet[62] ? 62 : c == alphabet[63] ? 63 : -1;
}

long secret_unbase64(const char *alphabet, const char *s, uint8_t *out)
{
    uint32_t held = 0;
    int bits = 0;
    long len = 0;
    for (; *s != '\0'; s++) {
        int value = base64_value(alphabet, *s);
        if (value < 0)
            return -1;
        held = held << 6 | (uint32_t)value;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out[len++] = (uint8_t)(held >> bits & 0xFF);
        }
    }
    bool canonical = bits < 6 && (held & ((1u << bits) - 1)) == 0;
    return canonical ? len : -1;
}

void secret_base64url(const void *bytes, size_t len, char *out)
{
    secret_base64(secret_base64_url, bytes, len, out);
}

long secret_unbase64url(const char *s, uint8_t *out)
{
    return secret_unbase64(secret_base64_url, s, out);
}

void secret_base64_text(const void *bytes, size_t len, char *out)
{
    secret_base64(secret_base64_plain, bytes, len, out);
    size_t written = strlen(out);
    for (; written % 4 != 0; written++)
        out[written] = '=';
    out[written] = '\0';
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool secret_unhex(const char *hex, uint8_t *out, size_t len)
{
    if (strlen(hex) != 2 * len)
        return false;
    for (size_t i = 0; i < len; i++) {
        int high = hex_value(hex[2 * i]), low = hex_value(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

/* 20 bytes are four groups of five, 32 characters, no padding. */
void secret_base32(const uint8_t seed[20], char out[33])
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    for (size_t group = 0; group < 4; group++) {
        uint64_t held = 0;
        for (size_t i = 0; i < 5; i++)
            held = held << 8 | seed[group * 5 + i];
        for (size_t i = 0; i < 8; i++)
            out[group * 8 + i] = alphabet[held >> (35 - 5 * i) & 31];
    }
    out[32] = '\0';
}
