/* audit_fields.c: the record of what officers did, in everybody's words: fields and their values.
 */
#include "server/audit_words.h"

#include "server/decision_show.h"
#include "server/delivery_show.h"
#include "server/desk_sms_view.h"
#include "server/edition_tag.h"
#include "server/layout.h"
#include "server/page_kit.h"
#include "server/roles.h"
#include "server/round_form.h"
#include "server/typed.h"

/* As api.audit_told has them: between parts of a list, and before a moment or a day. */
enum { LIST = 29, CLOCK = 28 };

/* The fields, as forms call them; `of` is the thing that has it, NULL: a fact, or any. The first
 * that fits counts. */
static const struct {
    const char *of, *field, *name;
} FIELDS[] = {
    {"round", "about", "What this vote is about"},
    {NULL, "about", "Words of yours on the first page"},
    {NULL, "adopt_reason", "Why without a vote"},
    {NULL, "adopted", "Adopted"},
    {NULL, "amount", "Amount"},
    {NULL, "area", "Area"},
    {NULL, "areas", "Areas"},
    {NULL, "at", "Becomes public"},
    {NULL, "ballots", "Ballots"},
    {NULL, "banner", "Notice on every page for residents"},
    {NULL, "banner_until", "Last day of the notice"},
    {NULL, "beside", "Beside voting code"},
    {NULL, "blank_allowed", "May a ballot be left blank?"},
    {NULL, "body", "In full"},
    {NULL, "bulk_paused_at", "Bulk texts paused"},
    {NULL, "cap_percent", "Largest share of its pot for one proposal, in per cent"},
    {NULL, "carry", "Does money that a pot leaves go on to the next pot?"},
    {NULL, "check_result", "Result of the check"},
    {NULL, "checked_on", "Day of the check"},
    {NULL, "closes_at", "Closes"},
    {NULL, "codes", "Voting codes"},
    {NULL, "codes_per_address", "Codes for each address"},
    {NULL, "colour", "The council’s colour"},
    {"idea", "cost", "Our estimate"},
    {NULL, "cost", "Cost"},
    {NULL, "day", "Day of the check"},
    {NULL, "day_pence", "Budget for a day"},
    {NULL, "decision", "Decision"},
    {NULL, "disabled_at", "Account closed"},
    {NULL, "due", "Day on which it is checked"},
    {NULL, "edition", "Agreement"},
    {NULL, "edition_id", "Agreement put to the vote"},
    {NULL, "eligibility", "How people prove that they may vote"},
    {NULL, "email", "Email address"},
    {NULL, "entered", "Entered"},
    {NULL, "error", "Why it was not sent"},
    {NULL, "evidence", "Evidence"},
    {NULL, "extra_cap", "Extra codes that a clerk may issue at an address"},
    {NULL, "files", "SHA-256 of the files of the count"},
    {NULL, "grace", "Minutes to wait for late texts"},
    {NULL, "granted", "Granted"},
    {NULL, "in_return", "What residents do in return"},
    {NULL, "instead_of", "Instead of"},
    {NULL, "into", "Into"},
    {"round", "kind", "How people vote"},
    {NULL, "kind", "Kind"},
    {NULL, "language", "Language"},
    {NULL, "lat", "Latitude"},
    {NULL, "lon", "Longitude"},
    {"pot", "max_picks", "Most choices"},
    {NULL, "max_picks", "Most proposals that a person may choose"},
    {NULL, "measure", "How it is measured"},
    {"pot", "min_picks", "Fewest choices"},
    {NULL, "min_picks", "Fewest proposals that a person chooses"},
    {NULL, "minimum_age", "Youngest age"},
    {NULL, "minimum_votes", "Votes needed at least"},
    {NULL, "name", "Name"},
    {NULL, "neighbourhood_id", "Area"},
    {NULL, "note", "What should change"},
    {NULL, "number", "Proposal"},
    {NULL, "occasion", "Occasion"},
    {NULL, "officer_id", "Who looks after it"},
    {NULL, "opens_at", "Opens"},
    {NULL, "parts", "Parts"},
    {NULL, "paused_until", "Paused until"},
    {NULL, "place", "Where"},
    {NULL, "pledge", "Pledge"},
    {NULL, "points_max", "Most points to one proposal"},
    {NULL, "points_sum", "Points that each person shares out"},
    {NULL, "postcodes", "Postcodes"},
    {NULL, "pot", "Pot"},
    {NULL, "pots", "Amounts of pots"},
    {NULL, "price", "Pence a segment in the UK"},
    {NULL, "price_abroad", "Pence a segment abroad"},
    {NULL, "privacy", "Who is responsible for data, on the page on privacy"},
    {NULL, "promise", "Promise"},
    {NULL, "proposals", "Proposals"},
    {NULL, "provider", "Provider"},
    {NULL, "provisional_days", "Days for which the result can be challenged"},
    {NULL, "rate", "Texts a second, at most"},
    {NULL, "reason", "Reason"},
    {NULL, "reconciled_at", "Reconciled"},
    {NULL, "register", "List"},
    {NULL, "residence", "What people declare about their home"},
    {NULL, "result", "Result of the check"},
    {NULL, "retired_at", "Retired"},
    {NULL, "return_to", "Where residents hand it in"},
    {NULL, "review_on", "Day of its review"},
    {NULL, "role", "Role"},
    {NULL, "roles", "Roles"},
    {NULL, "round", "Round"},
    {NULL, "rows", "Rows"},
    {NULL, "rule", "How projects are counted"},
    {NULL, "rule_parameters", "More on how projects are counted"},
    {NULL, "rules_sha256", "SHA-256 of the rules"},
    {NULL, "sessions", "Sign-ins ended"},
    {NULL, "sha256", "SHA-256 of the file"},
    {NULL, "short_name", "Short name"},
    {NULL, "spent", "Spent so far, in all"},
    {NULL, "spoilt", "Spoilt ballots"},
    {NULL, "standard", "Standard"},
    {NULL, "state", "State"},
    {NULL, "summary", "In one or two sentences"},
    {NULL, "theme", "Theme"},
    {NULL, "title", "Title"},
    {NULL, "to", "Who looks after it"},
    {NULL, "version", "Version"},
    {NULL, "voters", "Voters"},
    {NULL, "was", "State before"},
    {NULL, "who", "Who answered"},
};

