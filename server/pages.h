/* pages.h: every handler, by file. A handler reads the request, asks a store, writes HTML or a
 * redirect. */
#ifndef WM_PAGES_H
#define WM_PAGES_H

#include "server/html.h"
#include "server/routes.h"

/* page_home.c, page_neighbourhood.c, page_agreement.c, page_agreement_changes.c,
 * page_agreement_files.c */
handler page_home, page_neighbourhoods, page_neighbourhood, page_agreements, page_agreement,
    page_edition, page_edition_changes, page_edition_file;
/* page_find.c: one's neighbourhood by postcode; page_postcodes.c: the table of them */
handler page_find, page_postcodes, page_postcodes_post;
/* page_round.c: a round's proposals; page_proposal.c: one of them, and its way into a ballot;
 * page_rules.c */
handler page_add_post;
/* page_card.c: how to text, and the numbers, in large print */
handler page_card;
/* page_ballot_paper.c: a ballot to print and fill in by hand */
handler page_ballot_paper;
handler page_rounds, page_round, page_proposal, page_rules;
/* page_vote.c: how to vote, enter code, my rounds, sign out */
handler page_vote, page_code, page_code_post, page_code_prefill, page_my_rounds, page_sign_out_post;
/* page_phone.c: a number, then five digits by text */
handler page_phone, page_phone_post, page_phone_digits, page_phone_digits_post,
    page_phone_again_post;
/* page_ballot.c, page_check.c: fill in, check, cast, done */
handler page_ballot, page_ballot_post, page_check, page_check_post, page_done;
handler page_declare, page_declare_post;
/* page_receipt.c */
handler page_receipt, page_receipt_post;
/* page_result.c: results, downloads */
handler page_practice_post, page_compare;
handler page_decisions, page_decisions_all, page_decisions_post, page_decision_confirm_post;
handler page_results, page_result, page_result_file, page_result_version, page_result_version_file;
/* page_help.c: vote by text, accessibility, privacy, cookies, how counting works */
handler page_language_post, page_text, page_accessibility, page_privacy, page_cookies,
    page_counting;
/* page_tables.c: CSV and ODS */
handler projects_csv, projects_ods;
/* Of a result as it stands (`version` 0) or as it was, of the round in the first segment. */
enum handled page_result_table(struct request *r, struct db *db, int32_t version, bool ods);
/* page_feeds.c: Atom and iCalendar */
handler feed_rounds, feed_results, feed_dates, round_dates;
/* page_embed.c, and the markup with which others show it */
handler page_embed;
void embed_snippet(struct html *h, const char *slug, const char *title);
/* page_well_known.c */
handler security_txt, robots_txt;
/* page_open_data.c */
handler page_open_data;
/* api_places.c, api_rounds.c, api_result.c: /api/v1, open data as JSON */
handler api_index, api_description, api_neighbourhoods, api_neighbourhood, api_agreements,
    api_agreement, api_rounds, api_round, api_proposals, api_proposal, api_result;
/* page_idea_form.c, page_idea.c: residents' ideas; page_desk_idea.c: officers weigh them */
handler page_ideas, page_ideas_pledge, page_ideas_post, page_idea_step, page_idea_step_post,
    page_idea, page_idea_post;
handler page_desk_ideas, page_desk_idea, page_desk_idea_post;
/* page_desk_delivery.c: what became of funded projects */
handler page_desk_deliveries, page_desk_delivery, page_desk_delivery_post;
/* page_desk_audit.c: what officers did */
handler page_desk_audit, page_desk_audit_file, page_desk_audit_check_post;
/* page_offer.c: help with a project or a pledge; page_desk_offers.c: whom to call */
handler page_offer_project, page_offer_project_post, page_offer_pledge, page_offer_pledge_post,
    page_offer_thanks;
handler page_desk_offers, page_desk_offer_post, page_desk_offer_answered_post;
/* page_desk_agreement.c, page_desk_pledge.c: editions made; page_provider.c: providers answer */
handler page_desk_edition_changes;
handler page_desk_agreements, page_desk_agreements_post, page_desk_edition, page_desk_edition_post,
    page_desk_pledge, page_desk_pledge_post;
