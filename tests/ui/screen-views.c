/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "test-ui"

#include "screen-fixtures.h"

#define SERIAL "K0471-000123M"

LanyardEntry *
test_entry_new (void)
{
  LanyardEntry *entry = lanyard_entry_new ();

  entry->holder_id = g_strdup ("H-1");
  entry->print_name = g_strdup (CANARY);
  entry->local_name = g_strdup ("خيمينا كيتزالكواتل");
  entry->number = g_strdup ("33000417B");
  entry->category = g_strdup ("B");
  entry->function = g_strdup ("Swimming coach");
  entry->organisation = g_strdup ("ALO");
  entry->valid_from_s = 2000000000;
  entry->valid_until_s = 2002592000;
  lanyard_entry_add_clearance (entry, "background", LANYARD_CLEARANCE_CLEAR);
  lanyard_entry_add_clearance (entry, "sport-entry", LANYARD_CLEARANCE_PENDING);
  lanyard_entry_add_clearance (entry, "photo", LANYARD_CLEARANCE_CLEAR);
  return entry;
}

LanyardView *
test_make_view (LanyardPage page, const char *language)
{
  static guint64 generation;
  LanyardView *view = lanyard_view_new (page);

  view->generation = ++generation;
  view->question = 1000 + generation;
  view->language = g_strdup (language);
  view->verdict.outcome = LANYARD_OUTCOME_READY;
  return view;
}

static LanyardView *
make_person (LanyardPage page, const char *language)
{
  LanyardView *view = test_make_view (page, language);

  view->entry = test_entry_new ();
  view->photo = test_photo_new ();
  view->serial = g_strdup (SERIAL);
  return view;
}

static void
add_reason (LanyardView *view, LanyardOutcome outcome, LanyardReason reason)
{
  view->verdict.outcome = outcome;
  view->verdict.reasons[view->verdict.n_reasons++] = reason;
}

static void
add_notice (LanyardView *view, LanyardNotice notice)
{
  view->notice = notice;
  view->notice_generation = view->generation;
}

static void
add_question (LanyardView *view)
{
  LanyardPickup question = { .state = LANYARD_PICKUP_ATTENTION, .serial = (char *)SERIAL };
  LanyardPrintReport word
      = { .serial = (char *)SERIAL, .state = LANYARD_PRINT_COMPLETED, .job = (char *)"17" };

  if (view->questions == NULL)
    view->questions = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_pickup_free);
  g_ptr_array_add (view->questions, lanyard_pickup_copy (&question));
  if (view->words == NULL)
    view->words
        = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                 (GDestroyNotify)(void (*) (void))lanyard_print_report_free);
  g_hash_table_replace (view->words, g_strdup (SERIAL), lanyard_print_report_copy (&word));
}

static LanyardView *
make_welcome (const char *language)
{
  return test_make_view (LANYARD_PAGE_WELCOME, language);
}

static LanyardView *
make_welcome_notice (const char *language)
{
  LanyardView *view = make_welcome (language);

  add_notice (view, LANYARD_NOTICE_FOREIGN_CODE);
  return view;
}

static LanyardView *
make_number_typo (const char *language)
{
  LanyardView *view = make_welcome (language);

  add_notice (view, LANYARD_NOTICE_TYPING_ERROR);
  return view;
}

static LanyardView *
make_document (const char *language)
{
  return test_make_view (LANYARD_PAGE_DOCUMENT, language);
}

static LanyardView *
make_document_code (const char *language)
{
  LanyardView *view = make_document (language);

  add_notice (view, LANYARD_NOTICE_NO_DOCUMENT);
  return view;
}

static LanyardView *
make_confirm (const char *language)
{
  return make_person (LANYARD_PAGE_CONFIRM, language);
}

static LanyardView *
make_confirm_long (const char *language)
{
  LanyardView *view = make_confirm (language);

  g_clear_pointer (&view->photo, g_bytes_unref);
  g_free (view->entry->print_name);
  view->entry->print_name
      = g_strdup ("MARIA DE LOS ANGELES HERNANDEZ-SOTOMAYOR Y VILLANUEVA " CANARY);
  g_free (view->entry->function);
  view->entry->function
      = g_strdup ("Deputy chief of transport planning and fleet operations, northern cluster");
  return view;
}

