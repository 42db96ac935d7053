/* export_pb.c: writes the published file that a count reads. */
#include "server/export_pb.h"
#include "server/typed.h"

enum { COMMENT_MAX = 256 << 10 };

/* --- cells -------------------------------------------------------------------------------- */
/* Quoted where the format's separators stand in it; control characters become spaces. */
static void cell(struct buf *out, const char *text)
{
    bool quoted = strpbrk(text, ";\"") != NULL;
    if (quoted)
        buf_char(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            buf_char(out, '"');
        buf_char(out, (unsigned char)*text < ' ' || *text == 127 ? ' ' : *text);
    }
    if (quoted)
        buf_char(out, '"');
}

static void meta(struct buf *out, const char *key, const char *value)
{
    buf_fmt(out, "%s;", key);
    cell(out, value);
    buf_char(out, '\n');
}

static void meta_number(struct buf *out, const char *key, size_t n)
{
    buf_fmt(out, "%s;%zu\n", key, n);
}

static void meta_money(struct buf *out, const char *key, int64_t pence)
{
    buf_fmt(out, "%s;", key);
    typed_pounds_add(out, pence);
    buf_char(out, '\n');
}

/* --- which picks belong here -------------------------------------------------------------- */
static const struct pb_proposal *find(const struct pb_round *round, uint16_t number)
{
    size_t low = 0, high = (size_t)round->proposals;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (round->proposal[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    bool there = low < (size_t)round->proposals && round->proposal[low].number == number;
    return there ? &round->proposal[low] : NULL;
}

static bool in_pot(const struct pb_round *round, const struct pb_pot *pot, uint16_t number)
{
    const struct pb_proposal *p = find(round, number);
    return p != NULL && p->pot == pot->ordinal;
}

static bool has_pick(const struct pb_round *round, const struct pb_pot *pot,
                     const struct pb_ballot *ballot)
{
    if (pot == NULL)
        return ballot->n_picks == 1;
    for (int i = 0; i < ballot->n_picks; i++) {
        if (in_pot(round, pot, ballot->picks[i].number))
            return true;
    }
    return false;
}

static size_t count_votes(const struct pb_round *round, const struct pb_pot *pot)
{
    size_t n = 0;
    for (size_t i = 0; i < round->ballots; i++)
        n += has_pick(round, pot, &round->ballot[i]);
    return n;
}

static size_t count_projects(const struct pb_round *round, const struct pb_pot *pot)
{
    size_t n = pot == NULL ? 2 : 0;
    for (int i = 0; pot != NULL && i < round->proposals; i++)
        n += round->proposal[i].pot == pot->ordinal;
    return n;
}

/* What ballots say of one proposal. */
struct support {
    size_t votes, points; /* ballots that pick it; the weights that they give it, added up */
};

static struct support support_of(const struct pb_round *round, uint16_t number)
{
    struct support s = {0};
    for (size_t i = 0; i < round->ballots; i++) {
        const struct pb_ballot *b = &round->ballot[i];
        for (int k = 0; k < b->n_picks; k++) {
            s.votes += b->picks[k].number == number;
            s.points += b->picks[k].number == number ? b->picks[k].weight : 0;
        }
    }
    return s;
}

/* Answers to the question: `weight` 1 for yes, 0 for no. */
static size_t count_answers(const struct pb_round *round, int weight)
{
    size_t n = 0;
    for (size_t i = 0; i < round->ballots; i++)
        n += round->ballot[i].n_picks == 1 && round->ballot[i].picks[0].weight == weight;
    return n;
}

/* --- sections ----------------------------------------------------------------------------- */
static const char *count_by(enum pb_kind kind)
{
    switch (kind) {
    case PB_POINTS:
        return "points";
    case PB_RANKING:
        return "Borda points";
    case PB_APPROVAL:
    case PB_KNAPSACK:
    case PB_YES_NO:
        break;
    }
    return "votes";
}

static const char *vote_type(enum pb_kind kind)
{
    switch (kind) {
    case PB_POINTS:
        return "cumulative";
    case PB_RANKING:
        return "ordinal";
    case PB_YES_NO:
        return "choose-1";
    case PB_APPROVAL:
    case PB_KNAPSACK:
        break;
    }
    return "approval";
}

/* Whether it is a rule that Pabulib's word "greedy" means: most votes (or points) first. */
static bool plainly_greedy(const struct pb_round *round)
{
    return strcmp(round->rule, "greedy") == 0 || strcmp(round->rule, "greedy-points-raw") == 0 ||
           strcmp(round->rule, "greedy-borda-raw") == 0;
}

/* Pabulib's word for the rule. It has none for ours by equal shares, whose completion is another,
 * or for Phragmen's: then the comment names it, as wardmote-count calls it. */
static const char *rule_word(const struct pb_round *round)
{
    if (plainly_greedy(round))
        return round->minimum_votes > 0 ? "greedy-threshold" : "greedy";
    return strncmp(round->rule, "greedy", 6) == 0 ? "greedy-custom" : "unknown";
}

static void rule_comment(struct buf *text, const struct pb_round *round)
{
    if (plainly_greedy(round))
        buf_fmt(text,
                " #2: greedy by %s, skipping what does not fit. Votes that a proposal needs at "
                "least: %d. Equal %s go by lowest cost, then by lot.",
                count_by(round->kind), round->minimum_votes > 1 ? round->minimum_votes : 1,
                count_by(round->kind));
    else
        buf_fmt(text, " #2: counted by wardmote-count's rule %s with %s.", round->rule,
                round->settings);
}

static void comments(struct buf *out, const struct pb_round *round, const struct pb_pot *pot)
{
    struct buf text = buf_new(COMMENT_MAX);
    buf_str_add(&text, "#1: voter_id is a running number and names nobody: the ballots stand in "
                       "the order of what they say.");
    if (pot == NULL)
        buf_fmt(&text,
                " #2: adopted if more say yes than no and at least %d ballots were cast. A tie is "
                "not adopted.",
                round->minimum_votes);
    else
        rule_comment(&text, round);
    if (round->kind == PB_RANKING && pot != NULL && strcmp(round->rule, "greedy-borda-raw") == 0)
        buf_str_add(&text, " Of a ballot that ranks n projects the first gets n points, the next "
                           "n - 1, the last 1.");
    if (pot != NULL && pot->carried > 0) {
        buf_str_add(&text, " The budget includes ");
        typed_pounds_add(&text, pot->carried);
        buf_str_add(&text, " that the pot before it left over.");
    }
    if (round->changes != NULL && *round->changes != '\0')
        buf_fmt(&text, " #3: changed by two officers after the rules were frozen: %s",
                round->changes);
    meta(out, "comment", buf_str(&text));
    buf_free(&text);
}

static void describe(struct buf *out, const struct pb_round *round, const struct pb_pot *pot)
{
    struct buf text = buf_new(1000);
    buf_fmt(&text, "%s: %s", round->title, pot == NULL ? round->question : pot->name);
    meta(out, "description", buf_str(&text));
    buf_free(&text);
    meta(out, "country", "United Kingdom");
    meta(out, "unit", round->unit);
    meta(out, "subunit", round->area);
    meta(out, "instance", round->closes_on + (strlen(round->closes_on) > 6 ? 6 : 0));
}

static void limits(struct buf *out, const struct pb_round *round, const struct pb_pot *pot,
                   size_t projects)
{
    size_t most = (size_t)round->max_picks < projects ? (size_t)round->max_picks : projects;
    meta_number(out, "min_length", 1);
    meta_number(out, "max_length", round->kind == PB_KNAPSACK ? projects : most);
    if (round->kind == PB_KNAPSACK)
        meta_money(out, "max_sum_cost", pot->amount);
    if (round->kind == PB_POINTS) {
        meta_number(out, "max_points", (size_t)round->points_max);
        meta_number(out, "max_sum_points", (size_t)round->points_sum);
    }
    if (round->kind == PB_RANKING)
        meta(out, "scoring_fn", "Borda");
}

/* Whether a proposal is the first of its group, which then names the others. */
static bool leads_group(const struct pb_round *round, const struct pb_proposal *p)
{
    for (int i = 0; p->exclusion != 0 && i < round->proposals; i++)
        if (round->proposal[i].exclusion == p->exclusion)
            return &round->proposal[i] == p;
    return false;
}

static void exclusions(struct buf *out, const struct pb_round *round, const struct pb_pot *pot)
{
    struct buf text = buf_new(COMMENT_MAX);
    for (int i = 0; pot != NULL && i < round->proposals; i++) {
        const struct pb_proposal *p = &round->proposal[i];
        if (p->pot != pot->ordinal || !leads_group(round, p))
            continue;
        if (text.len > 0)
            buf_char(&text, ',');
        buf_fmt(&text, "%04u", p->number);
        for (int k = i + 1; k < round->proposals; k++)
            if (round->proposal[k].exclusion == p->exclusion)
                buf_fmt(&text, "+%04u", round->proposal[k].number);
    }
    if (text.len > 0)
        meta(out, "exclusions", buf_str(&text));
    buf_free(&text);
}

static void section_meta(struct buf *out, const struct pb_round *round, const struct pb_pot *pot,
                         size_t votes)
{
    size_t projects = count_projects(round, pot);
    bool threshold = pot != NULL && round->minimum_votes > 0;
    buf_str_add(out, "META\nkey;value\n");
    describe(out, round, pot);
    meta_number(out, "num_projects", projects);
    meta_number(out, "num_votes", votes);
    meta_money(out, "budget", pot != NULL ? pot->amount + pot->carried : 100);
    meta(out, "vote_type", vote_type(round->kind));
    meta(out, "rule", pot == NULL ? "greedy-custom" : rule_word(round));
    meta(out, "date_begin", round->opens_on);
    meta(out, "date_end", round->closes_on);
    if (pot != NULL)
        limits(out, round, pot, projects);
    if (threshold && plainly_greedy(round))
        meta_number(out, "min_project_score_threshold", (size_t)round->minimum_votes);
    meta(out, "language", "en");
    meta(out, "currency", "GBP");
    comments(out, round, pot);
    exclusions(out, round, pot);
    if (round->rules_sha256 != NULL)
        meta(out, "rules_sha256", round->rules_sha256);
}

/* Files of rounds without themes are as they always were. */
static bool has_themes(const struct pb_round *round, const struct pb_pot *pot)
{
    for (int i = 0; pot != NULL && i < round->proposals; i++) {
        if (round->proposal[i].pot == pot->ordinal && *round->proposal[i].theme != '\0')
            return true;
    }
    return false;
}

static void section_projects(struct buf *out, const struct pb_round *round,
                             const struct pb_pot *pot)
{
    bool points = round->kind == PB_POINTS;
    bool themes = has_themes(round, pot);
    buf_fmt(out, "PROJECTS\nproject_id;cost;votes;%sname%s\n", points ? "score;" : "",
            themes ? ";category" : "");
    if (pot == NULL) {
        buf_fmt(out, "yes;1.00;%zu;Yes\nno;1.00;%zu;No\n", count_answers(round, 1),
                count_answers(round, 0));
        return;
    }
    for (int i = 0; i < round->proposals; i++) {
        const struct pb_proposal *p = &round->proposal[i];
        if (p->pot != pot->ordinal)
            continue;
        struct support said = support_of(round, p->number);
        buf_fmt(out, "%04u;", p->number);
        typed_pounds_add(out, p->cost);
        buf_fmt(out, ";%zu;", said.votes);
        if (points)
            buf_fmt(out, "%zu;", said.points);
        cell(out, p->title);
        if (themes) {
            buf_char(out, ';');
            cell(out, p->theme);
        }
        buf_char(out, '\n');
    }
}

/* The most points first, or the best rank; approvals as they are, by number. */
static bool goes_before(enum pb_kind kind, struct ballot_pick a, struct ballot_pick b)
{
    if (kind == PB_POINTS && a.weight != b.weight)
        return a.weight > b.weight;
    if (kind == PB_RANKING && a.weight != b.weight)
        return a.weight < b.weight;
    return a.number < b.number;
}

/* The picks that belong to this pot, in the order of the file. */
static int picks_here(const struct pb_round *round, const struct pb_pot *pot,
                      const struct pb_ballot *ballot, struct ballot_pick here[BALLOT_PICKS_MAX])
{
    int n = 0;
    for (int i = 0; i < ballot->n_picks; i++) {
        if (!in_pot(round, pot, ballot->picks[i].number))
            continue;
        int at = n++;
        for (; at > 0 && goes_before(round->kind, ballot->picks[i], here[at - 1]); at--)
            here[at] = here[at - 1];
        here[at] = ballot->picks[i];
    }
    return n;
}

/* What a ballot says here: "1359,1275", with ";7,2" for points; or yes or no. */
static void vote(struct buf *out, const struct pb_round *round, const struct pb_pot *pot,
                 const struct pb_ballot *ballot)
{
    struct ballot_pick here[BALLOT_PICKS_MAX];
    if (pot == NULL)
        buf_str_add(out, ballot->picks[0].weight == 1 ? "yes" : "no");
    int n = pot == NULL ? 0 : picks_here(round, pot, ballot, here);
    for (int i = 0; i < n; i++)
        buf_fmt(out, "%s%04u", i == 0 ? "" : ",", here[i].number);
    for (int i = 0; round->kind == PB_POINTS && i < n; i++)
        buf_fmt(out, "%s%u", i == 0 ? ";" : ",", here[i].weight);
}

static int by_words(const void *a, const void *b, void *words)
{
    const char *base = words;
    return strcmp(base + *(const size_t *)a, base + *(const size_t *)b);
}

/* In the order of what they say in this file alone: rows of two pots' files have nothing in common
 * by which they could be joined again. */
static void section_votes(struct buf *out, const struct pb_round *round, const struct pb_pot *pot,
                          size_t votes)
{
    struct buf words = buf_new(PB_MAX);
    size_t *at = wm_alloc(sizeof *at * (votes + 1)), n = 0;
    for (size_t i = 0; i < round->ballots; i++) {
        if (!has_pick(round, pot, &round->ballot[i]))
            continue;
        at[n++] = words.len;
        vote(&words, round, pot, &round->ballot[i]);
        buf_char(&words, '\0');
    }
    out->overflowed = out->overflowed || words.overflowed;
    if (!words.overflowed)
        qsort_r(at, n, sizeof *at, by_words, words.data);
    buf_fmt(out, "VOTES\nvoter_id;vote%s\n", round->kind == PB_POINTS ? ";points" : "");
    for (size_t i = 0; !words.overflowed && i < n; i++)
        buf_fmt(out, "%zu;%s\n", i + 1, (const char *)words.data + at[i]);
    free(at);
    buf_free(&words);
}

size_t export_pb(struct buf *out, const struct pb_round *round, const struct pb_pot *pot)
{
    size_t votes = count_votes(round, pot);
    section_meta(out, round, pot, votes);
    section_projects(out, round, pot);
    section_votes(out, round, pot, votes);
    return votes;
}
