/* proposal_sheet.c: a spreadsheet of proposals. */
#include "server/proposal_sheet.h"

#include <string.h>
#include <strings.h>

#include "server/csv_read.h"

static const struct {
    const char *word, *label;
} roles[SHEET_ROLES] = {
    [SHEET_IGNORED] = {"-", "Not needed"},
    [SHEET_TITLE] = {"title", "Title"},
    [SHEET_SHORT_NAME] = {"short_name", "Short name for texts"},
    [SHEET_SUMMARY] = {"summary", "Summary"},
    [SHEET_BODY] = {"body", "Full text"},
    [SHEET_PLACE] = {"place", "Place"},
    [SHEET_PROPOSER] = {"proposer", "Who proposes it"},
    [SHEET_POT] = {"pot", "Pot"},
    [SHEET_COST] = {"cost", "Cost"},
    [SHEET_EXCLUSION] = {"group", "Group of which one can win"},
    [SHEET_THEME] = {"theme", "Theme"},
    [SHEET_POINT] = {"point", "Point, or grid reference"},
    [SHEET_LATITUDE] = {"lat", "Latitude"},
    [SHEET_LONGITUDE] = {"lon", "Longitude"},
};

const char *proposal_sheet_role_word(enum sheet_role role)
{
    return roles[role].word;
}

const char *proposal_sheet_role_label(enum sheet_role role)
{
    return roles[role].label;
}

enum sheet_role proposal_sheet_role_of(const char *word)
{
    for (int i = 0; i < SHEET_ROLES; i++) {
        if (strcmp(roles[i].word, word) == 0)
            return (enum sheet_role)i;
    }
    return SHEET_IGNORED;
}

/* --- columns by their names --------------------------------------------------------------- */
/* As people head them, without case, spaces and punctuation. */
static const struct {
    const char *name;
    enum sheet_role role;
} known[] = {
    {"title", SHEET_TITLE},
    {"name", SHEET_TITLE},
    {"project", SHEET_TITLE},
    {"projectname", SHEET_TITLE},
    {"projecttitle", SHEET_TITLE},
    {"proposal", SHEET_TITLE},
    {"proposaltitle", SHEET_TITLE},
    {"shortname", SHEET_SHORT_NAME},
    {"summary", SHEET_SUMMARY},
    {"shortdescription", SHEET_SUMMARY},
    {"inbrief", SHEET_SUMMARY},
    {"description", SHEET_BODY},
    {"fulltext", SHEET_BODY},
    {"text", SHEET_BODY},
    {"details", SHEET_BODY},
    {"body", SHEET_BODY},
    {"place", SHEET_PLACE},
    {"location", SHEET_PLACE},
    {"where", SHEET_PLACE},
    {"proposer", SHEET_PROPOSER},
    {"proposedby", SHEET_PROPOSER},
    {"submittedby", SHEET_PROPOSER},
    {"whoproposesit", SHEET_PROPOSER},
    {"applicant", SHEET_PROPOSER},
    {"pot", SHEET_POT},
    {"fund", SHEET_POT},
    {"cost", SHEET_COST},
    {"costgbp", SHEET_COST},
    {"price", SHEET_COST},
    {"amount", SHEET_COST},
    {"estimate", SHEET_COST},
    {"estimatedcost", SHEET_COST},
    {"totalcost", SHEET_COST},
    {"amountrequested", SHEET_COST},
    {"group", SHEET_EXCLUSION},
    {"onlyoneof", SHEET_EXCLUSION},
    {"theme", SHEET_THEME},
    {"category", SHEET_THEME},
    {"topic", SHEET_THEME},
    {"point", SHEET_POINT},
    {"gridreference", SHEET_POINT},
    {"gridref", SHEET_POINT},
    {"osgridreference", SHEET_POINT},
    {"latitude", SHEET_LATITUDE},
    {"lat", SHEET_LATITUDE},
    {"longitude", SHEET_LONGITUDE},
    {"lon", SHEET_LONGITUDE},
    {"lng", SHEET_LONGITUDE},
};

static enum sheet_role role_of_name(const char *name)
{
    char plain[40];
    size_t n = 0;
    for (; *name != '\0' && n < sizeof plain - 1; name++) {
        char c = *name >= 'A' && *name <= 'Z' ? (char)(*name | 0x20) : *name;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            plain[n++] = c;
    }
    plain[n] = '\0';
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].name, plain) == 0)
            return known[i].role;
    }
    return SHEET_IGNORED;
}

/* The first column of a role keeps it: a second one is the officer's to choose. */
static void name_columns(struct proposal_sheet *s)
{
    bool taken[SHEET_ROLES] = {false};
    for (int c = 0; c < s->columns; c++) {
        s->role[c] = role_of_name(proposal_sheet_cell(s, 0, c));
        if (taken[s->role[c]])
            s->role[c] = SHEET_IGNORED;
        taken[s->role[c]] = s->role[c] != SHEET_IGNORED;
    }
}

void proposal_sheet_roles_text(const struct proposal_sheet *sheet, char out[SHEET_ROLES_TEXT])
{
    size_t at = 0;
    out[0] = '\0';
    for (int c = 0; c < sheet->columns; c++) {
        int n = snprintf(out + at, SHEET_ROLES_TEXT - at, "%s%s", c > 0 ? "," : "",
                         roles[sheet->role[c]].word);
        at += (size_t)n;
    }
}

