/* ods.c: writes spreadsheets: content.xml by the escaping writers, the package by libzip. */
#include "server/ods.h"
#include "server/geo_point.h"

#include <zip.h>

#include "common/log.h"
#include "server/html.h"
#include "server/typed.h"

const char ods_type[] = "application/vnd.oasis.opendocument.spreadsheet";

enum { DOS_DAY = 1 << 5 | 1 }; /* 1 January 1980: of every file, for the same bytes every time */

/* --- content.xml -------------------------------------------------------------------------- */

/* Plain blanks at the ends of a paragraph, or in a row, are dropped by readers (part 3, 6.1.2). */
static bool needs_mark(const char *text, const char *at)
{
    return at == text || strchr(" \n\t", at[-1]) != NULL || strchr(" \n\t", at[1]) != NULL;
}

static void text_paragraphs(struct html *h, const char *text)
{
    html_raw(h, "<text:p>");
    for (const char *at = text; *at != '\0'; at++) {
        char one[2] = {*at, '\0'};
        if (*at == '\n')
            html_raw(h, "</text:p><text:p>");
        else if (*at == '\t')
            html_raw(h, "<text:tab/>");
        else if (*at == ' ' && needs_mark(text, at))
            html_raw(h, "<text:s/>");
        else
            html_text(h, one);
    }
    html_raw(h, "</text:p>");
}

static void string_cell(struct html *h, const char *text)
{
    html_raw(h, "<table:table-cell office:value-type=\"string\">");
    text_paragraphs(h, text);
    html_raw(h, "</table:table-cell>");
}

static void value_cell(struct html *h, const struct cell *c)
{
    if (c->kind == CELL_MONEY) {
        html_raw(h, "<table:table-cell table:style-name=\"money\" office:value-type=\"currency\" "
                    "office:currency=\"GBP\"");
        struct buf value = buf_new(32);
        typed_pounds_add(&value, c->n);
        html_attr(h, "office:value", buf_str(&value));
        buf_free(&value);
        html_raw(h, "><text:p>");
        html_money(h, c->n);
    } else if (c->kind == CELL_DEGREES) {
        html_raw(h, "<table:table-cell office:value-type=\"float\"");
        html_attrf(h, "office:value", "%.5f", (double)c->n / GEO_DEGREE);
        html_raw(h, "><text:p>");
        html_textf(h, "%.5f", (double)c->n / GEO_DEGREE);
    } else {
        html_raw(h, "<table:table-cell office:value-type=\"float\"");
        html_attrf(h, "office:value", "%lld", (long long)c->n);
        html_raw(h, "><text:p>");
        html_textf(h, "%lld", (long long)c->n);
    }
    html_raw(h, "</text:p></table:table-cell>");
}

static void cell(struct html *h, const struct cell *c)
{
    char number[16];
    switch (c->kind) {
    case CELL_TEXT:
        string_cell(h, c->text);
        break;
    case CELL_NUMBER:
        snprintf(number, sizeof number, "%04d", (int)c->n);
        string_cell(h, number);
        break;
    case CELL_COUNT:
    case CELL_MONEY:
    case CELL_DEGREES:
        value_cell(h, c);
        break;
    case CELL_YES:
        string_cell(h, c->n != 0 ? "yes" : "no");
        break;
    case CELL_NONE:
        html_raw(h, "<table:table-cell/>");
        break;
    }
}

static void sheet(struct html *h, const struct sheet *s)
{
    html_raw(h, "<table:table");
    html_attr(h, "table:name", s->name);
    html_raw(h, "><table:table-column");
    html_attrf(h, "table:number-columns-repeated", "%d", s->columns);
    html_raw(h, "/>\n<table:table-header-rows><table:table-row>");
    for (int i = 0; i < s->columns; i++) {
        html_raw(h, "<table:table-cell table:style-name=\"head\" office:value-type=\"string\">"
                    "<text:p>");
        html_text(h, s->heads[i]);
        html_raw(h, "</text:p></table:table-cell>");
    }
    html_raw(h, "</table:table-row></table:table-header-rows>\n");
    for (int i = 0; i < s->n; i++) {
        if (i % s->columns == 0)
            html_raw(h, "<table:table-row>");
        cell(h, &s->cells[i]);
        if (i % s->columns == s->columns - 1 || i == s->n - 1)
            html_raw(h, "</table:table-row>\n");
    }
    html_raw(h, "</table:table>\n");
}

