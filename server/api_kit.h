/* api_kit.h: what the answers of /api/v1 share: JSON, pages of a list, addresses, times. The
 * interface is described in assets/openapi.json, against which tests/web/api.test.mjs checks every
 * answer. Money is pence, times are UTC (RFC 3339), what is not there is null. */
#ifndef WM_API_KIT_H
#define WM_API_KIT_H

#include <jansson.h>

#include "server/page_kit.h"
#include "server/pages.h"

/* Which part of a list was asked for, by ?page= (from 1) and ?limit=. */
struct api_page {
    int page, limit;
    int from, to; /* of the list: [from, to) */
};
/* Reads both for a list of `n`. False: the request was answered with 400. */
bool api_page_read(struct request *r, int n, struct api_page *out);

/* Answers with an object or, as {"total", "page", "limit", "items"} and with a Link header
 * (RFC 8288: first, prev, next, last), with a part of a list of `n`. Both take over the JSON. */
void api_answer(struct request *r, json_t *object);
void api_list(struct request *r, const struct api_page *p, int n, json_t *items);

/* The same as a file: indented, with a line's end. Takes over the JSON. */
void api_file(struct buf *out, json_t *json);

/* Values; the caller owns them. null for "" and DB_NO_TIME. */
json_t *api_text(const char *text);
json_t *api_time(int64_t unix_us);
/* A day in London: "2027-04-01". */
json_t *api_day(int64_t unix_us);
/* null when `is` is false. */
json_t *api_number_if(bool is, int64_t n);
/* "1275": a proposal's number as it is printed. */
json_t *api_proposal_number(int32_t number);
/* An absolute address of ours; `format` makes a path. */
json_t *api_url(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
