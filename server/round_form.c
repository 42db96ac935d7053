/* round_form.c: reads a round's form, and says what is wrong in the officer's words. */
#include "server/round_form.h"

#include "server/typed.h"

enum { NAME_CHARS_MAX = 80, TITLE_CHARS_MAX = 120, ABOUT_CHARS_MAX = 4000, PICKS_MAX = 60 };

const char *round_pot_field(int i, enum pot_field field)
{
#define POT(n)                                                                                     \
    {                                                                                              \
        "pot" #n "_name", "pot" #n "_amount", "pot" #n "_min", "pot" #n "_max"                     \
    }
    static const char *const names[DESK_POTS_MAX][POT_FIELDS] = {POT(1), POT(2), POT(3),
                                                                 POT(4), POT(5), POT(6)};
#undef POT
    return names[i][field];
}

const struct form_choice round_kinds[ROUND_KINDS] = {
    {"knapsack", "Fill the pot", "People choose any proposals whose costs fit the pot together",
     false},
    {"approval", "Choose a number", "People choose up to so many proposals, whatever they cost",
     false},
    {"points", "Share out points", "People give points to proposals, more to what matters more",
     false},
    {"ranking", "Put in order", "People rank the proposals that they want, the best first", false},
    {"yes_no", "Yes or no", "People say whether a proposed neighbourhood agreement is adopted",
     false},
};

const struct form_choice round_ways[ROUND_WAYS] = {
    {"code", "A voting code from a letter", NULL, false},
    {"phone", "A mobile number", "One ballot for each number", false},
    {"register", "A list that the council imported", "With codes, mobile numbers or both", false},
    {"practice", "Nobody: this is practice",
     "You make ballots up, count them and compare rules. Nothing of it is ever listed or "
     "published",
     false},
};

const struct form_choice round_places[ROUND_PLACES] = {
    {"none", "Nothing", NULL, false},
    {"postcode", "Their postcode", NULL, false},
    {"neighbourhood", "The neighbourhood they live in", NULL, false},
};

const char *round_completion_words(const char *completion)
{
    static const char *const known[][2] = {
        {"add1u", "The shares are raised, then votes decide"},
        {"add1", "The shares are raised, and what is left then is not spent"},
        {"util", "Votes decide"},
        {"none", "It is not spent"},
        {"comparison",
         "The shares are raised, then votes decide; but by votes alone if more people "
         "get more by that"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i][0], completion) == 0)
            return known[i][1];
    }
    return "";
}

const char *round_completion_of(const char *method)
{
    if (strncmp(method, "shares", 6) != 0)
        return NULL;
    const char *colon = strchr(method, ':');
    return colon != NULL ? colon + 1 : "add1u";
}

