/* check_votes.c: ballots of a .pb file: whose they are, what they name, points, limits. */
#include "count/amount.h"
#include "count/check_inside.h"

static void check_voter(struct checker *c)
{
    const char *id = check_cell(c, VOTE_VOTER);
    if (*id == '\0' || voters_add(&c->voters, id))
        return;
    if (c->repeat_count < CHECK_EACH_MAX)
        c->repeats[c->repeat_count++] = (struct repeat){.id = wm_strdup(id), .line = c->csv->line};
    else
        found(c, ERROR, c->csv->line, "voter-repeated", "more voter_ids come again");
}

static bool is_blank(char ch)
{
    return ch == ' ' || ch == '\t';
}

static void add_pick(struct checker *c, int project)
{
    if (c->vote_count == c->vote_room) {
        c->vote_room = c->vote_room * 2 + 64;
        c->vote = wm_realloc(c->vote, c->vote_room * sizeof(*c->vote));
    }
    c->vote[c->vote_count++] = project;
}

/* One word of a vote; the index of the project that it newly names, or -1. */
static int read_pick(struct checker *c, const char *id, size_t len)
{
    size_t line = c->csv->line;
    size_t place = c->vote_count + 1;
    if (len == 0) {
        found(c, ERROR, line, "pick-empty", "the vote has nothing at its place %zu", place);
        return -1;
    }
    int project = election_project_find(c->e, id, len);
    if (project < 0) {
        found(c, ERROR, line, "pick-unknown", "the vote names \"%s\", which is no project",
              quote_part(id, len).text);
        return -1;
    }
    struct project_facts *f = &c->facts[project];
    if (f->last_ballot == c->ballots) {
        found(c, ERROR, line, "pick-repeated",
              "the vote names \"%s\" at place %zu and again at %zu",
              quote(c->e->projects[project].id).text, f->last_place, place);
        return -1;
    }
    f->last_ballot = c->ballots;
    f->last_place = place;
    c->e->projects[project].votes++;
    return project;
}

/* Reads the words of the vote; returns how many different projects they name. */
static size_t read_picks(struct checker *c)
{
    const char *vote = check_cell(c, VOTE_PICKS);
    size_t named = 0;
    c->vote_count = 0;
    while (*vote != '\0') {
        size_t len = strcspn(vote, ",");
        const char *id = vote;
        size_t id_len = len;
        for (; id_len > 0 && is_blank(*id); id_len--)
            id++;
        while (id_len > 0 && is_blank(id[id_len - 1]))
            id_len--;
        int project = read_pick(c, id, id_len);
        add_pick(c, project);
        named += project >= 0;
        vote += len;
        if (*vote == ',' && *++vote == '\0')
            found(c, ERROR, c->csv->line, "pick-empty", "the vote ends with a comma");
    }
    return named;
}

/* Holds a value against the limit; `low` and `high` are the codes. */
static void check_limits(struct checker *c, enum weight weight, const mpq_t value, size_t low,
                         const char *low_code, const char *high_code, const char *what)
{
    const struct limit *min = &c->limits[low];
    const struct limit *max = &c->limits[low + 1];
    bool below = min->given && mpq_cmp(value, min->value) < 0;
    bool above = max->given && mpq_cmp(value, max->value) > 0;
    if (!below && !above)
        return;
    struct buf number = check_number_words(value);
    struct buf limit = check_number_words(below ? min->value : max->value);
    found(c, weight, c->csv->line, below ? low_code : high_code, "%s %s, %s %s %s", what,
          buf_str(&number), below ? "less than" : "more than", buf_str(&limit),
          "which META allows");
    buf_free(&number);
    buf_free(&limit);
}

static void check_length(struct checker *c, size_t named)
{
    mpq_t length;
    mpq_init(length);
    mpq_set_ui(length, named, 1);
    if (c->type_known && c->e->vote_type == VOTE_CHOOSE_1 && named != 1)
        found(c, ERROR, c->csv->line, "choose-1-length",
              "a choose-1 vote names one project, not %zu", named);
    else
        check_limits(c, ERROR, length, MIN_LENGTH, "vote-too-short", "vote-too-long",
                     "the number of projects is");
    mpq_clear(length);
}

static void check_sum_cost(struct checker *c)
{
    mpq_t sum;
    if (!c->type_known || c->e->vote_type != VOTE_APPROVAL ||
        (!c->limits[MIN_SUM_COST].given && !c->limits[MAX_SUM_COST].given))
        return;
    mpq_init(sum);
    for (size_t i = 0; i < c->vote_count; i++) {
        if (c->vote[i] >= 0)
            mpq_add(sum, sum, c->e->projects[c->vote[i]].cost);
    }
    check_limits(c, WARNING, sum, MIN_SUM_COST, "cost-below-minimum", "cost-above-maximum",
                 "the projects together cost");
    mpq_clear(sum);
}

/* Cuts off the next of the points; false when it is no number. */
static bool next_points(const char **text, mpq_t out)
{
    char word[AMOUNT_WHOLE_MAX + AMOUNT_DECIMALS_MAX + 4];
    const char *p = *text;
    size_t len = strcspn(p, ",");
    *text = p + len + (p[len] == ',');
    for (; len > 0 && is_blank(*p); len--)
        p++;
    while (len > 0 && is_blank(p[len - 1]))
        len--;
    if (len >= sizeof(word))
        return false;
    snprintf(word, sizeof(word), "%.*s", (int)len, p);
    return check_number(word, out);
}

