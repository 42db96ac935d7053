/* ods.h: sheets as an OpenDocument spreadsheet (ODF 1.3: part 2 packages, part 3 schema). Every
 * cell has its type, and none has a formula: what a resident or officer typed is text, whatever it
 * begins with. The same sheets make the same bytes, whenever and wherever. Pure; any thread. */
#ifndef WM_ODS_H
#define WM_ODS_H

#include "server/sheet.h"

extern const char ods_type[]; /* its media type */

/* Appends the file to `out`. False: no memory for the package (logged), or the sheets are too big.
 */
bool ods_write(struct buf *out, const struct sheet *sheets, int n);

#endif
