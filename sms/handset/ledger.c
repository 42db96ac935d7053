/* ledger.c: a ring of what was accepted. It is searched from end to end: 10,000 rows take some
 * tens of microseconds, which a hash table would not be worth. */
#include "sms/handset/ledger.h"

#include <pthread.h>

#include "common/buf.h"
#include "common/log.h"
#include "sms/handset/handset.h"

struct entry {
    char id[HANDSET_ID_LEN + 1];
    char reference[LEDGER_REFERENCE_LEN + 1];
    enum ledger_status status;
};

struct ledger {
    pthread_mutex_t lock;
    size_t next; /* where the next entry goes */
    size_t n;
    struct entry entries[LEDGER_MAX];
};

struct ledger *ledger_new(void)
{
    struct ledger *ledger = wm_alloc(sizeof *ledger);
    MUST(pthread_mutex_init(&ledger->lock, NULL) == 0);
    return ledger;
}

void ledger_free(struct ledger *ledger)
{
    pthread_mutex_destroy(&ledger->lock);
    free(ledger);
}

/* The i-th oldest. */
static struct entry *at(struct ledger *ledger, size_t i)
{
    return &ledger->entries[(ledger->next + LEDGER_MAX - ledger->n + i) % LEDGER_MAX];
}

bool ledger_add(struct ledger *ledger, const char *id, const char *reference)
{
    bool known = false;
    MUST(strlen(id) <= HANDSET_ID_LEN && strlen(reference) <= LEDGER_REFERENCE_LEN);
    pthread_mutex_lock(&ledger->lock);
    for (size_t i = 0; i < ledger->n && reference[0] && !known; i++)
        known = strcmp(at(ledger, i)->reference, reference) == 0;
    struct entry *entry = &ledger->entries[ledger->next];
    memcpy(entry->id, id, strlen(id) + 1);
    memcpy(entry->reference, reference, strlen(reference) + 1);
    entry->status = LEDGER_ACCEPTED;
    ledger->next = (ledger->next + 1) % LEDGER_MAX;
    if (ledger->n < LEDGER_MAX)
        ledger->n++;
    pthread_mutex_unlock(&ledger->lock);
    return known;
}

void ledger_delivered(struct ledger *ledger, const char *id)
{
    pthread_mutex_lock(&ledger->lock);
    for (size_t i = ledger->n; i-- > 0;) {
        struct entry *entry = at(ledger, i);
        if (strcmp(entry->id, id) == 0) {
            entry->status = LEDGER_DELIVERED;
            break;
        }
    }
    pthread_mutex_unlock(&ledger->lock);
}

void ledger_each(struct ledger *ledger, const char *reference,
                 void (*each)(void *context, const char *id, enum ledger_status status),
                 void *context)
{
    pthread_mutex_lock(&ledger->lock);
    for (size_t i = 0; i < ledger->n; i++) {
        const struct entry *entry = at(ledger, i);
        if (strcmp(entry->reference, reference) == 0)
            each(context, entry->id, entry->status);
    }
    pthread_mutex_unlock(&ledger->lock);
}

const char *ledger_status_name(enum ledger_status status)
{
    return status == LEDGER_DELIVERED ? "delivered" : "accepted";
}