handler page_provider, page_provider_pledge, page_provider_pledge_post;
/* page_demo.c: only with demo = on */
handler page_demo;
/* page_error.c */
void page_error(struct request *r, int status);
/* The same for programs: application/problem+json (RFC 9457). */
void page_problem(struct request *r, int status);
/* A voter's page without a session: keeps what a ballot form carried (draft cookie) and says how
 * to go on. */
void page_session_ended(struct request *r);

/* page_error.c: 403 with whose task it is. */
void page_not_yours(struct request *r);
/* page_set_up.c: by a link; page_me.c: one's own account; page_prove.c: who one is, once more */
/* Answers a form that came too long after the last proof: asks for it, and carries the form to
 * where it is sent again. `to`: the page to go back to otherwise. */
void page_prove_first(struct request *r, const char *to, const char *form);
handler page_set_up, page_set_up_post, page_prove, page_prove_post;
handler page_me, page_me_elsewhere_post, page_me_password, page_me_password_post,
    page_me_authenticator, page_me_authenticator_post;
/* page_people.c, page_person.c: who works at the desk, and as what */
handler page_people, page_person_new, page_person_new_post;
handler page_person, page_person_link_post, page_person_role_post, page_person_active_post;

/* page_desk_*.c */
handler page_sign_in, page_sign_in_post, page_desk_sign_out_post, page_desk;
handler page_round_new, page_round_new_post, page_desk_round, page_round_edit, page_round_edit_post;
handler page_proposal_new, page_proposal_new_post, page_proposal_edit, page_proposal_edit_post,
    page_proposal_publish_post, page_proposal_preview;
/* page_proposal_history.c; page_proposal_import.c: a spreadsheet of them; page_preview.c */
handler page_proposal_history;
handler page_translations, page_translation, page_translation_post;
handler page_proposal_sheet, page_proposal_sheet_post, page_proposal_sheet_undo_post,
    page_proposal_dry_run, page_proposal_dry_run_post;
handler page_preview, page_preview_proposal, page_desk_preview, page_desk_preview_post;
handler page_round_schedule_post, page_round_count_post, page_result_preview,
    page_result_publish_post, page_result_embargo_post, page_result_correct_post;
/* page_paper.c, page_paper_return.c, page_paper_entry.c */
handler page_paper, page_paper_post, page_paper_return_post, page_paper_batch,
    page_paper_entry_post, page_paper_reconcile_post, page_assisted, page_assisted_post;
/* page_changes.c */
handler page_changes, page_changes_post, page_changes_all, page_change_decide_post;
/* page_desk_states.c */
handler page_round_review_post, page_round_approve_post, page_round_return_post,
    page_result_review_post, page_round_archive_post;
handler page_codes, page_codes_post;
/* page_registers.c, page_import.c, page_code.c */
handler page_registers, page_register_new, page_register_new_post, page_register,
    page_register_post, page_register_retire_post, page_register_codes_post;
handler page_import, page_import_post, page_import_yes_post, page_import_no_post;
handler page_code_find, page_code_one, page_code_void_post, page_code_grant_post,
    page_code_refuse_post, page_code_reissue_post, page_code_extra_post;
/* page_desk_site.c */
handler page_desk_site, page_desk_site_post, page_theme;
/* page_outlines.c: outlines of areas, from GeoJSON */
handler page_outlines, page_outlines_post, page_outline_file, page_outline_file_post;
/* page_desk_monitor.c */
handler page_desk_monitor;
/* page_desk_bulk.c */
handler page_desk_bulk, page_desk_bulk_post;
/* page_desk_sms.c, page_desk_sms_text.c, page_desk_sms_provider.c */
handler page_desk_sms, page_desk_sms_find_post, page_desk_sms_bulk_post, page_desk_sms_budget_post;
handler page_desk_sms_text, page_desk_sms_replay_post, page_desk_sms_drop_post,
    page_desk_sms_number_post;
handler page_desk_sms_provider, page_desk_sms_provider_post, page_desk_sms_pause_post;

/* hook_sms.c */
handler hook_kannel, hook_kannel_dlr, hook_handset, hook_handset_dlr;
/* hook_providers.c */
handler hook_notify, hook_notify_receipt, hook_twilio, hook_twilio_status, hook_generic,
    hook_generic_receipt, hook_vonage, hook_vonage_receipt, hook_africastalking,
    hook_africastalking_receipt;
/* status.c */
handler status_ready;

#endif
