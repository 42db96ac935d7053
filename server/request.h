/* request.h: one HTTP request as handlers see it. httpd fills it in the I/O thread, a worker's
 * handler reads it and sets the response, httpd sends that. It lives until the connection says
 * the request is complete; memory from its arena dies with it. */
#ifndef WM_REQUEST_H
#define WM_REQUEST_H

#include "common/buf.h"
#include "common/db.h"
#include "common/language.h"

enum {
    REQUEST_SEGMENTS_MAX = 3, /* ":name" parts of a path */
    REQUEST_FIELDS_MAX = 608, /* pairs in one form or query */
    REQUEST_BODY_MAX = 65536,
    REQUEST_FILE_MAX = (32 << 20) + 65536, /* of a route that takes a file, with its fields */
    REQUEST_FILES_MAX = 2,                 /* bodies above REQUEST_BODY_MAX held at once */
    REQUEST_ID_LEN = 12,
    REQUEST_ORDERS = 16 /* of lists that are mixed */
};

/* Holds the tag of the language that a reader chose. */
#define LANGUAGE_COOKIE "wm_lang"

struct route;
struct http_exchange; /* httpd's side of it: the connection, its state */

struct field {
    const char *name;
    const char *value; /* valid UTF-8, no NUL, stray white space at both ends removed */
};

struct voter_session {
    int64_t voter, credential;
    int32_t generation;
    uint8_t id[16];
    int64_t expires; /* unix seconds */
};

struct officer_session {
    int32_t officer;
    char name[81], email[255];
    unsigned roles; /* ROLE_… of routes.h: what they do, wherever */
    unsigned here;  /* the same, narrowed to the area that this page shows something of */
    int32_t proved; /* seconds since password and authenticator were given */
    uint8_t id[32]; /* the cookie's content; only its SHA-256 is stored */
};

struct response {
    int status;       /* 0: not set yet */
    const char *type; /* Content-Type, a literal */
    struct buf body;
    const char *location;   /* 303 target, in the arena */
    const char *cookies[4]; /* whole Set-Cookie values, in the arena */
    int n_cookies;
    int retry_after;      /* seconds; 0: no header */
    int refresh;          /* seconds after which a browser asks again; 0: it does not */
    const char *filename; /* Content-Disposition: attachment; a safe ASCII name in the arena */
    bool store;           /* false (default): Cache-Control: no-store */
    const char *allow;    /* 405: the methods that the path has */
    const char *link;     /* Link header (RFC 8288), in the arena; NULL: none */
    bool preflight;       /* tells a browser what other sites may ask */
};

struct request {
    char id[REQUEST_ID_LEN + 1];
    const char *method; /* "GET" or "POST"; HEAD is served as GET without a body */
    const char *path;
    char address[46]; /* of the client: the peer, or X-Real-IP on a unix socket */
    const struct route *route;
    const char *segment[REQUEST_SEGMENTS_MAX]; /* values of ":name" parts, in order */
    struct field *fields; /* of the query (GET) or the form (POST), only declared ones */
    int n_fields;
    const char *body; /* raw, for webhooks with JSON; "" otherwise */
    size_t body_len;
    const char *file; /* of a multipart form, inside the body; NULL: none was sent */
    size_t file_len;
    struct field *cookies;
    int n_cookies;
    const char *authorization; /* header, or "" */
    const char *signature;     /* X-Twilio-Signature, or "" */
    enum language language;    /* that its reader chose; pages that are not translated ignore it */
    bool has_voter;            /* a valid, unexpired cookie; generation not checked yet */
    struct voter_session voter;
    bool has_officer;
    bool practice; /* the officer's page is about a practice round */
    struct officer_session officer;
    bool same_origin;          /* the browser did not say that another site sent this */
    bool malformed;            /* webhooks: something in the query was not text, or too long */
    const char *if_none_match; /* header, or "" */
    const char *query;         /* as the client sent it, without the question mark; never logged */
    struct arena arena;
    const void *aside; /* what a handler laid aside for its ballot_done, in the arena */
    struct response response;
    struct http_exchange *exchange;
};

/* First value of a field, or "" . */
const char *request_field(const struct request *r, const char *name);
/* The n-th value (from 0) of a repeated field, or NULL. */
const char *request_field_at(const struct request *r, const char *name, int n);
/* How many times a field was sent. */
int request_field_count(const struct request *r, const char *name);
/* In which of REQUEST_ORDERS orders this reader sees lists that should favour nobody: from 0. It
 * comes from the address alone, so that it stays the same without anything being kept. */
int request_order(const struct request *r);
/* A cookie's value, or "". Names without the __Host- prefix; it is added where cookies have it. */
const char *request_cookie(const struct request *r, const char *name);

#endif
