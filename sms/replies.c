/* replies.c: composes replies, each as full as two segments allow. */
#include "sms/replies.h"
#include "common/log.h"
#include "sms/gsm7.h"

/* How much is said; the next one is tried when a reply does not fit. */
enum fullness { FULL, NO_NAMES, BRIEF, NO_NUMBERS, SHORT_AREAS, BARE };

enum { AREA = 60, SHORT_AREA = 16, NAME = 16, SENTENCE = 1000 };

struct reply reply_new(void)
{
    return (struct reply){.text = buf_new(REPLY_MAX)};
}

void reply_free(struct reply *r)
{
    buf_free(&r->text);
}

void reply_clear(struct reply *r)
{
    buf_clear(&r->text);
}

void reply_end(struct reply *r)
{
    if (r->until != NULL && r->text.len > 0)
        SAY(&r->text, r->language, SAY_LAST, SAY_HOUR("until", r->until));
}

bool reply_fits(const struct reply *r)
{
    struct reply whole = reply_new();

    buf_str_add(&whole.text, buf_str(&r->text));
    whole.language = r->language;
    whole.until = r->until;
    reply_end(&whole);
    bool does = !r->text.overflowed && !whole.text.overflowed &&
                gsm7_size(buf_str(&whole.text)).segments <= REPLY_SEGMENTS;
    reply_free(&whole);
    return does;
}

void reply_plain(enum say which, struct reply *out)
{
    say_plain(&out->text, out->language, which);
}

/* --- what was chosen ---------------------------------------------------------------------- */

static size_t area_max(enum fullness how)
{
    return how >= SHORT_AREAS ? SHORT_AREA : 80;
}

static void choice(struct buf *b, enum language in, const struct reply_pick *p, bool points,
                   bool named)
{
    enum say which = points  ? named ? SAY_WITH_POINTS_NAMED : SAY_WITH_POINTS
                     : named ? SAY_PROJECT_NAMED
                             : SAY_PROJECT;

    SAY(b, in, which, SAY_PROJECT_NO("number", p->number), SAY_TEXT("name", p->name, NAME),
        SAY_NUMBER("points", p->weight));
}

static void choices(struct buf *b, enum language in, const struct reply_round *r, enum fullness how)
{
    if (how >= NO_NUMBERS && r->n_picks > 1) {
        SAY(b, in, r->kind == REPLY_YES_NO ? SAY_ANSWERS : SAY_PROJECTS,
            SAY_NUMBER("n", (int64_t)r->n_picks));
        return;
    }
    for (size_t i = 0; i < r->n_picks; i++) {
        buf_str_add(b, i == 0 ? "" : how < NO_NAMES ? ", " : " ");
        choice(b, in, &r->picks[i], r->kind == REPLY_POINTS, how < NO_NAMES);
    }
}

static void costs(struct buf *b, enum language in, const struct reply_round *r)
{
    bool first = true;

    for (int32_t pot = 1; pot <= 9; pot++) {
        int64_t sum = 0, amount = 0;
        for (size_t i = 0; i < r->n_picks; i++)
            if (r->picks[i].pot == pot) {
                sum += r->picks[i].cost;
                amount = r->picks[i].amount;
            }
        if (sum == 0)
            continue;
        SAY(b, in, first ? SAY_COSTS_OF : SAY_AND_COSTS_OF, SAY_MONEY("cost", sum),
            SAY_MONEY("amount", amount));
        first = false;
    }
}

/* ". £3,543 of £12,000", ". 5 of 6 points". */
static void sums(struct buf *b, enum language in, const struct reply_round *r)
{
    int64_t given = 0;

    if (r->kind == REPLY_KNAPSACK)
        costs(b, in, r);
    if (r->kind != REPLY_POINTS)
        return;
    for (size_t i = 0; i < r->n_picks; i++)
        given += r->picks[i].weight;
    SAY(b, in, SAY_POINTS_OF, SAY_NUMBER("n", given), SAY_NUMBER("points", r->points));
}

static const char *answer(enum language in, const struct reply_round *r)
{
    return say_template(in, r->n_picks > 0 && r->picks[0].weight == 1 ? SAY_YES : SAY_NO);
}

