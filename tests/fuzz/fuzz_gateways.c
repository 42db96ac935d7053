/* fuzz_gateways.c: any bytes as a provider's answer, to a text, to a question and to a list: it is
 * judged, within bounds, and what was not read whole is never taken for good. */
#include "common/log.h"
#include "sms/gateway.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct gateway_settings settings = {.generic_accepted = "ok",
                                                 .generic_id = "a.0.id",
                                                 .generic_rejected = "400 x",
                                                 .generic_retry = "503"};
static const struct gateway_text text = {.body = "a", .since = 1795341600};

static void check_sent(const struct gateway *g, const struct http_answer *a)
{
    struct gateway_verdict v;

    g->judge_sent(&settings, a, &v);
    MUST(memchr(v.id, '\0', sizeof v.id) != NULL && memchr(v.error, '\0', sizeof v.error) != NULL);
    MUST(v.outcome != GATEWAY_ACCEPTED || (a->result == HTTP_ANSWERED && a->status < 300));
    MUST(strchr(v.id, ' ') == NULL);
}

static void check_asked(const struct gateway *g, const struct http_answer *a)
{
    char ids[GATEWAY_IDS_MAX];

    enum gateway_found found = g->judge_asked(&text, a, ids);
    MUST(memchr(ids, '\0', sizeof ids) != NULL && (found == GATEWAY_FOUND || ids[0] == '\0'));
    MUST(found == GATEWAY_NO_WORD || (a->result == HTTP_ANSWERED && a->status == 200));
}

static void check_page(const struct gateway *g, const struct http_answer *a)
{
    static struct gateway_page page;
    struct arena arena = arena_new(16 << 20);

    bool whole = g->read_page(a, &arena, &page);
    MUST(page.n <= GATEWAY_PAGE_MAX && (whole || page.n == 0));
    for (size_t i = 0; i < page.n; i++)
        MUST(page.texts[i].message_id != NULL && page.texts[i].from != NULL &&
             page.texts[i].body != NULL && page.texts[i].endpoint != NULL);
    arena_free(&arena);
}

/* The first byte chooses how the call ended, the second the status. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"kannel",  "handset", "notify",        "twilio",
                                        "generic", "vonage",  "africastalking"};
    static const int statuses[] = {200, 201, 202, 302, 400, 401, 403, 422, 429, 500, 502, 503};

    if (size < 2 || size > 65536)
        return -1;
    struct http_answer a = {.result = (enum http_result)(data[0] % 3),
                            .status = statuses[data[1] % 12],
                            .error = "x",
                            .body = buf_new(65536)};
    buf_add(&a.body, data + 2, size - 2);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct gateway *g = gateway_named(names[i]);
        check_sent(g, &a);
        if (g->can_ask)
            check_asked(g, &a);
        if (g->read_page != NULL)
            check_page(g, &a);
    }
    buf_free(&a.body);
    return 0;
}
