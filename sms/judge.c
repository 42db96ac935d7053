/* judge.c: from texts to ballots and replies, a batch at a time. */
#include "sms/judge.h"
#include "common/digest.h"
#include "common/log.h"
#include "sms/failpoint.h"
#include "sms/inquiry.h"
#include "sms/offer.h"

static void answer(struct inbox_text *t, const char *outcome)
{
    t->outcome = outcome;
    reply_clear(&t->reply);
}

/* How to vote, said to those who have no codes. */
static enum say without_codes(enum say which)
{
    static const struct {
        enum say codes, phones;
    } pairs[] = {{SAY_HELP, SAY_HELP_PHONE},
                 {SAY_START, SAY_START_PHONE},
                 {SAY_UNCLEAR, SAY_UNCLEAR_PHONE},
                 {SAY_NO_CODE, SAY_UNCLEAR_PHONE},
                 {SAY_QUESTION_HOW, SAY_QUESTION_HOW_PHONE}};

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i].codes == which)
            return pairs[i].phones;
    return which;
}

static void answer_plain(struct inbox_text *t, const char *outcome, enum say which, bool passive)
{
    answer(t, outcome);
    reply_plain(t->phones_only ? without_codes(which) : which, &t->reply);
    t->passive = passive;
}

/* Why a ballot was refused, in the words of the round's books (api.text_part). */
static const char *refusal_word(enum cast_outcome outcome)
{
    switch (outcome) {
    case CAST_NOT_OPEN:
    case CAST_CLOSED:
        return "refused_closed";
    case CAST_UNKNOWN_PROPOSAL:
    case CAST_WITHDRAWN_PROPOSAL:
        return "refused_number";
    case CAST_OUT_OF_REACH:
    case CAST_NOT_DECLARED:
        return "refused_area";
    case CAST_OVER_BUDGET:
    case CAST_TOO_MANY:
    case CAST_TOO_FEW:
    case CAST_EMPTY:
    case CAST_POT_TOO_MANY:
    case CAST_POT_TOO_FEW:
    case CAST_OVER_POINTS:
    case CAST_OVER_POINT_MAX:
    case CAST_BAD_RANKS:
    case CAST_BAD_WEIGHT:
        return "refused_limits";
    case CAST_NOTHING_TO_WITHDRAW:
        return "no_vote";
    case CAST_RECORDED:
    case CAST_REPEATED:
    case CAST_KEY_REUSED:
    case CAST_SUPERSEDED:
    case CAST_SIGNED_OUT:
    case CAST_SIBLING_REFUSED:
    case CAST_NO_ROUND:
    case CAST_NO_BATCH:
    case CAST_SKIPPED:
    case CAST_FAILED:
    case CAST_UNKNOWN:
        break;
    }
    return "refused";
}

/* All of a text is refused, for the first of its ballots that was. */
static void answer_refused(struct inbox_text *t, const struct reply_round *rounds)
{
    size_t i = 0;
    while (i + 1 < t->n_ballots &&
           (cast_accepted(rounds[i].outcome) || rounds[i].outcome == CAST_SIBLING_REFUSED))
        i++;
    answer(t, refusal_word(rounds[i].outcome));
    reply_refused(rounds, t->n_ballots, &t->about, &t->reply);
}

/* The outcome that keeps a language: api.sms_answer takes its tag from it. */
static const char *language_word(enum language language)
{
    switch (language) {
    case LANGUAGE_PL:
        return "lang_pl";
    case LANGUAGE_EN:
    case LANGUAGE_AR_XB: /* for tests of pages */
    case LANGUAGES:
        break;
    }
    return "lang_en";
}

/* LANG: the answer is in the language that was chosen. */
static void choose_language(struct inbox_text *t)
{
    if (t->text.language == LANGUAGES) {
        answer_plain(t, "lang", SAY_LANG_WHICH, true);
        return;
    }
    t->reply.language = t->text.language;
    answer_plain(t, language_word(t->text.language), SAY_LANG, true);
}

/* To somebody who meant to answer a question, how to vote for projects is no help. */
static void answer_how(struct inbox_text *t, const char *outcome, enum say which)
{
    answer_plain(t, outcome, t->text.question ? SAY_QUESTION_HOW : which, !t->text.voting);
}

