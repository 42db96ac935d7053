/* settings.h: what an operator may set (settings.c holds the one table), read once at start. */
#ifndef WM_SETTINGS_H
#define WM_SETTINGS_H

#include "common/conf.h"
#include "common/language.h"

struct settings {
    char *database;         /* libpq conninfo without a user */
    char *master_key;       /* 64 hex digits, from its file */
    char *listen;           /* "127.0.0.1:8080" or "unix:/run/wardmote/server.sock" */
    char *public_url;       /* "https://vote.york.example", no trailing slash */
    char *name;             /* "City of York" */
    char *contact;          /* how to get help, in English: "Call 01904 000000"; "" */
    char *contact_pl;       /* the same in Polish; "": the English one */
    char *security_contact; /* of security.txt: "mailto:security@york.example"; "" none */
    char *security_expires; /* its last day, "2027-06-30" */
    char *sms_number;       /* "60777"; "" when texts are not offered */
    char *sms_keyword;      /* "York" begins every text to a shared number; "": none */
    char sms_prefix[16];    /* "York ", for examples; "" */
    char *hook_secret;      /* providers' webhooks carry it */
    char *twilio_token;     /* what Twilio signs its webhooks with */
    char *vonage_signature_secret, *vonage_signature_method;
    char *africastalking_addresses; /* whence it may call, blanks between; "" anywhere */
    char *generic_text, *generic_receipt, *generic_delivered, *generic_undelivered;
    char *spool_file;    /* for texts while the database is away; "" none */
    char *count_program; /* path of wardmote-count */
    char *demo_file;     /* JSON written by --load-demo, shown on /demo */
    bool demo;
    int64_t ballot_workers, page_workers, desk_workers, lane_size, box_writers, box_batch;
    int64_t connections;
    char *languages; /* "en pl": those that pages are offered in */
    char *log_level; /* "info" */
};

/* Set by main before any thread starts, constant afterwards. */
extern struct settings settings;
extern const struct conf_row settings_table[];
extern const size_t settings_rows;

/* True when cookies are Secure and carry the __Host- prefix: public_url is https. */
bool settings_secure(void);
/* How to get help, in that language or else in English, which *in says; "" where it is not set. */
const char *settings_contact(enum language wanted, enum language *in);
/* Whether pages are offered in this language. */
bool settings_offer(enum language language);
/* Whether feeds in `here` name those in this other language; the pseudo-locale has none. */
bool settings_offer_beside(enum language here, enum language language);
/* The first word of `languages` that is no language of ours, or NULL. */
const char *settings_wrong_language(const char *languages);

#endif