const char *round_method_words(const char *method)
{
    static const struct {
        const char *method, *words;
    } known[] = {
        {"value", "Most for the money first"},
        {"shares", "Equal shares"},
        {"shares_n", "Equal shares, counting projects"},
        {"phragmen", "Phragmén’s rule"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t len = strlen(known[i].method);
        if (strncmp(known[i].method, method, len) == 0 &&
            (method[len] == '\0' || method[len] == ':'))
            return known[i].words;
    }
    return "Most votes first";
}

/* --- the form as it stands ----------------------------------------------------------------- */
struct typed_round round_form_blank(void)
{
    struct typed_round t = {
        .area = "",
        .title = "",
        .about = "",
        .kind = "knapsack",
        .edition = "",
        .question = "",
        .opens_date = "",
        .opens_time = "",
        .closes_date = "",
        .closes_time = "",
        .grace = "15",
        .min_picks = "1",
        .max_picks = "3",
        .points_sum = "10",
        .points_max = "5",
        .blank = "no",
        .eligibility = "code",
        .minimum_age = "",
        .residence = "none",
        .minimum_votes = "0",
        .cap_percent = "",
        .carry = "no",
        .method = "most",
        .completion = "add1u",
        .provisional_days = "28",
    };
    for (int i = 0; i < DESK_POTS_MAX; i++) {
        t.pot[i].name = i == 0 ? "Ward pot" : "";
        t.pot[i].amount = t.pot[i].min = t.pot[i].max = "";
    }
    return t;
}

/* A choice that an older form did not have keeps what it was. */
static const char *field_or(const struct request *r, const char *name, const char *otherwise)
{
    const char *typed = request_field(r, name);
    return *typed != '\0' ? typed : otherwise;
}

struct typed_round round_form_typed(const struct request *r)
{
    struct typed_round t = {
        .area = request_field(r, "area"),
        .title = request_field(r, "title"),
        .about = request_field(r, "about"),
        .kind = request_field(r, "kind"),
        .edition = request_field(r, "edition"),
        .question = request_field(r, "question"),
        .opens_date = request_field(r, "opens_date"),
        .opens_time = request_field(r, "opens_time"),
        .closes_date = request_field(r, "closes_date"),
        .closes_time = request_field(r, "closes_time"),
        .grace = request_field(r, "grace"),
        .min_picks = request_field(r, "min_picks"),
        .max_picks = request_field(r, "max_picks"),
        .points_sum = request_field(r, "points_sum"),
        .points_max = request_field(r, "points_max"),
        .blank = field_or(r, "blank", "no"),
        .eligibility = field_or(r, "eligibility", "code"),
        .minimum_age = request_field(r, "minimum_age"),
        .residence = field_or(r, "residence", "none"),
        .minimum_votes = request_field(r, "minimum_votes"),
        .cap_percent = request_field(r, "cap_percent"),
        .carry = field_or(r, "carry", "no"),
        .method = field_or(r, "method", "most"),
        .completion = field_or(r, "completion", "add1u"),
        .provisional_days = field_or(r, "provisional_days", "28"),
    };
    for (int i = 0; i < DESK_POTS_MAX; i++) {
        t.pot[i].name = request_field(r, round_pot_field(i, POT_NAME));
        t.pot[i].amount = request_field(r, round_pot_field(i, POT_AMOUNT));
        t.pot[i].min = request_field(r, round_pot_field(i, POT_MIN));
        t.pot[i].max = request_field(r, round_pot_field(i, POT_MAX));
    }
    return t;
}

/* A number, or nothing where it is not set. */
static const char *whole(struct request *r, int32_t n)
{
    return n != 0 ? arena_fmt(&r->arena, "%d", n) : "";
}

struct typed_round round_form_of(struct request *r, const struct desk_round *round)
{
    struct typed_round t = round_form_blank();
    bool question = strcmp(round->kind, "yes_no") == 0, points = round->terms.points_sum != 0;
    t.area = round->area_slug;
    t.title = round->title;
    t.about = round->about;
    t.kind = round->kind;
    t.edition = arena_fmt(&r->arena, "%d", round->edition);
    t.question = question && round->proposals > 0 ? round->proposal[0].title : "";
    t.opens_date = round->opens_date;
    t.opens_time = round->opens_time;
    t.closes_date = round->closes_date;
    t.closes_time = round->closes_time;
    t.grace = arena_fmt(&r->arena, "%d", round->grace_minutes);
    t.min_picks = arena_fmt(&r->arena, "%d", round->terms.min_picks);
    t.max_picks = arena_fmt(&r->arena, "%d", round->max_picks);
    t.points_sum = points ? whole(r, round->terms.points_sum) : t.points_sum;
    t.points_max = points ? whole(r, round->terms.points_max) : t.points_max;
    t.blank = round->terms.blank_allowed ? "yes" : "no";
    t.eligibility = round->terms.eligibility;
    t.minimum_age = whole(r, round->terms.minimum_age);
    t.residence = round->terms.residence;
    t.minimum_votes = arena_fmt(&r->arena, "%d", round->minimum_votes);
    t.cap_percent = whole(r, round->terms.cap_percent);
    t.carry = round->terms.carry ? "yes" : "no";
    t.method =
        arena_fmt(&r->arena, "%.*s", (int)strcspn(round->terms.method, ":"), round->terms.method);
    const char *completion = round_completion_of(round->terms.method);
    t.completion = completion != NULL ? completion : t.completion;
    t.provisional_days = arena_fmt(&r->arena, "%d", round->terms.provisional_days);
    t.pot[0].name = "";
    for (int i = 0; i < round->pots && i < DESK_POTS_MAX; i++) {
        t.pot[i].name = round->pot[i].name;
        t.pot[i].amount = typed_pounds(&r->arena, round->pot[i].amount);
        t.pot[i].min = whole(r, round->pot[i].min_picks);
        t.pot[i].max = whole(r, round->pot[i].max_picks);
    }
    return t;
}

/* --- reading ------------------------------------------------------------------------------ */
static int32_t number(struct form_errors *e, const char *field, const char *typed, int64_t min,
                      int64_t max, const char *message)
{
    int64_t value = min;
    if (!parse_int(typed, min, max, &value))
        form_error(e, field, message);
    return (int32_t)value;
}

/* 0 where nothing was typed. */
static int32_t number_or_none(struct form_errors *e, const char *field, const char *typed,
                              int64_t min, int64_t max, const char *message)
{
    return *typed == '\0' ? 0 : number(e, field, typed, min, max, message);
}

/* One of `words` (ended by NULL), or an error and the first. */
static const char *one_of(struct form_errors *e, const char *field, const char *typed,
                          const char *const *words, const char *message)
{
    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], typed) == 0)
            return words[i];
    }
    form_error(e, field, message);
    return words[0];
}

