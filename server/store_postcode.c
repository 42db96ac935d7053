/* store_postcode.c: asks which neighbourhoods a postcode lies in; reads the file that says so. */
#include "server/store_postcode.h"

#include "common/digest.h"
#include "common/log.h"
#include "server/import_columns.h"
#include "server/store_kit.h"

enum { CELL_MAX = 80 };

/* --- finding ------------------------------------------------------------------------------ */
static enum postcode_answer read_answer(const char *word)
{
    static const char *const words[] = {"exact", "near", "format", "unknown"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], word) == 0)
            return (enum postcode_answer)i;
    }
    log_bug("unknown answer about a postcode");
    return POSTCODE_UNKNOWN;
}

enum db_outcome postcode_areas_load(struct db *db, struct arena *arena, const char *typed,
                                    struct postcode_areas *out)
{
    DB_STATEMENT(areas_by_postcode, "select outcome, part, slug, name, parent_name"
                                    " from api.areas_by_postcode($1)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    const char *word = "";
    db_put_text(&p, typed);
    *out = (struct postcode_areas){.answer = POSTCODE_UNKNOWN, .found = ""};
    enum db_outcome outcome = store_answer(db, &areas_by_postcode, arena, &p, &word, &rows);
    if (outcome != DB_OK)
        return outcome;
    out->answer = read_answer(word);
    if (out->answer == POSTCODE_EXACT || out->answer == POSTCODE_NEAR)
        out->n = db_count(rows);
    out->found = store_text(arena, rows, 0, 1);
    out->area = arena_alloc(arena, (size_t)(out->n + 1) * sizeof *out->area);
    for (int i = 0; i < out->n; i++) {
        out->area[i].slug = store_text(arena, rows, i, 2);
        out->area[i].name = store_text(arena, rows, i, 3);
        out->area[i].parent_name = store_text(arena, rows, i, 4);
    }
    db_rows_free(rows);
    return outcome;
}

enum db_outcome postcodes_known(struct db *db, bool *known)
{
    DB_STATEMENT(postcodes_known_sql, "select api.postcodes_known()");
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(db, &postcodes_known_sql, NULL, &rows);
    *known = outcome == DB_OK && db_bool(rows, 0, 0);
    db_rows_free(rows);
    return outcome;
}

/* --- the table ---------------------------------------------------------------------------- */
enum db_outcome postcode_table_load(struct db *db, struct arena *arena, int32_t officer,
                                    struct postcode_table *out)
{
    DB_STATEMENT(desk_postcodes, "select may, postcodes, parts, loaded_at, loaded_by, sha256"
                                 " from api.desk_postcodes($1)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    *out = (struct postcode_table){.loaded_at = DB_NO_TIME};
    enum db_outcome outcome = db_run(db, &desk_postcodes, &p, &rows);
    if (outcome == DB_OK)
        *out = (struct postcode_table){.may = db_bool(rows, 0, 0),
                                       .postcodes = db_int8(rows, 0, 1),
                                       .parts = db_int8(rows, 0, 2),
                                       .loaded_at = db_time(rows, 0, 3),
                                       .loaded_by = store_text(arena, rows, 0, 4),
                                       .sha256 = store_text(arena, rows, 0, 5)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

struct columns {
    int postcode, area; /* -1: none */
};

/* Names of the ONS Postcode Directory (pcds is the postcode as people write it; osward and wd…cd
 * the ward's code) and plain ones. */
static struct columns read_header(const struct csv_row *header)
{
    static const char *const postcodes[] = {"postcode", "pcds", "pcd", "pcd2", "pcd7", "pcd8"};
    static const char *const areas[] = {"area",     "neighbourhood", "ward", "wardname",
                                        "wardcode", "osward",        "slug"};
    struct columns c = {-1, -1};
    char name[IMPORT_NAME_MAX];
    for (int i = 0; i < header->n; i++) {
        import_plain_name(header->cell[i], name);
        for (size_t k = 0; k < sizeof postcodes / sizeof *postcodes && c.postcode < 0; k++)
            c.postcode = strcmp(name, postcodes[k]) == 0 ? i : -1;
        for (size_t k = 0; k < sizeof areas / sizeof *areas && c.area < 0; k++)
            c.area = strcmp(name, areas[k]) == 0 ? i : -1;
        size_t len = strlen(name);
        if (c.area < 0 && len == 6 && strncmp(name, "wd", 2) == 0 && strcmp(name + 4, "cd") == 0)
            c.area = i;
    }
    return c;
}

struct entry {
    int number;
    const char *postcode, *area, *problem;
};

struct reading {
    struct csv csv;
    struct csv_row row;
    struct columns columns;
    struct entry *entry; /* POSTCODE_ROWS_MAX of them */
    int n;
};

static const char *cell_of(const struct csv_row *row, int column)
{
    return column < row->n ? row->cell[column] : "";
}

static enum postcode_file read_rows(struct reading *in, struct arena *arena)
{
    while (csv_next(&in->csv, &in->row)) {
        if (in->n == POSTCODE_ROWS_MAX)
            return POSTCODES_TOO_MANY;
        struct entry *e = &in->entry[in->n++];
        *e = (struct entry){in->row.number, "", "", in->row.problem};
        if (e->problem != NULL)
            continue;
        const char *postcode = cell_of(&in->row, in->columns.postcode);
        const char *area = cell_of(&in->row, in->columns.area);
        bool too_long = strlen(postcode) > CELL_MAX || strlen(area) > CELL_MAX;
        e->problem = too_long ? "the postcode or the area is too long" : "";
        e->postcode = too_long ? "" : arena_strdup(arena, postcode);
        e->area = too_long ? "" : arena_strdup(arena, area);
    }
    return in->n > 0 ? POSTCODES_LOADED : POSTCODES_NO_ROWS;
}

static enum postcode_file read_file(struct reading *in, struct arena *arena, const char *bytes,
                                    size_t len)
{
    if (!csv_begin(&in->csv, bytes, len))
        return POSTCODES_NO_TEXT;
    if (!csv_next(&in->csv, &in->row))
        return POSTCODES_NO_ROWS;
    if (in->row.problem != NULL)
        return POSTCODES_NO_TEXT;
    in->columns = read_header(&in->row);
    if (in->columns.postcode < 0 || in->columns.area < 0)
        return POSTCODES_COLUMNS;
    return read_rows(in, arena);
}

static void put_texts(struct db_params *p, const struct reading *in, size_t offset)
{
    db_array_begin(p, DB_TEXT);
    for (int i = 0; i < in->n; i++)
        db_item_text(p, *(const char *const *)((const char *)&in->entry[i] + offset));
    db_array_end(p);
}

static void read_verdict(struct arena *arena, const struct db_rows *rows, const char *word,
                         struct postcode_load *out)
{
    if (strcmp(word, "loaded") == 0)
        return;
    if (strcmp(word, "role") == 0) {
        out->outcome = POSTCODES_ROLE;
        return;
    }
    out->outcome = POSTCODES_BAD;
    out->bad = db_int8(rows, 0, 4);
    for (out->n = 0; out->n < db_count(rows) && out->n < POSTCODE_PROBLEMS_MAX; out->n++)
        out->problem[out->n] =
            (struct postcode_problem){db_int8(rows, out->n, 1), store_text(arena, rows, out->n, 2),
                                      store_text(arena, rows, out->n, 3)};
}

static enum db_outcome send(struct db *db, struct arena *arena, int32_t officer,
                            const uint8_t sha256[32], const struct reading *in,
                            struct postcode_load *out)
{
    DB_STATEMENT(desk_postcodes_load, "select outcome, n, postcode, problem, total"
                                      " from api.desk_postcodes_load($1, $2, $3, $4, $5, $6)");
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    const char *word = "";
    db_put_int4(&p, officer);
    db_put_bytes(&p, sha256, 32);
    db_array_begin(&p, DB_INT4);
    for (int i = 0; i < in->n; i++)
        db_item_int4(&p, in->entry[i].number);
    db_array_end(&p);
    put_texts(&p, in, offsetof(struct entry, postcode));
    put_texts(&p, in, offsetof(struct entry, area));
    put_texts(&p, in, offsetof(struct entry, problem));
    enum db_outcome outcome = store_answer(db, &desk_postcodes_load, arena, &p, &word, &rows);
    if (outcome == DB_OK)
        read_verdict(arena, rows, word, out);
    db_rows_free(rows);
    return outcome;
}

enum db_outcome postcode_file_load(struct db *db, struct arena *arena, int32_t officer,
                                   const char *bytes, size_t len, struct postcode_load *out)
{
    struct reading *in = wm_alloc(sizeof *in);
    struct arena texts = arena_new(32 << 20);
    enum db_outcome done = DB_OK;
    uint8_t sha256[32];
    in->entry = wm_alloc(POSTCODE_ROWS_MAX * sizeof *in->entry);
    digest_sha256(bytes, len, sha256);
    *out = (struct postcode_load){.outcome = read_file(in, &texts, bytes, len)};
    if (out->outcome == POSTCODES_LOADED)
        done = send(db, arena, officer, sha256, in, out);
    arena_free(&texts);
    free(in->entry);
    free(in);
    return done;
}
