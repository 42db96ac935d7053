/* main.c: wardmote-handset: reads its settings, starts the network and the page, waits for a
 * signal, stops. */

#include "common/log.h"
#include "common/secret.h"
#include "common/startup.h"
#include "sms/handset/archive.h"
#include "sms/handset/faults.h"
#include "sms/handset/http.h"
#include "sms/handset/ledger.h"
#include "sms/handset/phones.h"
#include "sms/handset/timeline.h"

#define ROW(member, kind)                                                                          \
    .key = #member, .type = CONF_##kind, .offset = offsetof(struct handset_settings, member)

static const struct conf_row table[] = {
    {ROW(listen, TEXT), .min = 1, .max = 64, .initial = "127.0.0.1:8081",
     .help = "loopback address and port of the page and the provider's API; port 0: any"},
    {ROW(hook_url, TEXT), .min = 1, .max = 400, .initial = "http://127.0.0.1:8080/hooks/sms",
     .help = "the service's webhook, plain http on loopback"},
    {ROW(hook_secret, SECRET), .min = 1, .max = 200, .initial = NULL,
     .help = "what the webhook asks of a provider"},
    {ROW(token, SECRET), .min = 1, .max = 200, .initial = NULL,
     .help = "bearer token that the service must send"},
    {ROW(sms_number, TEXT), .min = 3, .max = 16, .initial = "60777",
     .help = "the service's own number"},
    {ROW(speaks, TEXT), .min = 6, .max = 14, .initial = "handset",
     .help = "format of texts to the webhook: handset, kannel, notify, twilio, vonage or "
             "africastalking"},
    {ROW(kannel_username, TEXT), .min = 0, .max = 64, .initial = "",
     .help = "user of sendsms; empty: not checked"},
    {ROW(kannel_password, SECRET), .min = 0, .max = 200, .initial = "",
     .help = "password of sendsms; empty: not checked"},
    {ROW(notify_key, SECRET), .max = 300, .initial = "", .help = "Notify: API key"},
    {ROW(notify_template, TEXT), .max = 36, .initial = "", .help = "Notify: the template's id"},
    {ROW(twilio_account, TEXT), .max = 40, .initial = "", .help = "Twilio: account SID"},
    {ROW(twilio_token, SECRET), .max = 200, .initial = "", .help = "Twilio: account's token"},
    {ROW(vonage_key, TEXT), .max = 100, .initial = "", .help = "Vonage: API key"},
    {ROW(vonage_secret, SECRET), .max = 200, .initial = "", .help = "Vonage: API secret"},
    {ROW(vonage_signature_secret, SECRET), .max = 200, .initial = "",
     .help = "Vonage: what its webhooks are signed with"},
    {ROW(africastalking_key, SECRET), .max = 200, .initial = "", .help = "Africa's Talking: key"},
    {ROW(suggestions_file, TEXT), .min = 0, .max = 400, .initial = "",
     .help = "JSON array of example texts, read at each page; empty: none"},
    {ROW(service_name, TEXT), .min = 1, .max = 40, .initial = "York votes",
     .help = "the service's name on the page"},
    {ROW(log_level, TEXT), .min = 3, .max = 5, .initial = "info", .help = STARTUP_LOG_LEVEL_HELP},
};

static const struct startup startup = {
    .name = "wardmote-handset",
    .does = "stands in for the mobile network: an SMS provider with a phone on a web page",
    .table = table,
    .rows = sizeof table / sizeof *table,
};

/* A secret becomes a header's value. */
static bool is_token(const char *secret)
{
    for (const char *c = secret; *c; c++)
        if (*c <= ' ' || *c > '~')
            return false;
    return true;
}

/* What one row of the table cannot say. */
static void check_settings(struct handset *h, struct buf *error)
{
    const struct handset_settings *s = h->settings;
    struct sockaddr_in address;
    char number[PHONE_LEN + 1];
    if (!client_address_read(s->listen, &address))
        buf_str_add(error, "listen must be a loopback address and a port, like 127.0.0.1:8081\n");
    if (!client_url_read(s->hook_url, &h->hook))
        buf_str_add(error, "hook_url must be http:// and a loopback address\n");
    else if (strchr(h->hook.path, '?'))
        buf_str_add(error, "hook_url must have no query\n");
    if (!is_token(s->hook_secret) || !is_token(s->token))
        buf_str_add(error, "hook_secret and token must be printable ASCII without blanks\n");
    enum phone_kind kind = phone_read(s->sms_number, number);
    if (kind == PHONE_INVALID || kind == PHONE_ALPHANUMERIC)
        buf_str_add(error, "sms_number must be a short code or a telephone number\n");
    if (!dialect_read(s->speaks, &h->speaks))
        buf_str_add(error, "speaks must be handset, kannel, notify, twilio, vonage or "
                           "africastalking\n");
    if (!startup_log_level(s->log_level))
        buf_str_add(error, "log_level must be err, warn, info or debug\n");
}

static void make_parts(struct handset *h)
{
    uint8_t bytes[8];
    struct buf start = buf_new(sizeof h->start - 1);
    secret_random(bytes, sizeof bytes);
    buf_hex(&start, bytes, sizeof bytes);
    memcpy(h->start, buf_str(&start), start.len + 1);
    buf_free(&start);
    h->phones = phones_new();
    h->ledger = ledger_new();
    h->archive = archive_new();
    h->faults = faults_new();
    h->timeline = timeline_new();
}

static int run(struct handset *h)
{
    sigset_t wanted;
    int status = 1;
    struct buf error = buf_new(1024);
    startup_hold_signals(&wanted);
    make_parts(h);
    struct http *http = http_start(h, &error);
    if (!http) {
        fputs(buf_str(&error), stderr);
        goto out;
    }
    timeline_start(h->timeline);
    log_info("listening on http://127.0.0.1:%u/", http_port(http));
    startup_wait(&wanted);
    atomic_store(&h->stopping, true);
    phones_stop(h->phones);
    http_stop(http);
    status = 0;
out:
    timeline_stop(h->timeline);
    faults_free(h->faults);
    ledger_free(h->ledger);
    archive_free(h->archive);
    phones_free(h->phones);
    buf_free(&error);
    return status;
}

int main(int argc, char **argv)
{
    static struct handset_settings settings;
    static struct handset h = {.settings = &settings};
    struct startup_options options;
    struct buf error = buf_new(8192);
    int status = startup_options(&startup, argc, argv, &options);
    if (status >= 0)
        return status;
    if (conf_load(table, startup.rows, &settings, options.config, &error))
        check_settings(&h, &error);
    status = startup_settings(&startup, &options, &error);
    if (status < 0)
        status = run(&h);
    buf_free(&error);
    client_url_free(&h.hook);
    return status;
}
