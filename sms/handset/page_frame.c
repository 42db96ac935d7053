/* page_frame.c: the phone itself: the conversation and the box to type in. */
#include "sms/handset/html.h"
#include "sms/handset/page.h"

/* phone.js makes the same bubbles from JSON: keep both alike. */
static void write_bubble(void *context, const struct text *text)
{
    struct buf *out = context;
    char seq[24];
    struct buf meta = buf_new(256);
    const bool mine = text->direction == DIRECTION_OUT;
    snprintf(seq, sizeof seq, "%llu", (unsigned long long)text->seq);
    text_meta(text, &meta);
    html_put(out,
             "<div class=\"turn {}\" data-seq=\"{}\"><p class=\"bubble\"><span class=\"hide\">",
             mine ? "mine" : "theirs", seq);
    html_put(out, "{}</span>{}</p><p class=\"meta\">{}</p></div>",
             mine ? "You wrote: " : "Answer: ", text->body, buf_str(&meta));
    buf_free(&meta);
}

static void write_log(struct buf *out, const struct phone_page *page)
{
    html_raw(out, "<div class=\"log\" tabindex=\"0\" role=\"region\" aria-label=\"Conversation\">"
                  "<div id=\"log\" role=\"log\" aria-live=\"polite\" aria-label=\"Texts\">");
    size_t before = out->len;
    phones_each(page->h->phones, page->number, write_bubble, out);
    if (out->len == before)
        html_put(out,
                 "<p class=\"empty\">No texts yet. Write one below, as you would to {} on your own "
                 "phone.</p>",
                 page->h->settings->sms_number);
    html_raw(out, "</div></div>");
}

static void write_compose(struct buf *out, const struct phone_page *page)
{
    const char *to = page->h->settings->sms_number;
    html_put(out,
             "<form class=\"compose\" id=\"compose\" method=\"post\" action=\"/send\">"
             "<input type=\"hidden\" name=\"number\" value=\"{}\">"
             "<p class=\"error\" id=\"problem\" role=\"alert\">{}</p>",
             page->number, page->error ? page->error : "");
    html_put(out, "<label class=\"hide\" for=\"message\">Text to {}</label>", to);
    html_raw(out, "<textarea id=\"message\" name=\"body\" rows=\"2\" maxlength=\"1600\" "
                  "autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\" "
                  "aria-describedby=\"problem size\"");
    html_put(out, " placeholder=\"Text {}\">\n{}</textarea><button>Send</button>", to, page->typed);
    html_raw(out, "<p class=\"size\" id=\"size\"></p></form>");
}

void page_frame(struct buf *out, const struct phone_page *page)
{
    const struct handset_settings *settings = page->h->settings;
    html_put(out,
             "<section class=\"phone\" id=\"phone\" data-number=\"{}\" aria-labelledby=\"with\">"
             "<h2 id=\"with\">{} · {}</h2>",
             page->number, settings->sms_number, settings->service_name);
    write_log(out, page);
    html_put(
        out,
        "<noscript><p class=\"check\"><a href=\"/?number={}#message\">Check for replies</a></p>"
        "</noscript>",
        page->number + 1);
    write_compose(out, page);
    html_raw(out, "</section>\n");
}
