/* http.h: one request and its reply as handlers see them, and the server that carries them.
 * Every connection has its own thread, so a handler may block (long polls, answers that never
 * come); at most HTTP_CONNECTIONS at once. Listens on loopback only. */
#ifndef WM_HANDSET_HTTP_H
#define WM_HANDSET_HTTP_H

#include "common/buf.h"
#include "sms/handset/handset.h"

enum { HTTP_CONNECTIONS = 200, HTTP_PARAMS_MAX = 32, HTTP_HANG_MS = 60000, HTTP_URL_MAX = 16384 };

struct param {
    const char *name;
    const char *value; /* NUL-terminated, percent-decoded; not yet checked for UTF-8 */
};

struct params {
    size_t n;
    struct param param[HTTP_PARAMS_MAX];
};

/* Lives until the reply was sent; strings are owned by the connection or by `arena`. */
struct request {
    const char *method; /* HEAD reads as GET */
    const char *path;
    struct params query;
    struct params form; /* of an urlencoded body */
    const char *body;   /* NUL-terminated, without NUL inside */
    size_t body_len;
    const char *host;
    const char *authorization; /* these are NULL when absent */
    const char *content_type;
    const char *origin;
    const char *api_key; /* Africa's Talking's header */
    const char *fetch_site;
    const char *problem; /* why it must be answered 400, or NULL */
    bool too_big;
    struct arena *arena;
};

enum fate {
    FATE_SEND,
    FATE_CLOSE, /* no answer, the connection is closed */
    FATE_HANG   /* no answer, the connection is held for HTTP_HANG_MS or until the stop */
};

struct reply {
    unsigned status;
    const char *type;  /* of the content; a literal */
    const char *allow; /* for 405; NULL */
    int retry_after;   /* seconds; 0: no such header */
    enum fate fate;
    struct buf location; /* for a redirect; empty: none */
    struct buf body;
};

/* The value, or NULL when absent. */
const char *params_get(const struct params *params, const char *name);
/* Decodes an urlencoded body in place. False when malformed, doubled or too many. */
bool params_read(struct params *params, char *text);

/* Answers with JSON {"error":{"code","message"}}. Both are literals of ours. */
void reply_error(struct reply *reply, unsigned status, const char *code, const char *message);
/* Answers with one line of plain text. */
void reply_text(struct reply *reply, unsigned status, const char *line);
/* 303 to a path of ours; append the query to reply->location. */
void reply_redirect(struct reply *reply, const char *path);

struct http;
/* Starts listening; NULL with a line in `error` when it cannot. */
struct http *http_start(struct handset *h, struct buf *error);
unsigned http_port(const struct http *http);
/* h->stopping must be set. Closes everything and joins all threads. */
void http_stop(struct http *http);

/* routes.c: fills the reply. */
void routes_answer(struct handset *h, struct request *request, struct reply *reply);

#endif
