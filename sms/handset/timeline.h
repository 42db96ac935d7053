/* timeline.h: things to do later, done one after another by one thread: calls to the service with
 * their retries, late deliveries. Putting and releasing: any thread. */
#ifndef WM_HANDSET_TIMELINE_H
#define WM_HANDSET_TIMELINE_H

#include <stdbool.h>
#include <stdint.h>

enum { TIMELINE_MAX = 5000, TIMELINE_DONE = -1 };

struct task {
    int64_t (*run)(void *context); /* returns ms until it runs again, or TIMELINE_DONE */
    void (*drop)(void *context);   /* frees the context once the task is done or given up */
    void *context;
};

struct timeline *timeline_new(void);
/* Starts the thread. */
void timeline_start(struct timeline *timeline);
/* Runs the task in `delay_ms`; equal times run in the order in which they were put. With
 * `group` above 0 a timeline_release of that group makes it due at once. False, with the context
 * dropped, when TIMELINE_MAX tasks wait. */
bool timeline_put(struct timeline *timeline, int64_t delay_ms, int group, struct task task);
void timeline_release(struct timeline *timeline, int group);
int timeline_waiting(struct timeline *timeline);
/* Stops the thread after the task that it is running, drops what waits, frees everything. */
void timeline_stop(struct timeline *timeline);

#endif
