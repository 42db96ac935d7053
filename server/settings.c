/* settings.c: the one table of what an operator may set. */
#include "server/settings.h"

#include "common/startup.h"

struct settings settings;

#define ROW(key, type, min, max, initial, help)                                                    \
    {                                                                                              \
#key, type, offsetof(struct settings, key), min, max, initial, help                        \
    }

const struct conf_row settings_table[] = {
    ROW(database, CONF_TEXT, 1, 1000, NULL,
        "libpq connection string without a user, as \"host=/run/postgresql dbname=wardmote\""),
    ROW(master_key, CONF_SECRET, 64, 64, NULL,
        "file with the master key, 64 hexadecimal digits (openssl rand -hex 32)"),
    ROW(listen, CONF_TEXT, 3, 107, "127.0.0.1:8080",
        "address and port, or unix:PATH behind a proxy (then X-Real-IP is believed)"),
    ROW(public_url, CONF_TEXT, 8, 200, NULL,
        "where residents find the service, as https://vote.york.example"),
    ROW(name, CONF_TEXT, 1, 80, "Wardmote", "the council's name, as residents know it"),
    ROW(contact, CONF_TEXT, 0, 200, "",
        "how to get help, at the foot of each page: Call 01904 000000"),
    ROW(contact_pl, CONF_TEXT, 0, 200, "", "the same on Polish pages; empty: the English line"),
    ROW(security_contact, CONF_TEXT, 0, 400, "",
        "where to report a hole, for security.txt: mailto: or https:// addresses, blanks between"),
    ROW(security_expires, CONF_TEXT, 0, 10, "",
        "the last day on which that is true, as 2027-06-30; within a year is good practice"),
    ROW(sms_number, CONF_TEXT, 0, 20, "", "number that residents text; empty: no votes by text"),
    ROW(sms_keyword, CONF_TEXT, 0, STARTUP_SMS_KEYWORD_MAX, "", STARTUP_SMS_KEYWORD_HELP),
    ROW(hook_secret, CONF_SECRET, 0, 128, "",
        "file with the secret that SMS providers' webhooks carry; empty: webhooks are refused"),
    ROW(twilio_token, CONF_SECRET, 0, 128, "",
        "file with the token of the Twilio account, which signs its webhooks"),
    ROW(vonage_signature_secret, CONF_SECRET, 0, 128, "",
        "file with Vonage's signature secret; empty: its webhooks carry hook_secret"),
    ROW(vonage_signature_method, CONF_TEXT, 3, 7, "sha256", "md5hash, md5, sha1, sha256 or sha512"),
    ROW(africastalking_addresses, CONF_TEXT, 0, 1000, "",
        "addresses that Africa's Talking may call from, blanks between; empty: any"),
    ROW(generic_text, CONF_TEXT, 0, 400, "id=id from=from to=to text=text at=at",
        "where a text's parts stand in the generic provider's webhook"),
    ROW(generic_receipt, CONF_TEXT, 0, 400, "reference=reference id=id status=status",
        "the same for its delivery receipts"),
    ROW(generic_delivered, CONF_TEXT, 0, 400, "delivered DELIVRD", "statuses of delivered texts"),
    ROW(generic_undelivered, CONF_TEXT, 0, 400, "undelivered failed rejected expired UNDELIV",
        "statuses of texts that were not delivered"),
    ROW(spool_file, CONF_TEXT, 0, 400, "",
        "file for texts that come while the database is away; empty: providers must try again"),
    ROW(count_program, CONF_TEXT, 1, 400, "wardmote-count", "path of wardmote-count"),
    ROW(demo_file, CONF_TEXT, 0, 400, "", "file written by --load-demo, shown on /demo"),
    ROW(demo, CONF_FLAG, 0, 0, "off", "demonstration: plain http on this machine only"),
    ROW(ballot_workers, CONF_NUMBER, 1, 64, "4", "threads for ballots and webhooks"),
    ROW(page_workers, CONF_NUMBER, 1, 64, "8", "threads for pages"),
    ROW(desk_workers, CONF_NUMBER, 1, 64, "4", "threads for officers"),
    ROW(lane_size, CONF_NUMBER, 1, 65536, "1024", "requests that may wait in a lane"),
    ROW(box_writers, CONF_NUMBER, 1, 16, "2", "threads that write ballots"),
    ROW(box_batch, CONF_NUMBER, 1, 1024, "256", "ballots written in one transaction"),
    ROW(connections, CONF_NUMBER, 8, 50000, "2000", "clients connected at once"),
    ROW(languages, CONF_TEXT, 2, 40, "en pl",
        "languages of residents' pages, blanks between: en, pl; ar-XB, from right to left, for "
        "tests"),
    ROW(log_level, CONF_TEXT, 3, 5, "info", STARTUP_LOG_LEVEL_HELP),
};
const size_t settings_rows = sizeof(settings_table) / sizeof(*settings_table);

bool settings_secure(void)
{
    return strncmp(settings.public_url, "https://", 8) == 0;
}

const char *settings_contact(enum language wanted, enum language *in)
{
    const char *const lines[LANGUAGES] = {[LANGUAGE_PL] = settings.contact_pl};
    bool own = lines[wanted] != NULL && *lines[wanted] != '\0';
    *in = own ? wanted : LANGUAGE_EN;
    return own ? lines[wanted] : settings.contact;
}

/* Is it one of the words of a list with blanks between? */
static bool lists(const char *words, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = words; (at = strstr(at, word)) != NULL; at += len)
        if ((at == words || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
            return true;
    return false;
}

bool settings_offer(enum language language)
{
    return language == LANGUAGE_EN || lists(settings.languages, language_tag(language));
}

bool settings_offer_beside(enum language here, enum language language)
{
    return language != here && language != LANGUAGE_AR_XB && settings_offer(language);
}

const char *settings_wrong_language(const char *languages)
{
    for (const char *at = languages; *at != '\0'; at += strspn(at, " ")) {
        char tag[12];
        enum language known;
        size_t len = strcspn(at, " ");
        snprintf(tag, sizeof tag, "%.*s", (int)len, at);
        if (len > 0 && !language_read(tag, &known))
            return at;
        at += len;
    }
    return NULL;
}
