/* db_copy.c: COPY into a table. PostgreSQL writes rows that come by COPY a page at a time, and
 * those of INSERT one by one. The binary format: PostgreSQL's manual, COPY, "Binary Format". */
#include "common/db_private.h"

#include "common/log.h"
#include <endian.h>
#include <string.h>

void db_copy_begin(struct buf *rows)
{
    static const char header[11 + 4 + 4] = "PGCOPY\n\377\r\n"; /* no flags, no extension */
    buf_clear(rows);
    buf_add(rows, header, sizeof(header));
}

void db_copy_row(struct buf *rows, const uint8_t *row, const uint8_t *end)
{
    buf_add(rows, row, (size_t)(end - row));
}

static uint8_t *put_length(uint8_t *at, uint32_t len)
{
    uint32_t wire = htobe32(len);
    memcpy(at, &wire, sizeof(wire));
    return at + sizeof(wire);
}

uint8_t *db_fields(uint8_t *at, int16_t n)
{
    uint16_t wire = htobe16((uint16_t)n);
    memcpy(at, &wire, sizeof(wire));
    return at + sizeof(wire);
}

uint8_t *db_field_null(uint8_t *at)
{
    return put_length(at, UINT32_MAX);
}

uint8_t *db_field_int4(uint8_t *at, int32_t v)
{
    return put_length(put_length(at, sizeof(v)), (uint32_t)v);
}

uint8_t *db_field_int8(uint8_t *at, int64_t v)
{
    uint64_t wire = htobe64((uint64_t)v);
    at = put_length(at, sizeof(wire));
    memcpy(at, &wire, sizeof(wire));
    return at + sizeof(wire);
}

uint8_t *db_field_bytes(uint8_t *at, const void *v, size_t len)
{
    at = put_length(at, (uint32_t)len);
    if (len > 0)
        memcpy(at, v, len);
    return at + len;
}

/* What the server says in the end; what follows is read, so that the next command may be sent. */
static enum db_outcome finish(struct db *db, const char *name)
{
    PGresult *result = PQgetResult(db->conn), *more;
    enum db_outcome outcome = db_judge(db, result, name);
    if (outcome == DB_OK)
        db_done(db, name);
    PQclear(result);
    while (db_is_open(db) && (more = PQgetResult(db->conn)) != NULL)
        PQclear(more);
    return outcome;
}

enum db_outcome db_copy(struct db *db, const struct db_statement *statement, struct buf *rows)
{
    static const uint8_t trailer[2] = {0xFF, 0xFF};
    buf_add(rows, trailer, sizeof(trailer));
    MUST(db->in_transaction && !rows->overflowed);
    if (!db_is_open(db))
        return DB_LOST;
    PGresult *result = PQexec(db->conn, statement->sql);
    if (PQresultStatus(result) != PGRES_COPY_IN) {
        enum db_outcome outcome = db_judge(db, result, statement->name);
        PQclear(result);
        return outcome;
    }
    PQclear(result);
    /* Where sending fails, the connection is gone: finish says so. */
    if (PQputCopyData(db->conn, buf_str(rows), (int)rows->len) == 1)
        PQputCopyEnd(db->conn, NULL);
    return finish(db, statement->name);
}
