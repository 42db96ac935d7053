/* store_import.c: reads a file's rows and brings them, some thousand at a time, to the database. */
#include "server/store_import.h"

#include "common/damm.h"
#include "common/digest.h"
#include "common/phone.h"
#include "common/secret.h"
#include <strings.h>

enum {
    CHUNK = 5000,
    ADDRESS_MAX = 300,
    POSTCODE_MAX = 10,
    UPRN_MAX = 12,
    AREA_MAX = 80,
    SEALED_MAX = PHONE_LEN + SECRET_SEAL_EXTRA
};

DB_STATEMENT(import_begin, "select api.desk_import_begin($1, $2, $3, $4)");
DB_STATEMENT(import_rows, "select api.desk_import_rows($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
                          " $11)");
DB_STATEMENT(import_check, "select api.desk_import_check($1, $2)");

/* One row of the file as it will be kept. */
struct entry {
    int number;
    char address[ADDRESS_MAX + 1], postcode[POSTCODE_MAX + 1], uprn[UPRN_MAX + 1];
    char area[AREA_MAX + 1];
    const char *problem; /* "" or a literal */
    bool has_code, has_phone;
    uint8_t code[32], phone[32], sealed[SEALED_MAX];
    size_t sealed_len;
};

struct reading {
    struct csv csv;
    struct csv_row row;
    const struct import_columns *columns;
    struct entry entry[CHUNK];
    struct db_params params;
    int32_t officer, register_id, id;
    uint8_t sha256[32];
    bool persons;
    int n, total;
    enum import_outcome outcome;
};

/* --- one row ------------------------------------------------------------------------------ */
static bool says_nothing(const char *cell)
{
    return *cell == '\0' || strcasecmp(cell, "n/a") == 0;
}

/* "12", "Long Lane", "", "York" to "12 Long Lane, York": a number belongs to what follows it. */
static const char *add_address(struct entry *e, const char *cell)
{
    size_t len = strlen(e->address), last = len;
    while (last > 0 && e->address[last - 1] != ' ')
        last--;
    size_t digits = strspn(e->address + last, "0123456789-/");
    bool bare = digits > 0 && (digits == len - last || digits + 1 == len - last);
    const char *between = len == 0 ? "" : bare ? " " : ", ";
    size_t gap = strlen(between), more = strlen(cell);
    if (len + gap + more > ADDRESS_MAX)
        return "the address is longer than 300 characters";
    memcpy(e->address + len, between, gap);
    memcpy(e->address + len + gap, cell, more + 1);
    return NULL;
}

/* UPRNs are numbers of at most 12 digits; a spreadsheet makes "1.00E+11" of them. */
static const char *uprn_problem(const char *cell)
{
    size_t digits = strspn(cell, "0123456789");
    if (digits <= UPRN_MAX && cell[digits] == '\0')
        return NULL;
    if (strchr(cell, 'E') != NULL || strchr(cell, 'e') != NULL)
        return "the UPRN was spoilt by a spreadsheet: export it as text";
    return "the UPRN is not a number of at most 12 digits";
}

static const char *read_number(struct entry *e, const char *cell)
{
    char number[PHONE_LEN + 1];
    enum phone_kind kind = phone_read(cell, number);
    if (kind != PHONE_UK_MOBILE && kind != PHONE_OTHER)
        return "the number is not one that can be texted";
    phone_lookup(number, e->phone);
    e->sealed_len = secret_seal("phone.number", number, strlen(number), e->sealed);
    e->has_phone = true;
    return NULL;
}

static const char *read_code(struct entry *e, const char *cell)
{
    char code[CODE_DIGITS + 1];
    if (!code_read(cell, code))
        return "the code is not 13 digits with their check digit";
    code_lookup(code, e->code);
    e->has_code = true;
    explicit_bzero(code, sizeof code);
    return NULL;
}

static const char *copy(char *out, size_t max, const char *cell, const char *problem)
{
    size_t len = strlen(cell);
    if (len > max)
        return problem;
    memcpy(out, cell, len + 1);
    return NULL;
}

