/* check_scan.c: goes through a .pb file record by record, and never gives up before it must. */
#include <strings.h>

#include "count/check_inside.h"
#include "count/pabulib.h"

static const char *const titles[] = {"", "META", "PROJECTS", "VOTES"};

const char *check_cell(const struct checker *c, size_t field)
{
    int column = c->at[field];
    if (column == NOT_THERE || (size_t)column >= c->csv->field_count)
        return "";
    return c->csv->fields[column];
}

static bool only_blanks(const struct csv *csv, size_t from)
{
    for (size_t i = from; i < csv->field_count; i++) {
        if (csv->fields[i][0] != '\0')
            return false;
    }
    return true;
}

static void end_section(struct checker *c)
{
    switch (c->section) {
    case IN_NONE:
        break;
    case IN_META:
        check_meta_end(c);
        break;
    case IN_PROJECTS:
        check_projects_end(c);
        break;
    case IN_VOTES:
        check_votes_end(c);
        break;
    }
}

static void begin_section(struct checker *c, enum check_section next)
{
    if (next != c->section + 1) {
        found(c, ERROR, c->csv->line, "section-order",
              "%s comes here; a file has META, PROJECTS and VOTES, each once and in that order",
              titles[next]);
        c->stopped = true;
        return;
    }
    end_section(c);
    c->section = next;
    c->section_line = c->csv->line;
    c->header_seen = false;
    c->last_field = 0;
}

/* One column of a header: the format has it, once, and after those that the format has before it.
 */
static void check_column(struct checker *c, size_t column, int *last, bool *in_order)
{
    const char *name = c->csv->fields[column];
    int place = check_field_find(c->section, name);
    c->columns[column] = NULL;
    if (place == NOT_THERE && strcmp(name, "target") == 0 && c->section == IN_PROJECTS)
        found(c, ERROR, c->csv->line, "renamed-column",
              "the column \"target\" has been called \"beneficiaries\" since April 2026");
    else if (place == NOT_THERE)
        found(c, ERROR, c->csv->line, "unknown-column", "%s has no column \"%s\" in the format",
              titles[c->section], quote(name).text);
    if (place == NOT_THERE)
        return;
    const struct field *f = &check_fields[c->section].list[place];
    if (strcmp(name, f->name) != 0)
        found(c, ERROR, c->csv->line, "unknown-column", "the column \"%s\" is written \"%s\"",
              quote(name).text, f->name);
    if (c->at[place] != NOT_THERE)
        found(c, ERROR, c->csv->line, "column-repeated", "the column \"%s\" is there twice",
              f->name);
    c->at[place] = (int)column;
    c->columns[column] = f;
    *in_order = *in_order && place > *last;
    *last = place;
}

static void check_header(struct checker *c)
{
    const struct fields *fields = &check_fields[c->section];
    bool in_order = true;
    int last = -1;
    c->header_seen = true;
    c->width = c->csv->field_count;
    for (size_t i = 0; i < fields->count; i++)
        c->at[i] = NOT_THERE;
    for (size_t i = 0; i < c->width; i++)
        check_column(c, i, &last, &in_order);
    if (!in_order)
        found(c, WARNING, c->csv->line, "column-order",
              "columns of %s are not in the format's order", titles[c->section]);
    if (strcasecmp(c->csv->fields[0], fields->list[0].name) != 0)
        found(c, ERROR, c->csv->line, "first-column", "%s must begin with the column \"%s\"",
              titles[c->section], fields->list[0].name);
    for (size_t i = 0; i < fields->count; i++) {
        if (fields->list[i].required && c->at[i] == NOT_THERE)
            found(c, ERROR, c->csv->line, "missing-column", "%s has no column \"%s\"",
                  titles[c->section], fields->list[i].name);
    }
    if (c->section == IN_PROJECTS) {
        c->had_votes = c->at[PROJECT_VOTES] != NOT_THERE;
        c->had_score = c->at[PROJECT_SCORE] != NOT_THERE;
        c->had_selected = c->at[PROJECT_SELECTED] != NOT_THERE;
    }
    c->sections_complete = c->section == IN_VOTES;
}

