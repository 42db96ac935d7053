/* fuzz_server_hooks.c: any bytes from any provider: taken apart within bounds, read as a text, a
 * part and a receipt of each, and checked for a signature. */
#include "common/log.h"
#include "common/utf8.h"
#include "server/provider_read.h"
#include "server/request_parse.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BODY_MAX = 16384 };

/* What a reader calls readable fits the inbox's columns. */
static void check_text(bool good, const struct text_in *t)
{
    MUST(good == !t->quarantine && t->body_len <= TEXT_BODY_MAX);
    MUST(strlen(t->message_id) <= 200 && strlen(t->endpoint) <= 40 && strlen(t->from) <= 40);
    MUST(utf8_valid(t->message_id, strlen(t->message_id)) &&
         utf8_valid(t->endpoint, strlen(t->endpoint)));
    MUST(!good ||
         (t->message_id[0] != '\0' && t->from[0] != '\0' && utf8_valid(t->body, t->body_len)));
}

static void check_receipt(bool good, const struct receipt *r)
{
    MUST(!good || r->reference != NULL || (r->id != NULL && strlen(r->id) <= 200));
}

static void read_all(struct arena *arena, const struct pairs *p)
{
    struct text_in t;
    struct text_part part;
    struct receipt r;
    check_text(read_notify_text(arena, p, &t), &t);
    check_text(read_twilio_text(arena, p, &t), &t);
    check_text(read_africastalking_text(arena, p, &t), &t);
    check_text(read_generic_text(arena, p, "id=a from=b to=c text=d at=e", &t), &t);
    bool good = read_vonage_text(arena, p, &t, &part);
    check_text(good, &t);
    MUST(!good || part.total == 0 ||
         (part.total >= 2 && part.total <= 10 && part.part >= 1 && part.part <= part.total));
    check_receipt(read_notify_receipt(p, &r), &r);
    check_receipt(read_twilio_receipt(p, &r), &r);
    check_receipt(read_vonage_receipt(p, &r), &r);
    check_receipt(read_africastalking_receipt(p, &r), &r);
    check_receipt(read_generic_receipt(arena, p, "id=a status=b", "x y", "z", &r), &r);
    MUST(!twilio_signed("token", "https://vote.example/x", p, "no"));
    MUST(!vonage_signed("secret", "sha256", p, 1795341600));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pairs p;
    if (size > BODY_MAX)
        return -1;
    struct arena arena = arena_new(1 << 20); /* no more than a request has (server/httpd.c) */
    char *body = arena_memdup(&arena, data, size);
    p.n = 0;
    pairs_add_body(&p, &arena, body, size);
    MUST(p.n <= PAIRS_MAX);
    read_all(&arena, &p);
    arena_free(&arena);
    return 0;
}
