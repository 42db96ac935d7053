/* assets.h: the files that pages link to, compiled into the program by assets/embed.sh. */
#ifndef WM_ASSETS_H
#define WM_ASSETS_H

#include <stddef.h>

struct asset {
    const char *path; /* "service.css" */
    const char *type; /* Content-Type */
    const unsigned char *data;
    size_t len;
    const char *hash; /* SHA-256, 64 hexadecimal digits */
};

extern const struct asset assets[];
extern const size_t assets_count;

/* "/assets/<first 12 digits of the hash>/<path>": such an address never changes its bytes, so
 * browsers may keep it for a year. "" when there is no such asset (a bug). Any thread. */
const char *asset_url(const char *path);

#endif
