/* stats.c: counters that tests and the curious read, and ids that never repeat. */
#include "common/log.h"
#include "sms/handset/handset.h"

static const char *const names[STATS] = {
    [STAT_ACCEPTED] = "accepted",
    [STAT_SHOWN] = "shown",
    [STAT_DOUBLED] = "doubled",
    [STAT_DROPPED] = "dropped",
    [STAT_REFUSED] = "refused",
    [STAT_BAD_REQUESTS] = "bad_requests",
    [STAT_UNAUTHORISED] = "unauthorised",
    [STAT_SENT] = "sent",
    [STAT_TAKEN] = "taken",
    [STAT_GIVEN_UP] = "given_up",
    [STAT_RECEIPTS] = "receipts",
    [STAT_RECEIPTS_LOST] = "receipts_lost",
    [STAT_RETRIES] = "retries",
};

void stats_add(struct handset *h, enum stat stat)
{
    atomic_fetch_add(&h->stats[stat], 1);
}

uint64_t stats_get(struct handset *h, enum stat stat)
{
    return atomic_load(&h->stats[stat]);
}

const char *stats_name(enum stat stat)
{
    MUST(stat < STATS);
    return names[stat];
}

void handset_id(struct handset *h, const char *kind, char out[HANDSET_ID_LEN + 1])
{
    uint64_t n = atomic_fetch_add(&h->next_id, 1) + 1;
    int len =
        snprintf(out, HANDSET_ID_LEN + 1, "%s-%s-%llu", kind, h->start, (unsigned long long)n);
    MUST(len > 0 && len <= HANDSET_ID_LEN);
}
