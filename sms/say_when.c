/* say_when.c: words a moment by the language's habits: names and their order are in the catalogue,
 * the clock of twelve hours or of twenty-four is decided here. */
#include "sms/say_when.h"

#include "common/log.h"
#include "sms/templates.h"

static const char *const weekdays[] = {N_("Sun"), N_("Mon"), N_("Tue"), N_("Wed"),
                                       N_("Thu"), N_("Fri"), N_("Sat")};
static const char *const months[] = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"),
                                     N_("May"), N_("Jun"), N_("Jul"), N_("Aug"),
                                     N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")};

static bool read_local(const char *local, struct tm *out)
{
    int year, month, day, hour, minute;

    if (local == NULL ||
        sscanf(local, "%4d-%2d-%2d %2d:%2d", &year, &month, &day, &hour, &minute) != 5)
        return false;
    *out = (struct tm){.tm_year = year - 1900,
                       .tm_mon = month - 1,
                       .tm_mday = day,
                       .tm_hour = hour,
                       .tm_min = minute};
    return true;
}

static bool is_midnight(const struct tm *t)
{
    return t->tm_hour == 0 && t->tm_min == 0;
}

/* Of the day to which a reader counts it: a midnight ends the day before. */
static struct tm day_of(struct tm t)
{
    if (is_midnight(&t))
        t.tm_mday--;
    t.tm_hour = 12; /* far from any edge; the time of York plays no part any more */
    time_t at = timegm(&t);
    gmtime_r(&at, &t);
    return t;
}

static void clock_12(struct buf *out, const struct tm *t)
{
    int hour = t->tm_hour % 12 == 0 ? 12 : t->tm_hour % 12;

    if (t->tm_hour == 12 && t->tm_min == 0) {
        buf_str_add(out, "midday");
        return;
    }
    buf_int(out, hour);
    if (t->tm_min != 0)
        buf_fmt(out, ".%02d", t->tm_min);
    buf_str_add(out, t->tm_hour < 12 ? "am" : "pm");
}

static void clock_24(struct buf *out, const struct tm *t)
{
    buf_fmt(out, "%d:%02d", is_midnight(t) ? 24 : t->tm_hour, t->tm_min);
}

void say_hour(struct buf *out, enum language language, const char *local)
{
    struct tm t;

    if (!read_local(local, &t))
        return;
    if (language_ways(language)->clock_24)
        clock_24(out, &t);
    else if (is_midnight(&t))
        buf_str_add(out, "midnight");
    else
        clock_12(out, &t);
}

void say_when(struct buf *out, enum language language, const char *local)
{
    struct buf clock = buf_new(16);
    struct tm t, day;

    if (!read_local(local, &t))
        return;
    day = day_of(t);
    bool ends_day = is_midnight(&t) && !language_ways(language)->clock_24;
    if (language_ways(language)->clock_24)
        clock_24(&clock, &t);
    else
        clock_12(&clock, &t);
    SAY(out, language, ends_day ? SAY_END_OF_DAY : SAY_MOMENT,
        SAY_TEXT("clock", buf_str(&clock), 16),
        SAY_TEXT("weekday", translate(language, weekdays[day.tm_wday]), 16),
        SAY_NUMBER("day", day.tm_mday),
        SAY_TEXT("month", translate(language, months[day.tm_mon]), 16));
    buf_free(&clock);
}
