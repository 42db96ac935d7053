/* cast_batch.c: casts a batch in a transaction of its own, and does not let go before every item
 * has a true answer: retries, halves, and asks again after a lost COMMIT. */
#include "common/cast_private.h"

#include "common/log.h"

enum { TRIES = 5, UNKNOWN_FOR_MS = 10000, PAUSE_MS = 100 };

/* A part of a batch on its way. */
struct part {
    struct cast_item *items;
    size_t n;
    bool patient;
    bool unknown;     /* a COMMIT of these items was lost: they may stand already */
    int64_t deadline; /* with `unknown`: until when to ask, in ms on the monotonic clock */
};

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void pause_ms(long ms)
{
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

static void set_all(const struct part *p, enum cast_outcome outcome)
{
    for (size_t i = 0; i < p->n; i++)
        p->items[i].outcome = outcome;
}

/* What was committed without its synchronous standby may be lost in a failover: it must not be
 * acknowledged. Casting it again is safe, its form key tells. */
static void take_back(const struct part *p)
{
    for (size_t i = 0; i < p->n; i++)
        if (cast_accepted(p->items[i].outcome))
            p->items[i].outcome = CAST_FAILED;
}

static enum db_outcome once(struct caster *c, const struct part *p, bool *at_commit)
{
    enum db_outcome outcome = cast_and_commit(c, p->items, p->n, p->patient, at_commit);
    if (outcome != DB_OK)
        db_rollback(c->db);
    return outcome;
}

/* Where to cut a part in two without cutting a submission; 0 when it is a single one. */
static size_t middle(const struct part *p)
{
    size_t best = 0;
    for (size_t i = 1; i < p->n; i++)
        if (p->items[i].submission != p->items[i - 1].submission && (best == 0 || i <= p->n / 2))
            best = i;
    return best;
}

static void cast_part(struct caster *c, struct part *p);

/* A refusal that is no outcome: a poisoned row, or a bug. Half by half it is cornered. */
static void halve(struct caster *c, const struct part *p)
{
    size_t cut = middle(p);
    if (cut == 0) {
        bool was_locked = strcmp(db_sqlstate(c->db), "55P03") == 0;
        set_all(p, p->unknown ? CAST_UNKNOWN : was_locked ? CAST_SKIPPED : CAST_FAILED);
        return;
    }
    struct part first = *p, second = *p;
    first.n = cut;
    second.items += cut;
    second.n -= cut;
    cast_part(c, &first);
    cast_part(c, &second);
}

/* After a loss: true when the part shall be cast once more, else its outcomes are set. Before a
 * COMMIT nothing has happened, so one fresh connection is tried and then the database is down. */
static bool again_after_loss(struct part *p, bool at_commit, int *losses)
{
    if (at_commit && !p->unknown) {
        p->unknown = true;
        p->deadline = now_ms() + UNKNOWN_FOR_MS;
        /* The old transaction may still be ending and hold its locks. */
        p->patient = true;
        log_warn("cast: the answer to COMMIT was lost, asking again");
    }
    if (!p->unknown) {
        if (++*losses < 2)
            return true;
        set_all(p, CAST_FAILED);
        return false;
    }
    if (now_ms() >= p->deadline) {
        set_all(p, CAST_UNKNOWN);
        return false;
    }
    pause_ms(PAUSE_MS);
    return true;
}

static void cast_part(struct caster *c, struct part *p)
{
    int tries = 0, losses = 0;
    bool at_commit = false;
    for (;;) {
        if (p->unknown && now_ms() >= p->deadline) {
            set_all(p, CAST_UNKNOWN);
            return;
        }
        switch (once(c, p, &at_commit)) {
        case DB_OK:
            if (db_sync_cancelled(c->db))
                take_back(p);
            return;
        case DB_RETRY:
            if (++tries < TRIES) {
                pause_ms((long)(1 + arc4random_uniform(20)));
                break;
            }
            halve(c, p);
            return;
        case DB_REFUSED:
            halve(c, p);
            return;
        case DB_LOST:
            if (!again_after_loss(p, at_commit, &losses))
                return;
            break;
        }
    }
}

void cast_batch(struct caster *c, struct cast_item *items, size_t n, bool patient)
{
    struct part whole = {.items = items, .n = n, .patient = patient};
    if (n > 0)
        cast_part(c, &whole);
}
