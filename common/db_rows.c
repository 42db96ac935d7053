/* db_rows.c: reads values out of a binary result, each under the type that it has. */
#include "common/db_private.h"

#include "common/log.h"
#include <endian.h>

/* Types besides enum db_type that results may have (pg_type.dat). */
enum {
    TYPE_NAME = 19,
    TYPE_JSON = 114,
    TYPE_BPCHAR = 1042,
    TYPE_VARCHAR = 1043,
    TYPE_JSONB = 3802
};

int db_count(const struct db_rows *rows)
{
    return PQntuples(rows->result);
}

static void check_place(const struct db_rows *rows, int row, int column)
{
    MUST(row >= 0 && row < PQntuples(rows->result));
    MUST(column >= 0 && column < PQnfields(rows->result));
}

bool db_null(const struct db_rows *rows, int row, int column)
{
    check_place(rows, row, column);
    return PQgetisnull(rows->result, row, column) == 1;
}

static Oid type_of(const struct db_rows *rows, int column)
{
    return PQftype(rows->result, column);
}

static void __attribute__((noreturn))
wrong_type(const struct db_rows *rows, int column, const char *wanted)
{
    log_bug("column %s has type %u, not %s", PQfname(rows->result, column), type_of(rows, column),
            wanted);
    abort();
}

bool db_bool(const struct db_rows *rows, int row, int column)
{
    bool is_null = db_null(rows, row, column);
    if (type_of(rows, column) != DB_BOOL)
        wrong_type(rows, column, "boolean");
    return !is_null && *PQgetvalue(rows->result, row, column) != 0;
}

/* libpq aligns nothing for us: values are copied out. */
static int64_t integer(const struct db_rows *rows, int row, int column)
{
    const char *at = PQgetvalue(rows->result, row, column);
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    switch (PQgetlength(rows->result, row, column)) {
    case 2:
        memcpy(&two, at, sizeof(two));
        return (int16_t)be16toh(two);
    case 4:
        memcpy(&four, at, sizeof(four));
        return (int32_t)be32toh(four);
    case 8:
        memcpy(&eight, at, sizeof(eight));
        return (int64_t)be64toh(eight);
    }
    log_must_failed("an integer has 2, 4 or 8 bytes", __FILE__, __LINE__);
}

int32_t db_int4(const struct db_rows *rows, int row, int column)
{
    bool is_null = db_null(rows, row, column);
    Oid type = type_of(rows, column);
    if (type != DB_INT2 && type != DB_INT4)
        wrong_type(rows, column, "smallint or integer");
    return is_null ? 0 : (int32_t)integer(rows, row, column);
}

int64_t db_int8(const struct db_rows *rows, int row, int column)
{
    bool is_null = db_null(rows, row, column);
    Oid type = type_of(rows, column);
    if (type != DB_INT2 && type != DB_INT4 && type != DB_INT8)
        wrong_type(rows, column, "smallint, integer or bigint");
    return is_null ? 0 : integer(rows, row, column);
}

/* infinity and -infinity stay the ends of the range. */
int64_t db_time(const struct db_rows *rows, int row, int column)
{
    bool is_null = db_null(rows, row, column);
    if (type_of(rows, column) != DB_TIME)
        wrong_type(rows, column, "timestamptz");
    if (is_null)
        return DB_NO_TIME;
    int64_t us = integer(rows, row, column);
    if (us == INT64_MAX)
        return INT64_MAX;
    return us == INT64_MIN ? INT64_MIN + 1 : us + DB_EPOCH_US;
}

const char *db_text(const struct db_rows *rows, int row, int column)
{
    bool is_null = db_null(rows, row, column);
    const char *text = PQgetvalue(rows->result, row, column);
    switch (type_of(rows, column)) {
    case DB_TEXT:
    case TYPE_NAME:
    case TYPE_JSON:
    case TYPE_BPCHAR:
    case TYPE_VARCHAR:
        return text;
    case TYPE_JSONB:
        return is_null ? "" : text + 1;
    }
    wrong_type(rows, column, "text or json");
}

const uint8_t *db_bytes(const struct db_rows *rows, int row, int column, size_t *len)
{
    check_place(rows, row, column);
    if (type_of(rows, column) != DB_BYTEA && type_of(rows, column) != DB_UUID)
        wrong_type(rows, column, "bytea or uuid");
    if (len != NULL)
        *len = (size_t)PQgetlength(rows->result, row, column);
    return (const uint8_t *)PQgetvalue(rows->result, row, column);
}

void db_rows_free(struct db_rows *rows)
{
    if (rows == NULL)
        return;
    PQclear(rows->result);
    free(rows);
}
