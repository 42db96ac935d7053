/* test_count_rules.c: who wins and why, ties and lots, and greedy against a brute-force double. */
#include "test_count_support.h"

#include "count/amount.h"

static struct tally count_with(const struct election *e, struct terms terms)
{
    struct tally t;
    struct refusal why = {.text = ""};
    assert_true(terms.rule->count(e, &terms, &t, &why));
    return t;
}

static struct terms greedy(const char *minimum_votes, const char *fund_unsupported)
{
    struct terms terms = terms_new(&rule_greedy);
    struct refusal why;
    assert_true(terms_set(&terms, "minimum-votes", minimum_votes, &why));
    assert_true(terms_set(&terms, "fund-unsupported", fund_unsupported, &why));
    return terms;
}

/* One line a proposal: id, reason, step. */
static void assert_outcome(const struct election *e, const struct tally *t, const char *expected)
{
    struct buf text = buf_new(10000);
    for (size_t i = 0; i < t->line_count; i++)
        buf_fmt(&text, "%s %s %zu\n", e->projects[t->lines[i].project].id,
                reason_word(t->lines[i].reason), t->lines[i].step);
    assert_string_equal(buf_str(&text), expected);
    buf_free(&text);
}

static const char street[] = META "PROJECTS\nproject_id;cost\n"
                                  "big;101\ntrees;60\nbins;50\nbench;40\nnobody;0\ngone;999999999\n"
                                  "VOTES\nvoter_id;vote\n"
                                  "a;big,trees,bins\nb;big,trees,bins\nc;big,trees,bins\n"
                                  "d;big,trees,bench\ne;big,gone\nf;\n";

static void every_proposal_has_its_reason(void **state)
{
    (void)state;
    struct election *e = read_text(street);
    struct tally t = count_with(e, greedy("0", "no"));
    assert_outcome(e, &t,
                   "big costs_more_than_budget 0\ntrees won 1\nbins not_enough_left 0\n"
                   "bench won 2\ngone withdrawn 0\nnobody no_votes 0\n");
    assert_int_equal(mpq_cmp_ui(t.spent, 100, 1), 0);
    assert_int_equal(mpq_sgn(t.left), 0);
    assert_int_equal(mpq_cmp_ui(t.lines[2].left, 40, 1), 0);
    assert_false(t.lines[5].weighed);
    assert_int_equal(t.voters_by_winners_len, 3);
    assert_int_equal(t.voters_by_winners[0], 2);
    assert_int_equal(t.voters_by_winners[1], 3);
    assert_int_equal(t.voters_by_winners[2], 1);
    tally_free(&t);

    t = count_with(e, greedy("0", "yes"));
    assert_int_equal(t.lines[5].reason, REASON_WON);
    tally_free(&t);

    t = count_with(e, greedy("2", "no"));
    assert_outcome(e, &t,
                   "big costs_more_than_budget 0\ntrees won 1\nbins not_enough_left 0\n"
                   "bench below_minimum 0\ngone below_minimum 0\nnobody no_votes 0\n");
    tally_free(&t);
    drop(e);
}

static void a_vote_in_which_nobody_chose_anything(void **state)
{
    (void)state;
    struct election *e =
        read_text(META "PROJECTS\nproject_id;cost\na;1\nVOTES\nvoter_id;vote\n1;\n2;\n");
    struct tally t = count_with(e, greedy("0", "no"));
    assert_outcome(e, &t, "a no_votes 0\n");
    assert_int_equal(t.voters_by_winners_len, 1);
    assert_int_equal(t.voters_by_winners[0], 2);
    tally_free(&t);
    drop(e);
}

static void a_proposal_may_take_the_last_penny(void **state)
{
    (void)state;
    struct election *e = read_text("META\nbudget;0.3\nvote_type;approval\nPROJECTS\n"
                                   "project_id;cost\na;0.1\nb;0.2\nc;0.01\nVOTES\nvoter_id;vote\n"
                                   "1;a,b,c\n2;a,b\n3;a\n");
    struct tally t = count_with(e, greedy("0", "yes"));
    assert_outcome(e, &t, "a won 1\nb won 2\nc not_enough_left 0\n");
    assert_int_equal(mpq_sgn(t.left), 0);
    tally_free(&t);
    drop(e);
}

