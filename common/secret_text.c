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

/* The alphabets differ in their last two letters only. */
static int base64_value(const char *alphabet, char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
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
