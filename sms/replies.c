/* replies.c: composes replies, each as full as two segments allow. */
#include "sms/replies.h"
#include "sms/gsm7.h"

/* How much is said; the next one is tried when a reply does not fit. */
enum fullness { FULL, NO_NAMES, NO_NUMBERS, SHORT_AREAS, BARE };

static bool fits(const struct buf *b)
{
    return !b->overflowed && gsm7_size(buf_str(b)).segments <= REPLY_SEGMENTS;
}

static void pounds(struct buf *b, int64_t pence)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)(pence / 100));

    buf_str_add(b, "£");
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            buf_char(b, ',');
        buf_char(b, digits[i]);
    }
    if (pence % 100 != 0)
        buf_fmt(b, ".%02d", (int)(pence % 100));
}

/* A name from the database, cut to `max` characters of GSM-7. */
static void name(struct buf *b, const char *s, size_t max)
{
    struct buf folded = buf_new(REPLY_MAX);
    const char *p;

    gsm7_fold(s, &folded);
    p = buf_str(&folded);
    for (size_t n = 0; *p != '\0' && n < max; n++) {
        size_t len = 1;
        while ((p[len] & 0xC0) == 0x80)
            len++;
        buf_add(b, p, len);
        p += len;
    }
    buf_free(&folded);
}

static void area(struct buf *b, const char *s, enum fullness how)
{
    name(b, s, how >= SHORT_AREAS ? 16 : 80);
}

static void pick(struct buf *b, const struct reply_pick *p, enum fullness how)
{
    buf_fmt(b, "%04u", p->number);
    if (how < NO_NAMES) {
        buf_char(b, ' ');
        name(b, p->name, 16);
    }
}

static void picks(struct buf *b, const struct reply_round *r, enum fullness how)
{
    if (how >= NO_NUMBERS && r->n_picks > 1) {
        buf_fmt(b, "%zu %s", r->n_picks, r->yes_no ? "answers" : "projects");
        return;
    }
    for (size_t i = 0; i < r->n_picks; i++) {
        buf_str_add(b, i == 0 ? "" : how < NO_NAMES ? ", " : " ");
        pick(b, &r->picks[i], how);
    }
}

/* ". £3,543 of £12,000", a pot after another. */
static void spending(struct buf *b, const struct reply_round *r)
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
        buf_str_add(b, first ? ". " : " and ");
        pounds(b, sum);
        buf_str_add(b, " of ");
        pounds(b, amount);
        first = false;
    }
}

static void recorded_answer(struct buf *b, const struct reply_round *r, enum fullness how)
{
    const char *answer = r->picks[0].yes ? "YES" : "NO";

    if (r->agreement && r->n_picks == 1) {
        buf_fmt(b, "Recorded: %s to the ", answer);
        area(b, r->area, how);
        buf_fmt(b, " agreement (%04u)", r->picks[0].number);
        return;
    }
    buf_str_add(b, "Recorded for ");
    area(b, r->area, how);
    buf_fmt(b, ": %s to ", answer);
    picks(b, r, how);
}

static void recorded_round(struct buf *b, const struct reply_round *r, enum fullness how)
{
    char receipt[RECEIPT_LEN + 1];

    if (r->outcome == CAST_SUPERSEDED) {
        buf_str_add(b, "Not changed for ");
        area(b, r->area, how);
        buf_str_add(b, ": this text came late, and a vote you made after it stands. ");
        return;
    }
    if (r->yes_no) {
        recorded_answer(b, r, how);
    } else {
        buf_str_add(b, "Recorded for ");
        area(b, r->area, how);
        buf_str_add(b, ": ");
        picks(b, r, how);
        if (r->knapsack)
            spending(b, r);
    }
    receipt_show(r->receipt, receipt);
    buf_fmt(b, ". Ref %s. ", receipt);
}

static bool same_deadline(const struct reply_round *rounds, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (strcmp(rounds[i].closes, rounds[0].closes) != 0 || rounds[i].ended != rounds[0].ended)
            return false;
    return true;
}

static void deadline(struct buf *b, const struct reply_round *r)
{
    if (r->ended)
        buf_fmt(b, "Voting closed at %s.", r->closes);
    else
        buf_fmt(b, "To change it text again before %s.", r->closes);
}

static void recorded(struct buf *b, const struct reply_round *rounds, size_t n, enum fullness how)
{
    if (how == BARE) { /* more rounds than any council opens together */
        buf_fmt(b, "Recorded: your vote in %zu rounds. To change it text again.", n);
        return;
    }
    bool same = same_deadline(rounds, n);
    for (size_t i = 0; i < n; i++) {
        recorded_round(b, &rounds[i], how);
        if (!same || i == n - 1)
            deadline(b, &rounds[i]);
        if (!same && i < n - 1)
            buf_char(b, ' ');
    }
}

