/* http.h: calls to providers, several at a time; the only door to libcurl.
 *
 * A POST may use a connection that an earlier one left open, a GET has its own; neither leaves
 * twice, whatever becomes of its connection. Each call has 10 s to connect and 30 s in all, follows
 * no redirect, obeys no proxy, reads a capped answer, and connects to no private address unless
 * that was allowed (a base of plain http goes to this machine itself, and nowhere else). A `struct
 * http` belongs to one thread; http_wake alone is for others. */
#ifndef WM_SMS_HTTP_H
#define WM_SMS_HTTP_H

#include "common/buf.h"

enum { HTTP_URL_MAX = 8192, HTTP_ANSWER_MAX = 65536, HTTP_TIMEOUT_S = 30 };

struct http_request {
    bool post;      /* with `body` of `type`; else GET */
    struct buf url; /* of HTTP_URL_MAX */
    struct buf body;
    const char *type;   /* Content-Type; NULL: JSON */
    struct buf headers; /* lines "Name: value\n"; http_header adds one */
    size_t answer_max;  /* bytes; 0: HTTP_ANSWER_MAX */
};

enum http_result {
    HTTP_ANSWERED, /* status and body are whole */
    HTTP_NOT_SENT, /* not one byte of the request left: it surely did nothing */
    HTTP_CUT       /* it was sent, or may have been, and no whole answer came */
};

struct http_answer {
    void *owner;
    enum http_result result;
    int status;        /* also of an answer that was cut in its body; 0 when none came */
    int retry_after;   /* seconds; 0 when not said */
    int64_t date;      /* the provider's clock, unix seconds; 0 when not said */
    struct buf body;   /* freed by the taker */
    const char *error; /* a constant of libcurl's; "" when answered */
};

struct http;

/* Room for `max` calls at once; `private`: addresses of private networks may be called. */
struct http *http_new(unsigned max, bool private);
/* Abandons the calls that run. */
void http_free(struct http *h);
/* Starts a call; `owner` comes back with its answer. There must be a free slot. */
void http_start(struct http *h, const struct http_request *request, void *owner);
/* Moves calls on. True when `timeout_ms` passed or http_wake was called: time to look for work;
 * false when something moved: a call may have ended. */
bool http_wait(struct http *h, int timeout_ms);
/* One ended call; false when there is none. */
bool http_take(struct http *h, struct http_answer *out);
void http_wake(struct http *h);

/* An empty request: url and headers may grow to HTTP_URL_MAX, the body to `body_max`. */
struct http_request http_request_new(bool post, size_t body_max);
void http_request_free(struct http_request *request);
/* Adds a header; a value with a line break is cut there. */
void http_header(struct http_request *request, const char *name, const char *value);
void http_bearer(struct http_request *request, const char *token); /* RFC 6750 */
/* RFC 7617. */
void http_basic(struct http_request *request, const char *user, const char *password);
/* A base that may be called: https, or http to this machine itself; no user, query or fragment. */
bool http_base_allowed(const char *url);
/* An address, in either family's text form without brackets, that no provider has: private
 * (RFC 1918, 4193, 6598), loopback, link-local, multicast, reserved. True for what is no address.
 */
bool http_address_private(const char *address);

#endif
