/* api_kit.c: what the provider APIs do alike. */
#include "sms/handset/api_kit.h"

#include <time.h>

#include "common/digest.h"
#include "common/log.h"
#include "common/secret.h"
#include "sms/handset/text.h"

enum { HUGE_BYTES = 4 << 20 };

bool kit_same(const char *given, const char *wanted)
{
    uint8_t x[DIGEST_LEN];
    uint8_t y[DIGEST_LEN];
    digest_sha256(given ? given : "", given ? strlen(given) : 0, x);
    digest_sha256(wanted, strlen(wanted), y);
    return given && secret_equal(x, y, DIGEST_LEN);
}

bool kit_basic(const struct request *q, const char *user, const char *password)
{
    struct buf plain = buf_new(1024);
    struct buf wanted = buf_new(2048);
    char encoded[1400];
    buf_fmt(&plain, "%s:%s", user, password);
    MUST(!plain.overflowed);
    secret_base64_text(buf_str(&plain), plain.len, encoded);
    buf_fmt(&wanted, "Basic %s", encoded);
    bool good = kit_same(q->authorization, buf_str(&wanted));
    buf_free(&plain);
    buf_free(&wanted);
    return good;
}

void kit_json(struct reply *reply, unsigned status, json_t *value)
{
    char *text = value ? json_dumps(value, JSON_COMPACT) : NULL;
    MUST(text);
    reply->status = status;
    reply->type = "application/json";
    buf_str_add(&reply->body, text);
    free(text);
    json_decref(value);
}

bool kit_number(const char *given, char out[PHONE_LEN + 1])
{
    char number[PHONE_LEN + 2];
    if (!given || strlen(given) > PHONE_LEN)
        return false;
    snprintf(number, sizeof number, "%s%s", given[0] == '+' ? "" : "+", given);
    return compose_number(number, out) && strcmp(out, number) == 0;
}

bool kit_words(const char *words)
{
    return words && words[0] && text_is_clean(words, true) &&
           gsm7_size(words).segments <= HANDSET_SEGMENTS_IN;
}

static void add_huge(struct reply *reply)
{
    reply->status = 201;
    reply->type = "application/json";
    for (int i = 0; i < HUGE_BYTES / 64; i++)
        buf_str_add(&reply->body,
                    "                                                               \n");
}

bool kit_fault(enum network_outcome outcome, struct reply *reply)
{
    switch (outcome) {
    case NETWORK_HANG:
        reply->fate = FATE_HANG;
        return true;
    case NETWORK_CLOSE:
        reply->fate = FATE_CLOSE;
        return true;
    case NETWORK_BROKEN:
        reply->status = 201;
        reply->type = "application/json";
        buf_str_add(&reply->body, "{\"id\":\"mt-");
        return true;
    case NETWORK_NO_ID:
        kit_json(reply, 201, json_object());
        return true;
    case NETWORK_REDIRECT:
        reply->status = 302;
        buf_str_add(&reply->location, "http://127.0.0.1:1/elsewhere");
        return true;
    case NETWORK_HUGE:
        add_huge(reply);
        return true;
    case NETWORK_PROXY:
        reply->status = 502;
        reply->type = "text/html; charset=utf-8";
        buf_str_add(&reply->body, "<html><h1>502 Bad Gateway</h1></html>\n");
        return true;
    case NETWORK_ACCEPTED:
    case NETWORK_REFUSED:
    case NETWORK_BLOCKED:
    case NETWORK_THROTTLED:
    case NETWORK_DAILY:
    case NETWORK_ERROR:
    case NETWORK_UNAVAILABLE:
        break;
    }
    return false;
}

void kit_mail_time(int64_t unix_ms, char out[40])
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t at = (time_t)(unix_ms / 1000);
    struct tm t;
    MUST(gmtime_r(&at, &t));
    snprintf(out, 40, "%s, %02d %s %d %02d:%02d:%02d +0000", days[t.tm_wday], t.tm_mday,
             months[t.tm_mon], t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}
