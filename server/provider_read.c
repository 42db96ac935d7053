/* provider_read.c: reads texts and receipts as each provider writes them. */
#include "server/provider_read.h"

#include "common/text_time.h"
#include "server/provider_words.h"
#include "server/request_parse.h"

/* What a reader found; NULL: missing. */
struct found {
    const char *provider, *id, *from, *to, *words, *at;
};

/* Even what cannot be read keeps as much as fits, for an officer to look at. */
static bool fill(struct arena *arena, const struct found *f, struct text_in *out)
{
    *out = (struct text_in){
        .provider = f->provider,
        .endpoint = f->to,
        .message_id = f->id,
        .from = f->from,
        .body = f->words,
        .sent_at = f->at != NULL ? text_time(f->at) : TEXT_NO_TIME,
    };
    text_in_fit(out);
    out->endpoint = text_in_endpoint(arena, out->endpoint);
    return !out->quarantine;
}

bool read_kannel_text(struct arena *arena, const struct kannel_text *k, struct text_in *out)
{
    const char *words = words_to_utf8(arena, k->words, k->charset);
    struct found f = {"kannel", k->id, k->from, k->to, words != NULL ? words : k->words, k->at};
    fill(arena, &f, out);
    out->quarantine |= k->malformed || words == NULL;
    return !out->quarantine;
}

bool read_handset_text(struct arena *arena, const struct pairs *p, struct text_in *out)
{
    struct found f = {"handset",          pairs_get(p, "id"),   pairs_get(p, "from"),
                      pairs_get(p, "to"), pairs_get(p, "body"), pairs_get(p, "sent_at")};
    return fill(arena, &f, out);
}

bool read_notify_text(struct arena *arena, const struct pairs *p, struct text_in *out)
{
    struct found f = {"notify",
                      pairs_get(p, "id"),
                      pairs_get(p, "source_number"),
                      pairs_get(p, "destination_number"),
                      pairs_get(p, "message"),
                      pairs_get(p, "date_received")};
    return fill(arena, &f, out);
}

struct word {
    const char *theirs, *ours;
};

static const char *translate_word(const struct word *words, size_t n, const char *theirs)
{
    for (size_t i = 0; theirs != NULL && i < n; i++)
        if (strcmp(words[i].theirs, theirs) == 0)
            return words[i].ours;
    return NULL;
}
#define TRANSLATE(words, theirs) translate_word(words, sizeof(words) / sizeof(*words), theirs)

/* Twilio tells no time of its own: ours stands. */
bool read_twilio_text(struct arena *arena, const struct pairs *p, struct text_in *out)
{
    struct found f = {"twilio",           pairs_get(p, "MessageSid"), pairs_get(p, "From"),
                      pairs_get(p, "To"), pairs_get(p, "Body"),       NULL};
    static const struct word answered[] = {{"STOP", "stop"}, {"START", "start"}, {"HELP", "help"}};
    bool good = fill(arena, &f, out);
    out->provider_did = TRANSLATE(answered, pairs_get(p, "OptOutType"));
    return good;
}

bool read_africastalking_text(struct arena *arena, const struct pairs *p, struct text_in *out)
{
    struct found f = {"africastalking",   pairs_get(p, "id"),   pairs_get(p, "from"),
                      pairs_get(p, "to"), pairs_get(p, "text"), pairs_get(p, "date")};
    return fill(arena, &f, out);
}

static bool read_small(const char *text, int *out)
{
    uint64_t n = 0;
    bool good = text != NULL && parse_uint(text, 255, &n);
    *out = (int)n;
    return good;
}

bool read_vonage_text(struct arena *arena, const struct pairs *p, struct text_in *out,
                      struct text_part *part)
{
    struct found f = {
        "vonage",           pairs_get(p, "messageId"), pairs_get(p, "msisdn"),
        pairs_get(p, "to"), pairs_get(p, "text"),      pairs_get(p, "message-timestamp")};
    const char *concat = pairs_get(p, "concat");
    *part = (struct text_part){.ref = pairs_get(p, "concat-ref")};
    bool good = fill(arena, &f, out);
    if (concat == NULL || strcmp(concat, "true") != 0)
        return good;
    bool fits = read_small(pairs_get(p, "concat-total"), &part->total) &&
                read_small(pairs_get(p, "concat-part"), &part->part) && part->total >= 1 &&
                part->total <= 10 && part->part >= 1 && part->part <= part->total &&
                text_in_clean(part->ref, TEXT_NUMBER_MAX) && part->ref[0] != '\0';
    if (!fits || part->total == 1)
        part->total = 0;
    out->quarantine |= !fits;
    return good && fits;
}