/* Texts that need no look-up. */
static void answer_unread(struct inbox_text *t)
{
    switch (t->text.kind) {
    case TEXT_VOTE:
    case TEXT_YES:
    case TEXT_NO:
    case TEXT_UNDO:
    case TEXT_MINE:
    case TEXT_ANSWER:
    case TEXT_LIST:
    case TEXT_MORE:
    case TEXT_INFO:
    case TEXT_RESULT:
    case TEXT_OFFER:
    case TEXT_AGREE:
        return;
    case TEXT_HELP:
        answer_how(t, "help", SAY_HELP);
        return;
    case TEXT_STOP:
        answer_plain(t, "stop", SAY_STOP, true);
        return;
    case TEXT_START:
        answer_plain(t, "start", SAY_START, true);
        return;
    case TEXT_NEWS:
        answer_plain(t, "news", SAY_NEWS, true);
        return;
    case TEXT_LANG:
        choose_language(t);
        return;
    case TEXT_UNCLEAR:
        answer_how(t, "unclear", SAY_UNCLEAR);
        return;
    case TEXT_NO_CODE:
        answer_how(t, "no_code", SAY_NO_CODE);
        return;
    case TEXT_BAD_CODE:
        answer_how(t, "bad_code", SAY_BAD_CODE);
        return;
    case TEXT_NO_NUMBERS:
        answer_how(t, "no_numbers", SAY_NO_NUMBERS);
        return;
    case TEXT_TOO_MANY:
        answer_plain(t, "too_many", SAY_TOO_MANY_NUMBERS, !t->text.voting);
        return;
    case TEXT_BAD_NUMBER:
        answer(t, "bad_number");
        reply_bad_number(t->text.word, &t->reply);
        t->passive = !t->text.voting;
        return;
    }
}

/* --- answers to challenges ---------------------------------------------------------------- */

static enum say answered_words(const struct inbox_answer_said *said)
{
    switch (said->outcome) {
    case ANSWERED_GOOD:
    case ANSWERED_NONE:
        break;
    case ANSWERED_WRONG:
        return SAY_WRONG_DIGITS;
    case ANSWERED_ENDED:
        return SAY_LAST_WRONG_DIGITS;
    case ANSWERED_AGE:
        return SAY_TOO_YOUNG;
    case ANSWERED_FORMAT:
        return said->postcode ? SAY_NEEDS_POSTCODE : SAY_NEEDS_PLACE;
    case ANSWERED_ELSEWHERE:
        return SAY_ELSEWHERE;
    case ANSWERED_UNKNOWN:
        return said->postcode ? SAY_UNKNOWN_POSTCODE : SAY_UNKNOWN_PLACE;
    case ANSWERED_VOID:
        return SAY_NUMBER_VOID;
    }
    return SAY_NOTHING_WAITS;
}

/* An answer with the right digits stands for the text that waited; any other is told so. */
static enum db_outcome read_answers(struct db *db, struct inbox_batch *b)
{
    struct inbox_answer_said said;
    enum db_outcome outcome = DB_OK;

    for (size_t i = 0; outcome == DB_OK && i < b->n; i++) {
        struct inbox_text *t = &b->texts[i];
        if (t->fate != FATE_DONE || t->text.kind != TEXT_ANSWER)
            continue;
        outcome = inbox_read_answer(db, b, t, &said);
        if (outcome != DB_OK || said.outcome == ANSWERED_GOOD)
            continue;
        answer(t, "wrong_digits");
        reply_answered(answered_words(&said), t->said.digits, said.left, said.area, &t->reply);
        t->passive = said.outcome == ANSWERED_NONE;
    }
    return outcome;
}

/* Without a code, a number's vote waits until its digits come back. */
static bool casts(const struct inbox_text *t)
{
    return t->fate == FATE_DONE && t->voter != 0 && t->text.kind != TEXT_MINE &&
           (!t->by_phone || t->challenge != 0);
}

static void answer_no_voter(struct inbox_text *t)
{
    if (t->limited)
        answer_plain(t, "limited", SAY_LIMITED, true);
    else if (!t->by_phone)
        answer_plain(t, "wrong_code", SAY_WRONG_CODE, false);
    else if (t->text.kind == TEXT_MINE)
        answer_plain(t, "no_vote", SAY_NO_VOTE_PHONE, true);
    else if (t->text.kind == TEXT_UNDO)
        answer_plain(t, "no_vote", SAY_UNDO_NEEDS_CODE, true);
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
        if (t->answered)
            reply_clear(&t->reply);
        if (!inbox_has_voter(t))
            continue;
        if (t->voter == 0)
            answer_no_voter(t);
        for (size_t k = 0; k < i && casts(t); k++)
            if (b->texts[k].voter == t->voter && casts(&b->texts[k]))
                t->fate = FATE_LATER;
    }
}

/* --- from numbers to ballots -------------------------------------------------------------- */

/* From a number that has not voted yet it may be one of the projects for which people vote by
 * number, or any at all where none asks for a code. */
