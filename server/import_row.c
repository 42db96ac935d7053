/* import_row.c: reads one row of a file of voters, and packs it. */
#include "server/import_row.h"

#include "common/damm.h"
#include <endian.h>
#include <string.h>
#include <strings.h>

/* --- one row ------------------------------------------------------------------------------ */
static bool says_nothing(const char *cell)
{
    return *cell == '\0' || ((*cell | 0x20) == 'n' && strcasecmp(cell, "n/a") == 0);
}

/* "12", "Long Lane", "", "York" to "12 Long Lane, York": a number belongs to what follows it. */
static const char *add_address(struct import_entry *e, const char *cell)
{
    size_t len = strlen(e->address), last = len;
    while (last > 0 && e->address[last - 1] != ' ')
        last--;
    size_t digits = strspn(e->address + last, "0123456789-/");
    bool bare = digits > 0 && (digits == len - last || digits + 1 == len - last);
    const char *between = len == 0 ? "" : bare ? " " : ", ";
    size_t gap = strlen(between), more = strlen(cell);
    if (len + gap + more > IMPORT_ADDRESS_MAX)
        return "the address is longer than 300 characters";
    memcpy(e->address + len, between, gap);
    memcpy(e->address + len + gap, cell, more + 1);
    return NULL;
}

/* UPRNs are numbers of at most 12 digits; a spreadsheet makes "1.00E+11" of them. */
static const char *uprn_problem(const char *cell)
{
    size_t digits = strspn(cell, "0123456789");
    if (digits <= IMPORT_UPRN_MAX && cell[digits] == '\0')
        return NULL;
    if (strchr(cell, 'E') != NULL || strchr(cell, 'e') != NULL)
        return "the UPRN was spoilt by a spreadsheet: export it as text";
    return "the UPRN is not a number of at most 12 digits";
}

static const char *read_number(struct import_entry *e, const char *cell)
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

static const char *read_code(struct import_entry *e, const char *cell)
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
static const char *take(struct import_entry *e, enum import_role role, const char *cell)
{
    switch (role) {
    case IMPORT_ADDRESS:
        return add_address(e, cell);
    case IMPORT_POSTCODE:
        return copy(e->postcode, IMPORT_POSTCODE_MAX, cell, "the postcode is too long");
    case IMPORT_UPRN:
        if (uprn_problem(cell) != NULL)
            return uprn_problem(cell);
        return copy(e->uprn, IMPORT_UPRN_MAX, cell, "");
    case IMPORT_AREA:
        return copy(e->area, IMPORT_AREA_MAX, cell, "the area’s name is too long");
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
static bool is_dummy(const struct import_entry *e)
{
    return strcmp(e->postcode, "A1 1AA") == 0 || strncasecmp(e->address, "Dummy Record", 12) == 0;
}

/* Nothing but what tells that nothing is there: a row is read in less time than all is zeroed. */
static void clear(struct import_entry *e, int number)
{
    e->number = number;
    e->problem = "";
    *e->address = *e->postcode = *e->uprn = *e->area = '\0';
    e->has_code = e->has_phone = false;
    e->sealed_len = 0;
}

bool import_entry_read(const struct csv_row *row, const struct import_columns *columns,
                       bool persons, struct import_entry *e)
{
    const char *problem = row->problem;
    clear(e, row->number);
    if (problem == NULL && row->n > columns->n)
        problem = "the row has more cells than the header";
    for (int i = 0; problem == NULL && i < row->n; i++) {
        if (!says_nothing(row->cell[i]))
            problem = take(e, columns->role[i], row->cell[i]);
    }
    if (is_dummy(e))
        return false;
    if (problem == NULL && *e->address == '\0' && !e->has_code && !e->has_phone)
        problem = "the row has no address, code or number";
    if (problem == NULL && !persons && *e->address == '\0')
        problem = "the row has no address";
    if (problem != NULL)
        e->problem = problem;
    return true;
}

/* --- packed ------------------------------------------------------------------------------- */
enum { AT_FLAGS = 4, AT_SEALED = 5, AT_AREA = 6, AT_LENGTHS = 10, HAS_CODE = 1, HAS_PHONE = 2 };

static char *put(char *at, const void *bytes, size_t len)
{
    memcpy(at, bytes, len);
    return at + len;
}

void import_packed_place(char *row, int32_t address, int32_t area)
{
    uint32_t wire = htole32((uint32_t)address);
    memcpy(row, &wire, sizeof(wire));
    wire = htole32((uint32_t)area);
    memcpy(row + AT_AREA, &wire, sizeof(wire));
}

void import_pack(struct buf *rows, const struct import_entry *e)
{
    char row[IMPORT_PACKED_MAX], *at = row + IMPORT_PACKED_HEAD;
    size_t address = strlen(e->address), postcode = strlen(e->postcode), uprn = strlen(e->uprn);
    import_packed_place(row, IMPORT_NO_ADDRESS, 0);
    row[AT_FLAGS] = (char)((e->has_code ? HAS_CODE : 0) | (e->has_phone ? HAS_PHONE : 0));
    row[AT_SEALED] = (char)e->sealed_len;
    uint16_t wire = htole16((uint16_t)address);
    memcpy(row + AT_LENGTHS, &wire, sizeof(wire));
    row[AT_LENGTHS + 2] = (char)postcode;
    row[AT_LENGTHS + 3] = (char)uprn;
    at = put(at, e->address, address);
    at = put(at, e->postcode, postcode);
    at = put(at, e->uprn, uprn);
    if (e->has_code)
        at = put(at, e->code, sizeof(e->code));
    if (e->has_phone)
        at = put(at, e->phone, sizeof(e->phone));
    at = put(at, e->sealed, e->sealed_len);
    buf_add(rows, row, (size_t)(at - row));
}

static int32_t get_int(const char *at)
{
    uint32_t wire;
    memcpy(&wire, at, sizeof(wire));
    return (int32_t)le32toh(wire);
}

bool import_unpack(const char *row, size_t left, struct import_packed *out)
{
    uint16_t wire;
    if (left < IMPORT_PACKED_HEAD)
        return false;
    memcpy(&wire, row + AT_LENGTHS, sizeof(wire));
    *out = (struct import_packed){.address = get_int(row),
                                  .area = get_int(row + AT_AREA),
                                  .text = row + IMPORT_PACKED_HEAD,
                                  .address_len = le16toh(wire),
                                  .postcode_len = (uint8_t)row[AT_LENGTHS + 2],
                                  .uprn_len = (uint8_t)row[AT_LENGTHS + 3],
                                  .sealed_len = (uint8_t)row[AT_SEALED]};
    const uint8_t *at =
        (const uint8_t *)out->text + out->address_len + out->postcode_len + out->uprn_len;
    if ((row[AT_FLAGS] & HAS_CODE) != 0) {
        out->code = at;
        at += IMPORT_LOOKUP;
    }
    if ((row[AT_FLAGS] & HAS_PHONE) != 0) {
        out->phone = at;
        at += IMPORT_LOOKUP;
        out->sealed = at;
    }
    out->len = (size_t)((const char *)at - row) + out->sealed_len;
    return out->len <= left;
}

const char *import_packed_home(const char *row, const struct import_packed *p, size_t *len)
{
    *len = IMPORT_PACKED_HEAD - AT_AREA + p->address_len + p->postcode_len + p->uprn_len;
    return row + AT_AREA;
}