/* --- recorded ----------------------------------------------------------------------------- */

static enum say brief_words(const struct reply_round *r)
{
    if (r->withdrawn)
        return SAY_BRIEF_TAKEN_BACK;
    if (r->kind == REPLY_YES_NO)
        return SAY_BRIEF_ANSWER;
    return r->kind == REPLY_RANKING && r->n_picks > 1 ? SAY_BRIEF_ORDER : SAY_BRIEF;
}

static enum say recorded_words(const struct reply_round *r, enum fullness how)
{
    if (r->outcome == CAST_SUPERSEDED)
        return SAY_NOT_CHANGED;
    if (how >= BRIEF)
        return brief_words(r);
    if (r->withdrawn)
        return SAY_TAKEN_BACK;
    if (r->kind == REPLY_RANKING && r->n_picks > 1)
        return SAY_RECORDED_ORDER;
    if (r->kind == REPLY_YES_NO)
        return r->agreement && r->n_picks == 1 ? SAY_RECORDED_AGREEMENT : SAY_RECORDED_ANSWER;
    return SAY_RECORDED;
}

static void recorded_round(struct buf *b, enum language in, const struct reply_round *r,
                           enum fullness how)
{
    char receipt[RECEIPT_LEN + 1];
    struct buf chosen = buf_new(REPLY_MAX), sum = buf_new(REPLY_MAX);

    receipt_show(r->receipt, receipt);
    choices(&chosen, in, r, how);
    sums(&sum, in, r);
    SAY(b, in, recorded_words(r, how), SAY_TEXT("area", r->area, area_max(how)),
        SAY_TEXT("choices", buf_str(&chosen), SENTENCE), SAY_TEXT("sums", buf_str(&sum), SENTENCE),
        SAY_TEXT("answer", answer(in, r), NAME),
        SAY_PROJECT_NO("number", r->n_picks > 0 ? r->picks[0].number : 0),
        SAY_TEXT("receipt", receipt, RECEIPT_LEN));
    b->overflowed = b->overflowed || chosen.overflowed;
    buf_free(&chosen);
    buf_free(&sum);
}

static bool same_deadline(const struct reply_round *rounds, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (strcmp(rounds[i].closes, rounds[0].closes) != 0 || rounds[i].ended != rounds[0].ended)
            return false;
    return true;
}

static void deadline(struct buf *b, enum language in, const struct reply_round *r)
{
    enum say which = r->ended       ? SAY_CLOSED_AT
                     : r->withdrawn ? SAY_VOTE_AGAIN_BEFORE
                                    : SAY_CHANGE_BEFORE;

    SAY(b, in, which, SAY_WHEN("closes", r->closes));
}

static void recorded(struct buf *b, enum language in, const struct reply_round *rounds, size_t n,
                     enum fullness how)
{
    if (how == BARE) { /* more rounds than any council opens together */
        SAY(b, in, rounds[0].withdrawn ? SAY_MANY_TAKEN_BACK : SAY_MANY_ROUNDS,
            SAY_NUMBER("n", (int64_t)n));
        return;
    }
    if (how >= BRIEF && rounds[0].outcome != CAST_SUPERSEDED)
        say_plain(b, in, rounds[0].withdrawn ? SAY_BRIEF_TAKEN_BACK_HEAD : SAY_BRIEF_HEAD);
    bool same = same_deadline(rounds, n);
    for (size_t i = 0; i < n; i++) {
        recorded_round(b, in, &rounds[i], how);
        if (!same || i == n - 1)
            deadline(b, in, &rounds[i]);
        if (!same && i < n - 1)
            buf_char(b, ' ');
    }
}

void reply_recorded(const struct reply_round *rounds, size_t n, struct reply *out)
{
    for (enum fullness how = FULL; how <= BARE; how++) {
        reply_clear(out);
        recorded(&out->text, out->language, rounds, n, how);
        if (reply_fits(out))
            return;
    }
}

/* --- MY VOTE ------------------------------------------------------------------------------ */

