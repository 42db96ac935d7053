/* routes.c: everything that can be asked of the handset, and what every request must pass. */
#include "sms/handset/http.h"

#include <fnmatch.h>

#include "sms/handset/api.h"
#include "sms/handset/assets.h"
#include "sms/handset/page.h"

enum body_kind { BODY_NONE, BODY_FORM, BODY_JSON };

static const struct route {
    const char *method;
    const char *path;
    enum body_kind body;
    bool open; /* may be reached from another site's page: reads only, and shows no JSON */
    void (*handle)(struct handset *h, struct request *request, struct reply *reply);
} routes[] = {
    {"GET", "/", BODY_NONE, true, page_phone},
    {"POST", "/send", BODY_FORM, false, page_send},
    {"POST", "/faults", BODY_FORM, false, page_faults},
    {"GET", "/phone.css", BODY_NONE, false, asset_css},
    {"GET", "/phone.js", BODY_NONE, false, asset_js},
    {"GET", "/icon.svg", BODY_NONE, false, asset_icon},
    {"GET", "/live", BODY_NONE, true, api_live},
    {"POST", "/v1/messages", BODY_JSON, false, api_post_message},
    {"GET", "/v1/messages", BODY_NONE, false, api_get_messages},
    {"GET", "/cgi-bin/sendsms", BODY_NONE, false, api_sendsms},
    {"POST", "/v2/notifications/sms", BODY_JSON, false, api_notify_send},
    {"GET", "/v2/notifications", BODY_NONE, false, api_notify_list},
    {"GET", "/v2/received-text-messages", BODY_NONE, false, api_notify_received},
    {"POST", "/2010-04-01/Accounts/*/Messages.json", BODY_FORM, false, api_twilio_send},
    {"GET", "/2010-04-01/Accounts/*/Messages.json", BODY_NONE, false, api_twilio_list},
    {"POST", "/sms/json", BODY_NONE, false, api_vonage_send},
    {"POST", "/version1/messaging", BODY_FORM, false, api_africastalking_send},
    {"POST", "/api/texts", BODY_JSON, false, api_post_text},
    {"GET", "/api/conversation", BODY_NONE, false, api_get_conversation},
    {"GET", "/api/stats", BODY_NONE, false, api_get_stats},
    {"POST", "/api/faults", BODY_JSON, false, api_post_faults},
    {"GET", "/api/faults", BODY_NONE, false, api_get_faults},
};

enum { ROUTES = sizeof routes / sizeof routes[0] };

/* A page elsewhere whose name was pointed at 127.0.0.1 (DNS rebinding) sends its own name. */
static bool host_is_ours(const char *host)
{
    struct sockaddr_in address;
    char with_port[80];
    if (!host || strlen(host) > 64)
        return false;
    snprintf(with_port, sizeof with_port, "%s%s", host, strchr(host, ':') ? "" : ":80");
    return client_address_read(with_port, &address);
}

/* What browsers say about where a request comes from; programs say nothing and are let in. */
static bool origin_is_ours(const struct request *q)
{
    char expected[96];
    if (q->fetch_site && strcmp(q->fetch_site, "same-origin") != 0 &&
        strcmp(q->fetch_site, "none") != 0)
        return false;
    if (!q->origin)
        return true;
    snprintf(expected, sizeof expected, "http://%s", q->host);
    return strcmp(q->origin, expected) == 0;
}

static const struct route *find_route(const struct request *q, const char **allow)
{
    *allow = NULL;
    for (size_t i = 0; i < ROUTES; i++) {
        if (fnmatch(routes[i].path, q->path, FNM_PATHNAME | FNM_NOESCAPE) != 0)
            continue;
        if (strcmp(routes[i].method, q->method) == 0)
            return &routes[i];
        *allow = *allow ? "GET, POST" : routes[i].method;
    }
    return NULL;
}

static bool content_type_is(const struct request *q, const char *wanted)
{
    size_t len = strlen(wanted);
    if (!q->content_type || strncasecmp(q->content_type, wanted, len) != 0)
        return false;
    return q->content_type[len] == '\0' || q->content_type[len] == ';' ||
           q->content_type[len] == ' ';
}

/* False, with the reply made, when the body is not what the route takes. */
static bool body_fits(struct request *q, enum body_kind kind, struct reply *reply)
{
    if (kind == BODY_NONE)
        return true;
    const char *type = kind == BODY_JSON ? "application/json" : "application/x-www-form-urlencoded";
    if (!content_type_is(q, type)) {
        reply_error(reply, 415, "content_type", "The Content-Type is not the one that is taken.");
        return false;
    }
    if (kind == BODY_FORM && !params_read(&q->form, arena_memdup(q->arena, q->body, q->body_len))) {
        reply_error(reply, 400, "bad_form", "The form is malformed.");
        return false;
    }
    return true;
}

void routes_answer(struct handset *h, struct request *q, struct reply *reply)
{
    const char *allow;
    const struct route *route = find_route(q, &allow);
    if (q->problem)
        reply_error(reply, 400, "bad_request", q->problem);
    else if (!host_is_ours(q->host))
        reply_error(reply, 421, "bad_host", "This server answers to loopback names only.");
    else if (!route && allow)
        reply_error(reply, 405, "method", "This address does not take that method.");
    else if (!route)
        reply_error(reply, 404, "not_found", "There is nothing here.");
    else if (!route->open && !origin_is_ours(q))
        reply_error(reply, 403, "origin", "Another site's page may not do this.");
    else if (q->too_big)
        reply_error(reply, 413, "too_big", "The body is larger than 64 KiB.");
    else if (body_fits(q, route->body, reply))
        route->handle(h, q, reply);
    reply->allow = reply->status == 405 ? allow : NULL;
}
