/* judge.c: from texts to ballots and replies, a batch at a time. */
#include "sms/judge.h"
#include "common/digest.h"
#include "common/log.h"
#include "sms/failpoint.h"

static void answer(struct inbox_text *t, const char *outcome)
{
    t->outcome = outcome;
    buf_clear(&t->reply);
}

static void answer_plain(struct inbox_text *t, const char *outcome, enum reply_plain which,
                         bool passive)
{
    answer(t, outcome);
    reply_plain(which, &t->reply);
    t->passive = passive;
}

/* Texts that need no look-up. */
static void answer_unread(struct inbox_text *t)
{
    switch (t->text.kind) {
    case TEXT_VOTE:
    case TEXT_YES:
    case TEXT_NO:
        return;
    case TEXT_HELP:
        answer_plain(t, "help", REPLY_HELP, true);
        return;
    case TEXT_STOP:
        answer_plain(t, "stop", REPLY_STOP, true);
        return;
    case TEXT_START:
        answer_plain(t, "start", REPLY_START, true);
        return;
    case TEXT_NEWS:
        answer_plain(t, "news", REPLY_NEWS, true);
        return;
    case TEXT_UNCLEAR:
        answer_plain(t, "unclear", REPLY_UNCLEAR, true);
        return;
    case TEXT_NO_CODE:
        answer_plain(t, "no_code", REPLY_NO_CODE, true);
        return;
    case TEXT_BAD_CODE:
        answer_plain(t, "bad_code", REPLY_BAD_CODE, true);
        return;
    case TEXT_NO_NUMBERS:
        answer_plain(t, "no_numbers", REPLY_NO_NUMBERS, true);
        return;
    case TEXT_TOO_MANY:
        answer_plain(t, "too_many", REPLY_TOO_MANY, true);
        return;
    case TEXT_BAD_NUMBER:
        answer(t, "bad_number");
        reply_bad_number(t->text.word, &t->reply);
        t->passive = true;
        return;
    }
}

/* After the look-up of codes: wrong ones are answered; of two texts with one voter the second
 * waits for the next batch. */
static void sort_out(struct inbox_batch *b)
{
    for (size_t i = 0; i < b->n; i++) {
        struct inbox_text *t = &b->texts[i];
        if (t->fate != FATE_DONE)
            continue;
        answer_unread(t);
        if (!inbox_votes(t))
            continue;
        if (t->limited)
            answer_plain(t, "limited", REPLY_LIMITED, true);
        else if (t->voter == 0)
            answer_plain(t, "wrong_code", REPLY_WRONG_CODE, false);
        for (size_t k = 0; k < i && t->voter != 0; k++)
            if (b->texts[k].voter == t->voter && b->texts[k].fate == FATE_DONE)
                t->fate = FATE_LATER;
    }
}

/* --- from numbers to ballots -------------------------------------------------------------- */

static bool casts(const struct inbox_text *t)
{
    return t->fate == FATE_DONE && t->voter != 0;
}

static enum db_outcome refuse_unknown(struct db *db, struct inbox_batch *b, struct inbox_text *t,
                                      uint16_t number)
{
    struct reply_pick near[3];
    size_t n = 0;
    enum db_outcome outcome = inbox_near(db, b, t, number, near, 3, &n);

    if (outcome == DB_OK) {
        answer(t, "refused");
        reply_unknown_number(number, near, n, &t->about, &t->reply);
    }
    return outcome;
}

static struct inbox_ballot *ballot_of(struct inbox_batch *b, struct inbox_text *t,
                                      const struct inbox_number *n)
{
    for (size_t i = 0; i < t->n_ballots; i++)
        if (t->ballots[i].round == n->round)
            return &t->ballots[i];
    struct inbox_ballot *ballot = &t->ballots[t->n_ballots++];
    *ballot = (struct inbox_ballot){
        .round = n->round,
        .said = {.area = n->area,
                 .opens = n->opens,
                 .closes = n->closes,
                 .yes_no = n->yes_no,
                 .agreement = n->agreement,
                 .knapsack = n->knapsack,
                 .ended = n->ended,
                 .picks = arena_alloc(&b->arena, t->text.n * sizeof *ballot->said.picks)},
    };
    return ballot;
}

/* What this number says against the whole text: there is no such number, or a text cannot vote on
 * it. False: nothing. */
static bool refuse_number(struct db *db, struct inbox_batch *b, struct inbox_text *t,
                          const struct inbox_number *n, enum db_outcome *outcome)
{
    bool question = t->text.kind != TEXT_VOTE;

    *outcome = DB_OK;
    if (n->known && n->yes_no == question && !n->weighs)
        return false;
    t->n_ballots = 0;
    if (!n->known) {
        *outcome = refuse_unknown(db, b, t, n->pick.number);
        return true;
    }
    answer(t, "refused");
    if (n->weighs)
        reply_web_only(&n->pick, n->area, &t->about, &t->reply);
    else
        reply_wrong_kind(&n->pick, n->yes_no, &t->about, &t->reply);
    return true;
}

