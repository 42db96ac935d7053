/* local.c: see local.h. */
#include "count/local.h"

bool local_is_part(const mpq_t amount, uint64_t percent, const mpq_t whole)
{
    mpq_t part;
    mpq_init(part);
    mpq_set_ui(part, percent, PERCENT_ALL);
    mpq_canonicalize(part);
    mpq_mul(part, part, whole);
    bool enough = mpq_cmp(amount, part) >= 0;
    mpq_clear(part);
    return enough;
}

/* votes / ballots < share; both are below 2^40, so that nothing overflows. */
static bool below_share(const struct election *e, const struct terms *terms,
                        const struct project *p)
{
    return p->votes * PERCENT_ALL < e->ballot_count * terms_get(terms, "minimum-share");
}

static bool above_cap(const struct election *e, const struct terms *terms, const struct project *p)
{
    mpq_t cap;
    mpq_init(cap);
    mpq_set_ui(cap, terms_get(terms, "maximum-cost"), PERCENT_ALL);
    mpq_canonicalize(cap);
    mpq_mul(cap, cap, e->budget);
    bool above = mpq_cmp(p->cost, cap) > 0;
    mpq_clear(cap);
    return above && mpq_cmp(p->cost, e->budget) <= 0;
}

enum reason local_barred(const struct election *e, const struct terms *terms,
                         const struct project *p)
{
    if (p->votes < terms_get(terms, "minimum-votes") || below_share(e, terms, p))
        return REASON_BELOW_MINIMUM;
    return above_cap(e, terms, p) ? REASON_ABOVE_CAP : REASON_WON;
}
