/* pabulib.c: reads META, PROJECTS and VOTES of a .pb file, record by record. */
#include "count/pabulib.h"

#include <strings.h>

#include "count/amount.h"
#include "count/voters.h"

enum section { BEFORE, META, PROJECTS, VOTES };
static const char *const section_words[] = {"BEFORE", "META", "PROJECTS", "VOTES"};

static const char *const vote_type_words[] = {
    [VOTE_APPROVAL] = "approval",     [VOTE_CHOOSE_1] = "choose-1", [VOTE_ORDINAL] = "ordinal",
    [VOTE_CUMULATIVE] = "cumulative", [VOTE_SCORING] = "scoring",
};

/* Oddities that may come on every line: each kind becomes one warning with a count. */
enum oddity {
    EXTRA_CELLS,
    BLANK_CELLS,
    PICK_TWICE,
    EMPTY_PICK,
    VOTER_TWICE,
    ODD_SELECTED,
    ODD_VOTES,
    COMMA_AND_THREE,
    ODDITY_COUNT
};
static const char *const oddity_words[ODDITY_COUNT] = {
    [EXTRA_CELLS] = "a line has more cells than its header; the extra ones are ignored",
    [BLANK_CELLS] = "a line holds nothing but semicolons; it is ignored",
    [PICK_TWICE] = "a ballot names a project twice; it counts once",
    [EMPTY_PICK] = "a ballot has two commas with nothing between; it is read without the gap",
    [VOTER_TWICE] = "a voter_id has more than one ballot; each is counted",
    [ODD_SELECTED] = "selected is none of 0, 1, 2, 3, True, False; it is ignored",
    [ODD_VOTES] = "votes of a project is not a whole number; it is ignored",
    [COMMA_AND_THREE] = "an amount has a comma and three digits; the comma is read as decimal",
};

#define NO_COLUMN SIZE_MAX

struct reader {
    struct csv *csv;
    struct election *e;
    struct refusal *why;
    enum section section;
    bool header_seen;
    size_t width;                           /* cells of the section's header */
    size_t id, cost, name, votes, selected; /* columns of PROJECTS */
    size_t voter, vote, points;             /* columns of VOTES */
    struct voters voters;
    size_t *last_ballot; /* by project: number of the last ballot that picked it, from 1 */
    size_t *last_pick;   /* by project: that pick, from 1 */
    uint32_t *places; /* of the vote that is read: for each of its words the pick, from 1, or 0 */
    size_t place_count, place_room;
    size_t odd_count[ODDITY_COUNT];
    size_t odd_line[ODDITY_COUNT];
};

const char *pabulib_vote_type_word(enum vote_type type)
{
    return vote_type_words[type];
}

static void note(struct reader *r, enum oddity odd)
{
    if (r->odd_count[odd]++ == 0)
        r->odd_line[odd] = r->csv->line;
}

/* The cell of a column that may be missing. */
static const char *cell(const struct reader *r, size_t column)
{
    return column < r->csv->field_count ? r->csv->fields[column] : "";
}

static bool rest_is_empty(const struct csv *c, size_t from)
{
    for (size_t i = from; i < c->field_count; i++) {
        if (c->fields[i][0] != '\0')
            return false;
    }
    return true;
}

int pabulib_title(const struct csv *c)
{
    if (!rest_is_empty(c, 1)) /* first, as it spares nearly every line the rest */
        return BEFORE;
    for (int s = META; s <= VOTES; s++) {
        if (strcasecmp(c->fields[0], section_words[s]) == 0)
            return s;
    }
    return BEFORE;
}

static bool read_amount(struct reader *r, size_t line, const char *what, const char *text,
                        mpq_t out)
{
    if (*text == '\0')
        return refuse(r->why, line, "%s is missing", what);
    if (!amount_parse(text, out))
        return refuse(r->why, line, "%s \"%s\" is not an amount such as 1200 or 1200.50", what,
                      quote(text).text);
    const char *comma = strchr(text, ',');
    if (comma != NULL && strlen(comma) == 4)
        note(r, COMMA_AND_THREE);
    return true;
}

