/* provider_read.h: texts and receipts as each provider writes them, and the signatures of those
 * who sign. Pure, any thread; strings point into the pairs or the arena.
 *
 * Sources: wardmote-handset, sms/handset/hook.h; Kannel 1.4.5 user guide ("get-url"); GOV.UK
 * Notify, docs.notifications.service.gov.uk/rest-api.html ("Callbacks"); Twilio,
 * twilio.com/docs/messaging/guides/webhook-request and usage/security; Vonage,
 * developer.vonage.com/messaging/sms ("Inbound SMS", "Signing messages"); Africa's Talking,
 * developers.africastalking.com/docs/sms/notifications. */
#ifndef WM_PROVIDER_READ_H
#define WM_PROVIDER_READ_H

#include "common/text_in.h"
#include "server/pairs.h"

/* A receipt names the text by our reference, or by the provider's id where that is NULL. */
struct receipt {
    const char *reference, *id;
    const char *status; /* ours: accepted, buffered, delivered, undelivered; NULL: says nothing */
};

/* A long text comes in parts; total 0: this is a whole one. */
struct text_part {
    const char *ref;
    int total, part;
};

/* Each fills `out` (provider, endpoint, id, number, words, time); false: authentic, perhaps, but
 * not to be read as a text. `out` is then to be kept in quarantine under the id that it got, or
 * under one made from its bytes when that is "". */
bool read_handset_text(struct arena *arena, const struct pairs *p, struct text_in *out);
bool read_notify_text(struct arena *arena, const struct pairs *p, struct text_in *out);
/* Kannel tells all in its query, within the limits of routes.c; none is NULL. `malformed`: the
 * query could not be taken apart whole. */
struct kannel_text {
    const char *id, *from, *to, *words, *charset, *at;
    bool malformed;
};
bool read_kannel_text(struct arena *arena, const struct kannel_text *k, struct text_in *out);
/* OptOutType, of a messaging service with "Advanced Opt-Out": STOP, START or HELP where Twilio took
 * the whole text for one of its keywords, replied itself, and after STOP refuses texts of ours with
 * error 21610 (twilio.com/docs/messaging/tutorials/advanced-opt-out). */
bool read_twilio_text(struct arena *arena, const struct pairs *p, struct text_in *out);
bool read_vonage_text(struct arena *arena, const struct pairs *p, struct text_in *out,
                      struct text_part *part);
bool read_africastalking_text(struct arena *arena, const struct pairs *p, struct text_in *out);
/* `names`: which pair is what, as "id=messageId from=msisdn to=to text=body at=timestamp". */
bool read_generic_text(struct arena *arena, const struct pairs *p, const char *names,
                       struct text_in *out);

/* False: it cannot be read. */
bool read_handset_receipt(const struct pairs *p, struct receipt *out);
bool read_notify_receipt(const struct pairs *p, struct receipt *out);
bool read_twilio_receipt(const struct pairs *p, struct receipt *out);
bool read_vonage_receipt(const struct pairs *p, struct receipt *out);
bool read_africastalking_receipt(const struct pairs *p, struct receipt *out);
/* `names` as above, with reference, id and status; `delivered` and `undelivered`: words that the
 * status may be, with blanks between. */
bool read_generic_receipt(struct arena *arena, const struct pairs *p, const char *names,
                          const char *delivered, const char *undelivered, struct receipt *out);

/* Twilio's X-Twilio-Signature over the address that it was told to call and all that it posts. */
bool twilio_signed(const char *token, const char *url, const struct pairs *posted,
                   const char *signature);
/* Vonage's sig: `method` is md5hash, md5, sha1, sha256 or sha512. Also says whether its timestamp
 * is within five minutes of `now` (unix seconds). */
bool vonage_signed(const char *secret, const char *method, const struct pairs *p, int64_t now);

#endif