static void content(struct html *h, const struct sheet *sheets, int n)
{
    html_raw(h, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content "
                "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
                "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
                "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
                "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
                "xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" "
                "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "
                "office:version=\"1.3\">\n<office:automatic-styles>"
                "<number:currency-style style:name=\"pounds\"><number:currency-symbol>£"
                "</number:currency-symbol><number:number number:decimal-places=\"2\" "
                "number:min-integer-digits=\"1\" number:grouping=\"true\"/>"
                "</number:currency-style>"
                "<style:style style:name=\"head\" style:family=\"table-cell\">"
                "<style:text-properties fo:font-weight=\"bold\"/></style:style>"
                "<style:style style:name=\"money\" style:family=\"table-cell\" "
                "style:data-style-name=\"pounds\"/></office:automatic-styles>\n"
                "<office:body><office:spreadsheet>\n");
    for (int i = 0; i < n; i++)
        sheet(h, &sheets[i]);
    html_raw(h, "</office:spreadsheet></office:body></office:document-content>\n");
}

/* --- the package -------------------------------------------------------------------------- */

static const char MANIFEST[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest "
    "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
    "manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" "
    "manifest:version=\"1.3\" "
    "manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>"
    "<manifest:file-entry manifest:full-path=\"content.xml\" "
    "manifest:media-type=\"text/xml\"/><manifest:file-entry manifest:full-path=\"styles.xml\" "
    "manifest:media-type=\"text/xml\"/></manifest:manifest>\n";

/* None of our own, but some readers cannot do without the file. */
static const char STYLES[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-styles "
    "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" office:version=\"1.3\"/>\n";

/* `bytes` must live until the package is closed. */
static bool add(zip_t *zip, const char *name, const char *bytes, size_t len, int method)
{
    zip_source_t *from = zip_source_buffer(zip, bytes, len, 0);
    zip_int64_t at = from != NULL ? zip_file_add(zip, name, from, 0) : -1;
    if (at < 0)
        zip_source_free(from);
    return at >= 0 && zip_set_file_compression(zip, (zip_uint64_t)at, method, 0) == 0 &&
           zip_file_set_dostime(zip, (zip_uint64_t)at, 0, DOS_DAY, 0) == 0;
}

/* The type comes first and is not compressed (part 2, 3.3), so that a look at the first bytes tells
 * what the file is. */
static bool fill(zip_t *zip, const struct html *h)
{
    return add(zip, "mimetype", ods_type, strlen(ods_type), ZIP_CM_STORE) &&
           add(zip, "content.xml", h->out.data, h->out.len, ZIP_CM_DEFLATE) &&
           add(zip, "styles.xml", STYLES, sizeof STYLES - 1, ZIP_CM_DEFLATE) &&
           add(zip, "META-INF/manifest.xml", MANIFEST, sizeof MANIFEST - 1, ZIP_CM_DEFLATE);
}

static bool read_all(struct buf *out, zip_source_t *package)
{
    char piece[16384];
    zip_int64_t n = -1;
    if (zip_source_open(package) != 0)
        return false;
    while ((n = zip_source_read(package, piece, sizeof piece)) > 0)
        buf_add(out, piece, (size_t)n);
    zip_source_close(package);
    return n == 0 && !out->overflowed;
}

static bool write_package(struct buf *out, zip_source_t *package, const struct html *h)
{
    zip_t *zip = zip_open_from_source(package, ZIP_TRUNCATE, NULL);
    if (zip == NULL)
        return false;
    zip_source_keep(package); /* closing or discarding lets one hold go */
    if (!fill(zip, h) || zip_close(zip) != 0) {
        zip_discard(zip);
        return false;
    }
    return read_all(out, package);
}

bool ods_write(struct buf *out, const struct sheet *sheets, int n)
{
    struct html h = html_new();
    content(&h, sheets, n);
    zip_source_t *package = zip_source_buffer_create(NULL, 0, 0, NULL);
    bool good = package != NULL && !h.out.overflowed && write_package(out, package, &h);
    if (!good)
        log_bug("a spreadsheet of %d sheets cannot be written", n);
    zip_source_free(package);
    html_free(&h);
    return good;
}
