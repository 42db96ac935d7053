/* routes.c: the site map. Each row says what may be asked, by whom, with which fields. */
#include "server/pages.h"

/* One row a line, as far as it fits. */
/* clang-format off */

#define FIELDS(...) ((const struct field_rule[]){__VA_ARGS__, {NULL, 0, 0, false}})
#define TOKEN {"token", 64, 1, false}

/* The language of what is read without cookies. */
#define LANG {"lang", 5, 1, false}
/* A page of wordings: those before this one. */
#define BEFORE {"before", 10, 1, false}

/* A ballot: numbers of proposals, "1275=1" where more than the number is said, or "none". */
#define BALLOT_FIELDS {"p", 9, 201, false}
/* Which part of a list of open data. */
#define LIST_FIELDS {"page", 5, 1, false}, {"limit", 3, 1, false}

/* Boxes for points or ranks: the project's number, and what was typed. */
#define WEIGHT_FIELDS {"n", 4, 200, false}, {"w", 40, 200, false}

#define POT_FIELDS(n)                                                                              \
    {"pot" #n "_name", 320, 1, false}, {"pot" #n "_amount", 20, 1, false},                         \
        {"pot" #n "_min", 4, 1, false}, {"pot" #n "_max", 4, 1, false}

#define ROUND_FIELDS                                                                               \
    {"area", 60, 1, false}, {"title", 480, 1, false}, {"about", 16000, 1, true},                   \
        {"kind", 20, 1, false}, {"opens_date", 20, 1, false}, {"opens_time", 20, 1, false},        \
        {"closes_date", 20, 1, false}, {"closes_time", 20, 1, false}, {"grace", 10, 1, false},     \
        {"min_picks", 10, 1, false}, {"max_picks", 10, 1, false}, {"points_sum", 10, 1, false},    \
        {"points_max", 10, 1, false}, {"blank", 4, 1, false}, {"eligibility", 20, 1, false},       \
        {"minimum_age", 4, 1, false}, {"residence", 20, 1, false},                                 \
        {"minimum_votes", 10, 1, false}, {"cap_percent", 4, 1, false}, {"carry", 4, 1, false},     \
        {"method", 10, 1, false}, {"completion", 12, 1, false}, {"provisional_days", 10, 1, false},                                                                  \
        POT_FIELDS(1), POT_FIELDS(2), POT_FIELDS(3), POT_FIELDS(4), POT_FIELDS(5), POT_FIELDS(6),  \
        {"question", 480, 1, false}, {"edition", 12, 1, false}

#define ANSWER_FIELDS                                                                              \
    {"answer", 10, 1, false}, {"new_promise", 1600, 1, true}, {"why", 1600, 1, true},              \
        {"who", 480, 1, false}

#define PLEDGE_FIELDS                                                                              \
    {"provider", 480, 1, false}, {"promise", 1600, 1, true}, {"standard", 1600, 1, true},          \
        {"measure", 1600, 1, true}, {"due", 20, 1, false}

#define OFFER_FIELDS                                                                               \
    {"words", 1200, 1, true}, {"name", 480, 1, false}, {"number", 40, 1, false},                   \
        {"agree", 4, 1, false}

#define PROPOSAL_FIELDS                                                                            \
    {"title", 480, 1, false}, {"short_name", 64, 1, false}, {"summary", 1200, 1, true},            \
        {"body", 40000, 1, true}, {"place", 480, 1, false}, {"proposer", 480, 1, false},           \
        {"theme", 160, 1, false}, {"at", 60, 1, false}, {"pot", 4, 1, false}, {"cost", 20, 1, false}, {"exclusion", 4, 1, false},                      \
        {"then", 20, 1, false}, {"revision", 10, 1, false}

/* What each column of a file is for, when its name does not say. */
#define COLUMN_FIELDS \
    {"c0", 20, 1, false}, {"c1", 20, 1, false}, {"c2", 20, 1, false}, \
    {"c3", 20, 1, false}, {"c4", 20, 1, false}, {"c5", 20, 1, false}, \
    {"c6", 20, 1, false}, {"c7", 20, 1, false}, {"c8", 20, 1, false}, \
    {"c9", 20, 1, false}, {"c10", 20, 1, false}, {"c11", 20, 1, false}, \
    {"c12", 20, 1, false}, {"c13", 20, 1, false}, {"c14", 20, 1, false}, \
    {"c15", 20, 1, false}, {"c16", 20, 1, false}, {"c17", 20, 1, false}, \
    {"c18", 20, 1, false}, {"c19", 20, 1, false}, {"c20", 20, 1, false}, \
    {"c21", 20, 1, false}, {"c22", 20, 1, false}, {"c23", 20, 1, false}, \
    {"c24", 20, 1, false}, {"c25", 20, 1, false}, {"c26", 20, 1, false}, \
    {"c27", 20, 1, false}, {"c28", 20, 1, false}, {"c29", 20, 1, false}, \
    {"c30", 20, 1, false}, {"c31", 20, 1, false}, {"c32", 20, 1, false}, \
    {"c33", 20, 1, false}, {"c34", 20, 1, false}, {"c35", 20, 1, false}, \
    {"c36", 20, 1, false}, {"c37", 20, 1, false}, {"c38", 20, 1, false}, \
    {"c39", 20, 1, false}, {"c40", 20, 1, false}, {"c41", 20, 1, false}, \
    {"c42", 20, 1, false}, {"c43", 20, 1, false}, {"c44", 20, 1, false}, \
    {"c45", 20, 1, false}, {"c46", 20, 1, false}, {"c47", 20, 1, false}, \
    {"c48", 20, 1, false}, {"c49", 20, 1, false}, {"c50", 20, 1, false}, \
    {"c51", 20, 1, false}, {"c52", 20, 1, false}, {"c53", 20, 1, false}, \
    {"c54", 20, 1, false}, {"c55", 20, 1, false}, {"c56", 20, 1, false}, \
    {"c57", 20, 1, false}, {"c58", 20, 1, false}, {"c59", 20, 1, false}

#define PASSWORD_FIELDS {"password", 256, 1, false}, {"again", 256, 1, false}
#define AUTHENTICATOR_FIELDS {"seed", 200, 1, false}, {"totp", 20, 1, false}

#define REGISTER_FIELDS \
    {"name", 480, 1, false}, {"codes_per_address", 10, 1, false}, {"extra_cap", 10, 1, false}

/* Who may call a page of the desk; api.desk_may and api.desk_role decide the same for each act. */
#define EVERY_OFFICER (WHO_OFFICER | ROLE_ANY | OF_SERVICE)
#define WARD (WHO_OFFICER | ROLE_WARD_OFFICER)
#define APPROVERS (WARD | ROLE_APPROVER)
#define CLERKS (WARD | ROLE_CLERK)
#define CODES (WARD | ROLE_APPROVER | ROLE_CLERK)
#define READERS (WARD | ROLE_APPROVER | ROLE_CLERK | ROLE_AUDITOR)
#define TEXTS (WHO_OFFICER | ROLE_SMS_OPERATOR | ROLE_ADMINISTRATOR)
#define PEOPLE (WHO_OFFICER | ROLE_ADMINISTRATOR)
#define OVERSEERS (PEOPLE | ROLE_AUDITOR)

const struct route routes[] = {
    /* Open to all, alike for all */
    {"GET", "/", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_home, 0},
    {"GET", "/neighbourhoods", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_neighbourhoods, 0},
    {"GET", "/find", LANE_PAGES, WHO_ANYONE, GUARD_NONE, false,
     FIELDS({"postcode", 80, 1, false}), page_find, 0},
    {"GET", "/neighbourhoods/:slug", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_neighbourhood, 0},
    {"GET", "/neighbourhoods/:slug/agreement", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_agreement, 0},
    {"GET", "/agreements", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_agreements, 0},
    {"GET", "/rounds", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_rounds, 0},
    {"GET", "/rounds/:slug", LANE_PAGES, WHO_ANYONE, GUARD_NONE, CACHED_BY_ORDER,
     FIELDS({"q", 120, 1, false}, {"theme", 160, 1, false}, {"most", 20, 1, false}, {"pot", 4, 1, false}, {"order", 20, 1, false}), page_round, 0},
    {"GET", "/rounds/:slug/projects.csv", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, NULL, projects_csv, 0},
    {"GET", "/rounds/:slug/projects.ods", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, NULL, projects_ods, 0},
    {"GET", "/rounds/:slug/dates.ics", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, NULL, round_dates, 0},
    {"GET", "/rounds/:slug/rules", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_rules, 0},
    {"GET", "/rounds/:slug/card", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_card, 0},
    {"GET", "/rounds/:slug/ballot-paper", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, FIELDS({"size", 10, 1, false}), page_ballot_paper, 0},
    {"GET", "/rounds/:slug/result", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_result, 0},
    {"GET", "/rounds/:slug/result/:file", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, NULL, page_result_file, 0},
    {"GET", "/rounds/:slug/versions/:version", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_result_version, 0},
    {"GET", "/rounds/:slug/versions/:version/:file", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, NULL, page_result_version_file, 0},
    {"GET", "/rounds/:slug/:number", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_proposal, 0},
    {"GET", "/results", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_results, 0},
    {"GET", "/text", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_text, 0},
    {"GET", "/accessibility", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_accessibility, 0},
    {"GET", "/privacy", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_privacy, 0},
    {"GET", "/cookies", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_cookies, 0},
    {"GET", "/embed/rounds/:slug", LANE_PAGES, WHO_FRAMED, GUARD_NONE, true, FIELDS(LANG), page_embed, 0},
    {"GET", "/.well-known/security.txt", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, security_txt, 0},
    {"GET", "/robots.txt", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, robots_txt, 0},
    {"GET", "/open-data", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_open_data, 0},
    {"GET", "/counting", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_counting, 0},
    {"POST", "/rounds/:slug/:number/add", LANE_PAGES, WHO_ANYONE, GUARD_ORIGIN, false, NULL, page_add_post, 0},
    {"GET", "/rounds/:slug/:number/offer", LANE_PAGES, WHO_ANYONE, GUARD_NONE, false, NULL, page_offer_project, 0},
    {"POST", "/rounds/:slug/:number/offer", LANE_PAGES, WHO_ANYONE, GUARD_ORIGIN, false, FIELDS(OFFER_FIELDS), page_offer_project_post, 0},
    {"GET", "/neighbourhoods/:slug/agreement/:pledge/offer", LANE_PAGES, WHO_ANYONE, GUARD_NONE, false, NULL, page_offer_pledge, 0},
    {"POST", "/neighbourhoods/:slug/agreement/:pledge/offer", LANE_PAGES, WHO_ANYONE, GUARD_ORIGIN, false, FIELDS(OFFER_FIELDS), page_offer_pledge_post, 0},
    {"GET", "/neighbourhoods/:slug/agreement/:edition", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_edition, 0},
    {"GET", "/neighbourhoods/:slug/agreement/:edition/changes", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_edition_changes, 0},
    {"GET", "/neighbourhoods/:slug/agreement/:edition/:file", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, NULL, page_edition_file, 0},
    {"GET", "/offers/thanks", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_offer_thanks, 0},
    {"GET", "/theme/:file", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_theme, 0},
    {"GET", "/preview/:key", LANE_PAGES, WHO_ANYONE, GUARD_NONE, false, NULL, page_preview, 0},
    {"GET", "/preview/:key/:number", LANE_PAGES, WHO_ANYONE, GUARD_NONE, false, NULL, page_preview_proposal, 0},
    {"GET", "/providers/:key", LANE_PAGES, WHO_ANYONE, GUARD_NONE, false, NULL, page_provider, 0},
    {"GET", "/providers/:key/:pledge", LANE_PAGES, WHO_ANYONE, GUARD_NONE, false, NULL, page_provider_pledge, 0},
    {"POST", "/providers/:key/:pledge", LANE_PAGES, WHO_ANYONE, GUARD_ORIGIN, false, FIELDS(ANSWER_FIELDS), page_provider_pledge_post, 0},
    {"GET", "/ideas", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_ideas, 0},
    {"POST", "/ideas", LANE_PAGES, WHO_ANYONE, GUARD_ORIGIN, false, FIELDS({"kind", 10, 1, false}), page_ideas_post, 0},
    {"GET", "/ideas/pledge", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_ideas_pledge, 0},
    {"GET", "/ideas/:key", LANE_PAGES, WHO_ANYONE, GUARD_NONE, false, NULL, page_idea, 0},
    {"POST", "/ideas/:key", LANE_PAGES, WHO_ANYONE, GUARD_ORIGIN, false,
     FIELDS({"do", 20, 1, false}, {"answer", 4000, 1, true}), page_idea_post, 0},
    {"GET", "/ideas/:key/:step", LANE_PAGES, WHO_ANYONE, GUARD_NONE, false, NULL, page_idea_step, 0},
    {"POST", "/ideas/:key/:step", LANE_PAGES, WHO_ANYONE, GUARD_ORIGIN, false,
     FIELDS({"area", 60, 1, false}, {"title", 480, 1, false}, {"what", 8000, 1, true},
            {"place", 480, 1, false}, {"benefit", 4000, 1, true}, {"cost", 20, 1, false},
            {"promiser", 480, 1, false}, {"in_return", 4000, 1, true}, {"you", 480, 1, false}, {"texts", 4, 1, false}, {"number", 40, 1, false}),
     page_idea_step_post, 16384},
    {"POST", "/language", LANE_PAGES, WHO_ANYONE, GUARD_ORIGIN, false,
     FIELDS({"tag", 10, 1, false}, {"to", 512, 1, false}), page_language_post, 0},
    {"GET", "/demo", LANE_PAGES, WHO_ANYONE, GUARD_NONE, false, NULL, page_demo, 0},

    /* Open data: assets/openapi.json describes it */
    {"GET", "/api/v1", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, NULL, api_index, 0},
    {"GET", "/api/v1/openapi.json", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, NULL, api_description, 0},
    {"GET", "/api/v1/neighbourhoods", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, FIELDS(LIST_FIELDS), api_neighbourhoods, 0},
    {"GET", "/api/v1/neighbourhoods/:slug", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, NULL, api_neighbourhood, 0},
    {"GET", "/api/v1/neighbourhoods/:slug/agreements", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, FIELDS(LIST_FIELDS), api_agreements, 0},
    {"GET", "/api/v1/neighbourhoods/:slug/agreements/:edition", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, NULL, api_agreement, 0},
    {"GET", "/api/v1/rounds", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true,
     FIELDS(LIST_FIELDS, {"neighbourhood", 60, 1, false}, {"phase", 10, 1, false}), api_rounds, 0},
    {"GET", "/api/v1/rounds/:slug", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, NULL, api_round, 0},
    {"GET", "/api/v1/rounds/:slug/proposals", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, FIELDS(LIST_FIELDS), api_proposals, 0},
    {"GET", "/api/v1/rounds/:slug/proposals/:number", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, NULL, api_proposal, 0},
    {"GET", "/api/v1/rounds/:slug/result", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, NULL, api_result, 0},

    {"GET", "/feeds/rounds.atom", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, FIELDS(LANG), feed_rounds, 0},
    {"GET", "/feeds/results.atom", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, FIELDS(LANG), feed_results, 0},
    {"GET", "/feeds/dates.ics", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, NULL, feed_dates, 0},
    {"GET", "/neighbourhoods/:slug/rounds.atom", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, FIELDS(LANG), feed_rounds, 0},
    {"GET", "/neighbourhoods/:slug/results.atom", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, FIELDS(LANG), feed_results, 0},
    {"GET", "/neighbourhoods/:slug/dates.ics", LANE_PAGES, WHO_ANY_SITE, GUARD_NONE, true, NULL, feed_dates, 0},

    /* Voting */
    {"GET", "/vote", LANE_PAGES, WHO_ANYONE, GUARD_NONE, true, NULL, page_vote, 0},
    {"GET", "/vote/code", LANE_PAGES, WHO_ANYONE, GUARD_NONE, false, NULL, page_code, 0},
    {"POST", "/vote/code", LANE_PAGES, WHO_ANYONE, GUARD_ORIGIN, false,
     FIELDS({"code", 80, 1, false}), page_code_post, 0},
    {"GET", "/v/:code", LANE_PAGES, WHO_ANYONE, GUARD_NONE, false, NULL, page_code_prefill, 0},
    {"GET", "/vote/phone", LANE_PAGES, WHO_ANYONE, GUARD_NONE, false, NULL, page_phone, 0},
    {"POST", "/vote/phone", LANE_PAGES, WHO_ANYONE, GUARD_ORIGIN, false,
     FIELDS({"number", 40, 1, false}, {"postcode", 16, 1, false}, {"area", 60, 1, false},
            {"news", 4, 1, false}),
     page_phone_post, 0},
    {"GET", "/vote/phone/:id", LANE_PAGES, WHO_ANYONE, GUARD_NONE, false, NULL, page_phone_digits, 0},
    {"POST", "/vote/phone/:id", LANE_PAGES, WHO_ANYONE, GUARD_ORIGIN, false,
     FIELDS({"digits", 20, 1, false}), page_phone_digits_post, 0},
    {"POST", "/vote/phone/:id/again", LANE_PAGES, WHO_ANYONE, GUARD_ORIGIN, false, NULL, page_phone_again_post, 0},
    {"GET", "/vote/rounds", LANE_PAGES, WHO_VOTER, GUARD_NONE, false, NULL, page_my_rounds, 0},
    {"POST", "/vote/sign-out", LANE_PAGES, WHO_VOTER, GUARD_TOKEN, false, FIELDS(TOKEN), page_sign_out_post, 0},
    {"GET", "/ballot/:round", LANE_PAGES, WHO_VOTER, GUARD_NONE, false,
     FIELDS({"sent", 4, 1, false}), page_ballot, 0},
    {"POST", "/ballot/:round", LANE_PAGES, WHO_VOTER, GUARD_TOKEN, false,
     FIELDS(TOKEN, BALLOT_FIELDS, WEIGHT_FIELDS, {"do", 10, 1, false}), page_ballot_post, 65536},
    {"GET", "/ballot/:round/declare", LANE_PAGES, WHO_VOTER, GUARD_NONE, false, NULL, page_declare, 0},
    {"POST", "/ballot/:round/declare", LANE_PAGES, WHO_VOTER, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"age", 4, 1, false}, {"residence", 80, 1, false}), page_declare_post, 0},
    {"GET", "/ballot/:round/check", LANE_PAGES, WHO_VOTER, GUARD_NONE, false, NULL, page_check, 0},
    {"POST", "/ballot/:round/check", LANE_BALLOTS, WHO_VOTER, GUARD_TOKEN, false,
     FIELDS(TOKEN, BALLOT_FIELDS, {"key", 24, 1, false}), page_check_post, 0},
    {"GET", "/ballot/:round/done", LANE_PAGES, WHO_VOTER, GUARD_NONE, false, NULL, page_done, 0},
    {"GET", "/receipt", LANE_PAGES, WHO_ANYONE, GUARD_NONE, false, NULL, page_receipt, 0},
    {"POST", "/receipt", LANE_PAGES, WHO_ANYONE, GUARD_ORIGIN, false,
     FIELDS({"receipt", 60, 1, false}), page_receipt_post, 0},

    /* Officers' desk */
    {"GET", "/desk/sign-in", LANE_DESK, WHO_ANYONE, GUARD_NONE, false, NULL, page_sign_in, 0},
    {"POST", "/desk/sign-in", LANE_DESK, WHO_ANYONE, GUARD_ORIGIN, false,
     FIELDS({"email", 254, 1, false}, {"password", 256, 1, false}, {"totp", 20, 1, false}),
     page_sign_in_post, 0},
    {"GET", "/desk/set-up/:key", LANE_DESK, WHO_ANYONE, GUARD_NONE, false, NULL, page_set_up, 0},
    {"POST", "/desk/set-up/:key", LANE_DESK, WHO_ANYONE, GUARD_ORIGIN, false,
     FIELDS(PASSWORD_FIELDS, AUTHENTICATOR_FIELDS), page_set_up_post, 0},
    {"POST", "/desk/sign-out", LANE_DESK, EVERY_OFFICER, GUARD_TOKEN, false, FIELDS(TOKEN), page_desk_sign_out_post, 0},
    {"GET", "/desk", LANE_DESK, EVERY_OFFICER, GUARD_NONE, false, NULL, page_desk, 0},
    {"GET", "/desk/rounds/new", LANE_DESK, WARD | OF_SERVICE, GUARD_NONE, false, NULL, page_round_new, 0},
    {"POST", "/desk/rounds/new", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, ROUND_FIELDS), page_round_new_post, 65536},
    {"GET", "/desk/rounds/:slug", LANE_DESK, READERS | OF_AREA, GUARD_NONE, false, NULL, page_desk_round, 0},
    {"GET", "/desk/rounds/:slug/edit", LANE_DESK, WARD | OF_AREA, GUARD_NONE, false, NULL, page_round_edit, 0},
    {"POST", "/desk/rounds/:slug/edit", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, ROUND_FIELDS), page_round_edit_post, 65536},
    {"POST", "/desk/rounds/:slug/review", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false, FIELDS(TOKEN), page_round_review_post, 0},
    {"POST", "/desk/rounds/:slug/approve", LANE_DESK, APPROVERS | OF_AREA, GUARD_TOKEN, false, FIELDS(TOKEN), page_round_approve_post, 0},
    {"POST", "/desk/rounds/:slug/return", LANE_DESK, APPROVERS | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"note", 1600, 1, true}), page_round_return_post, 0},
    {"POST", "/desk/rounds/:slug/archive", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false, FIELDS(TOKEN), page_round_archive_post, 0},
    {"POST", "/desk/rounds/:slug/result/review", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false, FIELDS(TOKEN), page_result_review_post, 0},
    {"GET", "/desk/rounds/:slug/paper", LANE_DESK, READERS | OF_AREA, GUARD_NONE, false, NULL, page_paper, 0},
    {"POST", "/desk/rounds/:slug/paper", LANE_DESK, CLERKS | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"place", 480, 1, false}, {"collected_date", 20, 1, false},
            {"collected_time", 20, 1, false}, {"ballots", 10, 1, false}),
     page_paper_post, 0},
    {"POST", "/desk/rounds/:slug/paper-return", LANE_DESK, CLERKS | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"words", 1600, 1, true}), page_paper_return_post, 0},
    {"GET", "/desk/rounds/:slug/paper/:batch", LANE_DESK, READERS | OF_AREA, GUARD_NONE, false, NULL, page_paper_batch, 0},
    {"POST", "/desk/rounds/:slug/paper/:batch", LANE_DESK, CLERKS | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"key", 24, 1, false}, {"code", 40, 1, false}, {"ballot", 700, 1, false},
            {"declared", 4, 1, false}),
     page_paper_entry_post, 0},
    {"POST", "/desk/rounds/:slug/paper/:batch/reconcile", LANE_DESK, CLERKS | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"spoilt", 10, 1, false}), page_paper_reconcile_post, 0},
    {"GET", "/desk/rounds/:slug/assisted", LANE_DESK, CLERKS | OF_AREA, GUARD_NONE, false, NULL, page_assisted, 0},
    {"POST", "/desk/rounds/:slug/assisted", LANE_DESK, CLERKS | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"key", 24, 1, false}, {"code", 40, 1, false}, {"ballot", 700, 1, false},
            {"declared", 4, 1, false}),
     page_assisted_post, 0},
    {"GET", "/desk/changes", LANE_DESK, READERS | OF_SERVICE, GUARD_NONE, false, NULL, page_changes_all, 0},
    {"POST", "/desk/changes/:id", LANE_DESK, APPROVERS | OF_AREA | PROVEN, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"grant", 4, 1, false}), page_change_decide_post, 0},
    {"GET", "/desk/rounds/:slug/changes", LANE_DESK, READERS | OF_AREA, GUARD_NONE, false, NULL, page_changes, 0},
    {"POST", "/desk/rounds/:slug/changes", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"kind", 20, 1, false}, {"closes_date", 20, 1, false}, {"closes_time", 20, 1, false},
            {"number", 4, 1, false}, {"which", 60, 1, false}, {"reason_extension", 1600, 1, true},
            {"reason_withdrawal", 1600, 1, true}, {"reason_void_ballot", 1600, 1, true}),
     page_changes_post, 32768},
    {"POST", "/desk/rounds/:slug/practice", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"ballots", 10, 1, false}), page_practice_post, 0},
    {"GET", "/desk/rounds/:slug/compare", LANE_DESK, READERS | OF_AREA, GUARD_NONE, false, NULL, page_compare, 0},
    {"GET", "/desk/decisions", LANE_DESK, READERS | OF_SERVICE, GUARD_NONE, false, NULL, page_decisions_all, 0},
    {"POST", "/desk/decisions/:id", LANE_DESK, APPROVERS | OF_AREA | PROVEN, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"grant", 4, 1, false}), page_decision_confirm_post, 0},
    {"GET", "/desk/rounds/:slug/decisions", LANE_DESK, READERS | OF_AREA, GUARD_NONE, false, NULL, page_decisions, 0},
    {"POST", "/desk/rounds/:slug/decisions", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"number", 4, 1, false}, {"decision", 10, 1, false}, {"reason", 4000, 1, true},
            {"body", 480, 1, false}, {"day", 20, 1, false}),
     page_decisions_post, 0},
    {"POST", "/desk/rounds/:slug/schedule", LANE_DESK, WARD | OF_AREA | PROVEN, GUARD_TOKEN, false, FIELDS(TOKEN), page_round_schedule_post, 0},
    {"POST", "/desk/rounds/:slug/count", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false, FIELDS(TOKEN), page_round_count_post, 0},
    {"GET", "/desk/rounds/:slug/result", LANE_DESK, READERS | OF_AREA, GUARD_NONE, false, FIELDS({"still", 4, 1, false}), page_result_preview, 0},
    {"POST", "/desk/rounds/:slug/result", LANE_DESK, APPROVERS | OF_AREA | PROVEN, GUARD_TOKEN, false, FIELDS(TOKEN, {"when", 10, 1, false}, {"date", 20, 1, false}, {"time", 20, 1, false}), page_result_publish_post, 0},
    {"POST", "/desk/rounds/:slug/embargo", LANE_DESK, APPROVERS | OF_AREA | PROVEN, GUARD_TOKEN, false, FIELDS(TOKEN, {"do", 10, 1, false}, {"reason", 1600, 1, true}), page_result_embargo_post, 0},
    {"POST", "/desk/rounds/:slug/correct", LANE_DESK, WARD | OF_AREA | PROVEN, GUARD_TOKEN, false, FIELDS(TOKEN, {"reason", 1600, 1, true}), page_result_correct_post, 0},
    {"GET", "/desk/rounds/:slug/proposals", LANE_DESK, WARD | OF_AREA, GUARD_NONE, false, NULL, page_proposal_new, 0},
    {"POST", "/desk/rounds/:slug/proposals", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, PROPOSAL_FIELDS), page_proposal_new_post, 65536},
    {"GET", "/desk/proposals/:slug/:number", LANE_DESK, WARD | OF_AREA, GUARD_NONE, false, NULL, page_proposal_edit, 0},
    {"POST", "/desk/proposals/:slug/:number", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, PROPOSAL_FIELDS), page_proposal_edit_post, 65536},
    {"GET", "/desk/proposals/:slug/:number/preview", LANE_DESK, READERS | OF_AREA, GUARD_NONE, false, NULL, page_proposal_preview, 0},
    {"POST", "/desk/proposals/:slug/:number/publish", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false, FIELDS(TOKEN), page_proposal_publish_post, 0},
    {"GET", "/desk/proposals/:slug/:number/history", LANE_DESK, READERS | OF_AREA, GUARD_NONE, false, FIELDS(BEFORE), page_proposal_history, 0},
    {"GET", "/desk/rounds/:slug/translations", LANE_DESK, READERS | OF_AREA, GUARD_NONE, false, NULL, page_translations, 0},
    {"GET", "/desk/translations/:slug/:number/:language", LANE_DESK, WARD | OF_AREA, GUARD_NONE, false, FIELDS(BEFORE), page_translation, 0},
    {"POST", "/desk/translations/:slug/:number/:language", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"of", 10, 1, false}, {"revision", 10, 1, false}, {"title", 480, 1, false}, {"short_name", 64, 1, false},
            {"summary", 1200, 1, true}, {"body", 40000, 1, true}), page_translation_post, 65536},
    {"GET", "/desk/rounds/:slug/import", LANE_DESK, WARD | OF_AREA, GUARD_NONE, false, NULL, page_proposal_sheet, 0},
    {"POST", "/desk/rounds/:slug/import", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false, FIELDS(TOKEN), page_proposal_sheet_post, REQUEST_FILE_MAX},
    {"POST", "/desk/rounds/:slug/import/:id/undo", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false, FIELDS(TOKEN), page_proposal_sheet_undo_post, 0},
    {"GET", "/desk/proposal-files/:id", LANE_DESK, WARD | OF_AREA, GUARD_NONE, false, NULL, page_proposal_dry_run, 0},
    {"POST", "/desk/proposal-files/:id", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"do", 10, 1, false}, COLUMN_FIELDS), page_proposal_dry_run_post, 0},
    {"GET", "/desk/outlines", LANE_DESK, PEOPLE | OF_SERVICE, GUARD_NONE, false, NULL, page_outlines, 0},
    {"POST", "/desk/outlines", LANE_DESK, PEOPLE | OF_SERVICE, GUARD_TOKEN, false, FIELDS(TOKEN, {"credit", 800, 1, true}), page_outlines_post, REQUEST_FILE_MAX},
    {"GET", "/desk/outlines/:id", LANE_DESK, PEOPLE | OF_SERVICE, GUARD_NONE, false, NULL, page_outline_file, 0},
    {"POST", "/desk/outlines/:id", LANE_DESK, PEOPLE | OF_SERVICE, GUARD_TOKEN, false, FIELDS(TOKEN), page_outline_file_post, 0},
    {"GET", "/desk/site", LANE_DESK, PEOPLE | OF_SERVICE, GUARD_NONE, false, NULL, page_desk_site, 0},
    {"POST", "/desk/site", LANE_DESK, PEOPLE | OF_SERVICE, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"banner", 1200, 1, true}, {"until", 20, 1, false}, {"colour", 20, 1, false},
            {"about", 16000, 1, true}, {"privacy", 16000, 1, true}), page_desk_site_post, 0},
    {"GET", "/desk/rounds/:slug/monitor", LANE_DESK, READERS | OF_AREA, GUARD_NONE, false, NULL, page_desk_monitor, 0},
    {"GET", "/desk/rounds/:slug/preview", LANE_DESK, WARD | OF_AREA, GUARD_NONE, false, NULL, page_desk_preview, 0},
    {"POST", "/desk/rounds/:slug/preview", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false, FIELDS(TOKEN, {"do", 10, 1, false}), page_desk_preview_post, 0},
    {"GET", "/desk/ideas", LANE_DESK, WARD | OF_SERVICE, GUARD_NONE, false, NULL, page_desk_ideas, 0},
    {"GET", "/desk/ideas/:id", LANE_DESK, WARD | OF_AREA, GUARD_NONE, false, NULL, page_desk_idea, 0},
    {"POST", "/desk/ideas/:id", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, PLEDGE_FIELDS, {"do", 20, 1, false}, {"officer", 12, 1, false}, {"cost", 20, 1, false},
            {"question", 4000, 1, true}, {"note", 4000, 1, true}, {"refusal", 4000, 1, true},
            {"reason", 4, 1, false}, {"into", 20, 1, false}, {"round", 200, 1, false},
            {"short_name", 64, 1, false}),
     page_desk_idea_post, 32768},
    {"GET", "/desk/delivery", LANE_DESK, WARD | OF_SERVICE, GUARD_NONE, false, NULL, page_desk_deliveries, 0},
    {"GET", "/desk/delivery/:slug/:number", LANE_DESK, WARD | OF_AREA, GUARD_NONE, false, NULL, page_desk_delivery, 0},
    {"POST", "/desk/delivery/:slug/:number", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"state", 20, 1, false}, {"spent", 20, 1, false}, {"note", 4000, 1, true}), page_desk_delivery_post, 0},
    {"GET", "/desk/agreements", LANE_DESK, READERS | OF_SERVICE, GUARD_NONE, false, NULL, page_desk_agreements, 0},
    {"POST", "/desk/agreements", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"area", 60, 1, false}, {"title", 480, 1, false}, {"copy", 4, 1, false}), page_desk_agreements_post, 0},
    {"GET", "/desk/agreements/:id", LANE_DESK, READERS | OF_AREA, GUARD_NONE, false, NULL, page_desk_edition, 0},
    {"POST", "/desk/agreements/:id", LANE_DESK, APPROVERS | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"do", 20, 1, false}, {"title", 480, 1, false}, {"in_return", 16000, 1, true},
            {"review", 20, 1, false}, {"provider", 12, 1, false}, {"reason", 1600, 1, true}),
     page_desk_edition_post, 32768},
    {"GET", "/desk/agreements/:id/changes", LANE_DESK, READERS | OF_AREA, GUARD_NONE, false, NULL, page_desk_edition_changes, 0},
    {"GET", "/desk/agreements/:id/:pledge", LANE_DESK, READERS | OF_AREA, GUARD_NONE, false, NULL, page_desk_pledge, 0},
    {"POST", "/desk/agreements/:id/:pledge", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, ANSWER_FIELDS, PLEDGE_FIELDS, {"do", 20, 1, false}, {"result", 10, 1, false}, {"evidence", 4000, 1, true}, {"link", 420, 1, false}, {"day", 20, 1, false}),
     page_desk_pledge_post, 32768},
    {"GET", "/desk/audit", LANE_DESK, EVERY_OFFICER, GUARD_NONE, false,
     FIELDS({"q", 120, 1, false}, {"from", 20, 1, false}, {"until", 20, 1, false}, {"before", 20, 1, false}), page_desk_audit, 0},
    {"GET", "/desk/audit/file", LANE_DESK, EVERY_OFFICER, GUARD_NONE, false,
     FIELDS({"q", 120, 1, false}, {"from", 20, 1, false}, {"until", 20, 1, false}), page_desk_audit_file, 0},
    {"POST", "/desk/audit/check", LANE_DESK, OVERSEERS | OF_SERVICE, GUARD_TOKEN, false, FIELDS(TOKEN), page_desk_audit_check_post, 0},
    {"GET", "/desk/offers", LANE_DESK, WARD | OF_SERVICE, GUARD_NONE, false, NULL, page_desk_offers, 0},
    {"POST", "/desk/offers/:id", LANE_DESK, WARD | OF_AREA | PROVEN, GUARD_TOKEN, false, FIELDS(TOKEN), page_desk_offer_post, 0},
    {"POST", "/desk/offers/:id/answered", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false, FIELDS(TOKEN), page_desk_offer_answered_post, 0},
    {"GET", "/desk/codes", LANE_DESK, WARD | OF_SERVICE, GUARD_NONE, false, NULL, page_codes, 0},
    {"POST", "/desk/codes", LANE_DESK, WARD | OF_AREA | PROVEN, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"area", 60, 1, false}, {"how_many", 10, 1, false}, {"format", 10, 1, false},
            {"addresses", 60000, 1, true}),
     page_codes_post, 65536},
    {"GET", "/desk/codes/find", LANE_DESK, CODES | OF_SERVICE, GUARD_NONE, false,
     FIELDS({"q", 120, 1, false}), page_code_find, 0},
    {"GET", "/desk/codes/:serial", LANE_DESK, CODES | OF_AREA, GUARD_NONE, false, NULL, page_code_one, 0},
    {"POST", "/desk/codes/:serial/void", LANE_DESK, CLERKS | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"void_reason", 1600, 1, false}), page_code_void_post, 0},
    {"POST", "/desk/codes/:serial/grant", LANE_DESK, APPROVERS | OF_AREA, GUARD_TOKEN, false, FIELDS(TOKEN), page_code_grant_post, 0},
    {"POST", "/desk/codes/:serial/refuse", LANE_DESK, APPROVERS | OF_AREA, GUARD_TOKEN, false, FIELDS(TOKEN), page_code_refuse_post, 0},
    {"POST", "/desk/codes/:serial/reissue", LANE_DESK, CLERKS | OF_AREA | PROVEN, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"reissue_reason", 1600, 1, false}), page_code_reissue_post, 0},
    {"POST", "/desk/codes/:serial/extra", LANE_DESK, CLERKS | OF_AREA | PROVEN, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"extra_reason", 1600, 1, false}), page_code_extra_post, 0},
    {"GET", "/desk/registers", LANE_DESK, WARD | OF_SERVICE, GUARD_NONE, false, NULL, page_registers, 0},
    {"GET", "/desk/registers/new", LANE_DESK, WARD | OF_SERVICE, GUARD_NONE, false, NULL, page_register_new, 0},
    {"POST", "/desk/registers/new", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"area", 60, 1, false}, {"kind", 20, 1, false}, REGISTER_FIELDS), page_register_new_post, 0},
    {"GET", "/desk/registers/:id", LANE_DESK, WARD | OF_AREA, GUARD_NONE, false, NULL, page_register, 0},
    {"POST", "/desk/registers/:id", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, REGISTER_FIELDS), page_register_post, 0},
    {"POST", "/desk/registers/:id/retire", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false, FIELDS(TOKEN), page_register_retire_post, 0},
    {"POST", "/desk/registers/:id/codes", LANE_DESK, WARD | OF_AREA | PROVEN, GUARD_TOKEN, false, FIELDS(TOKEN), page_register_codes_post, 0},
    {"POST", "/desk/registers/:id/import", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, COLUMN_FIELDS), page_import_post, REQUEST_FILE_MAX},
    {"GET", "/desk/imports/:id", LANE_DESK, WARD | OF_AREA, GUARD_NONE, false, NULL, page_import, 0},
    {"POST", "/desk/imports/:id", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false, FIELDS(TOKEN), page_import_yes_post, 0},
    {"POST", "/desk/imports/:id/no", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false, FIELDS(TOKEN), page_import_no_post, 0},
    {"GET", "/desk/postcodes", LANE_DESK, READERS | ROLE_ADMINISTRATOR | OF_SERVICE, GUARD_NONE, false, NULL, page_postcodes, 0},
    {"POST", "/desk/postcodes", LANE_DESK, PEOPLE | OF_SERVICE, GUARD_TOKEN, false, FIELDS(TOKEN), page_postcodes_post, REQUEST_FILE_MAX},
    {"GET", "/desk/rounds/:slug/texts", LANE_DESK, WARD | OF_AREA, GUARD_NONE, false, NULL, page_desk_bulk, 0},
    {"POST", "/desk/rounds/:slug/texts", LANE_DESK, WARD | OF_AREA, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"occasion", 20, 1, false}, {"on", 4, 1, false}), page_desk_bulk_post, 0},
    {"GET", "/desk/texts", LANE_DESK, TEXTS | OF_SERVICE, GUARD_NONE, false, NULL, page_desk_sms, 0},
    {"POST", "/desk/texts/find", LANE_DESK, TEXTS | OF_SERVICE, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"q", 200, 1, false}), page_desk_sms_find_post, 0},
    {"POST", "/desk/texts/bulk", LANE_DESK, TEXTS | OF_SERVICE, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"pause", 4, 1, false}), page_desk_sms_bulk_post, 0},
    {"POST", "/desk/texts/budget", LANE_DESK, TEXTS | OF_SERVICE, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"day", 20, 1, false}), page_desk_sms_budget_post, 0},
    {"GET", "/desk/texts/:door/:reference", LANE_DESK, TEXTS | OF_SERVICE, GUARD_NONE, false, NULL, page_desk_sms_text, 0},
    {"POST", "/desk/texts/:door/:reference/replay", LANE_DESK, TEXTS | OF_SERVICE, GUARD_TOKEN, false, FIELDS(TOKEN), page_desk_sms_replay_post, 0},
    {"POST", "/desk/texts/:door/:reference/drop", LANE_DESK, TEXTS | OF_SERVICE, GUARD_TOKEN, false, FIELDS(TOKEN), page_desk_sms_drop_post, 0},
    {"POST", "/desk/texts/:door/:reference/number", LANE_DESK, TEXTS | OF_SERVICE | PROVEN, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"reason", 1600, 1, false}), page_desk_sms_number_post, 0},
    {"GET", "/desk/providers/:name", LANE_DESK, TEXTS | OF_SERVICE, GUARD_NONE, false, NULL, page_desk_sms_provider, 0},
    {"POST", "/desk/providers/:name", LANE_DESK, TEXTS | OF_SERVICE, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"price", 20, 1, false}, {"abroad", 20, 1, false}, {"rate", 20, 1, false}),
     page_desk_sms_provider_post, 0},
    {"POST", "/desk/providers/:name/pause", LANE_DESK, TEXTS | OF_SERVICE, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"pause", 4, 1, false}), page_desk_sms_pause_post, 0},

    {"GET", "/desk/people", LANE_DESK, OVERSEERS | OF_SERVICE, GUARD_NONE, false, NULL, page_people, 0},
    {"GET", "/desk/people/new", LANE_DESK, PEOPLE | OF_SERVICE | PROVEN, GUARD_NONE, false, NULL, page_person_new, 0},
    {"POST", "/desk/people/new", LANE_DESK, PEOPLE | OF_SERVICE | PROVEN, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"name", 480, 1, false}, {"email", 254, 1, false}), page_person_new_post, 0},
    {"GET", "/desk/people/:id", LANE_DESK, OVERSEERS | OF_SERVICE, GUARD_NONE, false, NULL, page_person, 0},
    {"POST", "/desk/people/:id/link", LANE_DESK, PEOPLE | OF_SERVICE | PROVEN, GUARD_TOKEN, false, FIELDS(TOKEN), page_person_link_post, 0},
    {"POST", "/desk/people/:id/roles", LANE_DESK, PEOPLE | OF_SERVICE | PROVEN, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"role", 20, 1, false}, {"area", 60, 1, false}, {"give", 4, 1, false}), page_person_role_post, 0},
    {"POST", "/desk/people/:id/active", LANE_DESK, PEOPLE | OF_SERVICE | PROVEN, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"active", 4, 1, false}), page_person_active_post, 0},
    {"GET", "/desk/me", LANE_DESK, EVERY_OFFICER, GUARD_NONE, false, NULL, page_me, 0},
    {"POST", "/desk/me/elsewhere", LANE_DESK, EVERY_OFFICER, GUARD_TOKEN, false, FIELDS(TOKEN), page_me_elsewhere_post, 0},
    {"GET", "/desk/me/password", LANE_DESK, EVERY_OFFICER | PROVEN, GUARD_NONE, false, NULL, page_me_password, 0},
    {"POST", "/desk/me/password", LANE_DESK, EVERY_OFFICER | PROVEN, GUARD_TOKEN, false,
     FIELDS(TOKEN, PASSWORD_FIELDS), page_me_password_post, 0},
    {"GET", "/desk/me/authenticator", LANE_DESK, EVERY_OFFICER | PROVEN, GUARD_NONE, false, NULL, page_me_authenticator, 0},
    {"POST", "/desk/me/authenticator", LANE_DESK, EVERY_OFFICER | PROVEN, GUARD_TOKEN, false,
     FIELDS(TOKEN, AUTHENTICATOR_FIELDS), page_me_authenticator_post, 0},
    {"GET", "/desk/prove", LANE_DESK, EVERY_OFFICER, GUARD_NONE, false, FIELDS({"to", 200, 1, false}), page_prove, 0},
    {"POST", "/desk/prove", LANE_DESK, EVERY_OFFICER, GUARD_TOKEN, false,
     FIELDS(TOKEN, {"to", 200, 1, false}, {"then", 200, 1, false}, {"form", 200000, 1, false}, {"password", 256, 1, false}, {"totp", 20, 1, false}), page_prove_post, REQUEST_FILE_MAX},

    /* Providers */
    {"GET", "/hooks/sms/kannel", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false,
     FIELDS({"secret", 128, 1, false}, {"id", 200, 1, false}, {"from", 40, 1, false},
            {"to", 40, 1, false}, {"text", 16384, 1, true}, {"coding", 4, 1, false},
            {"charset", 40, 1, false}, {"at", 40, 1, false}),
     hook_kannel, 0},
    {"GET", "/hooks/sms/kannel/dlr", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false,
     FIELDS({"secret", 128, 1, false}, {"ref", 40, 1, false}, {"type", 4, 1, false}),
     hook_kannel_dlr, 0},
    {"POST", "/hooks/sms/handset", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false, NULL, hook_handset, 0},
    {"POST", "/hooks/sms/handset/dlr", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false, NULL, hook_handset_dlr, 0},
    {"POST", "/hooks/sms/notify", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false, NULL, hook_notify, 0},
    {"POST", "/hooks/sms/notify/receipt", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false, NULL, hook_notify_receipt, 0},
    {"POST", "/hooks/sms/twilio", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false, NULL, hook_twilio, 0},
    {"POST", "/hooks/sms/twilio/status", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false, NULL, hook_twilio_status, 0},
    {"GET", "/hooks/sms/generic", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false, NULL, hook_generic, 0},
    {"POST", "/hooks/sms/generic", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false, NULL, hook_generic, 0},
    {"GET", "/hooks/sms/generic/receipt", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false, NULL, hook_generic_receipt, 0},
    {"POST", "/hooks/sms/generic/receipt", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false, NULL, hook_generic_receipt, 0},
    {"GET", "/hooks/sms/vonage", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false, NULL, hook_vonage, 0},
    {"POST", "/hooks/sms/vonage", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false, NULL, hook_vonage, 0},
    {"GET", "/hooks/sms/vonage/receipt", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false, NULL, hook_vonage_receipt, 0},
    {"POST", "/hooks/sms/vonage/receipt", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false, NULL, hook_vonage_receipt, 0},
    {"POST", "/hooks/sms/africastalking", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false, NULL, hook_africastalking, 0},
    {"POST", "/hooks/sms/africastalking/receipt", LANE_BALLOTS, WHO_PROVIDER, GUARD_NONE, false, NULL, hook_africastalking_receipt, 0},

    /* Operators; /live is answered by httpd itself */
    {"GET", "/ready", LANE_PAGES, WHO_ANYONE, GUARD_NONE, false, NULL, status_ready, 0},
};
const size_t routes_count = sizeof routes / sizeof *routes;
/* clang-format on */
