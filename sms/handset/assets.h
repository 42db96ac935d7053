/* assets.h: the page's own files, built into the program. Connection threads. */
#ifndef WM_HANDSET_ASSETS_H
#define WM_HANDSET_ASSETS_H

#include "sms/handset/http.h"

void asset_css(struct handset *h, struct request *request, struct reply *reply);
void asset_js(struct handset *h, struct request *request, struct reply *reply);
void asset_icon(struct handset *h, struct request *request, struct reply *reply);

/* In handset_assets.c, which embed.sh writes. */
extern const char handset_phone_css[];
extern const char handset_phone_js[];
extern const char handset_icon_svg[];

#endif
