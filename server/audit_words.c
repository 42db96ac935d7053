/* audit_words.c: the record of what officers did, in everybody's words: what was done. */
#include "server/audit_words.h"

#include <strings.h>

enum { CODES_MAX = 4096 };

/* Every action that schema/functions writes (tests/web/audit.test.mjs): the words before the thing
 * that it was done to, and after it; without a thing, `after` is NULL. */
static const struct {
    const char *action, *before, *after;
} ACTIONS[] = {
    {"amendment.ask", "Asked for a change to ", ""},
    {"amendment.grant", "Granted a change to ", ""},
    {"amendment.refuse", "Refused, or took back, a change to ", ""},
    {"bulk.off", "Stopped texts to those who asked for news of ", ""},
    {"bulk.on", "Let texts go to those who asked for news of ", ""},
    {"code.extra", "Issued voting code ", " as an extra one"},
    {"code.reissue", "Issued voting code ", " in place of another"},
    {"code.void", "Made voting code ", " void"},
    {"codes.issue", "Issued voting codes: ", ""},
    {"decision.ask", "Wrote down the council’s decision on ", ""},
    {"decision.grant", "Confirmed the council’s decision on ", ""},
    {"decision.refuse", "Refused, or took back, the council’s decision on ", ""},
    {"delivery.write", "Reported on a funded project of ", ""},
    {"edition.adopt_adopted", "Adopted without a vote: ", ""},
    {"edition.adopt_asked", "Asked for adoption without a vote: ", ""},
    {"edition.adopt_refused", "Refused, or took back, adoption without a vote: ", ""},
    {"edition.create", "Began the agreement ", ""},
    {"edition.edit", "Changed the agreement ", ""},
    {"edition.freeze", "Put forward the agreement ", ""},
    {"edition.thaw", "Took the agreement ", " back to draft"},
    {"idea.accept", "Accepted an idea as a pledge: ", ""},
    {"idea.assign", "Said who looks after an idea, and our estimate: ", ""},
    {"idea.merge", "Merged an idea into another: ", ""},
    {"idea.note", "Wrote a note on an idea: ", ""},
    {"idea.question", "Asked about an idea: ", ""},
    {"idea.refusal", "Refused an idea: ", ""},
    {"idea.shortlist", "Made a proposal of an idea: ", ""},
    {"offer.answer", "Called about an offer of help with ", ""},
    {"offer.call", "Looked at the number of an offer of help with ", ""},
    {"officer.add", "Added an officer: ", ""},
    {"officer.authenticator", "Changed their authenticator app", NULL},
    {"officer.deactivate", "Closed the account of ", ""},
    {"officer.first", "Made the account of the first administrator, ", ""},
    {"officer.link", "Made a link to set up the account of ", ""},
    {"officer.password", "Changed their password", NULL},
    {"officer.prove", "Entered their password and code again", NULL},
    {"officer.reactivate", "Opened the account of ", " again"},
    {"officer.role_give", "Gave a role to ", ""},
    {"officer.role_take", "Took a role from ", ""},
    {"officer.set_up", "Set up their account", NULL},
    {"officer.sign_in", "Signed in", NULL},
    {"officer.sign_out", "Signed out", NULL},
    {"officer.sign_out_elsewhere", "Signed out everywhere else", NULL},
    {"outlines.load", "Loaded outlines of areas", NULL},
    {"paper.open", "Opened a batch of paper ballots: ", ""},
    {"paper.reconcile", "Reconciled a batch of paper ballots: ", ""},
    {"paper.return", "Said where paper ballots are handed in for ", ""},
    {"pledge.answer", "Wrote down a provider’s answer to a pledge of ", ""},
    {"pledge.check", "Checked a pledge of ", ""},
    {"pledge.create", "Added a pledge to ", ""},
    {"pledge.edit", "Changed a pledge of ", ""},
    {"pledge.remove", "Removed a pledge from ", ""},
    {"postcodes.load", "Loaded postcodes", NULL},
    {"practice.ballots", "Made up ballots for ", ""},
    {"preview.end", "Ended the link to read the draft of ", ""},
    {"preview.link", "Made a link to read the draft of ", ""},
    {"proposal.create", "Wrote proposal ", ""},
    {"proposal.edit", "Changed proposal ", ""},
    {"proposal.import", "Added proposals from a spreadsheet to ", ""},
    {"proposal.import_undo", "Took proposals of a spreadsheet out of ", ""},
    {"proposal.publish", "Published proposal ", ""},
    {"proposal.translate", "Translated proposal ", ""},
    {"provider.link", "Made a provider’s private link for ", ""},
    {"register.import", "Imported people into the list ", ""},
    {"register.retire", "Retired the list ", ""},
    {"register.save", "Made or changed the list ", ""},
    {"result.correct", "Asked for a correction of the result of ", ""},
    {"result.embargo", "Approved the result of ", " for a later moment"},
    {"result.embargo_off", "Called off the publication of the result of ", ""},
    {"result.publish", "Published the result of ", ""},
    {"result.return", "Sent the result of ", " back"},
    {"result.submit", "Sent the result of ", " for approval"},
    {"round.approve", "Approved ", ""},
    {"round.archive", "Archived ", ""},
    {"round.count", "Counted ", ""},
    {"round.count_ask", "Asked for a count of ", ""},
    {"round.create", "Made the round ", ""},
    {"round.edit", "Changed the round ", ""},
    {"round.return", "Sent ", " back to draft"},
    {"round.schedule", "Scheduled ", ""},
    {"round.submit", "Sent ", " for review"},
    {"site.change", "Changed the site", NULL},
    {"sms.budget", "Changed the day’s budget for texts", NULL},
    {"sms.drop", "Let the ", " rest"},
    {"sms.gateway", "Changed price or speed of the SMS ", ""},
    {"sms.pause", "Paused ", ""},
    {"sms.replay", "Sent the ", " again"},
    {"sms.replay_inbox", "Had the ", " read again"},
    {"sms.resume", "Resumed ", ""},
    {"sms.reveal", "Looked at the number of the ", ""},
};

const char *audit_sentence(struct arena *arena, const struct audit_row *row)
{
    const char *thing = *row->thing != '\0' ? row->thing : row->object;
    for (size_t i = 0; i < sizeof ACTIONS / sizeof *ACTIONS; i++) {
        if (strcmp(ACTIONS[i].action, row->action) != 0)
            continue;
        return ACTIONS[i].after == NULL
                   ? ACTIONS[i].before
                   : arena_fmt(arena, "%s%s%s", ACTIONS[i].before, thing, ACTIONS[i].after);
    }
    return arena_fmt(arena, "%s: %s", row->action, thing);
}

const char *audit_actions(struct arena *arena, const char *words)
{
    struct buf codes = buf_new(CODES_MAX);
    for (size_t i = 0; *words != '\0' && i < sizeof ACTIONS / sizeof *ACTIONS; i++) {
        const char *after = ACTIONS[i].after != NULL ? ACTIONS[i].after : "";
        if (strcasestr(ACTIONS[i].before, words) != NULL || strcasestr(after, words) != NULL)
            buf_fmt(&codes, "%s%s", codes.len > 0 ? "," : "", ACTIONS[i].action);
    }
    const char *kept = arena_strdup(arena, buf_str(&codes));
    buf_free(&codes);
    return kept;
}