static const char *door(enum language in, enum cast_channel channel)
{
    switch (channel) {
    case CAST_WEB:
        return say_template(in, SAY_BY_WEB);
    case CAST_TEXT:
        return say_template(in, SAY_BY_TEXT);
    case CAST_PAPER:
        return say_template(in, SAY_BY_PAPER);
    case CAST_ASSISTED:
        break;
    }
    return say_template(in, SAY_BY_CLERK);
}

static enum say mine_words(const struct reply_round *r, bool brief)
{
    if (r->voided)
        return SAY_VOID;
    if (!r->mine)
        return brief ? SAY_OTHER_DOOR_BRIEF : SAY_OTHER_DOOR;
    if (r->kind == REPLY_YES_NO)
        return brief ? SAY_MINE_ANSWER_BRIEF : SAY_MINE_ANSWER;
    if (r->kind == REPLY_RANKING && r->n_picks > 1)
        return brief ? SAY_MINE_ORDER_BRIEF : SAY_MINE_ORDER;
    return brief ? SAY_MINE_BRIEF : SAY_MINE;
}

static void mine(struct buf *b, enum language in, const struct reply_round *r, enum fullness how,
                 bool brief)
{
    char receipt[RECEIPT_LEN + 1];
    struct buf chosen = buf_new(REPLY_MAX), sum = buf_new(REPLY_MAX);

    receipt_show(r->receipt, receipt);
    choices(&chosen, in, r, how);
    sums(&sum, in, r);
    SAY(b, in, mine_words(r, brief), SAY_TEXT("area", r->area, area_max(how)),
        SAY_TEXT("choices", buf_str(&chosen), SENTENCE), SAY_TEXT("sums", buf_str(&sum), SENTENCE),
        SAY_TEXT("answer", answer(in, r), NAME), SAY_TEXT("door", door(in, r->channel), AREA),
        SAY_WHEN("when", r->when), SAY_TEXT("receipt", receipt, RECEIPT_LEN));
    b->overflowed = b->overflowed || chosen.overflowed;
    buf_free(&chosen);
    buf_free(&sum);
}

static bool all_mine(const struct reply_round *rounds, size_t n, enum fullness how, bool brief,
                     size_t more, struct reply *out)
{
    reply_clear(out);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_char(&out->text, ' ');
        mine(&out->text, out->language, &rounds[i], how, brief);
    }
    if (more > 0)
        SAY(&out->text, out->language, SAY_MINE_MORE, SAY_NUMBER("n", (int64_t)more));
    return reply_fits(out);
}

/* Here the choices are what was asked for: receipts and times go before the numbers. */
void reply_mine(const struct reply_round *rounds, size_t n, struct reply *out)
{
    bool fit = all_mine(rounds, n, FULL, false, 0, out) ||
               all_mine(rounds, n, NO_NAMES, false, 0, out) ||
               all_mine(rounds, n, NO_NAMES, true, 0, out) ||
               all_mine(rounds, n, NO_NUMBERS, true, 0, out);

    for (size_t k = n; !fit && k > 0; k--)
        fit = all_mine(rounds, k, SHORT_AREAS, true, n - k, out);
}

/* --- not counted -------------------------------------------------------------------------- */

/* Ends a refusal with the earlier vote, as much of it as fits. */
static void earlier_stands(struct reply *out, const struct reply_voter *v)
{
    struct buf head = buf_new(REPLY_MAX);

    if (!v->voted)
        return;
    buf_str_add(&head, buf_str(&out->text));
    if (v->standing[0] != '\0')
        SAY(&out->text, out->language, SAY_STANDS_WITH,
            SAY_TEXT("standing", v->standing, SENTENCE));
    if (v->standing[0] == '\0' || !reply_fits(out)) {
        reply_clear(out);
        buf_str_add(&out->text, buf_str(&head));
        say_plain(&out->text, out->language, SAY_STANDS);
    }
    buf_free(&head);
}

static const struct reply_pick *pick_numbered(const struct reply_round *r, int64_t number)
{
    for (size_t i = 0; i < r->n_picks; i++)
        if (r->picks[i].number == number)
            return &r->picks[i];
    return &r->picks[0];
}

/* "1275 Hob Moor bench", in `b`. */
static const char *project(struct buf *b, enum language in, const struct reply_pick *p)
{
    choice(b, in, p, false, true);
    return buf_str(b);
}

