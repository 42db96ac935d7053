/* poller.c: the poller thread: reads providers' lists of texts to us, since a webhook can be lost
 * for good. Newest first, page by page, back until a whole page is known and older than what was
 * read the last time (with ten minutes' overlap); and once a night all that the provider keeps,
 * since texts can slip between two pages. The inbox takes each text once, whoever brings it. */
#include "common/log.h"
#include "common/text_in.h"
#include "sms/run.h"
#include <poll.h>
#include <time.h>

DB_STATEMENT(sms_poll_begin, "select known_until, whole from api.sms_poll_begin($1)");
DB_STATEMENT(sms_parts_late, "select api.sms_parts_late(clock_timestamp())");
DB_STATEMENT(sms_poll_end, "select api.sms_poll_end($1, $2, $3, $4)");

/* The page of one provider that has most: 7 days at a busy time. A bound, not a promise. */
enum { PAGES_MAX = 2000, ARENA_MAX = 16 << 20, TEXTS_AT_ONCE = 1 };

struct poller {
    struct run *run;
    struct http *http;
    struct db *db;
    struct arena arena;
    struct gateway_page page;
    char cursor[1000]; /* of the page to read; "": the newest */
    int new_texts;
    time_t parts_at;
};

/* True when every text of the page was known and is older than `known_until`. */
static bool store_page(struct poller *p, int64_t known_until, bool *all_known)
{
    *all_known = true;
    for (size_t i = 0; i < p->page.n; i++) {
        struct text_in *t = &p->page.texts[i];
        bool is_new = false;
        text_in_fit(t);
        if (t->message_id[0] == '\0') {
            log_peer("a text in the list of %s has no id", t->provider);
            continue;
        }
        if (text_in_store(p->db, t, 0, &is_new) != DB_OK)
            return false;
        p->new_texts += is_new;
        if (is_new || t->sent_at == DB_NO_TIME || t->sent_at > known_until)
            *all_known = false;
    }
    return true;
}

/* One page, into p->page. Blocks for as long as the call may take. */
static bool fetch_page(struct poller *p, const struct gateway *g)
{
    struct http_request request;
    struct http_answer answer;

    g->poll(&p->run->gateway_settings, p->cursor[0] != '\0' ? p->cursor : NULL, time(NULL),
            &request);
    if (request.url.overflowed) {
        http_request_free(&request);
        return false;
    }
    http_start(p->http, &request, p);
    http_request_free(&request);
    while (!http_take(p->http, &answer))
        http_wait(p->http, 1000);
    arena_clear(&p->arena);
    bool good = g->read_page(&answer, &p->arena, &p->page);
    if (!good)
        log_peer("%s does not show its list of texts: %d %s", g->name, answer.status, answer.error);
    buf_free(&answer.body);
    return good;
}

static bool read_list(struct poller *p, const struct gateway *g, int64_t known_until, bool whole)
{
    p->cursor[0] = '\0';
    p->new_texts = 0;
    for (int pages = 0; pages < PAGES_MAX; pages++) {
        bool all_known = false;
        if (atomic_load(&p->run->stopping) || !fetch_page(p, g) ||
            !store_page(p, known_until, &all_known))
            return false;
        bool last = p->page.next == NULL || strlen(p->page.next) >= sizeof p->cursor;
        if (last || (all_known && !whole && p->page.n > 0))
            return true;
        snprintf(p->cursor, sizeof p->cursor, "%s", p->page.next);
    }
    return true;
}

static void put_end(struct db_params *params, const struct gateway *g, bool whole, int new_texts,
                    bool good)
{
    db_put_text(params, g->name);
    db_put_bool(params, whole);
    db_put_int4(params, new_texts);
    db_put_bool(params, good);
}

static void poll_gateway(struct poller *p, const struct gateway *g)
{
    struct db_params params = db_params_new();
    struct db_rows *rows = NULL;

    db_put_text(&params, g->name);
    if (db_open(p->db) == DB_OK && db_run(p->db, &sms_poll_begin, &params, &rows) == DB_OK &&
        db_count(rows) > 0) {
        bool whole = db_bool(rows, 0, 1);
        bool good = read_list(p, g, db_time(rows, 0, 0), whole);
        db_params_clear(&params);
        put_end(&params, g, whole, p->new_texts, good);
        db_run(p->db, &sms_poll_end, &params, NULL);
    }
    db_rows_free(rows);
    db_params_free(&params);
}

static void forget_parts(struct poller *p)
{
    time_t now = time(NULL);

    if (now - p->parts_at < 60 && now >= p->parts_at)
        return;
    p->parts_at = now;
    if (db_open(p->db) == DB_OK)
        db_run(p->db, &sms_parts_late, NULL, NULL);
}

void *poller_run(void *context)
{
    struct poller *p = wm_alloc(sizeof *p);
    struct pollfd stop;

    p->run = context;
    p->http = http_new(TEXTS_AT_ONCE, p->run->private);
    p->db = db_new(p->run->database, "wardmote_sms", "wardmote-sms poller");
    p->arena = arena_new(ARENA_MAX);
    stop = (struct pollfd){.fd = p->run->stop_fd, .events = POLLIN};
    while (!atomic_load(&p->run->stopping)) {
        for (size_t i = 0; i < p->run->routing.n; i++)
            if (p->run->routing.gateways[i]->poll != NULL)
                poll_gateway(p, p->run->routing.gateways[i]);
        forget_parts(p);
        poll(&stop, 1, 5000);
    }
    arena_free(&p->arena);
    db_free(p->db);
    http_free(p->http);
    free(p);
    return NULL;
}
