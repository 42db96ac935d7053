/* store_audit.c: the record of what officers did. */
#include "server/store_audit.h"

#include "server/store_kit.h"

DB_STATEMENT(desk_audit_rows,
             "select id, at, who, action, object, thing, area, detail, changes, came_from"
             " from api.desk_audit($1, $2, $3, $4::text::date, $5::text::date, $6, $7, $8)");
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

/* Changes, or facts, of which `after` is "". */
static struct audit_change *read_changes(struct arena *a, char *text, int *n)
{
    int most = *text != '\0' ? 1 : 0;
    for (const char *at = text; *at != '\0'; at++)
        most += *at == NEXT;
    struct audit_change *all = arena_alloc(a, sizeof *all * (size_t)(most + 1));
    for (*n = 0; *n < most; ++*n) {
        char *one = (char *)cut(&text, NEXT);
        all[*n].what = cut(&one, PART);
        all[*n].before = cut(&one, PART);
        all[*n].after = one;
    }
    return all;
}

static void read_row(struct arena *a, const struct db_rows *rows, int i, bool told,
                     struct audit_row *out)
{
    *out = (struct audit_row){.id = db_int8(rows, i, 0),
                              .at = db_time(rows, i, 1),
                              .who = store_text(a, rows, i, 2),
                              .action = store_text(a, rows, i, 3),
                              .object = store_text(a, rows, i, 4),
                              .thing = store_text(a, rows, i, 5),
                              .area = store_text(a, rows, i, 6),
                              .detail = told ? "" : store_text(a, rows, i, 7),
                              .from = store_text(a, rows, i, 9)};
    if (told)
        out->fact = read_changes(a, arena_strdup(a, db_text(rows, i, 7)), &out->facts);
    out->change = read_changes(a, arena_strdup(a, db_text(rows, i, 8)), &out->changes);
}

enum db_outcome desk_audit(struct db *db, struct arena *a, int32_t officer,
                           const struct audit_wanted *wanted, struct audit_rows *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_text(&p, wanted->words);
    db_put_text(&p, wanted->actions);
    db_put_text(&p, wanted->from);
    db_put_text(&p, wanted->until);
    db_put_int8(&p, wanted->before);
    db_put_int4(&p, wanted->most);
    db_put_bool(&p, wanted->told);
    enum db_outcome outcome = db_run(db, &desk_audit_rows, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->row = arena_alloc(a, sizeof *out->row * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        read_row(a, rows, i, wanted->told, &out->row[i]);
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
