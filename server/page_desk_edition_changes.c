/* page_desk_edition_changes.c: what an edition that officers work on changes of the one before it.
 */
#include "server/desk_view.h"
#include "server/edition_show.h"
#include "server/edition_tag.h"
#include "server/pages.h"
#include "server/store_agreement.h"

enum handled page_desk_edition_changes(struct request *r, struct db *db)
{
    struct edition_state *e = NULL;
    struct pledge_changes all;
    struct desk_page p;
    int64_t id = 0;
    if (parse_int(r->segment[0], 1, INT32_MAX, &id) &&
        page_failed(r, desk_edition(db, &r->arena, r->officer.officer, (int32_t)id, &e)))
        return HANDLED;
    if (e == NULL) {
        response_error(r, 404);
        return HANDLED;
    }
    if (page_failed(r, edition_changes_desk(db, &r->arena, r->officer.officer, e->id, &all)))
        return HANDLED;
    const char *title = e->before == 0
                            ? "The first edition"
                            : arena_fmt(&r->arena, "What changes from edition %d to edition %d",
                                        e->before, e->edition);
    desk_begin(&p, r, title, arena_fmt(&r->arena, "/desk/agreements/%d", e->id), e->title, NULL);
    kit_title_caption(&p.h, arena_fmt(&r->arena, "%s: %s", e->area, edition_tag_words(e->state)),
                      title);
    if (e->before == 0)
        kit_paragraph(&p.h, "There was none before it: all of it is new.");
    else
        edition_changes_show(&p.h, &all, e->before_in_return, e->in_return);
    desk_end(&p, r, 200);
    return HANDLED;
}
