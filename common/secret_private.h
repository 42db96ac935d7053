/* secret_private.h: what secret.c and its parts share; no other file may include it. */
#ifndef WM_SECRET_PRIVATE_H
#define WM_SECRET_PRIVATE_H

#include "common/secret.h"

/* Base64 in either alphabet of RFC 4648, without padding. Sizes as secret_base64url's. */
void secret_base64(const char *alphabet, const void *bytes, size_t len, char *out);
long secret_unbase64(const char *alphabet, const char *s, uint8_t *out);
extern const char secret_base64_plain[65];
extern const char secret_base64_url[65];

#endif
