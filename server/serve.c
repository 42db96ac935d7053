/* serve.c: what a worker does with a request: guards, the handler, and a page for the cache. */
#include "common/log.h"
#include "server/exchange.h"
#include "server/guard.h"
#include "server/response.h"
#include "server/store_content.h"

/* What must be known before a cached page's first query: the generation of content, and until
 * when a page of now is true. In this order: what changes in between is noticed. */
static bool prepare_cached(struct http_exchange *x, struct db *db)
{
    int64_t left_ms;
    x->until_ms = monotonic_us() / 1000;
    x->generation = may_be_kept(&x->request) ? cache_generation() : 0;
    if (x->generation == 0)
        return true;
    enum db_outcome outcome = store_next_change(db, &left_ms);
    if (outcome != DB_OK)
        response_db(&x->request, outcome);
    x->until_ms += left_ms;
    return outcome == DB_OK;
}

/* The connection is opened by the first statement: a page that asks nothing is served while the
 * database is away, and a ballot reaches the box, whose answer keeps the voter's form. */
enum handled serve(struct http_exchange *x, struct db *db)
{
    struct request *r = &x->request;
    log_set_request(r->id);
    if (!guard_pass(r, db) || (r->route->cached && !prepare_cached(x, db)))
        return HANDLED;
    enum handled handled = r->route->handle(r, db);
    if (handled == HANDLED && r->response.status == 0)
        log_bug("no answer from %s %s", r->route->method, r->route->pattern);
    return handled;
}