/* The pair that `names` says is `what`; NULL: not said, or not there. */
static const char *named(struct arena *arena, const struct pairs *p, const char *names,
                         const char *what)
{
    size_t len = strlen(what);
    for (const char *at = names; *at != '\0';) {
        size_t word = strcspn(at, " ");
        if (word > len && strncmp(at, what, len) == 0 && at[len] == '=')
            return pairs_get(p, arena_memdup(arena, at + len + 1, word - len - 1));
        at += word;
        at += strspn(at, " ");
    }
    return NULL;
}

bool read_generic_text(struct arena *arena, const struct pairs *p, const char *names,
                       struct text_in *out)
{
    struct found f = {"generic",
                      named(arena, p, names, "id"),
                      named(arena, p, names, "from"),
                      named(arena, p, names, "to"),
                      named(arena, p, names, "text"),
                      named(arena, p, names, "at")};
    bool without_to = f.to == NULL && strstr(names, "to=") == NULL;
    if (without_to)
        f.to = "";
    return fill(arena, &f, out);
}

/* --- receipts ------------------------------------------------------------------------------ */

static bool is_id(const char *id)
{
    return text_in_clean(id, TEXT_ID_MAX) && id[0] != '\0';
}

/* It says what we say. */
bool read_handset_receipt(const struct pairs *p, struct receipt *out)
{
    static const struct word words[] = {{"accepted", "accepted"},
                                        {"buffered", "buffered"},
                                        {"delivered", "delivered"},
                                        {"undelivered", "undelivered"}};
    *out = (struct receipt){.reference = pairs_get(p, "reference"),
                            .status = TRANSLATE(words, pairs_get(p, "status"))};
    return out->reference != NULL;
}

bool read_notify_receipt(const struct pairs *p, struct receipt *out)
{
    static const struct word words[] = {{"created", "accepted"},
                                        {"sending", "accepted"},
                                        {"pending", "buffered"},
                                        {"sent", "accepted"},
                                        {"delivered", "delivered"},
                                        {"permanent-failure", "undelivered"},
                                        {"temporary-failure", "undelivered"},
                                        {"technical-failure", "undelivered"}};
    *out = (struct receipt){.reference = pairs_get(p, "reference"),
                            .status = TRANSLATE(words, pairs_get(p, "status"))};
    return out->reference != NULL;
}

/* Our reference stands in the address that we told Twilio to call. */
bool read_twilio_receipt(const struct pairs *p, struct receipt *out)
{
    static const struct word words[] = {{"accepted", "accepted"},       {"queued", "accepted"},
                                        {"sending", "accepted"},        {"sent", "accepted"},
                                        {"delivered", "delivered"},     {"read", "delivered"},
                                        {"undelivered", "undelivered"}, {"failed", "undelivered"}};
    *out = (struct receipt){.reference = pairs_get(p, "ref"),
                            .status = TRANSLATE(words, pairs_get(p, "MessageStatus"))};
    return out->reference != NULL;
}

bool read_vonage_receipt(const struct pairs *p, struct receipt *out)
{
    static const struct word words[] = {{"accepted", "accepted"},   {"buffered", "buffered"},
                                        {"delivered", "delivered"}, {"expired", "undelivered"},
                                        {"failed", "undelivered"},  {"rejected", "undelivered"}};
    *out = (struct receipt){.reference = pairs_get(p, "client-ref"),
                            .id = pairs_get(p, "messageId"),
                            .status = TRANSLATE(words, pairs_get(p, "status"))};
    return out->reference != NULL || is_id(out->id);
}

bool read_africastalking_receipt(const struct pairs *p, struct receipt *out)
{
    static const struct word words[] = {{"Sent", "accepted"},        {"Submitted", "accepted"},
                                        {"Buffered", "buffered"},    {"Success", "delivered"},
                                        {"Rejected", "undelivered"}, {"Failed", "undelivered"},
                                        {"Expired", "undelivered"}};
    *out = (struct receipt){.id = pairs_get(p, "id"),
                            .status = TRANSLATE(words, pairs_get(p, "status"))};
    return is_id(out->id);
}

static bool is_word_of(const char *words, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = words; len > 0 && *at != '\0';) {
        size_t n = strcspn(at, " ");
        if (n == len && strncasecmp(at, word, len) == 0)
            return true;
        at += n;
        at += strspn(at, " ");
    }
    return false;
}

bool read_generic_receipt(struct arena *arena, const struct pairs *p, const char *names,
                          const char *delivered, const char *undelivered, struct receipt *out)
{
    const char *status = named(arena, p, names, "status");
    *out = (struct receipt){.reference = named(arena, p, names, "reference"),
                            .id = named(arena, p, names, "id")};
    if (status != NULL)
        out->status = is_word_of(delivered, status)     ? "delivered"
                      : is_word_of(undelivered, status) ? "undelivered"
                                                        : NULL;
    return out->reference != NULL || is_id(out->id);
}
