/* say_when.h: moments as texts say them. The database gives them in the time of York, which it
 * knows best: "2026-12-14 21:00" (api.sms_when). Pure, any thread. */
#ifndef WM_SMS_SAY_WHEN_H
#define WM_SMS_SAY_WHEN_H

#include "common/language.h"

/* "9pm Mon 14 Dec", "9.30am Mon 1 Jun", "midday Sat 3 Jan"; midnight, which belongs to two days, as
 * "the end of Sun 14 Jun". In Polish "pn 14 gru 21:00", and 24:00 of the day that ends. What is no
 * moment says nothing. */
void say_when(struct buf *out, enum language language, const char *local);
/* Its hour alone: "3pm", "midday", "midnight"; in Polish "15:00" and "24:00". */
void say_hour(struct buf *out, enum language language, const char *local);

#endif
