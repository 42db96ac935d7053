/* api_kit.h: what the provider APIs do alike (api_kit.c). Connection threads. */
#ifndef WM_HANDSET_API_KIT_H
#define WM_HANDSET_API_KIT_H

#include <jansson.h>

#include "sms/handset/api.h"
#include "sms/handset/network.h"

/* Compares digests, so that neither content nor length shows in the time taken. NULL is nothing. */
bool kit_same(const char *given, const char *wanted);
/* "Authorization: Basic" of this user and password. */
bool kit_basic(const struct request *q, const char *user, const char *password);
/* Answers with JSON; takes the reference. */
void kit_json(struct reply *reply, unsigned status, json_t *value);
/* A number in E.164, with or without its plus; false for anything else. */
bool kit_number(const char *given, char out[PHONE_LEN + 1]);
/* Words that can be sent: UTF-8, not empty, at most HANDSET_SEGMENTS_IN parts. */
bool kit_words(const char *words);
/* Faults that every provider has alike, beside the answers of its own: a hung or cut connection,
 * an answer without an id, nonsense, a redirect, megabytes. True when the reply was made. */
bool kit_fault(enum network_outcome outcome, struct reply *reply);
/* RFC 5322, as Twilio writes times: "Sun, 22 Nov 2026 10:00:00 +0000". */
void kit_mail_time(int64_t unix_ms, char out[40]);

#endif
