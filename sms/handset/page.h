/* page.h: the phone on the screen. It works with scripts off; phone.js makes it quicker.
 * Connection threads. */
#ifndef WM_HANDSET_PAGE_H
#define WM_HANDSET_PAGE_H

#include "sms/handset/http.h"
#include "sms/handset/phones.h"

/* GET /?number&text&sent: `text` fills the box, `sent` looks for an answer once, after a while. */
void page_phone(struct handset *h, struct request *request, struct reply *reply);
/* POST /send (number, body): 303 back to the phone, or the page again with what is wrong. */
void page_send(struct handset *h, struct request *request, struct reply *reply);
/* POST /faults (number, fault as "direction:mode", count, seconds): 303. */
void page_faults(struct handset *h, struct request *request, struct reply *reply);

/* What the page shows; strings live as long as the request. */
struct phone_page {
    struct handset *h;
    const char *number;       /* E.164 */
    const char *typed;        /* in the compose box */
    const char *error;        /* above the compose box; NULL: none */
    const char *number_error; /* at the number's box; NULL: none */
    const char *number_typed;
    bool sent;   /* just sent without scripts */
    bool faults; /* the details box stands open */
    struct arena *arena;
};

/* The phone's frame: conversation and compose box. */
void page_frame(struct buf *out, const struct phone_page *page);
/* The other phones, examples and faults beside it. */
void page_numbers(struct buf *out, const struct phone_page *page);
void page_examples(struct buf *out, const struct phone_page *page);
void page_network(struct buf *out, const struct phone_page *page);
/* 07700 900123 for a number, in the page's arena. */
const char *page_number(const struct phone_page *page, const char *e164);

#endif
