/* phones.c: conversations in memory, behind one lock. */
#include "sms/handset/phones.h"

#include "common/log.h"
#include "sms/handset/moment.h"

struct phone {
    char number[PHONE_LEN + 1];
    uint64_t version;
    size_t n;
    struct text *texts[PHONES_TEXTS_MAX];
};

struct phones {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool stopped;
    uint64_t clock; /* the last version or seq given out */
    size_t n;
    struct phone *phone[PHONES_MAX]; /* most recently active first */
};

struct phones *phones_new(void)
{
    struct phones *phones = wm_alloc(sizeof *phones);
    MUST(pthread_mutex_init(&phones->lock, NULL) == 0);
    moment_cond(&phones->changed);
    /* Microseconds since 1970, so that a page that outlives a restart never sees a seq twice. */
    phones->clock = (uint64_t)moment_unix() * 1000;
    return phones;
}

static void free_phone(struct phone *phone)
{
    for (size_t i = 0; i < phone->n; i++)
        free(phone->texts[i]);
    free(phone);
}

void phones_free(struct phones *phones)
{
    for (size_t i = 0; i < phones->n; i++)
        free_phone(phones->phone[i]);
    pthread_cond_destroy(&phones->changed);
    pthread_mutex_destroy(&phones->lock);
    free(phones);
}

static struct phone *find(const struct phones *phones, const char *number)
{
    for (size_t i = 0; i < phones->n; i++)
        if (strcmp(phones->phone[i]->number, number) == 0)
            return phones->phone[i];
    return NULL;
}

static struct phone *make(struct phones *phones, const char *number)
{
    struct phone *phone = wm_alloc(sizeof *phone);
    size_t len = strlen(number);
    MUST(len <= PHONE_LEN);
    memcpy(phone->number, number, len + 1);
    if (phones->n == PHONES_MAX)
        free_phone(phones->phone[--phones->n]);
    phones->phone[phones->n++] = phone;
    return phone;
}

static void bring_to_front(struct phones *phones, struct phone *phone)
{
    size_t i = 0;
    while (phones->phone[i] != phone)
        i++;
    memmove(phones->phone + 1, phones->phone, i * sizeof phones->phone[0]);
    phones->phone[0] = phone;
}

static void note_change(struct phones *phones, struct phone *phone)
{
    phone->version = ++phones->clock;
    pthread_cond_broadcast(&phones->changed);
}

void phones_add(struct phones *phones, const char *number, enum direction direction,
                enum text_state state, const char *id, const char *body)
{
    size_t len = strlen(body);
    struct text *text = wm_alloc(sizeof *text + len + 1);
    MUST(strlen(id) <= HANDSET_ID_LEN);
    memcpy(text->id, id, strlen(id) + 1);
    memcpy(text->body, body, len + 1);
    text->direction = direction;
    text->state = state;
    text->at_ms = moment_unix();
    text->size = gsm7_size(body);
    pthread_mutex_lock(&phones->lock);
    struct phone *phone = find(phones, number);
    if (!phone)
        phone = make(phones, number);
    if (phone->n == PHONES_TEXTS_MAX) {
        free(phone->texts[0]);
        memmove(phone->texts, phone->texts + 1, --phone->n * sizeof phone->texts[0]);
    }
    phone->texts[phone->n++] = text;
    bring_to_front(phones, phone);
    text->seq = ++phones->clock;
    note_change(phones, phone);
    pthread_mutex_unlock(&phones->lock);
}

void phones_set(struct phones *phones, const char *number, const char *id, enum text_state state,
                int tries, int answer)
{
    pthread_mutex_lock(&phones->lock);
    struct phone *phone = find(phones, number);
    for (size_t i = 0; phone && i < phone->n; i++) {
        struct text *text = phone->texts[i];
        bool same = text->state == state && text->tries == tries && text->answer == answer;
        if (strcmp(text->id, id) != 0 || same)
            continue;
        text->state = state;
        text->tries = tries;
        text->answer = answer;
        note_change(phones, phone);
    }
    pthread_mutex_unlock(&phones->lock);
}

uint64_t phones_each(struct phones *phones, const char *number,
                     void (*each)(void *context, const struct text *text), void *context)
{
    pthread_mutex_lock(&phones->lock);
    struct phone *phone = find(phones, number);
    for (size_t i = 0; phone && i < phone->n; i++)
        each(context, phone->texts[i]);
    uint64_t version = phone ? phone->version : 0;
    pthread_mutex_unlock(&phones->lock);
    return version;
}

static bool nothing_new(const struct phones *phones, const char *number, uint64_t after)
{
    const struct phone *phone = find(phones, number);
    return !phone || phone->version <= after;
}

void phones_wait(struct phones *phones, const char *number, uint64_t after, int wait_ms)
{
    int64_t until = moment_steady() + wait_ms;
    pthread_mutex_lock(&phones->lock);
    while (!phones->stopped && nothing_new(phones, number, after))
        if (!moment_wait(&phones->changed, &phones->lock, until))
            break;
    pthread_mutex_unlock(&phones->lock);
}

void phones_list(struct phones *phones, void (*each)(void *context, const char *number),
                 void *context)
{
    pthread_mutex_lock(&phones->lock);
    for (size_t i = 0; i < phones->n; i++)
        each(context, phones->phone[i]->number);
    pthread_mutex_unlock(&phones->lock);
}

void phones_size(struct phones *phones, size_t *numbers, size_t *texts)
{
    *texts = 0;
    pthread_mutex_lock(&phones->lock);
    *numbers = phones->n;
    for (size_t i = 0; i < phones->n; i++)
        *texts += phones->phone[i]->n;
    pthread_mutex_unlock(&phones->lock);
}

void phones_stop(struct phones *phones)
{
    pthread_mutex_lock(&phones->lock);
    phones->stopped = true;
    pthread_cond_broadcast(&phones->changed);
    pthread_mutex_unlock(&phones->lock);
}
