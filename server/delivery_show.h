/* delivery_show.h: what became of funded projects, as residents and officers read it, and as files.
 */
#ifndef WM_SERVER_DELIVERY_SHOW_H
#define WM_SERVER_DELIVERY_SHOW_H

#include <jansson.h>

#include "server/page_kit.h"
#include "server/store_delivery.h"

/* "Not started", "In progress", "Done", "Dropped"; and the same as a coloured tag. */
const char *delivery_state_words(const char *state);
void delivery_tag(struct html *h, const char *state);
/* "£1,200 spent of £1,500." and the last report with its day; then the reports before it, folded.
 */
void delivery_reports(struct html *h, const struct delivery *d);
/* A heading and every project with its reports; nothing where there is none. `round`: name the
 * round of each. */
void deliveries_show(struct html *h, const struct deliveries *all, const char *heading, bool round);

/* A row a report, a project without one has one row; guarded against being read as formulas. */
void deliveries_csv(struct buf *out, const struct deliveries *all);
/* A list of the projects with how each stands and its reports. The caller owns it. */
json_t *deliveries_json(const struct deliveries *all);

#endif
