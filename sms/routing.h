/* routing.h: which providers may carry a text to a number, by the number's beginning. */
#ifndef WM_SMS_ROUTING_H
#define WM_SMS_ROUTING_H

#include "sms/gateway.h"

enum { ROUTING_GATEWAYS_MAX = 8, ROUTING_ROUTES_MAX = 16, ROUTING_NAMES_MAX = 160 };

struct routing_route {
    char prefix[PHONE_LEN + 1];    /* "+44"; "" for all */
    char names[ROUTING_NAMES_MAX]; /* by priority, with single blanks between */
};

struct routing {
    const struct gateway *gateways[ROUTING_GATEWAYS_MAX]; /* by priority */
    size_t n;
    struct routing_route routes[ROUTING_ROUTES_MAX + 1]; /* the first is for all */
    size_t n_routes;
};

/* `gateways`: names by priority, with blanks between. `routes`: "+44 notify twilio; +353 twilio",
 * or "": all numbers go by priority. Lines in `error` for what is wrong. */
void routing_read(const char *gateways, const char *routes, struct routing *out, struct buf *error);
/* Names for this number: of the longest prefix that fits. Owned by the routing. */
const char *routing_for(const struct routing *r, const char *e164);
/* NULL when it is not among those configured. */
const struct gateway *routing_gateway(const struct routing *r, const char *name);

#endif