/* A moment in York's time, or NULL when both parts are empty. */
static const char *moment(struct request *r, struct form_errors *e, const char *date_field,
                          const char *date, const char *time_field, const char *time)
{
    char day[11] = "", hour[9] = "";
    if (*date == '\0' && *time == '\0')
        return NULL;
    if (!typed_date(date, day))
        form_error(e, date_field, "Enter a date, like 14/12/2026");
    if (!typed_time(time, hour))
        form_error(e, time_field, "Enter a time, like 21:00");
    return arena_fmt(&r->arena, "%s %s", day, hour);
}

/* Messages name the pot: a form has several. */
static void read_pot(struct request *r, struct form_errors *e, const struct typed_round *t, int i,
                     struct desk_pot *pot)
{
    struct arena *a = &r->arena;
    int n = i + 1;
    pot->name = t->pot[i].name;
    if (*pot->name == '\0' || typed_length(pot->name) > NAME_CHARS_MAX)
        form_error(e, round_pot_field(i, POT_NAME),
                   arena_fmt(a, "Name pot %d, in at most 80 characters", n));
    if (!typed_money(t->pot[i].amount, &pot->amount))
        form_error(e, round_pot_field(i, POT_AMOUNT),
                   arena_fmt(a, "Enter what pot %d holds, like 24,400 or 24400.50", n));
    pot->min_picks = number_or_none(
        e, round_pot_field(i, POT_MIN), t->pot[i].min, 1, PICKS_MAX,
        arena_fmt(a, "Enter the fewest choices from pot %d, 1 to 60, or leave it empty", n));
    pot->max_picks = number_or_none(
        e, round_pot_field(i, POT_MAX), t->pot[i].max, 1, PICKS_MAX,
        arena_fmt(a, "Enter the most choices from pot %d, 1 to 60, or leave it empty", n));
    if (pot->max_picks > 0 && pot->min_picks > pot->max_picks)
        form_error(e, round_pot_field(i, POT_MIN),
                   arena_fmt(a, "The fewest choices from pot %d are more than the most", n));
}

/* Every pot that has a name or an amount, the first always; one left out in between is closed up.
 */
static void read_pots(struct request *r, struct form_errors *e, const struct typed_round *t,
                      struct desk_round_form *form)
{
    for (int i = 0; i < DESK_POTS_MAX; i++) {
        if (i > 0 && *t->pot[i].name == '\0' && *t->pot[i].amount == '\0')
            continue;
        read_pot(r, e, t, i, &form->pot[form->pots]);
        form->pots++;
    }
}

static void read_choices(struct form_errors *e, const struct typed_round *t,
                         struct desk_round_form *form)
{
    static const char *const kinds[] = {"knapsack", "approval", "points",
                                        "ranking",  "yes_no",   NULL};
    form->kind = one_of(e, "kind", t->kind, kinds, "Choose how people vote");
    struct desk_terms *terms = &form->terms;
    bool chosen = strcmp(t->kind, "approval") == 0 || strcmp(t->kind, "ranking") == 0;
    form->max_picks = PICKS_MAX;
    terms->min_picks = 1;
    if (chosen) {
        terms->min_picks = number(e, "min_picks", t->min_picks, 1, PICKS_MAX,
                                  "Enter the fewest proposals, 1 to 60");
        form->max_picks =
            number(e, "max_picks", t->max_picks, 1, PICKS_MAX, "Enter the most proposals, 1 to 60");
        if (terms->min_picks > form->max_picks)
            form_error(e, "min_picks", "The fewest is more than the most");
    }
    if (strcmp(t->kind, "points") == 0) {
        terms->points_sum = number(e, "points_sum", t->points_sum, 1, 1000,
                                   "Enter how many points each person has, 1 to 1,000");
        terms->points_max = number(e, "points_max", t->points_max, 1, 1000,
                                   "Enter the most points to one proposal, 1 to 1,000");
        if (terms->points_max > terms->points_sum)
            form_error(e, "points_max", "One proposal cannot get more points than there are");
    }
    terms->blank_allowed = strcmp(t->blank, "yes") == 0;
}

/* As api.rule_for has it: "most", "shares", "shares:none". */
static const char *read_method(struct request *r, struct form_errors *e,
                               const struct typed_round *t)
{
    static const char *const methods[] = {"most", "value", "shares", "shares_n", "phragmen", NULL};
    const char *method = one_of(e, "method", t->method, methods, "Choose how the vote is counted");
    if (round_completion_of(t->method) == NULL || strcmp(t->completion, "add1u") == 0)
        return method;
    if (round_completion_words(t->completion)[0] == '\0')
        form_error(e, "completion", "Choose what happens with money that is left");
    return arena_fmt(&r->arena, "%s:%s", method, t->completion);
}

