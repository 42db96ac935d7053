/* assets.c: serves the page's stylesheet, script and icon. */
#include "sms/handset/assets.h"

static void serve(struct reply *reply, const char *type, const char *text)
{
    reply->status = 200;
    reply->type = type;
    buf_str_add(&reply->body, text);
}

void asset_css(struct handset *h, struct request *q, struct reply *reply)
{
    (void)h;
    (void)q;
    serve(reply, "text/css; charset=utf-8", handset_phone_css);
}

void asset_js(struct handset *h, struct request *q, struct reply *reply)
{
    (void)h;
    (void)q;
    serve(reply, "text/javascript; charset=utf-8", handset_phone_js);
}

void asset_icon(struct handset *h, struct request *q, struct reply *reply)
{
    (void)h;
    (void)q;
    serve(reply, "image/svg+xml", handset_icon_svg);
}
