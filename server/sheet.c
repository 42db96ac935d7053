/* sheet.c: a table for spreadsheets, and its CSV. */
#include "server/sheet.h"
#include "server/geo_point.h"

#include "common/log.h"
#include "server/csv_write.h"
#include "server/typed.h"

struct sheet sheet_new(struct arena *a, const char *name, const char *const *heads, int max_rows)
{
    struct sheet s = {.name = name, .heads = heads, .max_rows = max_rows};
    while (heads[s.columns] != NULL)
        s.columns++;
    s.cells = arena_alloc(a, (size_t)(s.columns * max_rows + 1) * sizeof *s.cells);
    return s;
}

static struct cell *next_cell(struct sheet *s)
{
    MUST(s->n < s->columns * s->max_rows);
    struct cell *c = &s->cells[s->n++];
    s->rows = (s->n + s->columns - 1) / s->columns;
    return c;
}

void sheet_text(struct sheet *s, const char *text)
{
    *next_cell(s) = (struct cell){.kind = CELL_TEXT, .text = text};
}

void sheet_put(struct sheet *s, enum cell_kind kind, int64_t n)
{
    *next_cell(s) = (struct cell){.kind = kind, .text = "", .n = n};
}

static void csv_cell(struct buf *out, const struct cell *c)
{
    switch (c->kind) {
    case CELL_TEXT:
        csv_text(out, c->text);
        break;
    case CELL_NUMBER:
        buf_fmt(out, "%04d", (int)c->n);
        break;
    case CELL_COUNT:
        buf_int(out, c->n);
        break;
    case CELL_MONEY:
        typed_pounds_add(out, c->n);
        break;
    case CELL_DEGREES:
        buf_fmt(out, "%.5f", (double)c->n / GEO_DEGREE);
        break;
    case CELL_YES:
        buf_str_add(out, c->n != 0 ? "yes" : "no");
        break;
    case CELL_NONE:
        break;
    }
}

void sheet_csv(struct buf *out, const struct sheet *s)
{
    for (int i = 0; i < s->columns; i++)
        buf_fmt(out, "%s%s", i > 0 ? "," : "", s->heads[i]);
    for (int i = 0; i < s->n; i++) {
        buf_str_add(out, i % s->columns == 0 ? "\r\n" : ",");
        csv_cell(out, &s->cells[i]);
    }
    buf_str_add(out, "\r\n");
}
