/* amount.c: exact decimal amounts over GMP rationals. */
#include "count/amount.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool amount_parse(const char *text, mpq_t out)
{
    char digits[AMOUNT_WHOLE_MAX + AMOUNT_DECIMALS_MAX + 1];
    size_t len = 0;
    size_t whole = 0;
    const char *p = text;
    for (; is_digit(*p) && whole < AMOUNT_WHOLE_MAX; whole++)
        digits[len++] = *p++;
    size_t decimals = 0;
    if (*p == '.' || *p == ',') {
        for (p++; is_digit(*p) && decimals < AMOUNT_DECIMALS_MAX; decimals++)
            digits[len++] = *p++;
    }
    if (*p != '\0' || whole == 0)
        return false;
    digits[len] = '\0';
    mpz_set_str(mpq_numref(out), digits, 10);
    mpz_ui_pow_ui(mpq_denref(out), 10, decimals);
    mpq_canonicalize(out);
    return true;
}

/* The digits of amount * 10^decimals, for the fewest decimals (two at least) that are exact.
 * The caller frees the string. */
static char *exact_digits(const mpq_t amount, size_t *decimals)
{
    mpz_t scaled;
    mpz_t ten_power;
    mpz_init(scaled);
    mpz_init(ten_power);
    for (*decimals = 2; *decimals < AMOUNT_DECIMALS_MAX; ++*decimals) {
        mpz_ui_pow_ui(ten_power, 10, *decimals);
        if (mpz_divisible_p(ten_power, mpq_denref(amount)))
            break;
    }
    mpz_ui_pow_ui(ten_power, 10, *decimals);
    mpz_mul(scaled, mpq_numref(amount), ten_power);
    mpz_divexact(scaled, scaled, mpq_denref(amount));
    struct buf digits = buf_new(1000);
    size_t room = mpz_sizeinbase(scaled, 10) + 2;
    char *text = wm_alloc(room);
    mpz_get_str(text, 10, scaled);
    for (size_t len = strlen(text); len < *decimals + 1; len++)
        buf_char(&digits, '0');
    buf_str_add(&digits, text);
    free(text);
    mpz_clear(scaled);
    mpz_clear(ten_power);
    return buf_take(&digits);
}

static void write_amount(struct buf *out, const mpq_t amount, bool group_thousands)
{
    size_t decimals = 0;
    char *digits = exact_digits(amount, &decimals);
    size_t whole = strlen(digits) - decimals;
    for (size_t i = 0; i < whole; i++) {
        if (group_thousands && i > 0 && (whole - i) % 3 == 0)
            buf_char(out, ',');
        buf_char(out, digits[i]);
    }
    buf_char(out, '.');
    buf_str_add(out, digits + whole);
    free(digits);
}

void amount_decimal(struct buf *out, const mpq_t amount)
{
    write_amount(out, amount, false);
}

/* A file's "currency" may be anything; what is no code of three capitals is not repeated. */
static bool is_currency_code(const char *s)
{
    return strlen(s) == 3 && strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

void amount_words(struct buf *out, const mpq_t amount, const char *currency)
{
    if (currency == NULL)
        currency = "";
    if (strcmp(currency, "GBP") == 0)
        buf_str_add(out, "£");
    else if (strcmp(currency, "EUR") == 0)
        buf_str_add(out, "€");
    else if (is_currency_code(currency))
        buf_fmt(out, "%s ", currency);
    write_amount(out, amount, true);
}
