/* store_monitor.h: how a vote goes, in counts: by day and channel, by area. Never what was chosen.
 * Role wardmote_desk; lists live in the arena. */
#ifndef WM_STORE_MONITOR_H
#define WM_STORE_MONITOR_H

#include "common/buf.h"
#include "common/db.h"

struct monitor_day {
    int64_t day; /* its noon, unix microseconds */
    int64_t web, texts, paper, assisted;
    int64_t again; /* of them, those that replaced or took back an earlier one */
};
struct monitor_area {
    const char *name;
    int64_t eligible, voted;
};
struct monitor {
    struct monitor_day *day;
    int days;
    struct monitor_area *area; /* by name */
    int areas;
};
enum db_outcome monitor_load(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                             struct monitor *out);

#endif