/* Codes of values that forms show as words. `field` NULL: a state, of whatever has one. */
static const struct {
    const char *field, *code, *words;
} VALUES[] = {
    {"kind", "extension", "Voting closes later"},
    {"kind", "withdrawal", "A proposal is withdrawn"},
    {"kind", "void_ballot", "A ballot is declared void"},
    {"kind", "void_code", "A voting code is void"},
    {"rule", "greedy", "Most votes first"},
    {"rule", "greedy-points-raw", "Most points first"},
    {"rule", "greedy-borda-raw", "Best ranked first"},
    {"rule", "greedy-density", "Most for the money first"},
    {"rule", "greedy-points", "Most for the money first"},
    {"rule", "greedy-borda", "Most for the money first"},
    {"rule", "mes", "Equal shares"},
    {"rule", "phragmen", "Phragmén’s rule"},
    {"rule", "yes-no", "Yes or no"},
    {"rule_parameters", "utility cost", "a project counts by its cost"},
    {"rule_parameters", "utility card", "every project counts the same"},
    {"rule_parameters", "utility points", "a project counts by its points"},
    {"rule_parameters", "utility borda", "a project counts by its place"},
    {"rule_parameters", "comparison greedy", "or votes alone, if more people get more by that"},
    {"rule_parameters", "completion add1u", "shares are raised, then votes decide"},
    {"rule_parameters", "completion add1", "shares are raised"},
    {"rule_parameters", "completion util", "votes decide on what is left"},
    {"rule_parameters", "completion none", "what is left is not spent"},
    {"result", "met", "Met"},
    {"result", "partly", "Partly met"},
    {"result", "not_met", "Not met"},
    {"check_result", "met", "Met"},
    {"check_result", "partly", "Partly met"},
    {"check_result", "not_met", "Not met"},
    {"occasion", "opened", "Voting is open"},
    {"occasion", "closing", "Voting ends soon"},
    {"occasion", "result", "The result is out"},
    {"language", "pl", "Polish"},
    {NULL, "review", "In review"},
    {NULL, "approved", "Approved"},
    {NULL, "scheduled", "Scheduled"},
    {NULL, "counted", "Counted"},
    {NULL, "result_review", "Result in review"},
    {NULL, "published", "Published"},
    {NULL, "archived", "Archived"},
    {NULL, "withdrawn", "Withdrawn"},
    {NULL, "drafted", "Not answered"},
    {NULL, "accepted", "Accepted"},
    {NULL, "amended", "Amended"},
    {NULL, "declined", "Declined"},
    {NULL, "sent", "To be read"},
    {NULL, "asked", "Asked"},
    {NULL, "shortlisted", "Shortlisted"},
    {NULL, "merged", "Merged"},
    {NULL, "refused", "Refused"},
    {NULL, "dead", "Given up"},
    {NULL, "held", "Held"},
    {NULL, "unknown", "Unknown"},
    {NULL, "undelivered", "Not delivered"},
    {NULL, "expired", "Too late"},
    {NULL, "cancelled", "Not sent"},
};

/* "pot 1 amount" in three; a fact is only a field. */
struct parts {
    const char *field;
    size_t of;          /* letters of the thing */
    const char *number; /* letters `numbers` from here on */
    size_t numbers;
};