static bool read_meta(struct reader *r)
{
    const struct csv *c = r->csv;
    const char *key = c->fields[0];
    const char *value = cell(r, 1);
    bool first = !r->header_seen;
    r->header_seen = true;
    if (first && strcasecmp(key, "key") == 0)
        return true;
    if (*key == '\0')
        return refuse(r->why, c->line, "a line of META begins without a key");
    if (strlen(key) > PABULIB_ID_MAX || strlen(value) > PABULIB_META_VALUE_MAX)
        return refuse(r->why, c->line, "META \"%s\" is too long", quote(key).text);
    const char *before = election_meta(r->e, key);
    if (before != NULL && strcmp(before, value) != 0)
        return refuse(r->why, c->line, "META gives \"%s\" twice, and differently", quote(key).text);
    if (before == NULL && r->e->meta_count == ELECTION_META_MAX)
        return refuse(r->why, c->line, "more than %d lines of META", ELECTION_META_MAX);
    if (before == NULL)
        election_meta_add(r->e, key, value, c->line);
    return true;
}

static size_t meta_line(const struct election *e, const char *key)
{
    for (size_t i = 0; i < e->meta_count; i++) {
        if (strcmp(e->meta[i].key, key) == 0)
            return e->meta[i].line;
    }
    return 0;
}

static bool finish_meta(struct reader *r)
{
    const char *budget = election_meta(r->e, "budget");
    const char *type = election_meta(r->e, "vote_type");
    if (budget == NULL)
        return refuse(r->why, r->csv->line, "META has no line \"budget\"");
    if (!read_amount(r, meta_line(r->e, "budget"), "budget", budget, r->e->budget))
        return false;
    if (type == NULL)
        return refuse(r->why, r->csv->line, "META has no line \"vote_type\"");
    for (enum vote_type t = VOTE_APPROVAL; t <= VOTE_SCORING; t++) {
        if (strcmp(type, vote_type_words[t]) == 0) {
            r->e->vote_type = t;
            return true;
        }
    }
    return refuse(r->why, meta_line(r->e, "vote_type"),
                  "vote_type \"%s\" is none of approval, choose-1, ordinal, cumulative, scoring",
                  quote(type).text);
}

/* Finds a column of the header that was just read; refuses one that is there twice. */
static bool find_column(struct reader *r, const char *name, bool required, size_t *out)
{
    const struct csv *c = r->csv;
    *out = NO_COLUMN;
    for (size_t i = 0; i < c->field_count; i++) {
        if (strcasecmp(c->fields[i], name) != 0)
            continue;
        if (*out != NO_COLUMN)
            return refuse(r->why, c->line, "%s has the column \"%s\" twice",
                          section_words[r->section], name);
        *out = i;
    }
    if (required && *out == NO_COLUMN)
        return refuse(r->why, c->line, "%s has no column \"%s\"", section_words[r->section], name);
    return true;
}

static bool read_header(struct reader *r)
{
    r->header_seen = true;
    r->width = r->csv->field_count;
    while (r->width > 0 && r->csv->fields[r->width - 1][0] == '\0')
        r->width--;
    if (r->section == PROJECTS)
        return find_column(r, "project_id", true, &r->id) &&
               find_column(r, "cost", true, &r->cost) && find_column(r, "name", false, &r->name) &&
               find_column(r, "votes", false, &r->votes) &&
               find_column(r, "selected", false, &r->selected);
    r->e->points_known = r->e->vote_type == VOTE_CUMULATIVE || r->e->vote_type == VOTE_SCORING;
    return find_column(r, "voter_id", false, &r->voter) && find_column(r, "vote", true, &r->vote) &&
           find_column(r, "points", false, &r->points);
}