static void equal_votes_lowest_cost_first(void **state)
{
    (void)state;
    struct election *e = read_text(META "PROJECTS\nproject_id;cost\na;70\nb;60\nc;50\n"
                                        "VOTES\nvoter_id;vote\n1;a,b,c\n");
    struct tally t = count_with(e, greedy("0", "yes"));
    assert_outcome(e, &t, "c won 1\nb not_enough_left 0\na not_enough_left 0\n");
    assert_int_equal(t.tie_count, 1);
    assert_int_equal(t.ties[0].broken_by, TIE_COST);
    assert_int_equal(t.ties[0].count, 3);
    assert_true(t.ties[0].decisive);
    assert_int_equal(t.voters_by_winners_len, 2);
    assert_int_equal(t.voters_by_winners[1], 1);
    tally_free(&t);
    drop(e);
}

static void ties_that_decide_nothing_say_so(void **state)
{
    (void)state;
    /* a, b: both fit, to the penny. c, d: neither fits. */
    struct election *e = read_text(META "PROJECTS\nproject_id;cost\na;50\nb;50\nc;60\nd;90\n"
                                        "VOTES\nvoter_id;vote\n1;a,b,c,d\n2;a,b\n");
    struct tally t = count_with(e, greedy("0", "yes"));
    assert_int_equal(t.tie_count, 2);
    assert_int_equal(t.ties[0].broken_by, TIE_NATURAL);
    assert_false(t.ties[0].decisive);
    assert_int_equal(t.ties[1].broken_by, TIE_COST);
    assert_false(t.ties[1].decisive);
    tally_free(&t);
    drop(e);
}

static void without_a_seed_the_natural_order_of_ids(void **state)
{
    (void)state;
    static const char *const ordered[] = {
        "",    "0",   "00", "01",   "1",   "2",    "10",  "A",    "P",     "P0",
        "P1x", "P02", "P2", "P2-1", "P10", "P10a", "P-1", "a1b2", "a1b10",
    };
    for (size_t i = 0; i < sizeof(ordered) / sizeof(ordered[0]); i++) {
        for (size_t k = 0; k < sizeof(ordered) / sizeof(ordered[0]); k++) {
            int order = lot_natural(ordered[i], ordered[k]);
            int expected = i == k ? 0 : i < k ? -1 : 1;
            if ((order > 0) - (order < 0) != expected)
                print_error("\"%s\" and \"%s\": %d\n", ordered[i], ordered[k], order);
            assert_int_equal((order > 0) - (order < 0), expected);
        }
    }
}

/* SHA-256 computed with sha256sum over the label, one zero byte, 32 bytes 0xAB and the id. */
static void the_lot_is_the_published_formula(void **state)
{
    (void)state;
    uint8_t seed[LOT_SEED_LEN];
    uint8_t lot[DIGEST_LEN];
    struct buf hex = buf_new(64);
    memset(seed, 0xAB, sizeof(seed));
    lot_draw(seed, "P10", lot);
    buf_hex(&hex, lot, sizeof(lot));
    assert_string_equal(buf_str(&hex),
                        "022be67bd1816fd37fed83c03f8b00c977f1425f035e08d5ee5baf34e14b5a4d");
    buf_free(&hex);
}

static void the_lowest_lot_wins(void **state)
{
    (void)state;
    struct election *e = read_text(META "PROJECTS\nproject_id;cost\na;60\nb;60\nc;60\n"
                                        "VOTES\nvoter_id;vote\n1;a,b,c\n");
    bool other_than_natural = false;
    for (uint8_t s = 0; s < 16; s++) {
        struct terms terms = greedy("0", "yes");
        terms.has_seed = true;
        terms.seed[0] = s;
        struct tally t = count_with(e, terms);
        for (size_t i = 0; i < 3; i++) {
            uint8_t lot[DIGEST_LEN];
            lot_draw(terms.seed, e->projects[t.lines[i].project].id, lot);
            assert_memory_equal(t.lines[i].lot, lot, DIGEST_LEN);
            if (i > 0)
                assert_true(memcmp(t.lines[i - 1].lot, lot, DIGEST_LEN) < 0);
        }
        other_than_natural = other_than_natural || t.lines[0].project != 0;
        assert_int_equal(t.tie_count, 1);
        assert_int_equal(t.ties[0].broken_by, TIE_LOT);
        assert_true(t.ties[0].decisive);
        tally_free(&t);
    }
    assert_true(other_than_natural);
    drop(e);
}