static enum db_outcome refuse_unknown(struct db *db, struct inbox_batch *b, struct inbox_text *t,
                                      uint16_t number)
{
    struct reply_pick near[3];
    size_t n = 0;
    bool codes = false, proven = !t->by_phone || t->voter != 0;
    enum db_outcome outcome = inbox_near(db, b, t, number, near, 3, &n, &codes);

    if (outcome == DB_OK && !proven && n == 0 && codes) {
        answer_how(t, "no_code", SAY_NO_CODE);
    } else if (outcome == DB_OK) {
        answer(t, "refused_number");
        reply_unknown_number(number, near, n, &t->about, &t->reply);
        t->passive = !proven && !t->text.voting;
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
    *ballot = (struct inbox_ballot){.round = n->round, .takes = n->takes, .said = n->said};
    ballot->said.picks = arena_alloc(&b->arena, t->text.n * sizeof *ballot->said.picks);
    return ballot;
}

/* What stands in the ballot beside the number: points, a place in the order, yes or no. */
static uint16_t weight_of(const struct inbox_text *t, const struct inbox_ballot *ballot,
                          const struct inbox_number *n)
{
    switch (ballot->said.kind) {
    case REPLY_POINTS:
        return n->pick.weight;
    case REPLY_RANKING:
        return (uint16_t)(ballot->said.n_picks + 1);
    case REPLY_YES_NO:
        return t->text.kind == TEXT_YES;
    case REPLY_APPROVAL:
    case REPLY_KNAPSACK:
        break;
    }
    return 1;
}

/* What this number says against the whole text. False: nothing. */
static bool refuse_number(struct db *db, struct inbox_batch *b, struct inbox_text *t,
                          const struct inbox_number *n, enum db_outcome *outcome)
{
    bool question = t->text.kind != TEXT_VOTE, asked = n->said.kind == REPLY_YES_NO;
    bool points = n->said.kind == REPLY_POINTS, proven = !t->by_phone || t->voter != 0;

    *outcome = DB_OK;
    if (t->by_phone && n->known && (n->by_code || (!n->said.by_phone && !proven)))
        answer_how(t, "no_code", SAY_NO_CODE);
    else if (!n->known)
        *outcome = refuse_unknown(db, b, t, n->pick.number);
    else if (asked != question) {
        answer(t, "refused_kind");
        reply_wrong_kind(&n->pick, asked, &t->about, &t->reply);
    } else if (points != (n->pick.weight > 0)) {
        answer(t, "refused_limits");
        reply_wrong_points(&n->pick, &n->said, &t->about, &t->reply);
    } else {
        return false;
    }
    t->n_ballots = 0;
    return true;
}

/* Groups a text's numbers by round; or refuses the whole text, which then has no ballots. */
static enum db_outcome group_numbers(struct db *db, struct inbox_batch *b, struct inbox_text *t)
{
    enum db_outcome outcome;

    t->ballots = arena_alloc(&b->arena, t->text.n * sizeof *t->ballots);
    for (size_t i = 0; i < t->text.n; i++) {
        const struct inbox_number *n = &t->numbers[i];
        if (refuse_number(db, b, t, n, &outcome))
            return outcome;
        struct inbox_ballot *ballot = ballot_of(b, t, n);
        /* The reply's picks are ours until it is worded. */
        struct reply_pick *pick = (struct reply_pick *)ballot->said.picks + ballot->said.n_picks;
        *pick = n->pick;
        pick->weight = weight_of(t, ballot, n);
        ballot->said.n_picks++;
    }
    return DB_OK;
}

/* UNDO takes back every ballot that a text of now can change. */
static void take_back(struct inbox_batch *b, struct inbox_text *t)
{
    if (t->text.n > 0) {
        answer_plain(t, "unclear", SAY_UNDO_WHOLE, true);
        return;
    }
    t->ballots = arena_alloc(&b->arena, t->n_standing * sizeof *t->ballots);
    for (size_t i = 0; i < t->n_standing; i++) {
        if (!t->standing[i].takes)
            continue;
        struct inbox_ballot *ballot = &t->ballots[t->n_ballots++];
        *ballot = t->standing[i];
        ballot->said.withdrawn = true;
        ballot->said.n_picks = 0;
    }
    if (t->n_ballots == 0)
        answer_plain(t, "no_vote", SAY_NOTHING_TO_UNDO, false);
}

static void show_standing(struct inbox_text *t)
{
    struct reply_round rounds[BALLOT_PICKS_MAX];

    for (size_t i = 0; i < t->n_standing; i++)
        rounds[i] = t->standing[i].said;
    answer(t, "shown");
    if (t->n_standing == 0)
        reply_plain(t->by_phone ? SAY_NO_VOTE_PHONE : SAY_NO_VOTE, &t->reply);
    else
        reply_mine(rounds, t->n_standing, &t->reply);
}

/* --- challenges --------------------------------------------------------------------------- */

static void refuse_checked(struct inbox_text *t)
{
    struct reply_round rounds[BALLOT_PICKS_MAX];

    for (size_t i = 0; i < t->n_ballots; i++)
        rounds[i] = t->ballots[i].said;
    answer_refused(t, rounds);
}

/* Nobody is asked for digits whose text could not count. */
static enum db_outcome check_ballots(struct db *db, struct inbox_text *t, bool *good)
{
    enum db_outcome outcome = DB_OK;

    *good = true;
    for (size_t i = 0; outcome == DB_OK && i < t->n_ballots; i++) {
        struct inbox_ballot *ballot = &t->ballots[i];
        if (!ballot->takes)
            ballot->said.outcome = ballot->said.ended ? CAST_CLOSED : CAST_NOT_OPEN;
        else if (t->text.kind != TEXT_UNDO)
            outcome = inbox_check(db, ballot);
        *good = *good && ballot->said.outcome == CAST_RECORDED;
    }
    return outcome;
}

/* Asks the sender's number for digits; nothing is cast by this text. */
static enum db_outcome challenge(struct db *db, struct inbox_text *t)
{
    struct inbox_asked asked;
    bool good;
    enum db_outcome outcome = check_ballots(db, t, &good);

    if (outcome == DB_OK && !good)
        refuse_checked(t);
    if (outcome == DB_OK && good)
        outcome = inbox_ask(db, t, &asked);
    t->n_ballots = 0;
    if (outcome != DB_OK || !good)
        return outcome;
    if (asked.limited) {
        answer_plain(t, "limited", SAY_ASKED_TOO_OFTEN, true);
        return DB_OK;
    }
    struct reply_ask ask = {.digits = asked.digits,
                            .undo = t->text.kind == TEXT_UNDO,
                            .postcode = asked.postcode,
                            .place = asked.place,
                            .age = asked.age,
                            .minutes = asked.minutes};
    answer(t, "challenged");
    reply_ask(&ask, &t->reply);
    return DB_OK;
}

/* What a text means: ballots to cast, or a reply. */
static enum db_outcome make_ballots(struct db *db, struct inbox_batch *b, struct inbox_text *t)
{
    enum db_outcome outcome = DB_OK;

    t->n_ballots = 0;
    if (t->fate == FATE_DONE && inquiry_is(t))
        return inquiry_answer(db, b, t);
    if (t->fate == FATE_DONE && offer_is(t))
        return offer_answer(db, t);
    if (t->fate != FATE_DONE || !inbox_has_voter(t) || (t->voter == 0 && t->reply.text.len > 0))
        return DB_OK;
    if (t->text.kind == TEXT_MINE)
        show_standing(t);
    else if (t->text.kind == TEXT_UNDO)
        take_back(b, t);
    else
        outcome = group_numbers(db, b, t);
    if (outcome == DB_OK && t->n_ballots > 0 && t->by_phone && t->challenge == 0)
        outcome = challenge(db, t);
    return outcome;
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
        .withdrawn = ballot->said.withdrawn,
        .inbox = t->cast_as,
        .n_picks = (uint16_t)ballot->said.n_picks,
    };
    form_key(t, item->form_key);
    for (size_t i = 0; i < ballot->said.n_picks; i++) {
        const struct reply_pick *pick = &ballot->said.picks[i];
        item->picks[i].number = pick->number;
        item->picks[i].weight = pick->weight;
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
        answer_plain(t, "wrong_code", t->by_phone ? SAY_NUMBER_VOID : SAY_WRONG_CODE, false);
    } else if (all) {
        answer(t, "recorded");
        reply_recorded(rounds, t->n_ballots, &t->reply);
    } else {
        answer_refused(t, rounds);
    }
}

enum db_outcome judge_batch(struct db *db, struct caster *caster, struct inbox_batch *b,
                            const char *sms_number, int *replies)
{
    struct cast_item *items = NULL;
    enum db_outcome outcome = inbox_hold(db, b);

    if (outcome == DB_OK)
        outcome = read_answers(db, b);
    if (outcome == DB_OK)
        outcome = inbox_codes(db, b);
    if (outcome != DB_OK)
        return outcome;
    sort_out(b);
    outcome = inbox_numbers(db, b);
    if (outcome == DB_OK)
        outcome = inbox_standing(db, b);
    for (size_t i = 0; outcome == DB_OK && i < b->n; i++)
        outcome = make_ballots(db, b, &b->texts[i]);
    if (outcome == DB_OK)
        outcome = cast_all(caster, b, &items);
    if (outcome != DB_OK)
        return outcome;
    for (size_t i = 0; i < b->n; i++) {
        if (b->texts[i].n_ballots > 0)
            word_outcomes(&b->texts[i], items);
        reply_end(&b->texts[i].reply);
    }
    outcome = inbox_answer(db, b, sms_number, replies);
    failpoint("after_cast");
    return outcome;
}
