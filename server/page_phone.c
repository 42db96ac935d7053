/* page_phone.c: voting with a mobile number: the number, then five digits by text. */
#include "common/phone.h"
#include "server/form.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/session.h"
#include "server/settings.h"
#include "server/store_phone.h"
#include "server/tr.h"

enum { AREAS_MAX = 200 };

/* Kept with the consent, word for word in the language in which it was read: change it, and what
 * was agreed to before stays as it was. */
static const char news_words[] =
    N_("Also text me when a vote opens where I live, the day before it closes, and when its result "
       "is out");

/* --- the number --------------------------------------------------------------------------- */
static void area_fields(struct html *h, struct request *r, const struct form_errors *e,
                        const struct phone_areas *areas)
{
    struct form_choice choices[AREAS_MAX + 1] = {
        {"", tr(r, "Choose, if you gave no postcode"), NULL, 0}};
    int n = areas->n < AREAS_MAX ? areas->n : AREAS_MAX;
    for (int i = 0; i < n; i++)
        choices[i + 1] = (struct form_choice){
            .value = areas->area[i].slug,
            .label = areas->area[i].name,
            .chosen = strcmp(areas->area[i].slug, request_field(r, "area")) == 0};
    form_input(h, e,
               &(struct form_input){.name = "postcode",
                                    .label = tr(r, "Postcode where you live"),
                                    .value = request_field(r, "postcode"),
                                    .autocomplete = "postal-code",
                                    .code = true,
                                    .width = 10});
    form_select_name(h, e, "area", tr(r, "Or your neighbourhood"), choices, n + 1);
}

static void nothing_open(struct request *r)
{
    kit_message_said(r, 200, tr(r, "Vote with your mobile number"),
                     tr(r, "No vote that is open now is cast with a mobile number. You need the "
                           "voting code from your letter."),
                     "/vote", tr(r, "How to vote"));
}

static void ask_number(struct request *r, struct db *db, const struct form_errors *e, int status)
{
    struct phone_areas areas;
    if (page_failed(r, phone_areas_load(db, &r->arena, &areas)))
        return;
    if (areas.n == 0) {
        nothing_open(r);
        return;
    }
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, "Vote with your mobile number"));
    l.has_error = e->n > 0;
    l.back_path = "/vote";
    l.back_text = tr(r, "How to vote");
    layout_begin(&h, &l);
    form_summary(&h, e);
    kit_title(&h, l.title);
    html_tr_p(&h, "We text you five digits, which you enter on the next page. One number has one "
                  "ballot in each vote. It is kept encrypted and erased after the result. Officers "
                  "see its last four digits, and all of it only for a reason that is recorded.");
    form_begin(&h, "/vote/phone");
    form_input(&h, e,
               &(struct form_input){.name = "number",
                                    .label = tr(r, "Mobile phone number"),
                                    .hint = tr(r, "For international numbers include the country "
                                                  "code"),
                                    .value = request_field(r, "number"),
                                    .type = "tel",
                                    .autocomplete = "tel",
                                    .width = 20});
    area_fields(&h, r, e, &areas);
    form_checkbox(&h, e,
                  &(struct form_box){.name = "news",
                                     .label = tr(r, news_words),
                                     .hint = trv(&r->arena, r,
                                                 "We keep your number for this until you reply "
                                                 "{prefix}STOP.",
                                                 TR_TEXT("prefix", settings.sms_prefix)),
                                     .ticked = strcmp(request_field(r, "news"), "yes") == 0});
    form_button(&h, tr(r, "Text me the digits"));
    form_end(&h);
    layout_end(&h, &l);
    response_html(r, status, &h);
}

enum handled page_phone(struct request *r, struct db *db)
{
    struct form_errors none = {.n = 0};
    ask_number(r, db, &none, 200);
    return HANDLED;
}

static const char *too_many(struct request *r)
{
    return trv(&r->arena, r, "Too many tries. Wait an hour{help}",
               TR_TEXT("help", kit_or_contact(r)));
}

enum handled page_phone_post(struct request *r, struct db *db)
{
    struct form_errors e = {.n = 0};
    char e164[PHONE_LEN + 1], id[UUID_TEXT_LEN + 1];
    enum sign_in_outcome outcome = SIGN_IN_GONE;
    const char *typed = request_field(r, "number"), *area = request_field(r, "area");
    enum phone_kind kind = phone_read(typed, e164);
    if (kind != PHONE_UK_MOBILE && kind != PHONE_OTHER)
        form_error(&e, "number",
                   *typed == '\0' ? tr(r, "Enter your mobile phone number")
                                  : tr(r, "Enter a mobile phone number, like 07700 900 982"));
    if (*area == '\0' && *request_field(r, "postcode") == '\0')
        form_error(&e, "postcode", tr(r, "Enter your postcode, or choose your neighbourhood"));
    const char *news = strcmp(request_field(r, "news"), "yes") == 0 ? tr(r, news_words) : NULL;
    if (e.n == 0 &&
        page_failed(r, sign_in_begin(db, r->language, e164, area, request_field(r, "postcode"),
                                     r->address, news, &outcome, id)))
        return HANDLED;
    if (outcome == SIGN_IN_SENT) {
        response_redirect(r, "/vote/phone/%s", id);
        return HANDLED;
    }
    if (outcome == SIGN_IN_AREA)
        form_error(&e, "area", tr(r, "We do not know that postcode: choose your neighbourhood"));
    if (outcome == SIGN_IN_WAIT)
        form_error(&e, "number", too_many(r));
    ask_number(r, db, &e, outcome == SIGN_IN_WAIT ? 429 : 422);
    if (outcome == SIGN_IN_WAIT)
        r->response.retry_after = 3600;
    return HANDLED;
}