/* SplitMix64 (Steele, Lea, Flood 2014): the same elections on every machine. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

enum { SMALL_PROJECTS = 7, SMALL_BALLOTS = 12 };

struct small_election {
    unsigned budget; /* pence */
    unsigned cost[SMALL_PROJECTS];
    unsigned votes[SMALL_PROJECTS];
    bool picked[SMALL_BALLOTS][SMALL_PROJECTS];
};

static void draw_election(struct small_election *s, uint64_t *state)
{
    memset(s, 0, sizeof(*s));
    s->budget = (unsigned)(next_random(state) % 1000);
    for (int p = 0; p < SMALL_PROJECTS; p++)
        s->cost[p] = (unsigned)(next_random(state) % 8 * 50);
    for (int b = 0; b < SMALL_BALLOTS; b++) {
        for (int p = 0; p < SMALL_PROJECTS; p++) {
            s->picked[b][p] = next_random(state) % 3 == 0;
            s->votes[p] += s->picked[b][p] ? 1 : 0;
        }
    }
}

static void write_election(const struct small_election *s, struct buf *out)
{
    buf_fmt(out, "META\nbudget;%u.%02u\nvote_type;approval\nPROJECTS\nproject_id;cost\n",
            s->budget / 100, s->budget % 100);
    for (int p = 0; p < SMALL_PROJECTS; p++)
        buf_fmt(out, "%d;%u.%02u\n", p, s->cost[p] / 100, s->cost[p] % 100);
    buf_str_add(out, "VOTES\nvoter_id;vote\n");
    for (int b = 0; b < SMALL_BALLOTS; b++) {
        buf_fmt(out, "v%d;", b);
        bool any = false;
        for (int p = 0; p < SMALL_PROJECTS; p++) {
            if (s->picked[b][p])
                buf_fmt(out, "%s%d", any ? "," : "", p);
            any = any || s->picked[b][p];
        }
        buf_char(out, '\n');
    }
}

/* Greedy said another way: again and again take, of those not yet looked at, the one that no
 * other goes before; whole pence, no sorting, no ties to list. */
static unsigned brute_force(const struct small_election *s, unsigned minimum, bool winners[])
{
    bool done[SMALL_PROJECTS] = {false};
    unsigned left = s->budget;
    for (int round = 0; round < SMALL_PROJECTS; round++) {
        int best = -1;
        for (int p = 0; p < SMALL_PROJECTS; p++) {
            if (!done[p] && (best < 0 || s->votes[p] > s->votes[best] ||
                             (s->votes[p] == s->votes[best] && s->cost[p] < s->cost[best])))
                best = p;
        }
        done[best] = true;
        winners[best] = s->votes[best] >= minimum && s->cost[best] <= left;
        left -= winners[best] ? s->cost[best] : 0;
    }
    return left;
}

static void greedy_agrees_with_brute_force(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (int n = 0; n < 500; n++) {
        struct small_election s;
        struct buf text = buf_new(10000);
        bool winners[SMALL_PROJECTS];
        unsigned minimum = (unsigned)(n % 4);
        draw_election(&s, &random);
        write_election(&s, &text);
        unsigned left = brute_force(&s, minimum, winners);
        struct election *e = read_text(buf_str(&text));
        struct terms terms = greedy("0", "yes");
        terms.values[0] = minimum;
        struct tally t = count_with(e, terms);
        for (size_t i = 0; i < t.line_count; i++)
            assert_int_equal(t.lines[i].reason == REASON_WON, winners[t.lines[i].project]);
        assert_int_equal(mpq_cmp_ui(t.left, left, 100), 0);
        tally_free(&t);
        drop(e);
        buf_free(&text);
    }
}

