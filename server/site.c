/* site.c: the banner and the colour of every page. */
#include "server/site.h"

#include <math.h>
#include <pthread.h>
#include <time.h>

#include "common/buf.h"
#include "server/store_site.h"

static struct {
    pthread_mutex_t mutex;
    struct site site;
} kept = {.mutex = PTHREAD_MUTEX_INITIALIZER, .site = {.banner_until = DB_NO_TIME}};

void site_refresh(struct db *db)
{
    struct site fresh;
    if (site_load(db, &fresh) != DB_OK)
        return;
    pthread_mutex_lock(&kept.mutex);
    kept.site = fresh;
    pthread_mutex_unlock(&kept.mutex);
}

void site_now(struct site *out)
{
    struct timespec now;
    pthread_mutex_lock(&kept.mutex);
    *out = kept.site;
    pthread_mutex_unlock(&kept.mutex);
    if (out->banner[0] == '\0' || out->banner_until == DB_NO_TIME)
        return;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out->banner_until <= (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000)
        out->banner[0] = '\0';
}

/* --- colours ------------------------------------------------------------------------------ */
bool site_colour_read(const char *typed, char out[SITE_COLOUR_LEN + 1])
{
    typed += *typed == '#';
    if (strlen(typed) != SITE_COLOUR_LEN ||
        strspn(typed, "0123456789abcdefABCDEF") != SITE_COLOUR_LEN)
        return false;
    for (int i = 0; i <= SITE_COLOUR_LEN; i++)
        out[i] = typed[i] >= 'A' && typed[i] <= 'F' ? (char)(typed[i] | 0x20) : typed[i];
    return true;
}

static void parts_of(const char *colour, unsigned part[3])
{
    sscanf(colour, "%2x%2x%2x", &part[0], &part[1], &part[2]);
}

/* Source: WCAG 2.2, "relative luminance". */
double site_colour_contrast(const char colour[SITE_COLOUR_LEN + 1])
{
    static const double weight[3] = {0.2126, 0.7152, 0.0722};
    unsigned part[3] = {0};
    double luminance = 0;
    parts_of(colour, part);
    for (int i = 0; i < 3; i++) {
        double c = part[i] / 255.0;
        luminance += weight[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return 1.05 / (luminance + 0.05);
}

void site_colour_css(const char colour[SITE_COLOUR_LEN + 1], struct buf *out)
{
    unsigned part[3] = {0}, wash[3];
    parts_of(colour, part);
    for (int i = 0; i < 3; i++)
        wash[i] = 255 - (255 - part[i]) * 12 / 100;
    buf_fmt(out,
            ":root{--wm-brand:#%s;--wm-brand-wash:#%02x%02x%02x;--govuk-brand-colour:#%s;"
            "--govuk-link-colour:#%s}\n",
            colour, wash[0], wash[1], wash[2], colour, colour);
}
