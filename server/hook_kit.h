/* hook_kit.h: what the webhooks of all providers do alike (hook_sms.c). Workers' threads. */
#ifndef WM_HOOK_KIT_H
#define WM_HOOK_KIT_H

#include "common/text_in.h"
#include "server/provider_read.h"
#include "server/routes.h"

/* Is this the setting hook_secret? Time tells nothing. */
bool hook_secret_is(const char *given);
/* "Authorization: Bearer" with the setting hook_secret. */
bool hook_bearer_is(const struct request *r);
/* Answers 403 and counts; log lines hold nothing of the request. */
enum handled hook_refuse(struct request *r);
/* An id from the bytes, for a message without one: repeated, it is still one. Arena. */
const char *hook_id_of(struct request *r, const char *bytes, size_t len);
/* Puts the text into the box (text_box.h), which answers the request when it is kept. Its strings
 * must live as long as the request. A text without an id gets one made from the request's bytes. */
enum handled hook_take_text(struct request *r, struct text_in *text);
/* The same for one part of a long text, which is joined when all parts are there. */
enum handled hook_take_part(struct request *r, struct db *db, struct text_in *text,
                            const struct text_part *part);
/* A receipt that cannot be read is dropped: the text's outcome is settled without it. */
enum handled hook_take_receipt(struct request *r, struct db *db, const char *provider,
                               bool readable, const struct receipt *receipt);
/* Query and body of a webhook that calls by GET or POST. False: not to be taken apart. */
bool hook_pairs(struct request *r, struct pairs *p);

#endif
