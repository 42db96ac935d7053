/* page_kit.h: what several residents' pages share: refusals, tags, cards, words about money and
 * time. */
#ifndef WM_PAGE_KIT_H
#define WM_PAGE_KIT_H

#include "server/form.h"
#include "server/html.h"
#include "server/layout.h"
#include "server/request.h"
#include "server/response.h"
#include "server/store_rounds.h"

/* Answers when the database did not: true, and the handler returns. */
bool page_failed(struct request *r, enum db_outcome outcome);

/* <h1>, and the same with a caption above it. */
void kit_title(struct html *h, const char *title);
void kit_title_caption(struct html *h, const char *caption, const char *title);
/* The same of what officers wrote: titles of votes and projects, names of places. */
void kit_title_written(struct html *h, const char *title);
void kit_caption_written(struct html *h, const char *caption);
/* A paragraph of plain text. */
void kit_paragraph(struct html *h, const char *text);
/* A link in a paragraph: <a class="govuk-link" href=…>text</a>. */
void kit_link(struct html *h, const char *href, const char *text);
/* The same, of what officers wrote. */
void kit_link_written(struct html *h, const char *href, const char *text);
/* A paragraph: words (or "") and where they lead. */
void kit_sentence(struct html *h, const char *words, const char *href, const char *link);
/* A green link that starts something. */
void kit_start(struct html *h, const char *href, const char *text);
/* One figure of a row of figures: <div><dt>label<dd>value; a pot's label is its name. */
void kit_fact_pot(struct html *h, const char *name, int64_t pence);
void kit_fact_money(struct html *h, const char *label, int64_t pence);
void kit_fact_number(struct html *h, const char *label, int64_t n);

/* A coloured tag: "green", "grey" and so on. */
void kit_tag(struct html *h, const char *colour, const char *words);
/* "Open", "Opens soon", "Being counted", "Decided" as a coloured tag. */
void kit_phase_tag(struct html *h, enum round_phase phase);
/* "Closes Sunday at 9pm", "Opens 14 December", "Closed, being counted", "Result published". */
void kit_phase_words(struct html *h, const struct round_line *l);
/* What is voted on and when, or what was decided: two paragraphs. */
void kit_round_state(struct html *h, const struct round_line *l);
/* A round as a card in a list (<li>). */
void kit_round_card(struct html *h, const struct round_line *l);
/* "15 pledges by 8 providers" of an agreement. */
void kit_pledges(struct html *h, int64_t pledges, int64_t providers);
/* A heading and a card for each round in that phase; nothing when there is none. */
void kit_round_group(struct html *h, const struct round_lines *all, enum round_phase phase,
                     const char *heading);
/* "6 projects" or "1 project". */
void kit_count(struct html *h, int64_t n, const char *one, const char *many);
/* A proposal's title, marked with its language where that is not the page's. */
void kit_project_title(struct html *h, const struct proposal *p);
/* The badge that is also what one texts. */
void kit_number(struct html *h, int32_t number);
/* Money in the arena, for messages. */
const char *kit_money(struct arena *a, int64_t pence);
const char *kit_thousands(struct arena *a, int64_t n); /* "200,000" */
/* The operator's contact line as the end of a sentence: ", or call 01904 000000" in the reader's
 * language when the English one begins with "Call" and stands for it, else ". " and the line; ""
 * without one in that language: the foot of the page has the English one, marked as such. */
const char *kit_or_contact(struct request *r);
/* A reason as a sentence, for words that go on behind it: with a full stop where its writer set
 * none. In the arena, or the text itself. */
const char *kit_ended(struct arena *a, const char *text);
/* How many people offered help with a thing, and the link to offer it too. */
void kit_offers(struct html *h, int64_t people, const char *path);
/* A box for a postcode, with a button, that leads to one's neighbourhood. */
void kit_postcode_form(struct html *h, const struct form_errors *e, const char *typed);
/* For what is read without cookies (feeds, frames): the field "lang" decides, where it names a
 * language that is offered. */
void kit_language_asked(struct request *r);
/* A paragraph of links to feeds and dates; `below` as in struct layout. */
void kit_follow(struct html *h, const char *below);
/* Round, pots and proposals of the request's first segment; false: it was answered. */
bool kit_round_of(struct request *r, struct db *db, struct round_view *v, struct pots *pots,
                  struct proposals *proposals);
/* A whole page of a title and one paragraph with a way on: in English, and in the reader's language
 * (all words translated). */
void kit_message_page(struct request *r, int status, const char *title, const char *text,
                      const char *href, const char *link);
void kit_message_said(struct request *r, int status, const char *title, const char *text,
                      const char *href, const char *link);

#endif
