/* fuzz_server_csv.c: any bytes at all, read as a CSV file and as its header. */
#include "common/utf8.h"
#include "server/csv_read.h"
#include "server/request_parse.h"
#include "server/store_import.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* What is promised of every row: cells inside its memory, UTF-8 unless it has a problem. */
static void check(const struct csv_row *row)
{
    if (row->n < 1 || row->n > CSV_COLUMNS_MAX)
        abort();
    for (int i = 0; i < row->n; i++) {
        size_t at = (size_t)(row->cell[i] - row->text);
        if (at >= CSV_ROW_BYTES || memchr(row->cell[i], '\0', CSV_ROW_BYTES - at) == NULL ||
            (row->problem == NULL && !utf8_valid(row->cell[i], strlen(row->cell[i]))))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct csv_row row;
    struct csv csv;
    struct import_columns columns;
    struct arena arena = arena_new(1 << 20);
    if (csv_begin(&csv, (const char *)bytes, len)) {
        csv.lines = len % 2 == 1;
        for (int n = 0; csv_next(&csv, &row); n++) {
            check(&row);
            if (n == 0)
                import_columns_read(&arena, &row, &columns);
        }
    }
    arena_free(&arena);
    return 0;
}
