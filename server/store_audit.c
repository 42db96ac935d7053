/* store_audit.c: the record of what officers did. */
#include "server/store_audit.h"

#include "server/store_kit.h"

DB_STATEMENT(desk_audit_rows,
             "select id, at, who, action, object, area, detail, changes, came_from"
             " from api.desk_audit($1, $2, $3::text::date, $4::text::date, $5, $6)");
DB_STATEMENT(desk_audit_checks, "select checked_from, checked_to, total, broken, head, whole_at,"
                                " whole_to from api.desk_audit_check($1, $2)");

/* Between the parts of a change, and between changes: see api.desk_audit. */
enum { PART = 31, NEXT = 30 };

/* Cuts off the text up to `end`, or all of it; *text is then what follows. */
static const char *cut(char **text, char end)
{
    char *from = *text, *to = strchr(from, end);
    *text = to != NULL ? to + 1 : from + strlen(from);
    if (to != NULL)
        *to = '\0';
    return from;
}

static void read_changes(struct arena *a, char *text, struct audit_row *row)
{
    int n = *text != '\0' ? 1 : 0;
    for (const char *at = text; *at != '\0'; at++)
        n += *at == NEXT;
    row->change = arena_alloc(a, sizeof *row->change * (size_t)(n + 1));
    for (row->changes = 0; row->changes < n; row->changes++) {
        char *one = (char *)cut(&text, NEXT);
        struct audit_change *c = &row->change[row->changes];
        c->what = cut(&one, PART);
        c->before = cut(&one, PART);
        c->after = one;
    }
}

enum db_outcome desk_audit(struct db *db, struct arena *a, int32_t officer,
                           const struct audit_wanted *wanted, struct audit_rows *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_text(&p, wanted->words);
    db_put_text(&p, wanted->from);
    db_put_text(&p, wanted->until);
    db_put_int8(&p, wanted->before);
    db_put_int4(&p, wanted->most);
    enum db_outcome outcome = db_run(db, &desk_audit_rows, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->row = arena_alloc(a, sizeof *out->row * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++) {
        out->row[i] = (struct audit_row){.id = db_int8(rows, i, 0),
                                         .at = db_time(rows, i, 1),
                                         .who = store_text(a, rows, i, 2),
                                         .action = store_text(a, rows, i, 3),
                                         .object = store_text(a, rows, i, 4),
                                         .area = store_text(a, rows, i, 5),
                                         .detail = store_text(a, rows, i, 6),
                                         .from = store_text(a, rows, i, 8)};
        read_changes(a, arena_strdup(a, db_text(rows, i, 7)), &out->row[i]);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome desk_audit_check(struct db *db, struct arena *a, int32_t officer, bool whole,
                                 struct audit_state *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_bool(&p, whole);
    enum db_outcome outcome = db_run(db, &desk_audit_checks, &p, &rows);
    *out = (struct audit_state){.head = ""};
    if (outcome == DB_OK && db_count(rows) == 1)
        *out = (struct audit_state){.asked = true,
                                    .from = db_int8(rows, 0, 0),
                                    .to = db_int8(rows, 0, 1),
                                    .total = db_int8(rows, 0, 2),
                                    .broken = db_int8(rows, 0, 3),
                                    .head = store_text(a, rows, 0, 4),
                                    .whole_at = db_time(rows, 0, 5),
                                    .whole_to = db_int8(rows, 0, 6)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}