static size_t count_points(const char *text)
{
    size_t count = *text != '\0';
    for (; *text != '\0'; text++)
        count += *text == ',';
    return count;
}

/* Adds up the points of one ballot and holds each against the one before; false when one is no
 * number, which is said. */
static bool read_points(struct checker *c, const char *text, mpq_t sum)
{
    mpq_t points;
    mpq_t before;
    bool ok = true;
    bool sorted = true;
    mpq_inits(points, before, (mpq_ptr)NULL);
    for (size_t i = 0; i < c->vote_count && ok; i++) {
        const char *word = text;
        ok = next_points(&text, points);
        if (!ok) {
            found(c, ERROR, c->csv->line, "points-not-number",
                  "points from \"%s\" on are not a number", quote(word).text);
            break;
        }
        if (c->e->vote_type == VOTE_CUMULATIVE && mpq_sgn(points) < 0)
            found(c, ERROR, c->csv->line, "points-negative",
                  "points of a cumulative vote are 0 or more");
        check_limits(c, ERROR, points, MIN_POINTS, "points-below-minimum", "points-above-maximum",
                     "points are");
        sorted = sorted && (i == 0 || mpq_cmp(points, before) <= 0);
        mpq_set(before, points);
        mpq_add(sum, sum, points);
        if (c->vote[i] >= 0)
            mpq_add(c->facts[c->vote[i]].score, c->facts[c->vote[i]].score, points);
    }
    if (ok && !sorted)
        found(c, WARNING, c->csv->line, "vote-order",
              "the vote does not name its projects with the most points first");
    mpq_clears(points, before, (mpq_ptr)NULL);
    return ok;
}

static void check_points(struct checker *c)
{
    const char *text = check_cell(c, VOTE_POINTS);
    enum vote_type type = c->e->vote_type;
    bool wanted = type == VOTE_CUMULATIVE || type == VOTE_SCORING;
    if (*text == '\0') {
        if (wanted)
            found(c, ERROR, c->csv->line, "points-missing", "a %s vote has points, this has none",
                  type == VOTE_SCORING ? "scoring" : "cumulative");
        return;
    }
    if (type == VOTE_APPROVAL || type == VOTE_CHOOSE_1)
        found(c, ERROR, c->csv->line, "points-unexpected",
              "the vote has points, which its vote_type does not use");
    if (!wanted)
        return;
    size_t given = count_points(text);
    if (given != c->vote_count) {
        found(c, ERROR, c->csv->line, "points-count", "%zu projects, but %zu points", c->vote_count,
              given);
        return;
    }
    mpq_t sum;
    mpq_init(sum);
    if (read_points(c, text, sum))
        check_limits(c, WARNING, sum, MIN_SUM_POINTS, "points-sum-below-minimum",
                     "points-sum-above-maximum", "the points add up to");
    mpq_clear(sum);
}

/* Of a ballot of n the first gets n points and the last 1 (as pabulib's checker counts). */
static void add_borda(struct checker *c)
{
    mpq_t points;
    mpq_init(points);
    for (size_t i = 0; i < c->vote_count; i++) {
        if (c->vote[i] < 0)
            continue;
        mpq_set_ui(points, c->vote_count - i, 1);
        mpq_add(c->facts[c->vote[i]].score, c->facts[c->vote[i]].score, points);
    }
    mpq_clear(points);
}

void check_vote_row(struct checker *c)
{
    c->ballots++;
    check_voter(c);
    size_t named = read_picks(c);
    c->picks += named;
    c->longest = named > c->longest ? named : c->longest;
    check_length(c, named);
    check_sum_cost(c);
    if (c->type_known)
        check_points(c);
    if (c->type_known && c->e->vote_type == VOTE_ORDINAL)
        add_borda(c);
    const char *district = check_cell(c, VOTE_DISTRICT);
    const char *neighborhood = check_cell(c, VOTE_NEIGHBORHOOD);
    check_label_add(c, LABELS_VOTE_DISTRICT, district, strlen(district));
    check_label_add(c, LABELS_VOTE_NEIGHBORHOOD, neighborhood, strlen(neighborhood));
}

void check_votes_end(struct checker *c)
{
    const struct meta *max = check_meta_of(c, "max_length");
    if (!c->header_seen)
        found(c, ERROR, c->section_line, "missing-section", "VOTES has no header");
    if (!c->limits[MAX_LENGTH].given || c->ballots == 0)
        return;
    const mpq_t *limit = &c->limits[MAX_LENGTH].value;
    if (mpq_cmp_ui(*limit, c->longest, 1) > 0)
        found(c, WARNING, max->line, "max-length-unused",
              "no ballot names as many as max_length %s allows; the longest has %zu",
              quote(max->value).text, c->longest);
    if (c->picks == c->ballots && mpq_cmp_ui(*limit, 1, 1) != 0)
        found(c, WARNING, max->line, "average-length-one",
              "ballots name one project on average: is max_length %s right?",
              quote(max->value).text);
}
