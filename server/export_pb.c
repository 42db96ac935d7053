/* export_pb.c: writes the published file that a count reads. */
#include "server/export_pb.h"

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

static void money(struct buf *out, int64_t pence)
{
    buf_fmt(out, "%lld.%02lld", (long long)pence / 100, (long long)pence % 100);
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
    money(out, pence);
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

/* Ballots that pick `number`, with `weight` in a question. */
static size_t count_picks(const struct pb_round *round, int number, int weight)
{
    size_t n = 0;
    for (size_t i = 0; i < round->ballots; i++) {
        const struct pb_ballot *b = &round->ballot[i];
        for (int k = 0; k < b->n_picks; k++)
            n += (number < 0 || b->picks[k].number == number) && b->picks[k].weight == weight;
    }
    return n;
}

/* --- sections ----------------------------------------------------------------------------- */
static void comments(struct buf *out, const struct pb_round *round, const struct pb_pot *pot)
{
    struct buf text = buf_new(2000);
    buf_str_add(&text, "#1: voting_method internet stands for votes on the web and by text "
                       "message. #2: voter_id is a running number and names nobody.");
    if (pot == NULL)
        buf_fmt(&text,
                " #3: adopted if more say yes than no and at least %d ballots were cast. A tie is "
                "not adopted.",
                round->minimum_votes);
    else
        buf_fmt(&text,
                " #3: greedy by votes, skipping what does not fit. Votes that a proposal needs at "
                "least: %d. Equal votes go by lowest cost, then by lot.",
                round->minimum_votes > 1 ? round->minimum_votes : 1);
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
    meta_money(out, "budget", pot != NULL ? pot->amount : 100);
    meta(out, "vote_type", pot != NULL ? "approval" : "choose-1");
    meta(out, "rule", pot == NULL ? "greedy-custom" : (threshold ? "greedy-threshold" : "greedy"));
    meta(out, "date_begin", round->opens_on);
    meta(out, "date_end", round->closes_on);
    if (pot != NULL)
        limits(out, round, pot, projects);
    if (threshold)
        meta_number(out, "min_project_score_threshold", (size_t)round->minimum_votes);
    meta(out, "language", "en");
    meta(out, "currency", "GBP");
    comments(out, round, pot);
}

static void section_projects(struct buf *out, const struct pb_round *round,
                             const struct pb_pot *pot)
{
    buf_str_add(out, "PROJECTS\nproject_id;cost;votes;name\n");
    if (pot == NULL) {
        buf_fmt(out, "yes;1.00;%zu;Yes\nno;1.00;%zu;No\n", count_picks(round, -1, 1),
                count_picks(round, -1, 0));
        return;
    }
    for (int i = 0; i < round->proposals; i++) {
        const struct pb_proposal *p = &round->proposal[i];
        if (p->pot != pot->ordinal)
            continue;
        buf_fmt(out, "%04u;", p->number);
        money(out, p->cost);
        buf_fmt(out, ";%zu;", count_picks(round, p->number, 1));
        cell(out, p->title);
        buf_char(out, '\n');
    }
}

static void vote(struct buf *out, const struct pb_round *round, const struct pb_pot *pot,
                 const struct pb_ballot *ballot, size_t id)
{
    bool first = true;
    buf_fmt(out, "%zu;", id);
    if (pot == NULL)
        buf_str_add(out, ballot->picks[0].weight == 1 ? "yes" : "no");
    for (int i = 0; pot != NULL && i < ballot->n_picks; i++) {
        if (!in_pot(round, pot, ballot->picks[i].number))
            continue;
        buf_fmt(out, "%s%04u", first ? "" : ",", ballot->picks[i].number);
        first = false;
    }
    buf_str_add(out, ballot->channel == PB_PAPER ? ";paper\n" : ";internet\n");
}

size_t export_pb(struct buf *out, const struct pb_round *round, const struct pb_pot *pot)
{
    size_t votes = count_votes(round, pot);
    size_t id = 0;
    section_meta(out, round, pot, votes);
    section_projects(out, round, pot);
    buf_str_add(out, "VOTES\nvoter_id;vote;voting_method\n");
    for (size_t i = 0; i < round->ballots; i++) {
        if (has_pick(round, pot, &round->ballot[i]))
            vote(out, round, pot, &round->ballot[i], ++id);
    }
    return votes;
}
