/* settings.h: what an operator may set for wardmote-sms (settings.c holds the one table). */
#ifndef WM_SMS_SETTINGS_H
#define WM_SMS_SETTINGS_H

#include "common/conf.h"
#include "sms/run.h"

struct sms_settings {
    char *database, *master_key, *gateway, *gateway_routes, *sms_number, *sms_own_numbers,
        *sms_keyword, *dlr_url, *hook_secret;
    char *log_level;
    bool gateway_private;
    struct gateway_settings of; /* the gateways' own; sms_number and the like are copied there */
};

extern const struct conf_row sms_settings_table[];
extern const size_t sms_settings_rows;

/* Fills what the threads share; lines in `error` for what one row of the table cannot say. */
void sms_settings_check(struct sms_settings *s, struct run *run, struct buf *error);

#endif