static LanyardView *
make_confirm_more_time (const char *language)
{
  LanyardView *view = make_confirm (language);

  view->deadline_us = g_get_monotonic_time () + 14 * G_USEC_PER_SEC;
  return view;
}

static LanyardView *
make_printing (const char *language,
               LanyardPickupState state,
               LanyardPrintState print,
               LanyardPrintFault fault)
{
  LanyardView *view = make_person (LANYARD_PAGE_PRINTING, language);

  view->state = state;
  view->print = print;
  view->fault = fault;
  return view;
}

static LanyardView *
make_printing_reserved (const char *language)
{
  return make_printing (language, LANYARD_PICKUP_RESERVED, LANYARD_PRINT_SPOOLED,
                        LANYARD_PRINT_FAULT_NONE);
}

static LanyardView *
make_printing_going (const char *language)
{
  return make_printing (language, LANYARD_PICKUP_PRINTING, LANYARD_PRINT_PROCESSING,
                        LANYARD_PRINT_FAULT_NONE);
}

static LanyardView *
make_printing_empty (const char *language)
{
  return make_printing (language, LANYARD_PICKUP_PRINTING, LANYARD_PRINT_STOPPED,
                        LANYARD_PRINT_FAULT_MEDIA_EMPTY);
}

static LanyardView *
make_printing_jam (const char *language)
{
  return make_printing (language, LANYARD_PICKUP_PRINTING, LANYARD_PRINT_STOPPED,
                        LANYARD_PRINT_FAULT_MEDIA_JAM);
}

static LanyardView *
make_printing_cover (const char *language)
{
  return make_printing (language, LANYARD_PICKUP_PRINTING, LANYARD_PRINT_STOPPED,
                        LANYARD_PRINT_FAULT_COVER_OPEN);
}

static LanyardView *
make_printing_offline (const char *language)
{
  return make_printing (language, LANYARD_PICKUP_PRINTING, LANYARD_PRINT_STOPPED,
                        LANYARD_PRINT_FAULT_OFFLINE);
}

static LanyardView *
make_scan_back (const char *language)
{
  return make_person (LANYARD_PAGE_SCAN_BACK, language);
}

static LanyardView *
make_done (const char *language)
{
  LanyardView *view = make_person (LANYARD_PAGE_DONE, language);

  view->deadline_us = g_get_monotonic_time () + 12 * G_USEC_PER_SEC;
  return view;
}

static LanyardView *
make_referred (const char *language)
{
  LanyardView *view = make_person (LANYARD_PAGE_REFUSED, language);

  add_reason (view, LANYARD_OUTCOME_STAFF, LANYARD_REASON_CLEARANCE_REFER);
  view->ticket = g_strdup ("A47");
  view->wait_minutes = 6;
  view->deadline_us = g_get_monotonic_time () + 25 * G_USEC_PER_SEC;
  return view;
}

static LanyardView *
make_refused (const char *language)
{
  LanyardView *view = make_person (LANYARD_PAGE_REFUSED, language);
  char **venues = g_strsplit ("HARB LAGO", " ", -1);

  add_reason (view, LANYARD_OUTCOME_REFUSED, LANYARD_REASON_WRONG_VENUE);
  g_strfreev (view->entry->pickup_venues);
  view->entry->pickup_venues = venues;
  view->deadline_us = g_get_monotonic_time () + 25 * G_USEC_PER_SEC;
  return view;
}

static LanyardView *
make_attention (const char *language)
{
  LanyardView *view = test_make_view (LANYARD_PAGE_ATTENTION, language);

  add_question (view);
  return view;
}

static LanyardView *
make_attention_staff (const char *language)
{
  LanyardView *view = make_attention (language);

  view->staff_signed_in = TRUE;
  add_question (view);
  return view;
}

LanyardView *
test_make_staff (const char *language)
{
  LanyardView *view = test_make_view (LANYARD_PAGE_STAFF, language);

  view->staff_signed_in = TRUE;
  return view;
}

static LanyardView *
make_staff_question (const char *language)
{
  LanyardView *view = test_make_staff (language);

  add_question (view);
  return view;
}

