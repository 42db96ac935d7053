/* page_desk_states.c: the buttons that move a round on: review, approval, scheduling, the result's
 * approval and publication, the archive; and the way back. */
#include "server/desk_view.h"
#include "server/pages.h"
#include "server/response.h"
#include "server/store_desk_states.h"

/* The round's page again, and why it did not go on. */
static void refuse(struct request *r, struct db *db, const char *result, const char *detail,
                   int status)
{
    const struct desk_round *round = desk_round_of(r, db);
    if (round != NULL)
        desk_round_show(r, round, desk_refusal(r, result, detail), status);
}

/* Takes the step; `done` is the outcome that means it was taken, `where` the page below the round's
 * to go to then. */
static enum handled take(struct request *r, struct db *db, enum desk_step step, const char *done,
                         const char *where)
{
    const char *result, *detail;
    enum db_outcome outcome =
        desk_step_take(db, &r->arena, r->officer.officer, r->segment[0], step, &result, &detail);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (strcmp(result, "not_found") == 0)
        response_error(r, 404);
    else if (strcmp(result, done) == 0)
        response_redirect(r, "/desk/rounds/%s%s", r->segment[0], where);
    else
        refuse(r, db, result, detail, 409);
    return HANDLED;
}

enum handled page_round_review_post(struct request *r, struct db *db)
{
    return take(r, db, STEP_SUBMIT, "review", "");
}

enum handled page_round_approve_post(struct request *r, struct db *db)
{
    return take(r, db, STEP_APPROVE, "approved", "");
}

enum handled page_result_review_post(struct request *r, struct db *db)
{
    return take(r, db, STEP_SUBMIT_RESULT, "result_review", "/result");
}

enum handled page_round_archive_post(struct request *r, struct db *db)
{
    return take(r, db, STEP_ARCHIVE, "archived", "");
}

enum handled page_round_return_post(struct request *r, struct db *db)
{
    const struct desk_round *round;
    const char *result;
    enum db_outcome outcome = desk_return(db, &r->arena, r->officer.officer, r->segment[0],
                                          request_field(r, "note"), &result);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (strcmp(result, "not_found") == 0)
        response_error(r, 404);
    else if (strcmp(result, "draft") == 0)
        response_redirect(r, "/desk/rounds/%s", r->segment[0]);
    else if (strcmp(result, "counted") == 0 || strcmp(result, "dropped") == 0)
        response_redirect(r, "/desk/rounds/%s/result", r->segment[0]);
    else if (strcmp(result, "note") != 0)
        refuse(r, db, result, "", 409);
    else if ((round = desk_round_of(r, db)) != NULL)
        desk_return_again(r, round);
    return HANDLED;
}

enum handled page_round_schedule_post(struct request *r, struct db *db)
{
    const char *result, *detail;
    enum db_outcome outcome =
        desk_schedule(db, &r->arena, r->officer.officer, r->segment[0], &result, &detail);
    if (outcome != DB_OK)
        response_db(r, outcome);
    else if (strcmp(result, "not_found") == 0)
        response_error(r, 404);
    else if (strcmp(result, "scheduled") == 0)
        response_redirect(r, "/desk/rounds/%s", r->segment[0]);
    else
        refuse(r, db, result, detail, 409);
    return HANDLED;
}