static void out_of_reach(struct buf *b, enum language in, const struct reply_round *r,
                         const struct reply_voter *v)
{
    enum say which = r->by_phone && !v->by_phone ? SAY_BY_PHONE_ONLY
                     : v->by_phone               ? SAY_OUT_OF_REACH_PHONE
                                                 : SAY_OUT_OF_REACH;

    SAY(b, in, which, SAY_PROJECT_NO("number", r->n_picks > 0 ? r->picks[0].number : 0),
        SAY_TEXT("area", r->area, AREA), SAY_TEXT("home", v->area, AREA));
}

/* Why the database refused this ballot; SAY_TRY_AGAIN: nothing that a voter can mend. */
static enum say reason_words(enum cast_outcome outcome)
{
    switch (outcome) {
    case CAST_NOT_OPEN:
        return SAY_NOT_OPEN;
    case CAST_CLOSED:
        return SAY_CLOSED;
    case CAST_UNKNOWN_PROPOSAL:
        return SAY_UNKNOWN;
    case CAST_WITHDRAWN_PROPOSAL:
        return SAY_WITHDRAWN;
    case CAST_OVER_BUDGET:
        return SAY_OVER_BUDGET;
    case CAST_TOO_MANY:
        return SAY_AT_MOST;
    case CAST_TOO_FEW:
        return SAY_AT_LEAST;
    case CAST_EMPTY:
        return SAY_EMPTY;
    case CAST_POT_TOO_MANY:
        return SAY_POT_AT_MOST;
    case CAST_POT_TOO_FEW:
        return SAY_POT_AT_LEAST;
    case CAST_OVER_POINTS:
        return SAY_OVER_POINTS;
    case CAST_OVER_POINT_MAX:
        return SAY_OVER_POINT_MAX;
    case CAST_BAD_RANKS:
        return SAY_BAD_RANKS;
    case CAST_NOT_DECLARED:
        return SAY_UNDECLARED;
    case CAST_OUT_OF_REACH:
        return SAY_OUT_OF_REACH;
    case CAST_RECORDED:
    case CAST_REPEATED:
    case CAST_KEY_REUSED:
    case CAST_SUPERSEDED:
    case CAST_SIGNED_OUT:
    case CAST_BAD_WEIGHT:
    case CAST_NOTHING_TO_WITHDRAW:
    case CAST_SIBLING_REFUSED:
    case CAST_NO_ROUND:
    case CAST_NO_BATCH:
    case CAST_SKIPPED:
    case CAST_FAILED:
    case CAST_UNKNOWN:
        break;
    }
    return SAY_TRY_AGAIN;
}

static void reason(struct buf *b, enum language in, const struct reply_round *r,
                   const struct reply_voter *v)
{
    enum say which = reason_words(r->outcome);
    bool pot = which == SAY_POT_AT_MOST || which == SAY_POT_AT_LEAST;
    struct buf named = buf_new(REPLY_MAX);

    if (which == SAY_OUT_OF_REACH) {
        out_of_reach(b, in, r, v);
        return;
    }
    if (r->n_picks > 0)
        project(&named, in, pick_numbered(r, r->detail));
    /* Money is told by its own names; which pot, a text has no room to name. */
    SAY(b, in, which, SAY_TEXT("area", r->area, AREA), SAY_WHEN("opens", r->opens),
        SAY_WHEN("closes", r->closes), SAY_TEXT("project", buf_str(&named), AREA),
        SAY_PROJECT_NO("number", r->detail), SAY_NUMBER("n", pot ? r->detail % 1000 : r->detail),
        SAY_NUMBER("pot", r->detail / 1000), SAY_MONEY("cost", r->limit + r->detail),
        SAY_MONEY("over", r->detail),
        which == SAY_OVER_BUDGET ? (struct say_value)SAY_MONEY("limit", r->limit)
                                 : (struct say_value)SAY_NUMBER("limit", r->limit));
    buf_free(&named);
}

void reply_refused(const struct reply_round *rounds, size_t n, const struct reply_voter *voter,
                   struct reply *out)
{
    const struct reply_round *r = &rounds[0];

