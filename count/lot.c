/* lot.c: lots drawn from a seed, and the natural order of ids. */
#include "count/lot.h"

#include "common/buf.h"

static const char label[] = "wardmote/lot/1"; /* its NUL is the label's 0x00 */

void lot_draw(const uint8_t seed[LOT_SEED_LEN], const char *id, uint8_t lot[DIGEST_LEN])
{
    struct buf text = buf_new(sizeof(label) + LOT_SEED_LEN + strlen(id));
    buf_add(&text, label, sizeof(label));
    buf_add(&text, seed, LOT_SEED_LEN);
    buf_str_add(&text, id);
    digest_sha256(buf_str(&text), text.len, lot);
    buf_free(&text);
}

static size_t digits(const char *s)
{
    return strspn(s, "0123456789");
}

/* Compares the runs of digits at the start of both, of any length, and steps over them. */
static int compare_runs(const char **a, const char **b)
{
    *a += strspn(*a, "0");
    *b += strspn(*b, "0");
    size_t a_len = digits(*a);
    size_t b_len = digits(*b);
    if (a_len != b_len)
        return a_len < b_len ? -1 : 1;
    int order = memcmp(*a, *b, a_len);
    *a += a_len;
    *b += b_len;
    return order;
}

int lot_natural(const char *a, const char *b)
{
    const char *p = a;
    const char *q = b;
    while (*p != '\0' && *q != '\0') {
        bool p_digit = digits(p) > 0;
        bool q_digit = digits(q) > 0;
        int order = 0;
        if (p_digit != q_digit)
            return p_digit ? -1 : 1;
        if (p_digit)
            order = compare_runs(&p, &q);
        else
            order = (unsigned char)*p++ - (unsigned char)*q++;
        if (order != 0)
            return order;
    }
    if (*p != '\0' || *q != '\0')
        return *p == '\0' ? -1 : 1;
    return strcmp(a, b);
}