/* A short row is what a cut-off file ends with; a long one has a stray semicolon at its end. */
static bool check_width(struct reader *r)
{
    if (r->csv->field_count < r->width)
        return refuse(r->why, r->csv->line, "%zu cells where the header of %s has %zu",
                      r->csv->field_count, section_words[r->section], r->width);
    if (!rest_is_empty(r->csv, r->width))
        note(r, EXTRA_CELLS);
    return true;
}

static enum selected read_selected(struct reader *r)
{
    static const struct {
        const char *word;
        enum selected means;
    } table[] = {
        {"", SELECTED_UNSAID},   {"0", SELECTED_NO},      {"1", SELECTED_YES},
        {"2", SELECTED_SPECIAL}, {"3", SELECTED_SPECIAL}, {"false", SELECTED_NO},
        {"true", SELECTED_YES},
    };
    const char *word = cell(r, r->selected);
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        if (strcasecmp(word, table[i].word) == 0)
            return table[i].means;
    }
    note(r, ODD_SELECTED);
    return SELECTED_UNSAID;
}

static bool check_project_id(struct reader *r, const char *id)
{
    size_t line = r->csv->line;
    if (*id == '\0')
        return refuse(r->why, line, "a project without project_id");
    if (strlen(id) > PABULIB_ID_MAX)
        return refuse(r->why, line, "a project_id of more than %d bytes", PABULIB_ID_MAX);
    if (strchr(id, ',') != NULL)
        return refuse(r->why, line, "project_id \"%s\" has a comma, which separates votes",
                      quote(id).text);
    if (r->e->project_count == ELECTION_PROJECTS_MAX)
        return refuse(r->why, line, "more than %d projects", ELECTION_PROJECTS_MAX);
    return true;
}

static bool read_project(struct reader *r)
{
    const char *id = cell(r, r->id);
    const char *name = cell(r, r->name);
    const char *votes = cell(r, r->votes);
    if (!check_width(r) || !check_project_id(r, id))
        return false;
    if (strlen(name) > PABULIB_NAME_MAX)
        return refuse(r->why, r->csv->line, "a name of more than %d bytes", PABULIB_NAME_MAX);
    struct project *p = election_project_add(r->e, id);
    if (p == NULL)
        return refuse(r->why, r->csv->line, "project_id \"%s\" comes twice", quote(id).text);
    p->line = r->csv->line;
    p->name = arena_strdup(&r->e->texts, name);
    p->selected = read_selected(r);
    p->votes_stated = parse_uint(votes, UINT64_MAX, &p->stated_votes);
    if (!p->votes_stated && *votes != '\0')
        note(r, ODD_VOTES);
    return read_amount(r, r->csv->line, "cost", cell(r, r->cost), p->cost);
}

static void add_place(struct reader *r, size_t pick)
{
    if (!r->e->points_known)
        return;
    if (r->place_count == r->place_room) {
        r->place_room = r->place_room * 2 + 64;
        r->places = wm_realloc(r->places, r->place_room * sizeof(*r->places));
    }
    r->places[r->place_count++] = (uint32_t)pick;
}

/* One project of a vote: `len` bytes at `id`, without the blanks around them. */
static bool read_pick(struct reader *r, const char *id, size_t len)
{
    struct election *e = r->e;
    if (len == 0) {
        note(r, EMPTY_PICK);
        add_place(r, 0);
        return true;
    }
    int project = election_project_find(e, id, len);
    if (project < 0)
        return refuse(r->why, r->csv->line, "vote names \"%s\", which is not among the projects",
                      quote_part(id, len).text);
    if (r->last_ballot[project] == e->ballot_count + 1) {
        note(r, PICK_TWICE);
        add_place(r, r->last_pick[project]);
        return true;
    }
    r->last_ballot[project] = e->ballot_count + 1;
    if (e->pick_count == ELECTION_PICKS_MAX)
        return refuse(r->why, r->csv->line, "more picks than this program counts");
    election_pick_add(e, (size_t)project);
    r->last_pick[project] = e->pick_count;
    add_place(r, e->pick_count);
    return true;
}

