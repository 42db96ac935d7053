/* store_import.c: looks at a file of voters: reads it, asks the database what only it knows, and
 * keeps what the officer's yes will need. */
#include "server/store_import.h"

#include "common/digest.h"
#include "common/log.h"
#include <string.h>

DB_STATEMENT(import_begin,
             "select id, area, listed, located from api.desk_import_begin($1, $2, $3, $4)");
DB_STATEMENT(import_areas, "select item, area from api.desk_import_areas($1, $2, $3)");
DB_STATEMENT(import_postcodes, "select item, area from api.desk_import_postcodes($1, $2, $3)");
DB_STATEMENT(import_uprns, "select api.desk_import_uprns($1, $2, $3)");
DB_STATEMENT(import_lookups, "select api.desk_import_lookups($1, $2, $3)");
DB_STATEMENT(import_keep, "select api.desk_import_keep($1, $2, $3, $4)");
DB_STATEMENT(import_looked, "select api.desk_import_looked($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
                            " $11, $12, $13, $14, $15, $16)");

struct look {
    struct import_file file;
    struct arena *arena;
    struct db_params params;
    uint8_t sha256[DIGEST_LEN];
    int32_t officer, register_id, id, area;
    bool listed, located; /* the register holds addresses; postcodes are known */
    int parts, addresses;
    enum import_outcome outcome;
};

static struct db_params *params_of(struct look *l)
{
    db_params_clear(&l->params);
    db_put_int4(&l->params, l->officer);
    db_put_int4(&l->params, l->id);
    return &l->params;
}

static enum db_outcome begin(struct db *db, struct look *l)
{
    struct db_rows *rows = NULL;
    db_params_clear(&l->params);
    db_put_int4(&l->params, l->officer);
    db_put_int4(&l->params, l->register_id);
    db_put_bytes(&l->params, l->sha256, sizeof l->sha256);
    db_put_bool(&l->params, l->file.persons);
    enum db_outcome outcome = db_run(db, &import_begin, &l->params, &rows);
    if (outcome == DB_OK && db_count(rows) == 1) {
        l->id = db_int4(rows, 0, 0);
        l->area = db_int4(rows, 0, 1);
        l->listed = db_bool(rows, 0, 2);
        l->located = db_bool(rows, 0, 3);
    } else if (outcome == DB_OK) {
        l->outcome = IMPORT_NO_REGISTER;
        outcome = DB_REFUSED;
    }
    db_rows_free(rows);
    return outcome;
}

/* --- where the rows are ------------------------------------------------------------------- */
/* Asks for the areas of words; `none` stands for an answer without one. */
static enum db_outcome ask_words(struct db *db, struct look *l,
                                 const struct db_statement *statement,
                                 const struct import_words *words, int32_t *areas, int32_t none)
{
    struct db_rows *rows = NULL;
    if (words->n == 0)
        return DB_OK;
    struct db_params *p = params_of(l);
    db_array_begin(p, DB_TEXT);
    for (uint32_t i = 0; i < words->n; i++)
        db_item_text(p, import_word(words, (int32_t)i));
    db_array_end(p);
    enum db_outcome outcome = db_run(db, statement, p, &rows);
    for (int i = 0; outcome == DB_OK && i < db_count(rows); i++) {
        int32_t item = db_int4(rows, i, 0) - 1;
        MUST(item >= 0 && (uint32_t)item < words->n);
        areas[item] = db_null(rows, i, 1) ? none : db_int4(rows, i, 1);
    }
    db_rows_free(rows);
    return outcome;
}

static enum db_outcome place(struct db *db, struct look *l)
{
    struct import_file *f = &l->file;
    int32_t *areas = wm_alloc((f->areas.n + (size_t)f->postcodes.n) * sizeof *areas);
    int32_t *postcodes = areas + f->areas.n;
    enum db_outcome outcome = ask_words(db, l, &import_areas, &f->areas, areas, 0);
    if (outcome == DB_OK && l->located)
        outcome = ask_words(db, l, &import_postcodes, &f->postcodes, postcodes, IMPORT_ELSEWHERE);
    if (outcome == DB_OK)
        import_file_place(f, areas, postcodes);
    free(areas);
    return outcome;
}

