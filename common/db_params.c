/* db_params.c: parameters and arrays in PostgreSQL's binary format: integers big-endian, times as
 * microseconds since 2000-01-01 UTC, arrays with a header that array_recv() reads. */
#include "common/db_private.h"

#include "common/log.h"
#include <endian.h>

enum { PARAMS_BYTES_MAX = 64 << 20, OPEN_ARRAY = -2 };

/* Header of a one-dimensional array. */
enum { ARRAY_HAS_NULL_AT = 4, ARRAY_COUNT_AT = 12, ARRAY_HEADER = 20 };

struct db_params db_params_new(void)
{
    return (struct db_params){.bytes = buf_new(PARAMS_BYTES_MAX)};
}

void db_params_clear(struct db_params *p)
{
    buf_clear(&p->bytes);
    p->n = 0;
}

void db_params_free(struct db_params *p)
{
    buf_free(&p->bytes);
    p->n = 0;
}

static void put(struct db_params *p, uint32_t oid, const void *bytes, size_t len)
{
    MUST(p->n < DB_PARAMS_MAX && len <= PARAMS_BYTES_MAX);
    p->value[p->n].at = p->bytes.len;
    p->value[p->n].oid = oid;
    p->value[p->n].len = bytes != NULL ? (int)len : -1;
    if (bytes != NULL)
        buf_add(&p->bytes, bytes, len);
    p->n++;
}

void db_put_null(struct db_params *p)
{
    put(p, 0, NULL, 0);
}

void db_put_bool(struct db_params *p, bool v)
{
    uint8_t byte = v ? 1 : 0;
    put(p, DB_BOOL, &byte, 1);
}

void db_put_int2(struct db_params *p, int16_t v)
{
    uint16_t wire = htobe16((uint16_t)v);
    put(p, DB_INT2, &wire, sizeof(wire));
}

void db_put_int4(struct db_params *p, int32_t v)
{
    uint32_t wire = htobe32((uint32_t)v);
    put(p, DB_INT4, &wire, sizeof(wire));
}

void db_put_int8(struct db_params *p, int64_t v)
{
    uint64_t wire = htobe64((uint64_t)v);
    put(p, DB_INT8, &wire, sizeof(wire));
}

void db_put_text(struct db_params *p, const char *v)
{
    put(p, DB_TEXT, v, v != NULL ? strlen(v) : 0);
}

void db_put_bytes(struct db_params *p, const void *v, size_t len)
{
    put(p, DB_BYTEA, v, len);
}

void db_put_uuid(struct db_params *p, const uint8_t v[16])
{
    put(p, DB_UUID, v, 16);
}

static uint64_t time_on_wire(int64_t unix_us)
{
    return htobe64((uint64_t)(unix_us - DB_EPOCH_US));
}

void db_put_time(struct db_params *p, int64_t unix_us)
{
    uint64_t wire = unix_us != DB_NO_TIME ? time_on_wire(unix_us) : 0;
    put(p, DB_TIME, unix_us != DB_NO_TIME ? &wire : NULL, sizeof(wire));
}

/* --- arrays ------------------------------------------------------------------------------- */

static uint32_t array_oid(uint32_t element)
{
    switch ((enum db_type)element) {
    case DB_BOOL:
        return 1000;
    case DB_BYTEA:
        return 1001;
    case DB_INT8:
        return 1016;
    case DB_INT2:
        return 1005;
    case DB_INT4:
        return 1007;
    case DB_TEXT:
        return 1009;
    case DB_TIME:
        return 1185;
    case DB_UUID:
        return 2951;
    }
    log_must_failed("an array's element has a type of enum db_type", __FILE__, __LINE__);
}

void db_array_begin(struct db_params *p, enum db_type element)
{
    const uint32_t header[ARRAY_HEADER / 4] = {htobe32(1), 0, htobe32((uint32_t)element), 0,
                                               htobe32(1)};
    MUST(p->n < DB_PARAMS_MAX);
    p->value[p->n].at = p->bytes.len;
    p->value[p->n].oid = (uint32_t)element;
    p->value[p->n].len = OPEN_ARRAY;
    buf_add(&p->bytes, header, sizeof(header));
}

static void item(struct db_params *p, enum db_type element, const void *bytes, size_t len)
{
    MUST(p->n < DB_PARAMS_MAX && p->value[p->n].len == OPEN_ARRAY &&
         (bytes == NULL || p->value[p->n].oid == (uint32_t)element) && len <= PARAMS_BYTES_MAX);
    uint32_t wire_len = bytes != NULL ? htobe32((uint32_t)len) : UINT32_MAX;
    buf_add(&p->bytes, &wire_len, sizeof(wire_len));
    if (bytes != NULL)
        buf_add(&p->bytes, bytes, len);
    if (p->bytes.overflowed)
        return;
    char *header = p->bytes.data + p->value[p->n].at;
    uint32_t count;
    memcpy(&count, header + ARRAY_COUNT_AT, sizeof(count));
    count = htobe32(be32toh(count) + 1);
    memcpy(header + ARRAY_COUNT_AT, &count, sizeof(count));
    if (bytes == NULL)
        header[ARRAY_HAS_NULL_AT + 3] = 1;
}

void db_item_null(struct db_params *p)
{
    item(p, DB_BOOL, NULL, 0);
}

void db_item_bool(struct db_params *p, bool v)
{
    uint8_t byte = v ? 1 : 0;
    item(p, DB_BOOL, &byte, 1);
}

void db_item_int2(struct db_params *p, int16_t v)
{
    uint16_t wire = htobe16((uint16_t)v);
    item(p, DB_INT2, &wire, sizeof(wire));
}

void db_item_int4(struct db_params *p, int32_t v)
{
    uint32_t wire = htobe32((uint32_t)v);
    item(p, DB_INT4, &wire, sizeof(wire));
}

void db_item_int8(struct db_params *p, int64_t v)
{
    uint64_t wire = htobe64((uint64_t)v);
    item(p, DB_INT8, &wire, sizeof(wire));
}

void db_item_text(struct db_params *p, const char *v)
{
    item(p, DB_TEXT, v, v != NULL ? strlen(v) : 0);
}

void db_item_bytes(struct db_params *p, const void *v, size_t len)
{
    item(p, DB_BYTEA, v, len);
}

void db_item_uuid(struct db_params *p, const uint8_t v[16])
{
    item(p, DB_UUID, v, 16);
}

void db_item_time(struct db_params *p, int64_t unix_us)
{
    uint64_t wire = unix_us != DB_NO_TIME ? time_on_wire(unix_us) : 0;
    item(p, DB_TIME, unix_us != DB_NO_TIME ? &wire : NULL, sizeof(wire));
}

void db_array_end(struct db_params *p)
{
    MUST(p->n < DB_PARAMS_MAX && p->value[p->n].len == OPEN_ARRAY);
    p->value[p->n].len = (int)(p->bytes.len - p->value[p->n].at);
    p->value[p->n].oid = array_oid(p->value[p->n].oid);
    p->n++;
}