static bool read_picks(struct reader *r, const char *vote)
{
    r->place_count = 0;
    while (*vote != '\0') {
        size_t len = strcspn(vote, ",");
        const char *id = vote;
        size_t id_len = len;
        for (; id_len > 0 && (*id == ' ' || *id == '\t'); id_len--)
            id++;
        while (id_len > 0 && (id[id_len - 1] == ' ' || id[id_len - 1] == '\t'))
            id_len--;
        if (!read_pick(r, id, id_len))
            return false;
        vote += len;
        if (*vote == ',' && *++vote == '\0')
            note(r, EMPTY_PICK);
    }
    return true;
}

/* Points between commas, with blanks around them, in the election's parts of a point, which it
 * makes small enough: "3", "2.5". */
static bool read_number(struct election *e, const char *text, size_t len, uint64_t *out)
{
    char word[16]; /* longer than any number that is taken */
    for (; len > 0 && (*text == ' ' || *text == '\t'); len--)
        text++;
    while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
        len--;
    const char *point = memchr(text, '.', len);
    size_t whole = point != NULL ? (size_t)(point - text) : len;
    size_t decimals = point != NULL ? len - whole - 1 : 0;
    for (; decimals > 0 && text[whole + decimals] == '0'; decimals--)
        ;
    if (whole >= sizeof(word) || decimals > ELECTION_POINT_DECIMALS ||
        (point != NULL && len == whole + 1))
        return false;
    snprintf(word, sizeof(word), "%.*s", (int)whole, text);
    if (!parse_uint(word, PABULIB_POINTS_MAX, out))
        return false;
    uint32_t scale = 1;
    for (size_t i = 1; i <= decimals; i++) {
        if (point[i] < '0' || point[i] > '9')
            return false;
        *out = *out * 10 + (uint64_t)(point[i] - '0');
        scale *= 10;
    }
    while (e->points_scale < scale)
        election_points_split(e);
    *out *= e->points_scale / scale;
    return true;
}

/* The points of the vote's words, in their order; of a project that is named twice those named last
 * (as pabutools 1.2.3 has it). What cannot be counted is not refused here: only rules that count
 * points need them. */
static bool read_points(struct reader *r)
{
    const char *text = cell(r, r->points);
    for (size_t i = 0; i < r->place_count; i++) {
        uint64_t points = 0;
        size_t len = strcspn(text, ",");
        size_t pick = r->places[i];
        if (!(pick == 0 && len == 0) && !read_number(r->e, text, len, &points))
            return false;
        if (pick > 0)
            election_points_set(r->e, pick - 1, (uint32_t)points);
        text += len;
        if (*text == ',' && i + 1 < r->place_count)
            text++;
    }
    return *text == '\0';
}

static bool read_vote(struct reader *r)
{
    struct election *e = r->e;
    size_t picks_before = e->pick_count;
    const char *voter = cell(r, r->voter);
    if (!check_width(r))
        return false;
    if (e->ballot_count == ELECTION_BALLOTS_MAX)
        return refuse(r->why, r->csv->line, "more ballots than this program counts");
    if (*voter != '\0' && !voters_add(&r->voters, voter))
        note(r, VOTER_TWICE);
    if (!read_picks(r, cell(r, r->vote)))
        return false;
    size_t picks = e->pick_count - picks_before;
    if (e->vote_type == VOTE_CHOOSE_1 && picks > 1)
        return refuse(r->why, r->csv->line, "a choose-1 vote names %zu projects", picks);
    if (e->points_known && !read_points(r)) {
        e->points_known = false;
        e->points_line = r->csv->line;
    }
    election_ballot_end(e, r->csv->line);
    return true;
}

static bool enter(struct reader *r, enum section next)
{
    if (next != r->section + 1)
        return refuse(
            r->why, r->csv->line,
            "%s comes here; a file has META, PROJECTS, VOTES, each once and in that order",
            section_words[next]);
    if (r->section == META && !finish_meta(r))
        return false;
    if (r->section == PROJECTS && r->e->project_count == 0)
        return refuse(r->why, r->csv->line, "PROJECTS lists no project");
    if (next == VOTES) {
        r->last_ballot = wm_alloc(r->e->project_count * sizeof(*r->last_ballot));
        r->last_pick = wm_alloc(r->e->project_count * sizeof(*r->last_pick));
    }
    r->section = next;
    r->header_seen = false;
    return true;
}