static void ask(const char *votes, const char *minimum, enum verdict expected, uint64_t yes,
                uint64_t no)
{
    struct buf text = buf_new(10000);
    struct refusal why;
    struct terms terms = terms_new(&rule_yes_no);
    assert_true(terms_set(&terms, "minimum-votes", minimum, &why));
    buf_str_add(&text, CHOOSE "PROJECTS\nproject_id;cost\nno;1\nyes;1\nVOTES\nvoter_id;vote\n");
    for (size_t i = 0; votes[i] != '\0'; i++)
        buf_fmt(&text, "%zu;%s\n", i, votes[i] == 'y' ? "yes" : votes[i] == 'n' ? "no" : "");
    struct election *e = read_text(buf_str(&text));
    struct tally t = count_with(e, terms);
    assert_int_equal(t.verdict, expected);
    assert_int_equal(t.yes, yes);
    assert_int_equal(t.no, no);
    tally_free(&t);
    drop(e);
    buf_free(&text);
}

static void questions_are_answered(void **state)
{
    (void)state;
    ask("yyn", "0", VERDICT_ADOPTED, 2, 1);
    ask("ynn", "0", VERDICT_MORE_NO, 1, 2);
    ask("yn", "0", VERDICT_TIE, 1, 1);
    ask("", "0", VERDICT_TIE, 0, 0);
    ask("yyn", "3", VERDICT_ADOPTED, 2, 1);
    ask("yyn", "4", VERDICT_TOO_FEW, 2, 1);
    ask("yy-", "3", VERDICT_ADOPTED, 2, 0); /* a blank ballot is a vote cast */
}

static void a_question_must_look_like_one(void **state)
{
    (void)state;
    static const char *const unsuited[] = {
        META "PROJECTS\nproject_id;cost\nyes;1\nno;1\nVOTES\nvoter_id;vote\na;yes\n",
        CHOOSE "PROJECTS\nproject_id;cost\nyes;1\nVOTES\nvoter_id;vote\na;yes\n",
        CHOOSE "PROJECTS\nproject_id;cost\nyes;1\nno;1\nmaybe;1\nVOTES\nvoter_id;vote\na;yes\n",
        CHOOSE "PROJECTS\nproject_id;cost\nyes;1\nNO;1\nVOTES\nvoter_id;vote\na;yes\n",
    };
    struct terms terms = terms_new(&rule_yes_no);
    for (size_t i = 0; i < sizeof(unsuited) / sizeof(unsuited[0]); i++) {
        struct election *e = read_text(unsuited[i]);
        struct tally t;
        struct refusal why = {.text = ""};
        assert_false(rule_yes_no.count(e, &terms, &t, &why));
        assert_non_null(strstr(why.text, "yes-no"));
        drop(e);
    }
}

static void settings_are_read_strictly(void **state)
{
    (void)state;
    struct terms terms = terms_new(rule_find("greedy"));
    struct refusal why;
    assert_int_equal(terms_get(&terms, "minimum-votes"), 0);
    assert_int_equal(terms_get(&terms, "fund-unsupported"), 1);
    assert_false(terms_set(&terms, "minimum-votes", "-1", &why));
    assert_false(terms_set(&terms, "minimum-votes", "ten", &why));
    assert_false(terms_set(&terms, "fund-unsupported", "maybe", &why));
    assert_false(terms_set(&terms, "fund-unsupported", "1", &why));
    assert_false(terms_set(&terms, "quota", "1", &why));
    assert_true(terms_set(&terms, "minimum-votes", "10", &why));
    assert_int_equal(terms_get(&terms, "minimum-votes"), 10);
    assert_null(rule_find("greed"));
    assert_ptr_equal(rule_find("yes-no"), &rule_yes_no);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_proposal_has_its_reason),
        cmocka_unit_test(a_vote_in_which_nobody_chose_anything),
        cmocka_unit_test(a_proposal_may_take_the_last_penny),
        cmocka_unit_test(equal_votes_lowest_cost_first),
        cmocka_unit_test(ties_that_decide_nothing_say_so),
        cmocka_unit_test(without_a_seed_the_natural_order_of_ids),
        cmocka_unit_test(the_lot_is_the_published_formula),
        cmocka_unit_test(the_lowest_lot_wins),
        cmocka_unit_test(greedy_agrees_with_brute_force),
        cmocka_unit_test(questions_are_answered),
        cmocka_unit_test(a_question_must_look_like_one),
        cmocka_unit_test(settings_are_read_strictly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
