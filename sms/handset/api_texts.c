/* api_texts.c: the test API: send a text from a phone, read its screen, read the counters. */
#include "common/log.h"
#include "sms/handset/api.h"
#include "sms/handset/faults.h"
#include "sms/handset/fields.h"
#include "sms/handset/moment.h"
#include "sms/handset/text.h"
#include "sms/handset/timeline.h"

enum { WAIT_MAX_MS = 10000 };

void api_live(struct handset *h, struct request *q, struct reply *reply)
{
    (void)h;
    (void)q;
    reply_text(reply, 200, "ok\n");
}

void api_post_text(struct handset *h, struct request *q, struct reply *reply)
{
    const char *from = NULL;
    const char *to = NULL;
    const char *body = NULL;
    char id[HANDSET_ID_LEN + 1];
    const struct field fields[] = {
        {.name = "from", .required = true, .text = &from, .max = 40},
        {.name = "to", .text = &to, .max = PHONE_LEN},
        {.name = "body", .required = true, .text = &body, .max = HANDSET_BODY_MAX},
    };
    if (!fields_read(q, fields, sizeof fields / sizeof fields[0], reply))
        return;
    const char *problem = compose(h, from, to, body, q->arena, id);
    if (problem) {
        reply_error(reply, 400, "not_sent", problem);
        return;
    }
    reply->status = 202;
    reply->type = "application/json";
    buf_fmt(&reply->body, "{\"id\":\"%s\"}\n", id);
}

static void write_text(void *context, const struct text *text)
{
    struct buf *out = context;
    char at[MOMENT_TEXT_LEN + 1];
    struct buf meta = buf_new(256);
    moment_text(text->at_ms, at);
    text_meta(text, &meta);
    if (out->data[out->len - 1] != '[')
        buf_char(out, ',');
    buf_fmt(out, "{\"id\":\"%s\",\"seq\":%llu,\"direction\":\"%s\",\"at\":\"%s\",\"state\":\"%s\",",
            text->id, (unsigned long long)text->seq,
            text->direction == DIRECTION_OUT ? "out" : "in", at, text_state_name(text->state));
    buf_fmt(out, "\"segments\":%zu,\"characters\":%zu,\"encoding\":\"%s\",\"body\":",
            text->size.segments, text->size.units,
            text->size.alphabet == ALPHABET_UCS2 ? "ucs2" : "gsm7");
    text_json(out, text->body);
    buf_str_add(out, ",\"meta\":");
    text_json(out, buf_str(&meta));
    buf_char(out, '}');
    buf_free(&meta);
}

/* Absent reads as 0. */
static bool read_count(const struct params *query, const char *name, uint64_t max, uint64_t *out)
{
    const char *value = params_get(query, name);
    *out = 0;
    return !value || parse_uint(value, max, out);
}

void api_get_conversation(struct handset *h, struct request *q, struct reply *reply)
{
    char number[PHONE_LEN + 1];
    uint64_t after, wait;
    const char *typed = params_get(&q->query, "number");
    if (!typed || !compose_number(typed, number) ||
        !read_count(&q->query, "after", INT64_MAX, &after) ||
        !read_count(&q->query, "wait", WAIT_MAX_MS, &wait)) {
        reply_error(reply, 400, "bad_query", "Ask with ?number=07700900123&after=0&wait=0.");
        return;
    }
    if (wait > 0)
        phones_wait(h->phones, number, after, (int)wait);
    reply->status = 200;
    reply->type = "application/json";
    buf_fmt(&reply->body, "{\"number\":\"%s\",\"messages\":[", number);
    uint64_t version = phones_each(h->phones, number, write_text, &reply->body);
    buf_fmt(&reply->body, "],\"version\":%llu}\n", (unsigned long long)version);
}

void api_get_stats(struct handset *h, struct request *q, struct reply *reply)
{
    (void)q;
    size_t numbers, texts;
    phones_size(h->phones, &numbers, &texts);
    reply->status = 200;
    reply->type = "application/json";
    buf_char(&reply->body, '{');
    for (int i = 0; i < STATS; i++)
        buf_fmt(&reply->body, "\"%s\":%llu,", stats_name((enum stat)i),
                (unsigned long long)stats_get(h, (enum stat)i));
    buf_fmt(&reply->body, "\"phones\":%zu,\"texts\":%zu,\"waiting\":%d}\n", numbers, texts,
            timeline_waiting(h->timeline));
}

static void write_fault(struct buf *out, const char *name, struct fault fault)
{
    buf_fmt(out, "\"%s\":{\"mode\":\"%s\",\"count\":%d,\"delay_ms\":%d}", name,
            fault_mode_name(fault.mode), fault.count, fault.delay_ms);
}

void api_get_faults(struct handset *h, struct request *q, struct reply *reply)
{
    (void)q;
    reply->status = 200;
    reply->type = "application/json";
    buf_char(&reply->body, '{');
    write_fault(&reply->body, "in", faults_armed(h->faults, DIRECTION_IN));
    buf_char(&reply->body, ',');
    write_fault(&reply->body, "out", faults_armed(h->faults, DIRECTION_OUT));
    buf_str_add(&reply->body, "}\n");
}

void api_post_faults(struct handset *h, struct request *q, struct reply *reply)
{
    const char *mode = NULL;
    const char *direction = NULL;
    struct fault fault = {.count = 1, .delay_ms = FAULTS_DELAY_USUAL};
    const struct field fields[] = {
        {.name = "mode", .required = true, .text = &mode, .max = 32},
        {.name = "direction", .text = &direction, .max = 3},
        {.name = "count", .number = &fault.count, .max = FAULTS_COUNT_MAX},
        {.name = "delay_ms", .number = &fault.delay_ms, .max = FAULTS_DELAY_MAX},
    };
    if (!fields_read(q, fields, sizeof fields / sizeof fields[0], reply))
        return;
    bool out = direction && strcmp(direction, "out") == 0;
    bool in = direction && strcmp(direction, "in") == 0;
    enum direction which = out ? DIRECTION_OUT : DIRECTION_IN;
    if (!fault_mode_read(mode, &fault.mode) || (direction && !in && !out) || fault.count < 1 ||
        !fault_mode_words(fault.mode, which)) {
        reply_error(reply, 400, "bad_fault", "There is no such fault in that direction.");
        return;
    }
    if (!direction && fault.mode == FAULT_NONE)
        faults_arm(h->faults, DIRECTION_OUT, fault);
    faults_arm(h->faults, which, fault);
    api_get_faults(h, q, reply);
}