static LanyardView *
make_staff_person (const char *language)
{
  LanyardView *view = make_person (LANYARD_PAGE_STAFF, language);

  view->staff_signed_in = TRUE;
  view->can_issue = TRUE;
  return view;
}

LanyardView *
test_make_staff_look (const char *language)
{
  LanyardView *view = make_staff_person (language);

  view->can_issue = FALSE;
  view->entry->issued.last_serial = g_strdup ("K0412-000044T");
  add_reason (view, LANYARD_OUTCOME_STAFF, LANYARD_REASON_CLEARANCE_PENDING);
  add_reason (view, LANYARD_OUTCOME_STAFF, LANYARD_REASON_ALREADY_ISSUED);
  add_reason (view, LANYARD_OUTCOME_STAFF, LANYARD_REASON_NEGATIVE_LIST_OLD);
  return view;
}

static void
add_comparison (LanyardView *view, LanyardAgreement names, LanyardAgreement number)
{
  view->compared = TRUE;
  view->comparison = (LanyardDocumentComparison){
    .names = names,
    .birth_date = LANYARD_AGREEMENT_AGREES,
    .number = number,
    .expiry = LANYARD_AGREEMENT_AGREES,
    .absent = 1 << LANYARD_DOCUMENT_FIELD_NATIONALITY,
    .verdict = LANYARD_DOCUMENT_CLOSE,
  };
}

static LanyardView *
make_staff_document (const char *language)
{
  LanyardView *view = make_staff_person (language);

  add_comparison (view, LANYARD_AGREEMENT_CLOSE, LANYARD_AGREEMENT_NOT_KNOWN);
  add_reason (view, LANYARD_OUTCOME_STAFF, LANYARD_REASON_DOCUMENT_CLOSE);
  return view;
}

static LanyardView *
make_printing_jam_staff (const char *language)
{
  LanyardView *view = make_printing_jam (language);

  view->staff_signed_in = TRUE;
  view->printer = g_strdup ("left");
  view->other_printer = g_strdup ("right");
  return view;
}

static LanyardView *
make_printing_ribbon (const char *language)
{
  return make_printing (language, LANYARD_PICKUP_PRINTING, LANYARD_PRINT_STOPPED,
                        LANYARD_PRINT_FAULT_RIBBON);
}

static LanyardView *
make_attention_jam (const char *language)
{
  LanyardView *view = make_attention_staff (language);

  view->fault = LANYARD_PRINT_FAULT_MEDIA_JAM;
  view->printer = g_strdup ("left");
  view->other_printer = g_strdup ("right");
  return view;
}

static LanyardView *
make_staff_fault (const char *language)
{
  LanyardView *view = test_make_staff (language);

  view->fault = LANYARD_PRINT_FAULT_MEDIA_WRONG;
  view->printer = g_strdup ("left");
  view->other_printer = g_strdup ("right");
  return view;
}

static LanyardView *
make_staff_nobody (const char *language)
{
  LanyardView *view = test_make_staff (language);

  g_clear_pointer (&view->entry, lanyard_entry_free);
  view->code = g_strdup ("K30");
  return view;
}

static LanyardView *
make_supervisor (const char *language)
{
  LanyardView *view = test_make_staff (language);

  view->staff_supervisor = TRUE;
  return view;
}

static LanyardView *
make_staff_issued (const char *language)
{
  LanyardView *view = test_make_staff_look (language);

  view->verdict.n_reasons = 0;
  add_reason (view, LANYARD_OUTCOME_STAFF, LANYARD_REASON_ALREADY_ISSUED);
  view->badge_serial = g_strdup ("K0412-000044T");
  view->can_reissue = view->can_void = TRUE;
  return view;
}

static LanyardView *
make_sign_in_number (const char *language)
{
  LanyardView *view = make_welcome (language);

  view->asks_staff_number = TRUE;
  view->takes_staff_badge = TRUE;
  return view;
}

static LanyardView *
make_validate (const char *language)
{
  LanyardView *view = make_staff_person (language);

  view->page = LANYARD_PAGE_VALIDATE;
  view->can_issue = FALSE;
  view->card = g_strdup ("PV-0000417K");
  return view;
}

static LanyardView *
make_validate_ready (const char *language)
{
  LanyardView *view = make_validate (language);

  view->document = LANYARD_DOCUMENT_AGREES;
  view->seal = g_strdup ("VS-004711");
  view->can_validate = TRUE;
  return view;
}

