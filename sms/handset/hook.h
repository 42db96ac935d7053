/* hook.h: our calls to the service's webhook, in the formats that it understands:
 *   handset  POST {hook}/handset      {"id","from","to","body","sent_at"}, Bearer hook_secret
 *            POST {hook}/handset/dlr  {"reference","id","status"}, Bearer hook_secret
 *   kannel   GET  {hook}/kannel?secret&id&from&to&text&coding&charset&at (Kannel user guide,
 *            sms-service get-url with %I %p %P %b %c %C %T), and GET of each text's dlr-url.
 *   notify, twilio, vonage, africastalking: as the providers do (provider_read.h of the server)
 * The timeline's thread. Results are those of client_call. */
#ifndef WM_HANDSET_HOOK_H
#define WM_HANDSET_HOOK_H

#include "sms/handset/handset.h"

struct hook_text {
    const char *id;
    const char *from; /* E.164 */
    const char *to;
    const char *body;
    int64_t at_ms;
    bool ucs2;
};

/* In the format of the setting `speaks`. `hang_up`: send it, and do not wait for the answer. */
int hook_text(struct handset *h, const struct hook_text *text, bool hang_up);
/* `status`: "accepted" or "delivered". */
int hook_receipt(struct handset *h, const char *reference, const char *id, const char *status);
/* Calls a dlr-url; `type` is Kannel's: 8 accepted by the network, 1 delivered. */
int hook_dlr_url(struct handset *h, const char *dlr_url, int type, const char *id);

/* Notify's receipt; "delivered" or "sending". */
int hook_receipt_notify(struct handset *h, const char *reference, const char *id,
                        const char *status);

/* hook_providers.c */
int hook_text_twilio(struct handset *h, const struct hook_text *text, bool hang_up);
int hook_text_vonage(struct handset *h, const struct hook_text *text, bool hang_up);
int hook_text_africastalking(struct handset *h, const struct hook_text *text, bool hang_up);
/* `callback`: the text's own StatusCallback. */
int hook_status_twilio(struct handset *h, const char *callback, const char *id, const char *status);
int hook_receipt_vonage(struct handset *h, const char *reference, const char *id,
                        const char *status);
int hook_receipt_africastalking(struct handset *h, const char *id, const char *status);

#endif