void reply_recorded(const struct reply_round *rounds, size_t n, struct buf *out)
{
    for (enum fullness how = FULL; how <= BARE; how++) {
        buf_clear(out);
        recorded(out, rounds, n, how);
        if (fits(out))
            return;
    }
}

/* Ends a refusal with the earlier vote, as much of it as fits. */
static void earlier_stands(struct buf *out, const struct reply_voter *v)
{
    size_t len = out->len;

    if (!v->voted)
        return;
    if (v->standing[0] != '\0') {
        buf_fmt(out, " Your earlier vote %s stands.", v->standing);
        if (fits(out))
            return;
        struct buf head = buf_new(REPLY_MAX);
        buf_add(&head, buf_str(out), len);
        buf_clear(out);
        buf_add(out, buf_str(&head), len);
        buf_free(&head);
    }
    buf_str_add(out, " Your earlier vote stands.");
}

static const struct reply_pick *pick_numbered(const struct reply_round *r, int64_t number)
{
    for (size_t i = 0; i < r->n_picks; i++)
        if (r->picks[i].number == number)
            return &r->picks[i];
    return &r->picks[0];
}

static void over_budget(struct buf *b, const struct reply_round *r)
{
    buf_str_add(b, "that costs ");
    pounds(b, r->limit + r->detail);
    buf_str_add(b, ", ");
    pounds(b, r->detail);
    buf_str_add(b, " over the ");
    pounds(b, r->limit);
    buf_str_add(b, " limit. Text again with fewer projects.");
}

static void amount_chosen(struct buf *b, const struct reply_round *r, const char *bound)
{
    buf_fmt(b, "you chose %lld. In ", (long long)r->detail);
    name(b, r->area, 60);
    buf_fmt(b, " choose at %s %lld. Text again with all your numbers.", bound, (long long)r->limit);
}

/* Which pot, a text has no room to name. */
static void pot_amount(struct buf *b, const struct reply_round *r)
{
    buf_fmt(b, "you chose %lld from pot %lld. In ", (long long)(r->detail % 1000),
            (long long)(r->detail / 1000));
    name(b, r->area, 60);
    buf_fmt(b, " choose at %s %lld from it. Text again with all your numbers.",
            r->outcome == CAST_POT_TOO_MANY ? "most" : "least", (long long)r->limit);
}

static void weights(struct buf *b, const struct reply_round *r)
{
    if (r->outcome == CAST_OVER_POINTS) {
        buf_fmt(b, "you gave %lld points and have %lld. Text again with fewer.",
                (long long)r->detail, (long long)r->limit);
    } else if (r->outcome == CAST_OVER_POINT_MAX) {
        pick(b, pick_numbered(r, r->detail), FULL);
        buf_fmt(b, " can get %lld points at most. Text again with all your numbers.",
                (long long)r->limit);
    } else {
        buf_str_add(b, "each choice needs a place of its own. Text your numbers again, the one "
                       "you want most first.");
    }
}

static void undeclared(struct buf *b, const struct reply_round *r)
{
    buf_str_add(b, "the vote in ");
    name(b, r->area, 60);
    buf_str_add(b, " first asks for your age or where you live. Please vote on the web.");
}

static void when(struct buf *b, const struct reply_round *r, const char *verb, const char *moment)
{
    buf_str_add(b, "voting in ");
    name(b, r->area, 60);
    buf_fmt(b, " %s at %s.", verb, moment);
}

static void out_of_reach(struct buf *b, const struct reply_round *r, const struct reply_voter *v)
{
    buf_fmt(b, "%04u is in ", r->picks[0].number);
    name(b, r->area, 60);
    buf_str_add(b, "; your code is for ");
    name(b, v->area, 60);
    buf_char(b, '.');
}