/* The row has as many cells as its header, and each holds what its column may. */
static void check_row(struct checker *c)
{
    const struct csv *csv = c->csv;
    if (csv->field_count < c->width)
        found(c, ERROR, csv->line, "short-line", "%zu cells where the header of %s has %zu",
              csv->field_count, titles[c->section], c->width);
    else if (csv->field_count > c->width)
        found(c, WARNING, csv->line, "extra-cells", "%zu cells where the header of %s has %zu",
              csv->field_count, titles[c->section], c->width);
    for (size_t i = 0; i < c->width && i < csv->field_count; i++) {
        if (c->columns[i] != NULL)
            check_value(c, c->columns[i], csv->fields[i], c->columns[i]->name);
    }
    if (c->section == IN_PROJECTS)
        check_project_row(c);
    else
        check_vote_row(c);
}

static void take_record(struct checker *c)
{
    const struct csv *csv = c->csv;
    if (csv->field_count == 0) {
        found(c, WARNING, csv->line, "empty-line", "an empty line");
        return;
    }
    if (csv->blank_field > 0)
        found(c, ERROR, csv->line, "whitespace", "cell %zu begins or ends with a blank",
              csv->blank_field);
    enum check_section next = (enum check_section)pabulib_title(csv);
    if (next != IN_NONE) {
        begin_section(c, next);
    } else if (c->section == IN_NONE) {
        found(c, ERROR, csv->line, "section-order", "the file does not begin with META");
        c->stopped = true;
    } else if (only_blanks(csv, 0)) {
        found(c, WARNING, csv->line, "empty-line", "a line with nothing but semicolons");
    } else if (c->section == IN_META) {
        check_meta_row(c);
    } else if (!c->header_seen) {
        check_header(c);
    } else {
        check_row(c);
    }
}

void check_scan(struct checker *c, FILE *in)
{
    struct refusal why;
    enum csv_status status = CSV_END;
    rewind(in);
    csv_open(c->csv, in);
    while (!c->stopped && (status = csv_next(c->csv, &why)) == CSV_RECORD) {
        take_record(c);
        if (c->errors + c->warnings > CHECK_ALL_MAX) {
            found(c, ERROR, c->csv->line, "too-many", "the file is not checked any further");
            c->stopped = true;
        }
    }
    if (status == CSV_REFUSED) {
        found(c, ERROR, why.line, "unreadable", "%s", why.text);
        c->stopped = true;
    }
    if (!c->stopped && c->section != IN_VOTES)
        found(c, ERROR, 0, "missing-section", "the file has no section %s", titles[c->section + 1]);
    if (!c->stopped)
        end_section(c);
    csv_close(c->csv);
    if (c->stopped || !c->sections_complete)
        return;
    check_counts(c);
    check_recounts(c);
    check_labels_end(c);
}

/* The first line with this voter_id is the one that is repeated. */
static size_t missing_firsts(struct checker *c, size_t column)
{
    size_t missing = 0;
    for (size_t i = 0; i < c->repeat_count; i++) {
        struct repeat *r = &c->repeats[i];
        if (r->first_line == 0 && strcmp(c->csv->fields[column], r->id) == 0)
            r->first_line = c->csv->line;
        missing += r->first_line == 0;
    }
    return missing;
}

void check_repeats(struct checker *c, FILE *in)
{
    struct refusal why;
    bool in_votes = false;
    size_t missing = c->repeat_count;
    size_t column = missing > 0 ? (size_t)c->at[VOTE_VOTER] : 0;
    rewind(in);
    csv_open(c->csv, in);
    while (missing > 0 && csv_next(c->csv, &why) == CSV_RECORD) {
        if (in_votes && column < c->csv->field_count)
            missing = missing_firsts(c, column);
        else if (!in_votes && c->csv->field_count > 0)
            in_votes = pabulib_title(c->csv) == IN_VOTES;
    }
    csv_close(c->csv);
    for (size_t i = 0; i < c->repeat_count; i++)
        found(c, ERROR, c->repeats[i].line, "voter-repeated",
              "voter_id \"%s\" is already on line %zu", quote(c->repeats[i].id).text,
              c->repeats[i].first_line);
}
