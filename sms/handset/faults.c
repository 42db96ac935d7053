/* faults.c: which fault the next text gets. */
#include "sms/handset/faults.h"

#include <pthread.h>

#include "common/log.h"

struct faults {
    pthread_mutex_t lock;
    struct fault armed[2]; /* by enum direction */
};

/* Name, then what it does to a text from a phone and to a text to a phone. */
static const struct {
    const char *name;
    const char *words[2];
} modes[FAULT_MODES] = {
    [FAULT_NONE] = {"none", {"Behave", "Behave"}},
    [FAULT_DELAY] = {"delay", {"Send it late", "Bring it late"}},
    [FAULT_DROP] = {"drop", {"Lose it", "Accept it, then lose it"}},
    [FAULT_DOUBLE] = {"double", {"Send it twice", "Bring it twice"}},
    [FAULT_REORDER] = {"reorder", {"Let the next one overtake it", "Let the next one overtake it"}},
    [FAULT_REFUSE] = {"refuse", {"Refuse to send it", "Refuse it for good"}},
    [FAULT_THROTTLE] = {"throttle", {NULL, "Say “too many, come back later”"}},
    [FAULT_ERROR] = {"error", {NULL, "Fail with a server error"}},
    [FAULT_HANG_AFTER_ACCEPT] = {"hang_after_accept", {NULL, "Accept it, then never answer"}},
    [FAULT_CLOSE_AFTER_ACCEPT] = {"close_after_accept",
                                  {"Send it, hang up, send it again", "Accept it, then hang up"}},
    [FAULT_BROKEN_ANSWER] = {"broken_answer", {NULL, "Accept it, then answer nonsense"}},
    [FAULT_NO_RECEIPT] = {"no_receipt", {NULL, "Send no delivery receipt"}},
    [FAULT_BLOCKED] = {"blocked", {NULL, "Say that the phone refuses us"}},
    [FAULT_DAILY] = {"daily", {NULL, "Say “no more today”"}},
    [FAULT_NO_ID] = {"no_id", {NULL, "Accept it, but tell no number for it"}},
    [FAULT_HUGE_ANSWER] = {"huge_answer", {NULL, "Accept it, then answer megabytes"}},
    [FAULT_PROXY_ERROR] = {"proxy_error", {NULL, "Accept it, then fail on the way back"}},
    [FAULT_REDIRECT] = {"redirect", {NULL, "Send us elsewhere"}},
    [FAULT_LATE_RECEIPT] = {"late_receipt", {NULL, "Send the delivery receipt late"}},
};

struct faults *faults_new(void)
{
    struct faults *faults = wm_alloc(sizeof *faults);
    MUST(pthread_mutex_init(&faults->lock, NULL) == 0);
    return faults;
}

void faults_free(struct faults *faults)
{
    pthread_mutex_destroy(&faults->lock);
    free(faults);
}

void faults_arm(struct faults *faults, enum direction direction, struct fault fault)
{
    MUST(fault_mode_words(fault.mode, direction));
    if (fault.mode == FAULT_NONE)
        fault = (struct fault){.mode = FAULT_NONE};
    pthread_mutex_lock(&faults->lock);
    faults->armed[direction] = fault;
    pthread_mutex_unlock(&faults->lock);
}

struct fault faults_armed(struct faults *faults, enum direction direction)
{
    pthread_mutex_lock(&faults->lock);
    struct fault fault = faults->armed[direction];
    pthread_mutex_unlock(&faults->lock);
    return fault;
}

struct fault faults_take(struct faults *faults, enum direction direction)
{
    pthread_mutex_lock(&faults->lock);
    struct fault *armed = &faults->armed[direction];
    struct fault fault = *armed;
    if (fault.mode != FAULT_NONE && --armed->count <= 0)
        *armed = (struct fault){.mode = FAULT_NONE};
    pthread_mutex_unlock(&faults->lock);
    return fault;
}

bool fault_mode_read(const char *name, enum fault_mode *mode)
{
    for (int i = 0; i < FAULT_MODES; i++)
        if (strcmp(modes[i].name, name) == 0) {
            *mode = (enum fault_mode)i;
            return true;
        }
    return false;
}

const char *fault_mode_name(enum fault_mode mode)
{
    MUST(mode < FAULT_MODES);
    return modes[mode].name;
}

const char *fault_mode_words(enum fault_mode mode, enum direction direction)
{
    MUST(mode < FAULT_MODES);
    return modes[mode].words[direction];
}
