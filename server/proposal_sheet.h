/* proposal_sheet.h: a spreadsheet of proposals: read from a CSV file, its columns named, its rows
 * as an officer would have typed them. Pure; texts live in the arena. */
#ifndef WM_PROPOSAL_SHEET_H
#define WM_PROPOSAL_SHEET_H

#include "common/buf.h"
#include "server/proposal_form.h"

enum {
    SHEET_COLUMNS_MAX = 30,
    SHEET_PROPOSALS_MAX = 200, /* as many as a round has */
    SHEET_BYTES_MAX = 2 << 20,
    SHEET_ROLES_TEXT = 400
};

/* What a column is for. */
enum sheet_role {
    SHEET_IGNORED,
    SHEET_TITLE,
    SHEET_SHORT_NAME,
    SHEET_SUMMARY,
    SHEET_BODY,
    SHEET_PLACE,
    SHEET_PROPOSER,
    SHEET_POT,
    SHEET_COST,
    SHEET_EXCLUSION,
    SHEET_THEME,
    SHEET_POINT, /* latitude and longitude, or a grid reference */
    SHEET_LATITUDE,
    SHEET_LONGITUDE,
    SHEET_ROLES
};

/* A role's word (in forms and in the database) and what an officer reads. */
const char *proposal_sheet_role_word(enum sheet_role role);
const char *proposal_sheet_role_label(enum sheet_role role);
/* By its word; SHEET_IGNORED for any other. */
enum sheet_role proposal_sheet_role_of(const char *word);

struct proposal_sheet {
    int rows, columns; /* the header is row 0 */
    const char **cell;
    int number[SHEET_PROPOSALS_MAX + 1]; /* a row's, as a spreadsheet shows it */
    enum sheet_role role[SHEET_COLUMNS_MAX];
};

static inline const char *proposal_sheet_cell(const struct proposal_sheet *sheet, int row,
                                              int column)
{
    return sheet->cell[row * sheet->columns + column];
}

/* NULL when it was read, with its columns named as far as their names are known; else what is wrong
 * with the file, in the officer's words. Columns past SHEET_COLUMNS_MAX are refused. */
const char *proposal_sheet_read(struct arena *arena, const char *bytes, size_t len,
                                struct proposal_sheet *out);
/* The roles as one text, by commas, and back. */
void proposal_sheet_roles_text(const struct proposal_sheet *sheet, char out[SHEET_ROLES_TEXT]);
void proposal_sheet_roles_of(struct proposal_sheet *sheet, const char *text);
/* What keeps the roles from being used, or NULL: no title, no cost, or two columns of one role. */
const char *proposal_sheet_roles_fault(struct arena *arena, const struct proposal_sheet *sheet);

/* A row (from 1) as it would be typed: a pot by its name or number, or the round's only one; a
 * short name made of the title where the sheet has none. */
struct typed_proposal proposal_sheet_typed(struct arena *arena, const struct proposal_sheet *sheet,
                                           int row, const struct desk_round *round);

#endif
