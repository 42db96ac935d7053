/* import_file.c: reads a file of voters and finds what its rows have in common. */
#include "server/import_file.h"

#include "common/log.h"
#include "server/byte_index.h"
#include <string.h>

enum { ROWS_BYTES_MAX = 96 << 20, WORDS_BYTES_MAX = 32 << 20 };

/* --- words -------------------------------------------------------------------------------- */
static bool same_word(const void *context, uint32_t id, const void *bytes, size_t len)
{
    const struct import_words *w = context;
    const char *word = import_word(w, (int32_t)id);
    return strlen(word) == len && memcmp(word, bytes, len) == 0;
}

static void words_begin(struct import_words *w)
{
    *w = (struct import_words){.bytes = buf_new(WORDS_BYTES_MAX)};
    w->index = wm_alloc(sizeof(*w->index));
    w->index->same = same_word;
    w->index->context = w;
}

/* Neighbours on a list mostly have the same one. */
static int32_t words_see(struct import_words *w, const char *word)
{
    size_t len = strlen(word);
    if (w->n > 0 && same_word(w, w->last, word, len))
        return (int32_t)w->last;
    w->last = byte_index_see(w->index, word, len, w->n);
    if (w->last < w->n)
        return (int32_t)w->last;
    if ((w->n & (w->n - 1)) == 0)
        w->at = wm_realloc(w->at, (w->n > 0 ? 2 * (size_t)w->n : 1) * sizeof(*w->at));
    w->at[w->n++] = (uint32_t)w->bytes.len;
    buf_add(&w->bytes, word, len + 1);
    return (int32_t)w->last;
}

static void words_free(struct import_words *w)
{
    byte_index_free(w->index);
    free(w->index);
    free(w->at);
    buf_free(&w->bytes);
}

const char *import_word(const struct import_words *w, int32_t i)
{
    return buf_str(&w->bytes) + w->at[i];
}

/* --- what came before ------------------------------------------------------------------------ */
struct import_packed import_file_row(const struct import_file *f, int i)
{
    struct import_packed p;
    MUST(import_unpack(buf_str(&f->rows) + f->line[i].at, f->rows.len - f->line[i].at, &p));
    return p;
}

static bool same_uprn(const void *context, uint32_t id, const void *bytes, size_t len)
{
    struct import_packed p = import_file_row(context, (int)id);
    return p.uprn_len == len && memcmp(p.text + p.address_len + p.postcode_len, bytes, len) == 0;
}

static bool same_code(const void *context, uint32_t id, const void *bytes, size_t len)
{
    return memcmp(import_file_row(context, (int)id).code, bytes, len) == 0;
}

static bool same_phone(const void *context, uint32_t id, const void *bytes, size_t len)
{
    return memcmp(import_file_row(context, (int)id).phone, bytes, len) == 0;
}

static bool is_worse(enum import_fault fault, uint8_t than)
{
    return than == IMPORT_GOOD || fault < than;
}

/* What a row has of the kind that the fault is about; NULL: nothing. */
const void *import_thing(const struct import_packed *p, enum import_fault fault, size_t *len)
{
    bool uprn = fault == IMPORT_UPRN_TWICE || fault == IMPORT_UPRN_KNOWN;
    *len = uprn ? p->uprn_len : IMPORT_LOOKUP;
    if (uprn)
        return p->uprn_len > 0 ? p->text + p->address_len + p->postcode_len : NULL;
    return fault == IMPORT_CODE_TWICE || fault == IMPORT_CODE_KNOWN ? p->code : p->phone;
}

static void see(struct import_file *f, struct byte_index *x, uint32_t hash, int i,
                enum import_fault fault)
{
    size_t len;
    struct import_packed p = import_file_row(f, i);
    const void *thing = import_thing(&p, fault, &len);
    if (thing == NULL)
        return;
    uint32_t first = byte_index_see_hashed(x, hash, thing, len, (uint32_t)i);
    struct import_line *line = &f->line[i];
    if (first == (uint32_t)i || !is_worse(fault, line->read_fault))
        return;
    line->read_fault = (uint8_t)fault;
    line->first = f->line[first].number;
}