static bool read_record(struct reader *r)
{
    enum section next = (enum section)pabulib_title(r->csv);
    if (next != BEFORE)
        return enter(r, next);
    if (r->section == BEFORE)
        return refuse(r->why, r->csv->line, "the file does not begin with META");
    if (rest_is_empty(r->csv, 0)) {
        note(r, BLANK_CELLS);
        return true;
    }
    if (r->section == META)
        return read_meta(r);
    if (!r->header_seen)
        return read_header(r);
    return r->section == PROJECTS ? read_project(r) : read_vote(r);
}

static void compare_count(struct election *e, const char *key, size_t counted, const char *what)
{
    const char *text = election_meta(e, key);
    uint64_t stated = 0;
    if (text == NULL)
        return;
    if (!parse_uint(text, UINT64_MAX, &stated))
        election_warn(e, "META says %s \"%s\", which is not a whole number", key, quote(text).text);
    else if (stated != counted)
        election_warn(e, "META says %s %s, but the file has %zu %s", key, quote(text).text, counted,
                      what);
}

/* META's own line of ours, "exclusions;1275+1359,1580+1700": of each group one at most can win. */
static bool read_exclusions(struct reader *r)
{
    const char *text = election_meta(r->e, "exclusions");
    uint32_t group = 1;
    for (; text != NULL && *text != '\0'; text++) {
        size_t len = strcspn(text, "+,");
        int project = election_project_find(r->e, text, len);
        if (project < 0 || r->e->projects[project].exclusion != 0)
            return refuse(r->why, 0,
                          "META's exclusions name a project that is not there, or name one twice");
        r->e->projects[project].exclusion = group;
        text += len;
        group += *text == ',';
        if (*text == '\0')
            break;
    }
    return true;
}

static bool finish(struct reader *r)
{
    struct election *e = r->e;
    if (r->section != VOTES || !r->header_seen)
        return refuse(r->why, 0, "the file ends before %s",
                      r->section == VOTES ? "the header of VOTES" : section_words[r->section + 1]);
    if (!read_exclusions(r))
        return false;
    compare_count(e, "num_projects", e->project_count, "projects");
    compare_count(e, "num_votes", e->ballot_count, "ballots");
    for (size_t i = 0; i < e->project_count; i++) {
        const struct project *p = &e->projects[i];
        if (p->votes_stated && p->stated_votes != p->votes)
            election_warn(e, "line %zu says %llu votes for \"%s\", but %llu ballots name it",
                          p->line, (unsigned long long)p->stated_votes, quote(p->id).text,
                          (unsigned long long)p->votes);
    }
    for (enum oddity odd = EXTRA_CELLS; odd < ODDITY_COUNT; odd++) {
        if (r->odd_count[odd] > 0)
            election_warn(e, "%zu times: %s (first on line %zu)", r->odd_count[odd],
                          oddity_words[odd], r->odd_line[odd]);
    }
    csv_sha256(r->csv, e->file_sha256);
    return true;
}

bool pabulib_read(FILE *in, struct election *e, struct refusal *why)
{
    struct reader r = {.csv = wm_alloc(sizeof(*r.csv)), .e = e, .why = why};
    enum csv_status status;
    bool ok = true;
    csv_open(r.csv, in);
    while (ok && (status = csv_next(r.csv, why)) != CSV_END) {
        if (status == CSV_REFUSED)
            ok = false;
        else if (r.csv->field_count > 0)
            ok = read_record(&r);
    }
    ok = ok && finish(&r);
    csv_close(r.csv);
    free(r.csv);
    free(r.last_ballot);
    free(r.last_pick);
    free(r.places);
    voters_free(&r.voters);
    return ok;
}