static struct parts parts_of(const char *what)
{
    const char *last = strrchr(what, ' ');
    if (last == NULL)
        return (struct parts){.field = what};
    struct parts p = {.field = last + 1, .of = strcspn(what, " ")};
    if (what + p.of < last) {
        p.number = what + p.of + 1;
        p.numbers = (size_t)(last - p.number);
    }
    return p;
}

static const char *field_name(struct arena *arena, const char *what)
{
    struct parts p = parts_of(what);
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++) {
        const char *of = FIELDS[i].of;
        if (strcmp(FIELDS[i].field, p.field) != 0 ||
            (of != NULL && (strlen(of) != p.of || strncmp(of, what, p.of) != 0)))
            continue;
        return p.numbers == 0 ? FIELDS[i].name
                              : arena_fmt(arena, "%s of %.*s %.*s", FIELDS[i].name, (int)p.of, what,
                                          (int)p.numbers, p.number);
    }
    return what;
}

/* "title (pl)": of a translation, as its form calls it. */
const char *audit_field(struct arena *arena, const char *what)
{
    const char *open = strstr(what, " (");
    size_t len = strlen(what);
    enum language language;
    if (open == NULL || what[len - 1] != ')')
        return field_name(arena, what);
    const char *field = arena_fmt(arena, "%.*s", (int)(open - what), what);
    const char *tag = arena_fmt(arena, "%.*s", (int)(what + len - open) - 3, open + 2);
    return arena_fmt(arena, "%s (%s)", field_name(arena, field),
                     language_read(tag, &language) ? language_name(language) : tag);
}

static bool is_money(const char *field)
{
    static const char *const all[] = {"amount", "cost", "day_pence", "pots", "spent"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (strcmp(all[i], field) == 0)
            return true;
    }
    return false;
}

static bool is_state(const char *field)
{
    return strcmp(field, "state") == 0 || strcmp(field, "was") == 0;
}

/* What the forms of rounds and decisions, or the page of a text, call it; NULL: it is not theirs.
 */
static const char *form_words(const char *field, const char *code)
{
    if (strcmp(field, "kind") == 0)
        return form_choice_label(round_kinds, ROUND_KINDS, code);
    if (strcmp(field, "eligibility") == 0)
        return form_choice_label(round_ways, ROUND_WAYS, code);
    if (strcmp(field, "residence") == 0)
        return form_choice_label(round_places, ROUND_PLACES, code);
    if (strcmp(field, "error") == 0)
        return desk_sms_reason(code);
    return strcmp(field, "decision") == 0 ? decision_word(code) : NULL;
}

static const char *words_of(const char *field, const char *code)
{
    const char *words = form_words(field, code);
    if (words != NULL)
        return words;
    for (size_t i = 0; i < sizeof VALUES / sizeof *VALUES; i++) {
        const char *of = VALUES[i].field;
        if (strcmp(VALUES[i].code, code) == 0 &&
            (of != NULL ? strcmp(of, field) == 0 : is_state(field)))
            return VALUES[i].words;
    }
    if (!is_state(field))
        return code;
    const char *delivery = delivery_state_words(code), *edition = edition_tag_words(code);
    return *delivery != '\0' ? delivery : *edition != '\0' ? edition : code;
}

/* "ward_officer Holgate": the role, and where. */
static void role(struct html *h, const char *text)
{
    char key[32];
    size_t len = strcspn(text, " ");
    snprintf(key, sizeof key, "%.*s", (int)len, text);
    const struct role *known = role_of(key);
    html_text(h, known != NULL ? known->name : key);
    if (text[len] != '\0')
        html_textf(h, " (%s)", text + len + 1);
}

static void one(struct html *h, const char *field, const char *text)
{
    int64_t n = 0;
    char when[64];
    if (text[0] == CLOCK && text[1] != '\0' && parse_int(text + 2, INT64_MIN, INT64_MAX, &n)) {
        if (text[1] == 'd')
            when_date(n, when);
        else
            when_text(when_minute(n), when);
        html_text(h, when);
    } else if (is_money(field) && parse_int(text, 0, INT64_MAX, &n)) {
        html_money(h, n);
    } else if (strcmp(field, "role") == 0 || strcmp(field, "roles") == 0) {
        role(h, text);
    } else {
        html_text(h, words_of(field, text));
    }
}

void audit_value(struct html *h, const char *what, const char *value)
{
    struct parts p = parts_of(what);
    char part[400];
    if (*value == '\0')
        html_raw(h, "nothing");
    for (bool first = true; *value != '\0'; first = false) {
        size_t len = strcspn(value, (const char[]){LIST, '\0'});
        if (!first)
            html_raw(h, ", ");
        snprintf(part, sizeof part, "%.*s", (int)len, value);
        one(h, p.field, first && value[len] == '\0' ? value : part);
        value += len + (value[len] == LIST);
    }
}