/* What stands in an earlier row already. The index is larger than a processor's near memory: each
 * row's place in it is asked for some rows ahead. */
static void find_twice(struct import_file *f, enum import_fault fault,
                       bool (*same)(const void *, uint32_t, const void *, size_t))
{
    enum { AHEAD = 8 };
    struct byte_index x = {.same = same, .context = f};
    uint32_t hash[AHEAD];
    byte_index_reserve(&x, (size_t)f->n);
    for (int i = 0; i < f->n + AHEAD; i++) {
        if (i >= AHEAD)
            see(f, &x, hash[i % AHEAD], i - AHEAD, fault);
        if (i >= f->n)
            continue;
        size_t len;
        struct import_packed p = import_file_row(f, i);
        const void *thing = import_thing(&p, fault, &len);
        hash[i % AHEAD] = thing != NULL ? byte_index_hash(&x, thing, len) : 0;
    }
    byte_index_free(&x);
}

/* --- rows --------------------------------------------------------------------------------- */
static void add(struct import_file *f, const struct import_entry *e)
{
    struct import_line *line = &f->line[f->n];
    *line =
        (struct import_line){.at = (uint32_t)f->rows.len, .number = e->number, .words = e->problem};
    import_pack(&f->rows, e);
    MUST(!f->rows.overflowed);
    if (*e->problem != '\0')
        line->read_fault = IMPORT_UNREADABLE;
    if (*e->area != '\0')
        line->word = words_see(&f->areas, e->area);
    else
        line->word = -1 - words_see(&f->postcodes, e->postcode);
    f->has_uprns |= *e->uprn != '\0' && !f->persons;
    f->has_codes |= e->has_code;
    f->has_phones |= e->has_phone;
    f->n++;
}

/* Room for one more. */
static void grow(struct import_file *f, int *room)
{
    if (f->n < *room)
        return;
    *room = *room > 0 ? *room * 2 : 1024;
    f->line = wm_realloc(f->line, (size_t)*room * sizeof(*f->line));
}

static enum import_outcome read_all(struct import_file *f, struct csv *csv, struct csv_row *row,
                                    const struct import_columns *columns)
{
    struct import_entry e;
    enum import_outcome outcome = IMPORT_READ;
    int room = 0;
    while (outcome == IMPORT_READ && csv_next(csv, row)) {
        if (!import_entry_read(row, columns, f->persons, &e))
            continue;
        grow(f, &room);
        if (f->n == IMPORT_ROWS_MAX)
            outcome = IMPORT_TOO_MANY;
        else
            add(f, &e);
    }
    explicit_bzero(&e, sizeof(e));
    return outcome == IMPORT_READ && f->n == 0 ? IMPORT_NO_ROWS : outcome;
}

enum import_outcome import_file_read(struct import_file *f, struct csv *csv,
                                     const struct import_columns *columns, bool persons)
{
    *f = (struct import_file){.rows = buf_new(ROWS_BYTES_MAX), .persons = persons};
    words_begin(&f->areas);
    words_begin(&f->postcodes);
    struct csv_row *row = wm_alloc(sizeof(*row));
    enum import_outcome outcome = read_all(f, csv, row, columns);
    explicit_bzero(row, sizeof(*row));
    free(row);
    if (f->has_uprns)
        find_twice(f, IMPORT_UPRN_TWICE, same_uprn);
    if (f->has_codes)
        find_twice(f, IMPORT_CODE_TWICE, same_code);
    if (f->has_phones)
        find_twice(f, IMPORT_PHONE_TWICE, same_phone);
    import_file_again(f);
    return outcome;
}

void import_file_free(struct import_file *f)
{
    if (f->rows.data != NULL)
        explicit_bzero(f->rows.data, f->rows.len);
    buf_free(&f->rows);
    free(f->line);
    words_free(&f->areas);
    words_free(&f->postcodes);
}

/* --- what was asked ----------------------------------------------------------------------- */
void import_file_again(struct import_file *f)
{
    for (int i = 0; i < f->n; i++)
        f->line[i].fault = f->line[i].read_fault;
}

void import_file_fault(struct import_file *f, int i, enum import_fault fault)
{
    if (is_worse(fault, f->line[i].fault))
        f->line[i].fault = (uint8_t)fault;
}

