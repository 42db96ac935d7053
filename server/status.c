/* status.c: /ready, for who decides whether this process gets traffic. /live is httpd's. */
#include "common/log.h"
#include "server/pages.h"
#include "server/response.h"

/* Behind the lane of pages on purpose: ready means that a worker came to it and that its database
 * answers with the schema that we know. */
enum handled status_ready(struct request *r, struct db *db)
{
    struct buf error = buf_new(500);
    if (db_check_schema(db, WM_SCHEMA_VERSION, &error) == DB_OK) {
        response_text(r, 200, "ready\n");
    } else {
        log_warn("not ready: %s", buf_str(&error));
        response_text(r, 503, "not ready\n");
        r->response.retry_after = 5;
    }
    buf_free(&error);
    return HANDLED;
}
