/* typed.h: what officers type into forms, read strictly: money, dates, times, short names. Pure,
 * any thread. Each returns false, and leaves its output alone, when the text is something else. */
#ifndef WM_TYPED_H
#define WM_TYPED_H

#include "common/buf.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TYPED_LOCAL_LEN = 19, TYPED_SHORT_NAME_MAX = 16 };

/* "£1,234.50", "1234.5", "1 234" to pence, exactly; 1 penny to £1,000,000,000. */
bool typed_money(const char *typed, int64_t *pence);
/* The same, from 0 on. */
bool typed_money_or_none(const char *typed, int64_t *pence);
/* A date ("14/12/2026", "14 12 2026", "14.12.2026", "2026-12-14") and a time ("21:00", "21:00:30",
 * "9pm", "9:30pm", "9.30 pm") to "2026-12-14 21:00:00"; `out` holds TYPED_LOCAL_LEN + 1 bytes. The
 * date exists; whether London's clocks show the time is SQL's to say. */
bool typed_date(const char *typed, char out[11]);
bool typed_time(const char *typed, char out[9]);
/* 1 to 16 characters of GSM 03.38's basic set (ETSI TS 123 038, 6.2.1), which a text message
 * carries in one septet each: without its line breaks and without the extension table. */
bool typed_short_name(const char *typed);
/* Characters, not bytes: the database counts so. */
size_t typed_length(const char *typed);

/* "1234.50": a sum (0 or more) as fields take it and files have it; the second in the arena. */
void typed_pounds_add(struct buf *out, int64_t pence);
const char *typed_pounds(struct arena *a, int64_t pence);

#endif