    for (size_t i = 0; i < n; i++)
        if (!cast_accepted(rounds[i].outcome) && rounds[i].outcome != CAST_SIBLING_REFUSED) {
            r = &rounds[i];
            break;
        }
    say_plain(&out->text, out->language, SAY_NOT_COUNTED);
    reason(&out->text, out->language, r, voter);
    earlier_stands(out, voter);
}

void reply_bad_number(const char *word, struct reply *out)
{
    SAY(&out->text, out->language, SAY_BAD_NUMBER, SAY_TEXT("word", word, NAME));
}

void reply_unknown_number(uint16_t number, const struct reply_pick *near, size_t n_near,
                          const struct reply_voter *voter, struct reply *out)
{
    struct buf one = buf_new(REPLY_MAX), two = buf_new(REPLY_MAX);
    enum say which = n_near == 1   ? SAY_UNKNOWN_NEAR
                     : n_near == 2 ? SAY_UNKNOWN_NEAR_TWO
                                   : SAY_UNKNOWN;

    if (n_near > 0)
        project(&one, out->language, &near[0]);
    if (n_near > 1)
        project(&two, out->language, &near[1]);
    say_plain(&out->text, out->language, SAY_NOT_COUNTED);
    SAY(&out->text, out->language, which, SAY_PROJECT_NO("number", number),
        SAY_TEXT("near", buf_str(&one), AREA), SAY_TEXT("other", buf_str(&two), AREA));
    earlier_stands(out, voter);
    buf_free(&one);
    buf_free(&two);
}

void reply_wrong_kind(const struct reply_pick *p, bool question, const struct reply_voter *voter,
                      struct reply *out)
{
    struct buf named = buf_new(REPLY_MAX);

    say_plain(&out->text, out->language, SAY_NOT_COUNTED);
    SAY(&out->text, out->language, question ? SAY_IS_QUESTION : SAY_IS_PROJECT,
        SAY_TEXT("project", project(&named, out->language, p), AREA),
        SAY_PROJECT_NO("number", p->number));
    earlier_stands(out, voter);
    buf_free(&named);
}

void reply_wrong_points(const struct reply_pick *p, const struct reply_round *r,
                        const struct reply_voter *voter, struct reply *out)
{
    struct buf word = buf_new(REPLY_MAX);
    enum say which = r->kind == REPLY_POINTS    ? SAY_NEEDS_POINTS
                     : r->kind == REPLY_RANKING ? SAY_NO_POINTS_IN_ORDER
                                                : SAY_NO_POINTS;

    buf_int(&word, p->weight);
    say_plain(&out->text, out->language, SAY_NOT_COUNTED);
    SAY(&out->text, out->language, which, SAY_TEXT("area", r->area, AREA),
        SAY_PROJECT_NO("number", p->number), SAY_TEXT("word", buf_str(&word), NAME),
        SAY_NUMBER("example", r->point_max < 3 ? r->point_max : 3), SAY_NUMBER("points", r->points),
        SAY_NUMBER("limit", r->point_max));
    earlier_stands(out, voter);
    buf_free(&word);
}

/* --- challenges --------------------------------------------------------------------------- */

static enum say ask_words(const struct reply_ask *ask)
{
    if (ask->undo)
        return SAY_ASK_UNDO;
    if (ask->postcode)
        return ask->age > 0 ? SAY_ASK_POSTCODE_AGE : SAY_ASK_POSTCODE;
    if (ask->place)
        return ask->age > 0 ? SAY_ASK_PLACE_AGE : SAY_ASK_PLACE;
    return ask->age > 0 ? SAY_ASK_AGE : SAY_ASK;
}

void reply_ask(const struct reply_ask *ask, struct reply *out)
{
    SAY(&out->text, out->language, ask_words(ask), SAY_TEXT("digits", ask->digits, NAME),
        SAY_NUMBER("age", ask->age), SAY_NUMBER("minutes", ask->minutes));
}

void reply_answered(enum say which, const char *digits, int left, const char *area,
                    struct reply *out)
{
    SAY(&out->text, out->language, which, SAY_TEXT("digits", digits, NAME),
        SAY_NUMBER("left", left), SAY_TEXT("area", area, AREA));
}