/* Takes one cell by its column's role; returns what is wrong with it. */
static const char *take(struct entry *e, enum import_role role, const char *cell)
{
    switch (role) {
    case IMPORT_ADDRESS:
        return add_address(e, cell);
    case IMPORT_POSTCODE:
        return copy(e->postcode, POSTCODE_MAX, cell, "the postcode is too long");
    case IMPORT_UPRN:
        if (uprn_problem(cell) != NULL)
            return uprn_problem(cell);
        return copy(e->uprn, UPRN_MAX, cell, "");
    case IMPORT_AREA:
        return copy(e->area, AREA_MAX, cell, "the area’s name is too long");
    case IMPORT_CODE:
        return read_code(e, cell);
    case IMPORT_PHONE:
        return read_number(e, cell);
    case IMPORT_IGNORED:
    case IMPORT_PERSON:
    case IMPORT_ROLES:
        break;
    }
    return NULL;
}

/* Democracy Counts' exports hold rows that stand for nothing. */
static bool is_dummy(const struct entry *e)
{
    return strcmp(e->postcode, "A1 1AA") == 0 || strncasecmp(e->address, "Dummy Record", 12) == 0;
}

/* False: the row stands for nothing. */
static bool read_entry(struct reading *in, struct entry *e)
{
    const char *problem = in->row.problem;
    *e = (struct entry){.number = in->row.number, .problem = ""};
    if (problem == NULL && in->row.n > in->columns->n)
        problem = "the row has more cells than the header";
    for (int i = 0; problem == NULL && i < in->row.n; i++) {
        if (!says_nothing(in->row.cell[i]))
            problem = take(e, in->columns->role[i], in->row.cell[i]);
    }
    if (is_dummy(e))
        return false;
    if (problem == NULL && *e->address == '\0' && !e->has_code && !e->has_phone)
        problem = "the row has no address, code or number";
    if (problem == NULL && !in->persons && *e->address == '\0')
        problem = "the row has no address";
    if (problem != NULL)
        e->problem = problem;
    return true;
}

/* --- many --------------------------------------------------------------------------------- */
/* An array parameter with a value for every entry, or NULL when none has one. */
#define PUT_ENTRIES(element, has_value, put_value)                                                 \
    do {                                                                                           \
        bool any = false;                                                                          \
        for (int i = 0; i < in->n && !any; i++) {                                                  \
            const struct entry *e = &in->entry[i];                                                 \
            any = has_value;                                                                       \
        }                                                                                          \
        if (!any) {                                                                                \
            db_put_null(p);                                                                        \
            break;                                                                                 \
        }                                                                                          \
        db_array_begin(p, element);                                                                \
        for (int i = 0; i < in->n; i++) {                                                          \
            const struct entry *e = &in->entry[i];                                                 \
            put_value;                                                                             \
        }                                                                                          \
        db_array_end(p);                                                                           \
    } while (0)

#define PUT_TEXTS(field) PUT_ENTRIES(DB_TEXT, *e->field != '\0', db_item_text(p, e->field))

static void put_bytes(struct db_params *p, bool has, const uint8_t *bytes, size_t len)
{
    if (has)
        db_item_bytes(p, bytes, len);
    else
        db_item_null(p);
}

static enum db_outcome send_chunk(struct db *db, struct reading *in)
{
    struct db_params *p = &in->params;
    if (in->n == 0)
        return DB_OK;
    db_params_clear(p);
    db_put_int4(p, in->officer);
    db_put_int4(p, in->id);
    PUT_ENTRIES(DB_INT4, e->number > 0, db_item_int4(p, e->number));
    PUT_TEXTS(address);
    PUT_TEXTS(postcode);
    PUT_TEXTS(uprn);
    PUT_TEXTS(area);
    PUT_ENTRIES(DB_BYTEA, e->has_code, put_bytes(p, e->has_code, e->code, sizeof e->code));
    PUT_ENTRIES(DB_BYTEA, e->has_phone, put_bytes(p, e->has_phone, e->phone, sizeof e->phone));
    PUT_ENTRIES(DB_BYTEA, e->has_phone, put_bytes(p, e->has_phone, e->sealed, e->sealed_len));
    PUT_TEXTS(problem);
    in->n = 0;
    return db_run(db, &import_rows, p, NULL);
}

