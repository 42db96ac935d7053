/* client.h: a small HTTP/1.1 client (RFC 9112) for calls to the service beside us: plain http to
 * a loopback address, one request a connection, short deadlines, answers read up to a cap.
 * It is our own test peer's; everything that leaves the machine goes through sms/http.c. */
#ifndef WM_HANDSET_CLIENT_H
#define WM_HANDSET_CLIENT_H

#include <netinet/in.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum {
    CLIENT_PATH_MAX = 16 * 1024,
    CLIENT_DEADLINE_MS = 10000,
    CLIENT_ANSWER_MAX = 64 * 1024,
    CLIENT_JSON_MAX = 64 * 1024
};

struct client_url {
    struct sockaddr_in address;
    char host[64]; /* as it stands in the Host header, with the port */
    char *path;    /* with the query; "/" at least */
};

/* Reads "http://127.0.0.1:8080/path?query"; the host must be 127.x.x.x or localhost. False for
 * anything else. `path` is allocated; client_url_free frees it. */
bool client_url_read(const char *text, struct client_url *out);
void client_url_free(struct client_url *url);
/* "127.0.0.1" or "localhost" and a port, as in the setting `listen`. Port 0: any. */
bool client_address_read(const char *text, struct sockaddr_in *out);

enum client_failure {
    CLIENT_REFUSED = -1, /* nothing listens there */
    CLIENT_TIMEOUT = -2,
    CLIENT_BROKEN = -3 /* the answer was not HTTP, or the connection broke */
};

struct client_call {
    const struct client_url *url;
    const char *path;        /* NULL: the url's own */
    const char *bearer;      /* NULL: no Authorization header */
    const char *json;        /* NULL: GET; else POST with this body */
    const char *type;        /* of the body; NULL: JSON */
    const char *header;      /* one more, without its line end; NULL */
    bool hang_up;            /* send everything, then close without reading the answer */
    const atomic_bool *stop; /* gives up when it becomes true; may be NULL */
};

/* The answer's status, 200 to 599, or an enum client_failure. Blocks up to CLIENT_DEADLINE_MS. */
int client_call(const struct client_call *call);

#endif