/* Groups a text's numbers by round; or refuses the whole text, which then has no ballots. */
static enum db_outcome make_ballots(struct db *db, struct inbox_batch *b, struct inbox_text *t)
{
    enum db_outcome outcome;

    t->n_ballots = 0;
    t->ballots = arena_alloc(&b->arena, t->text.n * sizeof *t->ballots);
    for (size_t i = 0; i < t->text.n; i++) {
        const struct inbox_number *n = &t->numbers[i];
        if (refuse_number(db, b, t, n, &outcome))
            return outcome;
        struct inbox_ballot *ballot = ballot_of(b, t, n);
        /* The reply's picks are ours until it is worded. */
        ((struct reply_pick *)ballot->said.picks)[ballot->said.n_picks++] = n->pick;
    }
    return DB_OK;
}

/* A text's key: the same text can be cast once, however often it is tried. */
static void form_key(const struct inbox_text *t, uint8_t key[16])
{
    struct buf bytes = buf_new(512);
    uint8_t hash[DIGEST_LEN];

    buf_add(&bytes, "wardmote/text/1", sizeof "wardmote/text/1");
    buf_str_add(&bytes, t->provider);
    buf_str_add(&bytes, t->message_id);
    MUST(!bytes.overflowed);
    digest_sha256(bytes.data, bytes.len, hash);
    memcpy(key, hash, 16);
    buf_free(&bytes);
}

static void fill_item(struct cast_item *item, const struct inbox_text *t, size_t submission,
                      const struct inbox_ballot *ballot)
{
    *item = (struct cast_item){
        .submission = (uint32_t)submission,
        .voter = t->voter,
        .round = ballot->round,
        .generation = t->generation,
        .channel = CAST_TEXT,
        .inbox = t->id,
        .n_picks = (uint16_t)ballot->said.n_picks,
    };
    form_key(t, item->form_key);
    for (size_t i = 0; i < ballot->said.n_picks; i++) {
        const struct reply_pick *pick = &ballot->said.picks[i];
        item->picks[i].number = pick->number;
        item->picks[i].weight = !ballot->said.yes_no || pick->yes ? 1 : 0;
    }
}

static enum db_outcome cast_all(struct caster *caster, struct inbox_batch *b,
                                struct cast_item **items)
{
    size_t n = 0, at = 0;

    for (size_t i = 0; i < b->n; i++)
        n += b->texts[i].n_ballots;
    if (n == 0)
        return DB_OK;
    *items = arena_alloc(&b->arena, n * sizeof **items);
    for (size_t i = 0; i < b->n; i++)
        for (size_t k = 0; k < b->texts[i].n_ballots; k++) {
            struct inbox_ballot *ballot = &b->texts[i].ballots[k];
            ballot->item = at;
            fill_item(&(*items)[at++], &b->texts[i], i, ballot);
        }
    return cast_in_transaction(caster, *items, n, b->alone);
}

/* --- from outcomes to replies ------------------------------------------------------------- */

static void word_outcomes(struct inbox_text *t, const struct cast_item *items)
{
    struct reply_round rounds[BALLOT_PICKS_MAX];
    bool all = true, skipped = false, signed_out = false;

    for (size_t i = 0; i < t->n_ballots; i++) {
        const struct cast_item *item = &items[t->ballots[i].item];
        rounds[i] = t->ballots[i].said;
        rounds[i].outcome = item->outcome;
        rounds[i].detail = item->detail;
        rounds[i].limit = item->limit;
        rounds[i].receipt = item->receipt;
        all = all && cast_accepted(item->outcome);
        skipped = skipped || item->outcome == CAST_SKIPPED;
        signed_out = signed_out || item->outcome == CAST_SIGNED_OUT;
    }
    if (skipped) {
        t->fate = FATE_ALONE;
    } else if (signed_out) {
        answer_plain(t, "wrong_code", REPLY_WRONG_CODE, false);
    } else if (all) {
        answer(t, "recorded");
        reply_recorded(rounds, t->n_ballots, &t->reply);
    } else {
        answer(t, "refused");
        reply_refused(rounds, t->n_ballots, &t->about, &t->reply);
    }
}

enum db_outcome judge_batch(struct db *db, struct caster *caster, struct inbox_batch *b,
                            const char *sms_number, int *replies)
{
    struct cast_item *items = NULL;
    enum db_outcome outcome = inbox_hold(db, b);

    if (outcome == DB_OK)
        outcome = inbox_codes(db, b);
    if (outcome != DB_OK)
        return outcome;
    sort_out(b);
    outcome = inbox_numbers(db, b);
    for (size_t i = 0; outcome == DB_OK && i < b->n; i++)
        if (casts(&b->texts[i]))
            outcome = make_ballots(db, b, &b->texts[i]);
    if (outcome == DB_OK)
        outcome = cast_all(caster, b, &items);
    if (outcome != DB_OK)
        return outcome;
    for (size_t i = 0; i < b->n; i++)
        if (b->texts[i].n_ballots > 0)
            word_outcomes(&b->texts[i], items);
    outcome = inbox_answer(db, b, sms_number, replies);
    failpoint("after_cast");
    return outcome;
}
