/* faults.h: the ways in which the network misbehaves on purpose. Armed for the next so many
 * texts in one direction; one fault a direction at a time. Any thread.
 *
 *   mode                a text to a phone (in)                      a text from a phone (out)
 *   delay               shown after delay_ms                        posted after delay_ms
 *   drop                accepted, never shown, no delivered receipt never posted
 *   double              shown twice                                 posted twice, same id
 *   reorder             held until the next one has passed, or for delay_ms
 *   refuse              400 rejected (Kannel: 400)                  not sent
 *   throttle            429 with Retry-After (Kannel: 503)          –
 *   error               500 and 503 in turn (Kannel: 503)           –
 *   hang_after_accept   accepted, but the answer never comes        –
 *   close_after_accept  accepted, connection closed unanswered      posted, answer not read, again
 *   broken_answer       accepted, the answer is cut short           –
 *   no_receipt          no receipts                                 –
 *   late_receipt        delivered receipt after delay_ms            –
 *   blocked             400: the phone wants nothing (Twilio 21610) –
 *   daily               429: no more today (Notify's own word)      –
 *   no_id               accepted, the answer tells no id            –
 *   huge_answer         accepted, 4 MiB of answer                   –
 *   proxy_error         accepted, 502 from something between        –
 *   redirect            302 to elsewhere                            –
 */
#ifndef WM_HANDSET_FAULTS_H
#define WM_HANDSET_FAULTS_H

#include "sms/handset/phones.h"

enum { FAULTS_COUNT_MAX = 1000, FAULTS_DELAY_MAX = 60000, FAULTS_DELAY_USUAL = 3000 };

enum fault_mode {
    FAULT_NONE,
    FAULT_DELAY,
    FAULT_DROP,
    FAULT_DOUBLE,
    FAULT_REORDER,
    FAULT_REFUSE,
    FAULT_THROTTLE,
    FAULT_ERROR,
    FAULT_HANG_AFTER_ACCEPT,
    FAULT_CLOSE_AFTER_ACCEPT,
    FAULT_BROKEN_ANSWER,
    FAULT_NO_RECEIPT,
    FAULT_LATE_RECEIPT,
    FAULT_BLOCKED,
    FAULT_DAILY,
    FAULT_NO_ID,
    FAULT_HUGE_ANSWER,
    FAULT_PROXY_ERROR,
    FAULT_REDIRECT,
    FAULT_MODES
};

struct fault {
    enum fault_mode mode;
    int delay_ms;
    int count; /* texts still to come; of a taken fault: its place, which alternates 500 and 503 */
};

struct faults *faults_new(void);
void faults_free(struct faults *faults);
void faults_arm(struct faults *faults, enum direction direction, struct fault fault);
/* What is armed, for showing. */
struct fault faults_armed(struct faults *faults, enum direction direction);
/* The fault for one text, and one text fewer to come. */
struct fault faults_take(struct faults *faults, enum direction direction);

/* False when there is no such mode. */
bool fault_mode_read(const char *name, enum fault_mode *mode);
const char *fault_mode_name(enum fault_mode mode);
/* In plain words, for the page; NULL when the mode means nothing in that direction. */
const char *fault_mode_words(enum fault_mode mode, enum direction direction);

#endif