static LanyardView *
make_validate_look (const char *language)
{
  LanyardView *view = make_validate (language);

  view->document = LANYARD_DOCUMENT_DIFFERS;
  add_comparison (view, LANYARD_AGREEMENT_AGREES, LANYARD_AGREEMENT_DIFFERS);
  add_reason (view, LANYARD_OUTCOME_STAFF, LANYARD_REASON_DOCUMENT_DIFFERS);
  return view;
}

static LanyardView *
make_validated (const char *language)
{
  LanyardView *view = make_done (language);

  view->state = LANYARD_PICKUP_VALIDATED;
  return view;
}

static void
add_pool (LanyardView *view, const char *code, guint available)
{
  LanyardPool *pool = g_new0 (LanyardPool, 1);

  pool->code = g_strdup (code);
  pool->loaded = 50;
  pool->available = available;
  pool->out = 41;
  pool->returned = 6;
  g_ptr_array_add (view->pools, pool);
}

static LanyardView *
make_passes (const char *language)
{
  LanyardView *view = test_make_staff (language);

  view->page = LANYARD_PAGE_PASSES;
  view->pools = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_pool_free);
  add_pool (view, "visit", 9);
  add_pool (view, "service", 0);
  return view;
}

static LanyardView *
make_passes_back (const char *language)
{
  LanyardView *view = make_passes (language);

  view->pass = g_strdup ("DK04710000123Z");
  view->pass_pool = g_strdup ("visit");
  return view;
}