static void reason(struct buf *b, const struct reply_round *r, const struct reply_voter *v)
{
    switch (r->outcome) {
    case CAST_NOT_OPEN:
        when(b, r, "opens", r->opens);
        buf_str_add(b, " Text again then.");
        return;
    case CAST_CLOSED:
        when(b, r, "closed", r->closes);
        return;
    case CAST_OUT_OF_REACH:
        out_of_reach(b, r, v);
        return;
    case CAST_UNKNOWN_PROPOSAL:
        buf_fmt(b, "there is no project %04u.", (unsigned)r->detail);
        return;
    case CAST_WITHDRAWN_PROPOSAL:
        pick(b, pick_numbered(r, r->detail), FULL);
        buf_str_add(b, " has been withdrawn. Text again without it.");
        return;
    case CAST_OVER_BUDGET:
        over_budget(b, r);
        return;
    case CAST_TOO_MANY:
        amount_chosen(b, r, "most");
        return;
    case CAST_TOO_FEW:
        amount_chosen(b, r, "least");
        return;
    case CAST_EMPTY:
        buf_str_add(b, "no project was named. Text again with your numbers.");
        return;
    case CAST_POT_TOO_MANY:
    case CAST_POT_TOO_FEW:
        pot_amount(b, r);
        return;
    case CAST_OVER_POINTS:
    case CAST_OVER_POINT_MAX:
    case CAST_BAD_RANKS:
        weights(b, r);
        return;
    case CAST_NOT_DECLARED:
        undeclared(b, r);
        return;
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
    buf_str_add(b, "we could not take this text. Text again in a moment.");
}

void reply_refused(const struct reply_round *rounds, size_t n, const struct reply_voter *voter,
                   struct buf *out)
{
    const struct reply_round *r = &rounds[0];

    for (size_t i = 0; i < n; i++)
        if (!cast_accepted(rounds[i].outcome) && rounds[i].outcome != CAST_SIBLING_REFUSED) {
            r = &rounds[i];
            break;
        }
    buf_str_add(out, "Not counted: ");
    reason(out, r, voter);
    earlier_stands(out, voter);
}

void reply_bad_number(const char *word, struct buf *out)
{
    buf_str_add(out, "Not counted: ");
    name(out, word, 16);
    buf_str_add(out, " is not a project number. They have four digits, with a space between. "
                     "Text again with all your numbers.");
}

void reply_unknown_number(uint16_t number, const struct reply_pick *near, size_t n_near,
                          const struct reply_voter *voter, struct buf *out)
{
    buf_fmt(out, "Not counted: there is no project %04u.", number);
    if (n_near == 1 || n_near == 2) {
        buf_str_add(out, " Did you mean ");
        pick(out, &near[0], FULL);
        if (n_near == 2) {
            buf_str_add(out, " or ");
            pick(out, &near[1], FULL);
        }
        buf_char(out, '?');
    }
    buf_str_add(out, " Text again with all your numbers.");
    earlier_stands(out, voter);
}

void reply_web_only(const struct reply_pick *p, const char *area_name,
                    const struct reply_voter *voter, struct buf *out)
{
    buf_str_add(out, "Not counted: ");
    pick(out, p, FULL);
    buf_str_add(out, " is in ");
    name(out, area_name, 60);
    buf_str_add(out, ", where ballots give points or an order. Please vote there on the web, with "
                     "the same code.");
    earlier_stands(out, voter);
}

void reply_wrong_kind(const struct reply_pick *p, bool question, const struct reply_voter *voter,
                      struct buf *out)
{
    buf_str_add(out, "Not counted: ");
    pick(out, p, FULL);
    if (question)
        buf_fmt(out, " is a yes or no question. Text YES or NO, your code, then %04u.", p->number);
    else
        buf_fmt(out, " is a project. Text VOTE, your code, then %04u and any others.", p->number);
    earlier_stands(out, voter);
}

void reply_plain(enum reply_plain which, struct buf *out)
{
    static const char *const words[] = {
        [REPLY_HELP] = "To vote, text VOTE, your 13-digit code and project numbers, like "
                       "VOTE 123 456 789 0123 1275 1359. For a question text YES or NO, your "
                       "code and its number.",
        [REPLY_UNCLEAR] = "Not counted: we only read numbers. Text VOTE, your 13-digit code and "
                          "project numbers, like VOTE 123 456 789 0123 1275 1359.",
        [REPLY_NEWS] = "We will text you when a vote opens, a day before it closes, and its "
                       "result: of your area if you voted from this phone, else council-wide. To "
                       "end it, text STOP.",
        [REPLY_STOP] = "We only text back when you text us. Your vote stands.",
        [REPLY_START] = "We text back when you text us. To vote, text VOTE, your 13-digit code "
                        "and project numbers.",
        [REPLY_NO_CODE] = "Not counted: that needs the 13-digit code on your letter. Text VOTE, "
                          "your code and project numbers, like VOTE 123 456 789 0123 1275 1359.",
        [REPLY_BAD_CODE] = "Not counted: your code has 13 digits, and we found more or fewer. "
                           "Text VOTE, your code and project numbers, with a space between.",
        [REPLY_WRONG_CODE] = "Not counted: that code is not right. Check the 13 digits on your "
                             "letter and text again.",
        [REPLY_LIMITED] = "Not counted: too many tries with a wrong code from this phone. Wait "
                          "an hour, check the 13 digits on your letter and text again.",
        [REPLY_NO_NUMBERS] = "Nothing counted yet: add project numbers after your code, like "
                             "VOTE 123 456 789 0123 1275 1359.",
        [REPLY_TOO_MANY] = "Not counted: that is more than 60 projects. Text again with fewer.",
    };

    buf_str_add(out, words[which]);
}
