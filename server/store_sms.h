/* store_sms.h: what the desk asks the database about texts. Role wardmote_desk; for officers who
 * look after texts only. Words of texts never come here. Texts and lists live in the arena.
 *
 * Numbers. The server holds the master key, since its webhooks seal what providers bring, so it
 * could open any number: lists show the last four digits and drop the rest before a page sees it. A
 * whole number leaves by desk_sms_reveal alone, where the database writes officer, text and reason
 * into the audit before it hands the seal out. */
#ifndef WM_STORE_SMS_H
#define WM_STORE_SMS_H

#include "common/db.h"
#include "common/phone.h"

enum { SMS_NUMBER_MAX = 40 };

struct sms_figures {
    bool allowed;               /* false: not an officer who looks after texts; the rest is 0 */
    int64_t coming, coming_age; /* texts to be read; seconds that the oldest waits */
    int64_t going, going_age;   /* texts to be sent, without bulk and unknown ones */
    int64_t bulk, unknown;      /* bulk texts to be sent; texts of which nobody knows yet */
    int64_t letters;            /* that need somebody */
    int64_t day_pence, spent;   /* day_pence -1: no budget */
    int64_t bulk_paused_at;     /* unix microseconds, or DB_NO_TIME */
    int64_t seen_age;           /* seconds since a daemon was seen; -1: never */
};
enum db_outcome desk_sms_figures(struct db *db, int32_t officer, struct sms_figures *out);

struct sms_tally {
    int64_t sent, failed, unknown;
};
enum sms_gateway_state { SMS_READY, SMS_PAUSED, SMS_BROKEN, SMS_TRYING };
struct sms_gateway {
    const char *name;
    bool used; /* a daemon sends by it */
    enum sms_gateway_state state;
    int64_t until;                           /* DB_NO_TIME: until an officer resumes it */
    const char *why;                         /* of a pause, or "" */
    const char *price, *price_abroad, *rate; /* pence a segment, texts a second; as written */
    struct sms_tally hour, day;
    bool webhook_lost; /* within the day a text came only because a daemon asked for it */
};
struct sms_gateways {
    struct sms_gateway *one;
    int n;
};
enum db_outcome desk_sms_gateways(struct db *db, struct arena *arena, int32_t officer,
                                  struct sms_gateways *out);

struct sms_text {
    bool outward;          /* ours to somebody; else to us */
    const char *reference; /* names it on the desk, and to the provider where outward */
    int64_t at, next_at, ended_at;
    const char *state, *why, *class, *provider, *provider_id, *our_number;
    const char *masked; /* "…4567", or "" once erased */
    bool words;         /* still there: it can be replayed */
    int32_t attempts, segments;
};
struct sms_texts {
    struct sms_text *one;
    int n;
};
/* The newest hundred that need somebody. */
enum db_outcome desk_sms_letters(struct db *db, struct arena *arena, int32_t officer,
                                 struct sms_texts *out);
/* The newest fifty with a reference, ours or a provider's. */
enum db_outcome desk_sms_find(struct db *db, struct arena *arena, int32_t officer,
                              const char *reference, struct sms_texts *out);
/* The newest fifty of a whole number, as phone_read gives it. */
enum db_outcome desk_sms_find_number(struct db *db, struct arena *arena, int32_t officer,
                                     const char *e164, struct sms_texts *out);
/* The newest fifty whose number ends in `digits`, among the 20,000 numbers heard of last. */
enum db_outcome desk_sms_find_digits(struct db *db, struct arena *arena, int32_t officer,
                                     const char *digits, struct sms_texts *out);
/* One text: out->n is 1 or 0. */
enum db_outcome desk_sms_text(struct db *db, struct arena *arena, int32_t officer, bool outward,
                              const char *reference, struct sms_texts *out);

struct sms_step {
    int64_t at;
    const char *provider; /* "": a delivery receipt */
    const char *outcome;  /* "": under way */
    int32_t http_status;  /* 0: none */
    const char *error;
};
struct sms_steps {
    struct sms_step *one;
    int n;
};
/* What was done about an outward text, oldest first. */
enum db_outcome desk_sms_steps(struct db *db, struct arena *arena, int32_t officer,
                               const char *reference, struct sms_steps *out);

/* --- actions: *result is the outcome's word, "role" for other officers (schema/functions) --- */
enum db_outcome desk_sms_replay(struct db *db, struct arena *arena, int32_t officer, bool outward,
                                const char *reference, const char **result);
/* Lets an outward text rest that needs somebody. */
enum db_outcome desk_sms_drop(struct db *db, struct arena *arena, int32_t officer,
                              const char *reference, const char **result);
/* `number` gets the whole number where *result is "shown". */
enum db_outcome desk_sms_reveal(struct db *db, struct arena *arena, int32_t officer, bool outward,
                                const char *reference, const char *reason, const char **result,
                                char number[SMS_NUMBER_MAX + 1]);
/* `name` "": all bulk texts. */
enum db_outcome desk_sms_pause(struct db *db, struct arena *arena, int32_t officer,
                               const char *name, bool pause, const char **result);
enum db_outcome desk_sms_gateway(struct db *db, struct arena *arena, int32_t officer,
                                 const char *name, const char *price, const char *price_abroad,
                                 const char *rate, const char **result);
/* `day_pence` -1: no budget. */
enum db_outcome desk_sms_budget(struct db *db, struct arena *arena, int32_t officer,
                                int64_t day_pence, const char **result);

#endif
