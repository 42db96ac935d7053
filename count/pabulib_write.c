/* pabulib_write.c: copies a .pb file record by record, each as the format has it today. */
#include "count/pabulib_write.h"

#include <strings.h>

#include "count/pabulib.h"

enum { BEFORE, META, PROJECTS, VOTES };
static const char *const titles[] = {"", "META", "PROJECTS", "VOTES"};

enum change {
    KEY_VALUE_ADDED,
    META_TWICE,
    COUNT_MENDED,
    COUNT_ADDED,
    DATE_LENGTHENED,
    COMMA_TO_POINT,
    COLUMN_RENAMED,
    SELECTED_MENDED,
    VOTES_MENDED,
    PICKS_TIDIED,
    CELLS_DROPPED,
    TEXT_TO_INTERNET,
    CHANGE_COUNT
};
static const char *const change_words[CHANGE_COUNT] = {
    [KEY_VALUE_ADDED] = "the line key;value was added",
    [META_TWICE] = "a line of META that came twice was left out",
    [COUNT_MENDED] = "num_projects or num_votes was set to what the file has",
    [COUNT_ADDED] = "num_projects or num_votes was added",
    [DATE_LENGTHENED] = "a date was written with two digits for day and month",
    [COMMA_TO_POINT] = "a decimal comma became a point",
    [COLUMN_RENAMED] = "a column got the name that the format has today",
    [SELECTED_MENDED] = "selected was written as 0 or 1, or left empty where it said nothing",
    [VOTES_MENDED] = "votes of a project was set to the number of ballots that name it",
    [PICKS_TIDIED] = "a ballot lost blanks, gaps or a project that it named twice",
    [CELLS_DROPPED] = "a line lost cells beyond its header, or was empty",
    [TEXT_TO_INTERNET] = "voting_method sms became internet, as the format has no word for texts",
};
static const char texts_comment[] = "ballots sent by text message are listed as internet";

/* Part of a cell; not NUL-terminated. */
struct word {
    const char *text;
    size_t len;
};

struct writer {
    struct csv *csv;
    const struct election *e;
    FILE *out;
    bool has_texts;
    int section;
    bool header_seen;
    size_t width;
    char *columns[CSV_FIELDS_MAX]; /* the header's names, as written */
    bool *meta_written;            /* by index into the election's META */
    uint32_t *last_ballot;         /* by project: the last ballot that named it, from 1 */
    struct word *given;            /* by project: the points that ballot gives it */
    size_t *order;                 /* projects of the ballot, in its order */
    uint32_t ballot;
    struct buf vote;
    struct buf original; /* the vote as read */
    struct buf points;
    size_t changed[CHANGE_COUNT];
};

static void put_cell(struct writer *w, bool first, const char *text)
{
    if (!first)
        fputc(';', w->out);
    if (strpbrk(text, ";\"\n\r") == NULL) {
        fputs(text, w->out);
        return;
    }
    fputc('"', w->out);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            fputc('"', w->out);
        fputc(*text, w->out);
    }
    fputc('"', w->out);
}

static void put_meta(struct writer *w, const char *key, const char *value)
{
    put_cell(w, true, key);
    put_cell(w, false, value);
    fputc('\n', w->out);
}

