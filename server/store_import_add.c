/* store_import_add.c: the officer's yes to a file: its addresses and voters are copied onto the
 * register, a part at a time, in one transaction. */
#include "server/store_import.h"

#include "common/log.h"
#include "common/secret.h"
#include "server/settings.h"
#include "server/store_kit.h"
#include <assert.h>
#include <string.h>

enum {
    COPY_BYTES_MAX = 64 << 20,
    CODES_MAX = 20, /* of an address: register_codes_per_address_check */
    RANDOM_UUIDS = 256,
    ADDRESS_BYTES =
        2 + 6 * 4 + 8 + 4 + 4 + IMPORT_ADDRESS_MAX + IMPORT_POSTCODE_MAX + IMPORT_UPRN_MAX,
    VOTER_BYTES = 2 + 5 * 4 + 8 + 16 + 4 + 4 + 8,
    COPY_ENDS = 64 /* more than what stands before and after the rows */
};
static_assert(IMPORT_PART_ROWS * CODES_MAX * VOTER_BYTES + COPY_ENDS <= COPY_BYTES_MAX &&
                  IMPORT_PART_ROWS * ADDRESS_BYTES + COPY_ENDS <= COPY_BYTES_MAX,
              "a part's rows fit");

DB_STATEMENT(import_take, "select outcome, register, persons, codes, parts, first"
                          " from api.desk_import_take($1, $2)");
DB_STATEMENT(import_part, "select api.desk_import_part($1, $2)");
DB_STATEMENT(import_credentials, "select api.desk_import_credentials($1, $2, $3, $4, $5, $6, $7)");
DB_STATEMENT(copy_addresses, "copy wardmote.register_address (id, register_id, neighbourhood_id,"
                             " address, postcode, uprn) from stdin (format binary)");
DB_STATEMENT(copy_voters, "copy wardmote.voter (id, uuid, register_id, neighbourhood_id,"
                          " address_id) from stdin (format binary)");

/* A row that brings a code or a number of its own. */
struct holder {
    int32_t nth; /* of the file, from 0 */
    struct import_packed row;
};

struct adding {
    int32_t officer, id, register_id;
    bool persons;
    int32_t codes, parts;    /* voters of an address; parts of the file */
    int64_t first, voters;   /* where its ids begin; voters made yet */
    int32_t addresses, rows; /* made yet; done yet */
    const char *outcome;
    struct arena *arena;
    struct buf address_rows, voter_rows; /* of this part */
    struct holder *holder;
    int holders, holder_room;
    struct db_params params;
    uint8_t random[RANDOM_UUIDS][16];
    int random_left;
};

/* --- one part ----------------------------------------------------------------------------- */
static void add_address(struct adding *a, const struct import_packed *row)
{
    uint8_t bytes[ADDRESS_BYTES], *at = db_fields(bytes, 6);
    const char *postcode = row->text + row->address_len, *uprn = postcode + row->postcode_len;
    at = db_field_int8(at, a->first + row->address);
    at = db_field_int4(at, a->register_id);
    at = db_field_int4(at, row->area);
    at = db_field_bytes(at, row->text, row->address_len);
    at = db_field_bytes(at, postcode, row->postcode_len);
    at = db_field_bytes(at, uprn, row->uprn_len);
    db_copy_row(&a->address_rows, bytes, at);
    a->addresses++;
}

/* A UUID of version 4 (RFC 9562, 5.4). Random bytes are fetched for many at a time: each call of
 * the library costs as much as a voter. */
static void uuid_new(struct adding *a, uint8_t uuid[16])
{
    if (a->random_left == 0) {
        secret_random(a->random, sizeof(a->random));
        a->random_left = RANDOM_UUIDS;
    }
    memcpy(uuid, a->random[--a->random_left], 16);
    uuid[6] = (uint8_t)((uuid[6] & 0x0F) | 0x40);
    uuid[8] = (uint8_t)((uuid[8] & 0x3F) | 0x80);
}

static void add_voter(struct adding *a, const struct import_packed *row)
{
    uint8_t bytes[VOTER_BYTES], uuid[16], *at = db_fields(bytes, 5);
    uuid_new(a, uuid);
    at = db_field_int8(at, a->first + a->voters++);
    at = db_field_bytes(at, uuid, sizeof(uuid));
    at = db_field_int4(at, a->register_id);
    at = db_field_int4(at, row->area);
    at = row->address != IMPORT_NO_ADDRESS ? db_field_int8(at, a->first + row->address)
                                           : db_field_null(at);
    db_copy_row(&a->voter_rows, bytes, at);
}

static void add_holder(struct adding *a, const struct import_packed *row)
{
    if (a->holders == a->holder_room) {
        a->holder_room = a->holder_room > 0 ? 2 * a->holder_room : 1024;
        a->holder = wm_realloc(a->holder, (size_t)a->holder_room * sizeof(*a->holder));
    }
    a->holder[a->holders++] = (struct holder){a->rows, *row};
}

/* Puts a part's rows together. False: they are not what a look packs. */
static bool unpack(struct adding *a, const char *bytes, size_t len)
{
    struct import_packed row;
    db_copy_begin(&a->address_rows);
    db_copy_begin(&a->voter_rows);
    a->holders = 0;
    for (; len > 0; bytes += row.len, len -= row.len, a->rows++) {
        if (!import_unpack(bytes, len, &row) || row.address > a->addresses ||
            row.address_len > IMPORT_ADDRESS_MAX || row.postcode_len > IMPORT_POSTCODE_MAX ||
            row.uprn_len > IMPORT_UPRN_MAX)
            return false;
        if (row.address == a->addresses)
            add_address(a, &row);
        if (row.code != NULL || row.phone != NULL)
            add_holder(a, &row);
        for (int i = 0; i < (a->persons ? 1 : a->codes); i++)
            add_voter(a, &row);
    }
    return true;
}

