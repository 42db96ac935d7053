/* api.h: handlers of the provider APIs and of the test API. Connection threads.
 *
 * Provider API "handset": bearer token; POST /v1/messages {"to","from","body","reference"} →
 * 201 {"id","status":"accepted"}; GET /v1/messages?reference=… → 200 {"messages":[{"id",
 * "status"}]}; errors {"error":{"code","message"}} with 400, 401, 429 (Retry-After), 500, 503.
 *
 * Kannel's sendsms (user guide, "Using the HTTP interface"; answers as measured from 1.4.5):
 * GET /cgi-bin/sendsms?username&password&from&to&text&coding&charset&dlr-mask&dlr-url.
 *
 * Test API, no token, for the page and for tests:
 *   POST /api/texts {"from","to"?,"body"} → 202 {"id"}
 *   GET  /api/conversation?number&after&wait → {"number","version","messages":[{"id","seq",
 *        "direction","body","at","state","segments","characters","encoding","meta"}]};
 *        with `after` (a version) it waits up to `wait` ms (at most 10,000) for a newer one
 *   GET  /api/stats
 *   POST /api/faults {"mode","direction"?,"count"?,"delay_ms"?}; GET /api/faults
 * Directions are seen from the phone: "in" arrives on it (the default), "out" leaves it. */
#ifndef WM_HANDSET_API_H
#define WM_HANDSET_API_H

#include "sms/handset/http.h"
#include "sms/handset/phones.h"

void api_live(struct handset *h, struct request *request, struct reply *reply);
void api_post_message(struct handset *h, struct request *request, struct reply *reply);
void api_get_messages(struct handset *h, struct request *request, struct reply *reply);
void api_sendsms(struct handset *h, struct request *request, struct reply *reply);
/* GOV.UK Notify, Twilio, Vonage and Africa's Talking: api_notify.c and so on, each with where its
 * format is written down. */
void api_notify_send(struct handset *h, struct request *request, struct reply *reply);
void api_notify_list(struct handset *h, struct request *request, struct reply *reply);
void api_notify_received(struct handset *h, struct request *request, struct reply *reply);
void api_twilio_send(struct handset *h, struct request *request, struct reply *reply);
void api_twilio_list(struct handset *h, struct request *request, struct reply *reply);
void api_vonage_send(struct handset *h, struct request *request, struct reply *reply);
void api_africastalking_send(struct handset *h, struct request *request, struct reply *reply);
void api_post_text(struct handset *h, struct request *request, struct reply *reply);
void api_get_conversation(struct handset *h, struct request *request, struct reply *reply);
void api_get_stats(struct handset *h, struct request *request, struct reply *reply);
void api_post_faults(struct handset *h, struct request *request, struct reply *reply);
void api_get_faults(struct handset *h, struct request *request, struct reply *reply);

/* compose.c: a text from a phone, as typed. Returns NULL and sends it, or what is wrong with it
 * in the sender's words. `number` NULL: not given. */
const char *compose(struct handset *h, const char *number, const char *to, const char *body,
                    struct arena *arena, char id[HANDSET_ID_LEN + 1]);
/* A phone's number as typed, to E.164; false when it is none. */
bool compose_number(const char *typed, char out[PHONE_LEN + 1]);

#endif
