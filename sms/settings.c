/* settings.c: the one table of what an operator may set for wardmote-sms. */
#include "sms/settings.h"
#include "common/secret.h"
#include "common/startup.h"
#include "sms/templates.h"

#define ROW(member, kind)                                                                          \
    .key = #member, .type = CONF_##kind, .offset = offsetof(struct sms_settings, member)
#define OF(member, kind)                                                                           \
    .key = #member, .type = CONF_##kind, .offset = offsetof(struct sms_settings, of.member)

const struct conf_row sms_settings_table[] = {
    {ROW(database, TEXT), .min = 1, .max = 1000, .help = "libpq's connection string"},
    {ROW(master_key, SECRET), .min = 64, .max = 64, .help = "file: 64 hexadecimal digits"},
    {ROW(gateway, TEXT), .min = 1, .max = 160,
     .help = "who sends, by priority, with blanks between: kannel, handset, notify, twilio, "
             "generic, vonage, africastalking"},
    {ROW(gateway_routes, TEXT), .max = 400, .initial = "",
     .help = "who carries which numbers, like: +44 notify twilio; +353 twilio"},
    {ROW(gateway_private, FLAG), .initial = "off",
     .help = "providers may have addresses of private networks"},
    {ROW(sms_number, TEXT), .min = 3, .max = 16, .help = "our own number"},
    {ROW(sms_own_numbers, TEXT), .max = 400, .initial = "",
     .help = "other numbers of ours, like +447700900777, with blanks between: never replied to"},
    {ROW(sms_keyword, TEXT), .max = STARTUP_SMS_KEYWORD_MAX, .initial = "",
     .help = STARTUP_SMS_KEYWORD_HELP},
    {ROW(dlr_url, TEXT), .min = 1, .max = 400, .initial = "http://127.0.0.1:8080/hooks/sms",
     .help = "the server's webhooks, as providers reach them: for receipts"},
    {ROW(hook_secret, SECRET), .min = 1, .max = 200, .help = "file: what the webhooks ask for"},
    {OF(kannel_url, TEXT), .max = 400, .initial = "http://127.0.0.1:13013",
     .help = "base of Kannel's sendsms"},
    {OF(kannel_username, TEXT), .max = 100, .initial = "", .help = "sendsms-user"},
    {OF(kannel_password, SECRET), .max = 200, .initial = "", .help = "file: its password"},
    {OF(handset_url, TEXT), .max = 400, .initial = "http://127.0.0.1:8081",
     .help = "base of wardmote-handset"},
    {OF(handset_token, SECRET), .max = 200, .initial = "", .help = "file: bearer token"},
    {OF(notify_url, TEXT), .max = 400, .initial = "https://api.notifications.service.gov.uk",
     .help = "base of GOV.UK Notify"},
    {OF(notify_key, SECRET), .max = 300, .initial = "", .help = "file: API key"},
    {OF(notify_template, TEXT), .max = 36, .initial = "",
     .help = "id of the template whose text is ((body))"},
    {OF(notify_sender, TEXT), .max = 36, .initial = "",
     .help = "id of the text message sender; empty: the service's default"},
    {OF(twilio_url, TEXT), .max = 400, .initial = "https://api.twilio.com",
     .help = "base of Twilio's API"},
    {OF(twilio_account, TEXT), .max = 40, .initial = "", .help = "account SID, AC…"},
    {OF(twilio_user, TEXT), .max = 40, .initial = "",
     .help = "SID of an API key, SK…; empty: the account itself"},
    {OF(twilio_secret, SECRET), .max = 200, .initial = "",
     .help = "file: the API key's secret, or the account's token"},
    {OF(twilio_service, TEXT), .max = 40, .initial = "",
     .help = "messaging service SID, MG…, instead of our own number as sender"},
    {OF(vonage_url, TEXT), .max = 400, .initial = "https://rest.nexmo.com",
     .help = "base of Vonage's SMS API"},
    {OF(vonage_key, TEXT), .max = 100, .initial = "", .help = "API key"},
    {OF(vonage_secret, SECRET), .max = 200, .initial = "", .help = "file: API secret"},
    {OF(africastalking_url, TEXT), .max = 400, .initial = "https://api.africastalking.com",
     .help = "base of Africa's Talking"},
    {OF(africastalking_username, TEXT), .max = 100, .initial = "", .help = "username"},
    {OF(africastalking_key, SECRET), .max = 200, .initial = "", .help = "file: API key"},
    {OF(generic_url, TEXT), .max = 1000, .initial = "",
     .help =
         "any other provider: address, with {to} {to_digits} {from} {text} {reference} {secret}"},
    {OF(generic_headers, TEXT), .max = 1000, .initial = "",
     .help = "headers, parted by \" | \", with the same names in braces"},
    {OF(generic_type, TEXT), .max = 100, .initial = "application/json",
     .help = "content type of the body"},
    {OF(generic_body, TEXT), .max = 2000, .initial = "", .help = "body of a POST; empty: GET"},
    {OF(generic_secret, SECRET), .max = 400, .initial = "", .help = "file: {secret}"},
    {OF(generic_accepted, TEXT), .max = 200, .initial = "",
     .help = "words in a 2xx answer that took the text; empty: any"},
    {OF(generic_id, TEXT), .max = 100, .initial = "",
     .help = "where its id stands in a JSON answer, like messages.0.id; empty: nowhere"},
    {OF(generic_rejected, TEXT), .max = 100, .initial = "400 422",
     .help = "statuses that refuse a text for good"},
    {OF(generic_retry, TEXT), .max = 100, .initial = "",
     .help = "statuses of 500 and above at which the text surely was not sent"},
    {ROW(log_level, TEXT), .min = 3, .max = 5, .initial = "info", .help = STARTUP_LOG_LEVEL_HELP},
};
const size_t sms_settings_rows = sizeof sms_settings_table / sizeof *sms_settings_table;

void sms_settings_check(struct sms_settings *s, struct run *run, struct buf *error)
{
    s->of.sms_number = s->sms_number;
    s->of.dlr_url = s->dlr_url;
    s->of.hook_secret = s->hook_secret;
    run->database = s->database;
    run->sms_number = s->sms_number;
    run->sms_own_numbers = s->sms_own_numbers;
    run->sms_keyword = s->sms_keyword;
    startup_sms_keyword(s->sms_keyword, error);
    say_keyword(s->sms_keyword);
    run->private = s->gateway_private;
    run->gateway_settings = s->of;
    routing_read(s->gateway, s->gateway_routes, &run->routing, error);
    for (size_t i = 0; i < run->routing.n; i++)
        run->routing.gateways[i]->check(&run->gateway_settings, error);
    if (!secret_start(s->master_key))
        buf_str_add(error, "master_key: must be 64 hexadecimal digits\n");
    if (!startup_log_level(s->log_level))
        buf_str_add(error, "log_level: must be err, warn, info or debug\n");
}