/* Every state in which a person or staff may find the screen. */
const TestScreen TEST_SCREENS[] = {
  { "welcome", LANYARD_PAGE_WELCOME, make_welcome, NULL, NULL, FALSE },
  { "welcome-notice", LANYARD_PAGE_WELCOME, make_welcome_notice, NULL, NULL, FALSE },
  { "number", LANYARD_PAGE_WELCOME, make_welcome, "Type my number", "33000417B", FALSE },
  { "number-typo", LANYARD_PAGE_WELCOME, make_number_typo, "Type my number", "330004", FALSE },
  { "document", LANYARD_PAGE_DOCUMENT, make_document, NULL, NULL, FALSE },
  { "document-code", LANYARD_PAGE_DOCUMENT, make_document_code, NULL, NULL, FALSE },
  { "confirm", LANYARD_PAGE_CONFIRM, make_confirm, NULL, NULL, FALSE },
  { "confirm-long", LANYARD_PAGE_CONFIRM, make_confirm_long, NULL, NULL, FALSE },
  { "confirm-more-time", LANYARD_PAGE_CONFIRM, make_confirm_more_time, NULL, NULL, FALSE },
  { "consent", LANYARD_PAGE_CONSENT, test_make_consent, NULL, NULL, FALSE },
  { "consent-optional", LANYARD_PAGE_CONSENT, test_make_consent_optional, NULL, NULL, FALSE },
  { "consent-refused", LANYARD_PAGE_REFUSED, test_make_consent_refused, NULL, NULL, FALSE },
  { "portrait", LANYARD_PAGE_PORTRAIT, test_make_portrait, NULL, NULL, FALSE, TEST_SIGHT_FACE },
  { "portrait-taken", LANYARD_PAGE_PORTRAIT, test_make_portrait, NULL, NULL, FALSE,
    TEST_SIGHT_TAKEN },
  { "portrait-dark", LANYARD_PAGE_PORTRAIT, test_make_portrait, NULL, NULL, FALSE,
    TEST_SIGHT_DARK },
  { "portrait-referred", LANYARD_PAGE_REFUSED, test_make_portrait_referred, NULL, NULL, FALSE },
  { "printing-reserved", LANYARD_PAGE_PRINTING, make_printing_reserved, NULL, NULL, FALSE },
  { "printing", LANYARD_PAGE_PRINTING, make_printing_going, NULL, NULL, FALSE },
  { "printing-empty", LANYARD_PAGE_PRINTING, make_printing_empty, NULL, NULL, FALSE },
  { "printing-jam", LANYARD_PAGE_PRINTING, make_printing_jam, NULL, NULL, FALSE },
  { "printing-cover", LANYARD_PAGE_PRINTING, make_printing_cover, NULL, NULL, FALSE },
  { "printing-offline", LANYARD_PAGE_PRINTING, make_printing_offline, NULL, NULL, FALSE },
  { "printing-ribbon", LANYARD_PAGE_PRINTING, make_printing_ribbon, NULL, NULL, FALSE },
  { "printing-jam-staff", LANYARD_PAGE_PRINTING, make_printing_jam_staff, NULL, NULL, TRUE },
  { "scan-back", LANYARD_PAGE_SCAN_BACK, make_scan_back, NULL, NULL, FALSE },
  { "done", LANYARD_PAGE_DONE, make_done, NULL, NULL, FALSE },
  { "referred", LANYARD_PAGE_REFUSED, make_referred, NULL, NULL, FALSE },
  { "refused", LANYARD_PAGE_REFUSED, make_refused, NULL, NULL, FALSE },
  { "attention", LANYARD_PAGE_ATTENTION, make_attention, NULL, NULL, FALSE },
  { "attention-staff", LANYARD_PAGE_ATTENTION, make_attention_staff, NULL, NULL, TRUE },
  { "attention-jam", LANYARD_PAGE_ATTENTION, make_attention_jam, NULL, NULL, TRUE },
  { "sign-in", LANYARD_PAGE_WELCOME, make_welcome, "Staff", "2468", TRUE },
  { "staff", LANYARD_PAGE_STAFF, test_make_staff, NULL, NULL, TRUE },
  { "staff-search", LANYARD_PAGE_STAFF, test_make_staff, NULL, "qu", TRUE },
  { "staff-question", LANYARD_PAGE_STAFF, make_staff_question, NULL, NULL, TRUE },
  { "staff-person", LANYARD_PAGE_STAFF, make_staff_person, NULL, "qu", TRUE },
  { "note", LANYARD_PAGE_STAFF, make_staff_person, "Note or hand over|Wrong data", NULL, TRUE },
  { "staff-document", LANYARD_PAGE_STAFF, make_staff_document, NULL, NULL, TRUE },
  { "staff-consent", LANYARD_PAGE_STAFF, test_make_staff_consent, NULL, NULL, TRUE },
  { "staff-no-photo", LANYARD_PAGE_STAFF, test_make_staff_no_photo, NULL, NULL, TRUE },
  { "photo", LANYARD_PAGE_STAFF, test_make_staff_no_photo, "Take a photo", NULL, TRUE,
    TEST_SIGHT_FACE },
#define ASK "Ask whether they agree"
  { "agreements", LANYARD_PAGE_STAFF, test_make_staff_consent, ASK, NULL, TRUE },
  { "staff-look", LANYARD_PAGE_STAFF, test_make_staff_look, NULL, "qu", TRUE },
  { "staff-issued", LANYARD_PAGE_STAFF, make_staff_issued, NULL, "qu", TRUE },
  { "sign-in-number", LANYARD_PAGE_WELCOME, make_sign_in_number, "Staff", NULL, TRUE },
#define REPLACE "Void or replace badge"
  { "reissue", LANYARD_PAGE_STAFF, make_staff_issued, REPLACE, NULL, TRUE },
  { "reissue-second", LANYARD_PAGE_STAFF, make_staff_issued, REPLACE "|Stolen", "27", TRUE },
  { "staff-disputed", LANYARD_PAGE_STAFF, test_make_staff_disputed, NULL, NULL, TRUE },
#define DECIDE "Decide which badge stays"
  { "resolve", LANYARD_PAGE_STAFF, test_make_supervisor_disputed, DECIDE, NULL, TRUE },
  { "resolve-staff", LANYARD_PAGE_STAFF, test_make_staff_disputed, DECIDE, NULL, TRUE },
  { "validate", LANYARD_PAGE_VALIDATE, make_validate, NULL, NULL, TRUE },
  { "validate-ready", LANYARD_PAGE_VALIDATE, make_validate_ready, NULL, NULL, TRUE },
  { "validate-look", LANYARD_PAGE_VALIDATE, make_validate_look, NULL, NULL, TRUE },
  { "validated", LANYARD_PAGE_DONE, make_validated, NULL, NULL, FALSE },
  { "passes", LANYARD_PAGE_PASSES, make_passes, NULL, CANARY, TRUE },
  { "passes-back", LANYARD_PAGE_PASSES, make_passes_back, NULL, NULL, TRUE },
  { "delegation", LANYARD_PAGE_DELEGATION, test_make_delegation, NULL, NULL, FALSE },
  { "delegation-over", LANYARD_PAGE_DELEGATION, test_make_delegation_over, NULL, NULL, FALSE },
  { "delegation-printing", LANYARD_PAGE_PRINTING, test_make_delegation_printing, NULL, NULL,
    FALSE },
  { "delegation-scan-back", LANYARD_PAGE_SCAN_BACK, test_make_delegation_scan_back, NULL, NULL,
    FALSE },
  { "team", LANYARD_PAGE_TEAM, test_make_team, NULL, NULL, TRUE },
  { "verify", LANYARD_PAGE_VERIFY, test_make_verify, NULL, NULL, TRUE },
  { "verify-good", LANYARD_PAGE_VERIFY, test_make_verify_good, NULL, NULL, TRUE },
  { "verify-void", LANYARD_PAGE_VERIFY, test_make_verify_void, NULL, NULL, TRUE },
  { "verify-altered", LANYARD_PAGE_VERIFY, test_make_verify_altered, NULL, NULL, TRUE },
  { "zone", LANYARD_PAGE_STAFF, test_make_staff, "#zone_button", "I<UTOD2314589O78<<<<<", TRUE },
  { "staff-fault", LANYARD_PAGE_STAFF, make_staff_fault, NULL, NULL, TRUE },
  { "staff-nobody", LANYARD_PAGE_STAFF, make_staff_nobody, NULL, NULL, TRUE },
  { "printers", LANYARD_PAGE_STAFF, make_supervisor, "Printers and cards", "200", TRUE },
  { "shift", LANYARD_PAGE_STAFF, make_supervisor, "Close the shift", NULL, TRUE },
  { "line", LANYARD_PAGE_STAFF, make_supervisor, "Line to the hub", NULL, TRUE },
#define HEALTH "Line to the hub|Health of this desk"
  { "health", LANYARD_PAGE_STAFF, make_supervisor, HEALTH, NULL, TRUE },
  { "asides", LANYARD_PAGE_STAFF, make_supervisor, "=asides", NULL, TRUE },
  { "shortcuts", LANYARD_PAGE_STAFF, test_make_staff, "=shortcuts", NULL, TRUE },
#define DAY "The day so far"
  { "day", LANYARD_PAGE_STAFF, make_supervisor, DAY, NULL, TRUE },
  { "day-void", LANYARD_PAGE_STAFF, make_supervisor, DAY "|#void_button", NULL, TRUE },
  { "day-figures", LANYARD_PAGE_STAFF, make_supervisor, DAY "|#figures_button", NULL, TRUE },
  { "day-venue", LANYARD_PAGE_STAFF, make_supervisor, DAY "|#venue_button", NULL, TRUE },
  { "day-save", LANYARD_PAGE_STAFF, make_supervisor, DAY "|#save_button", NULL, TRUE },
  { "day-saved", LANYARD_PAGE_STAFF, make_supervisor, DAY "|#save_button|#report_button", NULL,
    TRUE },
  { "day-nobody", LANYARD_PAGE_STAFF, make_supervisor, DAY, "nobody", TRUE },
  { "out-of-order-other", LANYARD_PAGE_OUT_OF_ORDER, test_make_out_of_order_other, NULL, NULL,
    FALSE },
  { "preparing", LANYARD_PAGE_PREPARING, test_make_preparing, NULL, NULL, FALSE },
  { "out-of-order", LANYARD_PAGE_OUT_OF_ORDER, test_make_out_of_order, NULL, NULL, FALSE },
  { "out-of-order-key", LANYARD_PAGE_OUT_OF_ORDER, test_make_out_of_order_key, NULL, NULL, FALSE },
  { "out-of-order-nobody", LANYARD_PAGE_OUT_OF_ORDER, test_make_out_of_order_nobody, NULL, NULL,
    FALSE },
};
const guint N_TEST_SCREENS = G_N_ELEMENTS (TEST_SCREENS);