/* --- codes and numbers -------------------------------------------------------------------- */
static void put_lookup(struct db_params *p, const uint8_t *lookup, size_t len)
{
    if (lookup != NULL)
        db_item_bytes(p, lookup, len);
    else
        db_item_null(p);
}

#define PUT_ARRAY(element, put_value)                                                              \
    do {                                                                                           \
        db_array_begin(p, element);                                                                \
        for (int i = 0; i < a->holders; i++) {                                                     \
            const struct holder *h = &a->holder[i];                                                \
            put_value;                                                                             \
        }                                                                                          \
        db_array_end(p);                                                                           \
    } while (0)

static void put_reference(struct db_params *p, const struct import_packed *row)
{
    char address[IMPORT_ADDRESS_MAX + 1] = "";
    db_item_text(p, memcpy(address, row->text, row->address_len));
}

/* A person is a voter, in the file's order. */
static enum db_outcome give_credentials(struct db *db, struct adding *a)
{
    struct db_params *p = &a->params;
    struct db_rows *rows = NULL;
    if (a->holders == 0)
        return DB_OK;
    db_params_clear(p);
    db_put_int4(p, a->id);
    PUT_ARRAY(DB_INT8, db_item_int8(p, a->first + h->nth));
    PUT_ARRAY(DB_INT4, db_item_int4(p, h->nth + 1));
    PUT_ARRAY(DB_BYTEA, put_lookup(p, h->row.code, IMPORT_LOOKUP));
    PUT_ARRAY(DB_TEXT, put_reference(p, &h->row));
    PUT_ARRAY(DB_BYTEA, put_lookup(p, h->row.phone, IMPORT_LOOKUP));
    PUT_ARRAY(DB_BYTEA, put_lookup(p, h->row.sealed, h->row.sealed_len));
    enum db_outcome outcome = db_run(db, &import_credentials, p, &rows);
    if (outcome == DB_OK && db_int4(rows, 0, 0) != a->holders) {
        log_bug("import %d: %d of %d voters are the file's", a->id, db_int4(rows, 0, 0),
                a->holders);
        outcome = DB_REFUSED;
    }
    db_rows_free(rows);
    return outcome;
}

/* --- the file ----------------------------------------------------------------------------- */
static enum db_outcome add_part(struct db *db, struct adding *a, int32_t part)
{
    struct db_rows *rows = NULL;
    size_t len = 0;
    db_params_clear(&a->params);
    db_put_int4(&a->params, a->id);
    db_put_int4(&a->params, part);
    enum db_outcome outcome = db_run(db, &import_part, &a->params, &rows);
    if (outcome != DB_OK)
        return outcome;
    const char *bytes = (const char *)db_bytes(rows, 0, 0, &len);
    if (db_null(rows, 0, 0) || len == 0 || !unpack(a, bytes, len)) {
        log_bug("import %d: part %d is not what was packed", a->id, part);
        outcome = DB_REFUSED;
    }
    if (outcome == DB_OK)
        outcome = db_copy(db, &copy_addresses, &a->address_rows);
    if (outcome == DB_OK)
        outcome = db_copy(db, &copy_voters, &a->voter_rows);
    if (outcome == DB_OK)
        outcome = give_credentials(db, a);
    db_rows_free(rows);
    return outcome;
}

static enum db_outcome take(struct db *db, struct adding *a)
{
    struct db_rows *rows = NULL;
    db_params_clear(&a->params);
    db_put_int4(&a->params, a->officer);
    db_put_int4(&a->params, a->id);
    enum db_outcome outcome = db_run(db, &import_take, &a->params, &rows);
    if (outcome == DB_OK) {
        a->outcome = store_text(a->arena, rows, 0, 0);
        a->register_id = db_int4(rows, 0, 1);
        a->persons = db_bool(rows, 0, 2);
        a->codes = db_int4(rows, 0, 3);
        a->parts = db_int4(rows, 0, 4);
        a->first = db_int8(rows, 0, 5);
    }
    db_rows_free(rows);
    return outcome;
}

static enum db_outcome add_all(struct db *db, void *context)
{
    struct adding *a = context;
    a->voters = 0;
    a->addresses = a->rows = 0;
    enum db_outcome outcome = take(db, a);
    if (outcome != DB_OK || strcmp(a->outcome, "taken") != 0)
        return outcome;
    for (int32_t part = 0; outcome == DB_OK && part < a->parts; part++)
        outcome = add_part(db, a, part);
    return outcome;
}

enum db_outcome import_add(struct arena *arena, int32_t officer, const char *from, int32_t id,
                           const char **outcome)
{
    struct db *db = db_new(settings.database, "wardmote_import", "server import");
    struct adding a = {.officer = officer,
                       .id = id,
                       .outcome = "",
                       .arena = arena,
                       .address_rows = buf_new(COPY_BYTES_MAX),
                       .voter_rows = buf_new(COPY_BYTES_MAX),
                       .params = db_params_new()};
    db_from(db, from);
    enum db_outcome done = db_transaction(db, add_all, &a);
    *outcome = a.outcome;
    if (done == DB_REFUSED && strcmp(db_sqlstate(db), "23505") == 0) {
        *outcome = "changed";
        done = DB_OK;
    }
    buf_free(&a.address_rows);
    buf_free(&a.voter_rows);
    free(a.holder);
    db_params_free(&a.params);
    db_free(db);
    return done;
}