/* --- the digits --------------------------------------------------------------------------- */
static void other_ways(struct html *h, struct request *r)
{
    html_tr_h2(h, "If no text came");
    html_tr_pv(h,
               "It may take a minute. {a}Change the number{/a}, or:", TR_LINK("a", "/vote/phone"));
    form_begin(h, arena_fmt(&r->arena, "/vote/phone/%s/again", r->segment[0]));
    html_raw(h, "<button class=\"govuk-button govuk-button--secondary\" type=\"submit\">");
    html_tr(h, "Text me new digits");
    html_raw(h, "</button>\n");
    form_end(h);
}

static void ask_digits(struct request *r, const char *error, int status)
{
    struct form_errors e = {.n = 0};
    struct html h = html_new();
    const char *here = arena_fmt(&r->arena, "/vote/phone/%s", r->segment[0]);
    struct layout l = layout_said(r, tr(r, "Enter the five digits"));
    l.here = here; /* the page of new digits can only be sent to */
    l.has_error = error != NULL;
    l.back_path = "/vote/phone";
    l.back_text = tr(r, "Change the number");
    if (error != NULL)
        form_error(&e, "digits", error);
    layout_begin(&h, &l);
    form_summary(&h, &e);
    form_begin(&h, here);
    form_input(&h, &e,
               &(struct form_input){.name = "digits",
                                    .label = tr(r, "Which five digits did we text you?"),
                                    .hint = tr(r, "They are good for ten minutes"),
                                    .inputmode = "numeric",
                                    .autocomplete = "one-time-code",
                                    .width = 5,
                                    .big_label = true});
    form_button(&h, tr(r, "Continue"));
    form_end(&h);
    other_ways(&h, r);
    layout_end(&h, &l);
    response_html(r, status, &h);
}

static void ended(struct request *r, const char *why)
{
    kit_message_said(r, 410, tr(r, "These digits are of no use any more"), why, "/vote/phone",
                     tr(r, "Enter your number again"));
}

/* The sign-in of the first segment; answers 404 and returns false when it is none. */
static bool id_of(struct request *r, uint8_t id[16])
{
    bool good = uuid_read(r->segment[0], id);
    if (!good)
        response_error(r, 404);
    return good;
}

enum handled page_phone_digits(struct request *r, struct db *db)
{
    uint8_t id[16];
    (void)db;
    if (id_of(r, id))
        ask_digits(r, NULL, 200);
    return HANDLED;
}

/* Five digits, whatever stands between them. */
static bool read_digits(const char *typed, char out[PHONE_DIGITS + 1])
{
    int n = 0;
    for (; *typed != '\0'; typed++) {
        if (*typed == ' ' || *typed == '-')
            continue;
        if (*typed < '0' || *typed > '9' || n == PHONE_DIGITS)
            return false;
        out[n++] = *typed;
    }
    out[n] = '\0';
    return n == PHONE_DIGITS;
}

enum handled page_phone_digits_post(struct request *r, struct db *db)
{
    enum sign_in_outcome outcome = SIGN_IN_ENDED;
    struct voter_session who = {0};
    char digits[PHONE_DIGITS + 1];
    uint8_t id[16];
    if (!id_of(r, id))
        return HANDLED;
    if (!read_digits(request_field(r, "digits"), digits)) {
        ask_digits(r, tr(r, "Enter the five digits from our text"), 422);
        return HANDLED;
    }
    if (page_failed(r, sign_in_check(db, r->language, id, digits, r->address, &outcome, &who)))
        return HANDLED;
    switch (outcome) {
    case SIGN_IN_GOOD:
        session_voter_start(r, who.voter, who.credential, who.generation);
        response_redirect(r, "/vote/rounds");
        break;
    case SIGN_IN_WRONG:
        ask_digits(r, tr(r, "Those are not the digits that we texted last. Look again"), 422);
        break;
    case SIGN_IN_LATE:
        ask_digits(r, tr(r, "Those digits are older than ten minutes. Have new ones texted"), 422);
        break;
    case SIGN_IN_VOID:
        ended(r, trv(&r->arena, r, "This number cannot vote{help}",
                     TR_TEXT("help", kit_or_contact(r))));
        break;
    case SIGN_IN_ENDED:
    case SIGN_IN_GONE:
    case SIGN_IN_SENT:
    case SIGN_IN_AREA:
    case SIGN_IN_WAIT:
        ended(r, tr(r, "They were used, or entered wrong three times."));
        break;
    }
    return HANDLED;
}

enum handled page_phone_again_post(struct request *r, struct db *db)
{
    enum sign_in_outcome outcome = SIGN_IN_GONE;
    uint8_t id[16];
    if (!id_of(r, id) || page_failed(r, sign_in_again(db, r->language, id, &outcome)))
        return HANDLED;
    if (outcome == SIGN_IN_SENT)
        response_redirect(r, "/vote/phone/%s", r->segment[0]);
    else if (outcome == SIGN_IN_WAIT)
        ask_digits(
            r, tr(r, "We texted you less than half a minute ago, or three times. Wait a little"),
            429);
    else
        ended(r, tr(r, "They were used, or half an hour passed."));
    if (outcome == SIGN_IN_WAIT)
        r->response.retry_after = 30;
    return HANDLED;
}