/* 0: the register's own. */
static int32_t area_of(struct import_file *f, int i, const int32_t *areas, const int32_t *postcodes)
{
    const struct import_line *line = &f->line[i];
    if (line->word >= 0) {
        int32_t area = areas[line->word];
        if (area == 0)
            import_file_fault(f, i, IMPORT_AREA_UNKNOWN);
        return area;
    }
    int32_t area = postcodes[-1 - line->word];
    if (area == IMPORT_ELSEWHERE)
        import_file_fault(f, i, IMPORT_AREA_OTHER);
    return area == IMPORT_ELSEWHERE ? 0 : area;
}

void import_file_place(struct import_file *f, const int32_t *areas, const int32_t *postcodes)
{
    for (int i = 0; i < f->n; i++)
        import_packed_place(f->rows.data + f->line[i].at, IMPORT_NO_ADDRESS,
                            area_of(f, i, areas, postcodes));
}

int import_file_bad(const struct import_file *f)
{
    int bad = 0;
    for (int i = 0; i < f->n; i++)
        bad += f->line[i].fault != IMPORT_GOOD;
    return bad;
}

static bool same_home(const void *context, uint32_t id, const void *bytes, size_t len)
{
    const struct import_file *f = context;
    struct import_packed p = import_file_row(f, (int)id);
    size_t have;
    const char *home = import_packed_home(buf_str(&f->rows) + f->line[id].at, &p, &have);
    return have == len && memcmp(home, bytes, len) == 0;
}

int import_file_settle(struct import_file *f, int32_t register_area)
{
    struct byte_index homes = {.same = same_home, .context = f};
    int32_t addresses = 0;
    for (int i = 0; i < f->n; i++) {
        char *row = f->rows.data + f->line[i].at;
        struct import_packed p = import_file_row(f, i);
        int32_t area = p.area != 0 ? p.area : register_area, address = IMPORT_NO_ADDRESS;
        import_packed_place(row, address, area);
        if (p.address_len > 0 && f->persons) {
            size_t len;
            const char *home = import_packed_home(row, &p, &len);
            uint32_t first = byte_index_see(&homes, home, len, (uint32_t)i);
            address = first < (uint32_t)i ? import_file_row(f, (int)first).address : addresses++;
        } else if (p.address_len > 0) {
            address = addresses++;
        }
        import_packed_place(row, address, area);
    }
    byte_index_free(&homes);
    return addresses;
}

int import_file_part(const struct import_file *f, int from)
{
    int i = from;
    while (i < f->n && i - from < IMPORT_PART_ROWS &&
           f->line[i].at - f->line[from].at < IMPORT_PART_BYTES)
        i++;
    return i;
}

const char *import_file_words(const struct import_file *f, int i, struct arena *arena)
{
    static const char *const words[IMPORT_FAULTS] = {
        [IMPORT_GOOD] = "",
        [IMPORT_AREA_UNKNOWN] = "no area here has this name",
        [IMPORT_AREA_OTHER] = "the postcode lies in another area",
        [IMPORT_UPRN_KNOWN] = "this UPRN is on the register already",
        [IMPORT_CODE_KNOWN] = "this code was issued already",
        [IMPORT_PHONE_KNOWN] = "this number is on a register already",
    };
    const struct import_line *line = &f->line[i];
    switch ((enum import_fault)line->fault) {
    case IMPORT_UNREADABLE:
        return line->words;
    case IMPORT_UPRN_TWICE:
        return arena_fmt(arena, "this UPRN stands in row %d already", line->first);
    case IMPORT_CODE_TWICE:
        return arena_fmt(arena, "this code stands in row %d already", line->first);
    case IMPORT_PHONE_TWICE:
        return arena_fmt(arena, "this number stands in row %d already", line->first);
    case IMPORT_GOOD:
    case IMPORT_AREA_UNKNOWN:
    case IMPORT_AREA_OTHER:
    case IMPORT_UPRN_KNOWN:
    case IMPORT_CODE_KNOWN:
    case IMPORT_PHONE_KNOWN:
    case IMPORT_FAULTS:
        break;
    }
    return words[line->fault];
}
