/* fuzz_server_kannel.c: what Kannel may say in its query, in any bytes and any character set it
 * names: read within bounds, and what is called readable fits the inbox. */
#include "common/log.h"
#include "common/utf8.h"
#include "server/provider_read.h"
#include "server/request_parse.h"
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FIELDS = 6 };

/* The six fields, a line each, as long as routes.c lets them be. */
static void split(struct arena *arena, const uint8_t *data, size_t size, const char *field[FIELDS])
{
    static const size_t most[FIELDS] = {200, 40, 40, 40, 40, TEXT_BODY_MAX};
    const char *at = (const char *)data, *end = at + size;
    for (int i = 0; i < FIELDS; i++) {
        const char *stop = i < FIELDS - 1 ? memchr(at, '\n', (size_t)(end - at)) : end;
        size_t len = (size_t)((stop != NULL ? stop : end) - at);
        char *copy = arena_alloc(arena, len + 1);
        memcpy(copy, at, len);
        copy[len < most[i] ? len : most[i]] = '\0';
        field[i] = copy;
        at += len + (stop != NULL && stop < end);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *field[FIELDS];
    struct text_in t;
    if (size == 0 || size > TEXT_BODY_MAX)
        return -1;
    struct arena arena = arena_new(1 << 20); /* no more than a request has (server/httpd.c) */
    split(&arena, data, size, field);
    struct kannel_text said = {.id = field[0],
                               .from = field[1],
                               .to = field[2],
                               .charset = field[3],
                               .at = field[4],
                               .words = field[5],
                               .malformed = size % 16 == 0};
    bool good = read_kannel_text(&arena, &said, &t);
    MUST(good == !t.quarantine && strlen(t.message_id) <= 200 && strlen(t.endpoint) <= 40 &&
         t.body_len <= TEXT_BODY_MAX);
    MUST(utf8_valid(t.message_id, strlen(t.message_id)) &&
         utf8_valid(t.endpoint, strlen(t.endpoint)));
    MUST(!good || (t.from[0] != '\0' && utf8_valid(t.body, t.body_len)));
    arena_free(&arena);
    return 0;
}