/* --- what is known already ---------------------------------------------------------------- */
/* Puts all of them as an array, and the rows that they are of into `line`; returns how many. */
static int put_things(struct look *l, enum import_fault fault, int32_t *line)
{
    struct db_params *p = params_of(l);
    int n = 0;
    db_array_begin(p, fault == IMPORT_UPRN_KNOWN ? DB_TEXT : DB_BYTEA);
    for (int i = 0; i < l->file.n; i++) {
        char uprn[IMPORT_UPRN_MAX + 1] = "";
        size_t len;
        struct import_packed row = import_file_row(&l->file, i);
        const void *thing = import_thing(&row, fault, &len);
        if (thing == NULL)
            continue;
        line[n++] = i;
        if (fault == IMPORT_UPRN_KNOWN)
            db_item_text(p, memcpy(uprn, thing, len));
        else
            db_item_bytes(p, thing, len);
    }
    db_array_end(p);
    return n;
}

static enum db_outcome ask_known(struct db *db, struct look *l,
                                 const struct db_statement *statement, enum import_fault fault)
{
    int32_t *line = wm_alloc((size_t)l->file.n * sizeof *line);
    struct db_rows *rows = NULL;
    int n = put_things(l, fault, line);
    enum db_outcome outcome = n > 0 ? db_run(db, statement, &l->params, &rows) : DB_OK;
    for (int i = 0; rows != NULL && i < db_count(rows); i++) {
        int32_t item = db_int4(rows, i, 0) - 1;
        MUST(item >= 0 && item < n);
        import_file_fault(&l->file, line[item], fault);
    }
    db_rows_free(rows);
    free(line);
    return outcome;
}

static enum db_outcome compare(struct db *db, struct look *l)
{
    enum db_outcome outcome = DB_OK;
    if (l->listed && l->file.has_uprns)
        outcome = ask_known(db, l, &import_uprns, IMPORT_UPRN_KNOWN);
    if (outcome == DB_OK && l->file.has_codes)
        outcome = ask_known(db, l, &import_lookups, IMPORT_CODE_KNOWN);
    if (outcome == DB_OK && l->file.has_phones)
        outcome = ask_known(db, l, &import_lookups, IMPORT_PHONE_KNOWN);
    return outcome;
}

/* --- what is kept ------------------------------------------------------------------------- */
static enum db_outcome keep(struct db *db, struct look *l)
{
    const struct import_file *f = &l->file;
    enum db_outcome outcome = DB_OK;
    l->addresses = import_file_settle(&l->file, l->area);
    for (int from = 0; outcome == DB_OK && from < f->n; l->parts++) {
        int end = import_file_part(f, from);
        size_t at = f->line[from].at, till = end < f->n ? f->line[end].at : f->rows.len;
        struct db_params *p = params_of(l);
        db_put_int4(p, l->parts);
        db_put_bytes(p, buf_str(&f->rows) + at, till - at);
        outcome = db_run(db, &import_keep, p, NULL);
        from = end;
    }
    return outcome;
}

/* --- what is shown ------------------------------------------------------------------------ */
struct sample {
    int n;
    int line[IMPORT_SAMPLE];
    struct import_packed row[IMPORT_SAMPLE];
};

static void choose(const struct import_file *f, bool bad, struct sample *s)
{
    s->n = 0;
    for (int i = 0; i < f->n && s->n < IMPORT_SAMPLE; i++) {
        if (bad && f->line[i].fault == IMPORT_GOOD)
            continue;
        s->line[s->n] = i;
        s->row[s->n++] = import_file_row(f, i);
    }
}

static void put_int(struct db_params *p, int32_t v, bool known)
{
    if (known)
        db_item_int4(p, v);
    else
        db_item_null(p);
}

#define PUT_ARRAY(element, put_value)                                                              \
    do {                                                                                           \
        db_array_begin(p, element);                                                                \
        for (int i = 0; i < s->n; i++) {                                                           \
            const struct import_line *line = &f->line[s->line[i]];                                 \
            const struct import_packed *row = &s->row[i];                                          \
            (void)line, (void)row;                                                                 \
            put_value;                                                                             \
        }                                                                                          \
        db_array_end(p);                                                                           \
    } while (0)

#define PUT_TEXT(at, len) PUT_ARRAY(DB_TEXT, db_item_text(p, arena_memdup(l->arena, at, len)))