static enum db_outcome begin(struct db *db, struct reading *in)
{
    struct db_rows *rows = NULL;
    db_params_clear(&in->params);
    db_put_int4(&in->params, in->officer);
    db_put_int4(&in->params, in->register_id);
    db_put_bytes(&in->params, in->sha256, sizeof in->sha256);
    db_put_bool(&in->params, in->persons);
    enum db_outcome outcome = db_run(db, &import_begin, &in->params, &rows);
    in->id = outcome == DB_OK ? db_int4(rows, 0, 0) : 0;
    if (in->id == 0)
        in->outcome = IMPORT_NO_REGISTER;
    db_rows_free(rows);
    return outcome;
}

static enum db_outcome end(struct db *db, struct reading *in)
{
    db_params_clear(&in->params);
    db_put_int4(&in->params, in->officer);
    db_put_int4(&in->params, in->id);
    return db_run(db, &import_check, &in->params, NULL);
}

static enum db_outcome bring(struct db *db, void *context)
{
    struct reading *in = context;
    struct csv csv = in->csv; /* from the start again when the transaction is tried again */
    enum db_outcome outcome = begin(db, in);
    in->n = in->total = 0;
    while (outcome == DB_OK && in->outcome == IMPORT_READ && csv_next(&csv, &in->row)) {
        if (!read_entry(in, &in->entry[in->n]))
            continue;
        if (++in->total > IMPORT_ROWS_MAX)
            in->outcome = IMPORT_TOO_MANY;
        if (++in->n == CHUNK)
            outcome = send_chunk(db, in);
    }
    if (in->outcome == IMPORT_READ && in->total == 0)
        in->outcome = IMPORT_NO_ROWS;
    if (outcome != DB_OK || in->outcome != IMPORT_READ)
        return outcome == DB_OK ? DB_REFUSED : outcome;
    outcome = send_chunk(db, in);
    return outcome == DB_OK ? end(db, in) : outcome;
}

static bool has_role(const struct import_columns *c, enum import_role role)
{
    for (int i = 0; i < c->n; i++) {
        if (c->role[i] == role)
            return true;
    }
    return false;
}

/* Reads the header; false: *outcome says why not. */
static bool read_header(struct reading *in, struct arena *arena, const enum import_role *roles,
                        int n_roles, struct import_columns *columns)
{
    if (!csv_next(&in->csv, &in->row)) {
        in->outcome = IMPORT_NO_ROWS;
        return false;
    }
    if (in->row.problem != NULL) {
        in->outcome = IMPORT_NO_TEXT;
        return false;
    }
    import_columns_read(arena, &in->row, columns);
    for (int i = 0; roles != NULL && i < columns->n; i++)
        columns->role[i] = i < n_roles ? roles[i] : IMPORT_IGNORED;
    columns->known = has_role(columns, IMPORT_ADDRESS) || has_role(columns, IMPORT_CODE) ||
                     has_role(columns, IMPORT_PHONE);
    in->columns = columns;
    in->persons = has_role(columns, IMPORT_PERSON) || has_role(columns, IMPORT_CODE) ||
                  has_role(columns, IMPORT_PHONE);
    if (!columns->known)
        in->outcome = IMPORT_UNKNOWN;
    return columns->known;
}

enum db_outcome import_read(struct db *db, struct arena *arena, int32_t officer,
                            int32_t register_id, const char *bytes, size_t len,
                            const enum import_role *roles, int n_roles,
                            struct import_columns *columns, enum import_outcome *outcome,
                            int32_t *id)
{
    struct reading *in = wm_alloc(sizeof *in);
    enum db_outcome done = DB_OK;
    *columns = (struct import_columns){.n = 0};
    in->officer = officer;
    in->register_id = register_id;
    in->params = db_params_new();
    digest_sha256(bytes, len, in->sha256);
    if (!csv_begin(&in->csv, bytes, len))
        in->outcome = IMPORT_NO_TEXT;
    else if (read_header(in, arena, roles, n_roles, columns))
        done = db_transaction(db, bring, in);
    if (in->outcome != IMPORT_READ)
        done = DB_OK;
    *outcome = in->outcome;
    *id = in->id;
    explicit_bzero(in->entry, sizeof in->entry);
    db_params_free(&in->params);
    free(in);
    return done;
}