static void read_voters(struct form_errors *e, const struct typed_round *t,
                        struct desk_terms *terms)
{
    static const char *const ways[] = {"code", "phone", "register", "practice", NULL};
    static const char *const places[] = {"none", "postcode", "neighbourhood", NULL};
    terms->eligibility =
        one_of(e, "eligibility", t->eligibility, ways, "Choose how people prove their vote");
    terms->minimum_age = number_or_none(e, "minimum_age", t->minimum_age, 5, 99,
                                        "Enter an age, 5 to 99, or leave it empty");
    terms->residence =
        one_of(e, "residence", t->residence, places, "Choose what people declare about their home");
}

static void read_money(struct request *r, struct form_errors *e, const struct typed_round *t,
                       struct desk_round_form *form)
{
    if (strcmp(t->kind, "yes_no") != 0)
        read_pots(r, e, t, form);
    form->terms.carry = strcmp(t->carry, "yes") == 0;
    form->terms.cap_percent = number_or_none(e, "cap_percent", t->cap_percent, 1, 100,
                                             "Enter a percentage, 1 to 100, or leave it empty");
}

static void read_question(struct form_errors *e, const struct typed_round *t,
                          struct desk_round_form *form)
{
    if (strcmp(t->kind, "yes_no") == 0)
        form->edition = number(e, "edition", t->edition, 1, INT32_MAX, "Choose an agreement");
    if (typed_length(t->question) > TITLE_CHARS_MAX)
        form_error(e, "question", "Use at most 120 characters");
}

static void read_counting(struct request *r, struct form_errors *e, const struct typed_round *t,
                          struct desk_round_form *form)
{
    form->terms.method = read_method(r, e, t);
    form->minimum_votes = number(e, "minimum_votes", t->minimum_votes, 0, 1000000,
                                 "Enter the votes needed, 0 to 1,000,000");
    form->terms.provisional_days =
        number(e, "provisional_days", t->provisional_days, 0, 365,
               "Enter for how many days the result can be challenged, 0 to 365");
}

/* In the order of the page: the summary of errors goes by it. */
void round_form_read(struct request *r, const struct typed_round *t, struct desk_round_form *form,
                     struct form_errors *e)
{
    *form = (struct desk_round_form){
        .area = t->area, .title = t->title, .about = t->about, .question = t->question};
    if (*t->area == '\0')
        form_error(e, "area", "Choose an area");
    if (*t->title == '\0' || typed_length(t->title) > TITLE_CHARS_MAX)
        form_error(e, "title", "Enter a title of at most 120 characters");
    if (typed_length(t->about) > ABOUT_CHARS_MAX)
        form_error(e, "about", "Use at most 4,000 characters");
    form->opens = moment(r, e, "opens_date", t->opens_date, "opens_time", t->opens_time);
    form->closes = moment(r, e, "closes_date", t->closes_date, "closes_time", t->closes_time);
    form->grace_minutes = number(e, "grace", t->grace, 0, 60,
                                 "Enter how long to wait for late texts, 0 to 60 minutes");
    read_voters(e, t, &form->terms);
    read_choices(e, t, form);
    read_money(r, e, t, form);
    read_question(e, t, form);
    read_counting(r, e, t, form);
}

void round_form_refused(struct form_errors *e, const char *result)
{
    static const struct {
        const char *result, *field, *message;
    } known[] = {
        {"opens_gap", "opens_time", "The clocks go forward over this time. Choose another"},
        {"opens_twice", "opens_time",
         "The clocks go back and show this time twice. Choose another"},
        {"closes_gap", "closes_time", "The clocks go forward over this time. Choose another"},
        {"closes_twice", "closes_time",
         "The clocks go back and show this time twice. Choose another"},
        {"order", "closes_date", "Closing must come after opening"},
        {"edition", "edition", "Choose a proposed agreement of this area"},
        {"has_proposals", "kind", "This round has proposals: make another for a yes or no vote"},
        {"pot_used", "pot1_name", "Proposals draw on a pot that you took out: move them first"},
        {"picks_order", "min_picks", "The fewest is more than the most"},
        {"pot_picks_order", "pot1_min", "The least of a pot is more than its most"},
        {"points_order", "points_max", "One proposal cannot get more points than there are"},
        {"method", "method", "That kind of ballot cannot be counted so. Choose another way"},
        {"frozen", "main", "This round is scheduled: nothing in it changes any more"},
        {"in_review", "main", "This round is in review: send it back to draft to change it"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].result, result) == 0)
            form_error(e, known[i].field, known[i].message);
    }
}