static void put_sample(struct look *l, const struct sample *s)
{
    const struct import_file *f = &l->file;
    struct db_params *p = &l->params;
    PUT_ARRAY(DB_INT4, db_item_int4(p, line->number));
    PUT_ARRAY(DB_INT4, put_int(p, row->area, row->area != 0));
    PUT_ARRAY(DB_TEXT, db_item_text(p, line->word >= 0 ? import_word(&f->areas, line->word) : ""));
    PUT_TEXT(row->text, row->address_len);
    PUT_TEXT(row->text + row->address_len, row->postcode_len);
    PUT_TEXT(row->text + row->address_len + row->postcode_len, row->uprn_len);
    PUT_ARRAY(DB_BOOL, db_item_bool(p, row->code != NULL));
    PUT_ARRAY(DB_BOOL, db_item_bool(p, row->phone != NULL));
    PUT_ARRAY(DB_TEXT, db_item_text(p, import_file_words(f, s->line[i], l->arena)));
}

static enum db_outcome looked(struct db *db, struct look *l, int bad)
{
    struct sample *s = wm_alloc(sizeof *s);
    choose(&l->file, bad > 0, s);
    struct db_params *p = params_of(l);
    db_put_int4(p, l->file.n);
    db_put_int4(p, bad);
    db_put_int4(p, l->parts);
    db_put_int4(p, l->addresses);
    db_put_bool(p, l->file.has_codes);
    put_sample(l, s);
    free(s);
    return db_run(db, &import_looked, p, NULL);
}

static enum db_outcome look(struct db *db, void *context)
{
    struct look *l = context;
    import_file_again(&l->file); /* when the transaction is tried again */
    l->parts = l->addresses = 0;
    enum db_outcome outcome = begin(db, l);
    if (outcome == DB_OK)
        outcome = place(db, l);
    if (outcome == DB_OK)
        outcome = compare(db, l);
    int bad = import_file_bad(&l->file);
    if (outcome == DB_OK && bad == 0)
        outcome = keep(db, l);
    return outcome == DB_OK ? looked(db, l, bad) : outcome;
}

/* --- the file ----------------------------------------------------------------------------- */
static bool has_role(const struct import_columns *c, enum import_role role)
{
    for (int i = 0; i < c->n; i++) {
        if (c->role[i] == role)
            return true;
    }
    return false;
}

/* Reads the header; IMPORT_READ: the rows may follow. */
static enum import_outcome read_header(struct csv *csv, struct csv_row *row, struct arena *arena,
                                       const enum import_role *roles, int n_roles,
                                       struct import_columns *columns)
{
    if (!csv_next(csv, row))
        return IMPORT_NO_ROWS;
    if (row->problem != NULL)
        return IMPORT_NO_TEXT;
    import_columns_read(arena, row, columns);
    for (int i = 0; roles != NULL && i < columns->n; i++)
        columns->role[i] = i < n_roles ? roles[i] : IMPORT_IGNORED;
    columns->known = has_role(columns, IMPORT_ADDRESS) || has_role(columns, IMPORT_CODE) ||
                     has_role(columns, IMPORT_PHONE);
    return columns->known ? IMPORT_READ : IMPORT_UNKNOWN;
}

static enum db_outcome read_rows(struct db *db, struct look *l, struct csv *csv,
                                 const struct import_columns *columns)
{
    bool persons = has_role(columns, IMPORT_PERSON) || has_role(columns, IMPORT_CODE) ||
                   has_role(columns, IMPORT_PHONE);
    l->outcome = import_file_read(&l->file, csv, columns, persons);
    l->params = db_params_new();
    enum db_outcome done = DB_OK;
    if (l->outcome == IMPORT_READ)
        done = db_transaction(db, look, l);
    db_params_free(&l->params);
    import_file_free(&l->file);
    return l->outcome == IMPORT_READ ? done : DB_OK;
}

enum db_outcome import_read(struct db *db, struct arena *arena, int32_t officer,
                            int32_t register_id, const char *bytes, size_t len,
                            const enum import_role *roles, int n_roles,
                            struct import_columns *columns, enum import_outcome *outcome,
                            int32_t *id)
{
    struct look *l = wm_alloc(sizeof *l);
    struct csv_row *row = wm_alloc(sizeof *row);
    struct csv csv;
    enum db_outcome done = DB_OK;
    *columns = (struct import_columns){.n = 0};
    l->officer = officer;
    l->register_id = register_id;
    l->arena = arena;
    digest_sha256(bytes, len, l->sha256);
    l->outcome = csv_begin(&csv, bytes, len)
                     ? read_header(&csv, row, arena, roles, n_roles, columns)
                     : IMPORT_NO_TEXT;
    if (l->outcome == IMPORT_READ)
        done = read_rows(db, l, &csv, columns);
    *outcome = l->outcome;
    *id = l->id;
    free(row);
    free(l);
    return done;
}