/* Decimal commas only stand in cells that hold one amount. */
static bool is_amount(const char *name)
{
    static const char *const names[] = {
        "budget",          "cost",         "min_project_cost", "max_project_cost",
        "leftover_budget", "min_sum_cost", "max_sum_cost",
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcasecmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

static void comma_to_point(struct writer *w, char *text)
{
    char *comma = strchr(text, ',');
    if (comma == NULL || strpbrk(comma + 1, ",.") != NULL)
        return;
    *comma = '.';
    w->changed[COMMA_TO_POINT]++;
}

/* "5.9.2023" becomes "05.09.2023"; what is no such date stays. */
static void put_date(struct writer *w, const char *key, const char *value)
{
    unsigned day;
    unsigned month;
    unsigned year;
    char date[40];
    int end = 0;
    bool short_one = strlen(value) < 10 &&
                     sscanf(value, "%2u.%2u.%4u%n", &day, &month, &year, &end) == 3 &&
                     value[end] == '\0' && year > 999;
    if (short_one) {
        snprintf(date, sizeof(date), "%02u.%02u.%04u", day, month, year);
        w->changed[DATE_LENGTHENED]++;
    }
    put_meta(w, key, short_one ? date : value);
}

static void put_count(struct writer *w, const char *key, const char *value)
{
    size_t counted = strcmp(key, "num_votes") == 0 ? w->e->ballot_count : w->e->project_count;
    char number[24];
    snprintf(number, sizeof(number), "%zu", counted);
    if (strcmp(number, value) != 0)
        w->changed[*value == '\0' ? COUNT_ADDED : COUNT_MENDED]++;
    put_meta(w, key, number);
}

static void put_comment(struct writer *w, const char *value)
{
    struct buf text = buf_new(2 * PABULIB_META_VALUE_MAX);
    buf_str_add(&text, *value != '\0' ? value : "#1: ");
    if (w->has_texts && strlen(value) + sizeof(texts_comment) + 8 < PABULIB_META_VALUE_MAX)
        buf_fmt(&text, "%s%s", *value != '\0' ? "; " : "", texts_comment);
    put_meta(w, "comment", w->has_texts ? buf_str(&text) : value);
    buf_free(&text);
}

static void write_meta(struct writer *w)
{
    const char *key = w->csv->fields[0];
    char *value = w->csv->field_count > 1 ? w->csv->fields[1] : w->csv->fields[0] + strlen(key);
    bool first = !w->header_seen;
    w->header_seen = true;
    if (first) {
        put_meta(w, "key", "value");
        if (strcasecmp(key, "key") == 0)
            return;
        w->changed[KEY_VALUE_ADDED]++;
    }
    size_t i = 0;
    while (strcmp(w->e->meta[i].key, key) != 0)
        i++;
    if (w->meta_written[i]) {
        w->changed[META_TWICE]++;
        return;
    }
    /* "VOTES;;x": without the third cell it would open a section. */
    w->csv->field_count = w->csv->field_count > 2 ? 2 : w->csv->field_count;
    if (pabulib_title(w->csv) != BEFORE)
        return;
    w->meta_written[i] = true;
    if (is_amount(key))
        comma_to_point(w, value);
    if (strcmp(key, "num_votes") == 0 || strcmp(key, "num_projects") == 0)
        put_count(w, key, value);
    else if (strcmp(key, "date_begin") == 0 || strcmp(key, "date_end") == 0)
        put_date(w, key, value);
    else if (strcmp(key, "comment") == 0)
        put_comment(w, value);
    else
        put_meta(w, key, value);
}

/* Lines that META must have and lacks, where the file itself says what they are. */
static void end_meta(struct writer *w)
{
    if (election_meta(w->e, "num_projects") == NULL)
        put_count(w, "num_projects", "");
    if (election_meta(w->e, "num_votes") == NULL)
        put_count(w, "num_votes", "");
    if (w->has_texts && election_meta(w->e, "comment") == NULL)
        put_comment(w, "");
}

static bool has_column(const struct csv *c, const char *name)
{
    for (size_t i = 0; i < c->field_count; i++) {
        if (strcasecmp(c->fields[i], name) == 0)
            return true;
    }
    return false;
}

static const char *column_name(struct writer *w, const char *name)
{
    static const struct {
        const char *was;
        const char *is;
    } table[] = {
        {"target", "beneficiaries"}, {"categories", "category"}, {"neighbourhood", "neighborhood"}};
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        if (strcasecmp(name, table[i].was) == 0 && !has_column(w->csv, table[i].is)) {
            w->changed[COLUMN_RENAMED]++;
            return table[i].is;
        }
    }
    return name;
}

static void write_header(struct writer *w)
{
    const struct csv *c = w->csv;
    w->header_seen = true;
    for (size_t i = 0; i < w->width; i++)
        free(w->columns[i]);
    w->width = c->field_count;
    while (w->width > 0 && c->fields[w->width - 1][0] == '\0')
        w->width--;
    for (size_t i = 0; i < w->width; i++) {
        w->columns[i] = wm_strdup(column_name(w, c->fields[i]));
        put_cell(w, i == 0, w->columns[i]);
    }
    fputc('\n', w->out);
}

static size_t column(const struct writer *w, const char *name)
{
    for (size_t i = 0; i < w->width; i++) {
        if (strcasecmp(w->columns[i], name) == 0)
            return i;
    }
    return SIZE_MAX;
}

static const char *selected_word(struct writer *w, const struct project *p, const char *text)
{
    const char *word = p->selected == SELECTED_YES ? "1" : p->selected == SELECTED_NO ? "0" : "";
    if (p->selected == SELECTED_SPECIAL || strcmp(word, text) == 0)
        return text;
    w->changed[SELECTED_MENDED]++;
    return word;
}

static const char *votes_word(struct writer *w, const struct project *p, const char *text,
                              char number[static 24])
{
    snprintf(number, 24, "%llu", (unsigned long long)p->votes);
    if (*text == '\0' || strcmp(text, number) == 0)
        return text;
    w->changed[VOTES_MENDED]++;
    return number;
}

static void write_project(struct writer *w)
{
    const struct csv *c = w->csv;
    const char *id = c->fields[column(w, "project_id")];
    const struct project *p = &w->e->projects[election_project_find(w->e, id, strlen(id))];
    char number[24];
    for (size_t i = 0; i < w->width; i++) {
        const char *text = c->fields[i];
        if (strcasecmp(w->columns[i], "cost") == 0)
            comma_to_point(w, c->fields[i]);
        else if (strcasecmp(w->columns[i], "selected") == 0)
            text = selected_word(w, p, text);
        else if (strcasecmp(w->columns[i], "votes") == 0)
            text = votes_word(w, p, text, number);
        put_cell(w, i == 0, text);
    }
    fputc('\n', w->out);
}

/* The next word between commas, without blanks; false at the end. */
static bool next_word(const char **text, const char **word, size_t *len)
{
    if (**text == '\0')
        return false;
    *word = *text;
    *len = strcspn(*text, ",");
    *text += *len;
    *text += **text == ',';
    for (; *len > 0 && (**word == ' ' || **word == '\t'); (*len)--)
        (*word)++;
    while (*len > 0 && ((*word)[*len - 1] == ' ' || (*word)[*len - 1] == '\t'))
        (*len)--;
    return true;
}

static void add_word(struct buf *list, const char *word, size_t len)
{
    if (list->len > 0)
        buf_char(list, ',');
    buf_add(list, word, len);
}

/* Of a project that is named twice the first place stays, with the points that it was given last:
 * what the reader makes of it. `points` is "" for ballots without. */
static void tidy_ballot(struct writer *w, const char *vote, const char *points)
{
    const char *id;
    size_t len;
    size_t count = 0;
    bool has_points = *points != '\0';
    w->ballot++;
    buf_clear(&w->vote);
    buf_clear(&w->points);
    while (next_word(&vote, &id, &len)) {
        struct word given = {.text = "", .len = 0};
        next_word(&points, &given.text, &given.len);
        if (len == 0)
            continue;
        size_t project = (size_t)election_project_find(w->e, id, len);
        if (w->last_ballot[project] != w->ballot) {
            add_word(&w->vote, id, len);
            w->order[count++] = project;
        }
        w->last_ballot[project] = w->ballot;
        w->given[project] = given;
    }
    for (size_t i = 0; has_points && i < count; i++)
        add_word(&w->points, w->given[w->order[i]].text, w->given[w->order[i]].len);
}

/* Points that cannot be counted are left as they are, with the projects that they stand for: a
 * rule that needs them refuses the file, before and after. Returns whether points changed. */
static bool tidy_vote(struct writer *w)
{
    char **fields = w->csv->fields;
    size_t vote = column(w, "vote");
    size_t points = column(w, "points");
    bool scored = w->e->vote_type == VOTE_CUMULATIVE || w->e->vote_type == VOTE_SCORING;
    if (scored && !w->e->points_known)
        return false;
    bool with_points = scored && points != SIZE_MAX;
    tidy_ballot(w, fields[vote], with_points ? fields[points] : "");
    bool points_change = with_points && strcmp(fields[points], buf_str(&w->points)) != 0;
    /* Never longer than what was read. */
    memcpy(fields[vote], buf_str(&w->vote), w->vote.len + 1);
    if (with_points)
        memcpy(fields[points], buf_str(&w->points), w->points.len + 1);
    return points_change;
}

static bool is_blank(const struct csv *c, size_t from)
{
    for (size_t i = from; i < c->field_count; i++) {
        if (c->fields[i][0] != '\0')
            return false;
    }
    return true;
}

/* Whether the row, cut to its header, would be taken for an empty line or a section's title. */
static bool is_bare(struct writer *w)
{
    size_t all = w->csv->field_count;
    w->csv->field_count = w->width;
    bool bare = is_blank(w->csv, 0) || pabulib_title(w->csv) != BEFORE;
    w->csv->field_count = all;
    return bare;
}

/* A bare row gets a gap in its vote, which the reader passes over, so that it stays a ballot. */
static void write_vote(struct writer *w)
{
    const struct csv *c = w->csv;
    size_t method = column(w, "voting_method");
    size_t vote = column(w, "vote");
    buf_clear(&w->original);
    buf_str_add(&w->original, c->fields[vote]);
    bool changed = tidy_vote(w);
    bool bare = is_bare(w);
    if (bare) {
        buf_clear(&w->vote);
        buf_fmt(&w->vote, "%s,", c->fields[vote]);
    }
    const char *tidy = bare ? buf_str(&w->vote) : c->fields[vote];
    if (changed || strcmp(tidy, buf_str(&w->original)) != 0)
        w->changed[PICKS_TIDIED]++;
    for (size_t i = 0; i < w->width; i++) {
        bool text = i == method && strcasecmp(c->fields[i], "sms") == 0;
        w->changed[TEXT_TO_INTERNET] += text;
        put_cell(w, i == 0,
                 bare && i == vote ? buf_str(&w->vote)
                 : text            ? "internet"
                                   : c->fields[i]);
    }
    fputc('\n', w->out);
}

static void write_record(struct writer *w)
{
    int next = w->csv->field_count > 0 ? pabulib_title(w->csv) : BEFORE;
    if (next != BEFORE) {
        if (w->section == META)
            end_meta(w);
        w->section = next;
        w->header_seen = false;
        fprintf(w->out, "%s\n", titles[next]);
        return;
    }
    size_t cells = w->section == META ? 2 : w->header_seen ? w->width : CSV_FIELDS_MAX;
    if (w->csv->field_count > cells || is_blank(w->csv, 0))
        w->changed[CELLS_DROPPED]++;
    if (is_blank(w->csv, 0))
        return;
    if (w->section == META)
        write_meta(w);
    else if (!w->header_seen)
        write_header(w);
    else if (w->section == PROJECTS)
        write_project(w);
    else
        write_vote(w);
}

static void say_changes(const struct writer *w, struct buf *changes)
{
    for (size_t i = 0; i < CHANGE_COUNT; i++) {
        if (w->changed[i] > 0)
            buf_fmt(changes, "%zu times: %s\n", w->changed[i], change_words[i]);
    }
}

static void writer_free(struct writer *w)
{
    csv_close(w->csv);
    free(w->csv);
    for (size_t i = 0; i < w->width; i++)
        free(w->columns[i]);
    free(w->meta_written);
    free(w->last_ballot);
    free(w->order);
    free(w->given);
    buf_free(&w->vote);
    buf_free(&w->original);
    buf_free(&w->points);
}

bool pabulib_write(FILE *in, const struct election *e, bool has_texts, FILE *out,
                   struct buf *changes, struct refusal *why)
{
    struct writer w = {
        .csv = wm_alloc(sizeof(*w.csv)),
        .e = e,
        .out = out,
        .has_texts = has_texts,
        .meta_written = wm_alloc(ELECTION_META_MAX * sizeof(bool)),
        .last_ballot = wm_alloc(e->project_count * sizeof(*w.last_ballot)),
        .order = wm_alloc(e->project_count * sizeof(*w.order)),
        .given = wm_alloc(e->project_count * sizeof(*w.given)),
        .vote = buf_new(CSV_RECORD_MAX),
        .original = buf_new(CSV_RECORD_MAX),
        .points = buf_new(CSV_RECORD_MAX),
    };
    enum csv_status status;
    csv_open(w.csv, in);
    while ((status = csv_next(w.csv, why)) == CSV_RECORD)
        write_record(&w);
    say_changes(&w, changes);
    writer_free(&w);
    if (status == CSV_REFUSED)
        return false;
    return (fflush(out) == 0 && ferror(out) == 0) || refuse(why, 0, "it could not be written");
}

bool pabulib_has_texts(FILE *in)
{
    struct csv *c = wm_alloc(sizeof(*c));
    struct refusal why;
    size_t method = SIZE_MAX;
    bool in_votes = false;
    bool header = false;
    bool found = false;
    csv_open(c, in);
    while (!found && csv_next(c, &why) == CSV_RECORD) {
        if (c->field_count == 0)
            continue;
        if (pabulib_title(c) != BEFORE) {
            in_votes = pabulib_title(c) == VOTES;
            header = in_votes;
        } else if (in_votes && header) {
            header = is_blank(c, 0);
            for (size_t i = 0; i < c->field_count; i++)
                method = strcasecmp(c->fields[i], "voting_method") == 0 ? i : method;
        } else {
            found =
                in_votes && method < c->field_count && strcasecmp(c->fields[method], "sms") == 0;
        }
    }
    csv_close(c);
    free(c);
    return found;
}
