/* letters.c: letters with a voting code each. */
#include "server/letters.h"

#include <qrencode.h>

#include "common/log.h"
#include "server/csv_write.h"

enum { QUIET = 4, PATH_MAX_BYTES = 40000, LINK_MAX = 300, CODE_SHOWN = 17 };

/* --- the QR code -------------------------------------------------------------------------- */
static bool dark(const QRcode *qr, int x, int y)
{
    return (qr->data[y * qr->width + x] & 1) != 0;
}

/* Every run of dark modules in a row is one rectangle of height 1. */
static void draw(struct buf *path, const QRcode *qr)
{
    for (int y = 0; y < qr->width; y++) {
        for (int x = 0, from; x < qr->width; x++) {
            if (!dark(qr, x, y))
                continue;
            for (from = x; x + 1 < qr->width && dark(qr, x + 1, y);)
                x++;
            buf_fmt(path, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from + 1, x - from + 1);
        }
    }
}

void letters_qr(struct html *h, const char *text, const char *label)
{
    struct buf path = buf_new(PATH_MAX_BYTES);
    QRcode *qr = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    MUST(qr != NULL);
    draw(&path, qr);
    MUST(!path.overflowed);
    html_raw(h, "<svg class=\"wm-qr\" role=\"img\"");
    html_attr(h, "aria-label", label);
    html_attrf(h, "viewBox", "0 0 %d %d", qr->width + 2 * QUIET, qr->width + 2 * QUIET);
    html_raw(h, " width=\"150\" height=\"150\" shape-rendering=\"crispEdges\"><path "
                "fill=\"#fff\" d=\"M0 0h100v100H0z\"/><path fill=\"#000\"");
    html_attr(h, "d", buf_str(&path));
    html_raw(h, "/></svg>");
    QRcode_free(qr);
    buf_free(&path);
}

/* --- letters ------------------------------------------------------------------------------ */
static void address(struct html *h, const struct letter *l)
{
    html_raw(h, "<p class=\"wm-letter__address\">");
    html_text(h, *l->address != '\0' ? l->address : "To a resident");
    html_raw(h, "</p>\n");
}

static void ways(struct html *h, const struct letters *all, const char *code)
{
    html_raw(h, "<h2>On the web</h2><p>Go to <strong>");
    html_text(h, all->public_url);
    html_raw(h, "/vote</strong> and enter your code, or point your phone’s camera at the "
                "square above.</p>\n");
    if (*all->sms_number == '\0')
        return;
    html_raw(h, "<h2>By text message</h2><p>Text <strong>");
    html_text(h, all->sms_prefix);
    html_raw(h, "VOTE</strong>, your code and the numbers of the projects you choose to <strong>");
    html_text(h, all->sms_number);
    html_raw(h, "</strong>. Any mobile phone will do. It begins like this:</p>"
                "<p class=\"wm-letter__text\">");
    html_text(h, all->sms_prefix);
    html_raw(h, "VOTE ");
    html_text(h, code);
    html_raw(h, "</p>\n");
}

static void small_print(struct html *h, const struct letters *all, const struct letter *l)
{
    html_raw(h, "<p>You can change your vote until voting closes: the last one counts. Keep this "
                "code to yourself: whoever has it can cast your ballot. The result is published "
                "without names.</p>\n<p class=\"wm-letter__serial\">");
    if (*all->contact != '\0') {
        html_text(h, all->contact);
        html_raw(h, ". ");
    }
    html_raw(h, "If you ask about this letter, say its number, never the code: <strong>");
    html_text(h, l->serial);
    html_raw(h, "</strong></p>\n");
}

static void show(struct html *h, const struct letters *all, const struct letter *l)
{
    char code[CODE_SHOWN], link[LINK_MAX];
    code_show(l->code, code);
    snprintf(link, sizeof link, "%s/v/%s", all->public_url, l->code);
    html_raw(h, "<section class=\"wm-letter\"><p class=\"wm-letter__from\">");
    html_text(h, all->place);
    html_raw(h, "</p>\n");
    address(h, l);
    html_raw(h, "<h1>Your vote in ");
    html_text(h, l->area != NULL ? l->area : all->area);
    html_raw(h, "</h1>\n<div class=\"wm-letter__code\"><div><p>Your voting code</p><p><strong>");
    html_text(h, code);
    html_raw(h, "</strong></p></div>");
    letters_qr(h, link, "QR code with the address at which you can vote");
    html_raw(h, "</div>\n");
    ways(h, all, code);
    small_print(h, all, l);
    html_raw(h, "</section>\n");
}

void letters_show(struct html *h, const struct letters *all)
{
    MUST(all->n <= LETTERS_MAX);
    for (int i = 0; i < all->n; i++)
        show(h, all, &all->letter[i]);
}

/* --- the file ----------------------------------------------------------------------------- */
void letters_csv(struct buf *out, const struct letters *all)
{
    buf_str_add(out, "serial,code,area,address\r\n");
    for (int i = 0; i < all->n; i++) {
        char code[CODE_SHOWN];
        code_show(all->letter[i].code, code);
        csv_next_cell(out, all->letter[i].serial);
        csv_next_cell(out, code);
        csv_next_cell(out, all->letter[i].area != NULL ? all->letter[i].area : all->area);
        csv_last_cell(out, all->letter[i].address);
    }
}