void proposal_sheet_roles_of(struct proposal_sheet *sheet, const char *text)
{
    for (int c = 0; c < sheet->columns; c++) {
        char word[16];
        size_t n = strcspn(text, ",");
        snprintf(word, sizeof word, "%.*s", (int)n, text);
        sheet->role[c] = proposal_sheet_role_of(word);
        text += n + (text[n] == ',');
    }
}

/* The column of a role, or -1. */
static int column_of(const struct proposal_sheet *s, enum sheet_role role)
{
    for (int c = 0; c < s->columns; c++) {
        if (s->role[c] == role)
            return c;
    }
    return -1;
}

const char *proposal_sheet_roles_fault(struct arena *arena, const struct proposal_sheet *sheet)
{
    bool taken[SHEET_ROLES] = {false};
    for (int c = 0; c < sheet->columns; c++) {
        enum sheet_role role = sheet->role[c];
        if (role != SHEET_IGNORED && taken[role])
            return arena_fmt(arena, "Two columns are chosen as “%s”: choose one",
                             roles[role].label);
        taken[role] = true;
    }
    if (!taken[SHEET_TITLE])
        return "Say which column holds the title";
    return taken[SHEET_COST] ? NULL : "Say which column holds the cost";
}

/* --- reading ------------------------------------------------------------------------------ */
static void keep_row(struct arena *arena, struct proposal_sheet *s, const struct csv_row *row)
{
    for (int c = 0; c < s->columns; c++)
        s->cell[s->rows * s->columns + c] = c < row->n ? arena_strdup(arena, row->cell[c]) : "";
    s->number[s->rows++] = row->number;
}

const char *proposal_sheet_read(struct arena *arena, const char *bytes, size_t len,
                                struct proposal_sheet *out)
{
    static const char no_csv[] = "This is not a CSV file. In a spreadsheet, save it as “CSV UTF-8”";
    struct csv csv;
    *out = (struct proposal_sheet){.rows = 0};
    if (len > SHEET_BYTES_MAX)
        return "The file is larger than 2 MB";
    if (!csv_begin(&csv, bytes, len))
        return no_csv;
    csv.lines = true;
    struct csv_row *row = wm_alloc(sizeof *row);
    const char *fault = csv_next(&csv, row) ? NULL : "The file is empty";
    if (fault == NULL && row->problem != NULL)
        fault = no_csv;
    if (fault == NULL && row->n > SHEET_COLUMNS_MAX)
        fault = "The file has more than 30 columns";
    if (fault == NULL) {
        out->columns = row->n;
        out->cell =
            arena_alloc(arena, sizeof *out->cell * (size_t)row->n * (SHEET_PROPOSALS_MAX + 1));
        keep_row(arena, out, row);
        name_columns(out);
    }
    while (fault == NULL && csv_next(&csv, row)) {
        if (row->problem != NULL)
            fault = arena_fmt(arena, "Row %d: %s", row->number, row->problem);
        else if (out->rows > SHEET_PROPOSALS_MAX)
            fault = "The file has more than 200 rows, and a round has 200 proposals at most";
        else
            keep_row(arena, out, row);
    }
    if (fault == NULL && out->rows < 2)
        fault = "The file has no rows under its header";
    free(row);
    return fault;
}

static const char *pot_typed(struct arena *arena, const struct desk_round *round, const char *cell)
{
    if (*cell == '\0')
        return round->pots == 1 ? arena_fmt(arena, "%d", round->pot[0].ordinal) : "";
    for (int i = 0; i < round->pots; i++) {
        if (strcasecmp(round->pot[i].name, cell) == 0)
            return arena_fmt(arena, "%d", round->pot[i].ordinal);
    }
    return cell;
}

static const char *one_line(struct arena *arena, const char *cell)
{
    char *line = arena_strdup(arena, cell);
    for (char *at = line; (at = strchr(at, '\n')) != NULL;)
        *at = ' ';
    return line;
}

/* Of one column, or of two. */
static const char *point_typed(struct arena *arena, const char *const *of)
{
    if (*of[SHEET_POINT] != '\0' || (*of[SHEET_LATITUDE] == '\0' && *of[SHEET_LONGITUDE] == '\0'))
        return of[SHEET_POINT];
    return arena_fmt(arena, "%s, %s", of[SHEET_LATITUDE], of[SHEET_LONGITUDE]);
}

struct typed_proposal proposal_sheet_typed(struct arena *arena, const struct proposal_sheet *sheet,
                                           int row, const struct desk_round *round)
{
    const char *of[SHEET_ROLES];
    for (int i = 0; i < SHEET_ROLES; i++) {
        int c = column_of(sheet, (enum sheet_role)i);
        of[i] = c < 0             ? ""
                : i == SHEET_BODY ? proposal_sheet_cell(sheet, row, c)
                                  : one_line(arena, proposal_sheet_cell(sheet, row, c));
    }
    if (*of[SHEET_SHORT_NAME] == '\0')
        of[SHEET_SHORT_NAME] = proposal_short_name(arena, of[SHEET_TITLE]);
    return (struct typed_proposal){.title = of[SHEET_TITLE],
                                   .short_name = of[SHEET_SHORT_NAME],
                                   .summary = of[SHEET_SUMMARY],
                                   .body = of[SHEET_BODY],
                                   .place = of[SHEET_PLACE],
                                   .proposer = of[SHEET_PROPOSER],
                                   .pot = pot_typed(arena, round, of[SHEET_POT]),
                                   .cost = of[SHEET_COST],
                                   .exclusion = of[SHEET_EXCLUSION],
                                   .theme = of[SHEET_THEME],
                                   .at = point_typed(arena, of)};
}
